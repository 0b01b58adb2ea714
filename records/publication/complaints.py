"""Complaints (kiến nghị, phản ánh): who, about whom, by when, what was decided; an upheld one corrects the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from criteria.problems import Problem, of_file
from records.calendar import due, limit_problems
from records.forms.collecting.cells import clean, figure
from records.ledger.entries import Entry, gather
from records.life.acts import LedgerMoved, perform, revise
from records.life.rights import STEWARD
from records.life.scope import Scope, load_scope
from records.rounds import find_round
from records.tables.cells import CellError
from records.tables.sheets import Cell
from records.workspace.folder import Workspace

UPHELD, REJECTED = "upheld", "rejected"
OUTCOMES = {UPHELD: "đúng", REJECTED: "không đúng"}
_TRIES = 5
_PERSONAL = ("who", "text")
_FIELDS = ("candidate", "criterion", "who", "text")


@dataclass(frozen=True)
class Complaint:
    """One complaint. number: 1, 2, 3 … in the round. day: received. who, text: personal, kept outside the chain.

    outcome: a key of OUTCOMES, "" while it is open. decision: the document that settled it. criterion: "" when it is about the whole.
    """

    candidate: str
    day: date
    who: str
    text: str
    criterion: str = ""
    deadline: date | None = None
    number: int = 0
    outcome: str = ""
    decision: str = ""
    resolved: date | None = None

    @property
    def open(self) -> bool:
        return not self.outcome


@dataclass(frozen=True)
class Correction:
    """What an upheld complaint makes of the result. figures: by name of the measure or id of the judged criterion, as typed."""

    criterion: str
    figures: Mapping[str, str]
    applies: bool | None = None


def complaints(workspace: Workspace, period: str) -> list[Complaint]:
    """Those of a round, in the order in which they came."""
    found = []
    for subject, facts in gather(workspace.database.entries(f"complaint:{period}/")).items():
        day, closed = facts.day("date"), facts.entry("decision")
        if day is None:
            continue
        found.append(
            Complaint(
                facts.value("candidate"),
                day,
                facts.value("who"),
                facts.value("text"),
                facts.value("criterion"),
                facts.day("deadline"),
                int(subject.rpartition("/")[2]),
                closed.value if closed else "",
                closed.source if closed else "",
                closed.valid_from if closed else None,
            )
        )
    return sorted(found, key=lambda one: one.number)


def held_candidates(workspace: Workspace, period: str) -> dict[str, list[int]]:
    """Candidates whose dossier waits for the decision of complaints: their numbers."""
    found: dict[str, list[int]] = {}
    for one in complaints(workspace, period):
        if one.open:
            found.setdefault(one.candidate, []).append(one.number)
    return dict(sorted(found.items()))


def add_complaint(scope: Scope, told: Complaint, today: date) -> tuple[Complaint | None, list[Problem]]:
    """Enter a complaint; told twice it is entered once. Its deadline: as told, else the movement's time limit. Raises OSError."""
    made = replace(told, who=clean(told.who), text=clean(told.text))
    problems = list(_wrong(scope, made, today))
    if made.deadline is None:
        problems += limit_problems(scope.workspace.movement, "complaint")
    if problems:
        return None, problems
    made = replace(made, deadline=made.deadline or due(scope.workspace, "complaint", made.day))
    period = scope.round.period
    with scope.workspace.database.writing() as writer:
        known = complaints(scope.workspace, period)
        for one in known:
            if (one.candidate, one.criterion, one.day, one.who, one.text) == (
                made.candidate,
                made.criterion,
                made.day,
                made.who,
                made.text,
            ):
                return one, []
        made = replace(made, number=max((one.number for one in known), default=0) + 1)
        values = {name: getattr(made, name) for name in _FIELDS}
        assert made.deadline is not None
        values |= {"date": made.day.isoformat(), "deadline": made.deadline.isoformat()}
        subject = f"complaint:{period}/{made.number}"
        writer.append(
            Entry(subject, name, value, personal=name in _PERSONAL, role=STEWARD)
            for name, value in values.items()
            if value
        )
    return made, []


def resolve_complaint(
    scope: Scope,
    number: int,
    outcome: str,
    decision: str,
    author: str,
    day: date,
    correction: Correction | None = None,
) -> tuple[Complaint | None, list[Problem]]:
    """Settle a complaint by a document, with its correction in one transaction; nothing is entered while anything is wrong.

    Whoever else settles the same one meanwhile is noticed. Raises OSError.
    """
    for _ in range(_TRIES):
        try:
            return _resolve(scope, number, outcome, decision, author, day, correction)
        except LedgerMoved:
            continue
    message = "Có lệnh khác ghi số liệu liên tục."
    return None, [of_file(str(number), "output", message, "Đợi lệnh khác xong rồi chạy lại lệnh.")]


def _resolve(
    scope: Scope,
    number: int,
    outcome: str,
    decision: str,
    author: str,
    day: date,
    correction: Correction | None,
) -> tuple[Complaint | None, list[Problem]]:
    """The same on one state of the ledger. Raises LedgerMoved."""
    head = scope.workspace.database.last_entry()
    period, decision = scope.round.period, clean(decision)
    subject = f"complaint:{period}/{number}"
    one = next((c for c in complaints(scope.workspace, period) if c.number == number), None)
    problems: list[Problem] = []
    if one is None:
        message = f"Kỳ {period} không có kiến nghị, phản ánh số {number}."
        return None, [of_file(str(number), "complaint", message, f"Xem: thidua complaint list {period}.")]
    if not one.open:
        message = f"Kiến nghị, phản ánh số {number} đã giải quyết theo {one.decision}."
        problems.append(of_file(str(number), "complaint", message))
    if not decision:
        problems.append(of_file("--decision", "complaint", "Thiếu văn bản giải quyết.", "Ghi số, ngày văn bản."))
    if day < one.day:
        message = f"Ngày giải quyết {day:%d/%m/%Y} trước ngày nhận {one.day:%d/%m/%Y}."
        problems.append(of_file("--on", "complaint", message, "Ghi ngày văn bản giải quyết."))
    figures: dict[str, str] = {}
    if correction is not None:
        if outcome != UPHELD:
            message = "Kiến nghị, phản ánh không đúng thì không điều chỉnh kết quả."
            problems.append(of_file("--rejected", "complaint", message, "Bỏ --measure, --value hoặc dùng --upheld."))
        figures, found = _figures(scope, one.candidate, correction)
        problems += found
    if problems:
        return None, problems
    told = [Entry(subject, "decision", outcome, day, source=decision, author=author, role=STEWARD)]
    if correction is None:
        _, problems = perform(scope, [], told, head)
    else:
        _, problems = revise(
            scope,
            one.candidate,
            correction.criterion,
            figures,
            author=author,
            role=STEWARD,
            reason=f"Giải quyết kiến nghị, phản ánh số {number}",
            document=decision,
            applies=correction.applies,
            also=told,
            at=head,
        )
    if problems:
        return None, problems
    return replace(one, outcome=outcome, decision=decision, resolved=day), []


def correction_of(
    workspace: Workspace,
    period: str,
    number: int,
    criterion: str,
    measures: Sequence[str],
    values: Sequence[str],
    *,
    out: bool = False,
) -> tuple[Correction | None, list[Problem]]:
    """What was typed as a correction; None when nothing was. criterion: "" means the one complained about. out: does not apply."""
    if not (measures or values or out):
        return None, []
    if len(measures) != len(values) or len(set(measures)) != len(measures):
        message = f"Có {len(measures)} --measure và {len(values)} --value."
        return None, [of_file("--measure", "complaint", message, "Mỗi --measure nêu một lần, kèm một --value.")]
    about = next((one.criterion for one in complaints(workspace, period) if one.number == number), "")
    return Correction(criterion or about, dict(zip(measures, values, strict=True)), False if out else None), []


def scope_of_round(workspace: Workspace, period: str) -> tuple[Scope | None, list[Problem]]:
    """Everybody complaints of a round may be about."""
    round_, problems = find_round(workspace, period)
    if round_ is None:
        return None, problems
    scope, problems = load_scope(workspace, round_)
    return (None if problems else scope), problems


def complaint_lines(told: Sequence[Complaint], today: date) -> Iterator[str]:
    """For a screen; without who complained and what was said."""
    waiting = sum(one.open for one in told)
    yield f"{len(told)} kiến nghị, phản ánh, {waiting} chưa giải quyết."
    for one in told:
        about = f"{one.candidate} {one.criterion}".strip()
        if not one.open:
            end = f"đã giải quyết theo {one.decision}: {OUTCOMES.get(one.outcome, one.outcome)}"
        else:
            end = f"hạn {one.deadline:%d/%m/%Y}" if one.deadline else "chưa có hạn"
            end += ", quá hạn" if one.deadline and one.deadline < today else ""
        yield f"{one.number}. {about}, nhận {one.day:%d/%m/%Y}, {end}"


def _wrong(scope: Scope, made: Complaint, today: date) -> Iterator[Problem]:
    if made.candidate not in scope.candidates:
        message = f"Kỳ {scope.round.period} không có đối tượng “{made.candidate}”."
        yield of_file("--candidate", "unknown-candidate", message, "Xem mã: thidua roster list.")
    elif made.criterion and made.criterion not in scope.of(made.candidate):
        message = f"Bộ tiêu chí của {made.candidate} không có tiêu chí “{made.criterion}”."
        yield of_file("--criterion", "unknown-candidate", message, "Ghi mã tiêu chí.")
    if made.day > today:
        message = f"Ngày nhận {made.day:%d/%m/%Y} chưa đến."
        yield of_file("--on", "complaint", message, "Ghi ngày đã nhận.")
    if made.deadline is not None and made.deadline < made.day:
        message = f"Hạn giải quyết {made.deadline:%d/%m/%Y} trước ngày nhận."
        yield of_file("--deadline", "complaint", message, "Ghi hạn sau ngày nhận.")
    for option, text, what in (("--who", made.who, "người kiến nghị"), ("--text", made.text, "nội dung")):
        if not text:
            yield of_file(option, "complaint", f"Thiếu {what}.", f"Ghi {what}.")


def _figures(scope: Scope, candidate: str, told: Correction) -> tuple[dict[str, str], list[Problem]]:
    """The corrected figures by their keys, each read as a form is read; every mistake."""
    one = scope.of(candidate).get(told.criterion)
    if one is None:
        message = f"Bộ tiêu chí của {candidate} không có tiêu chí “{told.criterion}”."
        return {}, [of_file("--criterion", "unknown-candidate", message, "Ghi mã tiêu chí.")]
    problems: list[Problem] = []
    figures: dict[str, str] = {}
    keys = {key.partition(":")[2]: key for key in one.keys}
    for name, typed in told.figures.items():
        if name not in keys:
            message = f"“{name}” không phải số liệu thẩm định ở tiêu chí {told.criterion}."
            hint = f"Số liệu của tiêu chí: {', '.join(keys) or 'không có'}."
            problems.append(of_file("--measure", "unknown-figure", message, hint))
            continue
        try:
            figures[keys[name]] = figure(Cell(typed), scope.layout(candidate).inputs[keys[name]])
        except CellError as error:
            problems.append(of_file("--value", error.code, error.message, error.hint))
            continue
        if not figures[keys[name]]:
            problems.append(of_file("--value", "complaint", f"Thiếu giá trị đúng của {name}.", "Ghi giá trị."))
    if not told.figures and told.applies is None:
        message = "Chưa nói điều chỉnh gì."
        problems.append(
            of_file("--measure", "complaint", message, "Thêm --measure … --value …, hoặc --not-applicable.")
        )
    return figures, problems
