"""movement.yaml: what is not points. Groups, bodies, tags, open questions, and which sets belong to which group."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from criteria.declarations.common import Basis
from criteria.shapes.base import Declaration


class Years(Declaration):
    """First and last year."""

    from_: int = Field(alias="from")
    to: int


class PartOf(Declaration):
    """The province that another became part of."""

    name: str
    from_: dt.date = Field(alias="from")
    bases: list[str] = Field(default_factory=list)


class Province(Declaration):
    """Whose movement it is."""

    name: str
    part_of: PartOf | None = None
    communes: int | None = None
    note: str | None = None


class Group(Declaration):
    """A group of candidates and its criteria sets."""

    letter: str
    prefix: str | None = None
    name: str
    place: str | None = None
    sets: list[str] = Field(default_factory=list)
    note: str | None = None


class Named(Declaration):
    """A tag, a body, an index, a kind of evidence."""

    id: str
    name: str
    place: str | None = None
    owner: str | None = None
    note: str | None = None


class Alternate(Declaration):
    """Who verifies when a verifying body is itself the candidate."""

    body: str
    instead: str
    status: Literal["proposal", "decided"] = "proposal"


class Question(Declaration):
    """What the documents leave open, and who can answer."""

    id: str
    question: str
    answered_by: list[str] = Field(default_factory=list)
    documents: list[str] = Field(default_factory=list)
    criteria: list[str] = Field(default_factory=list)
    source: str | None = None
    note: str | None = None


class Movement(Declaration):
    """An emulation movement (phong trào thi đua)."""

    id: str
    name: str
    full_name: str | None = None
    period: Years
    issuing_plan: str | None = None
    status: Literal["trial", "decided"] | None = None
    province: Province | None = None
    groups: list[Group] = Field(default_factory=list)
    tags: list[Named] = Field(default_factory=list)
    bodies: list[Named] = Field(default_factory=list)
    alternates: list[Alternate] = Field(default_factory=list)
    indexes: list[Named] = Field(default_factory=list)
    evidence_kinds: list[Named] = Field(default_factory=list)
    open_questions: list[Question] = Field(default_factory=list)
    note: str | None = None


class Documents(Declaration):
    """documents.yaml: the register of legal bases."""

    documents: list[Basis]
