"""thidua rank, thidua explain"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.speaking import Command

if TYPE_CHECKING:
    from criteria.declarations.movement import Occasion
    from records.workspace.folder import Workspace

STAGE = "Bước: self (tự chấm), verified (thẩm định), explained (giải trình), reverified (thẩm định lại), final (kết quả cuối)."


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.option("--group", "letters", metavar="G", multiple=True, help="Chỉ nhóm này; dùng lại được.")
@click.option(
    "--pool", metavar="COLUMN", help="Cột cụm, khối để xếp hạng (thay cho pool của bộ tiêu chí): pool, parent, area…"
)
@click.option("--stage", metavar="STAGE", default="self", show_default=True, help=STAGE)
@click.option(
    "--out",
    metavar="F",
    type=click.Path(path_type=Path),
    help="Ghi kết quả của một bộ tiêu chí ra .csv, .xlsx hoặc .json.",
)
@click.pass_context
def rank(
    context: click.Context, period: str, letters: tuple[str, ...], pool: str | None, stage: str, out: Path | None
) -> None:
    """Chấm và xếp hạng kỳ PERIOD từ biểu đã thu, danh sách, sổ nhiệm vụ và chỉ số.

    Đơn vị chưa nộp vẫn có trong bảng, chưa có số liệu. Bằng điểm thì đồng hạng. PERIOD là một dịp (so-ket-2027) thì
    gộp kết quả chính thức của các kỳ theo quy tắc của phong trào.
    """
    from criteria.problems import of_file, reason
    from records.scored.rounds import score_round
    from records.years.occasions import occasion_of
    from reports.files import ENDINGS, result_bytes, write_whole
    from reports.standings import standings
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        occasion = occasion_of(workspace, period)
        if occasion is not None:
            _rank_occasion(workspace, occasion, letters, out)
            return
        found, problems = score_round(workspace, period, letters, stage, pool)
        if out is not None and out.suffix.lower() not in ENDINGS:
            problems.append(
                of_file(out, "output", f"Không ghi được dạng “{out.suffix}”.", "Dùng .csv, .xlsx hoặc .json.")
            )
        if out is not None and len(found) > 1:
            sets = ", ".join(one.file for one in found)
            problems.append(of_file(out, "output", f"Một tệp chỉ giữ một bộ tiêu chí, gặp: {sets}.", "Thêm --group."))
        stop_if_wrong(problems)
        for one in found:
            click.echo(standings(one.result))
            for doubt in one.doubts:
                click.echo(f"Chưa xếp: {doubt.body} {doubt.message} {doubt.hint}")
            click.echo(f"Đã nộp biểu: {one.handed_in} trên {len(one.candidates)} đối tượng.\n")
        if out is not None:
            try:
                write_whole(out, result_bytes(found[0].result, out.suffix.lower(), found[0].receipt))
            except OSError as error:
                stop_if_wrong([of_file(out, "output", f"Không ghi được {out}: {reason(error)}.")])
            click.echo(f"Đã ghi {out}.")
    next_step(f"thidua explain {period} MÃ để xem vì sao; thidua report ranking {period} để lập bảng xếp hạng.")


def _rank_occasion(workspace: Workspace, occasion: Occasion, letters: tuple[str, ...], out: Path | None) -> None:
    from criteria.problems import of_file
    from records.years.occasions import combined
    from reports.years.text import occasion_standings
    from thidua.calling import next_step, stop_if_wrong

    found, _, problems = combined(workspace, occasion, letters)
    if out is not None:
        hint = f"Lập tệp Excel: thidua report ranking {occasion.id}."
        problems.append(of_file(out, "output", "Kết quả của một dịp không ghi bằng --out.", hint))
    stop_if_wrong(problems)
    for made in found:
        click.echo(occasion_standings(made) + "\n")
    next_step(f"thidua explain {occasion.id} MÃ để xem vì sao; thidua report ranking {occasion.id} để lập bảng.")


@click.command(cls=Command)
@click.argument("period", metavar="PERIOD")
@click.argument("candidate", metavar="CANDIDATE")
@click.argument("criterion", metavar="[CRITERION]", default="")
@click.option("--pool", metavar="COLUMN", help="Cột cụm, khối để xếp hạng.")
@click.option("--stage", metavar="STAGE", default="self", show_default=True, help=STAGE)
@click.pass_context
def explain(context: click.Context, period: str, candidate: str, criterion: str, pool: str | None, stage: str) -> None:
    """Giải thích điểm của CANDIDATE (mã hoặc tên) trong kỳ PERIOD: căn cứ, cách tính, số liệu, kết quả, thứ hạng."""
    from criteria.problems import of_file
    from records.roster.roster import load_roster
    from records.rounds import find_round
    from records.scored.rounds import score_round
    from records.years.occasions import occasion_of
    from scoring.explanation import explain as reasons
    from thidua.calling import candidate_of, next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        round_, problems = find_round(workspace, period)
        stop_if_wrong(problems)
        assert round_ is not None
        roster = load_roster(workspace)
        ident = candidate_of(roster, candidate, round_.window.last)
        occasion = occasion_of(workspace, period)
        if occasion is not None:
            _explain_occasion(workspace, occasion, ident)
            return
        found, problems = score_round(workspace, period, (), stage, pool)
        stop_if_wrong(problems, warnings=False)
        scored = next((one for one in found if ident in one.result.rows), None)
        if scored is None:
            name = roster.bodies[ident].name()
            hint = "Xem: thidua roster list --all."
            stop_if_wrong([of_file(ident, "unknown-candidate", f"{name} không dự xét trong kỳ {period}.", hint)])
            return
        ids = ["", *(node_id for node_id, _ in scored.result.printed)]
        if criterion not in ids:
            hint = "Các mã: " + ", ".join(ids[1:]) + "."
            stop_if_wrong([of_file(criterion, "unknown-candidate", f"Không có tiêu chí “{criterion}”.", hint)])
        stamps = [f"*** {stamp} ***" for stamp in scored.result.stamps]
        click.echo("\n".join([*stamps, str(reasons(scored.result, ident, criterion))]))
        next_step(
            f"cả bảng: thidua rank {period} --group {scored.letter}; phiếu để gửi: thidua report ranking {period} --units."
        )


def _explain_occasion(workspace: Workspace, occasion: Occasion, candidate: str) -> None:
    from criteria.problems import of_file
    from records.years.occasions import combined
    from reports.years.text import occasion_explained, set_of
    from thidua.calling import next_step, stop_if_wrong

    found, _, problems = combined(workspace, occasion)
    stop_if_wrong(problems, warnings=False)
    made = set_of(found, candidate)
    if made is None:
        message = f"{candidate} không dự xét ở {occasion.name}."
        stop_if_wrong([of_file(candidate, "unknown-candidate", message, "Xem: thidua roster list --all.")])
        return
    click.echo(occasion_explained(made, candidate))
    next_step(f"cả bảng: thidua rank {occasion.id} --group {made.group}; từng kỳ: thidua explain KỲ {candidate}.")
