"""thidua demo"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command

SEED = 2025


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(path_type=Path, file_okay=True))
@click.option("--seed", default=SEED, show_default=True, help="Số gốc: cùng số thì cùng số liệu.")
def demo(folder: Path, seed: int) -> None:
    """Chạy trọn một kỳ bằng số liệu minh họa trong DIR (mặc định: demo): nhập danh sách, giao biểu, đơn vị điền (có biểu
    điền sai), thu, sửa và nộp lại, chấm, xếp hạng, giải thích, lập bảng Excel.

    Không đối tượng nào có thật. Mỗi biểu, mỗi trang đều ghi SỐ LIỆU MINH HỌA.
    """
    from criteria.movements.reading import movements
    from criteria.problems import ProblemsFound, reason
    from thidua.calling import next_step, stop_if_wrong
    from thidua.demonstration.round import demonstrate

    if folder.exists() and not folder.is_dir():
        click.echo(f"LỖI output: {folder} là một tệp, cần một thư mục.", err=True)
        raise click.exceptions.Exit(1)
    try:
        for movement in movements():
            for line in demonstrate(movement, folder, seed):
                click.echo(line)
    except ProblemsFound as found:
        stop_if_wrong(found.problems)
    except OSError as error:
        click.echo(f"LỖI output: không ghi được vào {folder}: {reason(error)}.", err=True)
        raise click.exceptions.Exit(1) from None
    click.echo(f"Đã ghi vào thư mục {folder}. SỐ LIỆU MINH HỌA.")
    for movement in movements():
        next_step(
            f"mở các tệp trong {folder / movement.name / 'ket-qua'}; hoặc: thidua -C {folder / movement.name} round status"
        )
