"""What the register shows: items with their flags, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from criteria.problems import Problem
from records.evidence.flags import Flag, flags_of
from records.evidence.kinds import EvidenceKinds, evidence_kinds
from records.evidence.register import Item, Register, load_register, select, unknown_filters, within
from records.roster.roster import order
from records.rounds import Round
from records.workspace.folder import Workspace
from scoring.result import ILLUSTRATION


@dataclass(frozen=True)
class Listed:
    """One line: an item with its flags, or (item None) what is missing at a criterion."""

    candidate: str
    criterion: str
    item: Item | None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Listing:
    """lines: by candidate, then as in the form; what is missing after what was handed in. names: of candidates."""

    round: Round
    movement: str
    kinds: EvidenceKinds
    lines: Sequence[Listed]
    names: Mapping[str, str] = field(default_factory=dict)
    stamps: Sequence[str] = ()

    @property
    def items(self) -> int:
        return sum(line.item is not None for line in self.lines)

    @property
    def flags(self) -> int:
        return sum(len(line.flags) for line in self.lines)


def listing(
    workspace: Workspace, round_: Round, candidate: str = "", criterion: str = "", *, flagged: bool = False
) -> tuple[Listing | None, list[Problem]]:
    """The register of a round. criterion: one, or a part with all below it. flagged: only what somebody should look at."""
    register = load_register(workspace, round_)
    problems = unknown_filters(workspace, register, candidate, criterion)
    if problems:
        return None, problems
    lines: list[Listed] = []
    flags = flags_of(workspace, register)
    of_item: dict[int, list[Flag]] = {}
    missing: dict[str, list[Listed]] = {}
    for (who, node), found in flags.items():
        for flag in found:
            if flag.item is not None:
                of_item.setdefault(id(flag.item), []).append(flag)
            elif (not candidate or who == candidate) and (not criterion or within(node, criterion)):
                missing.setdefault(who, []).append(Listed(who, node, None, (flag,)))
    handed: dict[str, list[Listed]] = {}
    for item in select(register.items, candidate, criterion):
        own = tuple(of_item.get(id(item), ()))
        if own or not flagged:
            handed.setdefault(item.candidate, []).append(Listed(item.candidate, item.criterion, item, own))
    for who in sorted({*handed, *missing}, key=order):
        lines += [*handed.get(who, ()), *missing.get(who, ())]
    names = {line.candidate: register.name(line.candidate) for line in lines}
    movement = workspace.movement
    sets = [one.criteria for one in register.handed.values() if one.criteria is not None]
    return Listing(
        round_, movement.name, evidence_kinds(movement, sets), lines, names, _stamps(register, list(names))
    ), []


def _stamps(register: Register, candidates: Sequence[str]) -> list[str]:
    return [ILLUSTRATION] if register.roster.illustrated(candidates) else []
