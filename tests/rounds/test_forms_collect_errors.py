"""Ways to fill a form wrongly: each is named by its code and its cell, all of them in one run, and nothing is stored."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from records.forms.collecting.incoming import MOST_BYTES
from records.forms.collecting.returning import HEADS, error_workbook
from records.workspace.folder import Workspace
from tests.rounds.form_filling import FIGURES, fill, found, issued_form, put, round_with_forms, row_of, taken

DOCUMENT = {"criterion": "S1.1", "number": "7/QĐ", "date": "01/02/2026", "issuer": "Sở", "summary": "Về kế hoạch"}
Book = openpyxl.Workbook
Spoil = Callable[[Book], Any]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return round_with_forms(tmp_path_factory.mktemp("lỗi"))


def cells(**values: Any) -> Spoil:
    """Type values; _ for : in the key, once."""

    def spoil(book: Book) -> None:
        for key, value in values.items():
            put(book, key.replace("_", ":", 1).replace("__", "."), value)

    return spoil


def evidence(**values: Any) -> Spoil:
    return lambda book: put(book, "evidence:1", {**DOCUMENT, **values})


def lost(sheet: str, key: str) -> Spoil:
    def spoil(book: Book) -> None:
        book[sheet].delete_rows(row_of(book[sheet], key))

    return spoil


def key_of(sheet: str, key: str, new: str) -> Spoil:
    def spoil(book: Book) -> None:
        book[sheet].cell(row_of(book[sheet], key), 1).value = new

    return spoil


def both(*spoils: Spoil) -> Spoil:
    def spoil(book: Book) -> None:
        for one in spoils:
            one(book)

    return spoil


def without_key(book: Book) -> None:
    sheet = book["Minh chung"]
    sheet.cell(row_of(sheet, "evidence:80") + 2, 3).value = "thêm"


def identity(name: str, value: str) -> Spoil:
    def spoil(book: Book) -> None:
        book["_thidua"].cell(row_of(book["_thidua"], name), 2).value = value

    return spoil


WRONG: dict[str, tuple[Spoil, list[tuple[str, str, str]]]] = {
    "no number": (cells(measure_due="hai mươi"), [("number", "Tu cham", "measure:due E")]),
    "grouped": (cells(measure_due="1.000"), [("number-grouping", "Tu cham", "measure:due E")]),
    "too many decimals": (cells(measure_rate="87,255"), [("decimals", "Tu cham", "measure:rate E")]),
    "out of range": (cells(measure_rate=101), [("out-of-range", "Tu cham", "measure:rate E")]),
    "more done than due": (cells(measure_done=21), [("out-of-range", "Tu cham", "measure:done E")]),
    "no truth": (cells(measure_plan="chắc có"), [("not-yes-no", "Tu cham", "measure:plan E")]),
    "no level": (cells(measure_class="giỏi"), [("unknown-level", "Tu cham", "measure:class E")]),
    "no day": (cells(measure_signed="31/02/2026"), [("date", "Tu cham", "measure:signed E")]),
    "off the grid": (cells(judged_S5="4,3"), [("off-grid", "Tu cham", "judged:S5 E")]),
    "uncalculated": (cells(measure_due="=9+9"), [("formula-cell", "Tu cham", "measure:due E")]),
    "error value": (cells(measure_due="#DIV/0!"), [("formula-cell", "Tu cham", "measure:due E")]),
    "long text": (cells(why_S2="dài " * 1000), [("form-cell", "Tu cham", "node:S2 I")]),
    "claim without reason": (cells(out_S2="x", measure_class=None), [("claim", "Tu cham", "node:S2 I")]),
    "claim with figures": (cells(out_S2="x", why_S2="vì"), [("claim", "Tu cham", "measure:class E")]),
    "reason without claim": (cells(why_S2="vì", measure_class=None), [("claim", "Tu cham", "node:S2 H")]),
    "KAD without reason": (cells(measure_class="KAD"), [("claim", "Tu cham", "measure:class E")]),
    "odd mark": (cells(out_S2="vâng"), [("form-cell", "Tu cham", "node:S2 H")]),
    "line deleted": (lost("Tu cham", "measure:rate"), [("form-line", "Tu cham", "node:S1.2 A")]),
    "line doubled": (
        key_of("Tu cham", "measure:rate", "measure:due"),
        [("form-line", "Tu cham", "node:S1.2 A"), ("form-line", "Tu cham", "@12 A")],
    ),
    "unknown line": (key_of("Tu cham", "node:S1", "node:S9"), [("form-line", "Tu cham", "node:S9 A")]),
    "sheet deleted": (lambda book: book.remove(book["Minh chung"]), [("form-line", "Minh chung", "A1")]),
    "evidence without number": (evidence(number=None), [("evidence", "Minh chung", "evidence:1 D")]),
    "evidence without day": (evidence(date=None), [("evidence", "Minh chung", "evidence:1 E")]),
    "evidence without all": (
        evidence(criterion=None, number=None, date="1.5", issuer=None, summary=None),
        [("evidence", "Minh chung", f"evidence:1 {column}") for column in "BDEFG"],
    ),
    "evidence of a kind where there are none": (evidence(kind="Bài báo"), [("evidence", "Minh chung", "evidence:1 C")]),
    "evidence of no criterion": (evidence(criterion="S1"), [("evidence", "Minh chung", "evidence:1 B")]),
    "evidence of the future": (evidence(date="21/11/2026"), [("evidence", "Minh chung", "evidence:1 E")]),
    "restricted with a file": (evidence(file="a.pdf", restricted="x"), [("evidence", "Minh chung", "evidence:1 H")]),
    "file missing": (evidence(file="a.pdf"), [("evidence-file", "Minh chung", "evidence:1 H")]),
    "file climbing": (evidence(file="../a.pdf"), [("evidence-file", "Minh chung", "evidence:1 H")]),
    "file absolute": (evidence(file="C:\\a.pdf"), [("evidence-file", "Minh chung", "evidence:1 H")]),
    "file of a program": (evidence(file="a.exe"), [("evidence-file", "Minh chung", "evidence:1 H")]),
    "evidence without a key": (without_key, [("form-line", "Minh chung", "evidence:80 +2 B")]),
    "item key twice": (
        cells(row_1=["L", None, 1], row_2=["L", None, 2]),
        [("key-duplicate", "Bang courses", "row:2 B")],
    ),
    "item without key": (cells(row_1=[None, None, 1]), [("form-cell", "Bang courses", "row:1 B")]),
    "item figure": (cells(row_2=["L", "mai", 1]), [("date", "Bang courses", "row:2 C")]),
    "version": (cells(sign_version="1,5"), [("signature", "Ky", "sign:version C")]),
    "version none": (cells(sign_version=0), [("signature", "Ky", "sign:version C")]),
    "nobody signs": (
        cells(sign_head=" ", sign_compiled_by=None),
        [("signature", "Ky", "sign:compiled_by C"), ("signature", "Ky", "sign:head C")],
    ),
    "letter date": (cells(sign_date="30/02/2026"), [("signature", "Ky", "sign:date C")]),
    "token": (identity("token", "0" * 32), [("form-foreign", "", "")]),
    "other owner": (identity("owner", "B2"), [("form-foreign", "", "")]),
    "other period": (identity("period", "2027"), [("form-foreign", "", "")]),
    "no identity": (lambda book: book.remove(book["_thidua"]), [("form-foreign", "", "")]),
    "identity twice": (key_of("_thidua", "letter", "token"), [("form-foreign", "_thidua", "A8")]),
    "several at once": (
        both(cells(measure_due="x", sign_head=None), evidence(issuer=None), lost("Tu cham", "judged:S5")),
        [
            ("number", "Tu cham", "measure:due E"),
            ("form-line", "Tu cham", "node:S5 A"),
            ("signature", "Ky", "sign:head C"),
            ("evidence", "Minh chung", "evidence:1 F"),
        ],
    ),
}


def place(book: Book, sheet: str, said: str) -> str:
    """ "measure:due E" is the cell of column E in the line with that key; "+2" counts on from there."""
    words = said.split()
    if len(words) < 2:
        return said
    row = int(words[0][1:]) if words[0].startswith("@") else row_of(book[sheet], words[0])
    return f"{words[-1]}{row + (int(words[1]) if len(words) == 3 else 0)}"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_form_is_named_by_code_and_cell(here: Workspace, tmp_path: Path, name: str) -> None:
    spoil, wanted = WRONG[name]
    form = fill(issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx")
    book = openpyxl.load_workbook(form)
    spoil(book)
    book.save(form)
    run, stored = taken(here, form.parent)
    assert stored == []
    if name == "line doubled":  # the second place of the key is where the other line was
        row = row_of(openpyxl.load_workbook(issued_form(here, "B1"))["Tu cham"], "measure:rate")
        wanted = [(code, sheet, said.replace("@12", f"@{row}")) for code, sheet, said in wanted]
    assert sorted(found(run)) == sorted((code, sheet, place(book, sheet, said)) for code, sheet, said in wanted)
    assert all(problem.hint and problem.file == "B1.xlsx" for problem in run.problems)
    assert run.groups["a"].missing == ["B1", "B2", "B3"]


def test_a_form_of_another_round_or_of_other_questions(tmp_path: Path) -> None:
    workspace = round_with_forms(tmp_path)
    form = fill(issued_form(workspace, "B1"), tmp_path / "in" / "B1.xlsx")
    from datetime import date

    from records.forms.collecting.collect import collect
    from records.rounds import open_round
    from records.workspace.folder import open_workspace

    open_round(workspace, "2027", date(2027, 1, 1))
    assert found(collect(workspace, "2027", form.parent)) == [("form-period", "", "")]
    criteria = workspace.movement_folder / "don.yaml"
    text = criteria.read_text(encoding="utf-8")
    criteria.write_text(
        text.replace('"Vốn", unit: tỷ đồng, decimals: 3', '"Vốn", unit: tỷ đồng, decimals: 2'), encoding="utf-8"
    )
    workspace.close()
    again, _ = open_workspace(workspace.root)
    assert again is not None
    run, stored = taken(again, form.parent)
    assert found(run) == [("form-changed", "", "")] and stored == []


def test_evidence_files_stay_inside_their_folder(here: Workspace, tmp_path: Path) -> None:
    form = fill(
        issued_form(here, "B1"), tmp_path / "in" / "B1.xlsx", {**FIGURES, "evidence:1": {**DOCUMENT, "file": "a.pdf"}}
    )
    home = form.parent / "minh-chung"
    home.mkdir()
    (tmp_path / "bí mật.pdf").write_bytes(b"x")
    cell = [("evidence-file", "Minh chung", place(openpyxl.load_workbook(form), "Minh chung", "evidence:1 H"))]
    os.symlink(tmp_path / "bí mật.pdf", home / "a.pdf")
    assert found(taken(here, form.parent)[0]) == cell
    (home / "a.pdf").unlink()
    (home / "a.pdf").mkdir()
    assert found(taken(here, form.parent)[0]) == cell
    (home / "a.pdf").rmdir()
    with (home / "a.pdf").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    assert found(taken(here, form.parent)[0]) == cell
    (home / "a.pdf").write_bytes(b"")
    assert found(taken(here, form.parent)[0]) == cell
    (home / "a.pdf").unlink()
    home.rmdir()
    (tmp_path / "ngoài").mkdir()
    (tmp_path / "ngoài" / "a.pdf").write_bytes(b"x")
    os.symlink(tmp_path / "ngoài", home)
    run, stored = taken(here, form.parent)
    assert found(run) == cell and stored == []


def test_the_list_of_errors_is_a_workbook_of_texts(here: Workspace, tmp_path: Path) -> None:
    form = fill(
        issued_form(here, "B1"), tmp_path / "in" / "=x.xlsx", {**FIGURES, "measure:due": "'=1+1", "measure:plan": "=A1"}
    )
    run, _ = taken(here, form.parent)
    raw = error_workbook("2026", run.problems, run.owners)
    assert raw == error_workbook("2026", run.problems, run.owners)
    (tmp_path / "loi.xlsx").write_bytes(raw)
    sheet = openpyxl.load_workbook(tmp_path / "loi.xlsx")["Loi"]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=4)]
    assert rows[0] == list(HEADS) and [row[1:5] for row in rows[1:]] == [
        ["=x.xlsx", "B1", "Tu cham", problem.cell] for problem in sorted(run.problems)
    ]
    assert all(cell.data_type in ("s", "n") for line in sheet.iter_rows() for cell in line)
    assert sheet.auto_filter.ref == f"A4:I{4 + len(run.problems)}" and sheet.page_setup.orientation == "landscape"
