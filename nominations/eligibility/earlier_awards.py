"""E5 and E9: awards that a route wants already held, which of them count, and that nothing lower is asked for by itself."""

from __future__ import annotations

from collections.abc import Sequence

from nominations.awards.declarations import Award, Route
from nominations.eligibility.context import Context
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts
from nominations.history.held import HeldAward
from nominations.history.wanted import Tally, tally
from nominations.nominees import Nominee


def check_held(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E5: what the route wants held is held, and only awards of the right loại hình count towards it.

    Every wish of Route.held has to be met: `times` decisions of that form, each counted once, of the nominee and of the bodies whose
    awards count for it; `within_years` from the decision's day to the occasion's day, day by day. A decision that only counts when
    whole years are meant, or whose loại hình nobody has said, is left to a person where it makes the difference.
    """
    facts = rule_facts(context, "E5")
    if route is None or not route.held:
        sentence = "Quy định không đòi hình thức khen thưởng đã có trước."
        return finding(context, "E5", Outcome.PASS, "none-wanted", sentence, _categories(context, nominee), facts)
    merit = context.file.awards.merit
    facts = tuple(dict.fromkeys([*route.facts, *facts, *(merit.facts if merit is not None else [])]))
    held = context.awards_of(nominee.id)
    tallies = [tally(context.file.awards, award, one, held, context.occasion.day) for one in route.held]
    short = [one for one in tallies if not one.enough]
    if not short:
        sentence = f"Đã có {'; '.join(one.words for one in tallies)}."
        return finding(context, "E5", Outcome.PASS, "held", sentence, _numbers(tallies), facts)
    missing = [one for one in short if not one.perhaps]
    code = _code(missing[0]) if missing else "category-unknown" if short[0].unknown else "years-boundary"
    outcome = Outcome.FAIL if missing else Outcome.HUMAN
    sentence = " ".join(_sentence(context, one) for one in (missing or short))
    return finding(context, "E5", outcome, code, sentence, _numbers(tallies), facts)


def check_lower(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E9: no lower award is asked for before a higher one, unless the route itself says so; then E5 has looked at it."""
    facts = rule_facts(context, "E9")
    if route is None or not route.held:
        sentence = "Không nhất thiết có hình thức khen thưởng mức thấp mới được đề nghị mức cao."
        return finding(context, "E9", Outcome.PASS, "not-required", sentence, "", facts)
    wanted = "; ".join(one.award for one in route.held)
    sentence = "Quy định đòi hình thức khen thưởng đã có trước; xem kết quả kiểm tra E5."
    return finding(
        context, "E9", Outcome.PASS, "required-by-route", sentence, f"held: {wanted}", (*route.facts, *facts)
    )


def _code(one: Tally) -> str:
    """Why a wish is not met."""
    counted = len(one.counted)
    for code, many in (("merit-only", one.by_category), ("held-revoked", one.revoked), ("too-old", one.too_old)):
        if many and counted + len(many) >= one.wanted.times:
            return code
    return "held-missing"


def _sentence(context: Context, one: Tally) -> str:
    """Cần 02 lần …, có 01. Không tính: …"""
    parts = [f"Cần {one.words}, đã có {len(one.counted):02d}."]
    for many, why in (
        (one.by_category, "không tính theo loại hình khen thưởng"),
        (one.revoked, "đã hủy bỏ"),
        (one.too_old, "quá thời hạn"),
        (one.boundary, "chưa rõ tính theo năm hay theo ngày"),
        (one.unknown, "chưa ghi loại hình khen thưởng"),
    ):
        if many:
            parts.append(f"{why[:1].upper()}{why[1:]}: {'; '.join(_said(context, held) for held in many)}.")
    return " ".join(parts)


def _said(context: Context, one: HeldAward) -> str:
    category = context.file.awards.category_name(one.category)
    return f"số {one.number} {one.words}" + (f", {category}" if category else "")


def _numbers(tallies: Sequence[Tally]) -> str:
    found = sorted({held.number for one in tallies for held in one.counted})
    told = ", ".join(str(number) for number in found)
    return f"Lịch sử khen thưởng, số {told}" if told else "Lịch sử khen thưởng: không có hình thức nào được tính."


def _categories(context: Context, nominee: Nominee) -> str:
    """How many awards are held of each loại hình."""
    counts: dict[str, int] = {}
    for one in context.awards_of(nominee.id):
        if one.counts:
            word = context.file.awards.category_name(one.category) or "chưa ghi loại hình"
            counts[word] = counts.get(word, 0) + 1
    return "Đã có: " + "; ".join(f"{word} {count}" for word, count in sorted(counts.items())) + "." if counts else ""
