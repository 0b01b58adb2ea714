"""thidua report models"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="[PERIOD]", default="")
@click.option(
    "--for",
    "addressee",
    type=click.Choice(["tuyen-giao", "bao-chi", "hiep-hoi"]),
    default="tuyen-giao",
    show_default=True,
    help="Gửi ai: Ban Tuyên giáo và Dân vận, báo chí, hiệp hội (chỉ doanh nghiệp, doanh nhân).",
)
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Thư mục ghi ra."
)
@click.option("--replace", is_flag=True, help="Ghi đè cả danh sách Word đã có với nội dung khác.")
@click.pass_context
def models(context: click.Context, period: str, addressee: str, folder: Path | None, replace: bool) -> None:
    """Danh sách mô hình, cách làm hay, gương điển hình (Word, Excel) để tuyên truyền; chỉ mục đơn vị đồng ý tuyên truyền.

    Nêu PERIOD: chỉ mục có văn bản giới thiệu trong kỳ, kèm bảng đối chiếu nội bộ với số mô hình đơn vị báo cáo ở biểu.
    """
    from records.workspace.edited_files import write_unedited
    from records.workspace.folder import RESULTS
    from reports.models.content import model_report
    from reports.models.document import NAME, model_document
    from reports.models.screen import report_lines
    from reports.models.workbooks import counts_workbook, list_workbook
    from reports.tasks.files import write_report
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        told, problems = model_report(workspace, addressee, period)
        stop_if_wrong(problems)
        assert told is not None
        target = folder or (workspace.results(period) if period else workspace.root / RESULTS)
        word, problems = model_document(workspace, told)
        stop_if_wrong(problems)
        name = f"{NAME}-{addressee}" + (f"-{period}" if period else "")
        document = target / f"{name}.docx"
        _, problems = write_unedited({document: word}, "danh sách", replace=replace)
        stop_if_wrong(problems)
        written, problems = write_report(None, target, name, list_workbook(workspace.movement, told))
        if told.counted:
            content = counts_workbook(workspace.movement, told)
            more, found = write_report(None, target, f"doi-chieu-mo-hinh-{period}", content)
            written, problems = [*written, *more], [*problems, *found]
        stop_if_wrong(problems)
    click.echo("\n".join(report_lines(told)))
    for path in (document, *written):
        click.echo(f"Đã ghi {path}.")
    next_step("soát, điền số công văn rồi gửi; tệp đối chiếu chỉ dùng nội bộ.")
