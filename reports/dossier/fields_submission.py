"""Fields of tờ trình: grounds with điểm, khoản, điều, steps, enclosures, what a draft still has to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from nominations.awards.law import Fact
from nominations.case import Case
from nominations.dossier.state import LAW
from nominations.eligibility.matrix_checks import BASES, durations
from reports.dossier.fields import (
    Fields,
    Material,
    common_fields,
    counted,
    draft_notes,
    heading_fields,
    long_days,
    quoted,
    signer_lines,
)
from reports.dossier.wording import cited, gathered, places
from reports.wording.days import written_day
from reports.wording.issuers import head_on, letterhead

_NUMBERED = re.compile(r"^(?:.*?\b)?(?=số )")  # what kind of document it is, before its number
_FIGURES = re.compile(r"(?:ngày )?([0-9]{2})/([0-9]{2})/([0-9]{4})")
_DATED = re.compile(r"\s*,?\s*ngày [0-9]{2}/[0-9]{2}/[0-9]{4}$")
_INTERNAL = ("to-trinh", "kiem-tra-ho-so")  # templates of papers that a submission does not list among its enclosures


def submission_fields(material: Material) -> Fields:
    """Tờ trình: one for an award, so never for two authorities or two loại hình."""
    file, dossier, printing = material.nominated.file, material.dossier, material.printing
    authority = dossier.authority
    heads = file.awards.letterheads.get(authority.submitted_by, []) if authority is not None else []
    head = head_on(heads, printing.day)
    to = authority.to if authority is not None else ""
    decides = authority.name if authority is not None else ""
    receivers = [one.rstrip(";.") for one in authority.receivers] if authority is not None else []
    return {
        **common_fields(material),
        **heading_fields(head, "TTr", printing.day, printing.number),
        "kinh_gui": to,
        "can_cu": punctuated(_grounds(material, head.authority if head is not None else "")),
        "trinh": "quyết định" if to == decides or not decides else f"trình {decides}",
        "theo_dieu_khoan": punctuated(_clauses(material)),
        "thoi_gian": list(_durations(material)),
        "cac_buoc": punctuated(_steps(material)),
        "ho_so": punctuated(_enclosures(material)),
        "noi_nhan": receivers if "Như trên" in receivers else ["Như trên", *receivers],
        "quyen_han_in_hoa": signer_lines(authority.signer) if authority is not None else [],
        "nguoi_ky": "",
        "ghi_chu_du_thao": draft_notes(material, _used(material), missing_words(material)),
    }


def punctuated(lines: Iterable[str]) -> list[str]:
    """Every line ends with ";", the last one with "."."""
    told = [line.rstrip(" ;.") for line in lines if line.strip()]
    return [f"{line}{'.' if place == len(told) else ';'}" for place, line in enumerate(told, 1)]


# --- căn cứ --------------------------------------------------------------------------------------------------------


def _used(material: Material) -> list[str]:
    """The legal facts a submission rests on: of the routes, of who decides."""
    dossier = material.dossier
    found = [ident for case in dossier.cases if case.route is not None for ident in case.route.facts]
    found += dossier.award.authority_facts
    found += dossier.authority.facts if dossier.authority is not None else []
    found += [ident for state in dossier.papers if state.paper.template == "to-trinh" for ident in state.paper.facts]
    return list(dict.fromkeys(found))


def _grounds(material: Material, own: str) -> Iterator[str]:
    """Documents with điểm, khoản, điều; minutes; whose proposal it is."""
    file, dossier, day = material.nominated.file, material.dossier, material.printing.day
    facts = [ident for case in dossier.cases if case.route is not None for ident in case.route.facts]
    facts += dossier.award.authority_facts + (dossier.authority.facts if dossier.authority is not None else [])
    yield from legal_grounds(material, facts)
    steps = file.awards.steps_of(dossier.award)
    for step in steps:
        if step.kind == "council":
            for told in _documents(dossier.cases, step.id):
                yield f"Căn cứ {step.minutes or f'Biên bản của {step.by}'} {told}"
    asking = [letterhead(material.printing.movement, day)] if any(one.kind == "appraisal" for one in steps) else []
    asking += [head_on(file.awards.letterheads.get(one.by, []), day) for one in steps if one.kind == "selection"]
    office = next((one for one in asking if one is not None and one.authority != own), None)
    if office is not None and own:
        yield f"Theo đề nghị của {office.signer_title} {office.authority}"


def legal_grounds(material: Material, facts: Iterable[str]) -> Iterator[str]:
    """The documents every submission names, then those of the facts, as far as they hold on the day."""
    file, day = material.nominated.file, material.printing.day
    named: dict[str, list[Fact]] = {ident: [] for ident in file.awards.cited}
    for ident in dict.fromkeys(facts):
        named.setdefault(file.law.facts[ident].basis, []).append(file.law.facts[ident])
    for ident, told in named.items():
        document = file.law.documents.get(ident)
        if document is None or (document.valid_to is not None and day > document.valid_to):
            continue
        if document.valid_from is None or day >= document.valid_from:
            where = places(told)
            words = quoted(document.words())
            yield "Căn cứ " + long_days(f"{where} {words}" if where else words)


def _clauses(material: Material) -> Iterator[str]:
    """Which clause is for whom, where not all are proposed by the same one: 04 tập thể: điểm c khoản 4 Điều 44 Luật số …"""
    law = material.nominated.file.law
    by: dict[tuple[str, ...], list[Case]] = {}
    for case in material.dossier.cases:
        if case.route is not None:
            by.setdefault(tuple(case.route.facts), []).append(case)
    if len(by) > 1:
        for facts, cases in by.items():
            yield f"{counted(cases)}: {'; '.join(cited(law, facts))}"


def _documents(cases: Iterable[Case], step: str) -> list[str]:
    """On which documents a step let these cases pass, the earliest first: số 05/BB-HĐ ngày 12 tháng 8 năm 2027. The name of the kind
    of document, and a day in figures, stand there once."""
    found = []
    for case in cases:
        done = case.progress.done.get(step)
        if done is not None and done.passed and done.document:
            told = done.document if not done.document[:1].isdigit() else f"số {done.document}"
            number = _NUMBERED.sub("", told, count=1)
            if done.day is not None:
                number = f"{_DATED.sub('', number)} {written_day(done.day)}"
            found.append((done.day or date.max, number))
    return list(dict.fromkeys(text for _, text in sorted(found)))


def _durations(material: Material) -> Iterator[str]:
    """How long the movement lasts by both readings (E2), and which of them this submission goes by."""
    awards, day = material.nominated.file.awards, material.nominated.occasion.day
    years = {case.route.least_years for case in material.dossier.cases if case.route is not None}
    for least in sorted(one for one in years if one):
        opening = f"Về thời gian thực hiện Phong trào (điều kiện: từ {least:02d} năm trở lên)"
        readings = durations(awards.frame, day, least)
        if readings is None:
            yield f"{opening}: chưa xác định được ngày bắt đầu Phong trào."
            continue
        own = BASES[awards.duration_basis]
        decided = f" theo {awards.duration_decided_by}" if awards.duration_decided_by else ""
        told = _FIGURES.sub(_in_words, "; ".join(one.words for one in readings))
        yield f"{opening}: {told}. Tờ trình này tính {own}{decided}."


def _in_words(found: re.Match[str]) -> str:
    return written_day(date(int(found[3]), int(found[2]), int(found[1])))


def _steps(material: Material) -> Iterator[str]:
    for step in material.nominated.file.awards.steps_of(material.dossier.award):
        told = _documents(material.dossier.cases, step.id)
        if step.kind == "publication":
            days = [one.progress.announced for one in material.dossier.cases if one.progress.announced is not None]
            shown = list(dict.fromkeys((one.first, one.where) for one in days))
            told = [f"từ {written_day(first)}" + (f", tại {where}" if where else "") for first, where in shown]
        elif step.minutes:
            told = [f"{step.minutes} {one}" for one in told]
        if told and step.kind != "decision":
            yield f"{step.name}: {', '.join(told)}"


def _enclosures(material: Material) -> Iterator[str]:
    many: dict[str, int] = {}
    per: dict[str, str] = {}
    for state in material.dossier.papers:
        if state.paper.template not in _INTERNAL:
            many[state.paper.name] = many.get(state.paper.name, 0) + 1
            per[state.paper.name] = state.paper.per
    for name, count in many.items():
        yield name if per[name] == "award" else f"{name} ({count:02d} bản)"


def missing_words(material: Material) -> Iterator[str]:
    """What the whole award lacks, kind by kind, and of how many nominees something is missing: their own papers say what."""
    own: dict[str, int] = {}
    kinds: dict[str, list[str]] = {}
    for one in material.dossier.missing:
        if one.nominee:
            own[one.nominee] = own.get(one.nominee, 0) + 1
        elif one.kind != LAW:  # said with the clauses themselves
            kinds.setdefault(one.kind, []).append(one.text)
    for kind, texts in kinds.items():
        yield f"Còn thiếu ({kind}): {'; '.join(quoted(text) for text in gathered(texts))}"
    if own:
        yield f"Còn thiếu ở {len(own):02d} trường hợp ({sum(own.values()):02d} nội dung): xem Phiếu kiểm tra hồ sơ"
