"""Reading a proposal workbook that came back: whose it is, the list, the prose, the awards given, the signature page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from criteria.problems import Problem, of_file
from nominations.awards.reading import AwardFile
from nominations.proposals.columns import (
    CALLED,
    CANDIDATE,
    COLUMN,
    FORMAT,
    GIVEN,
    IDENTITY,
    INPUTS,
    LIST_HEADS,
    LISTED,
    NEW,
    NEW_MARK,
    NEW_ROWS,
    OWN,
    OWN_HEADS,
    PROPOSAL,
    PROSE,
    REPORT,
    REPORT_HEADS,
    SIGN,
    SIGN_VALUE,
    SIGNED,
)
from nominations.proposals.content import list_digest
from nominations.proposals.headings import PLACES, find_heading
from nominations.proposals.typed import Signed, Typed, TypedAward, TypedProse, paragraphs, read_row
from records.forms.collecting.cells import day, short, whole, words
from records.forms.collecting.form import check_heads, form_sheet
from records.forms.collecting.rows import numbered_rows, typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.workbooks.coming_in import ReadBook
from records.workbooks.hidden import Hidden, read_hidden
from records.workbooks.rows import as_issued, keyed_rows, stray_rows

_ISSUED_HERE = "Điền vào đúng biểu đã được giao, không chép sang tệp khác."
_AGAIN = "Giao lại: thidua proposal form, điền vào biểu mới."
_CANDIDATE_COLUMNS = {name: COLUMN[name] + 1 for name in INPUTS}
_NEW_COLUMNS = {name: COLUMN[name] + 1 for name in (*IDENTITY, *INPUTS)}
_WHOLE = range(min(_NEW_COLUMNS.values()), max(_NEW_COLUMNS.values()) + 1)


@dataclass
class ReadProposal(ReadBook):
    """A file that was read. proposer: id of the body, "" until it is known. token: of a workbook, "" of a list."""

    proposer: str = ""
    token: str = ""
    typed: Typed = field(default_factory=Typed)


def read_proposal(book: FormBook, read: ReadProposal, secret: bytes, occasion: str, file: AwardFile) -> None:
    """Fill everything; what is wrong goes to the findings. Raises Unreadable."""
    hidden, found = read_hidden(book, (PROPOSAL,), (FORMAT,))
    if hidden is not None:
        found = _identity_problems(hidden, secret, occasion, file, read.name)
    read.form.problems.extend(found)
    if hidden is None or found:
        return
    read.proposer, read.token = hidden.owner, hidden.token
    _read_list(book, read, hidden)
    _read_prose(book, read)
    _read_given(book, read)
    _read_signature(book, read)


def _identity_problems(hidden: Hidden, secret: bytes, occasion: str, file: AwardFile, name: str) -> list[Problem]:
    """Whether it was issued here, for this occasion, and what can be chosen is still the same."""
    if not hidden.of_rows(secret):
        return [of_file(name, "form-foreign", f"Mã nhận dạng của {CALLED} không đúng.", _ISSUED_HERE)]
    if hidden.period != occasion:
        message = f"Biểu của dịp {short(hidden.period)}, đang thu dịp {occasion}."
        return [of_file(name, "form-period", message, "Thu vào đúng dịp của biểu.")]
    if hidden.digest != list_digest(file):
        return [of_file(name, "form-changed", "Các hình thức hoặc đối tượng đã đổi từ khi giao biểu.", _AGAIN)]
    return []


def _read_list(book: FormBook, read: ReadProposal, hidden: Hidden) -> None:
    findings = read.findings
    sheet = form_sheet(book, LISTED, findings)
    if sheet is None or not check_heads(sheet, {place + 1: LIST_HEADS[place - 1] for place in _inputs()}, findings):
        return
    new = [f"{NEW}:{number}" for number in range(1, NEW_ROWS + 1)]
    rows = keyed_rows(sheet, hidden.by_sheet.get(LISTED, ()), findings, "biểu", new)
    for key, row in rows.items():
        ident = key.removeprefix(f"{CANDIDATE}:")
        if typed(sheet, row, _span(_CANDIDATE_COLUMNS)):
            read.typed.rows.append(read_row(sheet, row, ident, ident, _CANDIDATE_COLUMNS, findings))
    for number, key in enumerate(new, 1):
        places = sheet.keys.get(key, [])
        if len(places) > 1:
            message = f"Dòng “{key}” lặp lại, đã có ở dòng {places[0]}."
            findings.at(sheet, places[1], 1, "form-line", message, "Xóa dòng thừa; không chép cả dòng.")
        if places and typed(sheet, places[0], _WHOLE):
            mark = f"{NEW_MARK}{number}"
            read.typed.rows.append(read_row(sheet, places[0], mark, "", _NEW_COLUMNS, findings))
    stray_rows(sheet, _head(sheet, COLUMN["mark"] + 1, LIST_HEADS[0]), _WHOLE, findings)


def _inputs() -> list[int]:
    return [COLUMN[name] for name in INPUTS]


def _span(columns: dict[str, int]) -> range:
    return range(min(columns.values()), max(columns.values()) + 1)


def _head(sheet: FormSheet, column: int, head: str) -> int:
    return next((row for row in sorted(sheet.rows) if sheet.text(row, column) == head), 0)


def _read_prose(book: FormBook, read: ReadProposal) -> None:
    findings = read.findings
    sheet = form_sheet(book, REPORT, findings)
    if sheet is None or not check_heads(sheet, dict(enumerate(REPORT_HEADS, 2)), findings):
        return
    for _, row in numbered_rows(sheet, PROSE, range(2, 5), findings):
        before = len(findings.problems)
        mark = findings.need(sheet, row, 2, words, "", "proposal", "ký hiệu của đối tượng")
        place = findings.need(sheet, row, 3, words, "", "proposal", "mục")
        text = findings.need(sheet, row, 4, paragraphs, list[str](), "proposal", "nội dung")
        heading = find_heading(place)
        if place and heading is None:
            hint = "Các mục: " + ", ".join(PLACES) + "."
            findings.at(sheet, row, 3, "proposal", f"Không có mục “{short(place)}”.", hint)
        if len(findings.problems) == before and heading is not None:
            read.typed.prose.append(TypedProse(mark, heading.place, text, sheet, row))


def _read_given(book: FormBook, read: ReadProposal) -> None:
    findings = read.findings
    sheet = form_sheet(book, OWN, findings)
    if sheet is None or not check_heads(sheet, dict(enumerate(OWN_HEADS, 2)), findings):
        return
    for _, row in numbered_rows(sheet, GIVEN, range(2, 7), findings):
        before = len(findings.problems)
        mark = findings.read(sheet, row, 2, words, "", "award-held")
        if mark:
            name = findings.read(sheet, row, 3, words, "", "award-held")
        else:
            name = findings.need(sheet, row, 3, words, "", "award-held", "tên tập thể, cá nhân được khen")
        form = findings.need(sheet, row, 4, words, "", "award-held", "hình thức")
        decision = findings.need(sheet, row, 5, words, "", "award-held", "số quyết định")
        on = findings.need(sheet, row, 6, day, None, "award-held", "ngày quyết định")
        if len(findings.problems) == before and on is not None:
            read.typed.given.append(TypedAward(mark, name, form, decision, on, sheet, row))


def _read_signature(book: FormBook, read: ReadProposal) -> None:
    sheet, findings = form_sheet(book, SIGN, read.findings), read.findings
    if sheet is None:
        return
    for key, places in sheet.keys.items():
        if key not in SIGNED or len(places) > 1:
            message = f"Dòng mang khóa lạ hoặc lặp lại “{short(key)}”."
            findings.at(sheet, places[-1], 1, "form-line", message, as_issued("biểu"))
    rows = {key: sheet.keys[key][0] for key in SIGNED if key in sheet.keys}
    lacking = [key for key in SIGNED if key not in rows and key != "sign:through"]
    for key in lacking:
        findings.at(sheet, 1, 1, "form-line", f"Thiếu dòng “{key}” của trang ký.", as_issued("biểu"))
    if lacking:
        return

    def problem(code: str, key: str, message: str, hint: str) -> Problem:
        return sheet.problem(code, rows.get(key, 1), SIGN_VALUE, message, hint)

    def text(key: str, what: str) -> str:
        return findings.need(sheet, rows[key], SIGN_VALUE, words, "", "signature", what)

    def dated(key: str, what: str) -> date | None:
        return findings.need(sheet, rows[key], SIGN_VALUE, day, None, "signature", what)

    said = "lần gửi (lần đầu là 1)"
    read.form.version = findings.need(sheet, rows["sign:version"], SIGN_VALUE, whole, None, "signature", said) or 0
    through = rows.get("sign:through")
    read.typed.signed = Signed(
        problem,
        text("sign:number", "số tờ trình"),
        dated("sign:date", "ngày tờ trình"),
        text("sign:minutes", "số biên bản xét khen thưởng"),
        dated("sign:minutes_day", "ngày biên bản xét khen thưởng"),
        findings.read(sheet, through, SIGN_VALUE, words, "", "signature") if through is not None else "",
        text("sign:compiled_by", "họ tên người lập"),
        text("sign:head", "họ tên thủ trưởng"),
    )
