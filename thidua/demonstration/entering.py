"""What the officer of an illustrative round enters: lists, tasks with their results, indices, each from a file as it would be typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from records.indices import import_index
from records.roster.importing import import_roster
from records.tasks.importing import Origin, import_tasks
from records.tasks.results_file import update_from
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from scoring.result import ILLUSTRATION
from thidua.demonstration.generator import Rows
from thidua.demonstration.participants import Participants
from thidua.demonstration.stopping import stop
from thidua.demonstration.tables import table_workbook

TYPED = "so-lieu-nhap"


class Office:
    """folder: where the typed files lie. year: of the round; results of tasks may come until the end of the next one."""

    def __init__(self, workspace: Workspace, made: Participants, period: str, year: int, folder: Path) -> None:
        self.workspace, self.made, self.period, self.year, self.folder = workspace, made, period, year, folder

    def rosters(self) -> Iterator[str]:
        rosters = [self._typed(f"danh-sach-{letter}", rows) for letter, rows in self._ascii(self.made.rosters).items()]
        _, problems = import_roster(self.workspace, rosters)
        stop(problems)
        yield f"Đã nhập danh sách {sum(len(rows) for rows in self.made.rosters.values())} đối tượng."

    def figures(self) -> Iterator[str]:
        """Tasks, their results, indices."""
        if self.made.tasks:
            done, problems = import_tasks(
                self.workspace, [self._typed("so-nhiem-vu", self.made.tasks)], Origin(ILLUSTRATION)
            )
            stop(problems)
            last = date(self.year + 1, 12, 31)
            _, _, problems = update_from(self.workspace, self._typed("ket-qua-nhiem-vu", self.made.results), last)
            stop(problems)
            yield f"Đã nhập {done.read} nhiệm vụ, {len(self.made.results)} kết quả."
        for name, rows in self.made.indices.items():
            path = self._typed(f"chi-so-{name}", rows)
            _, _, problems = import_index(self.workspace, name, self.period, path, "1", ILLUSTRATION)
            stop(problems)

    def _ascii(self, rosters: Mapping[str, Rows]) -> dict[str, Rows]:
        prefixes = {group.letter: (group.prefix or group.letter).lower() for group in self.workspace.movement.groups}
        return {prefixes[letter]: rows for letter, rows in rosters.items()}

    def _typed(self, name: str, rows: Rows) -> Path:
        path = self.folder / f"{name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        titles = dict.fromkeys(title for row in rows for title in row)
        write_whole(path, table_workbook([{title: row.get(title, "") for title in titles} for row in rows], {}))
        return path
