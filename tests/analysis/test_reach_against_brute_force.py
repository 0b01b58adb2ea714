"""Shortest paths on small random sets: as few levers and as little effort as trying every value of every lever finds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.loading import load_text
from records.scored.levers import levers_of
from scoring import score
from scoring.analysis.reach.paths import Asked, reach
from scoring.tables import Column, Table
from tests.oracle.reach import Trial

HEAD = """
criteria_set: nho
title: "Bộ tiêu chí nhỏ"
group: a
valid_from: 2026-01-01
bases:
  - {id: qd, document: "Quyết định", number: "1/QĐ-UBND", date: 2025-12-15, issuer: "Ủy ban nhân dân tỉnh"}
clause: {basis: qd, place: "Điều 1"}
verified_by: so-noi-vu
points: {places: 2}
"""


@st.composite
def worlds(draw: Any) -> tuple[str, dict[str, list[int]], int]:
    """A set, the columns of its table, the level looked for."""
    count = draw(st.integers(2, 4))
    names = [f"m{n}" for n in range(count)]
    bounds = {name: draw(st.integers(1, 5)) for name in names}
    meet = draw(st.sampled_from(["no", "sum", "min", "ratio", "both"])) if count > 2 else "no"
    lines = ["measures:"]
    for n, name in enumerate(names):
        bound = "m0" if meet == "ratio" and n == 1 else str(bounds[name])
        lever = ", lever: up" if meet == "ratio" and n == 0 else ""
        lines.append(f'  {name}: {{label: "Chỉ tiêu {n}", unit: việc, at_most: {bound}{lever}}}')
    lines.append("tree:")
    together = {
        "sum": "value: 2 * m0 + m1",
        "min": 'count: {of: "min(m0, m1)", each: 5}',
        "ratio": "value: if(m0 > 0, 10 * m1 / m0, 0)",
    }
    if meet == "both":
        together["both"] = (
            f"full: m0 >= {draw(st.integers(1, bounds['m0']))} and m1 >= {draw(st.integers(1, bounds['m1']))}"
        )
    leaves = []
    if meet != "no":
        leaves.append(f"    {together[meet]}\n    max: 20")
        if meet == "ratio":
            leaves.append("    linear: {of: m0 / " + str(bounds["m0"]) + "}\n    max: 20")
    for name in names[2 if meet != "no" else 0 :]:
        bound = bounds[name]
        step = draw(st.integers(1, bound))
        leaves.append(
            draw(
                st.sampled_from(
                    [
                        f"    linear: {{of: {name} / {bound}}}\n    max: 20",
                        f"    count: {{of: {name}, each: 3.5, cap: 20}}\n    max: 20",
                        f"    full: {name} >= {step}\n    max: 20",
                        f"    bands: {{of: {name}, at: [{{below: {step}, points: 1}}, {{from: {step}, points: all}}]}}\n    max: 20",
                        f"    full: true\n    max: 20\n    less: [{{count: {bound} - {name}, each: 1.5, text: Thiếu}}]",
                    ]
                )
            )
        )
    combine = draw(st.sampled_from(["sum", "best", "mean", "{any_of: 2}"]))
    blocks = [f'  - id: T{n}\n    text: "Tiêu chí {n}"\n{leaf}' for n, leaf in enumerate(leaves)]
    if combine != "sum" and len(blocks) >= 2:
        inner = "\n".join("    " + line for block in blocks[:2] for line in block.splitlines())
        part = f'  - id: P\n    text: "Phần"\n    max: 20\n    combine: {combine}\n    children:\n{inner}'
        blocks = [part, *blocks[2:]]
    lines += blocks
    last = names[-1]
    extra = draw(st.sampled_from(["", "gate", "cap", "share"])) if leaves[-1].lstrip().startswith("linear") else ""
    if extra == "gate":
        lines.append(f'gate: {{need: {last} >= {draw(st.integers(1, bounds[last]))}, say: "Chưa đủ"}}')
    if extra == "cap":
        lines.append(
            f'cap_grade: {{need: {last} >= {draw(st.integers(1, bounds[last]))}, at_most: "Đạt", say: "Chưa đủ"}}'
        )
    also = " and every(share >= 30%)" if extra == "share" else ""
    high = draw(st.integers(8, 60))
    lines += [
        "grades:",
        f'  - {{name: "Tốt", need: total >= {high}{also}}}',
        f'  - {{name: "Đạt", need: total >= {max(1, high // 2)}}}',
        f'  - {{name: "Chưa đạt", need: total < {max(1, high // 2)}}}',
        "rank: {by: total}",
    ]
    columns: dict[str, list[int]] = {}
    rows = draw(st.integers(1, 2))
    for name in names:
        columns[name] = [draw(st.integers(0, bounds[name])) for _ in range(rows)]
    if meet == "ratio":
        columns["m1"] = [min(a, b) for a, b in zip(columns["m0"], columns["m1"])]
    return HEAD + "\n".join(lines) + "\n", columns, draw(st.integers(0, 1))


def table_of(columns: dict[str, list[int]]) -> Table:
    size = len(next(iter(columns.values())))
    return Table(
        [f"X{n}" for n in range(size)], {name: Column(np.array(v, dtype=np.int64)) for name, v in columns.items()}
    )


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_fewest_levers_and_least_effort(world: tuple[str, dict[str, list[int]], int]) -> None:
    text, columns, target = world
    criteria = load_text(text)
    table = table_of(columns)
    levers = levers_of(criteria).levers
    names = [lever.name for lever in levers]
    result = score(criteria, table)
    for row, found in enumerate(reach(result, levers, Asked(grade=criteria.grade_names[target]))):
        trial = Trial(criteria, table, row, names)
        known = trial.best(target)
        assert not found.limited and not found.pooled
        if known is None:
            assert found.paths == () and found.most is not None and not found.most.reaches
            continue
        if known[0] == 0:
            assert found.target is None and found.paths == ()
            continue
        assert found.paths, (known, text)
        first = found.paths[0]
        assert (len(first.steps), first.effort) == known, text
        subsets = [{step.input.name for step in path.steps} for path in found.paths]
        assert all(not a <= b for a in subsets for b in subsets if a is not b)
        assert sorted((len(p.steps), p.effort) for p in found.paths) == [(len(p.steps), p.effort) for p in found.paths]
        for path in found.paths:
            values = {**trial.start, **{step.input.name: int(step.after) for step in path.steps}}
            assert set(values) == set(names) and all(values[n] >= trial.start[n] for n in names)
            assert all(values[n] <= trial.bound(n, values) for n in values if values[n] != trial.start[n])
            after = trial.scored(values)
            level = int(after.graded.level[row])
            assert 0 <= level <= target and path.grade == criteria.grade_names[level]
            assert path.total_after == after.candidate(table.ids[row]).total
            assert path.effort == sum((step.effort for step in path.steps), Fraction(0))
            for moved in [m for step in path.steps for m in step.criteria] + list(path.others):
                before, now = (r.points(moved.id).at(row) for r in (result, after))
                assert (moved.before, moved.after) == (before, now)
