"""thidua forms issue"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.speaking import Command

if TYPE_CHECKING:
    from records.forms.issuing.issue import Issued


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Ghi vào thư mục này thay cho bieu-giao/PERIOD."
)
@click.pass_context
def issue(context: click.Context, period: str, letters: tuple[str, ...], out: Path | None) -> None:
    """Giao biểu tự chấm của kỳ PERIOD: mỗi đối tượng một biểu; nhóm có biểu tổng hợp thì mỗi cơ quan quản lý một biểu.

    Giao lại chỉ ghi tệp có thay đổi; biểu đã thu không bị đụng tới.
    """
    from records.forms.issuing.issue import issue as issue_forms
    from thidua.calling import next_step, workspace_here
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        issued, problems = issue_forms(workspace, period, letters, out, _progress())
    for one in issued:
        click.echo(_summary(one))
    if report(problems, writing=not issued):
        raise click.exceptions.Exit(1)
    next_step(f"gửi biểu kèm văn bản giao biểu cho đơn vị; khi nhận về: thidua forms collect {period} THƯ-MỤC.")


def _summary(one: Issued) -> str:
    """Nhóm e: 2 biểu tổng hợp cho 3 đối tượng (1 biểu không đổi), ở …"""
    kind = f"biểu tổng hợp cho {one.candidates} đối tượng" if one.batch else "biểu"
    same = one.forms - one.written
    return f"Nhóm {one.letter}: {one.forms} {kind}{f' ({same} biểu không đổi)' if same else ''}, ở {one.folder}"


def _progress() -> Callable[[int, int], None] | None:
    """Counts the forms on the error stream; nothing where nobody watches."""
    if not sys.stderr.isatty():
        return None
    return lambda done, of: click.echo(f"\rĐang lập biểu {done}/{of}", nl=done == of, err=True)
