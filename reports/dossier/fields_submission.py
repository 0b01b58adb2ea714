"""Fields of tờ trình: grounds with điểm, khoản, điều, steps, enclosures, what a draft still has to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from nominations.awards.law import Fact
from nominations.case import Case
from nominations.dossier.state import LAW
from reports.dossier.fields import (
    Fields,
    Material,
    common_fields,
    draft_notes,
    head_on,
    heading_fields,
    long_days,
    signer_lines,
)
from reports.letters.reminder import letterhead, written_day

_QUOTED = re.compile(r'"([^"]*)"')
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
        "thoi_gian": list(_durations(dossier.cases)),
        "cac_buoc": punctuated(_steps(material)),
        "ho_so": punctuated(_enclosures(material)),
        "noi_nhan": receivers if "Như trên" in receivers else ["Như trên", *receivers],
        "quyen_han_in_hoa": signer_lines(authority.signer) if authority is not None else [],
        "nguoi_ky": "",
        "ghi_chu_du_thao": draft_notes(material, _used(material), [*_unnumbered(material), *missing_words(material)]),
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
    for step in file.awards.steps_of(dossier.award):
        if step.kind == "council":
            for told in _documents(dossier.cases, step.id):
                yield f"Căn cứ {step.minutes or f'Biên bản của {step.by}'} {told}"
    office = letterhead(material.printing.movement, day)
    if office is not None and own and office.authority != own:
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
            places = _places(told)
            words = _QUOTED.sub(r"“\1”", document.words())
            yield "Căn cứ " + long_days(f"{places} {words}" if places else words)


def _places(facts: Sequence[Fact]) -> str:
    """điểm a khoản 1, khoản 5 Điều 74, khoản 4 Điều 79: in the order of the document."""
    known = sorted(
        (one for one in facts if one.article), key=lambda one: (one.article or 0, one.clause or 0, one.point or "")
    )
    found = []
    for article, many in groupby(known, key=lambda one: one.article):
        within = dict.fromkeys(one.where().removesuffix(f"Điều {article}").strip() for one in many)
        found.append(f"{', '.join(part for part in within if part)} Điều {article}".strip())
    return ", ".join(found)


def _documents(cases: Iterable[Case], step: str) -> list[str]:
    """On which documents a step let these cases pass: số 05/BB-HĐ ngày 12 tháng 8 năm 2027."""
    found = []
    for case in cases:
        done = case.progress.done.get(step)
        if done is not None and done.passed and done.document:
            number = done.document if not done.document[:1].isdigit() else f"số {done.document}"
            found.append(number + (f" {written_day(done.day)}" if done.day is not None else ""))
    return list(dict.fromkeys(found))


def _durations(cases: Iterable[Case]) -> Iterator[str]:
    """How long the movement lasts by both readings, as the check E2 has it."""
    told = [
        one.sentence for case in cases for one in case.findings if one.check == "E2" and one.code != "duration-free"
    ]
    for sentence in dict.fromkeys(told):
        yield f"Về thời gian thực hiện Phong trào: {sentence[:1].lower()}{sentence[1:]}"


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


def _unnumbered(material: Material) -> Iterator[str]:
    """Documents that are named without their number or day, because nobody knows them."""
    for ident in material.nominated.file.awards.cited:
        document = material.nominated.file.law.documents.get(ident)
        if document is not None and (document.number is None or document.date is None):
            why = f": {document.open_question}" if document.open_question else ""
            yield f"Chưa ghi được số, ngày của {document.words()}{why}"


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
    """What the whole award lacks, and of how many nominees something is missing: their own papers say what."""
    own: dict[str, int] = {}
    for one in material.dossier.missing:
        if one.nominee:
            own[one.nominee] = own.get(one.nominee, 0) + 1
        elif one.kind != LAW:  # said with the clauses themselves
            yield f"Còn thiếu ({one.kind}): {one.text}"
    if own:
        yield f"Còn thiếu ở {len(own):02d} trường hợp ({sum(own.values())} nội dung): xem Phiếu kiểm tra hồ sơ"
