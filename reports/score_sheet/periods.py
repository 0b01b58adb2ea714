"""One candidate of one official publication as a PeriodPart: every point from the archive, every sentence from the engine."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from criteria.criteria_set import TRIAL_STAMP
from criteria.declarations.node import Node
from records.forms.layout import decided_scope, switched_off
from reports.ranking.header import period_words
from reports.score_sheet.content import CriterionRow, Line, PeriodPart
from reports.score_sheet.frozen import FrozenGroup, FrozenSet, Told
from reports.score_sheet.proof import NO_EVIDENCE, clause_words, evidence_words, general_lines, verified_words
from reports.workbook import basis_numbers
from scoring.explanation import Explanation, explain
from scoring.placing import rank_lines
from scoring.result import Result
from scoring.tables import natural_key

_BESIDE = {"Căn cứ", "Cơ quan thẩm định", "Kết quả", "Trạng thái"}  # said in columns and sentences of their own
_ABOVE = {"Bộ tiêu chí", "Lưu ý"}  # said at the head of the sheet
_NOT_CHOSEN: tuple[Line, ...] = (("Không áp dụng", "phương án này không được chọn trong kỳ"),)


def period_part(group: FrozenGroup, candidate: str) -> PeriodPart:
    """Raises KeyError for who has no result in the publication."""
    one = group.set_of(candidate)
    if one is None:
        raise KeyError(candidate)
    result, told = one.result, group.told(candidate)
    whole, c = explain(result, candidate), result.candidate(candidate)
    rows = tuple(_Rows(group, one, told, candidate).rows(whole))
    lines = [line for line in whole.lines if line[0] not in _ABOVE]
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
        (*lines, *_below(result, candidate)),
        tuple(
            (short, " ".join(result.set.bases[basis].words().split())) for basis, short in basis_numbers(result).items()
        ),
        group.receipt,
        tuple(general_lines(group, one, told, candidate, (row.id for row in rows))),
        one.stamps,
    )


class _Rows:
    """The rows of one candidate."""

    def __init__(self, group: FrozenGroup, one: FrozenSet, told: Told, candidate: str) -> None:
        self.group, self.one, self.told, self.candidate = group, one, told, candidate
        self.set, self.short = one.result.set, basis_numbers(one.result)

    def rows(self, whole: Explanation) -> Iterator[CriterionRow]:
        for part in whole.children:
            yield from self._row(part, 0, "")

    def _row(self, said: Explanation, depth: int, above: str) -> Iterator[CriterionRow]:
        node = self.set.node(said.id)
        assert node is not None
        chosen = not switched_off(node)
        carried = self.set.carried[said.id]
        around = self.set.carried[above].clauses if above else ()
        evidence = evidence_words(self.group, self.one, self.told, self.candidate, said.id)
        leaf = not said.children
        yield CriterionRow(
            said.id,
            " ".join(said.text.split()),
            depth,
            not leaf,
            said.points,
            said.maximum,
            said.state,
            self.set.places,
            tuple(self._reasons(node, said)) if chosen else _NOT_CHOSEN,
            clause_words(self.set, carried.clauses, around, self.short),
            evidence or ((NO_EVIDENCE,) if leaf and chosen else ()),
            verified_words(self.group, self.told, said.id),
        )
        for child in said.children if chosen else ():
            yield from self._row(child, depth + 1, said.id)

    def _reasons(self, node: Node, said: Explanation) -> Iterator[Line]:
        for heading, sentence in said.lines:
            settled = heading == "Phạm vi" and decided_scope(node) is True  # the same for everybody
            trial = (
                heading == "Lưu ý" and sentence == TRIAL_STAMP
            )  # said at the top of every page, with what decided it
            if heading not in _BESIDE and not settled and not trial:
                yield heading, sentence


def _below(result: Result, candidate: str) -> Iterator[Line]:
    """Who has the same total and stands next behind, and what decided that."""
    row = result.rows[candidate]
    groups, place, total = result.root.pool_codes(), int(result.ranks[row]), result.points().at(row)
    behind = np.flatnonzero((groups == groups[row]) & (result.ranks > place)) if place else ()
    if not len(behind):
        return
    rank = int(result.ranks[behind].min())
    equal = [int(other) for other in behind if result.ranks[other] == rank and result.points().at(int(other)) == total]
    if not equal:
        return
    other = min(equal, key=lambda each: natural_key(result.ids[each]))
    why = dict(rank_lines(result, other)).get("Ngay trên", "").partition("): ")[2]
    if why:
        yield "Ngay dưới", f"{result.ids[other]} (hạng {rank}), cùng tổng điểm: {why}"
