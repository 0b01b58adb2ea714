"""Days and doubts: how long a movement lasts, when a discipline ends, what an unsure legal fact does to a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from nominations.awards.declarations import Frame
from nominations.awards.law import Confirmed
from nominations.eligibility.blocks import block_check
from nominations.eligibility.context import Decided
from nominations.eligibility.facts import Confirmation, NomineeFacts
from nominations.eligibility.finding import Outcome
from nominations.eligibility.judging import decided, finding, only_doubted
from nominations.eligibility.matrix_checks import duration_check, durations, span
from nominations.eligibility.papers import confirmation_check
from nominations.eligibility.persons import preference
from nominations.eligibility.standard import standard_check
from tests.nominations.eligibility_support import DAY, FIRST, OCCASION, ROUTE, award, context, facts, nominee, ranked

PASS, FAIL, HUMAN = Outcome.PASS, Outcome.FAIL, Outcome.HUMAN


@pytest.mark.parametrize(
    ("first", "after", "wanted"),
    [
        (date(2025, 4, 15), date(2030, 4, 15), (5, 0)),
        (date(2025, 4, 15), date(2030, 4, 14), (4, 11)),
        (date(2025, 4, 1), date(2031, 1, 1), (5, 9)),
        (date(2024, 2, 29), date(2025, 2, 28), (1, 0)),
        (date(2025, 1, 31), date(2025, 2, 28), (0, 1)),
        (date(2025, 1, 31), date(2025, 2, 27), (0, 0)),
        (date(2025, 5, 1), date(2025, 4, 1), (0, 0)),
    ],
)
def test_whole_years_and_months(first: date, after: date, wanted: tuple[int, int]) -> None:
    assert span(first, after) == wanted


def frame(**known: date | None) -> Frame:
    return Frame.model_validate({"issuer": "tinh", "to": date(2030, 4, 14), **known})


def test_the_last_day_of_the_plan_counts() -> None:
    """From 15/04/2025 to 14/04/2030 are five years; a day less is not."""
    whole = durations(frame(**{"from": date(2025, 4, 15)}), date(2030, 1, 1), 5)
    less = durations(frame(**{"from": date(2025, 4, 16)}), date(2030, 1, 1), 5)
    assert whole is not None and less is not None
    assert [one.holds for one in whole] == [True, False]
    assert [one.holds for one in less] == [False, False]


@pytest.mark.parametrize(
    ("day", "elapsed"),
    [(date(2030, 4, 1), None), (date(2030, 4, 29), None), (date(2030, 4, 30), True), (date(2030, 3, 31), False)],
)
def test_an_unknown_first_day_decides_only_in_april(day: date, elapsed: bool | None) -> None:
    """law.md §1.2: the day in April 2025 cannot be read; elapsed time passes only after the anniversary."""
    known = frame(from_earliest=date(2025, 4, 1), from_latest=date(2025, 4, 30), to=date(2030, 12, 31))
    found = durations(known, day, 5)
    assert found is not None and (found[0].holds, found[1].holds) == (True, elapsed)


def test_elapsed_time_ends_with_the_plan() -> None:
    found = durations(frame(**{"from": date(2027, 4, 15)}), date(2040, 1, 1), 5)
    assert found is not None and [one.holds for one in found] == [False, False]


def test_the_sentence_says_basis_years_and_months() -> None:
    ctx = context()
    given = award(routes=[{**ROUTE, "least_years": 5}])
    found = duration_check(ctx, nominee(ctx), given, given.routes[0])
    assert found.sentence == (
        "Cần từ 05 năm trở lên; theo thời gian kế hoạch 5 năm 8 tháng (từ ngày 15/04/2025 đến hết ngày 31/12/2030): đủ; "
        "theo thời gian đã thực hiện 2 năm 5 tháng (từ ngày 15/04/2025 đến ngày 15/09/2027): chưa đủ. "
        "Tính thời gian kế hoạch là đề xuất, chưa được cấp có thẩm quyền quyết định."
    )
    assert found.citations == ("điểm a khoản 2 Điều 1 Luật Mẫu số 1/2025/QH ngày 01/01/2025",)


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (date(2027, 9, 16), "discipline-runs"),
        (DAY, "discipline-runs"),
        (date(2027, 9, 14), "discipline-over"),
        (FIRST, "discipline-over"),
        (date(2025, 3, 31), "clear"),
    ],
)
def test_a_discipline_blocks_up_to_its_last_day(until: date, code: str) -> None:
    ctx = context()
    assert block_check(ctx, nominee(ctx, facts=facts(discipline_until=until)), award(), None).code == code


def test_all_that_blocks_is_said_at_once() -> None:
    ctx = context(held_back={"A1": "kiến nghị, phản ánh số 4 kỳ 2026"})
    known = facts(blocks={"discipline": "có", "press": "không"}, discipline_until=DAY, sources={"discipline": "9/CV"})
    found = block_check(ctx, nominee(ctx, facts=known), award(), None)
    assert found.sentence == (
        "Chưa xét: đang xem xét kỷ luật; kiến nghị, phản ánh số 4 kỳ 2026 chưa giải quyết; "
        "thời hạn kỷ luật đến hết ngày 15/09/2027."
    )
    assert found.datum == "xem xét kỷ luật: có (9/CV); báo chí nêu: không; hết kỷ luật: 15/09/2027"


@pytest.mark.parametrize(
    ("women", "people", "wanted"), [(7, 10, True), (69, 100, False), (699, 999, False), (700, 1000, True)]
)
def test_seventy_percent_is_counted_in_whole_people(women: int, people: int, wanted: bool) -> None:
    assert NomineeFacts("A1", people=people, women=women).women_at_least(Fraction(70)) is wanted


def test_the_preference_is_not_known_until_somebody_says() -> None:
    ctx = context()
    assert preference(nominee(ctx)) is None
    assert preference(nominee(ctx, "ho")) is False
    assert preference(nominee(ctx, facts=facts(people=0, women=0))) is None


def test_every_standard_has_to_hold_and_a_proposal_says_so() -> None:
    ctx = context()
    both = award(
        standards=[{"least_figure": "80", "facts": ["chac"]}, {"groups": "a", "most_rank": 1, "facts": ["chac"]}]
    )
    found = standard_check(ctx, nominee(ctx, result=ranked("79.5", 2)), both, None)
    assert (found.outcome, found.code) == (FAIL, "figure-below")
    assert found.sentence == (
        "Được 79.5 %, cần từ 80,00 %, thiếu 0,50 %; xếp thứ 2 trong cụm 1, cần trong 1 vị trí đầu "
        "(mức đề xuất, chưa được cấp có thẩm quyền quyết định)."
    )
    assert found.datum.startswith(
        "79.5 % (thứ 2 trong cụm 1); kỳ 2025: 90/100, Xuất sắc, biên nhận abababababab; kỳ 2026:"
    )


def test_a_doubtful_fact_never_passes_until_somebody_has_compared_it() -> None:
    ctx = context()
    found = finding(ctx, "E6", PASS, "clear", "Không có gì.", facts=("chac", "ngo"))
    assert (found.outcome, found.sentence) == (HUMAN, "Không có gì. Căn cứ chưa xác minh.")
    assert [doubt.partition(": ")[2] for doubt in found.doubts] == ["nguồn thứ cấp, chưa đọc nguyên văn [S]"]
    assert only_doubted(found)
    failed = finding(ctx, "E6", FAIL, "blocked", "Chưa xét.", facts=("ngo",))
    assert (failed.outcome, failed.sentence, bool(failed.doubts)) == (FAIL, "Chưa xét.", True)
    human = finding(ctx, "E6", HUMAN, "block-unknown", "Chưa có thông tin.", facts=("ngo",))
    assert human.sentence == "Chưa có thông tin." and not only_doubted(human)
    assert finding(ctx, "E13", PASS, "x", "Không phải cá nhân.", facts=("ngo",), applies=False).outcome is PASS
    compared = context(confirmed={"ngo": Confirmed("ngo", "unchanged", "VBHN 1", DAY)})
    assert finding(compared, "E6", PASS, "clear", "Không có gì.", facts=("ngo",)).outcome is PASS
    changed = context(confirmed={"ngo": Confirmed("ngo", "changed", "VBHN 1", DAY)})
    assert finding(changed, "E6", PASS, "clear", "Không có gì.", facts=("ngo",)).outcome is HUMAN


@pytest.mark.parametrize("outcome", [HUMAN, FAIL])
@pytest.mark.parametrize("passes", [True, False])
def test_a_person_decides_what_does_not_pass(outcome: Outcome, passes: bool) -> None:
    ctx = context(decisions={("bk", "A1", "E6"): Decided(passes, "5/KL ngày 1/9", "Chánh Thanh tra")})
    found = decided(ctx, award(), nominee(ctx), finding(ctx, "E6", outcome, "blocked", "Chưa xét."))
    assert found.outcome is (PASS if passes else FAIL)
    assert found.decided == "Chánh Thanh tra kết luận theo 5/KL ngày 1/9."


def test_a_decision_says_nothing_about_a_pass_or_another_check() -> None:
    ctx = context(decisions={("bk", "A1", "E6"): Decided(False, "5/KL", "Ai đó")})
    passed = finding(ctx, "E6", PASS, "clear", "Không có gì.")
    assert decided(ctx, award(), nominee(ctx), passed) is passed
    other = finding(ctx, "E7", HUMAN, "maternity-gap", "Xem.")
    assert decided(ctx, award(), nominee(ctx), other) is other


def test_what_is_about_the_movement_is_decided_for_everybody() -> None:
    said = Decided(True, "7/KL", "Hội đồng")
    ctx = context(decisions={("bk", "*", "E2"): said, ("bk", "*", "E6"): said})
    told = finding(ctx, "E2", HUMAN, "duration-disputed", "Xem.")
    assert decided(ctx, award(), nominee(ctx), told).outcome is PASS
    assert decided(ctx, award(), nominee(ctx), replace(told, check="E6")).outcome is HUMAN


def test_every_missing_or_late_confirmation_is_named() -> None:
    ctx = context(occasion=replace(OCCASION, day=date(2027, 9, 1)))
    late = {"thue": Confirmation("thue", "đạt", "1/XN", date(2027, 9, 2))}
    found = confirmation_check(ctx, nominee(ctx, "dn", facts=facts(confirmations=late)), award(), None)
    assert found.sentence == (
        "Xác nhận của Thuế tỉnh ngày 02/09/2027, ngoài thời gian xét (01/04/2025 đến 01/09/2027); "
        "thiếu xác nhận của Sở NN&MT (môi trường)."
    )
    assert found.datum == "Thuế tỉnh: đạt (1/XN ngày 02/09/2027)"
