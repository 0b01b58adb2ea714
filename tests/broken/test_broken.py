"""One folder per kind of mistake: the command line names it, at the place where a person would look, in Vietnamese.

A folder holds criteria.yaml, perhaps table.csv, items-NAME.csv and options, and expected.csv: code, line, column, cell and
the words of the mistake that the message must repeat. `folder--variant` is another mistake with the same code. With no
table the criteria are checked, with a table they are scored. In options @name is a file of the folder.
"""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import criteria.source
from criteria.problems import CODES, ERROR, NOTE
from tests.broken.tables import percent_workbook, utf16_table, with_formula, with_macro
from thidua.main import main

HOME = Path(__file__).parent
FOLDERS = sorted(path.name for path in HOME.iterdir() if (path / "expected.csv").exists())
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
MADE: dict[str, tuple[str, Callable[[Path, Path], None]]] = {  # tables that are no text: folder → file name, maker
    "file-unreadable": ("table.csv", utf16_table),
    "file-unreadable--macro": ("table.xlsx", with_macro),
    "formula-cell": ("table.xlsx", with_formula),
    "percent-cell--xlsx": ("table.xlsx", percent_workbook),
}

Ran = tuple[int, str, str]


@pytest.fixture
def thidua(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """The command line in this process: exit code, output, errors."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setenv("THIDUA_DEBUG", "1")  # a defect of the program is an exception here
        monkeypatch.setattr("sys.argv", ["thidua", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(leaving.value.code or 0), out, err

    return run


@pytest.fixture
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder, with the files made that are no text."""
    home = tmp_path / "example"
    shutil.copytree(HOME / request.param, home)
    if request.param in MADE:
        name, make = MADE[request.param]
        make(home / "table.utf-8.csv", home / name)
    if request.param == "file-too-large":
        monkeypatch.setattr(criteria.source, "MAX_BYTES", 1000)
    return home


def arguments(home: Path) -> list[str]:
    """check FILE (the movement file if there is one), or score FILE TABLE with items and options."""
    if (home / "movement.yaml").exists():
        return ["check", str(home / "movement.yaml")]
    tables = sorted(path for path in home.glob("table.*") if path.name != "table.utf-8.csv")
    if not tables:
        return ["check", str(home / "criteria.yaml")]
    words = ["score", str(home / "criteria.yaml"), str(tables[0])]
    for path in sorted(home.glob("items-*.csv")):
        words += ["--items", f"{path.stem.removeprefix('items-')}={path}"]
    options = home / "options"
    written = shlex.split(options.read_text(encoding="utf-8")) if options.exists() else []
    return [*words, *(str(home / word[1:]) if word.startswith("@") else word for word in written)]


def expected(home: Path) -> list[dict[str, str]]:
    with (home / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def place(problem: dict[str, str | int]) -> tuple[str, str, str, str]:
    """code, line, column, cell as expected.csv writes them."""
    if problem["cell"] or not problem["line"]:
        return str(problem["code"]), "", "", str(problem["cell"])
    return str(problem["code"]), str(problem["line"]), str(problem["column"]), ""


@pytest.mark.parametrize("example", FOLDERS, indirect=True)
def test_mistake_is_found_in_its_place(example: Path, thidua: Callable[..., Ran]) -> None:
    wanted = {(line["code"], line["line"], line["column"], line["cell"]): line["found"] for line in expected(example)}
    code, out, _ = thidua(*arguments(example), "--json")
    document = json.loads(out)
    found = document["problems"] if "problems" in document else document["warnings"]
    assert {place(problem) for problem in found if problem["severity"] != NOTE} == set(wanted)
    assert code == int(any(problem["severity"] == ERROR for problem in found))
    for problem in found:
        assert VIETNAMESE.search(problem["message"]), problem["message"]
        assert wanted[place(problem)] in problem["message"]
        assert problem["hint"], problem["message"]


@pytest.mark.parametrize("example", FOLDERS, indirect=True)
def test_people_read_place_and_code(example: Path, thidua: Callable[..., Ran]) -> None:
    _, out, err = thidua(*arguments(example))
    for line in expected(example):
        where = (
            f" ô {line['cell']}: " if line["cell"] else f":{line['line']}:{line['column']}: " if line["line"] else ": "
        )
        assert re.search(re.escape(where) + f"(LỖI|CẢNH BÁO) {line['code']}: ", out + err), out + err


@pytest.mark.parametrize("example", FOLDERS, indirect=True)
def test_errors_leave_no_result_file(example: Path, thidua: Callable[..., Ran]) -> None:
    words = arguments(example)
    if words[0] == "check":
        if thidua(*words)[0] == 0:
            pytest.skip("a warning")
        (example / "table.csv").write_text("id\nX1\n", encoding="utf-8")
        words = ["score", words[1], str(example / "table.csv")]
    result = example / "ket-qua.csv"
    before = set(example.iterdir())
    if thidua(*words, *(() if "--out" in words else ("--out", result)))[0] == 0:
        assert set(example.iterdir()) == before | {result}
    else:
        assert set(example.iterdir()) == before


def test_every_code_has_an_example() -> None:
    shown = {line["code"] for folder in FOLDERS for line in expected(HOME / folder)}
    assert sorted(set(CODES) - shown) == []
    assert sorted(shown - set(CODES)) == []


def test_folders_are_named_after_their_code() -> None:
    assert [folder for folder in FOLDERS if expected(HOME / folder)[0]["code"] != folder.split("--")[0]] == []


MANY = """criteria_set: nhieu-loi
group: a
valid_from: 2026-01-01
valid_to: 2025-12-31
bases: [{id: qd-12, document: "Quyết định", number: "12/QĐ-UBND"}]
clause: {basis: qd-21}
measures:
  done: {label: "Đã làm", unit: việc}
  total: {label: "Được giao", unit: việc}
  rate: {label: "Tỷ lệ", unit: "%"}
tree:
  - {id: C1, text: "Việc", max: 60, linear: {of: done / asigned}}
  - {id: C1, text: "Tỷ lệ", max: 38, bands: {of: rate, at: [{from: 90, up_to: 100%, points: 38}, {from: 70%, up_to: 90%, points: 20}]}}
  - {id: C3, text: "Không có cách chấm", max: 10}
points: {max: 100}
grades: [{name: "Tốt", need: total >= 80}, {name: "Đạt", need: rate >= 60}]
"""


def test_mistakes_are_reported_together(tmp_path: Path, thidua: Callable[..., Ran]) -> None:
    path = tmp_path / "nhieu-loi.yaml"
    path.write_text(MANY, encoding="utf-8")
    code, out, _ = thidua("check", path, "--json")
    codes = {problem["code"] for problem in json.loads(out)["problems"]}
    assert code == 1
    assert codes >= {
        "validity",
        "basis-incomplete",
        "unknown-basis",
        "reserved-name",
        "unknown-name",
        "duplicate-id",
        "percent-literal",
        "shape-missing",
        "sum-mismatch",
        "verifier-missing",
    }


def test_mistakes_of_form_are_reported_together(tmp_path: Path, thidua: Callable[..., Ran]) -> None:
    path = tmp_path / "nhieu-loi.yaml"
    path.write_text(
        """criteria_set: nhieu-loi
valid_from: 31/02/2026
points: {places: hai, rounding: toán học}
criteria_set: lan-hai
nhóm: a
measures: [done, assigned]
tree:
  - {id: C1, text: "Việc", max: 0,5}
  - {id: C2, text: "Việc", max: "1.000.000", linear: {of: done / / assigned}}
""",
        encoding="utf-8",
    )
    code, out, _ = thidua("check", path, "--json")
    codes = {problem["code"] for problem in json.loads(out)["problems"]}
    assert code == 1
    assert codes >= {
        "duplicate-key",
        "date",
        "wrong-value",
        "unknown-key",
        "wrong-kind",
        "decimal-comma",
        "number-grouping",
        "expression-syntax",
        "missing-key",
    }


def test_mistakes_of_all_tables_are_reported_together(tmp_path: Path, thidua: Callable[..., Ran]) -> None:
    home = HOME / "key-duplicate"
    table, months = tmp_path / "table.csv", tmp_path / "months.csv"
    table.write_text(
        'id,area,assigned,done,rate,late\nX1,đồng bằng,15,16,"87,255",1\nX1,vùng cao,12,12,105,2.5.1\n,miền núi,1,1,60,0\n',
        encoding="utf-8",
    )
    months.write_text("id,month,score\nX9,1,8\nX1,1,x\nX1,1,7\n", encoding="utf-8")
    code, out, _ = thidua("score", home / "criteria.yaml", table, "--items", f"months={months}", "--json")
    found = {(problem["cell"], problem["code"]) for problem in json.loads(out)["problems"]}
    assert code == 1
    assert found >= {
        ("D2", "out-of-range"),
        ("E2", "decimals"),
        ("A3", "id-duplicate"),
        ("B3", "unknown-level"),
        ("E3", "out-of-range"),
        ("F3", "number"),
        ("A4", "id-missing"),
        ("C3", "number"),
        ("B4", "key-duplicate"),
    }
