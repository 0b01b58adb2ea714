"""What people have concluded that counts for nobody any more, because the candidate, the criterion or the figure is gone."""

from __future__ import annotations

from collections.abc import Iterator

from criteria.problems import WARNING, Problem, of_file
from records.life.rights import AWAITED, FINAL, SELF
from records.life.scope import Scope, load_scope
from records.life.standing import Standing, Standings, load_standings
from records.rounds import Round
from records.workspace.folder import Workspace

_MOST = 10  # examples


def stray_problems(workspace: Workspace, round_: Round, letters: tuple[str, ...] = ()) -> list[Problem]:
    """A warning for everything that was concluded and is left out of every table. letters: groups, none means every one; who is in
    none of them any more is always told."""
    standings = load_standings(workspace, round_.period)
    if not standings.found and not standings.handed_in:
        return []
    scope, wrong = load_scope(workspace, round_)
    if wrong:  # a set that cannot be read is said elsewhere; nobody has left
        return []
    return [*_candidates(scope, standings), *_criteria(scope, standings, letters)]


def _candidates(scope: Scope, standings: Standings) -> Iterator[Problem]:
    """Those who are no candidates any more: they left the roster, ended before the round, became something else."""
    told: dict[str, list[str]] = {who: [] for who in sorted(standings.handed_in) if who not in scope.candidates}
    for (who, criterion), one in standings.found.items():
        if who not in scope.candidates and _concluded(one):
            told.setdefault(who, []).append(criterion)
    for who, criteria in told.items():
        said = f"sổ có kết luận về {len(criteria)} tiêu chí ({_some(criteria)})" if criteria else "đã nộp biểu"
        message = f"{who} không còn là đối tượng của kỳ {scope.round.period}, nhưng {said}: không được tính."
        hint = f"Xem: thidua log --candidate {who}; nếu vẫn là đối tượng thì sửa danh sách."
        yield of_file(f"kỳ {scope.round.period}", "stray", message, hint, WARNING)


def _criteria(scope: Scope, standings: Standings, letters: tuple[str, ...]) -> Iterator[Problem]:
    """Criteria that the set of a candidate does not have, and figures that are not verified at the criterion they stand at."""
    criteria: dict[tuple[str, str], list[str]] = {}
    figures: dict[tuple[str, str, str], list[str]] = {}
    for (who, criterion), one in standings.found.items():
        candidate = scope.candidates.get(who)
        if candidate is None or (letters and candidate.group not in letters) or not _concluded(one):
            continue
        if criterion not in scope.of(who):
            criteria.setdefault((candidate.set, criterion), []).append(who)
            continue
        reviewed = scope.of(who)[criterion]
        for key in one.keys(FINAL) or one.keys(one.state):
            if key not in reviewed.keys and key[4:].partition("/")[0] not in reviewed.owns:
                figures.setdefault((candidate.set, criterion, key), []).append(who)
    hint = "Giữ mã cũ trong bộ tiêu chí, hoặc kết luận lại ở tiêu chí mới; xem: thidua log."
    for (file, criterion), several in criteria.items():
        message = f"Sổ có kết luận về tiêu chí {criterion} của {len(several)} đối tượng ({_some(several)}), "
        message += f"nhưng {file} không hỏi tiêu chí này: không được tính."
        yield of_file(file, "stray", message, hint, WARNING)
    for (file, criterion, key), several in figures.items():
        message = (
            f"Sổ có số liệu “{key.partition(':')[2]}” kết luận ở tiêu chí {criterion} của {len(several)} đối tượng "
        )
        message += f"({_some(several)}), nhưng {file} không thẩm định số liệu này ở đó: không được tính."
        yield of_file(file, "stray", message, hint, WARNING)


def _concluded(one: Standing) -> bool:
    return one.state not in (AWAITED, SELF) or FINAL in one.figures


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST]) + ("…" if len(names) > _MOST else "")
