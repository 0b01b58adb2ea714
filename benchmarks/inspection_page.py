"""The data of the inspection page (trang kiểm tra): time and size for 1.000 units of 40 criteria, every drill-down included.

python -m benchmarks.inspection_page [--sizes 250,1000] [--profile]

Figures of benchmarks.workload, no workspace: behind every criterion stand a document of its own, a verifying body with day and
letter, and three stages. Told in processor time: the data, its HTML; the size of the file and of the details packed in it. The
reference is the engine alone: scoring, and the explanation of every criterion.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.workload import columns, write_criteria
from criteria import load
from criteria.movements.reading import CATALOG, MOVEMENT, read_movement
from records.evidence.kinds import EvidenceKinds
from records.forms.answers import EvidenceItem
from records.forms.layout import Layout
from records.ledger.entries import Entry
from records.life.at_stage import AtStage
from records.life.criteria import reviewed
from records.life.rights import FINAL, SELF, STAGES, VERIFIED
from records.life.standing import Standing, Standings
from reports.page.content import page_data
from reports.page.ground import Ground, Grounds
from reports.page.html import page_html
from reports.reasons.row import Line
from reports.reasons.source import SourceSet, Told
from scoring import Column, Table, explain, score
from scoring.result import Result

_DAY = date(2026, 12, 7)


class Made:
    """A source in which everything is made up. ids: of the criteria."""

    kinds = EvidenceKinds({"bao-cao": "Báo cáo"})

    def __init__(self, ids: list[str]) -> None:
        self.ids = ids
        self.standings = Standings("2026")

    def told(self, candidate: str) -> Told:
        """A document and a verification of every criterion."""
        number = int(candidate[1:])
        standings = {
            one: self._standing(candidate, one, (number * 41 + place) % 7) for place, one in enumerate(self.ids)
        }
        evidence = tuple(
            EvidenceItem(
                one, f"{number * 41 + place}/BC-MH", f"2026-{place % 12 + 1:02d}-03", f"Cơ quan {number % 90}", ""
            )
            for place, one in enumerate(self.ids)
        )
        return Told(standings, evidence, ())

    def _standing(self, candidate: str, criterion: str, body: int) -> Standing:
        standing = Standing(SELF, since=_DAY.isoformat(), body=f"co-quan-{body}")
        letter = f"số {14 + body}/TĐ ngày 07/12/2026"
        told = Entry(
            f"score:2026/{candidate}",
            criterion,
            VERIFIED,
            _DAY,
            source=letter,
            author=standing.body,
            role="verifier",
            stage=VERIFIED,
        )
        standing.take("", told)
        self.standings.found[candidate, criterion] = standing
        return standing

    def body_name(self, ident: str) -> str:
        return f"Sở, ban, ngành thẩm định số {ident.rpartition('-')[2]}"

    def about(self, candidate: str, name: str) -> tuple[Line, ...]:
        return ("Đối tượng", name), ("Mã", candidate)


@dataclass(frozen=True)
class MadeGround(Ground):
    """A ground without a workspace: who did what is given, what may still come and paths are not asked (benchmarks.intervals)."""

    acts: AtStage | None = None

    @property
    def here(self) -> AtStage | None:
        return self.acts


def made_grounds(size: int, folder: Path) -> Grounds:
    """One set of so many units, at three stages."""
    criteria = load(write_criteria(folder))
    names = [f"Đơn vị minh họa {number}" for number in range(size)]

    def result(seed: int) -> Result:
        figures = columns(size, seed)
        table = Table(
            [f"B{number}" for number in range(size)], {n: Column(np.asarray(v)) for n, v in figures.items()}, names
        )
        return score(criteria, table, period="2026")

    last, own = result(1), result(2)
    source = Made([node.id for node in criteria.leaves()])
    for ident in last.ids:
        source.told(ident)
    here = AtStage(
        FINAL, source.standings, reviewed(Layout(criteria)), {f"co-quan-{n}": f"Sở số {n}" for n in range(7)}
    )
    results = {stage: own if stage == SELF else last for stage in STAGES}
    stamps = ["SỐ LIỆU MINH HỌA"]
    ground = MadeGround("a", "Nhóm đo", source, SourceSet(last, tuple(stamps), {}, {}), stamps, results, acts=here)
    return Grounds([ground], "Số liệu đo.", [("Phần mềm", "đo")], "Kết quả cuối")


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--sizes", default="250,1000")
    wanted.add_argument("--profile", action="store_true")
    chosen = wanted.parse_args()
    movement, problems = read_movement(CATALOG / "thai-binh-2025-2030" / MOVEMENT)
    assert movement is not None, problems
    for size in (int(text) for text in chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as room:
            grounds = made_grounds(size, Path(room))
        result = grounds.sets[0].result

        def data() -> dict[str, Any]:
            return page_data(movement, "2026", _DAY, grounds)  # noqa: B023

        if chosen.profile:
            profile = cProfile.Profile()
            profile.runcall(data)
            pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
            continue
        plain, _ = _timed(lambda: [explain(result, ident) for ident in result.ids])  # noqa: B023
        spent, made = _timed(data)
        drawn, text = _timed(lambda: page_html(made))  # noqa: B023
        packed = sum(len(chunk["data"]) for chunk in made["groups"][0]["details"])
        criteria = len(made["groups"][0]["criteria"])
        print(
            f"{size} units × {criteria} criteria: data {spent:.1f} s = {spent / plain:.1f} × explaining every criterion "
            f"({plain:.1f} s); HTML {drawn:.2f} s; file {len(text.encode()) / 1e6:.2f} MB, of it details {packed / 1e6:.2f} MB",
            flush=True,
        )


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


if __name__ == "__main__":
    main()
