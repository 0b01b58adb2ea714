"""movement.yaml: what is not points. Groups, bodies, tags, open questions, and which sets belong to which group."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from criteria.declarations.calendar import HolidayCalendar, Letterhead, TimeLimits
from criteria.declarations.common import Basis
from criteria.declarations.measures import Setting
from criteria.declarations.reporting import ClearPlans, Reporting
from criteria.declarations.retention import Retention
from criteria.declarations.years import Combination, Inheritance, PartYear
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
    batch: str | None = None  # who hands in one workbook for many: "parent", or the id of a body
    note: str | None = None


class Named(Declaration):
    """A tag, a body, an index, a kind of evidence."""

    id: str
    name: str
    place: str | None = None
    owner: str | None = None
    note: str | None = None


class VerifyingBody(Named):
    """A body that verifies criteria. roster: its id in the roster, when it is a candidate itself or stands above candidates."""

    roster: str | None = None


class Alternate(Declaration):
    """Who verifies when a verifying body is itself the candidate, stands above it, or is verified by it."""

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


class WithoutResult(Declaration):
    """What closing without result earns (docs/life.md).

    criterion: one criterion earns zero, or is left out of the maximum. everything: a candidate all of whose criteria are closed is
    shown without a place, or left out of the list.
    """

    criterion: Literal["zero", "left_out"]
    everything: Literal["unplaced", "left_out"]
    status: Literal["proposal", "decided"] = "proposal"
    place: str | None = None
    note: str | None = None


class Milestone(Declaration):
    """What every unit owes once, between two days; moved only with a reason (an entry of the workspace)."""

    id: str
    name: str
    from_: dt.date = Field(alias="from")
    to: dt.date
    place: str | None = None
    note: str | None = None


class Occasion(Declaration):
    """A review of several years (sơ kết, tổng kết: kind): its window, when it is held, the rounds it combines."""

    id: str
    name: str
    kind: Literal["so-ket", "tong-ket"] | None = None
    from_: dt.date = Field(alias="from")
    to: dt.date
    held_from: dt.date | None = None
    held_to: dt.date | None = None
    rounds: list[str] = Field(default_factory=list)
    combine: list[Combination] = Field(default_factory=list)
    place: str | None = None
    note: str | None = None


class BodyKind(Declaration):
    """A kind of body of the roster.

    role: candidate, class (a phrase that stands for many bodies), none (takes part, is not scored).
    group: the letter its bodies have unless the roster says otherwise. began, ended: the first and last day of the kind, where
    a law (bases) began or ended it. person: its bodies are persons. needs: fields of the roster that each of them must have.
    """

    name: str
    role: Literal["candidate", "class", "none"] = "candidate"
    group: str | None = None
    person: bool = False
    needs: list[str] = Field(default_factory=list)
    began: dt.date | None = None
    ended: dt.date | None = None
    bases: list[str] = Field(default_factory=list)
    note: str | None = None


class ClassLead(Declaration):
    """A class body that leads tasks, and the kinds of bodies that it stands for."""

    body: str
    kinds: list[str]
    note: str | None = None


class SubType(Declaration):
    """A sub-type of individuals and the criteria set they are scored with."""

    name: str
    set: str
    place: str | None = None


class Scope(Declaration):
    """Which candidates of a group take part: by setting, the areas that count for each choice (empty: all)."""

    group: str
    setting: str
    areas: dict[str, list[str]]
    note: str | None = None


class StartingData(Declaration):
    """Tables that come with the movement: facts with their source, imported on request."""

    rosters: list[str] = Field(default_factory=list)
    tasks: list[str] = Field(default_factory=list)


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
    bodies: list[VerifyingBody] = Field(default_factory=list)
    alternates: list[Alternate] = Field(default_factory=list)
    without_result: WithoutResult | None = None
    indexes: list[Named] = Field(default_factory=list)
    evidence_kinds: list[Named] = Field(default_factory=list)
    milestones: list[Milestone] = Field(default_factory=list)
    occasions: list[Occasion] = Field(default_factory=list)
    inheritance: Inheritance | None = None
    part_year: PartYear | None = None
    body_kinds: list[BodyKind] = Field(default_factory=list)
    class_leads: list[ClassLead] = Field(default_factory=list)
    sub_types: list[SubType] = Field(default_factory=list)
    scopes: list[Scope] = Field(default_factory=list)
    registers: list[str] = Field(default_factory=list)  # item tables of the sets that the task register fills
    models_measure: str | None = None  # of the sets: in which a unit reports how many models and good practices it has
    settings: dict[str, Setting] = Field(default_factory=dict)
    calendar: HolidayCalendar | None = None
    time_limits: TimeLimits = Field(default_factory=TimeLimits)
    letterhead: list[Letterhead] = Field(default_factory=list)
    reporting: list[Reporting] = Field(default_factory=list)
    clear_plans: ClearPlans | None = None
    retention: list[Retention] = Field(default_factory=list)
    data: StartingData = Field(default_factory=StartingData)
    open_questions: list[Question] = Field(default_factory=list)
    note: str | None = None


class Documents(Declaration):
    """documents.yaml: the register of legal bases."""

    documents: list[Basis]
