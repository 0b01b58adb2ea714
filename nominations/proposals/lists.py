"""A plain list of a proposer's own layout: first sheet, one headed row per nominee and award, the letter told beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from criteria.problems import Problem, errors, of_file
from nominations.proposals.bench import Bench
from nominations.proposals.reading import ReadProposal
from nominations.proposals.typed import Signed, read_row
from records.forms.collecting.cells import clean, short
from records.forms.collecting.workbook import FormSheet
from records.roster.matching import find_body
from records.tasks.columns import HeadedTable, read_headed

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("mã", "mã đối tượng", "mã số"),
    "name": ("họ và tên", "họ tên", "tên", "tên tập thể, cá nhân", "tên đơn vị", "tập thể, cá nhân", "tên đối tượng"),
    "subject": ("đối tượng", "loại đối tượng"),
    "post": ("chức vụ", "chức danh"),
    "unit": ("đơn vị", "đơn vị công tác", "nơi công tác"),
    "place": ("địa bàn", "xã, phường", "xã phường"),
    "award": ("hình thức đề nghị", "hình thức khen thưởng", "hình thức", "đề nghị"),
    "merit": ("thành tích tóm tắt", "tóm tắt thành tích", "thành tích"),
    "gender": ("giới tính", "nam, nữ"),
    "people": ("tổng số người", "số người"),
    "women": ("số nữ",),
    "initiative": ("sáng kiến",),
    "certificate": ("giấy chứng nhận sáng kiến", "giấy chứng nhận"),
    "achievement": ("thành tích được xét",),
}
_NEEDED = (("id", "name"), ("award",))
_OPTIONS = {
    "sign:number": "--letter",
    "sign:date": "--letter-day",
    "sign:minutes": "--minutes",
    "sign:minutes_day": "--minutes-day",
    "sign:through": "--through",
}


@dataclass(frozen=True)
class Cover:
    """What an office says beside its list. proposer: id or name. letter, minutes: numbers. through: document of who passes it on."""

    proposer: str
    letter: str
    letter_day: date | None
    minutes: str
    minutes_day: date | None
    through: str = ""


def read_list(path: Path, cover: Cover, bench: Bench, read: ReadProposal) -> None:
    """Fill rows and signature; what is wrong goes to the findings."""
    problems = read.form.problems
    found, wrong = proposing_body(bench, cover.proposer)
    problems += wrong
    problems += _lacking(cover)
    table, wrong = read_headed(path, NAMES, _NEEDED, "proposal")
    problems += [of_name(one, path.name) for one in wrong]
    if table is None or found is None or errors(problems):
        return
    read.proposer = found
    read.typed.signed = Signed(
        partial(_at_option, path.name),
        clean(cover.letter),
        cover.letter_day,
        clean(cover.minutes),
        cover.minutes_day,
        clean(cover.through),
    )
    _read_rows(table, read)


def proposing_body(bench: Bench, text: str) -> tuple[str | None, list[Problem]]:
    """The id of the body that a text names; whom it may mean when that is not certain."""
    ident = bench.proposers.body(text.strip())
    found, near = find_body(bench.roster, ident, bench.occasion.day)
    if found is not None:
        return found, []
    offered = "; ".join(bench.proposers.named(one) for one, _ in near)
    hint = f"Có thể là: {offered}. Ghi mã." if offered else "Xem mã: thidua roster list --all."
    return None, [of_file("--by", "name-match", f"Không chắc “{short(text)}” là cơ quan nào.", hint)]


def _lacking(cover: Cover) -> list[Problem]:
    told: tuple[tuple[str, object, str], ...] = (
        ("--letter", cover.letter.strip(), "số tờ trình"),
        ("--letter-day", cover.letter_day, "ngày tờ trình"),
        ("--minutes", cover.minutes.strip(), "số biên bản xét khen thưởng"),
        ("--minutes-day", cover.minutes_day, "ngày biên bản xét khen thưởng"),
    )
    return [of_file(name, "signature", f"Thiếu {what}.", f"Ghi {what}.") for name, value, what in told if not value]


def _read_rows(table: HeadedTable, read: ReadProposal) -> None:
    rows = {number: dict(enumerate(cells, 1)) for number, cells in table.sheet.rows}
    sheet = FormSheet(read.name, table.sheet.name, rows)
    columns = {name: place + 1 for name, place in table.places.items()}
    first = columns.get("id") or columns.get("name") or 1
    for number, _ in table.sheet.rows:
        row = read_row(sheet, number, f"dòng {number}", "", columns, read.findings, first)
        if any(row.told.values()) or row.bad:
            read.typed.rows.append(row)


def of_name(one: Problem, name: str) -> Problem:
    """The same finding with the file as people call it."""
    return Problem(
        name, one.line, one.column, one.code, one.message, one.hint, one.severity, one.path, one.sheet, one.cell
    )


def _at_option(file: str, code: str, key: str, message: str, hint: str) -> Problem:
    return of_file(_OPTIONS.get(key, file), code, message, hint)
