"""Self-assessed, verified and final points of a round held against each other, with who verified and what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from criteria.criteria_set import CriteriaSet
from criteria.problems import Problem, errors
from records.life.rights import FINAL, RETURNED, REVERIFIED, SELF, VERIFIED
from records.life.standing import Standing
from records.review.bench import Bench, load_bench
from records.rounds import Round, find_scored_round, known_group
from records.scored.counted import counted_groups, staged_sets
from records.scored.stages import StagedSet
from records.workspace.folder import Workspace
from reports.wording.texts import line
from scoring.analysis.gaps import Compared, Gap, Pair, compare, gap, gaps_by, habitual, misleading
from scoring.result import Result

SHARE, LEAST = Fraction(1, 2), 3  # of the units compared that over-claim; units compared at least
NOBODY = ""


@dataclass(frozen=True)
class SetGap:
    """One criteria set of a round. claimed: its self stage. verified, final: self against that stage. bodies: who verified a
    criterion of a unit, by both; done: what people did to it. stamps: of what counts."""

    letter: str
    claimed: Result
    verified: Compared
    final: Compared
    bodies: Mapping[tuple[str, str], str]
    done: Mapping[tuple[str, str], Standing]
    stamps: tuple[str, ...] = ()

    @property
    def set(self) -> CriteriaSet:
        return self.claimed.set

    @property
    def title(self) -> str:
        return line(self.set.title)

    @property
    def units(self) -> list[str]:
        return self.claimed.ids

    @cached_property
    def names(self) -> dict[str, str]:
        return {ident: name or ident for ident, name in zip(self.claimed.ids, self.claimed.names, strict=True)}

    @cached_property
    def criteria(self) -> dict[str, str]:
        """The words of every criterion compared, in document order."""
        return {node.id: line(node.text) for node in self.set.leaves()}

    def by_unit(self, stage: str) -> dict[str, Gap]:
        """stage: VERIFIED or FINAL."""
        return gaps_by(self._of(stage), lambda unit, _: unit, self.units)

    def by_criterion(self, stage: str) -> dict[str, Gap]:
        return gaps_by(self._of(stage), lambda _, criterion: criterion, self.criteria)

    def misleading(self, share: Fraction, least: int) -> list[str]:
        """Criteria whose wording may mislead, judged on what counts in the end."""
        return misleading(self.by_criterion(FINAL), share, least)

    def rule(self, criterion: str) -> str:
        """How the points of a criterion are worked out, as the engine says it."""
        node = next(node for node in self.set.leaves() if node.id == criterion)
        return node.shape.rule() if node.shape is not None else ""

    def over(self, criterion: str) -> list[Pair]:
        """Units that over-claimed a criterion, the largest share first."""
        pairs = [pair for pair in self.final.pairs if pair.criterion == criterion and pair.difference > 0]
        return sorted(pairs, key=lambda pair: -pair.share)

    def _of(self, stage: str) -> Compared:
        return self.final if stage == FINAL else self.verified


@dataclass(frozen=True)
class BodyGap:
    """A verifying body. verified, final: of everything it verified. corrected: criteria of which it changed a figure; excluded: it
    decided that they do not apply; returned: how often it sent one back."""

    body: str
    name: str
    verified: Gap
    final: Gap
    corrected: int = 0
    excluded: int = 0
    returned: int = 0


@dataclass(frozen=True)
class PeriodGap:
    """A round. entry: the last one of the ledger that it rests on."""

    round: Round
    entry: int
    sets: tuple[SetGap, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> str:
        return self.round.period

    @property
    def stamps(self) -> list[str]:
        return list(dict.fromkeys(stamp for one in self.sets for stamp in one.stamps))

    def total(self, stage: str) -> Gap:
        every = [one.final if stage == FINAL else one.verified for one in self.sets]
        return gap((p for one in every for p in one.pairs), (why for one in every for _, _, why in one.left_out))

    def by_unit(self, stage: str) -> dict[str, Gap]:
        return {unit: found for one in self.sets for unit, found in one.by_unit(stage).items()}

    def bodies(self) -> list[BodyGap]:
        """Every verifying body, in the order of the movement file."""
        asked = dict.fromkeys(body for one in self.sets for body in one.bodies.values())
        order = [*(body for body in self.names if body in asked), *(body for body in asked if body not in self.names)]
        return [self._body(body) for body in order if body != NOBODY]

    def _body(self, body: str) -> BodyGap:
        gaps = {}
        for stage in (VERIFIED, FINAL):
            pairs: list[Pair] = []
            why: list[str] = []
            for one in self.sets:
                compared = one.final if stage == FINAL else one.verified
                pairs += [p for p in compared.pairs if one.bodies.get((p.unit, p.criterion)) == body]
                why += [reason for u, c, reason in compared.left_out if one.bodies.get((u, c)) == body]
            gaps[stage] = gap(pairs, why)
        done = Counter(
            act for one in self.sets for key, owner in one.bodies.items() if owner == body for act in _acts(one, key)
        )
        told = (done["corrected"], done["excluded"], done["returned"])
        return BodyGap(body, self.names.get(body, body), gaps[VERIFIED], gaps[FINAL], *told)


def _acts(one: SetGap, key: tuple[str, str]) -> Iterable[str]:
    standing = one.done.get(key)
    if standing is None:
        return
    stages = (VERIFIED, REVERIFIED)
    if any(standing.figures.get(stage) for stage in stages):
        yield "corrected"
    if any(standing.applies.get(stage) is False for stage in stages):
        yield "excluded"
    yield from ("returned" for act in standing.acts if act.value == RETURNED and act.field == key[1])


def period_gap(
    workspace: Workspace, period: str, letters: tuple[str, ...] = ()
) -> tuple[PeriodGap | None, list[Problem]]:
    """Only units that handed in are compared. Of a group that is official: as it was published. letters: none means every group."""
    entry = workspace.database.last_entry()
    round_, problems = find_scored_round(workspace, period)
    problems += [problem for letter in letters for problem in known_group(workspace, letter)]
    if round_ is None or problems:
        return None, problems
    groups, problems = counted_groups(workspace, period, letters)
    sets: list[SetGap] = []
    for group in groups:
        here, own = (workspace, round_) if group.official is None else (group.official.then, group.official.round)
        staged, wrong = staged_sets([group])
        problems += wrong
        if staged and own is not None:
            bench, _ = load_bench(here, own, (group.letter,))
            sets += [_set(bench, one, group.stamps(one.last.file)) for one in staged]
    if errors(problems):
        return None, problems
    names = {body.id: body.name for body in workspace.movement.bodies}
    return PeriodGap(round_, entry, tuple(sets), names), problems


def _set(bench: Bench, staged: StagedSet, stamps: tuple[str, ...]) -> SetGap:
    claimed, final = staged.results[SELF], staged.results[FINAL]
    units = [unit for unit in claimed.ids if unit in bench.submissions and unit in bench.scope.candidates]
    criteria = [node.id for node in claimed.set.leaves()]
    bodies, done = {}, {}
    for unit in units:
        reviewed = bench.scope.of(unit)
        for criterion in criteria:
            standing = bench.standings.of(unit, criterion)
            concluded = standing.body if bench.scope.knows(standing.body) else ""
            owner = concluded or (bench.scope.verifier(unit, criterion) if criterion in reviewed else NOBODY)
            bodies[unit, criterion], done[unit, criterion] = owner, standing
    handed = set(units)
    return SetGap(
        staged.last.letter,
        claimed,
        _handed_in(compare(claimed, staged.results[VERIFIED]), handed),
        _handed_in(compare(claimed, final), handed),
        bodies,
        done,
        stamps,
    )


def _handed_in(compared: Compared, units: set[str]) -> Compared:
    """Without those that handed nothing in: they claimed nothing."""
    return Compared(
        tuple(pair for pair in compared.pairs if pair.unit in units),
        tuple(one for one in compared.left_out if one[0] in units),
    )


def over_years(found: Sequence[PeriodGap]) -> dict[str, bool]:
    """Of every unit compared in several periods: whether it over-claimed in each of them, by what counts in the end."""
    return habitual([one.by_unit(FINAL) for one in found])
