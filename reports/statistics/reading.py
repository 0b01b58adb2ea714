"""thong-ke.yaml read and checked: every source named is declared, every award, subject and loại hình is one of the award file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from criteria.problems import Problem, errors
from criteria.source import read_source
from criteria.validation import validate
from nominations.awards.declarations import Awards
from nominations.awards.reading import AWARDS, read_awards
from nominations.history.naming import LEVELS
from records.workspace.folder import Workspace
from reports.statistics.declarations import Statistics, When

FILE = "thong-ke.yaml"
CODE = "statistics"


def read_statistics(workspace: Workspace, awards: Awards | None) -> tuple[Statistics | None, list[Problem]]:
    """None without problems when the movement has no such file: then only the program's own headings are printed."""
    path = workspace.movement_folder / FILE
    if not path.is_file():
        return None, []
    return read_file(path, awards)


def check_file(path: Path) -> tuple[Statistics | None, list[Problem]]:
    """The file with the award file beside it, whose own findings are told elsewhere."""
    file = read_awards(path.parent / AWARDS)[0] if (path.parent / AWARDS).is_file() else None
    return read_file(path, file.awards if file is not None else None)


def read_file(path: Path, awards: Awards | None) -> tuple[Statistics | None, list[Problem]]:
    source, problems = read_source(path)
    if source is None:
        return None, problems
    declared, found = validate(source, Statistics)
    problems += found
    if declared is None:
        return None, problems
    problems += [source.problem(CODE, place, message, hint) for place, message, hint in _names(declared, awards)]
    return (None if errors(problems) else declared), problems


Told = tuple[tuple[Any, ...], str, str]


def _names(declared: Statistics, awards: Awards | None) -> Iterator[Told]:
    known = {one.id for one in declared.sources}
    regime = declared.regime
    used: list[tuple[tuple[Any, ...], str]] = [(("regime", "source"), regime.source)]
    used.append((("regime", "window", "source"), regime.window.source))
    used += [(("regime", "due", "source"), regime.due.source)] if regime.due is not None else []
    used += [(("regime", "later", "source"), regime.later.source)] if regime.later is not None else []
    used += [(("forms", place, "source"), form.source) for place, form in enumerate(declared.forms)]
    for at, name in used:
        if name not in known:
            yield at, f"Không có nguồn “{name}”.", f"Các nguồn: {', '.join(sorted(known)) or 'chưa khai'}."
    seen: set[str] = set()
    for place, form in enumerate(declared.forms):
        if form.number in seen:
            yield ("forms", place, "number"), f"Biểu {form.number} khai hai lần.", "Giữ một."
        seen.add(form.number)
        if form.counts == "awards" and form.level not in LEVELS:
            yield ("forms", place), f"Biểu {form.number}: không có cấp “{form.level}”.", f"level: {', '.join(LEVELS)}."
        for number, column in enumerate(form.columns):
            yield from _of_when(("forms", place, "columns", number), column.when, awards)
        for number, row in enumerate(form.rows):
            yield from _of_when(("forms", place, "rows", number), row.when, awards)


def _of_when(at: tuple[Any, ...], when: When, awards: Awards | None) -> Iterator[Told]:
    if awards is None:
        return
    known = {
        "awards": [one.id for one in awards.awards],
        "kinds": [one.id for one in awards.subjects],
        "categories": [one.id for one in awards.categories],
    }
    for field, names in known.items():
        for name in getattr(when, field):
            if name not in names:
                yield (*at, "when", field), f"Tệp khen thưởng không có “{name}”.", f"Một trong: {', '.join(names)}."
