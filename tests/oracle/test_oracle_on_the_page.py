"""Every example of docs/criteria-language.md, computed by the oracle."""

from __future__ import annotations

import csv
import io
import re
import shlex
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.oracle import score

PAGE = Path(__file__).resolve().parents[2] / "docs" / "criteria-language.md"
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def blocks() -> list[tuple[str, str, str]]:
    """Info string, text and the heading above of every fenced block."""
    text = PAGE.read_text(encoding="utf-8")
    outside = FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)  # same length
    headings = [(match.start(), match[1]) for match in HEADING.finditer(outside)]
    return [
        (
            match[1].strip(),
            match[2],
            next((title for start, title in reversed(headings) if start < match.start()), ""),
        )
        for match in FENCE.finditer(text)
    ]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def examples() -> list[Any]:
    """One example per `csv expected`: its files, and the table it must give."""
    found, header = [], ""
    files: dict[str, Any] = {}
    for kind, text, heading in blocks():
        if kind == "yaml header":
            header = text
        elif kind == "yaml criteria":
            files = {"criteria": header + text, "items": {}, "options": ""}
        elif kind == "yaml criteria-again":
            files = files | {"items": dict(files["items"])}
        elif kind.startswith("csv items "):
            files["items"][kind.split()[-1]] = table(text)
        elif kind in ("csv table", "csv previous"):
            files[kind.split()[-1]] = table(text)
        elif kind == "options":
            files["options"] = text
        elif kind == "csv expected":
            found.append(pytest.param(dict(files), table(text), id=heading))
    return found


def options(text: str) -> dict[str, Any]:
    read: dict[str, Any] = {"settings": {}}
    words = iter(shlex.split(text))
    for word in words:
        if word == "--closed":
            read["closed"] = True
        elif word == "--setting":
            name, value = next(words).split("=", 1)
            read["settings"][name] = value
        else:
            read[word.removeprefix("--")] = next(words)
    return read


def computed(result: dict, column: str, shown: dict) -> Any:
    """What the oracle says of one column of `expected`."""
    kind, _, name = column.partition(":")
    if kind == "state":
        return result["state"][name]
    if kind == "quantity":
        value, spec = result["quantities"][name], shown[name]
        if value is not None and spec.get("show") == "percent":
            value *= 100
        return value
    return result["points"][column] if column in result["points"] else result[column]


def stated(cell: str, column: str) -> Any:
    if cell == "":
        return None
    if column in ("tied", "eligible"):
        return {"yes": True, "no": False}[cell]
    if column in ("grade", "quota") or column.startswith("state:"):
        return cell
    return Fraction(cell)


@pytest.mark.parametrize(("files", "expected"), examples())
def test_example(files: dict, expected: list[dict[str, str]]):
    criteria = yaml.load(files["criteria"], Loader=yaml.BaseLoader)
    results = score(
        criteria,
        files["table"],
        files["items"],
        files.get("previous"),
        **options(files["options"]),
    )
    wrong = {
        (row["id"], column): (stated(cell, column), computed(results[row["id"]], column, shown))
        for shown in [criteria.get("quantities") or {}]
        for row in expected
        for column, cell in row.items()
        if column != "id" and stated(cell, column) != computed(results[row["id"]], column, shown)
    }
    assert not wrong, wrong


def test_the_page_has_examples():
    assert len(examples()) >= 20
