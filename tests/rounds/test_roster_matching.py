"""Whose name is this: every spelling of the seeds finds its own body and no other; what is not certain is not guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from records.roster.importing import import_roster
from records.roster.matching import find_body, fold, key, likeness
from records.roster.roster import Roster, load_roster
from tests.rounds.support import MOVEMENT, enter_body, new_workspace

DAY = date(2025, 5, 1)
# A body of another province shares these spellings with one of the province: they mean the latter.
SHARED = {
    ("B086", "Sở Khoa học và Công nghệ"): "B002",
    ("B094", "Liên hiệp các Hội KHKT tỉnh"): "B039",
    ("B099", "UBND các huyện, thành phố"): "B026",
    ("B100", "UBND tỉnh"): "B070",
}


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Roster:
    workspace = new_workspace(tmp_path_factory.mktemp("names") / "w")
    done, problems = import_roster(workspace, [MOVEMENT / "bodies.csv", MOVEMENT / "communes.csv"])
    assert done is not None, problems
    return load_roster(workspace)


def test_every_spelling_finds_its_own_body(roster: Roster) -> None:
    spellings = [(body.id, name) for body in roster.bodies.values() for name in body.names]
    assert len(spellings) > 300
    wrong = [
        (ident, name, found)
        for ident, name in spellings
        if (found := find_body(roster, name, DAY)[0]) != SHARED.get((ident, name), ident)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("  SỞ   NỘI VỤ ", "B001"),
        ("Sở KH & CN", "B002"),
        ("sở KHCN", "B002"),
        ("Sở Văn hoá - Thể thao và Du lịch", "B009"),
        ("Uỷ ban nhân dân huyện Vũ Thư", "B023"),
        ("UBND huyện Quỳnh Phụ", "B022"),
        ("Liên hiệp các Hội Khoa học và Kĩ thuật tỉnh", "B039"),
        ("Ban Quản lí Khu kinh tế và các KCN tỉnh", "B016"),
        ("Trường Đại học Y Dược Thái Bình", "B043"),
        ("Sở Nội vụ tỉnh Thái Bình", "B001"),
        ("Công an tỉnh Thái Bình", "B017"),
        ("Sở Tài chính tỉnh Ninh Bình", "B088"),
        ("Các sở, ban, ngành", "B025"),
        ("Phường Trà Lý", "X103"),
        ("phường trà lí", "X103"),
        ("B001", "B001"),
    ],
)
def test_spellings_in_use_are_certain(roster: Roster, text: str, ident: str) -> None:
    assert find_body(roster, text, DAY) == (ident, [])


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("So Noi vu", ("B001", 98)),
        ("Sở Nội vu", ("B001", 95)),
        ("Sở Khoa học Công nghệ", ("B002", 94)),
        ("Phường Trà Ly", ("X103", 95)),
    ],
)
def test_what_is_not_certain_is_offered(roster: Roster, text: str, best: tuple[str, int]) -> None:
    ident, offered = find_body(roster, text, DAY)
    assert ident is None
    assert offered[0] == best
    assert [sure for _, sure in offered] == sorted((sure for _, sure in offered), reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "---", "x" * 10_000, "\u202e", "=1+1"])
def test_what_is_no_name_finds_nobody(roster: Roster, text: str) -> None:
    assert find_body(roster, text, DAY) == (None, [])


def test_another_province_is_another_body(roster: Roster) -> None:
    assert find_body(roster, "Công an tỉnh Hưng Yên", DAY)[0] is None
    assert find_body(roster, "Sở Tài chính (weak)", DAY)[0] is None


def test_a_name_that_passed_on_belongs_to_who_has_it_on_the_day(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    enter_body(workspace, "B1", name="Sở A", kind="sở/ban/ngành", to="2026-06-30")
    enter_body(workspace, "B2", name="Sở A", kind="sở/ban/ngành", from_="2026-07-01")
    enter_body(workspace, "B3", name="Sở C", kind="sở/ban/ngành")
    enter_body(workspace, "B4", name="Sở C", kind="sở/ban/ngành")
    enter_body(workspace, "E1", name="Lê Thị D", kind="cá nhân")
    roster = load_roster(workspace)
    assert find_body(roster, "Sở A", date(2026, 6, 30))[0] == "B1"
    assert find_body(roster, "Sở A", date(2026, 7, 1))[0] == "B2"
    assert find_body(roster, "Sở C", DAY) == (None, [("B3", 99), ("B4", 99)])
    assert find_body(roster, "Lê Thị D", DAY) == (None, [])
    assert find_body(roster, "Lê Thị D", DAY, among=lambda body: body.person)[0] == "E1"


def test_keys_and_likeness() -> None:
    assert key("Uỷ ban Kỹ thuật – Hoà") == key("ỦY BAN KĨ THUẬT - HÒA")
    assert key("Tân Hưng") != key("Tân Hùng")
    assert key("tay") != key("tai")
    assert fold("Đoàn Đào") == "doan dao"
    # 4 pairs each, 3 shared: " a", "ab", "bc" of " abc " and " abd " less the endings
    assert likeness("abc", "abd") == 200 * 2 // 8
    assert likeness("abc", "abc") == 94
