"""thidua criteria print"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.speaking import Command

if TYPE_CHECKING:
    from criteria.criteria_set import CriteriaSet
    from records.workspace.folder import Workspace


@click.command(name="print", cls=Command)
@click.argument("name", metavar="SET")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Tệp Word (.docx) ghi ra.")
@click.option(
    "--period", metavar="PERIOD", default="", help="Kỳ áp dụng; bộ tiêu chí không áp dụng trọn kỳ thì báo lỗi."
)
@click.option("--replace", is_flag=True, help="Ghi đè cả phụ lục đã có với nội dung khác.")
@click.pass_context
def print_(context: click.Context, name: str, out: Path | None, period: str, replace: bool) -> None:
    """In một bộ tiêu chí thành phụ lục Word để trình ký, từ chính tệp mà phần mềm chấm điểm.

    SET là mã bộ tiêu chí, tên tệp hoặc đường dẫn; trong thư mục làm việc thì lấy bộ tiêu chí và thiết lập của thư mục đó. Mẫu
    Word: phu-luc-tieu-chuan (thidua templates). Điểm thử thì mọi trang ghi rõ là điểm thử.
    """
    from records.workspace.edited_files import ending_problems, write_unedited
    from reports.standard.annex import default_place, printed_standard
    from thidua.calling import next_step, stop_if_wrong

    workspace = _workspace(context)
    try:
        bound, path = _set(workspace, name)
        target = out if out is not None else default_place(workspace.root if workspace else None, path, period)
    finally:
        if workspace is not None:
            workspace.close()
    content, problems = printed_standard(bound, path, period)
    stop_if_wrong([*ending_problems(target, ".docx"), *problems])
    _, problems = write_unedited({target: content}, "phụ lục", replace=replace)
    stop_if_wrong(problems)
    click.echo(f"Đã ghi {target}.")
    next_step("mở bằng Word, điền số, ngày quyết định, trình ký; sửa điểm, câu chữ thì sửa tệp tiêu chí rồi in lại.")


def _workspace(context: click.Context) -> Workspace | None:
    """The workspace the command was called in, if there is one."""
    from records.workspace.folder import find_workspace
    from thidua.calling import Called, stop_if_wrong

    called = context.find_object(Called) or Called()
    if find_workspace(called.folder) is None:
        return None
    from records.workspace.folder import open_workspace

    workspace, problems = open_workspace(called.folder, called.person)
    stop_if_wrong(problems, warnings=workspace is None)
    return workspace


def _set(workspace: Workspace | None, name: str) -> tuple[CriteriaSet, Path]:
    """The set of a name, in the workspace first, and its file. Leaves with code 1 when there is none."""
    from criteria.loading import read_set
    from criteria.problems import of_file
    from records.scored.editions import draft_alone
    from thidua.calling import stop_if_wrong
    from thidua.finding_sets import find_set

    path = find_set(name, workspace.movement_folder if workspace is not None else None)
    if path is None:
        stop_if_wrong(
            [of_file(name, "file-not-found", f"Không có bộ tiêu chí “{name}”.", "Xem: thidua criteria list.")]
        )
        raise click.exceptions.Exit(1)
    inside = workspace is not None and path.resolve().parent == workspace.movement_folder.resolve()
    bound, problems = workspace.read_set(path.name) if workspace is not None and inside else read_set(path)
    if bound is None:
        stop_if_wrong(draft_alone(path, problems) or problems)
        raise click.exceptions.Exit(1)
    return bound, path
