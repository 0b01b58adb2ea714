"""How much slower than hand-written numpy: python -m benchmarks.scoring_speed [SIZE …]

From the criteria file to ranks, against benchmarks.reference in the same process, the two in turn; prints medians and the ratio.
Every run also compares all points, totals, grades and ranks of the two.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import reference, workload
from criteria.loading import load
from scoring.engine import score
from scoring.result import Result
from scoring.tables import Column, Table

SIZES = (200, 10_000, 100_000, 1_000_000)


def run(criteria_file: Path, columns: dict[str, np.ndarray], ids: list[str]) -> Result:
    """The whole way: read and check the file, score, grade, rank."""
    criteria = load(criteria_file)
    table = Table(ids, {name: Column(values) for name, values in columns.items()})
    return score(criteria, table)


def measure(size: int, repeats: int, folder: Path) -> str:
    """One line of the table of results."""
    columns = workload.columns(size)
    ids = [str(number) for number in range(size)]
    file = workload.write_criteria(folder)
    agree(run(file, columns, ids), reference.score(columns))
    mine, theirs = [], []
    for _ in range(repeats):
        gc.collect()
        start = time.perf_counter()
        result = run(file, columns, ids)
        mine.append(time.perf_counter() - start)
        del result
        start = time.perf_counter()
        found = reference.score(columns)
        theirs.append(time.perf_counter() - start)
        del found
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    return f"{size:>9,} × 40   engine {statistics.median(mine) * 1000:9.1f} ms   reference {statistics.median(theirs) * 1000:9.1f} ms   ratio {ratio:6.2f}"


def agree(result: Result, expected: tuple[np.ndarray, ...]) -> None:
    """Refuse to time an engine that computes something else."""
    points, _, total, grade, rank, tied = expected
    for place, node in enumerate(node_id for node_id, _ in result.printed):
        mine = result.points(node)
        np.testing.assert_array_equal(np.broadcast_to(mine.num, total.shape) * (100 // mine.den), points[place], node)
    np.testing.assert_array_equal(result.points().num, total)
    np.testing.assert_array_equal(result.graded.level, grade)
    np.testing.assert_array_equal(result.ranks, rank)
    np.testing.assert_array_equal(result.tied, tied)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument(
        "--memory",
        action="store_true",
        help="peak memory of one engine run against its input, nothing else in the process",
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.memory:
            print(memory(max(chosen.sizes), Path(folder)))
            return
        for size in chosen.sizes:
            print(measure(size, chosen.repeats, Path(folder)), flush=True)


def memory(size: int, folder: Path) -> str:
    """Peak resident memory over the inputs' own bytes."""
    columns = workload.columns(size)
    ids = [str(number) for number in range(size)]
    used = sum(values.nbytes for values in columns.values())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    run(workload.write_criteria(folder), columns, ids)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return f"{size:>9,} × 40   input {used / 1e6:.0f} MB   peak before {before / 1e6:.0f} MB   peak {peak / 1e6:.0f} MB   peak / input {peak / used:.2f}"


if __name__ == "__main__":
    sys.exit(main())
