"""thidua person"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group

LISTED = 40  # files named on the screen


@click.group(cls=Group)
def person() -> None:
    """Dữ liệu cá nhân: trích xuất, đính chính, xóa khi hết thời hạn lưu giữ. Mỗi lần đều ghi vào sổ.

    ID là mã trong danh sách; của người không chấm điểm: X1, X2 …; của thành viên hội đồng: DỊP/BƯỚC/SỐ, ví dụ so-ket-2027/hoi-dong/3.
    """


@person.command(cls=Command)
@click.argument("ident", metavar="ID")
@click.option("--reason", metavar="TEXT", required=True, help="Vì sao xem: ai yêu cầu, để làm gì.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Thư mục ghi (mặc định: ket-qua/ca-nhan của thư mục làm việc).",
)
@click.pass_context
def export(context: click.Context, ident: str, reason: str, out: Path | None) -> None:
    """Trích xuất mọi dữ liệu đang lưu về cá nhân ID: danh sách, biểu, minh chứng, điểm, đề nghị và xét khen thưởng, khen thưởng, tệp; ghi một tệp xlsx và một tệp json.

    Kết quả biểu quyết về người đó chỉ có số phiếu; ai bỏ phiếu thế nào thì không ghi ở đâu cả.
    """
    from records.persons.acting import export_person
    from records.workspace.folder import RESULTS
    from records.workspace.whole_files import write_whole
    from reports.ledger_log import names_of
    from reports.person_file import labels_of, person_document, person_workbook
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        held, problems = export_person(workspace, ident, reason)
        stop_if_wrong(problems)
        assert held is not None
        folder = out or workspace.root / RESULTS / "ca-nhan"
        folder.mkdir(parents=True, exist_ok=True)
        file = ident.replace("/", "-")
        write_whole(folder / f"{file}.xlsx", person_workbook(held, names_of(workspace), labels_of(workspace)))
        write_whole(folder / f"{file}.json", person_document(held))
    counts = f"{len(held.values)} mục danh sách, {len(held.submissions)} biểu, {len(held.acts)} mục khác, {len(held.files)} tệp"
    click.echo(f"{ident} {held.name}: {counts}. Đã ghi {folder / file}.xlsx và .json; lần xem này đã vào sổ.")
    next_step("giao cho người yêu cầu rồi xóa hai tệp này; sai thì: thidua person correct ID.")


@person.command(cls=Command)
@click.argument("ident", metavar="ID")
@click.option(
    "--field", "name", metavar="F", required=True, help="Điều cần sửa: name, post, alias, code:TÊN, hoặc thuộc tính."
)
@click.option("--value", metavar="V", required=True, help="Giá trị đúng.")
@click.option("--reason", metavar="TEXT", required=True, help="Lý do.")
@click.option("--document", metavar="TEXT", required=True, help="Văn bản làm căn cứ: số, ngày.")
@click.pass_context
def correct(context: click.Context, ident: str, name: str, value: str, reason: str, document: str) -> None:
    """Đính chính một điều về cá nhân ID: ghi mục mới, mục cũ vẫn giữ và được nêu là đã đính chính."""
    from records.persons.acting import correct_person
    from records.roster.layouts import LABELS
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        old, problems = correct_person(workspace, ident, name, value, reason, document)
        stop_if_wrong(problems)
        assert old is not None
    told = f"thay mục {old.number}, ghi “{old.value}”" if old.number else "trước chưa ghi"
    click.echo(f"Đã đính chính {LABELS.get(name, name)} của {ident} ({told}).")
    next_step(f"xem: thidua log --candidate {ident}. Kỳ đã chốt danh sách vẫn dùng điều ghi trước khi chốt.")


@person.command(cls=Command)
@click.argument("ident", metavar="ID")
@click.option("--reason", metavar="TEXT", required=True, help="Lý do.")
@click.option("--document", metavar="TEXT", required=True, help="Văn bản quyết định xóa: số, ngày.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@click.pass_context
def erase(context: click.Context, ident: str, reason: str, document: str, yes: bool) -> None:
    """Xóa dữ liệu cá nhân của ID đã hết thời hạn lưu giữ. Không lấy lại được; mã ID và kết quả đã công bố theo mã vẫn giữ.

    Không xóa tệp: các tệp còn chứa dữ liệu được liệt kê để cán bộ xử lý.
    """
    from records.persons.acting import erase_person
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    if (
        not yes
        and click.prompt(f"Xóa không lấy lại được. Gõ lại mã {ident} để xóa", default="", show_default=False) != ident
    ):
        raise click.Abort
    with workspace_here(context) as workspace:
        done, problems = erase_person(workspace, ident, reason, document, date.today())
        stop_if_wrong(problems)
        assert done is not None
    click.echo(f"Đã xóa nội dung {done.entries} mục của {ident}: {'; '.join(one.retention.name for one in done.done)}.")
    for one in done.stays:
        click.echo(f"Chưa xóa: {one.retention.name}, {one.when}.")
    if done.files:
        click.echo(f"CHƯA XỬ LÝ: {len(done.files)} tệp còn dữ liệu của người này, phần mềm không sửa tệp:")
        for file in done.files[:LISTED]:
            click.echo(f"  {file.path} ({file.why})")
        if len(done.files) > LISTED:
            click.echo(f"  … và {len(done.files) - LISTED} tệp khác")
    if done.mentions:
        numbers = ", ".join(str(one.entry) for one in done.mentions[:LISTED])
        click.echo(f"CHƯA XỬ LÝ: {len(done.mentions)} mục về nơi khác có nêu tên: {numbers}.")
    click.echo("Bản lưu (sao lưu) của thư mục làm việc, tệp đã gửi đi và phần trong ảnh, PDF không được kiểm tra.")
    next_step("xử lý các tệp trên, rồi kiểm tra sổ: thidua log verify.")


@person.command(cls=Command)
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay).")
@click.pass_context
def retention(context: click.Context, day: date | None) -> None:
    """Dữ liệu cá nhân nào đã hết thời hạn lưu giữ, theo từng loại mà phong trào đã khai."""
    from records.persons.retention import kept
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    on = day or date.today()
    with workspace_here(context) as workspace:
        found, problems = kept(workspace)
        stop_if_wrong(problems)
        classes = workspace.movement.retention
    for one in classes:
        mine = [each for each in found if each.retention.id == one.id]
        due = [each for each in mine if each.until <= on]
        status = (
            "đề xuất, chưa ai quyết định"
            if one.status == "proposal"
            else ", ".join(filter(None, (one.basis, one.place)))
        )
        click.echo(f"{one.id} · {one.name} · {one.how_long} ({status})")
        if one.note:
            click.echo(f"  ghi chú: {one.note}")
        click.echo(f"  đến ngày {on:%d/%m/%Y}: xóa được của {len(due)} trong {len(mine)} người")
        for each in due:
            click.echo(f"  {each.ident} · dùng lần cuối {each.last:%d/%m/%Y} · {len(each.entries)} mục")
    next_step('xóa: thidua person erase ID --reason "…" --document "…".')
