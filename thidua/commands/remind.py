"""thidua remind"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option(
    "--body", "bodies", metavar="B", multiple=True, help="Chỉ cơ quan này (mã trong danh sách); dùng lại được."
)
@click.option(
    "--on", "day", type=DAY, metavar="DAY", help="Ngày của công văn, tính nợ đến ngày này (mặc định hôm nay)."
)
@click.option(
    "--letter", "number", metavar="TEXT", default="", help="Số, ký hiệu công văn nếu đã có; không nêu thì để trống."
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục ghi công văn (mặc định: ket-qua/PERIOD/don-doc của thư mục làm việc).",
)
@click.option("--replace", is_flag=True, help="Lập lại cả công văn đã có mà nội dung khác (có thể đã sửa trong Word).")
@click.pass_context
def remind(
    context: click.Context,
    period: str,
    bodies: tuple[str, ...],
    day: date | None,
    number: str,
    out: Path | None,
    replace: bool,
) -> None:
    """Lập công văn đôn đốc kỳ PERIOD: mỗi cơ quan còn nợ việc một tệp Word, kèm danh sách việc, thời hạn, số ngày quá hạn.

    Mẫu là phong-trao/mau/cong-van-don-doc.docx, sửa được bằng Word. Mỗi công văn đã lập được ghi vào sổ.
    """
    from reports.letters.reminder import remind as write
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        written, letters, problems = write(workspace, period, day or date.today(), bodies, number, out, replace=replace)
        stop_if_wrong(problems)
    for path, letter in zip(written, letters, strict=True):
        late = sum(bool(debt.days_late) for debt in letter.debts)
        click.echo(f"{letter.body_name}: {len(letter.debts)} việc, {late} quá hạn. Đã ghi {path}.")
    if not letters:
        click.echo(f"Kỳ {period}: không cơ quan nào còn nợ việc.")
        next_step(f"xem tình hình kỳ: thidua round status {period}.")
        return
    next_step("mở từng tệp bằng Word, ghi số, ký hiệu, trình ký rồi gửi.")
