"""What people and malice do to a workbook that went out: cells of all sorts, rows, columns, sheets, names. All seeded."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

from tests.rounds.mutations import changed_parts, mutations

VALUES: tuple[Any, ...] = (
    None,
    "",
    " ",
    0,
    -1,
    1,
    3.5,
    1e300,
    10**15,
    True,
    False,
    dt.datetime(1900, 1, 1),
    dt.datetime(9999, 12, 31, 23, 59),
    dt.datetime(2027, 7, 1, 12, 30),
    dt.time(8, 30),
    dt.timedelta(days=3),
    "x",
    "X ",
    "có",
    "co\u0301",
    "31/02/2027",
    "01/01/0001",
    "2027-13-01",
    "đủ",
    "thiếu",
    "đạt",
    "=1/0",
    "=SUM(A1:A9)",
    '=HYPERLINK("http://x","y")',
    "=[1]A!B1",
    "#REF!",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "A & B <b>&amp;</b> ]]>",
    "{{ 7*7 }} {% raw %}",
    "../../etc/passwd",
    "..\\..\\x",
    "a/b/c",
    "bk-ttg/../x",
    "\u202eabc\u200b",
    "Nguye\u0302\u0303n",
    "_x0000_",
    "_xD800_",
    "１２",
    "1\u00a0000",
    "Ấ" * 5_001,
    "9" * 400,
    "\n\n\n",
    "a;b;c;;",
    "-",
)
Change = Callable[[openpyxl.Workbook, random.Random], None]


def spoiled(raw: bytes, count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """(what was done, bytes): half of them done to cells and sheets, half to the package. Some are no worse than the original."""
    package = mutations(raw, count - count // 2, seed)
    for number in range(count):
        if number % 2 == 0:
            yield next(package)
            continue
        chance = random.Random(f"{seed}:{number}")
        kind = KINDS[number // 2 % len(KINDS)]
        yield f"{seed}:{number} {kind.__name__}", kind(raw, chance)


def _book(change: Change) -> Callable[[bytes, random.Random], bytes]:
    def done(raw: bytes, chance: random.Random) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(raw))
        change(book, chance)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    done.__name__ = change.__name__
    return done


def _sheet(book: openpyxl.Workbook, chance: random.Random) -> Any:
    return chance.choice(book.worksheets)


def inputs_typed(book: openpyxl.Workbook, chance: random.Random) -> None:
    """Cells that may be typed into, where the workbook has such; else any cell."""
    for _ in range(chance.randint(1, 6)):
        sheet = _sheet(book, chance)
        free = [one for row in sheet.iter_rows() for one in row if not one.protection.locked]
        one = chance.choice(free or [cell for row in sheet.iter_rows() for cell in row])
        if type(one).__name__ == "Cell":
            one.value = chance.choice(VALUES)


def any_cell_typed(book: openpyxl.Workbook, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        sheet = _sheet(book, chance)
        one = sheet.cell(chance.randint(1, sheet.max_row + 2), chance.randint(1, sheet.max_column + 2))
        if type(one).__name__ == "Cell":
            one.value = chance.choice(VALUES)


def cells_copied(book: openpyxl.Workbook, chance: random.Random) -> None:
    """What stands in a row also stands in another one."""
    sheet = _sheet(book, chance)
    one, other = chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_row + 1)
    for column in range(1, sheet.max_column + 1):
        target = sheet.cell(other, column)
        if type(target).__name__ == "Cell":
            target.value = sheet.cell(one, column).value


def lines_removed(book: openpyxl.Workbook, chance: random.Random) -> None:
    sheet = _sheet(book, chance)
    if chance.random() < 0.6:
        sheet.delete_rows(chance.randint(1, sheet.max_row), chance.choice((1, 1, 2, 30)))
    else:
        sheet.delete_cols(chance.randint(1, sheet.max_column), chance.choice((1, 1, 3)))


def lines_put_in(book: openpyxl.Workbook, chance: random.Random) -> None:
    sheet = _sheet(book, chance)
    if chance.random() < 0.6:
        sheet.insert_rows(chance.randint(1, sheet.max_row), chance.choice((1, 2, 500)))
    else:
        sheet.insert_cols(chance.randint(1, sheet.max_column))


def sheets_changed(book: openpyxl.Workbook, chance: random.Random) -> None:
    """Removed, renamed, doubled, emptied, moved, shown."""
    sheet, step = _sheet(book, chance), chance.randrange(6)
    if step == 0 and len(book.worksheets) > 1:
        book.remove(sheet)
        book.worksheets[0].sheet_state = "visible"
    elif step == 1:
        sheet.title = chance.choice(("Trang tính 1", sheet.title.upper() + " ", "a", "Kỳ", "_nhan_dang"))
    elif step == 2:
        book.copy_worksheet(sheet).title = sheet.title[:20] + chance.choice((" ", "1", " (2)"))
    elif step == 3:
        sheet.delete_rows(1, sheet.max_row + 1)
    elif step == 4:
        book.move_sheet(sheet, chance.choice((-2, 2)))
    for one in book.worksheets:
        one.sheet_state = "visible"


def hidden_changed(book: openpyxl.Workbook, chance: random.Random) -> None:
    """What the hidden sheet says of the workbook."""
    hidden = [one for one in book.worksheets if one.sheet_state != "visible"] or book.worksheets
    sheet = chance.choice(hidden)
    row = chance.randint(1, min(sheet.max_row, 14))
    value = chance.choice((*VALUES, "2027-01-01", "so-ket-2027", "tong-ket-2030", "hoi-dong", "xet-chon", str(row)))
    one = sheet.cell(row, chance.choice((1, 2, 2, 2)))
    if type(one).__name__ == "Cell":
        one.value = value


def sheets_of_one_name(raw: bytes, chance: random.Random) -> bytes:
    """Two sheets with the same name: Excel does not let people do so, a program does."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        names = re.findall(rb'<sheet [^>]*?name="([^"]*)"', content)
        if len(names) < 2:
            return content
        one, other = chance.sample(names, 2)
        return content.replace(b'name="%s"' % one, b'name="%s"' % other)

    return changed_parts(raw, change)


def far_cell(raw: bytes, chance: random.Random) -> bytes:
    """A cell where no sheet has one, or at the last place a sheet can have."""
    reference = chance.choice((b"XFD1048576", b"A1048576", b"XFE1", b"A0", b"A99999999999", b"ZZZ9"))
    row = re.sub(rb"[A-Z]", b"", reference)
    cell = b'<row r="%s"><c r="%s" t="inlineStr"><is><t>x</t></is></c></row></sheetData>' % (row, reference)

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", cell, 1) if name == chosen else content

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        chosen = chance.choice([name for name in package.namelist() if "worksheets/sheet" in name])
    return changed_parts(raw, change)


def bomb(raw: bytes, chance: random.Random) -> bytes:
    """A part that is small only while it is packed."""
    return changed_parts(raw, lambda _, content: content, xl__media__big__bin=b"\0" * (chance.choice((30, 60)) << 20))


KINDS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _book(inputs_typed),
    _book(any_cell_typed),
    _book(inputs_typed),
    _book(cells_copied),
    _book(lines_removed),
    _book(inputs_typed),
    _book(lines_put_in),
    _book(sheets_changed),
    _book(inputs_typed),
    _book(hidden_changed),
    sheets_of_one_name,
    far_cell,
)
