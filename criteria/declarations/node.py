"""Nodes of the tree, and the entries of less and plus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from criteria.declarations.common import Accept, Carried, as_list
from criteria.declarations.controls import CapGrade, Control, Demote, When
from criteria.expressions.formula import Mark, Number
from criteria.shapes.base import Declaration
from criteria.shapes.registry import Shaped


class Entry(Carried, Shaped):
    """One loss or gain, or a group of them."""

    flat: ClassVar[tuple[str, ...]] = ("each", "start")

    id: str | None = None
    text: str | None = None
    when: When | None = None
    max: Mark | None = None
    cap: Mark | None = None
    floor: Mark | None = None
    grid: Number | None = None
    coefficient: Number | None = None
    items: list[Entry] = Field(default_factory=list)
    best: list[Entry] = Field(default_factory=list)
    one_of: list[Entry] = Field(default_factory=list)
    status: Literal["trial", "decided"] | None = None
    note: str | None = None

    @property
    def grouped(self) -> list[Entry]:
        return self.items or self.best or self.one_of

    def walk(self) -> Iterator[Entry]:
        yield self
        for item in self.grouped:
            yield from item.walk()


class EntryGroup(Declaration):
    """less or plus: entries, bounded together."""

    cap: Mark | None = None
    floor: Mark | None = None
    items: list[Entry] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"items": data} if isinstance(data, list) else data

    def walk(self) -> Iterator[Entry]:
        for item in self.items:
            yield from item.walk()


class Over(Declaration):
    """The node is evaluated once per row (or per value of `by`) of a table."""

    table: str
    take: Literal["mean", "sum", "best", "median"] = "mean"
    by: str | None = None
    cap: Mark | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"table": data} if isinstance(data, str) else data


class Combine(Declaration):
    """How the children make the node's points."""

    how: Literal["sum", "mean", "weighted", "best", "one_of", "any_of", "product"] = "sum"
    least: int = Field(default=1, ge=1)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"how": data}
        if isinstance(data, dict) and "any_of" in data:
            return {"how": "any_of", "least": data["any_of"], **{k: v for k, v in data.items() if k != "any_of"}}
        if isinstance(data, dict) and data.get("weighted") == "true":
            return {"how": "weighted", **{k: v for k, v in data.items() if k != "weighted"}}
        return data


class Branch(Carried, Shaped):
    """What a node and the root have in common."""

    combine: Combine = Field(default_factory=Combine)
    rescale: bool = False
    coefficient: Number | None = None
    ceiling: Mark | None = None
    floor: str | None = None
    less: EntryGroup | None = None
    plus: EntryGroup | None = None
    gate: list[Control] = Field(default_factory=list)
    stop: list[Control] = Field(default_factory=list)
    zero: list[Control] = Field(default_factory=list)
    cap_grade: list[CapGrade] = Field(default_factory=list)
    demote: list[Demote] = Field(default_factory=list)
    flag: list[Control] = Field(default_factory=list)
    accept: list[Accept] = Field(default_factory=list)
    status: Literal["trial", "decided"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _single(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        changed = {
            key: as_list(data[key])
            for key in ("gate", "stop", "zero", "cap_grade", "demote", "flag", "accept")
            if key in data
        }
        if data.get("ceiling") == "max":
            changed["ceiling"] = "all"
        return {**data, **changed}

    def entries(self) -> Iterator[Entry]:
        for group in (self.less, self.plus):
            if group is not None:
                yield from group.walk()


class Node(Branch):
    """A criterion (tiêu chí), a group or a part."""

    id: str
    text: str
    max: Mark | None = None
    unbounded: bool = Field(default=False, exclude=True)
    children: list[Node] = Field(default_factory=list)
    weight: Number | None = None
    grid: Number | None = None
    when: When | None = None
    over: Over | None = None
    tags: list[str] = Field(default_factory=list)
    reading: str | None = None
    shared_evidence: bool = False  # of a part: criteria below may rest on the same documents
    enabled: bool = True
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_max(cls, data: Any) -> Any:
        """max: none is a leaf without a mark of its own."""
        if isinstance(data, dict) and data.get("max") == "none":
            return {**{k: v for k, v in data.items() if k != "max"}, "unbounded": True}
        return data

    @property
    def parts(self) -> list[Node]:
        """The children in force."""
        return [child for child in self.children if child.enabled]

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.parts:
            yield from child.walk()
