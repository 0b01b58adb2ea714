"""The reference: the same workload written by hand in numpy int64, blocks of 16k rows, one branch code per point, one packed sort key.

It knows the workload by heart, checks nothing and cannot explain; it says how fast plain numpy is.
"""

from __future__ import annotations

import numpy as np

from benchmarks.workload import BANDS, COUNTS, FLAGS, LOSSES, RATIOS

BLOCK = 1 << 14
_EDGES = np.array([700, 800, 900, 1000])
_POINTS = np.array([0, 100, 175, 250, 300])


def score(
    columns: dict[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """points (40, n) in hundredths, codes (40, n), total, grade, rank (0 without a place), tied."""
    size = len(columns["cluster"])
    points, codes = np.empty((40, size), dtype=np.int64), np.empty((40, size), dtype=np.int8)
    total = np.empty(size, dtype=np.int64)
    for start in range(0, size, BLOCK):
        _block(columns, slice(start, min(start + BLOCK, size)), points, codes, total)
    eligible = columns["discipline"] == 0
    grade = np.where(eligible, (total < 8000).astype(np.int8) + (total < 6000) + (total < 4000), -2)
    rank, tied = _rank(columns["cluster"], eligible, total, points[0], points[1])
    return points, codes, total, grade, rank, tied


def _block(
    columns: dict[str, np.ndarray], rows: slice, points: np.ndarray, codes: np.ndarray, total: np.ndarray
) -> None:
    place = 0
    for i in RATIOS:
        done, due = columns[f"done{i}"][rows], columns[f"due{i}"][rows]
        safe = np.where(due == 0, 1, due)
        capped = np.minimum(done, safe)
        earned = (2 * 400 * capped + safe) // (2 * safe)
        earned[due == 0] = 0
        points[place, rows] = earned
        codes[place, rows] = done >= safe
        place += 1
    for i in BANDS:
        value = columns[f"value{i}"][rows]
        code = (value >= _EDGES[0]).astype(np.int8)
        for edge in _EDGES[1:]:
            code += value >= edge
        points[place, rows] = _POINTS[code]
        codes[place, rows] = code
        place += 1
    for i in COUNTS:
        earned = np.minimum(25 * columns[f"times{i}"][rows], 200)
        points[place, rows] = earned
        codes[place, rows] = earned == 200
        place += 1
    for i in FLAGS:
        yes = columns[f"yes{i}"][rows]
        points[place, rows] = 100 * yes
        codes[place, rows] = yes
        place += 1
    for i in LOSSES:
        lost = np.minimum(50 * columns[f"bad{i}"][rows], 150)
        points[place, rows] = 150 - lost
        codes[place, rows] = lost == 150
        place += 1
    points[:, rows].sum(axis=0, out=total[rows])


def _rank(
    pool: np.ndarray, eligible: np.ndarray, total: np.ndarray, first: np.ndarray, second: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    rows = np.flatnonzero(eligible)
    key = ((pool[rows] << 14 | (10000 - total[rows])) << 9 | (400 - first[rows])) << 9 | (400 - second[rows])
    order = np.argsort(key)
    key = key[order]
    fresh = np.concatenate([[True], key[1:] != key[:-1]])
    new_pool = np.concatenate([[True], (key[1:] >> 32) != (key[:-1] >> 32)])
    position = np.arange(len(rows))
    place = (
        np.maximum.accumulate(np.where(fresh, position, 0)) - np.maximum.accumulate(np.where(new_pool, position, 0)) + 1
    )
    rank, tied = np.zeros(len(pool), dtype=np.int64), np.zeros(len(pool), dtype=bool)
    rank[rows[order]] = place
    tied[rows[order]] = ~(fresh & np.concatenate([fresh[1:], [True]]))
    return rank, tied
