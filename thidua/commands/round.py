"""thidua round"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group, name="round")
def round_() -> None:
    """Mở kỳ, xem tình hình, chốt danh sách, khóa nhóm, mở lại."""


@round_.command(name="open", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--deadline", type=DAY, metavar="DAY", help="Hạn nộp biểu.")
@click.option("--letter", metavar="TEXT", default="", help="Số văn bản giao biểu.")
@click.option("--letter-date", type=DAY, metavar="DAY", help="Ngày văn bản giao biểu.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày mở kỳ (mặc định hôm nay).")
@click.pass_context
def open_(
    context: click.Context, period: str, deadline: date | None, letter: str, letter_date: date | None, day: date | None
) -> None:
    """Mở kỳ PERIOD: 2026, 2026-q2, 2027-h1, 2030-9m, hoặc một dịp của phong trào (so-ket-2027).

    Chạy lại để đổi hạn nộp, số và ngày văn bản giao biểu.
    """
    from records.rounds import open_round
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = open_round(workspace, period, day or date.today(), deadline, letter, letter_date)
        stop_if_wrong(problems)
        assert found is not None
        window = found.window
        click.echo(f"Kỳ {window.period}: từ {window.first:%d/%m/%Y} đến {window.last:%d/%m/%Y}.")
        if found.deadline:
            click.echo(f"Hạn nộp biểu {found.deadline:%d/%m/%Y}.")
        if window.occasion:
            rounds = next(o.rounds for o in workspace.movement.occasions if o.id == window.period)
            click.echo(f"{window.name} gộp các kỳ {', '.join(rounds)}; không có biểu riêng.")
            next_step("theo dõi mốc của đơn vị: thidua milestone list.")
            return
    next_step("nhập danh sách (thidua roster import), sổ nhiệm vụ (thidua tasks import), chỉ số (thidua index import).")


@round_.command(cls=Command)
@click.argument("period", metavar="[PERIOD]", default="")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option("--missing", is_flag=True, help="Nêu tên từng đối tượng chưa nộp biểu, từng việc còn nợ.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay).")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi cả bức tranh ra tệp .xlsx này, có trang kê từng việc còn nợ; phải nêu PERIOD.",
)
@click.pass_context
def status(
    context: click.Context, period: str, letters: tuple[str, ...], missing: bool, day: date | None, out: Path | None
) -> None:
    """Tình hình kỳ PERIOD (không nêu thì mọi kỳ đã mở): ai đã nộp, tiêu chí nào đã thẩm định, công bố đến đâu, ai còn nợ việc gì."""
    from records.debts import picture
    from records.rounds import find_round, known_group, load_rounds
    from reports.round_status import round_status
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if out is not None and (not period or out.suffix.lower() != ".xlsx"):
        raise click.UsageError("Ghi ra tệp thì phải nêu PERIOD, và tên tệp có đuôi .xlsx.", context)
    on = day or date.today()
    with workspace_here(context) as workspace:
        stop_if_wrong(problem for letter in letters for problem in known_group(workspace, letter))
        if period:
            found, problems = find_round(workspace, period)
            stop_if_wrong(problems)
            assert found is not None
            rounds = [found]
        else:
            rounds = list(load_rounds(workspace).values())
        if not rounds:
            click.echo("Chưa mở kỳ nào.")
            next_step(f"thidua round open {workspace.movement.period.from_ + 1}")
            return
        for one in rounds:
            groups, debts = picture(workspace, one, on, letters) if not one.window.occasion else ([], [])
            lines, then = round_status(workspace.movement, one, groups, on, names=missing, debts=debts)
            click.echo("\n".join(lines))
            if out is not None:
                from records.workspace.whole_files import write_whole
                from reports.round_status_workbook import status_workbook

                write_whole(out, status_workbook(workspace.movement, one, groups, debts, on))
                click.echo(f"Đã ghi {out}.")
            next_step(then)


@round_.command(name="close-roster", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letter", metavar="G", required=True, help="Nhóm.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày chốt (mặc định hôm nay).")
@click.option("--decision", metavar="TEXT", default="", help="Văn bản chốt danh sách.")
@click.pass_context
def close_roster_(context: click.Context, period: str, letter: str, day: date | None, decision: str) -> None:
    """Chốt danh sách đối tượng của một nhóm: thay đổi nhập sau chỉ có tác dụng cho kỳ sau."""
    from records.roster.roster import load_roster
    from records.rounds import close_roster, find_round
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        stop_if_wrong(close_roster(workspace, period, letter, day or date.today(), decision))
        round_, _ = find_round(workspace, period)
        window = round_.window if round_ is not None else None
        doubts = load_roster(workspace).candidates(letter, window.first, window.last)[1] if window else []
    click.echo(f"Đã chốt danh sách nhóm {letter} kỳ {period}.")
    for doubt in doubts:
        click.echo(f"{doubt.body}: {doubt.message} {doubt.hint}".rstrip())
    if doubts:
        click.echo(
            "Còn nơi chưa rõ thì không công bố được: mở lại danh sách (round reopen-roster), trả lời rồi chốt lại."
        )
    next_step(f"thidua forms issue {period} --group {letter}")


@round_.command(name="reopen-roster", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letter", metavar="G", required=True, help="Nhóm.")
@click.option("--reason", "why", metavar="TEXT", required=True, help="Lý do, được lưu lại.")
@click.pass_context
def reopen_roster_(context: click.Context, period: str, letter: str, why: str) -> None:
    """Mở lại danh sách đã chốt của một nhóm, trước khi công bố chính thức; sửa danh sách xong thì chốt lại."""
    from records.rounds import reopen_roster
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        stop_if_wrong(reopen_roster(workspace, period, letter, why))
    click.echo(f"Đã mở lại danh sách nhóm {letter} kỳ {period}: {why}")
    next_step(f"sửa danh sách (thidua roster import), rồi thidua round close-roster {period} --group {letter}.")


@round_.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letter", metavar="G", required=True, help="Nhóm.")
@click.option("--decision", metavar="TEXT", required=True, help="Số, ngày của quyết định hoặc văn bản khóa.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày khóa (mặc định hôm nay).")
@click.pass_context
def close(context: click.Context, period: str, letter: str, decision: str, day: date | None) -> None:
    """Khóa một nhóm: không nhận biểu nữa. Không đơn vị nào bị cho 0 điểm vì khóa."""
    from records.rounds import close_group
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        stop_if_wrong(close_group(workspace, period, letter, day or date.today(), decision))
    click.echo(f"Đã khóa nhóm {letter} kỳ {period} theo {decision}.")
    next_step(f"thidua rank {period} --group {letter}")


@round_.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letter", metavar="G", required=True, help="Nhóm.")
@click.option("--reason", "why", metavar="TEXT", required=True, help="Lý do, được lưu lại.")
@click.option("--decision", metavar="TEXT", default="", help="Văn bản cho phép mở lại.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày mở lại (mặc định hôm nay).")
@click.pass_context
def reopen(context: click.Context, period: str, letter: str, why: str, decision: str, day: date | None) -> None:
    """Mở lại một nhóm đã khóa, có lý do."""
    from records.rounds import reopen_group
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        stop_if_wrong(reopen_group(workspace, period, letter, day or date.today(), why, decision))
    click.echo(f"Đã mở lại nhóm {letter} kỳ {period}: {why}")
    next_step(f'thidua forms collect {period} THƯ-MỤC --reason "{why}"')
