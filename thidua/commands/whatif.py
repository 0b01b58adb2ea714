"""thidua whatif"""

from __future__ import annotations

import click

from thidua.commands.rank import STAGE
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option(
    "--set",
    "settings",
    metavar="UNIT.MEASURE=VALUE",
    multiple=True,
    help="Giả định một số liệu; dùng lại được. Để trống VALUE là chưa báo cáo.",
)
@click.option("--stage", metavar="STAGE", default="final", show_default=True, help=STAGE)
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.pass_context
def whatif(
    context: click.Context, period: str, settings: tuple[str, ...], stage: str, letters: tuple[str, ...]
) -> None:
    """Nếu một số liệu của kỳ PERIOD khác đi thì ai đổi điểm, hạng, xếp loại, đề nghị khen thưởng. Không lưu gì.

    UNIT là mã hoặc tên đối tượng; MEASURE là mã hoặc tên số liệu, mã tiêu chí do người chấm cho điểm, hoặc
    BẢNG[DÒNG].CỘT của một bảng nhiều dòng. UNIT.TIÊU-CHÍ nhận “không áp dụng”, “áp dụng”, “đóng”.
    Nhóm đã công bố chính thức thì tính trên số liệu đã công bố.
    """
    from nominations.what_if import counted_by, proposals_moved
    from records.scored.what_if import what_if
    from reports.what_if import proposal_lines, what_if_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = what_if(workspace, period, settings, stage, letters)
        stop_if_wrong(problems)
        assert found is not None
        for line in what_if_lines(found):
            click.echo(line)
        moved, problems = proposals_moved(workspace, period, found.sets)
        stop_if_wrong(problems)
        official = any(one.official is not None for one in found.sets)
        for line in proposal_lines(moved, official, counted_by(workspace, period)):
            click.echo(line)
    unit = found.sets[0].applied[0].unit if found.sets else "MÃ"
    next_step(f"vì sao được điểm như hiện nay: thidua explain {period} {unit} --stage {stage}.")
