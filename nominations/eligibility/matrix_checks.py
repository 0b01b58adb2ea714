"""E1 to E3: whether this movement can lead to an award at all: for whom, when, how long it lasts, who launched it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nominations.awards.declarations import Award, Awards, Frame, Kind, Route
from nominations.awards.matrix import ISSUERS, route_of, wheres
from nominations.eligibility.context import Context
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts
from nominations.nominees import Nominee
from nominations.occasions import NAMES

BASES = {"planned": "theo thời gian kế hoạch", "elapsed": "theo thời gian đã thực hiện"}


def route_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E1: the clause by which this award goes to this subject at this occasion."""
    occasion, subject = context.occasion, nominee.subject
    rules = rule_facts(context, "E1")
    if subject is None:
        sentence = "Tệp khen thưởng chưa xếp vào đối tượng nào của luật."
        return finding(context, "E1", Outcome.HUMAN, "subject-unknown", sentence, f"nhóm {nominee.group}", rules)
    datum = f"đối tượng: {subject.name}; dịp {NAMES[occasion.kind]}"
    awards = context.file.awards
    found = route or _but_for_issuer(award, subject.id, occasion.kind)
    if found is not None:
        where = wheres(awards, found.facts)
        sentence = f"{award.name} được xét cho {subject.name}, dịp {NAMES[occasion.kind]}: {where}."
        if found.asks:
            sentence = f"{sentence} Cần người xem: {' '.join(found.asks.split()).rstrip('.')}."
            return finding(context, "E1", Outcome.HUMAN, "route-asks", sentence, datum, found.facts)
        return finding(context, "E1", Outcome.PASS, "route-found", sentence, datum, found.facts)
    refused = route_of(awards, award, subject, occasion.kind, awards.frame.issuer).refused
    at_another = [one for one in refused if one.code == "occasion"]
    told = at_another or [one for one in refused if one.code == "aside"] or refused
    sentence = " ".join(dict.fromkeys(one.why for one in told))
    facts = tuple(dict.fromkeys(fact for one in told for fact in one.facts)) or rules
    code = "route-occasion" if at_another else "route-none"
    return finding(context, "E1", Outcome.FAIL, code, sentence, datum, facts)


def _but_for_issuer(award: Award, subject: str, kind: Kind) -> Route | None:
    """The route that would be open if somebody else had launched the movement: that is said by E3."""
    return next((one for one in award.routes if subject in one.subjects and kind in one.occasions), None)


# --- E2 ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lasting:
    """How long the movement lasts by one basis. holds: whether so many years; None: the day it began decides. words: in between."""

    basis: str
    holds: bool | None
    words: str


def duration_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E2: whether the movement is long enough, by the planned and by the elapsed time. Without a route: by the clause that asks least."""
    awards = context.file.awards
    wanted = route or min(_routes(nominee, award), key=lambda one: one.least_years or 0, default=None)
    facts = tuple(wanted.facts) if wanted is not None else rule_facts(context, "E2")
    if wanted is None or wanted.least_years is None:
        sentence = "Căn cứ này không đặt yêu cầu về thời gian thực hiện của phong trào."
        return finding(context, "E2", Outcome.PASS, "duration-free", sentence, "", facts)
    years = wanted.least_years
    readings = durations(awards.frame, context.occasion.day, years)
    if readings is None:
        sentence = f"Cần từ {years:02d} năm; chưa rõ ngày bắt đầu phong trào."
        return finding(context, "E2", Outcome.HUMAN, "duration-unknown", sentence, _asked(awards), facts)
    own = next(one for one in readings if one.basis == awards.duration_basis)
    outcome, code = _verdict(readings, own, decided=awards.duration_status == "decided")
    told = "; ".join(one.words for one in readings)
    sentence = f"Cần từ {years:02d} năm trở lên; {told}. {_basis_words(awards)}"
    return finding(context, "E2", outcome, code, sentence, _asked(awards), facts)


def durations(frame: Frame, day: date, years: int) -> tuple[Lasting, Lasting] | None:
    """By the plan (first day to last day, both counted) and elapsed up to a day (at most to the end of the plan).
    None when nobody knows when it began."""
    earliest, latest = frame.from_ or frame.from_earliest, frame.from_ or frame.from_latest
    if earliest is None or latest is None:
        return None
    after = frame.to + timedelta(days=1)
    planned = _lasting("planned", earliest, latest, after, years, f"hết ngày {frame.to:%d/%m/%Y}")
    upto = min(day, after)
    shown = f"ngày {upto:%d/%m/%Y}" if upto == day else f"hết ngày {frame.to:%d/%m/%Y}"
    return planned, _lasting("elapsed", earliest, latest, upto, years, shown)


def span(first: date, after: date) -> tuple[int, int]:
    """Whole years and months from a day up to, not including, another one; (0, 0) when it is not later."""
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day < min(first.day, monthrange(after.year, after.month)[1]):  # 29/2 comes round on 28/2
        months -= 1
    return divmod(max(months, 0), 12)


def _lasting(basis: str, earliest: date, latest: date, after: date, years: int, shown: str) -> Lasting:
    longest, shortest = span(earliest, after), span(latest, after)
    long, short = longest[0] >= years, shortest[0] >= years
    holds = long if long == short else None
    if earliest == latest:
        words = f"{BASES[basis]} {_length(longest)} (từ ngày {earliest:%d/%m/%Y} đến {shown})"
    else:
        between = _length(longest) if longest == shortest else f"{_length(shortest)} đến {_length(longest)}"
        first = f"ngày đầu trong khoảng {earliest:%d/%m/%Y} đến {latest:%d/%m/%Y}"
        words = f"{BASES[basis]} {between} ({first}, đến {shown})"
    verdict = "đủ" if holds else "chưa đủ" if holds is False else "tùy ngày đầu"
    return Lasting(basis, holds, f"{words}: {verdict}")


def _length(length: tuple[int, int]) -> str:
    return f"{length[0]} năm {length[1]} tháng"


def _verdict(readings: Sequence[Lasting], own: Lasting, *, decided: bool) -> tuple[Outcome, str]:
    """A basis that is only proposed settles nothing against the other one."""
    every = {one.holds for one in readings}
    if every == {True}:
        return Outcome.PASS, "duration-both"
    if every == {False} or (decided and own.holds is False):
        return Outcome.FAIL, "duration-short"
    if decided and own.holds:
        return Outcome.PASS, "duration-decided"
    if None in every:
        return Outcome.HUMAN, "duration-day"
    return Outcome.HUMAN, "duration-disputed"


def _basis_words(awards: Awards) -> str:
    own = BASES[awards.duration_basis].removeprefix("theo ")
    if awards.duration_status == "decided":
        by = f" theo {awards.duration_decided_by}" if awards.duration_decided_by else ""
        return f"Tính {own}{by}."
    return f"Tính {own} là đề xuất, chưa được cấp có thẩm quyền quyết định."


def _asked(awards: Awards) -> str:
    return f"cách tính: {BASES[awards.duration_basis]} ({'đã' if awards.duration_status == 'decided' else 'đề xuất, chưa'} có quyết định)"


# --- E3 ------------------------------------------------------------------------------------------------------------


def issuer_check(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E3: whether a movement launched at this level leads to the award, and whether this one proposes it."""
    issuer = context.file.awards.frame.issuer
    routes = [route] if route is not None else _routes(nominee, award)
    facts = _facts(routes) or rule_facts(context, "E3")
    datum = f"phong trào do {ISSUERS[issuer]} phát động"
    reachable = [one for one in routes if not one.issuers or issuer in one.issuers]
    if routes and not reachable:
        by = ", ".join(dict.fromkeys(ISSUERS[level] for one in routes for level in one.issuers))
        sentence = (
            f"{award.name} chỉ xét trong phong trào do {by} phát động ({wheres(context.file.awards, _facts(routes))})."
        )
        return finding(context, "E3", Outcome.FAIL, "issuer-refused", sentence, datum, facts)
    if not award.offered:
        why = f" {' '.join(award.note.split())}" if award.note else ""
        sentence = f"Phong trào này không đề nghị {award.name}.{why}"
        return finding(context, "E3", Outcome.FAIL, "not-offered", sentence, datum, facts)
    sentence = f"Phong trào do {ISSUERS[issuer]} phát động thuộc trường hợp được xét."
    return finding(context, "E3", Outcome.PASS, "issuer-fits", sentence, datum, facts)


def _routes(nominee: Nominee, award: Award) -> list[Route]:
    """The routes of the nominee's own subject, all of them when there is none."""
    subject = nominee.subject
    own = [one for one in award.routes if subject is not None and subject.id in one.subjects]
    return own or list(award.routes)


def _facts(routes: Sequence[Route]) -> list[str]:
    return list(dict.fromkeys(fact for one in routes for fact in one.facts))
