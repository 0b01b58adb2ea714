"""A round in which people act: candidates with figures handed in, acts by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from criteria.problems import Problem
from records.forms.answers import Answers
from records.ledger.database import Submission
from records.life.acts import Act, perform
from records.life.scope import Scope, load_scope
from records.rounds import find_round
from records.workspace.folder import Workspace
from tests.rounds.support import MOVEMENT, enter_body, new_workspace

COMMUNE = {
    "dx_assigned": "15",
    "dx_done": "15",
    "docs_all": "400",
    "docs_online": "390",
    "docs_issued": "200",
    "docs_signed": "180",
    "files": "1000",
    "files_online": "733",
}
C = "c-xa-phuong.yaml"


def communes(root: Path, count: int = 2, movement: Path = MOVEMENT, **answers: Any) -> Workspace:
    """A round 2026 with communes X1 …, each of which has handed in the same figures. answers: other fields of Answers."""
    workspace = new_workspace(root, movement)
    for number in range(1, count + 1):
        enter_body(workspace, f"X{number}", name=f"Xã {number}", kind="xã", pool="Cụm 1", province="Thái Bình")
        hand_in(workspace, f"X{number}", "tb-c-xa-phuong", COMMUNE, **answers)
    return workspace


def hand_in(
    workspace: Workspace,
    candidate: str,
    set_id: str,
    figures: Mapping[str, str],
    version: int = 1,
    *,
    period: str = "2026",
    letter_date: str = "",
    **answers: Any,
) -> None:
    """Store a form as if it had been collected. answers: other fields of Answers."""
    given = Answers(values=dict(figures), **answers)
    file = f"{candidate}-{version}".encode().hex().ljust(64, "0")
    told = (period, candidate, set_id, version, "", letter_date, file, f"{candidate}.xlsx", given.as_dict())
    with workspace.database.writing() as writer:
        writer.submit(Submission(*told))


def scope_of(workspace: Workspace, *letters: str, period: str = "2026") -> Scope:
    round_, problems = find_round(workspace, period)
    assert round_ is not None, problems
    scope, problems = load_scope(workspace, round_, letters)
    assert problems == []
    return scope


def act(workspace: Workspace, candidate: str, criterion: str, action: str, **more: Any) -> list[Problem]:
    """One act, by whoever is in charge unless `author` and `role` say otherwise; what was refused."""
    scope = scope_of(workspace)
    role = more.pop(
        "role",
        {"explain": "unit", "close": "steward", "reopen": "steward", "revise": "steward"}.get(action, "verifier"),
    )
    default = candidate if role == "unit" else "Thường trực" if role == "steward" else ""
    author = more.pop("author", "") or default or scope.verifier(candidate, criterion)
    done, problems = perform(scope, [Act(candidate, criterion, action, role, author, **more)])
    assert not (done and problems)
    return problems


def verify_all(workspace: Workspace, *candidates: str, leave: tuple[str, ...] = ()) -> None:
    """Every criterion of these candidates is accepted but those to leave."""
    scope = scope_of(workspace)
    acts = [
        Act(who, criterion, "accept", "verifier", scope.verifier(who, criterion))
        for who in candidates
        for criterion in scope.of(who)
        if criterion not in leave
    ]
    done, problems = perform(scope, acts)
    assert problems == [] and done == len(acts)


DAY = date(2026, 12, 20)
