"""A whole illustrative round: lists entered, forms sent out, filled in (some wrong), taken in, corrected, ranked."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import ProblemsFound, errors
from records.forms.collecting.collect import Collected, collect
from records.forms.collecting.returning import FILE_NAME, error_workbook
from records.forms.issuing.issue import issue
from records.rounds import close_roster, open_round
from records.scored.rounds import score_round
from records.workspace.folder import Workspace, create_workspace, open_workspace
from records.workspace.whole_files import write_whole
from reports.ranking.files import rankings, write_all
from reports.standings import standings
from scoring.explanation import explain
from scoring.result import ILLUSTRATION
from thidua.demonstration.awards import DOSSIERS, run_awards
from thidua.demonstration.days import Days
from thidua.demonstration.entering import TYPED, Office
from thidua.demonstration.filling import Filled, fill_single
from thidua.demonstration.life import Life
from thidua.demonstration.participants import Participants, participants
from thidua.demonstration.reading import run_reading
from thidua.demonstration.stopping import stop
from thidua.demonstration.units import INCOMING, Units, read_sets
from thidua.demonstration.years import run_years

PERSON = "số liệu minh họa"
CORRECTED = "bieu-nop-lai"


def demonstrate(
    movement_folder: Path, folder: Path, seed: int, *, years: bool = False, awards: bool = True, reading: bool = False
) -> Iterator[str]:
    """Lines to print while it goes. years: after the first round also the others that the occasions combine, and the occasions;
    awards: then also what they are awarded for, up to dossiers and decisions. reading: at the end pages and reports.

    Raises OSError, and ProblemsFound when no workspace can be made there.
    """
    movement, problems = read_movement(movement_folder / MOVEMENT)
    if movement is None:
        raise ProblemsFound(problems)
    year = movement.period.from_ + 1
    root = folder / movement.id
    problems = create_workspace(root, movement_folder, hashlib.sha256(f"{movement.id}/{seed}".encode()).digest()[:16])
    workspace, found = open_workspace(root, PERSON) if not problems else (None, [])
    if workspace is None:
        raise ProblemsFound([*problems, *found])
    try:
        yield f"{movement.name} — {ILLUSTRATION}, kỳ {year}"
        outside = folder / f"{movement.id}-don-vi"
        made = participants(movement, read_sets(workspace), seed, year)
        yield from _Demonstration(workspace, outside, made, seed, str(year)).run()
        yield from Life(workspace, outside, str(year), seed).run()
        if years:
            yield from run_years(workspace, outside, seed, made)
        if years and awards:
            yield from run_awards(workspace, outside, folder / f"{movement.id}-{DOSSIERS}", seed)
        if reading:
            yield from run_reading(workspace, outside, seed, str(year))
    finally:
        workspace.close()


class _Demonstration:
    """workspace: the officer's. outside: the folder of the units, where forms are filled."""

    def __init__(self, workspace: Workspace, outside: Path, made: Participants, seed: int, period: str) -> None:
        self.workspace, self.outside, self.period = workspace, outside, period
        self.days = Days.of(workspace.movement, period)
        self.rng = random.Random(f"{workspace.movement.id}/{seed}/{period}/forms")
        self.office = Office(workspace, made, period, self.days.last.year, workspace.root / TYPED)
        self.units = Units(workspace, made, period)

    def run(self) -> Iterator[str]:
        day = self.days.opened
        open_round(self.workspace, self.period, day, self.days.deadline, f"12/SNV-{ILLUSTRATION}", day)
        yield from self.office.rosters()
        yield from self.office.figures()
        for group in self.workspace.movement.groups:
            close_roster(self.workspace, self.period, group.letter, day, ILLUSTRATION)
        issued, problems = issue(self.workspace, self.period)
        stop(problems)
        files = sorted((self.workspace.issued(self.period)).rglob("*.xlsx"))
        forms = ", ".join(f"nhóm {one.letter} {one.forms}" for one in issued)
        yield f"Đã giao {len(files)} biểu ({forms})."
        spoiled = self._fill(files)
        yield f"Đơn vị đã điền {len(files)} biểu, trong đó {len(spoiled)} biểu cố ý điền sai."
        first = collect(self.workspace, self.period, self.outside / INCOMING)
        yield from self._collected(first)
        self._correct(spoiled)
        second = collect(self.workspace, self.period, self.outside / CORRECTED)
        yield f"Sau khi đơn vị sửa và gửi lại {len(spoiled)} biểu:"
        yield from self._collected(second)
        yield from self._ranked()

    # --- what the units do -------------------------------------------------------------------------------------

    def _fill(self, files: list[Path]) -> list[Path]:
        """Every form filled in; the first few single forms wrongly, each in its own way."""
        spoiled: list[Path] = []
        (self.outside / INCOMING).mkdir(parents=True, exist_ok=True)
        for path in files:
            owner = self.units.owner(path)
            ways = [way for way in _WAYS if len(spoiled) == _WAYS.index(way)] if owner is not None else []
            if owner is not None and ways and self.rng.random() < 0.3:
                content = fill_single(path, ways[0](self.units.filled(owner)))
                spoiled.append(path)
            else:
                content = self.units.fill(path)
            write_whole(self.outside / INCOMING / f"{path.parent.name}-{path.name}", content)
        return spoiled

    def _correct(self, spoiled: list[Path]) -> None:
        (self.outside / CORRECTED).mkdir(parents=True, exist_ok=True)
        for path in spoiled:
            owner = self.units.owner(path)
            assert owner is not None
            content = fill_single(path, replace(self.units.filled(owner), version=2))
            write_whole(self.outside / CORRECTED / path.name, content)

    # --- what comes of it --------------------------------------------------------------------------------------

    def _collected(self, run: Collected) -> Iterator[str]:
        taken = sum(group.taken for group in run.groups.values())
        wrong = errors(run.problems)
        yield f"Đã thu {taken} đối tượng từ {run.files} tệp; {len(wrong)} lỗi."
        for problem in wrong[:6]:
            yield f"  {Path(problem.file).name} [{problem.sheet}] {problem.cell}: {problem.message}"
        if wrong:
            path = self.workspace.results(self.period) / FILE_NAME
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, error_workbook(self.period, run.problems, run.owners, run.stamps))
            yield f"  Danh sách lỗi để gửi lại đơn vị: {path}"

    def _ranked(self) -> Iterator[str]:
        found, problems = score_round(self.workspace, self.period)
        stop(problems)
        for one in found:
            lines = standings(one.result).split("\n")
            heading = next(number for number, line in enumerate(lines) if line.startswith("Hạng") or " Mã" in line)
            yield ""
            yield from lines[: heading + 5]
            best = next((row for row in range(one.result.size) if one.result.ranks[row] == 1), 0)
            leaves = (node.id for node in one.criteria.leaves())
            criterion = next((n for n in leaves if one.result.at(best).criteria[n].state == "scored"), "")
            if criterion:
                yield f"Vì sao {one.result.ids[best]} được điểm {criterion}:"
                yield from (f"  {line}" for line in explain(one.result, one.result.ids[best], criterion).sentences())
        yield ""
        written, problems = write_all(self.workspace.results(self.period), rankings(self.workspace, found, units=True))
        stop(problems)
        yield from (f"Đã lập {path}" for path in written)


def _a_word_for_a_number(filled: Filled) -> Filled:
    name = next((n for n, text in filled.figures.items() if text.replace(",", "").isdecimal()), "")
    return replace(filled, figures={**filled.figures, name: "khoảng mười"} if name else filled.figures, version=1)


def _a_claim_without_reason(filled: Filled) -> Filled:
    name = next(iter(filled.evidence), ("",))[0]
    return replace(filled, claims={**filled.claims, name: ""})


def _evidence_without_number(filled: Filled) -> Filled:
    rows = [list(row) for row in filled.evidence] or [["", "", "", "", "", "Tài liệu minh họa"]]
    rows[0][2] = ""
    return replace(filled, evidence=rows)


def _no_version(filled: Filled) -> Filled:
    return replace(filled, version=0)


_WAYS = (_a_word_for_a_number, _a_claim_without_reason, _evidence_without_number, _no_version)
