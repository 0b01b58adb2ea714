"""A small award file, a small roster and awards made up for tests of the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from criteria.declarations.common import Basis
from nominations.awards.declarations import Awards
from nominations.awards.law import Law
from nominations.awards.reading import AwardFile
from nominations.eligibility.context import Context
from nominations.eligibility.facts import NomineeFacts
from nominations.history.held import HeldAward
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import Proposed
from nominations.results import PeriodResult, Ranked
from records.ledger.entries import Entry
from records.roster.roster import Roster
from records.workspace.folder import Workspace
from tests.rounds.support import enter_body, new_workspace
from tests.rounds.year_support import movement

TODAY = date(2030, 12, 31)
SO_KET = AwardOccasion("so-ket-2027", "so-ket", "Sơ kết", date(2027, 8, 1), date(2025, 4, 1), date(2027, 6, 30))
_STEPS = [
    {"id": "xet-chon", "name": "Xét chọn", "kind": "selection", "by": "so-khcn"},
    {"id": "hoi-dong", "name": "Hội đồng", "kind": "council", "by": "hội đồng"},
    {"id": "ubnd-tinh", "name": "UBND tỉnh quyết định", "kind": "decision", "by": "Ủy ban nhân dân tỉnh"},
]
_AWARDS: list[dict[str, Any]] = [
    {
        "id": "hcld-ba",
        "name": "Huân chương Lao động hạng Ba",
        "short": "HCLĐ hạng Ba",
        "level": "nha-nuoc",
        "category": "chuyen-de",
        "authority": "chu-tich-nuoc",
        "routes": [
            {
                "subjects": ["tap-the"],
                "occasions": ["tong-ket"],
                "facts": ["f-sure"],
                "held": [{"award": "bk-tinh", "categories": ["chuyen-de"]}],
            }
        ],
    },
    {
        "id": "bk-tinh",
        "name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "short": "Bằng khen tỉnh",
        "level": "tinh",
        "category": "chuyen-de",
        "authority": "chu-tich-tinh",
        "routes": [],
    },
    {
        "id": "giay-khen",
        "name": "Giấy khen",
        "short": "GK",
        "level": "co-so",
        "category": "chuyen-de",
        "authority": "thu-truong",
        "routes": [],
    },
    {
        "id": "hcld-cong-trang",
        "name": "Huân chương Lao động hạng Ba về công trạng",
        "short": "HCLĐ công trạng",
        "level": "nha-nuoc",
        "category": "cong-trang",
        "authority": "chu-tich-nuoc",
        "routes": [],
    },
]
CATEGORIES = [
    {"id": "cong-trang", "name": "công trạng"},
    {"id": "dot-xuat", "name": "đột xuất"},
    {"id": "chuyen-de", "name": "phong trào thi đua theo chuyên đề", "movement": True},
]
AUTHORITY = {
    "id": "chu-tich-tinh",
    "name": "Chủ tịch Ủy ban nhân dân tỉnh",
    "submitted_by": "x",
    "to": "x",
    "signer": "x",
}


def award_file(*, sure: bool = True) -> AwardFile:
    """sure: whether the legal facts of the checks are verbatim ones in force."""
    facts = [
        {"id": "f-sure", "basis": "luat", "article": 5, "mark": "V", "quote": "q"},
        {"id": "f-doubt", "basis": "luat", "article": 6, "mark": "M", "says": "s"},
    ]
    which = ["f-sure" if sure else "f-doubt"]
    awards = Awards.model_validate(
        {
            "frame": {"issuer": "tinh", "from": "2025-04-01", "to": "2030-12-31"},
            "duration_basis": "planned",
            "facts": facts,
            "categories": CATEGORIES,
            "merit": {"category": "cong-trang", "not_counted": ["chuyen-de", "dot-xuat"], "facts": which},
            "subjects": [{"id": "tap-the", "name": "Tập thể", "groups": ["a"]}],
            "awards": _AWARDS,
            "rules": dict.fromkeys(("E4", "E5", "E9", "E9b", "revoked"), which),
            "steps": _STEPS,
            "authorities": [AUTHORITY],
        }
    )
    basis = Basis(id="luat", document="Luật Thử", number="1/QH", date=date(2022, 6, 15), issuer="Quốc hội")
    return AwardFile(awards, Law({one.id: one for one in awards.facts}, {"luat": basis}))


def held(number: int = 1, **changes: Any) -> HeldAward:
    """One award of B1: Bằng khen of this movement at a push in 2026, unless said otherwise."""
    told: dict[str, Any] = {
        "holder": "B1",
        "holder_name": "",
        "award": "bk-tinh",
        "award_name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "category": "chuyen-de",
        "level": "tinh",
        "decision": "12/QĐ-UBND",
        "authority": "Chủ tịch Ủy ban nhân dân tỉnh",
        "movement": "m",
        "occasion": "thuc-day-2025-12-31",
        "achievement": "",
        "initiative": "",
        "status": "granted",
        "day": date(2026, 1, 20),
        "first": date(2025, 4, 1),
        "last": date(2025, 12, 31),
    }
    return HeldAward(number, **(told | changes))


def ranked(*periods: tuple[str, date, date]) -> Ranked:
    told = tuple(PeriodResult(name, first, last, "", None, "", None, 1, "sha") for name, first, last in periods)
    return Ranked("B1", "Sở Một", "a", "s", "", None, "", periods=told)


YEAR_2025 = ("2025", date(2025, 1, 1), date(2025, 12, 31))
YEAR_2026 = ("2026", date(2026, 1, 1), date(2026, 12, 31))


def nominee(
    result: Ranked | None = None,
    *,
    ident: str = "B1",
    initiative: str = "",
    achievement: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Nominee:
    rows = (Proposed("so-ket-2027", 1, 1, ident, "bk-tinh", achievement=achievement),) if achievement else ()
    known = NomineeFacts(ident, initiative=initiative, **(facts or {}))
    return Nominee(ident, f"Sở {ident}", None, ranked=result, proposed=rows, facts=known)


def context(
    *history: HeldAward,
    others: Sequence[Nominee] = (),
    file: AwardFile | None = None,
    occasion: AwardOccasion = SO_KET,
    **more: Any,
) -> Context:
    standing = Standing(Roster(movement()), {one.id: one for one in others}, {})
    return Context("m", file or award_file(), occasion, standing, tuple(history), **more)


# --- workspaces ----------------------------------------------------------------------------------------------------


def small_workspace(root: Path) -> Workspace:
    """B901 with one person E901, B902 that followed B903; two persons of one name."""
    made = new_workspace(root / "w", period=None)
    enter_body(made, "B901", name="Sở Thử Nghiệm", kind="sở/ban/ngành")
    enter_body(made, "B902", name="Sở Kế Tiếp", kind="sở/ban/ngành")
    enter_body(made, "B903", name="Sở Trước Kia", kind="sở/ban/ngành", to="2025-06-30", successor="B902")
    persons = (
        ("E901", "Nguyễn Thị Thử", "B901"),
        ("E902", "Trần Văn Trùng", "B901"),
        ("E903", "Trần Văn Trùng", "B902"),
    )
    with made.database.writing() as writer:
        for ident, name, parent in persons:
            told = {"kind": "cá nhân", "group": "e", "parent": parent}
            writer.append(Entry(f"body:{ident}", field, value) for field, value in told.items())
            writer.append([Entry(f"body:{ident}", "name", name, personal=True)])
            writer.append([Entry(f"body:{ident}", "post", "Chuyên viên", personal=True)])
    return made


def written(root: Path, text: str, name: str = "khen-thuong.csv") -> Path:
    path = root / name
    path.write_text(text, encoding="utf-8")
    return path
