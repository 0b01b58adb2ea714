"""thidua panel"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group


@click.group(cls=Group)
def panel() -> None:
    """Hội đồng chấm: thành viên, giao phiếu chấm, thu phiếu, xem ai đã chấm, kết luận."""


@panel.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--table", metavar="T", required=True, help="Hội đồng: tên bảng ở given: {panel: T} của bộ tiêu chí.")
@click.option("--name", metavar="NAME", required=True, help="Họ tên người chấm (dữ liệu cá nhân).")
@click.option("--body", metavar="B", default="", help="Cơ quan công tác (mã hoặc tên): không được chấm nơi đó.")
@click.option("--person", metavar="ID", default="", help="Mã của chính người đó trong danh sách, hoặc “không”.")
@click.option("--from", "first", type=DAY, metavar="DAY", help="Chấm từ ngày này.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="Chấm đến hết ngày này.")
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày quyết định lập hội đồng.")
@click.pass_context
def add(
    context: click.Context,
    period: str,
    table: str,
    name: str,
    body: str,
    person: str,
    first: date | None,
    last: date | None,
    document: str,
) -> None:
    """Thêm một người chấm vào hội đồng của kỳ PERIOD; phần mềm cho mã (gk-01, gk-02 …), phiếu chấm mang mã đó."""
    from records.panels.members import Wish, add_member
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        made, problems = add_member(workspace, period, table, Wish(name, document, body, person, first, last))
        stop_if_wrong(problems)
    assert made is not None
    click.echo(f"Đã thêm {made.id} {made.name} vào hội đồng {table} kỳ {period}.")
    if not made.body:
        click.echo("Chưa nêu cơ quan công tác: không loại được nơi người chấm có liên quan.")
    next_step(f"thêm người khác, rồi giao phiếu: thidua panel issue {period}.")


@panel.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--table", metavar="T", required=True, help="Hội đồng.")
@click.option("--assessor", metavar="A", required=True, help="Mã người chấm, ví dụ gk-02.")
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày văn bản đưa ra khỏi hội đồng.")
@click.option("--reason", metavar="TEXT", required=True, help="Lý do.")
@click.pass_context
def remove(context: click.Context, period: str, table: str, assessor: str, document: str, reason: str) -> None:
    """Đưa một người chấm ra khỏi hội đồng. Điểm đã dùng để kết luận vẫn giữ; điểm khác của người đó không tính."""
    from records.panels.members import remove_member
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        gone, problems = remove_member(workspace, period, table, assessor, document, reason)
        stop_if_wrong(problems)
    assert gone is not None
    click.echo(f"Đã đưa {gone.id} ra khỏi hội đồng {table} kỳ {period}.")
    next_step(f"xem còn đủ phiếu không: thidua panel show {period} --table {table}.")


@panel.command(name="list", cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--table", metavar="T", default="", help="Chỉ hội đồng này.")
@click.pass_context
def list_(context: click.Context, period: str, table: str) -> None:
    """Thành viên các hội đồng của kỳ PERIOD: mã, họ tên, cơ quan, thời gian, văn bản; không được chấm những ai."""
    from records.panels.board import load_board
    from records.panels.telling import member_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        board, problems = load_board(workspace, period, table)
        stop_if_wrong(problems)
        assert board is not None
        for line in member_lines(board, table):
            click.echo(line)
    next_step(f"giao phiếu chấm: thidua panel issue {period}.")


@panel.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--table", metavar="T", default="", help="Chỉ hội đồng này.")
@click.option("--assessor", "assessors", metavar="A", multiple=True, help="Chỉ người chấm này; dùng lại được.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày giao phiếu (mặc định hôm nay).")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Ghi vào thư mục này (mặc định bieu-giao/PERIOD/hoi-dong).",
)
@click.pass_context
def issue(
    context: click.Context, period: str, table: str, assessors: tuple[str, ...], day: date | None, out: Path | None
) -> None:
    """Giao phiếu chấm: mỗi người chấm một tệp, chỉ có đối tượng người đó được chấm, không có điểm của người khác."""
    from criteria.problems import errors
    from records.panels.issue import issue_marks
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        issued, problems = issue_marks(workspace, period, day or date.today(), table, assessors, out)
    for one in issued:
        state = "đã ghi" if one.written else "không đổi"
        out_of = f", không được chấm {', '.join(one.excluded)}" if one.excluded else ""
        click.echo(f"{one.member.table} {one.member.id}: {one.rows} dòng{out_of}; {state} {one.path}")
    stop_if_wrong(problems)
    if not errors(problems):
        next_step(f"gửi từng người; nhận về: thidua panel collect {period} THƯ-MỤC.")


@panel.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def collect(context: click.Context, period: str, folder: Path) -> None:
    """Thu mọi phiếu chấm .xlsx trong DIR (kể cả thư mục con) vào kỳ PERIOD.

    Mỗi tệp xét riêng: tệp đúng được lưu, tệp sai không lưu gì và được nêu mọi lỗi. Không in điểm.
    """
    from records.panels.collect import collect_marks
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        run = collect_marks(workspace, period, folder)
    for (table, assessor), count in run.assessors.items():
        who = f"{table} {assessor}" if assessor else "Chưa rõ của ai"
        wrong = f", tệp lỗi {count.wrong}" if count.wrong else ""
        click.echo(f"{who}: nhận {count.marks} điểm, xin không chấm {count.abstentions}{wrong}.")
    if run.same_files:
        click.echo(f"{len(run.same_files)} tệp đã thu từ trước, không thay đổi gì.")
    stop_if_wrong(run.problems)
    next_step(f"xem ai chưa chấm: thidua panel show {period}; đủ thì thidua panel conclude {period} --table T.")


@panel.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--table", metavar="T", default="", help="Chỉ hội đồng này.")
@click.pass_context
def show(context: click.Context, period: str, table: str) -> None:
    """Ai đã chấm, ai chưa. Điểm từng người chỉ hiện khi mọi người đã chấm xong hoặc tiêu chí đã kết luận."""
    from records.panels.board import load_board
    from records.panels.telling import standing_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        board, problems = load_board(workspace, period, table)
        stop_if_wrong(problems)
        assert board is not None
        for line in standing_lines(board, table):
            click.echo(line)
    next_step(f"đủ phiếu thì kết luận: thidua panel conclude {period} --table T.")


@panel.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--table", metavar="T", required=True, help="Hội đồng.")
@click.option("--candidate", "candidates", metavar="C", multiple=True, help="Chỉ đối tượng này; dùng lại được.")
@click.option("--document", metavar="TEXT", default="", help="Số, ngày biên bản của hội đồng.")
@click.option("--against-claim", metavar="TEXT", default="", help="Lý do không nhận đề nghị không áp dụng của đơn vị.")
@click.pass_context
def conclude(
    context: click.Context, period: str, table: str, candidates: tuple[str, ...], document: str, against_claim: str
) -> None:
    """Cơ quan thẩm định kết luận theo phiếu chấm đã đủ số tối thiểu; sau đó không đổi điểm chấm được nữa.

    Thiếu phiếu ở đối tượng nào thì nêu hết và không ghi gì; kết luận trước những đối tượng đủ bằng --candidate.
    """
    from records.panels.conclude import conclude_panel
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = conclude_panel(workspace, period, table, candidates, document, against_claim)
        stop_if_wrong(problems)
    assert found is not None
    click.echo(f"Hội đồng {table}: đã kết luận {len(found.cases)} việc chấm, {found.before} đã kết luận từ trước.")
    if found.waiting:
        shown = ", ".join(f"{candidate}/{criterion}" for candidate, criterion in found.waiting[:20])
        more = f" và {len(found.waiting) - 20} việc khác" if len(found.waiting) > 20 else ""
        click.echo(f"Chưa chấm được (chưa nộp hoặc đã trả lại): {shown}{more}.")
    next_step(f"xem điểm: thidua rank {period} --stage verified.")
