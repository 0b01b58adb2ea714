"""The life of a return: explained, sent back again, explained again; every mistake is named, and nothing of its file is stored."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from records.ledger.entries import gather
from records.ledger.stored_files import check_files
from records.ledger.verifying import prove
from records.returns.columns import SHEET
from records.workspace.folder import Workspace, open_workspace
from tests.rounds.life_support import act
from tests.rounds.returns_support import (
    CASE,
    DOCUMENT,
    KNOWN,
    ONLINE,
    OTHER,
    bench,
    collected,
    explained,
    fill,
    found,
    issued,
    persons,
    rows,
    send_back,
    sent_back,
    shown,
    state,
)

KEY = f"X1/{CASE}"
FIGURE = f"{KEY}/{ONLINE}"
ROOT = Path(__file__).resolve().parents[2]
KIND = "Báo cáo kết quả có số liệu"


def answer(workspace: Workspace, inbox: Path, name: str = "a.xlsx", **more: object) -> Path:
    typed = more.pop("typed", {KEY: "Đã đối chiếu lại", FIGURE: 800})
    return fill(issued(workspace)["X1"].path, inbox / name, typed, **more)  # type: ignore[arg-type]


def missing_files(workspace: Workspace) -> list[str]:
    """What the ledger names and the folder lacks; the forms themselves were stored without files."""
    stored = check_files(workspace.database, workspace.received("2026").parent)
    assert stored.unnamed == [] and stored.forms > 0
    return [one.message for one in stored.breaks if "biểu của" not in one.message]


def test_two_rounds_of_returning(tmp_path: Path) -> None:
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    (inbox / "minh-chung").mkdir(parents=True)
    (inbox / "minh-chung" / "a.pdf").write_bytes(b"bang ke")
    answer(workspace, inbox, evidence={**DOCUMENT, "kind": KIND, "file": "a.pdf"})
    run = collected(workspace, inbox)
    assert run.problems == [] and [(one.criteria, one.open, one.late) for one in run.taken] == [
        ((("X1", CASE),), (("X1", OTHER),), ())
    ]
    assert (state(workspace), state(workspace, criterion=OTHER), explained(workspace)) == (
        "explained",
        "returned",
        "800",
    )
    standing = bench(workspace).standings.of("X1", CASE)
    entry = next(one for one in standing.acts if one.field == CASE and one.value == "explained")
    assert (entry.role, entry.author, entry.source) == ("unit", "X1", "số 15/UBND ngày 14/12/2026")
    assert entry.place.startswith("a.xlsx [Giai trinh] ô O") and standing.explanation == "Đã đối chiếu lại"
    assert standing.evidence[0].number == "7/BC" and standing.evidence[0].kind == "bao-cao"
    received = workspace.received("2026")
    assert (received / "giai-trinh" / f"{entry.evidence}.xlsx").read_bytes() == (inbox / "a.xlsx").read_bytes()
    assert (received / "minh-chung" / f"{standing.evidence[0].sha256}.pdf").read_bytes() == b"bang ke"
    assert missing_files(workspace) == []

    assert act(workspace, "X1", CASE, "send_back", reason="Vẫn thiếu bảng kê", deadline=date(2026, 12, 22)) == []
    form = issued(workspace)["X1"].path
    assert shown(form, FIGURE, KNOWN) == 800 and shown(form, FIGURE, 10) == "Biểu tự chấm ghi: 733"
    assert "Giải trình lần trước: Đã đối chiếu lại" in shown(form, KEY, 10)
    fill(form, tmp_path / "in2" / "b.xlsx", {KEY: "Gửi bổ sung bảng kê"}, version=2)
    assert collected(workspace, tmp_path / "in2").problems == []
    assert (state(workspace), explained(workspace)) == ("explained", "800")  # left empty: what the form shows stays
    assert act(workspace, "X1", CASE, "accept") == [] and state(workspace) == "reverified"
    workspace.close()


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    answer(workspace, inbox)
    assert len(collected(workspace, inbox).taken) == 1
    head = workspace.database.head()
    assert collected(workspace, inbox).same_files == ["a.xlsx"] and workspace.database.head() == head
    fuller = {KEY: "Đã đối chiếu lại", FIGURE: 800, f"X1/{OTHER}": "Đủ chữ ký số"}
    source = openpyxl.load_workbook(inbox / "a.xlsx")
    sheet, at = source[SHEET], rows(inbox / "a.xlsx")
    sheet.cell(at[f"X1/{OTHER}"], 15).value = fuller[f"X1/{OTHER}"]
    source.save(inbox / "b.xlsx")
    run = collected(workspace, inbox)  # the first answer is there already: only the second is new
    assert run.problems == [] and run.taken[0].criteria == (("X1", OTHER),)
    told = gather(workspace.database.entries("return:2026/"))["return:2026/X1"]
    assert len(told.history("collected")) == 2 and told.entry("signed").personal  # type: ignore[union-attr]
    workspace.close()


def test_an_answer_to_an_older_question_is_refused(tmp_path: Path) -> None:
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    answer(workspace, inbox)
    answer(workspace, tmp_path / "old", typed={KEY: "Ý khác"})
    assert len(collected(workspace, inbox).taken) == 1
    cell = f"O{rows(inbox / 'a.xlsx')[KEY]}"
    run = collected(workspace, tmp_path / "old")
    assert found(run) == [("return-stale", SHEET, cell)] and "nội dung khác" in run.problems[0].message
    assert send_back(workspace, "X1", CASE) == []
    run = collected(workspace, tmp_path / "old")
    assert found(run) == [("return-stale", SHEET, cell)] and "trả lại lần nữa" in run.problems[0].message
    assert act(workspace, "X1", CASE, "close", reason="không giải trình", source="1/QĐ") == []
    run = collected(workspace, tmp_path / "old")
    assert found(run) == [("return-stale", SHEET, cell)] and "đóng không có kết quả" in run.problems[0].message
    workspace.close()


@pytest.mark.parametrize(
    ("typed", "evidence", "expected"),
    [
        ({FIGURE: 800}, None, ("return-cell", SHEET, "O", KEY)),
        ({KEY: "x", FIGURE: "tám trăm"}, None, ("number", SHEET, "M", FIGURE)),
        ({KEY: "x", FIGURE: 800.5}, None, ("decimals", SHEET, "M", FIGURE)),
        ({KEY: "x", FIGURE: "KAD"}, None, ("claim", SHEET, "M", FIGURE)),
        ({KEY: "x", FIGURE: 1001}, None, ("out-of-range", SHEET, "M", FIGURE)),
        ({KEY: "x", f"{KEY}/measure:files": 700}, None, ("out-of-range", SHEET, "M", f"{KEY}/measure:files")),
        ({KEY: ("x", "x")}, None, ("claim", SHEET, "N", KEY)),
        ({KEY: ("x", "v")}, None, ("return-cell", SHEET, "N", KEY)),
        ({KEY: "=[1]A!B2"}, None, ("formula-cell", SHEET, "O", KEY)),
        ({}, None, ("return-cell", SHEET, "O", f"X1/{OTHER}")),
        ({}, {**DOCUMENT, "kind": KIND}, ("return-cell", SHEET, "O", KEY)),
        ({KEY: "x"}, {**DOCUMENT, "kind": KIND, "criterion": "C1"}, ("evidence", "Minh chung", "B", "")),
        ({KEY: "x"}, {**DOCUMENT, "kind": KIND, "file": "../a.pdf"}, ("evidence-file", "Minh chung", "H", "")),
        ({KEY: "x"}, {**DOCUMENT, "kind": KIND, "date": "15/12/2026"}, ("evidence", "Minh chung", "E", "")),
    ],
)
def test_every_mistake_is_named_at_its_cell(
    tmp_path: Path, typed: dict[str, object], evidence: dict[str, object] | None, expected: tuple[str, str, str, str]
) -> None:
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    answer(workspace, inbox, typed=typed, evidence=evidence)
    head = workspace.database.head()
    run = collected(workspace, inbox)
    code, sheet, column, key = expected
    row = rows(inbox / "a.xlsx")[key] if key else next(p.cell[1:] for p in run.problems if p.sheet == sheet)
    assert found(run) == [(code, sheet, f"{column}{row}")], [one.text() for one in run.problems]
    assert workspace.database.head() == head and not list(workspace.received("2026").rglob("*.xlsx"))
    workspace.close()


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    answer(workspace, inbox, typed={FIGURE: "x", f"X1/{OTHER}/measure:docs_signed": 900}, version=None, head="")
    assert sorted(code for code, _, _ in found(collected(workspace, inbox))) == [
        "number",
        "return-cell",
        "return-cell",
        "signature",
        "signature",
    ]
    workspace.close()


def test_a_claim_is_withdrawn_with_its_figures(tmp_path: Path) -> None:
    workspace, inbox = sent_back(tmp_path / "w", claims={"C1": "không có nhiệm vụ"}), tmp_path / "in"
    assert send_back(workspace, "X1", "C1") == []
    assigned, done = "X1/C1/measure:dx_assigned", "X1/C1/measure:dx_done"
    answer(workspace, inbox, typed={"X1/C1": "Có nhiệm vụ", done: 14})
    assert [code for code, _, _ in found(collected(workspace, inbox))] == ["claim"]
    answer(workspace, inbox, typed={"X1/C1": ("Có nhiệm vụ", "x"), assigned: 16, done: 14})
    assert collected(workspace, inbox).problems == []
    standing = bench(workspace).standings.of("X1", "C1")
    assert standing.decided("explained", True) and standing.figures["explained"] == {
        "measure:dx_assigned": "16",
        "measure:dx_done": "14",
    }
    workspace.close()


def test_two_files_that_say_different_things(tmp_path: Path) -> None:
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    answer(workspace, inbox)
    answer(workspace, inbox, "b.xlsx", typed={KEY: "Ý khác"})
    assert [code for code, _, _ in found(collected(workspace, inbox))] == ["form-twice", "form-twice"]
    answer(workspace, inbox, "b.xlsx", typed={KEY: "Ý khác"}, version=2)
    run = collected(workspace, inbox)
    assert [(p.file, p.code) for p in run.problems] == [("a.xlsx", "form-older")]
    assert [one.file for one in run.taken] == ["b.xlsx"] and explained(workspace) == "733"
    workspace.close()


def test_rows_put_in_taken_out_or_forged(tmp_path: Path) -> None:
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    answer(workspace, inbox)
    book = openpyxl.load_workbook(inbox / "a.xlsx")
    at = rows(inbox / "a.xlsx")
    book[SHEET].cell(at[FIGURE], 1).value = f"{KEY}/measure:docs_all"
    book[SHEET].cell(at[FIGURE] + 3, 15).value = "ngoài biểu"
    book.save(inbox / "a.xlsx")
    assert {code for code, _, _ in found(collected(workspace, inbox))} == {"form-line"}
    answer(workspace, inbox)
    book = openpyxl.load_workbook(inbox / "a.xlsx")
    hidden = book["_thidua"]
    line = next(row for row in range(1, 30) if str(hidden.cell(row, 2).value).endswith(f"|{KEY}"))
    hidden.cell(line, 2).value = "999999|X1/C1"
    book.save(inbox / "a.xlsx")
    assert [code for code, _, _ in found(collected(workspace, inbox))] == ["form-foreign"]
    workspace.close()


def test_late_answers_are_taken_and_marked(tmp_path: Path) -> None:
    """Due on Tuesday 15/12/2026, received on Monday 21/12: four working days late. The letter's own day does not count."""
    workspace, inbox = sent_back(tmp_path / "w"), tmp_path / "in"
    answer(workspace, inbox)
    run = collected(workspace, inbox, date(2026, 12, 21), "bão lụt")
    assert run.problems == [] and run.taken[0].late == (("X1", CASE, 4),)
    assert bench(workspace).standings.of("X1", CASE).reason == "nộp quá hạn 4 ngày làm việc; bão lụt"
    workspace.close()


def test_a_body_answers_for_its_persons(tmp_path: Path) -> None:
    workspace, inbox = persons(tmp_path / "w"), tmp_path / "in"
    form = issued(workspace)["B001"].path
    keys = [key for key in rows(form) if key.count("/") == 1]
    paper = {**DOCUMENT, "candidate": "P2", "criterion": keys[1].partition("/")[2], "kind": KIND}
    fill(form, inbox / "a.xlsx", {keys[0]: "Đã nộp quyết định", keys[1]: "Bổ sung"}, paper)
    run = collected(workspace, inbox)
    assert run.problems == [] and [who for who, _ in run.taken[0].criteria] == ["P1", "P2"]
    standing = bench(workspace).standings.of("P2", keys[1].partition("/")[2])
    assert (standing.state, standing.acts[-2].author, len(standing.evidence)) == ("explained", "B001", 1)
    with workspace.database.reading() as connection:
        raw = connection.exec_driver_sql("SELECT value FROM entries WHERE field LIKE '%explanation'").fetchall()
    assert raw and all("sealed:" in value for (value,) in raw)  # of persons nothing stands in the chain
    workspace.close()


_SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from records.returns.collect import collect_returns
from records.workspace.folder import open_workspace
workspace, _ = open_workspace(Path(sys.argv[1]))
collect_returns(workspace, "2026", Path(sys.argv[2]), date(2026, 12, 14))
"""


@pytest.mark.parametrize("after", [1, 3])
def test_killed_in_the_middle(tmp_path: Path, after: int) -> None:
    """Some units are whole, the others untouched; the chain holds; running again completes it."""
    workspace, inbox = sent_back(tmp_path / "w", 5), tmp_path / "in"
    for owner, form in issued(workspace).items():
        fill(form.path, inbox / f"{owner}.xlsx", {f"{owner}/{CASE}": "Rà soát", f"{owner}/{OTHER}": "Rà soát"})
    root = workspace.root
    workspace.close()
    home = root / "bieu-thu" / "2026" / "giai-trinh"
    process = subprocess.Popen([sys.executable, "-c", _SCRIPT, str(root), str(inbox)], cwd=ROOT)
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None and len(list(home.glob("*.xlsx"))) < after:
        time.sleep(0.001)
    process.kill()
    process.wait()
    again, problems = open_workspace(root)
    assert again is not None, problems
    assert prove(again.database).breaks == []
    for number in range(1, 6):
        states = {state(again, f"X{number}", criterion) for criterion in (CASE, OTHER)}
        assert len(states) == 1 and states <= {"returned", "explained"}
    assert collected(again, inbox).problems == []
    assert {state(again, f"X{number}") for number in range(1, 6)} == {"explained"}
    assert missing_files(again) == []
    again.close()
