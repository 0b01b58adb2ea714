"""Whether a tally holds together: sums, ballots against people, recusals, quorum; the votes of every case when it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from criteria.problems import WARNING, Problem
from nominations.council import columns as c
from nominations.council.conflicts import Conflict, by_nominee, merged
from nominations.council.members import Member
from nominations.council.pack import Pack
from nominations.council.tally import Counted, Tally
from nominations.council.votes import Votes, faults, quorate
from nominations.council.voting_steps import chair_words

_CELLS = {"yes": c.YES, "written_yes": c.WRITTEN_YES, "recused": c.OUT, "present": c.ISSUED}
_AGAIN = "Đối chiếu với phiếu và biên bản kiểm phiếu."


@dataclass(frozen=True)
class Attendance:
    """present, written: members, in the order of the list. silent: absent without an opinion. chair: who presided. secretary: name and
    whether it is the council's own. conflicts: worked out and declared."""

    present: tuple[Member, ...]
    written: tuple[Member, ...]
    silent: tuple[Member, ...]
    chair: Member | None
    secretary: str
    conflicts: tuple[Conflict, ...]


def attendance_of(pack: Pack, tally: Tally) -> Attendance:
    """Who was there and who presided: the chair, or the first deputy present."""
    present = tuple(one for one in pack.members if one.number in tally.present)
    written = tuple(one for one in pack.members if one.number in tally.written)
    silent = tuple(one for one in pack.members if one not in present and one not in written)
    chair = next((one for one in present if one.role in ("chair", "deputy")), None)
    own = next((one.name for one in present if one.role == "secretary"), "")
    conflicts = tuple(merged(pack.conflicts, tally.declared))
    return Attendance(present, written, silent, chair, own or tally.signed.get("sign:secretary", ""), conflicts)


def meeting_problems(pack: Pack, tally: Tally, found: Attendance, day: date, today: date) -> Iterator[Problem]:
    """What is wrong with the meeting itself; a quorum that was not reached keeps everything out."""
    members = list(pack.members)
    if tally.members_sheet is not None and len(tally.member_rows) == len(members):
        for why in quorate(len(members), len(found.present), len(found.written), pack.rule):
            yield tally.member_problem(members[0].number, c.HERE, why, "Họp lại khi đủ; chưa ghi gì vào sổ.")
        if found.chair is None:
            _, chair = chair_words(pack.step)
            message = f"Không có {chair.lower()} hoặc cấp phó nào có mặt để chủ trì."
            yield tally.member_problem(members[0].number, c.HERE, message, "Đánh x người chủ trì.")
        for one in found.silent:
            message = f"Thành viên số {one.number} vắng, không có ý kiến bằng văn bản."
            hint = "Lấy ý kiến bằng văn bản rồi ghi; không có thì biên bản ghi như vậy."
            yield tally.member_problem(one.number, c.WROTE, message, hint, WARNING)
    if tally.sign_sheet is None:
        return
    own = any(one.role == "secretary" for one in found.present)
    if own and tally.signed.get("sign:secretary"):
        yield tally.sign_problem("sign:secretary", "Thư ký có mặt mà vẫn ghi người thay.", "Xóa ô này.")
    if not own and not tally.signed.get("sign:secretary"):
        yield tally.sign_problem("sign:secretary", "Thư ký vắng, chưa ghi người ghi biên bản.", "Ghi họ và tên.")
    if tally.day is not None and tally.day != day:
        message = f"Ngày họp {tally.day:%d/%m/%Y} khác ngày nêu ở lệnh {day:%d/%m/%Y}."
        yield tally.sign_problem("sign:date", message, "Sửa phiếu kiểm, hoặc sửa --on.")
    if tally.day is not None and tally.day > today:
        yield tally.sign_problem("sign:date", f"Ngày họp {tally.day:%d/%m/%Y} chưa đến.", "Kiểm tra lại ngày.")


def votes_of(
    pack: Pack, one: Counted, attendance: Attendance, barred: Mapping[str, list[Conflict]]
) -> tuple[Votes | None, list[Problem]]:
    """The votes of a case; None with everything that does not fit."""
    recused = {conflict.member for conflict in barred.get(one.line.nominee, [])}
    here = sum(member.number in recused for member in attendance.present)
    wrote = sum(member.number in recused for member in attendance.written)
    may_vote, may_write = len(attendance.present) - here, len(attendance.written) - wrote
    problems = list(_cells(one, may_vote, may_write, len(recused)))
    if problems:
        return None, problems
    given = {place: value or 0 for place, value in one.counts.items()}
    votes = Votes(
        len(pack.members),
        len(attendance.present),
        len(attendance.written),
        len(recused),
        given[c.YES],
        given[c.NO],
        given[c.BLANK],
        given[c.WRITTEN_YES],
        given[c.WRITTEN_NO],
        given[c.COLLECTED] - given[c.VALID],
        here,
        wrote,
    )
    wrong = [one.problem(_CELLS[name], message, _AGAIN) for name, message in faults(votes)]
    return (None if wrong else votes), wrong


def _cells(one: Counted, may_vote: int, may_write: int, recused: int) -> Iterator[Problem]:
    """What is wrong with the figures of a row by themselves, and against who could vote."""
    needed = [place for place in c.COUNTS if place not in (c.WRITTEN_YES, c.WRITTEN_NO, c.OUT)]
    needed += [c.WRITTEN_YES, c.WRITTEN_NO] if may_write else []
    needed += [c.OUT] if recused else []
    missing = [place for place in needed if one.counts[place] is None]
    for place in missing:
        yield one.problem(place, f"Thiếu số ở cột “{c.HEADS[place - 1]}”.", "Ghi số; không có thì ghi 0.")
    if missing:
        return
    given = {place: value or 0 for place, value in one.counts.items()}
    issued, collected, valid = given[c.ISSUED], given[c.COLLECTED], given[c.VALID]
    if issued > may_vote:
        message = f"Phát ra {issued} phiếu, chỉ có {may_vote} người có mặt được biểu quyết."
        yield one.problem(c.ISSUED, message, "Không phát phiếu về đối tượng này cho người có xung đột lợi ích.")
    if collected > issued:
        yield one.problem(c.COLLECTED, f"Thu về {collected} phiếu, chỉ phát ra {issued}.", _AGAIN)
    if valid > collected:
        yield one.problem(c.VALID, f"Hợp lệ {valid} phiếu, chỉ thu về {collected}.", _AGAIN)
    told = given[c.YES] + given[c.NO] + given[c.BLANK]
    if told != valid:
        message = f"Đồng ý {given[c.YES]}, không đồng ý {given[c.NO]}, trắng {given[c.BLANK]}: cộng {told}, khác {valid} phiếu hợp lệ."
        yield one.problem(c.YES, message, _AGAIN)
    written = given[c.WRITTEN_YES] + given[c.WRITTEN_NO]
    if written != may_write:
        message = f"{written} ý kiến bằng văn bản, có {may_write} người vắng gửi ý kiến được tính."
        hint = (
            "Người không gửi ý kiến, người có xung đột không tính; ý kiến không ghi rõ đồng ý thì ghi vào không đồng ý."
        )
        yield one.problem(c.WRITTEN_YES, message, hint)
    if given[c.OUT] != recused:
        message = f"Ghi {given[c.OUT]} người không bỏ phiếu, có {recused} người không được biểu quyết."
        yield one.problem(c.OUT, message, "Đếm người do phần mềm xác định và người tự khai ở trang Thanh vien.")


def all_votes(pack: Pack, tally: Tally, attendance: Attendance) -> tuple[dict[str, Votes], list[Problem]]:
    """The votes of every case, by key."""
    barred = by_nominee(attendance.conflicts)
    found: dict[str, Votes] = {}
    problems: list[Problem] = []
    for one in tally.rows:
        votes, wrong = votes_of(pack, one, attendance, barred)
        problems += wrong
        if votes is not None:
            found[one.line.key] = votes
    return found, problems
