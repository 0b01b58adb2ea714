"""E6: what stops a nominee from being looked at ("chưa xét"): the circumstances that the award file declares, complaints, discipline."""

from __future__ import annotations

from nominations.awards.declarations import Award, Route
from nominations.eligibility.context import Context
from nominations.eligibility.facts import NO, YES
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts, sourced
from nominations.nominees import Nominee


def block_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """Whatever stops it, all of it; else what nobody has said yet; else from when achievements count after a discipline."""
    known, day, first = nominee.facts, context.occasion.day, context.occasion.first
    declared = context.file.awards.blocks
    facts = tuple(dict.fromkeys([*rule_facts(context, "E6"), *(fact for one in declared for fact in one.facts)]))
    until = known.discipline_until
    stopping = [(one.name, "blocked") for one in declared if known.blocks.get(one.id) == YES]
    if nominee.id in context.held_back:
        stopping.append((f"{context.held_back[nominee.id]} chưa giải quyết", "complaint-open"))
    if until is not None and until >= day:
        stopping.append((f"thời hạn kỷ luật đến hết ngày {until:%d/%m/%Y}", "discipline-runs"))
    datum = _datum(context, nominee)
    if stopping:
        sentence = f"Chưa xét: {'; '.join(words for words, _ in stopping)}."
        return finding(context, "E6", Outcome.FAIL, stopping[0][1], sentence, datum, facts)
    unknown = [one.name for one in declared if known.blocks.get(one.id) not in (YES, NO)]
    if unknown:
        sentence = f"Chưa có thông tin có hay không: {'; '.join(unknown)}."
        return finding(context, "E6", Outcome.HUMAN, "block-unknown", sentence, datum, facts)
    if until is not None and until >= first:
        sentence = f"Đã hết thời hạn kỷ luật ngày {until:%d/%m/%Y}; chỉ tính thành tích từ sau ngày đó."
        return finding(context, "E6", Outcome.PASS, "discipline-over", sentence, datum, facts)
    return finding(context, "E6", Outcome.PASS, "clear", "Không có việc phải dừng xét.", datum, facts)


def _datum(context: Context, nominee: Nominee) -> str:
    known = nominee.facts
    told = [
        sourced(known, one.id, f"{one.told}: {known.blocks[one.id]}")
        for one in context.file.awards.blocks
        if known.blocks.get(one.id) in (YES, NO)
    ]
    if known.discipline_until is not None:
        told.append(sourced(known, "discipline_until", f"hết kỷ luật: {known.discipline_until:%d/%m/%Y}"))
    return "; ".join(told)
