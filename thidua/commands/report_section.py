"""thidua report section"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("candidate", metavar="[CANDIDATE]", default="")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Tính đến ngày này (mặc định hôm nay).")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục ghi tệp (mặc định: ket-qua/PERIOD/phan-bao-cao của thư mục làm việc).",
)
@click.option("--replace", is_flag=True, help="Lập lại cả tệp đã có mà nội dung khác (đơn vị có thể đã viết vào).")
@click.pass_context
def section(
    context: click.Context,
    period: str,
    candidate: str,
    letters: tuple[str, ...],
    day: date | None,
    out: Path | None,
    replace: bool,
) -> None:
    """Lập phần báo cáo về Phong trào của đơn vị (Word) để đưa vào báo cáo tổng kết thi đua, khen thưởng của đơn vị.

    PERIOD là kỳ (2026) hoặc dịp (so-ket-2027): kế hoạch, nhiệm vụ, điểm tự chấm và kết quả theo từng phần, khen thưởng, việc còn
    chậm; chỗ đơn vị tự viết để trong ngoặc vuông. Nêu CANDIDATE thì chỉ lập cho đơn vị đó. Mẫu: phong-trao/mau/phan-bao-cao.docx.
    """
    from reports.section.files import write_sections
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        wanted = (candidate.strip(),) if candidate.strip() else ()
        found, problems = write_sections(workspace, period, day or date.today(), wanted, letters, out, replace=replace)
        stop_if_wrong(problems)
    for one in found if candidate else ():
        click.echo(f"Đã ghi {one.path}.")
    if not candidate and found:
        click.echo(f"Đã ghi {len(found)} phần báo cáo vào {found[0].path.parent}.")
    open_ = [one.section.unit.id for one in found if one.section.periods and not one.section.official]
    if open_:
        click.echo(f"Tạm tính, chưa có kết quả chính thức: {', '.join(open_[:10])}{'…' if len(open_) > 10 else ''}.")
    if not found:
        next_step("nhập danh sách: thidua roster import TỆP.")
        return
    next_step("gửi từng đơn vị; đơn vị viết vào chỗ trong ngoặc vuông rồi đưa vào báo cáo của mình.")
