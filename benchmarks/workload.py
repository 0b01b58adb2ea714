"""The workload: N candidates in 50 pools, 52 inputs, 40 criteria, a gate, a total, ranks with two tie-breaks, four grades. Seeded."""

from __future__ import annotations

from pathlib import Path

import numpy as np

RATIOS, BANDS, COUNTS, FLAGS, LOSSES = range(10), range(10), range(8), range(8), range(4)
POOLS = 50

HEADER = """\
criteria_set: benchmark
title: "Tải đo tốc độ"
group: a
valid_from: 2025-01-01
bases: [{id: qd, document: "Quyết định đo tốc độ", number: "1/QĐ", date: 2025-01-01, issuer: "Đo tốc độ"}]
clause: {basis: qd, place: "Điều 1"}
verified_by: do-toc-do
points: {places: 2, max: 100}
pool: cluster
attributes: {cluster: {label: "Cụm"}}
"""


def criteria_text() -> str:
    """The criteria file of the workload."""
    measures = [f'  done{i}: {{label: "Hoàn thành {i}"}}\n  due{i}: {{label: "Được giao {i}"}}' for i in RATIOS]
    measures += [f'  value{i}: {{label: "Giá trị {i}", decimals: 1}}' for i in BANDS]
    measures += [f'  times{i}: {{label: "Số lần {i}"}}' for i in COUNTS]
    measures += [f'  yes{i}: {{label: "Có {i}", type: yes_no}}' for i in FLAGS]
    measures += [f'  bad{i}: {{label: "Vi phạm {i}"}}' for i in LOSSES]
    measures += ['  discipline: {label: "Kỷ luật"}']
    tree = [
        f'  - {{id: R{i}, text: "Tỷ lệ {i}", max: 4, linear: {{of: done{i} / due{i}, when_zero: zero}}}}'
        for i in RATIOS
    ]
    at = "[{from: 100, points: 3}, {from: 90, below: 100, points: 2.5}, {from: 80, below: 90, points: 1.75}, {from: 70, below: 80, points: 1}, {below: 70, points: 0}]"
    tree += [f'  - {{id: B{i}, text: "Bậc {i}", max: 3, bands: {{of: value{i}, at: {at}}}}}' for i in BANDS]
    tree += [f'  - {{id: N{i}, text: "Đếm {i}", max: 2, count: times{i}, each: 0.25, cap: 2}}' for i in COUNTS]
    tree += [f'  - {{id: Y{i}, text: "Có {i}", max: 1, full: yes{i}}}' for i in FLAGS]
    tree += [
        f'  - {{id: L{i}, text: "Trừ {i}", max: 1.5, full: true, less: [{{count: bad{i}, each: 0.5, cap: 1.5}}]}}'
        for i in LOSSES
    ]
    end = """\
gate: {need: discipline = 0, say: "Có người bị kỷ luật"}
grades:
  - {name: "Xuất sắc", need: total >= 80}
  - {name: "Tốt", need: total >= 60}
  - {name: "Đạt", need: total >= 40}
  - {name: "Chưa đạt", need: total < 40}
rank: {by: total, then: [points(R0), points(R1)]}
"""
    return HEADER + "measures:\n" + "\n".join(measures) + "\ntree:\n" + "\n".join(tree) + "\n" + end


def columns(size: int, seed: int = 20250101) -> dict[str, np.ndarray]:
    """The inputs as scaled int64 columns."""
    rng = np.random.default_rng(seed)
    found: dict[str, np.ndarray] = {"cluster": rng.integers(0, POOLS, size)}
    for i in RATIOS:
        found[f"due{i}"] = rng.integers(0, 400, size)
        found[f"done{i}"] = rng.integers(0, 420, size)
    for i in BANDS:
        found[f"value{i}"] = rng.integers(500, 1100, size)
    for i in COUNTS:
        found[f"times{i}"] = rng.integers(0, 12, size)
    for i in FLAGS:
        found[f"yes{i}"] = rng.integers(0, 2, size)
    for i in LOSSES:
        found[f"bad{i}"] = rng.integers(0, 5, size)
    found["discipline"] = (rng.random(size) < 0.05).astype(np.int64)
    return found


def write_criteria(folder: Path) -> Path:
    path = folder / "workload.yaml"
    path.write_text(criteria_text(), encoding="utf-8")
    return path
