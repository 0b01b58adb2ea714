"""Random but plausible tables for any criteria set. Nobody in them exists."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.exact import show_decimal
from criteria.expressions import kinds
from criteria.inputs import Input, TableInputs
from scoring.result import ILLUSTRATION

Rows = list[dict[str, str]]
_UNWANTED = ("sự cố", "vi phạm", "lỗi")


@dataclass
class Illustration:
    """Tables as texts: what a unit would have typed."""

    table: Rows
    items: dict[str, Rows] = field(default_factory=dict)
    previous: Rows | None = None


def illustrate(
    criteria: CriteriaSet, seed: int, year: int, count: int = 24, prefix: str | None = None, first: int = 1
) -> Illustration:
    """The same seed, set and year give the same tables. count: candidates; their ids are the prefix and a number from `first`."""
    rng = random.Random(f"{criteria.id}/{seed}/{year}")
    skills = [rng.betavariate(5, 2) for _ in range(count)]
    head = criteria.declaration.group.upper() if prefix is None else prefix
    names = [f"{_noun(criteria)} minh họa {number:02d}" for number in range(first, first + count)]
    ids = [f"{head}{number:02d}" for number in range(first, first + count)]
    fixed = [
        {
            name: _value(rng, criteria.inputs[name], 0.5, year, {})
            for name in criteria.attributes
            if name in criteria.inputs
        }
        for _ in ids
    ]
    table = [
        _row(rng, criteria.inputs, ident, name, skill, year, attributes)
        for ident, name, skill, attributes in zip(ids, names, skills, fixed, strict=True)
    ]
    previous = [
        _row(rng, criteria.inputs, ident, name, skill * 0.9, year - 1, attributes)
        for ident, name, skill, attributes in zip(ids, names, skills, fixed, strict=True)
    ]
    items = {name: _items(rng, declared, ids, skills, year) for name, declared in criteria.tables.items()}
    return Illustration(table, items, previous)


def _noun(criteria: CriteriaSet) -> str:
    """What a candidate of the group is called."""
    return {
        "a": "Sở, ngành",
        "b": "Tổ chức",
        "c": "Xã",
        "d": "Đơn vị trực thuộc",
        "đ": "Doanh nghiệp",
        "e": "Cá nhân",
    }.get(criteria.declaration.group, "Đối tượng")


def _row(
    rng: random.Random,
    inputs: Mapping[str, Input],
    ident: str,
    name: str,
    skill: float,
    year: int,
    attributes: dict[str, str],
) -> dict[str, str]:
    row = {"id": ident, "name": name}
    values: dict[str, Fraction] = {}
    for column in sorted(inputs.values(), key=lambda c: isinstance(c.at_most, str)):  # what bounds others first
        if column.name in attributes:
            row[column.name] = attributes[column.name]
            continue
        chance = rng.random()
        if chance < 0.015:
            row[column.name] = ""
        elif chance < 0.02:
            row[column.name] = "KAD"
        else:
            row[column.name] = _value(rng, column, skill, year, values)
    ordered = {"id": ident, "name": name, **{key: row[key] for key in inputs}}
    return {**ordered, ILLUSTRATION: ILLUSTRATION}


def _value(rng: random.Random, column: Input, skill: float, year: int, values: dict[str, Fraction]) -> str:
    """One cell, the better the higher the skill."""
    luck = min(max(rng.gauss(skill, 0.15), 0.0), 1.0)
    if column.kind.name == kinds.TRUTH:
        return "có" if rng.random() < 0.55 + 0.43 * skill else "không"
    if column.kind.name == kinds.LEVEL:
        return column.kind.levels[min(int(luck * len(column.kind.levels)), len(column.kind.levels) - 1)]
    if column.kind.name == kinds.DAY:
        return (date(year, 3, 1) + timedelta(days=int((1 - luck) * 200))).strftime("%d/%m/%Y")
    if column.kind.name == kinds.TEXT:
        return f"Cụm {rng.randint(1, 3)}"
    low, high = _bounds(column, values)
    if column.kind.unit and column.kind.unit[0][0] in _UNWANTED:  # the better, the fewer
        luck, high = (0.0 if rng.random() < 0.5 + 0.5 * skill else luck), low + 2
    if isinstance(column.at_most, str) and rng.random() < skill * 0.6:
        luck = 1.0  # everything that was asked is done
    grid = column.grid or Fraction(1, 10**column.decimals)
    steps = int((high - low) / grid)
    value = low + grid * min(int(Fraction(luck) * steps + Fraction(1, 2)), steps)
    values[column.name] = value
    return show_decimal(value, column.decimals).replace(".", ",")


def _bounds(column: Input, values: dict[str, Fraction]) -> tuple[Fraction, Fraction]:
    factor = 100 if column.kind.percent else 1
    low = column.at_least * factor if isinstance(column.at_least, Fraction) else Fraction(0)
    if isinstance(column.at_most, str):
        return low, max(values.get(column.at_most, Fraction(10)), low)
    if isinstance(column.at_most, Fraction):
        return low, column.at_most * factor
    unit = column.kind.unit[0][0] if column.kind.unit else ""
    likely = {"đồng": 20_000_000_000, "triệu đồng": 20_000, "tỷ đồng": 50, "điểm": 100, "người": 60}
    return low, low + (100 if column.kind.percent else likely.get(unit, 4) * (20 if "oanh thu" in column.label else 1))


def _items(rng: random.Random, declared: TableInputs, ids: list[str], skills: list[float], year: int) -> Rows:
    rows: Rows = []
    for ident, skill in zip(ids, skills, strict=True):
        for number in range(1, rng.randint(2, 9)):
            row = {"id": ident}
            if declared.key:
                row[declared.key] = f"{number:02d}"
            day = date(year, 1, 1) + timedelta(days=rng.randint(30, 330))
            for column in declared.columns.values():
                row[column.name] = _item_value(rng, column, skill, year, day)
            rows.append({**row, ILLUSTRATION: ILLUSTRATION})
    return rows


def _item_value(rng: random.Random, column: Input, skill: float, year: int, due: date) -> str:
    """Dates of a task turn around its deadline; the first date of a row is the deadline itself. What has a default mostly has it."""
    if column.default is not None and rng.random() < 0.9:
        return _default(column, column.default)
    if column.kind.name != kinds.DAY:
        return f"Việc {rng.randint(1, 5)}" if column.kind.name == kinds.TEXT else _value(rng, column, skill, year, {})
    if column.name in ("due", "deadline"):
        return due.strftime("%d/%m/%Y")
    if rng.random() > 0.4 + 0.6 * skill:
        return ""
    return (due + timedelta(days=int(rng.gauss(2 - 12 * skill, 8)))).strftime("%d/%m/%Y")


def _default(column: Input, value: int | bool) -> str:
    """What an empty cell means, written out."""
    if isinstance(value, bool) or column.kind.name == kinds.TRUTH:
        return "có" if value else "không"
    if column.kind.name == kinds.LEVEL:
        return column.kind.levels[value]
    return show_decimal(Fraction(value, 10**column.decimals), column.decimals).replace(".", ",")
