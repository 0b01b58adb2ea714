"""thidua score"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.speaking import Command

if TYPE_CHECKING:
    from criteria.problems import Problem
    from scoring.result import Result


@click.command(cls=Command)
@click.argument("criteria_file", metavar="CRITERIA", type=click.Path(path_type=Path))
@click.argument("table_file", metavar="TABLE", type=click.Path(path_type=Path))
@click.option(
    "--items",
    "items",
    metavar="NAME=TABLE",
    multiple=True,
    help="Bảng nhiều dòng cho một đối tượng (nhiệm vụ, phiếu chấm…); dùng lại được.",
)
@click.option("--previous", metavar="TABLE", type=click.Path(path_type=Path), help="Bảng của kỳ trước, cho prev(…).")
@click.option("--previous-items", metavar="NAME=TABLE", multiple=True, help="Bảng nhiều dòng của kỳ trước.")
@click.option("--pool", metavar="COLUMN", help="Cột cụm, khối để xếp hạng (thay cho pool của bộ tiêu chí).")
@click.option("--period", metavar="PERIOD", help="Kỳ chấm: 2026, 2026-03, 2026-q2, 2027-h1, 2030-9m.")
@click.option(
    "--closed", is_flag=True, help="Cơ quan thẩm định đã chốt: ô trống của chỉ tiêu có silent được hiểu theo silent."
)
@click.option("--setting", "settings", metavar="NAME=VALUE", multiple=True, help="Đổi một thiết lập của bộ tiêu chí.")
@click.option("--out", metavar="F", type=click.Path(path_type=Path), help="Ghi kết quả ra .csv, .xlsx hoặc .json.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option(
    "--explain",
    "explained",
    metavar="CANDIDATE[:CRITERION]",
    help="In lý do từng điểm của một đối tượng, hoặc của một tiêu chí.",
)
def score(
    criteria_file: Path,
    table_file: Path,
    items: tuple[str, ...],
    previous: Path | None,
    previous_items: tuple[str, ...],
    pool: str | None,
    period: str | None,
    closed: bool,
    settings: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    explained: str | None,
) -> None:
    """Chấm TABLE (csv hoặc xlsx: id, name, thuộc tính, mỗi chỉ tiêu một cột) theo tệp CRITERIA.

    Ô trống là chưa có số liệu, không phải 0; KAD là không áp dụng. Có lỗi thì không ghi gì và kết thúc bằng mã 1.
    """
    from criteria.problems import of_file
    from thidua.commands.printing import report
    from thidua.scoring_run import Run, carry_out

    if previous_items and previous is None:
        raise click.BadParameter("cần kèm --previous TABLE.", param_hint="--previous-items")
    run = Run(
        criteria_file,
        table_file,
        _pairs(items, "--items"),
        previous,
        _pairs(previous_items, "--previous-items"),
        pool,
        period,
        closed,
        _pairs(settings, "--setting"),
    )
    result, problems, receipt = carry_out(run)
    if out is not None and out.suffix.lower() not in (".csv", ".xlsx", ".json"):
        problems.append(
            of_file(
                out,
                "output",
                f"Không ghi được dạng “{out.suffix or 'không đuôi'}”.",
                "Dùng .csv, .xlsx hoặc .json.",
            )
        )
    explanation = None
    if result is not None and explained is not None:
        explanation = _explanation(result, explained, problems)
    wrong = report(problems, as_json=as_json and (result is None or any(p.severity == "error" for p in problems)))
    if wrong or result is None:
        raise click.exceptions.Exit(1)
    _deliver(result, receipt, out, as_json, explanation)


def _pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    """NAME=VALUE options. Raises click.BadParameter."""
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name or not value:
            raise click.BadParameter(
                f"“{text}” phải có dạng {'NAME=TABLE' if 'items' in option else 'NAME=VALUE'}.", param_hint=option
            )
        if name in found:
            raise click.BadParameter(f"“{name}” nêu hai lần.", param_hint=option)
        found[name] = value
    return found


def _explanation(result: Result, wanted: str, problems: list[Problem]) -> Any:
    from criteria.problems import of_file
    from scoring.explanation import explain

    candidate, criterion = wanted, ""
    if candidate not in result.rows and ":" in wanted:
        candidate, _, criterion = wanted.rpartition(":")
    try:
        return explain(result, candidate, criterion)
    except KeyError:
        pass
    if candidate not in result.rows:
        problems.append(
            of_file(
                wanted,
                "unknown-candidate",
                f"Không có đối tượng “{candidate}” trong bảng.",
                "Các mã: " + ", ".join(result.ids[:10]) + ("…" if result.size > 10 else "") + ".",
            )
        )
    else:
        problems.append(
            of_file(
                wanted,
                "unknown-candidate",
                f"Không có tiêu chí “{criterion}”.",
                "Các mã: " + ", ".join(node_id for node_id, _ in result.printed) + ".",
            )
        )
    return None


def _deliver(result: Result, receipt: dict[str, str], out: Path | None, as_json: bool, explanation: Any) -> None:
    import json

    from criteria.problems import reason
    from reports.files import as_document, result_bytes, write_whole

    if out is not None:
        try:
            write_whole(out, result_bytes(result, out.suffix.lower(), receipt))
        except OSError as error:
            click.echo(f"LỖI output: không ghi được {out}: {reason(error)}.", err=True)
            raise click.exceptions.Exit(1) from None
    if explanation is not None:
        if as_json:
            click.echo(json.dumps(explanation.as_dict(), ensure_ascii=False, indent=1))
        else:
            stamps = [f"*** {stamp} ***" for stamp in result.stamps]
            click.echo("\n".join([*stamps, str(explanation)]))
    elif as_json:
        click.echo(json.dumps(as_document(result, receipt), ensure_ascii=False, indent=1))
    elif out is None:
        from reports.standings import standings

        click.echo(standings(result))
    else:
        click.echo(f"Đã chấm {result.size} đối tượng, ghi {out}.")
