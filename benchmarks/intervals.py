"""Rank intervals: seconds, and how many times one plain scoring: python -m benchmarks.intervals [SIZE] [--repeats N]

1.000 candidates in 50 pools × 40 criteria of benchmarks.workload, every third criterion of every candidate pending at random
(seeded). Measured in turn in the same process: one scoring of the table; the intervals of everybody; which criteria matter alone.
Scorings and the time of one are told, so that the ratio can be checked. Ends that are not proven are counted.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from dataclasses import replace

import numpy as np

from benchmarks import workload
from criteria.loading import load_text
from scoring import score, states
from scoring.analysis.intervals import intervals
from scoring.analysis.outcomes import Outcomes, Pending, Stakes, Tables
from scoring.analysis.singles import singles
from scoring.analysis.steady import examine
from scoring.tables import Column, Decision, Table

SEED = 20260301


def stakes_of(size: int) -> Stakes:
    """The workload with a third of its criteria pending; closed ones keep no points."""
    criteria = load_text(workload.criteria_text())
    columns = {name: Column(values) for name, values in workload.columns(size).items()}
    claimed = Table([f"U{number}" for number in range(size)], columns)
    rng = np.random.default_rng(SEED)
    tables = {states.NOT_VERIFIED: claimed, states.CLOSED: claimed}
    pending = []
    for node in criteria.leaves():
        rows = rng.random(size) < 1 / 3
        pending.append(Pending(node.id, rows, node.id))
        for code, table in tables.items():
            said = Decision(np.where(rows, np.uint8(code), np.uint8(states.SCORED)))
            tables[code] = replace(table, decisions={**table.decisions, node.id: said})
    return Stakes(
        criteria,
        Tables(tables[states.NOT_VERIFIED]),
        Tables(claimed),
        Tables(tables[states.CLOSED]),
        tuple(pending),
        pool="cluster",
    )


def measure(size: int, repeats: int) -> str:
    """One line of results."""
    stakes = stakes_of(size)
    plain, whole, alone = [], [], []
    scored, more, unproven, decisive = 0, 0, 0, 0
    for _ in range(repeats):
        gc.collect()
        start = time.perf_counter()
        score(stakes.criteria, stakes.now.table, pool=stakes.pool)
        plain.append(time.perf_counter() - start)
        start = time.perf_counter()
        outcomes = Outcomes(stakes)
        steadiness = examine(outcomes)
        found = intervals(outcomes, steadiness)
        whole.append(time.perf_counter() - start)
        scored = outcomes.scored
        start = time.perf_counter()
        matters = singles(outcomes, steadiness)
        alone.append(time.perf_counter() - start)
        more, decisive = outcomes.scored - scored, len(matters or [])
        unproven = sum(1 for one in found if not one.ranked or not one.graded)
    one, all_, each = (statistics.median(times) for times in (plain, whole, alone))
    waits = sum(int(one_.rows.sum()) for one_ in stakes.pending)
    return (
        f"{size} × 40, {waits} pending: one scoring {one * 1000:.1f} ms; intervals {all_:.2f} s = {all_ / one:.0f} × "
        f"({scored} scorings, {unproven} candidates not proven); alone {each:.2f} s = {each / one:.0f} × "
        f"({more} scorings, {decisive} criteria matter)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000])
    parser.add_argument("--repeats", type=int, default=5)
    chosen = parser.parse_args()
    for size in chosen.sizes:
        print(measure(size, chosen.repeats), flush=True)


if __name__ == "__main__":
    sys.exit(main())
