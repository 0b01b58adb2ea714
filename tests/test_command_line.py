"""The commands as a user meets them: help, results in three forms, explanations, errors, hostile text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.support.command import thidua, written
from tests.support.examples import ROOT

FIRST = """\
criteria_set: thu
title: "Bộ thử"
group: c
valid_from: 2025-01-01
bases: [{id: qd, document: "Quyết định", number: "1/QĐ", date: 2025-01-01, issuer: "Sở ví dụ"}]
clause: {basis: qd, place: "Điều 3"}
verified_by: so-noi-vu
points: {max: 100}
attributes: {cum: {label: "Cụm", type: text}}
measures:
  done: {label: "Hoàn thành", unit: việc, at_most: due}
  due: {label: "Được giao", unit: việc}
  rate: {label: "Tỷ lệ", unit: "%", decimals: 2}
  ok: {label: "Có kế hoạch", type: yes_no}
  day: {label: "Ngày ban hành", type: date}
tree:
  - {id: C1, text: "Việc", max: 50, linear: {of: done / due, when_zero: not_applicable}}
  - {id: C2, text: "Tỷ lệ", max: 30, linear: {of: rate}, gate: {need: rate >= 10%, say: "Dưới 10 %"}}
  - {id: C3, text: "Kế hoạch", max: 20, full: ok and day <= 2026-06-30}
grades:
  - {name: "Tốt", need: total >= 80}
  - {name: "Đạt", need: total < 80}
"""
TABLE = [
    "id,name,cum,done,due,rate,ok,day",
    'X1,Xã Một,1,12,15,"87,25",có,30/06/2026',
    "X2,Xã Hai,1,15,15,87.25,Không,2026-06-30",
    "X3,=cmd|'/c calc'!A1,2,,15,5,có,01/07/2026",
    "X4,Xã Bốn,2,KAD,15,90,x,29/6/2026",
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    written(tmp_path, "tieu-chi.yaml", [FIRST])
    written(tmp_path, "bang.csv", TABLE)
    return tmp_path


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}


def test_results_in_three_forms_say_the_same(home: Path) -> None:
    for ending in ("csv", "xlsx", "json"):
        assert thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--out", home / f"kq.{ending}").code == 0
    table = rows((home / "kq.csv").read_text(encoding="utf-8"))
    document = json.loads((home / "kq.json").read_text(encoding="utf-8"))
    assert {c["id"]: c["total"] for c in document["candidates"]} == {
        ident: row["total"] for ident, row in table.items()
    }
    assert (
        table["X1"]["C1"] == "40.00"
        and table["X1"]["C2"] == "26.18"
        and table["X1"]["total"] == "86.18"
        and table["X1"]["grade"] == "Tốt"
    )
    assert (
        table["X2"]["C3"] == "0.00"
        and table["X3"]["state:C1"] == "no_evidence"
        and table["X4"]["state:C1"] == "not_applicable"
    )
    assert table["X4"]["maximum"] == "50.00" and table["X3"]["eligible"] == "no" and table["X3"]["rank"] == ""
    book = openpyxl.load_workbook(home / "kq.xlsx")
    printed = {line[1].value: line for line in book["Xếp hạng"].iter_rows(min_row=4) if line[1].value}
    assert printed["X1"][4].value == 86.18 and printed["X1"][7].value == "Tốt"


def test_same_input_same_bytes(home: Path) -> None:
    for ending in ("csv", "xlsx", "json"):
        for name in ("a", "b"):
            assert (
                thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--out", home / f"{name}.{ending}").code == 0
            )
        assert (home / f"a.{ending}").read_bytes() == (home / f"b.{ending}").read_bytes()


def test_json_numbers_are_decimal_strings(home: Path) -> None:
    outcome = thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--json")
    document = json.loads(outcome.out)
    one = document["candidates"][0]
    assert (
        one["total"] == "86.18"
        and one["share"] == "0.8618"
        and one["share_exact"] == "4309/5000"
        and one["criteria"]["C2"]["maximum"] == "30.00"
    )
    assert one["rank"] == 1 and one["tied"] is False and one["eligible"] is True and one["gates"] == []
    assert document["candidates"][2]["gates"] == [{"criterion": "C2", "say": "Dưới 10 %"}]
    assert document["receipt"]["sha256 bang.csv"] and document["criteria"][0] == {
        "id": "C1",
        "kind": "leaf",
        "text": "Việc",
    }


def test_hostile_names_stay_text(home: Path) -> None:
    """No cell becomes a formula."""
    for ending in ("csv", "xlsx"):
        assert thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--out", home / f"kq.{ending}").code == 0
    assert rows((home / "kq.csv").read_text(encoding="utf-8"))["X3"]["name"].startswith("'=")
    book = openpyxl.load_workbook(home / "kq.xlsx")
    cells = [
        cell
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert cells and all(cell.data_type == "s" for cell in cells)


def test_explain_reads_aloud(home: Path) -> None:
    outcome = thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--explain", "X1:C1")
    assert outcome.code == 0
    assert "Căn cứ: Quyết định số 1/QĐ ngày 01/01/2025 của Sở ví dụ, Điều 3" in outcome.out
    assert "Tính: 12 / 15 việc = 80 %; 80 % × 50 điểm = 40,00 điểm" in outcome.out
    assert "Kết quả: 40,00 trên 50,00 điểm" in outcome.out and "Trạng thái: đã có điểm" in outcome.out
    whole = thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--explain", "X3").out
    assert "Không đủ điều kiện: C2: Dưới 10 %" in whole and "không xếp hạng" in whole and "chưa có số liệu" in whole
    as_json = json.loads(thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--explain", "X1:C2", "--json").out)
    assert as_json["id"] == "C2" and any(line["heading"] == "Điều kiện" for line in as_json["lines"])


@pytest.mark.parametrize("wanted", ["X9", "X1:C9", ":"])
def test_explain_of_nobody(home: Path, wanted: str) -> None:
    outcome = thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--explain", wanted)
    assert outcome.code == 1 and "unknown-candidate" in outcome.err and "Traceback" not in outcome.err


def test_pool_column(home: Path) -> None:
    thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--pool", "cum", "--out", home / "kq.csv")
    table = rows((home / "kq.csv").read_text(encoding="utf-8"))
    assert [table[i]["rank"] for i in ("X1", "X2", "X4")] == ["1", "2", "1"] and table["X4"]["pool"] == "2"
    assert thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--pool", "khoi").code == 1


def test_nothing_is_written_on_error(home: Path) -> None:
    written(home, "sai.csv", [TABLE[0], "X1,A,1,16,15,500000,lúc nào,31/02/2026", "X1,B,1,1.5,x,87.255,có,"])
    before = sorted(home.iterdir())
    outcome = thidua("score", home / "tieu-chi.yaml", home / "sai.csv", "--out", home / "kq.csv")
    assert outcome.code == 1 and sorted(home.iterdir()) == before
    for code, cell in (
        ("out-of-range", "D2"),
        ("not-yes-no", "G2"),
        ("date", "H2"),
        ("id-duplicate", "A3"),
        ("decimals", "D3"),
        ("number", "E3"),
        ("decimals", "F3"),
    ):
        assert any(code in line and f"ô {cell}" in line for line in outcome.err.splitlines()), (code, cell, outcome.err)


def test_an_old_result_survives_a_failed_run(home: Path) -> None:
    (home / "kq.csv").write_text("cũ", encoding="utf-8")
    written(home, "sai.csv", [TABLE[0], "X1,A,1,16,15,5,có,"])
    assert thidua("score", home / "tieu-chi.yaml", home / "sai.csv", "--out", home / "kq.csv").code == 1
    assert (home / "kq.csv").read_text(encoding="utf-8") == "cũ"


def test_xlsx_and_csv_tables_are_one(home: Path) -> None:
    book = openpyxl.Workbook()
    for line in csv.reader(io.StringIO("\n".join(TABLE))):
        book.active.append(line)
    sheet = book.active
    sheet["D2"], sheet["E2"], sheet["F2"], sheet["G2"] = 12, 15.0, 87.25, True
    import datetime as dt

    sheet["H2"] = dt.datetime(2026, 6, 30)
    sheet["C5"].data_type = "s"
    book.save(home / "bang.xlsx")
    a, b = (
        json.loads(thidua("score", home / "tieu-chi.yaml", home / name, "--json").out)["candidates"]
        for name in ("bang.csv", "bang.xlsx")
    )
    assert [c for c in a if c["id"] != "X3"] == [c for c in b if c["id"] != "X3"]


def test_an_excel_sum_of_tenths_is_read_as_shown(home: Path) -> None:
    """0.1 + 0.2 in a cell is 0.30000000000000004; Excel and we read 0.3."""
    book = openpyxl.Workbook()
    book.active.append(TABLE[0].split(","))
    book.active.append(["X1", "A", "1", 1, 2, 0.1 + 0.2, "có", ""])
    book.save(home / "bang.xlsx")
    assert thidua("score", home / "tieu-chi.yaml", home / "bang.xlsx").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["score"],
        ["score", "a"],
        ["chấm"],
        ["check", "--sai"],
        ["score", "a", "b", "c"],
        ["score", "a", "b", "--items", "khong-dau-bang"],
        ["criteria", "xem"],
    ],
)
def test_usage_errors_are_vietnamese_and_2(words: list[str]) -> None:
    outcome = thidua(*words)
    assert outcome.code == 2 and outcome.err.startswith("LỖI: ") and "Traceback" not in outcome.err
    for english in ("Missing", "No such", "unexpected", "Error", "Usage"):
        assert english not in outcome.err


def test_help_is_vietnamese() -> None:
    for words in (
        [],
        ["check"],
        ["score"],
        ["criteria"],
        ["criteria", "list"],
        ["criteria", "show"],
        ["criteria", "schema"],
        ["demo"],
    ):
        outcome = thidua(*words, "--help")
        assert outcome.code == 0 and "Cách dùng:" in outcome.out
        for english in ("Usage", "Options:", "Commands:", "Show this"):
            assert english not in outcome.out


def test_criteria_commands() -> None:
    listed = thidua("criteria", "list")
    assert listed.code == 0 and "tb-a-so-nganh" in listed.out and "25 tiêu chí — điểm thử" in listed.out
    shown = thidua("criteria", "show", "tb-c-xa-phuong")
    assert (
        shown.code == 0
        and "điểm thử, chưa được cấp có thẩm quyền quyết định" in shown.out
        and "câu hỏi mở" in shown.out
    )
    assert thidua("criteria", "show", "khong-co").code == 1
    assert json.loads(thidua("criteria", "schema").out)["properties"]["tree"]


def test_check_of_the_catalogue_and_json() -> None:
    assert thidua("check").code == 0
    found = json.loads(thidua("check", "--json").out)
    assert found["errors"] == 0 and {p["code"] for p in found["problems"]} == {"basis-replaced", "basis-unsure"}
    assert all(p["line"] and p["column"] and p["severity"] == "warning" for p in found["problems"])


def test_settings_and_period(home: Path) -> None:
    c = ROOT / "criteria" / "catalog" / "thai-binh-2025-2030" / "a-so-nganh.yaml"
    assert thidua("score", c, home / "bang.csv", "--setting", "task_window=sai").code == 1
    outcome = thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--period", "2024")
    assert outcome.code == 1 and "not-in-force" in outcome.err and "tieu-chi.yaml:4:1" in outcome.err
    assert thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--period", "2026").code == 0
    assert thidua("score", home / "tieu-chi.yaml", home / "bang.csv", "--period", "quý ba").code == 1


def test_the_result_as_a_pandas_table(home: Path) -> None:
    """Points stay exact decimals; what is unknown stays empty."""
    from decimal import Decimal

    from criteria import load
    from records.tables.table_files import read_table
    from scoring import score

    criteria = load(home / "tieu-chi.yaml")
    table, _ = read_table(home / "bang.csv", criteria)
    assert table is not None
    frame = score(criteria, table).to_frame().set_index("id")
    assert frame.loc["X1", "C2"] == Decimal("26.18") and frame.loc["X1", "total"] == Decimal("86.18")
    assert frame.loc["X1", "grade"] == "Tốt" and frame.loc["X4", "maximum"] == Decimal("50.00")
