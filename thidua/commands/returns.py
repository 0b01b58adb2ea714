"""thidua return"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group

if TYPE_CHECKING:
    from records.returns.collect import ReturnRun


@click.group(cls=Group, name="return")
def return_() -> None:
    """Tiêu chí bị trả lại: giao biểu giải trình, thu giải trình, gia hạn, xem ai còn chờ."""


@return_.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--candidate", "candidates", metavar="C", multiple=True, help="Chỉ biểu có đối tượng này; dùng lại được.")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục ghi biểu (mặc định: bieu-giao/PERIOD/giai-trinh của thư mục làm việc).",
)
@click.pass_context
def issue(
    context: click.Context, period: str, candidates: tuple[str, ...], letters: tuple[str, ...], out: Path | None
) -> None:
    """Giao biểu giải trình kỳ PERIOD: mỗi đơn vị một biểu, chỉ gồm tiêu chí bị trả lại; cá nhân, doanh nghiệp theo cơ quan lập biểu."""
    from records.returns.issue import issue_returns
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        issued, problems = issue_returns(workspace, period, candidates, letters, out)
        stop_if_wrong(problems)
    for one in issued:
        deadline = f", hạn {one.deadline:%d/%m/%Y}" if one.deadline else ""
        many = f" của {one.candidates} đối tượng" if one.candidates > 1 else ""
        state = "đã ghi" if one.written else "không đổi"
        click.echo(f"{one.owner} {one.name}: {one.criteria} tiêu chí{many}{deadline}; {state} {one.path}.")
    if issued:
        next_step(f"gửi các biểu, nhận về rồi thu: thidua return collect {period} THƯ-MỤC.")
    else:
        next_step(f"xem tình hình kỳ: thidua round status {period}.")


@return_.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--reason", metavar="TEXT", default="", help="Lời ghi kèm, được lưu lại (như lý do nhận quá hạn).")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày nhận, để tính quá hạn (mặc định hôm nay).")
@click.pass_context
def collect(context: click.Context, period: str, folder: Path, reason: str, day: date | None) -> None:
    """Thu mọi biểu giải trình .xlsx trong DIR vào kỳ PERIOD; tệp minh chứng ở thư mục minh-chung/ cạnh biểu.

    Mỗi tệp xét riêng, sai một ô thì không lưu gì của tệp đó. Quá hạn vẫn nhận và ghi rõ số ngày. Có tệp sai thì kết thúc bằng mã 1.
    """
    from records.returns.collect import FILE_NAME, collect_returns
    from thidua.calling import next_step, workspace_here
    from thidua.commands.error_list import stop_after_errors, write_error_list
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        run = collect_returns(workspace, period, folder, day or date.today(), reason)
        report(run.problems, writing=False)
        if run.files:
            click.echo(f"Kỳ {period}: đã xem {run.files} tệp.")
        for line in _summary(run):
            click.echo(line)
        written = write_error_list(run, period, workspace.results(period) / FILE_NAME)
    stop_after_errors(run, written)
    if run.taken:
        next_step(f"giao lại cho cơ quan đã trả: thidua review issue {period}.")
    else:
        next_step(f"xem ai còn chờ giải trình: thidua return list {period}.")


def _summary(run: ReturnRun) -> list[str]:
    """A line per file that was taken in."""
    lines = []
    for one in run.taken:
        many = len({candidate for candidate, _ in (*one.criteria, *one.open)}) > 1

        def names(pairs: tuple[tuple[str, str], ...], many: bool = many) -> str:
            return ", ".join(f"{candidate} {criterion}" if many else criterion for candidate, criterion in pairs)

        lines.append(f"  {one.owner} ({one.file}): nhận giải trình {names(one.criteria)}.")
        if one.late:
            said = ", ".join(f"{f'{candidate} ' if many else ''}{what} {days}" for candidate, what, days in one.late)
            lines.append(f"    Quá hạn (ngày làm việc): {said}.")
        if one.open:
            lines.append(f"    Còn chờ giải trình: {names(one.open)}.")
    if run.same_files:
        lines.append(f"  {len(run.same_files)} tệp đã thu từ trước, không thay đổi gì.")
    return lines


@return_.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--candidate", metavar="C", required=True, help="Mã đối tượng.")
@click.option(
    "--criterion", "criteria", metavar="K", multiple=True, help="Tiêu chí; không nêu thì mọi tiêu chí đang chờ."
)
@click.option("--until", type=DAY, metavar="DAY", required=True, help="Hạn mới.")
@click.option("--reason", metavar="TEXT", required=True, help="Lý do gia hạn, được lưu lại.")
@click.option("--by-body", metavar="B", default="", help="Cơ quan thẩm định gia hạn (mặc định: thường trực).")
@click.pass_context
def extend(
    context: click.Context,
    period: str,
    candidate: str,
    criteria: tuple[str, ...],
    until: date,
    reason: str,
    by_body: str,
) -> None:
    """Gia hạn giải trình cho một đối tượng của kỳ PERIOD, có lý do."""
    from records.returns.extending import extend_returns
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        extended, problems = extend_returns(workspace, period, candidate, criteria, until, reason, by_body)
        stop_if_wrong(problems)
    for one in extended:
        before = f" (trước là {one.deadline:%d/%m/%Y})" if one.deadline else ""
        click.echo(f"{candidate} {one.criterion.id}: hạn giải trình {until:%d/%m/%Y}{before}.")
    next_step(f"giao lại biểu có hạn mới: thidua return issue {period} --candidate {candidate}.")


@return_.command(name="list", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option("--late", is_flag=True, help="Chỉ tiêu chí quá hạn.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay).")
@click.pass_context
def list_(context: click.Context, period: str, letters: tuple[str, ...], late: bool, day: date | None) -> None:
    """Tiêu chí bị trả lại, chờ giải trình của kỳ PERIOD: ai trả, lý do, hạn, quá hạn bao nhiêu ngày làm việc."""
    from records.returns.listing import waiting_returns
    from records.returns.returned import late_words
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = waiting_returns(workspace, period, day or date.today(), late=late, letters=letters)
        stop_if_wrong(problems)
        for one in found:
            asked = one.returned
            deadline = f"hạn {asked.deadline:%d/%m/%Y}" if asked.deadline else "chưa có hạn"
            over = f", {late_words(workspace.movement, one.days_over)}" if one.days_over else ""
            sent = f" (biểu của {one.owner})" if one.owner not in ("", asked.candidate.id) else ""
            click.echo(f"{asked.candidate.id} {asked.candidate.name}{sent}: {asked.criterion.id}, {deadline}{over}.")
            click.echo(f"    {one.body_name} trả lại ngày {asked.day:%d/%m/%Y}: {asked.reason}")
    many = len({one.returned.candidate.id for one in found})
    click.echo(f"{len(found)} tiêu chí của {many} đối tượng {'quá hạn' if late else 'chờ'} giải trình.")
    next_step(
        f"giao biểu giải trình: thidua return issue {period}; đôn đốc: thidua remind {period}."
        if found
        else f"xem tình hình kỳ: thidua round status {period}."
    )
