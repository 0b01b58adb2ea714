"""What stands behind the points of a criterion, in words: clauses, evidence, who verified it on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Clause
from records.evidence.sameness import shown_number
from records.forms.answers import EvidenceItem
from records.forms.collecting.cells import clean
from records.ledger.entries import Entry, day_of
from records.life.criteria import COMMON, Reviewed
from records.life.rights import CLOSED, FINAL, INSPECTOR, REVERIFIED, STATES, VERIFIED
from records.life.standing import Standing
from reports.reasons.source import Source, SourceSet, Told

_VERIFIED = {VERIFIED: "Thẩm định", REVERIFIED: "Thẩm định lại"}
NO_EVIDENCE = "không có văn bản kèm theo"


def clause_words(
    criteria: CriteriaSet, clauses: Iterable[Clause], above: Iterable[Clause], short: Mapping[str, str]
) -> tuple[str, ...]:
    """[1], IV.2.c: “…”. The words of a clause stand with the first criterion that rests on it. above: clauses of the part around."""
    found, known = [], list(above)
    for clause in clauses:
        basis = criteria.bases.get(clause.basis)
        name = short.get(clause.basis) or (basis.words() if basis is not None else clause.basis)
        place = f", {' '.join(clause.place.split())}" if clause.place else ""
        quote = f": “{' '.join(clause.quote.split())}”" if clause.quote and clause not in known else ""
        found.append(f"{name}{place}{quote}")
    return tuple(dict.fromkeys(found))


def evidence_words(source: Source, one: SourceSet, told: Told, candidate: str, criterion: str) -> tuple[str, ...]:
    """Documents of one criterion, then where its figures from outside come from."""
    found = [_document(source, item) for item in told.evidence if item.criterion == criterion]
    found += [f"{_document(source, item)} (kèm giải trình)" for item in told.explained if item.criterion == criterion]
    looked = one.reviewed.get(criterion)
    for line in looked.known if looked is not None else ():
        measure = line.key.partition(":")[2]
        taken_from = one.known.get(measure, {}).get(candidate, "")
        found += [f"{' '.join(line.text.split())}: {clean(taken_from)}"] if taken_from else []
    return tuple(dict.fromkeys(found))


def _document(source: Source, item: EvidenceItem) -> str:
    """số 861/BC-MH ngày 29/06/2026, Cơ quan minh họa. Of a restricted document the number only."""
    number = shown_number(clean(item.number)).strip()
    if item.restricted:
        return f"số {number} (tài liệu hạn chế, chỉ nêu số)" if number else "tài liệu hạn chế không ghi số"
    kind = source.kinds.name(item.kind) if item.kind else "tài liệu"
    name = f"số {number}" if number else f"{kind[:1].lower()}{kind[1:]} không ghi số"
    day = f" ngày {date.fromisoformat(item.date):%d/%m/%Y}" if item.date else ""
    issuer = clean(item.issuer)
    return f"{name}{day}" + (f", {issuer}" if issuer else "")


def verified_words(source: Source, told: Told, criterion: str) -> tuple[str, ...]:
    """Thẩm định: Sở Khoa học và Công nghệ, ngày 07/12/2026 (văn bản số 14/TĐ-MH ngày 07/12/2026)."""
    standing = told.standings.get(criterion)
    return tuple(_acts(source, standing)) if standing is not None else ()


def _acts(source: Source, standing: Standing) -> Iterator[str]:
    moves = [entry for entry in standing.acts if "/" not in entry.field]
    concluded = [entry for entry in moves if entry.value in _VERIFIED]
    if concluded:
        yield f"{_VERIFIED[concluded[-1].value]}: {_who(source, concluded[-1])}"
    if standing.state == CLOSED:
        yield f"{STATES[CLOSED].capitalize()}: {_who(source, moves[-1])}"
    revised = {(e.author, e.role, e.source, day_of(e)): e for e in standing.acts if e.stage == FINAL and "/" in e.field}
    for entry in revised.values():
        what = "Điều chỉnh sau kiểm tra" if entry.role == INSPECTOR else "Điều chỉnh"
        yield f"{what}: {_who(source, entry)}"


def _who(source: Source, entry: Entry) -> str:
    document = clean(entry.source)
    return f"{clean(source.body_name(entry.author))}, ngày {day_of(entry):%d/%m/%Y}" + (
        f" (văn bản {document})" if document else ""
    )


def general_lines(
    source: Source, one: SourceSet, told: Told, candidate: str, printed: Iterable[str]
) -> list[tuple[str, str]]:
    """What belongs to no criterion on the sheet: conditions of the whole set, documents filed under another name."""
    shown = set(printed)
    lines: list[tuple[str, str]] = []
    common: Reviewed | None = one.reviewed.get(COMMON)
    if common is not None and COMMON in told.standings:
        lines += [(common.text, sentence) for sentence in verified_words(source, told, COMMON)]
    others = dict.fromkeys(item.criterion for item in (*told.evidence, *told.explained) if item.criterion not in shown)
    for criterion in others:
        words = evidence_words(source, one, told, candidate, criterion)
        name = common.text if criterion == COMMON and common is not None else clean(criterion)
        lines += [(f"Minh chứng ({name})", "; ".join(words))] if words else []
    return lines
