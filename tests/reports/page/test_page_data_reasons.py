"""What stands behind a point on the page is what the score sheet says, before and after the group is official."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from records.forms.answers import EvidenceItem
from records.publication.open_points import Wish
from records.publication.published import OFFICIAL
from records.workspace.folder import Workspace, open_workspace
from reports.score_sheet.sheets import open_sheets
from tests.reports.page.page_data_support import column, details, page, unit
from tests.reports.score_sheet_support import LETTER, publish
from tests.rounds.life_support import act, communes, verify_all
from tests.rounds.publication_support import draft, official, ready
from tests.rounds.support import enter_body
from tests.support.years_workspace import years_workspace

CASE, SEALED = "C2.mot-cua", "C2.ky-so"
OPEN = EvidenceItem(CASE, "Số 7/BC-UBND", "2026-10-03", "UBND xã", "Bảng kê hồ sơ", kind="so-lieu")
RESTRICTED = EvidenceItem(CASE, "5/MẬT", "2026-05-04", "Cơ quan kín", "Nội dung kín", restricted=True)


def assert_same_as_sheets(workspace: Workspace, period: str, made: dict[str, Any]) -> int:
    """Evidence, who verified, the arithmetic and the result of everybody, as the score sheets have them; how many rows were compared."""
    sheets, problems = open_sheets(workspace, period)
    assert sheets is not None, problems
    told = {ident: each for one in made["groups"] for ident, each in details(one).items()}
    rules = {each["id"]: each["rule"] for one in made["groups"] for each in one["criteria"]}
    count = 0
    for candidate in sheets.candidates:
        part = sheets.content(candidate).periods[0]
        assert told[candidate]["result"] == [list(line) for line in part.result]
        assert told[candidate]["general"] == [list(line) for line in part.general]
        for row in part.rows:
            here = told[candidate]["rows"].get(row.id, {})
            assert here.get("evidence", []) == list(row.evidence)
            assert here.get("verified", []) == list(row.verified)
            once = ("Cách chấm", "Cách hiểu")
            said = [[heading, sentence] for heading, sentence in row.reasons if heading not in once]
            assert [line for line in here.get("reasons", []) if line[0] != "Cách chấm"] == said
            for heading, sentence in row.reasons:
                if heading == "Cách chấm":
                    assert sentence in rules[row.id] or [heading, sentence] in here["reasons"]
            count += 1
    return count


def test_rows_are_those_of_the_score_sheets(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    workspace, problems = open_workspace(years_workspace(tmp_path_factory, tmp_path))
    assert workspace is not None, problems
    assert assert_same_as_sheets(workspace, "2026", page(workspace, "2026")) > 1000
    workspace.close()


def test_official_and_live_say_the_same(tmp_path: Path) -> None:
    """Units and everything behind them do not change by being published; the stamps do."""
    workspace = ready(tmp_path / "w")
    assert (
        act(workspace, "X2", CASE, "revise", reason="Kiểm tra", source="3/KL", figures={"measure:files_online": "800"})
        == []
    )
    (before,) = page(workspace)["groups"]
    assert before["stamps"][-1] == "CHƯA CÔNG BỐ CHÍNH THỨC – bước kết quả cuối"
    draft(workspace)
    official(workspace)
    made = page(workspace)
    (after,) = made["groups"]
    assert after["units"] == before["units"] and details(after) == details(before)
    assert after["stamps"] == ["điểm theo 1/QĐ-UBND ngày 02/01/2026", made["stamps"][-1]]
    assert made["stamps"][-1] == "CHÍNH THỨC – 9/QĐ-SNV ngày 05/01/2027, công bố ngày 05/01/2027"
    assert {key: value for key, value in after.items() if key not in ("stamps", "details", "criteria")} == {
        key: value for key, value in before.items() if key not in ("stamps", "details", "criteria")
    }
    workspace.close()


def test_evidence_and_verification_of_a_round_that_goes_on(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1, evidence=[OPEN, RESTRICTED])
    said = {"source": LETTER}
    assert (
        act(workspace, "X1", CASE, "correct", reason="đếm lại", figures={"measure:files_online": "700"}, **said) == []
    )
    (one,) = page(workspace)["groups"]
    row = details(one)["X1"]["rows"][CASE]
    assert row["evidence"] == ["số 7/BC-UBND ngày 03/10/2026, UBND xã", "số 5/MẬT (tài liệu hạn chế, chỉ nêu số)"]
    assert len(row["verified"]) == 1 and row["verified"][0].startswith(
        "Thẩm định: Văn phòng Ủy ban nhân dân tỉnh, ngày "
    )
    stages = {stage: (shown, told) for stage, shown, told in row["stages"]}
    assert list(stages) == ["tự chấm", "thẩm định", "kết quả cuối"]
    assert [shown for shown, _ in stages.values()] == ["24,43", "23,33", "23,33"]
    assert "đếm lại" in stages["thẩm định"][1] and LETTER in stages["thẩm định"][1]
    place = column(one, CASE)
    assert (unit(one, "X1")["points"][place], unit(one, "X1")["self"][place]) == (2333, 2443)
    workspace.close()


def test_a_returned_criterion_has_all_its_stages(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    assert act(workspace, "X1", CASE, "send_back", reason="thiếu sổ") == []
    (one,) = page(workspace)["groups"]
    rows = details(one)["X1"]["rows"][CASE]["stages"]
    assert [row[:2] for row in rows][:2] == [["tự chấm", "24,43"], ["thẩm định", "trả lại, chờ giải trình"]]
    assert "thiếu sổ" in rows[1][2]
    figures = {"measure:files_online": "720"}
    assert act(workspace, "X1", CASE, "explain", reason="", figures=figures, explanation="Đã đếm lại theo sổ") == []
    assert act(workspace, "X1", CASE, "accept") == []
    (one,) = page(workspace)["groups"]
    rows = details(one)["X1"]["rows"][CASE]["stages"]
    assert [row[0] for row in rows] == ["tự chấm", "thẩm định", "giải trình", "thẩm định lại", "kết quả cuối"]
    assert rows[3][1] == rows[4][1] == "24,00" and "Đã đếm lại theo sổ" in rows[3][2]  # 33,33 × 0,72 = 23,9976
    assert details(one)["X1"]["rows"][CASE]["verified"][0].startswith("Thẩm định lại: ")
    workspace.close()


def test_nothing_later_than_the_stage_asked(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    verify_all(workspace, "X1")
    revised = {"measure:files_online": "800"}
    assert act(workspace, "X1", CASE, "revise", reason="Kiểm tra", source="3/KL", figures=revised) == []
    shown = {}
    for stage in ("self", "verified", "final"):
        made = page(workspace, stage=stage)
        (one,) = made["groups"]
        row = details(one)["X1"]["rows"][CASE]
        shown[stage] = (unit(one, "X1")["points"][column(one, CASE)], len(row.get("verified", [])), len(row["stages"]))
    assert shown == {"self": (2443, 0, 1), "verified": (2443, 1, 2), "final": (2666, 2, 3)}  # 33,33 × 0,8 = 26,664
    workspace.close()


def test_a_correction_counts_once_it_is_published(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    first = page(workspace)
    enter_body(workspace, "X1", name="Xã Đổi Tên")
    revised = {"measure:files_online": "800"}
    assert act(workspace, "X1", CASE, "revise", reason="Kiến nghị đúng", source="3/KL", figures=revised) == []
    assert page(workspace) == first  # numbers and names of the archive, whatever is entered later
    publish(workspace, "2026", Wish(OFFICIAL, date(2027, 2, 1), "12/QĐ-SNV", "1/QĐ-UBND", "Đính chính"))
    (one,) = page(workspace)["groups"]
    assert unit(one, "X1")["points"][column(one, CASE)] == 2666 and "lần 2, thay lần 1" in one["stamps"][-1]
    workspace.close()


def test_criteria_changed_later_change_nothing(tmp_path: Path) -> None:
    """Also the self-assessed points and the stages go by the criteria of the archive."""
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    first, root = page(workspace), workspace.root
    path = workspace.movement_folder / "c-xa-phuong.yaml"
    text = path.read_text(encoding="utf-8")
    assert "of: files_online / files" in text
    path.write_text(text.replace("of: files_online / files", "of: files_online / (files * 2)"), encoding="utf-8")
    workspace.close()
    again, problems = open_workspace(root)
    assert again is not None, problems
    assert page(again) == first
    again.close()
