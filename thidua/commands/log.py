"""thidua log"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group

SHOWN = 200  # entries on the screen unless more are asked for


@click.group(cls=Group, invoke_without_command=True)
@click.option("--candidate", metavar="C", default="", help="Chỉ các mục về đối tượng này (mã trong danh sách).")
@click.option("--criterion", metavar="K", default="", help="Chỉ các mục về tiêu chí này.")
@click.option(
    "--person",
    metavar="NAME",
    default="",
    help="Chỉ các mục do người này nhập, hoặc của cơ quan, người này (cơ quan: ghi mã).",
)
@click.option("--day", type=DAY, metavar="DAY", help="Chỉ các mục ghi trong ngày này (giờ Việt Nam).")
@click.option("--from", "first", type=DAY, metavar="DAY", help="Chỉ các mục ghi từ ngày này.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="Chỉ các mục ghi đến hết ngày này.")
@click.option("--period", metavar="P", default="", help="Chỉ các mục của kỳ này.")
@click.option(
    "--stage", metavar="S", default="", help="Chỉ các mục của bước: self, verified, explained, reverified, final."
)
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help=f"Chỉ N mục mới nhất (màn hình: {SHOWN} nếu không nêu)."
)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Ghi thành bảng .xlsx hoặc .csv."
)
@click.pass_context
def log(
    context: click.Context,
    candidate: str,
    criterion: str,
    person: str,
    day: date | None,
    first: date | None,
    last: date | None,
    period: str,
    stage: str,
    limit: int | None,
    out: Path | None,
) -> None:
    """Sổ ghi mọi điều đã nhập: ai, lúc nào, cũ, mới, lý do, văn bản, minh chứng. Sổ chỉ ghi thêm, không sửa, không xóa.

    Thêm lệnh con: verify (kiểm tra sổ), head (mã băm cuối sổ, để in vào biên bản), upgrade (nâng cấp sổ của bản cũ).
    """
    if context.invoked_subcommand is not None:
        return
    if day is not None and (first is not None or last is not None):
        raise click.UsageError("Nêu --day, hoặc --from và --to.")
    if out is not None and out.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError("--out: tệp .xlsx hoặc .csv.")
    from criteria.movements.verifiers import body_id
    from records.ledger.selecting import Wanted, select_entries
    from records.panels.hiding import HiddenMarks
    from records.workspace.whole_files import write_whole
    from reports.ledger_log import log_file, log_lines, names_of
    from thidua.calling import next_step, workspace_here

    most = limit if limit is not None or out is not None else SHOWN
    with workspace_here(context) as workspace:
        who = body_id(workspace.movement, person) or person  # a verifying body stands in the ledger by its id
        wanted = Wanted(candidate, criterion, who, day or first, day or last, period, stage, most)
        selected, names = select_entries(workspace.database, wanted), names_of(workspace)
        selected = replace(selected, entries=HiddenMarks(workspace).masked(selected.entries))
        title = f"SỔ GHI: {len(selected.entries)} trong {selected.total} mục"
    if out is not None:
        write_whole(out, log_file(out.suffix.lower(), title, selected, names))
        click.echo(f"Đã ghi {len(selected.entries)} trong {selected.total} mục vào {out}.")
    else:
        for line in log_lines(selected, names):
            click.echo(line)
        click.echo(f"{len(selected.entries)} trong {selected.total} mục.")
    next_step("kiểm tra sổ: thidua log verify.")


@log.command(cls=Command)
@click.option(
    "--anchor", metavar="HASH", default="", help="Mã băm đã in ở biên bản (ít nhất 8 chữ đầu): còn trong sổ không."
)
@click.pass_context
def verify(context: click.Context, anchor: str) -> None:
    """Kiểm tra sổ: tính lại chuỗi mã băm của mọi mục, mọi biểu đã nhận, mọi tệp đã lưu (biểu, minh chứng, bản ký trong hồ sơ khen thưởng); nêu mục hỏng đầu tiên.

    Ai viết lại toàn bộ phần cuối sổ với mã băm mới thì chỉ --anchor phát hiện được: in mã băm cuối sổ vào biên bản có chữ ký.
    """
    from records.ledger.stored_files import check_files
    from records.ledger.verifying import SHORTEST_ANCHOR, prove
    from records.workspace.folder import KEPT, RECEIVED
    from reports.ledger_words import CLOCK, clock
    from thidua.calling import next_step, workspace_here

    anchor = anchor.strip().lower()
    if anchor and (len(anchor) < SHORTEST_ANCHOR or set(anchor) - set("0123456789abcdef")):
        raise click.UsageError(f"--anchor: ít nhất {SHORTEST_ANCHOR} chữ đầu của mã băm, gồm 0-9 và a-f.")
    with workspace_here(context) as workspace:
        proof = prove(workspace.database, anchor)
        stored = check_files(workspace.database, workspace.root / RECEIVED, workspace.root / KEPT)
    click.echo(
        f"{proof.entries} mục, {proof.submissions} biểu đã nhận, {stored.forms} tệp biểu, {stored.evidence} tệp minh chứng."
    )
    if stored.papers:
        click.echo(f"{stored.papers} tệp trong hồ sơ khen thưởng (bản ký, chứng minh công khai).")
    if proof.erased:
        click.echo(f"{proof.erased} mục đã xóa nội dung theo quyết định (dữ liệu cá nhân).")
    if stored.unnamed:
        click.echo(f"{len(stored.unnamed)} tệp nguyên vẹn nhưng không mục nào nhắc đến, ví dụ {stored.unnamed[0]}.")
    if proof.head[0]:
        click.echo(f"Mục cuối: {proof.head[0]}, ghi lúc {clock(proof.head_at)} ({CLOCK}).")
        click.echo(f"Mã băm cuối sổ: {proof.head[1]}")
    missed = bool(anchor) and not proof.anchored
    if proof.anchored:
        click.echo(f"Mã băm {anchor} là của mục {proof.anchored}, ghi lúc {clock(proof.anchored_at)} ({CLOCK}).")
    breaks = [*proof.breaks, *stored.breaks]
    for number, one in enumerate(breaks):
        word = "HỎNG ĐẦU TIÊN" if number == 0 else "HỎNG"
        click.echo(f"{word}: {f'mục {one.entry}: ' if one.entry else ''}{one.message}.", err=True)
    if missed:
        click.echo(
            f"HỎNG: sổ không có mục nào mang mã băm {anchor}: phần sổ có mã băm này đã bị viết lại, hoặc gõ sai mã băm.",
            err=True,
        )
    if breaks or missed:
        click.echo(f"Sổ không còn nguyên vẹn: {len(breaks) + missed} chỗ.", err=True)
        raise click.exceptions.Exit(1)
    click.echo("Sổ nguyên vẹn.")
    next_step("in mã băm cuối sổ vào biên bản; sau này kiểm tra: thidua log verify --anchor MÃ-BĂM.")


@log.command(cls=Command)
@click.pass_context
def head(context: click.Context) -> None:
    """Số, giờ và mã băm của mục cuối cùng, để in vào biên bản có chữ ký."""
    from records.ledger.selecting import Wanted, select_entries
    from reports.ledger_words import CLOCK, clock
    from thidua.calling import next_step, workspace_here

    with workspace_here(context) as workspace:
        found = select_entries(workspace.database, Wanted(limit=1)).entries
    if not found:
        click.echo("Sổ chưa có mục nào.")
        next_step("mở kỳ: thidua round open KỲ.")
        return
    last = found[0]
    click.echo(f"Mục cuối: {last.number}, ghi lúc {clock(last.at)} ({CLOCK}).")
    click.echo(f"Mã băm cuối sổ: {last.hash}")
    next_step(f"kiểm tra sau này: thidua log verify --anchor {last.hash}.")


@log.command(cls=Command)
@click.pass_context
def upgrade(context: click.Context) -> None:
    """Nâng cấp tệp số liệu của bản phần mềm trước: lập chuỗi mã băm cho các mục đã có; bản cũ giữ ở so-lieu.ban-1.sqlite."""
    from records.persons.upgrading import upgrade_workspace
    from thidua.calling import Called, next_step, stop_if_wrong

    called = context.find_object(Called) or Called()
    done, problems = upgrade_workspace(called.folder, called.person)
    stop_if_wrong(problems)
    assert done is not None
    click.echo(f"Đã nâng cấp: {done.entries} mục, {done.submissions} biểu đã nhận. Bản cũ: {done.backup.name}.")
    click.echo(f"Mục cuối: {done.head[0]}. Mã băm cuối sổ: {done.head[1]}")
    next_step("kiểm tra sổ: thidua log verify.")
