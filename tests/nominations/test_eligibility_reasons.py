"""Every reason code of the checks is reached, each by a case that differs from a passing one in one thing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from nominations.eligibility import duplicates, earlier_awards
from nominations.eligibility.blocks import block_check
from nominations.eligibility.checks import CHECKS, check_case, route_for
from nominations.eligibility.context import Decided
from nominations.eligibility.facts import Confirmation
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.matrix_checks import duration_check, issuer_check, route_check
from nominations.eligibility.papers import confirmation_check, initiative_check
from nominations.eligibility.persons import maternity_check, opinion_check, preference_check
from nominations.eligibility.reasons import BY_FACTS, BY_LAW, REASONS
from nominations.eligibility.standard import standard_check
from tests.nominations.eligibility_support import (
    BLOCKS,
    DAY,
    FIRST,
    OCCASION,
    ROUTE,
    award,
    context,
    facts,
    nominee,
    ranked,
)

PASS, FAIL, HUMAN = Outcome.PASS, Outcome.FAIL, Outcome.HUMAN
Run = Callable[[], Finding]
DECIDED = {"duration_status": "decided", "duration_decided_by": "QĐ 2"}
OPEN_START = {"issuer": "tinh", "from_earliest": date(2025, 4, 1), "from_latest": date(2025, 4, 30)}
ENDS = {"to": date(2030, 12, 31)}
PERSON = {**ROUTE, "subjects": ["ca-nhan"]}


def made(check: Any, *, subject: str | None = "tap-the", who: Any = None, route: Any = None, **changes: Any) -> Run:
    """A run of one check. who: of the nominee; route: of the award's only route; the rest: of the award file or of the context."""

    def run() -> Finding:
        own = {name: changes[name] for name in ("standards", "offered", "asides", "note") if name in changes}
        rest = {name: value for name, value in changes.items() if name not in own}
        ctx = context(**rest)
        given = award(routes=[{**ROUTE, **(route or {})}], **own)
        one = nominee(ctx, subject, **(who or {}))
        found: Finding = check(ctx, one, given, route_for(ctx, one, given))
        return found

    return run


def standard(who: Any = None, **asked: Any) -> Run:
    return made(standard_check, who=who, standards=[{"status": "decided", "facts": ["chac"], **asked}])


def long(years: int = 5, **changes: Any) -> Run:
    return made(duration_check, route={"least_years": years}, **changes)


def person(check: Any, **known: Any) -> Run:
    result = known.pop("result", ranked())
    return made(check, subject="ca-nhan", route=PERSON, who={"facts": facts(**known), "result": result, "group": "e"})


def firm(**given: tuple[str, date | None]) -> Run:
    papers = {name: Confirmation(name, found, "1/XN", day) for name, (found, day) in given.items()}
    return made(confirmation_check, subject="dn", who={"facts": facts(confirmations=papers), "group": "đ"})


tied = partial(preference_check, tied=True)
CASES: list[tuple[str, Outcome, Run]] = [
    ("standard-reached", PASS, standard(least_figure="90", grade="Xuất sắc", most_rank=1)),
    ("standard-none", HUMAN, made(standard_check, standards=[])),
    ("standard-none", HUMAN, made(standard_check, standards=[{"groups": ["b"], "least_figure": "1"}])),
    ("figure-below", FAIL, standard(least_figure="90.01")),
    ("grade-below", FAIL, standard({"result": ranked(levels=(0, 1))}, grade="Xuất sắc")),
    ("standard-reached", PASS, standard({"result": ranked(levels=(0, 1))}, grade="Xuất sắc", periods="1")),
    ("rank-below", FAIL, standard({"result": ranked(rank=2)}, most_rank=1)),
    ("grade-unknown", HUMAN, standard(grade="Vàng")),
    ("figure-below", FAIL, standard(grade="Vàng", least_figure="91")),
    ("no-result", FAIL, standard({"result": None}, least_figure="1")),
    ("no-result", FAIL, standard({"result": ranked(None, None)}, least_figure="1")),
    ("unplaced", FAIL, standard({"result": ranked("99", None, unplaced="thiếu kỳ 2026")}, least_figure="1")),
    ("unscored", HUMAN, made(standard_check, subject="ho", who={"result": None, "group": ""})),
    ("standard-maternity", HUMAN, person(standard_check, maternity="có", result=ranked("10", 9))),
    ("standard-maternity", HUMAN, person(standard_check, maternity="có", result=ranked("99", None))),
    ("route-found", PASS, made(route_check)),
    ("route-asks", HUMAN, made(route_check, route={"asks": "Phải được tỉnh công nhận."})),
    ("route-none", FAIL, made(route_check, subject="ca-nhan")),
    ("route-none", FAIL, made(route_check, subject="ho", asides=[{"subjects": "ho", "facts": "luat-1", "why": "Không."}])),
    ("route-occasion", FAIL, made(route_check, route={"occasions": ["tong-ket"]})),
    ("subject-unknown", HUMAN, made(route_check, subject=None)),
    ("duration-free", PASS, made(duration_check)),
    ("duration-both", PASS, long(2)),
    ("duration-disputed", HUMAN, long()),
    ("duration-decided", PASS, long(**DECIDED)),
    ("duration-short", FAIL, long(duration_basis="elapsed", **DECIDED)),
    ("duration-short", FAIL, long(6)),
    ("duration-day", HUMAN, long(2, frame=OPEN_START | ENDS, occasion=replace(OCCASION, day=date(2027, 4, 15)))),
    ("duration-unknown", HUMAN, long(frame={"issuer": "tinh", **ENDS})),
    ("issuer-fits", PASS, made(issuer_check, route={"issuers": ["tinh", "bo"]})),
    ("issuer-refused", FAIL, made(issuer_check, route={"issuers": ["thu-tuong"]})),
    ("not-offered", FAIL, made(issuer_check, offered=False)),
    ("clear", PASS, made(block_check)),
    ("blocked", FAIL, made(block_check, who={"facts": facts(blocks=dict.fromkeys(BLOCKS, "không") | {"press": "có"})})),
    ("block-unknown", HUMAN, made(block_check, who={"facts": facts(blocks={"press": "không"})})),
    ("complaint-open", FAIL, made(block_check, held_back={"A1": "kiến nghị, phản ánh số 1 kỳ 2026"})),
    ("discipline-runs", FAIL, made(block_check, who={"facts": facts(discipline_until=DAY)})),
    ("discipline-over", PASS, made(block_check, who={"facts": facts(discipline_until=FIRST)})),
    ("maternity-none", PASS, made(maternity_check)),
    ("maternity-none", PASS, person(maternity_check, result=ranked("9", None))),
    ("maternity-counted", PASS, person(maternity_check, maternity="có")),
    ("maternity-gap", HUMAN, person(maternity_check, maternity="có", result=ranked(levels=(0,)))),
    ("maternity-gap", HUMAN, person(maternity_check, maternity="có", result=ranked("9", None))),
    ("not-tied", PASS, made(partial(preference_check, tied=False))),
    ("no-preference", PASS, made(tied, subject="dn", who={"group": "đ"})),
    ("preferred", PASS, made(tied, who={"facts": facts(people=10, women=7)})),
    ("not-preferred", PASS, made(tied, who={"facts": facts(people=100, women=69)})),
    ("women-unknown", HUMAN, made(tied)),
    ("gender-unknown", HUMAN, person(tied)),
    ("preferred", PASS, person(tied, gender="nữ")),
    ("not-preferred", PASS, person(tied, gender="nam")),
    ("confirm-none-asked", PASS, made(confirmation_check)),
    ("confirmed", PASS, firm(thue=("đạt", FIRST), mt=("đạt", DAY))),
    ("confirm-bad", FAIL, firm(thue=("vi phạm", DAY))),
    ("confirm-missing", HUMAN, firm(thue=("đạt", DAY))),
    ("confirm-undated", HUMAN, firm(thue=("đạt", DAY), mt=("đạt", None))),
    ("confirm-outside", HUMAN, firm(thue=("đạt", DAY), mt=("đạt", date(2025, 3, 31)))),
    ("confirm-outside", HUMAN, firm(thue=("đạt", DAY), mt=("đạt", date(2027, 9, 16)))),
    ("initiative-none", PASS, made(initiative_check)),
    ("initiative-missing", HUMAN, made(initiative_check, route={"initiative": True})),
    ("certificate-missing", HUMAN, made(initiative_check, who={"facts": facts(initiative="Cân tự động")})),
    ("initiative-certified", PASS, made(initiative_check, who={"facts": facts(initiative="Cân", certificate="3/CN")})),
    ("opinion-not-person", PASS, made(opinion_check)),
    ("opinion-none-asked", PASS, made(opinion_check, subject="ca-nhan", who={"group": "e"}, managed=None)),
    ("managed-unknown", HUMAN, person(opinion_check)),
    ("not-managed", PASS, person(opinion_check, managed="không")),
    ("opinion-missing", HUMAN, person(opinion_check, managed="có")),
    ("opinion-given", PASS, person(opinion_check, managed="có", opinion="đồng ý")),
    ("opinion-against", FAIL, person(opinion_check, managed="có", opinion="không đồng ý")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "outcome", "run"), CASES, ids=[f"{place}-{one[0]}" for place, one in enumerate(CASES)]
)
def test_each_reason_is_reached(code: str, outcome: Outcome, run: Run) -> None:
    found = run()
    assert (found.code, found.outcome) == (code, outcome), found.sentence
    assert found.sentence.endswith(".") and found.citations
    assert REASONS[code]


def test_no_code_is_without_a_case() -> None:
    """Those of E4, E5, E9 and E9b have their own tables."""
    elsewhere = inspect.getsource(duplicates) + inspect.getsource(earlier_awards)
    own = {code for code in REASONS if f'"{code}"' not in elsewhere}
    assert own == {code for code, _, _ in CASES}
    assert set(REASONS) >= BY_FACTS | BY_LAW


def test_all_checks_run_in_their_order_and_take_decisions() -> None:
    said = {("bk", "A1", "TC"): Decided(True, "12/BB", "Tổ xét chọn", "Đặc biệt xuất sắc", date(2027, 9, 1))}
    ctx = context(decisions=said)
    one = nominee(ctx, result=ranked("10"))
    route, found = check_case(ctx, one, award())
    assert route is not None and [item.check for item in found] == list(CHECKS)
    assert (found[0].outcome, found[0].code) == (PASS, "figure-below")
    assert found[0].decided == "Tổ xét chọn kết luận ngày 01/09/2027 theo 12/BB: Đặc biệt xuất sắc."
    assert check_case(context(), nominee(ctx, "ca-nhan"), award())[0] is None
