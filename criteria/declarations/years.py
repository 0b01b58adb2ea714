"""What an occasion makes of the results of several periods; what reorganised bodies keep; who existed long enough for a place."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from criteria.declarations.common import as_list
from criteria.exact import NumeralError, read_decimal
from criteria.shapes.base import Declaration

Status = Literal["proposal", "decided"]
TieBreak = Literal["share_of_last", "total_of_last", "grade_of_last", "best_share", "least_share", "times_first"]
Inherited = Literal["none", "successor", "mean_of_predecessors", "best_of_predecessors"]


def _refused(code: str, message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("expression", "", {"code": code, "offset": 0, "message": message, "hint": hint})


def _weight(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    try:
        digits, places = read_decimal(str(value))
    except NumeralError as error:
        raise _refused(error.code, f"“{str(value)[:60]}” không phải một trọng số.", "Viết 1 hoặc 0.5.") from None
    return Fraction(digits, 10**places)


def _count(value: Any) -> int | None:
    text = str(value).strip() if value is not None else "all"
    if text == "all":
        return None
    if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) > 0:
        return int(text)
    raise _refused("wrong-value", f"“{text[:60]}” không phải một số kỳ.", "Viết all, hoặc số nguyên từ 1.")


Weight = Annotated[Fraction, PlainValidator(_weight)]
Count = Annotated[int | None, PlainValidator(_count)]


class MinimumGrade(Declaration):
    """A grade that has to be reached, or a better one. periods: in how many; None (all): in every one that counts."""

    grade: str
    periods: Count = None


class Consecutive(Declaration):
    """At least a grade in so many periods that follow one another without a day between them."""

    grade: str
    periods: int = Field(ge=2, le=40)


class Combination(Declaration):
    """How the results of several periods of a group become one.

    set: id of a criteria set, when only its results are meant. rounds: a part of the occasion's, in its order. until: a result
    published later does not count. missing: what a period without a published result does. unplaced: what a period does in which
    the candidate has a result but took no place. places, rounding: of the combined figure, in points or in percent.
    then: what decides between equal figures. decided_by: number and day of the document, when status is decided.
    """

    group: str
    set: str | None = None
    status: Status = "proposal"
    decided_by: str | None = None
    how: Literal["mean", "weighted", "last", "best", "sum"]
    of: Literal["total", "share"] = "share"
    weights: dict[str, Weight] = Field(default_factory=dict)
    weigh_by: Literal["periods", "days"] = "periods"
    rounds: list[str] = Field(default_factory=list)
    until: dt.date | None = None
    missing: Literal["wait", "left_out", "zero"] = "wait"
    unplaced: Literal["counts", "left_out", "unplaced"] = "unplaced"
    least_periods: int = Field(default=1, ge=1, le=40)
    minimum_grade: MinimumGrade | None = None
    consecutive: Consecutive | None = None
    places: int = Field(default=2, ge=0, le=6)
    rounding: Literal["half_up", "half_even", "down", "up"] = "half_up"
    then: list[TieBreak] = Field(default_factory=list)
    place: str | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        return {**data, "then": as_list(data["then"])} if isinstance(data, dict) and "then" in data else data


class InheritedResults(Declaration):
    """Whose results stand for a body in periods before it began: by what made it. One word stands for all kinds.

    merge: several bodies became one. split: one body became several. continued: one body became one other.
    A body that took another one in keeps its own results; a renamed body stays itself.
    """

    merge: Inherited = "none"
    split: Inherited = "none"
    continued: Inherited = "none"

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return dict.fromkeys(("merge", "split", "continued"), data) if isinstance(data, str) else data


class Inheritance(Declaration):
    """What a reorganised body keeps of those before it."""

    status: Status = "proposal"
    decided_by: str | None = None
    results: InheritedResults = Field(default_factory=InheritedResults)
    awards: Literal["none", "successor"] = "none"
    note: str | None = None


class PartYear(Declaration):
    """How many days of a year a body has to exist for a place; of a shorter round in proportion. otherwise: shown without a place,
    or not in the list at all."""

    status: Status = "proposal"
    decided_by: str | None = None
    least_days: int = Field(ge=1, le=365)
    otherwise: Literal["unplaced", "left_out"] = "unplaced"
    note: str | None = None
