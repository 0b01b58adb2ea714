"""What tests of awards start from: the catalogue's award file, a quick workspace with a roster of every group, made-up nominees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from criteria.movements.reading import MOVEMENT as MOVEMENT_FILE
from criteria.movements.reading import read_movement
from nominations.awards.declarations import Awards
from nominations.awards.law import Confirmed, Law
from nominations.awards.reading import AWARDS, AwardFile, read_awards
from nominations.eligibility.context import Context
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.results import PeriodResult, Ranked, Results
from records.ledger.entries import Entry
from records.roster.roster import Roster
from records.workspace.folder import Workspace, create_workspace, open_workspace
from tests.rounds.support import MOVEMENT, SECOND

SO_KET = AwardOccasion(
    "so-ket-2027",
    "so-ket",
    "Sơ kết Phong trào",
    date(2027, 7, 1),
    date(2025, 4, 1),
    date(2027, 6, 30),
    ("2025", "2026", "2027-h1"),
)
TONG_KET = AwardOccasion(
    "tong-ket-2030",
    "tong-ket",
    "Tổng kết Phong trào",
    date(2030, 10, 1),
    date(2025, 4, 1),
    date(2030, 9, 30),
    ("2029", "2030-9m"),
)
# Before the law was amended (01/10/2026) and while every decree is in force: the day on which most facts are sure.
THUC_DAY = AwardOccasion(
    "thuc-day-2026-09-30", "thuc-day", "Thúc đẩy Phong trào", date(2026, 9, 30), date(2025, 1, 1), date(2026, 9, 30)
)

ROSTER: dict[str, dict[str, str]] = {  # id → fields; from_ stands for from
    "B001": {"name": "Sở Nội vụ", "kind": "sở/ban/ngành"},
    "B002": {"name": "Sở Khoa học và Công nghệ", "kind": "sở/ban/ngành"},
    "B003": {"name": "Sở Tài chính", "kind": "sở/ban/ngành"},
    "B034": {"name": "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "kind": "MTTQ & đoàn thể"},
    "B041": {"name": "Hiệp hội Doanh nghiệp tỉnh", "kind": "MTTQ & đoàn thể"},
    "X101": {"name": "Phường Một", "kind": "phường", "pool": "Cụm 1"},
    "X102": {"name": "Phường Hai", "kind": "phường", "pool": "Cụm 1"},
    "X103": {"name": "Xã Ba", "kind": "xã", "pool": "Cụm 2"},
    "D1": {"name": "Trung tâm Một", "kind": "đơn vị trực thuộc", "parent": "B002"},
    "F1": {"name": "Công ty Một", "kind": "doanh nghiệp", "attribute:size": "vừa"},
    "F2": {"name": "Công ty Hai", "kind": "doanh nghiệp", "attribute:size": "nhỏ"},
    "E1": {
        "name": "Nguyễn Văn Một",
        "kind": "cá nhân",
        "parent": "B003",
        "sub_type": "cán bộ, công chức, viên chức, người lao động",
    },
    "E2": {"name": "Trần Thị Hai", "kind": "cá nhân", "parent": "F1", "sub_type": "doanh nhân"},
    "E3": {"name": "Lê Văn Ba", "kind": "cá nhân", "parent": "D1", "sub_type": "nhà khoa học"},
}


def award_workspace(
    root: Path, movement: Path = MOVEMENT, roster: Mapping[str, Mapping[str, str]] = ROSTER
) -> Workspace:
    """An open workspace of a movement with a small roster of every group; no round."""
    assert create_workspace(root, movement, secret=b"0123456789abcdef") == []
    workspace, problems = open_workspace(root, "người thử")
    assert workspace is not None, problems
    entries = [
        Entry(f"body:{ident}", name.rstrip("_"), value, source="thử")
        for ident, fields in roster.items()
        for name, value in fields.items()
    ]
    with workspace.database.writing() as writer:
        writer.append(entries)
    return workspace


@cache
def award_file(movement: Path = MOVEMENT) -> AwardFile:
    """The award file of a movement folder; nothing confirmed."""
    file, problems = read_awards(movement / AWARDS)
    assert file is not None, [one.text() for one in problems]
    return file


def catalogue() -> Awards:
    return award_file().awards


def second() -> AwardFile:
    """The fictitious movement's."""
    return award_file(SECOND)


def confirming(file: AwardFile, *said: Confirmed) -> AwardFile:
    """The file with what people have confirmed of its facts."""
    return replace(file, law=Law(file.law.facts, file.law.documents, {one.fact: one for one in said}))


def sure(file: AwardFile, day: date) -> AwardFile:
    """The file with every fact confirmed on a day: tests of anything but the law."""
    return confirming(
        file, *(Confirmed(one, "unchanged", "Biên bản đối chiếu", day, "người thử") for one in file.law.facts)
    )


def period(name: str, share: Any = 90, **named: Any) -> PeriodResult:
    """One period. share: percent."""
    given = {"grade": "Xuất sắc, tiêu biểu", "level": 0, "rank": 1, "receipt": f"sha-{name}", **named}
    year = int(name[:4])
    of = Fraction(str(share)) / 100
    return PeriodResult(name, date(year, 1, 1), date(year, 12, 31), words=f"{share}", share=of, **given)


def ranked(ident: str, figure: Any = 90, **named: Any) -> Ranked:
    """A candidate's result at an occasion. figure: percent."""
    given = {
        "group": "a",
        "set_id": "tb-a-so-nganh",
        "pool": "",
        "words": f"{figure} %",
        "rank": 1,
        "periods": (period("2025"), period("2026")),
        "grades": ("Xuất sắc, tiêu biểu", "Đạt tiêu chuẩn thi đua", "Chưa đạt"),
        **named,
    }
    return Ranked(ident, f"Sở {ident}", figure=Fraction(str(figure)), **given)


def nominee(ident: str, subject: str = "tap-the", of: AwardFile | None = None, **named: Any) -> Nominee:
    """A nominee of group a with a result, unless told otherwise. subject: id in the award file."""
    file = of or award_file()
    made = file.awards.subject(subject)
    assert made is not None
    group = named.pop("group", next(iter(made.groups), ""))
    result = named.pop("ranked", ranked(ident, group=group) if group else None)
    return Nominee(ident, f"Đối tượng {ident}", made, group, ranked=result, person=made.person, **named)


def results(many: Iterable[Ranked]) -> Results:
    return Results({one.candidate: one for one in many})


def standing(nominees: Iterable[Nominee], movement: Path = MOVEMENT) -> Standing:
    made, _ = read_movement(movement / MOVEMENT_FILE)
    assert made is not None
    return Standing(Roster(made), {one.id: one for one in nominees}, {})


def context(
    nominees: Iterable[Nominee], occasion: AwardOccasion = SO_KET, of: AwardFile | None = None, **named: Any
) -> Context:
    """What checks look at. of: the award file; None: the catalogue's, every fact confirmed."""
    file = of or sure(award_file(), occasion.day)
    return Context("thai-binh-2025-2030", file, occasion, standing(nominees), **named)
