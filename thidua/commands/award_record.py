"""thidua award submit, record, revoke"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from thidua.calling import DAY
from thidua.speaking import Command

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nominations.history.held import HeldAward


@click.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--award", metavar="A", required=True, help="Mã hình thức ở tệp khen thưởng.")
@click.option(
    "--candidate",
    "candidates",
    metavar="C",
    multiple=True,
    help="Trường hợp được trình (mặc định mọi trường hợp đã qua các bước); dùng lại được.",
)
@click.option("--document", metavar="TEXT", required=True, help="Số tờ trình.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày tờ trình.")
@click.pass_context
def submit(
    context: click.Context, occasion: str, award: str, candidates: tuple[str, ...], document: str, day: date
) -> None:
    """Ghi việc trình các trường hợp của dịp OCCASION lên cấp có thẩm quyền. Phải qua mọi bước trước đó."""
    from nominations.eligibility.selecting import beyond_law
    from nominations.history.recording import Told
    from nominations.history.recording import submit as enter
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        told = Told(award.strip(), document, day, candidates)
        made, problems = enter(workspace, occasion.strip(), told, date.today())
        stop_if_wrong(beyond_law(problems))
    _say(made)
    next_step(f"khi có quyết định: thidua award record {occasion} --award {award} --granted --decision … --on …")


@click.command(cls=Command)
@click.argument("occasion", metavar="[OCCASION]", required=False, default="")
@click.option("--award", metavar="A", default="", help="Mã hình thức ở tệp khen thưởng.")
@click.option(
    "--candidate",
    "candidates",
    metavar="C",
    multiple=True,
    help="Trường hợp (mặc định mọi trường hợp đã qua các bước); dùng lại được.",
)
@click.option("--granted", "outcome", flag_value="granted", help="Đã tặng.")
@click.option("--refused", "outcome", flag_value="refused", help="Không tặng (kèm --reason).")
@click.option("--returned", "outcome", flag_value="returned", help="Trả lại hồ sơ (kèm --reason).")
@click.option("--decision", metavar="TEXT", required=True, help="Số quyết định; không tặng, trả lại thì số văn bản.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày của văn bản.")
@click.option("--reason", metavar="TEXT", default="", help="Lý do không tặng, trả lại.")
@click.option("--authority", metavar="TEXT", default="", help="Người, cơ quan tặng (khen thưởng của đơn vị: phải nêu).")
@click.option("--holder", metavar="C", default="", help="Ngoài các dịp: mã người được đơn vị tự khen.")
@click.option("--award-name", metavar="TEXT", default="", help="Ngoài các dịp: tên hình thức.")
@click.option(
    "--category", metavar="K", default=None, help="Ngoài các dịp: loại hình khen thưởng, theo tệp khen thưởng."
)
@click.option("--from", "first", type=DAY, metavar="DAY", help="Ngoài các dịp: thành tích từ ngày.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="Ngoài các dịp: thành tích đến ngày.")
@click.option(
    "--achievement", metavar="TEXT", default="", help="Ngoài các dịp: thành tích (giữ riêng như dữ liệu cá nhân)."
)
@click.option("--initiative", metavar="TEXT", default="", help="Ngoài các dịp: sáng kiến.")
@click.option("--of-movement", "ours", is_flag=True, help="Ngoài các dịp: khen về thành tích trong phong trào này.")
@click.pass_context
def record(
    context: click.Context,
    occasion: str,
    award: str,
    candidates: tuple[str, ...],
    outcome: str | None,
    decision: str,
    day: date,
    reason: str,
    authority: str,
    holder: str,
    award_name: str,
    category: str | None,
    first: date | None,
    last: date | None,
    achievement: str,
    initiative: str,
    ours: bool,
) -> None:
    """Ghi quyết định về các trường hợp của dịp OCCASION: đã tặng, không tặng hoặc trả lại; ghi vào lịch sử khen thưởng.

    Khen thưởng của đơn vị tự tặng, ngoài các dịp: bỏ OCCASION, nêu --holder, --award-name, --authority, --decision, --on.
    """
    from nominations.eligibility.selecting import beyond_law
    from nominations.history.own_awards import OwnAward, record_own
    from nominations.history.recording import Told
    from nominations.history.recording import record as enter
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    own = (holder, award_name, category, first, last, achievement, initiative, ours)
    if occasion and any(own):
        raise click.UsageError("Ghi theo dịp thì dùng --award, --candidate; bỏ --holder và các tùy chọn ngoài các dịp.")
    if occasion and not award:
        raise click.UsageError("Thiếu --award.")
    if occasion and outcome is None:
        raise click.UsageError("Nêu --granted, --refused hoặc --returned.")
    if not occasion and not holder:
        raise click.UsageError("Nêu OCCASION, hoặc --holder để ghi khen thưởng ngoài các dịp.")
    if not occasion and (candidates or outcome not in (None, "granted") or (award and award_name)):
        raise click.UsageError(
            "Ngoài các dịp chỉ ghi khen thưởng đã tặng: --holder và một trong --award, --award-name."
        )
    with workspace_here(context) as workspace:
        if occasion:
            told = Told(award.strip(), decision, day, candidates, reason, authority)
            made, problems = enter(workspace, occasion.strip(), told, outcome, date.today())  # type: ignore[arg-type]
        else:
            one = OwnAward(
                holder.strip(),
                (award or award_name).strip(),
                authority,
                decision,
                day,
                category or "",
                "",
                first,
                last,
                achievement,
                initiative,
                ours,
            )
            entered, problems = record_own(workspace, one, date.today())
            made = [entered] if entered is not None else []
        stop_if_wrong(beyond_law(problems))
    _say(made)
    next_step(f"xem: thidua award list --candidate {made[0].holder}." if made else "xem: thidua award list.")


@click.command(cls=Command)
@click.argument("number", metavar="N", type=int)
@click.option("--reason", metavar="TEXT", required=True, help="Lý do hủy bỏ.")
@click.option("--document", metavar="TEXT", required=True, help="Số quyết định hủy bỏ.")
@click.option("--on", "day", type=DAY, metavar="DAY", required=True, help="Ngày quyết định hủy bỏ.")
@click.pass_context
def revoke(context: click.Context, number: int, reason: str, document: str, day: date) -> None:
    """Ghi việc hủy bỏ khen thưởng số N. Lần khen thưởng vẫn ở lịch sử, không còn được tính; nêu mọi điều phải xem lại."""
    from nominations.eligibility.selecting import beyond_law
    from nominations.history.revoking import revoke as enter
    from reports.awards.held_workbook import again_lines
    from thidua.calling import next_step, stop_if_wrong, workspace_here

    with workspace_here(context) as workspace:
        done, problems = enter(workspace, number, reason, document, day, date.today())
        stop_if_wrong(beyond_law(problems))
    assert done is not None
    click.echo(
        f"Đã ghi hủy bỏ khen thưởng số {number} của {done.held.holder or 'người ngoài danh sách'}: {done.held.words}."
    )
    for citation in done.citations:
        click.echo(f"  Căn cứ: {citation}")
    if done.again:
        click.echo("Phải xem lại:")
        for text in again_lines(done.again):
            click.echo(f"  {text}")
    else:
        click.echo("Không có khen thưởng, đề nghị nào sau đó của người này.")
    next_step("thu hồi hiện vật, tiền thưởng theo quyết định; xét lại các dịp nêu trên: thidua nominate DỊP.")


def _say(made: Iterable[HeldAward]) -> None:
    """What stands now, a line each."""
    from nominations.history.held import STATUS

    found = list(made)
    for one in found:
        click.echo(f"{one.number} · {one.holder} · {one.words} · {STATUS[one.status]}")
    click.echo(f"Đã ghi {len(found)} trường hợp.")
