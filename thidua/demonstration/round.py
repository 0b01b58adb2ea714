"""A whole illustrative scoring of a movement: tables written, read back, scored, ranked, explained."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from criteria.loading import read_set
from criteria.movements import MOVEMENT, read_movement
from criteria.problems import errors
from reports.files import result_bytes, write_whole
from reports.standings import standings
from scoring.explanation import explain
from scoring.result import ILLUSTRATION, Result
from thidua.demonstration.generator import illustrate
from thidua.demonstration.tables import table_workbook
from thidua.scoring_run import Run, carry_out


def demonstrate(movement_folder: Path, folder: Path, seed: int) -> Iterator[str]:
    """Lines to print while it goes. Raises OSError."""
    movement, _ = read_movement(movement_folder / MOVEMENT)
    if movement is None:
        return
    year = movement.period.from_ + 1
    yield f"{movement.name} — {ILLUSTRATION}, kỳ {year}"
    for group in movement.groups:
        for name in group.sets:
            yield ""
            yield from _one_set(movement_folder / name, folder / movement.id / Path(name).stem, seed, year)


def _one_set(file: Path, home: Path, seed: int, year: int) -> Iterator[str]:
    criteria, problems = read_set(file)
    if criteria is None:
        yield from (problem.text() for problem in errors(problems))
        return
    made = illustrate(criteria, seed, year)
    home.mkdir(parents=True, exist_ok=True)
    labels = {name: column.label for name, column in criteria.inputs.items()}
    write_whole(home / "so-lieu.xlsx", table_workbook(made.table, labels))
    items: dict[str, str] = {}
    for table, rows in made.items.items():
        path = home / f"{table}.xlsx"
        write_whole(
            path, table_workbook(rows, {name: column.label for name, column in criteria.tables[table].columns.items()})
        )
        items[table] = str(path)
    previous = None
    if made.previous is not None:
        previous = home / "so-lieu-ky-truoc.xlsx"
        write_whole(previous, table_workbook(made.previous, labels))
    run = Run(file, home / "so-lieu.xlsx", items, previous, period=str(year))
    result, problems, receipt = carry_out(run)
    if result is None:
        yield from (problem.text() for problem in errors(problems))
        return
    for ending in (".xlsx", ".csv", ".json"):
        write_whole(home / f"ket-qua{ending}", result_bytes(result, ending, receipt))
    write_whole(home / "giai-thich.txt", explanations(result).encode())
    lines = standings(result).split("\n")
    heading = next(number for number, line in enumerate(lines) if line.startswith("Hạng") or " Mã" in line)
    yield from lines[: heading + 6]
    yield f"… {result.size} đối tượng, bảng đủ ở {home / 'ket-qua.xlsx'}"
    best = next((row for row in range(result.size) if result.ranks[row] == 1), 0)
    criterion = next((node.id for node in criteria.leaves() if result.at(best).criteria[node.id].state == "scored"), "")
    if criterion:
        yield f"Vì sao {result.ids[best]} được điểm {criterion}:"
        yield from (f"  {line}" for line in explain(result, result.ids[best], criterion).sentences())


def explanations(result: Result) -> str:
    """The reasons for every point of every candidate, each page with its stamps."""
    stamp = "\n".join(f"*** {text} ***" for text in result.stamps)
    order = sorted(
        range(result.size), key=lambda row: (result.pools[row], int(result.ranks[row]) or 10**9, result.ids[row])
    )
    pages = [f"{stamp}\n{explain(result, result.ids[row])}\n" for row in order]
    return f"\n{'─' * 80}\n".join(pages)
