"""Which criteria set somebody means who names one."""

from __future__ import annotations

from os.path import isfile
from pathlib import Path


def find_set(name: str, first: Path | None = None) -> Path | None:
    """The file of a set by path, by file name, or by id. first: a movement's folder looked into before the catalogue."""
    from criteria.movements.reading import movements, set_files
    from criteria.source import read_source

    if isfile(name):
        return Path(name)
    for folder in [*([first] if first is not None else []), *movements()]:
        for path in set_files(folder):
            source, _ = read_source(path)
            if path.stem == name or (source is not None and source.data.get("criteria_set") == name):
                return path
    return None
