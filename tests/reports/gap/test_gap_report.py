"""Self against verified and final points of a real round: what counts, who corrected, what the workbook and the screen say."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from records.ledger.entries import Entry
from records.life.rights import FINAL, VERIFIED
from records.rounds import open_round
from records.workspace.folder import Workspace
from reports.gap.content import PeriodGap, over_years, period_gap
from reports.gap.pages import BODIES, CRITERIA, DETAILS, UNITS, WORDING, YEARS, gap_workbook
from tests.rounds.life_support import COMMUNE, act, communes, hand_in, verify_all
from tests.rounds.returns_support import send_back
from tests.rounds.support import enter_body
from tests.support.command import thidua

CASE, ONLINE = "C2.mot-cua", "measure:files_online"


def corrected(workspace: Workspace, unit: str, value: str) -> None:
    assert act(workspace, unit, CASE, "correct", figures={ONLINE: value}, reason="Đếm lại") == []


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """X1: 733 of 1.000 files, corrected to 700; X2: sent back, explained and verified again as 600; X3: raised to 800; X4: accepted, and one
    criterion waits; X5: nothing handed in."""
    made = communes(tmp_path / "w", 4)
    enter_body(made, "X5", name="Xã 5", kind="xã", pool="Cụm 1", province="Thái Bình")
    with made.database.writing() as writer:
        writer.append([Entry("index:dx_index/2026", f"X{n}", "80", source="Bộ chỉ số") for n in range(1, 5)])
    corrected(made, "X1", "700")
    assert send_back(made, "X2", CASE) == []
    assert act(made, "X2", CASE, "explain", figures={ONLINE: "733"}, reason="Đủ hồ sơ") == []
    assert (
        act(made, "X2", CASE, "correct", figures={ONLINE: "600"}, reason="Trừ hồ sơ trùng", author="van-phong-ubnd")
        == []
    )
    corrected(made, "X3", "800")
    verify_all(made, "X1", "X2", "X3", leave=(CASE,))
    verify_all(made, "X4", leave=("C2.ky-so",))
    return made


def read(workspace: Workspace) -> PeriodGap:
    found, _ = period_gap(workspace, "2026", ("c",))
    assert found is not None
    return found


def test_only_what_both_stages_have_counts(workspace: Workspace) -> None:
    found = read(workspace)
    verified, final = found.by_unit(VERIFIED), found.by_unit(FINAL)
    assert "X5" not in [pair.unit for one in found.sets for pair in one.final.pairs]
    assert (verified["X1"].over, verified["X3"].under, verified["X4"].over) == (1, 1, 0)
    waits = {unit: (verified[unit].left_out["waiting"], final[unit].left_out["waiting"]) for unit in ("X1", "X2", "X4")}
    assert waits["X1"] == (1, 1)  # one measure nobody has entered
    assert waits["X2"] == (2, 1) and waits["X4"] == (2, 2)  # sent back: nothing at the first look; never verified
    assert (verified["X2"].over, final["X2"].over) == (0, 1)
    [pair] = [p for p in found.sets[0].final.pairs if (p.unit, p.criterion) == ("X1", CASE)]
    assert (pair.claimed, pair.found, pair.maximum) == (Fraction("24.43"), Fraction("23.33"), Fraction("33.33"))
    assert final["X1"].mean == Fraction("1.10") / Fraction("33.33") / final["X1"].compared


def test_bodies_are_told_by_what_they_did(workspace: Workspace) -> None:
    office = next(one for one in read(workspace).bodies() if one.body == "van-phong-ubnd")
    assert (office.corrected, office.returned, office.excluded) == (3, 1, 0)
    assert (office.verified.over, office.verified.under) == (1, 1) and (office.final.over, office.final.under) == (2, 1)
    other = next(one for one in read(workspace).bodies() if one.body == "so-khcn")
    assert (other.corrected, other.verified.over, other.verified.under) == (0, 0, 0)


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def row(table: list[list[Any]], first: str) -> list[Any]:
    return next(line for line in table if line[0] == first)


def test_the_workbook_prints_these_numbers(workspace: Workspace) -> None:
    found = read(workspace)
    made = gap_workbook(workspace.movement, [found], Fraction(1, 2), 3)
    assert made == gap_workbook(workspace.movement, [found], Fraction(1, 2), 3)
    tables = sheets(made)
    assert list(tables) == [UNITS, CRITERIA, WORDING, BODIES, DETAILS]
    assert all("CHỈ DÙNG NỘI BỘ" in [cell for line in table for cell in line] for table in tables.values())
    final = found.by_unit(FINAL)
    line = row(tables[UNITS], "X2")
    assert line[8:13] == [
        final["X2"].compared,
        1,
        0,
        pytest.approx(float(round((final["X2"].mean or 0) * 100, 2))),
        4.43,
    ]
    line = row(tables[CRITERIA], CASE)
    assert line[2:6] == [4, 2, 1, 1] and line[8] == 50 and "Xã 2 (+4,43)" in line[10]
    wording = [line for line in tables[WORDING] if line[2] == CASE]
    assert wording and wording[0][5] == "2/4" and wording[0][4] and "một cửa" in wording[0][3].lower()
    assert [
        line
        for line in sheets(gap_workbook(workspace.movement, [found], Fraction(51, 100), 3))[WORDING]
        if line[2] == CASE
    ] == []
    details = [line for line in tables[DETAILS] if line[2] == CASE]
    assert [(line[0], line[4], line[5], line[6]) for line in details] == [
        ("X1", 24.43, 23.33, 23.33),
        ("X2", 24.43, "–", 20),
        ("X3", 24.43, 26.66, 26.66),
    ]


def test_over_the_years(workspace: Workspace) -> None:
    """The same unit corrected in a second round; one that was compared once has no habit."""
    round_, _ = open_round(workspace, "2027", date(2027, 11, 1))
    assert round_ is not None
    hand_in(workspace, "X1", "tb-c-xa-phuong", COMMUNE, period="2027")
    first, (second, _) = read(workspace), period_gap(workspace, "2027", ("c",))
    assert second is not None and "X1" not in over_years([first, second])  # nothing verified in 2027
    assert over_years([first, first]) == {"X1": True, "X2": True, "X3": False, "X4": False}
    assert YEARS in sheets(gap_workbook(workspace.movement, [first, second], Fraction(1, 2), 3))


def test_the_command(workspace: Workspace) -> None:
    root = workspace.root
    workspace.close()
    done = thidua("-C", root, "report", "gap", "2026", "--group", "c", "--share", "40")
    assert done.code == 0, done.err
    assert "CHỈ DÙNG NỘI BỘ" in done.out and "X2 Xã 2" in done.out and "Tiếp theo:" in done.out
    assert "Câu chữ cần xem: nhóm c, C2.mot-cua: 2/4" in done.out
    assert (root / "ket-qua" / "2026" / "chenh-lech-2026.xlsx").is_file()
    wrong = thidua("-C", root, "report", "gap", "2026", "2031")
    assert wrong.code == 1 and "2031" in wrong.err
