"""E4, E5, E9, E9b and the day from which achievements count: every reason reached, never passed on a doubtful text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nominations.awards.declarations import Award, Held, Route
from nominations.eligibility.duplicates import check_duplicate, check_pending, counts_from
from nominations.eligibility.earlier_awards import check_held, check_lower
from nominations.eligibility.finding import Finding, Outcome
from nominations.history.held import HeldAward
from nominations.history.wanted import tally
from nominations.nominees import Nominee
from tests.nominations.history_support import YEAR_2025, YEAR_2026, award_file, context, held, nominee, ranked

FILE = award_file()
DIFFERENT = {"movement": "", "occasion": ""}


def award(ident: str = "bk-tinh", **changes: Any) -> Award:
    found = FILE.awards.award(ident)
    assert found is not None
    return found.model_copy(update=changes)


BK = award()
COUNT_ALL = award(after_award="count_all")


def e4(who: Nominee, *history: HeldAward, of: Award = BK, **more: Any) -> Finding:
    return check_duplicate(context(*history, others=(who,), **more), who, of, None)


@pytest.mark.parametrize(
    ("who", "earlier", "of", "outcome", "code"),
    [
        (nominee(ranked(YEAR_2026)), None, BK, Outcome.PASS, "no-duplicate"),
        (nominee(ranked(YEAR_2026)), {}, BK, Outcome.PASS, "after-cutoff"),
        (nominee(ranked(YEAR_2025, YEAR_2026)), {}, BK, Outcome.FAIL, "overlap"),
        (nominee(ranked()), {}, BK, Outcome.FAIL, "nothing-after"),
        (nominee(None), {}, BK, Outcome.HUMAN, "unscored-after"),
        (nominee(ranked(YEAR_2025, YEAR_2026)), {}, COUNT_ALL, Outcome.HUMAN, "overlap-counted"),
        (nominee(ranked(YEAR_2026)), {}, COUNT_ALL, Outcome.PASS, "no-duplicate"),
        (nominee(ranked(YEAR_2025)), DIFFERENT, BK, Outcome.HUMAN, "overlap-other"),
        (nominee(ranked(YEAR_2026)), DIFFERENT, BK, Outcome.PASS, "no-duplicate"),
        (nominee(ranked(YEAR_2025)), DIFFERENT | {"first": None, "last": None}, BK, Outcome.HUMAN, "days-unknown"),
        (
            nominee(ranked(YEAR_2025)),
            DIFFERENT | {"first": None, "last": None, "day": date(2025, 3, 31)},
            BK,
            Outcome.PASS,
            "no-duplicate",
        ),
        (nominee(ranked(YEAR_2025)), {"status": "revoked"}, BK, Outcome.PASS, "no-duplicate"),
        (nominee(ranked(YEAR_2025)), {"status": "refused"}, BK, Outcome.PASS, "no-duplicate"),
        (
            nominee(ranked(YEAR_2026)),
            {"occasion": "so-ket-2027", "award": "giay-khen", "level": "co-so"},
            BK,
            Outcome.FAIL,
            "same-occasion",
        ),
        (nominee(ranked(YEAR_2026)), {"occasion": "so-ket-2027"}, BK, Outcome.PASS, "no-duplicate"),
        (
            nominee(ranked(YEAR_2026), initiative="Phần mềm quản lý hồ sơ"),
            DIFFERENT | {"last": date(2024, 1, 1), "initiative": "phần mềm  quản lí hồ sơ"},
            BK,
            Outcome.FAIL,
            "same-initiative",
        ),
        (
            nominee(ranked(YEAR_2026), initiative="Phần mềm quản lý hồ sơ công"),
            DIFFERENT | {"last": date(2024, 1, 1), "initiative": "Phần mềm quản lý hồ sơ cũng"},
            BK,
            Outcome.HUMAN,
            "like-initiative",
        ),
        (
            nominee(ranked(YEAR_2026), initiative="Phần mềm quản lý hồ sơ"),
            {"holder": "B2", "initiative": "Phần mềm quản lý hồ sơ"},
            BK,
            Outcome.HUMAN,
            "initiative-of-other",
        ),
        (
            nominee(None, achievement="Hoàn thành đề án số hóa kho lưu trữ"),
            DIFFERENT | {"last": date(2024, 1, 1), "achievement": "hoàn thành đề án số hoá kho lưu trữ"},
            BK,
            Outcome.FAIL,
            "same-achievement",
        ),
        (
            nominee(None, achievement="Hoàn thành đề án số hóa kho lưu trữ"),
            DIFFERENT | {"last": date(2024, 1, 1), "achievement": "Hoàn thành đề án số hóa kho lưu trữ cũ"},
            BK,
            Outcome.HUMAN,
            "like-achievement",
        ),
    ],
)
def test_one_achievement_one_award(
    who: Nominee, earlier: dict[str, Any] | None, of: Award, outcome: Outcome, code: str
) -> None:
    found = e4(who, *([held(**earlier)] if earlier is not None else []), of=of)
    assert (found.check, found.outcome, found.code) == ("E4", outcome, code)
    assert found.citations == FILE.citations(["f-sure"])
    assert found.sentence and found.datum


def test_two_nominees_with_one_initiative_wait_for_a_person() -> None:
    one, other = nominee(ranked(YEAR_2026), initiative="Một ý"), nominee(None, ident="B2", initiative="một ý")
    found = check_duplicate(context(others=(one, other)), one, BK, None)
    assert (found.outcome, found.code) == (Outcome.HUMAN, "initiative-shared")
    assert "B2" in found.sentence


def test_awards_of_a_body_before_it_stand_against_the_successor() -> None:
    who = nominee(ranked(YEAR_2025))
    mother = held(holder="B0")
    assert e4(who, mother).outcome is Outcome.PASS
    found = e4(who, mother, holders={"B1": ("B1", "B0")})
    assert (found.outcome, found.code) == (Outcome.FAIL, "overlap")
    assert "B0 (trước sắp xếp)" in found.sentence


def test_all_reasons_are_said_the_worst_decides() -> None:
    who = nominee(ranked(YEAR_2025), initiative="Một ý hay")
    found = e4(who, held(1), held(2, initiative="Một ý hay", **DIFFERENT), held(3, **DIFFERENT))
    assert (found.outcome, found.code) == (Outcome.FAIL, "same-initiative")
    assert "Một ý hay" in found.sentence and "01/01/2025–31/12/2025" in found.sentence
    assert found.datum == "Lịch sử khen thưởng, số 2; Lịch sử khen thưởng, số 1"


def test_a_later_occasion_does_not_speak_against_an_earlier_one() -> None:
    who = nominee(ranked(YEAR_2025, YEAR_2026))
    later = held(occasion="tong-ket-2030", last=date(2030, 9, 30), day=date(2030, 12, 1))
    assert e4(who, later).code == "no-duplicate"
    assert counts_from(context(later), who, BK) == (None, "")


def test_an_unsure_text_never_passes_and_keeps_a_failure() -> None:
    doubtful = award_file(sure=False)
    fine = e4(nominee(ranked(YEAR_2026)), file=doubtful)
    assert fine.outcome is Outcome.HUMAN and fine.code == "no-duplicate"
    assert fine.sentence.endswith("Căn cứ chưa xác minh.") and fine.doubts
    failed = e4(nominee(ranked(YEAR_2025)), held(), file=doubtful)
    assert failed.outcome is Outcome.FAIL and failed.doubts


# --- from which day ------------------------------------------------------------------------------------------------

UNTIL = {"discipline_until": date(2026, 3, 31)}


@pytest.mark.parametrize(
    ("earlier", "facts", "of", "day"),
    [
        ({}, {}, BK, date(2026, 1, 1)),
        ({}, {}, COUNT_ALL, None),
        ({}, UNTIL, BK, date(2026, 4, 1)),
        ({"last": date(2026, 6, 30)}, UNTIL, BK, date(2026, 7, 1)),
        ({}, UNTIL, COUNT_ALL, date(2026, 4, 1)),
        ({}, {"discipline_until": date(2025, 3, 31)}, COUNT_ALL, None),  # before the occasion begins
        ({"status": "revoked"}, {}, BK, None),
        ({"movement": "other"}, {}, BK, None),
        ({"occasion": ""}, {}, BK, date(2026, 1, 1)),  # entered by hand
        ({"occasion": "", "level": "co-so"}, {}, BK, None),
        ({"occasion": "so-ket-2027"}, {}, BK, None),
        ({"holder": "B9"}, {}, BK, None),
    ],
)
def test_counts_from(earlier: dict[str, Any], facts: dict[str, Any], of: Award, day: date | None) -> None:
    found, why = counts_from(context(held(**earlier)), nominee(facts=facts), of)
    assert found == day
    assert bool(why) == (day is not None)
    if day is not None:
        assert why.startswith(f"Chỉ tính thành tích từ ngày {day:%d/%m/%Y}: ")


# --- E5, E9 --------------------------------------------------------------------------------------------------------


def route(**wanted: Any) -> Route:
    return Route(
        subjects=["tap-the"], occasions=["so-ket"], facts=["f-sure"], held=[Held(**({"award": "bk-tinh"} | wanted))]
    )


MERIT = award("hcld-cong-trang")
OLD = {"movement": "", "occasion": "", "category": "cong-trang"}


@pytest.mark.parametrize(
    ("history", "wanted", "of", "outcome", "code"),
    [
        ([], None, BK, Outcome.PASS, "none-wanted"),
        ([{}], {}, BK, Outcome.PASS, "held"),
        ([], {}, BK, Outcome.FAIL, "held-missing"),
        ([{}], {"times": 2}, BK, Outcome.FAIL, "held-missing"),
        ([{}, {"decision": "9/QĐ"}], {"times": 2}, BK, Outcome.PASS, "held"),
        ([{}], {}, MERIT, Outcome.FAIL, "merit-only"),
        ([{"category": "dot-xuat"}], {}, MERIT, Outcome.FAIL, "merit-only"),
        ([OLD], {}, MERIT, Outcome.PASS, "held"),
        ([{}], {"categories": ["chuyen-de"]}, MERIT, Outcome.PASS, "held"),
        ([{}], {"categories": ["cong-trang"]}, BK, Outcome.FAIL, "merit-only"),
        ([{"category": ""}], {}, MERIT, Outcome.HUMAN, "category-unknown"),
        ([{"category": ""}], {}, BK, Outcome.PASS, "held"),
        ([{"status": "revoked"}], {}, BK, Outcome.FAIL, "held-revoked"),
        ([{"status": "submitted"}], {}, BK, Outcome.FAIL, "held-missing"),
        ([{"award": "", "award_name": "Bằng khen Chủ tịch UBND tỉnh"}], {}, BK, Outcome.PASS, "held"),
        ([{"award": "giay-khen", "award_name": "Giấy khen"}], {}, BK, Outcome.FAIL, "held-missing"),
        ([{"day": date(2022, 8, 1)}], {"within_years": 5}, BK, Outcome.PASS, "held"),
        ([{"day": date(2022, 7, 31)}], {"within_years": 5}, BK, Outcome.HUMAN, "years-boundary"),
        ([{"day": date(2021, 12, 31)}], {"within_years": 5}, BK, Outcome.FAIL, "too-old"),
        ([{"day": date(2027, 8, 2)}], {}, BK, Outcome.FAIL, "held-missing"),  # decided after the occasion's day
    ],
)
def test_awards_that_a_route_wants(
    history: list[dict[str, Any]], wanted: dict[str, Any] | None, of: Award, outcome: Outcome, code: str
) -> None:
    made = context(*(held(number, **one) for number, one in enumerate(history, 1)))
    found = check_held(made, nominee(), of, route(**wanted) if wanted is not None else None)
    assert (found.check, found.outcome, found.code) == ("E5", outcome, code)


def test_what_does_not_count_is_named_with_its_category() -> None:
    found = check_held(context(held(7)), nominee(), MERIT, route())
    assert "Cần 01 lần Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh, đã có 00." in found.sentence
    assert "Không tính theo loại hình khen thưởng: số 7" in found.sentence
    assert "phong trào thi đua theo chuyên đề" in found.sentence


def test_awards_of_bodies_before_it_count_where_lineage_says_so() -> None:
    alone, heir = context(held(holder="B0")), context(held(holder="B0"), holders={"B1": ("B1", "B0")})
    assert check_held(alone, nominee(), BK, route()).outcome is Outcome.FAIL
    assert check_held(heir, nominee(), BK, route()).outcome is Outcome.PASS


def test_29_february_counts_from_the_28th() -> None:
    wanted = Held(award="bk-tinh", within_years=1)
    made = tally(FILE.awards, BK, wanted, [held(day=date(2027, 2, 28))], date(2028, 2, 29))
    assert made.enough


def test_nothing_lower_is_asked_for_unless_the_route_says_so() -> None:
    free = check_lower(context(), nominee(), BK, None)
    assert (free.check, free.outcome, free.code) == ("E9", Outcome.PASS, "not-required")
    asked = check_lower(context(), nominee(), BK, route())
    assert (asked.outcome, asked.code) == (Outcome.PASS, "required-by-route")


# --- E9b -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "other", "outcome", "code"),
    [
        (nominee(), None, Outcome.PASS, "none-pending"),
        (nominee(), {"occasion": "so-ket-2027"}, Outcome.PASS, "none-pending"),  # this very case
        (nominee(), {"occasion": "so-ket-2027", "award": "hcld-ba"}, Outcome.FAIL, "pending-here"),
        (nominee(), {}, Outcome.HUMAN, "pending-elsewhere"),
        (nominee(achievement="Một việc"), {"achievement": "một việc"}, Outcome.FAIL, "pending-same"),
        (nominee(initiative="Một ý"), {"initiative": "một ý"}, Outcome.FAIL, "pending-same"),
    ],
)
def test_pending_elsewhere(who: Nominee, other: dict[str, Any] | None, outcome: Outcome, code: str) -> None:
    waiting = [held(**({"status": "submitted", "source": "9/TTr"} | other))] if other is not None else []
    found = check_pending(context(*waiting), who, BK, None)
    assert (found.check, found.outcome, found.code) == ("E9b", outcome, code)


def test_cases_of_other_occasions_wait_for_a_person() -> None:
    found = check_pending(context(elsewhere={"B1": ("Bằng khen, dịp thuc-day-2026-11-21",)}), nominee(), BK, None)
    assert (found.outcome, found.code) == (Outcome.HUMAN, "elsewhere")
    assert "thuc-day-2026-11-21" in found.sentence
