"""Whatever one writes differently in a random standard is found; whatever one leaves as it is, is not told."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from criteria.differences.sets import differences
from criteria.loading import load_text
from criteria.problems import ProblemsFound
from tests.criteria_differences.support import declared
from tests.strategies import Case, cases, over_cases, rank_cases

SETS = st.one_of(cases(), rank_cases(), over_cases())
Place = tuple[str | int, ...]


def scalars(data: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text of a standard with the way to it."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from scalars(value, (*place, key))


def put(data: Any, place: Place, value: str) -> Any:
    made = deepcopy(data)
    here = made
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = value
    return made


def another(text: str, draw: Any) -> str:
    """Another number where one stands, another word where a choice stands, more words else."""
    if text in ("true", "false"):
        return "false" if text == "true" else "true"
    try:
        return str(int(text) + draw(st.integers(1, 3)))
    except ValueError:
        return draw(st.sampled_from([f"{text} thêm", f"({text}) + 1", f"not ({text})", f"{text}x"]))


@settings(max_examples=120, deadline=None)
@given(SETS)
def test_a_set_and_itself_do_not_differ(case: Case) -> None:
    try:
        first, again = load_text(case.yaml), load_text(case.yaml)
    except ProblemsFound:  # a standard that the checks refuse is compared as it was declared
        first, again = (declared(case.criteria) for _ in range(2))  # type: ignore[assignment]
    assert differences(first, again).changes == ()


@settings(max_examples=400, deadline=None)
@given(SETS, st.data())
def test_any_single_field_that_is_written_differently_is_found(case: Case, data: st.DataObject) -> None:
    place, text = data.draw(st.sampled_from(list(scalars(case.criteria))))
    value = another(text, data.draw)
    old, new = declared(case.criteria), declared(put(case.criteria, place, value))
    assert old is not None
    assume(new is not None)
    assert new is not None
    found = differences(old, new).changes
    assert found, f"{'.'.join(map(str, place))}: {text!r} → {value!r}"
    assert all(one.old != one.new for one in found)
    assert differences(new, old).changes


@settings(max_examples=80, deadline=None)
@given(SETS, st.data())
def test_a_field_taken_out_is_found(case: Case, data: st.DataObject) -> None:
    blocks = [(place[:-1], place[-1]) for place, _ in scalars(case.criteria) if isinstance(place[-1], str)]
    place, key = data.draw(st.sampled_from(blocks))
    made = deepcopy(case.criteria)
    here: Any = made
    for step in place:
        here = here[step]
    del here[key]
    old, new = declared(case.criteria), declared(made)
    assert old is not None
    assume(new is not None)
    assert new is not None
    same = old.declaration.model_dump() == new.declaration.model_dump() and str(old.declaration) == str(new.declaration)
    assert bool(differences(old, new).changes) is not same, f"{'.'.join(map(str, place))}.{key}"
