"""The rows of one candidate: every point with its rule, clause, evidence and who verified it; every sentence from the engine."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from criteria.criteria_set import TRIAL_STAMP
from criteria.declarations.node import Node
from records.forms.layout import decided_scope, switched_off
from reports.reasons.proof import NO_EVIDENCE, clause_words, evidence_words, verified_words
from reports.reasons.row import CriterionRow, Line
from reports.reasons.source import Source, SourceSet, Told
from reports.workbook import basis_numbers
from scoring.explanation import Explanation
from scoring.placing import rank_lines
from scoring.result import Result
from scoring.tables import natural_key

_BESIDE = {"Căn cứ", "Cơ quan thẩm định", "Kết quả", "Trạng thái"}  # said in columns and sentences of their own
_ABOVE = {"Bộ tiêu chí", "Lưu ý"}  # said at the head of what is printed
_NOT_CHOSEN: tuple[Line, ...] = (("Không áp dụng", "phương án này không được chọn trong kỳ"),)


class Rows:
    """The rows of the candidates of one set, one candidate after another."""

    def __init__(self, source: Source, one: SourceSet) -> None:
        self.source, self.one = source, one
        self.set, self.short = one.result.set, basis_numbers(one.result)
        self._nodes = {node.id: node for node in self.set.nodes()}

    def rows(self, candidate: str, told: Told, whole: Explanation) -> Iterator[CriterionRow]:
        """whole: the explanation of the candidate's whole result."""
        for part in whole.children:
            yield from self._row(candidate, told, part, 0, "")

    def _row(self, candidate: str, told: Told, said: Explanation, depth: int, above: str) -> Iterator[CriterionRow]:
        node = self._nodes[said.id]
        chosen = not switched_off(node)
        carried = self.set.carried[said.id]
        around = self.set.carried[above].clauses if above else ()
        evidence = evidence_words(self.source, self.one, told, candidate, said.id)
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
            tuple(_reasons(node, said)) if chosen else _NOT_CHOSEN,
            clause_words(self.set, carried.clauses, around, self.short),
            evidence or ((NO_EVIDENCE,) if leaf and chosen else ()),
            verified_words(self.source, told, said.id),
        )
        for child in said.children if chosen else ():
            yield from self._row(candidate, told, child, depth + 1, said.id)


def _reasons(node: Node, said: Explanation) -> Iterator[Line]:
    for heading, sentence in said.lines:
        settled = heading == "Phạm vi" and decided_scope(node) is True  # the same for everybody
        trial = heading == "Lưu ý" and sentence == TRIAL_STAMP  # said at the top of every page, with what decided it
        if heading not in _BESIDE and not settled and not trial:
            yield heading, sentence


def result_lines(result: Result, candidate: str, whole: Explanation) -> tuple[Line, ...]:
    """How the total is made, the grade, the place, what decided it. whole: the explanation of the candidate's whole result."""
    return *(line for line in whole.lines if line[0] not in _ABOVE), *_below(result, candidate)


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
