"""thidua index"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command, Group


@click.group(cls=Group)
def index() -> None:
    """Bộ chỉ số: nhập giá trị của từng đối tượng cho một kỳ, xem giá trị đã nhập."""


@index.command(name="import", cls=Command)
@click.argument("name", metavar="NAME")
@click.argument("period", metavar="PERIOD")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--version", "version", metavar="V", default="", help="Phiên bản của bộ chỉ số.")
@click.option("--source", metavar="TEXT", default="", help="Văn bản công bố: số, ngày.")
@click.pass_context
def import_(context: click.Context, name: str, period: str, file: Path, version: str, source: str) -> None:
    """Nhập giá trị bộ chỉ số NAME kỳ PERIOD từ bảng: mã (hoặc tên), giá trị.

    Chỉ nhận giá trị của từng đối tượng: chỉ số của cả tỉnh hay của một nhóm không gán cho cơ quan nào. Ô trống rút lại giá trị cũ.
    """
    from records.indices import import_index
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        count, saved, problems = import_index(workspace, name, period, file, version, source)
        stop_if_wrong(problems)
    click.echo(f"Đã đọc {count} dòng, ghi {saved} giá trị mới của {name} kỳ {period}.")
    next_step(f"xem: thidua index list {name} {period}; xếp hạng: thidua rank {period}.")


@index.command(name="list", cls=Command)
@click.argument("name", metavar="[NAME]", default="")
@click.argument("period", metavar="[PERIOD]", default="")
@click.pass_context
def list_(context: click.Context, name: str, period: str) -> None:
    """Các bộ chỉ số đã nhập; nêu NAME và PERIOD thì in từng giá trị, phiên bản, nguồn."""
    from records.indices import list_indices
    from records.roster.roster import load_roster
    from records.tasks.rows import name as name_of
    from thidua.calling import next_step, workspace_here

    with workspace_here(context) as workspace:
        known = {item.id: item.name for item in workspace.movement.indexes}
        found = list_indices(workspace, name, period)
        roster, every = load_roster(workspace), bool(name and period)
        for one in found:
            click.echo(f"{one.name} · {known.get(one.name, one.name)} · kỳ {one.period}: {len(one.values)} giá trị")
            for body, entry in one.values.items() if every else ():
                told = f" · {entry.source}" if entry.source else ""
                click.echo(f"  {body} · {name_of(roster, body)} · {entry.value.replace('.', ',')}{told}")
        if not found:
            click.echo("Chưa nhập giá trị nào. Các bộ chỉ số: " + ", ".join(known) + ".")
    next_step("nhập: thidua index import TÊN KỲ TỆP.")
