"""Random but plausible tables for any criteria set. Nobody in them exists."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.exact import show_decimal
from criteria.expressions import kinds
from criteria.expressions.terms import Measured, Term
from criteria.inputs import Input, TableInputs
from scoring.node_result import deep_terms
from scoring.result import ILLUSTRATION

Rows = list[dict[str, str]]
_UNWANTED = ("sự cố", "vi phạm", "lỗi")
_STEADY = 0.93  # how often what a gate asks is in order in later periods


@dataclass(frozen=True)
class Span:
    """A period that figures are about. days: how many."""

    first: date
    days: int

    @classmethod
    def year(cls, year: int) -> Span:
        return cls(date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days)

    def part(self, days: int) -> int:
        """So many days of a year, in proportion."""
        return days * self.days // 365 if self.days < 365 else days


@dataclass(frozen=True)
class Known:
    """Somebody who takes part already. attributes: texts by name of the input; skill: 0 to 1."""

    name: str
    skill: float
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Illustration:
    """Tables as texts: what a unit would have typed. skills: by candidate, 0 to 1."""

    table: Rows
    items: dict[str, Rows] = field(default_factory=dict)
    previous: Rows | None = None
    skills: dict[str, float] = field(default_factory=dict)


def illustrate(
    criteria: CriteriaSet, seed: int, year: int, count: int = 24, prefix: str | None = None, first: int = 1
) -> Illustration:
    """The same seed, set and year give the same tables. count: candidates; their ids are the prefix and a number from `first`."""
    rng = random.Random(f"{criteria.id}/{seed}/{year}")
    skills = [rng.betavariate(5, 2) for _ in range(count)]
    head = criteria.declaration.group.upper() if prefix is None else prefix
    names = [f"{_noun(criteria)} minh họa {number:02d}" for number in range(first, first + count)]
    ids = [f"{head}{number:02d}" for number in range(first, first + count)]
    span, before = Span.year(year), Span.year(year - 1)
    fixed = [
        {
            name: _value(rng, criteria.inputs[name], 0.5, span, {})
            for name in criteria.attributes
            if name in criteria.inputs
        }
        for _ in ids
    ]
    table = [
        _row(rng, criteria.inputs, ident, name, skill, span, attributes)
        for ident, name, skill, attributes in zip(ids, names, skills, fixed, strict=True)
    ]
    previous = [
        _row(rng, criteria.inputs, ident, name, skill * 0.9, before, attributes)
        for ident, name, skill, attributes in zip(ids, names, skills, fixed, strict=True)
    ]
    items = {name: _items(rng, declared, ids, skills, span) for name, declared in criteria.tables.items()}
    return Illustration(table, items, previous, dict(zip(ids, skills, strict=True)))


def illustrate_later(
    criteria: CriteriaSet, seed: int, period: str, span: Span, known: Mapping[str, Known]
) -> Illustration:
    """Those who are known already in another period: nobody becomes another one, everybody goes on a little better or worse.

    What gates read is mostly in order: a body that fails a gate in one period of six has no place at the end.
    """
    rng = random.Random(f"{criteria.id}/{seed}/{period}")
    skills = [min(max(one.skill + rng.gauss(0.02, 0.08), 0.05), 0.98) for one in known.values()]
    gated = gate_figures(criteria)
    table = []
    for (ident, one), skill in zip(known.items(), skills, strict=True):
        steady = frozenset(name for name in sorted(gated) if rng.random() < _STEADY)
        table.append(_row(rng, criteria.inputs, ident, one.name, skill, span, one.attributes, steady))
    items = {name: _items(rng, declared, list(known), skills, span) for name, declared in criteria.tables.items()}
    return Illustration(table, items, None, dict(zip(known, skills, strict=True)))


def gate_figures(criteria: CriteriaSet) -> frozenset[str]:
    """Names of the figures that gates and stops of a set read."""
    found: set[str] = set()
    for branch in (*criteria.printed_nodes(), criteria.declaration):
        for control in (*branch.gate, *branch.stop):
            found |= _read_by(criteria, control.need.term)
    return frozenset(found)


def _read_by(criteria: CriteriaSet, term: Term) -> set[str]:
    found: set[str] = set()
    for part in deep_terms(criteria, term, set()):
        if isinstance(part, Measured):
            derived = criteria.derived.get(part.name)
            found |= {part.name} if derived is None else _read_by(criteria, derived)
    return found


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
    span: Span,
    attributes: Mapping[str, str],
    steady: Collection[str] = (),
) -> dict[str, str]:
    row = {"id": ident, "name": name}
    values: dict[str, Fraction] = {}
    for column in sorted(inputs.values(), key=lambda c: isinstance(c.at_most, str)):  # what bounds others first
        if column.name in attributes:
            row[column.name] = attributes[column.name]
            continue
        if column.name in steady:
            row[column.name] = _in_order(rng, column, skill, span, values)
            continue
        chance = rng.random()
        if chance < 0.015:
            row[column.name] = ""
        elif chance < 0.02:
            row[column.name] = "KAD"
        else:
            row[column.name] = _value(rng, column, skill, span, values)
    ordered = {"id": ident, "name": name, **{key: row[key] for key in inputs}}
    return {**ordered, ILLUSTRATION: ILLUSTRATION}


def _in_order(rng: random.Random, column: Input, skill: float, span: Span, values: dict[str, Fraction]) -> str:
    """One cell of what a gate reads, as the gate would have it."""
    if column.kind.name == kinds.TRUTH:
        return "có"
    if column.kind.unit and column.kind.unit[0][0] in _UNWANTED:
        return "0"
    if isinstance(column.at_most, str) and column.at_most in values:
        return _number(column, values[column.at_most])
    return _value(rng, column, skill, span, values)


def _value(rng: random.Random, column: Input, skill: float, span: Span, values: dict[str, Fraction]) -> str:
    """One cell, the better the higher the skill."""
    luck = min(max(rng.gauss(skill, 0.15), 0.0), 1.0)
    if column.kind.name == kinds.TRUTH:
        return "có" if rng.random() < 0.55 + 0.43 * skill else "không"
    if column.kind.name == kinds.LEVEL:
        return column.kind.levels[min(int(luck * len(column.kind.levels)), len(column.kind.levels) - 1)]
    if column.kind.name == kinds.DAY:
        return (span.first + timedelta(span.part(59) + int((1 - luck) * span.part(200)))).strftime("%d/%m/%Y")
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
    return _number(column, value)


def _number(column: Input, value: Fraction) -> str:
    """A number as it is typed."""
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


def _items(rng: random.Random, declared: TableInputs, ids: list[str], skills: list[float], span: Span) -> Rows:
    rows: Rows = []
    for ident, skill in zip(ids, skills, strict=True):
        for number in range(1, rng.randint(2, 9)):
            row = {"id": ident}
            if declared.key:
                row[declared.key] = f"{number:02d}"
            day = span.first + timedelta(days=rng.randint(span.part(30), span.part(330)))
            for column in declared.columns.values():
                row[column.name] = _item_value(rng, column, skill, span, day)
            rows.append({**row, ILLUSTRATION: ILLUSTRATION})
    return rows


def _item_value(rng: random.Random, column: Input, skill: float, span: Span, due: date) -> str:
    """Dates of a task turn around its deadline; the first date of a row is the deadline itself. What has a default mostly has it."""
    if column.default is not None and rng.random() < 0.9:
        return _default(column, column.default)
    if column.kind.name != kinds.DAY:
        return f"Việc {rng.randint(1, 5)}" if column.kind.name == kinds.TEXT else _value(rng, column, skill, span, {})
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
