"""thidua announce"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group)
def announce() -> None:
    """Công khai danh sách đề nghị khen thưởng: bắt đầu, kết thúc."""


@announce.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--award", metavar="A", required=True, help="Hình thức khen thưởng.")
@click.option("--from", "first", type=DAY, metavar="DAY", required=True, help="Ngày bắt đầu công khai.")
@click.option("--where", metavar="TEXT", required=True, help="Nơi công khai: cổng thông tin, báo, đài.")
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày thông báo công khai.")
@click.option("--proof", metavar="FILE", type=click.Path(path_type=Path), help="Ảnh hoặc PDF chụp trang đã đăng.")
@click.pass_context
def start(
    context: click.Context, occasion: str, award: str, first: date, where: str, document: str, proof: Path | None
) -> None:
    """Ghi việc công khai danh sách đề nghị hình thức A ở dịp OCCASION; mọi trường hợp đã qua các bước trước."""
    from nominations.nominating import nominate
    from nominations.steps.announcing import Notice, earliest
    from nominations.steps.announcing import announce as enter
    from records.calendar import calendar_of
    from reports.dossier.fields_list import Published
    from thidua.calling import next_step, stop_if_wrong, workspace_here
    from thidua.dossiers import write_notice

    with workspace_here(context) as workspace:
        nominated, problems = nominate(workspace, occasion.strip())
        stop_if_wrong(problems)
        assert nominated is not None
        cases, problems = enter(workspace, nominated, Notice(award, first, where, document, proof), date.today())
        stop_if_wrong(problems)
        calendar, told = calendar_of(workspace.movement), nominated.file.awards.award(award)
        click.echo(f"Đã ghi công khai {len(cases)} trường hợp từ ngày {first:%d/%m/%Y} tại {where}.")
        if calendar is not None and told is not None and told.announcement is not None:
            days = told.announcement.working_days
            until = earliest(calendar, first, days)
            click.echo(f"Đủ {days} ngày làm việc vào ngày {until:%d/%m/%Y}.")
            for sentence in calendar.uncertain(first, until):
                click.echo(f"  {sentence}")
            path = workspace.results(nominated.occasion.id) / f"cong-khai-{award}.docx"
            written, problems = write_notice(
                workspace,
                nominated,
                award,
                (one.nominee.id for one in cases),
                Published(first, until, days, where),
                document,
                path,
            )
            stop_if_wrong(problems)
            click.echo(f"Thông báo công khai: {written}")
    next_step(f"hết thời gian công khai: thidua announce close {occasion} --award {award} --document … --on …")


@announce.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--award", metavar="A", required=True, help="Hình thức khen thưởng.")
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày văn bản xác nhận đã công khai.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày kết thúc (mặc định hôm nay).")
@click.pass_context
def close(context: click.Context, occasion: str, award: str, document: str, day: date | None) -> None:
    """Ghi việc kết thúc công khai: đủ ngày làm việc, không còn kiến nghị. Đối tượng còn kiến nghị thì ở lại."""
    from nominations.eligibility.gathering import held_back
    from nominations.nominating import nominate
    from nominations.steps.announcing import conclude
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        nominated, problems = nominate(workspace, occasion.strip())
        stop_if_wrong(problems)
        assert nominated is not None
        waiting = held_back(workspace, nominated.occasion)
        today = date.today()
        cases, problems = conclude(workspace, nominated, award, document, day or today, today, waiting)
        stop_if_wrong(problems)
    click.echo(f"Đã kết thúc công khai {len(cases)} trường hợp.")
    next_step(f"họp hội đồng: thidua council prepare {occasion} --step …")
