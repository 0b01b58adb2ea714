"""Editions of a standard to be held against each other: files, or all sets of two folders paired by id."""

from __future__ import annotations

from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.loading import read_set
from criteria.movements.reading import MOVEMENT, set_files
from criteria.problems import Problem, errors, of_file
from criteria.source import read_source
from records.workspace.folder import MARK, MOVEMENT_FOLDER, Workspace, open_workspace


def read_edition(path: Path, here: Workspace | None = None) -> tuple[CriteriaSet | None, list[Problem]]:
    """A set with the settings of the workspace its file lies in, else of the one that is open; only what is wrong, no warnings."""
    settings = here.settings if here is not None else {}
    folder = path.resolve().parent
    problems: list[Problem] = []
    if folder.name == MOVEMENT_FOLDER and (folder.parent / MARK).is_file():
        own, problems = open_workspace(folder.parent)
        if own is not None:
            settings = own.settings
            own.close()
    if errors(problems):
        return None, errors(problems)
    bound, problems = read_set(path)
    if bound is not None:
        chosen = {name: value for name, value in settings.items() if name in bound.declaration.settings}
        if chosen:
            bound, problems = read_set(path, chosen)
    return bound, errors(problems)


def movement_folder(path: Path) -> Path | None:
    """The folder of the sets, of a workspace or of a movement; None for another folder."""
    if (path / MARK).is_file():
        return path / MOVEMENT_FOLDER
    return path if (path / MOVEMENT).is_file() else None


def edition_pairs(old: Path, new: Path) -> tuple[list[tuple[Path | None, Path | None]], list[Problem]]:
    """The sets of two folders by id, then by file name; None where one of them has no such set."""
    folders = [(path, movement_folder(path)) for path in (old, new)]
    problems = [
        of_file(
            path,
            "workspace",
            f"{path} không phải thư mục làm việc hay thư mục của một phong trào.",
            "Nêu tệp hoặc mã bộ.",
        )
        for path, folder in folders
        if folder is None
    ]
    if problems:
        return [], problems
    before, after = ({_id(file): file for file in set_files(folder)} for _, folder in folders if folder is not None)
    names = {file.name: ident for ident, file in before.items() if ident not in after}
    pairs: list[tuple[Path | None, Path | None]] = []
    taken = set()
    for ident, file in after.items():
        known = ident if ident in before else names.get(file.name)
        taken.add(known)
        pairs.append((before.get(known) if known is not None else None, file))
    return pairs + [(file, None) for ident, file in before.items() if ident not in taken], []


def _id(file: Path) -> str:
    source, _ = read_source(file)
    found = source.data.get("criteria_set") if source is not None and isinstance(source.data, dict) else None
    return str(found or file.name)
