"""LibreOffice as referee: a sheet a job, one row per candidate, figures as people type them, formulas beside; what it computes is
held against scoring.score() on the same figures."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from criteria.criteria_set import CriteriaSet
from criteria.declarations.criteria_set import SetDeclaration
from criteria.exact import KNOWN, MISSING, NOT_APPLICABLE
from criteria.expressions import kinds
from criteria.inputs import Input
from records.spreadsheets import formulas
from scoring import score, states
from scoring.result import Result
from scoring.tables import Column, Decision, Table

TOP = 2  # the first row of candidates
EPOCH = dt.date(1970, 1, 1)
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # always compute a workbook anew; otherwise the values it was written with would stand
ANSWERLESS = (states.NO_EVIDENCE, states.NOT_DEFINED, states.NEEDS_JUDGEMENT)


@dataclass
class Job:
    """A set with figures. figures: whether they stand on the sheet; otherwise criteria are the engine's values, as in a ranking workbook.

    columns: key → column; unsaid: nodes ("maximum:" before those whose maximum it is) without a formula; values: what was computed.
    """

    name: str
    result: Result
    previous: Table | None = None
    closed: bool = False
    figures: bool = True
    columns: dict[str, int] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def criteria(self) -> CriteriaSet:
        return self.result.set

    def column(self, key: str) -> int:
        return self.columns.setdefault(key, len(self.columns))


@dataclass(frozen=True)
class RowCells:
    """The cells of one candidate."""

    job: Job
    row: int

    def _cell(self, key: str) -> str | None:
        return f"{xl_col_to_name(self.job.columns[key])}{TOP + self.row}" if key in self.job.columns else None

    def figure(self, name: str) -> str | None:
        return self._cell(f"figure:{name}")

    def previous(self, name: str) -> str | None:
        return self._cell(f"previous:{name}")

    def judged(self, criterion: str) -> str | None:
        return self._cell(f"figure:{criterion}")

    def claim(self, criterion: str) -> str | None:
        return self._cell(f"claim:{criterion}")

    def points(self, node: str) -> str | None:
        return self._cell(f"points:{node}")

    def maximum(self, node: str) -> str | None:
        return self._cell(f"maximum:{node}")

    def column(self, key: str) -> str:
        letter = xl_col_to_name(self.job.columns[key])
        return f"${letter}${TOP}:${letter}${TOP + self.job.result.size - 1}"

    def ranked(self, key: str) -> formulas.Ranked:
        return formulas.Ranked(f"{xl_col_to_name(self.job.columns[key])}{TOP + self.row}", self.column(key))


def random_table(criteria: CriteriaSet, seed: str, rows: int, decisions: bool = True) -> Table:
    """Figures with cells that are missing or KAD, zeros, and values that make half cases."""
    rng = random.Random(seed)
    columns = {
        name: Column(*_column(rng, declared, criteria, rows))
        for name, declared in criteria.inputs.items()
        if declared.required
    }
    out = {}
    for leaf in criteria.leaves() if decisions else ():
        chosen = np.array([rng.random() < 0.06 for _ in range(rows)])
        if chosen.any():
            out[leaf.id] = Decision(chosen)
    return Table([f"X{row:03d}" for row in range(rows)], columns, decisions=out)


def _column(rng: random.Random, declared: Input, criteria: CriteriaSet, rows: int) -> tuple[Any, Any]:
    absent = np.array(
        [rng.choices((KNOWN, MISSING, NOT_APPLICABLE), (85, 10, 5))[0] for _ in range(rows)], dtype=np.uint8
    )
    if declared.kind.name == kinds.TEXT:
        words = [rng.choice(("Cụm 1", "cụm 1", "Cụm 2")) for _ in range(rows)]
        return np.array([w if a == KNOWN else "" for w, a in zip(words, absent, strict=True)], dtype=object), absent
    values = np.array([_value(rng, declared) for _ in range(rows)], dtype=np.int64)
    return np.where(absent == KNOWN, values, 0), absent


def _value(rng: random.Random, declared: Input) -> int:
    if declared.kind.name == kinds.TRUTH:
        return rng.randint(0, 1)
    if declared.kind.name == kinds.LEVEL:
        return rng.randrange(len(declared.kind.levels))
    if declared.kind.name == kinds.DAY:
        return (dt.date(2026, 6, 20) - EPOCH).days + rng.randint(-12, 12)
    least = declared.at_least if isinstance(declared.at_least, Fraction) else Fraction(-20)
    most = declared.at_most if isinstance(declared.at_most, Fraction) else None
    one = 10**declared.decimals
    low = int(least * declared.scale)
    size = rng.choice((1, 4, 12, 40, 100, 130, 1_500_000_000 if declared.kind.unit == (("đồng", 1),) else 8))
    value = low + rng.choice((rng.randint(0, size) * one, rng.randint(0, size * one)))
    return value if most is None or declared.grid is not None else min(value, int(most * declared.scale))


def job(name: str, criteria: CriteriaSet, table: Table, previous: Table | None = None, **options: Any) -> Job:
    return Job(name, score(criteria, table, None, previous, **options), previous, options.get("closed", False))


# --- writing -----------------------------------------------------------------------------------------------------


def recalculated(jobs: Sequence[Job], office: str, home: Path) -> None:
    """Write all jobs into one workbook, let LibreOffice compute it, and read back every cell into job.values."""
    path = home / "to-tinh.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, each in enumerate(jobs):
        _write(each, book.add_worksheet(f"{number}"), day)
    book.close()
    settings = home / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECALCULATE, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{home / 'profile'}"
    target = home / "da-tinh"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), str(path)],
        check=False,
        capture_output=True,
        timeout=300,
    )
    assert (target / path.name).is_file(), "LibreOffice has computed nothing"
    found = openpyxl.load_workbook(target / path.name, data_only=True, read_only=True)
    for number, each in enumerate(jobs):
        lines = list(found[f"{number}"].iter_rows(values_only=True))
        for key, place in each.columns.items():
            each.values[key] = [
                lines[TOP - 1 + row][place] if place < len(lines[TOP - 1 + row]) else None
                for row in range(each.result.size)
            ]


def _write(each: Job, sheet: Any, day: Any) -> None:
    result, criteria = each.result, each.criteria
    table = result.root.table
    inputs = criteria.inputs if each.figures else {}
    for name in inputs:
        each.column(f"figure:{name}")
        if each.previous is not None:
            each.column(f"previous:{name}")
    for leaf in criteria.leaves() if each.figures else ():
        each.column(f"claim:{leaf.id}")
    nodes = [node.id for node in criteria.printed_nodes()] + [""]
    entries = [entry.id or "" for _, entry in criteria.printed_entries()]
    for node in nodes:
        for what in ("points", "maximum", "share", "open"):
            each.column(f"{what}:{node}")
    sayable = RowCells(each, 0)
    entries = [
        e for e in entries if formulas.entry_points(criteria, e, sayable, each.closed, result.root.round) is not None
    ]
    for entry in entries:
        each.column(f"points:{entry}")
    rank = criteria.declaration.rank
    keys = [rank.by, *rank.then] if rank is not None else []
    for what in ("pool", "eligible", "grade", *(f"key:{n}" for n in range(len(keys))), "rank"):
        each.column(what)
    before = {ident: row for row, ident in enumerate(each.previous.ids)} if each.previous is not None else {}
    for row in range(result.size):
        cells = RowCells(each, row)
        line = TOP - 1 + row
        for name, declared in inputs.items():
            _put(sheet, line, each.columns[f"figure:{name}"], declared, table, name, row, day)
            if each.previous is not None and table.ids[row] in before:
                _put(
                    sheet,
                    line,
                    each.columns[f"previous:{name}"],
                    declared,
                    each.previous,
                    name,
                    before[table.ids[row]],
                    day,
                )
        for leaf in criteria.leaves() if each.figures else ():
            if leaf.id in table.decisions and table.decisions[leaf.id].out[row]:
                sheet.write_string(line, each.columns[f"claim:{leaf.id}"], "x")
        for node in nodes:
            _write_node(each, sheet, cells, node)
        for entry in entries:
            made = formulas.entry_points(criteria, entry, cells, each.closed, result.root.round)
            assert made is not None
            sheet.write_formula(line, each.columns[f"points:{entry}"], made)
        sheet.write_string(line, each.columns["pool"], str(result.root.pool_codes()[row]))
        sheet.write_string(line, each.columns["eligible"], "x" if result.ranks[row] else "")
        grade = result.root.grades.at(row)
        sheet.write_number(line, each.columns["grade"], -1 if grade is None else int(grade))
        for number, key in enumerate(keys):
            made = formulas.rank_key(criteria, key, cells, each.closed, result.root.round)
            if made is not None:
                sheet.write_formula(line, each.columns[f"key:{number}"], made)
        if rank is not None and all(
            formulas.rank_key(criteria, key, cells, each.closed, result.root.round) is not None for key in keys
        ):
            ranked = [cells.ranked(f"key:{n}") for n in range(len(keys))]
            ranked = [*([cells.ranked("grade")] if rank.within else []), *ranked]
            made = formulas.rank_formula(ranked[0], ranked[1:], cells.ranked("pool"), cells.ranked("eligible"))
            sheet.write_formula(line, each.columns["rank"], made)


def _write_node(each: Job, sheet: Any, cells: RowCells, node: str) -> None:
    criteria, result = each.criteria, each.result.root.result(node)
    row, line = cells.row, TOP - 1 + cells.row
    options = (each.closed, each.result.root.round)
    made = formulas.points_formula(criteria, node, cells, *options)
    place = each.columns[f"points:{node}"]
    if made is not None:
        sheet.write_formula(line, place, made)
    else:
        if node not in each.unsaid:
            each.unsaid.append(node)
        state = int(result.state[row]) if result.state is not None else states.SCORED
        value = result.points.at(row) or Fraction(0)
        if state == states.DOES_NOT_APPLY:
            sheet.write_string(line, place, "KAD")
        elif state not in ANSWERLESS or value:
            sheet.write_number(line, place, value.numerator / value.denominator)
    made = formulas.maximum_formula(criteria, node, cells, *options)
    if made is not None:
        sheet.write_formula(line, each.columns[f"maximum:{node}"], made)
    else:
        value = result.maximum.at(row) or Fraction(0)
        sheet.write_number(line, each.columns[f"maximum:{node}"], value.numerator / value.denominator)
        if f"maximum:{node}" not in each.unsaid:
            each.unsaid.append(f"maximum:{node}")
    points, maximum = cells.points(node), cells.maximum(node)
    assert points is not None and maximum is not None
    sheet.write_formula(line, each.columns[f"share:{node}"], formulas.share_formula(points, maximum))
    waits = formulas.open_condition(criteria, node, cells, *options)
    if waits is not None:
        sheet.write_formula(line, each.columns[f"open:{node}"], waits)


def _put(sheet: Any, line: int, place: int, declared: Input, table: Table, name: str, row: int, day: Any) -> None:
    """One figure as people type it."""
    column = table.columns.get(name)
    if column is None:
        return
    absent = KNOWN if column.absent is None else int(column.absent[row])
    value = column.values[row]
    if absent != KNOWN:
        if absent == NOT_APPLICABLE:
            sheet.write_string(line, place, "KAD")
    elif declared.kind.name == kinds.TEXT:
        sheet.write_string(line, place, str(value))
    elif declared.kind.name == kinds.TRUTH:
        sheet.write_string(line, place, "có" if value else "không")
    elif declared.kind.name == kinds.LEVEL:
        word = declared.kind.levels[int(value)]
        if word.isdecimal():
            sheet.write_number(line, place, int(word))  # what Excel makes of a typed 2
        else:
            sheet.write_string(line, place, word)
    elif declared.kind.name == kinds.DAY:
        sheet.write_datetime(line, place, dt.datetime.combine(EPOCH + dt.timedelta(int(value)), dt.time()), day)
    else:
        sheet.write_number(line, place, int(value) / 10**declared.decimals)


# --- comparing ---------------------------------------------------------------------------------------------------


def objections(each: Job) -> list[str]:
    """Every cell on which the referee and the engine differ."""
    wrong: list[str] = []
    result, criteria = each.result, each.criteria
    leaves = {leaf.id for leaf in criteria.leaves()}

    def object_to(row: int, what: str, found: Any, wanted: Any) -> None:
        wrong.append(f"{each.name} {result.ids[row]} {what}: sheet {found!r}, engine {wanted!r}")

    for node in [*(node.id for node in criteria.printed_nodes()), ""]:
        scored = result.root.result(node)
        for row in range(result.size):
            state = int(scored.state[row]) if scored.state is not None else states.SCORED
            points, maximum = scored.points.at(row) or Fraction(0), scored.maximum.at(row) or Fraction(0)
            found = each.values[f"points:{node}"][row]
            if state == states.DOES_NOT_APPLY:
                if found != "KAD":
                    object_to(row, f"points {node}", found, "KAD")
            elif found in (None, ""):
                if points or (node in leaves and state not in ANSWERLESS):
                    object_to(row, f"points {node}", found, (points, states.NAMES[state]))
            elif not _same(found, points, criteria.declaration):
                object_to(row, f"points {node}", found, (str(points), states.NAMES[state]))
            elif node in leaves and state in ANSWERLESS and not shown_so_far(criteria, node):
                object_to(row, f"points {node}", found, states.NAMES[state])
            _check(each, row, f"maximum:{node}", maximum, object_to)
            share = points / maximum if maximum > 0 and state != states.DOES_NOT_APPLY else None
            if maximum > 0 and state != states.DOES_NOT_APPLY:
                _check(each, row, f"share:{node}", share, object_to)
            waits = each.values[f"open:{node}"][row]
            if waits is not None and bool(waits) != bool(np.asarray(states.waiting(state))):
                object_to(row, f"open {node}", waits, states.NAMES[state])
    if any(value is not None for value in each.values["rank"]):
        for row in range(result.size):
            place = each.values["rank"][row]
            if (place or 0) != int(result.ranks[row]):
                object_to(row, "rank", place, int(result.ranks[row]))
    return wrong


def shown_so_far(criteria: CriteriaSet, node: str) -> bool:
    """A leaf that shows a number although its own figure is missing, because something is gained beside."""
    found = criteria.node(node)
    return found is not None and (found.plus is not None or found.floor not in (None, "0") or bool(found.zero))


def _check(each: Job, row: int, key: str, wanted: Fraction | None, object_to: Any) -> None:
    found = each.values[key][row]
    if not isinstance(found, int | float) or abs(Fraction(found) - (wanted or 0)) > _digits(wanted or Fraction(0)):
        object_to(row, key, found, str(wanted))


def _same(found: Any, wanted: Fraction, declared: SetDeclaration) -> bool:
    """Equal as printed; rounded points to the last digit a spreadsheet holds."""
    if not isinstance(found, int | float) or isinstance(found, bool):
        return False
    exact = Decimal(repr(found)).quantize(Decimal(1).scaleb(-9), ROUND_HALF_UP)
    return abs(Fraction(exact) - wanted) <= max(
        _digits(wanted), 0 if declared.points.round_at == "leaf" else Fraction(1, 10**8)
    )


def _digits(wanted: Fraction) -> Fraction:
    """What the 15 digits of a spreadsheet cannot tell apart."""
    return max(Fraction(1, 10**9), abs(wanted) / 10**14)


def find_office() -> str:
    """LibreOffice; without it the test is skipped, in CI it fails."""
    found = shutil.which("soffice")
    if found is None:
        assert not os.environ.get("CI"), "soffice is missing"
        pytest.skip("LibreOffice (soffice) is not installed")
    return found
