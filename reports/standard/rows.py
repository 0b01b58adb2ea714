"""The table of a printed standard: a row for every part, criterion and entry, with the sum that printed maxima add up to."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Clause, Evidence
from criteria.declarations.node import Branch, Entry, EntryGroup, Node
from criteria.exact import show_vietnamese
from reports.standard.words import branch_words, entry_words, group_words, mark_of, mark_text
from reports.wording.texts import line, sentence

Row = dict[str, Any]
_EMPTY: Row = {
    "dam": "",
    "stt": "",
    "ma": "",
    "tieu_chi": [],
    "diem": "",
    "cach_cham": [],
    "minh_chung": [],
    "tham_dinh": [],
    "can_cu": [],
}


def basis_numbers(bound: CriteriaSet) -> dict[str, str]:
    """Bases in the order of the set, then those only a criterion rests on: [1], [2]."""
    named = [item if isinstance(item, str) else item.id for item in bound.declaration.bases]
    used = [clause.basis for carried in bound.carried.values() for clause in carried.clauses]
    used += [
        clause.basis for node in bound.declaration.tree or [] for clause in node.clause
    ]  # also of what is switched off
    return {basis: f"[{number}]" for number, basis in enumerate(dict.fromkeys([*named, *used]), 1)}


def table_rows(bound: CriteriaSet) -> list[Row]:
    """Rows in document order. A full mark in brackets is not added: its node takes a mean, the best, or one of its parts."""
    rows: list[Row] = []
    adds = bound.declaration.combine.how == "sum"
    for number, part in enumerate(bound.declaration.parts, 1):
        rows += _node_rows(bound, part, str(number), adds)
    rows += _group_rows(bound, bound.declaration)
    return rows


def total(bound: CriteriaSet) -> Fraction | None:
    """Full marks of the whole set."""
    declared = bound.declaration
    if declared.combine.how == "sum":
        marks = [mark_of(bound, part) for part in declared.parts]
        return None if None in marks else sum((mark for mark in marks if mark is not None), Fraction(0))
    return declared.points.max.term.constant_value if declared.points.max is not None else None


def _node_rows(bound: CriteriaSet, node: Node, number: str, adds: bool) -> Iterator[Row]:
    shown = mark_text(bound, node)
    carried = bound.carried.get(node.id)
    leaf = not node.parts
    yield {
        **_EMPTY,
        "dam": "" if leaf else "có",
        "stt": number,
        "ma": node.id,
        "tieu_chi": [line(node.text), *_told(node, undecided=bound.trial)],
        "diem": shown if adds or not shown else f"({shown})",
        "cach_cham": list(branch_words(bound, node)),
        "minh_chung": [evidence_words(bound, one) for one in carried.evidence] if carried and leaf else [],
        "tham_dinh": [bound.bodies.get(one, one) for one in carried.verified_by] if carried and leaf else [],
        "can_cu": clauses(bound, carried.clauses if carried is not None else tuple(node.clause)),
    }
    below = adds and node.combine.how == "sum" and node.over is None
    for place, child in enumerate(node.parts, 1):
        yield from _node_rows(bound, child, f"{number}.{place}", below)
    yield from _group_rows(bound, node)


def _told(node: Node, *, undecided: bool) -> Iterator[str]:
    """The words of the document where they are others, and how they are read; undecided: a reading is a note of the draft."""
    for clause in node.clause:
        if clause.quote and _plain(clause.quote) not in _plain(node.text):
            yield f"Nguyên văn: “{line(clause.quote)}”"
    if node.reading and not undecided:
        yield sentence(f"Cách hiểu: {line(node.reading)}")


def _plain(text: str) -> str:
    return line(text).casefold().strip(" .,;")


def _group_rows(bound: CriteriaSet, branch: Branch) -> Iterator[Row]:
    """Losses and gains of a node, or of the whole set."""
    whole = branch is bound.declaration
    for group, word in ((branch.less, "Điểm trừ"), (branch.plus, "Điểm cộng")):
        if group is not None:
            named = f"{word} chung" if whole else word
            yield {
                **_EMPTY,
                "dam": "có",
                "tieu_chi": [named],
                "cach_cham": _texts(group_words(group, word == "Điểm trừ")),
            }
            yield from _entries(bound, group, branch)


def _entries(bound: CriteriaSet, group: EntryGroup, branch: Branch) -> Iterator[Row]:
    for item in group.items:
        yield from _entry(bound, item, branch)


def _entry(bound: CriteriaSet, entry: Entry, branch: Branch) -> Iterator[Row]:
    carried = bound.carried.get(entry.id or "")
    evidence = carried.evidence if carried is not None else tuple(entry.evidence)
    verifiers = carried.verified_by if carried is not None else tuple(entry.verified_by)
    yield {
        **_EMPTY,
        "stt": "-",
        "ma": entry.id or "",
        "tieu_chi": [line(entry.text) or "Mục không đặt tên"],
        "cach_cham": list(entry_words(bound, entry)),
        "minh_chung": [evidence_words(bound, one) for one in evidence],
        "tham_dinh": [bound.bodies.get(one, one) for one in verifiers],
        "can_cu": clauses(bound, carried.clauses if carried is not None else tuple(entry.clause)),
    }
    for item in entry.grouped:
        yield from _entry(bound, item, branch)


def evidence_words(bound: CriteriaSet, evidence: Evidence) -> str:
    told = line(evidence.label) or evidence.kind
    issuer = f", do {bound.bodies.get(evidence.issuer, evidence.issuer)} cấp" if evidence.issuer else ""
    return sentence(f"{told}{issuer}{' (bắt buộc)' if evidence.required else ''}")


def clauses(bound: CriteriaSet, found: tuple[Clause, ...]) -> list[str]:
    return clause_words(basis_numbers(bound), found)


def clause_words(numbers: dict[str, str], found: tuple[Clause, ...]) -> list[str]:
    """[1] IV.2.c. numbers: of the bases."""
    texts = [f"{numbers.get(one.basis, one.basis)} {line(one.place)}".strip() for one in found]
    return list(dict.fromkeys(texts))


def _texts(*found: str) -> list[str]:
    return [one for one in found if one]


def total_row(bound: CriteriaSet) -> Row:
    value = total(bound)
    shown = show_vietnamese(value) if value is not None else ""
    told = list(branch_words(bound, bound.declaration))
    return {**_EMPTY, "dam": "có", "tieu_chi": ["Tổng cộng"], "diem": shown, "cach_cham": told}
