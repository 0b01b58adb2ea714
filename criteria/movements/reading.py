"""A movement's folder: movement.yaml, documents.yaml and the sets beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from criteria.declarations.movement import Documents, Movement
from criteria.movements.calendar import calendar_problems
from criteria.movements.reporting import reporting_problems
from criteria.movements.retention import retention_problems
from criteria.movements.verifiers import body_id, without_verifier
from criteria.movements.years import check_years
from criteria.problems import Problem
from criteria.source import Block, Source, read_source
from criteria.validation import validate

DOCUMENTS = "documents.yaml"
MOVEMENT = "movement.yaml"
CATALOG = Path(__file__).parents[1] / "catalog"


def read_movement(path: Path) -> tuple[Movement | None, list[Problem]]:
    """A movement file and its findings: form, ids used twice, sets, bodies and documents that are not there."""
    source, problems = read_source(path)
    if source is None:
        return None, problems
    movement, found = validate(source, Movement)
    problems += found
    if movement is not None:
        problems += _ids(source, movement) + _references(source, movement, path.parent)
        if not problems:
            problems += _verifiers(source, movement, path.parent)
        problems += check_years(source, movement, path.parent)
        problems += calendar_problems(source, movement) + reporting_problems(source, movement)
        problems += retention_problems(source, movement)
    return movement, problems


def _ids(source: Source, movement: Movement) -> list[Problem]:
    problems = []
    for key in (
        "tags",
        "bodies",
        "indexes",
        "evidence_kinds",
        "milestones",
        "occasions",
        "reporting",
        "open_questions",
    ):
        seen: set[str] = set()
        for index, item in enumerate(getattr(movement, key)):
            if item.id in seen:
                problems.append(
                    source.problem("duplicate-id", (key, index, "id"), f"Mã “{item.id}” dùng hai lần trong {key}.")
                )
            seen.add(item.id)
    return problems


def _references(source: Source, movement: Movement, folder: Path) -> list[Problem]:
    problems = []
    bodies = {body.id for body in movement.bodies}
    for index, group in enumerate(movement.groups):
        for place, name in enumerate(group.sets):
            if "/" in name or "\\" in name or not (folder / name).is_file():
                problems.append(
                    source.problem(
                        "file-not-found",
                        ("groups", index, "sets", place),
                        f"Không có tệp “{name}” trong thư mục của phong trào.",
                    )
                )
    problems += _models_measure(source, movement, folder)
    for index, alternate in enumerate(movement.alternates):
        for key, body in (("body", alternate.body), ("instead", alternate.instead)):
            if body not in bodies:
                problems.append(
                    source.problem(
                        "unknown-name", ("alternates", index, key), f"Cơ quan “{body}” không khai trong bodies."
                    )
                )
        if alternate.body == alternate.instead:
            problems.append(
                source.problem(
                    "wrong-value", ("alternates", index, "instead"), f"“{alternate.body}” không thể thay chính mình."
                )
            )
    for index, question in enumerate(movement.open_questions):
        for place, body in enumerate(question.answered_by):
            if body not in bodies:
                problems.append(
                    source.problem(
                        "unknown-name",
                        ("open_questions", index, "answered_by", place),
                        f"Cơ quan “{body}” không khai trong bodies.",
                    )
                )
    return problems


def _models_measure(source: Source, movement: Movement, folder: Path) -> list[Problem]:
    """A measure that no set has. Where a set cannot be read nobody can say."""
    name = movement.models_measure
    if name is None:
        return []
    for file in (file for group in movement.groups for file in group.sets):
        found, _ = read_source(folder / file)
        measures = found.data.get("measures", {}) if found is not None and isinstance(found.data, Mapping) else None
        if not isinstance(measures, Mapping) or name in measures:
            return []
    message = f"Không bộ tiêu chí nào có chỉ tiêu “{name}”."
    return [source.problem("unknown-name", ("models_measure",), message, "Ghi tên một chỉ tiêu ở measures, hoặc bỏ.")]


def _verifiers(source: Source, movement: Movement, folder: Path) -> list[Problem]:
    """Candidates for whom nobody is left who may verify a criterion."""
    named = {name for group in movement.groups for file in group.sets for name in _verifying(folder / file)}
    used = {body_id(movement, name) for name in named}
    names = {body.id: body.name for body in movement.bodies}
    left: dict[str, list[str]] = {}
    for body, other, below in without_verifier(movement, used):
        left.setdefault(other, []).append(names[body] + (" (đơn vị thuộc nó)" if below else ""))
    problems = []
    for other, asked in left.items():
        whose = "; ".join(asked)
        message = f"Không còn ai thẩm định {names[other]} ở tiêu chí giao cho {whose}: các cơ quan thay thế đi vòng."
        hint = "Ghi cơ quan thay thế khác ở alternates để không ai tự thẩm định hay thẩm định lẫn nhau."
        at = next((i for i, one in enumerate(movement.alternates) if one.body == other), None)
        place = ("alternates", at) if at is not None else ("bodies",)
        problems.append(source.problem("verifier-loop", place, message, hint))
    return problems


def _verifying(path: Path) -> Iterator[str]:
    """Every verified_by of a set, as written; nothing when the file cannot be read (its own check says why)."""
    source, _ = read_source(path)

    def walk(data: Any) -> Iterator[str]:
        if isinstance(data, Mapping):
            found = data.get("verified_by", [])
            yield from ([str(found)] if isinstance(found, str) else map(str, found))
        for value in data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ():
            yield from walk(value)

    yield from walk(source.data) if source is not None else ()


def read_documents(path: Path) -> tuple[Documents | None, list[Problem]]:
    """The register of legal bases and its findings."""
    source, problems = read_source(path)
    if source is None:
        return None, problems
    register, found = validate(source, Documents)
    problems += found
    if register is not None:
        ids: set[str] = set()
        known = {basis.id for basis in register.documents}
        for index, basis in enumerate(register.documents):
            if basis.id in ids:
                problems.append(
                    source.problem("duplicate-id", ("documents", index, "id"), f"Mã văn bản “{basis.id}” dùng hai lần.")
                )
            ids.add(basis.id)
            for key, other in (("replaced_by", basis.replaced_by), ("amended_by", basis.amended_by)):
                if other is not None and other not in known:
                    problems.append(
                        source.problem(
                            "unknown-basis", ("documents", index, key), f"Văn bản “{other}” không được khai báo."
                        )
                    )
    return register, problems


def kind_of(path: Path) -> str:
    """What a YAML file is: set, movement, documents, awards, statistics, or other."""
    source, _ = read_source(path)
    data = source.data if source is not None else None
    if not isinstance(data, Block):
        return "set" if source is None else "other"
    if "criteria_set" in data or "extends" in data or "tree" in data:
        return "set"
    if "documents" in data:
        return "documents"
    if "awards" in data or "duration_basis" in data:
        return "awards"
    if "regime" in data or "forms" in data:
        return "statistics"
    return "movement" if "groups" in data else "other"


def movements(catalog: Path = CATALOG) -> list[Path]:
    """The folders of a catalog that hold a movement."""
    return sorted(path.parent for path in catalog.glob(f"*/{MOVEMENT}"))


def set_files(folder: Path) -> list[Path]:
    """The criteria files of a folder, in the order of their names."""
    return sorted(
        path for path in folder.glob("*.yaml") if path.name not in (MOVEMENT, DOCUMENTS) and kind_of(path) == "set"
    )
