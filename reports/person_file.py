"""Everything held about one person, as a workbook to read and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from records.ledger.entries import Entry
from records.ledger.selecting import Selected
from records.persons.holding import Held
from records.roster.values import label
from records.workspace.folder import Workspace
from reports.ledger_log import LONGEST, entry_texts
from reports.ledger_words import about, clock, day, said
from reports.workbook_styles import heading_row, new_book, paper, styles, write_texts
from scoring.result import ILLUSTRATION

_VALUES = (
    ("Điều", 22),
    ("Giá trị", 40),
    ("Từ ngày", 12),
    ("Ghi lúc", 19),
    ("Người nhập", 18),
    ("Nguồn", 30),
    ("Tình trạng", 26),
)
_ANSWERS = (("Kỳ", 9), ("Lần gửi", 8), ("Nhận lúc", 19), ("Mục", 44), ("Nội dung", 50))
_EVIDENCE = (
    ("Kỳ", 9),
    ("Lần gửi", 8),
    ("Tiêu chí", 12),
    ("Số, ký hiệu", 18),
    ("Ngày", 12),
    ("Cơ quan", 24),
    ("Trích yếu", 44),
    ("Tệp", 24),
)
_ACTS = (
    ("Số mục", 9),
    ("Giờ", 19),
    ("Ai", 26),
    ("Về", 18),
    ("Kỳ", 9),
    ("Tiêu chí", 12),
    ("Điều", 24),
    ("Bước", 14),
    ("Cũ", 26),
    ("Mới", 26),
    ("Lý do", 34),
)
_ACTS_OF = (0, 1, 3, 5, 6, 9, 10, 11, 12, 13, 16)  # columns of the log
_MENTIONS = (("Số mục", 9), ("Về", 40), ("Điều", 30))
_FILES = (("Tệp", 90), ("Vì sao", 40))
_SIGNED = {
    "version": "lần gửi",
    "number": "số văn bản",
    "date": "ngày văn bản",
    "compiled_by": "người lập",
    "head": "thủ trưởng",
}
_PARTS = {"values": "số liệu", "judged": "điểm tự chấm", "claims": "đề nghị không áp dụng", "signed": "ký"}


def labels_of(workspace: Workspace) -> Mapping[str, str]:
    """What forms call the figures, by name: of all sets of the movement."""
    sets = (workspace.read_set(file)[0] for group in workspace.movement.groups for file in group.sets)
    return {name: one.label for criteria in sets if criteria is not None for name, one in criteria.inputs.items()}


def person_workbook(held: Held, names: Mapping[str, str], labels: Mapping[str, str] = {}) -> bytes:
    """xlsx bytes, the same for the same data. Texts are written as texts. labels: of figures, by name."""
    title = f"DỮ LIỆU CÁ NHÂN ĐANG LƯU: {held.ident} {held.name}"
    stamps = [ILLUSTRATION] if any(one.field == "illustration" and one.value for one in held.values) else []
    book, stream = new_book(title, stamps)
    looks = styles(book, 0)
    acts = Selected(held.acts, len(held.acts), held.known.before)
    log = ([texts[place] for place in _ACTS_OF] for texts in entry_texts(acts, names))
    for name, head, columns, rows in (
        ("Danh sach", title, _VALUES, _values(held)),
        ("Bieu", "BIỂU ĐÃ NHẬN", _ANSWERS, _answers(held, labels)),
        ("Minh chung", "MINH CHỨNG", _EVIDENCE, _evidence(held)),
        ("Viec da lam", "ĐIỂM, THẨM ĐỊNH, KHEN THƯỞNG, KIẾN NGHỊ, LẦN XEM DỮ LIỆU", _ACTS, log),
        ("Noi khac", "MỤC VỀ NƠI KHÁC CÓ NÊU TÊN", _MENTIONS, _mentions(held)),
        ("Tep", "TỆP TRONG THƯ MỤC LÀM VIỆC", _FILES, ([one.path, one.why] for one in held.files)),
    ):
        _sheet(book, looks, name, head, columns, rows, stamps)
    book.close()
    return stream.getvalue()


def _sheet(
    book: Any,
    looks: dict[str, Any],
    name: str,
    title: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[list[str]],
    stamps: Sequence[str],
) -> None:
    sheet = book.add_worksheet(name)
    paper(sheet, stamps)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title[:LONGEST], looks["title"])
    for stamp in stamps:
        sheet.write_string(1, 0, stamp, looks["stamp"])
    start = heading_row(sheet, 2, columns, looks["head"], 0)
    for line, row in enumerate(rows, start):
        write_texts(sheet, line, [text[:LONGEST] for text in row], [width for _, width in columns], looks["text"])


def _values(held: Held) -> Iterable[list[str]]:
    later = _replaced(held.values)
    for entry in held.values:
        following = later.get(entry.number)
        state = f"đã thay bởi mục {following}" if following else "đang dùng"
        since = f"{entry.valid_from:%d/%m/%Y}" if entry.valid_from else ""
        name = label(entry.field) if entry.subject.startswith("body:") else about(entry).field
        yield [name, said(entry, entry.value), since, clock(entry.at), entry.by, entry.source, state]


def _replaced(values: Sequence[Entry]) -> dict[int, int]:
    """Which entry took the place of which: of the same field, from the same day."""
    last: dict[tuple[str, object], int] = {}
    found = {}
    for entry in values:
        key = entry.field, entry.valid_from
        if key in last:
            found[last[key]] = entry.number
        last[key] = entry.number
    return found


def _answers(held: Held, labels: Mapping[str, str]) -> Iterable[list[str]]:
    called = {"values": labels, "signed": _SIGNED}
    for one in held.submissions:
        head = [one.period, str(one.version), clock(one.at)]
        for part, word in _PARTS.items():
            for name, value in one.answers.get(part, {}).items():
                yield [
                    *head,
                    f"{word}: {called.get(part, {}).get(name, name)}",
                    day(value) if name == "date" else value,
                ]
        for dispute in one.answers.get("disputes", ()):
            yield [*head, "ý kiến về nhiệm vụ", json.dumps(dispute, ensure_ascii=False, sort_keys=True)]
        for table, rows in one.answers.get("items", {}).items():
            for row in rows:
                yield [*head, f"bảng {table}", json.dumps(row, ensure_ascii=False, sort_keys=True)]


def _evidence(held: Held) -> Iterable[list[str]]:
    for one in held.submissions:
        for item in one.answers.get("evidence", ()):
            about = [item["criterion"], item["number"], day(item["date"]), item["issuer"], item["summary"]]
            yield [one.period, str(one.version), *about, "(hạn chế)" if item["restricted"] else item["file"]]


def _mentions(held: Held) -> Iterable[list[str]]:
    return ([str(one.entry), one.subject, one.field] for one in held.mentions)


def person_document(held: Held) -> bytes:
    """The same as JSON."""
    document = {
        "id": held.ident,
        "name": held.name,
        "values": [_entry(entry) for entry in held.values],
        "submissions": [
            {
                "period": one.period,
                "version": one.version,
                "at": one.at,
                "by": one.by,
                "file": one.file_sha256,
                "answers": one.answers,
            }
            for one in held.submissions
        ],
        "acts": [_entry(entry) for entry in held.acts],
        "mentions": [{"entry": one.entry, "subject": one.subject, "field": one.field} for one in held.mentions],
        "files": [{"path": one.path, "why": one.why} for one in held.files],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(entry: Entry) -> dict[str, Any]:
    told = {
        name: getattr(entry, name) for name in ("number", "at", "by", "author", "role", "subject", "field", "stage")
    }
    since = {name: getattr(entry, name).isoformat() for name in ("valid_from", "valid_to") if getattr(entry, name)}
    more = {name: getattr(entry, name) for name in ("value", "source", "place", "reason", "evidence")}
    return {**told, **since, **more}
