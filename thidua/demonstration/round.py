"""A whole illustrative round: lists entered, forms sent out, filled in (some wrong), taken in, corrected, ranked."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import Problem, ProblemsFound, errors
from records.evidence.kinds import asked_of, evidence_kinds
from records.forms.collecting.collect import Collected, collect
from records.forms.collecting.returning import FILE_NAME, error_workbook
from records.forms.issuing.issue import issue
from records.forms.layout import Layout
from records.indices import import_index
from records.roster.importing import import_roster
from records.rounds import close_roster, open_round
from records.tasks.importing import Origin, import_tasks
from records.tasks.results_file import update_from
from records.workspace.folder import Workspace, create_workspace, open_workspace
from records.workspace.whole_files import write_whole
from reports.ranking.files import write_all
from reports.standings import standings
from scoring.explanation import explain
from scoring.result import ILLUSTRATION
from thidua.demonstration.filling import Filled, fill_batch, fill_single
from thidua.demonstration.generator import Rows
from thidua.demonstration.life import Life
from thidua.demonstration.participants import Participants, participants
from thidua.demonstration.tables import table_workbook
from thidua.round_scoring import rankings, score_round

PERSON = "số liệu minh họa"
INCOMING, CORRECTED, TYPED = "bieu-nop", "bieu-nop-lai", "so-lieu-nhap"


def demonstrate(movement_folder: Path, folder: Path, seed: int) -> Iterator[str]:
    """Lines to print while it goes. Raises OSError, and ProblemsFound when no workspace can be made there."""
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
        yield from _Demonstration(workspace, outside, seed, year).run()
        yield from Life(workspace, outside, str(year), year, seed).run()
    finally:
        workspace.close()


class _Demonstration:
    """workspace: the officer's. outside: the folder of the units, where forms are filled."""

    def __init__(self, workspace: Workspace, outside: Path, seed: int, year: int) -> None:
        self.workspace, self.outside, self.year, self.period = workspace, outside, year, str(year)
        self.rng = random.Random(f"{workspace.movement.id}/{seed}/{year}/forms")
        self.sets: dict[str, list[tuple[str, CriteriaSet]]] = {}
        for group in workspace.movement.groups:
            read = [(file, workspace.read_set(file)[0]) for file in group.sets]
            self.sets[group.letter] = [(file, criteria) for file, criteria in read if criteria is not None]
        self.kinds = evidence_kinds(workspace.movement, [one for read in self.sets.values() for _, one in read])
        self.made: Participants = participants(workspace.movement, self.sets, seed, year)

    def run(self) -> Iterator[str]:
        day = date(self.year, 11, 2)
        open_round(self.workspace, self.period, day, date(self.year, 12, 1), f"12/SNV-{ILLUSTRATION}", day)
        yield from self._enter()
        for group in self.workspace.movement.groups:
            close_roster(self.workspace, self.period, group.letter, day, ILLUSTRATION)
        issued, problems = issue(self.workspace, self.period)
        _stop(problems)
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

    # --- what the officer enters -------------------------------------------------------------------------------

    def _enter(self) -> Iterator[str]:
        rosters = [self._typed(f"danh-sach-{letter}", rows) for letter, rows in self._ascii(self.made.rosters).items()]
        _, problems = import_roster(self.workspace, rosters)
        _stop(problems)
        yield f"Đã nhập danh sách {sum(len(rows) for rows in self.made.rosters.values())} đối tượng."
        if self.made.tasks:
            done, problems = import_tasks(
                self.workspace, [self._typed("so-nhiem-vu", self.made.tasks)], Origin(ILLUSTRATION)
            )
            _stop(problems)
            last = date(self.year + 1, 12, 31)
            _, _, problems = update_from(self.workspace, self._typed("ket-qua-nhiem-vu", self.made.results), last)
            _stop(problems)
            yield f"Đã nhập {done.read} nhiệm vụ, {len(self.made.results)} kết quả."
        for name, rows in self.made.indices.items():
            path = self._typed(f"chi-so-{name}", rows)
            _, _, problems = import_index(self.workspace, name, self.period, path, "1", ILLUSTRATION)
            _stop(problems)

    def _ascii(self, rosters: Mapping[str, Rows]) -> dict[str, Rows]:
        prefixes = {group.letter: (group.prefix or group.letter).lower() for group in self.workspace.movement.groups}
        return {prefixes[letter]: rows for letter, rows in rosters.items()}

    def _typed(self, name: str, rows: Rows) -> Path:
        path = self.workspace.root / TYPED / f"{name}.xlsx"
        path.parent.mkdir(exist_ok=True)
        titles = dict.fromkeys(title for row in rows for title in row)
        write_whole(path, table_workbook([{title: row.get(title, "") for title in titles} for row in rows], {}))
        return path

    # --- what the units do -------------------------------------------------------------------------------------

    def _fill(self, files: list[Path]) -> list[Path]:
        """Every form filled in; the first few single forms wrongly, each in its own way."""
        spoiled: list[Path] = []
        (self.outside / INCOMING).mkdir(parents=True, exist_ok=True)
        for path in files:
            owner = self._owner(path)
            if owner is None:
                members = {ident: self._filled(ident) for ident in self.made.figures}
                content = fill_batch(path, members, Filled(day=self._letter_day()))
            else:
                filled = self._filled(owner)
                ways = [way for way in _WAYS if len(spoiled) == _WAYS.index(way)]
                if ways and self.rng.random() < 0.3:
                    filled = ways[0](filled)
                    spoiled.append(path)
                content = fill_single(path, filled)
            write_whole(self.outside / INCOMING / f"{path.parent.name}-{path.name}", content)
        return spoiled

    def _correct(self, spoiled: list[Path]) -> None:
        (self.outside / CORRECTED).mkdir(parents=True, exist_ok=True)
        for path in spoiled:
            owner = self._owner(path)
            assert owner is not None
            write_whole(
                self.outside / CORRECTED / path.name, fill_single(path, replace(self._filled(owner), version=2))
            )

    def _owner(self, path: Path) -> str | None:
        """The candidate of a single form; None for a batch form."""
        batches = {(group.prefix or group.letter).lower() for group in self.workspace.movement.groups if group.batch}
        return None if path.parent.name in batches else path.name.partition("-")[0]

    def _letter_day(self) -> date:
        return date(self.year, 11, 25)

    def _filled(self, ident: str) -> Filled:
        criteria, row = self.made.sets[ident], self.made.figures[ident]
        layout = Layout(criteria, tuple(self.workspace.movement.registers))
        rng = random.Random(f"{ident}/{self.year}")
        figures: dict[str, str] = {}
        judged: dict[str, str] = {}
        claims: dict[str, str] = {}
        for line in layout.lines:
            if line.kind not in ("figure", "judged") or not row.get(line.key.partition(":")[2]):
                continue
            kind, _, name = line.key.partition(":")
            text = row[name]
            if text == "KAD":
                if line.node and kind == "measure":
                    claims[line.node] = "Đơn vị không có nội dung này (minh họa)"
                continue
            (figures if kind == "measure" else judged)[name] = text
        for line in layout.lines:  # who claims that a criterion does not apply gives no figures for it
            if line.node in claims and line.kind in ("figure", "judged"):
                figures.pop(line.key.partition(":")[2], None)
                judged.pop(line.key.partition(":")[2], None)
        evidence = [
            (
                node,
                self._kind(criteria, node, rng),
                f"{rng.randint(1, 900)}/BC-MH",
                self._day(rng),
                "Cơ quan minh họa",
                f"Tài liệu minh họa cho {node}",
            )
            for node in layout.criterion_ids
            if rng.random() < 0.5 and node not in claims
        ]
        return Filled(figures, judged, claims, evidence, number=f"{rng.randint(1, 99)}/BC-MH", day=self._letter_day())

    def _kind(self, criteria: CriteriaSet, node: str, rng: random.Random) -> str:
        """The name of a kind that the criterion asks for; the cell may stay empty where there is only one."""
        asked = list(dict.fromkeys(item.kind for item in asked_of(criteria, node)))
        if not asked:
            return next(iter(self.kinds.names.values()), "")
        return self.kinds.name(rng.choice(asked)) if len(asked) > 1 or rng.random() < 0.5 else ""

    def _day(self, rng: random.Random) -> str:
        return (date(self.year, 1, 5) + timedelta(days=rng.randint(0, 300))).strftime("%d/%m/%Y")

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
        _stop(problems)
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
        _stop(problems)
        yield from (f"Đã lập {path}" for path in written)


def _stop(problems: list[Problem]) -> None:
    """Nothing made here may be wrong by itself."""
    if errors(problems):
        raise ProblemsFound(problems)


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
