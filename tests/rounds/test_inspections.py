"""Inspections: written down, held against the round, and correcting a figure as an act of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from records.inspections import Correction, Inspection, add_inspection, inspections
from records.life.rights import FINAL, INSPECTOR
from records.life.scope import Scope, load_scope
from records.life.standing import load_standings
from records.rounds import load_rounds
from records.workspace.folder import Workspace
from tests.rounds.evidence_support import enter_units, hand_in
from tests.rounds.support import enter_body, new_workspace
from thidua.calling import Called
from thidua.commands.inspection import inspection

TODAY = date(2026, 11, 30)
MADE = Inspection("X1", date(2026, 11, 5), "Thanh tra tỉnh", "Một văn bản ban hành chậm", "9/KL-TTr", "Rút kinh nghiệm")


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    workspace = new_workspace(tmp_path / "kỳ")
    enter_units(workspace, "X1", "X2")
    hand_in(workspace, "X1", [], {"docs_due": "4", "docs_on_time": "4"})
    return workspace


def scope_of(workspace: Workspace) -> Scope:
    scope, problems = load_scope(workspace, load_rounds(workspace)["2026"])
    assert problems == []
    return scope


def told(**changed: object) -> Inspection:
    return Inspection(**{**vars(MADE), **changed})  # type: ignore[arg-type]


def test_inspections_are_entries_with_a_number_of_the_round(here: Workspace) -> None:
    scope = scope_of(here)
    first, problems = add_inspection(scope, MADE, TODAY)
    again, _ = add_inspection(scope, MADE, TODAY)
    other, _ = add_inspection(scope, told(candidate="X2", remedy=""), TODAY)
    assert problems == [] and [one.number for one in (first, again, other) if one] == [1, 1, 2]
    assert inspections(here, "2026") == [first, other] and inspections(here, "2026", "X2") == [other]
    assert inspections(here, "2027") == []
    entries = here.database.entries("inspection")
    assert {(e.subject, e.field): e.value for e in entries if e.subject.endswith("/1")} == {
        ("inspection:2026/1", "candidate"): "X1",
        ("inspection:2026/1", "date"): "2026-11-05",
        ("inspection:2026/1", "body"): "Thanh tra tỉnh",
        ("inspection:2026/1", "finding"): "Một văn bản ban hành chậm",
        ("inspection:2026/1", "remedy"): "Rút kinh nghiệm",
        ("inspection:2026/1", "document"): "9/KL-TTr",
    }
    assert {(e.author, e.role) for e in entries} == {("Thanh tra tỉnh", INSPECTOR)}


def test_everything_that_is_wrong_is_told_and_nothing_entered(here: Workspace) -> None:
    before = here.database.last_entry()
    wrong = told(candidate="X9", date=date(2026, 12, 1), body=" ", finding="", document="")
    made, problems = add_inspection(scope_of(here), wrong, TODAY)
    assert made is None and here.database.last_entry() == before
    assert sorted((problem.file, problem.code) for problem in problems) == [
        ("--by-body", "inspection"),
        ("--candidate", "unknown-candidate"),
        ("--document", "inspection"),
        ("--finding", "inspection"),
        ("--on", "inspection"),
    ]


@pytest.mark.parametrize(
    ("changed", "file"),
    [({"date": date(2025, 12, 31)}, "--on"), ({"body": "sở x1"}, "--by-body"), ({"body": "X1"}, "--by-body")],
)
def test_no_body_inspects_itself_and_none_before_the_round(
    here: Workspace, changed: dict[str, object], file: str
) -> None:
    _, problems = add_inspection(scope_of(here), told(**changed), TODAY)
    assert [problem.file for problem in problems] == [file]


@pytest.mark.parametrize(
    ("correction", "file", "code"),
    [
        (Correction("A9.9", "docs_on_time", "3"), "--criterion", "unknown-candidate"),
        (Correction("A2.1", "dx_value", "3"), "--measure", "inspection"),
        (Correction("A2.1", "docs_on_time", "ba"), "--value", "number"),
        (Correction("A2.1", "docs_on_time", "3,5"), "--value", "decimals"),
        (Correction("A2.1", "docs_on_time", " "), "--value", "inspection"),
    ],
)
def test_corrections_are_read_as_forms_are(here: Workspace, correction: Correction, file: str, code: str) -> None:
    before = here.database.last_entry()
    made, problems = add_inspection(scope_of(here), MADE, TODAY, correction)
    assert made is None and [(problem.file, problem.code) for problem in problems] == [(file, code)]
    assert here.database.last_entry() == before


def test_nothing_is_corrected_before_it_is_verified(here: Workspace) -> None:
    before = here.database.last_entry()
    made, problems = add_inspection(scope_of(here), MADE, TODAY, Correction("A2.1", "docs_on_time", "3"))
    assert made is None and [problem.code for problem in problems] == ["rights"]
    assert here.database.last_entry() == before


def test_a_finding_corrects_a_verified_figure(here: Workspace) -> None:
    from records.life.acts import Act, perform
    from records.life.rights import VERIFIER

    scope = scope_of(here)
    body = scope.verifier("X1", "A2.1")
    assert perform(scope, [Act("X1", "A2.1", "accept", VERIFIER, body)]) == (1, [])
    made, problems = add_inspection(scope, MADE, TODAY, Correction("A2.1", "docs_on_time", " 3 "))
    assert problems == [] and made is not None and made.number == 1
    standing = load_standings(here, "2026").of("X1", "A2.1")
    assert standing.figures[FINAL] == {"measure:docs_on_time": "3"}
    last = standing.acts[-1]
    assert (last.author, last.role, last.source, last.reason, last.old, last.value) == (
        "Thanh tra tỉnh",
        INSPECTOR,
        "9/KL-TTr",
        "Một văn bản ban hành chậm",
        "4",
        "3",
    )


def test_hostile_text_stays_text_on_one_line(here: Workspace) -> None:
    made, problems = add_inspection(scope_of(here), told(finding='=1+1\n\x1b[31m"; DROP'), TODAY)
    assert problems == [] and made is not None and made.finding == '=1+1 [31m"; DROP'


def run(workspace: Workspace, command: click.Command, *words: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(command, words, obj=Called(workspace.root, "người thử"))
    return outcome.exit_code, outcome.output


def test_the_command_enters_and_lists(here: Workspace) -> None:
    enter_body(here, "X3", name="Sở Ba", kind="cơ quan nhà nước", group="a")
    words = ["add", "2026", "--candidate", "X3", "--on", "05/11/2026", "--by-body", "Thanh tra tỉnh"]
    words += ["--finding", "Tốt", "--document", "9/KL"]
    code, out = run(here, inspection, *words)
    assert code == 0 and "Đã ghi lần kiểm tra số 1 của kỳ 2026: X3, ngày 05/11/2026." in out and "Tiếp theo:" in out
    code, out = run(here, inspection, "list", "2026")
    assert code == 0 and "1 · X3 · 05/11/2026 · Thanh tra tỉnh · 9/KL\n  Kết quả: Tốt" in out
    assert run(here, inspection, *words, "--value", "3")[0] == 2
    assert run(here, inspection, "list", "2031-q9")[0] == 1
