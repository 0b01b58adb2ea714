"""Rules under attack: hidden conflicts of interest, states that moved between a vote and a dossier, answers that lead nowhere."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.problems import WARNING, Problem, errors
from nominations.awards.reading import AWARDS
from nominations.council.conflicts import same_names
from nominations.council.members import Member, import_members
from nominations.council.recording import read_meeting
from nominations.dossier.attaching import Told as Paper
from nominations.dossier.attaching import attach
from nominations.dossier.state import STEPS
from nominations.history.recording import Told, record, submit
from nominations.proposals.collect import collect_list
from nominations.proposals.lists import Cover
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from reports.council.files import record_meeting
from tests.nominations import attack_support
from tests.nominations.attack_support import MEETING, MEMBERS, STEP, occasion_at, plain
from tests.nominations.occasion_support import (
    OCCASION,
    TODAY,
    MadeUp,
    enter,
    file_of,
    install_sheets,
    nominated,
    pass_steps,
    ranked_roster,
)
from thidua.dossiers import Asked, make_dossiers

AWARD = "hcld-ba"
DAYS = (("xet-chon", date(2027, 7, 20)), ("tham-dinh", date(2027, 8, 2)), ("cong-khai", date(2027, 8, 20)))


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return occasion_at(tmp_path, monkeypatch)


def members(workspace: Workspace, folder: Path, *rows: tuple[str, str, str, str]) -> list[Problem]:
    path = folder / "m.xlsx"
    path.write_bytes(plain([*MEMBERS[:2], *rows, *MEMBERS[2:]]))
    return import_members(workspace, OCCASION, STEP, path, "1/QĐ")[1]


def test_a_body_of_the_list_is_not_outside_of_it(workspace: Workspace, tmp_path: Path) -> None:
    """As (ngoài) its conflicts of interest would not be seen."""
    for body in ("Sở Khoa học và Công nghệ (ngoài)", "SỞ KHCN (Ngoài)", "B002 (ngoài)"):
        (found,) = errors(members(workspace, tmp_path, ("Đỗ Văn Ẩn", "Giám đốc", body, "Thành viên")))
        assert (found.code, found.cell) == ("name-match", "C3") and "B002" in found.message
    assert workspace.database.entries("council") == []
    assert errors(members(workspace, tmp_path, ("Đỗ Văn Ẩn", "x", "Sở Y tế tỉnh Khác (ngoài)", "Thành viên"))) == []


@pytest.mark.parametrize(("name", "asked"), [("TS. NGUYỄN VĂN AN", True), ("Nguyễn Văn An", True), ("Văn An B", False)])
def test_a_title_hides_no_name(workspace: Workspace, name: str, asked: bool) -> None:
    person = replace(next(iter(nominated(workspace).standing.nominees.values())), name="Nguyễn Văn An", person=True)
    member = Member(1, name, "", "", "Viện (ngoài)", "member")
    assert bool(same_names([member], [person], [])) is asked


def voted(workspace: Workspace, home: Path) -> Path:
    """The tally of a meeting, not recorded."""
    return write(home / "phieu.xlsx", attack_support.tally(workspace, home).good)


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_the_day_on_the_hidden_sheet_is_typed_over(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_DEBUG", "1")
    path = voted(workspace, tmp_path)
    book = openpyxl.load_workbook(path)
    hidden = next(one for one in book.worksheets if one.sheet_state != "visible")
    row = next(row for row in range(1, hidden.max_row + 1) if hidden.cell(row, 1).value == "on")
    hidden.cell(row, 2).value = "31/02/2027"
    book.save(path)
    meeting, problems = read_meeting(workspace, OCCASION, STEP, path, "1/BB", MEETING, TODAY)
    assert meeting is None and [one.code for one in errors(problems)] == ["form-foreign"]


def changed_quota(workspace: Workspace) -> None:
    """One seat less for every award that has more than one."""
    path = workspace.movement_folder / AWARDS
    told = path.read_text(encoding="utf-8")
    path.write_text(told.replace("number: 2,", "number: 1,").replace("number: 3,", "number: 1,"), encoding="utf-8")


def test_a_quota_lowered_after_the_vote(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes that cannot be made again keep nobody from a dossier: it says so."""
    install_sheets(monkeypatch)
    path = voted(workspace, tmp_path)
    meeting, _, problems = record_meeting(workspace, OCCASION, STEP, path, "7/BB", MEETING, TODAY)
    assert meeting is not None, [one.text() for one in problems]
    changed_quota(workspace)
    done, problems = make_dossiers(workspace, OCCASION, Asked(tmp_path / "ra", AWARD))
    assert done and errors(problems) == []
    (lost,) = [one for one in problems if one.code == "form-changed"]
    assert "7/BB" in lost.message and lost.severity == WARNING


def test_who_is_no_longer_proposed_is_not_submitted(workspace: Workspace) -> None:
    """Two are proposed; then one of them turns out to hold an award of this occasion."""
    ready = ["B001", "C1"]
    pass_steps(workspace, AWARD, ready, *DAYS, ("hoi-dong", date(2027, 9, 1)))
    given = {"holder": "C1", "award": "giay-khen", "award_name": "Giấy khen", "decision": "9/QĐ", "day": "2027-07-02"}
    given |= {"occasion": OCCASION, "movement": workspace.movement.id, "level": "co-so", "status": "granted"}
    given |= {"from": "2025-04-01", "to": "2027-06-30", "authority": "Xã Một", "category": "chuyen-de"}
    enter(workspace, *(Entry("held:1", name, value) for name, value in given.items()))
    day = date(2027, 9, 10)
    _, problems = submit(workspace, OCCASION, Told(AWARD, "9/TTr", day, ("C1",)), TODAY)
    assert [(one.code, one.file) for one in errors(problems)] == [("step", f"{AWARD}/C1")]
    made, problems = submit(workspace, OCCASION, Told(AWARD, "9/TTr", day), TODAY)
    assert [one.holder for one in made] == ["B001"] and errors(problems) == []
    assert [one.file for one in problems if one.code == "step"] == [f"{AWARD}/C1"]
    # what the authority has decided is a fact, and is entered with a warning
    made, problems = record(workspace, OCCASION, Told(AWARD, "1/QĐ", TODAY, ("C1",), authority="x"), "granted", TODAY)
    assert [one.holder for one in made] == ["C1"] and [one.severity for one in problems if one.code == "step"] == [
        WARNING
    ]


class Corrected:
    """Stands for OccasionResults: other figures since an entry of the ledger."""

    def __init__(self, before: MadeUp, after: MadeUp, at: int) -> None:
        self.before, self.after, self.at = before, after, at

    def __call__(self, workspace: Workspace, occasion: Any, instead: object = None) -> MadeUp:
        return self.after if workspace.database.last_entry() >= self.at else self.before


def figures(told: Mapping[str, int | str]) -> MadeUp:
    return MadeUp(ranked_roster(attack_support.OFFICES, told))


def test_a_result_corrected_between_council_and_dossier(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dossier says that the council saw another figure, until signed minutes say that it has looked again."""
    install_sheets(monkeypatch)
    pass_steps(workspace, AWARD, ["B001", "C1"], *DAYS, ("hoi-dong", date(2027, 9, 1)))
    assert moved(workspace, tmp_path) == []
    enter(workspace, Entry("publication:2026/a", "chinh-thuc", "2", source="10/QĐ"))
    other = figures({**attack_support.FIGURES, "B001": "94.5"})
    for module in ("nominating", "dossier.moved"):
        corrected = Corrected(figures(attack_support.FIGURES), other, workspace.database.last_entry())
        monkeypatch.setattr(f"nominations.{module}.OccasionResults", corrected)
    ((who, text),) = moved(workspace, tmp_path)
    assert who == "B001" and "khi đó 95 %, xếp thứ 1, nay 94,5 %" in text
    paper = Paper(AWARD, "", "bien-ban-xet", "12/BB", date(2027, 9, 20))
    signed = write(tmp_path / "a.pdf", b"%PDF-1.7 xem lai")
    assert attach(workspace, file_of(workspace), nominated(workspace).occasion, paper, signed, TODAY)[1] == []
    assert moved(workspace, tmp_path) == []


def moved(workspace: Workspace, home: Path) -> list[tuple[str, str]]:
    return [one for one in dossier_steps(workspace, home) if "đính chính" in one[1]]


def dossier_steps(workspace: Workspace, home: Path) -> list[tuple[str, str]]:
    """What a dossier misses of the steps: whose, what."""
    done, problems = make_dossiers(workspace, OCCASION, Asked(home / "ra", AWARD))
    assert errors(problems) == [], [one.text() for one in problems]
    return [(one.nominee, one.text) for one in done[0][0].missing if one.kind == STEPS]


def test_lists_say_where_they_are_wrong(workspace: Workspace, tmp_path: Path) -> None:
    cover = Cover("C1", "5/TTr", date(2027, 7, 10), "4/BB", date(2027, 7, 9))
    head = attack_support.LISTED[0]

    def found(rows: list[Any]) -> list[Problem]:
        path = write(tmp_path / "ds.xlsx", plain([head, *rows]))
        return errors(collect_list(workspace, OCCASION, path, cover, TODAY).problems)

    (nobody,) = found([("  ",)])
    assert nobody.file == "ds.xlsx"
    row = ("Hộ ông A", "hộ gia đình", "bk-tinh")
    (twice,) = found([row, ("HỘ ÔNG  A", *row[1:])])
    assert twice.message.endswith("đã có ở dòng 2.") and twice.cell == "C3"


def test_one_household_proposed_by_two_communes(workspace: Workspace, tmp_path: Path) -> None:
    """Nobody is taken for another one by a name alone: a person is asked."""
    told = {"C1": "Hộ ông Nguyễn Văn A", "C2": "HỘ ÔNG  Nguye\u0302\u0303n Văn A"}
    asked = {}
    for proposer, name in told.items():
        cover = Cover(proposer, "5/TTr", date(2027, 7, 10), "4/BB", date(2027, 7, 9))
        path = write(tmp_path / f"{proposer}.xlsx", plain([attack_support.LISTED[0], (name, "hộ gia đình", "bk-tinh")]))
        run = collect_list(workspace, OCCASION, path, cover, TODAY)
        assert len(run.taken) == 1
        asked[proposer] = [(one.severity, one.cell) for one in run.problems if one.code == "name-match"]
    assert asked == {"C1": [], "C2": [(WARNING, "A2")]}


def test_a_cell_far_to_the_right_makes_few_findings(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in MEMBERS:
        book.worksheets[0].append(list(row))
    book.worksheets[0]["XFD1"] = "x"
    book.save(tmp_path / "m.xlsx")
    _, problems = import_members(workspace, OCCASION, STEP, tmp_path / "m.xlsx", "1/QĐ")
    assert 0 < len(errors(problems)) < 30 and "XFC1" in errors(problems)[-1].message


def test_a_cell_far_below_costs_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """It is a row like another one: the million rows between are not there."""
    book = openpyxl.Workbook()
    for row in MEMBERS:
        book.worksheets[0].append(list(row))
    book.worksheets[0]["A1048576"] = "Vũ Văn Cuối"
    book.save(tmp_path / "m.xlsx")
    before = time.monotonic()
    _, problems = import_members(workspace, OCCASION, STEP, tmp_path / "m.xlsx", "1/QĐ")
    assert {one.cell for one in errors(problems)} == {"C1048576", "D1048576"} and time.monotonic() - before < 10


def test_only_ordinary_files_are_attached(workspace: Workspace, tmp_path: Path) -> None:
    """/dev/zero has no end."""
    paper = Paper(AWARD, "", "bien-ban-xet", "12/BB", date(2027, 9, 20))
    for path in (Path("/dev/zero"), tmp_path, tmp_path / "none.pdf"):
        sha256, problems = attach(workspace, file_of(workspace), nominated(workspace).occasion, paper, path, TODAY)
        assert sha256 == "" and len(problems) == 1, path
    assert workspace.database.entries("dossier") == []


def test_a_body_that_ended_after_the_vote(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_sheets(monkeypatch)
    path = voted(workspace, tmp_path)
    enter(workspace, Entry("body:C1", "to", "2027-07-15"), Entry("body:C1", "successor", "C2"))
    meeting, problems = read_meeting(workspace, OCCASION, STEP, path, "1/BB", MEETING, TODAY)
    assert meeting is not None and errors(problems) == []
    (told,) = [one for one in problems if "kế thừa" in one.message]
    assert told.severity == WARNING and told.message == "C1: hoạt động đến hết ngày 15/07/2027, kế thừa: C2."
    pass_steps(workspace, AWARD, ["B001", "C1"], *DAYS, ("hoi-dong", date(2027, 9, 1)))
    assert [one for one in dossier_steps(workspace, tmp_path) if "kế thừa" in one[1]] == []  # the council knew
    enter(workspace, Entry("body:B001", "to", "2027-09-30"))
    ((who, text),) = [one for one in dossier_steps(workspace, tmp_path) if "hoạt động đến hết" in one[1]]
    assert who == "B001" and "30/09/2027" in text
