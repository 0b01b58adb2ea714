"""The reporting calendar of a movement file: receivers that are declared, days that exist, as many as the cycle has periods."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from criteria.declarations.movement import Movement
from criteria.declarations.reporting import CYCLES, Reporting
from criteria.problems import Problem
from criteria.source import Source

_MONTHLY, _DATED = re.compile(r"\+?([0-9]{2})"), re.compile(r"\+?([0-9]{2})-([0-9]{2})")
_LEAP = 2028


def reporting_problems(source: Source, movement: Movement) -> list[Problem]:
    """Every finding about `reporting`."""
    problems = []
    bodies = {body.id for body in movement.bodies}
    for index, duty in enumerate(movement.reporting):
        if duty.to not in bodies:
            message = f"Cơ quan “{duty.to}” không khai trong bodies."
            problems.append(source.problem("unknown-name", ("reporting", index, "to"), message))
        periods = 1 if duty.every == "once" else len(CYCLES[duty.every])
        if len(duty.due) not in _counts(duty, periods):
            message = f"Chế độ báo cáo “{duty.id}” có {len(duty.due)} ngày, mỗi năm có {periods} kỳ."
            more = "Ghi một ngày cho mỗi kỳ theo thứ tự; văn bản không in ngày thì bỏ trống due."
            problems.append(source.problem("wrong-value", ("reporting", index, "due"), message, more))
        for place, text in enumerate(duty.due):
            if not _exists(duty, text):
                hint = {"month": "Viết ngày trong tháng, ví dụ 25 hoặc +05 (tháng sau).", "once": "Viết 2025-03-31."}
                message = f"“{text}” không phải ngày nộp báo cáo."
                problems.append(
                    source.problem(
                        "wrong-value",
                        ("reporting", index, "due", place),
                        message,
                        hint.get(duty.every, "Viết tháng-ngày, ví dụ 06-10 hoặc +01-15 (năm sau)."),
                    )
                )
    return problems


def _counts(duty: Reporting, periods: int) -> tuple[int, ...]:
    """How many days may be printed; a monthly report has one for all months, one that is due once has it."""
    if duty.every == "once":
        return (1,)
    return (0, 1) if duty.every == "month" else (0, periods)


def _exists(duty: Reporting, text: str) -> bool:
    try:
        if duty.every == "once":
            dt.date.fromisoformat(text)
            return len(text) == len("2025-03-31")
        if duty.every == "month":
            found = _MONTHLY.fullmatch(text)
            return found is not None and 1 <= int(found[1]) <= monthrange(_LEAP, 1)[1]
        dated = _DATED.fullmatch(text)
        return dated is not None and bool(dt.date(_LEAP, int(dated[1]), int(dated[2])))
    except ValueError:
        return False
