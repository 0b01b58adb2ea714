"""Rank intervals (khoảng thứ hạng): between which places everybody can still end when what is pending is decided.

An outcome decides every pending criterion of every candidate for it or against it. The interval of a candidate runs from the best
to the worst place (None: no place at all) and grade over all outcomes; the own interval over the outcomes of its own criteria
alone, everybody else as they stand now. What lies between (a figure corrected to another value) is not looked at.

What is proven (`ranked`, `graded` of Interval say it for each candidate):
- No value over a pool reads what is pending: a candidate's points rest on its own row. Its best and its worst row are found, and
  its best row against the worst rows of the others has the best place there is; and the other way round. Criteria of which
  scoring.analysis.steady proves that more points can only help go all one way, each the one that gives more (fewer) points; the
  others are tried in all combinations. Proven, unless a candidate of the pool has more than MOST of these, or none of its
  criteria would apply in the end.
- Values over a pool do: all outcomes of a pool are scored when it has at most MOST_OF_POOL pending in all: proven. Else each
  candidate is scored in whole tables: its own for it and the others' against, the other way round, all for, all against.
- Grades: likewise; with quotas (số suất) they rest on the others even where points do not. They are proven by steady only where
  nothing else of the candidate is open.
An end that is not proven is still reached by some outcome: the true interval is never narrower.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.analysis.order import seen
from scoring.analysis.outcomes import Outcomes
from scoring.analysis.own_rows import better, own_rows, ranks_against
from scoring.analysis.steady import Steadiness, examine
from scoring.analysis.whole_tables import whole_tables
from scoring.grades import OPEN
from scoring.result import Result

MOST = 6  # criteria of a candidate that are tried in all combinations
MOST_OF_POOL = 8  # pending criteria of a pool all of whose outcomes are scored


@dataclass(frozen=True)
class End:
    """One end. rank: None without a place. grade: None without one; undecided: because something else is still open."""

    rank: int | None
    grade: str | None
    undecided: bool = False


@dataclass(frozen=True)
class Interval:
    """Of one candidate. own_best, own_worst: places, others as now. pending: ids of its criteria. ranked, graded: proven.

    totals: the total when all that is pending goes against it, and when all goes for it, as claimed.
    """

    candidate: str
    now: End
    best: End
    worst: End
    own_best: int | None
    own_worst: int | None
    pending: tuple[str, ...]
    totals: tuple[Fraction, Fraction]
    ranked: bool = True
    graded: bool = True

    @property
    def firm(self) -> bool:
        """Nothing that is pending moves its place or its grade."""
        return (self.best.rank, self.best.grade) == (self.worst.rank, self.worst.grade)


def intervals(
    outcomes: Outcomes,
    steadiness: Steadiness | None = None,
    most: int = MOST,
    most_of_pool: int = MOST_OF_POOL,
) -> list[Interval]:
    """One interval per candidate, in the order of the table. steadiness: what examine() says, when it is at hand."""
    stakes = outcomes.stakes
    steadiness = steadiness or examine(outcomes)
    declared = stakes.criteria.declaration
    now = seen(outcomes.now)
    groups = outcomes.now.root.pool_codes()
    shared = steadiness.pooled or steadiness.quotas
    if shared:
        pools = groups * 0 if any(g.quota is not None and g.quota.per == "all" for g in declared.grades) else groups
        more = better(outcomes, outcomes.claimed, outcomes.closed)
        ends = whole_tables(outcomes, more, pools, most_of_pool)
        ranks, own_ranks, levels, ranked, graded = ends.ranks, ends.own_ranks, ends.levels, ends.proven, ends.proven
    if not steadiness.pooled:
        own = own_rows(outcomes, steadiness, now, most)
        if not shared:
            levels, graded = own.levels, own.graded
        if not (steadiness.quotas and declared.rank is not None and declared.rank.within == "grade"):
            ranks, own_ranks, ranked = ranks_against(own, now, groups)
    names = stakes.criteria.grade_names

    def end(rank: int, level: int) -> End:
        return End(rank or None, names[level] if level >= 0 else None, level == OPEN)

    return [
        Interval(
            candidate,
            end(int(outcomes.now.ranks[row]), int(now.level[row])),
            end(int(ranks[0][row]), int(levels[0][row])),
            end(int(ranks[1][row]), int(levels[1][row])),
            int(own_ranks[0][row]) or None,
            int(own_ranks[1][row]) or None,
            tuple(one.id for one in stakes.pending if one.rows[row]),
            (_total(outcomes.closed, row), _total(outcomes.claimed, row)),
            bool(ranked[row]),
            bool(graded[row]),
        )
        for row, candidate in enumerate(stakes.now.table.ids)
    ]


def _total(result: Result, row: int) -> Fraction:
    return result.points().at(row) or Fraction(0)
