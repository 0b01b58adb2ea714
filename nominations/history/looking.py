"""Looking awards up: of a candidate with the bodies before it, of a form, of a year, in a state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from criteria.problems import Problem, of_file
from nominations.awards.reading import AWARDS, AwardFile, load_awards
from nominations.history.comparing import award_key
from nominations.history.held import STATUS, HeldAward, history
from nominations.history.holders import Holders
from nominations.history.naming import AwardNames
from records.roster.roster import order
from records.workspace.folder import Workspace
from records.years.lineage import Families, Predecessor, award_holders
from scoring.result import ILLUSTRATION


@dataclass(frozen=True)
class Seen:
    """One award as it is shown. name: of its holder on the day of the decision. post, unit: of persons. before: why an award of a
    body before the candidate stands here, "" of its own. note: what to know of its state. category: loại hình in words."""

    held: HeldAward
    name: str
    post: str = ""
    unit: str = ""
    before: str = ""
    note: str = ""
    illustration: bool = False
    category: str = ""


@dataclass(frozen=True)
class Listing:
    """What was looked up. about: what was asked for, in words. lines: by holder, then by day, then by number."""

    movement: str
    about: tuple[str, ...]
    lines: tuple[Seen, ...]

    @property
    def stamps(self) -> list[str]:
        return [ILLUSTRATION] if any(one.illustration for one in self.lines) else []


def look_up(
    workspace: Workspace,
    candidate: str = "",
    award: str = "",
    year: int | None = None,
    status: str = "",
    day: date = date.max,
) -> tuple[Listing | None, list[Problem]]:
    """Awards that fit everything asked for. candidate: id of a holder; awards of bodies before it count by movement.inheritance.
    award: id or name. year: of the decision, else of what happened last. status: a key of STATUS. day: lineage as known then.
    """
    file: AwardFile | None = None
    problems: list[Problem] = []
    if (workspace.movement_folder / AWARDS).is_file():
        file, problems = load_awards(workspace)
    holders, known = Holders(workspace), history(workspace)
    names = AwardNames(workspace, file.awards if file is not None else None)
    wrong = _unknown(holders, known, names, candidate, award, status)
    if wrong:
        return None, wrong
    wanted = names.key(award, award) if award else ""
    whose = award_holders(holders.roster, workspace.movement.inheritance, candidate, day) if candidate else []
    before = {one.id: one for one in Families(holders.roster).lineage(candidate, date.max)} if candidate else {}
    lines = []
    for one in known:
        if candidate and one.holder not in whose:
            continue
        if wanted and names.key(one.award, one.award_name) != wanted:
            continue
        if (year is not None and _year(one) != year) or (status and one.status != status):
            continue
        seen = _seen(holders, one, before.get(one.holder))
        category = file.awards.category_name(one.category) if file is not None else one.category
        lines.append(replace(seen, category=category))
    lines.sort(key=_place(whose))
    gone = _revoked(known)
    lines = [replace(line, note=_note(line.held, gone)) for line in lines]
    told = (
        f"Người được khen: {candidate} {holders.name(candidate)}" if candidate else "",
        f"Hình thức: {award}" if award else "",
        f"Năm: {year}" if year is not None else "",
        f"Tình trạng: {STATUS[status]}" if status else "",
    )
    listing = Listing(workspace.movement.name, tuple(text for text in told if text), tuple(lines))
    return listing, problems


def _unknown(
    holders: Holders, known: Sequence[HeldAward], names: AwardNames, candidate: str, award: str, status: str
) -> list[Problem]:
    found = []
    if candidate and not holders.knows(candidate):
        near = ", ".join(holders.nearest(candidate))
        hint = f"Gần nhất: {near}." if near else "Xem mã: thidua roster list --all."
        found.append(of_file("--candidate", "unknown-candidate", f"Danh sách không có “{candidate[:40]}”.", hint))
    if award and names.find(award) is None and all(award_key(one.award_name) != award_key(award) for one in known):
        hint = "Ghi mã ở tệp khen thưởng, hoặc tên như đã ghi."
        found.append(of_file("--award", "award-unknown", f"Chưa ghi hình thức nào tên “{award[:60]}”.", hint))
    if status and status not in STATUS:
        hint = "Một trong: " + ", ".join(STATUS) + "."
        found.append(of_file("--status", "award-held", f"Không có tình trạng “{status[:40]}”.", hint))
    return found


def _year(one: HeldAward) -> int | None:
    day = one.day or one.since
    return day.year if day is not None else None


def _seen(holders: Holders, one: HeldAward, predecessor: Predecessor | None) -> Seen:
    roster = holders.roster
    body, outsider = roster.bodies.get(one.holder), holders.outsiders.get(one.holder)
    before = f"của {predecessor.id} {predecessor.name}, {predecessor.words}" if predecessor is not None else ""
    if body is not None:
        unit = body.value("parent") if body.person else ""
        name = body.name(one.day or one.since)
        post = body.value("post") if body.person else ""
        above = roster.bodies[unit].name(one.day) if unit in roster.bodies else unit
        return Seen(one, name, post, above, before, illustration=one.illustration or bool(body.value("illustration")))
    if outsider is not None:
        return Seen(one, outsider.name, outsider.post, outsider.unit, before, illustration=one.illustration)
    return Seen(one, one.holder_name or one.holder, illustration=one.illustration)


def _revoked(known: Sequence[HeldAward]) -> dict[str, list[HeldAward]]:
    """Revoked awards by holder."""
    found: dict[str, list[HeldAward]] = {}
    for one in known:
        if one.status == "revoked" and one.holder:
            found.setdefault(one.holder, []).append(one)
    return found


def _note(one: HeldAward, gone: Mapping[str, Sequence[HeldAward]]) -> str:
    """Why something did not come about, and that an earlier award of the holder was revoked since."""
    notes = [one.reason] if one.status in ("refused", "returned", "revoked") and one.reason else []
    if one.counts and one.day is not None:
        numbers = [
            str(other.number)
            for other in gone.get(one.holder, ())
            if other.day is not None and other.day <= one.day and other.since is not None and other.since >= one.day
        ]
        if numbers:
            notes.append(f"Xem lại: khen thưởng số {', '.join(numbers)} trước đó đã hủy bỏ.")
    return " ".join(notes)


def _place(whose: Sequence[str]) -> Callable[[Seen], Any]:
    """The candidate's own first, then those of bodies before it; else by holder."""

    def key(line: Seen) -> Any:
        one = line.held
        first = whose.index(one.holder) if one.holder in whose else 0
        return (first, order(one.holder), one.holder_name, one.day or one.since or date.max, one.number)

    return key
