"""From what was entered to what is scored: the tables of one criteria set in one round at one stage (docs/round.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN, MISSING, UNDEFINED
from criteria.expressions import kinds
from criteria.inputs import Input
from criteria.problems import Problem, errors, of_file
from records.forms.answers import Answers
from records.forms.layout import Layout
from records.forms.submissions import latest_submissions
from records.indices import known_for, written
from records.life.at_stage import NOT_HANDED_IN, AtStage
from records.life.criteria import reviewed
from records.life.rights import FINAL, SELF, STAGES
from records.life.standing import Standings, load_standings
from records.panels.marks import marks
from records.publication.published import frozen_groups
from records.roster.roster import Candidate, Doubt, Roster, load_roster
from records.rounds import Round, Window, load_rounds
from records.tables.cells import CellError, read_cell
from records.tables.sheets import Cell
from records.tasks.register import load_register
from records.tasks.rows import as_cells, rows_for
from records.workspace.folder import Workspace
from records.years.part_year import PartYearState, part_year_state
from scoring.result import ILLUSTRATION
from scoring.tables import Column, ItemTable, Table

UNPLACED = NOT_HANDED_IN
_WIDE = 1 << 62


@dataclass
class Assembled:
    """What scoring.score() takes, and who it is about. answers: by candidate, of those who handed in."""

    criteria: CriteriaSet
    window: Window
    candidates: list[Candidate]
    table: Table
    items: dict[str, ItemTable] = field(default_factory=dict)
    previous: Table | None = None
    previous_items: dict[str, ItemTable] = field(default_factory=dict)
    answers: dict[str, Answers] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    stage: AtStage | None = None

    @property
    def sha256(self) -> str:
        """The hash of every figure, row and claim that was scored, the same on every machine."""
        content = [_content(self.table), {name: _item_content(items) for name, items in self.items.items()}]
        if self.previous is not None:
            content += [_content(self.previous), {n: _item_content(i) for n, i in self.previous_items.items()}]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def assemble(
    workspace: Workspace,
    round_: Round,
    letter: str,
    file: str,
    stage: str = "self",
    *,
    answered: bool = True,
    supposed: Standings | None = None,
) -> tuple[Assembled | None, list[Problem]]:
    """The tables of one set, or None with all problems. stage: a key of STAGES. answered: with what was handed in; without it they
    are those of the forms as they are issued. supposed: how far criteria would have come, instead of what is entered; the same
    candidates are listed.

    The round before counts with its final figures; at stage `self`, while it has no official result, with those handed in.
    """
    if stage not in STAGES:
        hint = "Các bước: " + ", ".join(STAGES) + "."
        return None, [of_file(stage, "stage", f"Không có bước “{stage}”.", hint)]
    made, problems = _one_round(workspace, round_, letter, file, stage, answered, supposed)
    if made is None:
        return None, problems
    frozen = frozen_groups(workspace, round_.period).get(letter)
    base = workspace if frozen is None else workspace.at(frozen)  # a round before that goes on changes nothing here
    before = _year_before(base, round_)
    if before is not None:
        settled = stage != SELF or letter in frozen_groups(base, before.period)
        earlier, found = _one_round(base, before, letter, file, FINAL if settled else SELF, answered=True)
        problems += found
        if earlier is not None:
            made.previous, made.previous_items = earlier.table, earlier.items
    return (None if errors(problems) else made), problems


def _year_before(workspace: Workspace, round_: Round) -> Round | None:
    """The opened round with the same name a year earlier."""
    year, sign, rest = round_.period.partition("-")
    return load_rounds(workspace).get(f"{int(year) - 1}{sign}{rest}") if year.isdecimal() else None


def _one_round(
    workspace: Workspace,
    round_: Round,
    letter: str,
    file: str,
    stage: str,
    answered: bool,
    supposed: Standings | None = None,
) -> tuple[Assembled | None, list[Problem]]:
    criteria, problems = workspace.read_set(file)
    if criteria is None:
        return None, list(problems)
    problems = [problem for problem in problems if problem.severity == "error"]
    frozen = frozen_groups(workspace, round_.period).get(letter)
    base = (
        workspace if frozen is None else workspace.at(frozen)
    )  # roster, register, indices and forms as they were published
    roster = load_roster(base, until=round_.group(letter).roster_until)
    everybody, doubts = roster.candidates(letter, round_.window.first, round_.window.last)
    layout = Layout(criteria, tuple(workspace.movement.registers))
    standings = load_standings(workspace, round_.period) if stage != SELF else Standings(round_.period)
    names = {body.id: body.name for body in workspace.movement.bodies}
    entered = AtStage(stage, standings, reviewed(layout), names, workspace.movement.without_result)
    here = entered if supposed is None else replace(entered, standings=supposed)
    window = round_.window
    parts = part_year_state(workspace.movement.part_year, roster, [c.id for c in everybody], window.first, window.last)
    out = {ident for ident, part in parts.items() if part.left_out}
    candidates = [c for c in everybody if c.set == file and c.id not in out and not entered.left_out(c.id)]
    submissions = latest_submissions(base, round_.period) if answered else {}
    answers = {c.id: Answers.of_dict(submissions[c.id].answers) for c in candidates if c.id in submissions}
    cells = _Cells(round_.period, problems)
    known = known_for(base, layout, [c.id for c in candidates], round_.period)

    def text(candidate: Candidate, name: str) -> str | None:
        """What is entered for one input of one candidate; None while people have not concluded what an empty cell would mean."""
        if name in criteria.attributes:
            value = candidate.attributes.get(name, "")
            is_pool = name == criteria.declaration.pool and criteria.inputs[name].kind.name == kinds.TEXT
            return value or (candidate.pool if is_pool else "")
        if layout.source_of(name) is not None:
            entry = known[candidate.id].get(name)
            given = entry.value if entry is not None else ""
            return given or _silence(criteria.inputs[name], here, candidate.id, f"measure:{name}")
        key = f"judged:{name}" if criteria.inputs[name].judged else f"measure:{name}"
        given = here.text(candidate.id, key, answers.get(candidate.id))
        return given or _silence(criteria.inputs[name], here, candidate.id, key)

    columns = {
        name: cells.column(declared, [(c.id, text(c, name)) for c in candidates])
        for name, declared in criteria.inputs.items()
    }
    table = Table(
        [c.id for c in candidates],
        columns,
        [c.name for c in candidates],
        _extra(candidates, roster, criteria),
        here.decisions(candidates, answers),
        _unplaced(here, layout, candidates, answers, parts),
    )
    items = _items(base, layout, roster, candidates, round_.window, here, answers, cells)
    made = Assembled(criteria, round_.window, candidates, table, items, answers=answers, doubts=doubts, stage=here)
    return (None if errors(problems) else made), problems


def _silence(declared: Input, here: AtStage, candidate: str, key: str) -> str | None:
    """What an empty cell says at a stage: `silent` holds once the verifying body has concluded, and before that not even `default`
    does, lest a condition be passed that nobody has looked at."""
    if here.looked_at(candidate, key):
        return written(declared.silent, KNOWN, declared) if declared.silent is not None else ""
    return None if declared.default is not None and here.waits(candidate, key) else ""


def _unplaced(
    here: AtStage,
    layout: Layout,
    candidates: list[Candidate],
    answers: Mapping[str, Answers],
    parts: Mapping[str, PartYearState],
) -> dict[int, str]:
    """Who takes no place: handed nothing in, closed altogether, or existed too short a part of the period."""
    short = {row: parts[c.id].sentence for row, c in enumerate(candidates) if c.id in parts and not parts[c.id].placed}
    return {**short, **(here.unplaced(candidates, answers) if layout.inputs else {})}


def _extra(candidates: list[Candidate], roster: Roster, criteria: CriteriaSet) -> dict[str, list[str]]:
    """What pools may be made of besides attributes, and the stamp of illustrative data."""
    found: dict[str, list[str]] = {}
    if any(c.pool for c in candidates) and "pool" not in criteria.inputs:
        found["pool"] = [c.pool for c in candidates]
    for name in ("area", "kind", "parent"):
        values = [roster.bodies[c.id].value(name) for c in candidates]
        if any(values) and name not in criteria.inputs:
            found[name] = values
    if any(c.attributes.get("illustration") for c in candidates):
        found[ILLUSTRATION] = [ILLUSTRATION for _ in candidates]
    return found


def _items(
    workspace: Workspace,
    layout: Layout,
    roster: Roster,
    candidates: list[Candidate],
    window: Window,
    here: AtStage,
    answers: Mapping[str, Answers],
    cells: _Cells,
) -> dict[str, ItemTable]:
    found: dict[str, ItemTable] = {}
    if layout.register_tables and candidates:
        register = load_register(workspace)
        rows = {c.id: rows_for(register, roster, c, window) for c in candidates}
        for name, declared in layout.register_tables.items():
            lines = [(ident, row.key, as_cells(row)) for ident, one in rows.items() for row in one]
            found[name] = cells.items(declared.columns, lines)
    for name, declared in layout.item_tables.items():
        lines = [
            (c.id, row.get(declared.key or "", ""), row)
            for c in candidates
            if c.id in answers
            for row in here.rows(c.id, name, answers[c.id])
        ]
        found[name] = cells.items(declared.columns, lines)
    for name in layout.panel_tables if here.stage != SELF else ():
        lines = marks(workspace, here.standings, name, [c.id for c in candidates])
        found[name] = cells.items(layout.criteria.tables[name].columns, lines)
    return found


class _Cells:
    """Reads stored texts the way tables are read; what does not fit any more is a problem that names the candidate."""

    def __init__(self, period: str, problems: list[Problem]) -> None:
        self.period, self.problems = period, problems

    def column(self, declared: Input, texts: Iterable[tuple[str, str | None]]) -> Column:
        """text: None for what waits, so that no default stands in for it."""
        values: list[Any] = []
        absent: list[int] = []
        for owner, text in texts:
            try:
                value, absence = read_cell(Cell(text or ""), declared)
                absence = UNDEFINED if text is None else absence
            except CellError as error:
                where = f"kỳ {self.period}, {owner}, {declared.label}"
                self.problems.append(of_file(where, error.code, error.message, error.hint))
                value, absence = ("" if declared.kind.name == kinds.TEXT else 0), MISSING
            values.append(value)
            absent.append(absence)
        mask = np.array(absent, dtype=np.uint8)
        lacking = mask if mask.any() else None
        if declared.kind.name == kinds.TEXT:
            return Column(np.array([str(v) for v in values], dtype=object), lacking)
        wide = any(abs(int(v)) >= _WIDE for v in values)
        return Column(np.array(values, dtype=object if wide else np.int64), lacking)

    def items(self, columns: Mapping[str, Input], lines: Sequence[tuple[str, str, Mapping[str, str]]]) -> ItemTable:
        """lines: owner, key, texts by column."""
        return ItemTable(
            [owner for owner, _, _ in lines],
            {
                name: self.column(declared, [(f"{owner}/{key}", row.get(name, "")) for owner, key, row in lines])
                for name, declared in columns.items()
            },
            [key for _, key, _ in lines],
        )


def _content(table: Table) -> Any:
    return {
        "ids": list(table.ids),
        "columns": _columns(table.columns),
        "decisions": {
            name: [[int(code) for code in one.state], {str(row): why for row, why in sorted(one.reasons.items())}]
            for name, one in table.decisions.items()
        },
        "unplaced": {str(row): why for row, why in sorted(table.unplaced.items())},
    }


def _item_content(items: ItemTable) -> Any:
    return {"owners": list(items.owners), "keys": list(items.keys), "columns": _columns(items.columns)}


def _columns(columns: Mapping[str, Column]) -> Any:
    return {
        name: [
            [value if isinstance(value, str) else int(value) for value in column.values],
            [] if column.absent is None else [int(absence) for absence in column.absent],
        ]
        for name, column in columns.items()
    }
