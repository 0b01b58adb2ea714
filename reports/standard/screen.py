"""Standards as plain text: what people see of a criteria set without opening the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.declarations.measures import Setting
from criteria.declarations.movement import Movement
from criteria.declarations.node import Entry, EntryGroup, Node
from criteria.exact import show_vietnamese
from criteria.loading import read_set


def movement_text(movement: Movement, folder: Path) -> str:
    """The movement, its groups and their sets."""
    lines = [f"{movement.id}: {movement.name}", f"  Giai đoạn {movement.period.from_}–{movement.period.to}"]
    for group in movement.groups:
        lines.append(f"  Nhóm {group.letter}) {' '.join(group.name.split())}")
        for name in group.sets:
            bound, problems = read_set(folder / name)
            if bound is None:
                lines.append(f"    {name}: có {sum(p.severity == 'error' for p in problems)} lỗi, xem thidua check")
                continue
            stamp = " — điểm thử" if bound.trial else ""
            lines.append(f"    {bound.id}  ({name}): {bound.title}; {len(bound.leaves())} tiêu chí{stamp}")
    lines.append(f"  Còn {len(movement.open_questions)} câu hỏi mở (movement.yaml).")
    return "\n".join(lines)


def set_text(bound: CriteriaSet) -> str:
    return "\n".join(_set_lines(bound))


def _set_lines(bound: CriteriaSet) -> Iterator[str]:
    declared = bound.declaration
    yield bound.title
    until = f" đến {declared.valid_to:%d/%m/%Y}" if declared.valid_to else ""
    yield f"Mã {bound.id}, nhóm {declared.group}, hiệu lực từ {declared.valid_from:%d/%m/%Y}{until}"
    for stamp in bound.stamps:
        yield f"*** {stamp} ***"
    yield "Căn cứ:"
    for item in declared.bases:
        basis = bound.bases[item if isinstance(item, str) else item.id]
        yield f"  - {' '.join(basis.words().split())}" + (
            f" [câu hỏi mở: {' '.join(basis.open_question.split())}]" if basis.open_question else ""
        )
    for problem in bound.warnings:
        yield f"  ! {' '.join(problem.message.split())}"
    for name, setting in declared.settings.items():
        yield f"Thiết lập {name} = {bound.settings[name]}: {setting.label}" + (
            f" (chọn: {'; '.join(_choice(setting, one) for one in setting.choices)})" if setting.choices else ""
        )
    yield ""
    for part in declared.tree or []:
        yield from _node(bound, part, 0)
    for group, word in ((declared.less, "Trừ chung"), (declared.plus, "Cộng chung")):
        yield from _group(group, word, 0)
    for grade in declared.grades:
        if grade.otherwise:
            yield f"Còn lại: {'cần người quyết định' if grade.otherwise == 'human' else grade.otherwise}"
        elif grade.need is not None:
            yield f"Xếp loại {grade.name}: {grade.need.term.formula()}"
    if declared.rank is not None:
        yield "Xếp hạng theo: " + ", rồi ".join(f.term.formula() for f in (declared.rank.by, *declared.rank.then))


def _choice(setting: Setting, name: str) -> str:
    return f"{name} – {setting.shown(name)}" if name in setting.words else name


def _node(bound: CriteriaSet, node: Node, depth: int) -> Iterator[str]:
    margin = "  " * depth
    mark = ""
    if node.max is not None and node.max.bound:
        value = node.max.term.constant_value
        mark = f" ({show_vietnamese(value) if value is not None else node.max.term.formula()} điểm)"
    if not node.enabled:
        yield f"{margin}{node.id}. {' '.join(node.text.split())} [đang tắt]"
        return
    yield f"{margin}{node.id}. {' '.join(node.text.split())}{mark}"
    carried = bound.carried.get(node.id)
    if node.when is not None:
        yield f"{margin}   Áp dụng khi: {node.when.need.term.formula()}"
    if node.shape is not None:
        yield f"{margin}   Cách chấm: {node.shape.rule()}"
    if carried is not None and not node.parts:
        for clause in carried.clauses:
            yield f"{margin}   Theo {clause.basis} {clause.place or ''}" + (
                f": “{' '.join(clause.quote.split())}”" if clause.quote else ""
            )
        if carried.evidence:
            yield f"{margin}   Minh chứng: " + "; ".join(
                (e.label or e.kind) + (" (bắt buộc)" if e.required else "") for e in carried.evidence
            )
        yield f"{margin}   Thẩm định: {', '.join(bound.bodies.get(b, b) for b in carried.verified_by)}"
    for control in node.gate:
        yield f"{margin}   Điều kiện: {control.need.term.formula()} — nếu không: {control.say}"
    yield from _group(node.less, "Trừ", depth + 1)
    yield from _group(node.plus, "Cộng", depth + 1)
    for child in node.children:
        yield from _node(bound, child, depth + 1)


def _group(group: EntryGroup | None, word: str, depth: int) -> Iterator[str]:
    margin = "  " * depth
    entries: list[Entry] = list(group.walk()) if group is not None else []
    for entry in entries:
        if entry.shape is not None:
            yield f"{margin} {word} {f'{entry.id}. ' if entry.id else ''}{entry.text or ''}: {entry.shape.rule()}"
