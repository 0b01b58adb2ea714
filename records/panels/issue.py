"""Issuing marking workbooks (giao phiếu chấm): one per assessor and panel, with only what he may judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.problems import WARNING, Problem, errors, of_file
from records.forms.collecting.cells import short
from records.forms.issuing.files import form_name
from records.forms.issuing.sheets import Book
from records.panels.board import COLLECTED, Board, load_board
from records.panels.content import Case, MarkContent, MarkSheet
from records.panels.guide import write_guide, write_signature
from records.panels.members import Member
from records.panels.proof import ABSTAIN
from records.panels.sheets import write_marks
from records.review.content import ShownFigure
from records.review.showing import Showing
from records.workbooks.going_out import shown_text, write_issued
from records.workbooks.taking_in import last_edition
from records.workspace.folder import Workspace

FOLDER = "hoi-dong"


@dataclass(frozen=True)
class IssuedMarks:
    """One workbook. rows: to mark. excluded: candidates the assessor may not judge, and why."""

    member: Member
    path: Path
    rows: int
    excluded: dict[str, str]
    written: bool


def issue_marks(
    workspace: Workspace,
    period: str,
    on: date,
    table: str = "",
    assessors: Sequence[str] = (),
    out: Path | None = None,
) -> tuple[list[IssuedMarks], list[Problem]]:
    """on: who sits on the panel on this day gets a workbook. out: instead of bieu-giao/PERIOD/hoi-dong. Errors: nothing written."""
    board, problems = load_board(workspace, period, table)
    if board is None:
        return [], problems
    tables = [table] if table else list(board.judged)
    members = [m for name in tables for m in board.members.get(name, []) if m.serves(on)]
    for ident in assessors:
        if ident not in {member.id for member in members}:
            message = f"Không có người chấm “{short(ident)}” trong ngày {on:%d/%m/%Y}."
            problems.append(of_file("--assessor", "panel", message, "Xem: thidua panel list."))
    members = [member for member in members if not assessors or member.id in assessors]
    if not members and not errors(problems):
        message = f"Chưa có người chấm nào trong hội đồng {', '.join(tables)}."
        problems.append(of_file(period, "panel", message, "Thêm: thidua panel add."))
    if errors(problems):
        return [], problems
    showing = Showing(board.bench)
    contents = [_content(board, member, showing) for member in members]
    problems += showing.problems
    if errors(problems):
        return [], problems
    issued = []
    for content in contents:
        one = _write(workspace, board, content, out or workspace.issued(period) / FOLDER, problems)
        issued += [one] if one is not None else []
    return issued, problems


def _content(board: Board, member: Member, showing: Showing) -> MarkContent:
    sheets: dict[str, list[Case]] = {}
    for candidate, one in board.cases(member.table):
        if board.conflict(member, candidate) or not board.markable(candidate, one.id):
            continue
        shown = showing.case(candidate, one.criterion)
        if shown is None:  # the set cannot be scored: showing says why
            continue
        mine = board.said(member.table, candidate, one.id, member.id)
        case = Case(
            shown.candidate,
            one,
            [_figure(figure) for figure in shown.figures],
            shown.evidence,
            shown.said,
            "" if mine is None else "không chấm" if mine.value == ABSTAIN else mine.value.replace(".", ","),
            shown.changed_at,
        )
        sheets.setdefault(one.file, []).append(case)
    made = [MarkSheet(board.scope.sets[file], cases) for file, cases in sheets.items()]
    scope, judged = board.scope, board.judged[member.table]
    files = set(sheets)
    excluded = [(scope.candidates[who], why) for who, why in board.excluded(member).items()]
    common = (scope.workspace.movement, scope.round, member, [one for one in judged if one.file in files], made)
    secret = scope.workspace.database.secret()
    token = MarkContent(*common, secret, excluded).token
    return MarkContent(*common, secret, excluded, last_version(board, member, token) + 1)


def last_version(board: Board, member: Member, token: str) -> int:
    """The latest edition of one workbook that was taken in; 0 when none was."""
    mine = [entry for entry in board.receipts(member.table) if entry.field == f"{member.id}/{COLLECTED}"]
    return last_edition(mine, token)


def _figure(figure: ShownFigure) -> str:
    value = shown_text(figure.value, figure.declared)
    return f"{figure.label}: {value or 'chưa có'}{f' {figure.unit}' if figure.unit and value else ''}"


def marks_workbook(content: MarkContent) -> bytes:
    """xlsx bytes; the same content gives the same bytes. Texts are written as texts, never as formulas."""
    member = content.member
    footer = f"Phiếu chấm {member.table} – {member.id} – kỳ {content.round.period}"
    book = Book(f"Phiếu chấm – {member.table} – {member.id}", content.stamps, footer)
    write_guide(book, content)
    for sheet in content.sheets:
        write_marks(book, content, sheet)
    write_signature(book, content)
    return book.finish(content.hidden)


def _write(
    workspace: Workspace, board: Board, content: MarkContent, home: Path, problems: list[Problem]
) -> IssuedMarks | None:
    member = content.member
    if not content.cases:
        message = f"Hội đồng {member.table}, {member.id}: chưa có gì để chấm."
        problems.append(of_file(member.id, "panel", message, "Thu biểu trước: thidua forms collect.", WARNING))
        return None
    path = home / form_name(member.table, member.id)
    written = write_issued(path, marks_workbook(content), problems, "phiếu")
    if written is None:
        return None
    return IssuedMarks(member, path, len(content.cases), board.excluded(member), written)
