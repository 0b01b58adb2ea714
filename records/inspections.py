"""Inspections (kiểm tra): date, body, finding, remedy and document of each; a finding may correct a score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from criteria.problems import Problem, of_file
from records.forms.collecting.cells import clean, figure
from records.ledger.entries import Entry, gather
from records.life.acts import LedgerMoved, perform, revise
from records.life.rights import INSPECTOR
from records.life.scope import Scope
from records.roster.matching import find_body
from records.tables.cells import CellError
from records.tables.sheets import Cell
from records.workspace.folder import Workspace

FIELDS = ("candidate", "date", "body", "finding", "remedy", "document")


@dataclass(frozen=True)
class Inspection:
    """One inspection of one candidate. number: 1, 2, 3 … in the round. body: who made it, as written in the document."""

    candidate: str
    date: date
    body: str
    finding: str
    document: str
    remedy: str = ""
    number: int = 0


@dataclass(frozen=True)
class Correction:
    """What a finding makes of one figure. measure: a measure of the set, or the id of a criterion that a person judges."""

    criterion: str
    measure: str
    value: str


def inspections(workspace: Workspace, period: str, candidate: str = "") -> list[Inspection]:
    """Those of a round, in the order in which they were entered."""
    found = []
    for subject, facts in gather(workspace.database.entries("inspection")).items():
        about, _, number = subject.partition(":")[2].rpartition("/")
        day = facts.day("date")
        if about != period or day is None or (candidate and facts.value("candidate") != candidate):
            continue
        texts = {name: facts.value(name) for name in FIELDS if name != "date"}
        found.append(Inspection(date=day, number=int(number), **texts))
    return sorted(found, key=lambda one: one.number)


def add_inspection(
    scope: Scope, told: Inspection, today: date, correction: Correction | None = None
) -> tuple[Inspection | None, list[Problem]]:
    """Enter an inspection, and what it corrects; its number, or everything that is wrong and nothing entered. Raises OSError.

    The correction comes first: it says document and finding itself. The same inspection told twice is entered once.
    """
    body, finding, remedy, document = (clean(text) for text in (told.body, told.finding, told.remedy, told.document))
    made = Inspection(told.candidate, told.date, body, finding, document, remedy)
    problems = _wrong(scope, made, today)
    figures: dict[str, str] = {}
    if correction is not None and made.candidate in scope.candidates:
        figures, found = _figures(scope, made.candidate, correction)
        problems += found
    if problems:
        return None, problems
    while True:
        try:
            return _enter(scope, made, correction, figures)
        except LedgerMoved:  # somebody else wrote in between: number again
            continue


def _enter(
    scope: Scope, made: Inspection, correction: Correction | None, figures: dict[str, str]
) -> tuple[Inspection | None, list[Problem]]:
    """The inspection and its correction, in one transaction. Raises LedgerMoved."""
    workspace, period = scope.workspace, scope.round.period
    last = workspace.database.last_entry()
    known = inspections(workspace, period)
    same = next((one for one in known if replace(one, number=0) == made), None)
    made = same or replace(made, number=max((one.number for one in known), default=0) + 1)
    values = {**{name: getattr(made, name) for name in FIELDS}, "date": made.date.isoformat()}
    entries = [
        Entry(f"inspection:{period}/{made.number}", name, value, source=made.document, author=made.body, role=INSPECTOR)
        for name, value in values.items()
        if value and same is None
    ]
    if correction is None:
        return (made, []) if not entries else _kept(perform(scope, [], entries, last), made)
    done = revise(
        scope,
        made.candidate,
        correction.criterion,
        figures,
        author=made.body,
        role=INSPECTOR,
        reason=made.finding,
        document=made.document,
        also=entries,
        at=last,
    )
    return _kept(done, made)


def _kept(done: tuple[int, list[Problem]], made: Inspection) -> tuple[Inspection | None, list[Problem]]:
    return (None, done[1]) if done[1] else (made, [])


def _wrong(scope: Scope, made: Inspection, today: date) -> list[Problem]:
    problems, window = [], scope.round.window
    if made.candidate not in scope.candidates:
        message = f"Kỳ {scope.round.period} không có đối tượng “{made.candidate}”."
        problems.append(of_file("--candidate", "unknown-candidate", message, "Xem mã: thidua roster list."))
    if made.date > today:
        message = f"Ngày kiểm tra {made.date:%d/%m/%Y} chưa đến."
        problems.append(of_file("--on", "inspection", message, "Ghi ngày đã kiểm tra."))
    if made.date < window.first:
        message = f"Ngày kiểm tra {made.date:%d/%m/%Y} trước kỳ (bắt đầu {window.first:%d/%m/%Y})."
        problems.append(of_file("--on", "inspection", message, "Nhập vào kỳ được kiểm tra."))
    needed = {"--by-body": (made.body, "cơ quan kiểm tra"), "--finding": (made.finding, "kết quả kiểm tra")}
    needed["--document"] = made.document, "số, ngày văn bản kết luận"
    for option, (text, what) in needed.items():
        if not text:
            problems.append(of_file(option, "inspection", f"Thiếu {what}.", f"Ghi {what}."))
    if made.body and made.candidate in scope.candidates:
        roster = scope.rosters[scope.candidates[made.candidate].group]
        if find_body(roster, made.body, made.date)[0] == made.candidate:
            message = f"{made.candidate} không tự kiểm tra mình được."
            problems.append(of_file("--by-body", "inspection", message, "Ghi cơ quan đã kiểm tra."))
    return problems


def _figures(scope: Scope, candidate: str, told: Correction) -> tuple[dict[str, str], list[Problem]]:
    """The corrected figure by its key, read as a form is read."""
    one = scope.of(candidate).get(told.criterion)
    if one is None:
        message = f"Bộ tiêu chí của {candidate} không có tiêu chí “{told.criterion}”."
        return {}, [of_file("--criterion", "unknown-candidate", message, "Ghi mã tiêu chí.")]
    key = next((key for key in one.keys if key.partition(":")[2] == told.measure), None)
    if key is None:
        own = ", ".join(key.partition(":")[2] for key in one.keys) or "không có"
        message = f"“{told.measure}” không phải số liệu thẩm định ở tiêu chí {told.criterion}."
        return {}, [of_file("--measure", "inspection", message, f"Số liệu của tiêu chí: {own}.")]
    declared = scope.layout(candidate).inputs[key]
    try:
        text = figure(Cell(told.value), declared)
    except CellError as error:
        return {}, [of_file("--value", error.code, error.message, error.hint)]
    if not text:
        return {}, [of_file("--value", "inspection", "Thiếu giá trị đúng.", f"Ghi giá trị của “{declared.label}”.")]
    return {key: text}, []
