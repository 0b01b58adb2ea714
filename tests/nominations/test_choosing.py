"""Choosing within a quota, held against a count of who stands before whom; every reason says what separated."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nominations.selection.choosing import Chosen, Contender, Decision, State, choose

KEYS = some.tuples(some.booleans(), some.integers(0, 2).map(Fraction)).map(lambda key: (key,))
CONTENDERS = some.builds(
    Contender,
    some.integers(1, 99).map(lambda number: f"C{number}"),
    some.none() | some.integers(0, 4).map(Fraction),
    some.sampled_from([True, False, None]),
    KEYS,
    some.sampled_from(["", "", "", "không đạt"]),
    some.sampled_from(["", "", "Huân chương"]),
    some.booleans(),
)
LISTS = some.lists(CONTENDERS, max_size=9, unique_by=lambda one: one.candidate)


def before(one: Contender, other: Contender) -> bool:
    """Whether one is certainly ahead of the other; slow and plain."""
    if one.figure is None or other.figure is None:
        return one.figure is not None and other.figure is None
    if one.figure != other.figure:
        return one.figure > other.figure
    return False


def oracle(everyone: list[Contender], quota: int | None) -> dict[str, State]:
    """Everybody's state by counting who is ahead and who is level."""
    found: dict[str, State] = {}
    standing = []
    for one in everyone:
        if one.not_because or (one.held_by and not one.held_waits):
            found[one.candidate] = State.NOT
        else:
            standing.append(one)

    def ahead(one: Contender, other: Contender) -> bool:
        if before(one, other) or before(other, one) or one.figure is None:
            return before(one, other)
        level = [two for two in standing if two.figure == one.figure]
        if any(two.prefer is None for two in level):
            return False
        if one.prefer != other.prefer:
            return bool(one.prefer)
        return one.ties < other.ties

    for one in standing:
        better = sum(1 for two in standing if ahead(two, one))
        level = sum(1 for two in standing if not ahead(two, one) and not ahead(one, two))
        if quota is None or better + level <= quota:
            found[one.candidate] = State.WAITS if one.held_by else State.PROPOSED
        else:
            found[one.candidate] = State.OUTSIDE if better >= quota else State.WAITS
    return found


@given(LISTS, some.none() | some.integers(0, 6))
@settings(max_examples=600, deadline=None)
def test_states_are_those_of_a_plain_count(everyone: list[Contender], quota: int | None) -> None:
    assert {one.candidate: one.state for one in choose(everyone, quota)} == oracle(everyone, quota)


@given(LISTS, some.integers(0, 6), some.data())
@settings(max_examples=600, deadline=None)
def test_never_above_the_quota_and_never_below_somebody_without_a_reason(
    everyone: list[Contender], quota: int, data: some.DataObject
) -> None:
    said = data.draw(
        some.dictionaries(
            some.sampled_from([one.candidate for one in everyone] or ["C1"]),
            some.booleans().map(lambda accepted: Decision(accepted, "12/BB-XC")),
        )
    )
    chosen = choose(everyone, quota, said)
    by_id = {one.candidate: one for one in chosen}
    proposed = [one for one in everyone if by_id[one.candidate].state is State.PROPOSED]
    assert len(proposed) <= quota
    assert all(one.reason for one in chosen)
    for one in everyone:
        if by_id[one.candidate].state is State.PROPOSED:
            continue
        for below in proposed:
            if before(one, below):  # ahead, and yet not proposed: refused, held, or waiting for a higher award
                assert by_id[one.candidate].state is not State.OUTSIDE
                assert one.not_because or one.held_by


@given(LISTS, some.integers(0, 6))
@settings(max_examples=300, deadline=None)
def test_ties_stand_together_and_the_order_of_input_says_nothing(everyone: list[Contender], quota: int) -> None:
    told = choose(everyone, quota)
    assert told == choose(list(reversed(everyone)), quota)
    states = {one.candidate: one.state for one in told}
    plain = [one for one in everyone if not one.not_because and not one.held_by]
    for one in plain:
        for two in plain:
            if (one.figure, one.prefer, one.ties) == (two.figure, two.prefer, two.ties):
                assert states[one.candidate] is states[two.candidate]


def reasons(
    *contenders: Contender, quota: int | None = 1, said: dict[str, Decision] | None = None
) -> dict[str, Chosen]:
    return {one.candidate: one for one in choose(contenders, quota, said, "chỉ tiêu 1")}


def test_the_boundary_comes_first_and_says_what_separated() -> None:
    three = [Contender(f"C{n}", Fraction(90 - n), words=f"{90 - n},00 %") for n in range(3)]
    told = choose(three, 2, what="chỉ tiêu 2")
    assert [(one.candidate, one.boundary) for one in told] == [("C1", True), ("C2", True), ("C0", False)]
    assert told[1].reason == "Ngoài chỉ tiêu 2: đứng sau C1 (89,00 %), kém 1; được 88,00 %."


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (
            Contender("A", Fraction(9), True),
            Contender("B", Fraction(9), False),
            "ưu tiên theo quy định (nữ, tập thể đông nữ)",
        ),
        (
            Contender("A", Fraction(9), False, ((False, Fraction(-5)),)),
            Contender("B", Fraction(9), False, ((False, Fraction(-4)),)),
            "tiêu chí phụ của dịp xếp sau",
        ),
        (Contender("A", Fraction(9)), Contender("B", Fraction(8)), "kém 1"),
        (Contender("A", Fraction(9)), Contender("B"), "không chấm điểm"),
    ],
)
def test_what_put_one_before_the_other(first: Contender, second: Contender, why: str) -> None:
    told = reasons(second, first)
    assert (told["A"].state, told["B"].state) == (State.PROPOSED, State.OUTSIDE)
    assert why in told["B"].reason


def test_a_preference_nobody_knows_leaves_a_tie_to_the_council() -> None:
    told = reasons(Contender("A", Fraction(9), None), Contender("B", Fraction(9), True, ((False, Fraction(1)),)))
    assert {one.state for one in told.values()} == {State.WAITS}
    assert "chưa rõ ưu tiên theo quy định (nữ, tập thể đông nữ) của A" in told["B"].reason


def test_a_council_decides_a_tie_whole_or_not_at_all() -> None:
    tie = [Contender(name, Fraction(9)) for name in "ABC"]
    yes, no = Decision(True, "12/BB-XC"), Decision(False, "12/BB-XC")
    assert {one.state for one in reasons(*tie).values()} == {State.WAITS}
    assert {one.state for one in reasons(*tie, said={"A": yes}).values()} == {
        State.WAITS
    }  # of B and C nothing was said
    assert {one.state for one in reasons(*tie, said={"A": yes, "B": yes, "C": no}).values()} == {
        State.WAITS
    }  # too many
    told = reasons(*tie, said={"A": no, "B": yes, "C": no})
    assert told["B"].state is State.PROPOSED and told["A"].state is told["C"].state is State.OUTSIDE
    assert "hội đồng chọn B theo 12/BB-XC" in told["A"].reason


def test_who_waits_for_a_higher_award_keeps_a_seat() -> None:
    told = reasons(Contender("A", Fraction(9), held_by="Huân chương", held_waits=True), Contender("B", Fraction(8)))
    assert told["A"].state is State.WAITS and told["B"].state is State.OUTSIDE
    told = reasons(Contender("A", Fraction(9), held_by="Huân chương"), Contender("B", Fraction(8)))
    assert told["A"].state is State.NOT and "Đã được đề nghị Huân chương" in told["A"].reason
    assert told["B"].state is State.PROPOSED


def test_more_without_a_score_than_seats_all_wait() -> None:
    told = reasons(Contender("X1"), Contender("X2"))
    assert {one.state for one in told.values()} == {State.WAITS}
    assert "không xếp được thứ tự" in told["X1"].reason
