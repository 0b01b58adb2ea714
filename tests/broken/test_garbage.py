"""Files and words that are no criteria, no tables, no options: an answer and an exit code, never a traceback."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.broken.tables import workbook
from thidua.main import main

HOME = Path(__file__).parent / "column-unknown"
CRITERIA = (HOME / "criteria.yaml").read_text(encoding="utf-8")
TABLE = (HOME / "table.csv").read_text(encoding="utf-8")


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """The exit code of a call in a folder with criteria.yaml and table.csv."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THIDUA_DEBUG", "1")
    Path("criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    Path("table.csv").write_text(TABLE, encoding="utf-8")

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["thidua", *words])
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert out + err
        assert max(map(len, (out + err).splitlines()), default=0) < 2000
        return int(leaving.value.code or 0)

    return run


NO_CRITERIA = {
    "empty": b"",
    "blank": b"  \n\n",
    "bytes": bytes(range(256)),
    "nul": b"a: \0\n",
    "utf-16": CRITERIA.encode("utf-16"),
    "cp1258": "a: Đa\u0323t".encode("cp1258"),
    "list": b"- a\n",
    "scalar": b"abc\n",
    "nested lists": b"a: " + b"[" * 3000 + b"]" * 3000,
    "nested blocks": "".join(" " * depth + "a:\n" for depth in range(1000)).encode(),
    "bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "itself": b"&a [*a]\n",
    "merge": b"a: {<<: {x: 1}}\n",
    "null key": b"? \n: 1\n",
    "list key": b"[a, b]: 1\n",
    "two documents": (CRITERIA + "---\n" + CRITERIA).encode(),
    "tag": CRITERIA.replace("full: plan", "full: !!python/object:os.system plan").encode(),
}
NO_NUMBERS = [
    "1e400",
    "NaN",
    "inf",
    ".inf",
    "0x10",
    "1_000",
    "١٢",
    "½",
    "9" * 5000,
    "1/0",
    "(" * 3000 + "5" + ")" * 3000,
    "- " * 3000 + "5",
    " + ".join(["late"] * 3000),
    "not " * 3000 + "plan",
]
NO_TABLES = {
    "empty.csv": b"",
    "blank.csv": b"\n\n",
    "nul.csv": b"id\0\n",
    "utf-16.csv": TABLE.encode("utf-16"),
    "quote.csv": (TABLE + '"abc\n').encode(),
    "half.xlsx": b"PK\3\4",
    "text.xlsx": TABLE.encode(),
    "old.xls": b"\xd0\xcf\x11\xe0",
    "sheet.ods": b"PK",
    "name": TABLE.encode(),
    "wide.csv": ",".join(f"c{number}" for number in range(3000)).encode(),
    "long.csv": TABLE.replace("Sở Một", "x" * 1_500_000).encode(),
}
CALLS = [
    ([], 2),
    (["nope"], 2),
    (["score"], 2),
    (["score", "criteria.yaml"], 2),
    (["check", "--nope"], 2),
    (["check", "."], 0),
    (["check", "không có"], 1),
    (["check", "x" * 300], 1),
    (["check", "a\nb"], 1),
    (["score", ".", "."], 1),
    (["score", "criteria.yaml", "."], 1),
    (["score", "criteria.yaml", "x" * 300], 1),
    (["criteria", "show", "x" * 300], 1),
    (["criteria", "show", "."], 1),
    *(
        (["score", "criteria.yaml", "table.csv", *words], wanted)
        for words, wanted in (
            (["--out", "."], 1),
            (["--out", "no/x.csv"], 1),
            (["--out", "table.csv/x.csv"], 1),
            (["--out", "criteria.yaml"], 1),
            (["--out", ""], 1),
            (["--out", "x" * 300 + ".csv"], 1),
            (["--items", "a"], 2),
            (["--items", "=x"], 2),
            (["--items", "a=b", "--items", "a=c"], 2),
            (["--items", "a=b"], 1),
            (["--previous", "."], 1),
            (["--previous-items", "m=x"], 2),
            (["--pool", "xx"], 1),
            (["--pool", "area"], 0),
            (["--period", ""], 1),
            (["--period", "0000"], 1),
            (["--period", "2026-13"], 1),
            (["--setting", "a=b"], 1),
            (["--explain", ""], 1),
            (["--explain", ":"], 1),
            (["--explain", "X1:C9"], 1),
            (["--explain", "X1:C1"], 0),
            (["--json", "--explain", "X9"], 1),
        )
    ),
]


@pytest.mark.parametrize("raw", NO_CRITERIA.values(), ids=NO_CRITERIA)
def test_what_is_no_criteria_file_is_refused(code, raw: bytes) -> None:  # type: ignore[no-untyped-def]
    Path("criteria.yaml").write_bytes(raw)
    assert code("check", "criteria.yaml") == 1
    assert code("score", "criteria.yaml", "table.csv", "--out", "o.csv") == 1
    assert not Path("o.csv").exists()


@pytest.mark.parametrize("number", NO_NUMBERS, ids=lambda text: text[:8])
def test_what_is_no_number_is_refused(code, number: str) -> None:  # type: ignore[no-untyped-def]
    Path("criteria.yaml").write_text(CRITERIA.replace("    max: 10\n", f"    max: {number}\n"), encoding="utf-8")
    assert code("check", "criteria.yaml") == 1


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_refused(code, name: str) -> None:  # type: ignore[no-untyped-def]
    Path(name).write_bytes(NO_TABLES[name])
    assert code("score", "criteria.yaml", name, "--out", "o.csv") == 1
    assert not Path("o.csv").exists()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_endings_and_marks_of_every_system_are_read(code, ending: str, encoding: str) -> None:  # type: ignore[no-untyped-def]
    Path("criteria.yaml").write_bytes(CRITERIA.replace("\n", ending).encode(encoding))
    Path("table.csv").write_bytes(TABLE.replace("\n", ending).encode(encoding))
    assert code("check", "criteria.yaml") == 0
    assert code("score", "criteria.yaml", "table.csv") == 0


def test_a_workbook_called_csv_is_named(code) -> None:  # type: ignore[no-untyped-def]
    packed = io.BytesIO()
    workbook(Path("table.csv")).save(packed)
    Path("table.csv").write_bytes(packed.getvalue())
    assert code("score", "criteria.yaml", "table.csv") == 1


def test_workbooks_without_a_sheet_are_refused(code) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    book.create_chartsheet("c")
    book.remove(book.worksheets[0])
    book.save("table.xlsx")
    assert code("score", "criteria.yaml", "table.xlsx") == 1


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "@x", "-5", "a/b", "../x", '"', "\t", "x" * 5000])
def test_hostile_ids_do_no_harm(code, text: str) -> None:  # type: ignore[no-untyped-def]
    cell = '"' + text.replace('"', '""') + '"'
    Path("table.csv").write_text(TABLE.replace("X1,", f"{cell},", 1), encoding="utf-8")
    scored = code("score", "criteria.yaml", "table.csv", "--out", "o.csv")
    assert scored == int(not text.strip())
    assert scored or not any(
        line.startswith(("=", "+", "-", "@", '"='))
        for line in Path("o.csv").read_text(encoding="utf-8-sig").splitlines()
    )


@pytest.mark.parametrize(
    ("words", "wanted"), CALLS, ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else ""
)
def test_every_call_ends_in_an_exit_code(code, words: list[str], wanted: int) -> None:  # type: ignore[no-untyped-def]
    assert code(*words) == wanted
