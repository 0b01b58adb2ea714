"""thidua evidence"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command, Group


@click.group(cls=Group)
def evidence() -> None:
    """Sổ minh chứng: minh chứng của một kỳ và những điều cơ quan thẩm định cần xem."""


@evidence.command(name="list", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--candidate", metavar="ID", default="", help="Chỉ đối tượng này.")
@click.option("--criterion", metavar="ID", default="", help="Chỉ tiêu chí này, hoặc mọi tiêu chí của nhóm này.")
@click.option("--flagged", is_flag=True, help="Chỉ minh chứng có điều cần xem.")
@click.option(
    "--out",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi sổ vào tệp .xlsx này thay cho in ra (nội bộ, không công bố).",
)
@click.pass_context
def list_(
    context: click.Context, period: str, candidate: str, criterion: str, flagged: bool, file: Path | None
) -> None:
    """Minh chứng của kỳ PERIOD: loại, số, ngày, cơ quan ban hành, trích yếu, tệp; dưới mỗi minh chứng là điều cần xem.

    Điều cần xem: sai loại, sai cơ quan ban hành, ngày ngoài kỳ, thiếu tệp, một văn bản hoặc tệp dùng ở nhiều nơi. Đây là lời
    nhắc người thẩm định, không phải lỗi của biểu.
    """
    from records.evidence.listing import listing
    from records.rounds import find_round
    from reports.evidence_register import register_lines, register_workbook, summary
    from reports.ranking.files import ReportFile, write_all
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if file is not None and file.suffix.lower() != ".xlsx":
        raise click.BadParameter("tệp phải có đuôi .xlsx.", param_hint="--out")
    with workspace_here(context) as workspace:
        round_, problems = find_round(workspace, period)
        stop_if_wrong(problems)
        assert round_ is not None
        found, problems = listing(workspace, round_, candidate, criterion, flagged=flagged)
        stop_if_wrong(problems)
        assert found is not None
        if file is not None:
            stop_if_wrong(write_all(file.parent, [ReportFile(file.name, register_workbook(found))])[1])
            click.echo(f"Đã ghi {file}")
        else:
            for line in register_lines(found):
                click.echo(line)
        click.echo(summary(found))
    if found.flags:
        next_step("cơ quan thẩm định xem từng điều ở trên khi thẩm định; điều cần xem không tự đổi điểm.")
    else:
        next_step(f"xếp hạng: thidua rank {period}.")
