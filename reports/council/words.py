"""What the documents of a meeting say in the same words: its name, the way of voting, thresholds, people, conflicts."""

from __future__ import annotations

from collections.abc import Iterable

from criteria.declarations.movement import Movement
from nominations.awards.declarations import Award
from nominations.council.conflicts import Conflict
from nominations.council.members import Member
from nominations.council.pack import Line, Pack, source_of, threshold
from nominations.council.tally_guide import recusal_words
from nominations.council.votes import part_words
from nominations.council.voting_steps import role_words
from nominations.occasions import NAMES
from reports.wording.texts import capital


def meeting_name(awards: Iterable[Award]) -> str:
    """Bình xét thi đua for titles (Luật 06/2022/QH15 Điều 84 khoản 1), xét khen thưởng for the others (khoản 2)."""
    kinds = {one.kind for one in awards}
    told = ["bình xét thi đua"] if "danh-hieu" in kinds else []
    told += ["xét khen thưởng"] if kinds - {"danh-hieu"} or not kinds else []
    text = ", ".join(told)
    return capital(text)


def occasion_line(pack: Pack, movement: Movement) -> str:
    """dịp sơ kết Phong trào thi đua “…” giai đoạn 2025-2030, the years on one line (it stands in titles)"""
    return f"{occasion_words(pack)} Phong trào thi đua “{movement.name}” giai đoạn {movement.period.from_}\u2011{movement.period.to}"


def occasion_words(pack: Pack) -> str:
    return f"dịp {NAMES[pack.nominated.occasion.kind].removesuffix(' phong trào')}"


def person(pack: Pack, member: Member) -> str:
    """Nguyễn Văn A, Phó Giám đốc, Sở B, Ủy viên. No learned title is added; the name stands as the list has it."""
    told = [member.name, post(member), role_words(pack.step, member.role)]
    return ", ".join(part for part in told if part)


def post(member: Member) -> str:
    """Phó Giám đốc, Sở B"""
    inside = member.body_name.casefold() in member.post.casefold()
    return ", ".join(part for part in (member.post, "" if inside and member.post else member.body_name) if part)


def nominee_words(line: Line) -> str:
    """B002, Sở A; of a person its post and unit, too."""
    nominee = line.case.nominee
    beside = [nominee.post, nominee.unit] if nominee.person else []
    return ", ".join(part for part in (f"{nominee.name} ({nominee.id})", *beside) if part)


def threshold_line(pack: Pack, award: Award) -> str:
    """cần 80 % tổng số thành viên (quy định của địa phương, …)"""
    vote = pack.of_award(award.id)[0].vote
    source = source_of(pack.nominated.file, vote, pack.nominated.occasion.day)
    return f"cần {threshold(pack, vote)} đồng ý" + (f" ({source})" if source else "")


def rules_of(pack: Pack) -> list[str]:
    """How the council meets and votes, with the source of each rule."""
    rule = pack.rule
    quorum = f"Họp được khi có mặt ít nhất {part_words(rule.quorum)} tổng số thành viên"
    if rule.attendance is not None:
        quorum += f", và có mặt hoặc gửi ý kiến bằng văn bản ít nhất {part_words(rule.attendance)}"
    whole = "tổng số thành viên" if rule.denominator == "members" else "số phiếu thu về"
    written = "được tính như phiếu" if rule.written else "ghi vào biên bản, không tính vào tỷ lệ"
    source = source_of(pack.nominated.file, rule, pack.nominated.occasion.day)
    return [
        f"{quorum}.",
        f"Biểu quyết bằng phiếu kín; tỷ lệ tính trên {whole}; ý kiến bằng văn bản của người vắng {written}; người không được biểu "
        f"quyết về một đối tượng: {recusal_words(pack)}.",
        *([f"Căn cứ: {source}."] if source else []),
    ]


def conflict_lines(pack: Pack, conflicts: Iterable[Conflict]) -> list[str]:
    """Who may not vote on whom, a line each; that there is nobody."""
    names = {one.nominee: one.case.nominee.name for one in pack.lines}
    told = []
    for one in conflicts:
        member = pack.member(one.member)
        how = "tự khai: " if one.declared else ""
        told.append(
            f"{member.name} (thành viên số {member.number}) không biểu quyết về {names[one.nominee]} ({one.nominee}): {how}{one.reason}."
        )
    return told or ["Không có thành viên nào không được biểu quyết."]


def tie_lines(pack: Pack, award: Award) -> list[str]:
    return [
        f"Nhóm bằng nhau {one.number}: {', '.join(one.nominees)}; còn {one.seats} chỉ tiêu, chọn không quá {one.seats}, "
        "lấy từ phiếu cao xuống thấp."
        for one in pack.ties
        if one.award == award.id
    ]
