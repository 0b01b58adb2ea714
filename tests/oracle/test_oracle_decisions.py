"""Bounds, rows left out, order of keys, marks, open states: what the page settles, reckoned by hand."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest

from tests.oracle.test_oracle_readings import run


@pytest.mark.parametrize(
    ("leaf", "points"),
    [
        ("value: -3, floor: -5, max: 10", -3),
        ("value: -8, floor: -5, max: 10", -5),
        ("value: -8, floor: none, max: 10", -8),
        ("value: -3, max: 10", 0),
        ("value: 12, floor: -5, max: 10", 10),
        ("value: 12, max: none", 12),
        ("value: -3, max: none", 0),
        ("value: 1, floor: 2, max: 10", 2),
    ],
)
def test_a_leaf_is_bounded(leaf: str, points: int):
    result = run(f"tree: [{{id: A, text: t, {leaf}}}]\nfloor: none", "id=X")["X"]
    assert (result["points"]["A"], result["total"]) == (points, points)


@pytest.mark.parametrize(
    ("node", "points"),
    [
        ("", 13),
        (", ceiling: max", 10),
        (", ceiling: 12", 12),
        (", combine: mean", F(13, 2)),
        (", combine: best", 10),
        (", combine: weighted", 10),  # 10 × (13/5 + 0) ÷ 2, bounded
    ],
)
def test_only_a_sum_lets_the_excess_go_up(node: str, points: Any):
    text = f"""
    tree:
      - id: N
        text: t
        max: 10{node.replace(", ", chr(10) + " " * 8)}
        children:
          - {{id: A, text: t, max: 5, weight: 1, full: true, plus: [{{value: 8}}]}}
          - {{id: B, text: t, max: 5, weight: 1, value: 0}}
    """
    assert run(text, "id=X")["X"]["points"]["N"] == points


def test_a_sum_is_not_bounded_below_but_its_floor_holds():
    text = """
    tree:
      - {id: N, text: t, max: 5, %s children: [{id: A, text: t, max: 5, value: -3, floor: -5}]}
      - {id: B, text: t, max: 5, full: true}
    """
    assert run(text % "", "id=X")["X"]["total"] == 5
    assert run(text % "floor: none,", "id=X")["X"]["total"] == 2
    assert run(text % "floor: -1,", "id=X")["X"]["total"] == 4
    assert run(text % "combine: mean, floor: -1,", "id=X")["X"]["total"] == 4


ROWS = """
tables:
  t:
    label: T
    key: n
    %s
    columns: {x: {label: X}, y: {label: Y}, k: {label: K, type: text}}
tree: null
quantities:
  q: {label: q, of: "%s"}
"""


@pytest.mark.parametrize(
    ("of", "rows", "value"),
    [
        ("t.sum(x)", "x=2|x=KAD|x=3", 5),
        ("t.mean(x)", "x=2|x=KAD|x=3", F(5, 2)),
        ("t.mean(x)", "x=KAD", None),
        ("t.sum(x)", "x=KAD", 0),
        ("t.sum(x)", "x=2|x=", None),
        ("default(t.mean(x / y), 7)", "x=2 y=0", 7),  # undefined rows: missing
        ("t.sum(x, where=y > 1)", "x=2 y=2|x=3 y=KAD|x= y=1", 2),
        ("t.sum(x, where=y > 1)", "x=2 y=2|x=3 y=", None),
        ("t.sum(x, where=y > 1)", "x=2 y=2|x=KAD y=", 2),
        ("t.count()", "x=1|x=KAD", 2),
        ("t.count(x > 1)", "x=2|x=KAD|x=1", 1),
        ("t.count(x > 1)", "x=2|x=", None),
        ("t.count(x > 1, where=y > 1)", "x=2 y=2|x=1 y=", 1),
        ("t.count(by=k)", "k=a|k=b|k=a|k=KAD", 2),
        ("t.count(by=k)", "k=a|k=", None),
        ("if(t.any(x > 1), 1, 0)", "x=2|x=", 1),
        ("if(t.any(x > 1), 1, 0)", "x=1|x=", None),
        ("if(t.any(x > 1), 1, 0)", "x=1|x=KAD", 0),
        ("if(t.every(x > 1), 1, 0)", "x=1|x=", 0),
        ("if(t.every(x > 1), 1, 0)", "x=2|x=", None),
        ("if(t.every(x > 1), 1, 0)", "x=2|x=KAD", 1),
        ("if(t.every(x > 1, where=y > 1), 1, 0)", "x=2 y=|x=1 y=1", 1),
        ("t.first(x)", "n=b x=1|n=10 x=2|n=2 x=3|n=a x=4", 3),
        ("t.last(x)", "n=b x=1|n=10 x=2|n=2 x=3|n=a x=4", 1),
        ("t.last(x)", "n=10 x=1|n=2 x=2", 1),
        ("t.first(x)", "n=1 x=KAD|n=3 x=7|n=2 x=5", 5),
        ("t.first(x)", "n=1 x=1|n=2 x=", None),
    ],
)
def test_rows_left_out_and_their_order(of: str, rows: str, value: Any):
    lines = [f"id=X n={i} {row}" if "n=" not in row else f"id=X {row}" for i, row in enumerate(rows.split("|"))]
    result = run(ROWS % ("single: false", of), "id=X", items={"t": "\n".join(lines)})["X"]
    assert result["quantities"]["q"] == value


def test_an_expected_key_that_is_lacking():
    def value(of: str) -> Any:
        return run(ROWS % ("keys: [1, 2]", of), "id=X", items={"t": "id=X n=1 x=3"})["X"]["quantities"]["q"]

    assert value("t.sum(x)") is None
    assert value("if(t.any(x > 1), 1, 0)") == 1
    assert value("if(t.any(x > 5), 1, 0)") is None
    assert value("if(t.every(x > 5), 1, 0)") == 0
    assert value("if(t.every(x > 1), 1, 0)") is None


def test_first_needs_a_key():
    text = ROWS.replace("    key: n\n", "") % ("single: false", "t.first(x)")
    with pytest.raises(ValueError, match="key"):
        run(text, "id=X", items={"t": "id=X x=3"})


def test_every_looks_at_leaves_with_a_mark():
    text = """
    measures: {a: {label: A}}
    tree: [{id: A, text: t, max: 4, value: a}, {id: B, text: t, max: none, value: 3}]
    quantities:
      every: {label: q, of: "if(every(share >= 50%), 1, 0)"}
      parts: {label: q, of: "if(every(parts, share >= 50%), 1, 0)"}
      count: {label: q, of: count(points >= 1)}
    """
    found = run(text, "id=X a=2", "id=Y a=1", "id=Z a=KAD")
    assert [list(found[i]["quantities"].values()) for i in "XYZ"] == [
        [1, 1, 1],
        [0, 0, 1],
        [1, 1, 0],
    ]


def test_names_and_frames():
    text = """
    measures: {a: {label: A}}
    tables: {u: {label: U, single: true, columns: {grade: {label: G, type: text}, total: {label: T}}}}
    tree: [{id: A, text: t, max: 10, value: a}]
    grades: [{otherwise: mine}]
    quantities:
      one: {label: q, linear: {of: a / 4}}
      eight: {label: q, max: 2 * a + 4, linear: {of: a / 4}}
      lacking: {label: q, max: 1 / 0, linear: {of: a / 4}}
      theirs: {label: q, of: u.total + total}
      same: {label: q, of: "if(u.grade = 'good', 1, 0)"}
    """
    result = run(text, "id=X a=2", items={"u": "id=X grade=good total=7"})["X"]
    assert list(result["quantities"].values()) == [F(1, 2), 4, None, 9, 1]


@pytest.mark.parametrize(
    ("row", "points", "state"),
    [
        ("a=1 b=0", 3, "scored"),
        ("a=1 b=", 3, "scored"),
        ("a=1 b=1", 0, "open"),
        ("a=0 b=", 0, "open"),
        ("a=0 b=0", 0, "not_applicable"),
        ("a=0 b=KAD", 0, "not_applicable"),
        ("a=KAD b=1", 4, "scored"),
    ],
)
def test_one_of(row: str, points: int, state: str):
    text = """
    measures: {a: {label: A}, b: {label: B}}
    tree:
      - id: N
        text: t
        max: 5
        combine: one_of
        children:
          - {id: A, text: t, max: 5, when: a = 1, value: 3}
          - {id: B, text: t, max: 5, when: {need: b = 1, else: full}, value: 4}
    """
    result = run(text, f"id=X {row}")["X"]
    assert (result["points"]["N"], result["state"]["N"]) == (points, state)


def test_what_rests_on_a_provisional_pool_is_open():
    text = """
    measures: {a: {label: A}}
    tables: {m: {label: M, key: k, columns: {s: {label: S}}}}
    tree:
      - {id: A, text: t, max: 10, value: pool.max(a)}
      - {id: B, text: t, max: 10, over: {table: m}, value: s * pool.max(a)}
      - {id: C, text: t, max: 10, full: true, less: [{id: D, value: pool.max(a)}]}
      - {id: E, text: t, max: pool.max(a), full: true}
      - {id: G, text: t, max: 10, full: true, when: pool.max(a) > 1}
    """
    result = run(text, "id=X a=2", "id=Y", items={"m": "id=X k=1 s=2"})["X"]
    assert result["points"] == {"A": 2, "B": 4, "C": 8, "D": 2, "E": 2, "G": 0}
    assert set(result["state"].values()) == {"open", "no_evidence"}
    assert result["state"]["G"] == "no_evidence"


def test_else_full_and_zero_are_final():
    text = """
    measures: {a: {label: A}}
    tree:
      - id: N
        text: t
        max: 5
        when: {need: a > 1, else: %s}
        floor: 2
        less: [{id: L, value: 1}]
        plus: [{id: P, value: 1}]
        zero: {need: a > 0}
        children: [{id: A, text: t, max: 5, value: 5}]
    """
    for how, points in (("full", 5), ("zero", 0)):
        result = run(text % how, "id=X a=0")["X"]
        assert (result["points"]["N"], result["state"].pop("N")) == (points, "scored")
        assert set(result["state"].values()) == {"not_applicable"}
        assert (result["total"], result["maximum"]) == (points, 5)


def test_a_when_over_keys_is_asked_row_by_row():
    text = """
    measures: {b: {label: B}}
    tables: {m: {label: M, key: k, columns: {s: {label: S}}}}
    tree:
      - {id: A, text: t, max: 10, over: m, when: s > b, value: s}
      - {id: F, text: t, max: 10, over: m, when: {need: s > b, else: full}, value: s}
    """
    rows = "id=X k=1 s=1\nid=X k=2 s=4\nid=X k=3 s=6\nid=Y k=1 s=1"
    found = run(text, "id=X b=2", "id=Y b=2", items={"m": rows})
    assert found["X"]["points"] == {"A": 5, "F": F("6.67")}
    assert found["Y"]["state"] == {"A": "not_applicable", "F": "scored"}
