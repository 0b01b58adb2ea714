"""thidua criteria diff"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua.commands.rank import STAGE
from thidua.speaking import Command

if TYPE_CHECKING:
    from criteria.criteria_set import CriteriaSet
    from criteria.problems import Problem
    from records.scored.trying import Trial, Wanted
    from records.workspace.folder import Workspace
    from scoring.analysis.firmness import Noise


@click.command(cls=Command)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--on", "period", metavar="PERIOD", help="Chấm cả hai bộ trên số liệu của kỳ này, trong thư mục làm việc."
)
@click.option("--stage", metavar="STAGE", default="final", show_default=True, help=STAGE)
@click.option(
    "--noise", metavar="N", type=int, default=10, show_default=True, help="Thử thay đổi trọng số đến N phần trăm."
)
@click.option("--draws", metavar="N", type=int, default=10_000, show_default=True, help="Số lần thử.")
@click.option(
    "--seed",
    metavar="N",
    type=int,
    default=20260101,
    show_default=True,
    help="Số khởi đầu của dãy ngẫu nhiên; cùng số thì cùng kết quả.",
)
@click.option(
    "--leave-out",
    is_flag=True,
    help="Coi tiêu chí chưa có số liệu của ai theo bộ mới là không áp dụng, thay vì tạm tính.",
)
@click.option("--out", metavar="F", type=click.Path(path_type=Path), help="Ghi tất cả ra một tệp .xlsx.")
@click.pass_context
def diff(
    context: click.Context,
    old: str,
    new: str,
    period: str | None,
    stage: str,
    noise: int,
    draws: int,
    seed: int,
    leave_out: bool,
    out: Path | None,
) -> None:
    """So bộ tiêu chí NEW với OLD: lời, điểm, cách chấm, căn cứ nào thay đổi; --on thử cả hai trên cùng số liệu.

    OLD, NEW là mã bộ, tên tệp hoặc đường dẫn; hai thư mục làm việc thì so từng bộ. Với --on: phân bố điểm, tiêu chí ai cũng đạt
    hoặc không ai đạt, ai tăng ai giảm, thứ hạng vững đến đâu khi trọng số thay đổi (chỉ với bộ thử), cụm nào có lợi thế sẵn.
    Không lưu gì vào sổ. Chỉ dùng nội bộ.
    """
    from records.scored.trying import Wanted
    from thidua.calling import next_step, workspace_here

    if (old and Path(old).is_dir()) or (new and Path(new).is_dir()):
        _folders(Path(old), Path(new), period, out)
        next_step("so kỹ một bộ: thidua criteria diff BỘ-CŨ BỘ-MỚI --on KỲ.")
        return
    if period is None:
        from records.workspace.folder import find_workspace

        if find_workspace(context.find_root().obj.folder if context.find_root().obj else Path()) is None:
            _one(old, new, None, None, out)
        else:
            with workspace_here(context) as workspace:
                _one(old, new, workspace, None, out)
        next_step(f"thử trên số liệu: thidua criteria diff {old} {new} --on KỲ.")
        return
    wanted = Wanted(period, stage, _noise(noise, draws, seed), leave_out)
    with workspace_here(context) as workspace:
        _one(old, new, workspace, wanted, out)
    if out is None:
        next_step(f"ghi đủ các bảng: thidua criteria diff {old} {new} --on {period} --out so-sanh.xlsx.")
    else:
        next_step(f"xem {out}; in bộ mới để trình ký: thidua criteria print {new}.")


def _one(old: str, new: str, workspace: Workspace | None, wanted: Wanted | None, out: Path | None) -> None:
    from criteria.differences.sets import differences
    from records.scored.trying import group_problems, try_standard
    from reports.trying.files import out_problems, write_trying
    from reports.trying.screen import difference_lines, trial_lines
    from thidua.calling import stop_if_wrong

    stop_if_wrong(_unknown(old, new, workspace))
    before, after = _set(old, workspace), _set(new, workspace)
    stop_if_wrong([*group_problems(before, after), *out_problems(out)])
    trial: Trial | None = None
    if wanted is not None and workspace is not None:
        trial, problems = try_standard(workspace, before, after, wanted)
        stop_if_wrong(problems, warnings=False)
    found = differences(before, after)
    for line in difference_lines(found, before, after):
        click.echo(line)
    for line in trial_lines(trial) if trial is not None else ():
        click.echo(line)
    if out is not None:
        stop_if_wrong(write_trying(out, found, before, after, trial))
        click.echo(f"Đã ghi {out}.")


def _unknown(old: str, new: str, workspace: Workspace | None) -> list[Problem]:
    """A finding for each of the two that names no set."""
    from criteria.problems import of_file
    from thidua.finding_sets import find_set

    first = workspace.movement_folder if workspace is not None else None
    hint = "Nêu mã bộ, tên tệp hoặc đường dẫn; xem: thidua criteria list."
    return [
        of_file(name, "file-not-found", f"Không có bộ tiêu chí “{name}”.", hint)
        for name in dict.fromkeys((old, new))
        if find_set(name, first) is None
    ]


def _set(name: str, workspace: Workspace | None) -> CriteriaSet:
    """The set a word of the command line means. Prints what is wrong with it and leaves with code 1."""
    from records.scored.editions import read_edition
    from thidua.calling import stop_if_wrong
    from thidua.finding_sets import find_set

    path = find_set(name, workspace.movement_folder if workspace is not None else None)
    assert path is not None  # _unknown has looked
    bound, problems = read_edition(path, workspace)
    stop_if_wrong(problems)
    assert bound is not None
    return bound


def _noise(percent: int, draws: int, seed: int) -> Noise:
    from criteria.problems import of_file
    from scoring.analysis.firmness import MOST_DRAWS, Noise
    from thidua.calling import stop_if_wrong

    wrong = []
    if not 0 <= percent < 100:
        wrong.append(
            of_file("--noise", "wrong-value", f"Không thay đổi trọng số {percent} % được.", "Viết từ 0 đến 99.")
        )
    if not 1 <= draws <= MOST_DRAWS:
        wrong.append(of_file("--draws", "wrong-value", f"Không thử {draws} lần được.", f"Viết từ 1 đến {MOST_DRAWS}."))
    if seed < 0:
        wrong.append(of_file("--seed", "wrong-value", f"Số khởi đầu không thể là {seed}.", "Viết một số từ 0."))
    stop_if_wrong(wrong)
    return Noise(percent, draws, seed)


def _folders(old: Path, new: Path, period: str | None, out: Path | None) -> None:
    """Every set of two workspaces or movements."""
    from criteria.differences.sets import differences
    from criteria.problems import of_file
    from records.scored.editions import edition_pairs
    from reports.trying.screen import difference_lines
    from thidua.calling import stop_if_wrong

    pairs, problems = edition_pairs(old, new)
    for option, given in (("--on", period), ("--out", out)):
        if given is not None:
            problems.append(of_file(option, "output", f"{option} chỉ dùng khi so từng bộ.", "Nêu hai bộ tiêu chí."))
    stop_if_wrong(problems)
    for before, after in pairs:
        if before is None or after is None:
            word = "chỉ có ở bản mới" if before is None else "chỉ có ở bản cũ"
            click.echo(f"Bộ {word}: {after or before}\n")
            continue
        sets = _set(str(before), None), _set(str(after), None)
        found = differences(*sets)
        lines = list(difference_lines(found, *sets)) if found.changes else [f"Bộ {sets[1].id}: không có gì khác nhau."]
        click.echo("\n".join([*lines, ""]))
