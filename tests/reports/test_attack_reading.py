"""What people read, attacked: nothing is stored, hostile text stays text, wrong options and broken files are told in Vietnamese."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from records.forms.answers import EvidenceItem
from records.models.collecting import collect_models
from records.models.columns import TITLES
from records.models.form import issue_model_form
from records.models.register import models
from records.persons.files import files_about
from records.scored.editions import read_edition
from records.scored.what_if import what_if
from records.tables.sheets import read_sheet
from records.workspace.folder import open_workspace
from tests.rounds.life_support import COMMUNE, act, communes, hand_in, verify_all
from tests.rounds.mutations import changed_parts, mutations
from tests.rounds.support import enter_body, new_workspace
from tests.support.command import Outcome, thidua

SET = "tb-c-xa-phuong"
DRAFT = "c-xa-phuong.yaml"
DIFF = ("criteria", "diff", SET, SET)
READING = {
    "what if": ("whatif", "2026", "--set", "X1.files_online=500"),
    "reach": ("reach", "2026", "X1"),
    "disputed": ("report", "disputed", "2026"),
    "gap": ("report", "gap", "2026"),
    "coverage": ("report", "coverage", "2026"),
    "page": ("report", "page", "2026"),
    "page of an occasion": ("report", "page", "so-ket-2027"),
    "year": ("report", "year", "2026"),
    "summary": ("report", "summary", "so-ket-2027"),
    "section": ("report", "section", "2026"),
    "statistics": ("report", "statistics", "2026"),
    "models": ("report", "models", "2026"),
    "diff": (*DIFF, "--on", "2026", "--draws", "20"),
    "diff on paper": (*DIFF, "--on", "2026", "--draws", "20", "--out", "{root}/ket-qua/thu.xlsx"),
    "print": ("criteria", "print", SET),
}
HOSTILE = (
    "</script><script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "+1+1",
    "-1|cmd",
    "@SUM(1)",
    "{{ 7*7 }} {% if %} <w:r/>",
    "x\u2028y\u2029z",
    "\u202egnpj.exe",
    "a\x00b\x1b[31mc\x07\nd\re",
    "\ue000\uf8ff",
    "../../etc",
    "CON",
    'a/b\\c:d*?"<>|',
    "&amp; ]]>",
    "\ufffe\uffff",
    "dài " * 300,
)
PLAIN = ("chữ",) * len(HOSTILE)
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MODEL = {
    "unit": "X1",
    "kind": "mô hình",
    "name": "Tổ công nghệ số",
    "tags": "noi-dung-3",
    "summary": "Mỗi thôn một tổ.",
    "result": "Tăng.",
    "document": "12/BC-UBND",
    "document_day": date(2026, 6, 5),
    "issuer": "UBND xã",
    "since": date(2026, 1, 10),
    "public": "có",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three communes; X1 waits for two criteria. Only to be read or copied."""
    workspace = communes(tmp_path_factory.mktemp("đọc") / "w", 3)
    verify_all(workspace, "X1", leave=("C1", "C2.mot-cua", "C3.place"))
    verify_all(workspace, "X2", "X3", leave=("C3.place",))
    workspace.close()
    return workspace.root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def on(root: Path, *words: str | Path) -> Outcome:
    done = thidua("-C", root, *words)
    assert "LỖI của phần mềm" not in done.err, done.err
    return done


def state(root: Path) -> dict[str, str]:
    """The content of every file outside the folder of results."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.relative_to(root).parts[0] != "ket-qua"
    }


@pytest.mark.parametrize("name", READING)
def test_reading_and_asking_store_nothing(root: Path, name: str) -> None:
    before = state(root)
    done = on(root, *(word.format(root=root) for word in READING[name]))
    assert done.code == 0, done.err
    assert state(root) == before and "so-lieu.sqlite" in before


# --- hostile text --------------------------------------------------------------------------------------------------


def written_by_units(root: Path, texts: tuple[str, ...]) -> Path:
    """A round in which these texts stand wherever units, verifiers and lists write, put in past every reader."""
    workspace = new_workspace(root)
    turn = [*texts, *texts]
    for number in range(len(texts)):
        here = turn[number:]
        unit = f"X{number + 1}"
        enter_body(workspace, unit, name=f"{here[0]} {number}", kind="xã", pool=here[1], head=here[2], note=here[3])
        items = [
            EvidenceItem("C2.mot-cua", here[4][:200], "2026-10-03", here[5], here[6]),
            EvidenceItem("C1", here[7][:200], "2026-10-03", here[8], here[9], restricted=True),
        ]
        hand_in(workspace, unit, SET, COMMUNE, evidence=items, claims={"C2.van-ban": here[10]})
    verify_all(workspace, *(f"X{number}" for number in range(3, len(texts) + 1)), leave=("C3.place",))
    assert act(workspace, "X1", "C1", "send_back", reason=f"lý do {texts[8]}") == []
    workspace.close()
    return workspace.root


def told_and_made(root: Path) -> tuple[str, dict[str, Path]]:
    """What every command prints; the files it makes, by their place."""
    said = ""
    for words in READING.values():
        done = on(root, *(word.format(root=root) for word in words))
        assert done.code == 0, (words, done.err)
        said += done.out + done.err
    return said, {path.name: path for path in sorted((root / "ket-qua").rglob("*")) if path.is_file()}


def formulas(path: Path) -> list[tuple[str, str, str]]:
    book = openpyxl.load_workbook(path)
    cells = ((sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row)
    return [(title, cell.coordinate, str(cell.value)) for title, cell in cells if cell.data_type == "f"]


def test_hostile_text_stays_text_in_everything_people_read(tmp_path: Path) -> None:
    said, files = told_and_made(written_by_units(tmp_path / "hostile", HOSTILE))
    _, plain = told_and_made(written_by_units(tmp_path / "plain", PLAIN))
    assert not _OBEYED.search(said)
    for name, path in files.items():
        if path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            assert text.count("<script") == plain[name].read_text(encoding="utf-8").count("<script")
            assert "alert(1)" in text and not re.search("[\u2028\u2029\u202e]", text)
        if path.suffix == ".xlsx":
            assert formulas(path) == formulas(plain[name]), name
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as package:
                for part in package.namelist():
                    if part.endswith((".xml", ".rels")):
                        etree.fromstring(package.read(part))
    sections = [name for name in files if re.fullmatch(r"X[0-9]+-.*\.docx", name)]
    assert len(sections) == len(HOSTILE) and all(re.fullmatch(r"[\w-]{1,120}\.docx", name) for name in sections)


def test_marks_that_turn_text_round_do_not_come_in(root: Path, tmp_path: Path) -> None:
    workspace, _ = open_workspace(root, "Hoa")
    assert workspace is not None
    book = model_book(workspace.root, tmp_path / "m.xlsx", {**MODEL, "name": "ảnh \u202egnpj.exe\u2066"})
    run = collect_models(workspace, book, date(2026, 12, 20))
    assert run.problems == [] and [one.name for one in models(workspace)] == ["ảnh gnpj.exe"]
    workspace.close()


# --- broken workbooks ----------------------------------------------------------------------------------------------


def model_book(root: Path, path: Path, *rows: dict[str, object]) -> Path:
    workspace, _ = open_workspace(root, "Hoa")
    assert workspace is not None
    assert issue_model_form(workspace, path, replace=True) == []
    workspace.close()
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, 2):
        for column, name in enumerate(TITLES, 1):
            book.worksheets[0].cell(number, column).value = row.get(name)  # type: ignore[assignment]
    book.save(path)
    return path


def test_a_mutated_workbook_of_models_enters_all_or_nothing(root: Path, tmp_path: Path) -> None:
    good = model_book(root, tmp_path / "m.xlsx", MODEL, {**MODEL, "unit": "X2"}).read_bytes()
    workspace, _ = open_workspace(root, "Hoa")
    assert workspace is not None
    refused = 0
    for what, raw in mutations(good, 40, 3):
        (tmp_path / "m.xlsx").write_bytes(raw)
        before = workspace.database.last_entry()
        run = collect_models(workspace, tmp_path / "m.xlsx", date(2026, 12, 20))
        wrong = any(one.severity == "error" for one in run.problems)
        assert not (wrong and workspace.database.last_entry() != before), what
        refused += wrong
    assert 5 <= refused < 40
    workspace.close()


def test_a_style_that_names_a_format_the_file_lacks_is_a_broken_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["mã", "điểm"])
    sheet.append(["X1", 0.5])
    sheet["B2"].number_format = "0.000%"
    book.save(tmp_path / "t.xlsx")

    def lost(name: str, content: bytes) -> bytes:
        return (
            re.sub(rb'<xf numFmtId="1[0-9]{2}"', b'<xf numFmtId="562"', content) if name == "xl/styles.xml" else content
        )

    path = tmp_path / "hong.xlsx"
    path.write_bytes(changed_parts((tmp_path / "t.xlsx").read_bytes(), lost))
    sheet_read, problems = read_sheet(path)
    assert sheet_read is None and [one.code for one in problems] == ["file-unreadable"]


# --- wrong options -------------------------------------------------------------------------------------------------


def test_what_is_supposed_does_not_depend_on_the_order_it_is_written_in(made: Path) -> None:
    workspace, _ = open_workspace(made, "Hoa")
    assert workspace is not None
    texts = ["X2.C1=không áp dụng", "X2.dx_done=3"]
    totals = []
    for order in (texts, texts[::-1]):
        found, problems = what_if(workspace, "2026", order)
        assert found is not None, problems
        totals.append(found.sets[0].after.candidate("X2").total)
        assert found.sets[0].after.candidate("X2").criteria["C1"].state == "not_applicable"
        assert ("tiêu chí C1 được giả định “không áp dụng”",) in [one.notes for one in found.sets[0].applied]
    assert totals[0] == totals[1]
    workspace.close()


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        (("report", "page", "2026", "--out"), ".html"),
        (("criteria", "print", SET, "--replace", "--out"), ".docx"),
        (("model", "form", "--replace", "--out"), ".xlsx"),
    ],
)
def test_the_database_is_not_written_over(root: Path, words: tuple[str, ...], ending: str) -> None:
    before = state(root)
    done = on(root, *words, root / "so-lieu.sqlite")
    assert done.code == 1 and "LỖI output" in done.err and ending in done.err
    assert state(root) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "statistics", "linh tinh"), "YEAR: viết một số nguyên từ 2000 đến 2999."),
        (("reach", "2026", "X1", "--most", "0"), "--most: viết một số nguyên từ 1 đến 10."),
        ((*DIFF, "--seed", "abc"), "--seed: viết một số nguyên."),
        (("report", "gap", "2026", "--least", "0"), "--least: viết một số nguyên từ 1."),
        (("report", "gap", "2026", "--out", "{root}"), "--out: {root} là một thư mục, cần một tệp."),
        (("report", "models", "--out", "{root}/so-lieu.sqlite"), "--out: {root}/so-lieu.sqlite là một tệp"),
        (
            ("report", "year", "2026", "--on", "31/12/9999"),
            "--on: Năm 9999 không dùng được; viết năm từ 1900 đến 2999.",
        ),
    ],
)
def test_usage_is_told_in_vietnamese(root: Path, words: tuple[str, ...], said: str) -> None:
    done = on(root, *(word.format(root=root) for word in words))
    assert done.code == 2 and said.format(root=root) in done.err, done.err


@pytest.mark.parametrize("period", [" 2026 ", "2026\n"])
def test_a_pasted_period_has_no_blanks(root: Path, period: str) -> None:
    assert on(root, "report", "models", period).code == 0
    assert on(root, "criteria", "print", SET, "--period", period).code == 0
    assert [path.name for path in (root / "ket-qua").iterdir() if path.is_dir()] == ["2026"]


def test_an_occasion_that_is_not_open_is_no_round_to_open(root: Path) -> None:
    for words in (
        ("report", "disputed", "OCCASION"),
        ("report", "gap", "2026", "OCCASION"),
        ("reach", "OCCASION", "X1"),
    ):
        done = on(root, *(word.replace("OCCASION", "so-ket-2027") for word in words))
        assert done.code == 1 and "gộp kết quả đã chốt của các kỳ 2025, 2026, 2027-h1" in done.err, done.err


def test_both_unknown_sets_are_named(root: Path) -> None:
    done = on(root, "criteria", "diff", "khong-co", "cung-khong")
    assert done.code == 1 and "“khong-co”" in done.err and "“cung-khong”" in done.err


def _bare(root: Path, to: Path) -> Path:
    return Path(shutil.copy(root / "phong-trao" / DRAFT, to / DRAFT))


def _no_measure(root: Path, to: Path) -> Path:
    path = _bare(root, to)
    path.write_text(path.read_text(encoding="utf-8").replace("max: 33.34", "max: nhiều"), encoding="utf-8")
    return path


@pytest.mark.parametrize(("draft", "more"), [(_bare, 0), (_no_measure, 1)])
def test_a_draft_without_its_documents_is_told_where_to_lie(
    root: Path, tmp_path: Path, draft: Callable[[Path, Path], Path], more: int
) -> None:
    path = draft(root, tmp_path)
    bound, problems = read_edition(path)
    assert bound is None and len(problems) == 1 + more, [one.text() for one in problems]
    assert "documents.yaml" in problems[0].message and "phong-trao" in problems[0].hint
    done = on(root, "criteria", "print", path, "--out", tmp_path / "x.docx")
    assert done.code == 1 and "phong-trao của thư mục làm việc" in done.err and "kh-phong-trao" not in done.err


def test_a_workspace_of_before_says_how_to_get_the_template(root: Path) -> None:
    for words, name in ((("year", "2026"), "bao-cao-nam"), (("section", "2026"), "phan-bao-cao")):
        (root / "phong-trao" / "mau" / f"{name}.docx").unlink()
        done = on(root, "report", *words)
        assert done.code == 1 and f"thidua templates copy {name}" in done.err
        assert on(root, "templates", "copy", name).code == 0
        assert on(root, "report", *words).code == 0


def test_who_is_named_only_in_the_packed_part_of_a_page_is_found(root: Path) -> None:
    workspace, _ = open_workspace(root, "Hoa")
    assert workspace is not None
    assert act(workspace, "X1", "C1", "send_back", reason="Hỏi lại bà Trần Thị Ẩn Danh") == []
    workspace.close()
    assert on(root, "report", "page", "2026").code == 0
    page = root / "ket-qua" / "2026" / "trang-kiem-tra.html"
    found = [one.path for one in files_about(root, "E99", ["Trần Thị Ẩn Danh"], {})]
    assert ("Ẩn Danh" in page.read_text(encoding="utf-8")) is False and found == ["ket-qua/2026/trang-kiem-tra.html"]
