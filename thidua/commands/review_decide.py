"""thidua review close, reopen"""

from __future__ import annotations

import click

from thidua.speaking import Command

_CANDIDATE = click.option("--candidate", metavar="C", required=True, help="Mã đối tượng.")
_CRITERIA = click.option("--criterion", "criteria", metavar="K", multiple=True, help="Mã tiêu chí; dùng lại được.")
_DECISION = click.option("--decision", metavar="TEXT", required=True, help="Số, ngày của quyết định.")
_REASON = click.option("--reason", metavar="TEXT", required=True, help="Lý do, được lưu lại.")


def _chosen(criteria: tuple[str, ...], everything: bool) -> None:
    if bool(criteria) == everything:
        raise click.UsageError("Nêu --criterion hoặc --all, một trong hai.")


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@_CANDIDATE
@_CRITERIA
@click.option("--all", "everything", is_flag=True, help="Mọi tiêu chí còn chưa kết luận của đối tượng.")
@_DECISION
@_REASON
@click.pass_context
def close(
    context: click.Context,
    period: str,
    candidate: str,
    criteria: tuple[str, ...],
    everything: bool,
    decision: str,
    reason: str,
) -> None:
    """Đóng không có kết quả (không nộp, không giải trình, rút) tiêu chí của một đối tượng trong kỳ PERIOD, theo quyết định.

    Tiêu chí bị đóng được tính thế nào do without_result của phong trào quy định. Không tiêu chí nào tự đóng.
    """
    from records.review.deciding import close_criteria
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    _chosen(criteria, everything)
    with workspace_here(context) as workspace:
        done, problems = close_criteria(workspace, period, candidate, criteria, decision, reason)
    stop_if_wrong(problems)
    click.echo(f"Đã đóng {done} tiêu chí của {candidate} kỳ {period} theo {decision}.")
    next_step(f"xem tình hình: thidua review status {period}.")


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@_CANDIDATE
@_CRITERIA
@click.option("--all", "everything", is_flag=True, help="Mọi tiêu chí đã đóng của đối tượng.")
@_DECISION
@_REASON
@click.pass_context
def reopen(
    context: click.Context,
    period: str,
    candidate: str,
    criteria: tuple[str, ...],
    everything: bool,
    decision: str,
    reason: str,
) -> None:
    """Mở lại tiêu chí đã đóng của một đối tượng trong kỳ PERIOD: trở về bước trước khi đóng."""
    from records.review.deciding import reopen_criteria
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    _chosen(criteria, everything)
    with workspace_here(context) as workspace:
        done, problems = reopen_criteria(workspace, period, candidate, criteria, decision, reason)
    stop_if_wrong(problems)
    click.echo(f"Đã mở lại {done} tiêu chí của {candidate} kỳ {period} theo {decision}.")
    next_step(f"giao biểu thẩm định: thidua review issue {period}.")
