"""The files a round's ranking is handed out in: a ranking workbook for every criteria set, on request the sheets of its units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from criteria.problems import Problem, of_file, reason
from records.life.at_stage import AtStage
from records.life.rights import FINAL, SELF, STAGES
from records.rounds import Round
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from reports.ranking.workbook import ranking_workbook
from reports.stages.workbook import stages_workbook
from reports.unit_sheet import unit_workbooks
from reports.workbook_header import header_of
from reports.workbook_styles import order
from scoring.result import Result


@dataclass(frozen=True)
class ReportFile:
    """A file to be written. name: without folder, ASCII."""

    name: str
    content: bytes


def ranking_files(
    workspace: Workspace,
    round_: Round,
    letter: str,
    file: str,
    result: Result,
    receipt: Mapping[str, str],
    *,
    stage: str = "self",
    handed_in: int | None = None,
    left_out: Sequence[str] = (),
    units: bool = False,
    stamps: Sequence[str] = (),
) -> list[ReportFile]:
    """The workbooks of one scored set. file: the file of the set. handed_in: how many have handed a form in.

    left_out: who is not in the table, and why. units: also a sheet for every candidate, 200 a workbook.
    stamps: what every page says besides those of the result.
    """
    movement = workspace.movement
    header = header_of(movement, round_, letter, stage)
    header = replace(header, stamps=(*header.stamps, *stamps))
    labels = {f"Thiết lập {n}": f"Thiết lập {s.label} ({n})" for n, s in movement.settings.items()}
    told = {labels.get(name, name): value for name, value in receipt.items()}
    told["Mục nhập cuối cùng của so-lieu.sqlite"] = str(workspace.database.last_entry())
    if round_.group(letter).closed is not None:
        told["Khóa nhóm"] = f"{round_.group(letter).closed:%d/%m/%Y}, {round_.group(letter).decision}"
    if handed_in is not None:
        told["Đã nộp biểu"] = f"{handed_in} trên {result.size}"
    told |= {f"Chưa đưa vào bảng ({number})": text for number, text in enumerate(left_out, 1)}
    ending = _ending(_ascii(movement_prefix(workspace, letter)), file)
    if stage != SELF:
        ending += f"-{_ascii(STAGES[stage])}"
    found = [ReportFile(f"xep-hang-{ending}.xlsx", ranking_workbook(result, header, told))]
    if units:
        ids = [result.ids[row] for row in order(result)]
        books = list(unit_workbooks(result, header, ids))
        for number, content in enumerate(books, 1):
            more = f"-{number:02d}" if len(books) > 1 else ""
            found.append(ReportFile(f"phieu-diem-{ending}{more}.xlsx", content))
    return found


def stages_file(
    workspace: Workspace, round_: Round, letter: str, file: str, results: Mapping[str, Result], here: AtStage
) -> ReportFile:
    """The workbook of one set with all stages side by side. results: by stage."""
    header = header_of(workspace.movement, round_, letter, FINAL)
    ending = _ending(_ascii(movement_prefix(workspace, letter)), file)
    return ReportFile(f"cac-buoc-{ending}.xlsx", stages_workbook(results, here, header))


def movement_prefix(workspace: Workspace, letter: str) -> str:
    """The letter of a group for names of files: đ is told from d by its prefix."""
    group = workspace.group(letter)
    return (group.prefix if group is not None and group.prefix else letter).lower()


def _ending(group: str, file: str) -> str:
    """a, a-so-nganh.yaml → a-so-nganh; a, ap.yaml → a-ap."""
    stem = _ascii(PurePath(file).stem)
    return stem if re.match(rf"{re.escape(group)}(\d|-|$)", stem) else f"{group}-{stem}"


def _ascii(text: str) -> str:
    """Letters, digits and hyphens that any file system takes."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-") or "x"


def write_all(folder: Path, files: Sequence[ReportFile]) -> tuple[list[Path], list[Problem]]:
    """Write every file whole; those that were written, and why others were not."""
    written: list[Path] = []
    problems: list[Problem] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return [], [of_file(folder, "output", f"Không tạo được {folder}: {reason(error)}.", "Chọn thư mục khác.")]
    for file in files:
        path = folder / file.name
        try:
            write_whole(path, file.content)
            written.append(path)
        except OSError as error:
            hint = "Nếu tệp đang mở trong Excel thì đóng lại rồi chạy lại lệnh."
            problems.append(of_file(path, "output", f"Không ghi được {path}: {reason(error)}.", hint))
    return written, problems


def rankings(workspace: Workspace, found: list[ScoredSet], units: bool = False) -> list[ReportFile]:
    """The workbooks of scored sets. units: also the sheets of every candidate."""
    return [
        file
        for one in found
        for file in ranking_files(
            workspace,
            one.round,
            one.letter,
            one.file,
            one.result,
            one.receipt,
            stage=one.stage,
            handed_in=one.handed_in,
            left_out=[f"{doubt.body} {doubt.name}: {doubt.message}" for doubt in one.doubts],
            units=units,
        )
    ]
