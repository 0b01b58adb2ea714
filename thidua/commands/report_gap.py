"""thidua report gap"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("periods", metavar="PERIOD…", nargs=-1, required=True)
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option(
    "--share",
    metavar="N",
    type=click.IntRange(1, 100),
    default=50,
    show_default=True,
    help="Tiêu chí có từ N phần trăm đơn vị tự chấm cao thì nêu để xem lại câu chữ.",
)
@click.option(
    "--least",
    metavar="N",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="… khi so được ít nhất N đơn vị.",
)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Ghi vào tệp .xlsx này.")
@click.pass_context
def gap(
    context: click.Context, periods: tuple[str, ...], letters: tuple[str, ...], share: int, least: int, out: Path | None
) -> None:
    """Chênh lệch giữa tự chấm và thẩm định: theo đơn vị, tiêu chí, cơ quan thẩm định, qua các kỳ. Chỉ dùng nội bộ.

    Nêu nhiều PERIOD để xem đơn vị nào kỳ nào cũng tự chấm cao hơn. Tệp Excel ở ket-qua của kỳ cuối.
    """
    from fractions import Fraction

    from records.rounds import load_rounds
    from reports.gap.content import period_gap
    from reports.gap.pages import gap_workbook
    from reports.gap.screen import gap_lines
    from reports.tasks.files import write_report
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    wanted = Fraction(share, 100)
    with workspace_here(context) as workspace:
        found, problems = [], []
        for period in dict.fromkeys(periods):
            one, told = period_gap(workspace, period, letters)
            problems += [each for each in told if each not in problems]
            if one is not None:
                found.append(one)
        stop_if_wrong(problems)
        opened = list(load_rounds(workspace))
        found.sort(key=lambda one: (one.round.window.last or date.max, opened.index(one.period)))
        content = gap_workbook(workspace.movement, found, wanted, least)
        folder = workspace.results(found[-1].period)
        written, problems = write_report(out, folder, "chenh-lech-" + "-".join(one.period for one in found), content)
        stop_if_wrong(problems)
        click.echo("\n".join(gap_lines(found, wanted, least)))
    for path in written:
        click.echo(f"Đã ghi {path}.")
    next_step("vì sao từng điểm: thidua explain KỲ MÃ --stage final; ai làm gì: thidua log --candidate MÃ.")
