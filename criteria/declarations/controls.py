"""Controls: conditions that stand apart from points."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from criteria.expressions.formula import Condition, Formula
from criteria.shapes.base import Declaration


class When(Declaration):
    """Whether a node applies."""

    need: Condition
    else_: Literal["exclude", "full", "zero"] = Field(default="exclude", alias="else")
    say: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"need": data} if isinstance(data, str) else data


class Control(Declaration):
    """gate, stop, zero, flag: the effect comes when `need` does not hold."""

    need: Condition
    say: str


class CapGrade(Declaration):
    """The grade is at most `at_most` when `need` does not hold; without need, always."""

    need: Condition | None = None
    at_most: Formula
    say: str

    @model_validator(mode="before")
    @classmethod
    def _plain_grade(cls, data: Any) -> Any:
        """at_most: Hoàn thành reads as the grade of that name."""
        from criteria.source import Located

        if isinstance(data, dict) and isinstance(text := data.get("at_most"), str):
            import re

            if not re.fullmatch(r"""\s*(?:["'].*["']|[A-Za-z_]\w*(?:\.\w+)?(?:\(.*\))?)\s*""", text, re.ASCII):
                quoted = (
                    Located(f'"{text}"', text.file, text.line, text.column)
                    if isinstance(text, Located)
                    else f'"{text}"'
                )
                return {**data, "at_most": quoted}
        return data


class Demote(Declaration):
    """Down by a number of grades, or to a grade, when `need` does not hold."""

    need: Condition
    by: int | None = Field(default=None, ge=1, le=20)
    to: str | None = None
    say: str
