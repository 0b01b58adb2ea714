"""thidua review collect"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.calling import DAY
from thidua.speaking import Command

if TYPE_CHECKING:
    from records.review.run import BodyCount


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--reason", metavar="TEXT", default="", help="Lý do chung, cho kết luận sửa lại mà biểu không ghi lý do.")
@click.option(
    "--on", "day", type=DAY, metavar="DAY", help="Ngày trả lại, từ đó tính hạn giải trình (mặc định hôm nay)."
)
@click.pass_context
def collect(context: click.Context, period: str, folder: Path, reason: str, day: date | None) -> None:
    """Thu mọi biểu thẩm định .xlsx trong DIR (kể cả thư mục con) vào kỳ PERIOD.

    Mỗi tệp xét riêng: tệp đúng được ghi trọn, tệp sai không ghi gì và được nêu mọi lỗi. Dòng để trống không thay đổi gì.
    Danh sách lỗi ở ket-qua/PERIOD/loi-thu-tham-dinh.xlsx. Có tệp sai thì kết thúc bằng mã 1.
    """
    from records.review.collect import FILE_NAME, collect_reviews
    from thidua.calling import next_step, workspace_here
    from thidua.commands.error_list import stop_after_errors, write_error_list
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        names = {body.id: body.name for body in workspace.movement.bodies}
        run = collect_reviews(workspace, period, folder, day or date.today(), reason)
        report(run.problems, writing=False)
        if run.files:
            click.echo(f"Kỳ {period}: đã xem {run.files} tệp.")
        for body, count in run.bodies.items():
            click.echo(f"  {names.get(body, 'Chưa rõ cơ quan')}: {_summary(count)}.")
        if run.same_files:
            click.echo(f"  {len(run.same_files)} tệp đã thu từ trước, không thay đổi gì.")
        written = write_error_list(run, period, workspace.results(period) / FILE_NAME, "thu biểu thẩm định")
    stop_after_errors(run, written)
    if not run.files:
        next_step("để các biểu thẩm định nhận về vào một thư mục rồi chạy lại lệnh này với thư mục đó.")
    elif run.deadline is not None:
        next_step(f"giao biểu giải trình (hạn {run.deadline:%d/%m/%Y}): thidua return issue {period}.")
    else:
        next_step(f"xem còn gì chờ thẩm định: thidua review status {period}.")


def _summary(count: BodyCount) -> str:
    named = (
        ("chấp nhận", count.accepted),
        ("sửa", count.corrected),
        ("trả lại", count.returned),
        ("không áp dụng", count.left_out),
        ("ý kiến về sổ đã giải quyết", count.settled),
        ("còn để trống", count.open),
        ("tệp lỗi", count.wrong),
    )
    return ", ".join(f"{word} {number}" for word, number in named if number) or "không có gì mới"
