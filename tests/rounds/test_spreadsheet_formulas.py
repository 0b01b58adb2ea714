"""Formulas of criteria sets, computed by LibreOffice and held against scoring.score() cell by cell. One conversion for all sets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from criteria.criteria_set import CriteriaSet
from criteria.exact import show_decimal
from criteria.loading import load_text, read_set
from criteria.movements.reading import CATALOG, set_files
from criteria.problems import ProblemsFound
from records.tables.table_files import read_table
from scoring.tables import Column, Table
from tests import strategies
from tests.rounds.spreadsheet_referee import Job, find_office, job, objections, random_table, recalculated
from tests.support.agreement import engine
from tests.support.examples import ROOT, Example, folder_examples, run

CATALOG_SETS = set_files(CATALOG / "thai-binh-2025-2030")
OTHER_SETS = [ROOT / "tests" / "movements" / "hoa-sen-2026" / "ap.yaml"]
EXAMPLES = [
    example
    for folder in ("functions", "cases")
    for example in folder_examples(ROOT / "tests" / folder)
    if not example.expected_error
]
PUBLIC = {example.name for example in folder_examples(ROOT / "tests" / "functions")}

# Criteria of the catalogue that a spreadsheet cannot say, and why.
CATALOG_UNSAID = {
    "a-so-nganh": {"A1.1", "A1.2", "A1.3"},  # the task register
    "c-xa-phuong": {"C3.place"},  # a rank in the pool
    "d-don-vi-truc-thuoc": {"D2.hoan-thanh", "D2.tien-do", "D2.hieu-qua"},  # the task register
}
# The same of the 63 functions.
FUNCTIONS_UNSAID = {
    "leader": ("pool.max", {"C1"}),
    "max_group": ("pool.max", {"C1"}),
    "mean_thr": ("pool.mean", {"C1"}),
    "minmax": ("pool.min, pool.max", {"OSI", "TII", "HCI"}),
    "mean_periods": ("over: a row a month", {"Q", "maximum:Q"}),
    "mean_periods-open": ("over: a row a month", {"Q", "maximum:Q"}),
    "period_cap": ("over: a row an event", {"A", "maximum:A"}),
    "mean_raters": ("a panel", {"M1", "M2"}),
    "mean_raters-open": ("a panel", {"M1", "M2"}),
    "percap": ("item tables", {"P1", "P2", "P3"}),
    "share": ("an item table", {"B"}),
    "cond_only": ("no points at all", {"", "maximum:"}),
}

HEAD = """
criteria_set: thu-cong-thuc
title: "Bộ thử"
group: c
valid_from: 2025-01-01
bases: [{id: quyet-dinh, document: "Quyết định", number: "1/QĐ", date: 2025-01-01, issuer: "Sở"}]
clause: {basis: quyet-dinh, place: "Điều 3"}
verified_by: so-noi-vu
"""
HALVES = """
points: {places: 2, rounding: MODE}
measures:
  done: {label: "Đã làm", unit: việc}
  due: {label: "Phải làm", unit: việc}
  rate: {label: "Tỷ lệ", unit: "%", decimals: 2}
  index: {label: "Chỉ số", unit: điểm, decimals: 3, at_least: none}
tree:
  - {id: A, text: "a", max: 16.8, linear: {of: done / due}}
  - {id: B, text: "b", max: 5.6, linear: {of: done / due, to: 80%}}
  - {id: C, text: "c", max: 33.33, linear: {of: rate}}
  - {id: D, text: "d", max: 1000, value: 3 * index, floor: -60}
  - {id: E, text: "e", max: 10, linear: {of: done / due, grid: 0.25}}
  - {id: F, text: "f", max: 10, bands: {of: done / due, at: [{from: 85%, points: all}, {from: 60%, below: 85%, linear: {to: 85%}}, {below: 60%, points: 0}]}}
rescale: true
"""
FUNCTIONS = """
holidays: [2026-06-19, 2026-06-22, 2026-06-27]
attributes:
  area: {label: "Địa bàn", levels: ["miền núi", "đồng \\"bằng\\" hẹp", "2"]}
  cum: {label: "Cụm", type: text}
measures:
  a: {label: "A", decimals: 2, at_least: none}
  b: {label: "B", decimals: 1, default: 2.5}
  c: {label: "C", silent: 0}
  d: {label: "D", unit: "%", blank: not_applicable}
  signed: {label: "Y", type: yes_no}
  other: {label: "Z", type: yes_no, default: no}
  from_day: {label: "Từ", type: date}
  to_day: {label: "Đến", type: date}
quantities: {line: {label: "Q", linear: {of: a, from: -2, to: 10}, max: 3}}
tree:
  - {id: N1, text: "1", max: 30, value: "abs(a) + floor(a) / 2 + ceil(b)"}
  - {id: N2, text: "2", max: 30, value: "round(a / 3, 1) * max(b, 1, c) - min(a, b) / 7"}
  - {id: N3, text: "3", max: 30, value: "if(signed or a > 3, default(a, c), pick(area, 'miền núi'=1, 'đồng \\"bằng\\" hẹp'=2.5, '2'=3))"}
  - {id: N4, text: "4", max: 10, full: "not (signed and known(a)) and cum in ('Cụm 1', 'Cụm \\"3')"}
  - {id: N5, text: "5", max: 10, value: "workdays(from_day, to_day) + 5"}
  - {id: N6, text: "6", max: 10, value: "days(from_day, on(25, 6)) / 3"}
  - {id: N7, text: "7", max: 10, when: "area != '2' or other", value: "line + 1 / (a - b)"}
  - {id: N8, text: "8", max: 10, full: "(signed = other) and d <= 40% and area >= 'miền núi'"}
  - {id: N9, text: "9", max: 10, linear: {of: "a / (b - 2.5)", when_zero: full}, less: [{count: c, each: 0.3, cap: 2}], plus: [{full: signed, max: 1}]}
"""


def own_set(body: str) -> CriteriaSet:
    return load_text(HEAD + body)


def half_table(criteria: CriteriaSet) -> Table:
    """Every ratio up to 48 that makes half a hundredth of a point, and others beside."""
    rows = []
    for due in range(1, 49):
        for done in range(due + 2):
            marks = (
                Fraction(168, 10) * done / due,
                Fraction(56, 10) * done * 10 / (8 * due),
                Fraction(10) * done * 100 / (85 * due),
            )
            if (
                any((mark * 100) % 1 == Fraction(1, 2) for mark in marks)
                or done * 20 == due * 17
                or (done * due) % 43 == 5
            ):
                rows.append((done, due))
    wanted = {
        "done": [done for done, _ in rows],
        "due": [due for _, due in rows],
        "rate": [(place * 37) % 10001 for place in range(len(rows))],
        "index": [(place * 85) % 40000 - 20000 for place in range(len(rows))],
    }
    columns = {name: Column(np.array(values, dtype=np.int64)) for name, values in wanted.items()}
    return Table([f"X{place:03d}" for place in range(len(rows))], columns)


def random_cases(count: int) -> list[Any]:
    """Random sets with random tables, the same every time."""
    found: list[Any] = []
    kinds = [strategies.cases(), strategies.cases(edge=True), strategies.expression_cases(), strategies.rank_cases()]

    @seed(2026)
    @settings(
        max_examples=count,
        deadline=None,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(*kinds, *(strategies.shape_cases(shape) for shape in strategies.SHAPES)))
    def collect(case: Any) -> None:
        found.append(case)

    collect()
    return found


def catalog_jobs() -> Iterator[Job]:
    for path in [*CATALOG_SETS, *OTHER_SETS]:
        criteria, problems = read_set(path)
        assert criteria is not None, problems
        table, before = random_table(criteria, path.stem, 40), random_table(criteria, path.stem + "/before", 34)
        made = job(f"catalog/{path.stem}", criteria, table, before, period="2026")
        yield made
        yield Job(f"values/{path.stem}", made.result, figures=False)


def example_jobs() -> Iterator[Job]:
    for example in EXAMPLES:
        result, problems = run(example)
        assert result is not None, problems
        closed, period = "--closed" in example.options, (example.option("--period") or ["2026-06"])[0]
        before = read_table(example.previous, result.set, only=())[0] if example.previous else None
        yield Job(f"example/{example.name}", result, before, closed)
        yield Job(f"values/{example.name}", result, before, closed, figures=False)
        table, earlier = (
            random_table(result.set, example.name, 14),
            random_table(result.set, example.name + "/before", 10),
        )
        yield job(f"random/{example.name}", result.set, table, earlier, closed=closed, period=period)


def _claims(case: Any) -> dict[str, dict[str, str]]:
    return {
        node: {candidate: state for candidate, state in said.items() if state == "not_applicable"}
        for node, said in case.decisions.items()
    }


def own_jobs() -> Iterator[Job]:
    for mode in ("half_up", "half_even", "down", "up"):
        criteria = own_set(HALVES.replace("MODE", mode))
        yield job(f"halves/{mode}", criteria, half_table(criteria))
    criteria = own_set(FUNCTIONS)
    for closed in (False, True):
        yield job(
            f"functions/{closed}", criteria, random_table(criteria, f"f{closed}", 60), closed=closed, period="2026"
        )
    for number, case in enumerate(random_cases(130)):
        try:
            result = engine(replace(case, decisions=_claims(case)))  # a form knows claims, not what bodies conclude
        except ProblemsFound:
            continue
        if any(
            abs(int(v)) > 10**12 for c in result.root.table.columns.values() for v in c.values if not isinstance(v, str)
        ):
            continue  # beyond the 15 digits of a spreadsheet
        before = result.root.before.table if result.root.before is not None else None
        yield Job(f"generated/{number}", result, before, case.closed)


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Job]:
    office = find_office()
    found = {each.name: each for each in (*catalog_jobs(), *example_jobs(), *own_jobs())}
    recalculated(list(found.values()), office, tmp_path_factory.mktemp("cong-thuc"))
    return found


def of_kind(jobs: dict[str, Job], kind: str) -> list[Job]:
    return [each for name, each in jobs.items() if name.startswith(kind + "/")]


@pytest.mark.parametrize("kind", ["catalog", "values", "example", "random", "halves", "functions", "generated"])
def test_libreoffice_agrees_with_the_engine(jobs: dict[str, Job], kind: str) -> None:
    """Points, maxima in force, shares, whether something waits, places: every cell."""
    chosen = of_kind(jobs, kind)
    wrong = [line for each in chosen for line in objections(each)]
    assert chosen and wrong == [], "\n".join(wrong[:40])


def test_every_set_of_the_catalogue_is_said(jobs: dict[str, Job]) -> None:
    """All but what reads item tables and pools; without figures every part and total still is."""
    for path in [*CATALOG_SETS, *OTHER_SETS]:
        assert set(jobs[f"catalog/{path.stem}"].unsaid) == CATALOG_UNSAID.get(path.stem, set()), path.stem
        bare = jobs[f"values/{path.stem}"]
        assert set(bare.unsaid) == {leaf.id for leaf in bare.criteria.leaves()} - {"C3.class", "C3.place"} | (
            {"C3.place"} if path.stem == "c-xa-phuong" else set()
        )
    leaves = [(path.stem, leaf.id) for path in CATALOG_SETS for leaf in jobs[f"catalog/{path.stem}"].criteria.leaves()]
    assert len(leaves) >= 60 and sum(map(len, CATALOG_UNSAID.values())) * 8 < len(leaves)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.name in PUBLIC], ids=lambda e: e.name)
def test_functions_give_what_they_should(jobs: dict[str, Job], example: Example) -> None:
    """What the folder of a function expects, as the sheet computes it."""
    each = jobs[f"example/{example.name}"]
    assert set(each.unsaid) == FUNCTIONS_UNSAID.get(example.name, ("", set()))[1]
    places = each.criteria.places
    nodes = {node.id for node in each.criteria.printed_nodes()}
    for line in csv.DictReader(io.StringIO(example.expected.strip())):
        row = each.result.ids.index(line["id"])
        wanted = {key: value for key, value in line.items() if key in nodes or key in ("total", "maximum", "rank")}
        for key, value in wanted.items():
            column = {"total": "points:", "maximum": "maximum:", "rank": "rank"}.get(key, f"points:{key}")
            found = each.values[column][row]
            if key == "rank":
                assert (str(found) if found else "") == value or all(v is None for v in each.values["rank"])
            else:
                number = Fraction(str(found)) if isinstance(found, int | float) else Fraction(0)
                assert show_decimal(number, places) == value, (line["id"], key, found)


def test_the_referee_looks_at_something(jobs: dict[str, Job]) -> None:
    """Half cases, every state, ranks with ties and cells that wait do occur; a wrong number is objected to."""
    halves = jobs["halves/half_up"]
    exact = [
        Fraction(168 * int(done), 10 * int(due)) * 100
        for done, due in zip(
            halves.result.root.table.columns["done"].values, halves.result.root.table.columns["due"].values, strict=True
        )
        if done <= due
    ]
    assert sum(mark % 1 == Fraction(1, 2) for mark in exact) >= 10
    seen = {"said": 0, "open": 0, "ranked": 0, "kad": 0, "empty": 0}
    for each in jobs.values():
        for key, values in each.values.items():
            if key.startswith("points:"):
                seen["said"] += sum(isinstance(value, int | float) for value in values)
                seen["kad"] += values.count("KAD")
                seen["empty"] += sum(value in (None, "") for value in values)
            elif key.startswith("open:"):
                seen["open"] += sum(value is True for value in values)
            elif key == "rank":
                seen["ranked"] += sum(isinstance(value, int) for value in values)
    assert min(seen.values()) > 1000, seen
    assert any(each.result.tied.any() and any(each.values["rank"]) for each in of_kind(jobs, "generated"))
    each = jobs["example/thresholds"]
    kept = each.values["points:A"][0]
    each.values["points:A"][0] = kept + 0.01
    assert len(objections(each)) == 1
    each.values["points:A"][0] = kept
