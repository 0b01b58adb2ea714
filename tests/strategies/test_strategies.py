"""The generated sets are well formed: text survives YAML, names are declared, the checker's static rules hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import (
    SHAPES,
    Case,
    cases,
    expression_cases,
    over_cases,
    pool_cases,
    quota_cases,
    rank_cases,
    shape_cases,
)

WORDS = set(  # the reference of the language
    "abs and any ceil count days default every floor grade if in known max maximum mean min not on or over parts pick points"
    " pool prev round share sum total workdays yes no true false none all".split()
)
EXPRESSIONS = {
    "of",
    "value",
    "full",
    "when",
    "need",
    "count",
    "coefficient",
    "is",
    "rows",
    "columns",
    "then",
    "from",
    "to",
}
METHODS = {"sum", "mean", "median", "max", "min", "count", "any", "every", "rank"}
quick = settings(max_examples=150, deadline=None)
every_kind = st.one_of(
    cases(),
    cases(edge=True),
    expression_cases(),
    rank_cases(),
    quota_cases(),
    over_cases(),
    pool_cases(),
    st.sampled_from(SHAPES).flatmap(shape_cases),
)


def walk(x: Any) -> Iterator[dict[str, Any]]:
    if isinstance(x, dict):
        yield x
    for y in x.values() if isinstance(x, dict) else x if isinstance(x, list) else ():
        yield from walk(y)


def ids_of(c: dict[str, Any]) -> list[str]:
    return [d["id"] for part in ("tree", "less", "plus") for d in walk(c.get(part)) if "id" in d]


def number(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def columns_of(c: dict[str, Any]) -> dict[str, dict[str, Any]]:
    declared = {**c.get("attributes", {}), **c.get("measures", {})}
    out = {name: d for name, d in declared.items() if "is" not in d}
    for part in ("tree", "less", "plus"):
        for d in walk(c.get(part)):
            if "given" in d and "panel" not in d["given"]:
                out[d["id"]] = {"given": d["given"]}
    return out


def check_cell(cell: str, d: dict[str, Any]) -> None:
    if cell in ("", "KAD"):
        return
    if "levels" in d:
        assert cell in d["levels"]
    elif d.get("type") == "yes_no":
        assert cell in ("có", "không")
    elif d.get("type") == "date":
        assert re.fullmatch(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}", cell)
    elif d.get("type") != "text":
        value = Decimal(cell.replace(",", "."))
        mark = d.get("given")
        if mark:
            assert Decimal(mark.get("from", "0")) <= value <= Decimal(mark["to"]) and value % Decimal(mark["grid"]) == 0
        else:
            assert -int(value.as_tuple().exponent) <= int(d.get("decimals", "0"))
            low = d.get("at_least", "0")
            assert low == "none" or value >= Decimal(low)


@quick
@given(every_kind)
def test_yaml_round_trip(c: Case) -> None:
    assert yaml.load(c.yaml, Loader=yaml.BaseLoader) == c.criteria
    assert yaml.safe_load(c.yaml) == c.criteria  # everything is text even for a loader that types scalars


@quick
@given(every_kind)
def test_ids_are_unique(c: Case) -> None:
    ids = ids_of(c.criteria)
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", i, re.ASCII) for i in ids)


@quick
@given(every_kind)
def test_names_are_declared(c: Case) -> None:
    known: set[str] = set(METHODS) | {"where", "by"}
    for part in ("attributes", "measures", "tables", "settings", "quantities"):
        assert not set(c.criteria.get(part, {})) & WORDS
        known |= set(c.criteria.get(part, {}))
    for t in c.criteria.get("tables", {}).values():
        assert not set(t["columns"]) & WORDS
        known |= set(t["columns"])
    for v in c.criteria.get("attributes", {}).values():
        known |= set(v.get("levels", ()))
    ids = set(ids_of(c.criteria))
    texts = [c.criteria.get("rank", {}).get("by", "0")]
    for d in walk({k: v for k, v in c.criteria.items() if k != "settings"}):
        for key in EXPRESSIONS & set(d):
            if (key == "of" and ("share" in d or "number" in d)) or (key == "to" and "say" in d):
                continue
            texts += [t for t in (d[key] if isinstance(d[key], list) else [d[key]]) if isinstance(t, str)]
    for text in texts:
        assert text.count("(") == text.count(")")
        for i in re.findall(r"points\(([^)]+)\)", text):
            assert i in ids
        bare = re.sub(r"""'[^']*'|"[^"]*"|points\([^)]+\)""", " ", text)
        for name in re.findall(r"[A-Za-z_]\w*", bare):
            assert name in known | WORDS, (name, text)


@quick
@given(every_kind)
def test_rows_fit(c: Case) -> None:
    columns = columns_of(c.criteria)
    rows = [*c.rows, *(c.previous or [])]
    assert 1 <= len(c.rows) <= 12 and len({r["id"] for r in c.rows}) == len(c.rows)
    for r in rows:
        assert set(r) == {"id", *columns}
        for name, d in columns.items():
            check_cell(r[name], d)
            if d.get("at_most") and r[name] not in ("", "KAD"):
                assert r[d["at_most"]] in ("", "KAD") or int(r[name]) <= int(r[d["at_most"]])
    panels = {d["id"] for d in walk(c.criteria["tree"]) if "panel" in d.get("given", {})}
    assert set(c.items) == set(c.criteria.get("tables", {}))
    for name, t in c.criteria.get("tables", {}).items():
        real = {k: d for k, d in t["columns"].items() if "is" not in d}
        heads = {"id", *real, *({t["key"]} if "key" in t else ()), *(panels if name == "council" else ())}
        assert c.items[name]
        for r in c.items[name]:
            assert set(r) == heads and r["id"] in {x["id"] for x in c.rows}
            for k, d in real.items():
                check_cell(r[k], d)
        if "key" in t:
            assert len({(r["id"], r[t["key"]]) for r in c.items[name]}) == len(c.items[name])


def covers(at: list[dict[str, Any]]) -> bool:
    """Every edge, and a point between and beyond the edges, lies in exactly one interval."""
    edges = sorted({number(e[k]) for e in at for k in ("from", "above", "below", "up_to") if k in e})
    probes = [*edges, edges[0] - 1, edges[-1] + 1, *((a + b) / 2 for a, b in pairwise(edges))]

    def holds(e: dict[str, Any], x: Fraction) -> bool:
        tests = {"from": x.__ge__, "above": x.__gt__, "below": x.__lt__, "up_to": x.__le__}
        return all(test(number(e[k])) for k, test in tests.items() if k in e)

    return all(sum(holds(e, x) for e in at) == 1 for x in probes)


def flat(x: Any) -> list[str]:
    return [t for y in (x.values() if isinstance(x, dict) else x) for t in ([y] if isinstance(y, str) else flat(y))]


@quick
@given(every_kind)
def test_static_rules(c: Case) -> None:
    for d in walk(c.criteria):
        if "bands" in d:
            assert covers(d["bands"]["at"])
        if "table" in d and isinstance(d["table"], dict):
            for side in ("row_bands", "column_bands"):
                assert isinstance(d["table"][side][0], str) or covers(d["table"][side])
        if d.get("max", "none") in ("none", "max") or "id" not in d:
            continue
        top, best = number(d["max"]), []
        if "table" in d:
            best = flat(d["table"]["points"])
        elif "levels" in d:
            best = flat(d["levels"]["points"])
        elif "bands" in d:
            best = [e["points"] for e in d["bands"]["at"] if "points" in e]
        elif "count" in d and "each" in d:
            best = [d["cap"]]
        if best:
            assert max(top if p == "all" else number(p) * (top if p.endswith("%") else 1) for p in best) == top
    if c.criteria.get("combine", "sum") == "sum" and "max" in c.criteria.get("points", {}):
        assert number(c.criteria["points"]["max"]) == sum(map(full_mark, c.criteria["tree"]))


def full_mark(d: dict[str, Any]) -> Fraction:
    """The full mark; on the way every sum is that of its children."""
    marks = [full_mark(x) for x in d.get("children", [])]
    if d.get("over", {}).get("take") == "sum":
        return number(d["over"]["cap"])
    if d.get("max") == "none":
        return Fraction(0)
    if marks and d.get("combine", "sum") == "sum":
        assert "max" not in d or number(d["max"]) == sum(marks)
        return sum(marks, Fraction(0))
    return number(d["max"])


@pytest.mark.parametrize("name", SHAPES)
def test_shape_cases_have_the_shape(name: str) -> None:
    @settings(max_examples=20, deadline=None, database=None)
    @given(shape_cases(name))
    def check(c: Case) -> None:
        assert name in c.criteria["tree"][0]

    check()


@quick
@given(quota_cases())
def test_quota_cases_have_quotas(c: Case) -> None:
    assert any("quota" in g for g in c.criteria["grades"]) and "rank" in c.criteria
