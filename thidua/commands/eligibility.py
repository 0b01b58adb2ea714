"""thidua eligibility"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group)
def eligibility() -> None:
    """Xét điều kiện khen thưởng: giao và thu biểu xét điều kiện, xem kết quả từng điều kiện, đối chiếu căn cứ."""


@eligibility.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--candidate", metavar="C", default="", help="Chỉ đối tượng này, nêu đủ từng điều kiện.")
@click.option("--award", metavar="A", default="", help="Chỉ hình thức khen thưởng này.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Xét tại ngày này (mặc định theo dịp).")
@click.pass_context
def show(context: click.Context, occasion: str, candidate: str, award: str, day: date | None) -> None:
    """Kết quả xét điều kiện của dịp OCCASION: đạt, không đạt, cần người xem, kèm dữ kiện và căn cứ."""
    from nominations.eligibility.selecting import beyond_law, select_cases
    from nominations.eligibility.telling import finding_lines
    from nominations.nominating import nominate
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        nominated, problems = nominate(workspace, occasion.strip(), day)
        stop_if_wrong(beyond_law(problems))
        assert nominated is not None
        cases, problems = select_cases(nominated, candidate.strip(), award.strip())
        stop_if_wrong(problems)
        for line in finding_lines(nominated, cases):
            click.echo(line)
    next_step(f"thidua eligibility issue {occasion}, điền dữ kiện, kết luận, đối chiếu căn cứ.")


@eligibility.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option(
    "--all", "everybody", is_flag=True, help="Kể cả đối tượng chưa được đề nghị hoặc không còn hình thức nào để xét."
)
@click.option("--on", "day", type=DAY, metavar="DAY", help="Xét tại ngày này (mặc định theo dịp).")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Ghi vào thư mục này (mặc định bieu-giao/OCCASION).",
)
@click.pass_context
def issue(context: click.Context, occasion: str, everybody: bool, day: date | None, out: Path | None) -> None:
    """Giao biểu xét điều kiện của dịp OCCASION: dữ kiện về đối tượng, điều cần người xem, căn cứ chưa xác minh."""
    from nominations.eligibility.issue import issue_eligibility
    from nominations.eligibility.selecting import beyond_law
    from nominations.nominating import nominate
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        nominated, problems = nominate(workspace, occasion.strip(), day)
        stop_if_wrong(beyond_law(problems))
        assert nominated is not None
        made, problems = issue_eligibility(workspace, nominated, everybody=everybody, out=out)
        stop_if_wrong(problems)
    assert made is not None
    state = "đã ghi" if made.written else "không đổi"
    click.echo(f"{made.facts} đối tượng, {made.decisions} điều cần người xem, {made.law} căn cứ; {state} {made.path}")
    if made.left_out:
        click.echo(
            f"{made.left_out} đối tượng chưa được đề nghị hoặc không còn hình thức nào để xét, không có trong biểu (cần thì thêm --all)."
        )
    next_step(f"điền ô nền vàng rồi thu: thidua eligibility collect {occasion} {made.path}")


@eligibility.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--author", metavar="TEXT", default="Thường trực", show_default=True, help="Ai kết luận, đối chiếu.")
@click.pass_context
def collect(context: click.Context, occasion: str, file: Path, author: str) -> None:
    """Thu biểu xét điều kiện FILE của dịp OCCASION. Sai một ô thì không lưu gì và nêu mọi lỗi."""
    from nominations.eligibility.collect import collect_eligibility
    from nominations.eligibility.selecting import beyond_law
    from nominations.nominating import nominate
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        nominated, problems = nominate(workspace, occasion.strip())
        stop_if_wrong(beyond_law(problems))
        assert nominated is not None
        done, problems = collect_eligibility(workspace, nominated, file, date.today(), author)
        stop_if_wrong(problems)
    assert done is not None
    if done.same:
        click.echo("Tệp này đã thu từ trước, không thay đổi gì.")
    else:
        click.echo(f"Đã ghi {done.facts} dữ kiện, {done.decisions} kết luận, {done.law} căn cứ đã đối chiếu.")
    next_step(f"thidua eligibility show {occasion}; đủ thì thidua nominate {occasion}")


@eligibility.command(cls=Command)
@click.argument("fact", metavar="FACT")
@click.option(
    "--unchanged/--changed", "unchanged", default=None, required=True, help="Nội dung giữ nguyên, hay đã đổi."
)
@click.option("--document", metavar="TEXT", required=True, help="Tên, số, ngày văn bản đang có hiệu lực đã đọc.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày đối chiếu.")
@click.option("--author", metavar="TEXT", default="Thường trực", show_default=True, help="Ai đối chiếu.")
@click.option("--reason", metavar="TEXT", default="", help="Ghi chú: nội dung mới, nếu đã đổi.")
@click.pass_context
def confirm(
    context: click.Context, fact: str, unchanged: bool, document: str, day: date, author: str, reason: str
) -> None:
    """Ghi việc đối chiếu căn cứ FACT (mã ở mục facts của tệp khen thưởng) với văn bản đang có hiệu lực."""
    from nominations.eligibility.confirming import confirm_fact
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        value = "unchanged" if unchanged else "changed"
        citation, problems = confirm_fact(workspace, fact.strip(), value, document, day, date.today(), author, reason)
        stop_if_wrong(problems)
    found = "nội dung không thay đổi" if unchanged else "nội dung đã thay đổi, căn cứ còn phải sửa ở tệp khen thưởng"
    click.echo(f"Đã ghi đối chiếu {citation}: {found}.")
    next_step("xem lại kết quả: thidua eligibility show DỊP")
