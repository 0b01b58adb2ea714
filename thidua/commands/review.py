"""thidua review"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group

_LAZY = {
    "issue": ("thidua.commands.review:issue", "Giao biểu thẩm định: mỗi cơ quan thẩm định một biểu."),
    "collect": (
        "thidua.commands.review_collect:collect",
        "Thu biểu thẩm định: soát từng ô, nêu mọi lỗi, ghi kết luận.",
    ),
    "status": ("thidua.commands.review:status", "Từng cơ quan còn phải thẩm định gì, đã kết luận, trả lại bao nhiêu."),
    "close": ("thidua.commands.review_decide:close", "Đóng tiêu chí không có kết quả, theo quyết định."),
    "reopen": ("thidua.commands.review_decide:reopen", "Mở lại tiêu chí đã đóng."),
}


@click.group(cls=Group, lazy=_LAZY)
def review() -> None:
    """Thẩm định theo cơ quan: giao biểu, thu kết luận, theo dõi, đóng, mở lại."""


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option(
    "--body", "bodies", metavar="B", multiple=True, help="Chỉ cơ quan thẩm định này (mã hoặc tên); dùng lại được."
)
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm đối tượng này; dùng lại được.")
@click.option("--all", "everything", is_flag=True, help="Cả tiêu chí đã kết luận, để cơ quan sửa lại kết luận.")
@click.option(
    "--on", "day", type=DAY, metavar="DAY", help="Ngày giao, từ đó tính thời hạn thẩm định (mặc định hôm nay)."
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Ghi vào thư mục này thay cho bieu-giao/PERIOD/tham-dinh.",
)
@click.pass_context
def issue(
    context: click.Context,
    period: str,
    bodies: tuple[str, ...],
    letters: tuple[str, ...],
    everything: bool,
    day: date | None,
    out: Path | None,
) -> None:
    """Giao biểu thẩm định của kỳ PERIOD: mỗi cơ quan một biểu, chỉ gồm tiêu chí cơ quan đó thẩm định, của mọi đối tượng đã nộp.

    Không cơ quan nào nhận tiêu chí của chính mình, của đơn vị mình: cơ quan thay thế nhận. Giao lại chỉ ghi tệp có thay đổi.
    """
    from records.review.issue import issue_reviews
    from thidua.calling import next_step, workspace_here
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        issued, problems = issue_reviews(
            workspace, period, day or date.today(), bodies, letters, everything=everything, out=out
        )
    for one in issued:
        same = "" if one.written else " (không đổi)"
        until = f", hạn {one.deadline:%d/%m/%Y}" if one.deadline else ""
        click.echo(f"{one.name}: {one.criteria} tiêu chí của {one.candidates} đối tượng{until}: {one.path}{same}")
    if report(problems, writing=not issued):
        raise click.exceptions.Exit(1)
    if issued:
        next_step(f"gửi biểu cho từng cơ quan; khi nhận về: thidua review collect {period} THƯ-MỤC.")
    else:
        next_step(f"xem tình hình: thidua round status {period}.")


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option(
    "--body", metavar="B", default="", help="Chỉ cơ quan thẩm định này (mã hoặc tên), kể từng đối tượng còn chờ."
)
@click.pass_context
def status(context: click.Context, period: str, body: str) -> None:
    """Tình hình thẩm định kỳ PERIOD theo từng cơ quan: chờ thẩm định, đã kết luận, trả lại, chờ thẩm định lại, từ ngày nào."""
    from criteria.movements.verifiers import body_id
    from records.review.owed import review_status
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        wanted = body_id(workspace.movement, body) or body
        lines, problems = review_status(workspace, period, wanted)
    stop_if_wrong(problems)
    for one in lines:
        parts = [f"chờ thẩm định {one.to_verify}", f"đã kết luận {one.concluded}"]
        parts += [f"chờ giải trình {one.returned}"] if one.returned else []
        parts += [f"chờ thẩm định lại {one.explained}"] if one.explained else []
        since = f"; chờ từ {one.since:%d/%m/%Y}" if one.since else ""
        given = f"; giao biểu {one.issued:%d/%m/%Y}" if one.issued else "; chưa giao biểu" if one.since else ""
        until = f", hạn {one.deadline:%d/%m/%Y}" if one.deadline else ""
        click.echo(f"{one.name}: {', '.join(parts)}{since}{given}{until}.")
        for candidate, count in one.candidates.items() if body else ():
            click.echo(f"  {candidate}: còn {count} tiêu chí.")
    if not lines:
        click.echo(f"Kỳ {period} chưa có gì để thẩm định.")
        next_step(f"thu biểu: thidua forms collect {period} THƯ-MỤC.")
    elif any(one.since for one in lines):
        next_step(f"giao biểu: thidua review issue {period}; thu về: thidua review collect {period} THƯ-MỤC.")
    else:
        next_step(f"xếp hạng: thidua rank {period}.")
