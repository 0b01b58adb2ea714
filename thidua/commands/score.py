"""thidua score"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua import __version__
from thidua.speaking import Command

if TYPE_CHECKING:
    from criteria.criteria_set import CriteriaSet
    from criteria.problems import Problem
    from scoring.result import Result


@click.command(cls=Command)
@click.argument("criteria_file", metavar="CRITERIA", type=click.Path(path_type=Path))
@click.argument("table_file", metavar="TABLE", type=click.Path(path_type=Path))
@click.option("--items", "items", metavar="NAME=TABLE", multiple=True, help="Bảng nhiều dòng cho một đối tượng (nhiệm vụ, phiếu chấm…); dùng lại được.")
@click.option("--previous", metavar="TABLE", type=click.Path(path_type=Path), help="Bảng của kỳ trước, cho prev(…).")
@click.option("--previous-items", metavar="NAME=TABLE", multiple=True, help="Bảng nhiều dòng của kỳ trước.")
@click.option("--pool", metavar="COLUMN", help="Cột cụm, khối để xếp hạng (thay cho pool của bộ tiêu chí).")
@click.option("--period", metavar="PERIOD", help="Kỳ chấm: 2026, 2026-03, 2026-q2, 2027-h1, 2030-9m.")
@click.option("--closed", is_flag=True, help="Cơ quan thẩm định đã chốt: ô trống của chỉ tiêu có silent được hiểu theo silent.")
@click.option("--setting", "settings", metavar="NAME=VALUE", multiple=True, help="Đổi một thiết lập của bộ tiêu chí.")
@click.option("--out", metavar="F", type=click.Path(path_type=Path), help="Ghi kết quả ra .csv, .xlsx hoặc .json.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--explain", "explained", metavar="CANDIDATE[:CRITERION]", help="In lý do từng điểm của một đối tượng, hoặc của một tiêu chí.")
def score(criteria_file: Path, table_file: Path, items: tuple[str, ...], previous: Path | None, previous_items: tuple[str, ...], pool: str | None, period: str | None,
          closed: bool, settings: tuple[str, ...], out: Path | None, as_json: bool, explained: str | None) -> None:
    """Chấm TABLE (csv hoặc xlsx: id, name, thuộc tính, mỗi chỉ tiêu một cột) theo tệp CRITERIA.

    Ô trống là chưa có số liệu, không phải 0; KAD là không áp dụng. Có lỗi thì không ghi gì và kết thúc bằng mã 1.
    """
    from criteria.problems import Problem
    from thidua.commands.printing import report

    result, problems, receipt = _scored(criteria_file, table_file, items, previous, previous_items, pool, period, closed, settings)
    if out is not None and out.suffix.lower() not in (".csv", ".xlsx", ".json"):
        problems.append(Problem(str(out), 0, 0, "output", f"Không ghi được dạng “{out.suffix or 'không đuôi'}”.", "Dùng .csv, .xlsx hoặc .json."))
    explanation = None
    if result is not None and explained is not None:
        explanation = _explanation(result, explained, problems)
    wrong = report(problems, as_json=as_json and (result is None or any(p.severity == "error" for p in problems)))
    if wrong or result is None:
        raise click.exceptions.Exit(1)
    _deliver(result, receipt, out, as_json, explanation)


def _scored(criteria_file: Path, table_file: Path, items: tuple[str, ...], previous: Path | None, previous_items: tuple[str, ...], pool: str | None, period: str | None,
            closed: bool, settings: tuple[str, ...]) -> tuple[Result | None, list[Problem], dict[str, str]]:
    """The result, or None with all problems of all files."""
    from criteria.loading import read_set
    from criteria.problems import errors
    from scoring.engine import score as score_table

    chosen, problems = _pairs(settings, "--setting")
    item_files, more = _pairs(items, "--items")
    before_files, again = _pairs(previous_items, "--previous-items")
    problems += [*more, *again]
    criteria, found = read_set(criteria_file, chosen)
    problems += found
    if criteria is None:
        return None, problems, {}
    problems += _period_problems(criteria, period)
    from records.round_files import read_round

    inputs, found = read_round(criteria, table_file, item_files, previous, before_files, pool)
    problems += found
    if inputs is None or errors(problems):
        return None, problems, {}
    result = score_table(criteria, inputs.table, inputs.items, inputs.previous, previous_items=inputs.previous_items, closed=closed, period=period, pool=pool)
    receipt = {"Phần mềm": f"thidua {__version__}", f"sha256 {criteria_file.name}": criteria.sha256}
    for path in (table_file, *item_files.values(), *([previous] if previous else []), *before_files.values()):
        receipt[f"sha256 {Path(path).name}"] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return result, problems, receipt


def _pairs(texts: tuple[str, ...], option: str) -> tuple[dict[str, str], list[Problem]]:
    """NAME=VALUE options. Raises click.BadParameter."""
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name or not value:
            raise click.BadParameter(f"“{text}” phải có dạng {'NAME=TABLE' if 'items' in option else 'NAME=VALUE'}.", param_hint=option)
        if name in found:
            raise click.BadParameter(f"“{name}” nêu hai lần.", param_hint=option)
        found[name] = value
    return found, []


def _period_problems(criteria: CriteriaSet, period: str | None) -> list[Problem]:
    """A period that is none, one in which the set is not in force, or none where on(…) needs one."""
    from criteria.expressions.functions_time import OnDay
    from criteria.problems import Problem
    from scoring.periods import PeriodError, read_period

    declared = criteria.declaration
    days = [term for formula in declared.formulas() if formula.bound for term in formula.term.walk() if isinstance(term, OnDay)]
    if period is None:
        return [Problem(criteria.file, 0, 0, "period", "Bộ tiêu chí dùng on(…), cần biết kỳ chấm.", "Thêm --period 2026 hoặc --period 2026-03.")] if days else []
    try:
        round_ = read_period(period)
    except PeriodError:
        return [Problem(period, 0, 0, "period", f"“{period}” không phải tên kỳ.", "Viết 2026, 2026-03, 2026-q2, 2027-h1 hoặc 2030-9m.")]
    problems = []
    if any(term.month is None for term in days) and round_.month is None:
        problems.append(Problem(criteria.file, 0, 0, "period", f"on(ngày) cần kỳ là một tháng, gặp {period}.", "Viết --period 2026-03."))
    if round_.last < declared.valid_from or (declared.valid_to is not None and round_.first > declared.valid_to):
        until = f" đến {declared.valid_to:%d/%m/%Y}" if declared.valid_to else ""
        place = criteria.source.place(("valid_from",))
        problems.append(Problem(place.file, place.line, place.column, "not-in-force", f"Bộ tiêu chí có hiệu lực từ {declared.valid_from:%d/%m/%Y}{until}, không dùng cho kỳ {period}.", "Dùng bộ tiêu chí của kỳ đó."))
    return problems


def _explanation(result: Result, wanted: str, problems: list[Problem]) -> Any:
    from criteria.problems import Problem
    from scoring.explanation import explain

    candidate, criterion = wanted, ""
    if candidate not in result.rows and ":" in wanted:
        candidate, _, criterion = wanted.rpartition(":")
    try:
        return explain(result, candidate, criterion)
    except KeyError:
        pass
    if candidate not in result.rows:
        problems.append(Problem(wanted, 0, 0, "unknown-candidate", f"Không có đối tượng “{candidate}” trong bảng.", "Các mã: " + ", ".join(result.ids[:10]) + ("…" if result.size > 10 else "") + "."))
    else:
        problems.append(Problem(wanted, 0, 0, "unknown-candidate", f"Không có tiêu chí “{criterion}”.", "Các mã: " + ", ".join(node_id for node_id, _ in result.printed) + "."))
    return None


def _deliver(result: Result, receipt: dict[str, str], out: Path | None, as_json: bool, explanation: Any) -> None:
    import json

    from reports.files import as_document, result_bytes, write_whole

    if out is not None:
        try:
            write_whole(out, result_bytes(result, out.suffix.lower(), receipt))
        except OSError as error:
            click.echo(f"LỖI output: không ghi được {out}: {error.strerror}.", err=True)
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
