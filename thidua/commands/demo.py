"""thidua demo"""

from __future__ import annotations

from pathlib import Path

import click

from thidua.speaking import Command

SEED = 2025


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(path_type=Path, file_okay=True))
@click.option("--seed", default=SEED, show_default=True, help="Số gốc: cùng số thì cùng số liệu.")
@click.option("--years", is_flag=True, help="Chạy tiếp đến sơ kết, tổng kết và hồ sơ khen thưởng; lâu hơn nhiều lần.")
def demo(folder: Path, seed: int, years: bool) -> None:
    """Chạy trọn một kỳ bằng số liệu minh họa trong DIR (mặc định: demo): nhập danh sách, giao biểu, đơn vị điền (có biểu
    điền sai), thu, sửa và nộp lại, chấm, xếp hạng, giải thích, lập bảng Excel, trang kiểm tra, báo cáo.

    Thêm --years thì chạy tiếp các kỳ khác mà dịp sơ kết, tổng kết gộp, rồi xét khen thưởng cả hai dịp: đề nghị, họp xét, thẩm định, lập hồ sơ, ghi quyết định.

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
            for line in demonstrate(movement, folder, seed, years=years, reading=True):
                click.echo(line)
    except ProblemsFound as found:
        stop_if_wrong(found.problems)
    except OSError as error:
        click.echo(f"LỖI output: không ghi được vào {folder}: {reason(error)}.", err=True)
        raise click.exceptions.Exit(1) from None
    click.echo(f"Đã ghi vào thư mục {folder}. SỐ LIỆU MINH HỌA.")
    for movement in movements():
        place = folder / movement.name
        occasions = _occasions(movement) if years else []
        then = f"thidua -C {place} {f'rank {occasions[-1]}' if occasions else 'round status'}"
        next_step(f"mở các tệp trong {place / 'ket-qua'}; hoặc: {then}")


def _occasions(movement: Path) -> list[str]:
    """Ids of the occasions of a movement that was just run."""
    from criteria.movements.reading import MOVEMENT, read_movement

    found, _ = read_movement(movement / MOVEMENT)
    return [occasion.id for occasion in found.occasions] if found is not None else []
