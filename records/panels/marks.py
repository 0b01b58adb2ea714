"""Marks on which a panel's conclusions rest, as rows of the panel's item table."""

from __future__ import annotations

from collections.abc import Collection

from records.life.standing import Standings
from records.panels.proof import is_mark, rests_on
from records.workspace.folder import Workspace


def marks(
    workspace: Workspace, standings: Standings, table: str, candidates: Collection[str]
) -> list[tuple[str, str, dict[str, str]]]:
    """Candidate, assessor, mark by criterion: those that conclusions name. Before it is concluded, no mark of a panel counts."""
    mine = frozenset(candidates)
    wanted = {number for (who, _), one in standings.found.items() if who in mine for number in rests_on(one)}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for entry in workspace.database.entries(f"mark:{standings.period}/") if wanted else ():
        candidate = entry.subject.partition("/")[2]
        where, _, rest = entry.field.partition("/")
        criterion, _, assessor = rest.rpartition("/")
        if entry.number in wanted and where == table and candidate in mine and is_mark(entry.value):
            found.setdefault((candidate, assessor), {})[criterion] = entry.value
    return [(candidate, assessor, given) for (candidate, assessor), given in sorted(found.items())]
