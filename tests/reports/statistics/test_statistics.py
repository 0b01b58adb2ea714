"""Statistics forms: what is counted, what nobody can say, where every heading comes from."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from criteria.problems import errors
from nominations.awards.reading import load_awards
from nominations.history.own_awards import OwnAward, record_own
from records.ledger.entries import Entry
from records.workspace.folder import Workspace, open_workspace
from reports.statistics.counting import Counted, Item, cell, counted, duration, matches, statistical_year
from reports.statistics.declarations import Form, Statistics, When
from reports.statistics.files import year_statistics
from reports.statistics.reading import FILE, read_file
from reports.statistics.workbook import NO_FORM, OWN, UNCHECKED, UNKNOWN, sheet_name
from tests.rounds.life_support import communes
from tests.rounds.support import MOVEMENT, enter_body
from tests.support.command import thidua
from tests.support.years_workspace import MOVEMENT as SHOWN
from tests.support.years_workspace import awards_folder


def forms(workspace: Workspace) -> Statistics:
    file, _ = load_awards(workspace)
    told, problems = read_file(workspace.movement_folder / FILE, file.awards if file is not None else None)
    assert told is not None, problems
    return told


def held(workspace: Workspace, number: int, holder: str, award: str, day: str, **more: str) -> None:
    """An award as if it had been recorded."""
    level = {"bk-tinh": "tinh", "co-tinh": "tinh", "bk-ttg": "nha-nuoc"}.get(award, "tinh")
    values = {
        "holder": holder,
        "award": award,
        "award_name": award,
        "level": level,
        "category": "chuyen-de",
        "day": day,
    }
    values |= {"decision": "1/QĐ", "status": "granted", **more}
    with workspace.database.writing() as writer:
        writer.append([Entry(f"held:{number}", name, value, date.fromisoformat(day)) for name, value in values.items()])


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """One commune, one enterprise, one business person, one scientist; awards of the province in and around a statistical year."""
    made = communes(tmp_path / "w", 1)
    enter_body(made, "F1", name="Công ty Một", kind="doanh nghiệp", size="nhỏ")
    enter_body(made, "P1", name="Bà Doanh", kind="cá nhân", parent="X1", sub_type="doanh nhân")
    enter_body(made, "P2", name="Ông Khoa", kind="cá nhân", parent="X1", sub_type="nhà khoa học")
    held(made, 1, "X1", "bk-tinh", "2026-12-01")  # the first day of the statistical year 2027
    held(made, 2, "F1", "bk-tinh", "2027-11-30")  # the last one
    held(made, 3, "P1", "bk-tinh", "2027-03-01")
    held(made, 4, "P2", "co-tinh", "2027-03-01")
    held(made, 5, "X1", "bk-tinh", "2026-11-30")  # the year before
    held(made, 6, "X1", "bk-tinh", "2027-05-05", status="revoked")
    held(made, 7, "X1", "", "2027-05-05", award_name="Chiến sĩ thi đua cấp tỉnh")
    held(made, 8, "", "bk-tinh", "2027-06-06", holder_name="Người ngoài")
    return made


def seen(workspace: Workspace, year: int = 2027) -> Counted:
    file, _ = load_awards(workspace)
    told = forms(workspace)
    return counted(workspace, file, told.movement, *statistical_year(told.regime.window, year))


def figures(form: Form, found: Counted) -> dict[str, list[tuple[int | None, int]]]:
    return {
        row.code: [
            (it.number, it.doubtful) for column in form.columns for it in [cell(form, row, column, found.items(form))]
        ]
        for row in form.rows
        if row.code
    }


def test_awards_of_the_statistical_year(workspace: Workspace) -> None:
    found = seen(workspace)
    assert (found.first, found.last) == (date(2026, 12, 1), date(2027, 11, 30))
    form = next(one for one in forms(workspace).forms if one.number.startswith("0603"))
    got = figures(form, found)
    assert [it[0] for it in got["01"]] == [6, 4, None, 1, None]  # all; Bằng khen; no column of the program; Cờ; none
    assert got["02"][0] == (3, 1) and got["03"][0] == (1, 1)  # one outsider of whom nobody knows
    assert got["05"][0] == (2, 1) and got["08"][0] == (1, 1)
    assert got["12"][0] == (6, 0) and got["11"][0] == (0, 0) and got["06"][0] == (None, 0)
    assert found.unplaced(form) == {"Chiến sĩ thi đua cấp tỉnh": 1}
    state = next(one for one in forms(workspace).forms if one.number.startswith("0602"))
    assert figures(state, found)["1"][0] == (0, 0)


def test_the_movement_itself(workspace: Workspace) -> None:
    form = next(one for one in forms(workspace).forms if one.counts == "movements")
    got = {code: [number for number, _ in cells] for code, cells in figures(form, seen(workspace)).items()}
    assert (
        got["01"] == [1, 0, 1, 0]
        and got["03"] == [1, 0, 1, 0]
        and got["10"] == [1, 0, 1, 0]
        and got["11"] == [1, 0, 1, 0]
    )
    assert all(got[code] == [0, 0, 0, 0] for code in ("02", "04", "05", "06", "07", "08", "09", "12"))
    assert seen(workspace, 2024).movements == () and len(seen(workspace, 2030).movements) == 1


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 4000))
def test_a_duration_is_whole_years_and_days(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    years, after = duration(first, last), last + timedelta(days=1)
    whole = int(years)
    months = (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)
    if (first.month, first.day) != (2, 29):
        assert whole == months // 12
    assert 0 <= years - whole < 1
    assert duration(first, last + timedelta(days=1)) > years


def test_bounds_of_years() -> None:
    def ask(years: str, **when: int) -> bool | None:
        low, high = (Fraction(text) for text in years.split("-"))
        return matches(When(**when), Item("x", years=(low, high)))

    assert ask("5-5", years_from=5) and not ask("5-5", years_below=5) and ask("1-1", years_from=1, years_to=1)
    assert ask("9/2-11/2", years_from=5) is None  # the first day is not known to the day
    assert matches(When(years_from=5), Item("x")) is None and matches(When(), Item("x")) is True


def test_every_heading_has_its_source(workspace: Workspace) -> None:
    told = forms(workspace)
    assert all(form.mark != "V" for form in told.forms)  # nobody has read the words of the circular
    for form in told.forms:
        source = told.source(form.source)
        assert source.address and source.read and form.place
    assert told.regime.later is not None and "18/2025/TT-BNV" in told.regime.later.document


def test_names_nobody_declares_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    file, _ = load_awards(workspace)
    assert file is not None
    data = yaml.safe_load((MOVEMENT / FILE).read_text(encoding="utf-8"))
    data["forms"][0]["source"] = "la"
    data["forms"][2]["columns"][1]["when"]["awards"] = ["khong-co"]
    data["forms"][2]["rows"][2]["when"]["kinds"] = ["ai-do"]
    data["forms"][1]["level"] = "xa"
    data["forms"].append(copy.deepcopy(data["forms"][3]))
    path = tmp_path / FILE
    path.write_text(yaml.safe_dump(data, allow_unicode=True, default_flow_style=False), encoding="utf-8")
    told, problems = read_file(path, file.awards)
    assert told is None and {one.code for one in errors(problems)} == {"statistics"}
    words = " ".join(one.message for one in errors(problems))
    assert len(errors(problems)) == 5 and all(word in words for word in ("la", "khong-co", "ai-do", "xa", "hai lần"))


def test_check_looks_at_the_file_too(workspace: Workspace) -> None:
    root, path = workspace.root, workspace.movement_folder / FILE
    workspace.close()
    assert thidua("check", path).code == 0
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("awards: [bk-tinh]", "awards: [bk-la]"), encoding="utf-8")
    done = thidua("check", root)
    assert done.code == 1 and "bk-la" in done.out and f"{FILE}:" in done.out


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_workbook(workspace: Workspace) -> None:
    made, problems = year_statistics(workspace, 2027)
    again, _ = year_statistics(workspace, 2027)
    assert made is not None and again is not None and errors(problems) == [] and made.content == again.content
    tables = sheets(made.content)
    for form in forms(workspace).forms:
        flat = [cell for row in tables[sheet_name(form)] for cell in row if isinstance(cell, str)]
        assert f"Biểu số: {form.number}" in flat and UNCHECKED in flat
        assert any("đọc ngày 21/11/2026" in text for text in flat) and any("18/2025/TT-BNV" in text for text in flat)
    rows = {row[1]: row for row in tables["Bieu 0603"] if row[1]}
    assert rows["01"][3:8] == [6, 4, None, 1, None] or rows["01"][3:8] == [6, 4, "", 1, ""]
    assert "chưa xếp được 1" in rows["02"][8] and "để trống" in rows["06"][8]
    rows = {row[1]: row for row in tables["Bieu 0602"] if row[1]}
    assert rows["4"][0] == UNKNOWN and UNKNOWN in rows["5"][-1]
    assert any(UNKNOWN in str(row[0]) for row in tables["Bieu 0605"])
    own = {row[0]: row for row in tables[OWN]}
    assert (
        own["bk-tinh"][2:4] == [3, 1] and own["bk-tinh"][10] == 1
    )  # collectives (with whom nobody knows), persons; revoked


def test_without_a_file_only_own_headings(workspace: Workspace) -> None:
    (workspace.movement_folder / FILE).unlink()
    made, problems = year_statistics(workspace, 2027)
    assert made is not None and problems == []
    tables = sheets(made.content)
    assert list(tables) == [OWN] and any(NO_FORM in row for row in tables[OWN])
    assert statistical_year(None, 2027) == (date(2027, 1, 1), date(2027, 12, 31))


def test_the_command(workspace: Workspace) -> None:
    told = OwnAward("X1", "Giấy khen", "Xã 1", "2/QĐ", date(2027, 1, 5))
    assert errors(record_own(workspace, told, date(2027, 2, 1))[1]) == []
    root = workspace.root
    workspace.close()
    done = thidua("-C", root, "report", "statistics", "2027")
    assert done.code == 0, done.err
    assert (
        "0601.N/BNV-TĐKT Số phong trào thi đua: tổng số 1." in done.out
        and "tổng số 6" in done.out
        and UNCHECKED in done.out
    )
    assert (root / "ket-qua" / "2027" / "thong-ke-2027.xlsx").is_file()
    assert thidua("-C", root, "report", "statistics", "sau").code == 2
    (root / "phong-trao" / FILE).write_text("sources: []\n", encoding="utf-8")
    assert thidua("-C", root, "report", "statistics", "2027").code == 1


def test_the_awarded_workspace_agrees_with_its_history(tmp_path_factory: pytest.TempPathFactory) -> None:
    from nominations.history.held import history

    workspace, _ = open_workspace(awards_folder(tmp_path_factory) / SHOWN.name)
    assert workspace is not None
    found = seen(workspace)
    for form in forms(workspace).forms:
        if form.counts != "awards":
            continue
        expected = [
            one
            for one in history(workspace)
            if one.counts and one.level == form.level and one.day is not None and found.first <= one.day <= found.last
        ]
        whole = figures(form, found)[form.rows[0].code]
        assert whole[0] == (len(expected), 0) and len(expected) > 0
        assert sum(number or 0 for number, _ in whole[1:]) == len(expected)  # every award is in exactly one column
    assert found.illustration
    workspace.close()
