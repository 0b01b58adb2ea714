"""What a period came to, set by set: read from the official archive where there is one, else scored as it stands (tạm tính)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Node
from criteria.loading import read_set
from criteria.problems import Problem, errors, of_file
from records.publication.archive import FIGURES, RESULTS, ROSTER, member
from records.publication.changes import stored_archive
from records.publication.container import RECEIPT, Archive
from records.publication.figures import read_document
from records.publication.published import OFFICIAL, Publication, publications
from records.publication.recomputing import UNREADABLE, unpacked
from records.publication.results import rows
from records.publication.texts import parsed
from records.rounds import Round
from records.scored.sets import ScoredSet, score_group
from records.workspace.folder import Workspace
from scoring.tables import Table

MODELS = "models_found"  # the measure in which units report their models and good practices
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


def period_sets(
    workspace: Workspace, round_: Round, until: date | None = None
) -> tuple[list[PeriodSet], list[Problem]]:
    """Every set of a round that has candidates, in the order of the movement; what is wrong with archives and criteria.

    until: official versions published after this day do not count.
    """
    told = publications(workspace, round_.period)
    found: list[PeriodSet] = []
    problems: list[Problem] = []
    persons = {kind.name for kind in workspace.movement.body_kinds if kind.person}
    for group in workspace.movement.groups:
        official = [
            one for one in told.get(group.letter, []) if one.stage == OFFICIAL and (until is None or one.day <= until)
        ]
        if not official:
            scored, wrong = score_group(workspace, round_, group.letter)
            problems += wrong
            found += [_live(one, persons, workspace) for one in scored] if not errors(wrong) else []
            continue
        archive, wrong = stored_archive(workspace, official[-1])
        problems += wrong
        if archive is None:
            continue
        try:
            found += list(_frozen(archive, official[-1], persons))
        except UNREADABLE:
            hint = "Gói do bản phần mềm khác lập, hoặc hỏng; soát bằng thidua verify."
            problems.append(of_file(archive.path, "snapshot", "Không đọc được kết quả trong gói.", hint))
    order = [file for group in workspace.movement.groups for file in group.sets]
    return sorted(found, key=lambda one: order.index(one.file) if one.file in order else len(order)), problems


def _frozen(archive: Archive, one: Publication, persons: set[str]) -> Iterator[PeriodSet]:
    receipt = parsed(archive.read(RECEIPT))
    kinds = {row["id"]: row["kind"] for row in parsed(archive.read(ROSTER))}
    with unpacked(archive) as folder:
        for told in receipt["sets"]:
            file = str(told["file"])
            criteria, _ = read_set(folder / file, dict(told["settings"]))
            if criteria is None:
                raise ValueError(file)
            table = read_document(parsed(archive.read(member(FIGURES, file, ".json")))).table
            given = [parsed(raw) for raw in archive.lines(member(RESULTS, file, ".jsonl"))]
            made = any(kinds[row["id"]] in persons for row in given)
            yield _made(one.period, one.group, file, criteria, table, given, tuple(told["stamps"]), made, one)


def _live(one: ScoredSet, persons: set[str], workspace: Workspace) -> PeriodSet:
    kinds = one.made.table.extra.get("kind", ())
    made = any(kind in persons for kind in kinds) if kinds else _persons(one, persons, workspace)
    period = one.round.period
    given = list(rows(one.result))
    return _made(period, one.letter, one.file, one.criteria, one.made.table, given, tuple(one.result.stamps), made)


def _persons(one: ScoredSet, persons: set[str], workspace: Workspace) -> bool:
    """From the roster: whether the first candidate is a person; a set is of persons or of none."""
    from records.roster.roster import load_roster

    roster = load_roster(workspace, until=one.round.group(one.letter).roster_until)
    return any(roster.bodies[c.id].value("kind") in persons for c in one.candidates if c.id in roster.bodies)


def _made(
    period: str,
    letter: str,
    file: str,
    criteria: CriteriaSet,
    table: Table,
    given: Iterable[Mapping[str, Any]],
    stamps: tuple[str, ...],
    persons: bool,
    official: Publication | None = None,
) -> PeriodSet:
    models = _models(criteria, table)
    leaves = [node.id for node in criteria.leaves()]
    names = dict(zip(table.ids, table.names or table.ids, strict=True))
    places = {ident: place for place, ident in enumerate(table.ids)}
    told = tuple(
        _row(row, names[row["id"]], table.unplaced.get(places[row["id"]], ""), leaves, models.get(row["id"]))
        for row in given
    )
    return PeriodSet(
        period,
        letter,
        file,
        criteria.id,
        " ".join(criteria.title.split()),
        criteria.places,
        tuple(criteria.grade_names),
        tags_of(criteria),
        any(row.pool for row in told),
        persons,
        signature(criteria),
        stamps,
        told,
        official,
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


def _models(criteria: CriteriaSet, table: Table) -> dict[str, Fraction]:
    column, declared = table.columns.get(MODELS), criteria.inputs.get(MODELS)
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
