"""Indices (bộ chỉ số): values from outside, per body and period; and every figure of a candidate that is not asked of it."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from criteria.exact import KNOWN, NOT_APPLICABLE, show_decimal
from criteria.expressions import kinds
from criteria.inputs import Input
from criteria.problems import WARNING, Problem, errors, of_file
from records.forms.layout import Layout
from records.ledger.database import Database
from records.ledger.entries import Entry, Facts, gather
from records.roster.roster import Roster, load_roster
from records.rounds import read_window
from records.tables.cells import CellError, read_cell
from records.tasks.columns import Row, read_headed
from records.workspace.folder import Workspace

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("mã", "mã cơ quan", "mã đối tượng", "mã đơn vị"),
    "name": ("tên", "cơ quan", "đơn vị", "tên cơ quan", "tên đơn vị", "doanh nghiệp"),
    "value": ("giá trị", "điểm", "chỉ số", "kết quả", "mức"),
}
_FACTS: weakref.WeakKeyDictionary[Database, tuple[int, dict[str, Facts]]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class IndexValues:
    """An index of a period. values: by body; the entry's source is version and source, its valid text what tables hold."""

    name: str
    period: str
    values: dict[str, Entry]


def import_index(
    workspace: Workspace, name: str, period: str, path: Path, version: str = "", source: str = ""
) -> tuple[int, int, list[Problem]]:
    """Values of one index for one period: rows read, entries appended, findings. With an error nothing is entered."""
    problems = _asked(workspace, name, period)
    if problems:
        return 0, 0, problems
    table, problems = read_headed(path, NAMES, (("id", "name"), ("value",)), "index")
    if table is None:
        return 0, 0, problems
    window = read_window(workspace.movement, period)
    assert window is not None
    inputs = index_inputs(workspace, name)
    if not inputs:
        message = f"Chưa bộ tiêu chí nào lấy số liệu từ “{name}”."
        table.problems.append(of_file(path, "index", message, "Khai from trong chỉ tiêu của bộ tiêu chí.", WARNING))
    roster, subject = load_roster(workspace), f"index:{name}/{period}"
    told = "; ".join(part.strip() for part in (f"phiên bản {version}" if version else "", source) if part.strip())
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    count = 0
    for row in table:
        count += 1
        body = read_owner(row, roster, window.last, seen)
        if body is None:
            continue
        value = _value(row, inputs)
        if value is not None:
            entries.append(Entry(subject, body, value, source=told, place=row.place("value")))
    if errors(table.problems):
        return count, 0, table.problems
    return count, workspace.database.enter(entries), table.problems


def _asked(workspace: Workspace, name: str, period: str) -> list[Problem]:
    problems = []
    indexes = [index.id for index in workspace.movement.indexes]
    if name not in indexes:
        hint = f"Các bộ chỉ số: {', '.join(indexes) or 'chưa khai'} (movement.yaml, indexes)."
        problems.append(of_file(name, "index", f"Phong trào không khai bộ chỉ số “{name}”.", hint))
    if read_window(workspace.movement, period) is None:
        problems.append(of_file(period, "period", f"“{period}” không phải tên kỳ.", "Viết 2026, 2026-q2, 2027-h1."))
    return problems


def read_owner(row: Row, roster: Roster, day: date, seen: dict[str, int]) -> str | None:
    """The candidate a row is about, once. A class of bodies, the province, and whoever is no candidate have no figure of their own."""
    column = "id" if row.text("id") else "name"
    text = row.text(column)
    if not text:
        row.wrong(column, "Dòng không có mã hoặc tên cơ quan.", "Điền mã, hoặc xóa cả dòng.")
        return None
    found = row.body(column, text, roster, day)
    if found is None:
        return None
    body = roster.bodies[found]
    if roster.is_class(found) or not roster.group_of(body) or roster.outside(body):
        hint = "Giá trị của cả tỉnh hoặc của một nhóm không gán cho một đối tượng; bỏ dòng này."
        row.wrong(column, f"{body.name(day)} không phải đối tượng thi đua.", hint)
        return None
    if found in seen:
        row.wrong(column, f"{body.name(day)} đã có ở dòng {seen[found]}.", "Mỗi đối tượng một dòng.")
        return None
    seen[found] = row.number
    return found


def index_inputs(workspace: Workspace, name: str) -> list[Input]:
    """The columns of all sets that take their values from an index or a milestone."""
    found = []
    for file in dict.fromkeys(file for group in workspace.movement.groups for file in group.sets):
        criteria, _ = workspace.read_set(file)
        for measure, declared in (criteria.declaration.measures if criteria is not None else {}).items():
            if declared.from_ == name and criteria is not None and measure in criteria.inputs:
                found.append(criteria.inputs[measure])
    return found


def _value(row: Row, inputs: list[Input]) -> str | None:
    """The value as every measure reads it; the text with the most decimals."""
    texts = []
    for declared in inputs:
        try:
            value, absence = read_cell(row.cell("value"), declared)
        except CellError as error:
            row.wrong("value", error.message, error.hint, error.code)
            return None
        texts.append(written(value, absence, declared))
    return max(texts, key=len) if texts else row.text("value")


def written(value: int | str, absence: int, declared: Input) -> str:
    """A stored value as the text that tables hold: a decimal point, có / không, 2026-06-30, a level, KAD."""
    if absence != KNOWN:
        return "KAD" if absence == NOT_APPLICABLE else ""
    if isinstance(value, str) or declared.kind.name == kinds.TEXT:
        return str(value)
    if declared.kind.name == kinds.TRUTH:
        return "có" if value else "không"
    if declared.kind.name == kinds.LEVEL:
        return declared.kind.levels[value]
    if declared.kind.name == kinds.DAY:
        return (date(1970, 1, 1) + timedelta(days=value)).isoformat()
    return show_decimal(Fraction(value, 10**declared.decimals), declared.decimals)


def stored(workspace: Workspace) -> dict[str, Facts]:
    """Everything entered about indices and milestones, by subject; read again only when something was entered."""
    database = workspace.database
    last = database.last_entry()
    kept = _FACTS.get(database)
    if kept is None or kept[0] != last:
        kept = last, gather(database.entries("index", "milestone", "milestone-window"))
        _FACTS[database] = kept
    return kept[1]


def load_values(workspace: Workspace, name: str, period: str) -> dict[str, Entry]:
    """The entry of every body that has a value of an index in a period."""
    return _by_body(stored(workspace).get(f"index:{name}/{period}"))


def _by_body(facts: Facts | None) -> dict[str, Entry]:
    found = {body: facts.entry(body) for body in sorted(facts.fields)} if facts is not None else {}
    return {body: entry for body, entry in found.items() if entry is not None and entry.value}


def list_indices(workspace: Workspace, name: str = "", period: str = "") -> list[IndexValues]:
    """What was imported, by index and period."""
    found = []
    for subject in sorted(stored(workspace)):
        kind, _, rest = subject.partition(":")
        index, _, when = rest.partition("/")
        if kind == "index" and name in ("", index) and period in ("", when):
            values = load_values(workspace, index, when)
            if values:
                found.append(IndexValues(index, when, values))
    return found


def known_values(workspace: Workspace, layout: Layout, candidate_id: str, period: str) -> dict[str, Entry]:
    """By measure: what an index of the period (else of its year) or a milestone says of a candidate."""
    return known_for(workspace, layout, [candidate_id], period)[candidate_id]


def known_for(
    workspace: Workspace, layout: Layout, candidates: Iterable[str], period: str
) -> dict[str, dict[str, Entry]]:
    """known_values of many candidates."""
    found: dict[str, dict[str, Entry]] = {ident: {} for ident in candidates}
    indexes = {index.id for index in workspace.movement.indexes}
    milestones = {milestone.id for milestone in workspace.movement.milestones}
    year = period.partition("-")[0]
    for measure, declared in layout.criteria.declaration.measures.items():
        source = declared.from_
        if source in indexes:
            values = {**load_values(workspace, source, year), **load_values(workspace, source, period)}
        elif source in milestones:
            values = _by_body(stored(workspace).get(f"milestone:{source}"))
        else:
            continue
        for ident, own in found.items():
            if ident in values:
                own[measure] = values[ident]
    return found
