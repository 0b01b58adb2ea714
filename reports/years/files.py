"""The file an occasion is handed out in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from criteria.declarations.movement import Movement
from records.rounds import Round, Window
from records.years.combined import CombinedSet
from reports.ranking.files import ReportFile
from reports.workbook_header import header_of
from reports.years.workbook import occasion_workbook


def occasion_file(
    movement: Movement, found: Sequence[CombinedSet], receipt: Mapping[str, str] | None = None
) -> ReportFile:
    """ket-qua-so-ket-2027.xlsx. found: the lists of one occasion, at least one."""
    occasion = found[0].occasion
    window = Window(occasion.id, occasion.from_, occasion.to, True, occasion.name)
    headers = [header_of(movement, Round(window, None), made.group, "") for made in found]
    name = re.sub(r"[^a-z0-9]+", "-", occasion.id.lower()).strip("-") or "dip"
    return ReportFile(f"ket-qua-{name}.xlsx", occasion_workbook(found, headers, receipt))
