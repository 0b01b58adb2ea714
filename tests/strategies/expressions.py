"""Random well-typed expressions. Every function returns an `Expr`: its text and the absences it may have."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .world import SURE, Absent, Scope, Var, quoted

# Binding strength, loosest first.
OR, AND, NOT, COMPARE, SUM, PRODUCT, ATOM = range(7)
MISSING: Absent = frozenset({"missing"})
UNDEF: Absent = frozenset({"undef"})
NUMBERS = ("int", "int", "dec", "signed")
LITERALS = ("0", "1", "2", "3", "5", "10", "0.5", "2.25", "0.125", "12")
PERCENTS = ("50%", "60%", "85%", "90%", "100%", "12.5%", "0%", "33.33%")


class Expr(NamedTuple):
    text: str
    level: int = ATOM
    absent: Absent = SURE


Kind = Callable[[Scope, int], Expr]


def at(e: Expr, level: int) -> str:
    return e.text if e.level >= level else f"({e.text})"


def add(a: Expr, op: str, b: Expr) -> Expr:
    return Expr(f"{at(a, SUM)} {op} {at(b, PRODUCT)}", SUM, a.absent | b.absent)


def times(a: Expr, b: Expr) -> Expr:
    return Expr(f"{at(a, PRODUCT)} * {at(b, ATOM)}", PRODUCT, a.absent | b.absent)


def over(a: Expr, b: Expr, nonzero: bool = False) -> Expr:
    return Expr(f"{at(a, PRODUCT)} / {at(b, ATOM)}", PRODUCT, a.absent | b.absent | (SURE if nonzero else UNDEF))


def call(name: str, *args: Expr) -> Expr:
    return Expr(f"{name}({', '.join(a.text for a in args)})", ATOM, frozenset().union(*(a.absent for a in args)))


def compare(a: Expr, op: str, b: Expr) -> Expr:
    return Expr(f"{at(a, SUM)} {op} {at(b, SUM)}", COMPARE, a.absent | b.absent)


def var(s: Scope, *sorts: str) -> Expr:
    """A measure, or a column inside a row of an item table."""
    sort = s.w.choice(sorts)
    if s.table and not s.w.chance(4):
        from .items import column_of

        found = column_of(s, sort)
        if found:
            return found
    v = s.var(sort)
    return Expr(v.name, ATOM, v.absent)


def literal(s: Scope) -> Expr:
    return Expr(s.w.choice(LITERALS))


def percent_literal(s: Scope) -> Expr:
    return Expr(s.w.choice(PERCENTS))


def previous(s: Scope, sort: str) -> Expr:
    v = s.var(sort)
    if not v.plain or not s.allows(MISSING | v.absent):
        return Expr(v.name, ATOM, v.absent)
    s.w.tag("prev")
    return Expr(f"prev({v.name})", ATOM, MISSING | v.absent)


def either(s: Scope, depth: int, kind: Kind) -> Expr:
    from .conditions import condition

    c, a, b = condition(s, depth - 1), kind(s, depth - 1), kind(s, depth - 1)
    return call("if", c, a, b)


def defaulted(s: Scope, sort: str, kind: Kind, literal_: Callable[[Scope], Expr]) -> Expr:
    """default(a, b): a may be missing even where nothing may be missing."""
    inner = Scope(s.w, s.bans - MISSING, s.table)
    a = previous(inner, sort) if s.w.chance(3) and not s.table else var(inner, sort)
    b = literal_(s) if s.w.chance(2) else kind(s, 0)
    return Expr(f"default({a.text}, {b.text})", ATOM, (a.absent - MISSING) | b.absent)


def extreme(s: Scope, depth: int, kind: Kind) -> Expr:
    args = [kind(s, depth - 1) for _ in range(s.w.between(2, 3))]
    return call(s.w.choice(("min", "max")), *args)


def number(s: Scope, depth: int = 2) -> Expr:
    """Without a unit."""
    w = s.w
    if depth <= 0:
        return literal(s) if w.chance(3) else var(s, *NUMBERS)
    k = w.between(0, 16)
    if k <= 1:
        return var(s, *NUMBERS)
    if k <= 3:
        return add(number(s, depth - 1), w.choice("+-"), number(s, depth - 1))
    if k == 4:
        return times(number(s, depth - 1), number(s, depth - 1))
    if k == 5:
        return over(number(s, depth - 1), Expr(w.choice(("2", "3", "7", "0.3"))), nonzero=True)
    if k in (6, 7):
        return ratio(s, depth) if s.allows(UNDEF) else add(var(s, "int"), "+", literal(s))
    if k == 8:
        return extreme(s, depth, number)
    if k == 9:
        return call(w.choice(("abs", "floor", "ceil", "round")), number(s, depth - 1))
    if k == 10:
        return call("round", number(s, depth - 1), Expr(str(w.between(0, 3))))
    if k == 11:
        return either(s, depth, number)
    if k == 12:
        return defaulted(s, w.choice(NUMBERS), number, literal)
    if k == 13:
        return picked(s, LITERALS)
    if k == 14 and not s.table:
        from .items import aggregate

        return aggregate(s)
    if k == 15 and not s.table:
        return previous(s, w.choice(NUMBERS)) if w.chance(2) else derived(s)
    if w.chance(2):
        return Expr(w.setting("k1"))
    return negative(number(s, 0))


def negative(e: Expr) -> Expr:
    return Expr(f"-{at(e, ATOM)}", SUM, e.absent)


def derived(s: Scope, truth: bool = False) -> Expr:
    """A measure with `is`: a number or a truth."""
    from .conditions import condition

    w = s.w
    name, other = ("m2", "yesno") if truth else ("m1", "int")
    if w.busy or (name not in w.vars and s.bans):
        return var(s, other)
    if name not in w.vars:
        w.busy = True
        e = condition(Scope(w), 1) if truth else number(Scope(w), 1)
        w.busy = False
        w.measures[name] = {"is": e.text}
        w.vars[name] = Var(name, "derived", e.absent, (), False)
        w.tag("derived")
    found = w.vars[name]
    return Expr(name, ATOM, found.absent) if s.allows(found.absent) else var(s, other)


def ratio(s: Scope, depth: int = 1) -> Expr:
    """A quotient without a unit; the denominator may be zero."""
    k = s.w.between(0, 3)
    if k == 0:
        return over(number(s, depth - 1), var(s, *NUMBERS))
    sort = ("unit", "unit", "big", "pct")[k]
    if sort == "unit" and s.w.chance(2) and s.allows(UNDEF):
        a, b = s.w.declare("u1"), s.w.declare("u2")
        if s.allows(a.absent | b.absent):
            return over(Expr("u1", ATOM, a.absent), Expr("u2", ATOM, b.absent))
    return over(var(s, sort), var(s, sort))


def amount(s: Scope, depth: int = 1, sort: str = "unit") -> Expr:
    """With a unit."""
    w = s.w
    k = w.between(0, 5) if depth > 0 else 0
    if k in (2, 3):
        return add(amount(s, depth - 1, sort), "+-"[k - 2], amount(s, depth - 1, sort))
    if k == 4:
        return (
            times(literal(s), amount(s, depth - 1, sort))
            if w.chance(2)
            else defaulted(s, sort, lambda t, d: var(t, sort), lambda t: var(t.sure, sort))
        )
    if k == 5:
        return call(w.choice(("min", "max")), amount(s, depth - 1, sort), amount(s, depth - 1, sort))
    return var(s, sort)


def percent(s: Scope, depth: int = 1) -> Expr:
    """A measure in per cent, with per cent only."""
    w = s.w
    k = w.between(0, 7) if depth > 0 else 0
    if k == 2:
        return add(percent_literal(s), "-", percent(s, depth - 1))
    if k == 3:
        return add(percent(s, depth - 1), "+" if w.chance(2) else "-", percent_literal(s))
    if k == 4:
        return extreme(s, depth, percent)
    if k == 5:
        return defaulted(s, "pct", percent, percent_literal)
    if k == 6:
        return either(s, depth, percent)
    if k == 7:
        return picked(s, PERCENTS) if w.chance(2) else Expr(w.setting("k2"))
    return var(s, "pct")


def picked(s: Scope, values: tuple[str, ...]) -> Expr:
    v = s.w.declare(s.w.choice(("a1", "a2")))
    parts = []
    for level in v.levels:
        key = level if level.isascii() and level.isalpha() else quoted(level)
        parts.append(f"{key}={s.w.choice(values)}")
    return Expr(f"pick({v.name}, {', '.join(parts)})", ATOM, v.absent)


def date(s: Scope) -> Expr:
    w = s.w
    k = w.between(0, 5)
    if k == 4:
        return Expr(w.choice(("2026-03-22", "2026-06-30", "2026-01-31")))
    if k == 5 and w.period:
        w.tag("on")
        return Expr("on(22)" if len(w.period) == 7 and w.chance(2) else w.choice(("on(31, 1)", "on(28, 2)")))
    return var(s, "date")


def elapsed(s: Scope) -> Expr:
    a, b = var(s, "date"), date(s)
    if s.w.chance(2):
        s.w.holidays = True
        return call("max", call("workdays", a, b), Expr("0"))
    return call("days", b, a)


def quantity(s: Scope, depth: int = 1) -> tuple[Expr, bool]:
    """What a shape may measure, and whether its edges are written in per cent."""
    k = s.w.between(0, 7)
    if s.table and k:
        return number(s, depth), False
    if k <= 1:
        return percent(s, depth), True
    if k in (2, 3):
        return (ratio(s, 1), True) if s.allows(UNDEF) else (percent(s, 0), True)
    if k == 4:
        return amount(s, depth), False
    if k == 5 and not s.table:
        return elapsed(s), False
    return number(s, depth + 1), False


def tally(s: Scope) -> Expr:
    """A whole number, never negative."""
    k = s.w.between(0, 4)
    if k == 3:
        return add(var(s, "int"), "+", var(s, "int"))
    if k == 4 and not s.table:
        from .items import how_many

        return how_many(s)
    return var(s, "int")
