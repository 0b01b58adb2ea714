"""thidua reach"""

from __future__ import annotations

import click

from thidua.commands.rank import STAGE
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("candidate", metavar="CANDIDATE")
@click.option("--grade", metavar="G", help="Mức xếp loại muốn đạt (mặc định: mức liền trên).")
@click.option("--stage", metavar="STAGE", default="final", show_default=True, help=STAGE)
@click.option(
    "--most", metavar="N", type=click.IntRange(1, 10), default=3, show_default=True, help="Nêu nhiều nhất N cách."
)
@click.pass_context
def reach(context: click.Context, period: str, candidate: str, grade: str | None, stage: str, most: int) -> None:
    """CANDIDATE (mã hoặc tên) cần thêm gì để đạt mức xếp loại trên trong kỳ PERIOD: ít chỉ tiêu nhất, rồi ít thay đổi nhất.

    Chỉ xét chỉ tiêu đơn vị tự báo cáo và có thể làm tốt hơn. Mỗi cách đã chấm lại bằng chính bộ tiêu chí. Không ghi gì.
    """
    from criteria.problems import of_file
    from records.roster.roster import load_roster
    from records.rounds import find_scored_round
    from records.scored.levers import reach_set
    from records.scored.rounds import score_round
    from reports.reach.text import unit_text
    from thidua.calling import candidate_of, next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        round_, problems = find_scored_round(workspace, period)
        stop_if_wrong(problems)
        assert round_ is not None
        roster = load_roster(workspace)
        ident = candidate_of(roster, candidate, round_.window.last)
        found, problems = score_round(workspace, period, (), stage)
        stop_if_wrong(problems, warnings=False)
        scored = next((one for one in found if ident in one.result.rows), None)
        if scored is None:
            message = f"{roster.bodies[ident].name()} không dự xét trong kỳ {period}."
            stop_if_wrong([of_file(ident, "unknown-candidate", message, "Xem: thidua roster list --all.")])
            return
        names = ", ".join(scored.criteria.grade_names)
        if grade is not None and grade not in scored.criteria.grade_names:
            message = f"Bộ tiêu chí không có loại “{grade}”."
            stop_if_wrong([of_file(scored.file, "unknown-level", message, f"Các loại: {names or 'không có'}.")])
        made = reach_set(scored, [ident], grade, most)
        click.echo(unit_text(made, made.units[0]))
    next_step(f"vì sao được điểm như vậy: thidua explain {period} {ident} --stage {stage}.")
