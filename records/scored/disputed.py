"""Disputed evidence (tiêu chí chưa kết luận): between which places everybody can still end, and which open criteria decide it.

Pending is what at the final stage waits although figures were handed in: not verified, returned, explained and not verified again.
For: what the unit claims counts as claimed (its last figures; where it claimed nothing, the full mark of the criterion). Against:
closed without result, as `without_result` of the movement says. Who has not handed in has nothing pending and keeps no place.
What is proven of the ends: scoring.analysis.intervals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from criteria.problems import Problem, errors
from records.life.at_stage import AtStage
from records.life.criteria import COMMON
from records.life.rights import FINAL, STATES
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet
from records.scored.supposing import as_claimed, as_closed, supposed, waits
from records.workspace.folder import Workspace
from scoring.analysis.intervals import End, Interval, intervals
from scoring.analysis.outcomes import Outcomes, Pending, Stakes, Tables
from scoring.analysis.singles import Matter, singles
from scoring.analysis.steady import Steadiness, examine

COMMON_WORDS = "điều kiện chung"


@dataclass(frozen=True)
class OpenCriterion:
    """A pending criterion of a candidate. state: in words. since: ISO or "". matter: what it decides by itself, None when nothing."""

    criterion: str
    text: str
    state: str
    since: str
    body: str
    matter: Matter | None = None


@dataclass(frozen=True)
class Disputed:
    """One candidate: its interval, and what is pending with it, in document order. others: something is with others of its pool."""

    interval: Interval
    name: str
    pool: str
    open: tuple[OpenCriterion, ...] = ()
    others: bool = False

    @property
    def words(self) -> str:
        """One sentence: why this interval."""
        return _words(self)


@dataclass
class DisputedSet:
    """One criteria set. rows: by candidate. matters: pending criteria that decide something by themselves, first those that matter
    most; None when there were too many to be tried one by one. absent: how many have not handed in."""

    scored: ScoredSet
    steadiness: Steadiness
    rows: dict[str, Disputed] = field(default_factory=dict)
    matters: list[Matter] | None = None
    absent: int = 0


def disputed(
    workspace: Workspace, period: str, letters: tuple[str, ...] = ()
) -> tuple[dict[str, Disputed], list[Problem]]:
    """Everybody of a round, by candidate. letters: none means every group."""
    found, problems = disputed_sets(workspace, period, letters)
    return {ident: one for made in found for ident, one in made.rows.items()}, problems


def disputed_sets(
    workspace: Workspace, period: str, letters: tuple[str, ...] = ()
) -> tuple[list[DisputedSet], list[Problem]]:
    """The same set by set, with what matters."""
    scored, problems = score_round(workspace, period, letters, FINAL)
    if errors(problems):
        return [], problems
    found = []
    for one in scored:
        made, more = disputed_set(one)
        problems += more
        if made is not None:
            found.append(made)
    return ([] if errors(problems) else found), problems


def disputed_set(scored: ScoredSet) -> tuple[DisputedSet | None, list[Problem]]:
    """One set that was scored at the final stage."""
    stakes, problems = stakes_of(scored)
    return (_of_set(scored, stakes) if stakes is not None else None), problems


def _of_set(scored: ScoredSet, stakes: Stakes) -> DisputedSet:
    outcomes = Outcomes(stakes)
    steadiness = examine(outcomes)
    matters = singles(outcomes, steadiness)
    known = {(one.candidate, one.criterion): one for one in matters or []}
    here = scored.here
    assert here is not None
    made = DisputedSet(scored, steadiness, matters=matters)
    made.absent = sum(1 for one in scored.candidates if one.id not in scored.made.answers)
    pools = scored.result.pools
    found = intervals(outcomes, steadiness)
    pending = Counter(pool for pool, interval in zip(pools, found, strict=True) if interval.pending)
    for candidate, pool, interval in zip(scored.candidates, pools, found, strict=True):
        opened = [_opened(here, candidate.id, name, known.get((candidate.id, name))) for name in interval.pending]
        others = pending[pool] > bool(opened)
        made.rows[candidate.id] = Disputed(interval, candidate.name, pool, tuple(opened), others)
    return made


def _opened(here: AtStage, candidate: str, criterion: str, matter: Matter | None) -> OpenCriterion:
    standing = here.standings.of(candidate, criterion)
    one = here.criteria[criterion]
    body = standing.body or (one.bodies[0] if one.bodies else "")
    return OpenCriterion(
        criterion, one.text, STATES[standing.state], standing.since, here.names.get(body, body), matter
    )


# --- what is pending, and what it would be -------------------------------------------------------------------------


def stakes_of(scored: ScoredSet) -> tuple[Stakes | None, list[Problem]]:
    """What may still come out of a set that was scored at the final stage."""
    here = scored.here
    assert here is not None
    pending = list(_pending(scored, here))
    open_ = [(scored.candidates[int(row)].id, one.id) for one in pending for row in np.flatnonzero(one.rows)]
    claimed, problems = supposed(scored, here, {key: as_claimed(here.standings.of(*key)) for key in open_})
    closed, more = supposed(scored, here, {key: as_closed(here.standings.of(*key)) for key in open_})
    problems += [one for one in more if one not in problems]
    if claimed is None or closed is None:
        return None, problems
    made = scored.made
    return (
        Stakes(
            scored.criteria,
            Tables(made.table, made.items),
            Tables(claimed.table, claimed.items),
            Tables(closed.table, closed.items),
            tuple(pending),
            made.previous,
            made.previous_items,
            scored.round.period,
            scored.criteria.declaration.pool,
        ),
        [],
    )


def _pending(scored: ScoredSet, here: AtStage) -> Iterator[Pending]:
    """By criterion, of whom it waits."""
    inputs = scored.made.table.columns
    for one in here.criteria.values():
        rows = np.array([waits(here.standings.of(c.id, one.id)) for c in scored.candidates], dtype=bool)
        if not rows.any():
            continue
        names = [line.key.partition(":")[2] for line in (*one.figures, *one.known)]
        yield Pending(
            one.id,
            rows,
            one.id if one.leaf else "",
            tuple(name for name in names if name in inputs),
            tuple(name for name in one.owns if name in scored.made.items),
            tuple(other.id for other in here.criteria.values() if other.leaf and one.id in here.needed(other)),
        )


# --- in words ------------------------------------------------------------------------------------------------------


def _words(one: Disputed) -> str:
    interval = one.interval
    if interval.firm:
        moved = "; tiêu chí chưa kết luận không làm đổi" if one.open else ""
        return f"{_upper(_place(interval.now))}, đã chắc{moved}."
    best, worst = interval.best, interval.worst
    said = f"Từ {_place(best)} đến {_place(worst)}" if best.rank != worst.rank else _upper(_place(best))
    if best.grade != worst.grade:
        said += f", từ {grade_words(best)} đến {grade_words(worst)}"
    sure = "" if interval.ranked and interval.graded else " Chưa chứng minh được là không còn trường hợp nào xa hơn."
    own = [COMMON_WORDS if each.criterion == COMMON else each.criterion for each in one.open]
    if not own:
        return f"{said}: tùy tiêu chí chưa kết luận của đơn vị khác.{sure}"
    others = " và của đơn vị khác" if one.others else ""
    return f"{said}: tùy {len(own)} tiêu chí chưa kết luận của đơn vị ({', '.join(own)}){others}.{sure}"


def grade_words(end: End) -> str:
    """A grade in a sentence."""
    if end.grade is not None:
        return f"“{end.grade}”"
    return "chưa xếp loại được" if end.undecided else "không xếp loại"


def _place(end: End) -> str:
    return f"hạng {end.rank}" if end.rank is not None else "không xếp hạng"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
