"""Who issues a paper on a day, and in which province."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from criteria.declarations.calendar import Letterhead
from criteria.declarations.movement import Movement


def head_on(heads: Sequence[Letterhead], day: date) -> Letterhead | None:
    """The letterhead in force on a day. heads: of a movement, or of an award file."""
    known = [head for head in heads if head.from_ is None or head.from_ <= day]
    return max(known, key=lambda head: head.from_ or date.min, default=None)


def letterhead(movement: Movement, day: date) -> Letterhead | None:
    return head_on(movement.letterhead, day)


def province_words(movement: Movement, day: date) -> str:
    """The province as it is called on a day: after a merger the one it became part of. "" without any."""
    province = movement.province
    if province is None:
        return ""
    whole = province.part_of
    name = whole.name if whole is not None and whole.from_ <= day else province.name
    return name.upper() if re.match(r"(?i)(tỉnh|thành phố)\b", name) else f"TỈNH {name.upper()}"
