"""Findings of an occasion for a screen: of one nominee in full, of many by reason; what the law leaves open is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nominations.case import Case, Nominated
from nominations.eligibility import proposers
from nominations.eligibility.checks import CHECKS
from nominations.eligibility.content import LawRow, unsure_facts
from nominations.eligibility.finding import Finding, Outcome, worst
from nominations.eligibility.judging import only_doubted
from nominations.eligibility.reasons import REASONS
from records.roster.roster import order

_MEANINGS = {**REASONS, **proposers.REASONS}
_SHOWN = 8  # nominees that a line names
_OUTCOMES = (Outcome.FAIL, Outcome.HUMAN, Outcome.PASS)


def finding_lines(nominated: Nominated, cases: Sequence[Case]) -> Iterator[str]:
    """cases: those to tell. One nominee is told in full, several by award and reason."""
    occasion = nominated.occasion
    yield f"{occasion.name} ({occasion.id}): điều kiện và căn cứ xét tại ngày {occasion.day:%d/%m/%Y}."
    if len({one.nominee.id for one in cases}) == 1:
        for case in cases:
            yield from _case(nominated, case)
    else:
        for award in dict.fromkeys(one.award.id for one in cases):
            yield from _award([one for one in cases if one.award.id == award])
    yield from law_lines(nominated, cases)
    yield from _documents(nominated, cases)


def _case(nominated: Nominated, case: Case) -> Iterator[str]:
    """Everything about one case: what fails first."""
    nominee = case.nominee
    yield f"{case.award.name} – {nominee.id} {nominee.name}: {worst(case.findings).value}"
    for outcome in _OUTCOMES:
        found = [one for one in case.findings if one.outcome is outcome]
        if found:
            yield f"  {outcome.value.upper()}"
        for one in found:
            yield f"    {one.check} {CHECKS.get(one.check, '')}: {one.sentence}"
            if one.decided:
                yield f"      Kết luận: {one.decided}"
            if one.datum:
                yield f"      Dữ kiện: {one.datum}"
            if one.facts:
                yield f"      Căn cứ: {'; '.join(dict.fromkeys(_clause(nominated, fact) for fact in one.facts))}"


def _clause(nominated: Nominated, fact: str) -> str:
    """Where a fact stands, with the number of its document: its whole name is told once, below."""
    declared = nominated.file.law.facts[fact]
    return f"{declared.where()} [{_number(nominated, declared.basis)}]".strip()


def _number(nominated: Nominated, basis: str) -> str:
    document = nominated.file.law.documents.get(basis)
    return document.number if document is not None and document.number else basis


def _documents(nominated: Nominated, cases: Sequence[Case]) -> Iterator[str]:
    """The documents of all these findings, each once."""
    full = len({one.nominee.id for one in cases}) == 1  # of many, only what is not sure is named
    facts = [fact for case in cases for one in case.findings for fact in one.facts if full or one.doubts]
    used = dict.fromkeys(nominated.file.law.facts[fact].basis for fact in facts)
    if used:
        yield "Văn bản:"
    for basis in used:
        document = nominated.file.law.documents.get(basis)
        yield f"  [{_number(nominated, basis)}] {document.words() if document is not None else basis}"


def _award(cases: Sequence[Case]) -> Iterator[str]:
    """How many cases stand how, then every reason with whom it is about."""
    counts = {outcome: sum(worst(one.findings) is outcome for one in cases) for outcome in _OUTCOMES}
    told = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in reversed(_OUTCOMES))
    yield f"{cases[0].award.name}: {len(cases)} trường hợp, {told}."
    reasons: dict[tuple[int, int, str, str], list[str]] = {}
    checks, doubted = list(CHECKS), 0
    for case in cases:
        doubted += any(only_doubted(one) for one in case.findings)
        for one in case.findings:
            if one.outcome is Outcome.PASS or only_doubted(one):
                continue
            key = (_OUTCOMES.index(one.outcome), checks.index(one.check), one.code, _reason(one))
            reasons.setdefault(key, []).append(case.nominee.id)
    for (outcome, check, _, text), idents in sorted(reasons.items()):
        named = sorted(idents, key=order)
        shown = ", ".join(named[:_SHOWN]) + ("…" if len(named) > _SHOWN else "")
        yield f"  {_OUTCOMES[outcome].value}: {checks[check]} {text}: {len(named)} ({shown})"
    if doubted:
        yield f"  cần người xem: chỉ vì căn cứ chưa xác minh (nêu ở dưới): {doubted} trường hợp"


def _reason(one: Finding) -> str:
    """What many nominees share: the meaning of the code, else the sentence itself."""
    return _MEANINGS.get(one.code, one.sentence.rstrip("."))


def law_lines(nominated: Nominated, cases: Iterable[Case]) -> Iterator[str]:
    """Every unsure legal fact these findings rest on, once, under the reason why it is not sure."""
    reasons: dict[tuple[str, ...], list[LawRow]] = {}
    for one in unsure_facts(nominated, cases):
        if one.used:
            reasons.setdefault(one.doubts, []).append(one)
    if reasons:
        yield "Căn cứ chưa xác minh (đối chiếu: thidua eligibility confirm MÃ, hoặc trang “Căn cứ” của biểu):"
    for doubts, rows in reasons.items():
        yield f"  {'; '.join(doubts)}:"
        for one in rows:
            yield f"    {one.fact.id}: {_clause(nominated, one.fact.id)} ({', '.join(one.used)})"
