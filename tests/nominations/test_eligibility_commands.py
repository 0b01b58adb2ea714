"""thidua eligibility: a household that a commune proposes, from the first look to the conclusion, through the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from records.ledger.entries import Entry
from tests.nominations.test_eligibility_workbook import AWARD, DECISIONS, FACTS, fill, place
from tests.rounds.support import enter_body, new_workspace
from tests.support.command import Outcome, thidua

OCCASION = "thuc-day-2026-09-15"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    workspace = new_workspace(tmp_path / "kỳ", period=None)
    enter_body(workspace, "C1", name="Xã Một", kind="xã")
    told = {
        "proposer": "C1",
        "letter": "2/TTr",
        "letter_day": "2026-09-01",
        "minutes": "1/BB",
        "minutes_day": "2026-08-30",
    }
    outsider = {"name": "Hộ ông X", "subject": "ho-gia-dinh", "manager": "C1"}
    entries = [Entry(f"proposal:{OCCASION}/1", name, value) for name, value in told.items()]
    entries += [Entry("outsider:X1", name, value) for name, value in outsider.items()]
    entries += [Entry(f"proposed:{OCCASION}/1/1", "nominee", "X1"), Entry(f"proposed:{OCCASION}/1/1", "award", AWARD)]
    with workspace.database.writing() as writer:
        writer.append(entries)
    workspace.close()
    return workspace.root


def run(root: Path, *words: str | Path) -> Outcome:
    return thidua("-C", root, "eligibility", *words)


def test_a_household_from_the_first_look_to_the_conclusion(root: Path) -> None:
    shown = run(root, "show", OCCASION, "--candidate", "X1")
    assert shown.code == 0 and "X1 Hộ ông X: cần người xem" in shown.out
    assert "basis-unsure" not in shown.err and "Căn cứ chưa xác minh" in shown.out
    made = run(root, "issue", OCCASION)
    assert made.code == 0 and made.out.startswith("1 đối tượng, 2 điều cần người xem, ")
    path = root / "bieu-giao" / OCCASION / "xet-dieu-kien.xlsx"
    assert "không đổi" in run(root, "issue", OCCASION).out
    typed = {(FACTS, "X1", "Báo chí nêu, đang xác minh"): "không"}
    for check in ("TC", "E1"):
        key = f"{AWARD}/X1/{check}"
        typed |= {(DECISIONS, key, "KẾT LUẬN"): "đạt", (DECISIONS, key, "LÝ DO"): "Hiến đất làm đường"}
        typed |= {(DECISIONS, key, "Văn bản (số, ngày)"): "3/BB ngày 10/09/2026"}
    done = run(root, "collect", OCCASION, fill(path, typed), "--author", "Chị T")
    assert (done.code, done.out.splitlines()[0]) == (0, "Đã ghi 1 dữ kiện, 2 kết luận, 0 căn cứ đã đối chiếu.")
    assert "đã thu từ trước" in run(root, "collect", OCCASION, path.with_name("in.xlsx")).out
    after = run(root, "show", OCCASION, "--candidate", "X1", "--award", AWARD)
    assert (
        "Kết luận: Chị T kết luận ngày " in after.out and "theo 3/BB ngày 10/09/2026: Hiến đất làm đường." in after.out
    )
    assert thidua("-C", root, "log", "verify").code == 0


def test_a_wrong_cell_stops_everything(root: Path) -> None:
    assert run(root, "issue", OCCASION).code == 0
    path = root / "bieu-giao" / OCCASION / "xet-dieu-kien.xlsx"
    typed = {(FACTS, "X1", "Đang xem xét kỷ luật"): "không", (FACTS, "X1", "Báo chí nêu, đang xác minh"): "chưa"}
    done = run(root, "collect", OCCASION, fill(path, typed))
    cell = place(openpyxl.load_workbook(path)[FACTS], "X1", "Báo chí nêu, đang xác minh").coordinate
    assert done.code == 1 and done.out == ""
    assert f"in.xlsx [{FACTS}] ô {cell}: LỖI eligibility: Ô có “chưa”." in done.err
    assert not (root / "bieu-thu" / OCCASION).exists()


def test_a_confirmed_fact_is_no_doubt_any_more(root: Path) -> None:
    line = "    nd152-4-4: khoản 4 Điều 4 [152/2025/NĐ-CP] (E6)"
    assert line in run(root, "show", OCCASION).out.splitlines()
    said = run(root, "confirm", "nd152-4-4", "--unchanged", "--document", "Công báo", "--on", "01/09/2026")
    assert said.code == 0 and "nội dung không thay đổi" in said.out
    assert line not in run(root, "show", OCCASION).out.splitlines()
    future = date.today().replace(year=date.today().year + 2, day=1).strftime("%d/%m/%Y")
    late = run(root, "confirm", "nd152-4-5", "--changed", "--document", "Công báo", "--on", future)
    assert late.code == 1 and "chưa đến" in late.err


def test_nobody_knows_this_occasion_or_nominee(root: Path) -> None:
    assert run(root, "show", "so-ket-1999").code == 1
    unknown = run(root, "show", OCCASION, "--candidate", "Z9", "--award", "vàng")
    assert unknown.code == 1 and "unknown-candidate" in unknown.err and "award-unknown" in unknown.err
