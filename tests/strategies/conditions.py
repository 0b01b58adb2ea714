"""Random truths: comparisons, levels, dates, logic."""

from __future__ import annotations

from .expressions import (
    AND,
    COMPARE,
    LITERALS,
    NOT,
    NUMBERS,
    OR,
    Expr,
    amount,
    at,
    compare,
    date,
    derived,
    elapsed,
    literal,
    number,
    percent_literal,
    var,
)
from .world import SURE, Scope, quoted


def level_test(s: Scope) -> Expr:
    v = s.var("level")
    numeric = v.levels[0].isdigit()
    names = [level if numeric else quoted(level) for level in v.levels]
    if s.w.chance(3):
        return Expr(f"{v.name} in ({names[0]}, {s.w.choice(names[1:])})", COMPARE, v.absent)
    op = s.w.choice(("=", "!=", "<", ">=", "<=", ">"))
    return Expr(f"{v.name} {op} {s.w.choice(names)}", COMPARE, v.absent)


def logic(s: Scope, depth: int) -> Expr:
    """and / or; absences of two different kinds do not meet (the document orders them for arithmetic only)."""
    word, level = s.w.choice((("and", AND), ("or", OR)))
    a = condition(s, depth - 1)
    b = condition(s, depth - 1)
    if len(a.absent | b.absent) > 1 and not s.w.edge:
        b = condition(s.sure, 0)
        if len(a.absent) > 1:
            a = condition(s.sure, 0)
    return Expr(f"{at(a, level)} {word} {at(b, level + 1)}", level, a.absent | b.absent)


def condition(s: Scope, depth: int = 1) -> Expr:
    w = s.w
    k = w.between(0, 13) if depth > 0 else w.between(0, 6)
    op = w.choice((">=", ">", "<", "<=", "=", "!=")) if k in (1, 2, 3, 5, 7) else ""
    if k == 0:
        return derived(s, True) if not s.table and w.chance(5) else var(s, "yesno")
    if k == 1:
        return compare(var(s, *NUMBERS), op, literal(s))
    if k == 2:
        return compare(var(s, "pct"), op, percent_literal(s))
    if k == 3:
        sort = w.choice(("unit", "big"))
        return compare(var(s, sort), op, Expr("0") if w.chance(3) else var(s, sort))
    if k == 4:
        return level_test(s)
    if k == 5:
        return compare(var(s, "date"), op, date(s))
    if k == 6:
        inner = Scope(w, SURE, s.table)
        return Expr(f"known({var(inner, *NUMBERS, 'date', 'yesno').text})")
    if k == 7:
        a = number(s, depth - 1)
        return compare(var(s, *NUMBERS) if a.text in LITERALS else a, op, number(s, depth - 1))
    if k == 8:
        return compare(elapsed(s), w.choice(("<=", ">")), Expr(w.choice(("0", "3", "30"))))
    if k in (9, 10):
        return logic(s, depth)
    if k == 11:
        inner_c = condition(s, depth - 1)
        return Expr(f"not ({inner_c.text})", NOT, inner_c.absent)
    if k == 12 and not s.table:
        from .items import item_test

        return item_test(s)
    if k == 13 and w.chance(2):
        return Expr(f'{w.setting("mode")} = "{w.choice(("class", "place"))}"', COMPARE)
    return compare(amount(s, 1), w.choice(("<", ">=")), amount(s, 0))
