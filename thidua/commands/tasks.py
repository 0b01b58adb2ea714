"""thidua tasks"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.commands.tasks_due import due, shown
from thidua.commands.tasks_plan import clarity, plan
from thidua.commands.tasks_report import completion, report, reports_due
from thidua.speaking import Command, Group

FILE = click.Path(path_type=Path)
STATES = ("done", "late", "overdue", "open", "yearly", "event", "cancelled", "orphan")


@click.group(cls=Group)
def tasks() -> None:
    """Sổ nhiệm vụ: nhập, bổ sung, cập nhật kết quả, xem, việc quá hạn và sắp đến hạn, kế hoạch, báo cáo."""


@tasks.command(name="import", cls=Command)
@click.argument("files", metavar="[FILE...]", nargs=-1, type=FILE)
@click.option("--origin", metavar="TEXT", default="", help="Tên sổ, ví dụ “Kế hoạch năm 2026 của Tiểu Ban”.")
@click.option("--document", metavar="TEXT", default="", help="Số, ngày văn bản giao nhiệm vụ.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày giao: nhiệm vụ tính từ ngày này.")
@click.option("--prefix", metavar="TEXT", default="", help="Ghi trước số, để hai sổ không trùng số: 2026.")
@click.pass_context
def import_(
    context: click.Context, files: tuple[Path, ...], origin: str, document: str, day: date | None, prefix: str
) -> None:
    """Nhập sổ nhiệm vụ (csv, xlsx): số, nội dung, chủ trì, hạn, phối hợp, nguồn, đơn vị tham gia.

    Không nêu FILE thì nhập sổ kèm theo phong trào. Nhập lại cùng tệp không thêm gì. Điều sổ in trái nhau được cảnh báo, không tự sửa.
    """
    from records.tasks.importing import Origin, import_tasks, starting_registers
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        chosen = list(files) or starting_registers(workspace)
        done, problems = import_tasks(workspace, chosen, Origin(origin, document, day), prefix)
        stop_if_wrong(problems)
    click.echo(f"Đã đọc {done.read} nhiệm vụ: {done.new} mới, {done.changed} thay đổi.")
    next_step("ghi kết quả (thidua tasks update), xem việc sắp đến hạn (thidua tasks due).")


@tasks.command(cls=Command)
@click.argument("number", metavar="NO")
@click.option("--content", metavar="TEXT", required=True, help="Nội dung.")
@click.option("--lead", "leads", metavar="ID", required=True, multiple=True, help="Cơ quan chủ trì; dùng lại được.")
@click.option("--deadline", metavar="TEXT", required=True, help="Hạn, viết như sổ in: Quý IV/2026, Thường xuyên…")
@click.option("--origin", metavar="TEXT", required=True, help="Nguồn gốc: văn bản, cuộc họp, cơ quan đề nghị.")
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày văn bản bổ sung.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày bổ sung: tính từ ngày này.")
@click.option("--own", is_flag=True, help="Cơ quan chủ trì tự bổ sung.")
@click.option("--coordinating", metavar="TEXT", default="", help="Cơ quan phối hợp.")
@click.pass_context
def add(
    context: click.Context,
    number: str,
    content: str,
    leads: tuple[str, ...],
    deadline: str,
    origin: str,
    document: str,
    day: date,
    own: bool,
    coordinating: str,
) -> None:
    """Bổ sung một nhiệm vụ số NO trong năm, kèm nguồn gốc, văn bản và ngày bổ sung."""
    from records.tasks.changes import Book
    from records.tasks.importing import Origin
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        book = Book.open(workspace)
        book.add(number, content, list(leads), deadline, Origin(origin, document, day, own), coordinating)
        saved, problems = book.save()
        stop_if_wrong(problems)
    click.echo(f"Đã bổ sung nhiệm vụ {number}." if saved else f"Nhiệm vụ {number} đã có như vậy.")
    next_step(f"xem: thidua tasks list --state open; ghi kết quả: thidua tasks update {number} --done NGÀY.")


@tasks.command(cls=Command)
@click.argument("number", metavar="[NO]", default="")
@click.option("--file", "file", metavar="F", type=FILE, help="Bảng kết quả: số, cơ quan, ngày hoàn thành, văn bản…")
@click.option("--done", type=DAY, metavar="DAY", help="Ngày hoàn thành (ngày văn bản sản phẩm).")
@click.option("--body", metavar="ID", help="Cơ quan có kết quả, khi nhiều cơ quan chủ trì.")
@click.option(
    "--document", metavar="TEXT", default="", help="Số, ký hiệu văn bản: sản phẩm, gia hạn, chuyển giao, hủy."
)
@click.option("--document-date", type=DAY, metavar="DAY", help="Ngày văn bản sản phẩm.")
@click.option("--accepted", type=click.Choice(["yes", "no"]), help="Được chấp nhận ngay lần đầu hay bị trả lại.")
@click.option("--accepted-on", type=DAY, metavar="DAY", help="Ngày chấp nhận.")
@click.option("--year", metavar="Y", default="", help="Năm, với nhiệm vụ thường xuyên, hằng năm, nhiều năm.")
@click.option("--explanation", metavar="TEXT", help="Giải trình vì sao quá hạn; --year, --event nêu lượt.")
@click.option("--progress", metavar="TEXT", help="Tiến độ năm --year của nhiệm vụ nhiều năm.")
@click.option("--extend", type=DAY, metavar="DAY", help="Gia hạn đến ngày này; hạn đầu tiên vẫn giữ.")
@click.option("--hand-over", nargs=2, metavar="FROM TO", help="Chuyển nhiệm vụ này sang cơ quan khác từ ngày --on.")
@click.option("--unit", "units", metavar="ID", multiple=True, help="Đơn vị trực thuộc tham gia; dùng lại được.")
@click.option("--without-unit", "without", metavar="ID", multiple=True, help="Bỏ đơn vị đã ghi; dùng lại được.")
@click.option(
    "--event", type=DAY, metavar="DAY", help="Ngày có sự kiện mở nhiệm vụ, kèm --due; hoặc sự kiện của kết quả."
)
@click.option("--due", type=DAY, metavar="DAY", help="Hạn của sự kiện.")
@click.option("--cancel", is_flag=True, help="Hủy từ ngày --on.")
@click.option("--reason", metavar="TEXT", default="", help="Lý do gia hạn, chuyển giao, hủy.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày của thay đổi (mặc định hôm nay).")
@click.pass_context
def update(
    context: click.Context,
    number: str,
    file: Path | None,
    done: date | None,
    body: str | None,
    document: str,
    document_date: date | None,
    accepted: str | None,
    accepted_on: date | None,
    year: str,
    explanation: str | None,
    progress: str | None,
    extend: date | None,
    hand_over: tuple[str, str] | None,
    units: tuple[str, ...],
    without: tuple[str, ...],
    event: date | None,
    due: date | None,
    cancel: bool,
    reason: str,
    day: date | None,
) -> None:
    """Cập nhật nhiệm vụ NO, hoặc nhiều kết quả cùng lúc bằng --file. Cả lần gọi ghi cùng nhau, có lỗi thì không ghi gì."""
    from records.tasks.changes import Book
    from records.tasks.explaining import explain
    from records.tasks.register import Result
    from records.tasks.results_file import update_from
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if bool(number) == (file is not None):
        raise click.UsageError("Nêu số nhiệm vụ, hoặc --file TỆP.")
    if progress is not None and not (year.isascii() and year.isdecimal()):
        raise click.UsageError("--progress cần kèm --year, ví dụ 2026.")
    if due is not None and event is None:
        raise click.UsageError("--due cần kèm --event; đổi hạn của nhiệm vụ thì dùng --extend.")
    today = date.today()
    on = day or today
    if done is not None and done > today:
        raise click.BadParameter(f"ngày {done:%d/%m/%Y} chưa đến.", param_hint="--done")
    with workspace_here(context) as workspace:
        if file is not None:
            count, saved, problems = update_from(workspace, file, today)
            stop_if_wrong(problems)
            click.echo(f"Đã đọc {count} dòng kết quả, ghi {saved} điều mới.")
            next_step("xem việc quá hạn và sắp đến hạn: thidua tasks due.")
            return
        book = Book.open(workspace)
        if extend is not None:
            book.extend(number, extend, document, reason, on, year or (event.isoformat() if event else ""))
        if hand_over is not None:
            book.hand_over(number, *hand_over, on, document, reason)
        if units or without:
            book.tag(number, list(units), on, list(without))
        if due is not None and event is not None:
            book.event(number, event, due, document)
        if cancel:
            book.cancel(number, on, document, reason)
        who = book.body("--body", body, done or on) if body else None
        if progress is not None:
            book.report_progress(number, who, int(year), progress)
        if done is not None or accepted is not None:
            result = Result(done, document, document_date, {"yes": True, "no": False}.get(accepted or ""), accepted_on)
            book.finish(number, who, result, year or (event.isoformat() if event else ""))
        if explanation is not None:
            explain(book, number, who, explanation, on, year or (event.isoformat() if event else ""), done)
        if not book.entries and not book.problems:
            raise click.UsageError("Chưa nêu thay đổi nào; xem thidua tasks update --help.")
        saved, problems = book.save()
        stop_if_wrong(problems)
    click.echo(f"Đã ghi {saved} điều mới về nhiệm vụ {number}." if saved else f"Nhiệm vụ {number} đã ghi như vậy rồi.")
    next_step("xem việc quá hạn và sắp đến hạn: thidua tasks due.")


@tasks.command(name="list", cls=Command)
@click.option("--body", metavar="ID", help="Chỉ nhiệm vụ của cơ quan này (mã hoặc tên).")
@click.option("--period", metavar="P", help="Chỉ nhiệm vụ thuộc kỳ này.")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="Chỉ trạng thái này; dùng lại được.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay).")
@click.pass_context
def list_(
    context: click.Context, body: str | None, period: str | None, states: tuple[str, ...], day: date | None
) -> None:
    """Liệt kê nhiệm vụ: số, hạn, hạn đầu tiên, trạng thái, cơ quan, nội dung.

    Trạng thái: done xong đúng hạn, late xong quá hạn, overdue quá hạn chưa xong, open chưa đến hạn, yearly chưa có kết quả năm,
    event chờ sự kiện, cancelled đã hủy, orphan chưa rõ ai kế thừa.
    """
    from criteria.problems import of_file
    from records.rounds import read_window
    from records.tasks.changes import Book
    from records.tasks.listing import list_tasks, strict_before
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    on = day or date.today()
    with workspace_here(context) as workspace:
        book = Book.open(workspace)
        who = book.body("--body", body, on) if body else None
        window = read_window(workspace.movement, period) if period else None
        if period and window is None:
            book.problems.append(of_file(period, "period", f"“{period}” không phải tên kỳ.", "Viết 2026, 2026-q2."))
        stop_if_wrong(book.problems)
        days = (window.first, window.last) if window is not None else None
        lines = list_tasks(book.register, book.roster, on, strict_before(workspace), days, who, states)
    for line in lines:
        click.echo(shown(line))
    click.echo(f"{len(lines)} dòng, tính đến {on:%d/%m/%Y}.")
    next_step(
        "thidua tasks import." if not lines else "ghi kết quả: thidua tasks update SỐ --done NGÀY --document VĂN-BẢN."
    )


for _command in (due, plan, clarity, report, completion, reports_due):
    tasks.add_command(_command)
