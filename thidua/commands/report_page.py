"""thidua report page"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.commands.rank import STAGE
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option("--stage", metavar="STAGE", default="final", show_default=True, help=STAGE)
@click.option(
    "--public", is_flag=True, help="Trang cho mọi người: chỉ kết quả đã công bố, không điểm tự chấm, không minh chứng."
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp ghi trang (mặc định: ket-qua/PERIOD/trang-kiem-tra.html, trang công khai: trang-cong-khai.html).",
)
@click.pass_context
def page(
    context: click.Context, period: str, letters: tuple[str, ...], stage: str, public: bool, out: Path | None
) -> None:
    """Lập trang kiểm tra xếp hạng của kỳ hoặc dịp PERIOD: một tệp HTML mở bằng Chrome, Edge, không cần mạng.

    Xếp hạng từng nhóm, từng cụm; bản đồ điểm; từng tiêu chí của từng đối tượng với căn cứ, quy tắc, phép tính, minh chứng,
    ai thẩm định; so sánh hai đối tượng; việc còn mở. Nhóm đã công bố chính thức lấy số từ gói công bố, nhóm khác tính từ sổ.
    """
    from reports.page.files import Asked, page_of, write_page
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    asked = Asked(period.strip(), tuple(letter.strip() for letter in letters), stage.strip(), public)
    with workspace_here(context) as workspace:
        data, problems = page_of(workspace, asked)
        stop_if_wrong(problems)
        assert data is not None
        path = out if out is not None else workspace.results(asked.period) / asked.file
        stop_if_wrong(write_page(data, path))
    count = sum(len(one["units"]) for one in data["groups"])
    click.echo(f"Đã ghi {path}: {len(data['groups'])} bộ tiêu chí, {count} đối tượng.")
    for note in data["notes"]:
        click.echo(note)
    if public:
        next_step("mở tệp bằng Chrome hoặc Edge, xem lại rồi đăng.")
    else:
        next_step(
            "mở tệp bằng Chrome hoặc Edge, không cần mạng; có tên người và điểm tự chấm, chỉ gửi thành viên Hội đồng."
        )
