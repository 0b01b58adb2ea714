"""The folder of a workspace: made whole, found from inside, its settings read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import Field

from criteria.criteria_set import CriteriaSet
from criteria.declarations.movement import Group, Movement
from criteria.loading import read_set
from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import Problem, errors, of_file, reason
from criteria.shapes.base import Declaration
from criteria.source import read_source
from criteria.validation import validate
from records.ledger.database import FORMAT, Database, create_database

MARK = "thidua.yaml"
MOVEMENT_FOLDER = "phong-trao"
DATABASE = "so-lieu.sqlite"
ISSUED, RECEIVED, RESULTS = "bieu-giao", "bieu-thu", "ket-qua"
KEPT = "ho-so"  # signed papers of award dossiers, what proves that a list was published
_OPENING = """\
# Thư mục làm việc của thidua. Sửa tệp này và các tệp trong phong-trao/ bằng trình soạn thảo văn bản, mã UTF-8.
# so-lieu.sqlite giữ mọi điều đã nhập; bieu-giao/ biểu gửi đi; bieu-thu/ biểu nhận về; ket-qua/ bảng xếp hạng.
format: 1
movement: {movement}

# Thiết lập tỉnh đã chọn, của phong trào (movement.yaml) hoặc của bộ tiêu chí nào khai tên đó. Ví dụ:
#   before_is_strict: strict
settings: {{}}
"""


class WorkspaceDeclaration(Declaration):
    """thidua.yaml."""

    format: str
    movement: str
    settings: dict[str, str] = Field(default_factory=dict)


@dataclass
class Workspace:
    """An open workspace. settings: what the province has chosen, by name. person: who works ("" the system's user)."""

    root: Path
    movement: Movement
    settings: dict[str, str] = field(default_factory=dict)
    person: str = ""
    _database: Database | None = None
    _earlier: dict[int, Workspace] = field(default_factory=dict)
    _sets: dict[str, tuple[CriteriaSet | None, list[Problem]]] = field(default_factory=dict)

    @property
    def movement_folder(self) -> Path:
        return self.root / MOVEMENT_FOLDER

    @property
    def database(self) -> Database:
        if self._database is None:
            self._database = Database(self.root / DATABASE, self.person)
        return self._database

    def issued(self, period: str) -> Path:
        return self.root / ISSUED / period

    def received(self, period: str) -> Path:
        return self.root / RECEIVED / period

    def results(self, period: str) -> Path:
        return self.root / RESULTS / period

    def setting(self, name: str) -> str:
        """A setting of the movement: what the province chose, or the movement's own value."""
        return self.settings.get(name, self.movement.settings[name].value)

    def group(self, letter: str) -> Group | None:
        return next((group for group in self.movement.groups if group.letter == letter), None)

    def sets_of(self, letter: str) -> list[str]:
        """File names of a group's criteria sets."""
        group = self.group(letter)
        return list(group.sets) if group is not None else []

    def read_set(self, file: str) -> tuple[CriteriaSet | None, list[Problem]]:
        """A criteria set of the movement with the settings of the province that it declares."""
        if file not in self._sets:
            path = self.movement_folder / file
            bound, problems = read_set(path)
            if bound is not None:
                chosen = {n: v for n, v in self.settings.items() if n in bound.declaration.settings}
                if chosen:
                    bound, problems = read_set(path, chosen)
            self._sets[file] = bound, problems
        return self._sets[file]

    def at(self, entry: int) -> Workspace:
        """The workspace as its ledger stood at an entry; only to be read."""
        if entry not in self._earlier:
            self._earlier[entry] = replace(self, _database=self.database.at(entry), _earlier={})
        return self._earlier[entry]

    def close(self) -> None:
        for earlier in self._earlier.values():
            earlier.close()
        self._earlier.clear()
        if self._database is not None:
            self._database.close()
            self._database = None


def create_workspace(root: Path, movement_folder: Path, secret: bytes | None = None) -> list[Problem]:
    """Make a workspace; it appears whole or not at all. secret: for demonstrations. Returns why it could not be made."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        return [of_file(root, "output", f"{root} đã có và không trống.", "Chọn một thư mục mới.")]
    movement, problems = read_movement(movement_folder / MOVEMENT)
    if movement is None or errors(problems):
        return problems
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f".{root.name}.", dir=root.parent))
        try:
            shutil.copytree(movement_folder, making / MOVEMENT_FOLDER)
            create_database(making / DATABASE, secret)
            for name in (ISSUED, RECEIVED, RESULTS):
                (making / name).mkdir()
            (making / MARK).write_text(_OPENING.format(movement=movement.id), encoding="utf-8")
            os.chmod(making, 0o755)
            if root.exists():
                root.rmdir()
            making.rename(root)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    except OSError as error:
        return [of_file(root, "output", f"Không tạo được {root}: {reason(error)}.", "Chọn thư mục khác.")]
    return []


def find_workspace(start: Path) -> Path | None:
    """The workspace a folder lies in."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / MARK).is_file()), None)


def open_workspace(start: Path, person: str = "") -> tuple[Workspace | None, list[Problem]]:
    """The workspace around a folder, or why there is none."""
    root = find_workspace(start)
    if root is None:
        return None, [
            of_file(
                start,
                "workspace",
                f"Thư mục {start.absolute()} không phải thư mục làm việc.",
                "Vào thư mục làm việc (lệnh cd) rồi gõ lại lệnh; chưa có thì tạo: thidua new THƯ-MỤC.",
            )
        ]
    source, problems = read_source(root / MARK)
    if source is None:
        return None, problems
    declared, found = validate(source, WorkspaceDeclaration)
    problems += found
    movement, found = read_movement(root / MOVEMENT_FOLDER / MOVEMENT)
    problems += found
    if declared is None or movement is None or errors(problems):
        return None, problems
    if not (root / DATABASE).is_file():
        problems.append(
            of_file(
                root / DATABASE, "workspace", "Không có tệp số liệu của thư mục làm việc.", "Lấy lại từ bản sao lưu."
            )
        )
        return None, problems
    workspace = Workspace(root, movement, {n: str(v) for n, v in declared.settings.items()}, person)
    if workspace.database.format() != FORMAT:
        workspace.close()
        message = "Tệp số liệu hỏng hoặc do bản phần mềm khác tạo."
        hint = "Của bản phần mềm trước: thidua log upgrade. Không phải vậy: dùng đúng bản phần mềm, hoặc lấy lại từ bản sao lưu."
        problems.append(of_file(root / DATABASE, "workspace", message, hint))
        return None, problems
    problems += _setting_problems(workspace, source)
    return (None if errors(problems) else workspace), problems


def _setting_problems(workspace: Workspace, source: Any) -> list[Problem]:
    """Settings that nobody declares, and values that are no choice."""
    problems: list[Problem] = []
    if not workspace.settings:
        return problems
    declared: dict[str, list[str]] = {n: list(s.choices) for n, s in workspace.movement.settings.items()}
    for group in workspace.movement.groups:
        for file in group.sets:
            bound = read_set(workspace.movement_folder / file)[0]
            if bound is not None:
                declared.update({n: list(s.choices) for n, s in bound.declaration.settings.items()})
    for name, value in workspace.settings.items():
        if name not in declared:
            known = ", ".join(sorted(declared))
            message = f"Không có thiết lập “{name}”."
            problems.append(source.problem("unknown-setting", ("settings", name), message, f"Các thiết lập: {known}."))
        elif declared[name] and value not in declared[name]:
            message = f"Thiết lập “{name}” không nhận “{value}”."
            hint = "Các lựa chọn: " + ", ".join(declared[name]) + "."
            problems.append(source.problem("unknown-setting", ("settings", name), message, hint))
    return problems


def settings_in_force(workspace: Workspace, bound: CriteriaSet) -> Mapping[str, str]:
    """Every setting that can change a number of this set, for receipts."""
    own = {name: workspace.setting(name) for name in workspace.movement.settings}
    return {**own, **bound.settings}
