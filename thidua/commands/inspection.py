"""thidua inspection"""

from __future__ import annotations

from datetime import date

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group)
def inspection() -> None:
    """Kiểm tra: ghi kết quả kiểm tra, điều chỉnh số liệu theo kết luận, xem các lần kiểm tra."""


@inspection.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--candidate", metavar="ID", required=True, help="Đối tượng được kiểm tra.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày kiểm tra.")
@click.option("--by-body", "body", metavar="TEXT", required=True, help="Cơ quan, đoàn kiểm tra.")
@click.option("--finding", metavar="TEXT", required=True, help="Kết quả kiểm tra.")
@click.option("--remedy", metavar="TEXT", default="", help="Yêu cầu khắc phục.")
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày văn bản kết luận.")
@click.option("--criterion", metavar="ID", default="", help="Tiêu chí có số liệu được điều chỉnh.")
@click.option(
    "--measure", metavar="NAME", default="", help="Số liệu được điều chỉnh: tên chỉ tiêu, hoặc mã mục người chấm."
)
@click.option("--value", metavar="TEXT", default="", help="Giá trị đúng, viết như trong biểu.")
@click.pass_context
def add(
    context: click.Context,
    period: str,
    candidate: str,
    day: date,
    body: str,
    finding: str,
    remedy: str,
    document: str,
    criterion: str,
    measure: str,
    value: str,
) -> None:
    """Ghi một lần kiểm tra của kỳ PERIOD. Nêu --criterion, --measure, --value thì điều chỉnh số liệu đó ở bước kết quả cuối.

    Số liệu đơn vị đã nộp vẫn giữ; lần điều chỉnh ghi rõ văn bản và lý do.
    """
    from records.inspections import Correction, Inspection, add_inspection
    from records.life.scope import load_scope
    from records.rounds import find_round
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if len({bool(criterion), bool(measure), bool(value)}) > 1:
        raise click.UsageError("Nêu đủ --criterion, --measure, --value hoặc không nêu cái nào.")
    correction = Correction(criterion, measure, value) if criterion else None
    with workspace_here(context) as workspace:
        round_, problems = find_round(workspace, period)
        stop_if_wrong(problems)
        assert round_ is not None
        scope, problems = load_scope(workspace, round_)
        stop_if_wrong(problems)
        told = Inspection(candidate, day, body, finding, document, remedy)
        made, problems = add_inspection(scope, told, date.today(), correction)
        stop_if_wrong(problems)
        assert made is not None
    click.echo(f"Đã ghi lần kiểm tra số {made.number} của kỳ {period}: {made.candidate}, ngày {made.date:%d/%m/%Y}.")
    if correction is not None:
        click.echo(f"Đã điều chỉnh {measure} ở tiêu chí {criterion} thành {value} theo {made.document}.")
    next_step(f"xem: thidua inspection list {period}.")


@inspection.command(name="list", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--candidate", metavar="ID", default="", help="Chỉ đối tượng này.")
@click.pass_context
def list_(context: click.Context, period: str, candidate: str) -> None:
    """Các lần kiểm tra của kỳ PERIOD: ai, ngày nào, cơ quan nào, kết quả, yêu cầu khắc phục, văn bản."""
    from records.inspections import inspections
    from records.rounds import find_round
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        _, problems = find_round(workspace, period)
        stop_if_wrong(problems)
        found = inspections(workspace, period, candidate)
    for one in found:
        click.echo(f"{one.number} · {one.candidate} · {one.date:%d/%m/%Y} · {one.body} · {one.document}")
        click.echo(f"  Kết quả: {one.finding}")
        if one.remedy:
            click.echo(f"  Yêu cầu khắc phục: {one.remedy}")
    click.echo(f"Kỳ {period}: {len(found)} lần kiểm tra.")
    next_step(f"ghi thêm: thidua inspection add {period} --candidate ID --on NGÀY …")
