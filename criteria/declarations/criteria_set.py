"""The file as a whole."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field, model_validator

from criteria.declarations.common import Basis, OpenQuestion, as_list
from criteria.declarations.grades import Grade, Rank
from criteria.declarations.measures import Measure, NamedQuantity, Setting, TableDeclaration
from criteria.declarations.node import Branch, Node
from criteria.exact import MODES
from criteria.expressions.formula import Number
from criteria.shapes.base import Declaration


class Points(Declaration):
    """places: decimals of a point. round_at: where rounding happens. max: the declared total."""

    places: int = Field(default=2, ge=0, le=6)
    rounding: Literal["half_up", "half_even", "down", "up"] = "half_up"
    round_at: Literal["leaf", "total", "print"] = "leaf"
    max: Number | None = None


class SetDeclaration(Branch):
    """A criteria set: the root node, and what its expressions may name."""

    criteria_set: str
    title: str | None = None
    group: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    status: Literal["trial", "decided"] | None = None
    illustration: bool = False
    bases: list[Basis | str] = Field(default_factory=list)
    points: Points = Field(default_factory=Points)
    attributes: dict[str, Measure] = Field(default_factory=dict)
    measures: dict[str, Measure] = Field(default_factory=dict)
    tables: dict[str, TableDeclaration] = Field(default_factory=dict)
    settings: dict[str, Setting] = Field(default_factory=dict)
    quantities: dict[str, NamedQuantity] = Field(default_factory=dict)
    holidays: list[dt.date] = Field(default_factory=list)
    pool: str | None = None
    tree: list[Node] | None
    grades: list[Grade] = Field(default_factory=list)
    rank: Rank | None = None
    extends: str | None = None
    remove: list[str] = Field(default_factory=list)
    open_questions: list[OpenQuestion] = Field(default_factory=list)
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _holiday_list(cls, data: Any) -> Any:
        return (
            {**data, "holidays": as_list(data["holidays"])} if isinstance(data, dict) and data.get("holidays") else data
        )

    @model_validator(mode="after")
    def _rank_by_total(self) -> SetDeclaration:
        """A set with a tree ranks by total unless it says otherwise."""
        if self.rank is None and self.tree:
            self.rank = Rank()
        return self

    @property
    def parts(self) -> list[Node]:
        """The top nodes in force."""
        return [node for node in self.tree or [] if node.enabled]


assert set(MODES) == {"half_up", "half_even", "down", "up"}
