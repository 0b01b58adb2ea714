"""A value of a declaration as it was written: one form to compare, one to show."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from criteria.differences.fields import words_of
from criteria.expressions.formula import Formula, Mark
from criteria.shapes.base import Declaration, Shape


def plain(text: str) -> str:
    """Without the line breaks and blanks of the file."""
    return " ".join(text.split())


def canonical(value: Any) -> Any:
    """What two values are compared by: everything that was written, nothing of where and in which line breaks."""
    if isinstance(value, Formula):
        return plain(_formula(value))
    if isinstance(value, Declaration):
        fields = type(value).model_fields
        return (type(value).__name__, tuple((name, canonical(getattr(value, name))) for name in fields))
    if isinstance(value, list):
        return tuple(canonical(item) for item in value)
    if isinstance(value, dict):
        return tuple((key, canonical(item)) for key, item in value.items())
    return plain(value) if isinstance(value, str) else value


def shown(value: Any, raw: bool = False) -> str:
    """The same for people; "" for what is not written. Expressions in words where their names are known; raw: as written."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        written = _numeral(plain(_formula(value)))
        in_words = value.bound and not raw and not (isinstance(value, Mark) and value.share is not None)
        return plain(value.term.formula()) if in_words and not written[:1].isdecimal() else written
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Declaration):
        return "; ".join(f"{name}: {text}" for name, text in _fields(value, raw))
    if isinstance(value, list):
        several = [f"({shown(item, raw)})" if isinstance(item, Declaration) else shown(item, raw) for item in value]
        return "; ".join(several)
    if isinstance(value, dict):
        return "; ".join(f"{plain(str(key))}: {shown(item, raw)}" for key, item in value.items())
    return plain(str(value))


def rule_words(shape: Shape | None, name: str) -> str:
    """A shape as its sentence; of a criterion that is switched off, whose names are not looked up, as written."""
    if shape is None:
        return ""
    if all(formula.bound for formula in shape.formulas()):
        return plain(shape.rule())
    return f"{name}: {shown(shape, raw=True)}"


def _numeral(text: str) -> str:
    """A bare number with the decimal comma that people write; anything else as it stands."""
    return text.replace(".", ",") if re.fullmatch(r"-?[0-9]+\.[0-9]+ ?%?", text) else text


def _formula(value: Formula) -> str:
    return value.written if isinstance(value, Mark) and value.share is not None else str(value.source)


def _fields(block: Declaration, raw: bool) -> list[tuple[str, str]]:
    """What differs from what holds when nothing is written."""
    found = []
    for name, declared in type(block).model_fields.items():
        value = getattr(block, name)
        default = declared.get_default(call_default_factory=True)
        if canonical(value) != canonical(default):
            found.append((words_of(name, type(block).__name__), shown(value, raw)))
    return found
