"""thidua report statistics"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("year", metavar="YEAR", type=click.IntRange(2000, 2999))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Ghi vào tệp .xlsx này.")
@click.pass_context
def statistics(context: click.Context, year: int, out: Path | None) -> None:
    """Biểu thống kê thi đua, khen thưởng năm YEAR (chế độ báo cáo thống kê ngành Nội vụ), điền những gì phần mềm biết.

    Số hiệu, tiêu đề biểu lấy ở phong-trao/thong-ke.yaml, mỗi biểu nói lấy từ nguồn nào; chỗ chưa đọc được nguyên văn hiện CHƯA BIẾT.
    """
    from reports.statistics.files import year_statistics
    from reports.tasks.files import write_report
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        made, problems = year_statistics(workspace, year)
        stop_if_wrong(problems)
        assert made is not None
        written, problems = write_report(out, workspace.results(str(year)), f"thong-ke-{year}", made.content)
        stop_if_wrong(problems)
    for line in made.lines:
        click.echo(line)
    for path in written:
        click.echo(f"Đã ghi {path}.")
    next_step("đối chiếu từng biểu với Thông tư đang có hiệu lực trước khi gửi; khen thưởng đã ghi: thidua award list.")
