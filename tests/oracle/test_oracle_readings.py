"""Nodes, tables, controls and ranks the page describes without an example, reckoned by hand."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest
import yaml

from tests.oracle import score


def run(text: str, *rows: str, items: dict[str, str] | None = None, **options: Any) -> dict:
    """Rows as `id=X1 a=3`; an absent name is an empty cell."""

    def table(lines: Any) -> list[dict[str, str]]:
        return [dict(pair.split("=", 1) for pair in line.split()) for line in lines]

    tables = {name: table(lines.strip().splitlines()) for name, lines in (items or {}).items()}
    if "previous" in options:
        options["previous"] = table(options["previous"])
    return score(yaml.load(text, Loader=yaml.BaseLoader), table(rows), tables, **options)


COMBINE = """
measures: {a: {label: A}, b: {label: B}, c: {label: C}}
tree:
  - id: N
    text: t
    max: 10
    combine: %s
    children:
      - {id: A, text: t, max: 10, value: a}
      - {id: B, text: t, max: 10, value: b}
      - {id: C, text: t, max: 5, value: c}
"""


@pytest.mark.parametrize(
    ("how", "row", "points", "state"),
    [
        ("mean", "a=4 b=8 c=KAD", 6, "scored"),
        ("mean", "a=4 b=8", 4, "open"),
        ("best", "a=10", 10, "scored"),
        ("best", "a=9 c=5", 9, "open"),
        ("product", "a=3 b=2 c=1", 6, "scored"),
        ("{any_of: 2}", "a=10 c=5", 10, "scored"),
        ("{any_of: 2}", "a=9 b=3 c=5", 9, "scored"),
        ("{any_of: 2}", "a=9 c=5", 9, "open"),
        ("best", "a=KAD b=KAD c=KAD", 0, "not_applicable"),
    ],
)
def test_combinations(how: str, row: str, points: int, state: str):
    result = run(COMBINE % how, f"id=X {row}")["X"]
    assert (result["points"]["N"], result["state"]["N"]) == (points, state)


def test_a_stop_empties_what_comes_after():
    text = """
    measures: {a: {label: A}}
    tree:
      - {id: A, text: t, max: 5, value: a}
      - {id: B, text: t, children: [{id: B1, text: t, max: 5, value: a, stop: {need: a > 3}}]}
      - {id: C, text: t, max: 5, value: a}
    plus: [{id: P, value: 1}]
    """
    result = run(text, "id=X a=3", "id=Y a=4", "id=Z")
    assert result["X"]["state"] == dict(
        A="scored", B="not_assessed", B1="not_assessed", C="not_assessed", P="not_assessed"
    )
    assert (result["X"]["total"], result["X"]["eligible"], result["X"]["rank"]) == (3, False, None)
    assert (result["Y"]["total"], result["Y"]["eligible"], result["Y"]["rank"]) == (13, True, 1)
    assert (result["Z"]["eligible"], result["Z"]["provisional"]) == (None, True)


def test_a_node_over_keys():
    text = """
    tables: {m: {label: M, key: k, keys: [1, 2, 3], columns: {s: {label: S, decimals: 2}}}}
    tree: [{id: A, text: t, max: 10, over: {table: m, take: %s}, value: s, less: [{value: 1}]}]
    """
    three = {"m": "id=X k=1 s=4\nid=X k=2 s=8\nid=X k=3 s=KAD"}
    two = {"m": "id=X k=1 s=4\nid=X k=2 s=8"}
    blank = {"m": "id=X k=1 s=4\nid=X k=2 s=8\nid=X k=3 s="}

    def result(take: str, items: dict) -> tuple:
        found = run(text % take, "id=X", items=items)["X"]
        return found["points"]["A"], found["state"]["A"], found["maximum"]

    assert result("mean", three) == (5, "scored", 10)
    assert result("sum", three) == (10, "scored", 0)
    assert result("best", three) == (7, "scored", 10)
    assert result("mean", two) == (5, "open", 10)
    assert result("mean", blank) == (F("3.33"), "open", 10)
    assert result("mean", {}) == (0, "no_evidence", 10)


def test_a_panel_drops_the_extremes():
    text = """
    tables: {c: {label: C, key: r, columns: {}}}
    tree: [{id: A, text: t, max: 10, given: {panel: c, take: trimmed, at_least: 3}}]
    """
    marks = "id=X r=1 A=1\nid=X r=2 A=6\nid=X r=3 A=7\nid=X r=4 A=10\nid=X r=5 A=\nid=Y r=1 A=5"
    result = run(text, "id=X", "id=Y", items={"c": marks})
    assert result["X"]["points"]["A"] == F("6.5")
    assert result["Y"]["state"]["A"] == "needs_judgement"


def test_aggregates_of_a_table():
    text = """
    tables:
      t: {label: T, key: n, columns: {x: {label: X, roll: mean}, k: {label: K, type: text}}}
      one: {label: O, single: true, link: unit, columns: {y: {label: Y}}}
    attributes: {unit: {label: U, type: text}}
    tree: null
    quantities:
      mean: {label: q, of: x}
      kinds: {label: q, of: t.count(by=k)}
      some: {label: q, of: "t.sum(x, where=k = 'p')"}
      any: {label: q, of: "if(t.any(x > 5), 1, 0)"}
      every: {label: q, of: "if(t.every(x > 1, where=k = 'p'), 1, 0)"}
      over: {label: q, of: "over(t, max, x)"}
      linked: {label: q, of: one.y}
      last: {label: q, of: t.last(x)}
      median: {label: q, of: t.median(x)}
    """
    rows = "id=X n=1 x=2 k=p\nid=X n=10 x=5 k=p\nid=X n=2 x=8 k=q\nid=Z n=1 x= k=p"
    items = {"t": rows, "one": "id=U y=3"}
    found = run(text, "id=X unit=U", "id=Y unit=U", "id=Z", items=items)
    assert found["X"]["quantities"] == dict(mean=5, kinds=2, some=7, any=1, every=1, over=8, linked=3, last=5, median=5)
    assert found["Y"]["quantities"] == dict(
        mean=None, kinds=0, some=0, any=0, every=1, over=None, linked=3, last=None, median=None
    )
    assert found["Z"]["quantities"] | {"kinds": 1} == dict.fromkeys(found["Z"]["quantities"]) | {"kinds": 1}


def test_a_pool_leaves_out_whom_a_gate_stops():
    text = """
    measures: {a: {label: A}, b: {label: B}}
    tree:
      - {id: A, text: t, max: 10, linear: {of: a / pool.max(a)}, gate: {need: b > 0}}
      - {id: B, text: t, max: 10, when: b < 3, value: pool.rank(a)}
    """
    rows = ["id=X a=5 b=1", "id=Y a=4 b=1", "id=Z a=9 b=0", "id=W a=2 b=5"]
    found = run(text, *rows)
    assert [found[name]["points"]["A"] for name in "XYZW"] == [10, 8, 10, 4]
    assert [found[name]["points"]["B"] for name in "XYZW"] == [1, 2, 1, 0]
    found = run(text, *rows, "id=V b=1")
    assert [found[name]["state"]["A"] for name in "XV"] == ["open", "no_evidence"]
    assert found["X"]["points"]["A"] == 10 and found["X"]["provisional"]


GRADED = """
measures: {a: {label: A}, b: {label: B}}
tree: [{id: A, text: t, max: 10, value: a}]
grades:
  - {name: best, need: total >= 9, quota: {%s}}
  - {name: good, need: total >= 5}
  - {otherwise: low}
rank: {by: total, then: [b], within: grade}
"""


def test_quotas():
    rows = ["id=P a=10 b=2", "id=Q a=10 b=1", "id=R a=9", "id=S a=5", "id=T a=1"]

    def grades(quota: str) -> str:
        found = run(GRADED % quota, *rows)
        return "".join(found[name]["grade"][0] for name in "PQRST")

    assert grades("share: 40%") == "bbggl"
    assert grades("number: 1") == "bgggl"
    assert grades("share: 50%, of: good") == "ggggl"
    assert grades("share: 50%, of: good, counted: after") == "bgggl"
    assert grades("share: 50%, round: up") == "bbbgl"
    assert grades("share: 75%, of: [best, good]") == "bbbgl"


def test_limits_on_a_grade():
    text = """
    measures: {a: {label: A}, b: {label: B}}
    tree: [{id: A, text: t, max: 10, value: a, demote: {need: b < 2, by: 1}}]
    grades: [{name: best, need: total > 8}, {name: good, need: total > 4}, {otherwise: low}]
    cap_grade: {need: b < 1, at_most: "pick(b, 1='good', 2='good', 3='low')"}
    demote: {need: b < 4, to: low}
    """
    found = run(text, "id=X a=9 b=0", "id=Y a=9 b=1", "id=Z a=5 b=2", "id=W a=9 b=4", "id=V a=9")
    assert [found[i]["grade"] for i in "XYZV"] == ["best", "good", "low", None]
    assert found["V"]["rank"] == 1


def test_rounding():
    text = """
    points: {places: 1, round_at: %s, rounding: %s}
    measures: {a: {label: A, decimals: 2}, b: {label: B, decimals: 2}}
    tree: [{id: A, text: t, max: 5, value: a}, {id: B, text: t, max: 5, value: b}]
    """

    def total(round_at: str, rule: str, row: str) -> F:
        return run(text % (round_at, rule), f"id=X {row}")["X"]["total"]

    assert total("leaf", "half_up", "a=1.25 b=1.35") == F("2.7")
    assert total("leaf", "half_even", "a=1.25 b=1.35") == F("2.6")
    assert total("leaf", "down", "a=1.29 b=1.39") == F("2.5")
    assert total("leaf", "up", "a=1.21 b=1.31") == F("2.7")
    assert total("total", "half_up", "a=1.24 b=1.34") == F("2.6")
    found = run(text % ("print", "half_up"), "id=X a=1.24 b=1", "id=Y a=1.23 b=1")
    assert [found[i]["rank"] for i in "XY"] == [1, 2]
    assert found["X"]["total"] == found["Y"]["total"] == F("2.2")


def test_when_on_a_part_reaches_down():
    text = """
    measures: {a: {label: A}, yes1: {label: Y, type: yes_no}}
    tree:
      - id: N
        text: t
        when: {need: yes1, else: %s}
        children: [{id: A, text: t, max: 5, value: a, gate: {need: a > 3}}]
      - {id: B, text: t, max: 5, full: true}
    grades: [{name: all, need: every(share >= 50%%)}, {otherwise: some}]
    """
    rows = ["id=X a=1 yes1=không", "id=Y a=1 yes1=có", "id=Z a=1"]
    found = run(text % "exclude", *rows)
    assert [found[i]["total"] for i in "XYZ"] == [5, 6, 5]
    assert [found[i]["maximum"] for i in "XYZ"] == [5, 10, 10]
    assert [found[i]["eligible"] for i in "XYZ"] == [True, False, None]
    assert found["X"]["grade"] == "all"
    assert [found[i]["state"]["A"] for i in "XYZ"] == ["not_applicable", "scored", "no_evidence"]
    assert run(text % "full", *rows)["X"]["total"] == 10
