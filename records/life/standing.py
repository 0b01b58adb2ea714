"""How far every criterion of every candidate has come in a round: replayed from the ledger, never stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from records.forms.answers import EvidenceItem
from records.ledger.entries import Entry
from records.life.rights import AWAITED, CLOSED, EXPLAINED, FINAL, RETURNED, REVERIFIED, SELF, VERIFIED, VERIFIER
from records.workspace.folder import Workspace

HANDED_IN = "handed_in"
_FIGURES = ("measure:", "judged:", "row:")


@dataclass
class Standing:
    """One criterion of one candidate.

    state: see rights. passed: the stages it has a result of, in order. figures: by stage what differs from the stage before.
    applies: by stage whether people decided that it applies. body: who concluded or sent back last. before: the state that was
    left by closing. since: the day of the last change of state. acts: its entries, oldest first.
    """

    state: str = AWAITED
    passed: list[str] = field(default_factory=list)
    figures: dict[str, dict[str, str]] = field(default_factory=dict)
    applies: dict[str, bool] = field(default_factory=dict)
    evidence: list[EvidenceItem] = field(default_factory=list)
    explanation: str = ""
    deadline: date | None = None
    body: str = ""
    reason: str = ""
    source: str = ""
    before: str = ""
    since: str = ""
    acts: list[Entry] = field(default_factory=list)

    def take(self, name: str, entry: Entry) -> None:
        """Replay one entry. name: the field behind the criterion, "" for the state itself."""
        self.acts.append(entry)
        if not name:
            self._move(entry)
        elif name == "applies":
            self.applies[entry.stage] = entry.value == "yes"
        elif name == "explanation":
            self.explanation = entry.value
        elif name == "deadline":
            self.deadline = date.fromisoformat(entry.value)
        elif name.startswith("evidence:"):
            self.evidence.append(EvidenceItem(**json.loads(entry.value)))
        elif name.startswith(_FIGURES):
            self.figures.setdefault(entry.stage, {})[name] = entry.value

    def _move(self, entry: Entry) -> None:
        state, stage = entry.value, entry.stage
        if state == CLOSED:
            self.before = self.state
        elif state in (VERIFIED, REVERIFIED, EXPLAINED) and stage == state:
            self.figures[stage] = {}
            self.applies.pop(stage, None)
            if stage not in self.passed:
                self.passed.append(stage)
        elif state == RETURNED:
            for later in (EXPLAINED, REVERIFIED):  # asked again: what was said before stays in the ledger
                self.figures.pop(later, None)
                self.applies.pop(later, None)
                if later in self.passed:
                    self.passed.remove(later)
        self.state, self.reason, self.source = state, entry.reason, entry.source
        self.since = entry.valid_from.isoformat() if entry.valid_from is not None else entry.at[:10]
        if state in (VERIFIED, REVERIFIED, RETURNED) and entry.role == VERIFIER:
            self.body = entry.author

    @property
    def closed(self) -> bool:
        """Closed without result, and nobody has given it one since: after the official publication a revision may."""
        return self.state == CLOSED and FINAL not in self.figures and FINAL not in self.applies

    def has(self, stage: str) -> bool:
        """Whether the criterion has a result of its own, or one that stands, at a stage."""
        return bool(self.path(stage))

    def path(self, stage: str) -> tuple[str, ...]:
        """The stages whose figures lie one over the other at a stage, first the unit's; empty while it waits.

        verified → (self, verified). explained → (self, explained) where the unit explained, else as verified. reverified and
        final go on from there. A criterion that was sent back has nothing at `verified`.
        """
        if stage == SELF:
            return (SELF,)
        if stage == FINAL and self.state == CLOSED:
            return () if self.closed else (SELF, FINAL)
        if VERIFIED in self.passed:
            found: tuple[str, ...] = (SELF, VERIFIED)
        elif stage == VERIFIED or EXPLAINED not in self.passed:
            return ()
        elif stage == EXPLAINED:
            return (SELF, EXPLAINED)
        elif REVERIFIED in self.passed:
            found = (SELF, EXPLAINED, REVERIFIED)
        else:
            return ()
        return (*found, FINAL) if stage == FINAL else found

    def own(self, stage: str) -> bool:
        """Whether people concluded something at exactly this stage: what is printed side by side."""
        if stage == FINAL:
            return self.state == CLOSED or self.has(FINAL)
        return stage == SELF or stage in self.passed

    def value(self, key: str, handed_in: str, stage: str) -> str | None:
        """A figure at a stage; None while it waits."""
        path = self.path(stage)
        found: str | None = handed_in if path else None
        for step in path[1:]:
            found = self.figures.get(step, {}).get(key, found)
        return found

    def left_out_by(self, stage: str) -> Entry | None:
        """The entry by which a criterion does not apply at a stage; None when nobody has said so."""
        said = next((step for step in reversed(self.path(stage)) if step in self.applies), "")
        told = [act for act in self.acts if act.field.endswith("/applies") and act.stage == said]
        return told[-1] if told and told[-1].value == "no" else None

    def keys(self, stage: str) -> list[str]:
        """Figures of which people have said something up to a stage, in the order in which they did."""
        return list(dict.fromkeys(key for step in self.path(stage)[1:] for key in self.figures.get(step, {})))

    def decided(self, stage: str, claimed: bool) -> bool:
        """Whether the criterion applies at a stage, claimed: the unit says it does not."""
        applies = not claimed
        for step in self.path(stage)[1:]:
            applies = self.applies.get(step, applies)
        return applies


@dataclass
class Standings:
    """Every criterion of a round that something was written about. handed_in: candidates of whom something is stored."""

    period: str
    found: dict[tuple[str, str], Standing] = field(default_factory=dict)
    handed_in: set[str] = field(default_factory=set)

    def of(self, candidate: str, criterion: str) -> Standing:
        """A criterion's standing; one that nobody wrote about is awaited, or handed in."""
        known = self.found.get((candidate, criterion))
        if known is None:
            return Standing(SELF if candidate in self.handed_in else AWAITED)
        if known.state == AWAITED and candidate in self.handed_in:
            known.state = SELF
        return known

    def touched(self, candidate: str) -> list[str]:
        """Criteria of a candidate about which somebody has concluded something, so that no new form may replace the old."""
        return [
            criterion
            for (who, criterion), one in self.found.items()
            if who == candidate and one.state not in (AWAITED, SELF)
        ]


def load_standings(workspace: Workspace, period: str, entries: Iterable[Entry] | None = None) -> Standings:
    """Replay a round. entries: those of `score:PERIOD/`, when they are at hand."""
    told = workspace.database.entries(f"score:{period}/") if entries is None else entries
    found = Standings(period)
    for entry in told:
        candidate = entry.subject.partition("/")[2]
        criterion, _, name = entry.field.partition("/")
        if criterion == HANDED_IN:
            found.handed_in.add(candidate)
            continue
        standing = found.found.setdefault((candidate, criterion), found.of(candidate, criterion))
        standing.take(name, entry)
    return found


def concluded(workspace: Workspace, period: str, candidate: str) -> list[str]:
    """Criteria of one candidate about which somebody has concluded something."""
    subject = f"score:{period}/{candidate}"
    own = [entry for entry in workspace.database.entries(subject) if entry.subject == subject]
    return load_standings(workspace, period, own).touched(candidate)
