"""Return forms: what stands in them, who gets one, that they stay as they are while nothing changes."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl

from records.forms.collecting.collect import collect
from records.forms.tokens import token
from records.ledger.entries import gather
from tests.rounds.life_support import act
from tests.rounds.returns_support import (
    CASE,
    KNOWN,
    ONLINE,
    OTHER,
    WHY,
    collected,
    fill,
    found,
    issued,
    persons,
    rows,
    send_back,
    sent_back,
    shown,
)
from tests.rounds.support import enter_body

HOSTILE = '=HYPERLINK("http://x") <b>&\x07\u202e \'+1'


def test_only_what_was_sent_back_stands_in_the_form(tmp_path: Path) -> None:
    workspace = sent_back(tmp_path / "w", 2)
    assert act(workspace, "X1", "C1", "accept") == []
    forms = issued(workspace)
    assert [(one.owner, one.criteria, one.deadline) for one in forms.values()] == [
        ("X1", 2, date(2026, 12, 15)),
        ("X2", 2, date(2026, 12, 15)),
    ]
    form = forms["X1"].path
    assert form == workspace.issued("2026") / "giai-trinh" / "X1-xa-1.xlsx"
    assert list(rows(form)) == [
        f"X1/{OTHER}",
        f"X1/{OTHER}/measure:docs_issued",
        f"X1/{OTHER}/measure:docs_signed",
        f"X1/{CASE}",
        f"X1/{CASE}/measure:files",
        f"X1/{CASE}/{ONLINE}",
    ]
    assert shown(form, f"X1/{CASE}/{ONLINE}", KNOWN) == 733
    assert [shown(form, f"X1/{CASE}", column) for column in (7, 8, 10)] == [24.43, 33.33, "Số liệu không khớp hệ thống"]
    assert str(shown(form, f"X1/{CASE}", 9)).endswith("(9/SKHCN)") and shown(form, f"X1/{CASE}", 11).date() == date(
        2026, 12, 15
    )
    book = openpyxl.load_workbook(form)
    assert book.sheetnames == ["Huong dan", "Giai trinh", "Minh chung", "Ky", "_thidua"]
    assert not book["Giai trinh"].cell(rows(form)[f"X1/{CASE}"], WHY).protection.locked
    assert book["Giai trinh"].cell(rows(form)[f"X1/{CASE}/{ONLINE}"], KNOWN).protection.locked
    workspace.close()


def test_the_same_content_is_the_same_file_and_is_not_written_again(tmp_path: Path) -> None:
    workspace = sent_back(tmp_path / "w")
    first = issued(workspace)["X1"]
    raw, head = first.path.read_bytes(), workspace.database.head()
    again = issued(workspace)["X1"]
    assert first.written and not again.written and workspace.database.head() == head
    first.path.unlink()
    assert issued(workspace)["X1"].written and first.path.read_bytes() == raw
    assert send_back(workspace, "X1", "C1") == []
    assert issued(workspace)["X1"].written and first.path.read_bytes() != raw
    workspace.close()


def test_a_body_gets_one_form_for_all_its_persons(tmp_path: Path) -> None:
    """B001 is a candidate and answers for P1 and P2: two files, of different names; --candidate writes whole forms."""
    workspace = persons(tmp_path / "w")
    form = issued(workspace, "P2")["B001"]
    assert (form.path.name, form.candidates, form.criteria) == ("B001-e-so-noi-vu.xlsx", 2, 2)
    case = next(key for key in rows(form.path) if key.startswith("P2/"))
    assert shown(form.path, case, 4) == "P2" and shown(form.path, case, 5) == "Bà P2"
    workspace.close()


def test_texts_are_never_formulas_nor_markup(tmp_path: Path) -> None:
    workspace = sent_back(tmp_path / "w", claims={"C1": HOSTILE})
    enter_body(workspace, "X1", name=HOSTILE)
    assert send_back(workspace, "X1", "C1", reason=HOSTILE) == []
    form = issued(workspace)["X1"].path
    sheet = openpyxl.load_workbook(form)["Giai trinh"]
    row = rows(form)["X1/C1"]
    assert sheet.cell(row, 10).value.startswith("=HYPERLINK") and sheet.cell(row, 10).data_type == "s"
    with zipfile.ZipFile(form) as package:
        content = b"".join(package.read(name) for name in package.namelist() if "worksheets" in name)
    formulas = re.findall(rb"<f>[^<]*", content)
    assert formulas and not any(b"HYPERLINK" in one for one in formulas) and b"<hyperlink" not in content
    workspace.close()


def test_a_command_names_the_one_that_takes_the_form(tmp_path: Path) -> None:
    """A return form in a folder of forms, and the other way round; a forged kind is foreign."""
    workspace = sent_back(tmp_path / "w")
    form = issued(workspace)["X1"].path
    fill(form, tmp_path / "in" / "a.xlsx", {f"X1/{CASE}": "Đã rà soát"})
    run = collect(workspace, "2026", tmp_path / "in")
    assert [(one.code, one.hint) for one in run.problems] == [("form-kind", "Thu bằng: thidua return collect.")]
    from records.forms.issuing.issue import issue

    issue(workspace, "2026", ("c",))
    single = next((workspace.issued("2026") / "c").glob("X1-*.xlsx"))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "b.xlsx").write_bytes(single.read_bytes())
    back = collected(workspace, tmp_path / "b")
    assert [(one.code, one.hint) for one in back.problems] == [("form-kind", "Thu bằng: thidua forms collect.")]
    book = openpyxl.load_workbook(single)
    hidden = book["_thidua"]
    for row in range(1, 12):
        if hidden.cell(row, 1).value == "kind":
            hidden.cell(row, 2).value = "return"
        if hidden.cell(row, 1).value == "format":
            hidden.cell(row, 2).value = "1"
    book.save(tmp_path / "b" / "b.xlsx")
    assert found(collected(workspace, tmp_path / "b"))[0][0] == "form-foreign"
    assert len(token(b"x", "return", "2026", "X1", "s", "d")) == 32
    told = gather(workspace.database.entries("return:2026/"))
    assert set(told) == {"return:2026/X1"} and "collected" not in told["return:2026/X1"].fields
    workspace.close()
