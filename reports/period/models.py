"""Models and good practices of the register (nhân tố mới, cách làm hay, gương điển hình) that a document of the period introduced."""

from __future__ import annotations

from dataclasses import dataclass

from records.models.register import KINDS, PERSON_KIND, models
from records.roster.roster import load_roster
from records.rounds import Window
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class KindCount:
    """One kind. units: how many introduced any. public: how many may be made known."""

    words: str
    number: int
    units: int
    public: int


@dataclass(frozen=True)
class Shown:
    """One that may be made known; never a person's example."""

    name: str
    words: str
    unit: str
    introduced_by: str


@dataclass(frozen=True)
class Registered:
    """kinds: those that occur, in the order of the register. shown: by kind and number."""

    kinds: tuple[KindCount, ...] = ()
    shown: tuple[Shown, ...] = ()
    illustration: bool = False

    @property
    def number(self) -> int:
        return sum(one.number for one in self.kinds)


def registered(workspace: Workspace, window: Window) -> Registered:
    found = models(workspace, window)
    if not found:
        return Registered()
    whole = load_roster(workspace)
    roster = whole.bodies
    own = {kind: [one for one in found if one.kind == kind] for kind in KINDS}
    return Registered(
        tuple(
            KindCount(words, len(own[kind]), len({one.unit for one in own[kind]}), sum(one.public for one in own[kind]))
            for kind, words in KINDS.items()
            if own[kind]
        ),
        tuple(
            Shown(
                one.name,
                one.kind_words,
                roster[one.unit].name(one.document_day) if one.unit in roster else one.unit,
                one.introduced_by,
            )
            for kind in KINDS
            for one in own[kind]
            if one.public and kind != PERSON_KIND and not one.person
        ),
        whole.illustrated(one.unit for one in found),
    )
