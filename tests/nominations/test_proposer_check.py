"""E12: every reason, on dataclasses; the wording of the award file decides, not the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from criteria.declarations.common import Basis
from criteria.movements.reading import read_movement
from nominations.awards.declarations import Award, Awards, Proposing, Subject
from nominations.awards.law import Fact, Law
from nominations.awards.reading import AwardFile
from nominations.eligibility.context import Context
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.proposers import REASONS, proposer_check
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import Proposal, Proposed
from nominations.results import Ranked
from records.ledger.entries import Entry, Facts
from records.roster.roster import Body, Roster
from tests.nominations.proposals_support import MOVEMENT

DAY = date(2026, 8, 1)
PLAN = Fact(id="plan", basis="luat", place="mục VI", quote="Chủ trì xét, chọn", mark="V")
UNSURE = Fact(id="unsure", basis="luat", place="mục VII", says="qua Sở", mark="S")
FIRM = Subject(id="firm", name="doanh nghiệp", groups=["đ"])
PERSON = Subject(id="person", name="cá nhân", groups=["e"], person=True)
TEAM = Subject(id="team", name="tập thể", groups=["a"])
AWARD = Award.model_validate(
    {
        "id": "bk",
        "name": "Bằng khen",
        "short": "Bằng khen",
        "level": "tinh",
        "category": "chuyen-de",
        "authority": "ct",
        "routes": [],
    }
)
RULES = (
    Proposing(groups=["a"], how="ranking", by=["so-khcn"], facts=["plan"]),
    Proposing(
        groups=["đ"], how="proposal", by=["B041"], through="so-khcn", occasions=["so-ket", "tong-ket"], facts=["plan"]
    ),
    Proposing(groups=["e"], how="proposal", by=["parent"], facts=["plan"]),
)
HANDED = Proposal("o", 1, "B010", "", "15/TTr", "3/BB", "", date(2026, 7, 10), date(2026, 7, 8))


def roster() -> Roster:
    movement, _ = read_movement(MOVEMENT / "movement.yaml")
    assert movement is not None
    names = {"B002": "Sở Một", "B010": "Sở Mười", "B041": "Hiệp hội", "B099": "Sở Khác"}
    bodies = {
        ident: Body(ident, Facts(f"body:{ident}", {"name": [Entry(f"body:{ident}", "name", name)]}))
        for ident, name in names.items()
    }
    return Roster(movement, bodies)


def context(
    handed: Sequence[Proposal] = (),
    kind: str = "so-ket",
    rules: Sequence[Proposing] = RULES,
    facts: Sequence[Fact] = (PLAN, UNSURE),
    asked: Mapping[str, list[str]] | None = None,
) -> Context:
    declared = Awards.model_construct(
        subjects=[FIRM, PERSON, TEAM], awards=[AWARD], proposing=list(rules), rules=asked or {}, facts=list(facts)
    )
    law = Law({one.id: one for one in facts}, {"luat": Basis(id="luat", document="Kế hoạch")})
    occasion = AwardOccasion("o", kind, "Sơ kết", DAY, date(2025, 4, 1), date(2026, 6, 30))  # type: ignore[arg-type]
    standing = Standing(roster(), {}, {one.number: one for one in handed})
    return Context("m", AwardFile(declared, law), occasion, standing)


def firm(**more: object) -> Nominee:
    return replace(Nominee("F1", "Công ty", FIRM, "đ", proposed=(Proposed("o", 1, 1, "F1", "bk"),)), **more)  # type: ignore[arg-type]


def person(**more: object) -> Nominee:
    told = Nominee("P1", "Người", PERSON, "e", person=True, manager="B010", proposed=(Proposed("o", 1, 1, "P1", "bk"),))
    return replace(told, **more)  # type: ignore[arg-type]


def checked(nominee: Nominee, *handed: Proposal, **more: object) -> Finding:
    return proposer_check(context(handed, **more), nominee, AWARD, None)  # type: ignore[arg-type]


def association(**more: object) -> Proposal:
    return replace(replace(HANDED, proposer="B041", through="B002"), **more)  # type: ignore[arg-type]


TEAM_RANKED = Nominee("A1", "Sở", TEAM, "a", ranked=Ranked("A1", "Sở", "a", "a", "", None, ""))


@cache
def cases() -> dict[str, tuple[Finding, Outcome]]:
    """Every reason with what it comes to."""
    return {
        "from-ranking": (checked(TEAM_RANKED), Outcome.PASS),
        "unranked": (checked(replace(TEAM_RANKED, ranked=None)), Outcome.HUMAN),
        "rule-unknown": (checked(Nominee("X1", "Hộ", None)), Outcome.HUMAN),
        "manager-unknown": (checked(person(manager=""), HANDED), Outcome.HUMAN),
        "not-proposed": (checked(person(proposed=())), Outcome.FAIL),
        "other-body": (checked(person(), replace(HANDED, proposer="B099")), Outcome.FAIL),
        "wrong-time": (checked(firm(), association(), kind="thuc-day"), Outcome.FAIL),
        "not-passed-on": (checked(firm(), association(through="")), Outcome.HUMAN),
        "no-letter": (checked(person(), replace(HANDED, letter_day=None)), Outcome.HUMAN),
        "no-minutes": (checked(person(), replace(HANDED, minutes="")), Outcome.HUMAN),
        "right-body": (checked(person(), HANDED), Outcome.PASS),
    }


@pytest.mark.parametrize("code", list(REASONS))
def test_every_reason(code: str) -> None:
    found, outcome = cases()[code]
    assert (found.check, found.code, found.outcome) == ("E12", code, outcome)
    assert found.sentence.endswith(".") and found.sentence[:1].isupper()


def test_no_reason_is_left_out() -> None:
    assert set(cases()) == set(REASONS)


def test_a_ranking_cites_who_makes_it() -> None:
    found, _ = cases()["from-ranking"]
    assert found.sentence == "Xét chọn từ bảng xếp hạng do Sở Một chủ trì, không phải đề nghị."
    assert found.citations == (context().file.law.citation("plan"),)


def test_the_datum_is_the_letter_and_the_minutes() -> None:
    found, _ = cases()["right-body"]
    assert found.sentence == "B010 Sở Mười đề nghị, đúng cơ quan được đề nghị."
    assert found.datum == "Sở Mười: Tờ trình số 15/TTr ngày 10/07/2026; biên bản số 3/BB ngày 08/07/2026"


def test_another_body_is_told_who_may() -> None:
    found, _ = cases()["other-body"]
    assert found.sentence == "B099 Sở Khác đề nghị; cơ quan được đề nghị là B010 Sở Mười."


def test_an_association_passes_through_the_office() -> None:
    found = checked(firm(), association())
    assert (found.outcome, found.code) == (Outcome.PASS, "right-body")
    assert found.sentence == "B041 Hiệp hội đề nghị, qua B002 Sở Một, đúng cơ quan được đề nghị."


def test_of_several_proposals_the_best_counts() -> None:
    many = person(proposed=(Proposed("o", 1, 1, "P1", "bk"), Proposed("o", 2, 1, "P1", "bk")))
    wrong, right = replace(HANDED, proposer="B099"), replace(HANDED, number=2)
    assert checked(many, wrong, right).code == "right-body"


def test_a_proposal_for_another_award_is_none_for_this_one() -> None:
    assert checked(person(proposed=(Proposed("o", 1, 1, "P1", "khac"),)), HANDED).code == "not-proposed"


def test_a_doubted_clause_never_passes() -> None:
    rules = (Proposing(groups=["e"], how="proposal", by=["parent"], facts=["unsure"]),)
    found = checked(person(), HANDED, rules=rules)
    assert (found.outcome, found.code) == (Outcome.HUMAN, "right-body")
    assert found.sentence.endswith("Căn cứ chưa xác minh.") and found.doubts
    wrong = checked(person(), replace(HANDED, proposer="B099"), rules=rules)
    assert (wrong.outcome, bool(wrong.doubts)) == (Outcome.FAIL, True)


def test_a_second_rule_opens_a_second_way() -> None:
    rules = (*RULES, Proposing(subjects=["person"], how="proposal", by=["B041"], occasions=["so-ket"], facts=["plan"]))
    assert checked(person(), replace(HANDED, proposer="B041"), rules=rules).code == "right-body"
    assert checked(person(), replace(HANDED, proposer="B041"), rules=rules, kind="thuc-day").code == "wrong-time"
    assert checked(person(), HANDED, rules=rules, kind="thuc-day").code == "right-body"
