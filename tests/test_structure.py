"""The house keeps its shape: floors, sizes, no floats in points, no province in code."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("criteria", "scoring", "records", "nominations", "reports", "thidua")  # a package appears when it has content
NOT_PRODUCT = ("tests", "benchmarks")
MOST_LINES = 400
PROVINCES = re.compile("Thái Bình|Hưng Yên|Ninh Bình")
RUN_TEXT = re.compile(r"\b(?:eval|exec)\(")
FLOATS = re.compile(r"\bfloat\(|\bfloat\d+\b|\bastype\(float\)")


def sources(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def lines_with(pattern: re.Pattern[str], *packages: str) -> list[str]:
    """file:line of every line that holds the pattern."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sources(*packages)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def imported(path: Path) -> list[tuple[int, str]]:
    """(line, top-level package) of every import, also of those inside functions."""
    found = []
    for item in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(item, ast.Import):
            found += [(item.lineno, alias.name.partition(".")[0]) for alias in item.names]
        elif isinstance(item, ast.ImportFrom):
            assert item.level == 0, f"{path}:{item.lineno}: imports name their package in full"
            found.append((item.lineno, (item.module or "").partition(".")[0]))
    return found


def test_imports_run_only_downwards() -> None:
    wrong = []
    for floor, package in enumerate(FLOORS):
        above = {*FLOORS[floor + 1 :], *NOT_PRODUCT}
        wrong += [
            f"{path.relative_to(ROOT)}:{line}: imports {name}"
            for path in sources(package)
            for line, name in imported(path)
            if name in above
        ]
    assert wrong == []


def test_files_stay_short() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(*FLOORS)
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_text_is_run_as_code() -> None:
    assert lines_with(RUN_TEXT, *FLOORS) == []


def test_no_float_comes_near_a_point() -> None:
    assert lines_with(FLOATS, "criteria", "scoring") == []


def test_no_province_is_in_code() -> None:
    assert lines_with(PROVINCES, *FLOORS) == []


def test_declared_packages_are_those_on_disk() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    on_disk = [".".join(path.parent.relative_to(ROOT).parts) for path in sources(*FLOORS) if path.name == "__init__.py"]
    assert sorted(declared) == sorted(on_disk)
