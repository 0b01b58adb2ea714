"""E12: whether the body that may propose a nominee has done so, on a letter and minutes, through whom it has to, at a time it may."""

from __future__ import annotations

from collections.abc import Sequence

from nominations.awards.declarations import Award, Proposing, Route
from nominations.eligibility.context import Context
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts
from nominations.nominees import Nominee
from nominations.proposals.proposal import Proposal
from nominations.proposals.proposers import Proposers

REASONS: dict[str, str] = {
    "from-ranking": "xét chọn từ bảng xếp hạng, không phải đề nghị",
    "unranked": "thuộc diện xét chọn từ bảng xếp hạng mà không có kết quả",
    "rule-unknown": "tệp khen thưởng chưa ghi ai đề nghị đối tượng này",
    "manager-unknown": "chưa rõ cơ quan quản lý, không biết ai được đề nghị",
    "not-proposed": "cơ quan có quyền chưa đề nghị hình thức này",
    "other-body": "cơ quan khác đề nghị",
    "wrong-time": "cơ quan đề nghị không được đề nghị ở dịp này",
    "not-passed-on": "chưa có văn bản chuyển của cơ quan phải chuyển",
    "no-letter": "đề nghị thiếu tờ trình",
    "no-minutes": "đề nghị thiếu biên bản xét khen thưởng",
    "right-body": "đúng cơ quan đề nghị, đủ tờ trình và biên bản",
}
_BEST = ("right-body", "no-minutes", "no-letter", "not-passed-on", "wrong-time")  # of several proposals the best counts


def proposer_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """A proposal of the right body for this award; a nominee chosen out of its ranking needs none (route: not asked)."""
    proposers = Proposers(context.file, context.occasion, context.standing.roster)
    rules = proposers.rules(nominee)
    facts = _facts(context, rules)
    if not rules:
        sentence = f"Tệp khen thưởng chưa ghi ai đề nghị {_subject(nominee)}."
        return finding(context, "E12", Outcome.HUMAN, "rule-unknown", sentence, "", facts)
    if rules[0].how == "ranking":
        return _ranking(context, proposers, rules[0], nominee)
    mine = {row.proposal for row in nominee.proposed if row.award == award.id}
    handed = [one for number, one in sorted(context.standing.handed.items()) if number in mine]
    if not handed:
        who = proposers.who(nominee) or "cơ quan quản lý"
        sentence = f"Chưa có đề nghị {award.short} của {who}."
        return finding(context, "E12", Outcome.FAIL, "not-proposed", sentence, "", facts)
    return _judged(context, proposers, nominee, handed, facts)


def _facts(context: Context, rules: Sequence[Proposing]) -> tuple[str, ...]:
    told = [*rule_facts(context, "E12"), *(fact for rule in rules for fact in rule.facts)]
    return tuple(dict.fromkeys(told))


def _ranking(context: Context, proposers: Proposers, rule: Proposing, nominee: Nominee) -> Finding:
    facts = rule.facts
    by = ", ".join(proposers.name(proposers.body(ident)) for ident in rule.by)
    whom = f" do {by} chủ trì" if by else ""
    if nominee.ranked is None:
        sentence = f"Đối tượng xét chọn từ bảng xếp hạng{whom}, nhưng không có kết quả chính thức trong dịp."
        return finding(context, "E12", Outcome.HUMAN, "unranked", sentence, "", facts)
    sentence = f"Xét chọn từ bảng xếp hạng{whom}, không phải đề nghị."
    return finding(context, "E12", Outcome.PASS, "from-ranking", sentence, "", facts)


def _judged(
    context: Context, proposers: Proposers, nominee: Nominee, handed: Sequence[Proposal], facts: Sequence[str]
) -> Finding:
    """Of the proposals for the award."""
    told = [(one, rule) for one in handed if (rule := proposers.right(nominee, one.proposer)) is not None]
    if not told:
        bodies = ", ".join(dict.fromkeys(proposers.named(one.proposer) for one in handed))
        datum, allowed = "; ".join(_datum(proposers, one) for one in handed), proposers.who(nominee)
        if not allowed:
            sentence = f"{bodies} đề nghị; chưa rõ cơ quan quản lý nên không biết có đúng cơ quan hay không."
            return finding(context, "E12", Outcome.HUMAN, "manager-unknown", sentence, datum, facts)
        sentence = f"{bodies} đề nghị; cơ quan được đề nghị là {allowed}."
        return finding(context, "E12", Outcome.FAIL, "other-body", sentence, datum, facts)
    judged = [(*_one(context, proposers, nominee, one, rule), one, rule) for one, rule in told]
    outcome, code, sentence, best, rule = min(judged, key=lambda item: _BEST.index(item[1]))
    own = tuple(dict.fromkeys([*rule_facts(context, "E12"), *rule.facts]))
    return finding(context, "E12", outcome, code, sentence, _datum(proposers, best), own)


def _one(
    context: Context, proposers: Proposers, nominee: Nominee, proposal: Proposal, rule: Proposing
) -> tuple[Outcome, str, str]:
    """Outcome, code and sentence of one proposal of a body that may propose."""
    name = proposers.named(proposal.proposer)
    if not proposers.in_time(rule):
        sentence = f"{name} chỉ được đề nghị vào {proposers.times(rule)}; đây là {context.occasion.words}."
        return Outcome.FAIL, "wrong-time", sentence
    through = proposers.through(nominee, proposal.proposer)
    if through and proposal.through != through:
        sentence = f"Đề nghị của {name} phải qua {proposers.named(through)}; chưa có văn bản chuyển."
        return Outcome.HUMAN, "not-passed-on", sentence
    if not proposal.letter or proposal.letter_day is None:
        return Outcome.HUMAN, "no-letter", f"Đề nghị của {name} thiếu số hoặc ngày tờ trình."
    if not proposal.minutes or proposal.minutes_day is None:
        return Outcome.HUMAN, "no-minutes", f"Đề nghị của {name} thiếu số hoặc ngày biên bản xét khen thưởng."
    passed = f", qua {proposers.named(through)}" if through else ""
    return Outcome.PASS, "right-body", f"{name} đề nghị{passed}, đúng cơ quan được đề nghị."


def _datum(proposers: Proposers, proposal: Proposal) -> str:
    """Tờ trình số 15/TTr ngày 20/06/2027; biên bản số 3/BB ngày 18/06/2027"""
    found = []
    for what, number, day in (
        ("Tờ trình", proposal.letter, proposal.letter_day),
        ("biên bản", proposal.minutes, proposal.minutes_day),
    ):
        if number:
            found.append(f"{what} số {number}" + (f" ngày {day:%d/%m/%Y}" if day is not None else ""))
    return f"{proposers.name(proposal.proposer)}: {'; '.join(found)}" if found else ""


def _subject(nominee: Nominee) -> str:
    return nominee.subject.name if nominee.subject is not None else "đối tượng này"
