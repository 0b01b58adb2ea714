"""Hostile text in every input: no cell of any output becomes a formula, no file lies elsewhere, the terminal obeys nothing."""

from __future__ import annotations

import csv
import json
import os
import re
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from criteria.problems import Problem
from tests.rounds.form_filling import movement_folder, put
from tests.rounds.support import new_workspace
from tests.rounds.test_attack_movement import table
from thidua.main import application

TEXTS = (
    '=HYPERLINK("http://x";"y")',
    "+1",
    "@x",
    "-1+1|cmd",
    "=cmd|'/C calc'!A0",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} %s %n {0}",
    "..\\..\\x",
    "../../x",
    "CON",
    "a/b",
    "C:\\x",
    "http://x.y/z",
    "&A&G&[Path]",
    "'=1+1",
    "{=SUM(A1)}",
    "]]>&lt;",
    "TRUE",
    "1e5",
)
HARMLESS = ("chữ",)
ESCAPE = "\x1b[31mđỏ\x1b]0;tên\x07\t\r"  # colours, the title of the window
_LAST = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def run(root: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(application, ["-C", str(root), *words], color=True)
    assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
    return done.exit_code, done.output


def whole(home: Path, texts: tuple[str, ...], broken: bool = False) -> tuple[Path, str]:
    """A round with these texts in every input; its folder, and all that was printed. broken: some cells of the forms wrong."""
    text = cycle(texts).__next__
    mark = "" if texts == HARMLESS else ESCAPE
    workspace = new_workspace(home / "kỳ", movement_folder(home / "phong-trao"), period=None)
    root = workspace.root
    workspace.close()
    said = []

    def call(*words: str, code: int = 0) -> None:
        done, out = run(root, *words)
        assert done == code, (words, out)
        said.append(out)

    def letter() -> str:
        return f"{text()}{mark}"

    call("round", "open", "2026", "--deadline", "2026-12-01", "--letter", letter(), "--letter-date", "2026-11-01")
    units = [
        {
            "mã": f"B{n}",
            "tên": f"{t} {n}",
            "loại": "đơn vị",
            "thủ trưởng": text(),
            "cụm": text(),
            "nguồn": text(),
            "địa bàn": text(),
        }
        for n, t in enumerate(texts * (19 // len(texts)), 1)
    ]
    call("roster", "import", str(table(home / "dv.csv", units)))
    people = [
        {"mã": f"P{n}", "tên": f"{text()} người {n}", "loại": "người", "trực thuộc": "B1", "chức vụ": text()}
        for n in range(1, 4)
    ]
    call("roster", "import", str(table(home / "n.csv", people)))
    tasks = [
        {
            "số": n,
            "nội dung": f"{text()} {n}",
            "chủ trì": f"B{n}",
            "hạn": "30/06/2026",
            "phối hợp": text(),
            "ghi chú": text(),
            "văn bản": text(),
            "nguồn gốc": text(),
        }
        for n in range(1, 20)
    ]
    call("tasks", "import", str(table(home / "viec.csv", tasks)))
    results = [{"số": n, "cơ quan": f"B{n}", "ngày hoàn thành": "01/06/2026", "văn bản": text()} for n in range(1, 10)]
    call("tasks", "update", "--file", str(table(home / "kq.csv", results)))
    call("forms", "issue", "2026")
    (home / "nộp").mkdir()
    for number, path in enumerate(sorted((root / "bieu-giao" / "2026" / "a").glob("*.xlsx"))):
        book = openpyxl.load_workbook(path)
        figures = {"measure:due": 20, "measure:done": 18, "measure:plan": "có", "judged:S5": 4}
        if broken and number < 6:
            figures |= {
                "measure:due": text(),
                "measure:class": text(),
                "measure:signed": text(),
                "measure:rate": text(),
            }
        for key, value in {
            **figures,
            "out:S2": "x",
            "why:S2": text(),
            "sign:version": 1,
            "sign:date": "20/11/2026",
        }.items():
            if not (broken and key == "measure:class"):
                put(book, key, value)
        for key in ("sign:number", "sign:compiled_by", "sign:head"):
            put(book, key, text())
        criterion = text() if broken and number < 9 else "S1.1"
        put(
            book,
            "evidence:1",
            {
                "criterion": criterion,
                "number": text(),
                "date": "1/2/2026",
                "issuer": text(),
                "summary": text(),
                "file": text() if broken and number < 9 else None,
            },
        )
        put(book, "row:1", [text(), "01/02/2026", 3])
        sheet = book["Nhiem vu"]
        task = next(row for row in range(1, 20) if str(sheet.cell(row, 1).value).startswith("task:"))
        for column, value in enumerate(("không đúng", "02/06/2026", text(), text()), 9):
            sheet.cell(task, column).value = value
        for row in book["_thidua"].iter_rows():  # hidden: the keys stay as they are
            assert all(cell.data_type != "f" for cell in row)
        for sheet in book.worksheets:  # a unit types a text, openpyxl would make a formula of it
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f" and str(cell.value) in TEXTS:
                        cell.data_type = "s"
        book.save(home / "nộp" / f"{number:02d} {re.sub(r'[^a-z]', '', text())}.xlsx")
    call("forms", "collect", "2026", str(home / "nộp"), code=int(broken))
    for words in (
        ("round", "status", "--missing"), ("roster", "list"), ("roster", "check"), ("tasks", "list"), ("tasks", "due"),
        ("rank", "2026"), ("explain", "2026", "B2"), ("report", "ranking", "2026", "--units"),
        ("rank", "2026", "--group", "a", "--out", str(home / "ra.csv")), ("rank", "2026", "--group", "a", "--out", str(home / "ra.json")),
        ("rank", "2026", "--group", "a", "--out", str(home / "ra.xlsx")),
        ("round", "close", "2026", "--group", "a", "--decision", letter()), ("round", "status"),
        ("round", "reopen", "2026", "--group", "a", "--reason", letter(), "--decision", letter()), ("round", "status"),
        ("report", "ranking", "2026"),
    ):  # fmt: skip
        if words[:2] not in (("roster", "check"), ("tasks", "due")):
            call(*words)
        else:
            said.append(run(root, *words)[1])
    return home, "\n".join(said)


def formulas(home: Path) -> dict[str, str]:
    """Every formula of every workbook that the program wrote, by place. Names of forms go without what names say."""
    found = {}
    for path in sorted([*home.rglob("bieu-giao/**/*.xlsx"), *home.rglob("ket-qua/**/*.xlsx"), home / "ra.xlsx"]):
        book = openpyxl.load_workbook(path)
        name = re.sub(r"^([BP][0-9]+)-.*", r"\1", path.stem)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        found[f"{name}/{sheet.title}/{cell.coordinate}"] = str(getattr(cell.value, "text", cell.value))
                    assert cell.hyperlink is None or cell.hyperlink.target is None, (
                        path,
                        cell.coordinate,
                    )  # inside the file only
    return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    """The hostile round, what it printed, and the harmless one."""
    home, said = whole(tmp_path_factory.mktemp("dữ"), TEXTS)
    return home, said, whole(tmp_path_factory.mktemp("lành"), HARMLESS)[0]


def test_no_text_becomes_a_formula_in_any_workbook(both) -> None:  # type: ignore[no-untyped-def]
    home, _, harmless = both
    here, there = formulas(home), formulas(harmless)
    assert len(there) > 500 and here.keys() == there.keys() and any(place.startswith("xep-hang") for place in there)
    different = {place: (here[place], there[place]) for place in there if here[place] != there[place]}
    assert different == {}, list(different.items())[:3]


def test_texts_are_there_as_they_were_typed(both) -> None:  # type: ignore[no-untyped-def]
    home, _, _ = both
    book = openpyxl.load_workbook(home / "kỳ" / "ket-qua" / "2026" / "xep-hang-a-don.xlsx")
    seen = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for number, text in enumerate(TEXTS, 1):
        assert f"{text} {number}" in seen, text


def test_no_cell_of_a_csv_begins_like_a_formula(both) -> None:  # type: ignore[no-untyped-def]
    home, _, _ = both
    with (home / "ra.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == 20
    wrong = [
        cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell and not re.fullmatch(r"-?[0-9.]+", cell)
    ]
    assert wrong == []
    names = {one["name"] for one in json.loads((home / "ra.json").read_text(encoding="utf-8"))["candidates"]}
    assert f"{TEXTS[0]} 1" in names


def test_nothing_is_written_elsewhere_and_the_terminal_obeys_nothing(both) -> None:  # type: ignore[no-untyped-def]
    home, said, harmless = both
    assert TEXTS[0] in said and _LAST.search(said) is None, repr(said[max(0, _LAST.search(said).start() - 40) :][:80])  # type: ignore[union-attr]
    hostile_files, harmless_files = (
        {
            re.sub(r"-[^/]*\.xlsx$", "", path.relative_to(root).as_posix())
            for path in root.rglob("*")
            if "bieu-thu" not in path.parts and "nộp" not in path.parts
        }
        for root in (home, harmless)
    )
    assert hostile_files == harmless_files
    names = [path.name for path in (home / "kỳ").rglob("*.xlsx")]
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", name) for name in names)


def test_the_list_of_errors_of_hostile_forms(tmp_path: Path) -> None:
    home, said = whole(tmp_path / "lỗi", TEXTS, broken=True)
    assert "\x1b" not in said and said.count("LỖI") > 20
    book = openpyxl.load_workbook(home / "kỳ" / "ket-qua" / "2026" / "loi-thu-bieu.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 200 and all(cell.data_type in ("s", "n") and cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("size", [301, 32_767, 40_000])
def test_texts_without_end_are_refused_in_a_sentence(tmp_path: Path, size: int) -> None:
    workspace = new_workspace(tmp_path / "kỳ", movement_folder(tmp_path / "phong-trao"))
    workspace.close()
    rows = [{"mã": "B1", "tên": "x" * size, "loại": "đơn vị"}]
    code, said = run(workspace.root, "roster", "import", str(table(tmp_path / "a.csv", rows)))
    assert code == 1 and "LỖI" in said and len(said) < 2000
    assert run(workspace.root, "roster", "import", str(table(tmp_path / "b.csv", [{**rows[0], "tên": "Xã"}])))[0] == 0
    tasks = [{"số": 1, "nội dung": "x" * max(size, 6000), "chủ trì": "B1", "hạn": "30/06/2026"}]
    code, said = run(workspace.root, "tasks", "import", str(table(tmp_path / "c.csv", tasks)))
    assert code == 1 and "LỖI" in said and len(said) < 3000


def test_control_characters_in_files_reach_no_terminal(tmp_path: Path) -> None:
    """In headings, cells, names of files and settings."""
    workspace = new_workspace(tmp_path / "kỳ", movement_folder(tmp_path / "phong-trao"))
    workspace.close()
    bad = f"a{ESCAPE}\nĐã thu 400 biểu."
    rows = [{"mã": bad, "tên": bad, "loại": bad, bad: bad, "đến ngày": bad}]
    said = [run(workspace.root, "roster", "import", str(table(tmp_path / "x.csv", rows)))[1]]
    rows = [{"số": bad, "nội dung": bad, "chủ trì": bad, "hạn": bad, bad: bad}]
    said.append(run(workspace.root, "tasks", "import", str(table(tmp_path / "y.csv", rows)))[1])
    if os.name == "posix":
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / f"b{ESCAPE.replace('/', '')}.xlsx").write_bytes(b"x")
        (tmp_path / "in" / "c\x1b[2J.doc").write_bytes(b"x")
        said.append(run(workspace.root, "forms", "collect", "2026", str(tmp_path / "in"))[1])
    mark = workspace.root / "thidua.yaml"
    mark.write_text(
        mark.read_text(encoding="utf-8").replace("settings: {}", 'settings: {"x\\e[31m": "=1+1\\e[0m"}'),
        encoding="utf-8",
    )
    said.append(run(workspace.root, "rank", "2026")[1])
    for text in said:
        assert "LỖI" in text and "\nĐã thu 400" not in text and _LAST.search(text) is None, repr(text)


def test_a_finding_is_printed_without_what_a_terminal_obeys() -> None:
    problem = Problem("a\x1b[0m\nb", 0, 0, "number", "x\x1b]0;y\x07\nĐã thu", "\u202ez", sheet="\r", cell="A1")
    assert problem.text().count("\n") == 1 and _LAST.search(problem.text()) is None and "\u202e" not in problem.text()
