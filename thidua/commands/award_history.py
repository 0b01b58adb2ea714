"""thidua award import, thidua award list"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.speaking import Command

STATES = ("granted", "submitted", "refused", "returned", "revoked")


@click.command(name="import", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
def import_(context: click.Context, file: Path) -> None:
    """Nhập danh sách khen thưởng đã có từ FILE (.xlsx hoặc .csv). Có lỗi ở một dòng thì không nhập dòng nào.

    Cột theo thứ tự bất kỳ: mã hoặc tên người được khen, đơn vị công tác, hình thức, loại hình, số quyết định, ngày, cơ quan quyết
    định, phong trào, thành tích, từ ngày, đến ngày, sáng kiến. Cá nhân ghi mã, hoặc họ tên cùng đơn vị công tác. Người không có
    trong danh sách thì ghi “ngoài danh sách” ở cột mã. Nhập lại tệp cũ không thêm gì.
    """
    from nominations.eligibility.selecting import beyond_law
    from nominations.history.importing import import_held
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        done, problems = import_held(workspace, file, date.today())
        stop_if_wrong(beyond_law(problems))
    assert done is not None
    same = done.read - done.new - done.changed
    click.echo(f"Đã đọc {done.read} lần khen thưởng: {done.new} mới, {done.changed} có thay đổi, {same} đã có như vậy.")
    next_step("xem lại: thidua award list.")


@click.command(name="list", cls=Command)
@click.option(
    "--candidate", metavar="C", default="", help="Mã người được khen; kèm cơ quan trước sắp xếp theo phong trào."
)
@click.option("--award", metavar="A", default="", help="Mã hình thức ở tệp khen thưởng, hoặc tên.")
@click.option(
    "--year", metavar="Y", type=click.IntRange(1945, 2100), help="Năm của quyết định (chưa có thì năm trình)."
)
@click.option(
    "--status", type=click.Choice(STATES), help="Tình trạng: đã tặng, đã trình, không tặng, trả lại, đã hủy bỏ."
)
@click.option(
    "--out",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi bảng để in (.xlsx) vào tệp này thay cho in ra màn hình.",
)
@click.pass_context
def list_(
    context: click.Context, candidate: str, award: str, year: int | None, status: str | None, file: Path | None
) -> None:
    """Tra cứu khen thưởng đã ghi: người được khen, hình thức, số và ngày quyết định, cơ quan, loại hình, tình trạng."""
    from nominations.eligibility.selecting import beyond_law
    from nominations.history.looking import look_up
    from reports.awards.held_workbook import held_lines, held_workbook, summary
    from reports.ranking.files import ReportFile, write_all
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if file is not None and file.suffix.lower() != ".xlsx":
        raise click.BadParameter("tệp phải có đuôi .xlsx.", param_hint="--out")
    with workspace_here(context) as workspace:
        listing, problems = look_up(workspace, candidate.strip(), award.strip(), year, status or "")
        stop_if_wrong(beyond_law(problems))
        assert listing is not None
        if file is not None:
            stop_if_wrong(write_all(file.parent, [ReportFile(file.name, held_workbook(listing))])[1])
            click.echo(f"Đã ghi {file}")
        else:
            for text in held_lines(listing):
                click.echo(text)
        for stamp in listing.stamps:
            click.echo(stamp)
        click.echo(summary(listing))
    waiting = [one.held for one in listing.lines if one.held.pending]
    if waiting:
        one = waiting[0]
        next_step(
            f"khi có quyết định: thidua award record {one.occasion} --award {one.award} --candidate {one.holder} …"
        )
    else:
        next_step("nhập thêm: thidua award import FILE; xét chọn: thidua nominate DỊP.")
