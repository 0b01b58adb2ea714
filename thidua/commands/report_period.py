"""thidua report year, summary"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.calling import DAY
from thidua.speaking import Command

if TYPE_CHECKING:
    from criteria.problems import Problem
    from records.workspace.folder import Workspace
    from reports.period.gathering import PeriodReport

FOLDER = click.Path(path_type=Path)
ON = "Số liệu nhiệm vụ, mốc tính đến ngày này (mặc định: ngày cuối kỳ, hoặc hôm nay nếu kỳ chưa xong)."
REPLACE = "Lập đè lên báo cáo đã sửa bằng Word."


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--on", "day", type=DAY, metavar="DAY", help=ON)
@click.option("--out", metavar="DIR", type=FOLDER, help="Thư mục ghi (mặc định: ket-qua/PERIOD).")
@click.option("--replace", is_flag=True, help=REPLACE)
@click.pass_context
def year(context: click.Context, period: str, day: date | None, out: Path | None, replace: bool) -> None:
    """Lập báo cáo năm (kỳ PERIOD) của Phong trào: tệp Word có số liệu, bảng, biểu đồ; phần lời để cán bộ viết.

    Kèm tệp Excel của mọi bảng và mọi biểu đồ. Số lấy từ gói đã công bố chính thức; nhóm chưa công bố thì ghi rõ là tạm tính.
    Cá nhân chỉ có số lượng; chỉ nêu tên người được đề nghị, được khen thưởng. Chỗ cần viết: [Cán bộ viết: …].
    """
    from reports.period.gathering import year_report
    from thidua.calling import workspace_here

    with workspace_here(context) as workspace:
        _write(workspace, *year_report(workspace, period, date.today(), day), out, replace)


@click.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--on", "day", type=DAY, metavar="DAY", help=ON)
@click.option("--out", metavar="DIR", type=FOLDER, help="Thư mục ghi (mặc định: ket-qua/OCCASION).")
@click.option("--replace", is_flag=True, help=REPLACE)
@click.pass_context
def summary(context: click.Context, occasion: str, day: date | None, out: Path | None, replace: bool) -> None:
    """Lập báo cáo sơ kết, tổng kết Phong trào (dịp OCCASION): tệp Word có số liệu, bảng, biểu đồ các kỳ; phần lời để cán bộ viết.

    Kèm tệp Excel của mọi bảng và mọi biểu đồ. Kỳ nào chưa mở, nhóm nào chưa công bố chính thức thì nêu rõ.
    """
    from reports.period.gathering import occasion_report
    from thidua.calling import workspace_here

    with workspace_here(context) as workspace:
        _write(workspace, *occasion_report(workspace, occasion, date.today(), day), out, replace)


def _write(
    workspace: Workspace, report: PeriodReport | None, problems: list[Problem], out: Path | None, replace: bool
) -> None:
    from reports.period.sentences import lacking
    from reports.period.writing import write_report
    from thidua.calling import next_step, stop_if_wrong

    stop_if_wrong(problems)
    assert report is not None
    written, problems = write_report(workspace, report, out, replace=replace)
    stop_if_wrong(problems)
    for line in lacking(report):
        click.echo(line)
    for path in written.files:
        click.echo(f"Đã ghi {path}.")
    next_step(f"mở {written.files[0].name} bằng Word, viết vào các chỗ [Cán bộ viết: …], ghi số, ngày rồi trình ký.")
