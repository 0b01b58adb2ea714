"""thidua award rules"""

from __future__ import annotations

from datetime import date

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Theo pháp luật của ngày này (mặc định: ngày đầu của dịp).")
@click.pass_context
def rules(context: click.Context, occasion: str, day: date | None) -> None:
    """Hình thức khen thưởng nào xét được cho đối tượng nào ở dịp OCCASION: theo điểm, khoản, điều nào, căn cứ chắc đến đâu.

    OCCASION là mã dịp của phong trào (so-ket-2027), hoặc thuc-day-NĂM-THÁNG-NGÀY để thúc đẩy phong trào.
    """
    from criteria.problems import errors
    from nominations.awards.reading import load_awards
    from nominations.awards.showing import rule_lines
    from nominations.occasions import find_occasion
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        file, problems = load_awards(workspace)
        found, wrong = find_occasion(workspace, occasion, day)
        stop_if_wrong([*errors(problems), *wrong])
    assert file is not None and found is not None
    for line in rule_lines(file, found):
        click.echo(line)
    next_step(f"đối chiếu căn cứ: thidua eligibility confirm MÃ …; xem ai được đề nghị: thidua nominate {occasion}")
