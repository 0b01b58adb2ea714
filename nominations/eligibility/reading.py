"""An eligibility workbook that came in: what is typed in each input cell. Nothing else in it is believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from criteria.expressions.kinds import PURE
from criteria.inputs import Input
from criteria.problems import Problem, of_file
from nominations.eligibility.columns import (
    COMPARED,
    COMPARISONS,
    CONCLUSION,
    CONCLUSIONS,
    DAY,
    DECIDED,
    DECISIONS,
    DOCUMENT,
    FACTS,
    FINDING,
    FORMAT,
    KIND,
    LAW,
    NOTE,
    REASON,
    SHOWN,
    SOURCE,
    TEXT,
    FactColumn,
    fact_columns,
)
from nominations.eligibility.content import columns_digest
from nominations.eligibility.typed import Asked, Place, ReadEligibility, TypedDecision, TypedFact, TypedLaw
from records.forms.collecting.cells import KAD, day, figure, short, words
from records.forms.collecting.form import check_heads, form_sheet
from records.forms.collecting.rows import typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.tables.cells import CellError
from records.tables.sheets import Cell
from records.workbooks.hidden import ENTRY, Hidden, read_hidden
from records.workbooks.rows import keyed_rows, stray_rows

CODE = "eligibility"
CALLED = "biểu"
_ISSUED_HERE = "Điền vào đúng biểu xét điều kiện đã giao, không chép sang tệp khác."
_AGAIN = "Giao lại: thidua eligibility issue, điền vào biểu mới."
_MOST = 9_999_999  # people of a body


def read_eligibility(book: FormBook, read: ReadEligibility, asked: Asked) -> None:
    """Fill in what is typed; what is wrong goes to the findings. Raises Unreadable."""
    found, problems = read_hidden(book, (KIND,), (FORMAT,), (ENTRY,))
    columns = _columns(found, asked) if found is not None else []
    if found is not None:
        problems += _identity_problems(found, columns, asked, read.name)
    read.form.problems.extend(problems)
    if found is None or problems:
        return
    read.identity = found
    lines = found.by_sheet
    _read_facts(book, read, lines.get(FACTS, ()), columns, asked)
    _read_decisions(book, read, lines.get(DECISIONS, ()))
    _read_law(book, read, lines.get(LAW, ()), asked)


def _columns(found: Hidden, asked: Asked) -> list[FactColumn]:
    named = [one for one in asked.awards.confirmations if one.id in found.sets]
    return fact_columns(asked.awards, named)


def _identity_problems(found: Hidden, columns: list[FactColumn], asked: Asked, file: str) -> list[Problem]:
    if not found.of_rows(asked.secret):
        return [of_file(file, "form-foreign", "Mã nhận dạng của biểu không đúng.", _ISSUED_HERE)]
    if found.period != asked.occasion:
        message = f"Biểu của dịp {short(found.period)}, đang thu dịp {asked.occasion}."
        return [of_file(file, "form-period", message, "Thu vào đúng dịp của biểu.")]
    if found.digest != columns_digest(columns):
        message = "Xác nhận hoặc dữ kiện phải có đã đổi từ khi giao biểu."
        return [of_file(file, "form-changed", message, _AGAIN)]
    return []


def _rows(
    book: FormBook, read: ReadEligibility, name: str, lines: Sequence[str], heads: Sequence[str], inputs: Sequence[int]
) -> Iterator[tuple[FormSheet, str, int]]:
    """(sheet, key, row) of a sheet that has its input columns in place. heads: from column B on; inputs: columns from 0."""
    sheet = form_sheet(book, name, read.findings)
    if sheet is None or not check_heads(sheet, {place + 1: heads[place - 1] for place in inputs}, read.findings):
        return
    first = inputs[0]
    head = next((row for row in sorted(sheet.rows) if sheet.text(row, first + 1) == heads[first - 1]), 0)
    stray_rows(sheet, head, range(first + 1, inputs[-1] + 2), read.findings, CALLED)
    for key, row in keyed_rows(sheet, lines, read.findings, CALLED).items():
        yield sheet, key, row


# --- Dữ kiện -------------------------------------------------------------------------------------------------------


def _read_facts(
    book: FormBook, read: ReadEligibility, lines: Sequence[str], columns: list[FactColumn], asked: Asked
) -> None:
    start = len(SHOWN) + 1
    heads = [*(head for head, _ in SHOWN), *(one.head for one in columns)]
    places = {one.name: place for place, one in enumerate(columns, start)}
    for sheet, key, row in _rows(book, read, FACTS, lines, heads, list(places.values())):
        before = len(read.findings.problems)
        told: dict[str, tuple[str, Place]] = {}
        for one in columns:
            place = Place(sheet, row, places[one.name])
            if not asked.takes(key, one):
                if typed(sheet, row, range(place.column + 1, place.column + 2)):
                    message = f"“{one.head}” không áp dụng cho {key}."
                    read.findings.problems.append(place.problem(CODE, message, "Xóa ô này."))
                continue
            told[one.name] = read.findings.read(sheet, row, place.column + 1, partial(_fact, one), "", CODE), place
        if len(read.findings.problems) == before:
            read.findings.problems += _contradictions(told)
        if len(read.findings.problems) == before:
            read.facts += _typed_facts(key, told)


def _fact(column: FactColumn, cell: Cell) -> str:
    """What an input cell of the facts says, as the ledger holds it. Raises CellError."""
    if column.kind == "day":
        found = day(cell)
        return found.isoformat() if found is not None else ""
    if column.kind == "number":
        return _number(column, cell)
    text = words(cell)
    if column.kind != "words" or not text:
        return text
    return _choice(text, column.words)


def _number(column: FactColumn, cell: Cell) -> str:
    declared = Input(column.field, column.head, PURE, at_least=Fraction(0), at_most=Fraction(_MOST))
    text = figure(cell, declared)
    if text == KAD:
        raise CellError(CODE, f"“{column.head}” ghi KAD.", "Để trống nếu chưa biết.")
    return text


def _choice(text: str, allowed: Sequence[str]) -> str:
    """One of the words, however it is capitalised. Raises CellError."""
    found = next((word for word in allowed if word.casefold() == text.casefold()), None)
    if found is None:
        raise CellError(CODE, f"Ô có “{short(text)}”.", f"Chọn: {', '.join(allowed)}; hoặc để trống.")
    return found


def _contradictions(told: dict[str, tuple[str, Place]]) -> list[Problem]:
    """Cells of one row that cannot stand together."""

    def says(name: str) -> str:
        return told[name][0] if name in told else ""

    problems = []
    people, women = says("people"), says("women")
    if bool(people) != bool(women):
        lacking = "people" if women else "women"
        message = "Tổng số người và số nữ phải ghi cùng nhau."
        problems.append(told[lacking][1].problem(CODE, message, "Ghi cả hai ô, hoặc để trống cả hai."))
    elif people and int(women) > int(people):
        message = f"Số nữ {women} lớn hơn tổng số người {people}."
        problems.append(told["women"][1].problem(CODE, message, "Kiểm tra lại hai ô."))
    if says("opinion") and says("managed") != "có":
        message = "Có ý kiến mà chưa ghi thuộc diện quản lý."
        problems.append(told["managed"][1].problem(CODE, message, "Chọn “có”, hoặc xóa ý kiến."))
    if says("certificate") and not says("initiative"):
        message = "Có giấy chứng nhận mà không ghi sáng kiến."
        problems.append(told["initiative"][1].problem(CODE, message, "Ghi tên sáng kiến."))
    for name, (finding, place) in told.items():
        field_, slash, part = name.partition("/")
        if part != "finding" or not slash:
            continue
        document, dated = told[f"{field_}/document"], told[f"{field_}/day"]
        if not finding and (document[0] or dated[0]):
            problems.append(place.problem(CODE, "Xác nhận có số hoặc ngày mà không có kết quả.", "Chọn kết quả."))
        for (text, missing), what in ((document, "số"), (dated, "ngày")):
            if finding and not text:
                problems.append(missing.problem(CODE, f"Xác nhận thiếu {what} văn bản.", f"Ghi {what} văn bản."))
    return problems


def _typed_facts(nominee: str, told: dict[str, tuple[str, Place]]) -> Iterator[TypedFact]:
    source = told[SOURCE.name][0] if SOURCE.name in told else ""
    for name, (value, place) in told.items():
        field_, _, part = name.partition("/")
        if part == "finding":
            document, dated = told[f"{field_}/document"][0], told[f"{field_}/day"][0]
            on = date.fromisoformat(dated) if dated else None
            yield TypedFact(nominee, field_, value, place, document, on, document)
        elif not part and name != SOURCE.name:
            yield TypedFact(nominee, field_, value, place, source=source)


# --- Cần người xem, Căn cứ -----------------------------------------------------------------------------------------


def _read_decisions(book: FormBook, read: ReadEligibility, lines: Sequence[str]) -> None:
    heads, inputs = [head for head, _ in DECIDED], (CONCLUSION, REASON, DOCUMENT)
    findings = read.findings
    for sheet, key, row in _rows(book, read, DECISIONS, lines, heads, inputs):
        before = len(findings.problems)
        chosen = findings.read(sheet, row, CONCLUSION + 1, partial(_optional, tuple(CONCLUSIONS)), "", CODE)
        reason, document = (findings.read(sheet, row, place + 1, words, "", CODE) for place in (REASON, DOCUMENT))
        place = Place(sheet, row, CONCLUSION)
        if len(findings.problems) == before and chosen:
            if not reason:
                findings.at(sheet, row, REASON + 1, "reason", "Kết luận mà không nêu lý do.", "Ghi lý do.")
            if not document:
                findings.at(sheet, row, DOCUMENT + 1, "reason", "Kết luận mà không nêu văn bản.", "Ghi số, ngày.")
        elif len(findings.problems) == before and (reason or document):
            message = "Có lý do hoặc văn bản mà không có kết luận."
            findings.problems.append(place.problem(CODE, message, "Chọn kết luận, hoặc xóa hai ô bên phải."))
        if len(findings.problems) > before:
            continue
        award, _, rest = key.partition("/")
        nominee, _, check = rest.rpartition("/")
        value = CONCLUSIONS[chosen] if chosen else ""
        read.decisions.append(TypedDecision(award, nominee, check, value, reason, document, place))


def _optional(allowed: Sequence[str], cell: Cell) -> str:
    """Raises CellError."""
    text = words(cell)
    return _choice(text, allowed) if text else ""


def _read_law(book: FormBook, read: ReadEligibility, lines: Sequence[str], asked: Asked) -> None:
    heads, inputs = [head for head, _ in COMPARED], (FINDING, TEXT, DAY, NOTE)
    findings = read.findings
    for sheet, key, row in _rows(book, read, LAW, lines, heads, inputs):
        before = len(findings.problems)
        chosen = findings.read(sheet, row, FINDING + 1, partial(_optional, tuple(COMPARISONS)), "", CODE)
        document, note = (findings.read(sheet, row, place + 1, words, "", CODE) for place in (TEXT, NOTE))
        on = findings.read(sheet, row, DAY + 1, day, None, CODE)
        if len(findings.problems) > before:
            continue
        if not chosen:
            if document or note or on is not None:
                message = "Có văn bản, ngày hoặc ghi chú mà không có kết quả đối chiếu."
                findings.at(sheet, row, FINDING + 1, CODE, message, "Chọn kết quả, hoặc xóa các ô bên phải.")
            continue
        if not document:
            message = "Đối chiếu mà không ghi văn bản nào."
            findings.at(sheet, row, TEXT + 1, "reason", message, "Ghi tên, số, ngày văn bản đang có hiệu lực đã đọc.")
        if on is None:
            findings.at(sheet, row, DAY + 1, CODE, "Thiếu ngày đối chiếu.", "Ghi ngày.")
        elif on > asked.today:
            findings.at(sheet, row, DAY + 1, CODE, f"Ngày {on:%d/%m/%Y} chưa đến.", "Ghi ngày đã đối chiếu.")
        if len(findings.problems) == before and on is not None:
            place = Place(sheet, row, FINDING)
            read.law.append(TypedLaw(key, COMPARISONS[chosen], document, on, note, place))
