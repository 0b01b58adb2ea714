"""A single form: the figures, claims, disputes, rows and evidence of one collective."""

from __future__ import annotations

from records.evidence.kinds import evidence_kinds
from records.forms.answers import Answers
from records.forms.collecting.form import ReadForm, check_heads, form_sheet, sign
from records.forms.collecting.identity import FormRound
from records.forms.collecting.incoming import EvidenceFolder
from records.forms.collecting.lines import FIGURE, OUT, WHY, read_self
from records.forms.collecting.rows import OPINION, OPINION_HEAD, read_disputes, read_evidence, read_items
from records.forms.collecting.workbook import FormBook
from records.forms.layout import SHEETS
from records.workbooks.hidden import Hidden

_HEADS = {FIGURE: "Số liệu", OUT: "Không áp dụng (x)", WHY: "Lý do không áp dụng"}


def read_single(book: FormBook, identity: Hidden, form: ReadForm, here: FormRound, folder: EvidenceFolder) -> None:
    """Fill a form with the answers of its one candidate. Raises Unreadable."""
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
        kinds = evidence_kinds(here.workspace.movement, [asked.layout.criteria])
        for _, item, file in read_evidence(sheet, criteria, identity.owner, kinds, folder, signed_on, findings):
            answers.evidence.append(item)
            if file is not None:
                form.files.append(file)
    form.answers[identity.owner] = answers
