"""What may be done with the data of one person: given out, corrected, erased. Each writes an entry that says who, why, on what basis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from criteria.problems import Problem, of_file
from records.ledger.entries import Entry
from records.persons.fields import STRUCTURE, is_personal
from records.persons.files import Found
from records.persons.holding import Held, Mention, hold, needs
from records.persons.known import Person, find_person
from records.persons.retention import NEVER, Kept, kept
from records.roster.layouts import CODE, LABELS
from records.roster.roster import Body
from records.roster.values import declared_attributes, read_attribute, text_of
from records.tables.cells import CellError
from records.tables.sheets import Cell
from records.workspace.folder import Workspace

CORRECTABLE = ("name", "alias", "post")


@dataclass(frozen=True)
class Erased:
    """What was emptied, by class. stays: classes that may not be erased yet. files, mentions: what the officer has to see to: the
    program takes nothing out of files, and nothing out of what stands about others."""

    done: list[Kept]
    stays: list[Kept]
    files: list[Found]
    mentions: list[Mention]

    @property
    def entries(self) -> int:
        return sum(len(one.entries) for one in self.done)


def export_person(workspace: Workspace, ident: str, reason: str) -> tuple[Held | None, list[Problem]]:
    """Everything held about a person. That it was given out is entered before anything is. Raises OSError."""
    person, problems = find_person(workspace, ident)
    problems += needs(reason)
    if person is None or problems:
        return None, problems
    with workspace.database.writing() as writer:
        writer.append([Entry(f"person:{ident}", "exported", "toàn bộ", reason=reason.strip())])
    return hold(workspace, person), []


def correct_person(
    workspace: Workspace, ident: str, name: str, value: str, reason: str, document: str
) -> tuple[Entry | None, list[Problem]]:
    """Enter a corrected value; the old entry stays and is named. The corrected entry as it stood, or why nothing was entered."""
    person, problems = find_person(workspace, ident)
    problems += needs(reason, document)
    text, body = "", person.body if person is not None else None
    if person is not None and body is None:
        problems.append(_mended_elsewhere(person))
    if body is not None:
        try:
            text = _read(workspace, body, name, value)
        except CellError as error:
            problems.append(of_file("--value", error.code, error.message, error.hint))
    if body is None or problems:
        return None, problems
    known = body.facts.entry(name)
    if (known.value if known is not None else "") == text:
        return None, [of_file("--value", "personal", f"{ident}: {LABELS.get(name, name)} đã ghi như vậy.", "")]
    old = known or Entry(f"body:{ident}", name, "")
    new = replace(
        Entry(old.subject, name, text, old.valid_from, old.valid_to, document.strip(), reason=reason.strip()),
        personal=is_personal(old.subject, name, person=True),
    )
    which = f"{name}: mục {old.number}" if old.number else name
    told = Entry(f"person:{ident}", "corrected", which, source=document.strip(), reason=reason.strip())
    with workspace.database.writing() as writer:
        writer.append([new, told])
    return old, []


def _mended_elsewhere(person: Person) -> Problem:
    """Why a correction is not entered here."""
    if person.kind == "outsider":
        message = f"{person.ident} không có trong danh sách, do cơ quan đề nghị khai."
        hint = "Cơ quan đó gửi lại danh sách đề nghị đã sửa: thidua proposal collect."
    else:
        message = f"{person.ident} là thành viên hội đồng, do danh sách hội đồng ghi."
        hint = "Nhập lại danh sách đã sửa: thidua council members."
    return of_file(person.ident, "personal", message, hint)


def _read(workspace: Workspace, body: Body, name: str, value: str) -> str:
    """The text that is kept. Raises CellError."""
    cell = Cell(value)
    sets = {file: (workspace.read_set(file)[0], g.letter) for g in workspace.movement.groups for file in g.sets}
    letter = body.value("group") or (body.kind.group if body.kind is not None else "") or ""
    for declared in declared_attributes(workspace.movement, sets).values():
        if declared.field == name and letter in declared.inputs and name not in STRUCTURE:
            return read_attribute(cell, declared.inputs[letter]) if value.strip() else ""
    if name not in CORRECTABLE and not (name.startswith(CODE) and name != CODE):
        known = ", ".join([*CORRECTABLE, f"{CODE}TÊN"])
        message = f"“{name[:60]}” không phải dữ liệu cá nhân sửa được ở đây."
        raise CellError(
            "personal", message, f"Các điều: {known}, thuộc tính do bộ tiêu chí khai; điều khác: thidua roster import."
        )
    text = text_of(cell, name)
    if name == "name" and not text:
        raise CellError("personal", "Họ tên không được để trống.", "Muốn xóa: thidua person erase.")
    return text


def erase_person(
    workspace: Workspace, ident: str, reason: str, document: str, on: date
) -> tuple[Erased | None, list[Problem]]:
    """Empty what may be erased on a day; the opaque id stays, and results that were published with it. Raises OSError."""
    person, problems = find_person(workspace, ident)
    problems += needs(reason, document)
    if person is None or problems:
        return None, problems
    held, problems = kept(workspace, ident)
    if problems:
        return None, problems
    due, stays = [one for one in held if one.until <= on], [one for one in held if one.until > on]
    if not due:
        hint = "Xem: thidua person retention."
        if not stays:
            return None, [of_file(ident, "retention", f"{ident}: không còn dữ liệu cá nhân để xóa.", hint)]
        return None, [of_file(ident, "retention", f"{ident}: {_still(one)}.", hint) for one in stays]
    before = hold(workspace, person)  # names are needed to find what stays on disk
    numbers = [number for one in due for number in one.entries]
    with workspace.database.writing() as writer:
        writer.erase(ident, numbers, reason.strip(), document.strip())
    return Erased(due, stays, before.files, before.mentions), []


def _still(one: Kept) -> str:
    """Why a class may not be erased yet."""
    if one.until == NEVER:
        told = "lưu giữ vĩnh viễn"
    else:
        told = f"còn thời hạn lưu giữ đến hết ngày 31/12/{one.until.year - 1}"
    return f"{one.retention.name} {told}" + (f", vì còn cần cho: {one.because}" if one.because else "")
