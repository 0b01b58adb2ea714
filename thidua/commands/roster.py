"""thidua roster"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group

if TYPE_CHECKING:
    from records.roster.identity import Asked


@click.group(cls=Group)
def roster() -> None:
    """Danh sách đối tượng: nhập, xem, soát."""


@roster.command(name="import", cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", metavar="WORD", default="", help="Loại của các dòng không ghi loại (doanh nghiệp, cá nhân…).")
@click.option("--group", "letter", metavar="G", default="", help="Nhóm của các dòng không ghi nhóm.")
@click.option("--source", metavar="TEXT", default="", help="Văn bản làm căn cứ của các dòng không ghi nguồn.")
@click.option("--new", is_flag=True, help="Dòng không có mã, tên chưa có trong danh sách: đặt mã mới.")
@click.option(
    "--yes-match",
    "matches",
    metavar="NAME=ID",
    multiple=True,
    help="Tên này là của mã này; NAME=new: là đối tượng mới. Dùng lại được.",
)
@click.pass_context
def import_(
    context: click.Context,
    files: tuple[Path, ...],
    kind: str,
    letter: str,
    source: str,
    new: bool,
    matches: tuple[str, ...],
) -> None:
    """Nhập danh sách từ FILE (xlsx hoặc csv).

    FILE là tệp của phong trào (phong-trao/bodies.csv, communes.csv), hoặc danh sách do cơ quan lập.

    Cột: mã, tên, loại, nhóm, cơ quan quản lý, cụm, quy mô, tiểu nhóm, chức vụ, từ ngày, đến ngày, kế thừa, thủ trưởng,
    mã định danh, mã số thuế, tên cũ, nguồn, có hiệu lực từ, và thuộc tính của bộ tiêu chí. Ô trống là không nói gì;
    “chưa rõ” rút lại điều đã nhập. Nhập lại cùng một tệp không thay đổi gì. Có lỗi thì không ghi gì.
    """
    import sys

    from records.roster.identity import Choices
    from records.roster.importing import import_roster
    from records.roster.matching import key
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    said = {}
    for text in matches:
        name, sign, ident = text.rpartition("=")
        if not sign or not name.strip() or not ident.strip():
            raise click.BadParameter(f"“{text}” phải có dạng TÊN=MÃ.", param_hint="--yes-match")
        said[key(name)] = ident.strip()
    choices = Choices(kind, letter, source, new, said, _ask if sys.stdin.isatty() else None)
    with workspace_here(context) as workspace:
        done, problems = import_roster(workspace, files, choices)
    stop_if_wrong(problems)
    assert done is not None
    if done.entries == 0:
        click.echo(f"Đã đọc {done.rows} dòng: danh sách đã có đủ, không có gì mới.")
    else:
        click.echo(
            f"Đã đọc {done.rows} dòng: {len(done.new)} đối tượng mới, {len(done.changed)} đối tượng có thay đổi."
        )
        counts = (
            f"nhóm {one} {count}" if one else f"ngoài các nhóm hoặc chưa rõ nhóm {count}"
            for one, count in done.groups.items()
        )
        click.echo("Trong đó: " + ", ".join(counts) + ".")
    next_step("xem điều còn để ngỏ: thidua roster check; xem danh sách: thidua roster list.")


def _ask(asked: Asked) -> str | None:
    """Ask a person, one candidate after another."""
    click.echo(f"{asked.place}: “{asked.text}”", err=True)
    for ident, name, certainty in asked.best[:3]:
        sure = f" (giống {certainty}/100)" if certainty else ""
        if click.confirm(f"  Có phải {ident} {name}{sure}?", default=False, err=True):
            return ident
    return "new" if click.confirm("  Là đối tượng mới?", default=False, err=True) else None


@roster.command(name="list", cls=Command)
@click.option("--group", "letter", metavar="G", default="", help="Chỉ nhóm này.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Vào ngày này (mặc định: trong kỳ mở gần nhất).")
@click.option("--all", "everybody", is_flag=True, help="Cả những ai không là đối tượng, kèm lý do.")
@click.pass_context
def list_(context: click.Context, letter: str, day: date | None, everybody: bool) -> None:
    """Đối tượng dự thi đua, theo nhóm."""
    from records.roster.checking import days_of
    from records.roster.listing import as_table, list_roster
    from records.roster.roster import load_roster
    from records.rounds import known_group
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        if letter:
            stop_if_wrong(known_group(workspace, letter))
        days, problems = ((day, day), []) if day is not None else days_of(workspace)
        stop_if_wrong(problems)
        assert days is not None
        lines = list_roster(load_roster(workspace), *days, letter, everybody)
    if lines:
        click.echo(as_table(lines))
    count = sum(line.candidate for line in lines)
    when = f"ngày {days[0]:%d/%m/%Y}" if days[0] == days[1] else f"từ {days[0]:%d/%m/%Y} đến {days[1]:%d/%m/%Y}"
    click.echo(f"{count} đối tượng, {when}" + (f"; {len(lines) - count} không là đối tượng." if everybody else "."))
    next_step("thidua roster check" if lines else "thidua roster import TỆP")


@roster.command(cls=Command)
@click.argument("period", metavar="[PERIOD]", default="")
@click.pass_context
def check(context: click.Context, period: str) -> None:
    """Soát danh sách trong kỳ PERIOD: điều còn để ngỏ, điều trái nhau.

    Không nêu PERIOD thì soát kỳ mở gần nhất. Kết thúc bằng mã 1 chỉ khi có lỗi; điều còn để ngỏ là cảnh báo.
    """
    from criteria.problems import errors
    from records.roster.checking import check_roster
    from thidua.calling import next_step, stop_if_wrong, workspace_here
    from thidua.commands.printing import report

    with workspace_here(context) as workspace:
        found, problems = check_roster(workspace, period)
    stop_if_wrong(problems)
    wrong = report(found, err=False, writing=False)
    if not wrong:
        click.echo(
            f"Danh sách không có lỗi; {len(set(found))} điều còn để ngỏ." if found else "Danh sách không có lỗi."
        )
    next_step(
        "trả lời từng điều bằng một danh sách có cột mã và cột cần điền, rồi thidua roster import TỆP."
        if found
        else "chốt danh sách: thidua round close-roster PERIOD --group G."
    )
    if errors(found):
        raise click.exceptions.Exit(1)
