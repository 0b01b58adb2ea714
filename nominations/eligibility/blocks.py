"""E6: what stops a nominee from being looked at ("chưa xét"): discipline, inspection, complaints, what the press says."""

from __future__ import annotations

from nominations.awards.declarations import Award, Route
from nominations.eligibility.context import Context
from nominations.eligibility.facts import BLOCKS, NO, YES, NomineeFacts
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts, sourced
from nominations.nominees import Nominee


def block_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """Whatever stops it, all of it; else what nobody has said yet; else from when achievements count after a discipline."""
    known, day, first = nominee.facts, context.occasion.day, context.occasion.first
    facts = rule_facts(context, "E6")
    until = known.discipline_until
    stopping = [(words, "blocked") for name, words in BLOCKS.items() if known.blocks.get(name) == YES]
    if nominee.id in context.held_back:
        stopping.append((f"{context.held_back[nominee.id]} chưa giải quyết", "complaint-open"))
    if until is not None and until >= day:
        stopping.append((f"thời hạn kỷ luật đến hết ngày {until:%d/%m/%Y}", "discipline-runs"))
    datum = _datum(known)
    if stopping:
        sentence = f"Chưa xét: {'; '.join(words for words, _ in stopping)}."
        return finding(context, "E6", Outcome.FAIL, stopping[0][1], sentence, datum, facts)
    unknown = [words for name, words in BLOCKS.items() if not known.blocks.get(name)]
    if unknown:
        sentence = f"Chưa có thông tin có hay không: {'; '.join(unknown)}."
        return finding(context, "E6", Outcome.HUMAN, "block-unknown", sentence, datum, facts)
    if until is not None and until >= first:
        sentence = f"Đã hết thời hạn kỷ luật ngày {until:%d/%m/%Y}; chỉ tính thành tích từ sau ngày đó."
        return finding(context, "E6", Outcome.PASS, "discipline-over", sentence, datum, facts)
    return finding(context, "E6", Outcome.PASS, "clear", "Không có việc phải dừng xét.", datum, facts)


_SHORT = {"discipline": "xem xét kỷ luật", "inspection": "điều tra, thanh tra, kiểm tra"}
_SHORT |= {"complaint": "đơn thư", "press": "báo chí nêu"}


def _datum(known: NomineeFacts) -> str:
    told = [
        sourced(known, name, f"{_SHORT[name]}: {known.blocks[name]}")
        for name in BLOCKS
        if known.blocks.get(name) in (YES, NO)
    ]
    if known.discipline_until is not None:
        told.append(sourced(known, "discipline_until", f"hết kỷ luật: {known.discipline_until:%d/%m/%Y}"))
    return "; ".join(told)
