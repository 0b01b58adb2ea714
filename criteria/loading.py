"""Loading a criteria set: read, extend, validate, bind, check. Problems come back as values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from criteria.binding import SetBindery
from criteria.checks import run_checks
from criteria.criteria_set import CriteriaSet, digest
from criteria.declarations.common import Basis
from criteria.movements.reading import DOCUMENTS, MOVEMENT, read_documents, read_movement
from criteria.problems import ERROR, Problem, ProblemsFound, errors, of_file
from criteria.source import Block, Sequence, Source, parse_source, read_source
from criteria.validation import validate

_MERGED_BY_ID = ("tree", "children", "plus", "less", "items", "bases")


def load(path: FilePath | str, settings: Mapping[str, str] | None = None) -> CriteriaSet:
    """The criteria set of a YAML file.

    path: the file. settings: values for the set's `settings`, by name.
    Raises ProblemsFound with every error found; warnings are kept in `.warnings`.
    """
    bound, problems = read_set(path, settings)
    if bound is None or errors(problems):
        raise ProblemsFound(problems)
    return bound


def load_text(text: str, settings: Mapping[str, str] | None = None, file: str = "<text>") -> CriteriaSet:
    """The same from a text, which extends nothing. Raises ProblemsFound."""
    source, problems = parse_source(text, file)
    bound = None
    if source is not None:
        bound, more = _build(source, digest(text.encode()), settings or {}, {})
        problems = [*problems, *more]
    if bound is None or errors(problems):
        raise ProblemsFound(problems)
    return bound


def read_set(
    path: FilePath | str, settings: Mapping[str, str] | None = None
) -> tuple[CriteriaSet | None, list[Problem]]:
    """The set (None if it cannot be built) and all findings, errors and warnings."""
    source, problems = read_source(path)
    if source is None:
        return None, problems
    hashes = [digest(FilePath(path).read_bytes())]
    more: list[Problem] = []
    source = _extended(source, FilePath(path), more, hashes, (str(FilePath(path).resolve()),))
    documents = _documents(FilePath(path).parent, more, hashes)
    problems += more
    if errors(more):  # what is inherited cannot be read: everything that rests on it would be called wrong
        return None, sorted(set(problems))
    bound, found = _build(
        source, digest("".join(hashes).encode()) if len(hashes) > 1 else hashes[0], settings or {}, documents
    )
    problems += found
    return (None if errors(problems) else bound), sorted(set(problems))


def _build(
    source: Source, sha256: str, settings: Mapping[str, str], documents: dict[str, Basis]
) -> tuple[CriteriaSet | None, list[Problem]]:
    declared, problems = validate(source)
    if declared is None:
        return None, problems
    bound = CriteriaSet(declared, source, source.file, sha256)
    bound.bases = dict(documents)
    bound.bodies = bodies(source.file)
    for basis in declared.bases:
        if isinstance(basis, Basis):
            bound.bases[basis.id] = basis
    problems += _settings(bound, settings)
    bindery = SetBindery(bound, problems)
    bindery.bind_all()
    problems += run_checks(bound, bindery)
    kept = list(dict.fromkeys(problems))
    bound.warnings = tuple(p for p in sorted(kept) if p.severity != ERROR)
    return bound, kept


def bodies(file: str) -> dict[str, str]:
    """Names of the bodies that the movement file beside a set declares, by id."""
    path = FilePath(file).parent / MOVEMENT
    movement = read_movement(path)[0] if path.is_file() else None
    return {body.id: body.name for body in movement.bodies} if movement is not None else {}


def _settings(bound: CriteriaSet, chosen: Mapping[str, str]) -> list[Problem]:
    """Take over the chosen values; refuse unknown names and values."""
    problems: list[Problem] = []
    declared = bound.declaration.settings
    for name, value in {**{n: str(s.value) for n, s in declared.items()}, **chosen}.items():
        if name not in declared:
            problems.append(
                of_file(
                    bound.file,
                    "unknown-setting",
                    f"Không có thiết lập “{name}”.",
                    "Các thiết lập: " + (", ".join(declared) or "không có") + ".",
                )
            )
        elif declared[name].choices and value not in declared[name].choices:
            place = bound.source.place(("settings", name, "value"))
            problems.append(
                Problem(
                    place.file,
                    place.line,
                    place.column,
                    "unknown-setting",
                    f"Thiết lập “{name}” không nhận “{value}”.",
                    "Các lựa chọn: " + ", ".join(declared[name].choices) + ".",
                )
            )
        else:
            bound.settings[name] = value
    return problems


def _documents(folder: FilePath, problems: list[Problem], hashes: list[str]) -> dict[str, Basis]:
    """The register of legal bases that stands beside the set, if there is one."""
    path = folder / DOCUMENTS
    if not path.is_file():
        return {}
    register, found = read_documents(path)
    problems += found
    hashes.append(digest(path.read_bytes()))
    return {basis.id: basis for basis in register.documents} if register is not None else {}


def _extended(
    source: Source, path: FilePath, problems: list[Problem], hashes: list[str], chain: tuple[str, ...]
) -> Source:
    """The set with what it extends underneath."""
    data = source.data
    if not isinstance(data, Block) or not isinstance(data.get("extends"), str):
        return source
    name = str(data["extends"])
    base_path = _find_set(path.parent, name)
    if base_path is None or not _plain_name(name):
        problems.append(
            source.problem(
                "unknown-extends",
                ("extends",),
                f"Không có bộ tiêu chí “{name}” trong thư mục này.",
                "Nêu mã (criteria_set) hoặc tên tệp, không kèm .yaml.",
            )
        )
        return source
    if str(base_path.resolve()) in chain:
        problems.append(source.problem("circular", ("extends",), f"Kế thừa vòng quanh qua “{name}”."))
        return source
    base, found = read_source(base_path)
    problems += found
    if base is None or not isinstance(base.data, Block):
        return source
    hashes.append(digest(base_path.read_bytes()))
    base = _extended(base, base_path, problems, hashes, (*chain, str(base_path.resolve())))
    merged = _merged(base.data, data)
    removed = [str(item) for item in data.get("remove") or []]
    unknown = [item for item in removed if not _holds(merged, item)]
    for item in unknown:
        problems.append(source.problem("unknown-name", ("remove",), f"Không có tiêu chí “{item}” để bỏ."))
    return Source(source.file, _without(merged, set(removed)))


def _plain_name(name: str) -> bool:
    return name.replace("-", "").replace("_", "").replace(".", "").isalnum() and ".." not in name


def files_of(path: FilePath) -> list[FilePath]:
    """A set's file and, after it, those it extends, as far as they can be found."""
    found, here = [path], path
    while True:
        source, _ = read_source(here)
        data = source.data if source is not None else None
        name = data.get("extends") if isinstance(data, Block) else None
        base = _find_set(here.parent, str(name)) if isinstance(name, str) else None
        if base is None or base in found:
            return found
        found.append(base)
        here = base


def _find_set(folder: FilePath, name: str) -> FilePath | None:
    direct = folder / f"{name}.yaml"
    if _plain_name(name) and direct.is_file():
        return direct
    for path in sorted(folder.glob("*.yaml")):
        source, _ = read_source(path)
        if source is not None and isinstance(source.data, Block) and source.data.get("criteria_set") == name:
            return path
    return None


def _merged(base: Any, over: Any, key: str = "") -> Any:
    """`over` laid on `base`: key by key, and by id in lists of things that have ids."""
    if isinstance(base, Block) and isinstance(over, Block):
        result = Block(base)
        result.place, result.keys_at = over.place, {**base.keys_at, **over.keys_at}
        for name, value in over.items():
            result[name] = _merged(base[name], value, name) if name in base else value
        return result
    if (
        isinstance(base, Sequence)
        and isinstance(over, Sequence)
        and key in _MERGED_BY_ID
        and _with_ids(base)
        and _with_ids(over)
    ):
        replacing = {item["id"]: item for item in over}
        items = [_merged(item, replacing.pop(item["id"])) if item["id"] in replacing else item for item in base]
        known = {item["id"] for item in base}
        result_list = Sequence([*items, *(item for item in over if item["id"] not in known)])
        result_list.place = over.place
        return result_list
    return over


def _with_ids(items: Sequence) -> bool:
    return all(isinstance(item, Block) and isinstance(item.get("id"), str) for item in items)


def _holds(data: Any, node_id: str) -> bool:
    if isinstance(data, dict):
        return data.get("id") == node_id or any(_holds(value, node_id) for value in data.values())
    return isinstance(data, list) and any(_holds(item, node_id) for item in data)


def _without(data: Any, removed: set[str]) -> Any:
    if not removed:
        return data
    if isinstance(data, Block):
        result = Block({key: _without(value, removed) for key, value in data.items()})
        result.place, result.keys_at = data.place, data.keys_at
        return result
    if isinstance(data, Sequence):
        kept = Sequence(
            _without(item, removed) for item in data if not (isinstance(item, Block) and item.get("id") in removed)
        )
        kept.place = data.place
        return kept
    return data
