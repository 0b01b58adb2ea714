"""A batch form: a row per candidate. The workbook is the atom: one bad row, and nothing of it is stored."""

from __future__ import annotations

from datetime import date
from functools import partial

from criteria.problems import of_file
from records.evidence.kinds import EvidenceKinds, evidence_kinds
from records.forms.answers import Answers, EvidenceItem
from records.forms.collecting.cells import Findings, figure, short
from records.forms.collecting.form import ReadForm, form_sheet, sign
from records.forms.collecting.identity import FormRound
from records.forms.collecting.incoming import EvidenceFolder
from records.forms.collecting.lines import Asked, Claimed, Typed, check_bounds, settle_claims
from records.forms.collecting.rows import read_claims, read_evidence, typed
from records.forms.collecting.workbook import FormBook, FormSheet
from records.forms.layout import SHEETS
from records.roster.roster import Candidate
from records.workbooks.hidden import Hidden

_Places = dict[str, tuple[FormSheet, int, Asked]]  # by candidate: where its row is, and what it is asked
_CANDIDATE = "candidate:"
_SAME_FORM = "Dùng biểu đã giao; không thêm, không xóa dòng, cột."


def read_batch(book: FormBook, identity: Hidden, form: ReadForm, here: FormRound, folder: EvidenceFolder) -> None:
    """Fill a form with one Answers per candidate that has anything filled in. Raises Unreadable."""
    findings = form.findings
    signed, signed_on = sign(book, form)
    managed = here.managed(identity.owner, identity.sets)
    places: _Places = {}
    columns: dict[str, dict[str, int]] = {}
    for name in identity.sets:
        asked = here.asked[name]
        sheet = form_sheet(book, asked.layout.criteria.id[:31], findings)
        if sheet is None:
            continue
        columns[name] = _columns(sheet, asked, findings)
        own = {i: one for i, one in managed.items() if here.set_ids.get(one.set) == name}
        for ident, row in _rows(sheet, identity, own, managed, findings).items():
            places[ident] = (sheet, row, asked)
        _deleted(sheet, identity, own, findings)
    claims = _claims(book, places, findings)
    kinds = evidence_kinds(here.workspace.movement, [here.asked[name].layout.criteria for name in identity.sets])
    evidence = _evidence(book, places, form, kinds, folder, signed_on)
    for ident, (sheet, row, asked) in places.items():
        answers = Answers(evidence=evidence.get(ident, []), signed=dict(signed))
        here_columns = columns[asked.layout.criteria.id]
        known = here.known(ident, asked)
        given = _read_row(sheet, row, asked, here_columns, claims.get(ident, {}), known, answers, findings)
        if given or answers.evidence or ident in claims:
            form.answers[ident] = answers
        else:
            form.untouched.append(ident)
    if not form.answers and not findings.wrong:
        findings.problems.append(of_file(book.file, "form-cell", "Biểu chưa điền đối tượng nào.", "Điền rồi gửi lại."))


def _columns(sheet: FormSheet, asked: Asked, findings: Findings) -> dict[str, int]:
    """Columns by the keys that stand hidden in row 1."""
    found: dict[str, int] = {}
    for column in sorted(sheet.rows.get(1, {})):
        key = sheet.text(1, column)
        if column == 1 or not key:
            continue
        if key not in asked.layout.inputs:
            findings.at(sheet, 1, column, "form-line", f"Cột mang khóa lạ “{short(key)}”.", _SAME_FORM)
        elif key in found:
            findings.at(sheet, 1, column, "form-line", f"Cột “{short(key)}” lặp lại.", _SAME_FORM)
        found.setdefault(key, column)
    for key, declared in asked.layout.inputs.items():
        if key not in found:
            findings.at(sheet, 1, 1, "form-line", f"Thiếu cột “{declared.label}” ({key}).", _SAME_FORM)
    return found


def _rows(
    sheet: FormSheet, identity: Hidden, own: dict[str, Candidate], managed: dict[str, Candidate], findings: Findings
) -> dict[str, int]:
    """The row of every candidate of the sheet's set."""
    found: dict[str, int] = {}
    for key, rows in sheet.keys.items():
        ident = key.removeprefix(_CANDIDATE)
        if not key.startswith(_CANDIDATE):
            findings.at(sheet, rows[0], 1, "form-line", f"Dòng mang khóa lạ “{short(key)}”.", _SAME_FORM)
        elif ident not in managed:
            message = f"“{short(ident)}” không thuộc {short(identity.owner)} trong danh sách của kỳ."
            findings.at(sheet, rows[0], 1, "form-line", message, "Bỏ dòng, hoặc sửa danh sách (thidua roster import).")
        elif ident not in own:
            message = f"“{short(ident)}” chấm theo bộ tiêu chí khác."
            findings.at(sheet, rows[0], 1, "form-line", message, "Giao lại biểu cho cơ quan quản lý.")
        else:
            found[ident] = rows[0]
            if len(rows) > 1:
                message = f"Dòng của “{short(ident)}” lặp lại, đã có ở dòng {rows[0]}."
                findings.at(sheet, rows[1], 1, "form-line", message, "Xóa dòng thừa.")
    first = min(found.values(), default=0)
    keyed = {row for rows in sheet.keys.values() for row in rows}
    most = max(sheet.rows.get(1, {1: None}))
    for row in sorted(sheet.rows) if first else ():
        if row > first and row not in keyed and typed(sheet, row, range(2, most + 1)):
            message = "Dòng có chữ nhưng không phải dòng của biểu."
            findings.at(sheet, row, 2, "form-line", message, _SAME_FORM)
    return found


def _deleted(sheet: FormSheet, identity: Hidden, own: dict[str, Candidate], findings: Findings) -> None:
    """Rows that the form had when it was issued, of candidates that still belong on this sheet."""
    last = max(sheet.rows, default=1)
    for key in identity.lines:
        candidate = own.get(key.removeprefix(_CANDIDATE))
        if candidate is not None and key not in sheet.keys:
            message = f"Thiếu dòng của {short(candidate.name)} ({candidate.id})."
            hint = "Không xóa dòng; đối tượng chưa gửi thì để trống dòng đó."
            findings.at(sheet, last, 1, "form-line", message, hint)


def _claims(book: FormBook, places: _Places, findings: Findings) -> dict[str, dict[str, Claimed]]:
    """Claims by candidate and criterion."""
    found: dict[str, dict[str, Claimed]] = {}
    sheet = form_sheet(book, SHEETS["claims"], findings)
    if sheet is None:
        return found
    for row, ident, criterion, why in read_claims(sheet, findings):
        if ident not in places:
            message = f"Không có đối tượng “{short(ident)}” trong biểu." if ident else "Thiếu mã đối tượng."
            findings.at(sheet, row, 2, "claim", message, "Ghi mã như ở cột Mã của trang chấm.")
            continue
        if criterion not in places[ident][2].criteria:
            message = f"Không có tiêu chí “{short(criterion)}”." if criterion else "Thiếu mã tiêu chí."
            findings.at(sheet, row, 3, "claim", message, "Ghi mã như ở cột Mã tiêu chí.")
            continue
        own = found.setdefault(ident, {})
        if criterion in own:
            message = f"Tiêu chí {criterion} của “{short(ident)}” đã ghi ở dòng {own[criterion].row}."
            findings.at(sheet, row, 3, "claim", message, "Xóa dòng thừa.")
        own.setdefault(criterion, Claimed(sheet, row, True, why, 3, 4))
    return found


def _evidence(
    book: FormBook,
    places: _Places,
    form: ReadForm,
    kinds: EvidenceKinds,
    folder: EvidenceFolder,
    signed_on: date | None,
) -> dict[str, list[EvidenceItem]]:
    found: dict[str, list[EvidenceItem]] = {}
    sheet = form_sheet(book, SHEETS["evidence"], form.findings)
    criteria = {ident: asked.criteria for ident, (_, _, asked) in places.items()}
    if sheet is not None:
        for ident, item, file in read_evidence(sheet, criteria, "", kinds, folder, signed_on, form.findings):
            found.setdefault(ident, []).append(item)
            if file is not None:
                form.files.append(file)
    return found


def _read_row(
    sheet: FormSheet,
    row: int,
    asked: Asked,
    columns: dict[str, int],
    claimed: dict[str, Claimed],
    known: dict[str, str],
    answers: Answers,
    findings: Findings,
) -> bool:
    """Whether anything is typed in the row."""
    line = Typed(place=lambda key: (sheet, row, columns[key]))
    cells = sheet.rows.get(row, {})
    given = False
    for key, column in columns.items():
        declared = asked.layout.inputs.get(key)
        if declared is None:
            continue
        given = given or (column in cells and typed(sheet, row, range(column, column + 1)))
        line.texts[key] = (
            findings.read(sheet, row, column, partial(figure, declared=declared), "") if column in cells else ""
        )
    answers.claims.update(settle_claims(asked, line, claimed, findings))
    check_bounds(asked, line, known, findings)
    line.fill(answers)
    return given
