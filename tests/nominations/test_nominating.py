"""A whole selection of several awards held against what may never happen, whatever the figures, ties, quotas and failed checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from criteria.problems import WARNING
from nominations.awards.declarations import Awards
from nominations.awards.law import Law
from nominations.awards.reading import AwardFile
from nominations.case import Case
from nominations.eligibility.context import Context
from nominations.eligibility.facts import NomineeFacts
from nominations.nominating import _Selection
from nominations.nominees import Nominee
from nominations.proposals.proposal import Proposed
from nominations.selection.choosing import State
from nominations.selection.quotas import Scope, scope_of
from nominations.steps.progress import FAILED, MISSING, PASSED, Done, Progress
from tests.nominations.eligibility_support import DOCUMENTS, FILE, OCCASION
from tests.nominations.occasion_support import MadeUp, case_of, nominated, occasion_workspace, proposed, result, say
from tests.nominations.support import standing

ORDER = ("cao", "giua", "thap")


def _award(ident: str, name: str, quotas: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    route = {"subjects": ["tap-the", "ho"], "occasions": ["so-ket"], "facts": ["chac"]}
    told = {"level": "tinh", "category": "chuyen-de", "authority": "tinh", "routes": [route], "quotas": quotas}
    return {"id": ident, "name": name, "short": name, **told, **more}


@cache
def file() -> AwardFile:
    """Three awards: two seats for a group; half of a pool, at least one; two for a whole set. The highest asks for 70 points."""
    least = [{"least_figure": 70, "status": "decided", "decided_by": "QĐ 1", "facts": ["chac"]}]
    awards = [
        _award("cao", "Huân chương", [{"number": 2, "per": "group"}], standards=least),
        _award("giua", "Bằng khen", [{"percent": 50, "of": "candidates", "least": 1}]),
        _award("thap", "Giấy khen", [{"groups": ["a", "c"], "number": 2, "per": "set"}, {"number": 1}]),
    ]
    subjects = [
        {"id": "tap-the", "name": "tập thể", "groups": ["a", "c"], "prefer": "female_share", "prefer_percent": 70},
        {"id": "ho", "name": "hộ gia đình"},
    ]
    steps = [{"id": "xet", "name": "Xét chọn", "kind": "selection", "by": "tổ"}]
    told = FILE | {"awards": awards, "subjects": subjects, "steps": steps, "confirmations": []}
    told |= {"proposing": [{"groups": ["a", "c"], "how": "ranking"}, {"subjects": ["ho"], "how": "proposal"}]}
    made = Awards.model_validate(told)
    return AwardFile(made, Law({one.id: one for one in made.facts}, DOCUMENTS))


def seats_by_hand(award: str, scope: Scope, members: int) -> int:
    if award == "cao":
        return 2
    if award == "giua":
        return max(members // 2, 1)
    return 2 if scope.group else 1


PEOPLE = some.fixed_dictionaries(
    {
        "figure": some.sampled_from([None, 60, 70, 80, 80, 90]),
        "pool": some.sampled_from(["Cụm 1", "Cụm 2"]),
        "group": some.sampled_from(["a", "c"]),
        "women": some.sampled_from([None, 1, 9]),
        "tie": some.integers(0, 1),
        "blocked": some.sampled_from([False, False, False, True]),
        "household": some.sampled_from([False, False, False, True]),
        "steps": some.dictionaries(
            some.sampled_from(ORDER), some.sampled_from([PASSED, FAILED, MISSING, "chosen", "not"])
        ),
        "asked": some.sets(some.sampled_from(ORDER)),
    }
)


def nominee(ident: str, told: Mapping[str, Any]) -> Nominee:
    blocks = dict.fromkeys(("discipline", "inspection", "complaint", "press"), "không")
    facts = NomineeFacts(ident, people=10, women=told["women"], blocks=blocks)
    if told["blocked"]:
        facts = replace(facts, blocks={**blocks, "complaint": "có"})
    household = told["household"]
    awards = told["asked"] if household else ()
    rows = tuple(Proposed(OCCASION.id, 1, 1, ident, award) for award in sorted(awards))
    subject = file().awards.subject("ho" if household else "tap-the")
    if household:
        return Nominee(ident, ident, subject, proposed=rows, facts=facts)
    ranked = result(ident, told["figure"] or 0, told["group"], told["pool"])
    ranked = replace(ranked, ties=((False, Fraction(told["tie"])),))
    if told["figure"] is None:
        ranked = replace(ranked, figure=None, words="", rank=None, periods=())
    set_id = f"{told['group']}-set"
    return Nominee(ident, ident, subject, told["group"], set_id, told["pool"], ranked=ranked, facts=facts)


def known(people: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], Progress]:
    found = {}
    for ident, told in people.items():
        for award, value in told["steps"].items():
            if value in ("chosen", "not"):
                found[award, ident] = Progress(ties={"xet": (value == "chosen", "12/BB")})
            else:
                found[award, ident] = Progress({"xet": Done("xet", value, "12/BB", date(2027, 7, 1), "vì thế")})
    return found


def selected(people: list[Nominee], done: Mapping[tuple[str, str], Progress]) -> list[Case]:
    made = MadeUp(one.ranked for one in people if one.ranked is not None)
    context = Context("mau", file(), OCCASION, standing(people))
    work = _Selection(context, made, done)  # type: ignore[arg-type]
    return [case for award in file().awards.awards for case in work.cases(award)]


def drawn(told: list[dict[str, Any]]) -> tuple[list[Nominee], dict[tuple[str, str], Progress], list[Case]]:
    by_id = {f"A{number:02d}": one for number, one in enumerate(told, 1)}
    people = [nominee(ident, one) for ident, one in by_id.items()]
    return people, known(by_id), selected(people, known(by_id))


def _key(one: Nominee) -> tuple[object, ...]:
    assert one.ranked is not None
    return one.ranked.figure, one.facts.women_at_least(Fraction(70)), one.ranked.ties


EXAMPLES = settings(max_examples=100, deadline=None)


@given(some.lists(PEOPLE, max_size=9))
@EXAMPLES
def test_nobody_above_a_quota_and_nobody_for_two_awards(told: list[dict[str, Any]]) -> None:
    people, _, cases = drawn(told)
    for award in file().awards.awards:
        by_scope: dict[Scope, list[State]] = {}
        for one in cases:
            if one.award.id == award.id:
                by_scope.setdefault(scope_of(award, "so-ket", one.nominee), []).append(one.state)
        for scope, states in by_scope.items():
            members = sum(scope_of(award, "so-ket", one) == scope for one in people)
            assert states.count(State.PROPOSED) <= seats_by_hand(award.id, scope, members), (award.id, scope)
    for person in people:
        mine = [one for one in cases if one.nominee.id == person.id]
        got = [one.award.id for one in mine if one.state is State.PROPOSED]
        assert len(got) <= 1
        for one in mine:
            if got and ORDER.index(one.award.id) > ORDER.index(got[0]):
                assert one.state is State.NOT
                name = next(award.name for award in file().awards.awards if award.id == got[0])
                assert one.failed or one.progress.done or f"Đã được đề nghị {name} trong dịp này" in one.chosen.reason


@given(some.lists(PEOPLE, max_size=9))
@EXAMPLES
def test_nobody_below_somebody_who_is_not_proposed_without_a_stated_reason(told: list[dict[str, Any]]) -> None:
    _, _, cases = drawn(told)
    for one in cases:
        assert one.chosen.reason.endswith("."), one.chosen
        if one.state is State.PROPOSED or one.nominee.ranked is None or one.nominee.ranked.figure is None:
            continue
        for other in cases:
            if other.award.id != one.award.id or other.state is not State.PROPOSED or other.nominee.ranked is None:
                continue
            if scope_of(one.award, "so-ket", one.nominee) != scope_of(one.award, "so-ket", other.nominee):
                continue
            figure = other.nominee.ranked.figure
            if figure is None or one.nominee.ranked.figure > figure:  # ahead, and yet not proposed
                told_why = one.failed or one.chosen.reason.startswith(("Đã được đề nghị ", "Chờ kết quả "))
                stopped = one.progress.stopped(file().awards.steps_of(one.award)) is not None
                assert one.state is not State.OUTSIDE and (told_why or stopped), (one.chosen, other.chosen)


@given(some.lists(PEOPLE, max_size=9))
@EXAMPLES
def test_ties_stand_or_wait_together_unless_a_council_has_spoken(told: list[dict[str, Any]]) -> None:
    _, _, cases = drawn(told)
    plain = [
        one
        for one in cases
        if one.nominee.ranked is not None
        and not one.failed
        and not one.progress.done
        and not one.chosen.reason.startswith(("Đã được đề nghị ", "Chờ kết quả "))
    ]
    for one in plain:
        for two in plain:
            same = one.award.id == two.award.id and _key(one.nominee) == _key(two.nominee)
            if same and scope_of(one.award, "so-ket", one.nominee) == scope_of(two.award, "so-ket", two.nominee):
                decided = "hội đồng chọn" in one.chosen.reason + two.chosen.reason
                assert one.state is two.state or decided, (one.chosen, two.chosen)


@given(some.lists(PEOPLE, max_size=9), some.randoms(use_true_random=False))
@EXAMPLES
def test_the_order_of_input_says_nothing(told: list[dict[str, Any]], random: Any) -> None:
    people, done, cases = drawn(told)
    mixed = list(people)
    random.shuffle(mixed)
    again = selected(mixed, dict(reversed(done.items())))
    assert {(one.award.id, one.nominee.id): one.chosen for one in again} == {
        (one.award.id, one.nominee.id): one.chosen for one in cases
    }


@given(some.lists(PEOPLE, max_size=9))
@EXAMPLES
def test_every_refusal_says_every_check_and_the_step(told: list[dict[str, Any]]) -> None:
    _, _, cases = drawn(told)
    for one in cases:
        for failed in one.failed:
            assert one.state is State.NOT and f"{failed.check}: {failed.sentence.rstrip('.')}" in one.chosen.reason
        if one.progress.stopped(file().awards.steps_of(one.award)) is not None:
            assert one.state is State.NOT and "Xét chọn không thông qua (12/BB): vì thế." in one.chosen.reason
        if one.state is State.NOT:
            assert one.failed or one.progress.done or one.chosen.reason.startswith("Đã được đề nghị ")


def people(*figures: int, pool: str = "Cụm 1") -> list[Nominee]:
    told = {"pool": pool, "group": "a", "women": 1, "tie": 0, "blocked": False, "household": False, "asked": ()}
    return [nominee(f"A{place}", {**told, "figure": figure, "steps": {}}) for place, figure in enumerate(figures, 1)]


def states(cases: list[Case], award: str) -> dict[str, str]:
    return {one.nominee.id: one.state.name for one in cases if one.award.id == award}


def test_who_waits_for_a_higher_award_keeps_a_seat_and_gives_it_up_when_chosen() -> None:
    three = people(90, 80, 80)  # two seats: A1, and one of A2, A3
    cases = selected(three, {})
    assert states(cases, "cao") == {"A1": "PROPOSED", "A2": "WAITS", "A3": "WAITS"}
    assert states(cases, "giua") == {"A1": "NOT", "A2": "WAITS", "A3": "WAITS"}  # one seat of the pool, both level
    assert states(cases, "thap") == {"A1": "NOT", "A2": "WAITS", "A3": "WAITS"}
    assert {one.chosen.reason for one in cases if one.award.id == "thap" and one.state is State.WAITS} == {
        "Chờ kết quả Huân chương; giữ chỗ trong chỉ tiêu 2 của nhóm a."
    }
    chosen = {
        ("cao", "A2"): Progress(ties={"xet": (True, "12/BB")}),
        ("cao", "A3"): Progress(ties={"xet": (False, "12/BB")}),
    }
    cases = selected(three, chosen)
    assert states(cases, "cao") == {"A1": "PROPOSED", "A2": "PROPOSED", "A3": "OUTSIDE"}
    assert states(cases, "giua") == {"A1": "NOT", "A2": "NOT", "A3": "PROPOSED"}
    assert states(cases, "thap") == {"A1": "NOT", "A2": "NOT", "A3": "NOT"}


def test_a_council_that_chooses_somebody_for_two_awards_leaves_one() -> None:
    """A2 and A3 wait for the highest; a council has already chosen A2 out of the tie for the second one."""
    chosen = {
        ("giua", "A2"): Progress(ties={"xet": (True, "13/BB")}),
        ("giua", "A3"): Progress(ties={"xet": (False, "13/BB")}),
        ("thap", "A2"): Progress(ties={"xet": (True, "14/BB")}),
        ("thap", "A3"): Progress(ties={"xet": (False, "14/BB")}),
    }
    cases = selected(people(90, 80, 80), chosen)
    assert states(cases, "giua")["A2"] == "PROPOSED"
    assert states(cases, "thap")["A2"] == "NOT"
    assert sum(one.state is State.PROPOSED for one in cases if one.nominee.id == "A2") == 1


def test_a_failed_step_frees_the_seat_and_the_lower_award() -> None:
    failed = {("cao", "A1"): Progress({"xet": Done("xet", FAILED, "12/BB", None, "không đủ phiếu")})}
    cases = selected(people(90, 85, 80), failed)
    assert states(cases, "cao") == {"A1": "NOT", "A2": "PROPOSED", "A3": "PROPOSED"}
    first = next(one for one in cases if one.nominee.id == "A1")
    assert first.chosen.reason == "Xét chọn không thông qua (12/BB): không đủ phiếu."
    assert states(cases, "giua")["A1"] == "PROPOSED"


# --- out of a workspace --------------------------------------------------------------------------------------------


def test_a_selection_of_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Group a: one Huân chương, then two Bằng khen of the Prime Minister; communes share the seats of their group."""
    workspace = occasion_workspace(
        tmp_path, monkeypatch, {"B001": 95, "B002": 90, "B015": 85, "C1": 91, "C2": 90, "C3": 89}
    )
    assert proposed(workspace, "hcld-ba") == ["B001", "C1"]
    assert proposed(workspace, "bk-ttg") == ["B002", "B015", "C2", "C3"]
    assert proposed(workspace, "bk-tinh") == proposed(workspace, "giay-khen") == []
    outside = case_of(workspace, "hcld-ba", "C3")
    assert outside.chosen.reason == "Ngoài chỉ tiêu 1 của nhóm c: đứng sau C1 (91 %), kém 2; được 89 %."
    second = case_of(workspace, "bk-tinh", "B002")
    assert second.chosen.reason == (
        "Đã được đề nghị Bằng khen của Thủ tướng Chính phủ trong dịp này; một thành tích không khen thưởng nhiều hình thức."
    )


def test_what_falls_out_after_a_step_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nominations.nominating import nominate
    from records.ledger.entries import Entry
    from tests.nominations.occasion_support import enter

    workspace = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "B002": 90})
    assert say(workspace, "hcld-ba", "B001", "xet-chon", PASSED, date(2027, 7, 20)) == []
    assert [one.award.id for one in nominated(workspace).cases if one.progress.done] == ["hcld-ba"]
    enter(workspace, Entry("nominee:so-ket-2027/B001", "complaint", "có", source="12/TB"))
    found, problems = nominate(workspace, "so-ket-2027")
    assert found is not None
    assert [(one.code, one.severity) for one in problems] == [("step", WARNING)]
    assert problems[0].message.startswith("B001, HCLĐ hạng Ba: đã qua 1 bước, nay không đủ. E6: ")
    enter(workspace, Entry("case:so-ket-2027/hcld-ba/B001", "submitted", "1/TTr"))
    assert nominate(workspace, "so-ket-2027")[1] == []  # it has left: nothing to warn about
