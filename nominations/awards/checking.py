"""What `thidua check` finds in an award file beyond names and types: everything of the four kinds of findings, in the file's order."""

from __future__ import annotations

from pathlib import Path

from criteria.declarations.movement import Movement
from criteria.problems import Problem
from criteria.source import Source
from nominations.awards.award_checks import award_problems
from nominations.awards.declarations import Awards
from nominations.awards.law import Law
from nominations.awards.law_checks import law_problems
from nominations.awards.naming_checks import naming_problems
from nominations.awards.quota_checks import quota_problems


def check_awards(source: Source, awards: Awards, movement: Movement, law: Law) -> list[Problem]:
    """Ids used twice, names nobody declares, awards that cannot be reached or are incomplete, quotas and standards, legal facts on
    the days of the movement's occasions. What rests on a name that nobody declares is looked at only when all names are known."""
    folder = Path(source.file).parent
    problems = naming_problems(source, awards, movement, law)
    known = not problems
    problems += quota_problems(source, awards, movement, folder)
    if known:
        problems += award_problems(source, awards, movement, law)
        problems += law_problems(source, awards, movement, law)
    return sorted(problems, key=lambda one: (one.line, one.column, one.code, one.message))
