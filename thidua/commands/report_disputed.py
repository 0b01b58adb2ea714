"""thidua report disputed"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục ghi kết quả (mặc định: ket-qua/PERIOD của thư mục làm việc).",
)
@click.pass_context
def disputed(context: click.Context, period: str, letters: tuple[str, ...], out: Path | None) -> None:
    """Khoảng hạng khi kỳ PERIOD còn tiêu chí chưa kết luận: cao nhất, thấp nhất tùy kết luận có lợi hay bất lợi.

    Nêu tiêu chí chưa kết luận nào một mình đã làm đổi hạng hoặc loại của ai, ảnh hưởng nhiều nhất trước. Chỉ dùng nội bộ.
    """
    from records.scored.disputed import disputed_sets
    from reports.disputed import disputed_file, disputed_lines
    from reports.ranking.files import write_all
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = disputed_sets(workspace, period, letters)
        stop_if_wrong(problems)
        for made in found:
            for line in disputed_lines(made):
                click.echo(line)
            click.echo("")
        folder = out if out is not None else workspace.results(period)
        written, problems = write_all(folder, [disputed_file(made) for made in found])
        for path in written:
            click.echo(f"Đã ghi {path}.")
        stop_if_wrong(problems)
    next_step(
        f"ai còn nợ thẩm định, giải trình: thidua round status {period}; giả định một số liệu: thidua whatif {period}."
    )
