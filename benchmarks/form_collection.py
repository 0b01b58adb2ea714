"""Forms per second: collecting single and batch forms, as a ratio to only opening the same files with openpyxl.

python -m benchmarks.form_collection [--forms 400] [--rows 4000] [--managers 40]

The reference does nothing but `openpyxl.load_workbook(data_only=True)` and a walk over every cell: no check, nothing stored.
Both run in the same process on the same files, one after the other.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from criteria.movements.reading import CATALOG, movements
from records.forms.collecting.collect import collect
from records.forms.issuing.issue import issue
from records.forms.layout import Layout
from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.rounds import find_round, open_round
from records.workspace.folder import Workspace, create_workspace, open_workspace
from thidua.demonstration.filling import Filled, fill_batch, fill_single
from thidua.demonstration.generator import illustrate

PERIOD, SEED = "2026", 2025


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--forms", type=int, default=400)
    wanted.add_argument("--rows", type=int, default=4000)
    wanted.add_argument("--managers", type=int, default=40)
    chosen = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = _workspace(Path(folder) / "w")
        _enter(workspace, "a", "S", chosen.forms, "")
        for manager in range(chosen.managers):
            _enter(workspace, "e", f"P{manager:03d}-", chosen.rows // chosen.managers, f"S{manager + 1}")
        incoming = Path(folder) / "nop"
        incoming.mkdir()
        for letter, unit in (("a", "forms"), ("e", "rows")):
            start = time.perf_counter()
            issue(workspace, PERIOD, (letter,))
            issued = time.perf_counter() - start
            group = workspace.group(letter)
            assert group is not None
            files = sorted((workspace.issued(PERIOD) / (group.prefix or letter).lower()).glob("*.xlsx"))
            here = incoming / letter
            here.mkdir()
            _fill(workspace, letter, files, here)
            _measure(workspace, here, letter, unit, chosen.forms if letter == "a" else chosen.rows, issued)
        workspace.close()


def _workspace(root: Path) -> Workspace:
    source = next(path for path in movements(CATALOG))
    assert create_workspace(root, source, secret=b"benchmark") == []
    workspace, _ = open_workspace(root, "benchmark")
    assert workspace is not None
    open_round(workspace, PERIOD, date(2026, 11, 1), date(2026, 12, 1))
    return workspace


def _enter(workspace: Workspace, letter: str, prefix: str, count: int, parent: str) -> None:
    kind = next(kind.name for kind in workspace.movement.body_kinds if kind.group == letter)
    file = workspace.sets_of(letter)[0]
    sub_type = next((kind.name for kind in workspace.movement.sub_types if kind.set == file), "")
    with workspace.database.writing() as writer:
        writer.append(
            Entry(f"body:{prefix}{number}", name, value)
            for number in range(1, count + 1)
            for name, value in (
                ("name", f"Đối tượng {prefix}{number}"),
                ("kind", kind),
                ("parent", parent),
                ("sub_type", sub_type),
            )
            if value
        )


def _fill(workspace: Workspace, letter: str, files: list[Path], out: Path) -> None:
    file = workspace.sets_of(letter)[0]
    criteria, _ = workspace.read_set(file)
    round_, _ = find_round(workspace, PERIOD)
    assert criteria is not None and round_ is not None
    layout = Layout(criteria, tuple(workspace.movement.registers))
    found, _ = load_roster(workspace).candidates(letter, round_.window.first, round_.window.last)
    figures = illustrate(criteria, SEED, 2026, len(found), "x").table
    answers = {}
    for candidate, row in zip(found, figures, strict=True):
        given = {key: row[key.partition(":")[2]] for key in layout.inputs}
        given = {key: "" if text == "KAD" else text for key, text in given.items()}
        answers[candidate.id] = Filled(
            {k.partition(":")[2]: v for k, v in given.items() if k.startswith("measure:") and v},
            {k.partition(":")[2]: v for k, v in given.items() if k.startswith("judged:") and v},
        )
    for path in files:
        owner = next((ident for ident in answers if path.name.startswith(f"{ident}-")), None)
        if owner is not None:
            content = fill_single(path, answers[owner])
        else:
            content = fill_batch(path, answers, Filled())
        (out / path.name).write_bytes(content)


def _measure(workspace: Workspace, folder: Path, letter: str, unit: str, count: int, issued: float) -> None:
    import openpyxl

    files = sorted(folder.glob("*.xlsx"))
    start = time.perf_counter()
    cells = 0
    for path in files:
        for sheet in openpyxl.load_workbook(path, data_only=True):
            cells += sum(len(row) for row in sheet.iter_rows(values_only=True))
    reference = time.perf_counter() - start
    start = time.perf_counter()
    done = collect(workspace, PERIOD, folder)
    taken = time.perf_counter() - start
    stored = len({s.candidate for s in workspace.database.submissions(PERIOD)})
    bad = [problem for problem in done.problems if problem.severity == "error"]
    if bad:
        sys.exit(f"{len(bad)} findings, the first: {bad[0].text()}")
    print(
        f"group {letter}: {len(files)} files, {count} {unit}, {cells} cells, issued in {issued:.1f} s; "
        f"collected in {taken:.1f} s = {count / taken:.0f} {unit}/s; openpyxl alone {reference:.1f} s; "
        f"ratio {taken / reference:.2f}; {stored} stored in all"
    )


if __name__ == "__main__":
    main()
