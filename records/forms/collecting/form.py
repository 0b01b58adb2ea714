"""A form being read: what is known of it so far, its sheets, its signature page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import Problem
from records.forms.answers import Answers
from records.forms.collecting.cells import Findings
from records.forms.collecting.incoming import EvidenceFile, FormFile, read_form
from records.forms.collecting.rows import read_signature
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS
from records.tables.packages import FORM

_SAME_FORM = "Dùng biểu đã giao; không xóa, không đổi tên trang, không thêm cột."


@dataclass
class ReadForm:
    """A file that was read. answers: by candidate. untouched: candidates of a batch with nothing filled in. groups: their letters.

    version, letter_number, letter_date: as signed (ISO day, "" if none). files: the evidence it names.
    """

    file: FormFile
    sha256: str = ""
    owner: str = ""
    groups: list[str] = field(default_factory=list)
    version: int = 0
    letter_number: str = ""
    letter_date: str = ""
    answers: dict[str, Answers] = field(default_factory=dict)
    untouched: list[str] = field(default_factory=list)
    files: list[EvidenceFile] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)

    @property
    def problems(self) -> list[Problem]:
        return self.findings.problems

    @property
    def wrong(self) -> bool:
        return self.findings.wrong

    @property
    def letter(self) -> str:
        """The letter it came with: số 15/UBND ngày 20/12/2026."""
        said = f"số {self.letter_number}" if self.letter_number else ""
        dated = f"ngày {date.fromisoformat(self.letter_date):%d/%m/%Y}" if self.letter_date else ""
        return " ".join(part for part in (said, dated) if part)


def open_form(file: FormFile) -> tuple[bytes, ReadForm]:
    """The bytes of a file and their hash, or why they cannot be had."""
    form = ReadForm(file)
    raw, problem = read_form(file, FORM.packed)
    if problem is not None:
        form.problems.append(problem)
    else:
        form.sha256 = hashlib.sha256(raw).hexdigest()
    return raw, form


def form_sheet(book: FormBook, name: str, findings: Findings) -> FormSheet | None:
    """The sheet with this name. Raises Unreadable."""
    titles = book.named(name)
    if len(titles) == 1:
        return book.sheet(titles[0])
    message = f"Biểu thiếu trang “{name}”." if not titles else f"Biểu có hai trang “{name}”."
    findings.problems.append(Problem(book.file, 1, 1, "form-line", message, _SAME_FORM, sheet=name, cell="A1"))
    return None


def check_heads(sheet: FormSheet, heads: dict[int, str], findings: Findings) -> bool:
    """Whether the input columns stand where they were: a column put in or taken out would move figures silently."""
    if any(all(sheet.text(row, column) == head for column, head in heads.items()) for row in sheet.rows):
        return True
    column = min(heads)
    message = f"Không thấy cột “{heads[column]}” ở đúng chỗ."
    findings.at(sheet, 1, column, "form-line", message, _SAME_FORM)
    return False


def sign(book: FormBook, form: ReadForm) -> tuple[dict[str, str], date | None]:
    """Read the signature page into the form. Raises Unreadable."""
    sheet = form_sheet(book, SHEETS["sign"], form.findings)
    signed, signed_on = read_signature(sheet, form.findings) if sheet is not None else ({}, None)
    form.version = int(signed.get("version", "0"))
    form.letter_number, form.letter_date = signed.get("number", ""), signed.get("date", "")
    return signed, signed_on
