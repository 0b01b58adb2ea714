"""thidua report"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.commands.rank import STAGE
from thidua.commands.report_coverage import coverage, received
from thidua.commands.report_disputed import disputed
from thidua.commands.report_gap import gap
from thidua.commands.report_models import models
from thidua.commands.report_page import page
from thidua.commands.report_period import summary, year
from thidua.commands.report_section import section
from thidua.commands.report_sheets import sheets
from thidua.commands.report_statistics import statistics
from thidua.speaking import Command, Group

if TYPE_CHECKING:
    from criteria.declarations.movement import Occasion
    from records.workspace.folder import Workspace


@click.group(cls=Group)
def report() -> None:
    """Lập bảng xếp hạng, trang kiểm tra, phiếu giải trình điểm, báo cáo, biểu thống kê của một kỳ hoặc một dịp."""


report.add_command(sheets)
report.add_command(models)
report.add_command(page)
report.add_command(coverage)
report.add_command(received)
report.add_command(disputed)
report.add_command(gap)
report.add_command(year)
report.add_command(summary)
report.add_command(section)
report.add_command(statistics)


@report.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option("--pool", metavar="COLUMN", help="Cột cụm, khối để xếp hạng (thay cho pool của bộ tiêu chí).")
@click.option("--stage", metavar="STAGE", default="self", show_default=True, help=STAGE)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục ghi kết quả (mặc định: ket-qua/PERIOD của thư mục làm việc).",
)
@click.option("--units", is_flag=True, help="Lập thêm phiếu điểm của từng đối tượng, có lý do của từng điểm.")
@click.pass_context
def ranking(
    context: click.Context,
    period: str,
    letters: tuple[str, ...],
    pool: str | None,
    stage: str,
    out: Path | None,
    units: bool,
) -> None:
    """Lập bảng xếp hạng kỳ PERIOD: mỗi bộ tiêu chí một tệp Excel, tổng điểm và thứ hạng là công thức tính lại được.

    Mỗi tệp có các trang: xếp hạng, điểm từng tiêu chí, điểm tối đa đang áp dụng, tiêu chí, biên nhận; in vừa khổ A4.
    """
    from records.scored.rounds import score_round
    from records.years.occasions import occasion_of
    from reports.ranking.files import rankings, write_all
    from thidua.calling import next_step, stop_if_wrong, workspace_here
    from thidua.commands.printing import report as say

    with workspace_here(context) as workspace:
        folder = out if out is not None else workspace.results(period)
        occasion = occasion_of(workspace, period)
        if occasion is not None:
            _occasion(workspace, occasion, letters, folder)
            return
        found, problems = score_round(workspace, period, letters, stage, pool)
        stop_if_wrong(problems)
        written, problems = write_all(folder, rankings(workspace, found, units))
        for path in written:
            click.echo(f"Đã ghi {path}.")
        if say(problems, writing=False):  # those above have been written
            raise click.exceptions.Exit(1)
        for one in found:
            click.echo(
                f"{one.criteria.title}: {one.result.size} đối tượng, {one.handed_in} đã nộp biểu"
                + (f", {len(one.doubts)} chưa đưa vào bảng (xem trang Bien nhan)." if one.doubts else ".")
            )
    next_step(f"xem và in các tệp trong {folder}; hỏi vì sao: thidua explain {period} MÃ.")


def _occasion(workspace: Workspace, occasion: Occasion, letters: tuple[str, ...], folder: Path) -> None:
    from records.years.occasions import combined
    from reports.ranking.files import write_all
    from reports.years.files import occasion_file
    from thidua.calling import next_step, stop_if_wrong

    found, receipt, problems = combined(workspace, occasion, letters)
    stop_if_wrong(problems)
    written, problems = write_all(folder, [occasion_file(workspace.movement, found, receipt)])
    for path in written:
        click.echo(f"Đã ghi {path}.")
    stop_if_wrong(problems)
    next_step(f"xem và in các tệp trong {folder}; hỏi vì sao: thidua explain {occasion.id} MÃ.")


@report.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("candidate", metavar="[CANDIDATE]", default="")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Thư mục ghi kết quả.")
@click.pass_context
def stages(context: click.Context, period: str, candidate: str, letters: tuple[str, ...], out: Path | None) -> None:
    """Điểm qua các bước, cạnh nhau: tự chấm, thẩm định, giải trình, thẩm định lại, kết quả cuối.

    Nêu CANDIDATE thì in ra màn hình; không nêu thì lập tệp Excel cho từng bộ tiêu chí.
    """
    from criteria.problems import of_file
    from records.scored.stages import score_stages
    from reports.ranking.files import ReportFile, stages_file, write_all
    from reports.stages.side_by_side import side_by_side, stage_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = score_stages(workspace, period, letters)
        stop_if_wrong(problems)
        if candidate:
            one = next((one for one in found if candidate in one.last.result.rows), None)
            if one is None:
                message = f"{candidate} không dự xét trong kỳ {period}."
                stop_if_wrong([of_file(candidate, "unknown-candidate", message, "Xem: thidua roster list.")])
                return
            result = one.last.result
            click.echo(f"{candidate} {result.candidate(candidate).name}, kỳ {period}")
            click.echo("\n".join(stage_lines(side_by_side(one.results, one.here, candidate), result.set.places)))
            next_step(
                f"vì sao: thidua explain {period} {candidate} --stage final; ai làm gì: thidua log --candidate {candidate}"
            )
            return
        files: list[ReportFile] = [
            stages_file(workspace, one.last.round, one.last.letter, one.last.file, one.results, one.here)
            for one in found
        ]
        folder = out if out is not None else workspace.results(period)
        written, problems = write_all(folder, files)
        for path in written:
            click.echo(f"Đã ghi {path}.")
        stop_if_wrong(problems)
    next_step(f"của một đối tượng: thidua report stages {period} MÃ.")
