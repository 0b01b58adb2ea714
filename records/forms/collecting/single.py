"""One file taken in: is it safe, whose is it, what does it answer. Everything that is wrong with it is collected."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import Problem, of_file
from records.forms.answers import Answers
from records.forms.collecting.cells import Findings
from records.forms.collecting.identity import FormRound, Identity, identity_problems, read_identity
from records.forms.collecting.incoming import EvidenceFile, EvidenceFolder, FormFile, read_form
from records.forms.collecting.lines import FIGURE, OUT, WHY, read_self
from records.forms.collecting.rows import (
    OPINION,
    OPINION_HEAD,
    read_disputes,
    read_evidence,
    read_items,
    read_signature,
)
from records.forms.collecting.workbook import FormBook, FormSheet, Unreadable
from records.forms.layout import SHEETS
from records.forms.tokens import SINGLE
from records.tables.packages import FORM, refusals

_HEADS = {FIGURE: "Số liệu", OUT: "Không áp dụng (x)", WHY: "Lý do không áp dụng"}
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


def open_form(file: FormFile) -> tuple[bytes, ReadForm]:
    """The bytes of a file and their hash, or why they cannot be had."""
    form = ReadForm(file)
    raw, problem = read_form(file, FORM.packed)
    if problem is not None:
        form.problems.append(problem)
    else:
        form.sha256 = hashlib.sha256(raw).hexdigest()
    return raw, form


def read_answers(raw: bytes, form: ReadForm, here: FormRound, folder: EvidenceFolder) -> None:
    """Fill a form from its bytes."""
    name = form.file.name
    unsafe = refusals(raw, FORM)
    form.problems.extend(of_file(name, "form-unsafe", found.message, found.hint) for found in unsafe)
    if unsafe:
        return
    try:
        book = FormBook(raw, name)
        identity, problems = read_identity(book)
        if identity is not None:
            problems = identity_problems(identity, here, name)
        form.problems.extend(problems)
        if identity is None:
            return
        form.owner = identity.owner
        form.groups = _groups(identity, here)
        if problems:
            return
        if identity.kind == SINGLE:
            _read_single(book, identity, form, here, folder)
        else:
            from records.forms.collecting.batch import read_batch

            read_batch(book, identity, form, here, folder)
    except Unreadable as error:
        hint = "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
        form.problems.append(of_file(name, "form-unsafe", str(error), hint))


def _groups(identity: Identity, here: FormRound) -> list[str]:
    own = here.candidates.get(identity.owner)
    found = (
        [own]
        if identity.kind == SINGLE and own is not None
        else list(here.managed(identity.owner, identity.sets).values())
    )
    return sorted({candidate.group for candidate in found})


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


def _read_single(book: FormBook, identity: Identity, form: ReadForm, here: FormRound, folder: EvidenceFolder) -> None:
    findings, asked = form.findings, here.asked[identity.sets[0]]
    answers = Answers()
    answers.signed, signed_on = sign(book, form)
    sheet = form_sheet(book, SHEETS["self"], findings)
    if sheet is not None and check_heads(sheet, _HEADS, findings):
        read_self(sheet, asked, here.known(identity.owner, asked), answers, findings)
    for name in asked.layout.register_tables:
        sheet = form_sheet(book, asked.layout.item_sheets[name], findings)
        if sheet is not None and check_heads(sheet, {OPINION: OPINION_HEAD}, findings):
            answers.disputes += read_disputes(sheet, signed_on, findings)
    for name, table in asked.layout.item_tables.items():
        sheet = form_sheet(book, asked.layout.item_sheets[name], findings)
        if sheet is not None:
            rows = read_items(sheet, table, findings)
            if rows:
                answers.items[name] = rows
    sheet = form_sheet(book, SHEETS["evidence"], findings)
    if sheet is not None:
        criteria = {identity.owner: asked.criteria}
        for _, item, file in read_evidence(sheet, criteria, identity.owner, folder, signed_on, findings):
            answers.evidence.append(item)
            if file is not None:
                form.files.append(file)
    form.answers[identity.owner] = answers
