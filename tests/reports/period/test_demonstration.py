"""The year 2026 and the sơ kết of the demonstration: what stands in Word, workbooks and charts against the archives, added up slowly."""

from __future__ import annotations

import io
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from nominations.history.held import history
from nominations.selection.choosing import State
from records.roster.roster import load_roster
from records.rounds import find_round
from records.scored.rounds import score_round
from records.tasks.listing import strict_before
from records.tasks.register import load_register
from records.tasks.standing import Period, standings
from records.workspace.folder import Workspace, open_workspace
from reports.layout.nghi_dinh_30 import Layout, layout_problems
from reports.period.cells import Number, Table
from reports.period.charts import charts_of
from reports.period.gathering import PeriodReport, occasion_report, year_report
from reports.period.tables import tables_of
from reports.period.writing import Made, make_report, write_report
from tests.reports.period.oracle import Frozen, frozen, percent, shown, tag_share
from tests.reports.period.reading import book_tables, book_text, paragraphs, word_tables, word_text
from tests.support.years_workspace import MOVEMENT, awards_folder

TODAY = date(2026, 11, 21)
LAYOUT = Layout("BÁO CÁO", open_day=True, addressed=True, closed=True)
SETS = [("a-so-nganh.yaml", "Nhóm a"), ("b-doan-the.yaml", "Nhóm b"), ("c-xa-phuong.yaml", "Nhóm c")]
SETS += [("d-don-vi-truc-thuoc.yaml", "Nhóm d"), ("f-doanh-nghiep.yaml", "Nhóm đ")]
SETS += [("e1-can-bo.yaml", "Nhóm e (1)"), ("e2-doi-tuong-khac.yaml", "Nhóm e (2)")]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only to be read."""
    return awards_folder(tmp_path_factory) / MOVEMENT.name


@pytest.fixture(scope="module")
def workspace(root: Path) -> Iterator[Workspace]:
    opened, problems = open_workspace(root, "người thử")
    assert opened is not None, problems
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def archives(root: Path) -> dict[str, dict[str, Frozen]]:
    return {period: {one.file: one for one in frozen(root, period)} for period in ("2025", "2026", "2027-h1")}


def made_of(workspace: Workspace, report: PeriodReport | None, problems: list[object]) -> tuple[PeriodReport, Made]:
    assert report is not None, problems
    made, wrong = make_report(workspace, report)
    assert made is not None, wrong
    return report, made


@pytest.fixture(scope="module")
def year(workspace: Workspace) -> tuple[PeriodReport, Made]:
    report, problems = year_report(workspace, "2026", TODAY)
    return made_of(workspace, report, list(problems))


@pytest.fixture(scope="module")
def summary(workspace: Workspace) -> tuple[PeriodReport, Made]:
    report, problems = occasion_report(workspace, "so-ket-2027", TODAY)
    return made_of(workspace, report, list(problems))


def table(report: PeriodReport, ident: str) -> Table:
    return next(one for one in tables_of(report) if one.id == ident)


def rows_of(tables: dict[str, list[list[str]]], title: str) -> list[list[str]]:
    return tables[title][1:]


# --- a year --------------------------------------------------------------------------------------------------------


def test_grades_and_shares_of_a_year(year: tuple[PeriodReport, Made], archives: dict[str, dict[str, Frozen]]) -> None:
    tables = word_tables(year[1].document)
    grades = {row[0]: row for row in rows_of(tables, "Kết quả xếp loại")}
    shares = {row[0]: row for row in rows_of(tables, "Tỷ lệ đạt so với điểm tối đa đang áp dụng")}
    assert list(grades) == list(shares) == [name for _, name in SETS]
    for file, name in SETS:
        one = archives["2026"][file]
        counts, whole = one.grades(), len(one.rows)
        told = dict(line.split(": ") for line in grades[name][2].split("\n"))
        told = {grade if grade != "Chưa hoặc không xếp loại" else "": text for grade, text in told.items()}
        assert {grade: text for grade, text in told.items() if not text.startswith("0 ")} == {
            grade: f"{many} ({percent(Fraction(many, whole))})" for grade, many in counts.items()
        }
        assert [grades[name][1], grades[name][3]] == [str(whole), "0"]
        values = one.shares
        expected = [statistics.mean(values), statistics.median(values), max(values), min(values)]
        assert shares[name][1:] == [str(whole), *(percent(Fraction(value)) for value in expected)]


def test_heads_pools_and_annex_of_a_year(
    year: tuple[PeriodReport, Made], archives: dict[str, dict[str, Frozen]]
) -> None:
    tables = word_tables(year[1].document)
    heads = rows_of(tables, "Các tập thể dẫn đầu")
    annex = next(rows for name, rows in tables.items() if name.startswith("(Kèm theo Báo cáo"))[1:]
    for file in ("a-so-nganh.yaml", "c-xa-phuong.yaml", "f-doanh-nghiep.yaml"):
        one = archives["2026"][file]
        best = {
            (one.names[row["id"]], row["pool"], row["rank"]) for row in one.rows if row["rank"] and row["rank"] <= 3
        }
        told = {(row[1], row[2], int(row[0].split()[0])) for row in heads if len(row) > 1}
        assert best <= told
        for row in one.rows:
            result = (
                f"{shown(Fraction(row['total']))}/{shown(Fraction(row['maximum']))} ({percent(Fraction(row['share']))})"
            )
            place = f"{row['rank']} (đồng hạng)" if row["tied"] else str(row["rank"] or "–")
            line = [one.names[row["id"]], row["pool"], result, row["grade"] or "–", place]
            assert line in [each[1:] for each in annex if len(each) > 1]
    count = sum(1 for row in heads if len(row) > 1)
    assert count == sum(
        1
        for one in archives["2026"].values()
        if "cá nhân" not in one.kinds
        for row in one.rows
        if row["rank"] and row["rank"] <= 3
    )
    communes = archives["2026"]["c-xa-phuong.yaml"]
    told = {row[0]: row[1:] for row in rows_of(tables, "So sánh giữa các cụm, khối") if len(row) > 1}
    for pool in ("Cụm 1", "Cụm 2", "Cụm 3"):
        values = [Fraction(row["share"]) for row in communes.rows if row["pool"] == pool]
        figures = [statistics.mean(values), statistics.median(values), max(values), min(values)]
        assert told[pool] == [str(len(values)), *(percent(Fraction(one)) for one in figures)]


def test_contents_of_a_year(year: tuple[PeriodReport, Made], archives: dict[str, dict[str, Frozen]]) -> None:
    report, made = year
    sets = list(archives["2026"].values())
    told = {row[0]: row for row in rows_of(word_tables(made.document), "Kết quả theo nội dung thi đua và mục tiêu kép")}
    chart = next(one for one in charts_of(report) if one.id == "noi-dung")
    values = dict(zip(chart.categories, chart.series[0].values, strict=True))
    assert len(told) == len(report.movement.tags) == 8
    for tag in report.movement.tags:
        points, maximum = tag_share(sets, tag.id)
        row = told[" ".join(tag.name.split())]
        assert row[2:4] == [f"{shown(points)}/{shown(maximum)}", percent(points / maximum)]
        assert values[row[0]] == points / maximum * 100
        lines = dict(line.split(": ") for line in row[4].split("\n"))
        for letter in {one.letter for one in sets}:
            own, most = tag_share([one for one in sets if one.letter == letter], tag.id)
            assert lines.get(f"Nhóm {letter}", "–") == (percent(own / most) if most else "–")
    both = sum(len(tags & {"noi-dung-1", "noi-dung-2", "noi-dung-3"}) > 1 for one in sets for tags in one.tags.values())
    assert both > 0  # a criterion with two contents counts in both


def test_a_year_against_the_one_before(year: tuple[PeriodReport, Made], archives: dict[str, dict[str, Frozen]]) -> None:
    told = {row[0]: row for row in rows_of(word_tables(year[1].document), "Tỷ lệ đạt trung bình qua các kỳ")}
    for file, name in SETS:
        before, now = (Fraction(statistics.mean(archives[period][file].shares)) for period in ("2025", "2026"))
        assert told[name][1] == f"2025: {percent(before)} (14)\n2026: {percent(now)} (14)"
        assert told[name][2] == shown((now - before) * 100)


def test_tasks_of_a_year(workspace: Workspace, year: tuple[PeriodReport, Made]) -> None:
    period = Period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31), strict_before(workspace))
    counts: dict[str, Counter[str]] = {}
    for one in standings(load_register(workspace), load_roster(workspace), period):
        counts.setdefault(one.name, Counter())[one.state] += 1
    told = {row[0]: row for row in rows_of(word_tables(year[1].document), "Thực hiện nhiệm vụ theo cơ quan chủ trì")}
    assert set(told) == {*counts, "Cộng theo cơ quan"}
    counts["Cộng theo cơ quan"] = sum(counts.values(), Counter())
    for name, count in counts.items():
        due = [count[state] for state in ("done", "late", "open", "overdue")]
        finished, ended = due[0] + due[1], due[0] + due[1] + due[3]
        shares = [
            percent(Fraction(finished, sum(due))) if sum(due) else "–",
            percent(Fraction(due[0], ended)) if ended else "–",
        ]
        assert told[name][1:] == [str(sum(due)), *map(str, due), *shares]


def test_self_scores_of_a_year(
    workspace: Workspace, year: tuple[PeriodReport, Made], archives: dict[str, dict[str, Frozen]]
) -> None:
    own = {
        row.id: row.share
        for one in score_round(workspace, "2026")[0]
        for row in map(one.result.at, range(one.result.size))
    }
    told = {row[0]: row for row in rows_of(word_tables(year[1].document), "Điểm tự chấm và kết quả")}
    everybody: list[tuple[Fraction, Fraction]] = []
    for letter in "abcdđe":
        pairs = []
        for one in archives["2026"].values():
            for row in one.rows if one.letter == letter else ():
                first = own[row["id"]]
                assert first is not None
                pairs.append((first, Fraction(row["share"])))
        everybody += pairs
        assert told[f"Nhóm {letter}"][1:] == gap_cells(pairs)
    assert told["Cộng"][1:] == gap_cells(everybody)


def gap_cells(pairs: list[tuple[Fraction, Fraction]]) -> list[str]:
    first = sum((a for a, _ in pairs), Fraction(0)) / len(pairs)
    last = sum((b for _, b in pairs), Fraction(0)) / len(pairs)
    counts = [sum(b < a for a, b in pairs), sum(b > a for a, b in pairs), sum(a == b for a, b in pairs)]
    return [str(len(pairs)), percent(first), percent(last), shown((first - last) * 100), *map(str, counts)]


def test_participation_returns_and_complaints_of_a_year(workspace: Workspace, year: tuple[PeriodReport, Made]) -> None:
    round_, _ = find_round(workspace, "2026")
    assert round_ is not None
    told = rows_of(word_tables(year[1].document), "Tham gia chấm điểm")
    assert told[-1] == ["Cộng", "98", "98", "100,00 %", "98", "98"]
    assert len(workspace.database.submissions("2026")) == 98
    moves = [
        one for one in workspace.database.entries("score:2026/") if "/" not in one.field and one.field != "handed_in"
    ]
    sent = sum(one.value == "returned" for one in moves)
    late = sum(one.value == "explained" and "quá hạn" in one.reason for one in moves)
    text = "\n".join(paragraphs(year[1].document))
    assert sent > 0 and f"trả lại để giải trình {sent} lượt" in text and f"- Có {late} lượt giải trình quá hạn." in text
    assert "Tiếp nhận 1 kiến nghị, phản ánh về kết quả: có cơ sở 0, không có cơ sở 1." in text


def test_nobody_is_named_for_a_result(year: tuple[PeriodReport, Made], workspace: Workspace, root: Path) -> None:
    persons = [body.name() for body in load_roster(workspace).bodies.values() if body.person]
    assert len(persons) >= 28
    made = year[1]
    assert made.charts is not None
    told = "\n".join([word_text(made.document), book_text(made.figures), book_text(made.charts)])
    assert [name for name in persons if name in told] == []


# --- an occasion ---------------------------------------------------------------------------------------------------


def test_the_combined_results_of_an_occasion(
    summary: tuple[PeriodReport, Made], archives: dict[str, dict[str, Frozen]]
) -> None:
    """The rule of the movement file: mean of the shares, weighed by days; a place only with one in every period."""
    told = {row[0]: row for row in rows_of(word_tables(summary[1].document), "Kết quả chung của các kỳ")}
    for file, name in SETS:
        periods = [one[file] for one in archives.values()]
        days = sum(one.days for one in periods)
        figures = []
        for ident in periods[-1].names:
            shares = [
                next(Fraction(row["share"]) for row in one.rows if row["id"] == ident) * one.days for one in periods
            ]
            figures.append(Fraction(shown(sum(shares, Fraction(0)) * 100 / days).replace(",", ".")))
        ranked = set.intersection(*(placed(one) for one in periods))
        expected = [statistics.mean(figures), statistics.median(figures), max(figures), min(figures)]
        assert told[name][1:] == ["14", str(len(ranked)), *(shown(Fraction(one)) for one in expected)]


def placed(one: Frozen) -> set[str]:
    """Who was not kept from a place in a period: it has one, or nobody of its pool has."""
    ranking = {row["pool"] for row in one.rows if row["rank"]}
    return {row["id"] for row in one.rows if row["rank"] or row["pool"] not in ranking}


def test_awards_of_an_occasion(workspace: Workspace, summary: tuple[PeriodReport, Made]) -> None:
    report, made = summary
    granted = Counter(one.award_name for one in history(workspace) if one.occasion == "so-ket-2027" and one.counts)
    rows = rows_of(word_tables(made.document), "Đề nghị và kết quả khen thưởng")
    found: Counter[str] = Counter()
    name = ""
    for row in rows:
        name = row[0] if len(row) == 1 else name
        found[name] += int(row[6]) if len(row) > 1 else 0
    assert {award: many for award, many in found.items() if many} == dict(granted)
    named = [one for one in report.awards.named if one.person]
    assert named and all(one.state in ("đã tặng", "đã trình", State.PROPOSED.value) for one in named)
    persons = {body.name() for body in load_roster(workspace).bodies.values() if body.person}
    allowed = {one.name for one in named}
    assert made.charts is not None
    told = "\n".join([word_text(made.document), book_text(made.figures), book_text(made.charts)])
    assert {name for name in persons if name in told} == allowed & persons and allowed & persons < persons


def test_an_occasion_tells_its_periods(
    summary: tuple[PeriodReport, Made], archives: dict[str, dict[str, Frozen]]
) -> None:
    report, made = summary
    told = {row[0]: row for row in rows_of(word_tables(made.document), "Tỷ lệ đạt trung bình qua các kỳ")}
    for file, name in SETS:
        means = [Fraction(statistics.mean(one[file].shares)) for one in archives.values()]
        lines = [f"{period}: {percent(mean)} (14)" for period, mean in zip(archives, means, strict=True)]
        assert told[name][1] == "\n".join(lines) and told[name][2] == shown((means[2] - means[1]) * 100)
    sets = [one for period in archives.values() for one in period.values()]
    contents = table(report, "noi_dung").groups[0].rows
    for tag, row in zip(report.movement.tags, contents, strict=True):
        points, maximum = tag_share(sets, tag.id)
        assert row["ty_le"] == Number(points / maximum, percent=True)


# --- both ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["year", "summary"])
def test_the_workbook_has_every_number_of_every_table(which: str, request: pytest.FixtureRequest) -> None:
    report, made = request.getfixturevalue(which)
    books, words = book_tables(made.figures), word_tables(made.document)
    seen = 0
    for one in tables_of(report):
        if not one.size:
            assert one.kind.title.upper() not in books and one.kind.title not in words
            continue
        rows = books[one.kind.title.upper()][1:]
        expected = [row for group in one.groups for row in ([group.name] if group.name else []) + list(group.rows)]
        for cells, row in zip(rows, expected, strict=True):
            if isinstance(row, str):
                assert cells[0] == row
                continue
            for value, column in zip(cells, one.kind.columns, strict=False):
                seen += same(value, row[column.key])
    assert seen > 500


def same(value: object, cell: object) -> int:
    """Whether a cell of a workbook is what the table says; how many numbers that were."""
    if isinstance(cell, Number):
        places = cell.places + 2 * cell.percent
        assert Fraction(str(value)) == Fraction(
            shown(cell.value, places).replace(".", "").replace(",", ".").replace("−", "-")
        )
        return 1
    if isinstance(cell, int):
        assert value == cell
        return 1
    text = "\n".join(cell) if isinstance(cell, tuple) else str(cell) if cell is not None else "–"
    assert (value or "") == text
    return 0


@pytest.mark.parametrize("which", ["year", "summary"])
def test_layout_stamps_and_places_to_write(which: str, request: pytest.FixtureRequest) -> None:
    report, made = request.getfixturevalue(which)
    assert layout_problems(made.document, LAYOUT) == []
    told = paragraphs(made.document)
    assert sum(text.startswith("[Cán bộ viết: ") for text in told) >= 9
    assert "SỐ LIỆU MINH HỌA" in word_text(made.document) and not report.provisional
    assert not any("tạm tính" in text for text in told)
    numbers = [int(text.split(".")[0].removeprefix("Bảng ")) for text in told if text.startswith("Bảng ")]
    assert numbers == list(range(1, len(numbers) + 1))
    sources = sum(text.startswith("Nguồn: ") for text in told)
    drawn = len(
        [one for one in zipfile.ZipFile(io.BytesIO(made.document)).namelist() if one.startswith("word/charts/chart")]
    )
    annexes = sum(text.startswith("(Kèm theo Báo cáo số ") for text in told)
    assert drawn == len(charts_of(report)) == 5 and sources == len(numbers) + drawn + annexes
    assert "{{" not in word_text(made.document) and "\ue0c0" not in word_text(made.document)


def test_the_same_bytes_twice(workspace: Workspace, year: tuple[PeriodReport, Made], tmp_path: Path) -> None:
    again, _ = year_report(workspace, "2026", date(2031, 1, 1))
    assert again is not None and make_report(workspace, again)[0] == year[1]
    written, problems = write_report(workspace, again, tmp_path)
    assert problems == [] and [one.name for one in written.files] == [
        "bao-cao-nam-2026.docx",
        "so-lieu-bao-cao-nam-2026.xlsx",
        "bieu-do-bao-cao-nam-2026.xlsx",
    ]


def test_before_it_was_official_everything_is_provisional(workspace: Workspace) -> None:
    """The ledger as it stood just before the first group was published."""
    first = min(one.number for one in workspace.database.entries("publication:2026/") if one.field == "chinh-thuc")
    early = workspace.at(first - 1)
    report, problems = year_report(early, "2026", TODAY)
    assert report is not None, problems
    assert report.provisional and report.on == TODAY and report.parts[0].open == tuple("abcdđe")
    made, wrong = make_report(early, report)
    assert made is not None, wrong
    told = word_text(made.document)
    assert "SỐ LIỆU TẠM TÍNH" in told and "điểm thử, chưa được cấp có thẩm quyền quyết định" in told.lower()
    names = [text for text in paragraphs(made.document) if text.startswith("Bảng ")]
    assert names and all(text.endswith(" (tạm tính)") for text in names)
    assert "Năm 2026: nhóm a, b, c, d, đ, e chưa có kết quả công bố chính thức; số liệu là tạm tính." in told
    assert layout_problems(made.document, LAYOUT) == []
