"""What a period came to, set by set: official where there is a publication, else as it stands (tạm tính)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from records.publication.published import Publication
from records.publication.results import rows
from records.roster.roster import load_roster
from records.scored.counted import CountedGroup
from records.workspace.folder import Workspace
from scoring.result import Result
from scoring.tables import Table

SCORED, LEFT_OUT = "scored", "not_applicable"
# What may be worded otherwise without changing what is scored.
_WORDS = frozenset(
    "title text note clause bases verified_by evidence accept reading tags status label valid_from valid_to say "
    "criteria_set shared_evidence".split()
)


@dataclass(frozen=True)
class Row:
    """One candidate. share: of the maximum in force, None when nothing is. criteria: points, maximum in force and state by leaf.

    unplaced: why it takes no place. provisional: something of it is still to come. models: what it reported, None when it did not.
    """

    id: str
    name: str
    pool: str
    total: Fraction
    maximum: Fraction
    share: Fraction | None
    grade: str
    rank: int | None
    tied: bool
    unplaced: str
    provisional: bool
    criteria: Mapping[str, tuple[Fraction, Fraction, str]]
    models: Fraction | None = None

    @property
    def counted(self) -> bool:
        """Whether it counts in means: it has a share, and is not shown only for having handed nothing in."""
        return self.share is not None and not self.unplaced


@dataclass(frozen=True)
class PeriodSet:
    """A criteria set of a group in a period. file: as the movement names it. tags: by leaf, its own and those of the parts above it.

    signature: equal for editions that score alike, whatever their wording. official: None when the numbers are of today.
    persons: its candidates are persons. declared: whether anybody was asked for models and has said.
    levels: names of the pools in the order in which the set declares them, none when it does not.
    """

    period: str
    letter: str
    file: str
    set_id: str
    title: str
    places: int
    grades: tuple[str, ...]
    tags: Mapping[str, tuple[str, ...]]
    pooled: bool
    persons: bool
    signature: str
    stamps: tuple[str, ...]
    rows: tuple[Row, ...]
    official: Publication | None = None
    declared: bool = False
    levels: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        return self.official is None

    @property
    def source(self) -> str:
        """gói công bố chính thức kỳ 2026, nhóm a, lần 1 ngày 01/02/2027"""
        one = self.official
        if one is None:
            return f"chấm từ số liệu hiện có của kỳ {self.period}, nhóm {self.letter}: tạm tính"
        return f"gói công bố chính thức kỳ {one.period}, nhóm {one.group}, lần {one.version} ngày {one.day:%d/%m/%Y}"


def period_sets(workspace: Workspace, groups: Sequence[CountedGroup]) -> list[PeriodSet]:
    """Every set of what counts of a round, in the order of the movement."""
    persons = {kind.name for kind in workspace.movement.body_kinds if kind.person}
    found = [
        _made(group, file, result, _persons(workspace, group, result, persons), workspace.movement.models_measure)
        for group in groups
        for file, result in group.results.items()
    ]
    order = [file for group in workspace.movement.groups for file in group.sets]
    return sorted(found, key=lambda one: order.index(one.file) if one.file in order else len(order))


def _persons(workspace: Workspace, group: CountedGroup, result: Result, persons: set[str]) -> bool:
    """Whether any candidate is a person; a set is of persons or of none."""
    if group.official is not None:
        return any(group.official.roster[ident]["kind"] in persons for ident in result.ids)
    until = next(iter(group.scored.values())).round.group(group.letter).roster_until
    roster = load_roster(workspace, until=until).bodies
    return any(roster[ident].value("kind") in persons for ident in result.ids if ident in roster)


def _made(group: CountedGroup, file: str, result: Result, persons: bool, models_measure: str | None) -> PeriodSet:
    criteria, table, told = result.set, result.root.table, group.publication
    models = _models(criteria, table, models_measure)
    leaves = [node.id for node in criteria.leaves()]
    names = dict(zip(table.ids, table.names or table.ids, strict=True))
    places = {ident: place for place, ident in enumerate(table.ids)}
    lines = tuple(
        _row(row, names[row["id"]], table.unplaced.get(places[row["id"]], ""), leaves, models.get(row["id"]))
        for row in rows(result)
    )
    return PeriodSet(
        result.period or "",
        group.letter,
        file,
        criteria.id,
        " ".join(criteria.title.split()),
        criteria.places,
        tuple(criteria.grade_names),
        tags_of(criteria),
        any(row.pool for row in lines),
        persons,
        signature(criteria),
        group.stamps(file),
        lines,
        told,
        bool(models),
        _levels(criteria),
    )


def _row(row: Mapping[str, Any], name: str, unplaced: str, leaves: list[str], models: Fraction | None) -> Row:
    cells = {leaf: row["criteria"][leaf] for leaf in leaves if leaf in row["criteria"]}
    return Row(
        row["id"],
        name,
        row["pool"],
        Fraction(row["total"]),
        Fraction(row["maximum"]),
        Fraction(row["share"]) if row["share"] is not None else None,
        row["grade"] or "",
        row["rank"],
        bool(row["tied"]),
        unplaced,
        bool(row["provisional"]),
        {leaf: (Fraction(points), Fraction(most), state) for leaf, (points, most, state) in cells.items()},
        models,
    )


def _models(criteria: CriteriaSet, table: Table, measure: str | None) -> dict[str, Fraction]:
    """What everybody reported who was asked and said."""
    column, declared = table.columns.get(measure or ""), criteria.inputs.get(measure or "")
    if column is None or declared is None:
        return {}
    absent = column.absent if column.absent is not None else [0] * len(column)
    return {
        ident: Fraction(int(value), declared.scale)
        for ident, value, lacks in zip(table.ids, column.values, absent, strict=True)
        if not lacks
    }


def _levels(criteria: CriteriaSet) -> tuple[str, ...]:
    declared = criteria.inputs.get(criteria.declaration.pool or "")
    return tuple(declared.kind.levels) if declared is not None else ()


def tags_of(criteria: CriteriaSet) -> dict[str, tuple[str, ...]]:
    """Tags of every leaf: its own and those of the parts it stands in, each once."""
    leaves = {node.id for node in criteria.leaves()}
    found: dict[str, tuple[str, ...]] = {}

    def visit(node: Node, above: tuple[str, ...]) -> None:
        own = tuple(dict.fromkeys((*above, *node.tags)))
        if node.id in leaves:
            found[node.id] = own
        for child in node.parts if node.id not in leaves else ():
            visit(child, own)

    for part in criteria.declaration.parts:
        visit(part, ())
    return found


def signature(criteria: CriteriaSet) -> str:
    """A hash of what decides the points: the file without its words, and its settings."""
    kept = {"set": _bare(criteria.source.data), "settings": {k: str(v) for k, v in sorted(criteria.settings.items())}}
    return sha256(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _bare(one) for name, one in value.items() if str(name) not in _WORDS}
    if isinstance(value, (list, tuple)):
        return [_bare(one) for one in value]
    return str(value)
