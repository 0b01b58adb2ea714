"""The demonstration: seeded, complete, stamped everywhere; its workbooks open elsewhere and say the same numbers."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.support.command import thidua

STAMP = "SỐ LIỆU MINH HỌA"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    outcome = thidua("demo", home)
    assert outcome.code == 0 and STAMP in outcome.out
    return home


def test_every_group_has_its_results(folder: Path) -> None:
    sets = [path for path in folder.glob("*/*") if path.is_dir()]
    assert len(sets) == 7
    for home in sets:
        assert {"so-lieu.xlsx", "ket-qua.xlsx", "ket-qua.csv", "ket-qua.json", "giai-thich.txt"} <= {
            path.name for path in home.iterdir()
        }


def test_every_file_and_sheet_says_so(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(path):
                texts = [str(cell.value) for line in sheet.iter_rows() for cell in line]
                assert any(STAMP in text for text in texts), (path, sheet.title)
                assert STAMP in (sheet.oddFooter.left.text or ""), (path, sheet.title)
        elif path.is_file():
            assert STAMP in path.read_text(encoding="utf-8"), path
    for path in folder.rglob("giai-thich.txt"):
        assert all(STAMP in page for page in path.read_text(encoding="utf-8").split("─" * 80))


def test_same_seed_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert thidua("demo", tmp_path).code == 0
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(folder)).read_bytes(), path
    other = tmp_path / "other"
    assert thidua("demo", other, "--seed", "7").code == 0
    one = next(other.rglob("a-so-nganh/ket-qua.csv"))
    assert one.read_bytes() != (folder / one.relative_to(other)).read_bytes()


def test_states_of_every_kind_occur(folder: Path) -> None:
    """A newcomer sees scored, missing and not applicable, ranks and grades."""
    seen: set[str] = set()
    for path in folder.rglob("ket-qua.json"):
        for candidate in json.loads(path.read_text(encoding="utf-8"))["candidates"]:
            seen |= {c["state"] for c in candidate["criteria"].values()}
            seen |= {
                f"grade:{bool(candidate['grade'])}",
                f"rank:{bool(candidate['rank'])}",
                f"gated:{bool(candidate['gates'])}",
            }
    assert {
        "scored",
        "no_evidence",
        "not_applicable",
        "open",
        "grade:True",
        "grade:False",
        "rank:True",
        "rank:False",
        "gated:True",
    } <= seen


def test_no_file_may_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    assert thidua("demo", tmp_path / "x").code == 1


@pytest.fixture(scope="module")
def office() -> str:
    """LibreOffice; without it the test is skipped, in CI it fails."""
    found = shutil.which("soffice")
    if found is None:
        assert not os.environ.get("CI"), "soffice is missing"
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


def test_libreoffice_reads_the_same_numbers(office: str, folder: Path, tmp_path: Path) -> None:
    """The ranking sheet, opened by another program, holds the totals of the JSON."""
    home = next(folder.rglob("c-xa-phuong"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [
            office,
            profile,
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false",
            "--outdir",
            str(tmp_path),
            str(home / "ket-qua.xlsx"),
        ],
        check=False,
        capture_output=True,
        timeout=180,
    )
    made = tmp_path / "ket-qua.csv"
    assert made.is_file()
    lines = list(csv.reader(made.open(encoding="utf-8")))
    head = next(n for n, line in enumerate(lines) if line and line[0] == "Hạng")
    found = {line[1]: (line[4], line[7]) for line in lines[head + 1 :] if len(line) > 7 and line[1]}
    document = json.loads((home / "ket-qua.json").read_text(encoding="utf-8"))
    expected = {c["id"]: (str(float(c["total"])).removesuffix(".0"), c["grade"] or "") for c in document["candidates"]}
    assert found == expected


def test_workbooks_carry_no_date_of_today(folder: Path) -> None:
    for path in folder.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as package:
            assert b"2025-01-01T00:00:00Z" in package.read("docProps/core.xml")
            assert {info.date_time[0] for info in package.infolist()} == {1980}
