"""Measures, attributes, item tables, settings, named quantities."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from criteria.expressions import kinds
from criteria.expressions.formula import Formula
from criteria.expressions.kinds import Kind, number
from criteria.shapes.base import Declaration
from criteria.shapes.registry import Shaped

NONE = "none"


class Measure(Declaration):
    """One thing that is reported (chỉ tiêu), an attribute of a candidate, or a column of an item table."""

    label: str | None = None
    unit: str | None = None
    decimals: int = Field(default=0, ge=0, le=9)
    type: Literal["number", "yes_no", "date", "text"] = "number"
    levels: list[str] = Field(default_factory=list)
    is_: Formula | None = Field(default=None, alias="is")
    at_least: str | None = None
    at_most: str | None = None
    default: str | None = None
    silent: str | None = None
    blank: Literal["not_applicable"] | None = None
    from_: str | None = Field(default=None, alias="from")
    roll: Literal["sum", "mean", "last", "max", "min"] | None = None
    lever: Literal["up", "down", "no"] | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"is": data} if isinstance(data, str) else data

    @property
    def kind(self) -> Kind:
        """The kind of the values, for a measure that is not derived."""
        if self.levels:
            return Kind(kinds.LEVEL, levels=tuple(self.levels))
        if self.type == "number":
            return number(self.unit)
        return {"yes_no": kinds.TRUTHS, "date": kinds.DAYS, "text": kinds.TEXTS}[self.type]


class TableDeclaration(Declaration):
    """An item table: several rows per candidate."""

    label: str
    key: str | None = None
    columns: dict[str, Measure] = Field(default_factory=dict)
    keys: list[str] = Field(default_factory=list)
    link: str | None = None
    single: bool = False
    note: str | None = None


class Setting(Declaration):
    """A named constant the province decides."""

    label: str
    value: str
    choices: list[str] = Field(default_factory=list)
    words: dict[str, str] = Field(default_factory=dict)  # what a choice means, for print
    note: str | None = None

    def shown(self, value: str) -> str:
        """A value as people read it."""
        return " ".join(self.words.get(value, value).split())


class NamedQuantity(Shaped):
    """An exact quantity with a name, printed beside the result."""

    of: Formula | None = None
    label: str
    show: Literal["number", "percent", "money"] = "number"
    places: int = Field(default=2, ge=0, le=9)
    max: Formula | None = None
    note: str | None = None
    _kind: Kind | None = PrivateAttr(default=None)
