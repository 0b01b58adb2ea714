"""The selection as a workbook: a sheet per award, the boundary first; every check of every case; legal facts nobody is sure of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from nominations.case import Case, Nominated
from nominations.eligibility.finding import Outcome
from nominations.selection.choosing import State
from nominations.steps.progress import WORDS
from reports.wording.texts import capital
from reports.workbook_styles import heading_row, new_book, paper, styles, write_texts
from scoring.result import ILLUSTRATION

_CASES = (
    ("STT", 6),
    ("Trạng thái", 15),
    ("Mã", 10),
    ("Đối tượng", 30),
    ("Nhóm", 7),
    ("Cụm, khối", 12),
    ("Kết quả", 16),
    ("Hạng", 7),
    ("Lý do", 46),
    ("Cần người xem", 16),
    ("Các bước", 26),
)
_CHECKS = (
    ("Hình thức", 24),
    ("Mã", 10),
    ("Đối tượng", 26),
    ("Điều kiện", 10),
    ("Kết luận", 13),
    ("Vì sao", 46),
    ("Dữ kiện", 26),
    ("Căn cứ", 40),
)
_LAW = (("Căn cứ", 60), ("Điều chưa chắc chắn", 60), ("Trường hợp", 12))


def selection_workbook(nominated: Nominated) -> bytes:
    """xlsx bytes; the same selection gives the same bytes. Texts are written as texts."""
    occasion = nominated.occasion
    stamps = stamps_of(nominated)
    book, stream = new_book(f"Xét chọn {occasion.id}", stamps)
    looks = styles(book, 2)
    said = [
        f"{nominated.occasion.name}; xét theo quy định có hiệu lực ngày {occasion.day:%d/%m/%Y}",
        "Dòng in đậm đứng ở ranh giới chỉ tiêu. Thứ hạng không phải là quyết định khen thưởng; hội đồng quyết định.",
    ]
    for award in nominated.file.awards.awards:
        cases = nominated.of_award(award.id)
        if cases:
            sheet, line = _sheet(book, looks, award.id, award.name.upper(), said, stamps, _CASES)
            quota = ""
            for number, case in enumerate(cases, 1):
                if case.quota != quota:
                    quota = case.quota
                    sheet.merge_range(line, 0, line, len(_CASES) - 1, "", looks["part text"])
                    sheet.write_string(line, 0, capital(quota), looks["part text"])
                    line += 1
                look = looks["bold text"] if case.chosen.boundary else looks["text"]
                write_texts(sheet, line, _case(nominated, number, case), [width for _, width in _CASES], look)
                line += 1
    sheet, line = _sheet(book, looks, "Dieu kien", "ĐIỀU KIỆN TỪNG TRƯỜNG HỢP", said[:1], stamps, _CHECKS)
    for case in nominated.cases:
        for one in case.findings:
            texts = [case.award.short, case.nominee.id, case.nominee.name, one.check, one.outcome.value]
            texts += [" ".join((one.sentence, one.decided)).strip(), one.datum, "; ".join(one.citations)]
            look = looks["text"] if one.outcome is Outcome.PASS else looks["bold text"]
            write_texts(sheet, line, texts, [width for _, width in _CHECKS], look)
            line += 1
    sheet, line = _sheet(book, looks, "Can cu", "CĂN CỨ CHƯA XÁC MINH", said[:1], stamps, _LAW)
    for citation, doubt, count in doubts_of(nominated.cases):
        write_texts(sheet, line, [citation, doubt, str(count)], [width for _, width in _LAW], looks["text"])
        line += 1
    book.close()
    return stream.getvalue()


def stamps_of(nominated: Nominated) -> list[str]:
    """What every page says: trial points, proposals, illustration."""
    found = list(nominated.stamps)
    if any(one.illustration for one in nominated.standing.nominees.values()):
        found.append(ILLUSTRATION)
    return list(dict.fromkeys(found))


def doubts_of(cases: Iterable[Case]) -> list[tuple[str, str, int]]:
    """(citations, doubt, cases) of every doubt about the law, in the order in which they come up."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for case in cases:
        for one in case.findings:
            for doubt in one.doubts if not one.decided else ():
                found.setdefault(("; ".join(one.citations), doubt), set()).add((case.award.id, case.nominee.id))
    return [(citation, doubt, len(which)) for (citation, doubt), which in found.items()]


def _case(nominated: Nominated, number: int, case: Case) -> list[str]:
    ranked = case.nominee.ranked
    declared = nominated.file.awards.steps_of(case.award)
    done = case.progress.done
    steps = [f"{one.name}: {WORDS[done[one.id].value]}" for one in declared if one.id in done]
    return [
        str(number),
        case.state.value,
        case.nominee.id,
        case.nominee.name,
        case.nominee.group,
        case.nominee.pool,
        (ranked.words or "chưa có kết quả") if ranked is not None else "không chấm điểm",
        str(ranked.rank) if ranked is not None and ranked.rank is not None else "",
        case.chosen.reason,
        ", ".join(one.check for one in case.open) if case.state is not State.NOT else "",
        "; ".join(steps),
    ]


def _sheet(
    book: Any,
    looks: dict[str, Any],
    name: str,
    title: str,
    said: Sequence[str],
    stamps: Sequence[str],
    columns: Sequence[tuple[str, float]],
) -> tuple[Any, int]:
    """A sheet with its title, what is said above, and its heading row."""
    sheet = book.add_worksheet(name[:31])
    paper(sheet, stamps)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, looks["title"])
    line = 1
    for text in said:
        sheet.write_string(line, 0, text, looks["plain"])
        line += 1
    for stamp in stamps:
        sheet.write_string(line, 0, stamp, looks["stamp"])
        line += 1
    return sheet, heading_row(sheet, line, columns, looks["head"], 4 if len(columns) > 4 else 0)
