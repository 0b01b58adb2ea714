"""One candidate of one official publication as a PeriodPart: every point from the archive, every sentence from the engine."""

from __future__ import annotations

from reports.reasons.frozen import FrozenGroup
from reports.reasons.proof import general_lines
from reports.reasons.rows import Rows, result_lines
from reports.score_sheet.content import PeriodPart
from reports.wording.days import period_words
from reports.workbook import basis_numbers
from scoring.explanation import explain


def period_part(group: FrozenGroup, candidate: str) -> PeriodPart:
    """Raises KeyError for who has no result in the publication."""
    one = group.set_of(candidate)
    if one is None:
        raise KeyError(candidate)
    result, told = one.result, group.told(candidate)
    whole, c = explain(result, candidate), result.candidate(candidate)
    rows = tuple(Rows(group, one).rows(candidate, told, whole))
    place = dict(whole.lines).get("Thứ hạng", "")
    return PeriodPart(
        group.publication.period,
        period_words(group.publication.period),
        candidate,
        c.name or candidate,
        " ".join(result.set.title.split()),
        result.set.places,
        c.total,
        c.maximum,
        c.share,
        c.grade or "",
        c.rank,
        place,
        rows,
        result_lines(result, candidate, whole),
        tuple(
            (short, " ".join(result.set.bases[basis].words().split())) for basis, short in basis_numbers(result).items()
        ),
        group.receipt,
        tuple(general_lines(group, one, told, candidate, (row.id for row in rows))),
        one.stamps,
    )
