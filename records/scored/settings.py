"""What somebody supposes (`--set`): UNIT.MEASURE=VALUE, found in the figures of a set and read. Every mistake is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN, MISSING
from criteria.expressions.binding import closest
from criteria.expressions.terms import Measured
from criteria.inputs import Input
from criteria.problems import Problem, of_file
from records.forms.collecting.cells import clean, short
from records.indices import written
from records.publication.figures import Figures
from records.tables.cells import KAD, CellError, read_cell
from records.tables.sheets import Cell
from scoring import states
from scoring.tables import Table

_ROW = re.compile(r"(?P<table>[^\[\]]+)\[(?P<key>[^\[\]]*)\]\s*\.\s*(?P<column>[^\[\].]+)")
_LISTED = 12
DECISIONS = {"áp dụng": states.SCORED, "đóng": states.CLOSED, **dict.fromkeys(KAD, states.DOES_NOT_APPLY)}
_WAY = "Viết MÃ.SỐ-LIỆU=GIÁ-TRỊ; ví dụ: A01.docs_due=9, A01.A2.4=không áp dụng, A01.tasks[NV01].finished=30/06/2026."


@dataclass(frozen=True)
class Setting:
    """One --set as it was written. left: before the first =."""

    written: str
    left: str
    value: str

    def problem(self, code: str, message: str, hint: str = "") -> Problem:
        return of_file(f"--set {short(self.written)}", code, message, hint)


@dataclass(frozen=True)
class Target:
    """What a setting is about, in one set. name: an input or a column of a table; criterion: of a decision.

    item: which of the unit's rows of an item table, from 0.
    """

    setting: Setting
    unit: str
    row: int
    name: str = ""
    criterion: str = ""
    table: str = ""
    item: int = -1

    @property
    def place(self) -> tuple[str, str, str, int]:
        return self.unit, self.name or self.criterion, self.table, self.item


def read_settings(texts: Sequence[str]) -> tuple[list[Setting], list[Problem]]:
    """UNIT.WHAT=VALUE, split at the first =."""
    found, problems = [], []
    for text in texts:
        left, sign, value = clean(text).partition("=")
        setting = Setting(clean(text), left.strip(), value.strip())
        if not sign or "." not in left:
            problems.append(setting.problem("what-if", f"“{short(text)}” không viết đúng.", _WAY))
        else:
            found.append(setting)
    if not texts:
        problems.append(of_file("--set", "what-if", "Chưa đặt số liệu nào.", _WAY))
    return found, problems


@dataclass
class Aiming:
    """Finds what settings are about in one set. figures: with what is claimed of criteria that wait.

    checked: people have looked, `silent` counts. values: what was read, by target; codes: decisions, by target.
    """

    criteria: CriteriaSet
    figures: Figures
    checked: bool
    targets: list[Target] = field(default_factory=list)
    values: dict[Target, tuple[int | str, int]] = field(default_factory=dict)
    codes: dict[Target, int] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        return self.figures.table

    def split(self, left: str) -> tuple[int, str] | None:
        """The row of the unit and the rest; None when no unit of this set is meant, by its id or its whole name."""
        names = self.table.names or [""] * self.table.size
        for row, (ident, name) in enumerate(zip(self.table.ids, names, strict=True)):
            for text in (ident, clean(name)):
                if text and left.casefold().startswith(text.casefold() + "."):
                    return row, left[len(text) + 1 :].strip()
        return None

    def aim(self, setting: Setting, row: int, rest: str) -> list[Problem]:
        """Find what is meant, read the value, keep both; or every reason why not."""
        unit = self.table.ids[row]
        found = _ROW.fullmatch(rest)
        if found is not None:
            return self._aim_at_row(setting, row, found)
        decided = DECISIONS.get(setting.value.casefold())
        nodes = {node.id.casefold(): node.id for node in self.criteria.leaves()}
        if rest.casefold() in nodes and (decided is not None or nodes[rest.casefold()] not in self.criteria.inputs):
            criterion = nodes[rest.casefold()]
            if decided is None:
                said = f"“{short(setting.value)}” không phải" if setting.value else "Chưa ghi"
                message = f"{said} quyết định về tiêu chí {criterion}."
                own = ", ".join(self._read_by(criterion)) or "không có"
                hint = f"Ghi: áp dụng, không áp dụng, đóng; hoặc đặt số liệu của tiêu chí: {own}."
                return [setting.problem("what-if", message, hint)]
            target = Target(setting, unit, row, criterion=criterion)
            self.targets.append(target)
            self.codes[target] = decided
            return []
        name = self._input(rest)
        if name is None:
            known = [
                *self.criteria.inputs,
                *(column.label for column in self.criteria.inputs.values()),
                *nodes.values(),
            ]
            message = f"Bộ tiêu chí của {unit} không có số liệu hoặc tiêu chí “{short(rest)}”."
            return [setting.problem("unknown-figure", message, closest(rest, known))]
        return self._read(Target(setting, unit, row, name), self.criteria.inputs[name])

    def _aim_at_row(self, setting: Setting, row: int, found: re.Match[str]) -> list[Problem]:
        unit = self.table.ids[row]
        tables = {name.casefold(): name for name in self.criteria.tables}
        tables |= {clean(one.label).casefold(): name for name, one in self.criteria.tables.items()}
        name = tables.get(found["table"].strip().casefold())
        if name is None or name not in self.figures.items:
            message = f"Không có bảng “{short(found['table'])}”."
            return [setting.problem("unknown-figure", message, closest(found["table"].strip(), self.criteria.tables))]
        columns = {column.casefold(): column for column in self.criteria.tables[name].columns}
        columns |= {clean(one.label).casefold(): key for key, one in self.criteria.tables[name].columns.items()}
        column = columns.get(found["column"].strip().casefold())
        problems = []
        if column is None:
            message = f"Bảng {name} không có cột “{short(found['column'])}”."
            hint = closest(found["column"].strip(), self.criteria.tables[name].columns)
            problems.append(setting.problem("unknown-figure", message, hint))
        items = self.figures.items[name]
        mine = [item for item, owner in enumerate(items.owners) if owner == unit]
        keys = [items.keys[item] if items.keys and items.keys[item] else str(n) for n, item in enumerate(mine, 1)]
        wanted = found["key"].strip()
        if wanted not in keys:
            message = f"Bảng {name} của {unit} không có dòng “{short(wanted)}”."
            listed = ", ".join(keys[:_LISTED]) + ("…" if len(keys) > _LISTED else "")
            hint = f"Các dòng: {listed}." if keys else f"Bảng {name} của {unit} không có dòng nào."
            problems.append(setting.problem("unknown-figure", message, hint))
        if problems or column is None:
            return problems
        target = Target(setting, unit, row, column, table=name, item=keys.index(wanted))
        return self._read(target, self.criteria.tables[name].columns[column])

    def _input(self, text: str) -> str | None:
        """An input by its id, or by its whole label where only one has it."""
        wanted = clean(text).casefold()
        by_id = [name for name in self.criteria.inputs if name.casefold() == wanted]
        by_label = [name for name, one in self.criteria.inputs.items() if clean(one.label).casefold() == wanted]
        found = by_id or by_label
        return found[0] if len(found) == 1 else None

    def _read_by(self, criterion: str) -> list[str]:
        """Inputs that the criterion itself reads."""
        node = self.criteria.node(criterion)
        assert node is not None
        terms = [part for f in node.formulas() if f.bound for part in f.term.walk()]
        names = [part.name for part in terms if isinstance(part, Measured)]
        return list(dict.fromkeys(name for name in names if name in self.criteria.inputs))

    def _read(self, target: Target, declared: Input) -> list[Problem]:
        try:
            value, absence = read_cell(Cell(target.setting.value), declared)
            if absence == MISSING and self.checked and declared.silent is not None:
                value, absence = read_cell(Cell(written(declared.silent, KNOWN, declared)), declared)
        except CellError as error:
            return [target.setting.problem(error.code, f"{declared.label}: {error.message}", error.hint)]
        self.targets.append(target)
        self.values[target] = value, absence
        return []

    def declared(self, target: Target) -> Input:
        """How the figure is declared."""
        tables = self.criteria.tables
        return tables[target.table].columns[target.name] if target.table else self.criteria.inputs[target.name]
