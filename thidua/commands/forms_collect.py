"""thidua forms collect"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.speaking import Command

if TYPE_CHECKING:
    from records.forms.collecting.collect import Collected


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--reason", metavar="TEXT", default="", help="Lý do nhận biểu của nhóm đã khóa rồi mở lại.")
@click.option(
    "--errors",
    "errors_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi danh sách lỗi vào tệp .xlsx này (mặc định: ket-qua/PERIOD/loi-thu-bieu.xlsx).",
)
@click.pass_context
def collect(context: click.Context, period: str, folder: Path, reason: str, errors_file: Path | None) -> None:
    """Thu mọi biểu .xlsx trong DIR (kể cả thư mục con) vào kỳ PERIOD; tệp minh chứng ở thư mục minh-chung/ cạnh biểu.

    Mỗi tệp xét riêng: tệp đúng được lưu, tệp sai không lưu gì và được nêu mọi lỗi. Có tệp sai thì kết thúc bằng mã 1.
    """
    from records.forms.collecting.collect import collect as collect_forms
    from records.forms.collecting.returning import FILE_NAME
    from thidua.calling import next_step, workspace_here
    from thidua.commands.error_list import stop_after_errors, write_error_list
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        with _Progress() as bar:
            run = collect_forms(workspace, period, folder, reason, bar.start, bar.tick)
        report(run.problems, writing=False)
        if run.groups:
            click.echo(f"Kỳ {period}: đã xem {run.files} tệp.")
            for line in _summary(run):
                click.echo(line)
        written = write_error_list(run, period, errors_file or workspace.results(period) / FILE_NAME)
        mine = {"closed", "group", "round"}  # what the officer settles, not the unit
        wrong = {problem.code for problem in run.problems if problem.severity == "error"}
        if written is not None and wrong and wrong <= mine:
            next_step(f"xem cách xử lý ở trên; danh sách tệp chưa thu: {written}.")
            raise click.exceptions.Exit(1)
        stop_after_errors(run, written)
        if not run.files:
            next_step("để các biểu nhận về vào một thư mục rồi chạy lại lệnh này với thư mục đó.")
        elif any(count.missing for count in run.groups.values()):
            next_step(f"xem ai chưa nộp: thidua round status {period} --missing; hoặc xếp hạng: thidua rank {period}.")
        else:
            next_step(f"xếp hạng: thidua rank {period}.")


def _summary(run: Collected) -> list[str]:
    """A line per group."""
    lines = []
    for letter, count in run.groups.items():
        who = f"Nhóm {letter}" if letter else "Chưa rõ nhóm"
        parts = [f"thu được {count.taken}" + (f" (thay bản cũ {count.replaced})" if count.replaced else "")]
        parts += [f"trùng bản đã thu {count.same}"] if count.same else []
        parts += [f"tệp lỗi {count.wrong}"] if count.wrong else []
        parts += [f"chưa nộp {len(count.missing)}"] if letter else []
        lines.append(f"  {who}: {', '.join(parts)}.")
    if run.same_files:
        lines.append(f"  {len(run.same_files)} tệp đã thu từ trước, không thay đổi gì.")
    return lines


class _Progress:
    """A bar on the error stream; nothing where nobody watches."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> _Progress:
        return self

    def start(self, files: int) -> None:
        if sys.stderr.isatty() and files:
            self._bar = click.progressbar(length=files, label="Đọc biểu", file=sys.stderr)
            self._bar.__enter__()

    def tick(self) -> None:
        if self._bar is not None:
            self._bar.update(1)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
