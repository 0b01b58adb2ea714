"""What the Word templates of a meeting may ask for: heading and stamps, the agenda, declarations, the ballot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from criteria.declarations.calendar import Letterhead
from criteria.declarations.movement import Movement
from criteria.problems import Problem, of_file
from nominations.awards.law import UNVERIFIED
from nominations.council.pack import Pack, unsettled
from nominations.council.sheet import stamps_of, state_words
from nominations.council.voting_steps import role_words
from nominations.eligibility.finding import Finding
from nominations.eligibility.judging import only_doubted
from reports.council.words import (
    conflict_lines,
    meeting_name,
    nominee_words,
    occasion_line,
    occasion_words,
    post,
    rules_of,
    threshold_line,
    tie_lines,
)
from reports.dossier.fields import Fields, heading_fields
from reports.dossier.wording import stamp_lines
from reports.wording.days import written_day
from reports.wording.issuers import head_on, letterhead
from reports.wording.texts import capital

_DOTS = "………"


def head_of(pack: Pack, movement: Movement, day: date) -> tuple[Letterhead | None, list[Problem]]:
    """In whose name the meeting's documents go out: letterheads of the step, of its body, else the movement's."""
    heads = pack.nominated.file.awards.letterheads
    own = heads.get(pack.step.id) or heads.get(pack.step.by) or []
    head = head_on(own, day) or letterhead(movement, day)
    if head is None:
        hint = f"Ghi letterheads: {pack.step.id} ở awards.yaml."
        message = f"Chưa ghi cơ quan của bước “{pack.step.name}” vào ngày {day:%d/%m/%Y}."
        return None, [of_file(pack.step.id, "letterhead", message, hint)]
    return head, []


def common(pack: Pack, movement: Movement, head: Letterhead, day: date) -> Fields:
    """Heading, stamps, the name of the meeting, the ledger's head."""
    return {
        **heading_fields(head, "BB", day),
        "dau_trang": stamp_lines(stamps_of(pack), draft=False),
        "ten_cuoc_hop": f"{meeting_name(pack.awards)} {occasion_line(pack, movement)}",
        "dip": f"{occasion_words(pack)} Phong trào thi đua",
        "phong_trao": movement.name,
        "so_thanh_vien": str(len(pack.members)),
        "ma_bam": pack.head_words,
    }


def drafted(pack: Pack, fields: Fields, *, draft: bool = False) -> Fields:
    """The fields with DỰ THẢO on every page, while a threshold is no decided rule or rests on a text that nobody has verified.
    draft: for another reason. Ballots and declarations are no drafts of anything."""
    return {**fields, "dau_trang": stamp_lines(stamps_of(pack), draft=draft or bool(unsettled(pack)))}


def agenda_fields(pack: Pack) -> Fields:
    """Fields of chuong-trinh-hop.docx beside the common ones."""
    return {
        "thoi_gian": f"{_DOTS} giờ {_DOTS}, {written_day(pack.day) if pack.day else f'ngày {_DOTS} tháng {_DOTS} năm {_DOTS}'}",
        "dia_diem": pack.place or _DOTS * 3,
        "noi_dung": _items(pack),
        "cach_bieu_quyet": rules_of(pack),
        "cac_hinh_thuc": [_group(pack, number, ident) for number, ident in enumerate(_awards(pack), 1)],
        "thanh_vien": [
            {
                "so": str(one.number),
                "ho_ten": one.name,
                "chuc_vu": post(one),
                "vai_tro": role_words(pack.step, one.role),
            }
            for one in pack.members
        ],
        "xung_dot": conflict_lines(pack, pack.conflicts),
    }


def _awards(pack: Pack) -> list[str]:
    return [one.id for one in pack.awards]


def _items(pack: Pack) -> list[str]:
    return [
        "1. Tuyên bố lý do, giới thiệu thành phần; thông báo số thành viên có mặt, ý kiến bằng văn bản của người vắng.",
        "2. Các thành viên khai xung đột lợi ích; thông báo thành viên không được biểu quyết.",
        f"3. Báo cáo danh sách trình: {len(pack.lines):02d} trường hợp"
        + (f", {len(pack.ties):02d} nhóm bằng nhau cần chọn." if pack.ties else "."),
        "4. Thảo luận.",
        "5. Cử ban kiểm phiếu; bỏ phiếu kín; kiểm phiếu, công bố kết quả.",
        "6. Thông qua biên bản.",
    ]


def _group(pack: Pack, number: int, ident: str) -> dict[str, Any]:
    lines = pack.of_award(ident)
    award = lines[0].award
    return {
        "ten": f"{number}. {award.name}: {len(lines):02d} trường hợp",
        "nguong": f"Số phiếu: {threshold_line(pack, award)}.",
        "bang_nhau": tie_lines(pack, award),
        "danh_sach": [
            {
                "stt": str(line.number),
                "doi_tuong": nominee_words(line),
                "ket_qua": _figure(line.case.nominee.ranked.words if line.case.nominee.ranked is not None else ""),
                "ly_do": f"{capital(state_words(pack, line))}. {line.case.chosen.reason}",
                "can_xem": open_words(line.case.open),
            }
            for line in lines
        ],
    }


def open_words(findings: Iterable[Finding]) -> str:
    """What a person has to look at: each in its sentence; those whose clauses only nobody has verified in one."""
    told, doubted = [], []
    for one in findings:
        if only_doubted(one):
            doubted.append(one.check)
        else:
            told.append(f"{one.check}: {one.sentence}")
    if doubted:
        told.append(f"{', '.join(doubted)}: đạt, nhưng {UNVERIFIED}.")
    return " ".join(told) or "Không"


def _figure(words: str) -> str:
    return words or "Không chấm điểm"


def declaration_fields(pack: Pack) -> Fields:
    """Fields of khai-xung-dot.docx: a page per member."""
    names = {one.nominee: one.case.nominee.name for one in pack.lines}
    people = [
        {
            "so": str(one.number),
            "ho_ten": one.name,
            "chuc_vu": post(one),
            "vai_tro": role_words(pack.step, one.role),
            "xung_dot": [
                f"{names[known.nominee]} ({known.nominee}): {known.reason};"
                for known in pack.conflicts
                if known.member == one.number
            ],
        }
        for one in pack.members
    ]
    return {"thanh_vien": people}


def ballot_fields(pack: Pack) -> Fields:
    """Fields of phieu-bieu-quyet.docx: a page per award; nothing on it says whose it is."""
    groups = []
    for award in pack.awards:
        rows = []
        for line in pack.of_award(award.id):
            noted = state_words(pack, line) if line.tie or line.after else ""
            rows.append({"stt": str(line.number), "doi_tuong": nominee_words(line), "ghi_chu": capital(noted)})
        groups.append({"ten": award.name, "danh_sach": rows, "bang_nhau": tie_lines(pack, award)})
    return {"cac_hinh_thuc": groups}
