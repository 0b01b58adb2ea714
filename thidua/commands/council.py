"""thidua council"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command, Group

_STEP = "Bước có biểu quyết, theo tệp khen thưởng (xet-chon, hoi-dong …)."
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=Group)
def council() -> None:
    """Họp xét trên giấy: thành viên, tài liệu họp, phiếu kiểm, biên bản; dùng cho tổ xét chọn và Hội đồng."""


@council.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--step", metavar="S", required=True, help=_STEP)
@click.option("--document", metavar="TEXT", required=True, help="Số, ngày quyết định lập hội đồng, tổ xét chọn.")
@click.pass_context
def members(context: click.Context, occasion: str, file: Path, step: str, document: str) -> None:
    """Nhập danh sách thành viên từ FILE (xlsx, csv): họ tên, chức vụ, cơ quan, vai trò. Danh sách mới thay danh sách cũ.

    Vai trò: chủ tịch (tổ trưởng), phó chủ tịch (tổ phó), ủy viên (thành viên), thư ký; đúng một chủ tịch, một thư ký.
    Cơ quan ghi mã hoặc tên trong danh sách đối tượng; cơ quan không có trong đó thì ghi thêm (ngoài) ở cuối.
    """
    from nominations.council.members import import_members
    from reports.council.screen import member_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        found, problems = import_members(workspace, occasion.strip(), step.strip(), file, document)
        stop_if_wrong(problems)
        told = member_lines(workspace, step.strip(), found)
    for line in told:
        click.echo(line)
    click.echo(f"{len(found)} thành viên.")
    next_step(f"lập tài liệu họp: thidua council prepare {occasion} --step {step}")


@council.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--step", metavar="S", required=True, help=_STEP)
@click.option("--meeting", "day", type=DAY, metavar="DAY", help="Ngày dự kiến họp.")
@click.option("--place", metavar="TEXT", default="", help="Địa điểm họp.")
@click.option(
    "--on", "judged", type=DAY, metavar="DAY", help="Xét theo quy định có hiệu lực ngày này (mặc định ngày của dịp)."
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Thư mục ghi (mặc định ket-qua/OCCASION/hoi-dong-S)."
)
@click.option("--replace", is_flag=True, help="Lập lại cả tệp đã có mà nội dung khác (có thể đã điền).")
@click.pass_context
def prepare(
    context: click.Context,
    occasion: str,
    step: str,
    day: date | None,
    place: str,
    judged: date | None,
    out: Path | None,
    replace: bool,
) -> None:
    """Lập tài liệu họp: chương trình và danh sách trình, bản khai xung đột lợi ích, phiếu biểu quyết, phiếu kiểm (xlsx).

    Chỉ trình trường hợp đã qua mọi bước trước. Mã băm cuối sổ ghi được in vào tài liệu và ghi vào sổ.
    """
    from reports.council.files import write_pack
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        pack, written, problems = write_pack(
            workspace, occasion.strip(), step.strip(), day, place, date.today(), judged, out, replaced=replace
        )
        stop_if_wrong(problems)
    assert pack is not None
    for path in written:
        click.echo(f"Đã ghi {path}")
    click.echo(
        f"{pack.step.name}: {len(pack.lines)} trường hợp, {len(pack.ties)} nhóm bằng nhau, {len(pack.members)} thành viên, "
        f"{len(pack.conflicts)} xung đột lợi ích đã xác định."
    )
    click.echo(f"Mã băm cuối sổ ghi trước phiên họp: {pack.head_words}")
    next_step(f"họp, điền phiếu kiểm, rồi: thidua council record {occasion} FILE --step {step} --minutes SỐ --on NGÀY")


@council.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--step", metavar="S", required=True, help=_STEP)
@click.option("--minutes", metavar="TEXT", required=True, help="Số, ký hiệu biên bản.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày họp.")
@click.option("--reason", metavar="TEXT", default="", help="Vì sao ghi lại kết quả của phiên họp đã ghi.")
@click.option("--replace", is_flag=True, help="Lập lại biên bản đã có mà nội dung khác (có thể đã sửa trong Word).")
@click.pass_context
def record(
    context: click.Context, occasion: str, file: Path, step: str, minutes: str, day: date, reason: str, replace: bool
) -> None:
    """Ghi kết quả phiên họp từ phiếu kiểm FILE và lập biên bản. Phiếu kiểm sai chỗ nào thì nêu ô đó, không ghi gì.

    Không đủ số người họp thì không ghi. Ghi lại cùng một tệp không thêm gì; ghi tệp khác của phiên đã ghi phải nêu --reason.
    """
    from reports.council.files import record_meeting
    from reports.council.screen import outcome_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        meeting, path, problems = record_meeting(
            workspace, occasion.strip(), step.strip(), file, minutes, day, date.today(), reason, replaced=replace
        )
        stop_if_wrong(problems)
    assert meeting is not None
    for text in outcome_lines(meeting):
        click.echo(text)
    click.echo("Phiếu kiểm này đã ghi trước đó, không ghi thêm." if meeting.same else "Đã ghi vào sổ.")
    if path is not None:
        click.echo(f"Biên bản: {path}")
    next_step(f"in, ký biên bản; xem các bước tiếp: thidua nominate {occasion}")


@council.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--step", metavar="S", required=True, help=_STEP)
@click.pass_context
def show(context: click.Context, occasion: str, step: str) -> None:
    """Thành viên và các phiên họp đã ghi của một bước: có mặt, phiếu, kết quả từng trường hợp."""
    from reports.council.screen import shown
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        lines, problems = shown(workspace, occasion.strip(), step.strip())
        stop_if_wrong(problems)
    for text in lines:
        click.echo(text)
    next_step(f"lập tài liệu họp: thidua council prepare {occasion} --step {step}")
