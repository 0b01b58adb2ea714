"""A workbook with every criterion of every candidate at every stage. A4, landscape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from records.life.at_stage import AtStage
from records.life.rights import STAGES
from reports.stages.side_by_side import TOTAL, StageCell, StageLine, side_by_side
from reports.wording.texts import capital
from reports.workbook_header import RankingHeader, all_stamps
from reports.workbook_styles import LINE, TALLEST, cell_number, heading_row, lines_of, new_book, paper, styles
from scoring.result import Result

_COLUMNS: Sequence[tuple[str, float]] = (
    ("Mã", 8),
    ("Đối tượng", 22),
    ("Tiêu chí", 10),
    ("Nội dung", 30),
    ("Tối đa", 8),
    *((capital(name), 11.0) for name in STAGES.values()),
    ("Kết luận gần nhất", 34),
)


def stages_workbook(results: Mapping[str, Result], here: AtStage, header: RankingHeader) -> bytes:
    """xlsx bytes. results: by stage; here: of the last one."""
    last = results["final"]
    stamps = all_stamps(last, header)
    book, stream = new_book(f"{header.movement}: {last.set.title}", stamps)
    looks = styles(book, last.set.places)
    sheet = book.add_worksheet("Cac buoc")
    paper(sheet, stamps)
    sheet.fit_to_pages(1, 0)
    texts = [
        ("title", "ĐIỂM QUA CÁC BƯỚC"),
        ("plain", f"{last.set.title}; {header.period}"),
        *(("stamp", stamp) for stamp in stamps),
        ("plain", "“–”: bước này không cần đến. Chữ nghiêng: vì sao chưa có điểm, hoặc tổng còn tạm tính."),
    ]
    for line, (look, text) in enumerate(texts):
        sheet.write_string(line, 0, text, looks[look])
    line = heading_row(sheet, len(texts) + 1, _COLUMNS, looks["head"], 4)
    sheet.set_row(line - 1, 2 * LINE)
    sheet.autofilter(line - 1, 0, line - 1 + last.size * (len(last.set.leaves()) + 1), len(_COLUMNS) - 1)
    for told in side_by_side(results, here):
        _write(sheet, line, told, looks, last.set.places)
        line += 1
    book.close()
    return stream.getvalue()


def _write(sheet: Any, line: int, told: StageLine, looks: Mapping[str, Any], places: int) -> None:
    whole = told.criterion == TOTAL
    text = looks["part text" if whole else "text"]
    written = (told.candidate, told.name, told.criterion, told.text)
    for column, word in enumerate(written):
        sheet.write_string(line, column, word, text)
    sheet.write_number(line, 4, cell_number(told.maximum, places), looks["part maximum" if whole else "maximum"])
    for column, stage in enumerate(STAGES, 5):
        cell = told.cells.get(stage, StageCell())
        if cell.points is None:
            sheet.write_string(line, column, cell.word or "–", looks["faint" if cell.word else "center"])
        else:
            look = "part given" if whole and cell.word else "part points" if whole else "points"
            sheet.write_number(line, column, cell_number(cell.points, places), looks[look])
    sheet.write_string(line, 10, told.said, text)
    shown = (*written, "", *(told.cells.get(stage, StageCell()).word for stage in STAGES), told.said)
    most = max(lines_of(word, width) for word, (_, width) in zip(shown, _COLUMNS, strict=True))
    sheet.set_row(line, LINE * min(most, TALLEST))
