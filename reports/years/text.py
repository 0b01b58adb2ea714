"""A combined result as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from criteria.exact import show_vietnamese
from records.years.combined import CombinedRow, CombinedSet
from records.years.explaining import explain_years, rule_lines, shown, why_words
from records.years.periods import PeriodCell
from scoring.years import Figure

_WIDEST = 40


def occasion_standings(made: CombinedSet) -> str:
    """One line a candidate, by pool and rank: every period, the combined figure, what keeps it from a place."""
    lines = [f"{made.occasion.name}, nhóm {made.group}" + (f", bộ tiêu chí {made.set_id}" if made.set_id else "")]
    lines += [f"*** {stamp} ***" for stamp in made.stamps]
    lines += [f"{name}: {text}." for name, text in rule_lines(made) if name in ("Cách gộp", "Trọng số", "Hạn chốt")]
    head = ["Hạng", "Mã", "Tên", *(period.name for period in made.periods), "Kết quả gộp"]
    rows = [head, *(_row(made, row) for row in made.rows)]
    notes = ["Ghi chú", *("; ".join([*why_words(made, row), *row.notes]) for row in made.rows)]
    widths = [min(max(len(row[place]) for row in rows), _WIDEST) for place in range(len(head))]
    left = {1, 2}
    lines.append("")
    for row, note in zip(rows, notes, strict=True):
        cells = [
            text[:width].ljust(width) if place in left else text[:width].rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join([*cells, note]).rstrip())
    lines += [f"Chưa xếp: {doubt.body} {doubt.message} {doubt.hint}".rstrip() for doubt in made.doubts]
    return "\n".join(lines)


def _row(made: CombinedSet, row: CombinedRow) -> list[str]:
    combined = row.combined
    rank = "–" if combined.rank is None else f"{combined.rank}=" if combined.tied else str(combined.rank)
    name = f"{row.name} [{row.pool}]" if row.pool and row.name else row.name or row.pool
    value = shown(made.rule, combined.value) + (" (tạm tính)" if combined.provisional else "")
    return [rank, row.candidate, name, *(_cell(cell) for cell in row.cells), value]


def _cell(cell: PeriodCell) -> str:
    """95,5 % (*): of bodies before it."""
    if not isinstance(cell.cell, Figure):
        return "–"
    share = f"{show_vietnamese(cell.cell.share * 100, 2)} %" if cell.cell.share is not None else "–"
    return share + (" (*)" if cell.inherited else "")


def occasion_explained(made: CombinedSet, candidate: str) -> str:
    """Why one candidate has its combined result. Raises KeyError."""
    lines = [f"*** {stamp} ***" for stamp in made.stamps]
    lines += [f"{heading}: {sentence}" for heading, sentence in explain_years(made, candidate)]
    return "\n".join(lines)


def set_of(found: Sequence[CombinedSet], candidate: str) -> CombinedSet | None:
    """The list a candidate stands in."""
    return next((made for made in found if any(row.candidate == candidate for row in made.rows)), None)
