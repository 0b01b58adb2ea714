"""thidua complaint"""

from __future__ import annotations

from datetime import date

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group)
def complaint() -> None:
    """Kiến nghị, phản ánh về kết quả: ghi nhận, giải quyết, xem."""


@complaint.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--candidate", metavar="C", required=True, help="Mã đối tượng bị kiến nghị.")
@click.option("--criterion", metavar="K", default="", help="Mã tiêu chí, nếu kiến nghị về một tiêu chí.")
@click.option("--who", metavar="TEXT", required=True, help="Người, cơ quan kiến nghị (dữ liệu cá nhân, giữ riêng).")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày nhận.")
@click.option("--text", metavar="TEXT", required=True, help="Nội dung (giữ riêng như dữ liệu cá nhân).")
@click.option("--deadline", type=DAY, metavar="DAY", help="Hạn giải quyết (mặc định theo thời hạn của phong trào).")
@click.pass_context
def add(
    context: click.Context,
    period: str,
    candidate: str,
    criterion: str,
    who: str,
    day: date,
    text: str,
    deadline: date | None,
) -> None:
    """Ghi một kiến nghị, phản ánh của kỳ PERIOD. Chưa giải quyết thì hồ sơ của đối tượng bị giữ lại."""
    from records.publication.complaints import Complaint, add_complaint, scope_of_round
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        scope, problems = scope_of_round(workspace, period)
        stop_if_wrong(problems)
        assert scope is not None
        told = Complaint(candidate.strip(), day, who, text, criterion.strip(), deadline)
        made, problems = add_complaint(scope, told, date.today())
        stop_if_wrong(problems)
    assert made is not None and made.deadline is not None
    click.echo(
        f"Đã ghi kiến nghị, phản ánh số {made.number} về {made.candidate}; hạn giải quyết {made.deadline:%d/%m/%Y}."
    )
    next_step(f"thidua complaint resolve {period} {made.number} --decision … --upheld hoặc --rejected")


@complaint.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("number", metavar="N", type=int)
@click.option("--decision", metavar="TEXT", required=True, help="Số, ngày văn bản giải quyết.")
@click.option("--upheld/--rejected", "upheld", default=None, required=True, help="Kiến nghị đúng, hay không đúng.")
@click.option("--criterion", metavar="K", default="", help="Tiêu chí được điều chỉnh (mặc định tiêu chí bị kiến nghị).")
@click.option("--measure", "measures", metavar="NAME", multiple=True, help="Số liệu được điều chỉnh; dùng lại được.")
@click.option("--value", "values", metavar="V", multiple=True, help="Giá trị đúng, theo thứ tự của --measure.")
@click.option("--not-applicable", "out", is_flag=True, help="Tiêu chí không áp dụng.")
@click.option("--by-office", "author", metavar="TEXT", default="Thường trực", show_default=True, help="Ai giải quyết.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày giải quyết (mặc định hôm nay).")
@click.pass_context
def resolve(
    context: click.Context,
    period: str,
    number: int,
    decision: str,
    upheld: bool,
    criterion: str,
    measures: tuple[str, ...],
    values: tuple[str, ...],
    out: bool,
    author: str,
    day: date | None,
) -> None:
    """Ghi kết quả giải quyết kiến nghị số N. Đúng thì có thể điều chỉnh số liệu, ghi vào sổ như một mục mới."""
    from records.publication.complaints import REJECTED, UPHELD, correction_of, resolve_complaint, scope_of_round
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        scope, problems = scope_of_round(workspace, period)
        stop_if_wrong(problems)
        assert scope is not None
        correction, problems = correction_of(workspace, period, number, criterion.strip(), measures, values, out=out)
        stop_if_wrong(problems)
        outcome = UPHELD if upheld else REJECTED
        made, problems = resolve_complaint(scope, number, outcome, decision, author, day or date.today(), correction)
        stop_if_wrong(problems)
        assert made is not None
        group = scope.candidates[made.candidate].group
        official = group in scope.frozen
    click.echo(f"Đã giải quyết kiến nghị, phản ánh số {number} theo {made.decision}.")
    if correction is None:
        next_step(f"thidua complaint list {period}")
    elif official:
        next_step(
            f'công bố bản đính chính: thidua publish {period} --group {group} --stage chinh-thuc --reason "…" --decision "…"'
        )
    else:
        next_step(f"công bố lại dự kiến: thidua publish {period} --group {group} --stage du-kien")


@complaint.command(name="list", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--open", "waiting", is_flag=True, help="Chỉ những việc chưa giải quyết.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính quá hạn đến ngày này (mặc định hôm nay).")
@click.pass_context
def list_(context: click.Context, period: str, waiting: bool, day: date | None) -> None:
    """Kiến nghị, phản ánh của kỳ PERIOD: về ai, hạn nào, đã giải quyết chưa. Không in tên người kiến nghị."""
    from records.publication.complaints import complaint_lines, complaints
    from records.rounds import find_round
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        _, problems = find_round(workspace, period)
        stop_if_wrong(problems)
        found = [one for one in complaints(workspace, period) if one.open or not waiting]
    for text in complaint_lines(found, day or date.today()):
        click.echo(text)
    left = [one for one in found if one.open]
    if left:
        next_step(f"thidua complaint resolve {period} {left[0].number} --decision … --upheld hoặc --rejected")
    else:
        next_step(f"xem tình hình kỳ: thidua round status {period}.")
