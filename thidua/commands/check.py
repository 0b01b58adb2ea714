"""thidua check"""

from __future__ import annotations

from collections.abc import Callable
from os.path import isdir
from pathlib import Path

import click

from thidua.speaking import Command


@click.command(cls=Command)
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In các lỗi dạng JSON.")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Soát tệp hoặc thư mục tiêu chí; không nêu PATH thì soát thư mục làm việc, ngoài đó thì soát các bộ tiêu chí kèm theo phần mềm.

    Mỗi lỗi có mã, tệp:dòng:cột, điều tìm thấy và cách sửa. Kết thúc 0 nếu không có lỗi, 1 nếu có.
    """
    from criteria.loading import read_set
    from criteria.movements.reading import CATALOG, kind_of, movements, read_documents, read_movement
    from criteria.problems import Problem, of_file
    from nominations.awards.reading import read_awards
    from records.workspace.folder import MARK, find_workspace, open_workspace
    from reports.statistics.reading import check_file
    from thidua.commands.printing import report

    problems: list[Problem] = []
    files: list[Path] = []
    here = find_workspace(Path())
    for path in paths or ((here,) if here is not None else tuple(movements(CATALOG))):
        if isdir(path):
            inside = sorted(path.rglob("*.yaml")) + sorted(path.rglob("*.yml"))
            if not inside:
                problems.append(of_file(path, "file-not-found", f"Thư mục {path} không có tệp .yaml nào."))
            files += inside
        else:
            files.append(path)
    readers: dict[str, Callable[[Path], tuple[object, list[Problem]]]] = {
        "set": read_set,
        "movement": read_movement,
        "documents": read_documents,
        "awards": read_awards,
        "statistics": check_file,
    }
    for file in files:
        if file.name == MARK:
            opened, found = open_workspace(file.resolve().parent)
            problems += found
            if opened is not None:
                opened.close()
            continue
        problems += readers.get(kind_of(file), read_set)(file)[1]
    wrong = report(problems, as_json=as_json, err=False, writing=False)
    if not as_json and not wrong:
        click.echo(
            f"Đã soát {len(files)} tệp: không có lỗi"
            + (f", {len(set(problems))} điều cần biết ở trên." if problems else ".")
        )
    raise click.exceptions.Exit(1 if wrong else 0)
