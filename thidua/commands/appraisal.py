"""thidua appraisal"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.speaking import Command, Group


@click.group(cls=Group)
def appraisal() -> None:
    """Thẩm định hồ sơ đề nghị khen thưởng: giao biểu, thu kết quả (đủ, thiếu, trả lại)."""


@appraisal.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.pass_context
def issue(context: click.Context, occasion: str) -> None:
    """Giao biểu thẩm định hồ sơ của dịp OCCASION: mỗi cơ quan thẩm định một tệp, mỗi trường hợp một dòng.

    Không ai thẩm định hồ sơ của chính mình: hồ sơ đó giao cho cơ quan thay thế.
    """
    from nominations.appraisal.content import appraisal_step
    from nominations.appraisal.issue import issue_appraisals
    from nominations.nominating import nominate
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        nominated, problems = nominate(workspace, occasion.strip())
        stop_if_wrong(problems)
        assert nominated is not None
        step, problems = appraisal_step(nominated)
        stop_if_wrong(problems)
        assert step is not None
        issued, problems = issue_appraisals(workspace, nominated, step)
        stop_if_wrong(problems)
    for one in issued:
        click.echo(f"{one.body_name}: {one.cases} trường hợp, {one.path}")
    if issued:
        next_step(f"điền kết quả rồi thu: thidua appraisal collect {occasion} THƯ-MỤC")
    else:
        next_step(f"xem các trường hợp: thidua nominate {occasion}")


@appraisal.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.pass_context
def collect(context: click.Context, occasion: str, folder: Path) -> None:
    """Thu các biểu thẩm định hồ sơ trong thư mục FOLDER vào dịp OCCASION. Tệp có lỗi không được ghi, nêu hết lỗi."""
    from nominations.appraisal.collect import collect_appraisals
    from nominations.appraisal.content import appraisal_step
    from nominations.nominating import nominate
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        nominated, problems = nominate(workspace, occasion.strip())
        stop_if_wrong(problems, warnings=False)
        assert nominated is not None
        step, problems = appraisal_step(nominated)
        stop_if_wrong(problems)
        assert step is not None
        run = collect_appraisals(workspace, nominated, step, folder, date.today())
    told = ", ".join(f"{word} {count}" for word, count in run.counts.items())
    click.echo(f"Đã đọc {run.files} tệp: {told or 'không có kết quả mới'}.")
    for name in run.same_files:
        click.echo(f"  {name}: đã thu trước đây.")
    stop_if_wrong(run.problems)
    next_step(
        f"công khai hoặc họp hội đồng: thidua announce start {occasion} …; thidua council prepare {occasion} --step …"
    )
