"""Who a candidate is, in the lines that stand at the head of what is printed about it."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from reports.reasons.row import Line


def about_lines(
    movement: Movement, letter: str, ident: str, name: str, *, kind: str = "", post: str = "", manager: str, pool: str
) -> tuple[Line, ...]:
    """letter: of the group. kind: of the body, as the movement names it. manager: name of the body above it. Empty lines are left out."""
    group = next((one for one in movement.groups if one.letter == letter), None)
    person = any(one.person and one.name == kind for one in movement.body_kinds)
    lines: list[Line] = [("Họ và tên" if person else "Đối tượng", name)]
    lines.append(("Chức vụ", post if person else ""))
    lines.append(("Đơn vị" if person else "Cơ quan quản lý", manager))
    lines.append(("Mã", ident))
    lines.append(("Nhóm", f"{group.letter}) {' '.join(group.name.split())}" if group is not None else ""))
    lines.append(("Cụm, khối", pool))
    return tuple(line for line in lines if line[1])
