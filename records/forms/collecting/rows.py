"""Sheets with one row per thing: disputed tasks, item tables, evidence, and the claims of a batch; and the signature page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from criteria.inputs import TableInputs
from records.evidence.kinds import EvidenceKinds
from records.forms.answers import Dispute, EvidenceItem
from records.forms.collecting.cells import Findings, day, figure, mark, short, whole, words
from records.forms.collecting.incoming import EvidenceFile, EvidenceFolder, FileRefused
from records.forms.collecting.workbook import FormSheet

OPINION, FINISHED, DOCUMENT, WHY = 9, 10, 11, 12  # columns I to L of "Nhiem vu"
OPINION_HEAD = "Ý kiến của đơn vị"
VALUE = 3  # column C of "Ky"
_NOT_RIGHT, _RIGHT = {"không đúng", "khong dung"}, {"đúng", "dung"}
_DAY_HINT = "Viết 30/06/2026 hoặc 2026-06-30."
SIGNED = ("sign:version", "sign:number", "sign:date", "sign:compiled_by", "sign:head")


def numbered_rows(sheet: FormSheet, kind: str, columns: range, findings: Findings) -> Iterator[tuple[str, int]]:
    """(what follows "kind:" in the key, row) of the rows in which something is typed. Typed rows without a key are reported."""
    pattern = re.compile(rf"{kind}:(.{{1,200}})")
    first = 0
    for key, rows in sorted(sheet.keys.items(), key=lambda item: item[1]):
        match = pattern.fullmatch(key)
        if match is None:
            findings.at(sheet, rows[0], 1, "form-line", f"Dòng mang khóa lạ “{short(key)}”.", "Dùng biểu đã giao.")
            continue
        first = first or rows[0]
        if len(rows) > 1:
            message = f"Dòng “{short(key)}” lặp lại, đã có ở dòng {rows[0]}."
            findings.at(sheet, rows[1], 1, "form-line", message, "Xóa dòng thừa; không chép cả dòng.")
        if typed(sheet, rows[0], columns):
            yield match[1], rows[0]
    for row in sorted(sheet.rows) if first else ():
        if row > first and not sheet.text(row, 1) and typed(sheet, row, columns):
            message = "Dòng có chữ nhưng không phải dòng của biểu."
            findings.at(sheet, row, columns[0], "form-line", message, "Điền vào các dòng nền vàng có sẵn.")


def typed(sheet: FormSheet, row: int, columns: range) -> bool:
    """Whether anything stands in one of the input cells of a row."""
    return any(not (cell := sheet.cell(row, column)).empty or cell.formula for column in columns)


def read_disputes(sheet: FormSheet, signed_on: date | None, findings: Findings) -> list[Dispute]:
    """Rows of the task register that the unit says are wrong."""
    found = []
    for task, row in numbered_rows(sheet, "task", range(OPINION, WHY + 1), findings):
        opinion = findings.read(sheet, row, OPINION, words, "", "form-cell").casefold()
        finished = findings.read(sheet, row, FINISHED, day, None)
        document = findings.read(sheet, row, DOCUMENT, words, "")
        why = findings.read(sheet, row, WHY, words, "")
        if opinion not in _RIGHT | _NOT_RIGHT:
            said = f"Ô có “{short(opinion)}”." if opinion else "Dòng có ngày, văn bản hoặc lý do mà không có ý kiến."
            findings.at(sheet, row, OPINION, "form-cell", said, "Chọn đúng hoặc không đúng.")
            continue
        if opinion in _RIGHT:
            if finished or document or why:
                said = "Ý kiến là đúng mà vẫn có ngày, văn bản hoặc lý do khác."
                findings.at(sheet, row, OPINION, "form-cell", said, "Chọn không đúng, hoặc xóa các ô bên phải.")
            continue
        if not why:
            findings.at(sheet, row, WHY, "form-cell", "Ý kiến không đúng mà không nêu lý do.", "Nêu lý do.")
        _not_later(sheet, row, FINISHED, finished, signed_on, "form-cell", findings)
        found.append(Dispute(task, finished.isoformat() if finished else "", document, why))
    return found


def read_items(sheet: FormSheet, table: TableInputs, findings: Findings) -> list[dict[str, str]]:
    """Rows of an item table that the unit fills in: the key under its name ("" without one), then the columns."""
    rows, seen = [], dict[str, int]()
    first = 0
    for _, row in numbered_rows(sheet, "row", range(2, 3 + len(table.columns)), findings):
        key = findings.read(sheet, row, 2, words, "")
        if table.key is not None and not key:
            findings.at(sheet, row, 2, "form-cell", "Dòng không có mã.", "Ghi mã hoặc tên riêng của dòng.")
        if key and key in seen:
            findings.at(sheet, row, 2, "key-duplicate", f"Mã “{short(key)}” đã có ở dòng {seen[key]}.", "Sửa một dòng.")
        if key and table.keys and key not in table.keys:
            hint = "Các mã: " + ", ".join(table.keys) + "."
            findings.at(sheet, row, 2, "key-unknown", f"Không có mã “{short(key)}”.", hint)
        if table.single and first:
            findings.at(sheet, row, 2, "key-duplicate", f"Bảng này chỉ một dòng, đã có dòng {first}.", "Xóa dòng thừa.")
        first = first or row
        seen.setdefault(key, row)
        line = {
            name: findings.read(sheet, row, place, partial(figure, declared=column), "")
            for place, (name, column) in enumerate(table.columns.items(), 3)
        }
        rows.append({table.key or "": key, **{name: text for name, text in line.items() if text}})
    return rows


def read_evidence(
    sheet: FormSheet,
    criteria: Mapping[str, Mapping[str, str]],
    only: str,
    kinds: EvidenceKinds,
    folder: EvidenceFolder,
    signed_on: date | None,
    findings: Findings,
) -> Iterator[tuple[str, EvidenceItem, EvidenceFile | None]]:
    """(candidate, document, its file). criteria: by candidate those that may be named, each with the kind that it alone asks for
    or "". only: the candidate of a single form, "" for a batch."""
    start = 2 if only else 3
    for _, row in numbered_rows(sheet, "evidence", range(2, start + 8), findings):
        before = len(findings.problems)
        candidate = only or findings.need(sheet, row, 2, words, "", "evidence", "mã đối tượng")
        criterion = findings.need(sheet, row, start, words, "", "evidence", "mã tiêu chí")
        kind = _kind(sheet, row, start + 1, kinds, criteria.get(candidate, {}).get(criterion), findings)
        number = findings.need(sheet, row, start + 2, words, "", "evidence", "số, ký hiệu")
        dated = findings.need(sheet, row, start + 3, day, None, "evidence", "ngày")
        issuer = findings.need(sheet, row, start + 4, words, "", "evidence", "cơ quan ban hành")
        restricted = findings.read(sheet, row, start + 7, mark, False, "evidence")
        summing = findings.read if restricted else partial(findings.need, what="trích yếu")
        summary = summing(sheet, row, start + 5, words, "", "evidence")
        name = findings.read(sheet, row, start + 6, words, "", "evidence-file")
        if candidate and candidate not in criteria:
            said = f"Không có đối tượng “{short(candidate)}” trong biểu."
            findings.at(sheet, row, 2, "evidence", said, "Ghi mã như ở cột Mã của trang chấm.")
        elif candidate and criterion and criterion not in criteria[candidate]:
            said = f"Không có tiêu chí “{short(criterion)}”."
            findings.at(sheet, row, start, "evidence", said, "Ghi mã như ở cột Mã: mỗi dòng gắn với một tiêu chí.")
        _not_later(sheet, row, start + 3, dated, signed_on, "evidence", findings)
        file = _file(sheet, row, start + 6, name, restricted, folder, findings)
        if len(findings.problems) == before and dated is not None:
            sha = file.sha256 if file is not None else ""
            item = EvidenceItem(criterion, number, dated.isoformat(), issuer, summary, name, sha, restricted, kind)
            yield candidate, item, file


def _kind(sheet: FormSheet, row: int, column: int, kinds: EvidenceKinds, alone: str | None, findings: Findings) -> str:
    """The id of a kind. alone: the one its criterion asks for, "" when there are several or none, None when there is no such criterion."""
    before = len(findings.problems)
    text = findings.read(sheet, row, column, words, "", "evidence")
    hint = f"Chọn trong danh sách: {', '.join(kinds.names.values())}." if kinds.names else "Để trống ô này."
    if text:
        found = kinds.find(text)
        if found is None:
            findings.at(sheet, row, column, "evidence", f"Không có loại minh chứng “{short(text)}”.", hint)
        return found or ""
    if alone == "" and kinds.names and len(findings.problems) == before:
        findings.at(sheet, row, column, "evidence", "Thiếu loại minh chứng.", hint)
    return alone or ""


def _file(
    sheet: FormSheet, row: int, column: int, name: str, restricted: bool, folder: EvidenceFolder, findings: Findings
) -> EvidenceFile | None:
    if not name:
        return None
    if restricted:
        message = "Văn bản hạn chế mà vẫn ghi tên tệp."
        findings.at(sheet, row, column, "evidence", message, "Xóa tên tệp: văn bản mật, hạn chế không gửi theo biểu.")
        return None
    try:
        return folder.take(name)
    except FileRefused as error:
        findings.at(sheet, row, column, "evidence-file", error.message, error.hint)
        return None


def _not_later(
    sheet: FormSheet, row: int, column: int, found: date | None, signed_on: date | None, code: str, findings: Findings
) -> None:
    if found is not None and signed_on is not None and found > signed_on:
        message = f"Ngày {found:%d/%m/%Y} sau ngày văn bản gửi {signed_on:%d/%m/%Y}."
        findings.at(sheet, row, column, code, message, "Kiểm tra lại hai ngày.")


def read_signature(sheet: FormSheet, findings: Findings) -> tuple[dict[str, str], date | None]:
    """What is signed: version, number, date (ISO), compiled_by, head; and the day of the letter."""
    rows = {}
    for key in SIGNED:
        places = sheet.keys.get(key, [])
        if len(places) == 1:
            rows[key] = places[0]
        else:
            said = f"Dòng “{key}” lặp lại." if places else f"Thiếu dòng “{key}” của trang ký."
            findings.at(sheet, places[1] if places else 1, 1, "form-line", said, "Dùng biểu đã giao, không xóa dòng.")
    for key, places in sheet.keys.items():
        if key not in SIGNED:
            message = f"Dòng mang khóa lạ “{short(key)}”."
            findings.at(sheet, places[0], 1, "form-line", message, "Dùng biểu đã giao, không thêm dòng.")
    if len(rows) < len(SIGNED):
        return {}, None
    version = findings.need(sheet, rows["sign:version"], VALUE, whole, None, "signature", "lần gửi (lần đầu là 1)")
    number = findings.read(sheet, rows["sign:number"], VALUE, words, "", "signature")
    signed_on = findings.read(sheet, rows["sign:date"], VALUE, day, None, "signature")
    compiled_by = findings.need(sheet, rows["sign:compiled_by"], VALUE, words, "", "signature", "họ tên người lập biểu")
    head = findings.need(sheet, rows["sign:head"], VALUE, words, "", "signature", "họ tên thủ trưởng")
    return {
        "version": str(version or 0),
        "number": number,
        "date": signed_on.isoformat() if signed_on else "",
        "compiled_by": compiled_by,
        "head": head,
    }, signed_on


def read_claims(sheet: FormSheet, findings: Findings) -> Iterator[tuple[int, str, str, str]]:
    """(row, candidate, criterion, why) of the claims of a batch."""
    for _, row in numbered_rows(sheet, "claim", range(2, 5), findings):
        before = len(findings.problems)
        candidate, criterion, why = (findings.read(sheet, row, place, words, "", "claim") for place in (2, 3, 4))
        if len(findings.problems) == before:
            yield row, candidate, criterion, why
