"""Entering what a row says about its body: each field read in its own way, with its source and its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from criteria.declarations.movement import Movement
from criteria.problems import WARNING, Problem
from records.roster.draft import Draft
from records.roster.identity import Asked, Choices, Identity
from records.roster.layouts import ABOUT_THE_ROW, OF_A_PERSON
from records.roster.matching import fold, key
from records.roster.reading import Declared, Row, fields_of
from records.roster.roster import BESIDE, YES
from records.roster.values import (
    DAYS,
    UNKNOWN,
    label,
    read_attribute,
    read_day,
    read_group,
    read_kind,
    read_set_file,
    read_sub_type,
    text_of,
)
from records.tables.cells import YES as SAYS_YES
from records.tables.cells import CellError

_REFERENCES = {"parent", "successor"}


def _unknown(text: str) -> bool:
    return text == "?" or fold(text) in UNKNOWN


def _active(_: Movement, text: str) -> str:
    if text.casefold() not in SAYS_YES:
        message = f"“{text[:40]}” ở cột {label('active')}."
        raise CellError("roster-field", message, "Ghi có; nếu đã thôi hoạt động thì điền cột đến ngày.")
    return YES


_READERS: dict[str, Callable[[Movement, str], str]] = {
    "kind": read_kind,
    "group": read_group,
    "sub_type": read_sub_type,
    "active": _active,
}


@dataclass
class Fields:
    """Reads rows into a draft."""

    draft: Draft
    identity: Identity
    attributes: Mapping[str, Declared]
    choices: Choices
    problems: list[Problem]
    _declared: dict[str, Declared] = field(default_factory=dict)
    failed: set[tuple[str, str]] = field(default_factory=set)  # id and field of cells that could not be read
    _told: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._declared = {one.field: one for one in self.attributes.values()}

    def since(self, row: Row) -> date | None:
        """From which day a row holds; what is wrong with it is said when the row is entered."""
        try:
            return read_day(row.cells["valid_from"], "valid_from") if "valid_from" in row.cells else None
        except CellError:
            return None

    def put(self, row: Row, ident: str, name: str, value: str, since: date | None = None) -> None:
        """Enter one value, with the source and the cell of the row."""
        hidden = self.draft.put(ident, name, value, self._source(row), row.place(name), since)
        if hidden is not None and hidden.valid_from is not None:
            message = f"{ident}: {label(name)} đã ghi “{hidden.value[:60]}” từ {hidden.valid_from:%d/%m/%Y}."
            hint = "Muốn đổi nữa, điền cột có hiệu lực từ bằng ngày đổi."
            self.problems.append(row.problem("roster-field", name, message, hint))

    def _source(self, row: Row) -> str:
        try:
            return text_of(row.cells["source"], "source") if row.text("source") else self.choices.source
        except CellError:
            return self.choices.source

    def reference(self, row: Row, name: str) -> str | None:
        """The body that a cell names."""
        try:
            text = text_of(row.cells[name], name)
        except CellError as error:
            self.problems.append(row.problem(error.code, name, error.message, error.hint))
            return None
        return self.identity.reference(row, name, text, self.since(row))

    def _several(self, row: Row, name: str, text: str) -> str | None:
        """Bodies parted by ;: those that a body was split into."""
        parts = [part.strip() for part in text.split(";") if part.strip()]
        found = [self.identity.reference(row, name, part, self.since(row)) for part in parts]
        known = [ident for ident in found if ident]
        return BESIDE.join(dict.fromkeys(known)) if len(known) == len(found) else None

    def enter(self, row: Row, ident: str, letter: str) -> None:
        """Enter every field of a row."""
        person = self.draft.roster.bodies[ident].person
        for name, value in self.read(row, letter, person, ident):
            if name == "name":
                self._name(row, ident, value, self.since(row))
            elif name == "alias":
                self._alias(row, ident, value)
            else:
                self.put(row, ident, name, value, self.since(row))
        body = self.draft.roster.bodies[ident]
        usual = body.kind.group if body.kind is not None else None
        if letter and letter != usual and not body.value("group"):
            self.put(row, ident, "group", letter)

    def read(self, row: Row, letter: str, person: bool, ident: str = "") -> list[tuple[str, str]]:
        """What a row says, field by field; every cell that cannot be read is a finding. ident: whose row it is, when known."""
        for name in sorted(ABOUT_THE_ROW & row.cells.keys()):
            self._checked(row, name)
        found = []
        for name in fields_of(row):
            if name in ("id", "clause") or (person and not self._kept_of_a_person(row, name, letter)):
                continue
            try:
                value = self._value(row, name, letter)
            except CellError as error:
                value = None
                self.problems.append(row.problem(error.code, name, error.message, error.hint))
            if value is None:
                self.failed.add((ident, name))
            else:
                found.append((name, value))
        return found

    def _checked(self, row: Row, name: str) -> None:
        try:
            _ = read_day(row.cells[name], name) if name in DAYS else text_of(row.cells[name], name)
        except CellError as error:
            self.problems.append(row.problem(error.code, name, error.message, error.hint))

    def _kept_of_a_person(self, row: Row, name: str, letter: str) -> bool:
        """Name, unit, post, sub-type, and what the criteria sets of the group ask for."""
        if name in OF_A_PERSON or (name in self._declared and letter in self._declared[name].inputs):
            return True
        message = f"Cột {label(name)} không lưu đối với cá nhân."
        self._tell(row, name, message, "Chỉ lưu họ tên, đơn vị, chức vụ, tiểu nhóm.")
        return False

    def _tell(self, row: Row, name: str, message: str, hint: str) -> None:
        """A warning about a column, once a file."""
        if (row.sheet.file, name) not in self._told:
            self._told.add((row.sheet.file, name))
            self.problems.append(row.problem("column-unknown", name, message, hint, WARNING))

    def _value(self, row: Row, name: str, letter: str) -> str | None:
        """The text that is kept; None when there is nothing to keep, and then it has been said why. Raises CellError."""
        cell, movement = row.cells[name], self.draft.movement
        if name in DAYS:
            day = None if _unknown(cell.text) else read_day(cell, name)
            return day.isoformat() if day is not None else ""
        text, declared = text_of(cell, name), self._declared.get(name)
        if name != "name" and _unknown(text):
            return ""
        if name == "successor" and ";" in text:
            return self._several(row, name, text)
        if name in _REFERENCES:
            return self.reference(row, name)
        if name == "set":
            return read_set_file(movement, letter, text)
        if name in _READERS:
            return _READERS[name](movement, text)
        if declared is None or name == "pool":
            return text
        if letter in declared.inputs:
            return read_attribute(cell, declared.inputs[letter])
        where = "; ".join(declared.inputs)
        message = f"Nhóm {letter or 'chưa rõ'} không dùng cột {label(name)}; chỉ nhóm {where} dùng. Không đọc."
        self._tell(row, name, message, "Bỏ cột này, hoặc ghi đúng nhóm.")
        return None

    def _alias(self, row: Row, ident: str, text: str) -> None:
        """Other spellings, parted by | or ;. What is known already is not entered again."""
        names = [part.strip() for part in text.replace(";", "|").split("|") if part.strip()]
        known = set(self.draft.roster.bodies[ident].names)
        if any(name not in known for name in names):
            self.put(row, ident, "alias", "|".join(names))

    def _name(self, row: Row, ident: str, text: str, since: date | None) -> None:
        """A name that differs is a rename from a day on, or one that a person has confirmed; else nobody can be sure."""
        body = self.draft.roster.bodies[ident]
        if ident in self.draft.new and len(body.facts.history("name")) == 1 and body.name() == text:
            return
        if since is not None:
            if key(body.name(since)) != key(text):
                self.put(row, ident, "name", text, since)
            return
        if key(text) in {key(name) for name in body.names}:
            return
        said = {key(part) for part in row.text("alias").replace(";", "|").split("|")}
        typed = key(body.name()) in said or self.choices.matches.get(key(text)) == ident
        if not typed and self.choices.ask is not None:
            typed = self.choices.ask(Asked(row.place("name"), text, ((ident, body.name(), 0),))) == ident
        if typed:
            message = f"{ident} đổi tên thành “{text[:80]}” cho mọi ngày, vì chưa có ngày đổi tên."
            self.problems.append(
                row.problem("roster-open", "name", message, "Biết ngày thì điền cột có hiệu lực từ.", WARNING)
            )
            self.put(row, ident, "name", text)
            return
        message = f"{ident} trong danh sách là “{body.name()[:80]}”, dòng này ghi “{text[:80]}”."
        hint = (
            "Viết sai thì sửa; đổi tên thì điền cột có hiệu lực từ (ngày đổi tên), "
            f'hoặc cột tên cũ, hoặc thêm --yes-match "{text[:60]}={ident}".'
        )
        self.problems.append(row.problem("name-match", "name", message, hint))
