"""What is told of panels on the screen: members, who has marked, and marks once they may be seen."""

from __future__ import annotations

from collections.abc import Iterator

from records.panels.board import DONE, Board
from records.panels.members import Member
from records.panels.proof import ABSTAIN, is_mark


def member_lines(board: Board, table: str = "") -> Iterator[str]:
    """A line per member, those taken out last; below it whom he may not judge."""
    for name in [table] if table else list(board.judged):
        members = board.members.get(name, [])
        yield f"Hội đồng {name}: {len(board.sitting(name))} người chấm."
        for member in sorted(members, key=lambda one: one.removed):
            yield f"  {_member(board, member)}"
            if not member.removed:
                yield from (
                    f"      không được chấm {who} {board.scope.candidates[who].name}: {why}"
                    for who, why in board.excluded(member).items()
                )


def _member(board: Board, member: Member) -> str:
    if member.removed:
        return f"{member.id} · đã đưa ra khỏi hội đồng · {member.document}"
    days = [f"từ {member.first:%d/%m/%Y}"] if member.first else []
    days += [f"đến {member.last:%d/%m/%Y}"] if member.last else []
    roster = board.scope.rosters
    body = next((r.bodies[member.body].name() for r in roster.values() if member.body in r.bodies), member.body)
    return " · ".join(part for part in (member.id, member.name, body, " ".join(days), member.document) if part)


def standing_lines(board: Board, table: str = "") -> Iterator[str]:
    """Who has marked and who has not; marks only where nobody can be led by them any more."""
    for name in [table] if table else list(board.judged):
        cases = list(board.cases(name))
        done = sum(board.state(candidate, one.id) in DONE for candidate, one in cases)
        yield f"Hội đồng {name}: {len(cases)} việc chấm, đã kết luận {done}."
        for member in board.sitting(name):
            yield f"  {_count(board, member)}"
        all_given = board.given_all(name)
        shown = [(candidate, one) for candidate, one in cases if all_given or board.state(candidate, one.id) in DONE]
        for candidate, one in shown:
            said = list(_marks(board, name, candidate, one.id))
            if said:
                yield f"  {candidate} {board.scope.candidates[candidate].name}, {one.id}: {'; '.join(said)}"
        if len(shown) < len(cases):
            yield "  Điểm của từng người chưa mở: chưa chấm đủ và chưa kết luận."


def _count(board: Board, member: Member) -> str:
    """gk-01: đã chấm 3, không chấm 1, còn 2 (X2/H1, X4/H1)."""
    marked, abstained, owed = 0, 0, []
    for candidate, one in board.cases(member.table):
        if board.conflict(member, candidate):
            continue
        entry = board.said(member.table, candidate, one.id, member.id)
        if entry is not None:
            marked, abstained = marked + is_mark(entry.value), abstained + (entry.value == ABSTAIN)
        elif board.markable(candidate, one.id):
            owed.append(f"{candidate}/{one.id}")
    out = len(board.excluded(member))
    return (
        f"{member.id}: đã chấm {marked}, xin không chấm {abstained}, còn {len(owed)}"
        + (f" ({', '.join(owed)})" if owed else "")
        + (f"; không được chấm {out} đối tượng" if out else "")
        + "."
    )


def _marks(board: Board, table: str, candidate: str, criterion: str) -> Iterator[str]:
    """gk-01 4,25; gk-02 không chấm. Of a concluded criterion a star marks what the conclusion rests on."""
    rests = board.standing_on(candidate, criterion)
    for member in board.members.get(table, []):
        entry = board.last(table, candidate, criterion, member.id)
        if entry is not None:
            value = "không chấm" if entry.value == ABSTAIN else entry.value.replace(".", ",")
            yield f"{member.id} {value}{'*' if entry.number in rests else ''}"
