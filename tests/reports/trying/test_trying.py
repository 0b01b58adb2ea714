"""A draft of the communes' standard tried on a verified round: command, screen, workbook, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.exact import show_vietnamese
from records.scored.editions import read_edition
from records.scored.trying import Trial, Wanted, try_standard
from records.workspace.folder import Workspace
from scoring.analysis.distribution import quantiles
from tests.rounds.publication_support import ready
from tests.support.command import Outcome, thidua

INTERNAL = "Chỉ dùng nội bộ"
TRIAL = "điểm thử, chưa được cấp có thẩm quyền quyết định"
HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script>'
EDITS = (
    ("    max: 33.34\n    linear: {of: dx_done", "    max: 53.34\n    linear: {of: dx_done"),
    ("    max: 33.33\n    combine: one_of", "    max: 13.33\n    combine: one_of"),
    ('text: "Văn bản phát hành có chữ ký số"', f"text: '{HOSTILE}'"),
    ('place: "IV.2.c",\n             quote: "Hoàn thành', 'place: "IV.2.d",\n             quote: "Hoàn thành'),
    ("linear: {of: docs_online / docs_all,", "linear: {of: docs_paperless / docs_all,"),
    ("  docs_issued:", '  docs_paperless: {label: "Văn bản không giấy", unit: văn bản}\n  docs_issued:'),
)


def draft(workspace: Workspace, *edits: tuple[str, str]) -> Path:
    """The workspace's standard with some words replaced, beside it."""
    text = (workspace.movement_folder / "c-xa-phuong.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    for ident in ("C3.class", "C3.place"):
        if any("combine: one_of" in old for old, _ in edits):
            start = text.index(f"- id: {ident}")
            text = text[:start] + text[start:].replace("max: 33.33", "max: 13.33", 1)
    path = workspace.movement_folder / "c-moi.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Made once: nothing here is entered, only the draft beside the standard is written anew."""
    made = ready(tmp_path_factory.mktemp("thử") / "kỳ", count=4)
    yield made
    made.close()


def tried(workspace: Workspace, path: Path, **wanted: Any) -> Trial:
    old, _ = read_edition(workspace.movement_folder / "c-xa-phuong.yaml", workspace)
    new, problems = read_edition(path, workspace)
    assert old is not None and new is not None, problems
    trial, problems = try_standard(workspace, old, new, Wanted("2026", **wanted))
    assert trial is not None, problems
    return trial


def run(workspace: Workspace, *words: str | Path) -> Outcome:
    return thidua("-C", workspace.root, "criteria", "diff", *words)


def table(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The rows under the heading row of a page."""
    rows = [tuple(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]
    filled = [number for number, row in enumerate(rows) if all(cell is not None for cell in row)]
    return rows[filled[0] + 1 :]


def test_every_number_of_the_workbook_is_the_engines(workspace: Workspace, tmp_path: Path) -> None:
    path, out = draft(workspace, *EDITS), tmp_path / "thử.xlsx"
    done = run(workspace, "c-xa-phuong", path, "--on", "2026", "--draws", "200", "--out", out)
    assert done.code == 0, done.err
    trial = tried(workspace, path)
    rows = {row[0]: row for row in table(out, "Tang giam")}
    assert set(rows) == {one.candidate for one in trial.moved} == {"X1", "X2", "X3", "X4"}
    for ident, row in rows.items():
        before, after = trial.old.candidate(ident), trial.new.candidate(ident)
        assert row[2:4] == (float(before.total), float(after.total))
        assert before.share is not None and after.share is not None
        assert row[4:6] == (round(float(before.share), 6), round(float(after.share), 6))
        assert row[7:9] == (before.rank, after.rank)
    spread = {row[0]: row[1:3] for row in table(out, "Phan bo")}
    totals = [trial.new.candidate(ident).total for ident in trial.new.ids]
    assert spread["Tổng điểm: Trung vị (50 %)"][1] == float(quantiles(totals)[50])
    criteria = {row[0]: row for row in table(out, "Tieu chi")}
    assert criteria["C1"][3:8] == (
        4,
        4,
        *(sum(_full(trial, i, "C1", full) for i in trial.new.ids) for full in (1, 0)),
        0,
    )
    assert criteria["C2.van-ban"][7] == 4 and criteria["C2.van-ban"][10] == "chưa có số liệu của ai"


def _full(trial: Trial, ident: str, node: str, full: int) -> bool:
    one = trial.new.candidate(ident).criteria[node]
    return one.points == one.maximum if full else one.points == 0


def test_every_page_says_internal_and_trial_and_hostile_text_stays_text(workspace: Workspace, tmp_path: Path) -> None:
    path, out = draft(workspace, *EDITS), tmp_path / "thử.xlsx"
    assert run(workspace, "c-xa-phuong", path, "--on", "2026", "--draws", "100", "--out", out).code == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Thay doi", "Phan bo", "Tieu chi", "Tang giam", "Do vung", "Loi the", "Co so"]
    for sheet in book:
        top = [sheet.cell(row, 1).value for row in range(1, 5)]
        assert INTERNAL in top and TRIAL in top
        assert INTERNAL in (sheet.oddFooter.left.text or "")
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert any(HOSTILE in str(row) for row in table(out, "Thay doi"))
    basis = dict(row[:2] for row in table(out, "Co so"))
    assert basis["Số khởi đầu"] == "20260101" and basis["Số lần thử"] == "100" and "/" not in basis["Tệp của bộ mới"]
    first = out.read_bytes()
    assert run(workspace, "c-xa-phuong", path, "--on", "2026", "--draws", "100", "--out", out).code == 0
    assert out.read_bytes() == first


def test_the_screen_says_what_changed_who_lacks_what_and_how_firm_places_are(workspace: Workspace) -> None:
    done = run(workspace, "c-xa-phuong", draft(workspace, *EDITS), "--on", "2026", "--draws", "100")
    assert done.code == 0, done.err
    for words in (
        f"*** {INTERNAL} ***",
        f"*** {TRIAL} ***",
        "điểm tối đa: 33,34 → 53,34  (dòng ",
        "căn cứ: vị trí: IV.2.c → IV.2.d",
        "phải báo cáo thêm: {+Văn bản không giấy+}",
        "Văn bản không giấy (docs_paperless): chỉ tiêu mới, 4/4 đối tượng chưa có số liệu.",
        "Chưa có số liệu của ai: C2.van-ban",
        "phân bố đều từ 90 % đến 110 % (bước 0,1 %)",
        "C2, C3: cả nhóm chung một hệ số",
        "Bỏ C",
    ):
        assert words in done.out
    left_out = run(workspace, "c-xa-phuong", draft(workspace, *EDITS), "--on", "2026", "--draws", "100", "--leave-out")
    assert "Coi là không áp dụng vì chưa có số liệu của ai: C2.van-ban." in left_out.out
    assert "còn tạm tính" in done.out and "còn tạm tính" not in left_out.out


def test_pulls_add_up_to_the_change_of_a_plain_sum(workspace: Workspace) -> None:
    from reports.trying.words import pulls

    trial = tried(workspace, draft(workspace, *EDITS[:2]))
    assert trial.moved
    for move in trial.moved:
        assert move.before is not None and move.after is not None
        leaves = [[c for c in one.criteria.values() if c.kind == "leaf"] for one in (move.before, move.after)]
        shares = [sum(c.points for c in one) / sum(c.maximum for c in one) for one in leaves]
        assert sum((pull for _, pull in pulls(move)), Fraction(0)) == shares[1] - shares[0]


def test_decided_weights_are_not_put_in_doubt(workspace: Workspace) -> None:
    path = draft(workspace, ("status: trial", "status: decided"))
    trial = tried(workspace, path)
    assert trial.firmness is None and trial.dropped == ()
    done = run(workspace, "c-xa-phuong", path, "--on", "2026")
    assert "không thử độ vững của thứ hạng" in done.out and "tình trạng điểm: điểm thử → đã được quyết định" in done.out
    assert "đứng đầu" not in done.out and "Bỏ C" not in done.out


def test_a_set_and_itself_change_nothing(workspace: Workspace) -> None:
    trial = tried(workspace, workspace.movement_folder / "c-xa-phuong.yaml")
    assert trial.moved == () and trial.lacks == () and trial.misfits == ()
    assert trial.old_spread == trial.new_spread
    done = run(workspace, "c-xa-phuong", "c-xa-phuong")
    assert done.code == 0 and "không có gì khác nhau" in done.out and "Tiếp theo: thử trên số liệu" in done.out


def test_lines_of_the_screen_show_points_as_people_write_them(workspace: Workspace) -> None:
    path = draft(workspace, *EDITS[:2])
    trial = tried(workspace, path)
    done = run(workspace, "c-xa-phuong", path, "--on", "2026", "--draws", "50")
    for ident in trial.new.ids:
        share = trial.new.candidate(ident).share
        assert share is not None
        if trial.old.candidate(ident).share != share:
            assert f"→ {show_vietnamese(share * 100, 2)} %" in done.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("c-xa-phuong", "d-don-vi-truc-thuoc"), "group"),
        (("c-xa-phuong", "khong-co"), "file-not-found"),
        (("c-xa-phuong", "c-xa-phuong", "--on", "2031"), "round"),
        (("c-xa-phuong", "c-xa-phuong", "--on", "2026", "--stage", "moon"), "stage"),
        (("c-xa-phuong", "c-xa-phuong", "--on", "2026", "--noise", "100"), "wrong-value"),
        (("c-xa-phuong", "c-xa-phuong", "--on", "2026", "--out", "x.pdf"), "output"),
    ],
)
def test_refused_with_a_reason(workspace: Workspace, words: tuple[str, ...], code: str) -> None:
    done = run(workspace, *words)
    assert done.code == 1 and f"LỖI {code}:" in done.err


def test_a_draft_with_mistakes_is_refused_with_all_of_them(workspace: Workspace) -> None:
    path = draft(
        workspace, ("max: 33.34", "max: 33.35"), ("of: docs_signed / docs_issued", "of: docs_sign / docs_issued")
    )
    done = run(workspace, "c-xa-phuong", path)
    assert done.code == 1 and "sum-mismatch" in done.err and "unknown-name" in done.err


def test_two_folders_are_compared_set_by_set(workspace: Workspace, tmp_path: Path) -> None:
    import shutil

    other = tmp_path / "bản khác"
    shutil.copytree(workspace.movement_folder, other)
    (other / "d-don-vi-truc-thuoc.yaml").unlink()
    file = other / "c-xa-phuong.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("max: 33.34", "max: 33.34 # như cũ").replace("value: 60", "value: 65"),
        encoding="utf-8",
    )
    done = thidua("criteria", "diff", workspace.root, other)
    assert done.code == 0, done.err
    assert "Bộ tb-a-so-nganh: không có gì khác nhau." in done.out
    assert "pass_mark" in done.out and "60 → 65" in done.out
    assert "chỉ có ở bản cũ" in done.out
    assert thidua("criteria", "diff", workspace.root, other, "--on", "2026").code == 1
