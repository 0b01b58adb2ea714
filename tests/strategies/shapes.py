"""Every shape, such that the rules of the checker hold (exact cover, the best attainable is the full mark)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .conditions import condition
from .expressions import UNDEF, Expr, number, quantity, tally
from .items import pool_call, pool_quantity, pool_test, pooled
from .marks import Shape, given, panel
from .world import Absent, Scope, World, text_of

SHAPES = ("linear", "bands", "steps", "count", "levels", "table", "value", "full", "given")
CUTS = ("-2", "-0.5", "0", "1", "1.5", "2", "3", "5", "7.5", "10", "50")
PERCENT_CUTS = ("0%", "20%", "33.3%", "50%", "60%", "85%", "90%", "100%", "150%")


@dataclass
class Frame:
    """`top`: the best attainable must be exactly this. `limit`: nothing above this. `relative`: `all`, 50% have a meaning."""

    top: Fraction | None = None
    limit: Fraction | None = None
    relative: bool = False
    node: bool = False  # when_zero is allowed


def value_of(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def points(w: World, frame: Frame) -> str:
    """Any points from 0 to the limit."""
    if frame.relative and w.chance(6):
        return w.choice(("all", "50%", "25%", "0%"))
    limit = frame.top if frame.top is not None else frame.limit
    return text_of(w.between(0, int(limit / w.step)) * w.step if limit is not None else Fraction(w.between(0, 10)))


def best(w: World, frame: Frame) -> str:
    if frame.top is None:
        return points(w, frame)
    return "all" if frame.relative and w.chance(4) else text_of(frame.top)


def all_points(w: World, frame: Frame, n: int) -> list[str]:
    out = [points(w, frame) for _ in range(n)]
    out[w.between(0, n - 1)] = best(w, frame)
    return out


def cuts(w: World, pct: bool, n: int) -> list[str]:
    found = {w.choice(PERCENT_CUTS if pct else CUTS) for _ in range(n)}
    return sorted(found, key=value_of)


def intervals(w: World, pct: bool, n: int) -> list[dict[str, str]]:
    """All numbers, without gap or overlap; either side of a cut may own it, or an entry of its own."""
    out: list[dict[str, str]] = [{}]
    for c in cuts(w, pct, n):
        k = w.between(0, 4)
        if k <= 1:
            out[-1]["below"] = c
            out.append({"from": c})
        elif k <= 3:
            out[-1]["up_to"] = c
            out.append({"above": c})
        else:
            out[-1]["below"] = c
            out += [{"from": c, "up_to": c}, {"above": c}]
    return out[::-1] if w.chance(2) else out


def extras(s: Scope, frame: Frame, body: dict[str, Any], absent: Absent, grid: bool = True) -> Absent:
    """grid and when_zero inside a shape; the absences that remain."""
    w = s.w
    if grid and w.chance(6):
        body["grid"] = w.choice(("0.25", "0.5", "1"))
    doubtful = "missing" in absent and "pool" in str(body)  # undefined now, perhaps not later
    if frame.node and absent >= UNDEF and not doubtful and w.chance(2):
        k = w.between(0, 2)
        if k == 2 and "na" in s.bans:
            k = 0
        body["when_zero"] = ("zero", "full", "not_applicable")[k]
        absent = absent - UNDEF | ({"na"} if k == 2 else set())
    return absent


def measured(s: Scope, frame: Frame) -> tuple[Expr, bool]:
    if s.w.pools and frame.node and not s.table and (s.w.only_pools or s.w.chance(2)):
        return pool_quantity(s)
    return quantity(s)


def line(w: World, pct: bool) -> dict[str, str]:
    a, b = w.between(0, 8), w.between(0, 7)
    values = PERCENT_CUTS if pct else CUTS[2:]
    low, high = values[a], values[b if b < a else b + 1]
    body = {"from": low, "to": high}
    if value_of(low) == 0 and w.chance(2):
        del body["from"]
    if value_of(high) == 1 and w.chance(2):
        del body["to"]
    return body


def linear(s: Scope, frame: Frame) -> Shape:
    w = s.w
    if w.pools and frame.node and not s.table and s.allows(UNDEF) and w.chance(3):
        x, _ = pooled(s)
        low = pool_call(w, "min", x.text)
        body: dict[str, Any] = {"of": x.text, "from": low, "to": low.replace(".min(", ".max(", 1)}
        return Shape({"linear": body}, extras(s, frame, body, x.absent | UNDEF))
    e, pct = measured(s, frame)
    body = {"of": e.text, **line(w, pct)}
    return Shape({"linear": body}, extras(s, frame, body, e.absent))


def bands(s: Scope, frame: Frame) -> Shape:
    w = s.w
    e, pct = measured(s, frame)
    entries: list[dict[str, Any]] = list(intervals(w, pct, w.between(1, 3)))
    absent = e.absent
    winner = w.between(0, len(entries) - 1)
    for i, entry in enumerate(entries):
        if i == winner and frame.top is not None:
            entry["points"] = best(w, frame)
        elif frame.node and s.allows(frozenset({"judge"})) and w.chance(20):
            entry["ask"] = "Văn bản không nói; hỏi cơ quan ban hành"
            absent |= {"judge"}
        elif w.chance(3):
            inner = nested(s.sure if e.absent else s.without("undef"), frame, pct)
            entry.update(inner.keys)
            absent |= inner.absent
            w.tag("nested")
        else:
            entry["points"] = points(w, frame)
    body = {"of": e.text, "at": entries}
    return Shape({"bands": body}, extras(s, frame, body, absent))


def nested(s: Scope, frame: Frame, pct: bool) -> Shape:
    """A shape inside a band: it inherits `of` and the frame."""
    w = s.w
    limit = frame.top if frame.top is not None else frame.limit
    inner = Frame(limit=limit, relative=frame.relative)
    k = w.between(0, 5)
    if k == 0 and frame.relative:
        return Shape({"linear": line(w, pct)})
    if k == 1 and frame.relative:
        c = condition(s, 0)
        return Shape({"full": c.text}, c.absent)
    if k == 2:
        return levels_yesno(s, inner)
    if k == 3:
        return Shape({"bands": {"at": [{**edge, "points": points(w, inner)} for edge in intervals(w, pct, 1)]}})
    if k == 4 and limit is not None:
        e = number(s, 1)
        return Shape({"value": f"min(max({e.text}, 0), {text_of(limit)})"}, e.absent)
    step = {
        "each": w.choice(("5%", "1%", "12.5%") if pct else ("1", "2", "0.5")),
        "points": text_of(w.step * w.between(1, 4)),
        "cap": text_of(limit if limit is not None else Fraction(5)),
    }
    return Shape({"steps": step})


def steps(s: Scope, frame: Frame) -> Shape:
    w = s.w
    e, pct = measured(s, frame)
    body: dict[str, Any] = {
        "of": e.text,
        "each": w.choice(("5%", "10%", "0.5%") if pct else ("1", "2", "0.5", "3")),
        "points": text_of(w.step * w.between(1, 8)),
    }
    if frame.top is not None or w.chance(2):
        body["cap"] = text_of(frame.top if frame.top is not None else Fraction(w.between(1, 10)))
    k = w.between(0, 3)
    if k:
        body["part"] = ("down", "up", "exact")[k - 1]
    return Shape({"steps": body}, extras(s, frame, body, e.absent))


def count(s: Scope, frame: Frame) -> Shape:
    w = s.w
    e = tally(s)
    body: dict[str, Any] = {"each": text_of(w.step * w.between(1, 6))}
    short = w.chance(2)
    if not short and w.chance(2):
        body["start"] = str(w.between(0, 3))
    if frame.top is not None or w.chance(2):
        body["cap"] = text_of(frame.top if frame.top is not None else Fraction(w.between(1, 10)))
    if short:
        return Shape({"count": e.text, **body}, e.absent)
    return Shape({"count": {"of": e.text, **body}}, e.absent)


def levels_yesno(s: Scope, frame: Frame) -> Shape:
    v = s.var("yesno")
    yes, no = all_points(s.w, frame, 2)
    return Shape({"levels": {"of": v.name, "points": {"yes": yes, "no": no}}}, v.absent)


def levels(s: Scope, frame: Frame) -> Shape:
    w = s.w
    k = w.between(0, 4)
    if k == 0:
        return levels_yesno(s, frame)
    if k <= 2:
        v = s.var("level")
        return Shape(
            {"levels": {"of": v.name, "points": dict(zip(v.levels, all_points(w, frame, len(v.levels))))}}, v.absent
        )
    e = tally(s)
    if k == 4 and frame.top is None:
        n = w.between(1, 3)
        keys = [str(i) for i in range(1, n)] + [f"{n}+"]
        w.tag("nth")
        return Shape({"levels": {"of": e.text, "nth": {key: str(w.between(0, 4)) for key in keys}}}, e.absent)
    first, n = w.between(0, 2), w.between(1, 3)
    keys = [str(first + i) for i in range(n)]
    body: dict[str, Any] = {"of": e.text, "points": dict(zip(keys, all_points(w, frame, n)))}
    if frame.top is None and w.chance(2):
        body["points"] = {key: str(w.between(0, 5)) for key in keys}
        body["then"] = text_of(w.step * w.between(1, 4))
        w.tag("then")
    else:
        body["points"][keys[-1] + "+"] = body["points"].pop(keys[-1])
    return Shape({"levels": body}, e.absent)


def axis(s: Scope) -> tuple[Expr, list[Any]]:
    if s.w.chance(3):
        v = s.var("level")
        return Expr(v.name, absent=v.absent), list(v.levels)
    e, pct = quantity(s.without("undef"), 0)
    return e, list(intervals(s.w, pct, s.w.between(1, 2)))


def table(s: Scope, frame: Frame) -> Shape:
    row, row_bands = axis(s)
    col, col_bands = axis(s.sure if row.absent else s)
    n = len(col_bands)
    flat = all_points(s.w, Frame(frame.top, frame.limit), n * len(row_bands))
    body = {
        "rows": row.text,
        "row_bands": row_bands,
        "columns": col.text,
        "column_bands": col_bands,
        "points": [flat[i : i + n] for i in range(0, len(flat), n)],
    }
    return Shape({"table": body}, row.absent | col.absent)


def value(s: Scope, frame: Frame) -> Shape:
    w = s.w
    if w.chance(5):
        p = s.var("pct")
        return Shape({"value": f"{w.between(0, 5)} + {w.between(1, 9)} * {p.name}"}, p.absent)
    e = number(s, 2)
    if frame.node and w.chance(4):
        body: dict[str, Any] = {"of": e.text}
        return Shape({"value": body}, extras(s, frame, body, e.absent, grid=False), negative=True)
    return Shape({"value": e.text}, e.absent, negative=True)


def full(s: Scope, frame: Frame) -> Shape:
    if frame.node and s.w.chance(6):
        return Shape({"full": "true"})
    c = pool_test(s) if s.w.pools and frame.node and not s.table and s.w.chance(2) else condition(s, 2)
    return Shape({"full": c.text}, c.absent)


MAKERS = {
    "linear": linear,
    "bands": bands,
    "steps": steps,
    "count": count,
    "levels": levels,
    "table": table,
    "value": value,
    "full": full,
}


def shape(s: Scope, frame: Frame, name: str, mark: str = "") -> Shape:
    s.w.tag(f"shape:{name}")
    if name == "given":
        assert frame.top is not None and mark
        return panel(s, mark, frame.top) if not s.table and s.w.chance(4) else given(s, mark, frame.top)
    return MAKERS[name](s, frame)
