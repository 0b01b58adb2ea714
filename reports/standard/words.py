"""What a standard says beside its points, as sentences an official can sign: how parts add up, when they apply, bounds, grades, ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from criteria.checks.frames import assignments
from criteria.criteria_set import CriteriaSet
from criteria.declarations.controls import CapGrade, Control, Demote, When
from criteria.declarations.grades import Grade
from criteria.declarations.node import Branch, Entry, EntryGroup, Node
from criteria.exact import show_vietnamese
from criteria.expressions.formula import Formula, Mark
from criteria.shapes.base import Shape
from criteria.shapes.levels import mark_words
from reports.wording.texts import line, sentence

_COMBINED = {
    "mean": "Điểm là trung bình cộng điểm các ý.",
    "weighted": "Điểm là trung bình tỷ lệ đạt của các ý theo trọng số.",
    "best": "Lấy điểm của ý cao nhất.",
    "one_of": "Chấm một ý, là ý có điều kiện áp dụng được thỏa mãn.",
    "product": "Điểm là tích điểm các ý.",
}
_WHEN_ZERO = {
    "full": "không có gì để tính thì được trọn điểm",
    "zero": "không có gì để tính thì 0 điểm",
    "not_applicable": "không có gì để tính thì không áp dụng",
}
_ELSE = {"exclude": "không thì không áp dụng", "full": "không thì được trọn điểm", "zero": "không thì 0 điểm"}
_TAKEN = {"mean": "lấy trung bình", "sum": "cộng lại", "best": "lấy cao nhất", "median": "lấy trung vị"}
_ROUNDED = {"down": "làm tròn xuống", "up": "làm tròn lên", "half_up": "làm tròn đến số nguyên gần nhất"}
_CHOICE = re.compile(r'\s*(\w+)\s*==?\s*"([^"]*)"\s*')


def mark_of(bound: CriteriaSet, node: Node) -> Fraction | None:
    """Full marks of a node where the file alone tells: its own, else the sum of what it adds up."""
    found = {_static(node, levels) for levels in assignments(bound)}
    return found.pop() if len(found) == 1 else None


def _static(node: Node, levels: dict[str, int]) -> Fraction | None:
    if node.max is not None:
        return node.max.static(None, levels)
    if not node.parts or node.combine.how != "sum":
        return None
    parts = [_static(child, levels) for child in node.parts]
    return None if None in parts else sum((part for part in parts if part is not None), Fraction(0))


def mark_text(bound: CriteriaSet, node: Node) -> str:
    """33,34; a formula where full marks depend on the candidate; "" without any."""
    value = mark_of(bound, node)
    if value is not None:
        return show_vietnamese(value)
    if node.unbounded:
        return "không giới hạn"
    return bare(node.max) if node.max is not None and node.max.bound else ""


def bare(formula: Formula) -> str:
    """An expression in words."""
    return f"{formula.written}" if isinstance(formula, Mark) and formula.share is not None else formula.term.formula()


def when_words(bound: CriteriaSet, when: When) -> str:
    """Whether something applies. A choice of the province is told as one."""
    choice = _CHOICE.fullmatch(str(when.need.source))
    setting = bound.declaration.settings.get(choice[1]) if choice else None
    if choice is not None and setting is not None:
        chosen = bound.settings.get(choice[1], setting.value)
        here = "đang chọn" if chosen == choice[2] else f"đang chọn “{chosen}”, nên không áp dụng"
        return sentence(f"Áp dụng khi chọn “{choice[2]}” ({here}): {line(setting.label)}")
    why = f" ({line(when.say)})" if when.say else ""
    return sentence(f"Áp dụng khi {when.need.term.formula()}; {_ELSE[when.else_]}{why}")


def shape_words(shape: Shape) -> str:
    more = [_WHEN_ZERO[shape.when_zero]] if shape.when_zero is not None else []
    more += [f"làm tròn theo bước {bare(shape.grid)} điểm"] if shape.grid is not None and shape.rounds_to_grid else []
    return sentence("; ".join([shape.rule().rstrip("."), *more]))


def branch_words(bound: CriteriaSet, branch: Branch) -> Iterator[str]:
    """How a node, or the whole set, comes to its points from its parts, and within which bounds."""
    parts = branch.parts if isinstance(branch, Node) else bound.declaration.parts
    if parts and branch.combine.how == "any_of":
        least = branch.combine.least
        yield f"Đạt trọn điểm của ít nhất {least} ý thì được trọn điểm; nếu không, lấy điểm của ý cao nhất."
    elif parts and branch.combine.how in _COMBINED:
        yield _COMBINED[branch.combine.how]
    if branch.rescale and parts:
        yield "Ý không áp dụng được bỏ ra, điểm quy đổi theo điểm tối đa."
    if branch.shape is not None:
        yield shape_words(branch.shape)
    if branch.coefficient is not None:
        yield sentence(f"Nhân với hệ số {bare(branch.coefficient)}")
    if isinstance(branch, Node):
        yield from _node_words(bound, branch)
    if branch.ceiling is not None:
        yield sentence(f"Sau khi cộng, trừ: không quá {mark_words(branch.ceiling)}")
    if branch.floor == "none":
        yield "Điểm trừ có thể vượt điểm đạt được."
    elif branch.floor is not None:
        yield sentence(f"Sau khi cộng, trừ: không dưới {branch.floor.replace('.', ',')} điểm")
    for control in branch.zero:
        yield sentence(f"0 điểm nếu không thỏa mãn: {control.need.term.formula()} ({line(control.say)})")


def _node_words(bound: CriteriaSet, node: Node) -> Iterator[str]:
    if node.when is not None:
        yield when_words(bound, node.when)
    if node.weight is not None:
        yield sentence(f"Trọng số {bare(node.weight)}")
    if node.grid is not None:
        yield sentence(f"Làm tròn theo bước {bare(node.grid)} điểm")
    if node.over is not None:
        table = bound.declaration.tables.get(node.over.table)
        named = line(table.label) if table is not None else node.over.table
        by = f" theo từng {node.over.by}" if node.over.by else " từng dòng"
        cap = f", không quá {mark_words(node.over.cap)}" if node.over.cap is not None else ""
        yield sentence(f"Chấm{by} của {named}, {_TAKEN[node.over.take]}{cap}")
    if node.shared_evidence:
        yield "Các ý bên dưới được dùng chung minh chứng."


def group_words(group: EntryGroup, losing: bool) -> str:
    """The bounds of all losses or gains together; "" without any."""
    word = "trừ" if losing else "cộng"
    told = [f"Cả nhóm {word} không quá {mark_words(group.cap)}"] if group.cap is not None else []
    told += [f"không dưới {mark_words(group.floor)}"] if group.floor is not None else []
    return sentence("; ".join(told))


def entry_words(bound: CriteriaSet, entry: Entry) -> Iterator[str]:
    if entry.when is not None:
        yield when_words(bound, entry.when)
    if entry.shape is not None:
        yield shape_words(entry.shape)
    if entry.best:
        yield "Chỉ lấy mức cao nhất trong các mục dưới đây."
    elif entry.one_of:
        yield "Chỉ lấy mục đầu tiên có điều kiện được thỏa mãn trong các mục dưới đây."
    for value, words in (
        (entry.max, "Khung điểm {}"),
        (entry.cap, "Không quá {}"),
        (entry.floor, "Không dưới {}"),
    ):
        if value is not None:
            yield sentence(words.format(mark_words(value)))
    if entry.grid is not None:
        yield sentence(f"Làm tròn theo bước {bare(entry.grid)} điểm")
    if entry.coefficient is not None:
        yield sentence(f"Nhân với hệ số {bare(entry.coefficient)}")


def control_words(branch: Branch) -> Iterator[str]:
    """Conditions that stand apart from points."""
    for control in branch.gate:
        yield _control(control, "không đạt thì không được xếp loại, xếp hạng")
    for control in branch.stop:
        yield _control(control, "không đạt thì dừng chấm")
    for control in branch.flag:
        yield _control(control, "không đạt thì ghi chú để xem xét")
    for cap in branch.cap_grade:
        yield _cap(cap)
    for demote in branch.demote:
        yield _demote(demote)


def _control(control: Control, effect: str) -> str:
    return sentence(f"Phải có {control.need.term.formula()}; {effect} (“{line(control.say)}”)")


def _cap(cap: CapGrade) -> str:
    condition = f"nếu không có {cap.need.term.formula()}" if cap.need is not None else "trong mọi trường hợp"
    return sentence(f"Không xếp loại cao hơn {cap.at_most.term.formula()} {condition} (“{line(cap.say)}”)")


def _demote(demote: Demote) -> str:
    down = f"xuống “{demote.to}”" if demote.to else f"xuống {demote.by or 1} mức"
    return sentence(f"Hạ xếp loại {down} nếu không có {demote.need.term.formula()} (“{line(demote.say)}”)")


def grade_words(grade: Grade) -> str:
    """One line of the grades, with its quota."""
    told = []
    if grade.otherwise == "human":
        told.append(f"Trường hợp còn lại: {line(grade.decided_by) or 'cấp có thẩm quyền'} quyết định")
    elif grade.otherwise is not None:
        by = f" (do {line(grade.decided_by)} quyết định)" if grade.decided_by else ""
        told.append(f"“{line(grade.otherwise)}”: các trường hợp còn lại{by}")
    elif grade.need is not None:
        told.append(f"“{line(grade.name)}”: {grade.need.term.formula()}")
    if grade.text:
        told.append(line(grade.text))
    if grade.quota is not None:
        quota = grade.quota
        where = "mỗi cụm, khối" if quota.per == "pool" else "tất cả đối tượng"
        most = f"{quota.number} đối tượng" if quota.number is not None else ""
        if quota.share is not None:
            of = "số đối tượng được chấm" if quota.of == ["evaluated"] else "số đối tượng xếp " + ", ".join(quota.of)
            most = f"{bare(quota.share)} {of}, {_ROUNDED[quota.round]}"
        least = f", ít nhất {quota.at_least}" if quota.at_least else ""
        told.append(f"trong {where} không quá {most}{least}")
    return sentence("; ".join(told))


def rank_words(bound: CriteriaSet) -> Iterator[str]:
    rank = bound.declaration.rank
    if rank is None:
        return
    within = " trong từng mức xếp loại" if rank.within == "grade" else ""
    pool = bound.declaration.pool
    measure = bound.declaration.attributes.get(pool) if pool else None
    pooled = f" trong từng {line(measure.label).lower()}" if measure is not None and measure.label else ""
    yield sentence(f"Xếp hạng{pooled}{within} theo {bare(rank.by)}, từ cao xuống thấp")
    if rank.then:
        order = "; ".join(f"{number}) {bare(one)}" for number, one in enumerate(rank.then, 1))
        yield sentence(f"Khi bằng nhau, lần lượt so: {order}")
    if rank.ties == "shared":
        yield "Vẫn bằng nhau thì đồng hạng; hạng tiếp theo tính cả số đối tượng đồng hạng (1, 1, 3)."
    else:
        yield "Vẫn bằng nhau thì cấp có thẩm quyền xem xét, quyết định thứ tự."
