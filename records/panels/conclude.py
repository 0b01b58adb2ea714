"""Concluding what a panel has judged: the verifying body accepts, on the marks that stand (docs/life.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from criteria.problems import WARNING, Problem, errors, of_file
from records.forms.collecting.cells import clean, short
from records.life.acts import Act, LedgerMoved, perform
from records.life.rights import EXPLAINED, SELF, STATES, VERIFIER
from records.panels.board import DONE, Board, Judged, board_of, load_board
from records.panels.proof import ABSTAIN, naming
from records.workspace.folder import Workspace

_TRIES = 5


@dataclass
class PanelConclusion:
    """cases: concluded now. before: had been concluded. waiting: of whom no form has come in, or it went back."""

    cases: list[tuple[str, str]] = field(default_factory=list)
    before: int = 0
    waiting: list[tuple[str, str]] = field(default_factory=list)


def conclude_panel(
    workspace: Workspace,
    period: str,
    table: str,
    candidates: Sequence[str] = (),
    document: str = "",
    against_claim: str = "",
) -> tuple[PanelConclusion | None, list[Problem]]:
    """All cases of a panel in one transaction, or nothing and what is missing of each. Raises OSError.

    document: the panel's minutes. against_claim: why a claim that the criterion does not apply is not granted.
    """
    board, problems = load_board(workspace, period, table)
    if board is None:
        return None, problems
    for _ in range(_TRIES):
        found, acts, problems = _acts(board, table, candidates, clean(document), clean(against_claim))
        if errors(problems):
            return None, problems
        try:
            _, wrong = perform(board.scope, acts, at=board.at)
        except LedgerMoved:
            board = board_of(board.scope)
            continue
        problems += wrong
        return (None if wrong else found), problems
    message = "Sổ liên tục có mục mới trong lúc kết luận."
    return None, [of_file(period, "publish-moved", message, "Đợi lệnh khác xong rồi chạy lại.")]


def _acts(
    board: Board, table: str, candidates: Sequence[str], document: str, against: str
) -> tuple[PanelConclusion, list[Act], list[Problem]]:
    found, acts, problems = PanelConclusion(), [], []
    judged = {candidate for candidate, _ in board.cases(table)}
    for ident in candidates:
        if ident not in judged:
            message = f"Hội đồng {table} không chấm “{short(ident)}”."
            problems.append(of_file(ident, "unknown-candidate", message, "Xem: thidua panel show."))
    for candidate, one in board.cases(table):
        if candidates and candidate not in candidates:
            continue
        state = board.state(candidate, one.id)
        if state in DONE:
            found.before += 1
        elif state not in (SELF, EXPLAINED):
            found.waiting.append((candidate, one.id))
            if candidates:
                message = f"{_named(board, candidate, one)} đang “{STATES[state]}”, chưa kết luận được."
                problems.append(of_file(candidate, "panel-marks", message, "Xem: thidua round status."))
        else:
            wrong = _why_not(board, table, candidate, one, against)
            problems += wrong
            if not errors(wrong):
                found.cases.append((candidate, one.id))
                acts.append(_act(board, table, candidate, one, document, against))
    return found, acts, problems


def _act(board: Board, table: str, candidate: str, one: Judged, document: str, against: str) -> Act:
    claimed = not board.bench.applies(candidate, one.id)
    return Act(
        candidate,
        one.id,
        "accept",
        VERIFIER,
        board.bench.owner(candidate, one.id),
        reason=against if claimed else "",
        source=document,
        evidence=naming(board.counting(table, candidate, one.id)),
        applies=True if claimed else None,
    )


def _why_not(board: Board, table: str, candidate: str, one: Judged, against: str) -> list[Problem]:
    """What stands in the way of one case; a warning names who will not be able to mark any more."""
    who = _named(board, candidate, one)
    if not board.bench.applies(candidate, one.id) and not against:
        message = f"{who}: đơn vị đề nghị không áp dụng, chưa ai quyết định."
        hint = "Đồng ý: chấp nhận ở biểu thẩm định. Không đồng ý: panel conclude --candidate … --against-claim LÝ-DO."
        return [of_file(candidate, "claim", message, hint)]
    count = len(board.counting(table, candidate, one.id))
    told = "; ".join(_left(board, table, candidate, one))
    if count < one.least:
        message = f"{who}: có {count} phiếu chấm, cần ít nhất {one.least}, còn thiếu {one.least - count}"
        return [of_file(candidate, "panel-marks", f"{message}{f' ({told})' if told else ''}.", "Thu thêm phiếu chấm.")]
    if board.owing(table, candidate, one.id):
        message = f"{who}: kết luận khi {told}; sau đó không chấm được nữa."
        return [of_file(candidate, "panel-marks", message, "", WARNING)]
    return []


def _left(board: Board, table: str, candidate: str, one: Judged) -> list[str]:
    """chưa chấm: gk-03; không chấm: gk-02; không được chấm: gk-01; đã chấm biểu cũ: gk-04."""
    here = board.sitting(table)
    out = [member.id for member in here if board.conflict(member, candidate)]
    owing = [member.id for member in board.owing(table, candidate, one.id)]
    old = [ident for ident in owing if board.last(table, candidate, one.id, ident) is not None]
    abstained = [
        member.id
        for member in here
        if member.id not in out
        and (entry := board.said(table, candidate, one.id, member.id)) is not None
        and entry.value == ABSTAIN
    ]
    said = {
        "chưa chấm": [ident for ident in owing if ident not in old],
        "đã chấm nhưng đơn vị nộp biểu mới": old,
        "xin không chấm": abstained,
        "không được chấm": out,
    }
    return [f"{words}: {', '.join(ids)}" for words, ids in said.items() if ids]


def _named(board: Board, candidate: str, one: Judged) -> str:
    return f"{candidate} {board.scope.candidates[candidate].name}, tiêu chí {one.id}"
