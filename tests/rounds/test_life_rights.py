"""Role × state × action, cell by cell: what the page says, what the table says, what really happens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from records.ledger.entries import Entry
from records.life.acts import Act, perform
from records.life.rights import ACTIONS, ROLES, STATES, VERIFIER, may
from records.life.scope import Scope
from records.workspace.folder import Workspace
from tests.rounds.life_support import act, communes, scope_of
from tests.rounds.support import enter_body
from tests.support.examples import ROOT

CRITERION = "C2.ky-so"
FIGURES = {"measure:docs_signed": "100"}
ALL = "hand_in accept correct leave_out send_back mark explain extend close reopen revise".split()
CONCLUDE = {("verifier", action) for action in ("accept", "correct", "leave_out")}
EXPECTED: dict[str, set[tuple[str, str]]] = {  # written out by hand; everything else is refused
    "awaited": {("unit", "hand_in"), ("steward", "close")},
    "self": {("unit", "hand_in"), *CONCLUDE, ("verifier", "send_back"), ("assessor", "mark"), ("steward", "close")},
    "returned": {("unit", "explain"), ("verifier", "extend"), ("steward", "extend"), ("steward", "close")},
    "explained": {*CONCLUDE, ("verifier", "send_back"), ("assessor", "mark"), ("steward", "close")},
    "verified": {*CONCLUDE, ("inspector", "revise"), ("steward", "revise")},
    "reverified": {*CONCLUDE, ("inspector", "revise"), ("steward", "revise")},
    "closed": {("steward", "reopen")},
    "frozen": {("inspector", "revise"), ("steward", "revise")},
}
TO: dict[str, list[tuple[str, dict[str, object]]]] = {  # how a criterion gets into a state
    "awaited": [],
    "self": [],
    "returned": [("send_back", {"reason": "thiếu"})],
    "explained": [("send_back", {"reason": "thiếu"}), ("explain", {"explanation": "đã bổ sung"})],
    "verified": [("accept", {})],
    "reverified": [("send_back", {"reason": "thiếu"}), ("explain", {"explanation": "bổ sung"}), ("accept", {})],
    "closed": [("close", {"reason": "rút", "source": "1/QĐ"})],
    "frozen": [("accept", {})],
}


@pytest.fixture(scope="module")
def scopes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Scope]]:
    made: dict[str, tuple[Workspace, Scope]] = {}

    def make(state: str) -> Scope:
        if state not in made:
            workspace = communes(tmp_path_factory.mktemp(state) / "w", 0 if state == "awaited" else 1)
            if state == "awaited":
                enter_body(workspace, "X1", name="Xã 1", kind="xã")
            for action, more in TO[state]:
                assert act(workspace, "X1", CRITERION, action, **more) == []
            if state == "frozen":
                with workspace.database.writing() as writer:
                    writer.append([Entry("publication:2026/c", "chinh-thuc", "1", source="1/QĐ", evidence="00")])
            made[state] = workspace, scope_of(workspace)
        return made[state][1]

    yield make
    for workspace, _ in made.values():
        workspace.close()


def test_the_table_knows_every_role_state_and_action() -> None:
    assert set(EXPECTED) == set(STATES) and set(ACTIONS) == set(ALL)
    assert {role for cells in EXPECTED.values() for role, _ in cells} == set(ROLES)


@pytest.mark.parametrize("state", EXPECTED)
def test_the_table_says_what_is_written_here(state: str) -> None:
    found = {(role, action) for role in ROLES for action in ALL if may(role, state, action)}
    assert found == EXPECTED[state]


def test_the_page_says_the_same() -> None:
    page = (ROOT / "docs" / "life.md").read_text(encoding="utf-8")
    for state, cells in EXPECTED.items():
        rows = [line for line in page.splitlines() if line.startswith(f"| `{state}` |")]
        line = next(row for row in rows if "`" in row.split("|")[3] or "the same" in row)
        said = line.split("|")[3]
        actions = set(re.findall("`([a-z_]+)`", said))
        if state == "reverified":
            assert said.strip() == "the same"
        if "the same" not in said:
            assert actions == {action for _, action in cells}


@pytest.mark.parametrize("state", EXPECTED)
@pytest.mark.parametrize("role", ROLES)
def test_what_happens_is_what_the_table_says(scopes: Callable[[str], Scope], state: str, role: str) -> None:
    """Every act is tried beside one that cannot be entered: what may be, is not refused; nothing is written."""
    scope = scopes(state)
    before = scope.workspace.database.last_entry()
    author = scope.verifier("X1", CRITERION) if role == VERIFIER else "X1"
    for action in ALL:
        figures = FIGURES if action in ("correct", "revise", "explain") else {}
        tried = Act("X1", CRITERION, action, role, author, figures, reason="vì", source="2/QĐ", explanation="có")
        done, problems = perform(scope, [tried, Act("nobody", CRITERION, "accept", "verifier", "so-khcn")])
        refused = [problem for problem in problems if problem.code == "rights"]
        assert done == 0 and (not refused) == ((role, action) in EXPECTED[state]), (state, role, action, problems)
    assert scope.workspace.database.last_entry() == before


@pytest.mark.parametrize(
    ("role", "author"), [("verifier", "so-khcn"), ("verifier", ""), ("unit", "X2"), ("verifier", "so-tai-chinh")]
)
def test_nobody_acts_for_another(scopes: Callable[[str], Scope], role: str, author: str) -> None:
    state, action = ("returned", "explain") if role == "unit" else ("self", "accept")
    done, problems = perform(scopes(state), [Act("X1", CRITERION, action, role, author, explanation="có")])
    assert done == 0 and [problem.code for problem in problems] == ["rights"]


def test_only_the_body_that_asked_verifies_again(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    scope = scope_of(workspace)
    assert scope.verifier("X1", CRITERION) == "van-phong-ubnd"
    assert act(workspace, "X1", CRITERION, "send_back", reason="thiếu") == []
    assert act(workspace, "X1", CRITERION, "explain", explanation="đủ") == []
    for body, codes in (("so-khcn", ["rights"]), ("van-phong-ubnd", [])):
        assert [p.code for p in act(workspace, "X1", CRITERION, "accept", author=body)] == codes
    workspace.close()
