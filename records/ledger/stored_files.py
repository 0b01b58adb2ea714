"""The files a ledger refers to: forms, evidence, papers of award dossiers as they came in, each under the hash of its content."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.database import Database, beginning, entry_of
from records.ledger.verifying import Break
from records.persons.fields import OWNER

EVIDENCE_FOLDER = "minh-chung"
_HASH = re.compile(r"[0-9a-f]{64}")
_RECEIVED = (
    "review",
    "return",
    "panel",
    "appraisal",
    "eligibility",
)  # kind:PERIOD/WHO: files that came in and are no forms
_RECEIPT = "collected"  # of a panel by member: gk-01/collected
_PROPOSED = ("proposal", "file")  # proposal:OCCASION/N: the list that was handed in
_MEETING = ("meeting", "file")  # meeting:OCCASION/STEP: the tally that was read back
_PAPER, _ANNOUNCED = "paper:", "announced"  # fields of dossier:OCCASION/AWARD… and case:OCCASION/AWARD/NOMINEE
_WORDS = {
    "council": "phiếu kiểm",
    "verifier": "biểu thẩm định",
    "assessor": "phiếu chấm",
    "appraiser": "biểu thẩm định hồ sơ",
    "steward": "biểu xét điều kiện",
}  # by role
_EXPLAINED = re.compile(r".+/evidence:[0-9]+")


@dataclass
class Stored:
    """What was looked at. papers: of award dossiers. unnamed: whole files that nothing refers to (a program that was killed leaves
    such)."""

    forms: int = 0
    evidence: int = 0
    papers: int = 0
    unnamed: list[str] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)


@dataclass(frozen=True)
class _Needed:
    """A file that must be there. entry: the first that names it."""

    period: str
    sha256: str
    evidence: bool
    entry: int
    what: str


def check_files(database: Database, received: Path, kept: Path | None = None) -> Stored:
    """Hold every stored file against its name, and every name in the ledger against the files. received: folder of bieu-thu; kept:
    folder of ho-so."""
    stored = Stored()
    found: dict[tuple[str, bool, str], str] = {}
    for path, within in _files_in(received):
        evidence = within.parts[-2] == EVIDENCE_FOLDER
        stored.evidence += evidence
        stored.forms += not evidence
        wrong = _wrong(path)
        if wrong:
            stored.breaks.append(Break(0, f"tệp {received.name}/{within.as_posix()}: {wrong}"))
        found[within.parts[0], evidence, path.stem] = within.as_posix()
    if kept is not None:
        _check_papers(database, kept, stored)
    named = set()
    for need in _needed(database):
        key = (need.period, need.evidence, need.sha256)
        if key not in found and key not in named:
            folder = f"{received.name}/{need.period}{f'/{EVIDENCE_FOLDER}' if need.evidence else ''}"
            stored.breaks.append(Break(need.entry, f"thiếu tệp {folder}/{need.sha256}: {need.what}"))
        named.add(key)
    stored.unnamed = [name for key, name in found.items() if key not in named] + stored.unnamed
    stored.breaks.sort(key=lambda one: (one.entry == 0, one.entry, one.message))
    return stored


def _files_in(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Stored files and where they lie below the folder: in a folder of a round or occasion, or deeper."""
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        if not path.name.startswith(".") and len(within.parts) > 1 and path.is_file():
            yield path, within


def _check_papers(database: Database, kept: Path, stored: Stored) -> None:
    """Signed papers that were added to dossiers, and what proves that a list was published."""
    found: dict[tuple[str, str], str] = {}
    for path, within in _files_in(kept):
        stored.papers += 1
        wrong = _wrong(path)
        if wrong:
            stored.breaks.append(Break(0, f"tệp {kept.name}/{within.as_posix()}: {wrong}"))
        found[within.parts[0], path.stem] = f"{kept.name}/{within.as_posix()}"
    named: set[tuple[str, str]] = set()
    for occasion, sha256, number, what in _papers(database):
        if (occasion, sha256) not in found and (occasion, sha256) not in named:
            stored.breaks.append(Break(number, f"thiếu tệp {kept.name}/{occasion}/{sha256}: {what}"))
        named.add((occasion, sha256))
    stored.unnamed += [name for key, name in found.items() if key not in named]


def _papers(database: Database) -> Iterator[tuple[str, str, int, str]]:
    """Occasion, SHA-256, entry and words of every file that a dossier or a publication of a list names; none of who was erased."""
    erased = _erased(database)
    for entry in sorted(database.entries("dossier", "case"), key=lambda one: one.number):
        paper = entry.subject.startswith("dossier:") and entry.field.startswith(_PAPER)
        if not (paper or entry.field == _ANNOUNCED) or not _HASH.fullmatch(entry.evidence):
            continue
        occasion, _, rest = entry.subject.partition(":")[2].partition("/")
        award, _, nominee = rest.partition("/")
        if paper and (occasion, nominee) in erased:
            continue
        whose = f"{award} {nominee}".strip()
        what = f"bản ký {entry.field.removeprefix(_PAPER)}" if paper else "tài liệu chứng minh đã công khai danh sách"
        yield occasion, entry.evidence, entry.number, f"{what} của {whose} ({entry.value if paper else entry.source})"


def _erased(database: Database) -> set[tuple[str, str]]:
    """Occasion and nominee whose proposals or facts were erased: their papers need not be there any more."""
    entries = tables.entries.c
    query = sql.select(entries.subject, entries.field).join(tables.personal, tables.personal.c.entry == entries.number)
    query = query.where(tables.personal.c.salt == "")
    query = query.where(sql.or_(beginning(entries.subject, "nominee"), beginning(entries.subject, "proposed")))
    nominees = {one.subject: one.value for one in database.entries("proposed") if one.field == OWNER["proposed"]}
    with database.reading() as connection:
        subjects = connection.execute(query.distinct()).scalars().all()
    return {
        (subject.partition(":")[2].partition("/")[0], nominees.get(subject) or subject.rpartition("/")[2])
        for subject in subjects
    }


def _wrong(path: Path) -> str:
    """Why a file is not what its name says; "" when it is."""
    if not _HASH.fullmatch(path.stem):
        return "tên không phải mã băm SHA-256 của nội dung"
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return "không đọc được"
    return "" if digest == path.stem else f"nội dung đã đổi (mã băm nay là {digest})"


def _needed(database: Database) -> Iterator[_Needed]:
    """Every file that a submission, an explanation or its evidence names; what was erased needs none."""
    with database.reading() as connection:
        query = sql.select(tables.submissions).where(tables.submissions.c.salt != "")
        query = query.order_by(tables.submissions.c.entry).execution_options(yield_per=500)
        for row in connection.execute(query):
            yield _Needed(row.period, row.file_sha256, False, row.entry, f"biểu của {row.candidate} ({row.file_name})")
            for item in _evidence(row.answers):
                yield from _of_item(item, row.period, row.candidate, row.entry)
        columns = tables.entries.c
        units = sql.select(tables.entries, tables.personal.c.value.label("told"))
        units = units.outerjoin(tables.personal, tables.personal.c.entry == columns.number)
        explained = sql.and_(beginning(columns.subject, "score"), columns.role == "unit", columns.field != "handed_in")
        receipts = sql.or_(columns.field == _RECEIPT, columns.field.endswith(f"/{_RECEIPT}"))
        collected = sql.and_(receipts, sql.or_(*(beginning(columns.subject, kind) for kind in _RECEIVED)))
        proposed = sql.and_(beginning(columns.subject, _PROPOSED[0]), columns.field == _PROPOSED[1])
        met = sql.and_(beginning(columns.subject, _MEETING[0]), columns.field == _MEETING[1])
        units = units.where(sql.or_(explained, collected, proposed, met))
        for row in connection.execute(units.order_by(columns.number)):
            entry = entry_of(row)
            period, _, candidate = entry.subject.partition(":")[2].partition("/")
            if _HASH.fullmatch(entry.evidence):
                what = _WORDS.get(entry.role, "giải trình")
                if entry.subject.startswith(f"{_PROPOSED[0]}:"):
                    what, candidate = "biểu đề nghị", entry.author
                yield _Needed(period, entry.evidence, False, entry.number, f"{what} của {candidate}")
            if _EXPLAINED.fullmatch(entry.field):
                yield from _of_item(_object(entry.value), period, candidate, entry.number)


def _of_item(item: Any, period: str, candidate: str, entry: int) -> Iterator[_Needed]:
    sha256 = item.get("sha256") if isinstance(item, dict) else None
    if isinstance(sha256, str) and sha256:
        what = f"minh chứng {item.get('criterion', '')} của {candidate} ({item.get('file', '')})"
        yield _Needed(period, sha256, True, entry, what)


def _evidence(answers: str) -> list[Any]:
    found = _object(answers)
    items = found.get("evidence") if isinstance(found, dict) else None
    return items if isinstance(items, list) else []


def _object(text: str) -> Any:
    """What a JSON text says; None when it is none: that it was changed, the proof of the chain says."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
