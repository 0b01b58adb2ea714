"""Selecting for awards: time for 250 and 1.000 nominees and every award of the catalogue (five offered, two refused by their clause).

python -m benchmarks.nominating [--sizes 250,1000] [--profile]

A workspace of the catalogue with so many bodies: offices in one group, communes in clusters of ten, units, enterprises that nobody
proposes; results made up, every tenth with an award of before, every third with facts stated. Told in processor time: reading the
ledger and working out every case; the workbook of it. The reference is what a spreadsheet would do with the same figures: sort each
quota's list and cut it at its seats, by hand, no check, no reason.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from criteria.movements.reading import CATALOG
from nominations import nominating
from nominations.case import Nominated
from nominations.occasions import AwardOccasion
from nominations.results import PeriodResult, Ranked, Results
from nominations.selection.quotas import scope_of
from records.ledger.entries import Entry
from records.workspace.folder import Workspace, create_workspace, open_workspace
from reports.selection.workbook import selection_workbook

MOVEMENT = CATALOG / "thai-binh-2025-2030"
OCCASION = "so-ket-2027"
_PERIODS = (("2025", 2025, 1, 12, 31), ("2026", 2026, 1, 12, 31), ("2027-h1", 2027, 1, 6, 30))
_KINDS = (("a", "sở/ban/ngành"), ("c", "xã"), ("d", "đơn vị trực thuộc"), ("đ", "doanh nghiệp"))
_GRADES = ("Xuất sắc, tiêu biểu", "Đạt tiêu chuẩn thi đua", "Chưa đạt")


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--sizes", default="250,1000")
    wanted.add_argument("--profile", action="store_true")
    chosen = wanted.parse_args()
    before = 0.0
    for size in (int(text) for text in chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as room:
            workspace = make(Path(room) / "w", size)
            nominating.OccasionResults = _Made(size)  # type: ignore[misc, assignment]
            if chosen.profile:
                profile = cProfile.Profile()
                profile.runcall(nominating.nominate, workspace, OCCASION)
                pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
                continue
            spent, found = _timed(lambda: _nominated(workspace))  # noqa: B023
            again, _ = _timed(lambda: _nominated(workspace))  # noqa: B023
            spent = min(spent, again)
            sheet, raw = _timed(lambda: selection_workbook(found))  # noqa: B023
            plain, _ = _timed(lambda: _by_hand(found))  # noqa: B023
            workspace.close()
        findings = sum(len(one.findings) for one in found.cases)
        growth = f", {spent / before:.2f} × smaller size" if before else ""
        before = spent
        print(
            f"{size} nominees: {len(found.cases)} cases, {findings} findings in {spent:.2f} s{growth} "
            f"({1000 * spent / len(found.cases):.2f} ms a case) = {spent / plain:.0f} × sorting and cutting ({plain:.3f} s); "
            f"workbook {sheet:.1f} s, {len(raw) / 1e6:.1f} MB",
            flush=True,
        )


def _timed(work: Any) -> tuple[float, Any]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _nominated(workspace: Workspace) -> Nominated:
    found, problems = nominating.nominate(workspace, OCCASION)
    assert found is not None, problems
    return found


def make(root: Path, size: int) -> Workspace:
    """A workspace with so many bodies and what is known of them."""
    assert create_workspace(root, MOVEMENT, secret=b"0123456789abcdef") == []
    workspace, problems = open_workspace(root, "đo tốc độ")
    assert workspace is not None, problems
    entries = []
    for number in range(size):
        ident, (group, kind) = _ident(number), _KINDS[number % len(_KINDS)]
        told = {"name": f"Đối tượng {number}", "kind": kind}
        told |= {"pool": _pool(number)} if group == "c" else {"parent": _ident(0)} if group == "d" else {}
        told |= {"attribute:size": "vừa"} if group == "đ" else {}
        entries += [Entry(f"body:{ident}", name, value) for name, value in told.items()]
        if number % 3 == 0:
            facts = dict.fromkeys(("discipline", "inspection", "complaint", "press"), "không")
            entries += [
                Entry(f"nominee:{OCCASION}/{ident}", name, value, source="1/BC") for name, value in facts.items()
            ]
        if number % 10 == 0:
            entries += [Entry(f"held:{1 + number // 10}", name, value) for name, value in _held(ident).items()]
    with workspace.database.writing() as writer:
        writer.append(entries)
    return workspace


def _held(ident: str) -> Mapping[str, str]:
    return {
        "holder": ident,
        "award": "bk-tinh",
        "award_name": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "category": "chuyen-de",
        "level": "tinh",
        "decision": "12/QĐ-UBND",
        "day": "2026-01-20",
        "movement": MOVEMENT.name,
        "occasion": "thuc-day-2025-12-31",
        "from": "2025-04-01",
        "to": "2025-12-31",
        "status": "granted",
    }


def _ident(number: int) -> str:
    return f"B{number + 100:05d}"


def _pool(number: int) -> str:
    return f"Cụm {1 + number // (10 * len(_KINDS))}"


class _Made:
    """Results made up, in the place of the archives."""

    def __init__(self, size: int) -> None:
        self.ranked = {one.candidate: one for one in (_ranked(number, size) for number in range(size))}
        self.problems: list[Any] = []

    def __call__(self, workspace: Workspace, occasion: AwardOccasion) -> _Made:
        return self

    def results(self, since: Mapping[str, date] | None = None) -> Results:
        return Results(self.ranked)


def _ranked(number: int, size: int) -> Ranked:
    group, _ = _KINDS[number % len(_KINDS)]
    figure = Fraction(10000 - (7919 * number) % 5000, 100)  # ties now and then
    rank = 1 + number // len(_KINDS) % 10 if group == "c" else 1 + number // len(_KINDS)
    periods = tuple(
        PeriodResult(
            name,
            date(year, first, 1),
            date(year, month, day),
            f"{figure}",
            figure / 100,
            _GRADES[0],
            0,
            rank,
            "ab" * 32,
        )
        for name, year, first, month, day in _PERIODS
    )
    pool = _pool(number) if group == "c" else ""
    return Ranked(
        _ident(number),
        f"Đối tượng {number}",
        group,
        group,
        pool,
        figure,
        f"{figure} %",
        True,
        rank,
        "",
        (),
        periods,
        _GRADES,
    )


def _by_hand(found: Nominated) -> int:
    """Sort the list of every quota of every award, cut it after three."""
    total = 0
    for award in found.file.awards.awards:
        lists: dict[object, list[tuple[Fraction, str]]] = {}
        for case in found.of_award(award.id):
            ranked = case.nominee.ranked
            if ranked is not None and ranked.figure is not None:
                scope = scope_of(award, found.occasion.kind, case.nominee)
                lists.setdefault(scope, []).append((-ranked.figure, case.nominee.id))
        total += sum(len(sorted(one)[:3]) for one in lists.values())
    return total


if __name__ == "__main__":
    main()
