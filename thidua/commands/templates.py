"""thidua templates"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command, Group


@click.group(cls=Group)
def templates() -> None:
    """Mẫu Word của phong trào (phong-trao/mau): xem, lấy lại bản ban đầu, soát sau khi sửa."""


@templates.command(name="list", cls=Command)
@click.argument("name", metavar="[NAME]", default="")
@click.pass_context
def list_(context: click.Context, name: str) -> None:
    """Mọi mẫu Word: dùng vào việc gì, còn nguyên hay đã sửa. NAME: thêm mọi trường của một mẫu.

    Trường viết trong mẫu là {{ tên }}; trường của bảng viết trong vòng lặp, ví dụ {%tr for dong in danh_sach %} … {{ dong.ten }}.
    """
    from reports.template_library import listed, unknown
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found = listed(workspace)
    wanted = name.removesuffix(".docx")
    chosen = [one for one in found if not wanted or one.name == wanted]
    stop_if_wrong([unknown(wanted)] if not chosen else [])
    for one in chosen:
        purpose = f": {one.kind.title}. {one.kind.purpose}" if one.kind is not None else ""
        click.echo(f"{one.name} ({one.state}){purpose}")
        if wanted and one.kind is not None:
            for field in one.kind.field_names():
                click.echo(f"  {field}")
    next_step("sửa mẫu bằng Word trong phong-trao/mau rồi chạy thidua templates check.")


@templates.command(cls=Command)
@click.argument("name", metavar="NAME")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Ghi vào tệp này (mặc định: phong-trao/mau)."
)
@click.option("--force", is_flag=True, help="Ghi đè cả tệp đã sửa.")
@click.pass_context
def copy(context: click.Context, name: str, out: Path | None, force: bool) -> None:
    """Lấy lại mẫu NAME như khi phần mềm giao. Tệp đã sửa không bị ghi đè."""
    from reports.template_library import copy_back
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        path, problems = copy_back(workspace, name, out, force=force)
        stop_if_wrong(problems)
    click.echo(f"Đã ghi {path}.")
    next_step("mở bằng Word, sửa, rồi chạy thidua templates check.")


@templates.command(cls=Command)
@click.argument("name", metavar="[NAME]", default="")
@click.pass_context
def check(context: click.Context, name: str) -> None:
    """Soát mọi mẫu Word, hoặc chỉ mẫu NAME: điền thử và nêu mọi trường viết sai, câu lệnh hỏng kèm chỗ đứng trong mẫu.

    Có lỗi thì không văn bản nào được lập bằng mẫu đó.
    """
    from reports.template_library import check as look
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = look(workspace, name)
        stop_if_wrong(problems)
    click.echo(f"Đã soát {len(found)} mẫu Word, không có lỗi.")
    next_step("lập văn bản: thidua dossier, thidua council, thidua remind.")
