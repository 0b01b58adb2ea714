"""Quotas (chỉ tiêu) and standards (tiêu chuẩn) of an award file: complete, apart from one another, in the words of the criteria sets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path as FilePath
from typing import get_args

from criteria.declarations.movement import Movement
from criteria.problems import Problem
from criteria.source import Block, Path, Source, read_source
from nominations.awards.declarations import Award, Awards, Kind, Quota, Standard


def quota_problems(source: Source, awards: Awards, movement: Movement, folder: FilePath) -> list[Problem]:
    """folder: where the criteria sets of the movement lie."""
    problems: list[Problem] = []
    grades = {group.letter: [_grades(folder / name) for name in group.sets] for group in movement.groups}
    for index, award in enumerate(awards.awards):
        path: Path = ("awards", index)
        for place, quota in enumerate(award.quotas):
            problems += _quota(source, quota, (*path, "quotas", place))
        problems += _overlapping(source, awards, award, path)
        for place, standard in enumerate(award.standards):
            problems += _standard(source, standard, (*path, "standards", place), grades)
    return problems


def _quota(source: Source, quota: Quota, path: Path) -> Iterator[Problem]:
    if (quota.number is None) == (quota.percent is None):
        what = "không ghi number, cũng không ghi percent" if quota.number is None else "ghi cả number và percent"
        yield source.problem("award-quota", path, f"Chỉ tiêu {what}.", "Ghi đúng một trong hai.")
    for key, word in (("of", "tỷ lệ của cái gì"), ("rounding", "làm tròn thế nào")):
        told = key in quota.model_fields_set
        if quota.percent is not None and not told:
            yield source.problem("award-quota", path, f"Chỉ tiêu theo tỷ lệ chưa ghi {key} ({word}).", f"Thêm {key}: …")
        elif quota.percent is None and told:
            message = f"Chỉ tiêu theo số lượng không dùng {key} ({word})."
            yield source.problem("award-quota", (*path, key), message, f"Bỏ {key}.")


def _overlapping(source: Source, awards: Awards, award: Award, path: Path) -> Iterator[Problem]:
    """Quotas that are for the same candidates at the same occasion: nobody could say which one counts."""
    cells = [_cells(awards, one) for one in award.quotas]
    for one, other in combinations(range(len(award.quotas)), 2):
        both = sorted(cells[one] & cells[other])
        if both:
            group, subject, kind = both[0]
            who = f"nhóm {group}" if group else f"đối tượng “{subject}” không có nhóm"
            message = f"{award.name}: chỉ tiêu thứ {one + 1} và thứ {other + 1} cùng áp dụng cho {who}, dịp {kind}."
            hint = "Tách groups, subjects, occasions để mỗi đối tượng chỉ có một chỉ tiêu."
            yield source.problem("award-quota", (*path, "quotas", other), message, hint)


def _cells(awards: Awards, quota: Quota) -> set[tuple[str, str, str]]:
    """Group, subject and occasion of everybody a quota is for; group "" without one."""
    pairs = [(group, one.id) for one in awards.subjects for group in (*one.groups, "")]
    return {
        (group, subject, kind)
        for (group, subject), kind in product(pairs, quota.occasions or get_args(Kind))
        if (not quota.groups or group in quota.groups) and (not quota.subjects or subject in quota.subjects)
    }


def _standard(
    source: Source, standard: Standard, path: Path, grades: dict[str, list[list[str] | None]]
) -> Iterator[Problem]:
    asks = (standard.least_figure, standard.grade, standard.most_rank)
    if all(one is None for one in asks):
        message = "Tiêu chuẩn không đòi hỏi gì."
        yield source.problem("award-incomplete", path, message, "Ghi least_figure, grade hoặc most_rank.")
    if standard.grade is None:
        return
    for group in standard.groups or list(grades):
        for known in grades.get(group, []):
            if known is not None and standard.grade not in known:
                message = f"Mức “{standard.grade}” không có trong bộ tiêu chí của nhóm {group}."
                hint = "Các mức: " + "; ".join(known) + "."
                yield source.problem("unknown-grade", (*path, "grade"), message, hint)
                break


def _grades(path: FilePath) -> list[str] | None:
    """Names of the grades of a set, best first; None when they do not stand in this very file (its own check says why)."""
    source, _ = read_source(path)
    if source is None or not isinstance(source.data, Block) or not isinstance(source.data.get("grades"), list):
        return None
    found = [one for one in source.data["grades"] if isinstance(one, Block)]
    return [str(one.get("name", one.get("otherwise", ""))) for one in found]
