"""Lists into the roster: read, identified, checked whole, and written in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from criteria.movements.reading import DOCUMENTS, read_documents
from criteria.problems import WARNING, Problem, errors, of_file
from records.roster.checking import circle
from records.roster.clauses import from_clauses
from records.roster.draft import Draft
from records.roster.fields import Fields
from records.roster.identity import NEW, Choices, Identity
from records.roster.layouts import LABELS
from records.roster.matching import fold, key
from records.roster.reading import Row, read_rows
from records.roster.values import declared_attributes, label, read_group, read_ident, read_kind, text_of
from records.rounds import load_rounds
from records.tables.cells import CellError
from records.workspace.folder import Workspace


@dataclass
class Imported:
    """What an import did. groups: bodies entered or changed, by letter ("" those without one)."""

    rows: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    entries: int = 0
    groups: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """A row and whose it is."""

    row: Row
    ident: str
    kind: str
    letter: str
    parent: str = ""


def import_roster(
    workspace: Workspace, files: Iterable[Path], choices: Choices | None = None
) -> tuple[Imported | None, list[Problem]]:
    """Read lists into the roster. None with all problems when there is an error; then nothing is written."""
    work = _Import(workspace, choices or Choices())
    for path in files:
        work.read(path)
    work.enter()
    work.check()
    if errors(work.problems):
        return None, list(dict.fromkeys(work.problems))
    if work.draft.entries:
        with workspace.database.writing() as writer:
            writer.append(work.draft.sealed())
    return work.result(), list(dict.fromkeys(work.problems))


class _Import:
    def __init__(self, workspace: Workspace, choices: Choices) -> None:
        self.workspace, self.choices = workspace, choices
        self.problems: list[Problem] = []
        self.draft = Draft(workspace)
        self.identity = Identity(self.draft, choices, self.problems)
        sets = {file: (workspace.read_set(file)[0], g.letter) for g in workspace.movement.groups for file in g.sets}
        self.attributes = declared_attributes(workspace.movement, sets)
        self.fields = Fields(self.draft, self.identity, self.attributes, choices, self.problems)
        self.known: list[_Known] = []
        self.rows = 0
        self._choices_problems()

    def _choices_problems(self) -> None:
        """--kind and --group that nobody knows."""
        for value, reader, option in (
            (self.choices.kind, read_kind, "--kind"),
            (self.choices.group, read_group, "--group"),
        ):
            try:
                _ = reader(self.workspace.movement, value) if value else ""
            except CellError as error:
                self.problems.append(of_file(option, error.code, error.message, error.hint))

    def read(self, path: Path) -> None:
        """Read a file and find out whose its rows are."""
        if self.problems and any(problem.file.startswith("--") for problem in self.problems):
            return
        rows, found = read_rows(path, self.attributes)
        self.problems += found
        if any(row.layout.number is not None for row in rows):
            register, _ = read_documents(self.workspace.movement_folder / DOCUMENTS)
            documents = {basis.id: basis for basis in register.documents} if register is not None else {}
            rows, found = from_clauses(rows, self.draft.kinds, documents)
            self.problems += found
        self.rows += len(rows)
        # those above come first: whoever needs a parent may name one of the same file
        first = {id(row): bool(self._needs_parent(row)) for row in rows}
        seen: dict[tuple[str, date | None], int] = {}
        for row in sorted(rows, key=lambda row: first[id(row)]):
            known = self._identify(row)
            if known is None:
                kind = self.draft.kinds.get(self._kind(row, self._letter(row)))
                letter = self._letter(row) or (kind.group or "" if kind is not None else "")
                self.fields.read(row, letter, kind is not None and kind.person)
                continue
            mark = (known.ident, self.fields.since(row))
            if mark in seen:
                message = f"{known.ident} đã có ở dòng {seen[mark]} của tệp này."
                where = "id" if row.text("id") else "name"
                self.problems.append(row.problem("id-duplicate", where, message, "Bỏ hoặc sửa một trong hai dòng."))
            seen.setdefault(mark, row.number)
            self.known.append(known)

    def _needs_parent(self, row: Row) -> bool:
        kind = self.draft.kinds.get(self._kind(row, self._letter(row)))
        return kind is not None and "parent" in kind.needs

    def _letter(self, row: Row) -> str:
        """The group that a row or the command says, "" if neither."""
        try:
            return read_group(self.workspace.movement, row.text("group") or self.choices.group)
        except CellError:
            return ""

    def _kind(self, row: Row, letter: str) -> str:
        """The kind of a row: what it says, what is known, what the command says, the only one that can be meant; or ""."""
        if row.text("kind"):
            try:
                return read_kind(self.workspace.movement, text_of(row.cells["kind"], "kind"))
            except CellError:
                return ""
        body = self.draft.body(row.text("id"))
        if body is not None and body.value("kind"):
            return body.value("kind")
        if self.choices.kind:
            return read_kind(self.workspace.movement, self.choices.kind)
        fitting = [kind for kind in self.draft.kinds.values() if kind.group == letter and letter]
        named = [kind for kind in fitting if fold(row.text("name")).startswith(fold(kind.name) + " ")]
        return named[0].name if len(named) == 1 else fitting[0].name if len(fitting) == 1 else ""

    def _identify(self, row: Row) -> _Known | None:
        """Whose row it is; None when nobody can say, or a cell that says it cannot be read, and then a finding."""
        letter = self._letter(row)
        kind = self._kind(row, letter)
        where = "name"
        try:
            name = text_of(row.cells["name"], "name") if "name" in row.cells else ""
            where = "id"
            written = text_of(row.cells["id"], "id") if "id" in row.cells else ""
            given = read_ident(written) if written else ""
        except CellError as error:
            self.problems.append(row.problem(error.code, where, error.message, error.hint))
            return None
        declared = self.draft.kinds.get(kind)
        letter = letter or (declared.group or "" if declared is not None else "")
        parent = ""
        if declared is not None and "parent" in declared.needs and row.text("parent"):
            parent = self.fields.reference(row, "parent") or ""
            if not parent:
                return None
        if given:
            ident = given
        elif not name:
            self.problems.append(row.problem("roster-field", "name", "Dòng không có mã, không có tên.", "Điền tên."))
            return None
        else:
            bound = declared is not None and "parent" in declared.needs
            found = self.identity.subject(
                row, name, person=declared is not None and declared.person, parent=parent, bound=bound
            )
            if found is None:
                return None
            if found == NEW and not letter:
                hint = "Thêm cột nhóm hoặc --group, để biết tiền tố của mã; hoặc điền mã."
                self.problems.append(row.problem("roster-field", "name", f"Chưa đặt được mã cho “{name[:80]}”.", hint))
                return None
            ident = found if found != NEW else self.draft.next_id(letter)
            if found != NEW and key(name) not in {key(known) for known in self.draft.roster.bodies[ident].names}:
                self.fields.put(row, ident, "alias", name)  # a person has said so: next time it is certain
        if self.draft.body(ident) is None and not self._begin(row, ident, kind, name, parent):
            return None
        body = self.draft.roster.bodies[ident]
        return _Known(row, ident, kind or body.value("kind"), letter or self.draft.roster.group_of(body), parent)

    def _begin(self, row: Row, ident: str, kind: str, name: str, parent: str) -> bool:
        """Enter a body for the first time: what later rows find it by."""
        if not name:
            self.problems.append(row.problem("roster-field", "name", f"Mã {ident} chưa có tên.", "Điền tên."))
            return False
        if not kind and self.draft.kinds and not row.text("kind"):
            known = "; ".join(self.draft.kinds)
            hint = f"Thêm cột loại hoặc --kind. Các loại: {known}."
            self.problems.append(row.problem("roster-field", "kind", f"{ident} “{name[:80]}” chưa có loại.", hint))
        if row.text("id") and not row.layout.open and key(name) not in self.choices.matches:
            same = self._same_name(name, kind, parent)
            if same:
                message = f"Mã {ident} chưa có, mà “{name[:80]}” đã là {', '.join(same[:3])}."
                hint = f'Sửa mã; nếu đúng là đối tượng khác cùng tên, thêm --yes-match "{name[:60]}={NEW}".'
                self.problems.append(row.problem("name-match", "id", message, hint))
                return False
        self.draft.make(ident)
        self.fields.put(row, ident, "name", name)
        if kind:
            self.fields.put(row, ident, "kind", kind)
        if parent:
            self.fields.put(row, ident, "parent", parent)
        return True

    def _same_name(self, name: str, kind: str, parent: str) -> list[str]:
        declared = self.draft.kinds.get(kind)
        bound = declared is not None and "parent" in declared.needs
        person = declared is not None and declared.person
        roster = self.draft.roster
        return self.draft.index.certain(
            name,
            None,
            lambda body: (
                body.person == person
                and not roster.outside(body)
                and (not bound or not parent or body.value("parent") == parent)
            ),
        )

    def enter(self) -> None:
        """Enter what the rows say."""
        for known in self.known:
            self.fields.enter(known.row, known.ident, known.letter)

    def check(self) -> None:
        """What must be there, and what cannot be, once everything is entered."""
        roster = self.draft.roster
        for known in self.known:
            body, row = roster.bodies[known.ident], known.row
            needs = body.kind.needs if body.kind is not None else []
            for name in needs if not row.layout.open else []:
                if not body.value(name) and (known.ident, name) not in self.fields.failed:
                    message = f"{known.ident} “{body.name()[:80]}” chưa có {label(name)}."
                    hint = f"Loại “{body.value('kind')}” phải có; điền cột {LABELS.get(name, name)}."
                    self.problems.append(row.problem("roster-field", name, message, hint))
            if body.first is not None and body.last is not None and body.last < body.first:
                message = f"{known.ident} kết thúc {body.last:%d/%m/%Y} trước ngày bắt đầu {body.first:%d/%m/%Y}."
                self.problems.append(row.problem("roster-field", "to", message, "Sửa từ ngày hoặc đến ngày."))
            if row.text("successor") and (ring := circle(roster, known.ident)):
                message = "Kế thừa vòng quanh: " + " → ".join(ring) + "."
                self.problems.append(row.problem("roster-field", "successor", message, "Sửa cơ quan kế thừa."))
            if row.text("parent") and body.value("parent") == known.ident:
                message = f"{known.ident} không thể tự quản lý mình."
                self.problems.append(row.problem("roster-field", "parent", message, "Ghi cơ quan cấp trên."))

    def result(self) -> Imported:
        roster, done = self.draft.roster, self.draft.touched
        groups: dict[str, int] = {}
        for ident in done:
            body = roster.bodies[ident]
            letter = "" if roster.outside(body) and not body.person else roster.group_of(body)
            groups[letter] = groups.get(letter, 0) + 1
        for round_ in load_rounds(self.workspace).values():
            for letter, state in round_.groups.items():
                if letter in groups and state.roster_closed is not None:
                    message = (
                        f"Danh sách nhóm {letter} đã chốt ngày {state.roster_closed:%d/%m/%Y}: kỳ này không đổi theo."
                    )
                    self.problems.append(of_file(f"kỳ {round_.period}", "closed", message, "", WARNING))
        ordered = {g.letter: groups[g.letter] for g in self.workspace.movement.groups if g.letter in groups}
        if "" in groups:
            ordered[""] = groups[""]
        new = set(self.draft.new)
        changed = [ident for ident in done if ident not in new]
        return Imported(self.rows, self.draft.new, changed, len(self.draft.entries), ordered)
