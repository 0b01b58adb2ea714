"""Who takes part in the illustrative round, and what is entered about them: lists, tasks, indices, as tables an officer would type."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Group, Movement
from criteria.expressions import kinds
from records.forms.layout import Layout
from scoring.result import ILLUSTRATION
from thidua.demonstration.generator import Illustration, Rows, illustrate

COUNT = 14  # candidates of a set
POOLS = 3


@dataclass
class Participants:
    """Tables as texts. figures: by candidate, the row of all its figures. sets: by candidate."""

    rosters: dict[str, Rows] = field(default_factory=dict)
    tasks: Rows = field(default_factory=list)
    results: Rows = field(default_factory=list)
    indices: dict[str, Rows] = field(default_factory=dict)
    figures: dict[str, dict[str, str]] = field(default_factory=dict)
    sets: dict[str, CriteriaSet] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)


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
                ids = [row["id"] for row in made.table]
            _enter(found, movement, group, file, criteria, made, rng)
            _indices(found, movement, criteria, made)
            if "tasks" in made.items and not found.tasks:
                _tasks(found, made, rng)
    _units(found, rng)
    return found


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


def _tasks(found: Participants, made: Illustration, rng: random.Random) -> None:
    """A register of tasks with their results, out of the rows of the item table."""
    for number, item in enumerate(made.items["tasks"], 1):
        found.tasks.append(
            {
                "no": str(number),
                "content": f"Nhiệm vụ minh họa {number:03d}",
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
                    "no": str(number),
                    "body": item["id"],
                    "finished": item["finished"],
                    "document": f"Văn bản minh họa số {rng.randint(1, 900)}",
                    "accepted": item["accepted"] or "không",
                    ILLUSTRATION: ILLUSTRATION,
                }
            )


def _units(found: Participants, rng: random.Random) -> None:
    """Every subordinate unit takes part in some tasks of its managing body."""
    children: dict[str, list[str]] = {}
    for rows in found.rosters.values():
        for row in rows:
            if row.get("parent") and row["id"] not in found.managers:
                children.setdefault(row["parent"], []).append(row["id"])
    for task in found.tasks:
        units = [unit for unit in children.get(task["lead"], []) if rng.random() < 0.8]
        task["units"] = "; ".join(units)
