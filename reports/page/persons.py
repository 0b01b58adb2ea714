"""Persons who may be named: proposed on a list that has been published (công khai), or awarded. Name, post, unit, award; nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from criteria.problems import Problem, errors
from nominations.awards.reading import load_awards
from nominations.case import Nominated
from nominations.history.held import HeldAward, history
from nominations.nominating import nominate
from nominations.nominees import Nominee
from nominations.occasions import PUSH
from nominations.selection.choosing import State
from records.roster.roster import order
from records.rounds import read_window
from records.workspace.folder import Workspace
from reports.page.ground import Person

_PROPOSED = "được đề nghị: {}"
_AWARDED = "đã được khen thưởng: {}"


def published_persons(
    workspace: Workspace, period: str, letters: Sequence[str]
) -> tuple[dict[str, list[Person]], list[Problem]]:
    """By letter of the group, in natural order of ids. period: a round, or an occasion; of a round, the occasions that use it count."""
    found: dict[str, dict[tuple[str, str], tuple[str, Person]]] = {letter: {} for letter in letters}
    if load_awards(workspace)[0] is None:
        return {}, []
    problems: list[Problem] = []
    held = [one for one in history(workspace) if one.counts]
    for name in _occasions(workspace, period):
        nominated, wrong = nominate(workspace, name)
        if nominated is None:
            problems += errors(wrong)
            continue
        for nominee, award, words in _named(nominated, held):
            if nominee.group in found and nominee.name:
                person = Person(nominee.name, nominee.post, nominee.unit, words.format(award))
                known = found[nominee.group].get((nominee.id, award))
                if known is None or words == _AWARDED:
                    found[nominee.group][nominee.id, award] = nominee.id, person
    return {
        letter: [person for _, person in sorted(several.values(), key=lambda one: (order(one[0]), one[1].award))]
        for letter, several in found.items()
    }, problems


def _named(nominated: Nominated, held: Sequence[HeldAward]) -> Iterator[tuple[Nominee, str, str]]:
    """(nominee, award, words) of an occasion."""
    for case in nominated.cases:
        if case.state is State.PROPOSED and case.progress.announced is not None:
            yield case.nominee, case.award.name, _PROPOSED
    names: Mapping[str, str] = {award.id: award.name for award in nominated.file.awards.awards}
    for one in held:
        nominee = nominated.standing.nominees.get(one.holder)
        if one.occasion == nominated.occasion.id and nominee is not None:
            yield nominee, names.get(one.award, one.award_name), _AWARDED


def _occasions(workspace: Workspace, period: str) -> list[str]:
    """Occasions of the movement file that are this period or use it, and pushes on a day of it."""
    found = [one.id for one in workspace.movement.occasions if one.kind and (one.id == period or period in one.rounds)]
    window = read_window(workspace.movement, period)
    subjects = {entry.subject for entry in workspace.database.entries(f"case:{PUSH}-")} if window is not None else set()
    for name in sorted({subject.partition(":")[2].partition("/")[0] for subject in subjects}):
        day = _day(name.removeprefix(f"{PUSH}-"))
        if window is not None and day is not None and window.first <= day <= window.last:
            found.append(name)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
