"""thidua proposal"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group)
def proposal() -> None:
    """Đề nghị khen thưởng: giao biểu cho cơ quan đề nghị, thu biểu hoặc danh sách, xem."""


@proposal.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--by", "bodies", metavar="BODY", multiple=True, help="Chỉ cơ quan này (mã hoặc tên); dùng lại được.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Ghi vào thư mục này (mặc định bieu-giao/OCCASION/de-nghi).",
)
@click.pass_context
def form(context: click.Context, occasion: str, bodies: tuple[str, ...], out: Path | None) -> None:
    """Giao biểu đề nghị khen thưởng của dịp OCCASION: mỗi cơ quan được đề nghị một tệp, có sẵn đối tượng và kết quả chính thức.

    Dịp: so-ket-2027, tong-ket-2030, hoặc thuc-day-NĂM-THÁNG-NGÀY để thúc đẩy phong trào.
    """
    from nominations.proposals.issue import issue_proposals
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        issued, problems = issue_proposals(workspace, occasion, bodies, out)
    for one in issued:
        state = "đã ghi" if one.written else "không đổi"
        click.echo(f"{one.proposer} {one.name}: {one.rows} đối tượng; {state} {one.path}")
    stop_if_wrong(problems)
    next_step(f"gửi từng cơ quan; nhận về: thidua proposal collect {occasion} THƯ-MỤC.")


@proposal.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--list",
    "listed",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Thay cho DIR: một danh sách .xlsx riêng của cơ quan đề nghị, trang đầu, dòng đầu là tên cột.",
)
@click.option("--by", "body", metavar="BODY", default="", help="Với --list: cơ quan đề nghị (mã hoặc tên).")
@click.option("--letter", metavar="TEXT", default="", help="Với --list: số tờ trình.")
@click.option("--letter-day", type=DAY, metavar="DAY", help="Với --list: ngày tờ trình.")
@click.option("--minutes", metavar="TEXT", default="", help="Với --list: số biên bản xét khen thưởng.")
@click.option("--minutes-day", type=DAY, metavar="DAY", help="Với --list: ngày biên bản.")
@click.option("--through", metavar="TEXT", default="", help="Với --list: số, ngày văn bản của cơ quan chuyển đề nghị.")
@click.pass_context
def collect(
    context: click.Context,
    occasion: str,
    folder: Path | None,
    listed: Path | None,
    body: str,
    letter: str,
    letter_day: date | None,
    minutes: str,
    minutes_day: date | None,
    through: str,
) -> None:
    """Thu mọi biểu đề nghị .xlsx trong DIR (kể cả thư mục con) vào dịp OCCASION, hoặc một danh sách riêng (--list).

    Mỗi tệp xét riêng: tệp đúng được lưu, tệp sai không lưu gì và được nêu mọi lỗi. Biểu mới của một cơ quan thay biểu cũ, cho đến
    khi hội đồng đã họp.
    """
    from nominations.proposals.collect import collect_list, collect_proposals
    from nominations.proposals.lists import Cover
    from thidua.calling import next_step, workspace_here
    from thidua.commands.printing import report

    if (folder is None) == (listed is None):
        raise click.UsageError("Ghi thư mục DIR, hoặc --list FILE.")
    if folder is not None and any((body, letter, letter_day, minutes, minutes_day, through)):
        raise click.UsageError("--by, --letter, --minutes, --through chỉ dùng với --list; biểu đã có trang ký.")
    with workspace_here(context) as workspace:
        if listed is not None:
            cover = Cover(body, letter, letter_day, minutes, minutes_day, through)
            run = collect_list(workspace, occasion, listed, cover, date.today())
        else:
            assert folder is not None
            run = collect_proposals(workspace, occasion, folder, date.today())
    for one in run.taken:
        new = (
            f", {len(one.outsiders)} đối tượng mới không chấm điểm ({', '.join(one.outsiders)})"
            if one.outsiders
            else ""
        )
        given = f", ghi {one.given} khen thưởng của đơn vị" if one.given else ""
        old = f"; thay đề nghị số {one.replaced}" if one.replaced else ""
        click.echo(f"Đề nghị số {one.number} của {one.proposer} {one.name}: {one.rows} dòng{new}{given}{old}.")
    if run.same_files:
        click.echo(f"{len(run.same_files)} tệp đã thu từ trước, không thay đổi gì.")
    if report(run.problems, writing=not run.taken):
        raise click.exceptions.Exit(1)
    next_step(f"xem: thidua proposal list {occasion}; xét chọn: thidua nominate {occasion}.")


@proposal.command(name="list", cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.pass_context
def list_(context: click.Context, occasion: str) -> None:
    """Các đề nghị của dịp OCCASION: ai đề nghị, tờ trình, biên bản, đề nghị ai hình thức gì; cơ quan nào chưa gửi."""
    from nominations.awards.reading import load_awards
    from nominations.occasions import find_occasion
    from nominations.proposals.bench import load_bench
    from nominations.proposals.listing import missing_line, proposal_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        file, problems = load_awards(workspace)
        at, wrong = find_occasion(workspace, occasion)
        stop_if_wrong([*problems, *wrong], warnings=False)
        assert file is not None and at is not None
        bench = load_bench(workspace, file, at)
    for line in proposal_lines(bench):
        click.echo(line)
    missing = missing_line(bench)
    if missing:
        click.echo(missing)
        next_step(f"thu tiếp: thidua proposal collect {occasion} THƯ-MỤC.")
    else:
        next_step(f"xét chọn: thidua nominate {occasion}.")
