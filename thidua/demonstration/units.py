"""What the units of an illustrative round hand in: every form filled in with the figures that were made up for them."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from records.evidence.kinds import asked_of, evidence_kinds
from records.forms.layout import Layout
from records.workspace.folder import Workspace
from thidua.demonstration.days import Days
from thidua.demonstration.filling import Filled, fill_batch, fill_single
from thidua.demonstration.participants import Participants

INCOMING = "bieu-nop"  # where filled forms lie


class Units:
    """The units of one round."""

    def __init__(self, workspace: Workspace, made: Participants, period: str) -> None:
        self.made, self.period = made, period
        self.days = Days.of(workspace.movement, period)
        self.registers = tuple(workspace.movement.registers)
        self.kinds = evidence_kinds(workspace.movement, list({one.id: one for one in made.sets.values()}.values()))
        self.layouts = {one.id: Layout(one, self.registers) for one in made.sets.values()}
        groups = workspace.movement.groups
        self.batches = {(group.prefix or group.letter).lower() for group in groups if group.batch}

    def owner(self, form: Path) -> str | None:
        """The candidate of a single form; None for a batch form."""
        return None if form.parent.name in self.batches else form.name.partition("-")[0]

    def fill(self, form: Path) -> bytes:
        """A form filled in as it should be."""
        owner = self.owner(form)
        if owner is not None:
            return fill_single(form, self.filled(owner))
        return fill_batch(
            form, {ident: self.filled(ident) for ident in self.made.figures}, Filled(day=self.days.signed)
        )

    def filled(self, ident: str) -> Filled:
        """What a unit types."""
        criteria, row = self.made.sets[ident], self.made.figures[ident]
        layout = self.layouts[criteria.id]
        rng = random.Random(f"{ident}/{self.period}")
        figures: dict[str, str] = {}
        judged: dict[str, str] = {}
        claims: dict[str, str] = {}
        for line in layout.lines:
            if line.kind not in ("figure", "judged") or not row.get(line.key.partition(":")[2]):
                continue
            kind, _, name = line.key.partition(":")
            text = row[name]
            if text == "KAD":
                if line.node and kind == "measure":
                    claims[line.node] = "Đơn vị không có nội dung này (minh họa)"
                continue
            (figures if kind == "measure" else judged)[name] = text
        for line in layout.lines:  # who claims that a criterion does not apply gives no figures for it
            if line.node in claims and line.kind in ("figure", "judged"):
                figures.pop(line.key.partition(":")[2], None)
                judged.pop(line.key.partition(":")[2], None)
        evidence = [
            (
                node,
                self._kind(criteria, node, rng),
                f"{rng.randint(1, 900)}/BC-MH",
                self._day(rng),
                "Cơ quan minh họa",
                f"Tài liệu minh họa cho {node}",
            )
            for node in layout.criterion_ids
            if rng.random() < 0.5 and node not in claims
        ]
        return Filled(figures, judged, claims, evidence, number=f"{rng.randint(1, 99)}/BC-MH", day=self.days.signed)

    def _kind(self, criteria: CriteriaSet, node: str, rng: random.Random) -> str:
        """The name of a kind that the criterion asks for; the cell may stay empty where there is only one."""
        asked = list(dict.fromkeys(item.kind for item in asked_of(criteria, node)))
        if not asked:
            return next(iter(self.kinds.names.values()), "")
        return self.kinds.name(rng.choice(asked)) if len(asked) > 1 or rng.random() < 0.5 else ""

    def _day(self, rng: random.Random) -> str:
        first, last = self.days.documents
        return (first + timedelta(days=rng.randint(0, (last - first).days))).strftime("%d/%m/%Y")


def read_sets(workspace: Workspace) -> dict[str, list[tuple[str, CriteriaSet]]]:
    """By letter, file and set."""
    found: dict[str, list[tuple[str, CriteriaSet]]] = {}
    for group in workspace.movement.groups:
        read = [(file, workspace.read_set(file)[0]) for file in group.sets]
        found[group.letter] = [(file, criteria) for file, criteria in read if criteria is not None]
    return found
