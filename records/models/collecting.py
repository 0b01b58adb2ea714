"""Workbooks with models taken in: every file is judged by itself, every wrong cell told, a wrong file enters nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors, of_file, reason
from records.forms.collecting.incoming import find_forms
from records.ledger.entries import Entry, changed, gather
from records.life.rights import UNIT
from records.models.columns import LONGEST_NAME, LONGEST_SUMMARY, NAMES, NEEDED
from records.models.register import KINDS, PERSON_KIND, SUBJECT, TOLD_OF_PERSON, models
from records.roster.matching import fold, key
from records.roster.roster import Roster, load_roster
from records.tasks.columns import HeadedTable, Row, read_headed
from records.workspace.folder import Workspace

CODE = "model"
_TEXTS = {"issuer": 200, "document": 100, "result": 1000}  # letters
_CELLS = {"person_summary": "summary", "person_result": "result"}  # field of the ledger → column


@dataclass(frozen=True)
class Told:
    """A line without fault. who: the name of a model as it is compared, or the person's id."""

    unit: str
    who: str
    values: dict[str, str]
    places: dict[str, str]
    source: str


@dataclass
class ModelRun:
    """files: read. new, same, edited: lines that entered a model, said nothing new, changed one."""

    files: int = 0
    new: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


def collect_models(workspace: Workspace, path: Path, today: date) -> ModelRun:
    """Take in a workbook (or csv), or every workbook below a folder."""
    run = ModelRun()
    if path.is_dir():
        incoming = find_forms(path)
        run.problems += incoming.problems
        files = [one.path for one in incoming.forms]
        if not files:
            run.problems.append(of_file(path, "file-not-found", "Không thấy tệp .xlsx nào trong thư mục.", ""))
    else:
        files = [path]
    for one in files:
        run.files += 1
        told, problems = _read(workspace, one, today)
        run.problems += problems
        if errors(problems) or not told:
            continue
        try:
            _enter(workspace, told, run)
        except OSError as error:
            run.problems.append(of_file(one, "output", f"Không ghi được số liệu: {reason(error)}."))
    return run


def _read(workspace: Workspace, path: Path, today: date) -> tuple[list[Told], list[Problem]]:
    table, problems = read_headed(path, NAMES, NEEDED, CODE)
    if table is None:
        return [], problems
    reader = _Reader(workspace, load_roster(workspace), table, today)
    told = [one for one in map(reader.line, table) if one is not None]
    if not told and not errors(table.problems):
        table.problems.append(
            table.sheet.problem(CODE, 1, 1, "Bảng chưa có dòng nào được điền.", "Điền ít nhất một dòng.")
        )
    return told, table.problems


class _Reader:
    """Lines of one file."""

    def __init__(self, workspace: Workspace, roster: Roster, table: HeadedTable, today: date) -> None:
        self.roster, self.table, self.today = roster, table, today
        self.tags = {tag.id: fold(tag.name) for tag in workspace.movement.tags}
        self.kinds = {fold(words): ident for ident, words in KINDS.items()}
        self.seen: dict[tuple[str, str, str], int] = {}

    def line(self, row: Row) -> Told | None:
        """None for a line that says nothing, or that has a fault: then it is told."""
        if not any(row.cell(name).text.strip() for name in NAMES if name != "unit"):
            return None
        before = len(self.table.problems)
        day = self._day(row, "document_day")
        since = self._day(row, "since")
        unit = self._unit(row, day)
        kind = self._kind(row)
        personal = kind == PERSON_KIND
        name, person = self._who(row, kind)
        texts = {one: self._text(row, one, most) for one, most in _TEXTS.items()}
        texts["summary"] = self._text(row, "summary", LONGEST_SUMMARY)
        tags = self._tags(row)
        public = row.truth("public")
        if public is None and not row.cell("public").text.strip():
            row.wrong("public", "Chưa ghi có đồng ý tuyên truyền hay không.", "Ghi có hoặc không.")
        mark = unit, kind, person or key(name)
        if all(mark):
            if mark in self.seen:
                row.wrong("person" if personal else "name", f"Đã có ở dòng {self.seen[mark]}.", "Mỗi mô hình một dòng.")
            self.seen.setdefault(mark, row.number)
        if errors(self.table.problems[before:]) or day is None or since is None or public is None:
            return None
        values = {
            **{"unit": unit, "kind": kind, "name": name, "person": person, "tags": ";".join(tags)},
            **{(TOLD_OF_PERSON.get(one, one) if personal else one): text for one, text in texts.items()},
            **{"document_day": day.isoformat(), "since": since.isoformat(), "public": "1" if public else "0"},
        }
        places = {one: row.place(_CELLS.get(one, one)) for one in values}
        return Told(unit, mark[2], values, places, f"Văn bản số {texts['document']} ngày {day:%d/%m/%Y}")

    def _day(self, row: Row, name: str) -> date | None:
        day = row.day(name)
        if day is None:
            if not row.cell(name).text.strip():
                row.wrong(name, "Chưa ghi ngày.", "Ghi ngày, ví dụ 30/06/2026.")
        elif day > self.today:
            row.wrong(name, f"Ngày {day:%d/%m/%Y} chưa đến.", "Ghi ngày đã có.")
        return day

    def _unit(self, row: Row, day: date | None) -> str:
        text = row.text("unit")
        if not text:
            row.wrong("unit", "Chưa ghi đơn vị.", "Ghi mã hoặc tên đơn vị trong danh sách.")
            return ""
        found = row.body("unit", text, self.roster, day)
        if found is None:
            return ""
        if self.roster.is_class(found):
            row.wrong("unit", f"“{found}” là một nhóm cơ quan, không phải một đơn vị.", "Ghi đúng đơn vị có mô hình.")
            return ""
        return found

    def _kind(self, row: Row) -> str:
        text = row.text("kind")
        found = self.kinds.get(fold(text), "")
        if not found:
            told = f"Không có loại “{text[:60]}”." if text else "Chưa ghi loại."
            row.wrong("kind", told, f"Một trong: {'; '.join(KINDS.values())}.")
        return found

    def _who(self, row: Row, kind: str) -> tuple[str, str]:
        """The name of a model, or the id of a person."""
        name, person = row.text("name"), row.text("person")
        if kind == PERSON_KIND:
            body = self.roster.bodies.get(person)
            if body is None or not body.person:
                told = f"Danh sách không có cá nhân mã “{person[:60]}”." if person else "Chưa ghi mã cá nhân."
                row.wrong("person", told, "Ghi mã trong danh sách (thidua roster list), không ghi họ tên.")
            if name:
                row.wrong("name", "Gương cá nhân không ghi tên ở đây.", "Để trống: họ tên lấy từ danh sách theo mã.")
            return "", person
        if person and kind:
            row.wrong("person", "Chỉ gương điển hình cá nhân mới có mã cá nhân.", "Để trống, hoặc sửa loại.")
        return self._text(row, "name", LONGEST_NAME), ""

    def _text(self, row: Row, name: str, most: int) -> str:
        found = row.text(name)
        if not found and not row.cell(name).text.strip():
            row.wrong(name, f"Chưa ghi {NAMES[name][0]}.", "Không để trống ô này.")
        elif len(found) > most:
            row.wrong(name, f"Ô dài {len(found)} ký tự.", f"Nhiều nhất {most} ký tự.")
        return found

    def _tags(self, row: Row) -> list[str]:
        found = []
        for text in row.lines("tags"):
            plain = fold(text)
            ident = next((one for one, name in self.tags.items() if plain in (fold(one), name)), None)
            if ident is None:
                row.wrong("tags", f"Phong trào không có nội dung “{text[:60]}”.", f"Các mã: {', '.join(self.tags)}.")
            else:
                found.append(ident)
        if not found and not row.cell("tags").text.strip():
            row.wrong("tags", "Chưa ghi nội dung của phong trào.", f"Các mã: {', '.join(self.tags)}.")
        return [one for one in self.tags if one in found]


def _enter(workspace: Workspace, told: Iterable[Told], run: ModelRun) -> None:
    """All lines of a file in one transaction. The same unit, kind and name again edits what stands. Raises OSError."""
    with workspace.database.writing() as writer:
        known = {(one.unit, one.kind, one.person or key(one.name)): one.number for one in models(workspace)}
        facts = gather(workspace.database.entries(SUBJECT))
        last = max(known.values(), default=0)
        for one in told:
            mark = one.unit, one.values["kind"], one.who
            number = known.get(mark)
            fresh = number is None
            if number is None:
                number = last = last + 1
                known[mark] = number
            subject = f"{SUBJECT}:{number}"
            entries = [entry for entry in _entries(subject, one) if changed(facts.get(subject), entry)]
            writer.append(entries)
            if fresh:
                run.new.append(number)
            elif entries:
                run.edited.append(number)
            else:
                run.same += 1


def _entries(subject: str, told: Told) -> Iterator[Entry]:
    for name, value in told.values.items():
        yield Entry(subject, name, value, source=told.source, place=told.places[name], author=told.unit, role=UNIT)
