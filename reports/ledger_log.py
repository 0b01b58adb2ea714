"""Entries of the ledger as lines to read, and as a table (xlsx, csv)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from nominations.proposals.proposal import outsiders
from records.ledger.entries import Entry
from records.ledger.selecting import Selected
from records.life.rights import ROLES
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from reports import award_words
from reports.files import harmless
from reports.ledger_words import CLOCK, about, clock, said, stage_word

ENDINGS = (".xlsx", ".csv")
LONGEST = 32_000  # letters in a cell of a workbook
_COLUMNS = (
    ("Số mục", 9),
    (f"Giờ ({CLOCK})", 19),
    ("Người nhập", 18),
    ("Ai", 26),
    ("Vai trò", 18),
    ("Về", 18),
    ("Kỳ", 9),
    ("Mã đối tượng", 12),
    ("Đối tượng", 30),
    ("Tiêu chí", 12),
    ("Điều", 24),
    ("Bước", 14),
    ("Cũ", 26),
    ("Mới", 26),
    ("Từ ngày", 12),
    ("Đến ngày", 12),
    ("Lý do", 34),
    ("Văn bản", 26),
    ("Nơi đọc", 26),
    ("Minh chứng", 26),
    ("Mã băm của mục", 66),
)


def names_of(workspace: Workspace) -> Mapping[str, str]:
    """Names by id: of the roster, of the bodies of the movement file, of who is proposed without a score."""
    found = {body.id: body.name for body in workspace.movement.bodies}
    found |= {ident: one.name for ident, one in outsiders(workspace).items()}
    return {**found, **{ident: body.name() for ident, body in load_roster(workspace).bodies.items()}}


def log_lines(selected: Selected, names: Mapping[str, str]) -> Iterator[str]:
    """Two or three lines for each entry, oldest first."""
    for entry in selected.entries:
        row = dict(zip((head for head, _ in _COLUMNS), _row(entry, selected, names), strict=True))
        who = f"{row['Ai']} ({row['Vai trò']})" if row["Ai"] and row["Vai trò"] else row["Ai"]
        typed = f"nhập: {row['Người nhập']}"
        yield " · ".join(part for part in (row["Số mục"], f"{row[f'Giờ ({CLOCK})']} ({CLOCK})", who, typed) if part)
        of_award = entry.subject.partition(":")[0] in award_words.KINDS
        whom = f"{row['Mã đối tượng']} {row['Đối tượng']}".strip()
        what = [row["Về"], f"{'dịp' if of_award else 'kỳ'} {row['Kỳ']}" if row["Kỳ"] else "", whom]
        what += [f"tiêu chí {row['Tiêu chí']}" if row["Tiêu chí"] else ""]
        what += [f"bước {row['Bước']}" if row["Bước"] else ""]
        change = f"“{row['Cũ']}” → “{row['Mới']}”" if row["Cũ"] else f"“{row['Mới']}”"
        yield "    " + " · ".join(part for part in [*what, f"{row['Điều']}: {change}"] if part)
        begun = "ngày" if row["Bước"] else "từ ngày"  # a conclusion was made on a day, a fact holds from one
        since = [(word, row[head]) for head, word in (("Từ ngày", begun), ("Đến ngày", "đến ngày"))]
        why = [("lý do", row["Lý do"]), ("văn bản", row["Văn bản"]), ("đọc ở", row["Nơi đọc"])]
        more = [f"{word} {text}" for word, text in since if text]
        more += [f"{word}: {text}" for word, text in [*why, ("minh chứng", row["Minh chứng"])] if text]
        if more:
            yield "    " + "; ".join(more)


def entry_texts(selected: Selected, names: Mapping[str, str]) -> Iterator[list[str]]:
    """Each entry as texts, in the columns of the table."""
    return (_row(entry, selected, names) for entry in selected.entries)


def _row(entry: Entry, selected: Selected, names: Mapping[str, str]) -> list[str]:
    what = about(entry)
    old = selected.before.get(entry.number)
    field = f"{what.subject}: {what.field}" if what.subject else what.field
    return [
        str(entry.number),
        clock(entry.at),
        entry.by,
        names.get(entry.author, entry.author),
        ROLES.get(entry.role) or award_words.ROLES.get(entry.role, entry.role),
        what.kind,
        what.period,
        what.candidate,
        names.get(what.candidate, ""),
        what.criterion,
        field,
        stage_word(entry.stage),
        said(entry, old if old is not None else entry.old),
        said(entry, entry.value),
        f"{entry.valid_from:%d/%m/%Y}" if entry.valid_from else "",
        f"{entry.valid_to:%d/%m/%Y}" if entry.valid_to else "",
        entry.reason,
        entry.source,
        entry.place,
        entry.evidence,
        entry.hash,
    ]


def log_file(ending: str, title: str, selected: Selected, names: Mapping[str, str]) -> bytes:
    """The entries as a table; the same entries give the same bytes. Texts are texts. Raises ValueError for another ending."""
    rows = entry_texts(selected, names)
    if ending == ".csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([head for head, _ in _COLUMNS])
        writer.writerows([harmless(text) for text in row] for row in rows)
        return ("\ufeff" + stream.getvalue()).encode()
    if ending != ".xlsx":
        raise ValueError(ending)
    from reports.workbook_styles import heading_row, new_book, paper, styles

    book, content = new_book(title, ())
    looks = styles(book, 0)
    sheet = book.add_worksheet("So")
    paper(sheet, ())
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, looks["title"])
    start = line = heading_row(sheet, 2, _COLUMNS, looks["head"], 2)
    for line, row in enumerate(rows, start):
        sheet.write_number(line, 0, int(row[0]), looks["order"])
        for place, text in enumerate(row[1:], 1):
            sheet.write_string(line, place, text[:LONGEST], looks["text"])
    sheet.autofilter(start - 1, 0, max(line, start), len(_COLUMNS) - 1)
    book.close()
    return content.getvalue()
