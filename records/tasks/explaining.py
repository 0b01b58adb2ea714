"""Why a task is late (giải trình): what its body says, kept with the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from records.ledger.entries import Entry
from records.tasks.changes import Book, Wrong
from records.tasks.listing import state_of, strict_before
from records.tasks.plans import plain
from records.tasks.register import Result


def explain(
    book: Book,
    number: str,
    body: str | None,
    text: str,
    on: date,
    instance: str = "",
    finished: date | None = None,
    wrong: Wrong | None = None,
    place: str = "",
) -> None:
    """Of a task that was finished late or is overdue on a day, or of regular work of a year that has passed without a result.
    finished: the day that is entered together with it."""
    tell = wrong or book.wrong
    task = book.task(number, tell)
    if task is None:
        return
    name = book.instance(task, instance, finished, tell)
    one = book.held_by(task, name, body, finished or on, tell) if name is not None else None
    if one is None:
        return
    known: Result = replace(one.result, finished=finished or one.result.finished)
    state = state_of(replace(one, result=known), on, strict_before(book.workspace))
    past = state == "yearly" and one.instance.year is not None and one.instance.year < on.year
    if state not in ("late", "overdue") and not past:
        tell(
            "explanation",
            f"Nhiệm vụ {number} không quá hạn tính đến {on:%d/%m/%Y}, không có gì phải giải trình.",
            "Chỉ giải trình nhiệm vụ hoàn thành quá hạn hoặc quá hạn chưa hoàn thành.",
        )
        return
    if not plain(text):
        tell("explanation", f"Giải trình của nhiệm vụ {number} trống.")
        return
    book.entries.append(Entry(f"result:{number}/{one.body}/{name}", "explanation", plain(text), place=place))
