"""What a panel's conclusion rests on: the entries of the marks, named in its evidence. Asked by the one writer of scores."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from criteria.shapes.given import Given
from records.ledger.entries import Entry, gather
from records.life.standing import Standing
from records.workspace.folder import Workspace

ABSTAIN = "abstain"
_NAMED = re.compile(r"marks:([0-9]+(?:,[0-9]+)*)")


def naming(marks: Iterable[Entry]) -> str:
    """marks:12,15,18 — what stands in the evidence of a conclusion."""
    return "marks:" + ",".join(str(number) for number in sorted(entry.number for entry in marks))


def named(evidence: str) -> frozenset[int]:
    """The numbers of the entries that an evidence names; none when it names no marks."""
    found = _NAMED.fullmatch(evidence)
    return frozenset(int(text) for text in found[1].split(",")) if found else frozenset()


def rests_on(standing: Standing) -> frozenset[int]:
    """The marks that the last conclusion of a panel rests on; none when no panel has concluded."""
    conclusions = (entry for entry in reversed(standing.acts) if "/" not in entry.field)
    return next((numbers for entry in conclusions if (numbers := named(entry.evidence))), frozenset())


def is_mark(value: str) -> bool:
    """Neither taken back nor an abstention, which is no zero."""
    return bool(value) and value != ABSTAIN


def least(given: Given) -> int:
    """How many marks a set asks for. Of a trimmed mean something has to remain."""
    return max(given.at_least, 3) if given.take == "trimmed" else given.at_least


def standing_marks(workspace: Workspace, period: str, candidate: str, table: str, criterion: str) -> list[Entry]:
    """The last thing every assessor has said of one criterion of one candidate, abstentions left out; by assessor."""
    facts = gather(workspace.database.entries(f"mark:{period}/{candidate}")).get(f"mark:{period}/{candidate}")
    start = f"{table}/{criterion}/"
    last = [facts.history(name)[-1] for name in sorted(facts.fields) if name.startswith(start)] if facts else []
    return [entry for entry in last if is_mark(entry.value)]


def backed(workspace: Workspace, period: str, candidate: str, criterion: str, given: Given, evidence: str) -> bool:
    """Whether an evidence names enough marks that stand."""
    known = standing_marks(workspace, period, candidate, given.panel or "", criterion)
    numbers = named(evidence)
    return numbers <= {entry.number for entry in known} and len(numbers) >= least(given)


def steps(lowest: Fraction | None, highest: Fraction | None, grid: Fraction | None) -> str:
    """từ 0 đến 5 điểm, bước 0,25."""
    from criteria.exact import show_vietnamese

    said = [] if lowest is None else [f"từ {show_vietnamese(lowest)}"]
    said += [] if highest is None else [f"đến {show_vietnamese(highest)}"]
    text = " ".join([*said, "điểm"])
    return text if grid is None else f"{text}, bước {show_vietnamese(grid)}"
