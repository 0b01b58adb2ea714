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
    """Tạo số liệu minh họa cho mọi nhóm của mọi phong trào, chấm, xếp hạng, giải thích, ghi vào DIR (mặc định: demo).

    Không tên nào có thật. Mỗi tệp, mỗi trang đều ghi SỐ LIỆU MINH HỌA.
    """
    from criteria.movements import movements
    from criteria.problems import reason
    from thidua.demonstration.round import demonstrate

    if folder.exists() and not folder.is_dir():
        click.echo(f"LỖI output: {folder} là một tệp, cần một thư mục.", err=True)
        raise click.exceptions.Exit(1)
    try:
        for movement in movements():
            for line in demonstrate(movement, folder, seed):
                click.echo(line)
    except OSError as error:
        click.echo(f"LỖI output: không ghi được vào {folder}: {reason(error)}.", err=True)
        raise click.exceptions.Exit(1) from None
    click.echo(f"Đã ghi vào thư mục {folder}. Mở các tệp ket-qua.xlsx, đọc các tệp giai-thich.txt; SỐ LIỆU MINH HỌA.")
