"""Fields of phiếu kiểm tra hồ sơ: papers, findings E1-E13, confirmations, money; of a whole award or of one nominee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nominations.awards.law import UNVERIFIED
from nominations.case import Case
from nominations.dossier.money import dong, total
from nominations.dossier.papers import PaperState
from nominations.dossier.state import PEOPLE, Missing
from nominations.eligibility.facts import GOOD
from nominations.eligibility.finding import Finding
from reports.dossier.fields import Fields, Material, common_fields, place_words, quoted
from reports.dossier.fields_list import in_order
from reports.dossier.fields_submission import punctuated
from reports.dossier.wording import capitals, cited, doubt_words, gathered
from reports.wording.days import written_day
from reports.wording.issuers import letterhead
from reports.wording.texts import capital

_SHORT = 12  # hex digits of a hash


def checklist_fields(material: Material, case: Case | None = None) -> Fields:
    """case: of one nominee, None of the whole award."""
    dossier, head = material.dossier, letterhead(material.printing.movement, material.printing.day)
    cases = in_order(material)
    own = [one for one in dossier.missing if case is None or one.nominee == case.nominee.id]
    told = [one for one in own if case is not None or not one.nominee]
    estimated = [one for one in cases if case is None or one.nominee.id == case.nominee.id]
    estimates = dossier.estimates or {}
    money = [estimates.get(one.nominee.id) for one in estimated]
    without = [one.nominee.name for one, found in zip(estimated, money, strict=True) if found is None]
    return {
        **common_fields(material),
        "co_quan": head.authority if head is not None else "",
        "co_quan_in_hoa": capitals(head.authority) if head is not None else "",
        "co_quan_chu_quan_in_hoa": capitals(head.parent) if head is not None else "",
        "dia_danh": head.place if head is not None else "",
        "ngay_ban_hanh": written_day(material.printing.day),
        "ve": f"cho {case.nominee.name}" if case is not None else f"cho {material_words(material)}",
        "ket_luan": "chưa đủ" if own else "đủ thành phần, đủ điều kiện trình",
        "con_thieu": punctuated(_missing(told)),
        "giay_to_chung": list(_papers(dossier.of(""))) if case is None else [],
        "cac_truong_hop": [_case_row(material, one, place) for place, one in enumerate(cases, 1)]
        if case is None
        else [],
        "giay_to": list(_papers(dossier.of(case.nominee.id))) if case is not None else [],
        "kiem_tra": [_finding(material, one) for one in case.findings] if case is not None else [],
        "xac_nhan": list(_confirmations(material, case)) if case is not None else [],
        "tien": list(_money(material, estimated)),
        "tong_tien": dong(total(money)) if any(money) else "",
        "cach_tinh_tien": _basis(material, without),
        "can_cu_chua_xac_minh": punctuated(
            doubt_words(one) for one in gathered(_doubts(material, [case] if case is not None else cases))
        ),
    }


def _missing(missing: Iterable[Missing]) -> Iterator[str]:
    """Papers, steps, settings one by one; conditions in one line, the table says each."""
    checks = []
    kinds: dict[str, list[str]] = {}
    for one in missing:
        if one.kind == PEOPLE:
            checks.append(one.text.partition(" ")[0])
        else:
            kinds.setdefault(one.kind, []).append(one.text.removeprefix(f"{UNVERIFIED}: "))
    for kind, texts in kinds.items():
        for text in gathered(texts):
            yield f"{capital(kind)}: {doubt_words(text)}"
    if checks:
        yield f"{capital(PEOPLE)}: {len(checks):02d} nội dung cần người xem ({', '.join(checks)}), xem bảng dưới đây"


def material_words(material: Material) -> str:
    words: str = common_fields(material)["doi_tuong"]
    return words


def _papers(states: Iterable[PaperState]) -> Iterator[Fields]:
    for place, one in enumerate(states, 1):
        state = "Đủ" if one.present else f"Thiếu: {one.missing}"
        day = f" ngày {one.day:%d/%m/%Y}" if one.day is not None else ""
        yield {
            "stt": str(place),
            "ten": one.paper.name,
            "tinh_trang": f"{state} (phần mềm lập)" if one.present and one.made and not one.sha256 else state,
            "van_ban": f"{one.document}{day}",
            "ma_bam": one.sha256[:_SHORT],
        }


def _case_row(material: Material, case: Case, place: int) -> Fields:
    missing = [one for one in material.dossier.missing if one.nominee == case.nominee.id]
    kinds = dict.fromkeys(one.kind for one in missing)
    told = [f"{kind}: {sum(one.kind == kind for one in missing):02d}" for kind in kinds]
    unit = place_words(case.nominee)
    return {
        "stt": str(place),
        "ten": case.nominee.name + (f" ({unit})" if unit else ""),
        "tinh_trang": f"Thiếu {len(missing):02d}" if missing else "Đủ",
        "noi_dung": capital("; ".join(told)),
    }


def _finding(material: Material, one: Finding) -> Fields:
    """The clauses in their short form; the documents in full stand in the submission."""
    clauses = cited(material.nominated.file.law, one.facts) or one.citations
    doubts = f" ({UNVERIFIED}, xem cuối phiếu)" if one.doubts else ""
    parts = (
        one.sentence.removesuffix(f" {capital(UNVERIFIED)}."),
        f"Dữ liệu: {one.datum}." if one.datum else "",
        f"Người xem: {one.decided}." if one.decided else "",
    )
    return {
        "ma": one.check,
        "ket_luan": capital(one.outcome.value),
        "noi_dung": " ".join(part.replace("..", ".") for part in parts if part),
        "can_cu": quoted("; ".join(clauses)) + doubts,
    }


def _confirmations(material: Material, case: Case) -> Iterator[Fields]:
    subject = case.nominee.subject
    asked = [one for one in material.nominated.file.awards.confirmations if subject and subject.id in one.subjects]
    for place, one in enumerate(asked, 1):
        found = case.nominee.facts.confirmations.get(one.id)
        if found is None:
            state = "Chưa có"
        else:
            day = f" ngày {found.day:%d/%m/%Y}" if found.day is not None else ""
            state = f"{'Đạt' if found.finding == GOOD else 'Vi phạm'}: {found.document}{day}"
        yield {"stt": str(place), "ten": one.name, "co_quan": one.issuer, "tinh_trang": state}


def _money(material: Material, cases: Iterable[Case]) -> Iterator[Fields]:
    for place, case in enumerate(cases, 1):
        found = (material.dossier.estimates or {}).get(case.nominee.id)
        yield {
            "stt": str(place),
            "ten": case.nominee.name,
            "cach_tinh": found.words.partition(" = ")[0] if found is not None else "Tệp khen thưởng không có mức",
            "so_tien": dong(found.amount).removesuffix(" đồng") if found is not None else "",
        }


def _basis(material: Material, without: list[str]) -> str:
    """Which base salary from which day; who has no estimate."""
    found = [one for one in (material.dossier.estimates or {}).values() if one is not None]
    bases = dict.fromkeys(f"Mức lương cơ sở {dong(one.base)} từ ngày {one.base_from:%d/%m/%Y}" for one in found)
    parts = [*bases, f"Chưa tính {len(without):02d} trường hợp không có mức" if without else ""]
    return " ".join(f"{part}." for part in parts if part)


def _doubts(material: Material, cases: Iterable[Case]) -> Iterator[str]:
    """Why legal facts are not sure: of the findings, of the route, of the money; each once."""
    wanted = list(cases)
    for case in wanted:
        for finding in case.findings:
            yield from finding.doubts
    facts = [ident for case in wanted if case.route is not None for ident in case.route.facts]
    estimates = material.dossier.estimates or {}
    found = [estimates.get(case.nominee.id) for case in wanted]
    facts += [ident for one in found if one is not None for ident in one.facts]
    yield from material.nominated.file.doubts(facts, material.printing.day)
