"""Tables of results: who took part, grades, shares, pools, heads, contents, years. What is printed rounded is kept exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from criteria.exact import show_vietnamese
from records.years.combined import CombinedRow, CombinedSet
from records.years.explaining import shown as shown_combined
from reports.period.cells import COUNTED, ROUNDED, Cell, Number, Rows, Table, percent
from reports.period.columns import kind, one
from reports.period.content_tables import contents_table, periods_table
from reports.period.gathering import PeriodReport
from reports.period.participation import GroupTaken
from reports.period.results import HEADS, SetResult, Spread, ordered, spread
from reports.period.sets import PeriodSet, Row
from reports.period.words import group_name, results_source, set_name, short_name, short_set
from reports.wording.days import period_name

LONGEST = 200  # rows of a list that a document still holds
RESULT = "Kết quả: điểm đạt/điểm tối đa đang áp dụng (tỷ lệ đạt)."
COMBINED = "Kết quả: kết quả gộp các kỳ. Xếp loại: của kỳ gần nhất có kết quả."
_LEDGER = "Sổ ghi của phong trào"


def year_tables(report: PeriodReport) -> list[Table]:
    """Tables of results, for a year or for an occasion, in the order of the document."""
    taken = _taken(report)
    results = [_grades(report), _shares(report), _pools(report)] if report.occasion is None else [_combined(report)]
    return [*taken, *results, _heads(report), contents_table(report), periods_table(report)]


def spread_cells(told: Spread, scale: int = 100, places: int = 2) -> dict[str, Cell]:
    """scale 100: percents of shares; 1: the figures as they are."""

    def number(value: Fraction | None) -> Cell:
        if value is None:
            return None
        return Number(value, places, percent=True) if scale == 100 else Number(value, places)

    names = ("trung_binh", told.mean), ("trung_vi", told.median), ("cao_nhat", told.highest), ("thap_nhat", told.lowest)
    return {name: number(value) for name, value in names}


# --- tham gia ------------------------------------------------------------------------------------------------------


def _taken(report: PeriodReport) -> list[Table]:
    source = f"{_LEDGER}, đến mục nhập số {report.entry}"
    notes = (
        "Thẩm định xong: đối tượng đã nộp mà mọi tiêu chí đã kết luận.",
        "Kết quả chính thức: đối tượng có trong kết quả đã công bố chính thức.",
    )
    parts = [part for part in report.parts if part.taken is not None]
    groups = [(part.period, group) for part in parts if part.taken is not None for group in part.taken.groups]
    if report.occasion is None:
        rows = [_taken_row(short_name(report, group.letter), [group]) for _, group in groups]
        total = _taken_row("Cộng", [group for _, group in groups])
        return [one("tham_gia", [*rows, *([total] if rows else [])], source, *notes)]
    periods: list[dict[str, Cell]] = [
        _taken_row(period_name(report.movement, part.period), part.taken.groups)
        for part in parts
        if part.taken is not None
    ]
    detail: list[dict[str, Cell]] = [
        {"ky": period, **_taken_row(group_name(report.movement, group.letter), [group])} for period, group in groups
    ]
    return [one("tham_gia_ky", periods, source, *notes), one("tham_gia_nhom", detail, source, *notes)]


def _taken_row(name: str, groups: Sequence[GroupTaken]) -> dict[str, Cell]:
    candidates, handed = sum(g.candidates for g in groups), sum(g.handed_in for g in groups)
    return {
        "ten": name,
        "doi_tuong": candidates,
        "da_nop": handed,
        "ty_le": percent(Fraction(handed, candidates)) if candidates else None,
        "tham_dinh": sum(g.verified for g in groups),
        "chinh_thuc": sum(g.official for g in groups),
    }


# --- kết quả -------------------------------------------------------------------------------------------------------


def _grades(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "ten": short_set(report, told.set),
            "so": told.listed - told.unplaced,
            "muc": tuple(_grade_lines(told)),
            "khong_xep": told.unplaced,
        }
        for told in report.results
    ]
    note = "Không xếp hạng: đối tượng nêu tên mà không xếp hạng vì không nộp hoặc hoạt động chưa đủ thời gian."
    return one("xep_loai", rows, results_source(report), note, ROUNDED)


def _grade_lines(told: SetResult) -> Iterable[str]:
    whole = told.listed - told.unplaced
    for grade, many in told.grades:
        share = f" ({show_vietnamese(Fraction(many * 100, whole), 2)} %)" if whole else ""
        yield f"{grade or 'Chưa hoặc không xếp loại'}: {many}{share}"


def _shares(report: PeriodReport) -> Table:
    rows = [
        {"ten": short_set(report, told.set), "so": told.spread.counted, **spread_cells(told.spread)}
        for told in report.results
    ]
    return one("ty_le", rows, results_source(report), COUNTED, ROUNDED)


def _pools(report: PeriodReport) -> Table:
    groups = tuple(
        Rows(
            set_name(report, told.set),
            tuple({"ten": name or "Chưa ghi cụm", "so": many, **spread_cells(own)} for name, many, own in told.pools),
        )
        for told in report.results
        if len(told.pools) > 1
    )
    return Table(kind("cum"), groups, results_source(report))


def _combined(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = []
    for made in report.combined:
        values = [row.combined.value for row in made.rows if row.combined.value is not None and not row.barred]
        rows.append(
            {
                "ten": combined_name(report, made, short=True),
                "so": len(made.rows),
                "xep_hang": sum(row.combined.rank is not None for row in made.rows),
                **spread_cells(spread(values), 1, made.rule.places),
            }
        )
    notes = [
        "Trung bình, trung vị, cao nhất, thấp nhất của kết quả gộp: tỷ lệ đạt (%), hoặc tổng điểm nếu quy tắc gộp tổng điểm."
    ]
    waits = sum(row.combined.provisional for made in report.combined for row in made.rows)
    notes += [f"{waits} đối tượng còn thiếu kỳ, kết quả gộp là tạm tính."] if waits else []
    return one("gop", rows, results_source(report), *notes)


def combined_name(report: PeriodReport, made: CombinedSet, *, short: bool = False) -> str:
    """The name of a list of an occasion: as its set is called, where one of its periods still has it."""
    own = [one for one in report.sets if one.letter == made.group and one.set_id == made.set_id]
    if short:
        return short_set(report, own[-1]) if own else short_name(report, made.group)
    return set_name(report, own[-1]) if own else group_name(report.movement, made.group)


def _heads(report: PeriodReport) -> Table:
    groups: list[Rows] = []
    for told in report.results:
        if told.heads:
            groups.append(Rows(set_name(report, told.set), tuple(head_row(told.set, row) for row in told.heads)))
    persons = persons_of(report)
    for made in report.combined:
        top = [row for row in made.rows if row.combined.rank is not None and row.combined.rank <= HEADS]
        if top and (made.group, made.set_id) not in persons:
            groups.append(Rows(combined_name(report, made), tuple(combined_row(made, row) for row in top)))
    notes = [
        _result_note(report),
        f"Các hạng từ 1 đến {HEADS} của từng cụm, khối; đồng hạng thì nêu đủ. Cá nhân chỉ nêu số lượng.",
    ]
    size = sum(len(group.rows) for group in groups)
    return Table(kind("dan_dau"), tuple(groups), results_source(report), tuple(notes), size <= LONGEST)


def persons_of(report: PeriodReport) -> set[tuple[str, str]]:
    """(letter, set) of those whose candidates are persons: nobody of them is named for a result."""
    letters = {kind.group for kind in report.movement.body_kinds if kind.person}  # also where no result says so yet
    letters |= {one.letter for one in report.sets if one.persons}
    return {(one.letter, one.set_id) for one in report.sets if one.letter in letters} | {
        (made.group, made.set_id) for made in report.combined if made.group in letters
    }


def head_row(one: PeriodSet, row: Row) -> dict[str, Cell]:
    points = f"{show_vietnamese(row.total, one.places)}/{show_vietnamese(row.maximum, one.places)}"
    share = f" ({show_vietnamese(row.share * 100, 2)} %)" if row.share is not None else ""
    return {
        "hang": f"{row.rank} (đồng hạng)" if row.rank is not None and row.tied else row.rank,
        "ten": row.name,
        "cum": row.pool,
        "ket_qua": points + share,
        "xep_loai": row.grade or "–",
    }


def combined_row(made: CombinedSet, row: CombinedRow) -> dict[str, Cell]:
    rank, value = row.combined.rank, row.combined.value
    own = [cell.own for cell in row.cells if cell.own is not None]
    told = shown_combined(made.rule, value) if value is not None else "–"
    return {
        "hang": f"{rank} (đồng hạng)" if rank is not None and row.combined.tied else rank,
        "ten": row.name,
        "cum": row.pool,
        "ket_qua": told + (" (tạm tính)" if row.combined.provisional else ""),
        "xep_loai": own[-1].grade if own and own[-1].grade else "–",
    }


# --- phụ lục ---


def _result_note(report: PeriodReport) -> str:
    return RESULT if report.occasion is None else COMBINED


def result_rows(report: PeriodReport) -> Table:
    """The annex: every organisation with its result, by set, pool and place; persons are left out."""
    groups: list[Rows] = []
    for told in report.results:
        if told.set.persons:
            continue
        rows = (head_row(told.set, row) for row in ordered(told.set))
        groups.append(Rows(set_name(report, told.set), _numbered(rows)))
    persons = persons_of(report)
    for made in report.combined:
        if (made.group, made.set_id) not in persons:
            told_rows = (combined_row(made, row) for row in made.rows)
            groups.append(Rows(combined_name(report, made), _numbered(told_rows)))
    size = sum(len(group.rows) for group in groups)
    groups = [group for group in groups if group.rows]
    return Table(kind("ket_qua"), tuple(groups), results_source(report), (_result_note(report),), size <= LONGEST)


def _numbered(rows: Iterable[dict[str, Cell]]) -> tuple[dict[str, Cell], ...]:
    return tuple({"stt": place, **row, "hang": row["hang"] or "–"} for place, row in enumerate(rows, 1))
