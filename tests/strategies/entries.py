"""Entries of less and plus, and the controls of a node."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .conditions import condition
from .expressions import picked
from .marks import given
from .shapes import Frame, shape
from .world import SURE, Absent, Scope, World, text_of

OWN = ("linear", "full", "bands", "levels", "count", "steps")
FREE = ("count", "steps", "levels", "bands", "value", "count", "full", "linear")
COEFFICIENTS = ("0.5", "0.8", "1", "1.2", "0.3")


def coefficient(s: Scope) -> tuple[str, Absent]:
    """A number from 0 to 1.2, once in four one that may be absent."""
    w = s.w
    if w.chance(4):
        share = s.var("pct")
        return f"min({share.name}, 1)", share.absent
    return (picked(s, COEFFICIENTS).text if w.chance(2) else w.choice(COEFFICIENTS)), SURE


def single(s: Scope, prefix: str, ids: bool, signed: bool) -> tuple[dict[str, Any], Absent, bool]:
    """One entry; the last value says whether it may be negative."""
    w = s.w
    out: dict[str, Any] = {}
    if ids and w.chance(3):
        out["id"] = w.new_id(prefix + ".e")
        w.tag("entry:id")
        if w.chance(3):
            low, high = w.step * w.between(0, 3), w.step * w.between(4, 12)
            w.only_if[out["id"]] = out["when"] = w.declare("sy1").name
            made = given(s, out["id"], Fraction(high), Fraction(low))
            w.tag("entry:given")
            return {**out, **made.keys}, made.absent, False
    if w.chance(2):
        out["text"] = "Cộng hoặc trừ"
    if w.chance(6):
        out["when"] = condition(s.sure, 1).text
    negative = False
    if w.chance(4):
        top = w.step * w.between(1, 12)
        made = shape(s, Frame(top, top, True), w.choice(OWN))
        out["max"] = text_of(top)
    else:
        made = shape(s, Frame(relative=True), w.choice(FREE))
        if "cap" not in made.keys and w.chance(3):
            out["cap"] = text_of(w.step * w.between(1, 20))
            if w.chance(4):
                limit = s.var("int")
                out["cap"], made.absent = f"{limit.name} + 1", made.absent | limit.absent
        if signed and made.negative and w.chance(2):
            out["floor"] = f"-{w.between(1, 9)}"
            negative = True
    if "each" not in made.keys and w.chance(8):  # in the short form of count it is open what the cap bounds
        out["grid"] = w.choice(("0.5", "1"))
    if not {"each", "max"} & {*made.keys, *out} and w.chance(6):
        out["coefficient"], absent = coefficient(s)
        made.absent |= absent
    return {**out, **made.keys}, made.absent, negative


def entry(s: Scope, prefix: str, ids: bool, signed: bool, depth: int = 1) -> tuple[dict[str, Any], Absent, bool]:
    w = s.w
    if depth <= 0 or not w.chance(4):
        return single(s, prefix, ids, signed)
    kind = w.choice(("items", "best", "one_of"))
    w.tag(f"group:{kind}")
    found = [entry(s, prefix, ids, signed and kind == "items", depth - 1) for _ in range(w.between(1, 3))]
    if kind == "one_of":
        for e, _, _ in found:
            e.setdefault("when", condition(s.sure, 0).text)
    out: dict[str, Any] = {kind: [e for e, _, _ in found]}
    if w.chance(2):
        out["cap"] = text_of(w.step * w.between(1, 20))
    negative = any(n for _, _, n in found)
    if negative:
        out["floor"] = f"-{w.between(1, 9)}"
    return out, SURE.union(*(a for _, a, _ in found)), negative


def entries(s: Scope, prefix: str, ids: bool, signed: bool = False) -> tuple[Any, Absent]:
    """What stands under less or plus. `signed`: an entry may be negative (plus only)."""
    w = s.w
    s = s.without("na", "undef")
    found = [entry(s, prefix, ids, signed) for _ in range(w.between(1, 2))]
    items = [e for e, _, _ in found]
    absent = SURE.union(*(a for _, a, _ in found))
    if w.chance(3):
        return {"cap": text_of(w.step * w.between(1, 30)), "items": items}, absent
    return items, absent


def control(w: World, s: Scope, **effect: str) -> dict[str, str]:
    return {"need": condition(s, w.between(0, 1)).text, **effect, "say": "Điều kiện không đạt"}


def grade_control(w: World, out: dict[str, Any], s: Scope) -> None:
    """cap_grade and demote, in either written order."""
    kinds = w.choice((("cap_grade",), ("demote",), ("cap_grade", "demote"), ("demote", "cap_grade")))
    for kind in kinds:
        w.tag(kind)
        if kind == "cap_grade":
            effect = {"at_most": w.choice(w.grades[1:])}
        else:
            effect = {"by": str(w.between(1, 2))} if w.chance(2) else {"to": w.grades[-1]}
        found = control(w, s, **effect)
        out[kind] = [found, control(w, s, **effect)] if w.chance(6) else found


def controls(s: Scope, out: dict[str, Any], place: str, is_open: bool = False) -> None:
    """Controls of a node that always applies. `place`: root, top, inner."""
    w, sure = s.w, s.sure
    k = w.between(0, 21)
    if k in (8, 9, 10) and not w.pools:
        loose = sure if w.chance(2) else s.without("na", "undef", "judge")
        out["gate"] = control(w, loose)
        w.tag("gate")
    elif k in (11, 12) and not w.pools and place != "inner" and not w.stopped:
        out["stop"] = control(w, sure)
        w.stopped = True
        w.tag(f"stop:{place}")
    elif k in (13, 14):
        out["flag"] = [control(w, sure), control(w, sure)] if w.chance(3) else control(w, sure)
        w.tag("flag")
    elif k in (15, 16, 17) and place != "root" and not is_open:
        out["zero"] = control(w, sure)
        w.tag("zero")
    elif k >= 18 and w.grades and place != "root" and not w.moved:
        w.moved = True
        grade_control(w, out, sure)
    if place == "root" and w.grades and w.chance(3):
        grade_control(w, out, sure)
