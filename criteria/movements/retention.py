"""Checks of how long personal data are kept: every class says how long, once, and no level of awards twice."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from criteria.problems import Problem
from criteria.source import Path, Source


def retention_problems(source: Source, movement: Movement) -> list[Problem]:
    """What is wrong with the retention classes of a movement file."""
    problems: list[Problem] = []
    levels: set[str] = set()
    ids: set[str] = set()
    for index, one in enumerate(movement.retention):
        path: Path = ("retention", index)
        if one.id in ids:
            problems.append(
                source.problem("duplicate-id", (*path, "class"), f"Mã “{one.id}” dùng hai lần trong retention.")
            )
        ids.add(one.id)
        if one.permanent == (one.years is not None):
            message = f"Loại “{one.id}” phải ghi đúng một trong hai: years, hoặc permanent: true."
            problems.append(source.problem("wrong-value", path, message, "Vĩnh viễn thì bỏ years."))
        if one.levels and one.applies_to != ["awards"]:
            message = f"Loại “{one.id}”: levels chỉ dùng với applies_to: [awards]."
            problems.append(source.problem("wrong-value", (*path, "levels"), message, "Tách thành loại riêng."))
        for place, level in enumerate(one.levels):
            if level in levels:
                message = f"Cấp khen thưởng “{level}” đã thuộc loại khác."
                problems.append(source.problem("wrong-value", (*path, "levels", place), message, "Mỗi cấp một loại."))
            levels.add(level)
    return problems
