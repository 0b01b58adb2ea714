"""Everything that is held about one person: entries, forms, documents, other places that name him, files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import sqlalchemy as sql

from criteria.problems import Problem, of_file
from records.ledger import tables
from records.ledger.database import beginning, submission_of
from records.ledger.entries import Entry
from records.ledger.selecting import Selected, Wanted, select_entries
from records.ledger.submission import Submission
from records.panels.hiding import HiddenMarks
from records.persons.fields import OWNER, owners_of
from records.persons.files import Found, files_about
from records.persons.known import Person
from records.workspace.folder import Workspace

SHORTEST_NAME = 3  # letters of a name that is looked for in texts
CONFLICT = "conflict:"  # of council:OCCASION/STEP: conflict:3/E01, what the third member declared about E01
_HASH = re.compile(r"[0-9a-f]{64}")
_PAPERS = {  # kind of subject → what its entries rest on
    "proposed": "biểu đề nghị khen thưởng",
    "outsider": "biểu đề nghị khen thưởng",
    "nominee": "biểu nêu dữ kiện xét khen thưởng",
    "check": "biểu xét điều kiện",
    "case": "phiếu kiểm, biểu thẩm định",
    "council": "phiếu kiểm của hội đồng",
    "dossier": "bản ký trong hồ sơ khen thưởng",
}


@dataclass(frozen=True)
class Mention:
    """Another place in the ledger that names the person. entry: its number."""

    entry: int
    subject: str
    field: str


@dataclass(frozen=True)
class Held:
    """name: as it stands now. subject: of the entries that say who it is. known: every entry about the person, oldest first.
    mentions: entries about others. files: on disk."""

    ident: str
    name: str
    subject: str
    known: Selected
    submissions: list[Submission] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    files: list[Found] = field(default_factory=list)

    @property
    def values(self) -> list[Entry]:
        """What the roster, a proposal or a list of members says of the person, with its history."""
        return [entry for entry in self.known.entries if entry.subject == self.subject]

    @property
    def acts(self) -> list[Entry]:
        """What others did: scores, marks, complaints, proposals, checks, votes (counts only), awards, accesses."""
        return [entry for entry in self.known.entries if entry.subject != self.subject]


def needs(reason: str, document: str | None = None) -> list[Problem]:
    """What a command about personal data must say."""
    problems = []
    if not reason.strip():
        problems.append(
            of_file("--reason", "reason", "Chưa nêu lý do.", "Ghi lý do xem, sửa hoặc xóa dữ liệu cá nhân.")
        )
    if document is not None and not document.strip():
        problems.append(of_file("--document", "reason", "Chưa nêu văn bản.", "Ghi số, ngày văn bản làm căn cứ."))
    return problems


def hold(workspace: Workspace, person: Person) -> Held:
    """Gather everything; writes nothing."""
    database, ident = workspace.database, person.ident
    known = select_entries(database, Wanted(candidate=ident))
    known = replace(known, entries=HiddenMarks(workspace).masked(known.entries))
    names = [name for name in person.names if len(name) >= SHORTEST_NAME]
    columns = tables.submissions.c
    with database.reading() as connection:
        query = sql.select(tables.submissions).where(columns.candidate == ident, columns.salt != "")
        submissions = [submission_of(row) for row in connection.execute(query.order_by(columns.number))]
        mentions = _mentions(connection, ident, names)
    hashes = {one.evidence: _paper(one) for one in known.entries if _HASH.fullmatch(one.evidence) and _paper(one)}
    hashes |= {one.file_sha256: f"biểu kỳ {one.period}, lần {one.version}" for one in submissions}
    for one in submissions:
        for item in one.answers.get("evidence", ()):
            if item.get("sha256"):
                hashes[item["sha256"]] = f"minh chứng {item['criterion']} kỳ {one.period}"
    files = files_about(workspace.root, ident, names, hashes)
    return Held(ident, person.name, person.subject, known, submissions, mentions, files)


def _paper(entry: Entry) -> str:
    """What a file is that an entry about the person and an award rests on; "" of other entries."""
    kind, _, rest = entry.subject.partition(":")
    occasion = rest.partition("/")[0] if "/" in rest else ""
    if kind == "case" and entry.field == "announced":
        return f"ảnh chụp, bản công khai danh sách {occasion}"
    return f"{_PAPERS[kind]} {occasion}".strip() if kind in _PAPERS else ""


def named(connection: sql.Connection) -> dict[str, set[str]]:
    """About whom awards and rows of proposals are, by their subjects."""
    entries = tables.entries.c
    found: dict[str, set[str]] = {}
    for kind, field_ in OWNER.items():
        query = sql.select(entries.subject, entries.value)
        query = query.where(beginning(entries.subject, kind), entries.field == field_, entries.value != "")
        for row in connection.execute(query):
            found.setdefault(row.subject, set()).add(row.value)
    return found


def _mentions(connection: sql.Connection, ident: str, names: Iterable[str]) -> list[Mention]:
    """Personal values and forms of others that hold one of the names; what members of councils declared about the person."""
    wanted = [plain(name) for name in names]
    entries, personal, submitted = tables.entries.c, tables.personal.c, tables.submissions.c
    owners = named(connection)
    found: list[Mention] = []
    query = sql.select(entries.number, entries.subject, entries.field, personal.value)
    query = query.join(tables.personal, personal.entry == entries.number)
    for row in connection.execute(query.order_by(entries.number)):
        declared = row.field.startswith(CONFLICT) and row.field.endswith(f"/{ident}") and bool(row.value)
        if (declared or holds(row.value, wanted)) and ident not in owners_of(row.subject, row.field, owners):
            found.append(Mention(row.number, row.subject, row.field))
    if not wanted:
        return found
    forms = sql.select(submitted.entry, submitted.period, submitted.candidate, submitted.answers)
    for row in connection.execute(forms.where(submitted.candidate != ident).order_by(submitted.entry)):
        if holds(row.answers, wanted):
            found.append(Mention(row.entry, f"score:{row.period}/{row.candidate}", "handed_in"))
    return sorted(found, key=lambda one: one.entry)


def holds(text: str, wanted: Iterable[str]) -> bool:
    """Whether a text holds one of the names (as plain() writes them)."""
    here = plain(text)
    return any(name in here for name in wanted)


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
