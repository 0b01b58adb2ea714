"""What a return form answers, as acts: held against what was asked, what the unit has said before, and the bounds of its figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from criteria.declarations.movement import Movement
from criteria.problems import Problem
from records.forms.collecting.cells import Findings
from records.forms.collecting.lines import Asked, Typed, check_bounds
from records.forms.collecting.workbook import FormSheet
from records.indices import known_for
from records.life.acts import Act
from records.life.rights import EXPLAINED, RETURNED, STATES, UNIT
from records.returns import columns
from records.returns.content import claim_of, current_figures
from records.returns.reading import ReadReturn, TypedReturn
from records.returns.returned import Said, as_text, days_over, deadline_of, last_said, late_words, sent_back
from records.review.bench import Bench

_AGAIN = "Giao lại: thidua return issue; giải trình vào biểu mới."


@dataclass
class Answers:
    """acts: one per criterion that is answered anew. same: answered before with the same content. open: left blank.
    late: by key of the case, working days after its deadline."""

    acts: list[Act] = field(default_factory=list)
    same: list[TypedReturn] = field(default_factory=list)
    open: list[TypedReturn] = field(default_factory=list)
    late: dict[str, int] = field(default_factory=dict)


class Answering:
    """Decides about one file on one state of the ledger. day: on which it was received. reason: kept with what is taken in."""

    def __init__(self, bench: Bench, read: ReadReturn, day: date, reason: str) -> None:
        self.bench, self.read, self.day, self.reason = bench, read, day, reason

    def answers(self) -> Answers:
        """Acts of the criteria that are answered; what is wrong goes to the findings of the file."""
        found = Answers()
        findings = self.read.findings
        for case in self.read.cases:
            if not case.answered:
                waiting = self.bench.state(case.candidate, case.criterion) == RETURNED
                found.open += [case] if waiting else []
                continue
            standing = self.bench.standings.of(case.candidate, case.criterion)
            asked, said = sent_back(standing), last_said(standing)
            number = asked.number if asked is not None else 0
            state = self.bench.state(case.candidate, case.criterion)
            if number == case.number and said.number > number and self._same(case, said):
                found.same.append(case)
            elif number != case.number or state != RETURNED:
                findings.problems.append(self._stale(case, number, state))
            else:
                before = len(findings.problems)
                findings.problems += self._wrong(case, said)
                late = days_over(self._movement, deadline_of(self._movement, standing), self.day)
                if late:
                    found.late[case.key] = late
                if len(findings.problems) == before:
                    found.acts.append(self._act(case, said, late))
        for candidate in dict.fromkeys(act.candidate for act in found.acts):
            self._bounds(candidate, findings)
        if not any(case.answered for case in self.read.cases) and self.read.cases and not findings.wrong:
            first = self.read.cases[0]
            message = "Biểu chưa giải trình tiêu chí nào."
            findings.problems.append(first.problem("return-cell", message, "Điền cột GIẢI TRÌNH rồi gửi lại."))
        return found

    @property
    def _movement(self) -> Movement:
        return self.bench.scope.workspace.movement

    def _same(self, case: TypedReturn, said: Said) -> bool:
        """Whether the unit has said exactly this already: the form of last time with more filled in elsewhere."""
        before = last_said(self.bench.standings.of(case.candidate, case.criterion), case.number)
        handed_in = self.bench.answers[case.candidate]
        told = {key: text for key, text in {**before.figures, **case.figures}.items() if text != handed_in.figure(key)}
        return (case.explanation, told, case.withdrawn or before.withdrawn, [as_text(item) for item in case.items]) == (
            said.text,
            said.figures,
            said.withdrawn,
            said.items,
        )

    def _stale(self, case: TypedReturn, number: int, state: str) -> Problem:
        who = f"Tiêu chí {case.criterion} của {case.candidate}"
        if state == RETURNED:
            return case.problem("return-stale", f"{who} đã bị trả lại lần nữa; biểu này trả lời lần trước.", _AGAIN)
        if state == EXPLAINED and number == case.number:
            hint = "Giải trình đã gửi không thay được; muốn bổ sung thì đề nghị cơ quan thẩm định trả lại."
            return case.problem("return-stale", f"{who} đã giải trình với nội dung khác, chờ thẩm định lại.", hint)
        message = f"{who} không chờ giải trình nữa (đang “{STATES[state]}”)."
        return case.problem("return-stale", message, "Xóa phần trả lời tiêu chí này, hoặc giao lại biểu.")

    def _wrong(self, case: TypedReturn, said: Said) -> list[Problem]:
        found = []
        if not case.explanation and not self._told(case, columns.WHY, ""):
            message = f"Tiêu chí {case.criterion} có trả lời mà thiếu giải trình."
            found.append(case.problem("return-cell", message, "Ghi giải trình."))
        claim = claim_of(self.bench, case.candidate, case.criterion)
        if case.withdrawn and not claim:
            message = f"Tiêu chí {case.criterion} không có đề nghị không áp dụng để rút."
            found.append(case.problem("claim", message, "Xóa dấu x.", columns.WITHDRAW))
        if claim and not case.withdrawn:
            message = f"Tiêu chí {case.criterion} đang đề nghị không áp dụng mà ghi số liệu."
            hint = "Đánh x ở cột Rút đề nghị, hoặc xóa số liệu."
            found += [case.problem("claim", message, hint, columns.NEW, key) for key in case.figures]
        if claim and case.withdrawn:
            for key, label in self._lacking(case, said).items():
                message = f"Rút đề nghị không áp dụng mà thiếu số liệu “{label}”."
                if not self._told(case, columns.NEW, key):
                    found.append(case.problem("missing-figure", message, "Ghi số liệu.", columns.NEW, key))
        return found

    def _told(self, case: TypedReturn, column: int, key: str) -> bool:
        """Whether something wrong with a cell was said already."""
        cell = case.problem("", "", column=column, key=key).cell
        return any((one.sheet, one.cell) == (case.sheet.name, cell) for one in self.read.findings.problems)

    def _lacking(self, case: TypedReturn, said: Said) -> dict[str, str]:
        """Figures that nobody has given, by key."""
        handed_in = self.bench.answers[case.candidate]
        one = self.bench.scope.of(case.candidate)[case.criterion]
        return one.lacking(lambda key: case.figures.get(key) or said.figures.get(key) or handed_in.figure(key))

    def _act(self, case: TypedReturn, said: Said, late: int) -> Act:
        """What was explained before stays, unless it is typed anew: an empty cell leaves the figure that the form shows."""
        assert self.read.identity is not None
        reasons = [f"nộp {late_words(self._movement, late)}"] if late else []
        return Act(
            case.candidate,
            case.criterion,
            "explain",
            UNIT,
            self.read.identity.owner,
            {**said.figures, **case.figures},
            "; ".join([*reasons, *([self.reason] if self.reason else [])]),
            self.read.form.letter,
            case.problem("", "").place,
            self.read.form.sha256,
            case.explanation,
            items=tuple(case.items),
            applies=True if case.withdrawn or said.withdrawn else None,
        )

    def _bounds(self, candidate: str, findings: Findings) -> None:
        """Figures that bound one another, wherever they stand: those typed here with all the unit has said elsewhere."""
        scope = self.bench.scope
        asked = Asked(scope.layout(candidate))
        places: dict[str, tuple[FormSheet, int, int]] = {}
        new: dict[str, str] = {}
        for case in self.read.cases:
            if case.candidate == candidate:
                new |= case.figures
                places |= {key: (case.sheet, case.places[key], columns.NEW + 1) for key in case.figures}
        if not new:
            return
        everything = {**current_figures(self.bench, candidate), **new}
        near: dict[str, str] = {}
        for key, bound, _ in asked.bounds:
            other = f"measure:{bound}"
            if key in new or other in new:
                near |= {one: everything[one] for one in (key, other) if one in everything}
                places.setdefault(key, places.get(other) or next(iter(places.values())))
        if near:
            check_bounds(asked, Typed(near, lambda key: places[key]), self._known(candidate, asked), findings)

    def _known(self, candidate: str, asked: Asked) -> dict[str, str]:
        """Figures that bound those of the form and are not asked: from the roster, an index, a milestone."""
        if not asked.bounded_by_known:
            return {}
        scope = self.bench.scope
        found = known_for(scope.workspace, asked.layout, [candidate], scope.round.period)
        imported = {measure: entry.value for measure, entry in found.get(candidate, {}).items()}
        return {**scope.candidates[candidate].attributes, **imported}
