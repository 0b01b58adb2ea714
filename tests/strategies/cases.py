"""Cases: a set, its YAML, the tables, the options of the round."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from . import sets, tables
from .conditions import condition
from .expressions import number
from .items import pool_test
from .nodes import Node, Place, leaf, once_per_key
from .shapes import Frame, bands, linear, shape
from .world import Scope, World, text_of

Row = dict[str, str]
Search = st.SearchStrategy["Case"]


@dataclass(frozen=True)
class Case:
    criteria: dict[str, Any]
    yaml: str
    rows: list[Row]
    items: dict[str, list[Row]]
    previous: list[Row] | None
    closed: bool
    period: str | None
    tags: frozenset[str] = frozenset()  # the constructs that occur
    decisions: dict[str, dict[str, str]] = field(default_factory=dict)  # node: by candidate, the state people put on it
    unplaced: tuple[str, ...] = ()  # candidates who take no place


def new_world(draw: Any, **fixed: Any) -> World:
    k = draw(st.integers(0, 3 * 3 * 2 - 1))
    options: dict[str, Any] = {
        "period": (None, "2026", "2026-03")[k % 3],
        "absence": k // 3 % 3 != 2,
        "closed": k // 9 == 1,
    }
    k = draw(st.integers(0, 4 * 5 - 1))
    options.update(places=(2, 0, 1, 3)[k % 4], round_at=("leaf", "leaf", "leaf", "total", "print")[k // 4])
    w = World(draw, **{**options, **fixed})
    w.tag(f"round_at:{w.round_at}")
    w.tag(f"places:{w.places}")
    return w


def finish(w: World, criteria: dict[str, Any], low: int = 1, high: int = 12, twins: int = 6) -> Case:
    rows = tables.candidates(w, low, high, twins)
    items, previous = tables.items(w, rows), tables.previous(w, rows)
    decisions, unplaced = tables.decisions(w, criteria, rows), tables.unplaced(w, rows)
    tags = frozenset(w.tags)
    return Case(criteria, sets.to_yaml(criteria), rows, items, previous, w.closed, w.period, tags, decisions, unplaced)


@st.composite
def cases(draw: Any, edge: bool = False) -> Case:
    """Anything. `edge`: also `and`/`or` over absences of different kinds, and plus that passes the max below the root."""
    w = new_world(draw, edge=edge)
    w.pools = w.chance(5)
    return finish(w, sets.whole_set(w))


@st.composite
def shape_cases(draw: Any, name: str) -> Case:
    """One leaf with the shape `name`, by itself (and a leaf that always applies)."""
    w = new_world(draw)
    top = w.step * w.between(1, 40)
    place = Place(depth=1, where="inner")
    n = Node({"id": "C1", "text": "Tiêu chí C1", "max": text_of(top)})
    if name in ("count", "levels", "steps", "bands", "value") and w.chance(4):
        n.d["max"] = "none"
        n.d.update(shape(Scope(w), Frame(), name, "C1").keys)
    elif w.chance(3):
        n = leaf(w, "C1", top, place, name)
    else:
        n.d.update(shape(Scope(w), Frame(top, top, True, True), name, "C1").keys)
    return finish(w, sets.leaves_set(w, [n], sets.points_of(w, None)))


@st.composite
def expression_cases(draw: Any) -> Case:
    """E1…: the exact value, to three places. K: the truth of a condition."""
    w = new_world(draw, places=3, round_at="leaf")
    found = []
    for i in range(w.between(1, 3)):
        e = number(Scope(w), 3)
        found.append(Node({"id": f"E{i + 1}", "text": "Giá trị", "max": "none", "floor": "none", "value": e.text}))
    if w.chance(2):
        found.append(Node({"id": "K", "text": "Điều kiện", "max": "1", "full": condition(Scope(w), 2).text}))
    return finish(w, sets.leaves_set(w, found, {"places": "3"}))


@st.composite
def rank_cases(draw: Any) -> Case:
    """Many equal totals."""
    w = new_world(draw)
    return finish(w, sets.whole_set(w, ranked=True), 2, 12, twins=2)


@st.composite
def quota_cases(draw: Any) -> Case:
    """Grades with quotas over whole tables."""
    w = new_world(draw, absence=False)
    while True:
        criteria = sets.whole_set(w, quota=True, ranked=True)
        if "quota" in w.tags:
            return finish(w, criteria, 2, 12, twins=3)
        w = World(draw, absence=False, places=w.places, closed=w.closed, period=w.period)


@st.composite
def over_cases(draw: Any) -> Case:
    """Leaves that are evaluated once per key."""
    w = new_world(draw)
    found = []
    for i in range(w.between(1, 2)):
        n = Node({"id": f"M{i + 1}", "text": "Theo kỳ"})
        found.append(once_per_key(w, n, w.step * w.between(1, 40)))
    return finish(w, sets.leaves_set(w, found, sets.points_of(w, None)))


@st.composite
def pool_cases(draw: Any) -> Case:
    """Leaves that read the pool."""
    w = new_world(draw, pools=True, only_pools=True)
    if w.chance(2):
        w.declare("cum")
    found = []
    for i in range(w.between(1, 3)):
        top = w.step * w.between(1, 40)
        n = Node({"id": f"P{i + 1}", "text": "So trong cụm", "max": text_of(top)})
        k = w.between(0, 3)
        frame = Frame(top, top, True, True)
        if k == 3:
            n.d["full"] = pool_test(Scope(w)).text
        elif k == 2:
            n.d.update(bands(Scope(w), frame).keys)
        else:
            n.d.update(linear(Scope(w), frame).keys)
        found.append(n)
    return finish(w, sets.leaves_set(w, found, sets.points_of(w, None)), 1, 8)
