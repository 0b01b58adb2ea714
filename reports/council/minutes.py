"""Fields of the minutes (bien-ban-hop.docx): who was there, how was voted, what came of every case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nominations.awards.declarations import Award
from nominations.council.members import Member
from nominations.council.pack import Pack
from nominations.council.recording import Meeting
from nominations.council.settling import Decision, Outcome
from nominations.council.votes import part_words
from nominations.council.voting_steps import role_words
from reports.council.words import conflict_lines, nominee_words, person, rules_of, threshold_line, tie_lines
from reports.dossier.fields import Fields
from reports.dossier.fields_submission import punctuated
from reports.wording.days import written_day
from reports.wording.texts import capital


def minutes_fields(meeting: Meeting) -> Fields:
    """Fields beside the common ones."""
    pack, there, signed = meeting.pack, meeting.attendance, meeting.tally.signed
    day = written_day(meeting.day)
    chair = there.chair
    title = role_words(pack.step, chair.role) if chair is not None else ""
    own = next((one for one in there.present if one.role == "secretary"), None)
    return {
        "bat_dau": f"{signed['sign:start']}, {day}",
        "ket_thuc": f"{signed['sign:end']}, {day}",
        "dia_diem": signed["sign:place"],
        "so_co_mat": str(len(there.present)),
        "so_van_ban": f"{len(there.written):02d}",
        "so_vang": f"{len(there.silent):02d}",
        "co_mat": _people(pack, there.present),
        "vang_co_y_kien": _people(pack, there.written),
        "vang_khong_y_kien": _people(pack, there.silent),
        "chu_tri": person(pack, chair) if chair is not None else "",
        "ten_chu_tri": chair.name if chair is not None else "",
        "chuc_vu_chu_tri_in_hoa": title.upper(),
        "thu_ky": person(pack, own) if own is not None else there.secretary,
        "ten_thu_ky": there.secretary,
        "ban_kiem_phieu": signed["sign:tellers"],
        "cach_bieu_quyet": [_attendance(meeting), *rules_of(pack)],
        "xung_dot": conflict_lines(pack, there.conflicts),
        "thao_luan": [signed["sign:discussion"] or "……………………………………………………………"],
        "cac_hinh_thuc": [_group(meeting, number, award) for number, award in enumerate(pack.awards, 1)],
        "ket_luan": _conclusion(meeting),
    }


def _people(pack: Pack, members: Iterable[Member]) -> list[str]:
    return punctuated(person(pack, one) for one in members)


def _attendance(meeting: Meeting) -> str:
    """Có mặt 12/15 thành viên, đủ 2/3 …"""
    rule, there, many = meeting.pack.rule, meeting.attendance, len(meeting.pack.members)
    text = f"Có mặt {len(there.present)}/{many} thành viên, đủ {part_words(rule.quorum)} tổng số thành viên để họp"
    if rule.attendance is not None:
        both = len(there.present) + len(there.written)
        text += (
            f"; có mặt và gửi ý kiến bằng văn bản {both}/{many}, đủ {part_words(rule.attendance)} để xét khen thưởng"
        )
    return f"{text}."


def _group(meeting: Meeting, number: int, award: Award) -> dict[str, Any]:
    pack = meeting.pack
    return {
        "ten": f"4.{number}. {award.name}",
        "nguong": f"{threshold_line(pack, award)}.",
        "bang_nhau": tie_lines(pack, award),
        "danh_sach": [_row(one) for one in meeting.outcomes if one.line.award.id == award.id],
    }


def _row(one: Outcome) -> dict[str, str]:
    votes = one.votes
    ballots = f"Đồng ý {votes.yes}; không đồng ý {votes.no}; trắng {votes.blank}; không hợp lệ {votes.invalid}"
    if votes.recused:
        ballots += f"; không được biểu quyết {votes.recused}"
    written = f"Đồng ý {votes.written_yes}; không đồng ý {votes.written_no}" if votes.written else "Không có"
    decided = f"{capital(one.decision.value)}" + (f" ({one.why})" if one.why else "")
    return {
        "stt": str(one.line.number),
        "doi_tuong": nominee_words(one.line),
        "phieu": ballots,
        "van_ban": written,
        "ket_qua": f"{one.sentence}. {decided}.",
    }


def _conclusion(meeting: Meeting) -> list[str]:
    """What was decided, award by award; what was not."""
    found = []
    for award in meeting.pack.awards:
        outcomes = [one for one in meeting.outcomes if one.line.award.id == award.id]
        passed = [one.line.case.nominee.name for one in outcomes if one.decision is Decision.PASSED]
        text = f"{award.name}: thông qua {len(passed):02d}/{len(outcomes):02d} trường hợp"
        found.append(text + (f", gồm: {'; '.join(passed)}." if passed else "."))
    waiting = [
        f"{one.line.case.nominee.name} ({one.line.award.short})"
        for one in meeting.outcomes
        if one.decision is Decision.WAITS
    ]
    if waiting:
        found.append(f"Chưa quyết định, trình kỳ họp sau: {'; '.join(waiting)}.")
    return found
