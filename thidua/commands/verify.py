"""thidua verify"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("snapshot", metavar="SNAPSHOT", type=click.Path(path_type=Path))
@click.option(
    "--against",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục làm việc có sổ đã ghi lần công bố này: đối chiếu mã băm.",
)
def verify(snapshot: Path, against: Path | None) -> None:
    """Soát gói công bố SNAPSHOT (.zip): từng byte, từng mã băm, rồi chấm lại từ chính gói. Không cần thư mục làm việc.

    Đúng hết thì in GIỐNG HỆT; sai thì nêu tệp, đối tượng, tiêu chí, số trong gói, số tính lại.
    """
    from records.publication.receipt_text import receipt_lines
    from records.publication.verifying import verify as prove
    from records.software import SOFTWARE
    from records.workspace.folder import open_workspace
    from thidua.calling import next_step, stop_if_wrong
    from thidua.commands.printing import report

    workspace = None
    if against is not None:
        workspace, problems = open_workspace(against)
        stop_if_wrong(problems, warnings=workspace is None)
    try:
        proof = prove(snapshot, SOFTWARE, workspace)
    finally:
        if workspace is not None:
            workspace.close()
    if report(proof.problems, writing=False):
        raise click.exceptions.Exit(1)
    for note in proof.notes:
        click.echo(f"Ghi chú: {note}")
    for one in proof.differences:
        click.echo(f"KHÁC: {one.text}", err=True)
    if proof.differences:
        click.echo(f"{len(proof.differences)} chỗ khác. Gói này không phải bản đã công bố.", err=True)
        raise click.exceptions.Exit(1)
    click.echo("GIỐNG HỆT")
    click.echo("\n".join(receipt_lines(proof)))
    next_step("đối chiếu mã băm của gói với mã ghi trong sổ hoặc biên bản: --against THƯ-MỤC.")
