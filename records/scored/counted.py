"""What counts of a round: of a group that is official its publication in force, of every other its figures of today at the last stage.

The one place that decides it; reports and suppositions ask here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from criteria.problems import WARNING, Problem, errors, of_file
from records.life.rights import FINAL
from records.publication.published import Publication, official_versions
from records.scored.published import PublishedGroup, open_published
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet
from records.scored.stages import StagedSet, staged
from records.workspace.folder import Workspace
from scoring.result import Result


@dataclass(frozen=True)
class CountedGroup:
    """A group that has candidates. official: as it was published; scored: else its sets of today, by file."""

    letter: str
    official: PublishedGroup | None = None
    scored: Mapping[str, ScoredSet] = field(default_factory=dict)

    @property
    def publication(self) -> Publication | None:
        """In force."""
        return self.official.publication if self.official is not None else None

    @property
    def results(self) -> dict[str, Result]:
        """What counts in the end, by file of the set."""
        if self.official is not None:
            return dict(self.official.results)
        return {file: one.result for file, one in self.scored.items()}

    def stamps(self, file: str) -> tuple[str, ...]:
        return self.official.stamps[file] if self.official is not None else tuple(self.scored[file].result.stamps)

    def staged(self, file: str) -> tuple[StagedSet | None, list[Problem]]:
        """A set at every stage up to what counts. None of an official one whose stages do not come out of the ledger again."""
        return (self.official.staged(file), []) if self.official is not None else staged(self.scored[file])


def counted_groups(
    workspace: Workspace, period: str, letters: Sequence[str] = ()
) -> tuple[list[CountedGroup], list[Problem]]:
    """Every group that has candidates, in the order of the movement; nothing when there is an error. letters: none means every group."""
    asked = [group.letter for group in workspace.movement.groups if not letters or group.letter in letters]
    versions = official_versions(workspace, period)
    found: dict[str, CountedGroup] = {}
    problems: list[Problem] = []
    for letter in asked:
        if letter in versions:
            opened, wrong = open_published(workspace, versions[letter][-1], versions[letter][0].entry)
            problems += wrong
            if opened is not None:
                found[letter] = CountedGroup(letter, opened)
    rest = tuple(letter for letter in asked if letter not in versions)
    scored, wrong = score_round(workspace, period, rest, FINAL) if rest else ([], [])
    # that some groups have nobody is no error while others have a result
    problems += [one for one in wrong if not (one.code == "roster-open" and len(rest) < len(asked))]
    for letter in rest:
        if here := {one.file: one for one in scored if one.letter == letter}:
            found[letter] = CountedGroup(letter, None, here)
    return ([] if errors(problems) else [found[letter] for letter in asked if letter in found]), problems


def staged_sets(groups: Sequence[CountedGroup]) -> tuple[list[StagedSet], list[Problem]]:
    """Every set at every stage up to what counts. A set whose stages cannot be made again is left out, and a warning says so."""
    found: list[StagedSet] = []
    problems: list[Problem] = []
    for group in groups:
        for file in group.results:
            one, wrong = group.staged(file)
            problems += wrong
            if one is not None:
                found.append(one)
            elif group.publication is not None:
                message = "Không dựng lại được điểm qua các bước từ sổ đúng như đã công bố; không so các bước."
                where = f"kỳ {group.publication.period} nhóm {group.letter}"
                hint = "Soát gói: thidua verify; soát sổ: thidua log verify."
                problems.append(of_file(where, "published", message, hint, WARNING))
    return found, problems
