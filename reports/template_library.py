"""The Word templates of a workspace beside those that came with the software: listed, copied back, checked all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from criteria.movements.reading import CATALOG, MOVEMENT, movements, read_movement
from criteria.problems import Problem, of_file, reason
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from reports.dossier.kinds import KINDS
from reports.letters.kinds import TemplateKind, template_problems
from reports.letters.samples import COUNCIL, REMINDER
from reports.letters.templates import FOLDER, read_template
from reports.models.document import MODELS
from reports.period.kinds import PERIOD_REPORTS
from reports.section.fields import SECTION
from reports.standard.annex import STANDARD

DELIVERED, CHANGED, ABSENT, UNKNOWN = "nguyên bản", "đã sửa", "thiếu", "phần mềm không dùng"


@dataclass(frozen=True)
class Listed:
    """A template of a workspace. state: one of the four words above. kind: None for a file that the program does not use."""

    name: str
    path: Path
    state: str
    kind: TemplateKind | None


def kinds() -> list[TemplateKind]:
    """Every template the program uses."""
    return [REMINDER, *KINDS, *COUNCIL, STANDARD, MODELS, *PERIOD_REPORTS, SECTION]


def delivered(workspace: Workspace, name: str) -> Path | None:
    """The template as it came: of this movement in the catalogue, else of the first movement that has it."""
    found = []
    for folder in movements(CATALOG):
        path = folder / FOLDER / f"{name}.docx"
        if path.is_file():
            movement, _ = read_movement(folder / MOVEMENT)
            found.append((movement is None or movement.id != workspace.movement.id, path))
    return min(found)[1] if found else None


def listed(workspace: Workspace) -> list[Listed]:
    """Templates in the order of their use, then files that nothing uses."""
    folder = workspace.movement_folder / FOLDER
    known = kinds()
    found = [Listed(one.name, folder / one.file, _state(workspace, one.name), one) for one in known]
    names = {one.file for one in known}
    others = sorted(path for path in folder.glob("*.docx") if path.name not in names and not path.name.startswith("~$"))
    return [*found, *(Listed(path.stem, path, UNKNOWN, None) for path in others)]


def _state(workspace: Workspace, name: str) -> str:
    own, came = workspace.movement_folder / FOLDER / f"{name}.docx", delivered(workspace, name)
    if not own.is_file():
        return ABSENT
    same = came is not None and own.read_bytes() == came.read_bytes()
    return DELIVERED if same else CHANGED


def copy_back(
    workspace: Workspace, name: str, out: Path | None = None, *, force: bool = False
) -> tuple[Path, list[Problem]]:
    """Write the delivered template into the workspace, or to out (a file, or a folder that is there). A file that is not the same is
    written over only by force."""
    name = name.removesuffix(".docx")
    came = delivered(workspace, name) if name in {one.name for one in kinds()} else None
    target = out if out is not None else workspace.movement_folder / FOLDER / f"{name}.docx"
    if came is None:
        return target, [unknown(name)]
    if target.is_dir():
        target = target / f"{name}.docx"
    try:
        content = came.read_bytes()
        if target.exists() and target.read_bytes() != content and not force:
            hint = "Đổi tên để giữ bản đã sửa, chọn tệp khác bằng --out, hoặc thêm --force để ghi đè."
            return target, [of_file(target, "template", "Đã có tệp này với nội dung khác.", hint)]
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except OSError as error:
        return target, [of_file(target, "output", f"Không ghi được mẫu Word: {reason(error)}.")]
    return target, []


def check(workspace: Workspace, name: str = "") -> tuple[list[TemplateKind], list[Problem]]:
    """The templates that were looked at, and everything wrong with any of them."""
    name = name.removesuffix(".docx")
    wanted = [one for one in kinds() if not name or one.name == name]
    if not wanted:
        return [], [unknown(name)]
    return wanted, [problem for one in wanted for problem in _checked(workspace, one)]


def _checked(workspace: Workspace, kind: TemplateKind) -> Iterator[Problem]:
    path = workspace.movement_folder / FOLDER / kind.file
    content, problems = read_template(path)
    yield from problems or template_problems(kind, content, path)


def unknown(name: str) -> Problem:
    known = ", ".join(one.name for one in kinds())
    return of_file(name or "--name", "template", f"Phần mềm không dùng mẫu nào tên “{name}”.", f"Các mẫu: {known}.")
