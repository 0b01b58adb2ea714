"""What acts are held against: the candidates of a round, the criteria of their sets, and who verifies which."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.criteria_set import CriteriaSet
from criteria.problems import Problem, errors
from records.forms.layout import Layout
from records.life.bodies import verifier_of
from records.life.criteria import Reviewed, reviewed
from records.publication.published import frozen_groups
from records.roster.roster import Candidate, Roster, load_rosters
from records.rounds import Round
from records.workspace.folder import Workspace


@dataclass
class Scope:
    """candidates: of the round, by id, group after group. sets, layouts, criteria: by file name of the set. frozen: letters of the
    groups whose result is published as official. rosters: by group, as they stood when they were closed."""

    workspace: Workspace
    round: Round
    candidates: dict[str, Candidate] = field(default_factory=dict)
    sets: dict[str, CriteriaSet] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)
    criteria: dict[str, dict[str, Reviewed]] = field(default_factory=dict)
    rosters: dict[str, Roster] = field(default_factory=dict)
    frozen: frozenset[str] = frozenset()
    _verifiers: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, candidate: str) -> dict[str, Reviewed]:
        """What is verified of a candidate, by criterion."""
        return self.criteria[self.candidates[candidate].set]

    def layout(self, candidate: str) -> Layout:
        return self.layouts[self.candidates[candidate].set]

    def verifier(self, candidate: str, criterion: str) -> str:
        """The id of the body that verifies; "" when nobody may."""
        named = self.of(candidate)[criterion].bodies
        key = candidate, named[0] if named else ""
        if key not in self._verifiers:
            one = self.candidates[candidate]
            self._verifiers[key] = verifier_of(self.workspace.movement, self.rosters[one.group], one, key[1])
        return self._verifiers[key]

    def speaks_for(self, candidate: str) -> set[str]:
        """Who may hand in and explain: the candidate, who stands above it, who hands in its group's batch."""
        one = self.candidates[candidate]
        group = self.workspace.group(one.group)
        batch = group.batch if group is not None and group.batch else ""
        return {candidate, one.manager, batch} - {"", "parent"}

    def knows(self, body: str) -> bool:
        """Whether the movement still has this verifying body."""
        return any(one.id == body for one in self.workspace.movement.bodies)

    def body_name(self, body: str) -> str:
        return next((one.name for one in self.workspace.movement.bodies if one.id == body), body)


def load_scope(workspace: Workspace, round_: Round, letters: tuple[str, ...] = ()) -> tuple[Scope, list[Problem]]:
    """letters: none means every group. The problems of the criteria sets that cannot be read."""
    found = Scope(workspace, round_, frozen=frozenset(frozen_groups(workspace, round_.period)))
    problems: list[Problem] = []
    groups = [group for group in workspace.movement.groups if not letters or group.letter in letters]
    found.rosters = load_rosters(workspace, {group.letter: round_.group(group.letter).roster_until for group in groups})
    for group in groups:
        candidates, _ = found.rosters[group.letter].candidates(group.letter, round_.window.first, round_.window.last)
        for file in group.sets:
            criteria, wrong = workspace.read_set(file)
            problems += errors(wrong)
            if criteria is None:
                continue
            found.sets[file] = criteria
            found.layouts[file] = Layout(criteria, tuple(workspace.movement.registers))
            found.criteria[file] = reviewed(found.layouts[file])
        found.candidates.update({one.id: one for one in candidates if one.set in found.sets})
    return found, problems
