"""What one cell of a list may say, field by field: the text that is kept, or why it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Movement
from criteria.exact import NOT_APPLICABLE
from criteria.expressions import kinds
from criteria.inputs import Input
from records.roster.layouts import CODE, LABELS
from records.roster.matching import fold
from records.roster.reading import Declared
from records.roster.roster import ATTRIBUTE, OWN
from records.tables.cells import CellError, read_cell
from records.tables.sheets import Cell, is_error

LONGEST_NAME, LONGEST = 300, 4000
DAYS = {"from", "to", "valid_from"}
UNKNOWN = {"chua ro", "chua biet", "khong ro"}  # takes back what was said before
_SHORT = {"name", "head", "post", "pool", "province", "area", "parent", "successor"}
_IDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_EPOCH = date(1970, 1, 1)
_INVISIBLE = {"Cf", "Zl", "Zp"}
_CODE = "roster-field"


def declared_attributes(movement: Movement, sets: Mapping[str, tuple[CriteriaSet | None, str]]) -> dict[str, Declared]:
    """Attributes of all sets, by folded name and folded label. sets: file → set, letter of its group.

    An attribute that the roster has a field for under the same name is kept beside it; the text that a set takes its pools from
    is the pool itself.
    """
    inputs: dict[str, dict[str, Input]] = {}
    headings: dict[str, str] = {}
    for bound, letter in sets.values():
        for name in bound.attributes if bound is not None else ():
            assert bound is not None
            declared = bound.inputs[name]
            is_pool = name == bound.declaration.pool and declared.kind.name == kinds.TEXT
            field = "pool" if is_pool else f"{ATTRIBUTE}{name}" if name in OWN else name
            inputs.setdefault(field, {}).setdefault(letter, declared)
            for heading in (name, declared.label):
                headings.setdefault(fold(heading), field)
    return {heading: Declared(field, inputs[field]) for heading, field in headings.items()}


def label(name: str) -> str:
    """A field as an officer calls it."""
    return LABELS.get(name, name.removeprefix(ATTRIBUTE).removeprefix(CODE))


def text_of(cell: Cell, name: str) -> str:
    """The text of a cell on one line, without invisible signs. Raises CellError."""
    if is_error(cell):
        found = cell.formula or cell.text
        raise CellError("formula-cell", f"Ô có “{found[:80]}”, không có giá trị.", "Gõ thẳng giá trị vào ô.")
    signs = [sign for sign in " ".join(cell.text.split()) if unicodedata.category(sign) not in _INVISIBLE]
    strange = next((sign for sign in signs if unicodedata.category(sign) in ("Cc", "Co", "Cs", "Cn")), None)
    if strange is not None:
        message = f"Ô “{label(name)}” có ký tự điều khiển U+{ord(strange):04X}."
        raise CellError(_CODE, message, "Gõ lại ô bằng chữ thường.")
    text = "".join(signs).strip()
    most = LONGEST_NAME if name in _SHORT or name.startswith(CODE) else LONGEST
    if len(text) > most:
        message = f"Ô “{label(name)}” dài {len(text)} ký tự, bắt đầu “{text[:40]}…”."
        raise CellError(_CODE, message, f"Nhiều nhất {most} ký tự.")
    return text


def read_ident(text: str) -> str:
    """An id. Raises CellError."""
    if not _IDENT.fullmatch(text):
        message = f"Mã “{text[:60]}” không dùng được."
        raise CellError(_CODE, message, "Mã gồm chữ cái không dấu, chữ số, gạch nối; nhiều nhất 40 ký tự: A001.")
    return text


def read_day(cell: Cell, name: str) -> date | None:
    """A day, None when the cell is empty. Raises CellError."""
    value, _ = read_cell(cell, Input(name, label(name), kinds.DAYS))
    return None if cell.empty else _EPOCH + timedelta(days=int(value))


def read_group(movement: Movement, text: str) -> str:
    """A letter of a group, also written “nhóm a”. Raises CellError."""
    wanted = text.casefold().removeprefix("nhóm").strip(" )(")
    for group in movement.groups:
        if group.letter.casefold() == wanted:
            return group.letter
    letters = ", ".join(group.letter for group in movement.groups)
    raise CellError(_CODE, f"Không có nhóm “{text[:60]}”.", f"Các nhóm: {letters}.")


def read_kind(movement: Movement, text: str) -> str:
    """A kind of body as the movement writes it; any word when it declares none. Raises CellError."""
    wanted = fold(text)
    for kind in movement.body_kinds:
        if fold(kind.name) == wanted:
            return kind.name
    if not movement.body_kinds:
        return text
    known = "; ".join(kind.name for kind in movement.body_kinds)
    raise CellError(_CODE, f"Không có loại “{text[:60]}”.", f"Các loại: {known}.")


def read_sub_type(movement: Movement, text: str) -> str:
    """A sub-type of persons: its whole name, or one word of its list. Raises CellError."""
    wanted = fold(text)
    exact = [one.name for one in movement.sub_types if fold(one.name) == wanted]
    parts = [one.name for one in movement.sub_types if wanted in [fold(part) for part in one.name.split(",")]]
    if exact or len(parts) == 1:
        return (exact or parts)[0]
    known = "; ".join(one.name for one in movement.sub_types) or "phong trào không khai tiểu nhóm"
    raise CellError(_CODE, f"Không có tiểu nhóm “{text[:60]}”.", f"Các tiểu nhóm: {known}.")


def read_set_file(movement: Movement, letter: str, text: str) -> str:
    """A criteria set of the group. Raises CellError."""
    files = next((group.sets for group in movement.groups if group.letter == letter), [])
    found = [file for file in files if text in (file, file.removesuffix(".yaml"))]
    if found:
        return found[0]
    raise CellError(_CODE, f"Nhóm {letter or '?'} không có bộ tiêu chí “{text[:60]}”.", f"Các bộ: {', '.join(files)}.")


def read_attribute(cell: Cell, declared: Input) -> str:
    """An attribute as it is kept: read again, it gives the same value. Raises CellError."""
    value, absence = read_cell(cell, declared)
    if absence == NOT_APPLICABLE:
        return "KAD"
    kind = declared.kind
    if kind.name == kinds.LEVEL:
        return kind.levels[int(value)]
    if kind.name == kinds.TRUTH:
        return "có" if value else "không"
    if kind.name == kinds.DAY:
        return (_EPOCH + timedelta(days=int(value))).isoformat()
    if kind.name == kinds.TEXT:
        return text_of(cell, declared.name)
    whole, rest = divmod(abs(int(value)), 10**declared.decimals)
    sign = "-" if int(value) < 0 else ""
    return f"{sign}{whole}" + (f",{rest:0{declared.decimals}d}" if declared.decimals else "")
