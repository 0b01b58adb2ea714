"""How much slower than hand-written numpy: 10.000 draws of the weights of 40 criteria for 1.000 candidates.

python -m benchmarks.firmness [--candidates 1000] [--draws 10000] [--repeats 3]

The reference multiplies the drawn factors with the matrix of points (int64, and float64 through BLAS), sorts each draw and reads
places off; it knows no ties, no marks that differ and holds nothing. Every run first holds the places of some draws against totals
compared one by one, then prints medians and the ratio to the faster reference.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import workload
from benchmarks.scoring_speed import run
from scoring.analysis.firmness import Noise, firmness, place_draws
from scoring.analysis.weights import weighted_total
from scoring.result import Result

CHECKED = 100  # draws


def points_of(result: Result, rows: Any) -> Any:
    """(criteria, candidates) in hundredths, without the engine's help."""
    leaves = [result.points(node.id) for node in result.set.leaves()]
    return np.stack([np.broadcast_to(one.num, (result.size,))[rows] * (100 // one.den) for one in leaves])


def reference(points: Any, factors: Any, pool: Any, dtype: Any) -> Any:
    """5 %, median and 95 % places of every candidate in its pool, equal totals in any order: a matrix product and a sort."""
    places = np.empty((len(factors), points.shape[1]), dtype=np.int64)
    for one in np.unique(pool):
        inside = np.flatnonzero(pool == one)
        totals = factors.astype(dtype) @ points[:, inside].astype(dtype)
        order = np.argsort(-totals, axis=1)
        own = np.empty(order.shape, dtype=np.int64)
        np.put_along_axis(own, order, np.broadcast_to(np.arange(1, len(inside) + 1), order.shape), axis=1)
        places[:, inside] = own
    return np.percentile(places, (5, 50, 95), axis=0, method="inverted_cdf"), places


def agree(result: Result, noise: Noise, points: Any, pool: Any) -> None:
    """Refuse to time something that computes something else: every place of some draws lies between those of equal totals."""
    few = Noise(noise.percent, CHECKED, noise.seed)
    mine = np.concatenate(list(place_draws(result, weighted_total(result), few)))
    for draw, places in zip(few.factors(len(points)), mine, strict=True):
        totals = draw @ points
        rivals = pool[:, None] == pool[None, :]
        better = (rivals & (totals[None, :] > totals[:, None])).sum(axis=1)
        level = (rivals & (totals[None, :] == totals[:, None])).sum(axis=1)
        assert ((better < places) & (places <= better + level)).all()


def timed(repeats: int, work: Callable[[], object]) -> float:
    found = []
    for _ in range(repeats):
        gc.collect()
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--candidates", type=int, default=1000)
    wanted.add_argument("--draws", type=int, default=10_000)
    wanted.add_argument("--repeats", type=int, default=3)
    chosen = wanted.parse_args()
    noise = Noise(draws=chosen.draws)
    with tempfile.TemporaryDirectory() as folder:
        ids = [str(number) for number in range(chosen.candidates)]
        result = run(workload.write_criteria(Path(folder)), workload.columns(chosen.candidates), ids)
    total = weighted_total(result)
    assert total.why_not == "", total.why_not
    points, pool = points_of(result, total.rows), result.root.pool_codes()[total.rows]
    agree(result, noise, points, pool)
    mine = timed(chosen.repeats, lambda: firmness(result, noise))
    whole = timed(chosen.repeats, lambda: reference(points, noise.factors(len(points)), pool, np.int64))
    fast = timed(chosen.repeats, lambda: reference(points, noise.factors(len(points)), pool, np.float64))
    print(
        f"{chosen.draws:,} draws × {total.size:,} placed of {chosen.candidates:,} × {len(points)} criteria: "
        f"ours {mine:.2f} s   reference int64 {whole:.2f} s, float64 {fast:.2f} s   ratio {mine / min(whole, fast):.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
