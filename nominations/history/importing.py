"""Awards already held, taken in from a list: rows become entries held:N; the same list twice appends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.problems import Problem, errors, of_file
from nominations.awards.reading import AWARDS, AwardFile, load_awards
from nominations.history.comparing import decision_key, spelled
from nominations.history.held import HeldAward, history
from nominations.history.naming import AwardNames
from nominations.history.reading_lists import CODE, Line, read_list
from records.ledger.entries import Entry
from records.life.rights import STEWARD
from records.workspace.folder import Workspace

Identity = tuple[str, str, str, date]


@dataclass(frozen=True)
class Imported:
    """How many rows were read, and what they did."""

    read: int = 0
    new: int = 0
    changed: int = 0


def import_held(workspace: Workspace, path: Path, today: date) -> tuple[Imported | None, list[Problem]]:
    """Read a list (xlsx, csv) and enter what is new or different; with an error in any row nothing is entered. Raises OSError.

    A row is known by holder, form, number and day of the decision. An empty cell takes nothing back; a list does not undo that an
    award was revoked. Without an award file every form is kept by its name.
    """
    file: AwardFile | None = None
    problems: list[Problem] = []
    if (workspace.movement_folder / AWARDS).is_file():
        file, problems = load_awards(workspace)
        if file is None:
            return None, problems
    names = AwardNames(workspace, file.awards if file is not None else None)
    lines, found = read_list(workspace, path, names, today)
    if not lines and not errors(found):
        found.append(
            of_file(path, "table-empty", "Bảng không có dòng khen thưởng nào.", "Ghi mỗi lần khen thưởng một dòng.")
        )
    found += _waiting(lines, history(workspace), names)
    if errors(found):
        return None, found
    with workspace.database.writing() as writer:
        entries, done = _planned(lines, history(workspace), names, file)
        writer.append(entries)
    return done, found


def _waiting(lines: Sequence[Line], known: Sequence[HeldAward], names: AwardNames) -> list[Problem]:
    """Rows about what has been submitted out of this workspace: its result is recorded, not imported beside it."""
    waits = {(one.holder, names.key(one.award, one.award_name)): one for one in known if one.pending and one.holder}
    found = []
    for line in lines:
        one = waits.get((line.holder, names.key(line.award, line.values["award_name"])))
        if one is not None:
            message = f"{line.holder}: {one.award_name} đã trình ở {one.occasion or 'nơi khác'}, chưa ghi kết quả."
            hint = f"Ghi kết quả: thidua award record {one.occasion} --award {one.award} --candidate {one.holder} …"
            column = line.row.table.places.get("award", 0) + 1
            found.append(line.row.table.sheet.problem(CODE, line.row.number, column, message, hint))
    return found


def _planned(
    lines: Sequence[Line], known: Sequence[HeldAward], names: AwardNames, file: AwardFile | None
) -> tuple[list[Entry], Imported]:
    """Entries of rows that say something new."""
    by_identity = {identity: one for one in known if (identity := _identity(one, names)) is not None}
    number = max((one.number for one in known), default=0)
    entries: list[Entry] = []
    new = different = 0
    for line in lines:
        one = by_identity.get(line.identity(names))
        if one is None:
            number += 1
            entries += _new(line, number, file)
            new += 1
            continue
        told = _different(line, one)
        entries += told
        different += bool(told)
    return entries, Imported(len(lines), new, different)


def _identity(one: HeldAward, names: AwardNames) -> Identity | None:
    if one.day is None or not one.decision:
        return None
    who = one.holder or f"~{spelled(one.holder_name)}"
    return who, names.key(one.award, one.award_name), decision_key(one.decision), one.day


def _new(line: Line, number: int, file: AwardFile | None) -> list[Entry]:
    values = _values(line)
    if not values["authority"] and file is not None:
        award = file.awards.award(line.award)
        decides = file.awards.authority(award.authority) if award is not None else None
        values["authority"] = decides.name if decides is not None else ""
    values = {"holder": line.holder, "holder_name": line.holder_name, **values}
    entries = [_entry(line, number, name, value) for name, value in values.items() if value]
    return [*entries, _entry(line, number, "status", "granted", line.day)]


def _different(line: Line, one: HeldAward) -> list[Entry]:
    """What a row says otherwise than the ledger; what it leaves empty stays."""
    told = {
        "award": one.award,
        "award_name": one.award_name,
        "category": one.category,
        "level": one.level,
        "decision": one.decision,
        "authority": one.authority,
        "movement": one.movement,
        "occasion": one.occasion,
        "from": one.first.isoformat() if one.first else "",
        "to": one.last.isoformat() if one.last else "",
        "day": one.day.isoformat() if one.day else "",
        "achievement": one.achievement,
        "initiative": one.initiative,
        "illustration": "có" if one.illustration else "",
    }
    values = _values(line)
    return [_entry(line, one.number, name, value) for name, value in values.items() if value and value != told[name]]


def _values(line: Line) -> dict[str, str]:
    return {"award": line.award, **line.values, "day": line.day.isoformat()}


def _entry(line: Line, number: int, name: str, value: str, since: date | None = None) -> Entry:
    column = {"award_name": "award", "holder_name": "name", "status": "decision"}.get(name, name)
    source = f"{line.values['decision']} ngày {line.day:%d/%m/%Y}"
    return Entry(f"held:{number}", name, value, since, source=source, place=line.row.place(column), role=STEWARD)
