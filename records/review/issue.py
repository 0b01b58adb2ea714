"""Issuing verification workbooks (giao biểu thẩm định): one per body, with only what it owns, and the entry that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.movements.verifiers import body_id
from criteria.problems import WARNING, Problem, errors, of_file
from records.calendar import due, limit_problems
from records.forms.issuing.files import form_name, group_folder
from records.forms.issuing.sheets import Book
from records.ledger.entries import Entry
from records.life.criteria import Reviewed
from records.review.bench import CONCLUDED, WAITING, Bench, load_bench, without_verifier
from records.review.content import Case, ReviewContent, ReviewSheet
from records.review.guide import write_guide, write_signature
from records.review.sheets import CaseSheet
from records.review.showing import Showing
from records.rounds import Round, find_round, known_group
from records.workbooks.going_out import issued_place, write_issued
from records.workspace.folder import Workspace

FOLDER = "tham-dinh"


@dataclass(frozen=True)
class IssuedReview:
    """One workbook. criteria: rows to conclude; written: it is new or says something else than before."""

    body: str
    name: str
    path: Path
    criteria: int
    candidates: int
    deadline: date | None
    written: bool


def issue_reviews(
    workspace: Workspace,
    period: str,
    on: date,
    bodies: Sequence[str] = (),
    letters: Sequence[str] = (),
    *,
    everything: bool = False,
    out: Path | None = None,
) -> tuple[list[IssuedReview], list[Problem]]:
    """on: the day of issue, from which the time limit counts. bodies: ids or names; none means all. everything: what is concluded,
    too. out: instead of bieu-giao/PERIOD/tham-dinh. With an error nothing is written."""
    round_, problems = review_round(workspace, period)
    for letter in letters:
        problems += known_group(workspace, letter)
    wanted = [body_id(workspace.movement, name) for name in bodies]
    problems += [unknown_body(workspace, name) for name, found in zip(bodies, wanted, strict=True) if not found]
    if round_ is None or errors(problems):
        return [], problems
    bench, found = load_bench(workspace, round_, tuple(letters))
    problems += found
    cases = _cases(bench, (*WAITING, *CONCLUDED) if everything else WAITING, wanted, problems)
    lacking = limit_problems(workspace.movement, "verification")
    problems += [of_file(p.file, p.code, p.message, p.hint, WARNING) for p in lacking] if cases else []
    for body in wanted or ([] if cases else [""]):
        if body not in cases:
            who = bench.scope.body_name(body) if body else f"Kỳ {period}"
            message = f"{who} không có tiêu chí nào chờ thẩm định."
            problems.append(of_file(period, "review", message, "Thu biểu trước: thidua forms collect.", WARNING))
    if errors(problems):
        return [], problems
    contents = [_content(bench, body, cases[body], on, not lacking) for body in _ordered(workspace, cases)]
    return _write(workspace, bench, contents, letters, out, problems), problems


def review_round(workspace: Workspace, period: str) -> tuple[Round | None, list[Problem]]:
    """An opened round that has forms of its own."""
    found, problems = find_round(workspace, period)
    if found is not None and found.window.occasion:
        message = f"{found.window.name} gộp các kỳ khác, không thẩm định riêng."
        return None, [of_file(period, "round", message, "Thẩm định từng kỳ.")]
    return found, problems


def unknown_body(workspace: Workspace, name: str) -> Problem:
    known = ", ".join(body.id for body in workspace.movement.bodies)
    return of_file(name, "review", f"Không có cơ quan thẩm định “{name}”.", f"Các cơ quan: {known}.")


def _cases(
    bench: Bench, states: Sequence[str], wanted: Sequence[str], problems: list[Problem]
) -> dict[str, dict[str, list[Case]]]:
    """By body and criteria file."""
    found: dict[str, dict[str, list[Case]]] = {}
    todo: list[tuple[str, Reviewed, str]] = []
    for candidate, criterion, body in bench.cases(states):
        if not body:
            problems.append(without_verifier(bench, candidate, criterion.id))
        elif not wanted or body in wanted:
            todo.append((candidate, criterion, body))
    if not todo or errors(problems):
        return found
    showing = Showing(bench)
    for candidate, criterion, body in todo:
        case = showing.case(candidate, criterion)
        if case is not None:
            file = bench.scope.candidates[candidate].set
            found.setdefault(body, {}).setdefault(file, []).append(case)
    problems += showing.problems
    return found


def _ordered(workspace: Workspace, cases: dict[str, dict[str, list[Case]]]) -> list[str]:
    return [body.id for body in workspace.movement.bodies if body.id in cases]


def _content(bench: Bench, body: str, cases: dict[str, list[Case]], on: date, limited: bool) -> ReviewContent:
    scope = bench.scope
    sheets = []
    for file in scope.sets:  # in the order of the movement
        criteria = list(scope.criteria[file])
        own = sorted(
            cases.get(file, ()), key=lambda case: criteria.index(case.criterion.id)
        )  # candidates keep their order
        if own:
            sheets.append(ReviewSheet(scope.layouts[file], own))
    movement, secret = scope.workspace.movement, scope.workspace.database.secret()
    made = ReviewContent(movement, scope.round, body, scope.body_name(body), sheets, secret)
    before = [date.fromisoformat(told["day"]) for told in bench.issued(body) if told.get("token") == made.token]
    day = before[0] if before else on  # issued again, the time limit does not begin again
    deadline = due(movement, "verification", day) if limited else None
    return ReviewContent(movement, scope.round, body, scope.body_name(body), sheets, secret, day, deadline)


def review_workbook(review: ReviewContent) -> bytes:
    """xlsx bytes; the same content gives the same bytes. Texts are written as texts, never as formulas."""
    footer = f"{review.body} – {review.body_name[:80]} – kỳ {review.round.period}"
    book = Book(f"Biểu thẩm định – {review.body_name}", review.stamps, footer)
    write_guide(book, review)
    for sheet in review.sheets:
        CaseSheet(book, review, sheet).write()
    write_signature(book, review)
    return book.finish(review.hidden)


def _write(
    workspace: Workspace,
    bench: Bench,
    contents: list[ReviewContent],
    letters: Sequence[str],
    out: Path | None,
    problems: list[Problem],
) -> list[IssuedReview]:
    """Write what has changed, then store that it was issued. A file that cannot be written is a problem."""
    period = bench.scope.round.period
    home = out or workspace.issued(period) / FOLDER
    groups = [group for group in workspace.movement.groups if group.letter in letters]
    some = " ".join(group_folder(group) for group in groups)  # a workbook of some groups stands beside the whole one
    issued: list[IssuedReview] = []
    entries: list[Entry] = []
    for review in contents:
        path = home / form_name(review.body, f"{some} {review.body_name}".strip())
        written = write_issued(path, review_workbook(review), problems)
        if written is None:
            continue
        candidates = len({case.candidate.id for case in review.cases})
        issued.append(
            IssuedReview(review.body, review.body_name, path, len(review.cases), candidates, review.deadline, written)
        )
        if any(told.get("token") == review.token for told in bench.issued(review.body)):
            continue
        told = {
            "token": review.token,
            "day": review.day.isoformat(),
            "deadline": review.deadline.isoformat() if review.deadline else "",
        }
        value = "; ".join(f"{name}={text}" for name, text in told.items())
        entries.append(Entry(f"review:{period}/{review.body}", "issued", value, place=issued_place(workspace, path)))
    workspace.database.enter(entries)
    return issued
