"""Thirty ways in which a filled form is broken by people or by malice, each with the findings it must give.

The forms are those of sở, ban, ngành of the movement that comes with the program, filled by the seeded generator.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from criteria.problems import errors
from records.forms.issuing.issue import issue
from records.forms.layout import SHEETS, Layout
from records.forms.tokens import token
from records.ledger.entries import Entry
from records.rounds import load_rounds
from records.workspace.folder import Workspace
from tests.rounds.form_filling import row_of
from tests.rounds.mutations import changed_parts
from tests.rounds.support import new_workspace
from thidua.demonstration.filling import Filled, fill_single
from thidua.demonstration.generator import illustrate

Book = openpyxl.Workbook
Found = tuple[str, str, str]  # code, sheet, cell
SELF, TASKS, EVIDENCE, SIGN, HIDDEN = (SHEETS[name] for name in ("self", "tasks", "evidence", "sign", "hidden"))
SET_FILE = "a-so-nganh.yaml"
DOCUMENT = (
    "A2.1",
    "Quyết định",
    "7/QĐ-SNV",
    "01/02/2026",
    "Sở Nội vụ",
    "Về kế hoạch năm",
)  # an evidence row without mistakes
_COLUMNS = {SELF: "E", SIGN: "C"}


@dataclass(frozen=True)
class Way:
    """What is done to the opened book, or to the bytes of the file; and what must be found, "KEY COLUMN" standing for a cell."""

    wanted: tuple[Found, ...]
    book: Callable[[Book], Any] | None = None
    raw: Callable[[bytes], bytes] | None = None


def whole_round(home: Path, count: int) -> tuple[Workspace, dict[str, bytes]]:
    """An open round of so many bodies with a task each, and their filled forms by id."""
    workspace = new_workspace(home)
    kind = next(kind.name for kind in workspace.movement.body_kinds if kind.group == "a")
    ids = [f"S{number:03d}" for number in range(1, count + 1)]
    entries = [
        Entry(f"body:{i}", name, value) for i in ids for name, value in (("name", f"Đối tượng {i}"), ("kind", kind))
    ]
    task = {"content": "Nhiệm vụ thử", "deadline": "2026-06-30", "span": "2026"}
    entries += [
        Entry(f"task:{i[1:]}", name, value, source="thử") for i in ids for name, value in {**task, "leads": i}.items()
    ]
    with workspace.database.writing() as writer:
        writer.append(entries)
    issued, problems = issue(workspace, "2026", ("a",))
    assert errors(problems) == [] and issued[0].forms == count, problems
    criteria, _ = workspace.read_set(SET_FILE)
    assert criteria is not None and load_rounds(workspace)["2026"].opened is not None
    layout = Layout(criteria, tuple(workspace.movement.registers))
    rows = illustrate(criteria, 2025, 2026, count, "x").table
    forms = {path.name[:4]: path for path in sorted((workspace.issued("2026") / "a").glob("*.xlsx"))}
    return workspace, {i: fill_single(forms[i], _filled(layout, row)) for i, row in zip(ids, rows, strict=True)}


def _filled(layout: Layout, row: dict[str, str]) -> Filled:
    given: dict[str, dict[str, str]] = {"measure": {}, "judged": {}}
    for key in layout.inputs:
        kind, _, name = key.partition(":")
        if row[name] and row[name] != "KAD":
            given[kind][name] = row[name]
    return Filled(given["measure"], given["judged"])


def broken(raw: bytes, way: Way) -> tuple[bytes, list[Found]]:
    """The broken copy of a good form, and (code, sheet, cell) of what must be found in it, sorted."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    wanted = sorted((code, sheet, _cell(book, sheet, said)) for code, sheet, said in way.wanted)
    if way.book is not None:
        way.book(book)
        stream = io.BytesIO()
        book.save(stream)
        raw = stream.getvalue()
    return (way.raw(raw) if way.raw is not None else raw), wanted


def _cell(book: Book, sheet: str, said: str) -> str:
    """ "measure:files E" is the cell of column E in the line with that key, "+ E" of the line below all; "E5" is itself."""
    key, _, column = said.partition(" ")
    if not column:
        return said
    return f"{column}{book[sheet].max_row + 1 if key == '+' else row_of(book[sheet], key)}"


def _type(sheet: str, key: str, value: Any, column: str = "") -> Callable[[Book], Any]:
    def spoil(book: Book) -> None:
        book[sheet][f"{column or _COLUMNS[sheet]}{row_of(book[sheet], key)}"].value = value

    return spoil


def _all(*spoils: Callable[[Book], Any]) -> Callable[[Book], Any]:
    return lambda book: [spoil(book) for spoil in spoils]


def _evidence(**changed: Any) -> Callable[[Book], Any]:
    """The first evidence row, by column letter."""
    row = {**dict(zip("BCDEFG", DOCUMENT, strict=True)), **changed}
    return _all(*(_type(EVIDENCE, "evidence:1", value, column) for column, value in row.items()))


def _claim(criterion: str, figures: dict[str, Any], mark: str | None, why: str | None) -> Callable[[Book], Any]:
    cells = [_type(SELF, key, value) for key, value in figures.items()]
    return _all(*cells, _type(SELF, f"node:{criterion}", mark, "H"), _type(SELF, f"node:{criterion}", why, "I"))


def _hidden(**said: str) -> Callable[[Book], Any]:
    return _all(*(_type(HIDDEN, name, value, "B") for name, value in said.items()))


def _line_deleted(book: Book) -> None:
    book[SELF].delete_rows(row_of(book[SELF], "judged:A2.3"))


def _line_doubled(book: Book) -> None:
    sheet = book[SELF]
    last = sheet.max_row + 1
    for column in range(1, 10):
        sheet.cell(last, column).value = sheet.cell(row_of(sheet, "measure:agreements"), column).value


def _of_next_year(book: Book) -> None:
    """What a form of the round 2027 says of itself; its token is genuine."""
    said = {str(row[0].value): str(row[1].value or "") for row in book[HIDDEN].iter_rows(max_row=7)}
    secret = b"0123456789abcdef"  # of tests.rounds.support
    new = token(secret, said["kind"], "2027", said["owner"], said["sets"], said["digest"])
    _hidden(period="2027", token=new)(book)


def _macro(raw: bytes) -> bytes:
    return changed_parts(raw, lambda _, content: content, xl__vbaProject__bin=b"\xd0\xcf\x11\xe0")


def _external_link(raw: bytes) -> bytes:
    return changed_parts(raw, lambda _, content: content, xl__externalLinks__externalLink1__xml=b"<externalLink/>")


def _a_word_file(raw: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


def _unsafe(change: Callable[[bytes], bytes]) -> Way:
    return Way((("form-unsafe", "", ""),), raw=change)


def _figure(key: str, value: Any, code: str) -> Way:
    return Way(((code, SELF, f"{key} E"),), _type(SELF, key, value))


WAYS: dict[str, Way] = {
    "chữ thay số": _figure("measure:docs_due", "hai mươi", "number"),
    "dấu ngăn hàng nghìn": _figure("measure:capital_plan", "1.000", "number-grouping"),
    "thừa số lẻ": _figure("measure:field_result", "32,678", "decimals"),
    "tử số lớn hơn mẫu số": _figure("measure:docs_on_time", 99_999, "out-of-range"),
    "không phải có, không": _figure("measure:finance_reform", "chắc là có", "not-yes-no"),
    "điểm ngoài lưới": _figure("judged:A2.2", 1, "off-grid"),
    "điểm quá mức tối đa": _figure("judged:A2.2", "3,5", "out-of-range"),
    "số âm lẻ của một số đếm": _figure("measure:initiatives", -0.5, "decimals"),
    "lỗi của Excel": _figure("measure:procedures", "#DIV/0!", "formula-cell"),
    "công thức chưa tính": _figure("measure:procedures", "=9+9", "formula-cell"),
    "công thức lấy từ mạng": _figure("measure:procedures", '=WEBSERVICE("http://x")', "formula-cell"),
    "KAD không có đề nghị": _figure("measure:agreements", "KAD", "claim"),
    "đề nghị không lý do": Way(
        (("claim", SELF, "node:A2.6 I"),), _claim("A2.6", {"measure:agreements": None}, "x", None)
    ),
    "đề nghị mà vẫn có số": Way(
        (("claim", SELF, "measure:agreements E"),), _claim("A2.6", {"measure:agreements": 3}, "x", "không có")
    ),
    "lý do không đánh dấu": Way(
        (("claim", SELF, "node:A2.6 H"),), _claim("A2.6", {"measure:agreements": None}, None, "không có")
    ),
    "minh chứng không số": Way((("evidence", EVIDENCE, "evidence:1 D"),), _evidence(D=None)),
    "ngày không có thật": Way((("evidence", EVIDENCE, "evidence:1 E"),), _evidence(E="31/02/2026")),
    "minh chứng sau ngày ký": Way((("evidence", EVIDENCE, "evidence:1 E"),), _evidence(E="26/11/2026")),
    "minh chứng không loại": Way((("evidence", EVIDENCE, "evidence:1 C"),), _evidence(C=None)),
    "loại minh chứng lạ": Way((("evidence", EVIDENCE, "evidence:1 C"),), _evidence(C="Bài báo")),
    "tiêu chí không có": Way((("evidence", EVIDENCE, "evidence:1 B"),), _evidence(B="A9.9")),
    "thiếu tệp minh chứng": Way((("evidence-file", EVIDENCE, "evidence:1 H"),), _evidence(H="không có.pdf")),
    "tệp leo ra ngoài": Way((("evidence-file", EVIDENCE, "evidence:1 H"),), _evidence(H="../../bí mật.pdf")),
    "không đúng mà không lý do": Way(
        (("form-cell", TASKS, "L6"),), lambda book: book[TASKS].__setitem__("I6", "không đúng")
    ),
    "lần gửi 0": Way((("signature", SIGN, "sign:version C"),), _type(SIGN, "sign:version", 0)),
    "không ai ký": Way((("signature", SIGN, "sign:head C"),), _type(SIGN, "sign:head", None)),
    "xóa dòng": Way((("form-line", SELF, "node:A2.3 A"),), _line_deleted),
    "chép thêm dòng": Way((("form-line", SELF, "+ A"),), _line_doubled),
    "chèn cột": Way((("form-line", SELF, "E1"),), lambda book: book[SELF].insert_cols(5)),
    "xóa trang": Way((("form-line", EVIDENCE, "A1"),), lambda book: book.remove(book[EVIDENCE])),
    "sửa mã nhận dạng": Way((("form-foreign", "", ""),), _hidden(token="0" * 32)),
    "biểu của đơn vị khác": Way((("form-foreign", "", ""),), _hidden(owner="S999")),
    "biểu của kỳ khác": Way((("form-period", "", ""),), _of_next_year),
    "macro": _unsafe(_macro),
    "liên kết ngoài": _unsafe(_external_link),
    "tệp bị cắt": _unsafe(lambda raw: raw[: len(raw) * 2 // 3]),
    "tệp Word đổi đuôi": _unsafe(_a_word_file),
    "tệp có mật khẩu": _unsafe(lambda raw: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + raw),
}
