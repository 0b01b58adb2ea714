"""Sheets of single candidates: every criterion with its points, its maximum and the sentences that say why. A4, portrait."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from records.life.rights import FINAL, STAGES
from reports.wording.texts import capital
from reports.workbook import basis_numbers
from reports.workbook_header import RankingHeader, all_stamps
from reports.workbook_styles import (
    LINE,
    SHORT,
    TALLEST,
    cell_number,
    lines_of,
    new_book,
    paper,
    situation,
    styles,
    waiting_words,
)
from scoring.explanation import Explanation, explain
from scoring.result import CandidateResult, Result

MOST_UNITS = 200  # sheets of one workbook
INDEX = "Muc luc"
_WIDTHS = (11.5, 18.0, 43.0, 9.0, 9.0)


def unit_workbook(result: Result, header: RankingHeader, candidates: Sequence[str]) -> bytes:
    """xlsx bytes: a list of the candidates, then a sheet for each. candidates: at most MOST_UNITS ids."""
    if len(candidates) > MOST_UNITS:
        raise ValueError(f"more than {MOST_UNITS} candidates")
    book, stream = new_book(f"{header.movement}: {result.set.title}", all_stamps(result, header))
    looks = styles(book, result.set.places)
    taken = {INDEX.lower()}
    sheets = [(candidate, sheet_name(candidate, taken)) for candidate in candidates]
    _index(book, result, header, looks, sheets)
    for candidate, name in sheets:
        _unit(book, result, header, looks, candidate, name)
    book.close()
    return stream.getvalue()


def unit_workbooks(result: Result, header: RankingHeader, order: Iterable[str]) -> Iterator[bytes]:
    """All candidates in the order given, MOST_UNITS a workbook."""
    ids = list(order)
    for start in range(0, len(ids), MOST_UNITS):
        yield unit_workbook(result, header, ids[start : start + MOST_UNITS])


def sheet_name(candidate: str, taken: set[str]) -> str:
    """A name Excel takes, one for every candidate. taken: names in lower case, added to."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "-", candidate).strip("' ")[:28] or "doi tuong"
    if plain.lower() == "history":
        plain = "-history"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: 28 - len(str(number))]} {number}"
    taken.add(name.lower())
    return name


def _index(
    book: Any, result: Result, header: RankingHeader, looks: dict[str, Any], sheets: Sequence[tuple[str, str]]
) -> None:
    sheet = book.add_worksheet(INDEX)
    stamps = all_stamps(result, header)
    paper(sheet, stamps, landscape=False)
    sheet.fit_to_pages(1, 0)
    named = any(result.pools)
    heads = ["Thứ hạng", *(["Cụm, khối"] if named else []), "Mã", "Đối tượng", "Tổng điểm", "Tình trạng"]
    widths = (13.0, *((15.0,) if named else ()), 10.0, 26.0 if named else 36.0, 10.0, 18.0 if named else 23.0)
    texts = [("title", "PHIẾU ĐIỂM TỪNG ĐỐI TƯỢNG"), ("plain", f"{result.set.title}; {header.period} ({header.stage})")]
    line = _lines_above(sheet, looks, [*texts, *(("stamp", stamp) for stamp in stamps)], widths)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(line, column, head, looks["head"])
    sheet.repeat_rows(line)
    sheet.freeze_panes(line + 1, 0)
    for place, (candidate, name) in enumerate(sheets, line + 1):
        c = result.candidate(candidate)
        sheet.write_string(place, 0, _rank(c), looks["center"])
        pool = [c.pool] if named else []
        for text in pool:
            sheet.write_string(place, 1, text, looks["text"])
        first = 1 + len(pool)
        sheet.write_url(place, first, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", looks["link"], candidate)
        sheet.write_string(place, first + 1, c.name, looks["text"])
        sheet.write_number(place, first + 2, cell_number(c.total, result.set.places), looks["total"])
        sheet.write_string(place, first + 3, situation(c), looks["center"])
        shown = (_rank(c), *pool, candidate, c.name, "", situation(c))
        sheet.set_row(place, LINE * min(max(map(lines_of, shown, widths)), TALLEST))


def _unit(book: Any, result: Result, header: RankingHeader, looks: dict[str, Any], candidate: str, name: str) -> None:
    sheet = book.add_worksheet(name)
    stamps = all_stamps(result, header)
    paper(sheet, stamps, landscape=False)
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    c, whole = result.candidate(candidate), explain(result, candidate)
    texts = [
        ("body", header.province),
        ("heading", f"PHIẾU ĐIỂM {_stage(header.stage).upper()} {header.period.upper()}".replace("  ", " ")),
        ("line", header.movement),
        ("subject", f"{c.name or c.id}" + (f" (mã {c.id})" if c.name else "")),
        *(("stamp line", capital(stamp)) for stamp in stamps),
    ]
    line = _lines_above(sheet, looks, texts, _WIDTHS)
    bases = basis_numbers(result)
    told = [(heading, sentence) for heading, sentence in whole.lines if heading not in ("Lưu ý", "Còn chờ")]
    told += [("Còn chờ", text) for text in waiting_words(c)]
    told += [(f"Căn cứ {short}", " ".join(result.set.bases[basis].words().split())) for basis, short in bases.items()]
    for heading, sentence in told:
        sheet.merge_range(line, 0, line, 1, heading, looks["text"])
        line = _sentence(sheet, looks, line, "", sentence, heading)
    line += 1
    for column, head in enumerate(("Mã", "", "Tiêu chí, lý do", "Tối đa", "Điểm")):
        sheet.write_string(line, column, head, looks["head"])
    sheet.merge_range(line, 1, line, 2, "Tiêu chí, lý do", looks["head"])
    sheet.repeat_rows(line)
    line += 1
    for part in whole.children:
        line = _criterion(sheet, result, looks, line, part, bases)
    sheet.merge_range(line, 0, line, 2, "TỔNG" + (" (tạm tính)" if c.provisional else ""), looks["bold text"])
    sheet.write_number(line, 3, cell_number(c.maximum, result.set.places), looks["total"])
    sheet.write_number(line, 4, cell_number(c.total, result.set.places), looks["total"])


def _stage(stage: str) -> str:
    """“kết quả cuối năm 2026” would be read as the result of the end of the year."""
    return "theo kết quả cuối cùng," if stage == STAGES[FINAL] else stage


def _lines_above(sheet: Any, looks: dict[str, Any], texts: Iterable[tuple[str, str]], widths: Sequence[float]) -> int:
    """Merged lines across the table; the line after a gap."""
    sizes = {"title": 14, "heading": 14, "subject": 13, "line": 12, "stamp line": 12, "body": 12}
    line = 0
    for look, text in texts:
        if not text:
            continue
        size = sizes.get(look, 11)
        style = looks.get(f"{look} wrapped", looks[look])
        sheet.merge_range(line, 0, line, 2 if look == "body" else len(widths) - 1, text, style)
        sheet.set_row(line, (size + 5) * lines_of(text, sum(widths) * 0.95, size))
        line += 1
    return line + 1


def _criterion(
    sheet: Any, result: Result, looks: dict[str, Any], line: int, told: Explanation, bases: Mapping[str, str]
) -> int:
    """A criterion, its sentences, and what stands below it; the line after."""
    places, part = result.set.places, bool(told.children)
    text, points = looks["part text" if part else "bold text"], looks["part points" if part else "total"]
    words = " ".join(told.text.split())
    sheet.write_string(line, 0, told.id, text)
    sheet.merge_range(line, 1, line, 2, words, text)
    sheet.write_number(line, 3, cell_number(told.maximum, places), looks["part maximum" if part else "maximum"])
    if told.state in ("scored", "open") or told.points:
        sheet.write_number(line, 4, cell_number(told.points, places), points)
    else:
        sheet.write_string(line, 4, SHORT[told.state], looks["faint"])
    most = max(lines_of(words, (_WIDTHS[1] + _WIDTHS[2]) * 0.92), lines_of(told.id, _WIDTHS[0] * 0.9))
    sheet.set_row(line, LINE * min(most, TALLEST))
    line += 1
    for heading, sentence in told.lines:
        if heading in ("Kết quả", "Lưu ý") or (heading == "Trạng thái" and told.state == "scored"):
            continue  # beside the criterion; in the stamps; nothing to say
        if heading == "Căn cứ":
            if part:
                continue
            for basis, short in bases.items():
                sentence = sentence.replace(result.set.bases[basis].words(), short)  # noqa: PLW2901
        line = _sentence(sheet, looks, line, heading, sentence)
    for child in told.children:
        line = _criterion(sheet, result, looks, line, child, bases)
    return line


def _sentence(sheet: Any, looks: dict[str, Any], line: int, heading: str, sentence: str, wide: str = "") -> int:
    """One reason: what it is about, then the sentence over the remaining columns. wide: a heading that stands there already."""
    if not wide:
        sheet.write_string(line, 0, "", looks["text"])
        sheet.write_string(line, 1, heading, looks["text"])
    sheet.merge_range(line, 2, line, 4, sentence, looks["text"])
    lines = lines_of(wide, sum(_WIDTHS[:2])) if wide else lines_of(heading, _WIDTHS[1])
    sheet.set_row(line, LINE * min(max(lines_of(sentence, sum(_WIDTHS[2:])), lines), TALLEST))
    return line + 1


def _rank(candidate: CandidateResult) -> str:
    if candidate.rank is None:
        return "–"
    return f"{candidate.rank} (đồng hạng)" if candidate.tied else str(candidate.rank)
