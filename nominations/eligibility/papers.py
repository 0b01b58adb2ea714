"""E10, E11: what bodies confirm of an enterprise (xác nhận), and the certificate of an initiative (sáng kiến)."""

from __future__ import annotations

from collections.abc import Sequence

from nominations.awards import procedure
from nominations.awards.declarations import Award, Route
from nominations.eligibility.context import Context
from nominations.eligibility.facts import BAD, Confirmation
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts, sourced
from nominations.nominees import Nominee

_ORDER = ("confirm-bad", "confirm-missing", "confirm-undated", "confirm-outside")  # the worst names the finding


def asked_of(context: Context, nominee: Nominee) -> list[procedure.Confirmation]:
    """The confirmations the award file asks of a nominee, in its order."""
    wanted = asked_of_subject(context.file.awards.confirmations, nominee)
    return [one for one in context.file.awards.confirmations if one.id in wanted]


def asked_of_subject(confirmations: Sequence[procedure.Confirmation], nominee: Nominee) -> tuple[str, ...]:
    """Ids of those that are asked of a nominee, by how the law names it."""
    subject = nominee.subject
    return tuple(one.id for one in confirmations if subject is not None and subject.id in one.subjects)


def confirmation_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E10: every confirmation there, without a violation, dated within the occasion's window and not after its day."""
    asked = asked_of(context, nominee)
    facts = list(dict.fromkeys(fact for one in asked for fact in one.facts)) or rule_facts(context, "E10")
    if not asked:
        sentence = "Đối tượng không phải có xác nhận của cơ quan quản lý."
        return finding(context, "E10", Outcome.PASS, "confirm-none-asked", sentence, "", facts, applies=False)
    told = [_state(context, one, nominee.facts.confirmations.get(one.id)) for one in asked]
    given = [words for one in asked if (words := _words(one, nominee.facts.confirmations.get(one.id)))]
    datum = "; ".join(given)
    wrong = [(code, words) for code, words in told if code]
    if not wrong:
        sentence = f"Đủ {len(asked)} xác nhận trong thời gian xét."
        return finding(context, "E10", Outcome.PASS, "confirmed", sentence, datum, facts)
    code = next(one for one in _ORDER if any(one == found for found, _ in wrong))
    outcome = Outcome.FAIL if code == "confirm-bad" else Outcome.HUMAN
    sentence = f"{'; '.join(words for _, words in wrong)}."
    return finding(context, "E10", outcome, code, f"{sentence[:1].upper()}{sentence[1:]}", datum, facts)


def _state(context: Context, one: procedure.Confirmation, found: Confirmation | None) -> tuple[str, str]:
    """Code and words of what is wrong with a confirmation; ("", "") when nothing is."""
    first, day = context.occasion.first, context.occasion.day
    if found is None:
        return "confirm-missing", f"thiếu xác nhận của {one.issuer} ({_lower(one.name)})"
    if found.finding == BAD:
        return "confirm-bad", f"{one.issuer} xác nhận có vi phạm ({_lower(one.name)})"
    if found.day is None:
        return "confirm-undated", f"xác nhận của {one.issuer} không ghi ngày"
    if not first <= found.day <= day:
        window = f"{first:%d/%m/%Y} đến {day:%d/%m/%Y}"
        return "confirm-outside", f"xác nhận của {one.issuer} ngày {found.day:%d/%m/%Y}, ngoài thời gian xét ({window})"
    return "", ""


def _words(one: procedure.Confirmation, found: Confirmation | None) -> str:
    if found is None:
        return ""
    dated = f" ngày {found.day:%d/%m/%Y}" if found.day is not None else ""
    return f"{one.issuer}: {found.finding} ({found.document or 'không ghi số'}{dated})"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def initiative_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E11: an initiative that a clause asks for, or that the nominee relies on, has its certificate."""
    asked = route is not None and route.initiative
    facts = [*rule_facts(context, "E11"), *(route.facts if route is not None and asked else ())]
    rows = [one for one in nominee.proposed if one.award == award.id]
    names = list(dict.fromkeys(text for text in [nominee.facts.initiative, *(one.initiative for one in rows)] if text))
    papers = [nominee.facts.certificate, *(one.certificate for one in rows)]
    certificates = list(dict.fromkeys(text for text in papers if text))
    if not names:
        if asked:
            sentence = "Căn cứ này cần sáng kiến được công nhận; chưa nêu sáng kiến nào."
            return finding(context, "E11", Outcome.HUMAN, "initiative-missing", sentence, "", facts)
        sentence = "Không nêu sáng kiến; căn cứ không bắt buộc."
        return finding(context, "E11", Outcome.PASS, "initiative-none", sentence, "", facts, applies=False)
    datum = sourced(nominee.facts, "initiative", f"sáng kiến: {'; '.join(names)}")
    if not certificates:
        sentence = "Sáng kiến chưa có giấy chứng nhận."
        return finding(context, "E11", Outcome.HUMAN, "certificate-missing", sentence, datum, facts)
    datum += f"; giấy chứng nhận: {'; '.join(certificates)}"
    sentence = "Sáng kiến có giấy chứng nhận."
    return finding(context, "E11", Outcome.PASS, "initiative-certified", sentence, datum, facts)
