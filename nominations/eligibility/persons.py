"""E7, E8, E13: maternity leave, the legal preference between equals, persons under the management of a body."""

from __future__ import annotations

from nominations.awards.declarations import Award, Route
from nominations.awards.principles import share_words
from nominations.eligibility.context import Context
from nominations.eligibility.facts import NO, YES
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts, sourced
from nominations.eligibility.standard import gap
from nominations.nominees import Nominee

FEMALE, MALE = "nữ", "nam"
AGREED, REFUSED = "đồng ý", "không đồng ý"


def maternity_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E7: maternity leave counts as time worked; where a result is missing or there is no place, a person looks."""
    facts, known = rule_facts(context, "E7"), nominee.facts
    datum = sourced(known, "maternity", f"nghỉ thai sản: {known.maternity}") if known.maternity else ""
    if not nominee.person or known.maternity != YES:
        sentence = "Không có thời gian nghỉ thai sản phải xem." if nominee.person else "Không phải cá nhân."
        return finding(context, "E7", Outcome.PASS, "maternity-none", sentence, datum, facts, applies=False)
    if gap(nominee, len(context.occasion.rounds)):
        sentence = "Có thời gian nghỉ thai sản mà không xếp hạng hoặc thiếu kết quả của một kỳ: thời gian đó được tính, không bị trừ."
        return finding(context, "E7", Outcome.HUMAN, "maternity-gap", sentence, datum, facts)
    sentence = "Thời gian nghỉ thai sản được tính, không làm giảm kết quả."
    return finding(context, "E7", Outcome.PASS, "maternity-counted", sentence, datum, facts)


def preference(nominee: Nominee) -> bool | None:
    """Whether the legal preference between equals speaks for a nominee; None: it might, and nobody has said."""
    subject = nominee.subject
    if subject is None or subject.prefer is None:
        return False
    if subject.prefer == "female":
        return {FEMALE: True, MALE: False}.get(nominee.facts.gender)
    return nominee.facts.women_at_least(subject.prefer_percent) if subject.prefer_percent is not None else None


def preference_check(context: Context, nominee: Nominee, award: Award, route: Route | None, *, tied: bool) -> Finding:
    """E8: between equals the preference has to be known. tied: the nominee shares its figure with another one of its pool."""
    known, subject = nominee.facts, nominee.subject
    own = subject.prefer_facts if subject is not None else []
    facts = tuple(dict.fromkeys([*rule_facts(context, "E8"), *own]))
    if not tied:
        sentence = "Kết quả không bằng ai trong cụm: không phải xét ưu tiên."
        return finding(context, "E8", Outcome.PASS, "not-tied", sentence, "", facts, applies=False)
    if subject is None or subject.prefer is None:
        sentence = "Đối tượng không thuộc diện ưu tiên khi bằng nhau."
        return finding(context, "E8", Outcome.PASS, "no-preference", sentence, "", facts)
    found = preference(nominee)
    if subject.prefer == "female":
        what, code = "giới tính", "gender-unknown"
        datum = sourced(known, "gender", f"giới tính: {known.gender}") if known.gender else ""
    else:
        what, code = "tổng số người và số nữ", "women-unknown"
        told = f"{known.women} nữ / {known.people} người"
        datum = sourced(known, "women", told) if known.people is not None and known.women is not None else ""
    if found is None:
        sentence = f"Kết quả bằng đối tượng khác mà chưa rõ {what}."
        return finding(context, "E8", Outcome.HUMAN, code, sentence, datum, facts)
    who = FEMALE if subject.prefer == "female" else share_words(subject.prefer_percent)
    sentence = f"Khi bằng nhau, {'được' if found else 'không được'} ưu tiên ({who})."
    return finding(context, "E8", Outcome.PASS, "preferred" if found else "not-preferred", sentence, datum, facts)


def opinion_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E13: of a person whom a body manages (Awards.managed), its opinion comes first."""
    rule, known = context.file.awards.managed, nominee.facts
    facts = tuple(dict.fromkeys([*rule_facts(context, "E13"), *(rule.facts if rule is not None else [])]))
    if not nominee.person:
        sentence = "Không phải cá nhân."
        return finding(context, "E13", Outcome.PASS, "opinion-not-person", sentence, "", facts, applies=False)
    if rule is None:
        sentence = "Tệp khen thưởng không nêu cá nhân thuộc diện nào phải có ý kiến trước."
        return finding(context, "E13", Outcome.PASS, "opinion-none-asked", sentence, "", facts, applies=False)
    if not known.managed:
        sentence = f"Chưa rõ có thuộc diện {rule.by} quản lý hay không."
        return finding(context, "E13", Outcome.HUMAN, "managed-unknown", sentence, "", facts)
    datum = sourced(known, "managed", f"diện {rule.by} quản lý: {known.managed}")
    if known.managed == NO:
        sentence = f"Không thuộc diện {rule.by} quản lý."
        return finding(context, "E13", Outcome.PASS, "not-managed", sentence, datum, facts, applies=False)
    if not known.opinion:
        sentence = f"Thuộc diện {rule.by} quản lý, chưa có ý kiến."
        return finding(context, "E13", Outcome.HUMAN, "opinion-missing", sentence, datum, facts)
    datum += "; " + sourced(known, "opinion", f"ý kiến: {known.opinion}")
    if known.opinion == AGREED:
        sentence = f"{rule.by} đồng ý."
        return finding(context, "E13", Outcome.PASS, "opinion-given", sentence, datum, facts)
    sentence = f"{rule.by} không đồng ý."
    return finding(context, "E13", Outcome.FAIL, "opinion-against", sentence, datum, facts)
