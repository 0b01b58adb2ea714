"""thidua new"""

from __future__ import annotations

import os
from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--movement", "wanted", metavar="ID", help="Mã phong trào kèm theo phần mềm, hoặc thư mục của phong trào."
)
def new(folder: Path, wanted: str | None) -> None:
    """Tạo thư mục làm việc DIR cho một phong trào.

    Tệp tiêu chí, văn bản, danh sách và sổ nhiệm vụ của phong trào được chép vào DIR/phong-trao để sửa tại đó.
    """
    from criteria.movements.reading import MOVEMENT, movements
    from criteria.problems import of_file
    from records.workspace.folder import MOVEMENT_FOLDER, create_workspace, open_workspace
    from thidua.calling import next_step, stop_if_wrong

    known = {path.name: path for path in movements()}
    if wanted is None and len(known) == 1:
        source = next(iter(known.values()))
    elif wanted in known:
        source = known[wanted]
    elif wanted is not None and (Path(wanted) / MOVEMENT).is_file():
        source = Path(wanted)
    else:
        message = f"Không có phong trào “{wanted}”." if wanted else "Phải nêu phong trào."
        stop_if_wrong(
            [of_file(wanted or "--movement", "file-not-found", message, f"Các phong trào: {', '.join(known)}.")]
        )
        return
    stop_if_wrong(create_workspace(folder, source))
    workspace, problems = open_workspace(folder)
    stop_if_wrong(problems)
    assert workspace is not None
    click.echo(f"Đã tạo {folder} cho phong trào {workspace.movement.name}.")
    data = workspace.movement.data
    rosters = " ".join(f"{MOVEMENT_FOLDER}/{name}" for name in data.rosters)
    tasks = " ".join(f"{MOVEMENT_FOLDER}/{name}" for name in data.tasks)
    workspace.close()
    click.echo("Danh sách và sổ nhiệm vụ kèm theo phong trào, nhập bằng:")
    click.echo(f'  cd {"/d " if os.name == "nt" else ""}"{folder}"')
    if rosters:
        click.echo(f"  thidua roster import {rosters}")
    if tasks:
        click.echo(f"  thidua tasks import {tasks}")
    next_step(f"vào thư mục rồi mở kỳ: thidua round open {workspace.movement.period.from_ + 1}")
