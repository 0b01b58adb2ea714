"""The kind of evidence on forms: asked, chosen, taken where there is only one; kinds and sharing in the criteria."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from criteria.loading import read_set
from criteria.problems import Problem, errors
from records.evidence.kinds import evidence_kinds, only_kind
from records.forms.answers import Answers
from records.forms.collecting.collect import collect
from records.forms.issuing.issue import issue
from records.forms.submissions import latest_submissions
from records.forms.tokens import BATCH, SINGLE
from records.workspace.folder import Workspace
from tests.rounds.form_filling import fill, issued_form, round_with_forms, row_of
from tests.rounds.support import MOVEMENT, enter_body, new_workspace
from thidua.demonstration.filling import Filled, fill_batch, fill_single

NEW_NAME = "Văn bản đã ban hành (số, ngày, người ký, trích yếu)"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A unit with a single form and an enterprise in a batch."""
    workspace = new_workspace(tmp_path / "kỳ")
    enter_body(workspace, "X1", name="Sở Một", kind="cơ quan nhà nước", group="a")
    enter_body(workspace, "B041", name="Hiệp hội Doanh nghiệp tỉnh", kind="hội")
    enter_body(workspace, "F1", name="Công ty Một", kind="doanh nghiệp", group="đ", parent="B041")
    issued, problems = issue(workspace, "2026")
    assert errors(problems) == [] and sum(one.forms for one in issued) >= 2, problems
    return workspace


def form(workspace: Workspace, owner: str) -> Path:
    return next(workspace.issued("2026").rglob(f"{owner}-*.xlsx"))


def row(criterion: str, kind: str, number: str = "7/QĐ") -> tuple[str, ...]:
    return (criterion, kind, number, "02/03/2026", "Sở Y tế", "Về việc thử", "", "")


def taken(workspace: Workspace, folder: Path, *rows: tuple[str, ...]) -> list[Problem]:
    """What is wrong with the form of X1 that names these documents."""
    folder.mkdir(exist_ok=True)
    filled = Filled(evidence=rows, day=date(2026, 11, 20))
    (folder / "X1.xlsx").write_bytes(fill_single(form(workspace, "X1"), filled))
    return errors(collect(workspace, "2026", folder).problems)


def kinds_of(workspace: Workspace, candidate: str) -> list[str]:
    return [item.kind for item in Answers.of_dict(latest_submissions(workspace, "2026")[candidate].answers).evidence]


def test_kinds_are_chosen_by_name_or_id(here: Workspace, tmp_path: Path) -> None:
    rows = [row("A2.1", NEW_NAME), row("A2.1", "tờ  TRÌNH, văn bản tham mưu", "8"), row("A2.1", "hop-dong", "9")]
    assert taken(here, tmp_path / "in", *rows) == []
    assert kinds_of(here, "X1") == ["van-ban", "to-trinh", "hop-dong"]


def test_the_only_kind_of_a_criterion_is_taken(here: Workspace, tmp_path: Path) -> None:
    criteria, _ = here.read_set("a-so-nganh.yaml")
    assert criteria is not None
    assert (only_kind(criteria, "A1.1"), only_kind(criteria, "A2.1")) == ("so-nhiem-vu", "")
    assert taken(here, tmp_path / "in", row("A1.1", ""), row("A5.1", "")) == []
    assert kinds_of(here, "X1") == ["so-nhiem-vu", "van-ban"]


def test_a_kind_is_needed_where_there_are_several(here: Workspace, tmp_path: Path) -> None:
    found = taken(here, tmp_path / "in", row("A2.1", ""), row("A5.1", "Bài báo"))
    first = row_of(openpyxl.load_workbook(form(here, "X1"))["Minh chung"], "evidence:1")
    assert [(problem.code, problem.cell, problem.message) for problem in found] == [
        ("evidence", f"C{first}", "Thiếu loại minh chứng."),
        ("evidence", f"C{first + 1}", "Không có loại minh chứng “Bài báo”."),
    ]
    assert all("Tờ trình, văn bản tham mưu" in problem.hint for problem in found)


def test_a_batch_has_the_column_too(here: Workspace, tmp_path: Path) -> None:
    path = form(here, "B041")
    sheet = openpyxl.load_workbook(path)["Minh chung"]
    first = row_of(sheet, "evidence:1")
    assert [cell.value for cell in sheet[first - 1]][1:5] == [
        "Mã đối tượng",
        "Mã tiêu chí",
        "Loại minh chứng",
        "Số, ký hiệu",
    ]
    criterion = next(node.id for node in here.read_set("f-doanh-nghiep.yaml")[0].leaves())  # type: ignore[union-attr]
    (tmp_path / "in").mkdir()
    rows = {"F1": Filled(evidence=[row(criterion, "Quyết định")])}
    (tmp_path / "in" / "b.xlsx").write_bytes(fill_batch(path, rows, Filled(day=date(2026, 11, 20))))
    assert errors(collect(here, "2026", tmp_path / "in").problems) == []
    assert kinds_of(here, "F1") == ["quyet-dinh"]


@pytest.mark.parametrize(("owner", "column"), [("X1", "C"), ("B041", "D")])
def test_the_list_holds_every_kind_of_the_movement(here: Workspace, owner: str, column: str) -> None:
    book = openpyxl.load_workbook(form(here, owner))
    (rule,) = [
        one for one in book["Minh chung"].data_validations.dataValidation if one.promptTitle == "Loại minh chứng"
    ]
    assert str(rule.sqref).startswith(column)
    cells = str(rule.formula1).partition("!")[2].replace("$", "")
    listed = [cell.value for (cell,) in book["_thidua"][cells]]
    assert listed == list(evidence_kinds(here.movement).names.values()) and len(listed) == 14


@pytest.mark.parametrize("kind", [SINGLE, BATCH])
def test_forms_of_the_earlier_kind_have_to_be_issued_again(here: Workspace, tmp_path: Path, kind: str) -> None:
    """Their third column was the number: read by the new order it would be a kind."""
    path = tmp_path / "in" / "cũ.xlsx"
    path.parent.mkdir()
    source = form(here, "X1" if kind == SINGLE else "B041")
    book = openpyxl.load_workbook(source)
    hidden = book["_thidua"]
    hidden.cell(row_of(hidden, "format"), 2).value = "1"
    book.save(path)
    (problem,) = errors(collect(here, "2026", path.parent).problems)
    assert problem.code == "form-changed" and "Loại minh chứng" in problem.message


def test_a_movement_without_kinds_asks_for_none(tmp_path: Path) -> None:
    workspace = round_with_forms(tmp_path)
    document = {"criterion": "S2", "number": "7", "date": "01/02/2026", "issuer": "Sở", "summary": "Về"}
    fill(issued_form(workspace, "B1"), tmp_path / "in" / "b.xlsx", {"measure:due": 3, "evidence:1": document})
    assert errors(collect(workspace, "2026", tmp_path / "in").problems) == []
    assert kinds_of(workspace, "B1") == [""]


def test_criteria_ask_for_kinds_the_movement_declares(tmp_path: Path) -> None:
    home = tmp_path / "phong-trao"
    shutil.copytree(MOVEMENT, home)
    path = home / "a-so-nganh.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kind: to-trinh", "kind: to-trin", 1), encoding="utf-8")
    _, problems = read_set(path)
    (problem,) = errors(problems)
    line = next(n for n, one in enumerate(text.split("\n"), 1) if "kind: to-trinh" in one)
    assert (problem.code, problem.line) == ("unknown-name", line) and "“to-trin”" in problem.message


def test_the_part_that_lets_its_criteria_share(here: Workspace) -> None:
    criteria, _ = here.read_set("a-so-nganh.yaml")
    assert criteria is not None
    assert criteria.sharing == {"A1": "A1", "A1.1": "A1", "A1.2": "A1", "A1.3": "A1"}
