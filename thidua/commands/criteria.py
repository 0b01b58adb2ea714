"""thidua criteria"""

from __future__ import annotations

import click

from thidua.commands.criteria_diff import diff
from thidua.commands.criteria_print import print_
from thidua.speaking import Group


@click.group(cls=Group)
def criteria() -> None:
    """Bộ tiêu chí: xem, so hai bộ, thử bộ mới trên số liệu, in phụ lục Word để trình ký."""


criteria.add_command(diff)
criteria.add_command(print_)


@criteria.command("list")
def list_() -> None:
    """Liệt kê phong trào, nhóm và bộ tiêu chí."""
    from criteria.movements.reading import MOVEMENT, movements, read_movement
    from reports.standard.screen import movement_text

    for folder in movements():
        movement, _ = read_movement(folder / MOVEMENT)
        if movement is not None:
            click.echo(movement_text(movement, folder))


@criteria.command()
@click.argument("name", metavar="SET")
def show(name: str) -> None:
    """In một bộ tiêu chí: căn cứ, từng tiêu chí, điểm, cách chấm, minh chứng, ai thẩm định.

    SET là mã bộ tiêu chí, tên tệp hoặc đường dẫn.
    """
    from criteria.loading import read_set
    from criteria.problems import of_file
    from reports.standard.screen import set_text
    from thidua.commands.printing import report
    from thidua.finding_sets import find_set

    path = find_set(name)
    if path is None:
        report([of_file(name, "file-not-found", f"Không có bộ tiêu chí “{name}”.", "Xem: thidua criteria list.")])
        raise click.exceptions.Exit(1)
    bound, problems = read_set(path)
    if bound is None:
        report(problems)
        raise click.exceptions.Exit(1)
    click.echo(set_text(bound))


@criteria.command()
@click.option("--awards", is_flag=True, help="Lược đồ của tệp khen thưởng (awards.yaml).")
def schema(awards: bool) -> None:
    """In lược đồ JSON của tệp tiêu chí, cho trình soạn thảo."""
    if awards:
        from nominations.awards.schema import schema_text
    else:
        from criteria.schema import schema_text

    click.echo(schema_text())
