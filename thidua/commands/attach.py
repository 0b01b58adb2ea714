"""thidua attach"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--award", metavar="A", required=True, help="Hình thức khen thưởng.")
@click.option("--candidate", metavar="C", default="", help="Mã đối tượng, với giấy tờ của từng đối tượng.")
@click.option(
    "--paper", metavar="P", required=True, help="Thành phần hồ sơ (xem: thidua award rules, hoặc bản kiểm tra hồ sơ)."
)
@click.option("--document", metavar="TEXT", required=True, help="Số, ký hiệu của văn bản đã ký.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày của văn bản.")
@click.pass_context
def attach(
    context: click.Context,
    occasion: str,
    file: Path,
    award: str,
    candidate: str,
    paper: str,
    document: str,
    day: date,
) -> None:
    """Thêm bản đã ký, đóng dấu (PDF) vào hồ sơ của dịp OCCASION; tệp được giữ theo mã băm của nội dung."""
    from criteria.problems import of_file, reason
    from nominations.awards.reading import load_awards
    from nominations.dossier.attaching import Told
    from nominations.dossier.attaching import attach as keep
    from nominations.occasions import find_occasion
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        awards, problems = load_awards(workspace)
        here, wrong = find_occasion(workspace, occasion.strip())
        stop_if_wrong([*problems, *wrong], warnings=False)
        assert awards is not None and here is not None
        told = Told(award.strip(), candidate.strip(), paper.strip(), document.strip(), day)
        try:
            sha256, problems = keep(workspace, awards, here, told, file, date.today())
        except OSError as error:
            message = f"Không ghi được tệp: {reason(error)}."
            problems = [of_file(file, "output", message, "Kiểm tra ổ đĩa và quyền ghi.")]
        stop_if_wrong(problems)
    click.echo(f"Đã thêm {file.name} ({document}) vào hồ sơ; mã băm {sha256[:16]}…")
    next_step(f"lập lại hồ sơ: thidua dossier {occasion} --out THƯ-MỤC")
