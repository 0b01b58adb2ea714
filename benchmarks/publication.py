"""Publishing and verifying: time and memory for 1.000 and 10.000 candidates of 40 criteria, as a ratio to scoring the same table.

python -m benchmarks.publication [--sizes 1000,10000]

Everything is measured on one workspace per size, made by direct entries: candidates handed in, every criterion concluded. Scoring is
scoring.score() alone on the assembled tables, in the same process. Publishing is the official one: ledger read, tables assembled,
everything open looked for, both archives written and proved, entered. Verifying is from the internal archive alone. Publishing and
verifying run in a process of their own each, whose highest memory is told.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.workload import columns, criteria_text
from criteria.criteria_set import CriteriaSet
from records.forms.answers import Answers
from records.ledger import tables
from records.ledger.chain import sealed
from records.ledger.entries import Entry
from records.ledger.submission import Submission
from records.ledger.writer import Writer
from records.publication.figures import figures_of
from records.publication.open_points import Wish
from records.publication.published import DRAFT, INTERNAL, OFFICIAL, archive_name
from records.publication.publishing import Files, prepare, publish
from records.publication.verifying import verify
from records.rounds import close_group, close_roster, find_round, open_round
from records.scored.sets import score_figures, score_group
from records.workspace.folder import Workspace, create_workspace, open_workspace

PERIOD, DAY, UNTIL, FROZEN = "2026", date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 20)
MOVEMENT = """\
id: do-toc-do
name: "Đo tốc độ"
period: {from: 2025, to: 2030}
issuing_plan: qd
status: decided
groups: [{letter: a, name: "Đơn vị", sets: [workload.yaml]}]
bodies: [{id: do-toc-do, name: "Cơ quan thẩm định"}]
body_kinds: [{name: "đơn vị", group: a}]
"""
DOCUMENTS = 'documents:\n  - {id: qd, document: "Quyết định", number: "1/QĐ", date: 2025-01-01, issuer: "Đo tốc độ"}\n'
_BLOCK = 500  # candidates entered at once


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--sizes", default="1000,10000")
    wanted.add_argument("--step", default="")  # a process of its own: publish or verify
    wanted.add_argument("--place", type=Path)
    chosen = wanted.parse_args()
    if chosen.step:
        print(json.dumps(_publish(chosen.place) if chosen.step == "publish" else _verify(chosen.place)))
        return
    before: dict[str, float] = {}
    for size in (int(text) for text in chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as room:
            root = Path(room) / "w"
            _make(root, size)
            scoring = _score(root)
            now = {name: _alone(name, root) for name in ("publish", "verify")}
            for name, (seconds, megabytes) in now.items():
                growth = f", {seconds / before[name]:.1f} × smaller size" if name in before else ""
                print(
                    f"{size} candidates, {name}: {seconds:.2f} s = {seconds / scoring:.0f} × scoring ({scoring:.3f} s), "
                    f"{megabytes:.0f} MB{growth}",
                    flush=True,
                )
                before[name] = seconds


def _alone(step: str, root: Path) -> tuple[float, float]:
    words = [sys.executable, "-m", "benchmarks.publication", "--step", step, "--place", str(root)]
    seconds, megabytes = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return seconds, megabytes


def _publish(root: Path) -> tuple[float, float]:
    workspace = _open(root)
    start = time.perf_counter()
    made, problems = prepare(workspace, PERIOD, "a", Wish(OFFICIAL, FROZEN, "2/QĐ"))
    assert made is not None, problems
    assert publish(made, Files(), "đo tốc độ")[0] is not None
    return time.perf_counter() - start, _memory()


def _verify(root: Path) -> tuple[float, float]:
    workspace = _open(root)
    path = workspace.results(PERIOD) / "cong-bo" / "a-chinh-thuc-v1" / archive_name(workspace, INTERNAL, PERIOD, "a", 1)
    workspace.close()
    start = time.perf_counter()
    assert verify(path).identical
    return time.perf_counter() - start, _memory()


def _memory() -> float:
    """The highest this process had, in megabytes; what its parent had does not count."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _score(root: Path) -> float:
    """Seconds of scoring alone; the draft is published on the way."""
    workspace = _open(root)
    round_, _ = find_round(workspace, PERIOD)
    assert round_ is not None
    scored, problems = score_group(workspace, round_, "a")
    assert problems == [], problems[:3]
    draft, problems = prepare(workspace, PERIOD, "a", Wish(DRAFT, DAY, comments_until=UNTIL))
    assert draft is not None, problems
    assert publish(draft, Files(), "đo tốc độ")[0] is not None
    figures, best = figures_of(scored[0].made), 1e9
    for _ in range(5):
        start = time.perf_counter()
        score_figures(scored[0].made.criteria, figures, PERIOD)
        best = min(best, time.perf_counter() - start)
    workspace.close()
    return best


def _open(root: Path) -> Workspace:
    workspace, problems = open_workspace(root, "đo tốc độ")
    assert workspace is not None, problems
    return workspace


def _make(root: Path, size: int) -> None:
    folder = root.parent / "phong-trao"
    folder.mkdir()
    for name, text in (("movement.yaml", MOVEMENT), ("documents.yaml", DOCUMENTS), ("workload.yaml", criteria_text())):
        (folder / name).write_text(text, encoding="utf-8")
    assert create_workspace(root, folder) == []
    workspace = _open(root)
    open_round(workspace, PERIOD, date(2026, 1, 2))
    criteria, problems = workspace.read_set("workload.yaml")
    assert criteria is not None, problems
    figures = columns(size)
    with workspace.database._transaction() as writer:
        for start in range(0, size, _BLOCK):
            _enter(writer, criteria, figures, range(start, min(start + _BLOCK, size)))
    assert close_roster(workspace, PERIOD, "a", DAY) == []
    assert close_group(workspace, PERIOD, "a", DAY, "1/QĐ") == []
    workspace.close()


def _enter(writer: Writer, criteria: CriteriaSet, figures: dict[str, np.ndarray], numbers: range) -> None:
    """Bodies, what they handed in, and a conclusion of every criterion, in few statements."""
    leaves = [node.id for node in criteria.leaves()] + ["_"]
    bodies: list[Entry] = []
    for n in numbers:
        told = {"name": f"Đơn vị {n}", "kind": "đơn vị", "cluster": f"{figures['cluster'][n]}"}
        bodies += [Entry(f"body:U{n}", name, value) for name, value in told.items()]
    writer.append(bodies)
    kept: list[Submission] = []
    for n in numbers:
        values = {name: _text(criteria, name, int(column[n])) for name, column in figures.items() if name != "cluster"}
        answers = Answers(values=values).as_dict()
        kept.append(Submission(PERIOD, f"U{n}", criteria.id, 1, "", "", f"{n:064d}", f"U{n}.xlsx", answers))
    rows = [{**one.columns(), "salt": "0" * 32} for one in kept]
    marks = [sealed("0" * 32, one.content()) for one in kept]
    last = writer.append(
        Entry(f"score:{PERIOD}/{one.candidate}", "handed_in", mark, author=one.candidate, role="unit", stage="self")
        for one, mark in zip(kept, marks, strict=True)
    )
    for place, row in enumerate(rows):
        row["entry"] = last - len(rows) + 1 + place
    writer._connection.execute(tables.submissions.insert(), rows)
    writer.append(
        Entry(
            f"score:{PERIOD}/U{n}", leaf, "verified", author="do-toc-do", role="verifier", stage="verified", old="self"
        )
        for n in numbers
        for leaf in leaves
    )


def _text(criteria: CriteriaSet, name: str, value: int) -> str:
    declared = criteria.inputs[name]
    if name.startswith("yes"):
        return "có" if value else "không"
    return f"{value / 10:.1f}" if declared.decimals else str(value)


if __name__ == "__main__":
    main()
