"""thidua model"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.speaking import Command, Group

FORM = "mo-hinh-guong-dien-hinh.xlsx"


@click.group(cls=Group)
def model() -> None:
    """Nhân tố mới, cách làm hay, gương điển hình: lập biểu trống, thu, xem. Gửi được bất cứ lúc nào trong năm."""


@model.command(cls=Command)
@click.option("--unit", metavar="ID", default="", help="Ghi sẵn đơn vị này (mã hoặc tên) ở mọi dòng.")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi ra (mặc định ở bieu-giao)."
)
@click.option("--replace", is_flag=True, help="Ghi đè tệp đã có.")
@click.pass_context
def form(context: click.Context, unit: str, out: Path | None, replace: bool) -> None:
    """Lập biểu Excel trống để đơn vị giới thiệu mô hình, cách làm hay, gương điển hình."""
    from records.models.form import issue_model_form
    from records.workspace.folder import ISSUED
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        target = out if out is not None else workspace.root / ISSUED / FORM
        stop_if_wrong(issue_model_form(workspace, target, unit, replace=replace))
    click.echo(f"Đã ghi {target}.")
    next_step("gửi đơn vị; nhận về: thidua model collect TỆP hoặc THƯ-MỤC.")


@model.command(cls=Command)
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.pass_context
def collect(context: click.Context, path: Path) -> None:
    """Thu biểu mô hình, gương điển hình: một tệp, hoặc mọi tệp .xlsx trong thư mục. Tệp có lỗi không ghi gì, nêu mọi lỗi.

    Gửi lại cùng đơn vị, cùng loại, cùng tên (hoặc mã cá nhân) là sửa nội dung đã gửi; sổ giữ cả bản cũ.
    """
    from records.models.collecting import collect_models
    from thidua.calling import next_step, workspace_here
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        run = collect_models(workspace, path, date.today())
    click.echo(f"Đã đọc {run.files} tệp: {len(run.new)} mục mới, {len(run.edited)} mục sửa, {run.same} mục không đổi.")
    if report(run.problems, writing=not (run.new or run.edited)):
        raise click.exceptions.Exit(1)
    next_step("xem: thidua model list; lập danh sách: thidua report models.")


@model.command(name="list", cls=Command)
@click.argument("period", metavar="[PERIOD]", default="")
@click.pass_context
def list_(context: click.Context, period: str) -> None:
    """Sổ mô hình, cách làm hay, gương điển hình; nêu PERIOD thì chỉ những mục có văn bản giới thiệu trong kỳ.

    Gương cá nhân chỉ in mã trong danh sách.
    """
    from criteria.problems import of_file
    from records.models.register import models
    from records.roster.roster import load_roster
    from records.rounds import read_window
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        window = read_window(workspace.movement, period) if period else None
        if period and window is None:
            stop_if_wrong([of_file(period, "period", f"“{period}” không phải tên kỳ.", "Viết 2026, 2026-q2, 2027-h1.")])
        found = models(workspace, window)
        roster = load_roster(workspace)
    for one in found:
        unit = roster.bodies.get(one.unit)
        public = "" if one.public else " · không tuyên truyền"
        click.echo(
            f"{one.number} · {one.kind_words} · {one.name or one.person} · {one.unit} {unit.name() if unit else ''}{public}"
        )
        click.echo(f"  {one.introduced_by}; từ {one.since:%d/%m/%Y}; {', '.join(one.tags)}")
    click.echo(f"{len(found)} mục trong sổ.")
    next_step("thu thêm: thidua model collect TỆP; lập danh sách: thidua report models.")
