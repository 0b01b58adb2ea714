"""A nasty fictitious movement through a whole round: the ranking is that of the same figures typed into plain tables."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from criteria.problems import errors
from records.forms.collecting.collect import collect
from records.forms.issuing.issue import issue
from records.forms.layout import Layout
from records.indices import import_index
from records.milestones import import_milestone
from records.roster.importing import import_roster
from records.scored.rounds import score_round
from records.tables.round_files import read_round
from records.workspace.folder import Workspace
from scoring.engine import score
from scoring.result import Result
from tests.rounds.form_filling import SIGNED, found, put, row_of
from tests.rounds.support import new_workspace
from thidua.main import application

MOVEMENT = """\
id: hiem-hoc
name: "Hiểm hóc"
period: {from: 2025, to: 2030}
issuing_plan: kh
status: trial
groups:
  - {letter: a, name: "Xã", sets: [xa.yaml]}
  - {letter: e, name: "Cá nhân", sets: [chuyen-vien.yaml, nha-nong.yaml], batch: parent}
bodies: [{id: ban, name: "Ban"}]
body_kinds: [{name: "xã", group: a}, {name: "người", group: e}]
sub_types: [{name: "chuyên viên", set: chuyen-vien.yaml}, {name: "nhà nông", set: nha-nong.yaml}]
indexes: [{id: chi-so, name: "Chỉ số"}]
milestones: [{id: ke-hoach, name: "Ban hành kế hoạch", from: 2026-01-01, to: 2026-03-31}]
"""
DOCUMENTS = 'documents:\n  - {id: kh, document: "Kế hoạch", number: "1/KH", date: 2025-02-03, issuer: "Tỉnh"}\n'
HEAD = """\
criteria_set: {id}
title: "{title}"
group: {group}
valid_from: 2025-01-01
valid_to: 2030-12-31
status: decided
bases: [kh]
clause: {{basis: kh, place: "Điều 2"}}
verified_by: ban
points: {{places: {places}, round_at: leaf}}
"""
UNITS = """\
pool: cum
attributes:
  cum: {label: "Cụm", type: text}
  area: {label: "Vùng", levels: ["đồng bằng", "miền núi"]}
  staff: {label: "Biên chế", unit: người}
  coastal: {label: "Giáp biển", type: yes_no}
measures:
  due: {label: "Hồ sơ đến hạn", unit: hồ sơ}
  done: {label: "Hồ sơ đã giải quyết", unit: hồ sơ, at_most: due}
  trained: {label: "Người đã tập huấn", unit: người, at_most: staff}
  rate: {label: "Tỷ lệ trực tuyến", unit: "%", decimals: 2, at_most: 100}
  opened: {label: "Ngày mở", type: date}
  closed: {label: "Ngày đóng", type: date, at_least: opened}
  class: {label: "Xếp loại", levels: [yếu, khá, tốt]}
  growth: {label: "Tăng trưởng", unit: "%", decimals: 1, at_least: none}
  fake: {label: "Báo cáo sai", unit: lần, default: 0}
  index: {label: "Chỉ số", unit: điểm, decimals: 2, from: chi-so}
  planned: {label: "Ngày ban hành kế hoạch", type: date, from: ke-hoach}
tables:
  courses:
    label: "Lớp học"
    key: course
    columns:
      held: {label: "Ngày mở", type: date}
      people: {label: "Học viên", unit: người}
      rate: {label: "Tỷ lệ đạt", unit: "%", decimals: 1, at_most: 100}
  months: {label: "Tháng", key: month, keys: [1, 2, 3], columns: {score: {label: "Điểm tháng", decimals: 2}}}
  events: {label: "Lần", columns: {week: {label: "Tuần", type: text}, good: {label: "Điểm cộng", unit: điểm, decimals: 1}}}
  council: {label: "Hội đồng", key: rater, columns: {}}
tree:
  - id: X1
    text: "Hồ sơ"
    max: 30
    rescale: true
    children:
      - {id: X1.1, text: "Giải quyết", max: 10, linear: {of: done / due, when_zero: not_applicable}, gate: {need: done / due >= 20%, say: "Dưới 20%"}}
      - id: X1.2
        text: "Trực tuyến"
        max: 10
        bands: {of: rate, at: [{from: 85%, points: all}, {from: 60%, below: 85%, linear: {to: 85%}}, {below: 60%, points: 0}]}
        less:
          cap: 3
          items:
            - {levels: {of: fake, points: {1: 1.5, "2+": all}}, text: "Báo cáo sai"}
            - {id: X1.2.tru, text: "Thái độ", given: {from: 0, to: 2, grid: 0.5}}
      - {id: X1.3, text: "Tập huấn", max: 10, linear: {of: trained / staff, to: "pick(area, \\"đồng bằng\\"=80%, \\"miền núi\\"=60%)"}}
  - {id: X2, text: "Thời gian", max: 10, steps: {of: "days(opened, closed)", each: 7, points: 1.25, part: exact}}
  - {id: X3, text: "Xếp loại", max: 5, levels: {of: class, points: {yếu: 0, khá: 2.5, tốt: 5}}}
  - {id: X4, text: "Tháng", max: 10, over: {table: months, take: mean}, value: score}
  - {id: X5, text: "Tuần", max: 10, over: {table: events, by: week, take: sum, cap: 15}, value: events.sum(good)}
  - {id: X6, text: "Lớp", max: 5, linear: {of: "courses.sum(people, where=held <= 2026-06-30 and rate >= 50%) / 40"}}
  - {id: X7, text: "Hội đồng", max: 10, given: {panel: council, take: mean, at_least: 2}}
  - {id: X8, text: "Chủ tịch chấm", max: 4, given: {grid: 0.25}}
  - {id: X9, text: "Biển", max: 5, when: coastal, linear: {of: "growth - pool.min(growth)", to: 10%}}
  - {id: X10, text: "Chỉ số", max: 8, linear: {of: index, to: 100}}
  - {id: X11, text: "Kế hoạch", max: 3, full: "planned <= 2026-03-31"}
plus:
  cap: 6
  items:
    - {id: T1, text: "Điểm thưởng", given: {from: 0, to: 5, grid: 0.2}}
    - {id: T2, text: "Đào tạo", count: "courses.count()", each: 0.5, cap: 2}
grades:
  - {name: "Tốt", need: total >= 50}
  - {name: "Đạt", need: total < 50}
rank: {by: total, then: [points(X1)], ties: shared}
"""
PEOPLE = """\
measures:
  ideas: {{label: "Sáng kiến", unit: sáng kiến, decimals: {decimals}}}
  used: {{label: "Đã áp dụng", unit: sáng kiến, decimals: {decimals}, at_most: ideas}}
  rate: {{label: "Tỷ lệ việc", unit: "%", decimals: 2}}
  since: {{label: "Từ ngày", type: date}}
  class: {{label: "Xếp loại", levels: [D, C, B, A]}}
tree:
  - {{id: N1, text: "Sáng kiến", max: 10, linear: {{of: used / ideas, when_zero: zero}}}}
  - {{id: N2, text: "Việc", max: 10, value: 10 * rate}}
  - {{id: N3, text: "Thâm niên", max: 5, full: "since < 2020-01-01"}}
  - {{id: N4, text: "Xếp loại", max: 5, levels: {{of: class, points: {{D: 0, C: 1, B: 3, A: 5}}}}}}
  - {{id: N5, text: "Người đứng đầu chấm", max: 5, given: {{grid: 0.1}}}}
"""
# what is known of each commune; what it fills in; its item rows; what it says does not apply to it
COMMUNES: dict[str, tuple[dict[str, str], dict[str, Any], dict[str, list[list[Any]]], dict[str, str]]] = {
    "X01": (
        {"cum": "Cụm 1", "area": "miền núi", "staff": "50", "coastal": "có"},
        {"due": 7, "done": 5, "trained": 29, "rate": "84,99", "opened": "01/02/2026", "closed": "01/03/2026", "class": "tốt",
         "growth": "-3,5", "fake": 1, "X1.2.tru": "1,5", "X8": "3,75", "T1": "4,6"},
        {"courses": [["L1", "01/05/2026", 12, 50], ["L2", "01/07/2026", 30, 100], ["L3", "30/06/2026", 11, "49,9"]],
         "months": [[1, "8,13"], [2, 9], [3, "7,5"]], "events": [["t1", "7,5"], ["t1", 8], ["t2", "0,3"]]},
        {},
    ),
    "X02": (
        {"cum": "Cụm 1", "area": "đồng bằng", "staff": "33", "coastal": "có"},
        {"due": 0, "done": 0, "trained": 33, "rate": 85, "opened": "2026-01-01", "closed": "2026-01-01", "class": "khá",
         "growth": "12,4", "X1.2.tru": 0, "X8": 0, "T1": 5},
        {"courses": [["L1", "01/05/2026", 40, "99,9"]], "months": [[1, 10], [2, 10], [3, "9,99"]]},
        {},
    ),
    "X03": (
        {"cum": "Cụm 2", "area": "miền núi", "staff": "7", "coastal": "không"},
        {"due": 3, "done": 1, "trained": 1, "rate": "59,99", "opened": "31/12/2025", "closed": "05/02/2026", "X1.2.tru": 2,
         "fake": 3, "growth": 0, "T1": "0,2", "X8": 4},
        {"events": [["t9", 11]], "months": [[2, 5]]},
        {"X3": "Không thuộc diện xếp loại"},
    ),
    "X04": ({"cum": "Cụm 2", "area": "đồng bằng", "staff": "10", "coastal": "có"}, {"due": 9, "done": 1, "rate": "60"}, {}, {}),
    "X05": ({"cum": "Cụm 2", "area": "đồng bằng", "staff": "10", "coastal": "không"}, {}, {}, {}),  # hands nothing in
}  # fmt: skip
INDEX = {"X01": "55,55", "X02": "100", "X03": "0,01", "X04": "7"}
PLANNED = {"X01": "31/03/2026", "X02": "01/04/2026", "X04": "02/01/2026"}
PERSONS: dict[str, tuple[str, str, dict[str, Any]]] = {  # managing commune, sub-type, figures
    "E01": (
        "X01",
        "chuyên viên",
        {"ideas": "2,5", "used": "0,5", "rate": "87,25", "since": "31/12/2019", "class": "B", "N5": "4,9"},
    ),
    "E02": (
        "X01",
        "nhà nông",
        {"ideas": "3,333", "used": "3,333", "rate": 100, "since": "01/01/2020", "class": "A", "N5": 5},
    ),
    "E03": ("X01", "chuyên viên", {"ideas": 0, "used": 0, "rate": "0,01", "class": "D", "N5": "0,1"}),
    "E04": (
        "X02",
        "nhà nông",
        {"ideas": "1,001", "used": "0,999", "rate": "33,33", "since": "1/1/2001", "class": "C", "N5": 0},
    ),
}
SETS = {"chuyên viên": "chuyen-vien.yaml", "nhà nông": "nha-nong.yaml"}


def movement(home: Path) -> Path:
    home.mkdir(parents=True)
    people = {
        name: HEAD.format(id=f"hh-{name}", title=name, group="e", places=3) for name in ("chuyen-vien", "nha-nong")
    }
    files = {
        "movement.yaml": MOVEMENT,
        "documents.yaml": DOCUMENTS,
        "xa.yaml": HEAD.format(id="hh-xa", title="Tiêu chí xã", group="a", places=2) + UNITS,
        "chuyen-vien.yaml": people["chuyen-vien"] + PEOPLE.format(decimals=1),
        "nha-nong.yaml": people["nha-nong"] + PEOPLE.format(decimals=3),
    }
    for name, text in files.items():
        (home / name).write_text(text, encoding="utf-8")
    return home


def table(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A csv file as an officer would type it."""
    heads = dict.fromkeys(head for row in rows for head in row)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(heads), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def enter(workspace: Workspace, home: Path) -> None:
    """Roster, index and milestone from files."""
    communes = [
        {
            "mã": i,
            "tên": f"Xã {i}",
            "loại": "xã",
            **{"Vùng" if name == "area" else name: text for name, text in known.items()},
        }
        for i, (known, *_) in COMMUNES.items()
    ]  # “area” is also a field of the roster: an attribute of that name goes by its label
    people = [
        {"mã": i, "tên": f"Người {i}", "loại": "người", "trực thuộc": by, "tiểu nhóm": sort}
        for i, (by, sort, _) in PERSONS.items()
    ]
    _, problems = import_roster(workspace, [table(home / "xa.csv", communes), table(home / "nguoi.csv", people)])
    assert errors(problems) == [], problems
    rows = [{"mã": i, "giá trị": value} for i, value in INDEX.items()]
    assert errors(import_index(workspace, "chi-so", "2026", table(home / "chi-so.csv", rows))[2]) == []
    rows = [{"mã": i, "ngày": value, "văn bản": "1/KH"} for i, value in PLANNED.items()]
    assert errors(import_milestone(workspace, "ke-hoach", table(home / "moc.csv", rows), date(2026, 12, 1))[2]) == []


def fill(workspace: Workspace, home: Path) -> Path:
    """Every form filled in and sent, but that of X05."""
    (home / "nộp").mkdir()
    for path in sorted((workspace.issued("2026") / "a").glob("*.xlsx")):
        _, figures, items, claims = COMMUNES[path.name[:3]]
        if not figures:
            continue
        book = openpyxl.load_workbook(path)
        for name, value in figures.items():
            put(book, next(key for key in (f"measure:{name}", f"judged:{name}") if _asks(book, key)), value)
        for name, rows in items.items():
            sheet = book[f"Bang {name}"]
            for number, row in enumerate(rows, 1):
                start = 3 if name == "events" else 2
                for column, value in enumerate(row, start):
                    sheet.cell(row_of(sheet, f"row:{number}"), column).value = value
        for criterion, why in claims.items():
            put(book, f"out:{criterion}", "x")
            put(book, f"why:{criterion}", why)
        _send(book, home / "nộp" / path.name)
    for path in sorted((workspace.issued("2026") / "e").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for ident, (by, sort, figures) in PERSONS.items():
            if by != path.name[:3]:
                continue
            sheet = book["hh-" + SETS[sort].removesuffix(".yaml")]
            columns = {cell.value: cell.column for cell in sheet[1] if cell.value}
            for name, value in figures.items():
                column = columns.get(f"measure:{name}") or columns[f"judged:{name}"]
                sheet.cell(row_of(sheet, f"candidate:{ident}"), column).value = value
        _send(book, home / "nộp" / f"gộp {path.name}")
    return home / "nộp"


def _asks(book: openpyxl.Workbook, key: str) -> bool:
    return any(book["Tu cham"].cell(row, 1).value == key for row in range(1, book["Tu cham"].max_row + 1))


def _send(book: openpyxl.Workbook, path: Path) -> None:
    for key, value in SIGNED.items():
        put(book, key, value)
    book.save(path)


def plain(workspace: Workspace, home: Path, file: str) -> Result:
    """The same figures typed into tables, scored without a round."""
    criteria, _ = workspace.read_set(file)
    assert criteria is not None
    rows: list[dict[str, Any]] = []
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in criteria.tables if name != "council"}
    if file == "xa.yaml":
        for i, (known, figures, items, claims) in COMMUNES.items():
            absent = {"class": "KAD"} if "X3" in claims else {}
            imported = {"index": INDEX.get(i, ""), "planned": PLANNED.get(i, "")}
            rows.append({"id": i, "name": f"Xã {i}", **known, **imported, **figures, **absent})
            for name, lines in items.items():
                declared = criteria.tables[name]
                heads = [*([declared.key] if declared.key else []), *declared.columns]
                tables[name] += [{"id": i, **dict(zip(heads, line))} for line in lines]
    else:
        rows = [{"id": i, "name": f"Người {i}", **f} for i, (_, sort, f) in PERSONS.items() if SETS[sort] == file]
    folder = home / f"bảng {file}"
    folder.mkdir()
    paths = {name: str(table(folder / f"{name}.csv", lines)) for name, lines in tables.items()}
    made, problems = read_round(criteria, table(folder / "bảng.csv", rows), paths, None, {}, None)
    assert made is not None, problems
    return score(criteria, made.table, made.items, period="2026", pool=criteria.declaration.pool)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    home = tmp_path_factory.mktemp("hiểm hóc")
    workspace = new_workspace(home / "kỳ", movement(home / "phong-trao"))
    enter(workspace, home)
    issued, problems = issue(workspace, "2026")
    assert errors(problems) == [] and [one.forms for one in issued] == [5, 2], problems
    run = collect(workspace, "2026", fill(workspace, home))
    assert found(run) == [], run.problems
    return workspace, home


@pytest.mark.parametrize("file", ["xa.yaml", "chuyen-vien.yaml", "nha-nong.yaml"])
def test_the_ranking_is_that_of_plain_tables(whole, file: str) -> None:  # type: ignore[no-untyped-def]
    workspace, home = whole
    scored, problems = score_round(workspace, "2026")
    assert errors(problems) == []
    one = next(one for one in scored if one.file == file).result
    other = plain(workspace, home, file)
    assert list(one.ids) == list(other.ids)
    for row, ident in enumerate(one.ids):
        left, right = one.at(row), other.at(row)
        if ident == "X05":
            assert left.rank is None and left.total == right.total
            continue
        assert (left.total, left.maximum, left.grade, left.eligible) == (
            right.total,
            right.maximum,
            right.grade,
            right.eligible,
        )
        for node, state in right.criteria.items():
            assert (left.criteria[node].points, left.criteria[node].state) == (state.points, state.state), (ident, node)
        assert (left.rank, left.tied) == (right.rank, right.tied), ident


def test_what_the_form_asks(whole) -> None:  # type: ignore[no-untyped-def]
    """Panels are not asked of units; judged entries, derived bounds and every item table are."""
    workspace, _ = whole
    layout = Layout(workspace.read_set("xa.yaml")[0])
    assert set(layout.item_tables) == {"courses", "months", "events"}
    judged = [key for key in layout.inputs if key.startswith("judged:")]
    assert sorted(judged) == ["judged:T1", "judged:X1.2.tru", "judged:X8"]
    assert not {"measure:index", "measure:planned", "measure:staff"} & set(layout.inputs)


def test_reports_of_it(whole) -> None:  # type: ignore[no-untyped-def]
    workspace, home = whole
    for words in (
        ["rank", "2026"],
        ["report", "ranking", "2026", "--units", "--out", str(home / "ra")],
        ["round", "status"],
    ):
        done = CliRunner().invoke(application, ["-C", str(workspace.root), *words])
        assert done.exit_code == 0, done.output
    for ident in ("X01", "X05", "E02"):
        done = CliRunner().invoke(application, ["-C", str(workspace.root), "explain", "2026", ident])
        assert done.exit_code == 0, done.output
    assert len(list((home / "ra").glob("*.xlsx"))) == 6


BOUNDS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "more than an attribute": ({"measure:trained": 8}, ["out-of-range"]),
    "before another day": ({"measure:opened": "02/02/2026", "measure:closed": "01/02/2026"}, ["out-of-range"]),
    "loss off its grid": ({"judged:X1.2.tru": "0,25"}, ["off-grid"]),
    "plus above its bound": ({"judged:T1": "5,2"}, ["out-of-range"]),
    "percent above": ({"measure:rate": "100,01"}, ["out-of-range"]),
    "month not expected": ({"months": [[4, 5]]}, ["key-unknown"]),
    "month twice": ({"months": [[1, 5], [1, 6]]}, ["key-duplicate"]),
    "decimals of a row": ({"months": [[1, "5,123"]]}, ["decimals"]),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_what_breaks_a_bound(whole, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    workspace, _ = whole
    cells, codes = BOUNDS[name]
    book = openpyxl.load_workbook(next((workspace.issued("2026") / "a").glob("X03*.xlsx")))
    for key, value in cells.items():
        if key == "months":
            sheet = book["Bang months"]
            for number, row in enumerate(value, 1):
                for column, text in enumerate(row, 2):
                    sheet.cell(row_of(sheet, f"row:{number}"), column).value = text
        else:
            put(book, key, value)
    put(book, "sign:version", 9)
    (tmp_path / "in").mkdir()
    _send(book, tmp_path / "in" / "X03.xlsx")
    assert [code for code, _, _ in found(collect(workspace, "2026", tmp_path / "in"))] == codes
