"""The list of errors of a run over a folder of workbooks, to be sent back: written by every command that takes workbooks in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.calling import next_step

if TYPE_CHECKING:
    from records.workbooks.coming_in import Run


def write_error_list(run: Run, period: str, path: Path, what: str = "thu biểu") -> Path | None:
    """Write the list when there are errors, or when an older list would stay behind; its path. what: was done."""
    from criteria.problems import reason
    from records.forms.collecting.returning import error_workbook
    from records.workspace.whole_files import write_if_changed

    if not run.files or (not run.wrong and not path.exists()):
        return None
    try:
        write_if_changed(path, error_workbook(period, run.problems, run.owners, run.stamps, what))
    except OSError as error:
        click.echo(f"LỖI output: không ghi được {path}: {reason(error)}. Đóng tệp ở Excel rồi chạy lại.", err=True)
        raise click.exceptions.Exit(1) from None
    return path


def stop_after_errors(run: Run, written: Path | None) -> None:
    """Say what is sent back and leave with code 1, when something was wrong."""
    if not run.wrong:
        return
    if written is not None:
        next_step(f"gửi lại danh sách lỗi ({written}), nhận biểu sửa rồi chạy lại lệnh này.")
    raise click.exceptions.Exit(1)
