"""Filling the workbooks of an award occasion the way units, the office, councils do: typing into input cells, found by their keys."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from nominations.appraisal import content as appraisal
from nominations.council import columns as council
from nominations.eligibility import columns as eligibility
from nominations.eligibility.facts import GOOD, NO
from nominations.eligibility.persons import FEMALE, MALE
from nominations.proposals import columns as proposal
from records.forms.layout import SHEETS
from thidua.demonstration.typing_in import Book, Sheet

_PEOPLE = (24, 180)
_MERIT = (
    "Hoàn thành các nhiệm vụ chuyển đổi số được giao; cải cách thủ tục hành chính trên môi trường số (minh họa).",
    "Có mô hình ứng dụng khoa học, công nghệ được áp dụng rộng rãi (minh họa).",
    "Đi đầu trong đổi mới sáng tạo, dữ liệu dùng chung được khai thác hiệu quả (minh họa).",
)
_PROSE = {
    "II.2": "Đơn vị tổ chức các tổ công nghệ số cộng đồng, hướng dẫn người dân dùng dịch vụ công trực tuyến (minh họa).",
    "II.4": "Mô hình có thể nhân rộng cho đơn vị cùng loại trong tỉnh (minh họa).",
}


def fill_proposal(
    workbook: Path,
    awards: Mapping[str, str],
    new: tuple[str, str, str, str] | None,
    number: int,
    day: date,
    rng: random.Random,
) -> bytes:
    """A proposal workbook, b"" when nobody in it is proposed. awards: by candidate, the name of the award it is proposed for. new: name,
    subject, place and award of somebody without a criteria group."""
    book = Book(workbook)
    listed, prose = book.sheets[proposal.LISTED], book.sheets[proposal.REPORT]
    free = [row for row, key in prose.keys.items() if key.startswith(f"{proposal.PROSE}:")]
    empty = True
    for row, key in listed.keys.items():
        kind, _, ident = key.partition(":")
        if kind == proposal.CANDIDATE and ident in awards:
            empty = False
            _put(listed, row, "award", awards[ident])
            _put(listed, row, "merit", rng.choice(_MERIT))
            _people(listed, row, proposal.COLUMN["gender"] + 1, proposal.COLUMN["people"] + 1, rng)
            for place, text in _PROSE.items():
                _write(prose, free.pop(0), {2: ident, 3: place, 4: text})
        elif kind == proposal.NEW and new is not None:
            name, subject, where, award = new
            for field, text in (("name", name), ("subject", subject), ("place", where), ("award", award)):
                _put(listed, row, field, text)
            _put(listed, row, "merit", "Hiến đất, góp công xây dựng điểm truy cập Internet công cộng (minh họa).")
            new, empty = None, False
    if empty:
        return b""
    told = {
        "sign:version": 1,
        "sign:number": f"{number:02d}/TTr-MH",
        "sign:date": day,
        "sign:minutes": f"{number:02d}/BB-MH",
        "sign:minutes_day": day,
        "sign:through": f"{number:02d}/CV-MH ngày {day:%d/%m/%Y}",
        "sign:compiled_by": "Người lập minh họa",
        "sign:head": "Thủ trưởng minh họa",
    }
    _sign(book.sheets[proposal.SIGN], told, proposal.SIGN_VALUE)
    return book.saved()


def fill_eligibility(workbook: Path, day: date, rng: random.Random) -> bytes:
    """The eligibility workbook: facts about everybody, the questions that the file leaves open decided. Legal facts are left alone:
    nobody has held them against anything."""
    book = Book(workbook)
    sheet = book.sheets[eligibility.FACTS]
    heads = {str(sheet.value(row, column) or ""): column for row in range(1, 9) for column in sheet.columns(row)}
    for row, key in sheet.keys.items():
        if not key:
            continue
        _people(sheet, row, heads["Giới tính"], heads["Tổng số người"], rng)
        for head, column in heads.items():
            if sheet.locked(row, column):
                continue
            if head.startswith(("Đang", "Đơn thư", "Báo chí", "Nghỉ thai sản", "Diện Ban")):
                sheet.put(row, column, NO)
            elif head.startswith("Văn bản, nguồn"):
                sheet.put(row, column, "31/BC-MH")
            elif head.endswith(": số"):
                sheet.put(row, column, "45/XN-MH")
            elif head.endswith(": ngày"):
                sheet.put(row, column, day)
            elif head.endswith(": kết quả"):
                sheet.put(row, column, GOOD)
    decided = book.sheets[eligibility.DECISIONS]
    for row, key in decided.keys.items():
        if key.count("/") == 2:
            _write(
                decided,
                row,
                {
                    eligibility.CONCLUSION + 1: GOOD,
                    eligibility.REASON + 1: "Tính theo thời gian của kế hoạch (minh họa)",
                    eligibility.DOCUMENT + 1: f"32/TB-MH ngày {day:%d/%m/%Y}",
                },
            )
    return book.saved()


def fill_tally(
    workbook: Path, day: date, against: Collection[str], chosen: Collection[str], rng: random.Random
) -> bytes:
    """A tally: everybody there but one, who has written; nearly all in favour. against: keys of cases that most vote against.
    chosen: keys of cases that are chosen out of a tie; the others of their ties get fewer votes."""
    book = Book(workbook)
    tally, members = book.sheets[council.TALLY], book.sheets[council.MEMBERS]
    numbers = [row for row, key in members.keys.items() if key and not key.startswith("sign")]
    wrote = numbers[-1]
    for row in numbers:
        members.put(row, (council.WROTE if row == wrote else council.HERE) + 1, "x")
    present = len(numbers) - 1
    absent = str(members.value(wrote, 2) or "")
    for row, key in tally.keys.items():
        if key.count("/") != 1:
            continue
        out = set(re.findall("[0-9]+", str(tally.value(row, council.RECUSED + 1) or "")))  # số 4, 7
        here = present - len(out - {absent})
        no = here - 1 if key in against else 0 if key in chosen else rng.choice((0, 0, 0, 1))
        counts = {
            council.ISSUED: here,
            council.COLLECTED: here,
            council.VALID: here,
            council.YES: here - no,
            council.NO: no,
            council.BLANK: 0,
            council.WRITTEN_YES: 0 if absent in out or key in against else 1,
            council.WRITTEN_NO: 1 if key in against and absent not in out else 0,
            council.OUT: len(out),
        }
        for column, value in counts.items():
            tally.put(row, column + 1, value)
        if key in chosen:
            tally.put(row, council.CHOSEN + 1, "x")
            tally.put(row, council.CHAIRS_SIDE + 1, "x")
            tally.put(row, council.REASON + 1, "Thành tích nổi trội hơn (minh họa)")
    told = {
        "sign:date": day,
        "sign:start": "08 giờ 00",
        "sign:end": "10 giờ 30",
        "sign:place": "Phòng họp minh họa",
        "sign:secretary": "Thư ký minh họa",
        "sign:tellers": "Ban kiểm phiếu minh họa",
        "sign:discussion": "Các thành viên thống nhất với kết quả chấm điểm và thẩm định (minh họa).",
    }
    _sign(book.sheets[SHEETS["sign"]], told, council.SIGN_VALUE + 1)
    return book.saved()


def fill_appraisal(workbook: Path, day: date, lacking: int) -> bytes:
    """An appraisal workbook: everything is there but for `lacking` cases."""
    book = Book(workbook)
    sheet = book.sheets[appraisal.SHEET]
    for row, key in sheet.keys.items():
        if key.count("/") != 1:
            continue
        short, lacking = lacking > 0, lacking - 1
        sheet.put(row, appraisal.RESULT + 1, "thiếu" if short else "đủ")
        if short:
            sheet.put(row, appraisal.REASON + 1, "Thiếu bản ký báo cáo thành tích (minh họa)")
    told = {
        "sign:version": 1,
        "sign:number": "51/BC-MH",
        "sign:date": day,
        "sign:compiled_by": "Người thẩm định minh họa",
        "sign:head": "Thủ trưởng minh họa",
    }
    _sign(book.sheets[SHEETS["sign"]], told, 3)
    return book.saved()


def _put(sheet: Sheet, row: int, field: str, value: str) -> None:
    column = proposal.COLUMN[field] + 1
    if not sheet.locked(row, column):
        sheet.put(row, column, value)


def _people(sheet: Sheet, row: int, gender: int, people: int, rng: random.Random) -> None:
    """Gender of a person; how many people and women a body has, in the cell after."""
    if not sheet.locked(row, gender) and sheet.value(row, gender) is None:
        sheet.put(row, gender, rng.choice((FEMALE, MALE)))
    if not sheet.locked(row, people) and sheet.value(row, people) is None:
        many = rng.randint(*_PEOPLE)
        sheet.put(row, people, many)
        sheet.put(row, people + 1, rng.randint(many // 4, many * 8 // 10))


def _write(sheet: Sheet, row: int, cells: Mapping[int, object]) -> None:
    for column, value in cells.items():
        sheet.put(row, column, value)


def _sign(sheet: Sheet, told: Mapping[str, object], column: int) -> None:
    for row, key in sheet.keys.items():
        if key in told and not sheet.locked(row, column):
            sheet.put(row, column, told[key])
