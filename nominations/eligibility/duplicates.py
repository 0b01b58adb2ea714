"""E4, E9b and the day from which achievements count: one achievement, one initiative, one award, at whatever level it was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nominations.awards.declarations import Award, Route
from nominations.eligibility.context import Context
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import finding, rule_facts
from nominations.history.comparing import alike_text, same_text, spelled
from nominations.history.held import HeldAward
from nominations.nominees import Nominee

_SHOWN = 80  # letters of an initiative in a sentence


@dataclass(frozen=True)
class _Reason:
    """Something that speaks against a nominee. code: of the finding."""

    outcome: Outcome
    code: str
    sentence: str
    datum: str


def counts_from(context: Context, nominee: Nominee, award: Award) -> tuple[date | None, str]:
    """From which day achievements count, and the sentence that says why; (None, "") when all of the occasion's do.

    The later of two days. With after_award: after_cutoff, the day after the last day of the achievement that an earlier occasion of
    this movement has awarded (also before the software: entered by hand, of at least the province). After a discipline, the day
    after its end (NĐ 152/2025/NĐ-CP Điều 4 khoản 4). What a unit gives outside the occasions cuts nothing off: E4 looks at its overlap.
    """
    days: dict[date, list[str]] = {}
    if award.after_award == "after_cutoff":
        for one in context.awards_of(nominee.id):
            if _cuts(context, one) and one.last is not None:
                why = f"đã được tặng {one.words} cho thành tích đến hết ngày {one.last:%d/%m/%Y}"
                days.setdefault(one.last + timedelta(days=1), []).append(why)
    until = nominee.facts.discipline_until
    if until is not None:
        why = f"hết thời hạn kỷ luật ngày {until:%d/%m/%Y}"
        days.setdefault(until + timedelta(days=1), []).append(why)
    latest = max(days, default=None)
    if latest is None or latest <= context.occasion.first:
        return None, ""
    return latest, f"Chỉ tính thành tích từ ngày {latest:%d/%m/%Y}: {'; '.join(days[latest])}."


def _cuts(context: Context, one: HeldAward) -> bool:
    """Whether an award was given at an earlier occasion of the movement."""
    if not one.counts or one.movement != context.movement or one.last is None:
        return False
    if one.occasion == context.occasion.id or one.last >= context.occasion.last:
        return False
    return bool(one.occasion) or one.level != "co-so"


# --- E4 ------------------------------------------------------------------------------------------------------------


def check_duplicate(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E4: neither the achievement nor an initiative has been awarded before, to the nominee or a body before it, at any level.

    FAIL: another award at this occasion; the same initiative; the same achievement in the same words; with after_cutoff a period that
    an earlier occasion has awarded already, or nothing left after it. HUMAN: whatever overlaps in time only (count_all; other
    movements, công trạng, own awards of units), is written almost alike, or has no days; the same initiative of somebody else.
    """
    reasons = [
        *_initiatives(context, nominee, award),
        *_achievements(context, nominee, award),
        *_overlaps(context, nominee, award),
    ]
    facts = rule_facts(context, "E4")
    since, why = counts_from(context, nominee, award)
    for outcome in (Outcome.FAIL, Outcome.HUMAN):
        found = [one for one in reasons if one.outcome is outcome]
        if found:
            return finding(context, "E4", outcome, found[0].code, _all(found), _data(found), facts)
    held = [one for one in _granted(context, nominee, award) if one.movement == context.movement]
    if since is not None and held:
        sentence = f"Thành tích đề nghị không trùng thành tích đã được khen thưởng. {why}"
        return finding(context, "E4", Outcome.PASS, "after-cutoff", sentence, _listed(held), facts)
    known = list(_granted(context, nominee, award))
    sentence = "Thành tích, sáng kiến đề nghị chưa được khen thưởng."
    datum = _listed(known) or "Lịch sử khen thưởng: chưa ghi hình thức nào."
    return finding(context, "E4", Outcome.PASS, "no-duplicate", sentence, datum, facts)


def _granted(context: Context, nominee: Nominee, award: Award) -> Iterator[HeldAward]:
    """Awards held, without the one this very case has led to, and without those of later occasions of the movement."""
    here = context.occasion
    for one in context.awards_of(nominee.id):
        own = one.movement == context.movement
        later = own and one.occasion not in ("", here.id) and one.last is not None and one.last > here.last
        if one.counts and not later and not (own and one.occasion == here.id and one.award == award.id):
            yield one


def _initiatives(context: Context, nominee: Nominee, award: Award) -> Iterator[_Reason]:
    """One initiative is used once."""
    held = list(_granted(context, nominee, award))
    mine = {one.number for one in context.awards_of(nominee.id)}
    for text in nominee.initiatives:
        shown = _short(text)
        for one in held:
            if same_text(text, one.initiative):
                said = f"Sáng kiến “{shown}” đã dùng để {_got(nominee, one)}; một sáng kiến chỉ dùng một lần."
                yield _Reason(Outcome.FAIL, "same-initiative", said, _numbered(one))
            elif alike_text(text, one.initiative):
                said = f"Sáng kiến “{shown}” gần giống sáng kiến “{_short(one.initiative)}” đã dùng để {_got(nominee, one)}."
                yield _Reason(Outcome.HUMAN, "like-initiative", said, _numbered(one))
        for who, other in context.initiatives.get(spelled(text), ()):
            if other is not None and other.number not in mine:
                said = f"Sáng kiến “{shown}” đã dùng để tặng {other.award_name} cho {who or 'người ngoài danh sách'}."
                yield _Reason(Outcome.HUMAN, "initiative-of-other", said, _numbered(other))
            elif other is None and who != nominee.id:
                said = f"Sáng kiến “{shown}” cũng đề nghị cho {who} trong dịp này; cần xác nhận đồng tác giả."
                yield _Reason(Outcome.HUMAN, "initiative-shared", said, "Danh sách đề nghị của dịp")


def _achievements(context: Context, nominee: Nominee, award: Award) -> Iterator[_Reason]:
    """The same achievement in the same words, and other forms at the same occasion."""
    told = list(dict.fromkeys(row.achievement for row in nominee.proposed if row.achievement))
    for one in _granted(context, nominee, award):
        if one.movement == context.movement and one.occasion == context.occasion.id:
            said = f"Trong dịp này đã {_got(nominee, one)}; không khen thưởng nhiều hình thức cho một thành tích."
            yield _Reason(Outcome.FAIL, "same-occasion", said, _numbered(one))
        for text in told:
            if same_text(text, one.achievement):
                said = f"Thành tích đề nghị đã được nêu khi {_got(nominee, one)}."
                yield _Reason(Outcome.FAIL, "same-achievement", said, _numbered(one))
            elif alike_text(text, one.achievement):
                said = f"Thành tích đề nghị gần giống thành tích đã nêu khi {_got(nominee, one)}."
                yield _Reason(Outcome.HUMAN, "like-achievement", said, _numbered(one))


def _overlaps(context: Context, nominee: Nominee, award: Award) -> Iterator[_Reason]:
    """Days that count now and have been awarded before."""
    since, why = counts_from(context, nominee, award)
    spans = _spans(context, nominee, since)
    cutting = [one for one in _granted(context, nominee, award) if _cuts(context, one)]
    if award.after_award == "after_cutoff" and cutting and not spans:
        said = f"{why} Trong dịp này không còn thành tích nào để xét."
        yield _Reason(Outcome.FAIL, "nothing-after", said.strip(), _listed(cutting))
        return
    for one in _granted(context, nominee, award):
        if one.movement == context.movement and one.occasion == context.occasion.id:
            continue  # another form at this occasion: said once
        if one.last is None:
            yield from _without_days(context, nominee, one)
            continue
        first = one.first or date.min
        met = [f"{a:%d/%m/%Y}–{b:%d/%m/%Y}" for a, b in spans if a <= one.last and b >= first]
        days = f"{_days(one)}"
        if one in cutting and award.after_award == "after_cutoff":
            if met:
                said = (
                    f"Thành tích {', '.join(met)} đã được khen thưởng: đã {_got(nominee, one)} cho thành tích {days}."
                )
                yield _Reason(Outcome.FAIL, "overlap", said, _numbered(one))
            elif nominee.ranked is None:
                said = f"{why} Không chấm điểm nên phải xem thành tích nêu trong hồ sơ có sau ngày đó không."
                yield _Reason(Outcome.HUMAN, "unscored-after", said.strip(), _numbered(one))
        elif met and one in cutting:
            said = f"Đã {_got(nominee, one)} cho thành tích {days}; mọi thành tích được tính lại, cần xác nhận không trùng."
            yield _Reason(Outcome.HUMAN, "overlap-counted", said, _numbered(one))
        elif met:
            said = f"Đã {_got(nominee, one)} cho thành tích {days}, trùng thời gian {', '.join(met)}; cần xác nhận là thành tích khác."
            yield _Reason(Outcome.HUMAN, "overlap-other", said, _numbered(one))


def _without_days(context: Context, nominee: Nominee, one: HeldAward) -> Iterator[_Reason]:
    if one.day is None or one.day >= context.occasion.first:
        said = f"Đã {_got(nominee, one)}, chưa ghi thời gian lập thành tích; cần xác nhận là thành tích khác."
        yield _Reason(Outcome.HUMAN, "days-unknown", said, _numbered(one))


def _spans(context: Context, nominee: Nominee, since: date | None) -> list[tuple[date, date]]:
    """The days whose achievements count now: of the periods behind the result, else of the occasion from the day they count."""
    if nominee.ranked is not None:
        return [(one.first, one.last) for one in nominee.ranked.periods]
    first = max(since or context.occasion.first, context.occasion.first)
    return [(first, context.occasion.last)] if first <= context.occasion.last else []


# --- E9b -----------------------------------------------------------------------------------------------------------


def check_pending(context: Context, nominee: Nominee, award: Award, route: Route | None) -> Finding:
    """E9b: the achievement is not before another council or authority at the same time.

    FAIL: submitted for another form at this occasion, or elsewhere for the same achievement or initiative. HUMAN: on its way elsewhere
    for something that may be another achievement.
    """
    facts = rule_facts(context, "E9b")
    here, reasons = context.occasion.id, []
    told = [row.achievement for row in nominee.proposed]
    for one in context.awards_of(nominee.id):
        own = one.movement == context.movement and one.occasion == here
        if not one.pending or (own and one.award == award.id):
            continue
        who = _whose(nominee, one)
        same = any(same_text(text, one.achievement) for text in told)
        same = same or any(same_text(text, one.initiative) for text in nominee.initiatives)
        if own:
            said = f"{who}đã được trình {one.award_name} trong dịp này ({one.source}), chưa có kết quả."
            reasons.append(_Reason(Outcome.FAIL, "pending-here", _upper(said), _numbered(one)))
        elif same:
            said = (
                f"{who}đã được trình {one.award_name} cho cùng thành tích, sáng kiến ({one.source}), chưa có kết quả."
            )
            reasons.append(_Reason(Outcome.FAIL, "pending-same", _upper(said), _numbered(one)))
        else:
            said = f"{who}đang được trình {one.award_name} ({one.source}); cần xác nhận là thành tích khác."
            reasons.append(_Reason(Outcome.HUMAN, "pending-elsewhere", _upper(said), _numbered(one)))
    for text in context.elsewhere.get(nominee.id, ()):
        said = f"Đang được đề nghị ở nơi khác: {text.rstrip('.')}; cần xác nhận là thành tích khác."
        reasons.append(_Reason(Outcome.HUMAN, "elsewhere", said, text))
    for outcome in (Outcome.FAIL, Outcome.HUMAN):
        found = [one for one in reasons if one.outcome is outcome]
        if found:
            return finding(context, "E9b", outcome, found[0].code, _all(found), _data(found), facts)
    sentence = "Không có đề nghị nào khác đang chờ kết quả."
    return finding(context, "E9b", Outcome.PASS, "none-pending", sentence, "Lịch sử khen thưởng, các dịp khác", facts)


# --- words ---------------------------------------------------------------------------------------------------------


def _whose(nominee: Nominee, one: HeldAward) -> str:
    """Of the body before it that holds the award; "" of the nominee's own."""
    return "" if one.holder == nominee.id else f"{one.holder} (trước sắp xếp) "


def _got(nominee: Nominee, one: HeldAward) -> str:
    return f"tặng {_whose(nominee, one)}{one.words}"


def _numbered(one: HeldAward) -> str:
    return f"Lịch sử khen thưởng, số {one.number}"


def _listed(many: Sequence[HeldAward]) -> str:
    return f"Lịch sử khen thưởng, số {', '.join(str(one.number) for one in many)}" if many else ""


def _days(one: HeldAward) -> str:
    assert one.last is not None
    return f"{one.first:%d/%m/%Y}–{one.last:%d/%m/%Y}" if one.first else f"đến ngày {one.last:%d/%m/%Y}"


def _all(reasons: Sequence[_Reason]) -> str:
    return " ".join(dict.fromkeys(one.sentence for one in reasons))


def _data(reasons: Sequence[_Reason]) -> str:
    return "; ".join(dict.fromkeys(one.datum for one in reasons))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
