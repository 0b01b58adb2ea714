"""Changes to the register: extended, handed over, finished, cancelled. All of one call are entered together, or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from criteria.problems import WARNING, Problem, errors, of_file
from records.ledger.entries import Entry
from records.roster.matching import find_body
from records.roster.roster import Roster, load_roster
from records.tasks.deadlines import DATED, HINT, ON_EVENT, REGULAR, read_deadline, yearly_month
from records.tasks.holders import Held, holders, instances
from records.tasks.importing import Origin, entries_of, unit_problem
from records.tasks.reading import Stated
from records.tasks.register import NO, NUMBER, ONCE, SEPARATOR, YES, Instance, Register, Result, Task, load_register
from records.workspace.folder import Workspace

_OPTIONS = {"no": "NO", "body": "--body", "instance": "--year", "finished": "--done", "document": "--document"}
_OPTIONS["accepted_on"] = "--accepted-on"


class Wrong(Protocol):
    """Where findings go. name: the field of the finding."""

    def __call__(self, name: str, message: str, hint: str = "", code: str = "") -> None: ...


@dataclass
class Book:
    """The open register. entries: what save() will append."""

    workspace: Workspace
    roster: Roster
    register: Register
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def open(cls, workspace: Workspace) -> Book:
        return cls(workspace, load_roster(workspace), load_register(workspace))

    def wrong(self, name: str, message: str, hint: str = "", code: str = "") -> None:
        self.problems.append(of_file(_OPTIONS.get(name, name), code or "task-field", message, hint))

    def task(self, number: str, wrong: Wrong | None = None) -> Task | None:
        found = self.register.tasks.get(number)
        if found is None:
            hint = "Xem các số: thidua tasks list."
            (wrong or self.wrong)("no", f"Không có nhiệm vụ số “{number}”.", hint, "task-unknown")
        return found

    def body(self, name: str, text: str, day: date | None) -> str | None:
        """An id, or the name of a body."""
        found, near = find_body(self.roster, text, day)
        if found is None:
            offered = "; ".join(f"{ident} {self.roster.bodies[ident].name(day)}" for ident, _ in near)
            hint = (f"Có thể là: {offered}. " if offered else "") + "Ghi mã trong danh sách."
            self.wrong(name, f"Không chắc “{text}” là cơ quan nào.", hint, "name-match")
        return found

    def save(self) -> tuple[int, list[Problem]]:
        """Append what says anything new, unless something was wrong: how many entries."""
        if errors(self.problems):
            return 0, self.problems
        return self.workspace.database.enter(self.entries), self.problems

    def add(
        self, number: str, content: str, leads: list[str], deadline: str, origin: Origin, coordinating: str = ""
    ) -> None:
        """A task added during the year: it counts from the day it was added. leads: ids or names."""
        known, day = self.register.tasks.get(number), read_deadline(deadline)
        if not NUMBER.fullmatch(number):
            self.wrong("NO", f"“{number}” không phải số của nhiệm vụ.", "Viết 12, 2026.12 hoặc 12a.")
        if known is not None and (known.content, known.facts.value("origin")) != (content, origin.text):
            self.wrong("NO", f"Số {number} đã là một nhiệm vụ khác.", "Chọn số khác.")
        if day is None:
            self.wrong("--deadline", f"Không đọc được hạn “{deadline}”.", HINT)
            return
        if not content.strip() or not origin.text.strip() or not origin.document.strip() or origin.on is None:
            self.wrong("NO", "Nhiệm vụ bổ sung phải có nội dung, nguồn gốc, văn bản và ngày bổ sung.")
        if day.due is not None and origin.on is not None and day.due < origin.on:
            self.wrong("--deadline", f"Hạn {day.due:%d/%m/%Y} trước ngày bổ sung {origin.on:%d/%m/%Y}.")
        found = [self.body("--lead", lead, origin.on) for lead in leads]
        idents = list(dict.fromkeys(ident for ident in found if ident is not None))
        stated = Stated(number, content, idents, "; ".join(leads), day, deadline, coordinating=coordinating)
        self.entries += entries_of(stated, origin, lambda _: "")

    # --- the task itself ---------------------------------------------------------------------------------------

    def extend(self, number: str, to: date, document: str, reason: str, on: date, instance: str = "") -> None:
        """A new deadline; the first one stays known. on: the day of the decision."""
        task = self.task(number)
        if task is None:
            return
        if not document.strip() or not reason.strip():
            self.wrong("--extend", "Gia hạn phải có văn bản và lý do.", "Thêm --document và --reason.")
        if task.kind == REGULAR:
            self.wrong("--extend", f"Nhiệm vụ {number} thường xuyên, không có hạn để gia hạn.")
            return
        found = self.instance(task, instance, None, self.wrong)
        if found is None:
            return
        now = task.due(found, None)[0]
        if now is not None and on > now:
            message = f"Nhiệm vụ {number} gia hạn ngày {on:%d/%m/%Y}, khi đã quá hạn {now:%d/%m/%Y}."
            self.problems.append(of_file("--extend", "task-field", message, "Kiểm tra ngày văn bản (--on).", WARNING))
        name = "deadline" if found == ONCE else f"deadline:{found}"
        self.entries.append(Entry(f"task:{number}", name, to.isoformat(), on, source=document, reason=reason))

    def hand_over(self, number: str, giver: str, taker: str, on: date, document: str = "", reason: str = "") -> None:
        """From a day this task alone is led by another body; its first deadline goes with it."""
        task = self.task(number)
        one, other = self.body("--hand-over", giver, on), self.body("--hand-over", taker, on)
        if task is None or one is None or other is None:
            return
        now = [held.body for held in holders(task, Instance("", None, None, on), self.roster, on)]
        if one == other or one not in now:
            self.wrong("--hand-over", f"Nhiệm vụ {number} ngày {on:%d/%m/%Y} không do {self._name(one)} chủ trì để giao đi.",
                       "Đang chủ trì: " + self._names(now) + ".")  # fmt: skip
        if self.roster.is_class(other):
            self.wrong("--hand-over", f"Không giao nhiệm vụ cho cả nhóm {self._name(other)}.")
        self.entries.append(Entry(f"task:{number}", f"lead_from:{one}", other, on, source=document, reason=reason))

    def event(self, number: str, day: date, due: date, document: str = "") -> None:
        """What a task waits for has happened: one more instance, with its own deadline."""
        task = self.task(number)
        if task is None:
            return
        if task.kind != ON_EVENT:
            self.wrong("--event", f"Nhiệm vụ {number} không phải loại làm khi có sự kiện.")
        if due < day:
            self.wrong("--due", f"Hạn {due:%d/%m/%Y} trước ngày có sự kiện {day:%d/%m/%Y}.")
        self.entries.append(Entry(f"task:{number}", "event", due.isoformat(), day, source=document))

    def cancel(self, number: str, on: date, document: str, reason: str) -> None:
        """From a day the task is no longer asked for; what was due or finished before stays."""
        if self.task(number) is None:
            return
        if not document.strip() or not reason.strip():
            self.wrong("--cancel", "Hủy nhiệm vụ phải có văn bản và lý do.", "Thêm --document và --reason.")
        self.entries.append(Entry(f"task:{number}", "cancelled", on.isoformat(), on, source=document, reason=reason))

    def tag(self, number: str, units: list[str], on: date, without: list[str] | None = None) -> None:
        """Subordinate units that take part; those already named stay unless they are in `without`."""
        task = self.task(number)
        if task is None:
            return
        found = {name: self.body("--unit", name, on) for name in (*units, *(without or ()))}
        day = next((one.due for one in task.instances(date.min, date.max) if one.due), on) if task.kind in DATED else on
        for unit in (found[name] for name in units):
            why = unit_problem(self.roster, task.leads, unit, day) if unit is not None else ""
            if why:
                self.wrong("--unit", why, "Điền cơ quan quản lý của đơn vị: thidua roster import.")
        dropped = {found[name] for name in without or ()}
        tagged = [
            unit for unit in dict.fromkeys([*task.units, *(found[name] for name in units)]) if unit not in dropped
        ]
        value = SEPARATOR.join(unit for unit in tagged if unit is not None) or SEPARATOR  # nobody any more
        self.entries.append(Entry(f"task:{number}", "units", value, on))

    # --- results -----------------------------------------------------------------------------------------------

    def finish(
        self,
        number: str,
        body: str | None,
        result: Result,
        instance: str = "",
        wrong: Wrong | None = None,
        place: str = "",
    ) -> None:
        """What a body handed in. body: an id, or None when only one can be meant. Empty parts of a result change nothing."""
        tell = wrong or self.wrong
        task = self.task(number, tell)
        if task is None:
            return
        name = self.instance(task, instance, result.finished, tell)
        one = self.held_by(task, name, body, result.finished, tell) if name is not None else None
        if one is None or name is None:
            return
        before = one.result
        if result.finished is not None and not (result.document or before.document):
            tell("document", f"Nhiệm vụ {number}: ngày hoàn thành phải kèm văn bản sản phẩm.", "Ghi số, ký hiệu.")
        if result.finished is None and before.finished is None:
            tell("finished", f"Nhiệm vụ {number} của {self._name(one.body)} chưa có ngày hoàn thành.")
        finished = result.finished or before.finished
        if result.accepted_on is not None and finished is not None and result.accepted_on < finished:
            tell("accepted_on", f"Ngày chấp nhận {result.accepted_on:%d/%m/%Y} trước ngày hoàn thành.")
        document = result.document or before.document
        values = {
            "finished": _iso(result.finished),
            "document": result.document,
            "document_date": _iso(result.document_date),
            "accepted": "" if result.accepted is None else YES if result.accepted else NO,
            "accepted_on": _iso(result.accepted_on),
        }
        subject = f"result:{number}/{one.body}/{name}"
        self.entries += [
            Entry(subject, field_, value, source=document, place=place) for field_, value in values.items() if value
        ]

    def report_progress(self, number: str, body: str | None, year: int, text: str) -> None:
        """What was reached in one year of a task that takes several."""
        task = self.task(number)
        if task is None:
            return
        span = task.span
        if span is None or not span[0] <= year <= max(span[1], (task.due(ONCE, None)[0] or date(span[1], 1, 1)).year):
            printed = f"giai đoạn {span[0]}-{span[1]}" if span else "không phải nhiệm vụ nhiều năm"
            self.wrong("--progress", f"Nhiệm vụ {number} ({printed}) không có tiến độ năm {year}.")
            return
        one = self.held_by(task, ONCE, body, date(year, 12, 31), self.wrong)
        if one is not None:
            self.entries.append(Entry(f"result:{number}/{one.body}/{year}", "progress", text))

    # --- which instance, and whose -----------------------------------------------------------------------------

    def instance(self, task: Task, text: str, finished: date | None, wrong: Wrong) -> str | None:
        """The instance that is meant: a year, the day of an event; "" when the kind leaves one only."""
        if task.kind in DATED:
            return ONCE
        if task.kind == ON_EVENT:
            events = {entry.valid_from.isoformat() for entry in task.facts.history("event") if entry.valid_from}
            if text in events or (not text and len(events) == 1):
                return text or next(iter(events))
            shown = ", ".join(sorted(events)) or "chưa có sự kiện nào"
            wrong("instance", f"Nhiệm vụ {task.number} theo sự kiện: chưa rõ sự kiện nào.", f"Đã nhập: {shown}.")
            return None
        if not text and task.kind == REGULAR and finished is not None:
            return str(finished.year)
        if len(text) == 4 and text.isascii() and text.isdecimal():
            return text
        what = "năm kế hoạch" if yearly_month(task.kind) else "năm"
        wrong("instance", f"Nhiệm vụ {task.number} làm hằng năm: chưa rõ {what} nào.", "Thêm --year, ví dụ 2026.")
        return None

    def held_by(self, task: Task, name: str, body: str | None, day: date | None, wrong: Wrong) -> Held | None:
        """An instance of a task as a body has it on a day. body: an id, or None when only one can be meant."""
        years = self.roster.movement.period
        every = instances(task, self.roster, date(years.from_, 1, 1), date(years.to, 12, 31))
        found = next((one for one in every if one.name == name), None)
        if found is None:
            wrong("instance", f"Nhiệm vụ {task.number} không có kỳ {name}.", "Xem: thidua tasks list.")
            return None
        having = holders(task, found, self.roster, day or date.max)
        if body is None and len(having) == 1:
            return having[0]
        one = next((held for held in having if held.body == body), None)
        if one is None:
            who = self._name(body) if body else "cơ quan nào"
            say = "không do" if body else "do nhiều cơ quan chủ trì, chưa rõ"
            hint = f"Chủ trì: {self._names([held.body for held in having])}." if having else "Nhiệm vụ đã hủy."
            wrong("body", f"Nhiệm vụ {task.number} {say} {who}{' chủ trì' if body else ''}.", hint)
        return one

    def _name(self, ident: str) -> str:
        return self.roster.bodies[ident].name() if ident in self.roster.bodies else ident

    def _names(self, idents: list[str]) -> str:
        shown = "; ".join(f"{ident} {self._name(ident)}" for ident in idents[:8])
        return shown + ("; …" if len(idents) > 8 else "")


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
