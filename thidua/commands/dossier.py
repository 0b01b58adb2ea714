"""thidua dossier"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from thidua.calling import DAY
from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("occasion", metavar="OCCASION")
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), required=True, help="Thư mục ghi hồ sơ.")
@click.option("--award", metavar="A", default="", help="Chỉ một hình thức (mặc định mọi hình thức).")
@click.option("--candidate", "candidates", metavar="C", multiple=True, help="Chỉ các đối tượng này; dùng lại được.")
@click.option("--final", is_flag=True, help="Xuất bản chính thức; còn thiếu thì không xuất, nêu hết điều còn thiếu.")
@click.option("--number", metavar="TEXT", default="", help="Số của tờ trình, nếu đã có.")
@click.option("--on", "day", type=DAY, metavar="DAY", help="Ngày ghi trên văn bản (mặc định ngày của dịp).")
@click.option("--replace", is_flag=True, help="Lập lại cả những tệp đã sửa bằng Word.")
@click.pass_context
def dossier(
    context: click.Context,
    occasion: str,
    out: Path,
    award: str,
    candidates: tuple[str, ...],
    final: bool,
    number: str,
    day: date | None,
    replace: bool,
) -> None:
    """Lập hồ sơ đề nghị khen thưởng của dịp OCCASION: mỗi hình thức một thư mục và một tệp zip.

    Hồ sơ chưa đủ mang dấu DỰ THẢO ở mọi trang và liệt kê điều còn thiếu. Bản đã ký, đóng dấu thêm bằng thidua attach.
    """
    import sys

    from thidua.calling import next_step, stop_if_wrong, workspace_here
    from thidua.commands.printing import report
    from thidua.dossiers import Asked, make_dossiers

    def told(name: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"Đang lập hồ sơ {name} …", err=True)

    asked = Asked(out, award.strip(), candidates, final, number.strip(), day, replace)
    with workspace_here(context) as workspace:
        done, problems = make_dossiers(workspace, occasion.strip(), asked, told)
    if not done:
        stop_if_wrong(problems)
        next_step(f"xem các trường hợp: thidua nominate {occasion} --all")
        return
    for one, package in done:
        state = "hồ sơ chính thức" if final and one.complete else f"DỰ THẢO, còn thiếu {len(one.missing)} điều"
        click.echo(f"{one.award.name}: {len(one.cases)} đối tượng, {len(package.files)} tệp; {state}.")
        click.echo(f"  {package.folder}")
        click.echo(f"  {package.archive}")
        for missing in one.missing[:5]:
            who = f"{missing.nominee}: " if missing.nominee else ""
            click.echo(f"    thiếu – {missing.kind}: {who}{missing.text}")
        if len(one.missing) > 5:
            click.echo(f"    … và {len(one.missing) - 5} điều nữa, xem phiếu kiểm tra hồ sơ.")
    if report(problems):
        raise click.exceptions.Exit(1)
    if all(final and one.complete for one, _ in done):
        next_step(
            f"trình ký, gửi hồ sơ, rồi ghi việc trình: thidua award submit {occasion} --award … --document … --on …"
        )
    else:
        next_step(f"ký, quét PDF rồi thêm: thidua attach {occasion} TỆP --award … --paper … --document … --on …")
