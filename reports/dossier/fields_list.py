"""Fields of danh sách trích ngang (kèm tờ trình) and thông báo công khai: who, in which order, in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from nominations.awards.declarations import Awards
from nominations.case import Case
from nominations.history.held import HeldAward
from records.roster.roster import order
from reports.dossier.counting import counted_since
from reports.dossier.fields import (
    Fields,
    Material,
    common_fields,
    counted,
    draft_notes,
    heading_fields,
    held_by,
    merit,
    place_words,
)
from reports.dossier.fields_submission import legal_grounds, missing_words, punctuated
from reports.dossier.wording import stamp_lines
from reports.wording.days import period_name, written_day
from reports.wording.issuers import head_on, letterhead
from reports.wording.texts import capital
from scoring.placing import pool_words

BLANK_MERIT = "……"  # to be written by the office
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Published:
    """A list is published: so many working days, from and to, where."""

    first: date
    last: date
    working_days: int
    where: str


def list_fields(material: Material) -> Fields:
    """Danh sách trích ngang: groups apart, collectives before persons, who has no score last."""
    file, dossier, printing = material.nominated.file, material.dossier, material.printing
    heads = file.awards.letterheads.get(dossier.authority.submitted_by, []) if dossier.authority is not None else []
    facts = [ident for state in dossier.papers if state.paper.template == "danh-sach" for ident in state.paper.facts]
    return {
        **common_fields(material),
        **heading_fields(head_on(heads, printing.day), "TTr", printing.day, printing.number),
        "cac_nhom": _groups(material),
        "ghi_chu_du_thao": draft_notes(material, facts, [*_without_merit(material), *missing_words(material)]),
    }


def _without_merit(material: Material) -> Iterator[str]:
    many = [place for place, one in enumerate(in_order(material), 1) if not merit(one.nominee, one.award.id)]
    if many:
        yield f"Chưa có tóm tắt thành tích của {len(many):02d} trường hợp (số thứ tự {', '.join(map(str, many))})"


def in_order(material: Material) -> list[Case]:
    """Cases by kind, group, set and pool, then by place."""
    letters = [group.letter for group in material.printing.movement.groups]

    def key(case: Case) -> tuple[object, ...]:
        one = case.nominee
        group = letters.index(one.group) if one.group in letters else len(letters)
        rank = one.ranked.rank if one.ranked is not None else None
        return not one.scored, one.person, group, one.set_id, order(one.pool), rank is None, rank or 0, order(one.id)

    return sorted(material.dossier.cases, key=key)


def _group_name(material: Material, case: Case) -> str:
    one = case.nominee
    if not one.scored:
        return "Trường hợp đề nghị không chấm điểm"
    group = next((group for group in material.printing.movement.groups if group.letter == one.group), None)
    name = " ".join(group.name.split()) if group is not None else one.group
    return f"{name}; {pool_words(one.pool)}" if one.pool and one.pool != name else name


def _groups(material: Material) -> list[Fields]:
    found: list[Fields] = []
    number = 0
    for name, many in groupby(in_order(material), key=lambda case: _group_name(material, case)):
        cases = list(many)
        roman = _ROMAN[len(found)] if len(found) < len(_ROMAN) else str(len(found) + 1)
        rows = [_row(material, case, number + place) for place, case in enumerate(cases, 1)]
        number += len(cases)
        found.append({"ten": f"{roman}. {name} ({counted(cases)})", "danh_sach": rows})
    return found


def _row(material: Material, case: Case, number: int) -> Fields:
    nominee, ranked = case.nominee, case.nominee.ranked
    awards = material.nominated.file.awards
    periods = [
        f"{capital(period_name(material.printing.movement, one.period))}: {one.words} điểm"
        + (f", {one.grade}" if one.grade else "")
        + (f", hạng {one.rank}" if one.rank is not None else "")
        for one in (ranked.periods if ranked is not None else ())
    ]
    notes = [] if ranked is not None else ["Không chấm điểm"]
    if ranked is not None and ranked.rank is None and ranked.unplaced:
        notes.append(capital(ranked.unplaced))
    since = counted_since(ranked, material.printing.sheet(nominee.id))
    return {
        "stt": str(number),
        "ten": nominee.name,
        "chuc_vu_don_vi": place_words(nominee),
        "ket_qua": "; ".join(periods),
        "cac_ky": [*(f"{told};" for told in periods[:-1]), *periods[-1:], *([f"({since})"] if since else [])]
        or ["–"],  # Word opens no cell without a line
        "diem": ranked.words.replace(" %", "\u00a0%") if ranked is not None else "Không chấm điểm",
        "hang": str(ranked.rank) if ranked is not None and ranked.rank is not None else "",
        "thanh_tich": merit(nominee, case.award.id) or BLANK_MERIT,
        "da_khen": "; ".join(held_words(awards, one) for one in held_by(material, case)),
        "ghi_chu": "; ".join(notes),
    }


def held_words(awards: Awards, held: HeldAward) -> str:
    """Bằng khen … (Quyết định số …, phong trào thi đua theo chuyên đề)"""
    category = awards.category_name(held.category, "chưa rõ loại hình")
    number = f"Quyết định số {held.decision}" if held.decision[:1].isdigit() else held.decision
    told = " ".join(part for part in (number, f"ngày {held.day:%d/%m/%Y}" if held.day else "") if part)
    return f"{held.award_name} ({', '.join(part for part in (told, category) if part)})"


# --- công khai -----------------------------------------------------------------------------------------------------


def notice_fields(material: Material, published: Published, number: str = "") -> Fields:
    """Thông báo công khai: name, post, unit, award, short merit, and nothing else (Luật 91/2025/QH15)."""
    movement, award, day = material.printing.movement, material.dossier.award, material.printing.day
    head = letterhead(movement, day)
    asked = award.announcement.facts if award.announcement is not None else []
    rows = [
        {
            "stt": str(place),
            "ten": case.nominee.name,
            "chuc_vu_don_vi": place_words(case.nominee),
            "hinh_thuc": award.name,
            "thanh_tich": merit(case.nominee, award.id),
        }
        for place, case in enumerate(in_order(material), 1)
    ]
    symbol = head.symbol.partition("-")[0] if head is not None else ""
    own = head.model_copy(update={"symbol": symbol}) if head is not None else None
    fields = {
        **common_fields(material),
        **heading_fields(own, "TB", day, number),
        "dau_trang": stamp_lines(material.marks, draft=False),
        "can_cu": punctuated(legal_grounds(material, asked)),
        "danh_sach": rows,
        "so_ngay": f"{published.working_days:02d}",
        "tu_ngay": written_day(published.first),
        "den_ngay": written_day(published.last),
        "noi_dang": published.where,
        "noi_nhan": ["Các cơ quan, đơn vị, cá nhân có tên trong danh sách"],
        "quyen_han_in_hoa": [head.signer_title.upper()] if head is not None else [],
        "nguoi_ky": "",
        "ghi_chu_du_thao": [],
    }
    return fields
