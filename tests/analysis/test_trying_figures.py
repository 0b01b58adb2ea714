"""Dropping a criterion, distributions, figures read by another standard, built-in advantage: numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import KNOWN, MISSING
from criteria.loading import load_text
from scoring import Column, Table, score
from scoring.analysis.advantage import advantage
from scoring.analysis.distribution import distribution, quantiles
from scoring.analysis.dropping import drop_each, without
from scoring.analysis.fitting import ABSENT, DECIMALS, KIND, LEVELS, MARKS, fitted, lacking
from tests.analysis.trial_support import OUT, leaf, part, scored, standard
from tests.strategies import to_yaml
from tests.strategies.sets import HEADER

THREE = [leaf("A", "10"), part("B", leaf("B1", "5"), leaf("B2", "15"))]
COLUMNS: dict[str, Any] = {
    "A": [1000, 200, 500, 900],
    "B1": [0, 500, 500, 100],
    "B2": [300, 900, 450, 200],
}

# --- a criterion left out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gone", ["A", "B1", "B2"])
def test_dropping_a_criterion_is_scoring_a_set_without_it(gone: str) -> None:
    kept = [leaf("A", "10"), part("B", leaf("B1", "5"), leaf("B2", "15"))]
    if gone == "A":
        kept.pop(0)
    else:
        kept[1]["children"] = [one for one in kept[1]["children"] if one["id"] != gone]
    other = scored(standard(kept), {name: values for name, values in COLUMNS.items() if name != gone})
    result = scored(standard(THREE), COLUMNS)
    less = without(result, gone)
    assert less.ranks.tolist() == other.ranks.tolist()
    assert [less.candidate(i).total for i in less.ids] == [other.candidate(i).total for i in other.ids]
    assert [less.candidate(i).maximum for i in less.ids] == [other.candidate(i).maximum for i in other.ids]
    dropped = next(one for one in drop_each(result) if one.id == gone)
    moved = {one.id: (one.before, one.after) for one in dropped.moves}
    assert moved == {
        ident: (int(a), int(b)) for ident, a, b in zip(result.ids, result.ranks, other.ranks, strict=True) if a != b
    }


def test_where_the_standard_scales_back_the_share_is_that_of_a_set_without_it() -> None:
    flat = [leaf("A", "10"), leaf("B", "30"), leaf("C", "20")]
    columns = {"A": [1000, 100], "B": [600, 2000], "C": [1500, 300]}
    less = without(scored(standard(flat, rescale="true"), columns), "B")
    other = scored(standard([flat[0], flat[2]], rescale="true"), {"A": columns["A"], "C": columns["C"]})
    assert less.ranks.tolist() == other.ranks.tolist()
    assert less.candidate("X000").total == Fraction(5000, 100)  # (10 + 15) of 30, of a mark of 60
    assert other.candidate("X000").share == less.candidate("X000").share == Fraction(5, 6)


# --- distribution ----------------------------------------------------------------------------------------------------


@given(st.lists(st.fractions(min_value=0, max_value=100, max_denominator=8), min_size=1, max_size=40))
def test_a_quantile_is_the_smallest_value_that_enough_do_not_pass(values: list[Fraction]) -> None:
    for percent, value in quantiles(values).items():
        enough = [v for v in values if sum(1 for other in values if other <= v) * 100 >= percent * len(values)]
        assert value == min(enough) and value in values
    assert quantiles([]) == {}


def test_counts_of_criteria_and_grades() -> None:
    grades = [{"name": "Tốt", "need": "total >= 20"}, {"name": "Khá", "need": "total < 20"}]
    tree = [leaf("A", "10"), leaf("B", "10"), leaf("C", "5", text="Ai cũng có")]
    columns = {"A": [1000, 0, OUT, 500], "B": [1000, 0, 0, 0], "C": [500, 500, 500, 500]}
    found = distribution(scored(standard(tree, grades=grades), columns))
    by_id = {one.id: one for one in found.criteria}
    a, b, c = by_id["A"], by_id["B"], by_id["C"]
    assert (a.in_force, a.scored, a.full, a.zero, a.waiting, a.share) == (3, 3, 1, 1, 0, Fraction(1, 2))
    assert (b.in_force, b.full, b.zero) == (4, 1, 3) and not b.everybody and not b.nobody
    assert c.everybody and not c.nobody and c.share == 1
    assert found.grades == {"Tốt": 1, "Khá": 3, "": 0, "?": 0}
    assert (found.size, found.ranked, found.whole.full, found.provisional) == (4, 4, 1, 0)
    assert found.tied == 2  # 5 of 25 and 5 of 15: equal totals
    assert found.quantiles[0] == 5 and found.quantiles[100] == 25 and found.mean == Fraction(45, 4)


# --- figures read by another standard --------------------------------------------------------------------------------


def declaring(**measures: dict[str, Any]) -> Any:
    tree = [{"id": f"C{n}", "text": name, "max": "none", "value": _number(name, one)} for n, (name, one) in enumerate(measures.items())]  # fmt: skip
    return load_text(to_yaml({**HEADER, "measures": measures, "tree": tree}))


def _number(name: str, declared: dict[str, Any]) -> str:
    if "levels" in declared:
        return f'if({name} = "{declared["levels"][0]}", 1, 0)'
    return f"if({name}, 1, 0)" if declared.get("type") == "yes_no" else name


def test_columns_are_read_by_name_in_the_new_unit_and_decimals() -> None:
    old = declaring(
        x={"label": "X", "decimals": "1"}, y={"label": "Y"}, z={"label": "Z", "type": "yes_no"},
        q={"label": "Q", "levels": ["thấp", "cao"]}, gone={"label": "Bỏ"},
    )  # fmt: skip
    new = declaring(
        x={"label": "X", "decimals": "0"}, y={"label": "Y", "decimals": "2"}, z={"label": "Z", "unit": "việc"},
        q={"label": "Q", "levels": ["cao", "vừa"]}, fresh={"label": "Mới"},
    )  # fmt: skip
    columns = {
        "x": Column(np.array([120, 125, 0]), np.array([KNOWN, KNOWN, MISSING], dtype=np.uint8)),
        "y": Column(np.array([3, 4, 5])),
        "z": Column(np.array([1, 0, 1])),
        "q": Column(np.array([0, 1, 1])),
        "gone": Column(np.array([9, 9, 9])),
    }
    made = fitted(Table(["a", "b", "c"], columns), {}, old, new)
    found = made.table.columns
    assert found["x"].values.tolist()[:1] == [12] and found["x"].absent.tolist() == [0, 2, 2]
    assert found["y"].values.tolist() == [300, 400, 500]
    assert found["q"].values.tolist()[1:] == [0, 0] and found["q"].absent.tolist() == [2, 0, 0]
    assert found["z"].absent.tolist() == [2, 2, 2]
    assert "gone" not in found and "fresh" not in found
    assert {one.name: (one.why, one.count) for one in made.misfits} == {
        "x": (DECIMALS, 1),
        "z": (KIND, 3),
        "q": (LEVELS, 1),
        "fresh": (ABSENT, 3),
    }
    assert lacking(score(new, made.table)) == {"x": [1, 2], "z": [0, 1, 2], "q": [0], "fresh": [0, 1, 2]}


def test_marks_given_in_another_range_are_taken_in_proportion() -> None:
    def judged(most: str, grid: str) -> Any:
        tree = [{"id": "J", "text": "Chấm", "max": most, "given": {"by": "so-noi-vu", "grid": grid}}]
        return load_text(to_yaml({**HEADER, "tree": tree}))

    old, new = judged("4", "1"), judged("10", "0.5")
    made = fitted(Table(["a", "b"], {"J": Column(np.array([300, 400]))}), {}, old, new)
    assert made.table.columns["J"].values.tolist() == [750, 1000]
    assert [(one.name, one.why, one.count) for one in made.misfits] == [("J", MARKS, 2)]
    assert [score(new, made.table).candidate(i).total for i in "ab"] == [Fraction(15, 2), 10]


def test_one_set_reads_its_own_figures_unchanged() -> None:
    criteria = standard(THREE)
    result = scored(criteria, COLUMNS)
    made = fitted(result.root.table, {}, criteria, standard(THREE))
    assert made.misfits == ()
    again = score(criteria, made.table)
    assert [again.candidate(i) for i in again.ids] == [result.candidate(i) for i in result.ids]


# --- built-in advantage ----------------------------------------------------------------------------------------------

SIDES = ["nông thôn", "nông thôn", "đô thị", "đô thị"]


def test_what_does_not_apply_gives_a_pool_a_lead_that_common_criteria_do_not_show() -> None:
    """The hard criterion B does not apply to the first pool; on A both pools are alike."""
    columns = {"A": [800, 600, 800, 600], "B": [OUT, OUT, 200, 0]}
    criteria = standard([leaf("A", "10"), leaf("B", "10")], rescale="true")
    found = advantage(scored(criteria, columns, pool=SIDES))
    [pools] = found.comparisons
    first, last = pools.sides
    assert (pools.by, first.name, last.name) == ("pool", "nông thôn", "đô thị")
    assert (first.everything, last.everything) == (Fraction(7, 10), Fraction(2, 5))
    assert first.common == last.common == Fraction(7, 10)
    assert pools.gap == Fraction(3, 10) and pools.common_gap == 0 and pools.explained == Fraction(3, 10)
    assert found.common == ("A",) and found.of == 2
    assert first.not_applied == (("B", 2),) and last.not_applied == ()
    assert (first.in_force, last.in_force) == (Fraction(1, 2), 1)
    assert (first.factor, last.factor) == (2, 1)  # scaled back from 10 to 20
    assert (first.reachable, last.reachable) == (1, 1)


def test_without_scaling_back_less_can_be_reached() -> None:
    columns = {"A": [1000, 1000, 1000, 1000], "B": [OUT, OUT, 1000, 0]}
    found = advantage(scored(standard([leaf("A", "10"), leaf("B", "30")]), columns, pool=SIDES))
    reach = {side.name: (side.reachable, side.factor) for side in found.comparisons[0].sides}
    assert reach == {"nông thôn": (Fraction(1, 4), 1), "đô thị": (1, 1)}


def test_a_ceiling_lowers_what_can_be_reached() -> None:
    tree = [part("P", leaf("A", "10"), leaf("B", "10"), ceiling="15"), leaf("C", "20")]
    columns = {"A": [1000] * 4, "B": [1000] * 4, "C": [OUT, OUT, 0, 0]}
    found = advantage(scored(standard(tree), columns, pool=SIDES))
    assert {side.name: side.reachable for side in found.comparisons[0].sides} == {
        "nông thôn": Fraction(15, 40),
        "đô thị": Fraction(35, 40),
    }


def test_a_criterion_nobody_has_data_for_is_left_out_of_both_shares() -> None:
    criteria = standard([leaf("A", "10"), leaf("B", "10")])
    columns = {"m_A": Column(np.array([500, 700])), "m_B": Column(np.array([0, 0]), np.array([2, 2], dtype=np.uint8))}
    table = Table(["a", "b"], columns, extra={"pool": ["1", "2"]})
    found = advantage(score(criteria, table, pool="pool"))
    assert found.blind == ("B",) and found.common == ("A",) and found.candidates == 2
    assert [side.everything for side in found.comparisons[0].sides] == [Fraction(7, 10), Fraction(1, 2)]
    assert found.comparisons[0].explained == 0


def test_one_side_is_nothing_to_compare() -> None:
    assert advantage(scored(standard(THREE), COLUMNS)).comparisons == ()
