"""thidua nominate"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--award", metavar="A", default="", help="Chỉ một hình thức (mặc định mọi hình thức).")
@click.option("--group", "letter", metavar="G", default="", help="Chỉ một nhóm (mặc định mọi nhóm).")
@click.option("--all", "everybody", is_flag=True, help="In cả người ngoài chỉ tiêu và người không đủ điều kiện.")
@click.option(
    "--on", "day", type=DAY, metavar="DAY", help="Xét theo quy định có hiệu lực ngày này (mặc định ngày của dịp)."
)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Ghi bảng xét chọn (xlsx) vào tệp này.")
@click.pass_context
def nominate(
    context: click.Context, occasion: str, award: str, letter: str, everybody: bool, day: date | None, out: Path | None
) -> None:
    """Ai được đề nghị hình thức khen thưởng nào ở dịp OCCASION, vì sao; bảng xét chọn ghi vào ket-qua/.

    OCCASION là dịp sơ kết, tổng kết của phong trào, hoặc thuc-day-NĂM-THÁNG-NGÀY. Chỉ dùng kết quả đã công bố chính thức.
    """
    from criteria.problems import of_file
    from nominations.nominating import nominate as work_out
    from records.workspace.whole_files import write_if_changed
    from reports.selection.screen import lines
    from reports.selection.workbook import selection_workbook
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        nominated, problems = work_out(workspace, occasion.strip(), day)
        if nominated is not None:
            known = [one.id for one in nominated.file.awards.awards]
            if award and award not in known:
                hint = f"Các hình thức: {', '.join(known)}."
                problems.append(of_file("--award", "award-unknown", f"Không có hình thức “{award}”.", hint))
            letters = [one.letter for one in workspace.movement.groups]
            if letter and letter not in letters:
                hint = f"Các nhóm: {', '.join(letters)}."
                problems.append(of_file("--group", "group", f"Không có nhóm “{letter}”.", hint))
        stop_if_wrong(problems)
        assert nominated is not None
        for text in lines(nominated, award, letter, everybody):
            click.echo(text)
        path = out or workspace.results(nominated.occasion.id) / f"xet-chon-{nominated.occasion.id}.xlsx"
        try:
            write_if_changed(path, selection_workbook(nominated))
        except OSError as error:
            from criteria.problems import reason

            stop_if_wrong([of_file(path, "output", f"Không ghi được {path}: {reason(error)}.", "Đóng tệp đang mở.")])
    click.echo("")
    click.echo(f"Bảng xét chọn: {path}")
    next_step(f"xem điều kiện: thidua eligibility show {occasion}; họp xét: thidua council prepare {occasion} --step …")
