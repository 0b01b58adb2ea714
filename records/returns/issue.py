"""Issuing return forms (giao biểu giải trình): one per unit, or per body that hands in a batch, with only what was sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from criteria.declarations.movement import Group
from criteria.problems import WARNING, Problem, errors, of_file
from records.calendar import limit_problems
from records.forms.issuing.content import SetContent
from records.forms.issuing.files import form_name, group_folder
from records.forms.issuing.texts import CriteriaTexts
from records.forms.tokens import BATCH, SINGLE
from records.ledger.entries import Entry
from records.returns.content import ReturnContent, ReturnedCase, claim_of, figures_of, return_token
from records.returns.returned import Returned, all_returned, last_said, owner_of
from records.returns.sheets import return_workbook
from records.review.bench import Bench, load_bench
from records.review.issue import review_round
from records.rounds import known_group
from records.workbooks.going_out import issued_place, write_issued
from records.workbooks.self_points import SelfPoints
from records.workspace.folder import Workspace

FOLDER = "giai-trinh"


@dataclass(frozen=True)
class IssuedReturn:
    """One form. criteria: how many; deadline: the first one; written: it is new or says something else than before."""

    owner: str
    name: str
    path: Path
    criteria: int
    candidates: int
    deadline: date | None
    written: bool


def issue_returns(
    workspace: Workspace,
    period: str,
    candidates: Sequence[str] = (),
    letters: Sequence[str] = (),
    out: Path | None = None,
) -> tuple[list[IssuedReturn], list[Problem]]:
    """candidates: only the forms in which they stand, whole. letters: groups. out: instead of bieu-giao/PERIOD/giai-trinh."""
    bench, problems = bench_of(workspace, period, candidates, letters)
    if bench is None:
        return [], problems
    found = all_returned(bench)
    wanted = {(bench.scope.candidates[one].group, owner_of(bench, one)) for one in candidates}
    owned: dict[tuple[str, str], list[Returned]] = {}
    for one in found:
        key = one.candidate.group, owner_of(bench, one.candidate.id)
        if not key[1]:
            problems.append(_ownerless(one))
        elif not candidates or key in wanted:
            owned.setdefault(key, []).append(one)
    if not owned:
        message = f"Kỳ {period} không có tiêu chí nào bị trả lại, chờ giải trình."
        problems.append(of_file(period, "return", message, "Thu biểu thẩm định: thidua review collect.", WARNING))
        return [], problems
    if any(one.deadline is None for several in owned.values() for one in several):
        lacking = limit_problems(workspace.movement, "explanation")
        problems += [of_file(p.file, p.code, p.message, p.hint, WARNING) for p in lacking]
    points = SelfPoints(bench.scope)
    contents = [_content(bench, points, letter, owner, several) for (letter, owner), several in owned.items()]
    problems += points.problems
    if errors(problems):
        return [], problems
    return _write(workspace, period, contents, out, problems), problems


def bench_of(
    workspace: Workspace, period: str, candidates: Sequence[str] = (), letters: Sequence[str] = ()
) -> tuple[Bench | None, list[Problem]]:
    """A round as people have judged it so far; None with the reasons: no such round, group or candidate."""
    round_, problems = review_round(workspace, period)
    for letter in letters:
        problems += known_group(workspace, letter)
    if round_ is None or errors(problems):
        return None, problems
    bench, found = load_bench(workspace, round_, tuple(letters))
    problems += found
    for one in candidates:
        if one not in bench.scope.candidates:
            message = f"“{one}” không phải đối tượng của kỳ {period}."
            problems.append(of_file("--candidate", "unknown-candidate", message, "Xem mã: thidua roster list."))
    return (None if errors(problems) else bench), problems


def _ownerless(one: Returned) -> Problem:
    message = (
        f"{one.candidate.name} (mã {one.candidate.id}) chưa có cơ quan quản lý nên không có biểu nào để giải trình."
    )
    hint = "Điền cột cơ quan quản lý rồi nhập lại danh sách: thidua roster import."
    return of_file(one.candidate.id, "roster-open", message, hint, WARNING)


def _content(bench: Bench, points: SelfPoints, letter: str, owner: str, several: list[Returned]) -> ReturnContent:
    scope = bench.scope
    group = scope.workspace.group(letter)
    assert group is not None
    roster, last = scope.rosters[letter], scope.round.window.last
    body = roster.bodies.get(owner)
    cases = [_case(bench, points, one) for one in several]
    sets = []
    for file in scope.sets:  # in the order of the movement
        members = {one.candidate.id: one.candidate for one in several if one.candidate.set == file}
        if members:
            texts = CriteriaTexts(scope.sets[file])
            sets.append(SetContent(scope.layouts[file], texts, list(members.values()), {}, {}))
    manager = roster.bodies.get(several[0].candidate.manager) if group.batch is None else None
    made = ReturnContent(
        SINGLE if group.batch is None else BATCH,
        scope.workspace.movement,
        group,
        scope.round,
        owner,
        body.name(last) if body is not None else owner,
        manager.name(last) if manager is not None else "",
        sets,
        "",
        cases,
    )
    secret = scope.workspace.database.secret()
    return replace(made, token=return_token(secret, scope.round.period, owner, made.set_ids, made.digest))


def _case(bench: Bench, points: SelfPoints, one: Returned) -> ReturnedCase:
    candidate, criterion = one.candidate.id, one.criterion
    earned, maximum = points.of(one.candidate, criterion)
    return ReturnedCase(
        one,
        bench.scope.body_name(one.body),
        earned,
        maximum,
        tuple(figures_of(bench, candidate, criterion)),
        claim_of(bench, candidate, criterion.id),
        last_said(bench.standings.of(candidate, criterion.id)).text,
    )


def _write(
    workspace: Workspace, period: str, contents: list[ReturnContent], out: Path | None, problems: list[Problem]
) -> list[IssuedReturn]:
    """Write what has changed, then store that it was issued. A file that cannot be written is a problem."""
    home = out or workspace.issued(period) / FOLDER
    issued: list[IssuedReturn] = []
    entries: list[Entry] = []
    taken: set[str] = set()
    for content in contents:
        path = home / _name(content, taken)
        written = write_issued(path, return_workbook(content), problems)
        if written is None:
            continue
        deadline = content.deadlines[0] if content.deadlines else None
        many = len(content.candidates)
        issued.append(
            IssuedReturn(content.owner, content.owner_name, path, len(content.cases), many, deadline, written)
        )
        subject = f"return:{period}/{content.owner}"
        entries.append(
            Entry(subject, f"issued:{content.group.letter}", content.token, place=issued_place(workspace, path))
        )
    workspace.database.enter(entries)
    return issued


def _name(content: ReturnContent, taken: set[str]) -> str:
    """X1-xa-mot.xlsx; of a batch B001-e-so-noi-vu.xlsx: its body may be a candidate itself."""
    name = form_name(content.owner, _called(content.group, content.owner_name, batch=content.batch))
    while name.lower() in taken:  # capital letters do not count on every system
        name = f"_{name}"
    taken.add(name.lower())
    return name


def _called(group: Group, name: str, *, batch: bool) -> str:
    return f"{group_folder(group)} {name}" if batch else name
