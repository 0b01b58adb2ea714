"""Editions of a standard to be held against each other: files, or all sets of two folders paired by id."""

from __future__ import annotations

from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.loading import read_set
from criteria.movements.reading import DOCUMENTS, MOVEMENT, set_files
from criteria.problems import Problem, errors, of_file
from criteria.source import read_source
from records.workspace.folder import MARK, MOVEMENT_FOLDER, Workspace, open_workspace

_BESIDE = {"unknown-basis": DOCUMENTS, "measure-unreported": MOVEMENT}  # what is not found without which file


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
    if alone := draft_alone(path, problems):
        return None, alone
    if bound is not None:
        chosen = {name: value for name, value in settings.items() if name in bound.declaration.settings}
        if chosen:
            bound, problems = read_set(path, chosen)
    return bound, errors(problems)


def draft_alone(path: Path, problems: list[Problem]) -> list[Problem]:
    """Of a draft that lies without the files its set leans on: that alone, instead of a finding for every clause and measure."""
    lost = [name for code, name in _BESIDE.items() if not (path.resolve().parent / name).is_file()]
    codes = [code for code, name in _BESIDE.items() if name in lost]
    unknown = [one for one in errors(problems) if one.code in codes]
    if not unknown:
        return []
    message = (
        f"Bên cạnh tệp không có {', '.join(lost)}: không tra được {len(unknown)} căn cứ, nguồn số liệu bộ tiêu chí nêu."
    )
    hint = (
        f"Để bản thảo vào thư mục {MOVEMENT_FOLDER} của thư mục làm việc, hoặc chép cả thư mục đó ra rồi sửa bản chép."
    )
    return [of_file(path, unknown[0].code, message, hint), *(one for one in errors(problems) if one.code not in codes)]


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
