"""Shortest paths as people read them: the command, the page of a unit, one sentence for a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from records.rounds import close_group
from records.scored.levers import SetReach, reach_set
from records.scored.rounds import score_round
from records.workspace.folder import Workspace
from reports.reach.text import short_sentence, unit_text
from tests.rounds.life_support import COMMUNE, communes, hand_in
from tests.support.command import thidua

X2 = {**COMMUNE, "dx_done": "14", "docs_online": "200"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = communes(tmp_path / "kỳ", 2)
    hand_in(made, "X2", "tb-c-xa-phuong", X2, 2)
    return made


def found(workspace: Workspace, stage: str = "self") -> SetReach:
    scored, problems = score_round(workspace, "2026", ("c",), stage)
    assert scored, problems
    return reach_set(scored[0])


def test_a_round_that_is_open_is_spoken_of_as_what_can_be_done(workspace: Workspace) -> None:
    made = found(workspace)
    text = unit_text(made, made.by_id["X2"])
    assert "*** điểm thử, chưa được cấp có thẩm quyền quyết định ***" in text
    assert "Hiện có 54,82 trên 100,00 điểm, chưa được xếp loại: Chưa hoàn thành 100% nhiệm vụ" in text
    assert "Còn chờ, ở đây tính 0 điểm: C3.place chưa có số liệu." in text
    assert (
        "  Tăng “Nhiệm vụ chuyển đổi số đã hoàn thành” từ 14 lên 15 nhiệm vụ (tối đa 15): tiêu chí C1 từ 31,12 lên 33,34 điểm.\n"
        "  Tăng “Văn bản xử lý hoàn toàn trên môi trường mạng” từ 200 lên 307 văn bản (tối đa 400): "
        "tiêu chí C2.van-ban từ 16,67 lên 25,58 điểm.\n"
        "  Tổng điểm từ 54,82 lên 60,01 và đủ điều kiện xếp loại: đạt loại “Đạt tiêu chuẩn thi đua” (từ 60 điểm).\n"
    ) in text  # 306 of 400 would make 59,98
    assert short_sentence(made, made.by_id["X2"]).startswith("Tăng “Nhiệm vụ chuyển đổi số đã hoàn thành” từ 14 lên 15")


def test_a_round_that_is_closed_is_spoken_of_in_hindsight(workspace: Workspace) -> None:
    assert close_group(workspace, "2026", "c", date(2026, 12, 16), "8/QĐ-SNV") == []
    made = found(workspace)
    text = unit_text(made, made.by_id["X2"])
    assert made.closed and "Kỳ đã khóa. Ít thay đổi nhất mà nếu có thì đã đạt loại" in text and "Tăng “" not in text
    assert (
        "  Nếu “Nhiệm vụ chuyển đổi số đã hoàn thành” là 15 thay vì 14 nhiệm vụ (tối đa 15): tiêu chí C1 được 33,34"
        in text
    )
    assert "  tổng điểm 60,01 thay vì 54,82, thì đã đạt loại “Đạt tiêu chuẩn thi đua” (từ 60 điểm).\n" in text


def test_what_is_out_of_reach_says_why(workspace: Workspace) -> None:
    made = found(workspace)
    text = unit_text(made, made.by_id["X1"])
    assert "làm tốt nhất cả 3 chỉ tiêu còn tăng được thì được 66,67 điểm" in text and "còn thiếu 23,33 điểm." in text
    final = found(workspace, "final")
    waiting = unit_text(final, final.by_id["X1"])
    assert "C1 (tối đa 33,34), C2.van-ban, C2.ky-so, C2.mot-cua, C3.place chưa thẩm định." in waiting
    assert "Khi chưa tính các tiêu chí còn chờ, không đạt được loại" in waiting
    assert "chưa kết luận được điều kiện “Chưa hoàn thành 100%" in waiting and "Tăng “" not in waiting


def test_the_command_and_what_it_refuses(workspace: Workspace) -> None:
    root = workspace.root
    workspace.close()
    good = thidua("-C", root, "reach", "2026", "X2", "--stage", "self", "--most", "1")
    assert good.code == 0 and "Cách 1 – 2 chỉ tiêu:" in good.out and "Cách 2" not in good.out
    assert good.out.rstrip().endswith("Tiếp theo: vì sao được điểm như vậy: thidua explain 2026 X2 --stage self.")
    assert thidua("-C", root, "reach", "2026", "Xã 2", "--stage", "self", "--most", "1").out == good.out  # by its name
    stands = thidua("-C", root, "reach", "2026", "X1", "--stage", "self", "--grade", "Chưa đạt")
    assert stands.code == 0 and "Đã đạt loại “Đạt tiêu chuẩn thi đua”." in stands.out
    for words, said in (
        (("reach", "2026", "X1", "--grade", "Giỏi"), "không có loại “Giỏi”"),
        (("reach", "2026", "X9"), "Không chắc “X9” là ai"),
        (("reach", "2031", "X1"), "2031"),
        (("reach", "2026", "X1", "--stage", "xong"), "Không có bước “xong”"),
    ):
        refused = thidua("-C", root, *words)
        assert refused.code == 1 and said in refused.out + refused.err


def test_what_is_assumed_and_not_proven_is_said_in_one_sentence(workspace: Workspace) -> None:
    made = found(workspace)
    one = made.by_id["X2"]
    assert one.assumed == () and "Coi như" not in unit_text(made, one)
    column = one.paths[0].steps[0].input
    unsure = replace(one, assumed=(column,))
    said = [line for line in unit_text(made, unsure).splitlines() if line.startswith("Coi như")]
    assert said == [
        f"Coi như “{column.label}” càng tốt lên thì điểm không giảm, kể cả ở những giá trị chưa tính thử; điều này chưa chứng minh được "
        "từ bộ tiêu chí, nên có thể còn cách ít thay đổi hơn."
    ]
    assert said[0] in short_sentence(made, unsure)
