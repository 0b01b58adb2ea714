"""Cells of figures: how an input looks, and figures that are known already, shown locked with their source."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from criteria.declarations.movement import Movement
from criteria.exact import KNOWN
from criteria.expressions import kinds
from criteria.inputs import Input
from records.forms.issuing.sheets import as_cell, write_text
from records.forms.layout import Layout
from records.ledger.entries import Entry
from records.roster.roster import Candidate
from records.tables.cells import CellError, read_cell
from records.tables.sheets import Cell

_EPOCH = date(1970, 1, 1)


def look_of(column: Input) -> tuple[str, ...]:
    """Styles of a value of this kind."""
    if column.kind.name == kinds.NUMBER:
        return ("n:" if column.decimals or column.kind.percent else "n:0", "right")
    return {kinds.DAY: ("date",), kinds.TEXT: ("text",)}.get(column.kind.name, ("center",))


def known_note(
    movement: Movement, layout: Layout, candidate: Candidate, name: str, entry: Entry | None
) -> tuple[str, str]:
    """The text of a figure that comes from the roster, an index or a milestone, and the sentence that says from where."""
    source = layout.source_of(name)
    if source is None:
        text = candidate.attributes.get(name, "")
        if not text and name == layout.criteria.declaration.pool:
            text = candidate.pool
        return text, (
            "Theo danh sách đối tượng; sai thì báo cơ quan giao biểu."
            if text
            else "Danh sách đối tượng chưa ghi; đề nghị báo cơ quan giao biểu."
        )
    names = {index.id: index.name for index in movement.indexes}
    names.update((milestone.id, milestone.name) for milestone in movement.milestones)
    named = f"“{names[source]}”" if source in names else "số liệu của cơ quan giao biểu"
    if entry is None or not entry.value:
        return "", f"Chưa có trong {named}; đơn vị không điền ở đây."
    return entry.value, f"Lấy từ {named}" + (f" ({entry.source})." if entry.source else ".")


def write_known(sheet: Any, row: int, column: int, text: str, declared: Input, style: Any) -> None:
    """A stored text as the kind of value it is; what cannot be read is shown as it stands."""
    try:
        value, absence = read_cell(Cell(text), declared)
    except CellError:
        value, absence = text, KNOWN + 1
    if absence != KNOWN or isinstance(value, str):
        write_text(sheet, row, column, text, style)
    elif declared.kind.name == kinds.NUMBER:
        sheet.write_number(row, column, as_cell(Fraction(value, 10**declared.decimals), declared.decimals), style)
    elif declared.kind.name == kinds.DAY:
        sheet.write_datetime(row, column, _EPOCH + timedelta(days=value), style)
    elif declared.kind.name == kinds.TRUTH:
        sheet.write_string(row, column, "có" if value else "không", style)
    else:
        sheet.write_string(row, column, declared.kind.levels[value], style)
