"""A thousand mutated copies of a real form, and odd cells: no traceback, nothing stored of a bad one."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from records.forms.collecting.collect import collect
from records.forms.collecting.form import ReadForm
from records.forms.collecting.identity import form_round
from records.forms.collecting.incoming import EvidenceFolder, FormFile
from records.forms.collecting.reading import read_answers
from records.rounds import load_rounds
from records.workspace.folder import Workspace
from tests.rounds.breaking import whole_round
from tests.rounds.form_filling import FIGURES, fill, issued_form, round_with_forms, row_of
from tests.rounds.mutations import KINDS, changed_parts, mutations, with_shared_strings

COUNT = 1000
SHEET = "xl/worksheets/sheet2.xml"  # "Tu cham"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, bytes]:
    workspace, forms = whole_round(tmp_path_factory.mktemp("biến dạng") / "kỳ", 1)
    return workspace, forms["S001"]


def read(workspace: Workspace, raw: bytes) -> ReadForm:
    around, problems = form_round(workspace, load_rounds(workspace)["2026"])
    assert problems == []
    form = ReadForm(FormFile(Path("f.xlsx"), "f.xlsx"))
    read_answers(raw, form, around, EvidenceFolder(Path("không có")))
    form.findings.shorten()
    return form


def attack(workspace: Workspace, good: bytes, home: Path, count: int, seed: int) -> dict[str, int]:
    """How many copies of each kind were refused. Raises whatever the program raises."""
    refused = {kind.__name__: 0 for kind in KINDS}
    database = workspace.root / "so-lieu.sqlite"
    before = database.read_bytes()
    folder = home / f"nộp {seed}"
    folder.mkdir()
    for what, raw in mutations(good, count, seed):
        (folder / "f.xlsx").write_bytes(raw)
        run = collect(workspace, "2026", folder)
        after = database.read_bytes()
        taken = sum(group.taken for group in run.groups.values())
        assert (after == before) == (taken == 0) and not (taken and run.wrong), what
        assert all(len(problem.text()) < 3000 and "\x1b" not in problem.text() for problem in run.problems), what
        refused[what.split()[-1]] += run.wrong
        before = after
    return refused


@pytest.mark.parametrize("where", ["cells", "shared strings"])
def test_mutated_copies(here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("THIDUA_DEBUG", "1")  # exceptions are not turned into findings
    workspace, good = here
    raw = with_shared_strings(good) if where == "shared strings" else good
    refused = attack(workspace, raw, tmp_path, COUNT // 2, seed=40 + len(where))
    assert sum(refused.values()) > COUNT // 5 and refused["_foreign_part"] > 10 and refused["_cut_short"] > 10, refused


def filled(workspace: Workspace, good: bytes, key: str, value: Any) -> ReadForm:
    """The form with one input cell as written: a value, or the XML of the cell after its reference."""
    book = openpyxl.load_workbook(io.BytesIO(good))
    sheet = book["Tu cham"]
    row = row_of(sheet, key)
    if not isinstance(value, bytes):
        sheet.cell(row, 5).value = value
    stream = io.BytesIO()
    book.save(stream)
    raw = stream.getvalue()
    if isinstance(value, bytes):
        pattern = re.compile(rb'<c r="E%d"[^>]*?(?:/>|>.*?</c>)' % row)
        raw = changed_parts(
            raw,
            lambda name, text: pattern.sub(b'<c r="E%d" %b' % (row, value), text, count=1) if name == SHEET else text,
        )
    return read(workspace, raw)


NUMBER, YES = "measure:initiatives", "measure:finance_reform"
CELLS: list[tuple[str, Any, str]] = [  # key, what stands in the cell, what is read or the code of the finding
    (NUMBER, b't="n"><v>7</v></c>', "7"),
    (NUMBER, b't="inlineStr"><is><r><t>1</t></r><r><rPr><b/></rPr><t>2</t></r></is></c>', "12"),
    (NUMBER, b't="str"><v>12</v></c>', "12"),
    (NUMBER, b"><v>-0</v></c>", "0"),
    (NUMBER, b"><v>-0.0</v></c>", "0"),
    (NUMBER, b"><v>NaN</v></c>", "number"),
    (NUMBER, b"><v>INF</v></c>", "number"),
    (NUMBER, b"><v>1e308</v></c>", "number"),
    (NUMBER, b"><v>1e999</v></c>", "number"),
    (NUMBER, b"><v>1E2</v></c>", "100"),
    (NUMBER, b't="b"><v>1</v></c>', "number"),
    (NUMBER, b't="d"><v>2026-06-30T00:00:00</v></c>', "number"),
    (NUMBER, b't="e"><v>#N/A</v></c>', "formula-cell"),
    (NUMBER, b't="e"><v>&lt;script&gt;</v></c>', "formula-cell"),
    (NUMBER, b't="s"><v>-1</v></c>', "form-unsafe"),
    (NUMBER, b't="zzz"><v>12</v></c>', "12"),
    (NUMBER, b"><f>6+6</f><v>12</v></c>", "12"),
    (NUMBER, b"><f>6+6</f></c>", "formula-cell"),
    (NUMBER, b'><f>HYPERLINK("http://x",12)</f><v>12</v></c>', "formula-cell"),
    (NUMBER, b"><f>[1]A!B1</f><v>12</v></c>", "formula-cell"),
    (NUMBER, "12\u00a0", "12"),
    (NUMBER, "1\u00a0000", "number-grouping"),
    (NUMBER, "１２", "number"),
    (NUMBER, "\u200b12\u200b", "12"),
    (NUMBER, "\u202e21", "form-cell"),
    (NUMBER, "_x0000_12", "12"),
    (NUMBER, "9" * 18, "9" * 18),
    (NUMBER, "9" * 19, "number"),
    (NUMBER, "9" * 2500, "number"),
    (NUMBER, "9" * 5000, "form-cell"),
    (NUMBER, "1_000", "number"),
    (YES, "co\u0301", "có"),
    (YES, "KHO\u0302NG", "không"),
    (YES, "khống", "not-yes-no"),
    (YES, True, "có"),
]


@pytest.mark.parametrize(("key", "value", "wanted"), CELLS, ids=[str(n) for n in range(len(CELLS))])
def test_cells_that_excel_and_others_write(here, key: str, value: Any, wanted: str) -> None:  # type: ignore[no-untyped-def]
    workspace, good = here
    form = filled(workspace, good, key, value)
    if form.wrong:
        assert [problem.code for problem in form.problems] == [wanted]
    else:
        assert form.answers["S001"].values[key.partition(":")[2]] == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (b' s="{day}"><v>2026</v></c>', "date"),  # a year typed where Excel shows days: 18/07/1905
        (b' s="{day}"><v>5</v></c>', "date"),
        (b' s="{day}"><v>-5</v></c>', "date"),
        (b' s="{day}"><v>9e99</v></c>', "date"),
        (b' s="{day}"><v>46203</v></c>', "2026-06-30"),
        (b' s="{day}"><v>46203.75</v></c>', "2026-06-30"),
        (b' t="d"><v>2026-06-30</v></c>', "2026-06-30"),
        (b' t="d"><v>2026-06-31</v></c>', "date"),
        (b' t="str"><v>01/01/0001</v></c>', "date"),
        (b' t="str"><v>31/12/9999</v></c>', "date"),
        (b' t="str"><v>02/09/1945</v></c>', "1945-09-02"),
    ],
)
def test_days_that_nobody_means(tmp_path_factory, value: bytes, wanted: str) -> None:  # type: ignore[no-untyped-def]
    workspace, good, row, style = _small(tmp_path_factory)
    pattern = re.compile(rb'<c r="E%d"[^>]*?(?:/>|>.*?</c>)' % row)
    cell = b'<c r="E%d"%b' % (row, value.replace(b"{day}", style))
    raw = changed_parts(good, lambda name, text: pattern.sub(cell, text, count=1) if name == SHEET else text)
    form = read(workspace, raw)
    found = [problem.code for problem in form.problems] if form.wrong else form.answers["B1"].values["signed"]
    assert found == ([wanted] if form.wrong else wanted)


_MADE: list[tuple[Workspace, bytes, int, bytes]] = []


def _small(factory: pytest.TempPathFactory) -> tuple[Workspace, bytes, int, bytes]:
    """The small movement with a form: it has a day among its figures. Also the row of that day and a style that shows days."""
    if not _MADE:
        home = factory.mktemp("ngày")
        workspace = round_with_forms(home)
        import datetime as dt

        raw = fill(issued_form(workspace, "B1"), home / "B1.xlsx", {**FIGURES, "measure:signed": dt.date(2026, 6, 30)})
        row = row_of(openpyxl.load_workbook(raw)["Tu cham"], "measure:signed")
        content = zipfile.ZipFile(raw).read(SHEET)
        style = re.search(rb'<c r="E%d" s="([0-9]+)"' % row, content)
        assert style is not None
        _MADE.append((workspace, raw.read_bytes(), row, style[1]))
    return _MADE[0]
