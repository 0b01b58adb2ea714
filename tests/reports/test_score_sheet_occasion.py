"""The score sheet of an occasion: every period with its receipt, how they are combined, what decided; the command."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from criteria.movements.reading import MOVEMENT
from records.roster.roster import load_roster
from records.workspace.folder import Workspace, open_workspace
from reports.score_sheet.files import sheet_name
from reports.score_sheet.sheets import PROVISIONAL, open_sheets, score_sheets
from tests.reports.score_sheet_support import communes, new_round, officially, pages, squeezed
from tests.rounds.life_support import COMMUNE
from tests.rounds.support import enter_body, new_workspace
from tests.support.page_session import clock
from thidua.calling import Called
from thidua.commands.report import report

OCCASION, DAY = "so-ket-2027", date(2027, 1, 5)
WEIGHED = "how: mean, of: share, weigh_by: days, missing: wait"
TWO_YEARS = "how: mean, of: share, weigh_by: periods, missing: left_out, least_periods: 2"


def years(
    root: Path, bodies: Mapping[str, Mapping[str, str]], online: Mapping[str, Mapping[str, str]], combine: str = WEIGHED
) -> Workspace:
    """Official results of communes. online: files_online by candidate, by year."""
    workspace = new_workspace(root, period=None)
    path = workspace.movement_folder / MOVEMENT
    path.write_text(path.read_text(encoding="utf-8").replace(WEIGHED, combine), encoding="utf-8")
    workspace.close()
    again, problems = open_workspace(root, "người thử")
    assert again is not None, problems
    for ident, fields in bodies.items():
        enter_body(again, ident, **{"name": f"Xã {ident}", "kind": "xã", "pool": "Cụm 1", **fields})
    for year, given in online.items():
        new_round(again, year)
        figures = {ident: COMMUNE | {"files_online": value} for ident, value in given.items()}
        officially(again, year, figures, date(int(year) + 1, 1, 5), index=dict.fromkeys(figures, "50"))
    return again


def receipt(workspace: Workspace, year: str) -> str:
    path = workspace.results(year) / "cong-bo" / "c-chinh-thuc-v1" / f"noi-bo-{year}-c-v1.zip"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def test_every_period_stands_with_its_receipt(tmp_path: Path) -> None:
    online = {"2025": {"X1": "700", "X2": "900"}, "2026": {"X1": "733", "X2": "800"}}
    workspace = years(tmp_path / "w", {"X1": {}, "X2": {}}, online, TWO_YEARS)
    sheets, problems = open_sheets(workspace, OCCASION)
    assert sheets is not None and problems == [] and sheets.candidates == ["X1", "X2"]
    sheet = sheets.content("X1")
    assert sheet.occasion is not None and sheet.day == date(2027, 1, 5)
    assert [(one.period, one.receipts) for one in sheet.occasion.periods] == [
        ("2025", (receipt(workspace, "2025"),)),
        ("2026", (receipt(workspace, "2026"),)),
        ("2027-h1", ()),
    ]
    assert [part.period for part in sheet.periods] == ["2025", "2026"]
    for line, part in zip(sheet.occasion.periods, sheet.periods, strict=False):
        assert line.points == f"{part.shown_total}/{part.shown_maximum}" and line.rank == str(part.rank)
    assert dict(sheet.occasion.lines)["Tính"] == "(95,28 + 95,65) / 2 = 95,465 %, làm tròn 95,47 %"
    assert sheet.stamps[-1] == "cách gộp đề xuất, chưa được cấp có thẩm quyền quyết định"
    assert PROVISIONAL not in sheet.stamps
    found, _ = score_sheets(workspace, OCCASION, ["X1"])
    for page in map(squeezed, pages(dict(found)["X1"])):
        for year in ("2025", "2026"):
            assert squeezed(f"{receipt(workspace, year)} (noi-bo-{year}-c-v1.zip)") in page
        assert squeezed("Cách gộp đề xuất, chưa được cấp có thẩm quyền quyết định") in page
    workspace.close()


def test_an_open_period_makes_it_provisional(tmp_path: Path) -> None:
    workspace = years(tmp_path / "w", {"X1": {}}, {"2026": {"X1": "700"}})
    sheets, _ = open_sheets(workspace, OCCASION, ["X1"])
    assert sheets is not None and PROVISIONAL in sheets.content("X1").stamps
    assert "chưa có kết quả công bố chính thức" in sheets.content("X1").occasion.periods[0].note  # type: ignore[union-attr]
    workspace.close()


def test_the_results_of_bodies_before_it_are_shown_as_theirs(tmp_path: Path) -> None:
    """X8 and X9 became X1 on 1 July 2026: the mean of both counts for 2025."""
    ended = {"to": "2026-06-30", "successor": "X1"}
    bodies = {"X8": ended, "X9": ended, "X1": {"from_": "2026-07-01"}}
    workspace = years(tmp_path / "w", bodies, {"2025": {"X8": "500", "X9": "700"}}, TWO_YEARS)
    assert load_roster(workspace).bodies["X8"].successors == ["X1"]
    sheets, problems = open_sheets(workspace, OCCASION, ["X1"])
    assert sheets is not None and [one for one in problems if one.severity == "error"] == []
    sheet = sheets.content("X1")
    assert sheet.name == "Xã X1" and sheet.about[0] == ("Đối tượng", "Xã X1")
    assert [(part.candidate, part.name) for part in sheet.periods] == [("X8", "Xã X8"), ("X9", "Xã X9")]
    assert sheet.occasion is not None and "trung bình kết quả của Xã X8" in sheet.occasion.periods[0].note
    found, _ = score_sheets(workspace, OCCASION, ["X1"])
    assert squeezed("kết quả của Xã X9 (mã X9)").upper() in squeezed("".join(pages(dict(found)["X1"]))).upper()
    workspace.close()


def test_equal_results_say_what_decided(tmp_path: Path) -> None:
    """Both have 700 and 900 in the two years: the later year decides."""
    online = {"2025": {"X1": "700", "X2": "900"}, "2026": {"X1": "900", "X2": "700"}}
    workspace = years(tmp_path / "w", {"X1": {}, "X2": {}}, online, TWO_YEARS)
    sheets, _ = open_sheets(workspace, OCCASION)
    assert sheets is not None
    for ident, other, place in (("X1", "X2", 2), ("X2", "X1", 1)):
        part = sheets.content(ident).occasion
        assert part is not None
        words = dict(part.lines)["Cùng kết quả gộp"]
        assert words.startswith(f"{other} (hạng {place}); xét tiếp tỷ lệ đạt của kỳ sau cùng: ")
    workspace.close()


# --- the command ---------------------------------------------------------------------------------------------------


def run(root: Path, *words: str) -> Result:
    with clock(datetime(2028, 3, 1, tzinfo=UTC)):
        return CliRunner().invoke(report, ["sheets", *words], obj=Called(root, "người thử"))


def test_the_command_writes_a_file_per_candidate(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w")
    enter_body(workspace, "H1", name="Hộ ông A", kind="hộ gia đình")
    root = workspace.root
    expected = dict(score_sheets(workspace, "2026")[0])
    workspace.close()
    done = run(root, "2026")
    assert done.exit_code == 0, done.output
    folder = root / "ket-qua/2026/phieu-giai-trinh"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        f"phieu-giai-trinh-diem-{ident}.pdf": content for ident, content in expected.items()
    }
    out = tmp_path / "ra"
    one = run(root, "2026", "--candidate", "X2", "--candidate", "H1", "--out", str(out))
    assert one.exit_code == 0 and "H1 Hộ ông A không có điểm" in one.output
    assert [path.name for path in out.iterdir()] == ["phieu-giai-trinh-diem-X2.pdf"]
    none = run(root, "2026", "--candidate", "H1")
    assert none.exit_code == 0 and "Không có phiếu nào để lập." in none.output
    for words, code in (
        (["2026", "--candidate", "Z9"], "unknown-candidate"),
        (["2026", "--group", "z"], "group"),
        (["2025"], "round"),
    ):
        wrong = run(root, *words)
        assert wrong.exit_code == 1 and code in wrong.output
    assert run(root, "2026", "--group", "a").exit_code == 1  # nothing of it is official
    blocked = tmp_path / "tệp"
    blocked.write_text("x")
    assert "Không ghi được" in run(root, "2026", "--out", str(blocked)).output


@pytest.mark.parametrize(
    ("ident", "name"),
    [
        ("B001", "phieu-giai-trinh-diem-B001.pdf"),
        ("../../x", f"phieu-giai-trinh-diem-x-{hashlib.sha256(b'../../x').hexdigest()[:8]}.pdf"),
        ("…", f"phieu-giai-trinh-diem-{hashlib.sha256('…'.encode()).hexdigest()[:8]}.pdf"),
        ("b001", f"phieu-giai-trinh-diem-b001-{hashlib.sha256(b'b001').hexdigest()[:8]}.pdf"),
    ],
)
def test_names_of_files_are_safe(ident: str, name: str) -> None:
    taken = {"phieu-giai-trinh-diem-b001.pdf"} if ident == "b001" else set()
    assert sheet_name(ident, taken) == name and name.lower() in taken
