"""Item tables and pools: declarations on first use, aggregates, pool functions."""

from __future__ import annotations

from typing import Any

from .conditions import condition
from .expressions import ATOM, LITERALS, MISSING, PRODUCT, UNDEF, Expr, add, compare, over, percent_literal, var
from .world import DATES, DECS, INTS, SURE, YESNO, Scope, World

# table: head, {column: (declaration, cells)}
TABLES: dict[str, tuple[dict[str, Any], dict[str, tuple[dict[str, Any], str]]]] = {
    "tasks": (
        {"label": "Nhiệm vụ", "key": "task"},
        {
            "due": ({"label": "Hạn", "type": "date"}, DATES[1]),
            "finished": (
                {"label": "Ngày xong", "type": "date"},
                "2026-03-01;02/03/2026;;09/03/2026;2026-03-22;;2026-04-30;30/04/2026",
            ),
            "coef": ({"label": "Hệ số", "decimals": "1"}, "1 0,5 1.5 2 1 0 3 1,0"),
            "hours": ({"label": "Giờ công", "roll": "sum"}, INTS[0]),
            "cost": ({"label": "Chi phí", "decimals": "3"}, "1;0;2,5;2.5;;7;0.125;10"),
            "kind": (
                {"label": "Loại việc", "levels": ["thường", "khó"]},
                "thường khó thường khó thường thường khó khó",
            ),
            "done": ({"is": "known(finished)"}, ""),
        },
    ),
    "months": (
        {"label": "Tháng", "key": "month"},
        {
            "score": ({"label": "Điểm tháng", "decimals": "3"}, DECS[2]),
            "load": ({"label": "Khối lượng", "decimals": "0"}, INTS[0]),
            "good_month": ({"label": "Tháng tốt", "type": "yes_no"}, YESNO[0]),
            "extra": ({"label": "Điểm thêm", "decimals": "2"}, "1 2,25 5 0 7.5 10 KAD KAD"),
        },
    ),
    "events": (
        {"label": "Lần"},
        {
            "week": ({"label": "Tuần", "type": "text"}, "t1 t1 t2 t2 t3 t1 t2 t4"),
            "gain": ({"label": "Điểm cộng"}, INTS[0]),
        },
    ),
    "council": ({"label": "Hội đồng", "key": "rater"}, {}),
    "card": (
        {"label": "Phiếu", "single": "true"},
        {
            "factor": ({"label": "Hệ số phiếu", "decimals": "2"}, "1 0,5 1.25 2 0 1 0.8 1,1"),
        },
    ),
}
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "months": {"int": ("load",), "dec": ("score", "extra"), "yesno": ("good_month",)},
    "tasks": {"int": ("hours",), "dec": ("coef",), "yesno": ("done",), "date": ("due",)},
}
ROLLS = ("sum", "mean", "max", "min")


def declare_table(w: World, table: str) -> str:
    if table not in w.tables:
        w.tables[table] = {**TABLES[table][0], "columns": {}}
        w.item_cells[table] = {}
    return table


def column(w: World, table: str, name: str) -> str:
    declare_table(w, table)
    if name not in w.tables[table]["columns"]:
        declaration, cells = TABLES[table][1][name]
        if name == "done":
            column(w, table, "finished")
        w.tables[table]["columns"][name] = dict(declaration)
        if cells:
            w.item_cells[table][name] = cells.split(";" if ";" in cells else " ")
    return name


def column_of(s: Scope, sort: str) -> Expr | None:
    """A column of the table whose row is being read, as a bare name."""
    assert s.table
    columns = COLUMNS[s.table]
    names = columns.get("dec" if sort == "signed" else sort)
    if not names:
        return None
    name = s.w.choice(names)
    if name == "extra" and not s.w.absence:
        name = "score"
    return Expr(column(s.w, s.table, name), ATOM, frozenset({"na"}) if name == "extra" else SURE)


def row_condition(w: World) -> Expr:
    return condition(Scope(w, table="tasks").sure, 0 if w.chance(2) else 1)


def aggregate(s: Scope) -> Expr:
    """A number over the rows of an item table."""
    w = s.w
    w.tag("items")
    k = w.between(0, 16)
    if k not in (4, 9):
        declare_table(w, "tasks")

    def col(name: str) -> str:
        return column(w, "tasks", name)

    if k == 0:
        return Expr(f"tasks.sum({col('coef')})")
    if k == 1:
        return Expr(f"tasks.sum({col('hours')}, where={col('done')})")
    if k == 2:
        return how_many(s)
    if k == 3:
        return Expr(f"tasks.sum({col('coef')} * {col('hours')})")
    if k == 4:
        return Expr(f"{declare_table(w, 'card')}.{column(w, 'card', 'factor')}")
    if k == 5:
        return Expr(col("hours"))
    if k == 6:
        return Expr(f"tasks.sum({col('cost')}, where=known({col('cost')}))")
    if k == 7:
        return Expr(f"tasks.sum({col('coef')}, where={row_condition(w).text})")
    if k == 8:
        return Expr(f"tasks.count({row_condition(w).text})")
    if k == 9:
        name = w.choice(("score", "load"))
        return Expr(f"over({declare_table(w, 'months')}, mean, {column(w, 'months', name)})")
    if k == 10 and s.allows(MISSING):
        return Expr(f"tasks.sum({col('cost')})", ATOM, MISSING)
    if not s.allows(UNDEF):
        return Expr(f"tasks.count({col('done')})")
    if k <= 13:
        name = col(w.choice(("coef", "hours")))
        where = f", where={row_condition(w).text}" if w.chance(3) else ""
        return Expr(f"tasks.{w.choice(('mean', 'median', 'max', 'min'))}({name}{where})", ATOM, UNDEF)
    if k == 14:
        return Expr(f"tasks.sum({col('coef')}, where={col('done')}) / tasks.sum({col('coef')})", PRODUCT, UNDEF)
    return Expr(f"tasks.count({col('done')}) / tasks.count()", PRODUCT, UNDEF)


def how_many(s: Scope) -> Expr:
    """A whole number of rows."""
    w = s.w
    w.tag("items")
    declare_table(w, "tasks")
    k = w.between(0, 3)
    if k == 0:
        return Expr("tasks.count()")
    if k == 1:
        return Expr(f"tasks.count({column(w, 'tasks', 'done')})")
    if k == 2:
        return Expr(f"tasks.count(by={column(w, 'tasks', 'kind')})")
    column(w, "tasks", "done")
    return Expr(f"tasks.count(done and finished <= {column(w, 'tasks', 'due')})")


def item_test(s: Scope) -> Expr:
    w = s.w
    w.tag("items")
    declare_table(w, "tasks")
    word = w.choice(("any", "every"))
    if s.allows(MISSING) and w.chance(3):
        column(w, "tasks", "finished")
        return Expr(f"tasks.{word}(finished <= {column(w, 'tasks', 'due')})", ATOM, MISSING)
    return Expr(f"tasks.{word}({row_condition(w).text})")


def grouped(w: World, table: str) -> Expr:
    """Inside a node that is evaluated once per week of `events`."""
    gain = column(w, table, "gain")
    k = w.between(0, 3)
    if k <= 1:
        return Expr(f"{table}.sum({gain})")
    if k == 2:
        return Expr(f"{table}.count({gain} > {w.between(0, 4)})")
    return add(Expr(f"{table}.sum({gain})"), "-", Expr(w.choice(("1", "2", "0.5"))))


def pool_call(w: World, name: str, inner: str) -> str:
    w.tag("pool")
    if w.chance(3):
        return f"pool({w.declare(w.choice(('a1', 'a2'))).name}).{name}({inner})"
    return f"pool.{name}({inner})"


def pooled(s: Scope) -> tuple[Expr, str]:
    """What a pool function reads: its members are known or missing, never undefined."""
    sort = s.w.choice(("int", "dec", "pct", "unit", "big"))
    x = var(s, sort)
    if sort in ("int", "unit") and s.w.chance(4):
        x = add(x, "+", var(s, sort))
    return x, sort


def pool_quantity(s: Scope) -> tuple[Expr, bool]:
    """Own value against the pool; the own value is always read too."""
    w = s.w
    x, sort = pooled(s)
    k = w.between(0, 6) if s.allows(UNDEF) else w.between(3, 6)
    if k in (0, 1):
        return over(x, Expr(pool_call(w, ("max", "sum")[k], x.text))), True
    if k == 2:
        low = Expr(pool_call(w, "min", x.text))
        high = Expr(low.text.replace(".min(", ".max(", 1))
        return over(add(x, "-", low), add(high, "-", low)), True
    if k == 3:
        return Expr(pool_call(w, "rank", x.text), ATOM, x.absent), False
    if k == 4:
        c = compare(x, ">=", percent_literal(s) if sort == "pct" else Expr(w.choice(LITERALS)))
        return Expr(pool_call(w, "count", c.text), ATOM, x.absent - {"na"}), False
    mean = Expr(pool_call(w, w.choice(("mean", "min", "max")), x.text))
    return add(x, "-", mean), sort == "pct"


def pool_test(s: Scope) -> Expr:
    x, _ = pooled(s)
    return compare(x, s.w.choice((">=", "<", ">")), Expr(pool_call(s.w, s.w.choice(("mean", "max", "min")), x.text)))
