"""Cases made by hand for the checks: a small award file, one nominee, one occasion. Nothing is read from a disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from criteria.declarations.common import Basis
from nominations.awards.declarations import Award, Awards
from nominations.awards.law import Confirmed, Law
from nominations.awards.reading import AwardFile
from nominations.eligibility.context import Context
from nominations.eligibility.facts import NomineeFacts
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.results import PeriodResult, Ranked
from records.roster.roster import Roster

FIRST, LAST, DAY = date(2025, 4, 1), date(2027, 6, 30), date(2027, 9, 15)
OCCASION = AwardOccasion("so-ket-2027", "so-ket", "Sơ kết", DAY, FIRST, LAST, ("2025", "2026"))
ROUTE: dict[str, Any] = {"subjects": ["tap-the"], "occasions": ["so-ket", "tong-ket"], "facts": ["luat-1"]}
BLOCKS: dict[str, tuple[str, str]] = {  # id: as sentences say it, as data call it
    "discipline": ("đang xem xét kỷ luật", "xem xét kỷ luật"),
    "inspection": ("đang thanh tra", "thanh tra"),
    "complaint": ("đơn thư đang được xác minh", "đơn thư"),
    "press": ("báo chí nêu đang được xác minh", "báo chí nêu"),
}
FILE: dict[str, Any] = {
    "frame": {"issuer": "tinh", "from": date(2025, 4, 15), "to": date(2030, 12, 31)},
    "duration_basis": "planned",
    "facts": [
        {"id": "luat-1", "basis": "luat", "article": 1, "clause": 2, "point": "a", "quote": "Lời luật.", "mark": "V"},
        {"id": "chac", "basis": "luat", "article": 4, "mark": "V"},
        {"id": "ngo", "basis": "luat", "article": 9, "mark": "S"},
    ],
    "subjects": [
        {"id": "tap-the", "name": "tập thể", "groups": ["a"], "prefer": "female_share", "prefer_percent": 70},
        {"id": "ca-nhan", "name": "cá nhân", "person": True, "groups": ["e"], "prefer": "female"},
        {"id": "ho", "name": "hộ gia đình"},
        {"id": "dn", "name": "doanh nghiệp", "groups": ["đ"]},
    ],
    "blocks": [{"id": one, "name": name, "short": short} for one, (name, short) in BLOCKS.items()],
    "managed": {"by": "Ban Thường vụ Tỉnh ủy"},
    "awards": [],
    "rules": {name: ["chac"] for name in ("TC", "E1", "E2", "E3", "E6", "E7", "E8", "E10", "E11", "E13")},
    "confirmations": [
        {"id": "thue", "name": "Nghĩa vụ thuế", "issuer": "Thuế tỉnh", "subjects": ["dn"], "facts": ["chac"]},
        {"id": "mt", "name": "Môi trường", "issuer": "Sở NN&MT", "subjects": ["dn"], "facts": ["chac"]},
    ],
}
DOCUMENTS = {"luat": Basis(id="luat", document="Luật Mẫu", number="1/2025/QH", date=date(2025, 1, 1))}


def award(**changes: Any) -> Award:
    """An award with one route for collectives, at sơ kết and tổng kết."""
    made: dict[str, Any] = {
        "id": "bk",
        "name": "Bằng khen",
        "short": "BK",
        "level": "tinh",
        "category": "chuyen-de",
        "authority": "tinh",
        "routes": [ROUTE],
        "standards": [{"least_figure": "80", "status": "decided", "decided_by": "QĐ 1", "facts": ["chac"]}],
    }
    return Award.model_validate(made | changes)


def context(
    *, occasion: AwardOccasion = OCCASION, confirmed: dict[str, Confirmed] | None = None, **changes: Any
) -> Context:
    """changes: of the award file; names of the context's own fields go there."""
    own = {name: changes.pop(name) for name in ("held_back", "decisions", "history") if name in changes}
    awards = Awards.model_validate(FILE | changes)
    law = Law({one.id: one for one in awards.facts}, DOCUMENTS, confirmed)
    standing = Standing(Roster.__new__(Roster), {}, {})
    return Context("mau", AwardFile(awards, law), occasion, standing, **own)


def period(name: str, level: int | None = 0, rank: int | None = 1) -> PeriodResult:
    grades = ("Xuất sắc", "Tốt", "Đạt")
    grade = grades[level] if level is not None else ""
    year = int(name)
    share = Fraction(9, 10)
    return PeriodResult(name, date(year, 1, 1), date(year, 12, 31), "90/100", share, grade, level, rank, "ab" * 32)


def ranked(
    figure: str | None = "90", rank: int | None = 1, levels: tuple[int | None, ...] = (0, 0), **more: Any
) -> Ranked:
    """A result of two periods, 2025 and 2026."""
    periods = tuple(period(str(2025 + place), level) for place, level in enumerate(levels))
    value = Fraction(figure) if figure is not None else None
    words = f"{figure} %" if figure is not None else ""
    grades = ("Xuất sắc", "Tốt", "Đạt")
    return Ranked("A1", "Sở A", "a", "set", "cụm 1", value, words, True, rank, periods=periods, grades=grades, **more)


def facts(**known: Any) -> NomineeFacts:
    """Of A1: nothing to stop it, unless said."""
    return replace(NomineeFacts("A1", blocks=dict.fromkeys(BLOCKS, "không")), **known)


def nominee(ctx: Context, subject: str | None = "tap-the", *, result: Ranked | str | None = "", **more: Any) -> Nominee:
    """A collective of group a with a result; result None: without one."""
    kind = ctx.file.awards.subject(subject) if subject is not None else None
    found = ranked() if isinstance(result, str) else result
    more = {"group": "a", "facts": facts(), **more}
    return Nominee("A1", "Sở A", kind, person=kind is not None and kind.person, ranked=found, **more)
