"""Fields of báo cáo thành tích and tóm tắt thành tích: one nominee each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from nominations.awards.declarations import Awards
from nominations.case import Case
from nominations.dossier.state import PAPERS
from nominations.eligibility.facts import GOOD
from nominations.history.held import HeldAward
from nominations.proposals.headings import HEADINGS, Heading
from reports.dossier.counting import counted_parts, counted_since, placed
from reports.dossier.fields import (
    Fields,
    Material,
    common_fields,
    draft_notes,
    held_by,
    kind_of,
    merit,
    place_words,
)
from reports.dossier.fields_submission import punctuated
from reports.dossier.wording import capitals, gathered
from reports.score_sheet.content import PeriodPart
from reports.wording.days import period_name, written_day
from reports.wording.issuers import letterhead
from reports.wording.texts import capital

RESULTS = "II.3"  # the heading under which the figures of the score stand
LAWFUL = "II.5"  # the heading under which the confirmations of an enterprise's duties stand
HOUSEHOLD = "hộ gia đình"  # as kind_of says it: no body with a head and a seal
_FEWEST = 2  # contents that stand in the report: the parts of the set, what stands right below them where there is only one part
_NUMBERED = re.compile(r"[A-ZĐ]{0,2}[0-9]*(?:\.[0-9]+)*")
_TO_FILL = "…………………"
# Danh hiệu thi đua by their names (Luật 06/2022/QH15 Điều 19, 20, 25-28), for awards that the award file does not know.
_TITLES = (
    "cờ thi đua",
    "chiến sĩ thi đua",
    "lao động tiên tiến",
    "tập thể lao động",
    "chiến sĩ tiên tiến",
    "đơn vị",
    "danh hiệu",
)


def report_fields(material: Material, case: Case) -> Fields:
    nominee = case.nominee
    kind = kind_of(nominee.subject, nominee.person)
    person, household = kind == "cá nhân", kind == HOUSEHOLD
    sheet = material.printing.sheet(nominee.id)
    prose = _prose(case)
    return {
        **common_fields(material),
        **_heading(case, person or household),
        "nam": str(material.printing.day.year),
        "nhan_ten": _name_label(kind),
        "ten": nominee.name,
        "nhan_don_vi": "Chức vụ, đơn vị" if nominee.post else "Đơn vị",
        "chuc_vu_don_vi": place_words(nominee) if person else "",
        "dac_diem": [_section(place, one, prose) for place, one in enumerate(_part("I"), 1)],
        "thanh_tich": [*(_section(place, one, prose) for place, one in enumerate(_part("II"), 1)), *_others(prose)],
        "ket_qua": nominee.ranked.words if nominee.ranked is not None else "",
        "khong_cham_diem": "Trường hợp này không thuộc nhóm đối tượng có tiêu chí chấm điểm; đề nghị khen thưởng không kèm điểm.",
        "cac_ky": list(_periods(material, case)),
        "tinh_tu": counted_since(nominee.ranked, sheet),
        "bang_diem": [_points(part) for part in counted_parts(sheet, nominee.ranked)],
        "xac_nhan": punctuated(_confirmed(material, case)),
        "danh_hieu": _held(material.nominated.file.awards, held_by(material, case), titles=True),
        "hinh_thuc_da_khen": _held(material.nominated.file.awards, held_by(material, case), titles=False),
        "nguoi_bao_cao_in_hoa": "NGƯỜI BÁO CÁO"
        if person
        else "ĐẠI DIỆN HỘ GIA ĐÌNH"
        if household
        else "THỦ TRƯỞNG ĐƠN VỊ",
        "cach_ky": "Ký, ghi rõ họ tên" if person or household else "Ký, ghi rõ họ tên, đóng dấu",
        "ghi_chu_du_thao": _notes(material, case, "bao-cao-thanh-tich"),
    }


def _name_label(kind: str) -> str:
    return {"cá nhân": "Họ và tên", HOUSEHOLD: "Hộ gia đình"}.get(kind, "Tên đơn vị")


def _heading(case: Case, person: bool) -> Fields:
    """Who reports: a body itself, or the body in which a person works, a household lives."""
    nominee = case.nominee
    own = (nominee.unit or _TO_FILL) if person else nominee.name
    above = "" if person else nominee.unit
    return {"co_quan_in_hoa": capitals(own), "co_quan_chu_quan_in_hoa": capitals(above), "dia_danh": _TO_FILL}


def _prose(case: Case) -> dict[str, tuple[str, ...]]:
    """What was written for this award, else for any, by place."""
    own = [row for row in case.nominee.proposed if row.award == case.award.id and row.report]
    found: dict[str, tuple[str, ...]] = {}
    for row in own or [one for one in case.nominee.proposed if one.report]:
        for place, paragraphs in row.report.items():
            found[place] = (*found.get(place, ()), *paragraphs)
    return {
        place: tuple(dict.fromkeys(paragraphs)) for place, paragraphs in found.items()
    }  # proposed twice, written once


def _part(part: str) -> list[Heading]:
    return [one for one in HEADINGS if one.place.partition(".")[0] == part]


def _section(place: int, heading: Heading, prose: Mapping[str, Sequence[str]]) -> Fields:
    return {
        "tieu_de": f"{place}. {heading.title}",
        "so_lieu": "có" if heading.place == RESULTS else "",
        "tuan_thu": "có" if heading.place == LAWFUL else "",
        "cac_doan": list(prose.get(heading.place, ())),
    }


def _others(prose: Mapping[str, Sequence[str]]) -> Iterator[Fields]:
    """Prose under a place that the headings do not know is not lost."""
    known = {one.place for one in HEADINGS}
    rest = [text for place, texts in sorted(prose.items()) if place not in known for text in texts]
    if rest:
        yield {"tieu_de": f"{len(_part('II')) + 1}. Nội dung khác", "so_lieu": "", "tuan_thu": "", "cac_doan": rest}


def _periods(material: Material, case: Case) -> Iterator[Fields]:
    ranked = case.nominee.ranked
    for place, one in enumerate(ranked.periods if ranked is not None else (), 1):
        yield {
            "stt": str(place),
            "ky": capital(period_name(material.printing.movement, one.period)),
            "ket_qua": f"{one.words} điểm",
            "xep_loai": one.grade or "Không xếp loại",
            "hang": str(one.rank) if one.rank is not None else "Không xếp hạng",
        }


def _points(part: PeriodPart) -> Fields:
    """The points of one period by content; the score sheet has every criterion. No word of others who share the place."""
    rows = [row for row in part.rows if row.depth == 0]
    if len(rows) < _FEWEST:
        rows = [row for row in part.rows if row.depth <= 1]
    told = [f"{part.shown_total}/{part.shown_maximum} điểm"]
    told += [f"xếp loại “{part.grade}”"] if part.grade else ["không xếp loại"]
    told += [f"hạng {part.rank_words.partition(', đồng hạng với ')[0]}"] if part.rank is not None else []
    return {
        "ky": part.title,
        "tong": ", ".join(told),
        "danh_sach": [
            {"ma": official(row.id), "noi_dung": row.text, "toi_da": row.shown_maximum, "diem": row.shown_points}
            for row in rows
        ],
    }


def _confirmed(material: Material, case: Case) -> Iterator[str]:
    """What the state's bodies have confirmed of an enterprise's duties: content, body, document."""
    subject = case.nominee.subject
    for one in material.nominated.file.awards.confirmations:
        found = case.nominee.facts.confirmations.get(one.id)
        if subject is not None and subject.id in one.subjects and found is not None and found.finding == GOOD:
            day = f" {written_day(found.day)}" if found.day is not None else ""
            number = f"số {found.document}" if found.document[:1].isdigit() else found.document
            yield f"{one.name}: {one.issuer} xác nhận tại văn bản {number}{day}"


def official(ident: str) -> str:
    """The number of a criterion as a document prints it; a name that only the file uses says nothing to a reader."""
    return ident if _NUMBERED.fullmatch(ident) else ""


def _held(awards: Awards, history: Sequence[HeldAward], *, titles: bool) -> list[Fields]:
    """Awards held, the earliest first; a row to write on when there is none."""
    found = [one for one in history if _is_title(awards, one) == titles]
    found.sort(key=lambda one: (one.day is None, one.day.toordinal() if one.day else 0, one.number))
    rows = [
        {
            "nam": str(one.day.year) if one.day is not None else "",
            "ten": one.award_name
            if titles
            else f"{one.award_name} ({awards.category_name(one.category, 'chưa rõ loại hình')})",
            "quyet_dinh": ", ".join(
                part
                for part in (one.decision, written_day(one.day) if one.day is not None else "", one.authority)
                if part
            ),
        }
        for one in found
    ]
    return rows or [{"nam": "……", "ten": _TO_FILL, "quyet_dinh": _TO_FILL}]


def _is_title(awards: Awards, held: HeldAward) -> bool:
    known = awards.award(held.award)
    return known.kind == "danh-hieu" if known is not None else held.award_name.lower().startswith(_TITLES)


def _notes(material: Material, case: Case, template: str) -> list[str]:
    """Facts of the paper's form that nobody has seen, what this nominee lacks."""
    papers = [one for one in material.dossier.of(case.nominee.id) if one.paper.template == template]
    facts = [ident for one in papers for ident in one.paper.facts]
    told = draft_notes(material, facts, ())
    law = material.nominated.file.law
    for ident in facts if material.draft else ():
        says = law.facts[ident].says
        if law.holding(ident, material.printing.day).doubts and says:
            told.append(says)
    return [*told, *(draft_notes(material, (), _missing(material, case)))]


def _missing(material: Material, case: Case) -> Iterator[str]:
    """Papers by name; of the rest how much, the checklist says what."""
    own = [one for one in material.dossier.missing if one.nominee == case.nominee.id]
    papers = [one.text for one in own if one.kind == PAPERS]
    if papers:
        yield f"Còn thiếu ({PAPERS}): {'; '.join(gathered(papers))}"
    others = sum(one.kind != PAPERS for one in own)
    if others:
        yield f"Còn {others:02d} nội dung về điều kiện, bước xét: xem Phiếu kiểm tra hồ sơ"


# --- tóm tắt -------------------------------------------------------------------------------------------------------


def summary_fields(material: Material, case: Case) -> Fields:
    """One page about a nominee, by the office that keeps the dossiers."""
    nominee, ranked = case.nominee, case.nominee.ranked
    head = letterhead(material.printing.movement, material.printing.day)
    kind = kind_of(nominee.subject, nominee.person)
    person, household = kind == "cá nhân", kind == HOUSEHOLD
    held = [one.words for one in held_by(material, case)]
    told = [
        (_name_label(kind), nominee.name),
        (
            ("Chức vụ, đơn vị" if nominee.post else "Đơn vị")
            if person
            else "Nơi quản lý"
            if household
            else "Đơn vị cấp trên",
            place_words(nominee),
        ),
        ("Đối tượng theo Luật", capital(nominee.subject.name) if nominee.subject is not None else ""),
        ("Hình thức đề nghị", case.award.name),
        ("Dịp xét", capital(material.nominated.occasion.name)),
        ("Kết quả chấm điểm", ranked.words if ranked is not None else "Không chấm điểm"),
        ("Thứ hạng", placed(ranked)),
        ("Thời gian tính thành tích", counted_since(ranked, material.printing.sheet(nominee.id))),
        (
            "Kết quả các kỳ",
            "; ".join(f"{one['ky']}: {one['ket_qua']}, {one['xep_loai']}" for one in _periods(material, case)),
        ),
        ("Đã được khen thưởng", "; ".join(held) or "Chưa ghi nhận"),
    ]
    common = common_fields(material)
    return {
        **common,
        "co_quan": head.authority if head is not None else "",
        "co_quan_in_hoa": capitals(head.authority) if head is not None else "",
        "co_quan_chu_quan_in_hoa": capitals(head.parent) if head is not None else "",
        "dia_danh": head.place if head is not None else "",
        "ngay_ban_hanh": written_day(material.printing.day),
        "thong_tin": [{"ten": name, "noi_dung": text} for name, text in told if text],
        "thanh_tich": merit(nominee, case.award.id, 1500) or _TO_FILL,
        "noi_nhan": [],
        "luu": head.filing if head is not None else "VT",
        "quyen_han_in_hoa": [head.signer_title.upper()] if head is not None else [],
        "nguoi_ky": "",
        "ghi_chu_du_thao": [],
    }
