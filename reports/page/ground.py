"""What one set of the page is made of, whether it comes from an archive, from the ledger, or is open to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from records.life.at_stage import AtStage
from records.life.rights import FINAL
from records.scored.sets import ScoredSet
from reports.reasons.source import Source, SourceSet
from scoring.result import Result


@dataclass(frozen=True)
class OpenThing:
    """Something that is not settled. unit: id of a candidate, or of who might be one. criterion: "" when it is about the whole. since: a day.

    name: of who is no candidate yet. count: how many things stand in it."""

    unit: str
    criterion: str
    what: str
    who: str = ""
    since: str = ""
    name: str = ""
    count: int = 1


@dataclass(frozen=True)
class Interval:
    """From which place to which a unit can come when everything open goes for it, or against it. why: in a sentence."""

    best: int
    worst: int
    why: str = ""


@dataclass(frozen=True)
class Ground:
    """A criteria set of a group. group: its name. results: by stage, empty where stages are not shown. scored: its last stage, for who did
    what and for what may still come.

    stage: at which the numbers stand. open: what is not settled. notice: sentences above its ranking. public: only what anybody may read.
    """

    letter: str
    group: str
    source: Source
    one: SourceSet
    stamps: Sequence[str]
    results: Mapping[str, Result] = field(default_factory=dict)
    scored: ScoredSet | None = None
    stage: str = FINAL
    open: Sequence[OpenThing] = ()
    notice: Sequence[str] = ()
    public: bool = False

    @property
    def result(self) -> Result:
        return self.one.result

    @property
    def here(self) -> AtStage | None:
        return self.scored.here if self.scored is not None else None


@dataclass(frozen=True)
class Person:
    """Of a person proposed or awarded what may be published, and nothing else."""

    name: str
    post: str
    unit: str
    award: str


@dataclass(frozen=True)
class People:
    """The persons of a group on the public page."""

    letter: str
    group: str
    persons: Sequence[Person]
    stamps: Sequence[str] = ()
    notice: Sequence[str] = ()


@dataclass(frozen=True)
class Grounds:
    """Everything a page rests on. source: one sentence. receipt: by name. notes: what is not on the page, and why. stage: in words."""

    sets: Sequence[Ground]
    source: str
    receipt: Sequence[tuple[str, str]]
    stage: str
    notes: Sequence[str] = ()
    people: Sequence[People] = ()
