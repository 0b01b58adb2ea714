"""Cells of the candidates' table and of item tables: text to exact values."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from .expressions import evaluate
from .values import (
    MISSING,
    NOT_APPLICABLE,
    Absent,
    Level,
    Seen,
    read_date,
    read_number,
    read_percent,
    read_truth,
)


def cell_of(row: dict[str, str], name: str, spec: dict | None = None) -> str:
    """The text under a name, or under its label. A column that is not there is empty."""
    for header in (name, (spec or {}).get("label")):
        if header in row:
            return (row[header] or "").strip()
    return ""


def read_cell(text: str, spec: dict) -> Any:
    """A filled cell by what its column declares; None if it is nothing of the kind."""
    text = text.strip()
    if text == "KAD":
        return NOT_APPLICABLE
    if "levels" in spec:
        order = tuple(str(name) for name in spec["levels"])
        return Level(text, order) if text in order else None
    kind = spec.get("type", "number")
    if kind == "number":
        number = read_number(text)
        return number / 100 if number is not None and spec.get("unit") == "%" else number
    return {"yes_no": read_truth, "date": read_date, "text": str}[kind](text)


def typed(seen: Seen, spec: dict) -> Seen:
    """A derived measure may declare levels: its words are then levels."""
    if "levels" not in spec or isinstance(seen.value, (Absent, Level)):
        return seen
    order = tuple(str(name) for name in spec["levels"])
    for name in order:
        if name == seen.value or read_number(name) == seen.value:
            return Seen(Level(name, order), seen.open)
    return seen


def stand_in(text: str, spec: dict, scope: Any) -> Seen:
    """What `default` and `silent` say an empty cell means: a cell, else an expression."""
    value = read_cell(text, spec)
    return evaluate(text, scope) if value is None else Seen(value)


def measure(name: str, spec: dict, row: dict[str, str], scope: Any, closed: bool) -> Seen:
    """One declared column of one row. A derived one is computed in the scope of that row."""
    if "is" in spec:
        return typed(evaluate(spec["is"], scope), spec)
    text = cell_of(row, name, spec)
    if text:
        return Seen(read_cell(text, spec))
    if "default" in spec:
        return stand_in(spec["default"], spec, scope)
    if "silent" in spec and closed:
        return stand_in(spec["silent"], spec, scope)
    return Seen(NOT_APPLICABLE if spec.get("blank") == "not_applicable" else MISSING)


def untyped(text: str) -> Any:
    """A key column or a setting: nobody declares what it holds."""
    text = str(text).strip()
    for reader in (read_percent, read_number, read_date):
        if (value := reader(text)) is not None:
            return value
    return {"yes": True, "true": True, "no": False, "false": False}.get(text, text)


def natural(key: str) -> tuple:
    """The order of keys: whole numbers by size, then words."""
    key = key.strip()
    return (0, int(key), key) if re.fullmatch("[0-9]+", key) else (1, 0, key)


def judged(text: str) -> Fraction | Absent | None:
    """A mark given by a person; None where nobody has given one."""
    text = text.strip()
    return NOT_APPLICABLE if text == "KAD" else read_number(text)
