"""What all workbooks that come back share: the kind is known, rows are found, files are kept, a moved ledger is looked at again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from criteria.problems import Problem, errors
from records.forms.collecting.cells import Findings
from records.forms.collecting.collect import collect as collect_forms
from records.forms.collecting.form import ReadForm
from records.forms.collecting.incoming import FormFile, find_forms
from records.forms.collecting.workbook import FormSheet
from records.forms.issuing.issue import issue as issue_forms
from records.ledger.stored_files import check_files
from records.life.acts import LedgerMoved
from records.panels.collect import collect_marks
from records.returns.collect import collect_returns
from records.returns.issue import issue_returns
from records.review.collect import collect_reviews
from records.review.issue import issue_reviews
from records.tables.sheets import Cell
from records.workbooks.coming_in import Run, new_files, read_safely
from records.workbooks.hidden import TAKEN_BY, Hidden, hidden_rows, row_token
from records.workbooks.rows import keyed_rows, stray_rows
from records.workbooks.taking_in import older_edition, until_settled
from records.workspace.folder import Workspace
from tests.rounds.life_support import act
from tests.rounds.panel_support import collected, fill, issued, streets

DAY = date(2026, 12, 12)
COLLECTORS: dict[str, Callable[[Workspace, Path], Run]] = {
    "single": lambda workspace, folder: collect_forms(workspace, "2026", folder),
    "review": lambda workspace, folder: collect_reviews(workspace, "2026", folder, DAY),
    "return": lambda workspace, folder: collect_returns(workspace, "2026", folder, DAY),
    "panel": lambda workspace, folder: collect_marks(workspace, "2026", folder),
}


@pytest.fixture(scope="module")
def four_kinds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """A round with a workbook of every kind out, each in the folder as KIND.xlsx."""
    home = tmp_path_factory.mktemp("bốn loại")
    workspace = streets(home / "kỳ")
    folder = home / "nhận về"
    folder.mkdir()
    shutil.copy(issued(workspace)["gk-02"], folder / "panel.xlsx")
    _, problems = issue_forms(workspace, "2026")
    assert errors(problems) == []
    form = min(path for path in workspace.issued("2026").rglob("*X2-*.xlsx") if "hoi-dong" not in path.parts)
    shutil.copy(form, folder / "single.xlsx")
    reviews, problems = issue_reviews(workspace, "2026", DAY)
    assert errors(problems) == []
    shutil.copy(reviews[0].path, folder / "review.xlsx")
    assert act(workspace, "X2", "H1", "send_back", reason="Không khớp", deadline=DAY) == []
    returns, problems = issue_returns(workspace, "2026")
    assert errors(problems) == []
    shutil.copy(returns[0].path, folder / "return.xlsx")
    return workspace, folder


@pytest.mark.parametrize("kind", COLLECTORS)
def test_a_workbook_of_another_kind_names_the_command_that_takes_it(
    four_kinds: tuple[Workspace, Path], tmp_path: Path, kind: str
) -> None:
    workspace, folder = four_kinds
    others = [other for other in COLLECTORS if other != kind]
    for other in others:
        shutil.copy(folder / f"{other}.xlsx", tmp_path / f"{other}.xlsx")
    run = COLLECTORS[kind](workspace, tmp_path)
    wanted = [
        (f"{other}.xlsx", "form-kind", f"Đây là {TAKEN_BY[other][0]}, lệnh này không thu.", TAKEN_BY[other][1])
        for other in sorted(others)
    ]
    told = [(one.file, one.code, one.message, one.hint[len("Thu bằng: ") : -1]) for one in sorted(errors(run.problems))]
    assert told == wanted


def test_marks_are_files_the_ledger_needs(tmp_path: Path) -> None:
    """The receipt of a marking workbook stands under its member: gk-02/collected."""
    workspace = streets(tmp_path / "kỳ")
    fill(issued(workspace)["gk-02"], tmp_path / "in" / "a.xlsx", {"X2/H1": (4,)})
    assert collected(workspace, tmp_path / "in").problems == []
    stored = check_files(workspace.database, workspace.received("2026").parent)
    lacking = {one.message.partition(": ")[2][:7] for one in stored.breaks}  # the made-up forms have no files
    assert (lacking, stored.unnamed, stored.forms) == ({"biểu củ"}, [], 1)
    (kept,) = (workspace.received("2026") / "hoi-dong").glob("*.xlsx")
    kept.rename(kept.with_name(f"{'0' * 64}.xlsx"))
    broken = check_files(workspace.database, workspace.received("2026").parent)
    said = f"thiếu tệp bieu-thu/2026/{kept.stem}: phiếu chấm của jury"
    assert said in [one.message for one in broken.breaks] and len(broken.unnamed) == 1


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "kỳ")
    fill(issued(workspace)["gk-02"], tmp_path / "in" / "a.xlsx", {"X2/H1": (4,)})
    home = workspace.received("2026") / "hoi-dong"
    home.mkdir(parents=True)
    (home / ".half").write_bytes(b"PK")
    assert collected(workspace, tmp_path / "in").problems == []
    assert [path.suffix for path in home.iterdir()] == [".xlsx"]


def _form() -> ReadForm:
    form = ReadForm(FormFile(Path("a.xlsx"), "a.xlsx"), version=2)
    form.problems.append(Problem("a.xlsx", 1, 1, "form-cell", "đã có"))
    return form


@pytest.mark.parametrize(("moves", "codes", "looks"), [(0, [], 0), (2, [], 2), (4, [], 4), (9, ["output"], 5)])
def test_a_moved_ledger_is_looked_at_again(moves: int, codes: list[str], looks: int) -> None:
    form, looked = _form(), list[int]()
    left = iter(range(moves))

    def decide() -> None:
        if next(left, None) is not None:
            form.problems.append(Problem("a.xlsx", 2, 1, "rights", "theo sổ cũ"))
            raise LedgerMoved

    until_settled(form, decide, lambda: looked.append(1), "phiếu")
    assert [one.code for one in form.problems] == ["form-cell", *codes] and len(looked) == looks


def test_what_cannot_be_written_is_said_once() -> None:
    form = _form()

    def decide() -> None:
        raise OSError(28, "No space left on device")

    until_settled(form, decide, lambda: None, "phiếu chấm")
    (said,) = form.problems[1:]
    assert said.code == "output" and said.message.startswith("Không ghi được phiếu chấm: ")


def test_only_a_newer_edition_is_taken() -> None:
    form = _form()
    assert older_edition(form, 1, "phiếu chấm") is None
    same = older_edition(form, 2, "phiếu chấm")
    assert same is not None and same.message == (
        "Đã thu lần gửi 2 của phiếu chấm này; tệp này là lần 2 với nội dung khác."
    )


def _sheet(keys: dict[int, str]) -> FormSheet:
    return FormSheet("a.xlsx", "S", {row: {1: Cell(key), 3: Cell("gõ")} for row, key in keys.items()})


def test_rows_are_found_by_their_keys() -> None:
    findings = Findings()
    sheet = _sheet({5: "a", 6: "a", 7: "c", 8: "", 9: "all"})
    assert keyed_rows(sheet, ["a", "b", "c"], findings, also=["all"]) == {"a": 5, "c": 7}
    stray_rows(sheet, 4, range(3, 5), findings)
    assert [(one.cell, one.message) for one in findings.problems] == [
        ("A6", "Dòng “a” lặp lại, đã có ở dòng 5."),
        ("A5", "Biểu thiếu dòng “b”."),
        ("C8", "Dòng có chữ nhưng không phải dòng của biểu."),
    ]
    assert {one.hint for one in findings.problems} == {"Dùng biểu đã giao, không xóa, không thêm dòng."}


def test_no_row_and_no_state_can_be_put_in_or_taken_out() -> None:
    lines, secret = ("S|X1/H1", "S|X2/H1"), b"0123456789abcdef"
    mark = row_token(secret, "panel", "2026", "jury/gk-01", "s", "d", lines, 7)
    good = Hidden("panel", "2026", "jury/gk-01", ("s",), "d", mark, lines, "1", 7)
    assert good.of_rows(secret) and good.by_sheet == {"S": ("X1/H1", "X2/H1")}
    for field, value in (
        ("lines", lines[:1]),
        ("entry", 8),
        ("owner", "jury/gk-02"),
        ("digest", "e"),
        ("kind", "review"),
    ):
        assert not Hidden(**{**vars(good), field: value}).of_rows(secret)
    written = hidden_rows("panel", "1", "2026", "jury/gk-01", "s", "d", mark, lines, entry="7")
    assert [name for name, _ in written] == [
        "format", "kind", "period", "owner", "sets", "digest", "entry", "token", "line", "line",
    ]  # fmt: skip


def test_every_new_file_comes_once(tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"1"), ("b.xlsx", b"1"), ("c.xlsx", b"2"), ("d.xlsx", b"")):
        (tmp_path / name).write_bytes(content)
    run, ticks = Run(), list[int]()
    known = {"d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"}  # of "2"
    found: Iterator[tuple[bytes, ReadForm]] = new_files(run, find_forms(tmp_path), known, lambda: ticks.append(1))
    assert [(raw, form.file.name) for raw, form in found] == [(b"1", "a.xlsx"), (b"", "d.xlsx")]
    assert (run.same_files, len(ticks), run.wrong) == (["c.xlsx"], 4, False)
    assert [(one.file, one.message) for one in run.problems] == [
        ("b.xlsx", "Cùng nội dung với a.xlsx, chỉ thu một lần.")
    ]


def test_what_breaks_the_reader_is_a_finding(four_kinds: tuple[Workspace, Path]) -> None:
    form = ReadForm(FormFile(Path("a.xlsx"), "a.xlsx"))

    def broken(_: object) -> None:
        raise ZeroDivisionError

    read_safely((four_kinds[1] / "panel.xlsx").read_bytes(), form, broken)
    assert [one.message for one in form.problems] == ["Phần mềm không đọc được tệp này (ZeroDivisionError)."]
