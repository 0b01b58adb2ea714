"""One candidate of an occasion as an OccasionPart: its periods side by side, how they are combined, what decided between equals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from criteria.declarations.years import TieBreak
from criteria.exact import show_vietnamese
from records.years.combined import CombinedRow, CombinedSet
from records.years.explaining import THEN, explain_years, rank_words, rule_lines, shown
from records.years.frozen import FrozenResult
from records.years.periods import PeriodCell
from reports.reasons.receipt import SHORT_HASH
from reports.reasons.row import Line
from reports.score_sheet.content import OccasionPart, PeriodLine
from reports.wording.days import period_words
from scoring.years import Figure, tie_break

_RULE = ("Tình trạng", "Cách gộp", "Trọng số", "Hạn chốt", "Làm tròn", "Xếp hạng")
_RESULT = ("Tính", "Kết quả", "Thứ hạng", "Vì sao không xếp hạng", "Lưu ý")


def row_of(lists: Sequence[CombinedSet], candidate: str) -> tuple[CombinedSet, CombinedRow] | None:
    """The list a candidate stands in, and its row."""
    return next(((made, row) for made in lists for row in made.rows if row.candidate == candidate), None)


def sources(made: CombinedSet, row: CombinedRow) -> list[tuple[FrozenResult, str]]:
    """Every official result a combined one rests on: its own, or those of the bodies before it; in the order of the periods."""
    found = []
    for period, cell in zip(made.periods, row.cells, strict=True):
        for ident in (row.candidate,) if cell.own is not None else cell.inherited:
            held = next((result for result in period.results for each in result.rows if each.candidate == ident), None)
            found += [(held, ident)] if held is not None else []
    return found


def occasion_part(made: CombinedSet, row: CombinedRow) -> OccasionPart:
    """What has to be said about one row."""
    occasion, combined = made.occasion, row.combined
    told = explain_years(made, row.candidate)
    lines = [line for line in rule_lines(made) if line[0] in _RULE]
    lines += [line for line in told if line[0] in _RESULT]
    rank = rank_words(made, row)
    words = f"thứ hạng {rank}" if combined.rank is not None else rank
    return OccasionPart(
        occasion.id,
        " ".join(occasion.name.split()),
        occasion.from_,
        occasion.to,
        tuple(_period(made, row, place) for place in range(len(made.periods))),
        (*lines, *_equals(made, row)),
        f"{shown(made.rule, combined.value)}{' (tạm tính)' if combined.provisional else ''}; {words}",
    )


def _period(made: CombinedSet, row: CombinedRow, place: int) -> PeriodLine:
    period, cell = made.periods[place], row.cells[place]
    receipts = tuple(
        dict.fromkeys(result.receipt[:SHORT_HASH] for result, _ in sources(made, row) if result in period.results)
    )
    figure = cell.cell
    if not isinstance(figure, Figure):
        return PeriodLine(period.name, _title(period.name), "–", "–", "", "–", cell.say, receipts)
    places = cell.result.places if cell.result is not None else None
    return PeriodLine(
        period.name,
        _title(period.name),
        f"{show_vietnamese(figure.total, places)}/{show_vietnamese(figure.maximum, places)}",
        f"{show_vietnamese(figure.share * 100)} %" if figure.share is not None else "–",
        cell.own.grade if cell.own is not None else cell.grade,
        str(figure.rank) if figure.rank is not None else "–",
        _note(cell),
        receipts,
    )


def _title(period: str) -> str:
    """2026; 6 tháng đầu năm 2027 (2027-h1)."""
    words = period_words(period)
    return period if words in (period, f"năm {period}") else f"{words} ({period})"


def _note(cell: PeriodCell) -> str:
    return "; ".join(
        [*([f"không xếp hạng: {cell.unplaced}"] if cell.unplaced else []), *([cell.say] if cell.say else [])]
    )


def _equals(made: CombinedSet, row: CombinedRow) -> Iterator[Line]:
    """Who has the same combined figure and another place, and what decided that."""
    rank = row.combined.rank
    if rank is None:
        return
    peers = [one for one in made.rows if one.pool == row.pool and one.combined.value == row.combined.value]
    for other in peers:
        theirs = other.combined.rank
        if theirs is None or theirs == rank:
            continue
        for word in made.rule.then:
            mine, its = (tie_break(word, made.rule, [cell.cell for cell in one.cells]) for one in (row, other))
            if mine != its:
                figures = _figures(word, mine, its)
                yield "Cùng kết quả gộp", f"{other.candidate} (hạng {theirs}); xét tiếp {THEN[word]}{figures}"
                break


def _figures(word: TieBreak, mine: Fraction | None, its: Fraction | None) -> str:
    if word == "grade_of_last":
        return ""

    def number(value: Fraction | None) -> str:
        if value is None:
            return "chưa có"
        return f"{show_vietnamese(value * 100)} %" if "share" in word else show_vietnamese(value)

    return f": {number(mine)} so với {number(its)}"
