"""Examples as folders or page blocks: criteria, tables, options, expected columns."""

from __future__ import annotations

import csv
import io
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from criteria.loading import read_set
from criteria.problems import Problem, errors
from records.tables.table_files import read_items, read_table
from reports.result_rows import header, row
from scoring import score
from scoring.result import Result

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Example:
    """The files of one example. expected_error: problem codes that must be found instead of a result."""

    name: str
    criteria: Path
    table: Path | None = None
    items: dict[str, Path] = field(default_factory=dict)
    previous: Path | None = None
    options: str = ""
    expected: str = ""
    expected_error: list[str] = field(default_factory=list)

    def option(self, name: str) -> list[str]:
        words = shlex.split(self.options)
        return [words[place + 1] for place, word in enumerate(words) if word == name]


def run(example: Example) -> tuple[Result | None, list[Problem]]:
    """Score the example through the public functions."""
    settings = dict(pair.split("=", 1) for pair in example.option("--setting"))
    criteria, problems = read_set(example.criteria, settings)
    if criteria is None or example.table is None:
        return None, problems
    table, found = read_table(example.table, criteria)
    problems = problems + found
    if table is None:
        return None, problems
    items = {}
    for name, path in example.items.items():
        items[name], found = read_items(path, criteria, name, table.ids)
        problems = problems + found
    previous = None
    if example.previous is not None:
        previous, found = read_table(example.previous, criteria, only=())
        problems = problems + found
    if errors(problems):
        return None, problems
    period, pool = example.option("--period"), example.option("--pool")
    return score(
        criteria,
        table,
        items,
        previous,
        closed="--closed" in example.options,
        period=period[0] if period else None,
        pool=pool[0] if pool else None,
    ), problems


def differences(result: Result, expected: str) -> list[str]:
    """Cells that are not as expected, one line each."""
    titles = header(result)
    found = {
        candidate: dict(zip(titles, row(result, result.candidate(candidate)), strict=True)) for candidate in result.ids
    }
    wrong = []
    for line in csv.DictReader(io.StringIO(expected.strip())):
        for column, value in line.items():
            if column == "id" or value is None:
                continue
            got = found[line["id"]][column]
            if got != value.strip():
                wrong.append(f"{line['id']}.{column}: expected {value!r}, got {got!r}")
    return wrong


def folder_examples(folder: Path) -> list[Example]:
    """Every example of a folder of folders; files with a suffix (-2027) make an example of their own."""
    found = []
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        for expected in sorted(home.glob("expected*.csv")):
            suffix = expected.stem.removeprefix("expected")
            name = f"{home.name}{suffix}"
            if suffix == "-problems":
                codes = [line["code"] for line in csv.DictReader(expected.open(encoding="utf-8"))]
                found.append(
                    Example(
                        name,
                        home / "criteria.yaml",
                        home / "table.csv" if (home / "table.csv").exists() else None,
                        expected_error=codes,
                    )
                )
                continue

            def pick(stem: str, ending: str, home: Path = home, suffix: str = suffix) -> Path | None:
                for path in (home / f"{stem}{suffix}{ending}", home / f"{stem}{ending}"):
                    if path.exists():
                        return path
                return None

            options = pick("options", "")
            items = {path.stem.removeprefix("items-"): path for path in sorted(home.glob("items-*.csv"))}
            names = {n for n in items if not any(n != m and n.startswith(m + "-") for m in items)}
            chosen = {n: items.get(n + suffix, items[n]) for n in names}
            criteria = pick("criteria", ".yaml")
            assert criteria is not None, home
            found.append(
                Example(
                    name,
                    criteria,
                    pick("table", ".csv"),
                    chosen,
                    pick("previous", ".csv"),
                    options.read_text(encoding="utf-8").strip() if options else "",
                    expected.read_text(encoding="utf-8"),
                )
            )
    return found


_BLOCK = re.compile(r"^```(?P<info>[^\n]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def page_examples(page: Path, folder: Path) -> list[Example]:
    """The examples of a page, their blocks written as files under `folder`."""
    head, found = "", []
    current: dict[str, str] = {}
    last_criteria = ""
    for match in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        info, body = match["info"].strip(), match["body"]
        if info == "yaml header":
            head = body
        elif info == "yaml criteria":
            current, last_criteria = {"criteria": body}, body
        elif info == "yaml criteria-again":
            current = {**current, "criteria": last_criteria}
        elif info in ("csv expected", "csv expected-error"):
            home = folder / f"{len(found):02d}"
            home.mkdir(parents=True)
            found.append(
                _written(home, head, {**current, info.removeprefix("csv "): body}, f"example-{len(found):02d}")
            )
        elif info.startswith("csv ") or info == "options":
            current[info.removeprefix("csv ")] = body
    return found


def _written(home: Path, head: str, blocks: dict[str, str], name: str) -> Example:
    for block, body in blocks.items():
        if block == "criteria":
            (home / "criteria.yaml").write_text(head + body, encoding="utf-8")
        elif block not in ("expected", "expected-error", "options"):
            (home / f"{block.replace(' ', '-')}.csv").write_text(body, encoding="utf-8")
    items = {
        block.split(" ")[1]: home / f"{block.replace(' ', '-')}.csv" for block in blocks if block.startswith("items ")
    }
    return Example(
        name,
        home / "criteria.yaml",
        home / "table.csv",
        items,
        home / "previous.csv" if "previous" in blocks else None,
        blocks.get("options", "").strip(),
        blocks.get("expected", ""),
        blocks.get("expected-error", "").split(),
    )
