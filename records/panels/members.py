"""The members of a panel (hội đồng chấm): named people, whose marks carry an id. Names are personal data."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from criteria.movements.verifiers import body_id
from criteria.problems import Problem, errors, of_file
from records.forms.collecting.cells import clean, short
from records.ledger.entries import Entry, Facts, gather
from records.ledger.writer import Writer
from records.life.scope import Scope, load_scope
from records.roster.roster import Roster, load_roster
from records.rounds import find_round
from records.workspace.folder import Workspace

NOBODY = "không"  # said when a namesake in the roster is somebody else
_LONGEST = 100
_LIST = "Xem: thidua panel list."


@dataclass(frozen=True)
class Member:
    """One assessor (người chấm). body, person: ids of the roster, "" when there is none. removed: marks of his that nothing rests
    on yet do not count."""

    id: str
    table: str
    name: str
    body: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None
    document: str = ""
    removed: bool = False

    def serves(self, day: date) -> bool:
        """Whether he sits on the panel on a day."""
        return not self.removed and (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True)
class Wish:
    """Somebody who is to be a member. body: id or name. person: id of the roster, "không", or "" when nobody said."""

    name: str
    document: str
    body: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None


def load_members(workspace: Workspace, period: str) -> dict[str, list[Member]]:
    """Everybody who is or was a member, by table, in order of their ids."""
    found: dict[str, list[Member]] = {}
    for subject, facts in sorted(gather(workspace.database.entries(f"panel:{period}/")).items()):
        table = subject.partition("/")[2]
        found[table] = [_member(table, ident, facts) for ident in _ids(facts)]
    return found


def panel_tables(scope: Scope) -> list[str]:
    """Item tables that hold marks of panels, in the order of the movement's sets."""
    return list(dict.fromkeys(name for layout in scope.layouts.values() for name in layout.panel_tables))


def panel_scope(workspace: Workspace, period: str, table: str = "") -> tuple[Scope | None, list[Problem]]:
    """What a round's panels are held against; None with the reasons. table: "" means any."""
    round_, problems = find_round(workspace, period)
    if round_ is None:
        return None, problems
    scope, found = load_scope(workspace, round_)
    problems += found
    tables = panel_tables(scope)
    if not errors(problems) and (table not in tables if table else not tables):
        message = f"Không có hội đồng chấm “{short(table)}”." if table else "Không tiêu chí nào do hội đồng chấm."
        known = f"Các hội đồng: {', '.join(tables)}." if tables else "Khai ở bộ tiêu chí: given: {panel: BẢNG}."
        problems.append(of_file(period, "panel", message, known))
    return (None if errors(problems) else scope), problems


def add_member(workspace: Workspace, period: str, table: str, wish: Wish) -> tuple[Member | None, list[Problem]]:
    """Enter a member under an id that nobody had before, or nothing and every reason why not. Raises OSError."""
    scope, problems = panel_scope(workspace, period, table)
    if scope is None:
        return None, problems
    roster = load_roster(workspace)
    name, document = clean(wish.name), clean(wish.document)
    body, person = _body(workspace, roster, wish.body, problems), _person(roster, wish.person, name, problems)
    if not 0 < len(name) <= _LONGEST:
        problems.append(of_file("--name", "panel", "Họ tên người chấm trống hoặc quá dài.", f"Tối đa {_LONGEST} chữ."))
    if not document:
        problems.append(of_file("--document", "reason", "Chưa nêu văn bản.", "Ghi số, ngày quyết định lập hội đồng."))
    if wish.first is not None and wish.last is not None and wish.first > wish.last:
        problems.append(of_file("--to", "panel", "Ngày thôi chấm trước ngày bắt đầu.", "Sửa --from, --to."))
    if errors(problems):
        return None, problems
    with workspace.database.writing() as writer:
        before = load_members(workspace, period).get(table, [])
        twice = [m for m in before if not m.removed and (_folded(m.name), m.body) == (_folded(name), body)]
        if twice:
            message = f"Hội đồng {table} đã có người chấm này: {twice[0].id}."
            return None, [of_file("--name", "panel", message, f"Đổi ngày: bỏ ra rồi thêm lại. {_LIST}")]
        made = Member(
            f"gk-{len(before) + 1:02}", table, name, body, person, wish.first, wish.last, document, removed=False
        )
        _enter(writer, period, made)
    return made, problems


def remove_member(
    workspace: Workspace, period: str, table: str, ident: str, document: str, reason: str
) -> tuple[Member | None, list[Problem]]:
    """Take a member out. What was concluded with his marks stays; his other marks do not count. Raises OSError."""
    scope, problems = panel_scope(workspace, period, table)
    if scope is None:
        return None, problems
    for option, text, what in (("--document", document, "văn bản"), ("--reason", reason, "lý do")):
        if not clean(text):
            problems.append(of_file(option, "reason", f"Chưa nêu {what}.", f"Ghi {what} đưa người chấm ra."))
    with workspace.database.writing() as writer:
        found = next((m for m in load_members(workspace, period).get(table, []) if m.id == ident), None)
        if found is None or found.removed:
            message = f"Hội đồng {table} không có người chấm “{short(ident)}”."
            problems.append(of_file("--assessor", "panel", message, _LIST))
        if errors(problems):
            return None, problems
        entry = Entry(f"panel:{period}/{table}", ident, "", source=clean(document), reason=clean(reason), personal=True)
        writer.append([entry])
    return found, problems


def _enter(writer: Writer, period: str, made: Member) -> None:
    told = {
        "": made.name,
        "/body": made.body,
        "/person": made.person,
        "/from": made.first.isoformat() if made.first else "",
        "/to": made.last.isoformat() if made.last else "",
    }
    subject = f"panel:{period}/{made.table}"
    writer.append(
        Entry(subject, f"{made.id}{name}", value, source=made.document, personal=True)
        for name, value in told.items()
        if value or not name
    )


def _ids(facts: Facts) -> list[str]:
    return sorted((name for name in facts.fields if "/" not in name), key=lambda name: (len(name), name))


def _member(table: str, ident: str, facts: Facts) -> Member:
    entries = facts.history(ident)
    return Member(
        ident,
        table,
        entries[0].value,
        facts.value(f"{ident}/body"),
        facts.value(f"{ident}/person"),
        facts.day(f"{ident}/from"),
        facts.day(f"{ident}/to"),
        entries[-1].source,
        len(entries) > 1,  # nothing but the removal is entered under an id a second time
    )


def _body(workspace: Workspace, roster: Roster, named: str, problems: list[Problem]) -> str:
    """The roster's id of the body somebody works in: given as that id, as a name, or as a verifying body."""
    text = clean(named)
    if not text or text in roster.bodies:
        return text
    verifying = body_id(workspace.movement, text)
    own = next((one.roster for one in workspace.movement.bodies if one.id == verifying and one.roster), "")
    same = [one.id for one in roster.bodies.values() if _folded(text) in map(_folded, one.names)]
    if not own and len(same) == 1:
        own = same[0]
    if own or verifying:
        return own or ""
    message = f"Danh sách không có cơ quan “{short(text)}”."
    if same:
        message = f"Nhiều cơ quan tên “{short(text)}”: {', '.join(same)}."
    hint = "Ghi mã trong danh sách (thidua roster list); người ngoài danh sách thì bỏ --body."
    problems.append(of_file("--body", "panel", message, hint))
    return ""


def _person(roster: Roster, said: str, name: str, problems: list[Problem]) -> str:
    """Who of the roster the assessor himself is. A name alone decides nothing: it asks."""
    text = clean(said)
    if text == NOBODY:
        return ""
    if text:
        body = roster.bodies.get(text)
        if body is None or not body.person:
            problems.append(
                of_file("--person", "panel", f"“{short(text)}” không phải mã một cá nhân.", "Xem: roster list.")
            )
        return text
    namesakes = [b.id for b in roster.bodies.values() if b.person and _folded(name) in map(_folded, b.names)]
    if namesakes:
        message = f"Danh sách có cá nhân cùng họ tên với người chấm: {', '.join(namesakes)}."
        hint = f"Nêu --person {namesakes[0]} nếu là người đó, --person {NOBODY} nếu là người khác."
        problems.append(of_file("--person", "panel", message, hint))
    return ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
