"""Everything that is held about one person: entries, forms, documents, other places that name him, files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import sqlalchemy as sql

from criteria.problems import Problem, of_file
from records.ledger import tables
from records.ledger.database import submission_of
from records.ledger.entries import Entry
from records.ledger.selecting import Selected, Wanted, select_entries
from records.ledger.submission import Submission
from records.panels.hiding import HiddenMarks
from records.persons.files import Found, files_about
from records.roster.roster import Body, load_roster
from records.workspace.folder import Workspace

SHORTEST_NAME = 3  # letters of a name that is looked for in texts


@dataclass(frozen=True)
class Mention:
    """Another place in the ledger that names the person. entry: its number."""

    entry: int
    subject: str
    field: str


@dataclass(frozen=True)
class Held:
    """name: as it stands now. known: every entry about the person, oldest first. mentions: entries about others. files: on disk."""

    ident: str
    name: str
    known: Selected
    submissions: list[Submission] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    files: list[Found] = field(default_factory=list)

    @property
    def values(self) -> list[Entry]:
        """What the roster says of the person, with its history."""
        return [entry for entry in self.known.entries if entry.subject == f"body:{self.ident}"]

    @property
    def acts(self) -> list[Entry]:
        """What others did: scores, marks, complaints, accesses."""
        return [entry for entry in self.known.entries if entry.subject != f"body:{self.ident}"]


def find_person(workspace: Workspace, ident: str) -> tuple[Body | None, list[Problem]]:
    """A person of the roster, or why there is none."""
    body = load_roster(workspace).bodies.get(ident)
    if body is None:
        message = f"Không có “{ident}” trong danh sách."
        return None, [of_file(ident, "personal", message, "Xem mã: thidua roster list.")]
    if not body.person:
        message = f"{ident} {body.name()} không phải cá nhân."
        return None, [
            of_file(ident, "personal", message, "Lệnh này chỉ dùng cho cá nhân; cơ quan: thidua roster import.")
        ]
    return body, []


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


def hold(workspace: Workspace, body: Body) -> Held:
    """Gather everything; writes nothing."""
    database = workspace.database
    known = select_entries(database, Wanted(candidate=body.id))
    known = replace(known, entries=HiddenMarks(workspace).masked(known.entries))
    names = [name for name in body.names if len(name) >= SHORTEST_NAME]
    columns = tables.submissions.c
    with database.reading() as connection:
        query = sql.select(tables.submissions).where(columns.candidate == body.id, columns.salt != "")
        submissions = [submission_of(row) for row in connection.execute(query.order_by(columns.number))]
        mentions = _mentions(connection, body.id, names)
    hashes = {one.file_sha256: f"biểu kỳ {one.period}, lần {one.version}" for one in submissions}
    for one in submissions:
        for item in one.answers.get("evidence", ()):
            if item.get("sha256"):
                hashes[item["sha256"]] = f"minh chứng {item['criterion']} kỳ {one.period}"
    return Held(body.id, body.name(), known, submissions, mentions, files_about(workspace.root, names, hashes))


def _mentions(connection: sql.Connection, ident: str, names: Iterable[str]) -> list[Mention]:
    """Personal values and forms of others that hold one of the names."""
    wanted = [plain(name) for name in names]
    if not wanted:
        return []
    entries, personal, submitted = tables.entries.c, tables.personal.c, tables.submissions.c
    found: list[Mention] = []
    query = sql.select(entries.number, entries.subject, entries.field, personal.value)
    query = query.join(tables.personal, personal.entry == entries.number)
    for row in connection.execute(query.order_by(entries.number)):
        if row.subject.partition(":")[2].rpartition("/")[2] != ident and holds(row.value, wanted):
            found.append(Mention(row.number, row.subject, row.field))
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
