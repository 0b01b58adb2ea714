"""Who takes part in the illustrative round, and what is entered about them: lists, tasks, indices, as tables an officer would type."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Group, Movement
from criteria.expressions import kinds
from records.forms.layout import Layout
from scoring.result import ILLUSTRATION
from thidua.demonstration.generator import Illustration, Known, Rows, Span, illustrate, illustrate_later

COUNT = 14  # candidates of a set
POOLS = 3


@dataclass
class Participants:
    """Tables as texts. figures: by candidate, the row of all its figures. sets, skills: by candidate."""

    rosters: dict[str, Rows] = field(default_factory=dict)
    tasks: Rows = field(default_factory=list)
    results: Rows = field(default_factory=list)
    indices: dict[str, Rows] = field(default_factory=dict)
    figures: dict[str, dict[str, str]] = field(default_factory=dict)
    sets: dict[str, CriteriaSet] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    skills: dict[str, float] = field(default_factory=dict)


def participants(
    movement: Movement, sets: dict[str, list[tuple[str, CriteriaSet]]], seed: int, year: int, count: int = COUNT
) -> Participants:
    """The same seed gives the same tables. sets: by letter, file and set."""
    rng = random.Random(f"{movement.id}/{seed}/{year}")
    found = Participants()
    batch = {group.batch for group in movement.groups if group.batch and group.batch != "parent"}
    heads = [group for group in movement.groups if not group.batch]
    for group in movement.groups:
        for number, (file, criteria) in enumerate(sets[group.letter]):
            made = illustrate(criteria, seed, year, count, group.prefix or group.letter.upper(), 1 + 50 * number)
            ids = [row["id"] for row in made.table]
            if batch and len(heads) > 1 and group is heads[1] and number == 0:  # who hands in for the enterprises
                renamed = dict(zip(ids[-len(batch) :], sorted(batch), strict=True))
                for row in made.table:
                    row["id"] = renamed.get(row["id"], row["id"])
                made.skills = {renamed.get(ident, ident): skill for ident, skill in made.skills.items()}
            _enter(found, movement, group, file, criteria, made, rng)
            _indices(found, movement, criteria, made)
            found.skills |= made.skills
            if "tasks" in made.items and not found.tasks:
                _tasks(found, made, rng)
    _units(found, found.rosters, rng)
    return found


def later(
    first: Participants, movement: Movement, seed: int, period: str, span: Span, start: date | None = None
) -> Participants:
    """The same bodies with the figures of another period; no list of them. start: tasks that fall due before it are not new."""
    rng = random.Random(f"{movement.id}/{seed}/{period}")
    found = Participants(sets=first.sets, managers=first.managers)
    for criteria in dict.fromkeys(one.id for one in first.sets.values()):
        here = {ident: one for ident, one in first.sets.items() if one.id == criteria}
        bound = next(iter(here.values()))
        known = {ident: _known(first, ident, bound) for ident in here}
        made = illustrate_later(bound, seed, period, span, known)
        found.figures |= {row["id"]: row for row in made.table}
        found.skills |= made.skills
        _indices(found, movement, bound, made)
        if "tasks" in made.items and not found.tasks:
            begins = start or span.first
            made.items["tasks"] = [row for row in made.items["tasks"] if _due(row) >= begins]
            _tasks(found, made, rng, f"{period}.")
    _units(found, first.rosters, rng)
    return found


def _known(first: Participants, ident: str, criteria: CriteriaSet) -> Known:
    row = first.figures[ident]
    return Known(row["name"], first.skills[ident], {name: row[name] for name in criteria.attributes if name in row})


def _due(row: dict[str, str]) -> date:
    return date(int(row["due"][6:]), int(row["due"][3:5]), int(row["due"][:2]))


def _enter(
    found: Participants,
    movement: Movement,
    group: Group,
    file: str,
    criteria: CriteriaSet,
    made: Illustration,
    rng: random.Random,
) -> None:
    kind = next((k.name for k in movement.body_kinds if k.group == group.letter and k.ended is None), "")
    managing = [ident for ident, bound in found.sets.items() if bound.declaration.group == movement.groups[0].letter]
    sub_types = [kind.name for kind in movement.sub_types if kind.set == file]
    rows = found.rosters.setdefault(group.letter, [])
    for number, row in enumerate(made.table):
        ident = row["id"]
        entry = {"id": ident, "name": row["name"], "kind": kind, "group": group.letter}
        if managing and (group.batch == "parent" or group is not movement.groups[0]):
            entry["parent"] = managing[number % 4] if group.batch == "parent" else managing[number % len(managing)]
        entry["pool"] = f"Cụm {1 + number % POOLS}"
        if sub_types:
            entry["sub_type"] = sub_types[number % len(sub_types)]
        entry["head"] = f"Thủ trưởng minh họa {rng.randint(1, 99):02d}"
        for name in criteria.attributes:
            if name != criteria.declaration.pool or criteria.inputs[name].kind.name != kinds.TEXT:
                entry[criteria.inputs[name].label] = row.get(name, "")
            elif name in row:
                row[name] = entry["pool"]
        entry["source"] = ILLUSTRATION
        entry[ILLUSTRATION] = ILLUSTRATION
        rows.append(entry)
        found.figures[ident] = row
        found.sets[ident] = criteria
        if group.batch:
            found.managers[ident] = entry["parent"] if group.batch == "parent" else group.batch


def _indices(found: Participants, movement: Movement, criteria: CriteriaSet, made: Illustration) -> None:
    layout = Layout(criteria, tuple(movement.registers))
    names = {index.id for index in movement.indexes}
    for measure, column in criteria.inputs.items():
        source = layout.source_of(measure)
        if not column.required or source not in names:
            continue
        rows = found.indices.setdefault(source or "", [])
        for row in made.table:
            if row[measure] not in ("", "KAD"):
                rows.append({"id": row["id"], "value": row[measure], ILLUSTRATION: ILLUSTRATION})


def _tasks(found: Participants, made: Illustration, rng: random.Random, prefix: str = "") -> None:
    """A register of tasks with their results, out of the rows of the item table. prefix: of their numbers."""
    for number, item in enumerate(made.items["tasks"], 1):
        found.tasks.append(
            {
                "no": f"{prefix}{number}",
                "content": f"Nhiệm vụ minh họa {prefix}{number:03d}",
                "lead": item["id"],
                "hạn": item["due"],
                "units": "",
                "source": ILLUSTRATION,
                ILLUSTRATION: ILLUSTRATION,
            }
        )
        if item["finished"]:
            found.results.append(
                {
                    "no": f"{prefix}{number}",
                    "body": item["id"],
                    "finished": item["finished"],
                    "document": f"Văn bản minh họa số {rng.randint(1, 900)}",
                    "accepted": item["accepted"] or "không",
                    ILLUSTRATION: ILLUSTRATION,
                }
            )


def _units(found: Participants, rosters: Mapping[str, Rows], rng: random.Random) -> None:
    """Every subordinate unit takes part in some tasks of its managing body."""
    children: dict[str, list[str]] = {}
    for rows in rosters.values():
        for row in rows:
            if row.get("parent") and row["id"] not in found.managers:
                children.setdefault(row["parent"], []).append(row["id"])
    for task in found.tasks:
        units = [unit for unit in children.get(task["lead"], []) if rng.random() < 0.8]
        task["units"] = "; ".join(units)
