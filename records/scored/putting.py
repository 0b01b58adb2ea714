"""What is supposed, put into the figures of a set; what it was before and is now, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from criteria.exact import KNOWN, MISSING, show_vietnamese
from criteria.expressions import kinds
from criteria.inputs import Input
from criteria.problems import Problem
from records.indices import written
from records.publication.figures import Figures
from records.scored.settings import Aiming, Target
from scoring import states
from scoring.tables import Column, Decision, ItemTable, Table

_WIDE = 1 << 62
_SUPPOSED = "giả định"
_STATES = {
    states.SCORED: "áp dụng",
    states.DOES_NOT_APPLY: "không áp dụng",
    states.CLOSED: "đóng không có kết quả",
    states.NOT_VERIFIED: "chờ thẩm định",
    states.RETURNED: "trả lại, chờ giải trình",
}


@dataclass(frozen=True)
class Applied:
    """What was supposed. what: in words; before, after: as people write it, "" for nothing reported."""

    unit: str
    unit_name: str
    what: str
    before: str
    after: str
    notes: tuple[str, ...] = ()


@dataclass
class Putting:
    """Puts targets into figures. owners: by input and item table, the criterion that has to count for them to count.

    lifted: states, by unit and criterion, that the figures have already left behind: those that waited count as claimed.
    """

    aiming: Aiming
    figures: Figures
    owners: Mapping[str, str]
    lifted: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns: dict[str, Column] = dict(self.figures.table.columns)
        self.items: dict[str, ItemTable] = dict(self.figures.items)
        self.decisions: dict[str, Decision] = dict(self.figures.table.decisions)
        self.decided = {
            (one.criterion, one.row): self.aiming.codes[one] for one in self.aiming.targets if one.criterion
        }

    def put(self) -> tuple[Figures, list[Applied]]:
        """The figures with everything supposed, and what that was."""
        told = [self._decide(one) if one.criterion else self._figure(one) for one in self.aiming.targets]
        table = replace(self.figures.table, columns=self.columns, decisions=self.decisions)
        return replace(self.figures, table=table, items=self.items), told

    def _decide(self, target: Target) -> Applied:
        code = self.aiming.codes[target]
        before = _STATES[self._state(target, target.criterion)]
        self._settle(target.criterion, target.row, code)
        return self._told(target, before, _STATES[code], ())

    def _figure(self, target: Target) -> Applied:
        declared, (value, absence) = self.aiming.declared(target), self.aiming.values[target]
        notes = []
        criterion = self.owners.get(target.table or target.name, "")
        state = self._state(target, criterion) if criterion else states.SCORED
        told = self.decided.get((criterion, target.row))
        if told is not None:  # what is said of the criterion itself stands, in whichever order the two were written
            if told != states.SCORED:
                notes.append(f"tiêu chí {criterion} được giả định “{_STATES[told]}”")
        elif state != states.SCORED:
            self._settle(criterion, target.row, states.SCORED)
            notes.append(f"tiêu chí {criterion} đang “{_STATES[state]}”, tính như được nhận")
        if absence == MISSING and declared.default is not None:
            notes.append("ô trống tính theo giá trị mặc định của bộ tiêu chí")
        if target.table:
            source = self.items[target.table]
            row = [n for n, owner in enumerate(source.owners) if owner == target.unit][target.item]
            before = shown(source.columns[target.name], row, declared)
            columns = {**source.columns, target.name: _changed(source.columns[target.name], row, value, absence)}
            self.items[target.table] = ItemTable(source.owners, columns, source.keys)
        else:
            before = shown(self.columns[target.name], target.row, declared)
            self.columns[target.name] = _changed(self.columns[target.name], target.row, value, absence)
        return self._told(target, before, _vietnamese(value, absence, declared), tuple(notes))

    def _state(self, target: Target, criterion: str) -> int:
        decision = self.decisions.get(criterion)
        here = int(decision.state[target.row]) if decision is not None else states.SCORED
        return here if here != states.SCORED else self.lifted.get((target.unit, criterion), states.SCORED)

    def _settle(self, criterion: str, row: int, code: int) -> None:
        decision, size = self.decisions.get(criterion), self.figures.table.size
        state = np.zeros(size, dtype=np.uint8) if decision is None else np.array(decision.state)
        state[row] = code
        reasons = {} if decision is None else {k: v for k, v in decision.reasons.items() if k != row}
        self.decisions[criterion] = Decision(state, {**reasons, **({row: _SUPPOSED} if code else {})})

    def _told(self, target: Target, before: str, after: str, notes: tuple[str, ...]) -> Applied:
        names = self.figures.table.names
        name = str(names[target.row]) if names else ""
        return Applied(target.unit, name, self._what(target), before, after, notes)

    def _what(self, target: Target) -> str:
        criteria = self.aiming.criteria
        if target.criterion:
            node = criteria.node(target.criterion)
            return f"{target.criterion} {node.text if node is not None else ''}".strip()
        label = self.aiming.declared(target).label
        if not target.table:
            return label
        keys = [
            k
            for k, who in zip(self._keys(target.table), self.items[target.table].owners, strict=True)
            if who == target.unit
        ]
        return f"{criteria.tables[target.table].label}, dòng {keys[target.item] or target.item + 1}: {label}"

    def _keys(self, table: str) -> list[str]:
        items = self.items[table]
        return list(items.keys) if items.keys else [""] * items.size


def bound_problems(aiming: Aiming, table: Table) -> list[Problem]:
    """Supposed figures that pass a bound which is another figure, or that another one now passes."""
    problems = []
    inputs = aiming.criteria.inputs
    touched = {(one.row, one.name): one for one in aiming.targets if one.name and not one.table}
    for name, declared in inputs.items():
        for bound, least in ((declared.at_least, True), (declared.at_most, False)):
            if not isinstance(bound, str) or bound not in table.columns or name not in table.columns:
                continue
            for row in sorted({row for row, changed in touched if changed in (name, bound)}):
                value, edge = (_exact(table.columns[key], row, inputs[key]) for key in (name, bound))
                if value is None or edge is None or not (value < edge if least else value > edge):
                    continue
                target = touched.get((row, name)) or touched[row, bound]
                word = "nhỏ" if least else "lớn"
                mine = f"“{declared.label}” = {show_vietnamese(value)}"
                message = f"{mine}, {word} hơn “{inputs[bound].label}” = {show_vietnamese(edge)}."
                problems.append(target.setting.problem("out-of-range", message, "Đặt lại cả hai số liệu nếu cần."))
    return problems


def _exact(column: Column, row: int, declared: Input) -> Fraction | None:
    known = column.absent is None or column.absent[row] == KNOWN
    numeric = declared.kind.name in (kinds.NUMBER, kinds.DAY)
    return Fraction(int(column.values[row]), declared.scale) if known and numeric else None


def _changed(column: Column, row: int, value: int | str, absence: int) -> Column:
    wide = isinstance(value, int) and abs(value) >= _WIDE
    values = np.array(column.values, dtype=object) if wide else np.array(column.values)
    values[row] = value
    absent = np.zeros(len(values), dtype=np.uint8) if column.absent is None else np.array(column.absent)
    absent[row] = absence
    return Column(values, absent if absent.any() else None)


def shown(column: Column, row: int, declared: Input) -> str:
    """One figure as people write it; "" for what nobody has reported."""
    value = column.values[row]
    absence = int(column.absent[row]) if column.absent is not None else KNOWN
    return _vietnamese(value if isinstance(value, str) else int(value), absence, declared)


def _vietnamese(value: int | str, absence: int, declared: Input) -> str:
    text = written(value, absence, declared)
    if absence != KNOWN:
        return "không áp dụng" if text else ""
    if declared.kind.name == kinds.DAY:
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    if declared.kind.name != kinds.NUMBER:
        return text
    return show_vietnamese(Fraction(text)) + (" %" if declared.kind.percent else "")
