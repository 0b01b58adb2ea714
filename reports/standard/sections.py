"""What a printed standard says below its table: conditions, grades, ranks, settings, figures, what is switched off; notes of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from criteria.binding import SetBindery
from criteria.criteria_set import CriteriaSet
from criteria.declarations.measures import Measure
from criteria.declarations.node import Node
from criteria.validation import validate
from reports.standard.rows import basis_numbers, clause_words, evidence_words
from reports.standard.words import bare, branch_words, control_words, grade_words, mark_text, rank_words
from reports.wording.texts import line, sentence

Fields = dict[str, Any]


def sections(bound: CriteriaSet) -> list[Fields]:
    declared = bound.declaration
    conditions = [text for branch in (declared, *bound.nodes()) for text in _conditions(branch)]
    named = [
        ("Điều kiện", conditions),
        ("Xếp loại", [grade_words(grade) for grade in declared.grades]),
        ("Xếp hạng và thứ tự phân định khi bằng điểm", list(rank_words(bound))),
        ("Thông số", [_setting(bound, name) for name in declared.settings]),
        ("Đặc điểm của đối tượng", [_measure(one, name) for name, one in declared.attributes.items()]),
        ("Số liệu dùng để chấm", list(_figures(bound))),
        ("Số tính thêm, in bên kết quả", [_quantity(bound, name) for name in declared.quantities]),
        ("Tiêu chí tùy chọn, chưa áp dụng và không tính vào tổng điểm", list(_switched_off(bound))),
    ]
    kept = [(title, texts) for title, texts in named if texts]
    roman = ("III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    return [
        {"tieu_de": f"{number}. {title.upper()}", "cac_doan": texts}
        for number, (title, texts) in zip(roman, kept, strict=False)
    ]


def _conditions(branch: Any) -> Iterator[str]:
    for text in control_words(branch):
        yield f"Tiêu chí {branch.id}: {text[:1].lower()}{text[1:]}" if isinstance(branch, Node) else text


def _setting(bound: CriteriaSet, name: str) -> str:
    setting = bound.declaration.settings[name]
    value = bound.settings.get(name, setting.value)
    if not setting.choices:
        return sentence(f"- {line(setting.label)}: {value.replace('.', ',')}")
    others = "; ".join(setting.shown(choice) for choice in setting.choices if choice != value)
    return sentence(
        f"- {line(setting.label)}: {setting.shown(value)}" + (f" (phương án khác: {others})" if others else "")
    )


def _measure(measure: Measure, name: str) -> str:
    unit = f" ({measure.unit})" if measure.unit else ""
    levels = f": {', '.join(measure.levels)}" if measure.levels else ""
    made = f", bằng {measure.is_.term.formula()}" if measure.is_ is not None and measure.is_.bound else ""
    return sentence(f"- {line(measure.label) or name}{unit}{levels}{made}")


def _figures(bound: CriteriaSet) -> Iterator[str]:
    declared = bound.declaration
    for name, measure in declared.measures.items():
        yield _measure(measure, name)
    for table in declared.tables.values():
        made = {name: one for name, one in table.columns.items() if one.is_ is not None}
        given = [_measure(one, name) for name, one in table.columns.items() if name not in made]
        yield sentence(f"- {line(table.label)}, mỗi dòng gồm: {'; '.join(one[2:].rstrip('.') for one in given)}")
        yield from (f"- {line(table.label)}, tính ra: {_measure(one, name)[2:]}" for name, one in made.items())


def _quantity(bound: CriteriaSet, name: str) -> str:
    quantity = bound.declaration.quantities[name]
    made = bare(quantity.of) if quantity.of is not None and quantity.of.bound else ""
    made = made or (quantity.shape.rule() if quantity.shape is not None else "")
    return sentence(f"- {line(quantity.label)}: {made}")


def _switched_off(bound: CriteriaSet) -> Iterator[str]:
    """Criteria that stand in the file and are not in force."""
    off = [node.id for node in _all(bound.declaration.tree or []) if node.id not in {one.id for one in bound.nodes()}]
    whole = _all_in_force(bound) if off else None
    for node in whole.nodes() if whole is not None else ():
        if node.id in off:
            yield _off(whole or bound, node, basis_numbers(bound))
            yield from (f"Tiêu chí {node.id}: {text[:1].lower()}{text[1:]}" for text in control_words(node))


def _all(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _all_in_force(bound: CriteriaSet) -> CriteriaSet:
    """The same file with every criterion switched on, only to be read: names are bound for what is in force alone."""
    declared, _ = validate(bound.source)
    assert declared is not None
    for node in _all(declared.tree or []):
        node.enabled = True
    made = CriteriaSet(declared, bound.source, bound.file, bases=bound.bases, bodies=bound.bodies)
    made.settings = dict(bound.settings)
    SetBindery(made, []).bind_all()
    return made


def _off(bound: CriteriaSet, node: Node, numbers: dict[str, str]) -> str:
    mark, carried = mark_text(bound, node), bound.carried[node.id]
    told = [f"{node.id}. {line(node.text)}" + (f" ({mark} điểm)" if mark else "")]
    told += [text.rstrip(".") for text in branch_words(bound, node)]
    told += [f"minh chứng: {evidence_words(bound, one).rstrip('.')}" for one in carried.evidence]
    told.append(f"thẩm định: {', '.join(bound.bodies.get(one, one) for one in carried.verified_by)}")
    told.append(f"căn cứ: {', '.join(clause_words(numbers, carried.clauses))}")
    return sentence("; ".join(told))


def notes(bound: CriteriaSet) -> Iterator[str]:
    """What the people who sign have to know and the annex does not say: open questions, warnings, notes of the file."""
    declared = bound.declaration
    for basis in basis_numbers(bound):
        known = bound.bases.get(basis)
        if known is not None and known.open_question:
            yield sentence(f"Căn cứ {basis_numbers(bound)[basis]}: {line(known.open_question)}")
    for problem in bound.warnings:
        yield sentence(problem.message)
    for question in declared.open_questions:
        yield sentence(f"Câu hỏi để ngỏ {question.id}: {line(question.question)}")
    for node in bound.nodes():
        if node.reading:
            yield sentence(f"{node.id}, cách hiểu: {line(node.reading)}")
        if node.note:
            yield sentence(f"{node.id}: {line(node.note)}")
    if declared.note:
        yield sentence(declared.note)
