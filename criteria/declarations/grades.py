"""Grades, quotas, ranks."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from criteria.declarations.common import as_list
from criteria.expressions.formula import Condition, Formula, Number
from criteria.shapes.base import Declaration


class Quota(Declaration):
    """How many may have a grade."""

    share: Number | None = None
    number: int | None = Field(default=None, ge=0)
    at_least: int = Field(default=0, ge=0)
    of: list[str] = Field(default_factory=lambda: ["evaluated"])
    per: Literal["pool", "all"] = "pool"
    round: Literal["down", "up", "half_up"] = "down"
    counted: Literal["before", "after"] = "before"

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        return {**data, "of": as_list(data["of"])} if isinstance(data, dict) and "of" in data else data


class Grade(Declaration):
    """A grade (mức xếp loại), or what happens when no need holds."""

    name: str | None = None
    need: Condition | None = None
    quota: Quota | None = None
    otherwise: str | None = None
    decided_by: str | None = None
    text: str | None = None
    note: str | None = None


class Rank(Declaration):
    """The order of candidates."""

    by: Formula = Field(default_factory=lambda: Number("total"))
    then: list[Formula] = Field(default_factory=list)
    ties: Literal["shared", "ask"] = "shared"
    within: Literal["grade"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"by": data}
        return {**data, "then": as_list(data["then"])} if isinstance(data, dict) and "then" in data else data
