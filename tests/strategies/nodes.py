"""Trees: combines, weights, rescale, when, less and plus, controls, once per key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .conditions import condition
from .entries import coefficient, controls, entries
from .items import column, declare_table, grouped
from .shapes import SHAPES, Frame, line, shape
from .world import ALL, SURE, Absent, Scope, World, quoted, text_of

UNBOUNDED = ("value", "count", "steps", "levels", "bands")
ROWWISE = ("linear", "bands", "value", "full", "steps", "count")
COMBINES = ("sum", "sum", "sum", "sum", "mean", "weighted", "best", "one_of", "any_of", "product")
NA: Absent = frozenset({"na"})


@dataclass
class Node:
    d: dict[str, Any]
    absent: Absent = SURE
    negative: bool = False


@dataclass(frozen=True)
class Place:
    """Where a node hangs."""

    depth: int = 2
    sure: bool = True  # no ancestor may be excluded
    applies: bool = False  # it must always apply
    plain: bool = False  # no plus: its full mark is its limit
    settled: bool = False  # it must never be open
    where: str = "top"


def frame_of(top: Fraction) -> Frame:
    return Frame(top, top, relative=True, node=True)


def scope_of(w: World, p: Place) -> Scope:
    s = Scope(w)
    if p.settled:
        s = s.without("missing", "undef", "judge")
    return s.without("na") if p.applies else s


def decorate(s: Scope, n: Node, node_id: str, top: Fraction, ids: bool, plain: bool, bounded: bool = True) -> None:
    """less, plus, floor, ceiling. `bounded`: what was earned is surely between 0 and the full mark.

    Below the root plus does not pass the max: what a parent makes of the excess is not said plainly.
    """
    w, d = s.w, n.d
    if "na" in n.absent:  # what an open entry does to a node that does not apply is not said
        s = s.without("missing", "judge")
    k = w.between(0, 7)
    if k in (4, 5, 7):
        d["less"], absent = entries(s, node_id, ids)
        n.absent |= absent
        w.tag("less")
        if bounded and w.chance(4):
            d["floor"] = w.choice(("none", "-5", "-2"))
            n.negative = True
            w.tag("floor")
    if k in (3, 6, 7) and not plain and bounded:
        d["plus"], absent = entries(s, node_id, ids, signed=True)
        n.absent |= absent
        w.tag("plus")
        if node_id != "R" and not w.edge:
            d["ceiling"] = "max" if w.chance(2) else text_of(top)
        elif w.chance(2):
            d["ceiling"] = "max" if w.chance(3) else text_of(top + w.step * w.between(0, 8))


def make_when(s: Scope, n: Node, alternatives: bool) -> bool:
    """True where the node may then not apply."""
    w = s.w
    known = condition(s if w.chance(3) and not w.pools else s.sure, 1)  # pools: whether a member applies must be known
    need = known.text
    n.absent |= known.absent
    k = w.between(0, 3)
    w.tag("when")
    if k <= 1:
        n.d["when"] = need
        return True
    other = w.choice(("full", "zero")) if k == 3 and alternatives else "exclude"
    n.d["when"] = {"need": need, "else": other, "say": "Không thuộc phạm vi"}
    w.tag(f"else:{other}")
    return other == "exclude"


def leaf(w: World, node_id: str, top: Fraction, p: Place, name: str = "") -> Node:
    s = scope_of(w, p)
    n = Node({"id": node_id, "text": f"Tiêu chí {node_id}", "max": text_of(top)})
    if not name and w.chance(14) and not w.pools:
        return once_per_key(w, n, top)
    dressing = w.between(0, 11)  # from 8: less, plus; then the shape itself is always settled
    made = shape(s.sure if dressing >= 8 else s, frame_of(top), name or w.choice(SHAPES), node_id)
    n.absent = made.absent
    sure_here = p.sure and "na" not in n.absent
    if dressing >= 6:
        if not made.negative and "each" not in made.keys and w.chance(4):  # never outside 0 … max
            n.d["coefficient"], absent = coefficient(s)
            n.absent |= absent
            sure_here = sure_here and "na" not in absent
            w.tag("coefficient")
        if w.chance(6):
            n.d["grid"] = w.choice(("0.25", "0.5", "1"))
        if p.plain is False and w.chance(6):
            limit = s.var("int")
            n.d["ceiling"] = limit.name
            n.absent |= limit.absent
            sure_here = sure_here and "na" not in limit.absent
            w.tag("ceiling:absent")
        before = len(n.d)
        if dressing >= 8:
            decorate(s, n, node_id, top, sure_here, p.plain, bounded=not made.negative)
        if sure_here:
            controls(s, n.d, p.where, bool(n.absent))
        bare = len(n.d) == before
    else:
        bare = True
    if (
        bare
        and dressing in (3, 4, 5, 6)
        and not p.applies
        and not {"when", "coefficient"} & n.d.keys()
        and make_when(s, n, "grid" not in n.d)
    ):
        n.absent |= NA
    n.d.update(made.keys)
    return n


def unbounded(w: World, node_id: str, p: Place) -> Node:
    """A leaf without a mark of its own."""
    s = scope_of(w, replace(p, applies=False))
    made = shape(s, Frame(), w.choice(UNBOUNDED), node_id)
    n = Node({"id": node_id, "text": f"Tiêu chí {node_id}", "max": "none"}, made.absent)
    if made.negative and w.chance(2):
        n.d["floor"] = "none"
        n.negative = True
    n.d.update(made.keys)
    w.tag("max:none")
    w.none_leaf = True
    return n


def once_per_key(w: World, n: Node, top: Fraction) -> Node:
    """`over`: the first row of every candidate is whole, so the node always applies."""
    take = w.choice(("mean", "sum", "best", "median"))
    each = w.step * w.between(1, int(top / w.step)) if take == "sum" else top
    over: dict[str, str] = {"table": "months"}
    w.tag(f"over:{take}")
    if w.chance(3):
        over = {"table": declare_table(w, "events"), "by": column(w, "events", "week")}
        e = grouped(w, "events").text
        kind = w.choice(("value", "linear", "steps"))
        w.tag("over:by")
        keys: dict[str, Any] = {"value": e}
        if kind == "linear":
            keys = {"linear": {"of": e, **line(w, False)}}
        elif kind == "steps":
            pace = {"each": w.choice(("1", "2")), "points": text_of(w.step * w.between(1, 4))}
            keys = {"steps": {"of": e, **pace, "cap": text_of(each)}}
    else:
        declare_table(w, "months")
        keys = shape(Scope(w, ALL, "months"), frame_of(each), w.choice(ROWWISE)).keys
    over["take"] = take
    if take == "sum":
        over["cap"] = text_of(top)
    n.d.update({"max": text_of(each), "over": over, **keys})
    return n


def split(w: World, top: Fraction, n: int) -> list[Fraction]:
    units = int(top / w.step)
    at = sorted(w.between(1, units - n + 1) for _ in range(n - 1))
    edges = [0, *(a + i for i, a in enumerate(at)), units]
    return [(b - a) * w.step for a, b in pairwise(edges)]


def children(w: World, node_id: str, top: Fraction, p: Place, combine: str) -> tuple[list[Node], Absent]:
    """The children for one combine, and the absences of what they give together."""
    n = w.between(2, 3) if combine != "sum" else w.between(1, 4 if node_id == "" else 3)
    below = replace(p, depth=p.depth - 1, where="inner")
    prefix = f"{node_id}." if node_id else "C"
    if node_id == "":
        below = replace(below, where="top", depth=p.depth)
    free = replace(below, applies=False)
    ids = [f"{prefix}{i + 1}" for i in range(n + 1)]  # n is at least 2 where each of the three levels needs one
    if combine == "sum":
        n = min(n, int(top / w.step))
        tops = split(w, top, n)
        found = [node(w, ids[0], tops[0], below)] + [node(w, i, t, free) for i, t in zip(ids[1:n], tops[1:])]
        if w.chance(8) and "na" not in found[0].absent:
            found.append(unbounded(w, ids[n], free))
    elif combine in ("mean", "weighted"):
        found = [node(w, ids[0], top, below)] + [node(w, i, top, free) for i in ids[1:n]]
        if combine == "weighted":
            for c in found:
                c.d["weight"] = w.choice(("1", "2", "40", "60", "0.5"))
    elif combine == "best":
        lower = w.chance(2)
        if lower:
            below, free = replace(below, settled=True), replace(free, settled=True)
        tops = [top] + [w.step * w.between(1, int(top / w.step)) if lower else top for _ in ids[1:n]]
        found = [leaf(w, ids[0], top, replace(below, plain=True))]
        found += [leaf(w, i, t, replace(free, plain=True)) for i, t in zip(ids[1:n], tops[1:])]
    elif combine == "any_of":
        found = [leaf(w, ids[0], top, replace(below, plain=True))]
        found += [leaf(w, i, top, replace(free, plain=True)) for i in ids[1:n]]
    elif combine == "one_of":
        found = alternatives(w, ids, top, below)
    else:
        whole = replace(below, applies=True, plain=True)
        even = (top / w.step) % 2 == 0 and top >= 2
        tops = [top / 2, Fraction(2)] if even else [top, Fraction(1)]
        if w.chance(2):
            tops.reverse()
        found = [node(w, i, t, whole) for i, t in zip(ids, tops)]
    together = SURE.union(*(c.absent for c in found)) - NA
    if combine != "one_of" and all("na" in c.absent for c in found):
        together |= NA
    return found, together


def alternatives(w: World, ids: list[str], top: Fraction, below: Place) -> list[Node]:
    """one_of: exactly one condition holds."""
    whole = replace(below, applies=True, sure=False)
    if w.chance(2):
        v = w.declare("a1")
        needs = [f"a1 = {quoted(level)}" for level in v.levels]
    else:
        c = condition(Scope(w).sure, 1).text
        needs = [c, f"not ({c})"]
    found = [inside(leaf(w, i, top, whole)) for i in ids[: len(needs)]]
    for n, need in zip(found, needs, strict=True):
        rest = {k: n.d.pop(k) for k in list(n.d)[2:]}
        n.d.update({"when": need, **rest})
    return found


def inside(n: Node) -> Node:
    """A node that is evaluated once per key stands inside an alternative: its own `when` is asked key by key."""
    if "over" not in n.d:
        return n
    node_id, mark = n.d["id"], n.d["over"]["cap"] if n.d["over"]["take"] == "sum" else n.d["max"]
    child = {**n.d, "id": f"{node_id}.1"}
    return Node({"id": node_id, "text": n.d["text"], "max": mark, "children": [child]}, n.absent, n.negative)


def is_loose(found: list[Node]) -> bool:
    """May the children together leave 0 … max?"""
    return any(c.negative or c.d.get("max") == "none" for c in found)


def group(w: World, node_id: str, top: Fraction, p: Place) -> Node:
    combine = w.choice(COMBINES)
    w.tag(f"combine:{combine}")
    n = Node({"id": node_id, "text": f"Nhóm {node_id}"})
    s = scope_of(w, p)
    dressing = w.between(0, 9)
    if dressing == 9 and not p.applies and not w.pools and make_when(s, n, alternatives=False):
        n.absent |= NA
        p = replace(p, sure=False)
    found, absent = children(w, node_id, top, p, combine)
    n.absent |= absent
    loose = is_loose(found)
    if combine != "sum" or any(c.d.get("max") == "none" for c in found) or w.chance(2):
        n.d["max"] = text_of(top)
    if combine == "any_of":
        n.d["combine"] = {"any_of": str(w.between(1, len(found)))}
    elif combine != "sum" or w.chance(4):
        n.d["combine"] = combine
    if dressing >= 6:
        if combine == "sum" and "max" in n.d and not loose and w.chance(3):
            n.d["rescale"] = "true"
            w.tag("rescale")
        elif not loose and w.chance(5):
            n.d["coefficient"], lacking = coefficient(s)
            n.absent |= lacking
            w.tag("coefficient")
        sure_here = p.sure and "na" not in n.absent
        decorate(s, n, node_id, top, sure_here, p.plain, bounded=not loose)
        if sure_here:
            controls(s, n.d, p.where, bool(n.absent))
    n.d["children"] = [c.d for c in found]
    return n


def node(w: World, node_id: str, top: Fraction, p: Place) -> Node:
    if p.depth > 1 and w.chance(2):
        return group(w, node_id, top, p)
    return leaf(w, node_id, top, p)
