"""What every document of a dossier may ask for: the heading, the stamps, the award, people in words. Pure; texts made printable here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Any

from criteria.declarations.calendar import Letterhead
from criteria.declarations.movement import Movement
from nominations.awards.declarations import Subject
from nominations.awards.law import Fact
from nominations.case import Case, Nominated
from nominations.dossier.state import Dossier
from nominations.history.held import HeldAward
from nominations.nominees import Nominee
from reports.dossier.wording import capitals, doubt_words, places, stamp_lines
from reports.score_sheet.content import ScoreSheet
from reports.wording.days import written_day
from scoring.result import ILLUSTRATION

BLANK = "\u00a0" * 8
LONGEST_MERIT = 700  # letters of a merit in a list; the report has all of it
_QUOTED = re.compile(r'"([^"]*)"')
_DAY = re.compile(r"\bngày ([0-9]{2})/([0-9]{2})/([0-9]{4})")
_BODIES = re.compile(r"Ủy ban nhân dân(?: tỉnh| thành phố| xã| phường)?|Thủ tướng Chính phủ|hạng \w+")  # not torn apart
Fields = dict[str, Any]


@dataclass(frozen=True)
class Printing:
    """What documents are made of beside the dossier. day: of the documents. number: of the submission, "" when it has none yet.

    sheet: the score of a nominee, None without one. final: whether the dossier leaves as final.
    """

    movement: Movement
    day: date
    number: str = ""
    sheet: Callable[[str], ScoreSheet | None] = lambda _: None
    final: bool = False


@dataclass(frozen=True)
class Material:
    """One award's dossier and how it is printed."""

    nominated: Nominated
    dossier: Dossier
    printing: Printing

    @property
    def draft(self) -> bool:
        return not (self.printing.final and self.dossier.complete)

    @property
    def marks(self) -> list[str]:
        """What the results are: trial points, proposed ways to combine, illustrative data."""
        illustration = any(case.nominee.illustration for case in self.dossier.cases)
        return [*self.nominated.stamps, *([ILLUSTRATION] if illustration else [])]

    @property
    def stamps(self) -> list[str]:
        """The lines that have to stand on every page."""
        return stamp_lines(self.marks, draft=self.draft)


def common_fields(material: Material) -> Fields:
    """The movement, the occasion, the award, the stamps."""
    movement, occasion, award = material.printing.movement, material.nominated.occasion, material.dossier.award
    cases = material.dossier.cases
    return {
        "dau_trang": material.stamps,
        "phong_trao": movement.name,
        "giai_doan": f"{movement.period.from_}\u2011{movement.period.to}",  # the years on one line
        "dip": f"dịp {_lower(occasion.name)}",
        "hinh_thuc": award.name,
        "hinh_thuc_in_hoa": _BODIES.sub(lambda found: found[0].replace(" ", "\u00a0"), award.name).upper(),
        "loai_hinh": f"khen thưởng {material.nominated.file.awards.category_name(award.category)}",
        "doi_tuong": counted(cases),
        "doi_tuong_chung": kinds(cases),
        "doi_tuong_chung_in_hoa": kinds(cases).upper(),
    }


def heading_fields(head: Letterhead | None, kind: str, day: date, number: str = "") -> Fields:
    """Ô 1-4 of Nghị định 30/2020/NĐ-CP, Phụ lục I. kind: TTr, TB, BC; number: with its symbol when it is given."""
    authority = head.authority if head is not None else ""
    return {
        "co_quan": authority,
        "co_quan_in_hoa": capitals(authority),
        "co_quan_chu_quan_in_hoa": capitals(head.parent) if head is not None else "",
        "so_ky_hieu": number_words(number, kind, head.symbol if head is not None else ""),
        "dia_danh": head.place if head is not None else "",
        "ngay_ban_hanh": written_day(day),
        "luu": head.filing if head is not None else "VT",
    }


def number_words(number: str, kind: str, symbol: str) -> str:
    """05/TTr-UBND; without a number its place is left free. A number below 10 gets its zero."""
    told = number.strip()
    bare, slash, rest = told.partition("/")
    if told:
        return (f"0{bare}" if bare in "123456789" else bare) + (slash + rest if slash else f"/{kind}-{symbol}")
    return f"{BLANK}/{kind}-{symbol}" if symbol else f"{BLANK}/{kind}"


def long_days(text: str) -> str:
    """ngày 15/06/2022 as documents write it: ngày 15 tháng 6 năm 2022."""
    return _DAY.sub(lambda found: written_day(date(int(found[3]), int(found[2]), int(found[1]))), text)


def signer_lines(signer: str) -> list[str]:
    """TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH, a line each."""
    return [line.strip().upper() for line in re.split(r"\n|\s/\s", signer) if line.strip()]


def kind_of(subject: Subject | None, person: bool) -> str:
    """cá nhân, tập thể, doanh nghiệp, hộ gia đình"""
    if person or (subject is not None and subject.person):
        return "cá nhân"
    return re.split(r"[,(]", subject.name)[0].strip() if subject is not None else "tập thể"


def counted(cases: Iterable[Case]) -> str:
    """05 tập thể, 12 cá nhân"""
    found = _kinds(cases)
    return ", ".join(f"{many:02d} {kind}" for kind, many in found.items()) or "00 trường hợp"


def kinds(cases: Iterable[Case]) -> str:
    return ", ".join(_kinds(cases)) or "tập thể, cá nhân"


def _kinds(cases: Iterable[Case]) -> dict[str, int]:
    """How many of each kind, persons last."""
    found: dict[str, int] = {}
    for case in cases:
        kind = kind_of(case.nominee.subject, case.nominee.person)
        found[kind] = found.get(kind, 0) + 1
    order = sorted(found, key=lambda kind: (kind == "cá nhân", kind != "tập thể", kind))
    return {kind: found[kind] for kind in order}


def place_words(nominee: Nominee) -> str:
    """Chức vụ, đơn vị."""
    return ", ".join(dict.fromkeys(part for part in (nominee.post, nominee.unit) if part))


def merit(nominee: Nominee, award: str, longest: int | None = LONGEST_MERIT) -> str:
    """What the proposer wrote of the merit: for this award, else for any. Cut for lists, never for the report."""
    own = [row.merit for row in nominee.proposed if row.merit and row.award == award]
    told = " ".join(dict.fromkeys(own or [row.merit for row in nominee.proposed if row.merit]))
    text = " ".join(told.split())
    return shorten(text, longest, placeholder=" …") if longest is not None and len(text) > longest else text


def held_by(material: Material, case: Case) -> list[HeldAward]:
    """The awards that a nominee holds on the day of the papers, and not what was granted later."""
    day = material.printing.day
    return [one for one in case.history if one.counts and (one.day is None or one.day <= day)]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def draft_notes(material: Material, facts: Sequence[str], missing: Iterable[str]) -> list[str]:
    """What only drafts say: legal facts that nobody has verified, what is missing."""
    if not material.draft:
        return []
    law = material.nominated.file.law
    doubts: dict[tuple[str, tuple[str, ...]], list[Fact]] = {}
    for ident in dict.fromkeys(facts):
        held = law.holding(ident, material.printing.day)
        if held.doubts:
            document = law.documents.get(held.fact.basis)
            name = document.words() if document is not None else held.fact.basis
            doubts.setdefault((name, held.doubts), []).append(held.fact)
    told = []
    for (name, why), doubted in doubts.items():
        apart = ", ".join(dict.fromkeys(one.where() for one in doubted if not one.article and one.where()))
        place = f"{places(doubted)} " if any(one.article for one in doubted) else ""
        told.append(
            f"Căn cứ chưa xác minh: {f'{apart}, ' if apart else ''}{place}{quoted(name)} ({doubt_words('; '.join(why))})"
        )
    return [" ".join(text.split()) + ("" if text.endswith(".") else ".") for text in dict.fromkeys([*told, *missing])]


def quoted(text: str) -> str:
    """Straight quotation marks as documents print them."""
    return _QUOTED.sub(r"“\1”", text)
