"""A group on its way to being published: everything verified, closed, shown for comment, made official."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from criteria.problems import Problem
from records.ledger.entries import Entry
from records.publication.open_points import Wish
from records.publication.published import DRAFT, OFFICIAL, Publication
from records.publication.publishing import prepare
from records.rounds import close_group, close_roster
from records.workspace.folder import Workspace
from tests.rounds.life_support import communes, verify_all
from tests.rounds.support import enter_body
from thidua.publishing import publish_with_lists

SHOWN, UNTIL, FROZEN, AGAIN = date(2026, 12, 21), date(2026, 12, 31), date(2027, 1, 5), date(2027, 2, 1)
DECISION, POINTS = "9/QĐ-SNV ngày 05/01/2027", "1/QĐ-UBND ngày 02/01/2026"


def ready(root: Path, count: int = 3, name: str = "") -> Workspace:
    """A workspace whose group c is verified and closed. name: of X1, when it has another one."""
    workspace = communes(root, count)
    if name:
        enter_body(workspace, "X1", name=name)
    with workspace.database.writing() as writer:
        marks = [
            Entry("index:dx_index/2026", f"X{n}", str(80 + 2 * n), source="Bộ chỉ số 2026") for n in range(1, count + 1)
        ]
        writer.append(marks)
    verify_all(workspace, *(f"X{number}" for number in range(1, count + 1)))
    assert close_roster(workspace, "2026", "c", date(2026, 12, 1)) == []
    assert close_group(workspace, "2026", "c", date(2026, 12, 20), "8/QĐ-SNV") == []
    return workspace


def published(workspace: Workspace, wish: Wish, letter: str = "c") -> tuple[Publication | None, list[Problem]]:
    made, problems = prepare(workspace, "2026", letter, wish)
    if made is None:
        return None, problems
    return publish_with_lists(made)


def draft(workspace: Workspace, letter: str = "c") -> Publication:
    found, problems = published(workspace, Wish(DRAFT, SHOWN, comments_until=UNTIL), letter)
    assert found is not None, problems
    return found


def official(workspace: Workspace, letter: str = "c", day: date = FROZEN, reason: str = "") -> Publication:
    found, problems = published(workspace, Wish(OFFICIAL, day, DECISION, POINTS, reason), letter)
    assert found is not None, problems
    return found


def archive(workspace: Workspace, kind: str = "noi-bo", version: int = 1, group: str = "c") -> Path:
    folder = workspace.results("2026") / "cong-bo" / f"{group}-chinh-thuc-v{version}"
    return folder / f"{kind}-2026-{group}-v{version}.zip"


def close_a(workspace: Workspace) -> None:
    """Close group a of a movement."""
    assert close_roster(workspace, "2026", "a", date(2026, 12, 1)) == []
    assert close_group(workspace, "2026", "a", date(2026, 12, 20), "8/QĐ-SNV") == []
