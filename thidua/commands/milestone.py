"""thidua milestone"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group)
def milestone() -> None:
    """Mốc của đơn vị (kế hoạch riêng, sơ kết, tổng kết): nhập ngày, xem ai đã làm, dời mốc."""


@milestone.command(name="import", cls=Command)
@click.argument("ident", metavar="ID")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
def import_(context: click.Context, ident: str, file: Path) -> None:
    """Nhập ngày thực hiện mốc ID từ bảng: mã (hoặc tên), ngày, văn bản."""
    from records.milestones import import_milestone
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        count, saved, problems = import_milestone(workspace, ident, file, date.today())
        stop_if_wrong(problems)
    click.echo(f"Đã đọc {count} dòng, ghi {saved} ngày mới của mốc {ident}.")
    next_step(f"xem ai chưa làm: thidua milestone list {ident}.")


@milestone.command(name="list", cls=Command)
@click.argument("ident", metavar="[ID]", default="")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay).")
@click.pass_context
def list_(context: click.Context, ident: str, day: date | None) -> None:
    """Các mốc và số đơn vị đã làm, làm sau mốc, chưa có; nêu ID thì in từng đơn vị."""
    from records.milestones import STATES, reached, windows
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    on = day or date.today()
    with workspace_here(context) as workspace:
        known = windows(workspace)
        for name in [ident] if ident else list(known):
            found, problems = reached(workspace, name, on)
            stop_if_wrong(problems)
            window = known[name]
            click.echo(f"{name} · {window.name} · từ {window.first:%d/%m/%Y} đến {window.last:%d/%m/%Y}")
            if window.moved:
                printed = f"{window.printed[0]:%d/%m/%Y} - {window.printed[1]:%d/%m/%Y}"
                click.echo(f"  dời từ {printed} theo {window.document}: {window.reason}")
            counts = [(word, sum(one.state == state for one in found)) for state, word in STATES.items()]
            click.echo("  " + "; ".join(f"{word}: {count}" for word, count in counts if count or not found))
            for one in found if ident else ():
                when = f" {one.date:%d/%m/%Y}" if one.date else ""
                told = f" · {one.document}" if one.document else ""
                click.echo(f"  {one.body} · nhóm {one.group} · {one.name} · {STATES[one.state]}{when}{told}")
    next_step("nhập: thidua milestone import ID FILE; dời mốc: thidua milestone move ID --to NGÀY.")


@milestone.command(cls=Command)
@click.argument("ident", metavar="ID")
@click.option("--from", "first", type=DAY, metavar="DAY", help="Ngày đầu mới.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="Ngày cuối mới.")
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày văn bản dời mốc.")
@click.option("--reason", metavar="TEXT", required=True, help="Lý do.")
@click.pass_context
def move(context: click.Context, ident: str, first: date | None, last: date | None, document: str, reason: str) -> None:
    """Dời mốc ID kèm văn bản và lý do; ngày in trong kế hoạch vẫn giữ."""
    from records.milestones import move_milestone, windows
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if first is None and last is None:
        raise click.UsageError("Nêu --from hoặc --to.")
    with workspace_here(context) as workspace:
        stop_if_wrong(move_milestone(workspace, ident, first, last, document, reason))
        window = windows(workspace)[ident]
    click.echo(f"Mốc {ident}: từ {window.first:%d/%m/%Y} đến {window.last:%d/%m/%Y}.")
    next_step(f"xem: thidua milestone list {ident}.")
