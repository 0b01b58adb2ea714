"""thidua report sheets"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--candidate", "candidates", metavar="C", multiple=True, help="Chỉ đối tượng này; dùng lại được.")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục ghi phiếu (mặc định: ket-qua/PERIOD/phieu-giai-trinh của thư mục làm việc).",
)
@click.pass_context
def sheets(
    context: click.Context, period: str, candidates: tuple[str, ...], letters: tuple[str, ...], out: Path | None
) -> None:
    """Lập phiếu giải trình điểm (PDF) của kỳ hoặc dịp PERIOD đã công bố chính thức, mỗi đối tượng một tệp.

    Từng tiêu chí: điểm, quy tắc với số liệu, căn cứ, minh chứng, ai thẩm định ngày nào; chân trang có biên nhận của gói công bố.
    Mọi số lấy từ gói đã công bố. Đối tượng không có điểm chính thức thì không có phiếu.
    """
    from reports.score_sheet.files import FOLDER, write_sheets
    from reports.score_sheet.sheets import open_sheets
    from thidua.calling import next_step, stop_if_wrong, workspace_here
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        found, problems = open_sheets(workspace, period, [one.strip() for one in candidates] or None, letters)
        stop_if_wrong(problems)
        assert found is not None
        folder = out if out is not None else workspace.results(period) / FOLDER
        with _watched(len(found.candidates)) as tick:
            written, problems = write_sheets(found, folder, tick)
        if report(problems, writing=False):  # those before have been written
            raise click.exceptions.Exit(1)
    if not written:
        click.echo("Không có phiếu nào để lập.")
        next_step(f"xem ai có điểm chính thức: thidua rank {period} --stage final.")
        return
    click.echo(f"Đã ghi {len(written)} phiếu giải trình điểm vào {folder}.")
    next_step("soát gói mà phiếu dẫn: thidua verify GÓI --against THƯ-MỤC-LÀM-VIỆC.")


@contextlib.contextmanager
def _watched(count: int) -> Iterator[Callable[[], object] | None]:
    """What is called after each sheet: it moves a bar on the error stream, where somebody watches."""
    if not (sys.stderr.isatty() and count > 1):
        yield None
        return
    with click.progressbar(length=count, label="Lập phiếu", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
