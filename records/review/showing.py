"""What a verifier is shown of a criterion of a candidate: figures, points of the self-score, evidence, what to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from criteria.exact import Quantity, show_vietnamese
from criteria.expressions.terms import Named
from criteria.inputs import Input
from criteria.problems import Problem, errors
from records.assembly import assemble
from records.evidence.flags import Flags, flags_of
from records.evidence.kinds import EvidenceKinds, evidence_kinds
from records.evidence.register import Item, Register, load_register
from records.forms.answers import Answers, Dispute
from records.forms.issuing.figure_cells import known_note
from records.forms.issuing.starting import previous_figures
from records.forms.issuing.texts import unit_of
from records.forms.layout import Layout
from records.life.criteria import Reviewed
from records.life.rights import EXPLAINED, REVERIFIED, STATES
from records.life.standing import Standing
from records.review.bench import CONCLUDED, Bench
from records.review.content import SHOWN, Case, ShownFigure
from records.roster.roster import Candidate
from records.tasks.register import load_register as load_tasks
from records.tasks.rows import TaskRow, rows_for
from records.workbooks.going_out import shown_text
from records.workbooks.self_points import points_of, scored, state_of
from scoring.result import Result


@dataclass
class _Set:
    """What is known of the candidates of one criteria set."""

    result: Result
    layout: Layout
    previous: Mapping[str, Mapping[str, Fraction]]
    tasks: dict[str, dict[str, TaskRow]] = field(default_factory=dict)


class Showing:
    """Makes the cases of all workbooks of one issue; sets are scored once, when the first of their cases is asked for."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.scope = bench, bench.scope
        self.workspace = bench.scope.workspace
        self.problems: list[Problem] = []
        self.evidence: Register = load_register(self.workspace, self.scope.round)
        self.flags: Flags = flags_of(self.workspace, self.evidence)
        self.kinds: EvidenceKinds = evidence_kinds(self.workspace.movement, self.scope.sets.values())
        self._sets: dict[str, _Set | None] = {}

    def case(self, candidate: str, criterion: Reviewed) -> Case | None:
        """None when the set cannot be scored: problems say why."""
        one = self.scope.candidates[candidate]
        key = f"{one.group}/{one.set}"
        if key not in self._sets:
            self._sets[key] = self._set(one)
        made = self._sets[key]
        if made is None:
            return None
        standing = self.bench.standings.of(candidate, criterion.id)
        points, maximum = points_of(made.result, candidate, criterion)
        return Case(
            one,
            criterion,
            standing.state,
            points,
            maximum,
            tuple(self._figures(made, one, criterion)),
            tuple(self._said(one, criterion, standing)),
            tuple(self._documents(candidate, criterion.id)),
            tuple(self._warnings(made, one, criterion, standing)),
            self.bench.changed_at(candidate, criterion.id),
        )

    def _set(self, one: Candidate) -> _Set | None:
        made, problems = assemble(self.workspace, self.scope.round, one.group, one.set)
        self.problems += errors(problems)
        if made is None:
            return None
        layout = self.scope.layouts[one.set]
        tasks: dict[str, dict[str, TaskRow]] = {}
        if layout.register_tables:
            register, roster = load_tasks(self.workspace), self.scope.rosters[one.group]
            for candidate in made.candidates:
                rows = rows_for(register, roster, candidate, made.window)
                tasks[candidate.id] = {row.key: row for row in rows}
        return _Set(scored(made), layout, previous_figures(made), tasks)

    # --- figures -----------------------------------------------------------------------------------------------

    def _figures(self, made: _Set, one: Candidate, criterion: Reviewed) -> Iterator[ShownFigure]:
        before = made.previous.get(one.id, {})
        for line in criterion.figures:
            assert line.input is not None
            said = self.bench.figure(one.id, criterion.id, line.key)
            yield _figure(line.key, line.text, said, line.input, before.get(line.input.name))
        yield from self._rows(made, one, criterion)
        for key, owner in criterion.shared:
            name = key.partition(":")[2]
            column = made.layout.criteria.inputs[name]
            body = self.scope.body_name(self.scope.verifier(one.id, owner))
            note = f"{body} thẩm định ở tiêu chí {owner}."
            yield _figure(
                f"{SHOWN}:{name}", column.label, self.bench.figure(one.id, owner, key), column, before.get(name), note
            )
        for line in criterion.known:
            assert line.input is not None
            name, entry = line.input.name, self.bench.known(one.id).get(line.input.name)
            text, note = known_note(self.workspace.movement, made.layout, one, name, entry)
            yield _figure(f"{SHOWN}:{name}", line.text, text, line.input, before.get(name), note)
        yield from _counted(made.result, one.id, criterion)
        for dispute in self.bench.disputes(one.id, criterion.id):
            yield self._dispute(made, one, dispute)

    def _rows(self, made: _Set, one: Candidate, criterion: Reviewed) -> Iterator[ShownFigure]:
        """Rows of item tables that the unit filled in itself."""
        answers = self.bench.answers[one.id]
        for table in criterion.owns:
            declared = made.layout.item_tables[table]
            for number, row in enumerate(answers.items.get(table, []), 1):
                called = row.get(declared.key or "", "") or str(number)
                for name, column in declared.columns.items():
                    key = f"row:{table}/{number}/{name}"
                    said = self.bench.figure(one.id, criterion.id, key)
                    if said:
                        yield _figure(key, f"{declared.label}, {called}: {column.label}", said, column)

    def _dispute(self, made: _Set, one: Candidate, dispute: Dispute) -> ShownFigure:
        row = made.tasks.get(one.id, {}).get(dispute.task)
        content = f"Nhiệm vụ {row.number}: {row.content}" if row is not None else f"Nhiệm vụ {dispute.task}"
        theirs = f"hoàn thành {_day(dispute.finished)}" if dispute.finished else "không nêu ngày hoàn thành"
        ours = "không còn trong sổ"
        if row is not None:
            ours = f"hoàn thành {row.finished:%d/%m/%Y}" if row.finished is not None else "chưa hoàn thành"
            ours += f" (hạn {row.due:%d/%m/%Y})" if row.due is not None else ""
        document = f"; văn bản {dispute.document}" if dispute.document else ""
        said = f"Ý kiến của đơn vị: {theirs}{document}; lý do: {dispute.why}"
        settled = self.bench.settled(one.id, dispute.task)
        note = f"Sổ: {ours}." + (f" Đã giải quyết: {settled.value}." if settled is not None else "")
        return ShownFigure(f"dispute:{dispute.task}", content, "", note=note, said=said)

    # --- what is said about it -----------------------------------------------------------------------------------

    def _said(self, one: Candidate, criterion: Reviewed, standing: Standing) -> Iterator[str]:
        claim = self.bench.answers[one.id].claims.get(criterion.id)
        if claim:
            yield f"Đề nghị không áp dụng: {claim}"
        if standing.state in (EXPLAINED, REVERIFIED):
            why = next((act.reason for act in reversed(standing.acts) if act.value == "returned" and act.reason), "")
            if why:
                yield f"Đã trả lại: {why}"
            if standing.explanation:
                yield f"Giải trình: {standing.explanation}"
            if not self.bench.applies(one.id, criterion.id) and not claim:
                yield "Giải trình: không áp dụng."

    def _documents(self, candidate: str, criterion: str) -> Iterator[str]:
        handed = self.evidence.handed.get(candidate)
        items = [item for item in handed.items if item.criterion == criterion] if handed is not None else []
        for number, item in enumerate(items, 1):
            yield f"{number}. {self._document(item)}"

    def _document(self, item: Item) -> str:
        kind = self.kinds.name(item.kind) if item.kind else ""
        day = f" ngày {item.date:%d/%m/%Y}" if item.date is not None else ""
        said = f"{f'{kind}: ' if kind else ''}{item.number or 'không số'}{day}"
        said += f", {item.issuer}" if item.issuer else ""
        if item.restricted:  # a reference only
            return f"{said} (hạn chế: xem tại đơn vị)"
        said += f": {item.summary}" if item.summary else ""
        said += f" [tệp {item.file}]" if item.file else ""
        return f"{said} (kèm giải trình)" if not item.submission else said

    def _warnings(self, made: _Set, one: Candidate, criterion: Reviewed, standing: Standing) -> Iterator[str]:
        for label in (
            self.bench.lacking(one.id, criterion.id).values() if self.bench.applies(one.id, criterion.id) else ()
        ):
            yield f"Chưa có số liệu: {label}."
        for label in self.bench.unknown(one.id, criterion.id):
            yield f"Chưa có số liệu nhập từ ngoài: {label}."
        count = sum(self.bench.settled(one.id, d.task) is None for d in self.bench.disputes(one.id, criterion.id))
        if count:
            yield f"Có {count} ý kiến về sổ nhiệm vụ chưa giải quyết (các dòng bên dưới)."
        elsewhere = self.bench.register_criterion(one.id)
        if criterion.tables and elsewhere not in ("", criterion.id) and self.bench.answers[one.id].disputes:
            yield f"Ý kiến về sổ nhiệm vụ giải quyết ở tiêu chí {elsewhere}."
        if state_of(made.result, one.id, criterion) == "not_applicable" and self.bench.applies(one.id, criterion.id):
            yield "Không áp dụng theo quy tắc của bộ tiêu chí."
        if criterion.panel:
            yield "Hội đồng chấm cho điểm: ở đây chỉ trả lại hoặc quyết định không áp dụng."
        if standing.state in (EXPLAINED, REVERIFIED):
            yield from self._first_figures(one.id, criterion, standing)
        if standing.state in CONCLUDED:
            yield from _concluded(criterion, standing)
        yield from (flag.text for flag in self.flags.get((one.id, criterion.id), ()))

    def _first_figures(self, candidate: str, criterion: Reviewed, standing: Standing) -> Iterator[str]:
        """What the form said before the explanation."""
        answers = self.bench.answers.get(candidate, Answers())
        for line in criterion.figures:
            first = answers.figure(line.key)
            if first != self.bench.figure(candidate, criterion.id, line.key):
                yield f"Biểu tự chấm ghi {line.text}: {shown_text(first, line.input) or 'để trống'}."


def _concluded(criterion: Reviewed, standing: Standing) -> Iterator[str]:
    applies = standing.applies.get(standing.state)
    figures = standing.figures.get(standing.state, {})
    labels = {line.key: (line.text, line.input) for line in criterion.figures}
    said = [f"{labels[key][0]}: {shown_text(text, labels[key][1])}" for key, text in figures.items() if key in labels]
    what = "không áp dụng" if applies is False else "sửa " + "; ".join(said) if said else "chấp nhận"
    yield f"{STATES[standing.state].capitalize()}: {what}." + (f" Lý do: {standing.reason}" if standing.reason else "")


def _counted(result: Result, candidate: str, criterion: Reviewed) -> Iterator[ShownFigure]:
    """What is counted in the task register for a criterion: Nhiệm vụ tính trong kỳ 15, nhiệm vụ đã hoàn thành 12."""
    node = result.set.node(criterion.id) if criterion.tables and criterion.leaf else None
    terms = [part for f in node.formulas() if f.bound for part in f.term.walk()] if node is not None else []
    for name in dict.fromkeys(part.name for part in terms if isinstance(part, Named)):
        declared, counted = result.set.declaration.quantities[name], result.root.quantity(name)
        if isinstance(counted, Quantity):
            value = counted.at(result.rows[candidate])
            percent = 100 if declared.show == "percent" else 1
            shown = "chưa có" if value is None else show_vietnamese(value * percent) + (" %" if percent > 1 else "")
            note = "Theo sổ nhiệm vụ; sai thì sửa ở sổ."
            yield ShownFigure(f"{SHOWN}:={name}", declared.label, shown, note=note)


def _figure(
    key: str, label: str, value: str, column: Input, before: Fraction | None = None, note: str = ""
) -> ShownFigure:
    return ShownFigure(key, label, value, column, unit_of(column), before, note)


def _day(text: str) -> str:
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}"


def joined(lines: Iterable[str]) -> str:
    """Lines of one cell."""
    return "\n".join(lines)
