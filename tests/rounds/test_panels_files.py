"""Marking workbooks: what they show and do not show, and what is refused when they come back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from records.forms.answers import EvidenceItem
from records.ledger.entries import Entry
from records.ledger.verifying import prove
from records.panels.conclude import conclude_panel
from records.panels.members import remove_member
from records.panels.taking import Taking
from records.workspace.folder import Workspace
from tests.rounds.life_support import act, hand_in
from tests.rounds.panel_support import (
    FIGURES,
    Typed,
    board,
    collected,
    fill,
    found,
    given,
    issued,
    join,
    marks,
    streets,
)
from tests.rounds.support import enter_body
from tests.rounds.test_panels_whole import points
from tests.rounds.workbook_support import rows as places

HOSTILE = '=HYPERLINK("http://x","y")'


@pytest.fixture
def round_(tmp_path: Path) -> Workspace:
    return streets(tmp_path / "w")


def texts(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def test_who_may_not_judge_is_left_out_and_named(round_: Workspace) -> None:
    paths = issued(round_)
    assert sorted(path.name for path in paths.values()) == [f"jury-gk-0{n}.xlsx" for n in range(1, 5)]
    assert {key for key in places(paths["gk-01"]) if "/" in key} == {"X2/H1", "X2/H2"}
    assert {key for key in places(paths["gk-02"]) if "/" in key} == {
        f"{who}/{what}" for who in ("X1", "X2", "T1") for what in ("H1", "H2")
    }
    guide = texts(paths["gk-01"])
    assert "Phố Một: cơ quan của người chấm" in guide and "Tổ Một: thuộc cơ quan của người chấm" in guide


def test_levels_and_steps_are_printed(round_: Workspace) -> None:
    told = texts(issued(round_)["gk-02"])
    assert "H1. Cách làm hay giữ chim én ở lại (từ 0 đến 5 điểm, bước 0,25)" in told
    for level, words in ((5, "én làm tổ, nơi khác học theo"), (1, "nghe nói có làm")):
        assert f"Mức {level}: {words}" in told


def test_the_same_ledger_gives_the_same_bytes(round_: Workspace) -> None:
    first = {who: path.read_bytes() for who, path in issued(round_).items()}
    assert {who: path.read_bytes() for who, path in issued(round_).items()} == first


def test_nobody_sees_what_another_gave(round_: Workspace, tmp_path: Path) -> None:
    given(round_, tmp_path / "in", {"gk-02": {"X2/H1": (4.75, "", "Rất hay")}})
    paths = issued(round_)
    assert "Rất hay" not in texts(paths["gk-03"]) and "4,75" not in texts(paths["gk-03"])
    assert "4,75" in texts(paths["gk-02"])  # his own


def test_texts_of_people_are_texts(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w", members=False)
    enter_body(workspace, "X9", name=HOSTILE, kind="phố")
    said = {"criterion": "H1", "kind": "bao-cao", "date": "2026-05-05", "issuer": "@SUM(1)"}
    evidence = [
        EvidenceItem(**said, number="=1+1", summary=HOSTILE, file="", sha256="", restricted=False),
        EvidenceItem(**said, number="7/M", summary="Bí mật của chim", file="", sha256="", restricted=True),
    ]
    hand_in(workspace, "X9", "chim-en-pho", FIGURES, claims={"H2": "+cmd|' /C calc'!A0"}, evidence=evidence)
    assert join(workspace, HOSTILE) == [] and join(workspace, "  Bà\u202e Yến\x07  ") == []
    paths = issued(workspace)
    assert list(paths) == ["gk-01", "gk-02"]
    told = texts(paths["gk-01"])
    assert "=1+1" in told and "7/M ngày 05/05/2026, @SUM(1) (hạn chế: xem tại đơn vị)" in told
    assert "Bí mật" not in told and "Đề nghị không áp dụng: +cmd" in told
    with ZipFile(paths["gk-01"]) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"hyperlink" in sheet.lower() for sheet in sheets)
    assert board(workspace).sitting("jury")[1].name == "Bà Yến"


BAD: dict[str, tuple[Typed, list[tuple[str, str]]]] = {
    "off the grid": ({"X2/H1": (3.3,)}, [("off-grid", "I16")]),
    "above": ({"X2/H1": (5.25,)}, [("out-of-range", "I16")]),
    "below": ({"X2/H1": (-0.25,)}, [("out-of-range", "I16")]),
    "no number": ({"X2/H1": ("tốt",)}, [("number", "I16")]),
    "KAD": ({"X2/H1": ("KAD",)}, [("panel-cell", "I16")]),
    "a formula from elsewhere": ({"X2/H1": ("=[1]a!A1",)}, [("formula-cell", "I16")]),
    "both": ({"X2/H1": (3, "x", "lý do")}, [("panel-cell", "J16")]),
    "abstention without reason": ({"X2/H1": ("", "x")}, [("reason", "K16")]),
    "reason alone": ({"X2/H1": ("", "", "vì sao")}, [("panel-cell", "I16")]),
    "no cross": ({"X2/H1": ("", "thôi", "vì sao")}, [("panel-cell", "J16")]),
    "all of them": ({"X2/H1": (9,), "X1/H1": (0.1,), "T1/H2": ("", "x")}, [
        ("out-of-range", "I16"), ("off-grid", "I15"), ("reason", "K18")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_cell_keeps_the_whole_file_out(round_: Workspace, tmp_path: Path, name: str) -> None:
    typed, wanted = BAD[name]
    path = issued(round_)["gk-02"]
    rows = places(path)
    before = round_.database.last_entry()
    fill(path, tmp_path / "in" / "a.xlsx", {"X2/H2": (1,), **typed})
    run = collected(round_, tmp_path / "in")
    at = sorted((code, f"{cell[0]}{rows[key][1]}") for (key, (code, cell)) in zip(typed, wanted))
    assert sorted(found(run.problems)) == at
    assert round_.database.last_entry() == before and not marks(round_)


def test_sent_twice_nothing_changes(round_: Workspace, tmp_path: Path) -> None:
    given(round_, tmp_path / "in", {"gk-02": {"X2/H1": (4,)}})
    before = round_.database.last_entry()
    run = collected(round_, tmp_path / "in")
    assert run.problems == [] and run.same_files == ["gk-02.xlsx"] and round_.database.last_entry() == before
    assert prove(round_.database).breaks == []


def test_a_mark_is_changed_by_a_later_edition_with_a_reason(round_: Workspace, tmp_path: Path) -> None:
    path = issued(round_)["gk-02"]
    fill(path, tmp_path / "1" / "a.xlsx", {"X2/H1": (4,)})
    assert collected(round_, tmp_path / "1").problems == []
    row = places(path)["X2/H1"][1]
    fill(path, tmp_path / "2" / "a.xlsx", {"X2/H1": (3,)})
    assert found(collected(round_, tmp_path / "2").problems) == [("form-older", ""), ("reason", f"K{row}")]
    fill(path, tmp_path / "3" / "a.xlsx", {"X2/H1": (3, "", "Đọc lại")})
    assert found(collected(round_, tmp_path / "3").problems) == [("form-older", "")]
    fill(path, tmp_path / "4" / "a.xlsx", {"X2/H1": (3, "", "Đọc lại")}, version=2)
    assert collected(round_, tmp_path / "4").problems == []
    (_, last) = round_.database.entries("mark:2026/")
    assert (last.old, last.value, last.reason) == ("4", "3", "Đọc lại")


def test_after_the_conclusion_no_mark_is_taken(round_: Workspace, tmp_path: Path) -> None:
    given(round_, tmp_path / "in", {f"gk-0{n}": {"X2/H1": (n,), "X2/H2": (1,)} for n in range(1, 4)})
    late = issued(round_)["gk-04"]
    assert conclude_panel(round_, "2026", "jury", ("X2",))[0] is not None
    fill(late, tmp_path / "late" / "a.xlsx", {"X2/H1": (5,), "X1/H1": (5,)})
    run = collected(round_, tmp_path / "late")
    assert found(run.problems) == [("rights", f"I{places(late)['X2/H1'][1]}")]
    assert not [key for key in marks(round_) if "gk-04" in key]


def test_a_new_form_of_the_unit_has_to_be_judged_anew(round_: Workspace, tmp_path: Path) -> None:
    everybody = {f"gk-0{n}": {"X2/H1": (n,), "X2/H2": (1,)} for n in range(1, 5)}
    given(round_, tmp_path / "in", everybody)
    old = issued(round_)["gk-02"].read_bytes()
    hand_in(round_, "X2", "chim-en-pho", FIGURES, version=2)
    _, problems = conclude_panel(round_, "2026", "jury", ("X2",))
    assert [p.code for p in problems] == ["panel-marks"] * 2 and "có 0 phiếu chấm" in problems[0].message
    (tmp_path / "old.xlsx").write_bytes(old)
    fill(tmp_path / "old.xlsx", tmp_path / "stale" / "a.xlsx", {"X2/H1": (2,)}, version=2)
    assert [code for code, _ in found(collected(round_, tmp_path / "stale").problems)] == ["panel-stale"]
    assert given(round_, tmp_path / "again", everybody).problems == []  # the same marks, of the new form
    assert conclude_panel(round_, "2026", "jury", ("X2",))[1] == []


def test_who_joined_a_candidate_s_body_later_is_refused(round_: Workspace, tmp_path: Path) -> None:
    path = issued(round_)["gk-02"]
    with round_.database.writing() as writer:
        writer.append([Entry("panel:2026/jury", "gk-02/body", "X2", personal=True)])
    fill(path, tmp_path / "in" / "a.xlsx", {"X2/H1": (5,)})
    assert [code for code, _ in found(collected(round_, tmp_path / "in").problems)] == ["rights"]


def test_marks_of_who_was_taken_out_do_not_count(round_: Workspace, tmp_path: Path) -> None:
    given(round_, tmp_path / "in", {f"gk-0{n}": {"X2/H1": (n,), "X2/H2": (1,)} for n in range(1, 4)})
    path = issued(round_)["gk-03"]
    gone, problems = remove_member(round_, "2026", "jury", "gk-03", "13/QĐ-CE", "Chuyển công tác")
    assert gone is not None and problems == []
    _, problems = conclude_panel(round_, "2026", "jury", ("X2",))
    assert "có 2 phiếu chấm, cần ít nhất 3, còn thiếu 1" in problems[0].message
    fill(path, tmp_path / "late" / "a.xlsx", {"X2/H1": (5, "", "x")}, version=2)
    assert [code for code, _ in found(collected(round_, tmp_path / "late").problems)] == ["rights"]
    assert "gk-03" not in issued(round_)


def test_what_was_concluded_stays_when_a_member_is_taken_out(round_: Workspace, tmp_path: Path) -> None:
    given(round_, tmp_path / "in", {f"gk-0{n}": {"X2/H1": (n,), "X2/H2": (1,)} for n in range(1, 4)})
    assert conclude_panel(round_, "2026", "jury", ("X2",))[1] != []  # a warning: gk-04 has not marked
    assert points(round_, "X2", "H1") == 2
    remove_member(round_, "2026", "jury", "gk-03", "13/QĐ-CE", "Chuyển công tác")
    assert points(round_, "X2", "H1") == 2


def test_forged_and_foreign_files(round_: Workspace, tmp_path: Path) -> None:
    path = issued(round_)["gk-02"]
    book = openpyxl.load_workbook(path)
    for row in book["_thidua"].iter_rows():
        if row[0].value == "owner":
            row[1].value = "jury/gk-01"
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "forged.xlsx")
    openpyxl.Workbook().save(tmp_path / "in" / "foreign.xlsx")
    (tmp_path / "in" / "bomb.xlsx").write_bytes(b"PK\x03\x04 no zip")
    run = collected(round_, tmp_path / "in")
    codes = {problem.file: problem.code for problem in run.problems}
    assert codes == {"forged.xlsx": "form-foreign", "foreign.xlsx": "form-foreign", "bomb.xlsx": "form-unsafe"}


def test_rows_put_in_or_taken_out_and_an_unsigned_sheet(round_: Workspace, tmp_path: Path) -> None:
    path = issued(round_)["gk-02"]
    rows = places(path)
    book = openpyxl.load_workbook(path)
    sheet = book["chim-en-pho"]
    sheet.cell(rows["X1/H1"][1], 1).value = "X8/H1"
    sheet.cell(rows["X2/H2"][1] + 9, 9).value = 4
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")
    codes = [code for code, _ in found(collected(round_, tmp_path / "in").problems)]
    assert sorted(codes) == ["form-line", "form-line", "form-line", "signature", "signature"]


def test_a_claim_is_decided_before_the_panel_counts(tmp_path: Path) -> None:
    workspace = streets(tmp_path / "w")
    hand_in(workspace, "X2", "chim-en-pho", FIGURES, version=2, claims={"H1": "Không có mái hiên"})
    given(workspace, tmp_path / "in", {f"gk-0{n}": {"X2/H1": (n,), "X2/H2": (1,)} for n in range(1, 5)})
    _, problems = conclude_panel(workspace, "2026", "jury", ("X2",))
    assert [problem.code for problem in problems] == ["claim"]
    _, problems = conclude_panel(workspace, "2026", "jury", ("X2",), against_claim="Có mái hiên, đã xem")
    assert problems == [] and points(workspace, "X2", "H1") == 2.5
    other = streets(tmp_path / "v")
    hand_in(other, "X2", "chim-en-pho", FIGURES, version=2, claims={"H1": "Không có mái hiên"})
    assert act(other, "X2", "H1", "accept") == []  # granting the claim needs no marks
    assert points(other, "X2", "H1") == "not_applicable"


def test_what_went_back_and_was_explained_is_concluded_by_the_body_that_asked(
    round_: Workspace, tmp_path: Path
) -> None:
    given(round_, tmp_path / "in", {f"gk-0{n}": {"X2/H1": (n,), "X2/H2": (1,)} for n in range(1, 5)})
    assert act(round_, "X2", "H1", "send_back", reason="Thiếu ảnh") == []
    assert conclude_panel(round_, "2026", "jury", ("X2",))[0] is None
    assert act(round_, "X2", "H1", "explain", explanation="Đã gửi ảnh") == []
    found_, problems = conclude_panel(round_, "2026", "jury", ("X2",))
    assert problems == [] and found_ is not None and found_.cases == [("X2", "H1"), ("X2", "H2")]
    assert points(round_, "X2", "H1") == "returned"
    assert points(round_, "X2", "H1", "reverified") == Fraction(5, 2)


def test_who_writes_in_between_is_noticed(round_: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody enters something after the workbook was looked at: it is looked at again, and entered once."""
    path = issued(round_)["gk-02"]
    fill(path, tmp_path / "in" / "a.xlsx", {"X2/H1": (4,)})
    kept = Taking._keep
    moved: list[str] = []

    def keep(self: Taking) -> bool:
        if not moved:
            moved.append("X7")
            enter_body(round_, "X7", name="Phố Bảy", kind="phố")
        return kept(self)

    monkeypatch.setattr(Taking, "_keep", keep)
    assert collected(round_, tmp_path / "in").problems == []
    assert marks(round_) == {"X2 jury/H1/gk-02": "4"} and len(round_.database.entries("mark:2026/")) == 1
