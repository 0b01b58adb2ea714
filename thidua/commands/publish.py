"""thidua publish"""

from __future__ import annotations

import sys
from datetime import date

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option(
    "--group", "letters", metavar="G", multiple=True, help="Nhóm; dùng lại được (mặc định mọi nhóm có đối tượng)."
)
@click.option("--stage", metavar="STAGE", required=True, help="du-kien (lấy ý kiến) hoặc chinh-thuc (chốt kết quả).")
@click.option("--decision", metavar="TEXT", default="", help="Số, ngày văn bản công bố; bắt buộc khi chinh-thuc.")
@click.option("--points-decision", "points", metavar="TEXT", default="", help="Số, ngày văn bản quyết định điểm thử.")
@click.option("--reason", metavar="TEXT", default="", help="Lý do đính chính kết quả đã công bố chính thức.")
@click.option("--comments-until", "until", type=DAY, metavar="DAY", help="Hết hạn góp ý (mặc định theo phong trào).")
@click.option("--confirm", "words", metavar="TEXT", multiple=True, help='Lời xác nhận "PERIOD G STAGE", không hỏi lại.')
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày công bố (mặc định hôm nay).")
@click.pass_context
def publish(
    context: click.Context,
    period: str,
    letters: tuple[str, ...],
    stage: str,
    decision: str,
    points: str,
    reason: str,
    until: date | None,
    words: tuple[str, ...],
    day: date | None,
) -> None:
    """Công bố kết quả kỳ PERIOD, từng nhóm một: dự kiến trước, hết hạn góp ý thì chính thức.

    Còn việc chưa xong thì không công bố, nêu hết việc còn lại. Bản chính thức chốt kết quả vào gói nội bộ và gói công khai.
    """
    from criteria.problems import Problem, errors, of_file
    from records.life.strays import stray_problems
    from records.publication.in_force import published_changes
    from records.publication.open_points import Wish
    from records.publication.published import DRAFT, STAGES, groups_with_candidates
    from records.publication.publishing import prepare, unconfirmed
    from thidua.calling import next_step, stop_if_wrong, workspace_here
    from thidua.commands.printing import report
    from thidua.publishing import publish_with_lists

    wish = Wish(stage, day or date.today(), decision.strip(), points.strip(), reason.strip(), until)
    if wish.day > date.today():
        message = f"Ngày công bố {wish.day:%d/%m/%Y} chưa đến."
        stop_if_wrong([of_file("--on", "publish-open", message, "Công bố vào ngày đó hoặc sau đó.")])
    wrong: list[Problem] = []
    done: list[str] = []
    with workspace_here(context) as workspace:
        for letter in letters or groups_with_candidates(workspace, period):
            made, problems = prepare(workspace, period, letter, wish)
            if made is not None:
                report(
                    [
                        *stray_problems(workspace, made.round, (letter,)),
                        *published_changes(workspace, period, (letter,)),
                    ]
                )
                typed = words
                if not typed and sys.stdin.isatty():
                    size = sum(one.result.size for one in made.scored)
                    click.echo(f"Nhóm {letter}: {size} đối tượng, công bố {STAGES[stage]} lần {made.version}.")
                    typed = (click.prompt(f"Gõ “{made.confirmation}” để công bố", default="", show_default=False),)
                problems = unconfirmed(made, typed)
                if not problems:
                    published, problems = publish_with_lists(made)
                    if published is not None:
                        done.append(letter)
                        click.echo(
                            f"Đã công bố {STAGES[stage]} nhóm {letter} kỳ {period}, lần {made.version}: {made.folder}"
                        )
                        click.echo(f"Mã băm của kết quả: {published.result}")
                        if published.archive:
                            click.echo(f"Mã băm gói nội bộ: {published.archive}")
                            click.echo(f"Mã băm gói công khai: {published.public}")
                        elif published.comments_until:
                            click.echo(f"Lấy ý kiến đến hết ngày {published.comments_until:%d/%m/%Y}.")
            wrong += errors(problems)
    if report(wrong, writing=not done):
        raise click.exceptions.Exit(1)
    if not done:
        click.echo(f"Kỳ {period}: không nhóm nào có đối tượng.")
        next_step("nhập danh sách: thidua roster import.")
    elif stage == DRAFT:
        next_step(f"ghi kiến nghị, phản ánh: thidua complaint add {period} …; hết hạn thì công bố chính thức.")
    else:
        next_step("soát gói đã chốt: thidua verify TỆP; lưu mã băm vào biên bản.")
