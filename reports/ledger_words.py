"""What the ledger's subjects, fields and values are called by those who read it. Every kind of subject stands in one table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from records.ledger.chain import SEAL
from records.ledger.entries import Entry
from records.life.rights import STAGES, STATES
from records.publication.complaints import OUTCOMES
from records.roster.values import label
from reports import award_words

KINDS = {  # kind of subject → what it is about
    "body": "danh sách",
    "task": "nhiệm vụ",
    "result": "kết quả nhiệm vụ",
    "index": "bộ chỉ số",
    "milestone": "mốc",
    "milestone-window": "thời gian của mốc",
    "report": "báo cáo của đơn vị",
    "model": "mô hình, gương điển hình",
    "round": "kỳ",
    "form": "biểu giao",
    "score": "điểm",
    "review": "biểu thẩm định",
    "return": "biểu giải trình",
    "mark": "điểm của người chấm",
    "panel": "hội đồng chấm",
    "inspection": "kiểm tra",
    "complaint": "kiến nghị, phản ánh",
    "publication": "công bố kết quả",
    "reminder": "đôn đốc",
    "person": "dữ liệu cá nhân",
    "ledger": "sổ",
    **award_words.KINDS,
}
_OF_CANDIDATE = ("score", "mark")  # kind:PERIOD/CANDIDATE
_OF_BODY = ("body", "person")
_NUMBERED = ("inspection", "complaint")  # kind:PERIOD/N
_FIELDS = {
    "handed_in": "nộp biểu",
    "applies": "áp dụng",
    "explanation": "giải trình",
    "deadline": "hạn",
    "candidate": "đối tượng",
    "criterion": "tiêu chí",
    "who": "người kiến nghị",
    "date": "ngày",
    "text": "nội dung",
    "decision": "quyết định",
    "finding": "kết luận",
    "remedy": "biện pháp khắc phục",
    "document": "văn bản",
    "body": "cơ quan",
    "du-kien": "dự kiến",
    "chinh-thuc": "chính thức",
    "sent": "đã đôn đốc",
    "collected": "đã thu, lần",
    "signed": "người ký",
    "exported": "trích xuất",
    "corrected": "đính chính",
    "erased": "xóa các mục",
    "format": "bản của tệp số liệu",
    "opened": "mở kỳ",
    "letter": "văn bản giao biểu",
    "letter_date": "ngày văn bản giao biểu",
    "roster_closed": "chốt danh sách",
    "closed": "khóa",
    "reopened": "mở lại",
    "issued": "giao",
    "file": "tệp",
    "from": "từ ngày",
    "to": "đến ngày",
    "content": "nội dung",
    "leads": "cơ quan chủ trì",
    "finished": "ngày hoàn thành",
    "accepted": "được chấp nhận",
    "accepted_on": "ngày chấp nhận",
    "document_date": "ngày văn bản",
    "progress": "tiến độ",
    "cancelled": "thôi giao",
    "unit": "đơn vị",
    "kind": "loại",
    "name": "tên",
    "person": "cá nhân",
    "tags": "nội dung của phong trào",
    "summary": "tóm tắt",
    "result": "kết quả",
    "person_summary": "tóm tắt",
    "person_result": "kết quả",
    "document_day": "ngày văn bản",
    "issuer": "cơ quan ban hành",
    "since": "áp dụng từ",
    "public": "đồng ý tuyên truyền",
}
_PREFIXES = {
    "measure": "số liệu",
    "judged": "điểm tự chấm",
    "row": "dòng",
    "evidence": "minh chứng",
    "deadline": "hạn",
    "lead_from": "chủ trì thay",
}
_APPLIES = {"yes": "có", "no": "không áp dụng"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VIETNAM = timedelta(hours=7)
CLOCK = "giờ Việt Nam"


@dataclass(frozen=True)
class About:
    """What an entry is about, in words. kind, field: Vietnamese. subject: what remains when candidate and period are taken out."""

    kind: str
    period: str
    candidate: str
    criterion: str
    field: str
    subject: str


def about(entry: Entry) -> About:
    """Read a subject and a field."""
    kind, _, rest = entry.subject.partition(":")
    word = KINDS.get(kind, kind)
    if kind in _OF_BODY:
        name = label(entry.field) if kind == "body" else _field(entry.field)
        return About(word, "", rest, "", name, "")
    if kind in _OF_CANDIDATE:
        period, _, candidate = rest.partition("/")
        if kind == "mark":
            table, _, more = entry.field.partition("/")
            criterion, _, assessor = more.rpartition("/")
            return About(word, period, candidate, criterion, f"{table}, người chấm {assessor}", "")
        if entry.field == "handed_in":
            return About(word, period, candidate, "", _field(entry.field), "")
        criterion, _, name = entry.field.partition("/")
        return About(word, period, candidate, criterion, _field(name) if name else "trạng thái", "")
    if kind in ("index", "milestone"):
        return About(word, rest.rpartition("/")[2] if kind == "index" else "", entry.field, "", rest, "")
    if kind in award_words.KINDS:
        occasion, nominee, more = award_words.place_of(entry.subject)
        return About(word, occasion, nominee, "", award_words.field_words(kind, entry.field), more)
    if kind in ("round", "panel", "inspection", "complaint", "publication", "reminder", "review", "return"):
        period, _, more = rest.partition("/")
        if kind in _NUMBERED and more:
            more = f"số {more}"
        return About(word, period, "", "", _field(entry.field), more)
    return About(word, "", "", "", _field(entry.field), rest)


def _field(name: str) -> str:
    head, colon, rest = name.partition(":")
    if colon and head in _PREFIXES:
        return f"{_PREFIXES[head]} {rest}"
    return _FIELDS.get(name, name)


def said(entry: Entry, value: str) -> str:
    """A value, as people say it."""
    if value.startswith(SEAL):
        return "(dữ liệu cá nhân)"
    kind, name = entry.subject.partition(":")[0], entry.field.partition("/")[2]
    if kind in award_words.KINDS:
        value = award_words.value_words(kind, entry.field, value)
    if entry.subject.startswith("score:"):
        if not name and entry.field != "handed_in":
            return STATES.get(value, value)
        if name == "applies":
            return _APPLIES.get(value, value)
    if entry.subject.startswith("complaint:") and entry.field == "decision":
        return OUTCOMES.get(value, value)
    return day(value) if _DAY.fullmatch(value) else value


def stage_word(stage: str) -> str:
    return STAGES.get(stage, stage)


def day(text: str) -> str:
    """30/06/2026 of 2026-06-30; what is no day stays as it is."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text


def clock(at: str) -> str:
    """The time in Vietnam (UTC+7) of a stored time."""
    try:
        return f"{datetime.fromisoformat(at).replace(tzinfo=None) + _VIETNAM:%d/%m/%Y %H:%M:%S}"
    except (ValueError, OverflowError):
        return at
