"""TC: whether the official result reaches the province's standard (tiêu chuẩn) for an award."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from criteria.exact import show_vietnamese
from nominations.awards.declarations import Award, Route, Standard
from nominations.eligibility.context import Context
from nominations.eligibility.duplicates import counts_from
from nominations.eligibility.facts import YES
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts
from nominations.nominees import Nominee
from nominations.results import Ranked
from scoring.placing import pool_words

CHECK = "TC"
_HASH = 12  # digits of a receipt that are printed


def standards_of(context: Context, nominee: Nominee, award: Award) -> list[Standard]:
    """Every standard of an award that is for this group and this kind of occasion: all of them have to hold."""
    return [
        one
        for one in award.standards
        if (not one.groups or nominee.group in one.groups)
        and (not one.occasions or context.occasion.kind in one.occasions)
    ]


def standard_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """An official result with a place, and every standard reached. Without a score a council looks at the merit."""
    ranked = nominee.ranked
    wanted = standards_of(context, nominee, award)
    facts = _clauses(award, route, wanted) or rule_facts(context, CHECK)
    if ranked is None and not nominee.group:
        sentence = "Đề nghị không chấm điểm: hội đồng xem thành tích."
        return finding(context, CHECK, Outcome.HUMAN, "unscored", sentence, "", facts)
    if ranked is None or ranked.figure is None:
        since, because = counts_from(context, nominee, award)
        why = ranked.unplaced if ranked is not None and ranked.unplaced else "chưa công bố chính thức kỳ nào của dịp"
        sentence = (
            f"Không còn kết quả nào để xét. {because}" if since is not None else f"Chưa có kết quả: {_plain(why)}."
        )
        return _lacking(context, nominee, "no-result", sentence, facts)
    if ranked.rank is None:
        why = _plain(ranked.unplaced or "không nêu lý do")
        return _lacking(context, nominee, "unplaced", f"Không xếp hạng trong dịp: {why}.", facts)
    datum = datum_of(ranked)
    if not wanted:
        sentence = "Tỉnh chưa quy định mức của tiêu chuẩn này: hội đồng xem thành tích."
        return finding(context, CHECK, Outcome.HUMAN, "standard-none", sentence, datum, facts)
    told = [part for one in wanted for part in _parts(one, ranked)]
    failed = next((code for _, code in told if code and code != "grade-unknown"), "")
    unknown = next((code for _, code in told if code), "")
    sentence = "; ".join(dict.fromkeys(text for text, _ in told)) or "không đặt mức điểm"
    sentence = f"{sentence[:1].upper()}{sentence[1:]}{_status(wanted)}."
    if failed and _maternity_gap(nominee):
        sentence += " Có thời gian nghỉ thai sản, được tính khi xét: người có thẩm quyền kết luận."
        return finding(context, CHECK, Outcome.HUMAN, "standard-maternity", sentence, datum, facts)
    if failed:
        return finding(context, CHECK, Outcome.FAIL, failed, sentence, datum, facts)
    if unknown:
        return finding(context, CHECK, Outcome.HUMAN, unknown, sentence, datum, facts)
    return finding(context, CHECK, Outcome.PASS, "standard-reached", sentence, datum, facts)


def _clauses(award: Award, route: Route | None, wanted: Sequence[Standard]) -> tuple[str, ...]:
    """The clauses of the standards, less those by which only other subjects are awarded: an enterprise is not told Điều 44 khoản 1."""
    facts = dict.fromkeys(fact for one in wanted for fact in one.facts)
    of_others = {fact for one in award.routes for fact in one.facts} - set(route.facts) if route is not None else set()
    return tuple(fact for fact in facts if fact not in of_others)


def datum_of(ranked: Ranked) -> str:
    """92,50 % (thứ 2 trong cụm 1); kỳ 2026: 88,00/100,00, Tốt, biên nhận 0123456789ab"""
    place = f"thứ {ranked.rank}" if ranked.rank is not None else "chưa xếp hạng"
    pool = f" trong {pool_words(ranked.pool)}" if ranked.pool else ""
    periods = [
        f"kỳ {one.period}: {one.words}{f', {one.grade}' if one.grade else ''}, biên nhận {one.receipt[:_HASH]}"
        for one in ranked.periods
    ]
    since = [f"tính từ ngày {ranked.since:%d/%m/%Y}"] if ranked.since is not None else []
    return "; ".join([f"{ranked.words} ({place}{pool})", *periods, *since])


def gap(nominee: Nominee, wanted: int) -> bool:
    """Whether a nominee has no place, or no result in some of the periods of the occasion. wanted: how many there are."""
    ranked = nominee.ranked
    if ranked is None:
        return bool(nominee.group)
    return ranked.rank is None or len(ranked.periods) < wanted


def _maternity_gap(nominee: Nominee) -> bool:
    return nominee.person and nominee.facts.maternity == YES


def _lacking(context: Context, nominee: Nominee, code: str, sentence: str, facts: Sequence[str]) -> Finding:
    """No result or no place: not reached, unless it may be for maternity leave, which is never a penalty."""
    datum = datum_of(nominee.ranked) if nominee.ranked is not None and nominee.ranked.figure is not None else ""
    if _maternity_gap(nominee):
        sentence += " Có thời gian nghỉ thai sản, được tính khi xét: người có thẩm quyền kết luận."
        return finding(context, CHECK, Outcome.HUMAN, "standard-maternity", sentence, datum, facts)
    return finding(context, CHECK, Outcome.FAIL, code, sentence, datum, facts)


def _parts(standard: Standard, ranked: Ranked) -> list[tuple[str, str]]:
    """What a standard asks with what stands against it, and the code of what is not reached, "" when it is."""
    assert ranked.figure is not None and ranked.rank is not None
    found = []
    if standard.least_figure is not None:
        unit = "%" if ranked.percent else "điểm"
        least, reached = standard.least_figure, ranked.figure >= standard.least_figure
        short = "" if reached else f", thiếu {_number(least - ranked.figure)} {unit}"
        text = f"được {ranked.words}, cần từ {_number(least)} {unit}{short}"
        found.append((text, "" if reached else "figure-below"))
    if standard.grade is not None:
        found.append(_grade(standard, ranked))
    if standard.most_rank is not None:
        reached = ranked.rank <= standard.most_rank
        where = f" trong {pool_words(ranked.pool)}" if ranked.pool else ""
        text = f"xếp thứ {ranked.rank}{where}, cần trong {standard.most_rank} vị trí đầu"
        found.append((text, "" if reached else "rank-below"))
    return found


def _grade(standard: Standard, ranked: Ranked) -> tuple[str, str]:
    """How many of the counted periods reach a grade, or a better one."""
    assert standard.grade is not None
    if standard.grade not in ranked.grades:
        known = ", ".join(ranked.grades) or "không có"
        return f"bộ tiêu chí không có mức “{standard.grade}” (các mức: {known})", "grade-unknown"
    least, every = ranked.grades.index(standard.grade), len(ranked.periods)
    reached = sum(one.level is not None and one.level <= least for one in ranked.periods)
    needed = standard.periods if standard.periods is not None else every
    wanted = f"{needed} kỳ" if standard.periods is not None else "mọi kỳ được tính"
    enough = reached >= max(needed, 1)
    text = f"“{standard.grade}” trở lên ở {reached}/{every} kỳ, cần {wanted}"
    return text, "" if enough else "grade-below"


def _status(wanted: Sequence[Standard]) -> str:
    """On whose word the standards rest."""
    if any(one.status == "proposal" for one in wanted):
        return " (mức đề xuất, chưa được cấp có thẩm quyền quyết định)"
    decided = list(dict.fromkeys(one.decided_by for one in wanted if one.decided_by))
    return f" (theo {'; '.join(decided)})" if decided else ""


def _number(value: Fraction) -> str:
    return show_vietnamese(value, 2)


def _plain(text: str) -> str:
    return text.strip().rstrip(".")
