"""The ranking workbook: every number it shows is the engine's, and LibreOffice computes the same ones from its formulas."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from criteria.exact import show_decimal
from criteria.loading import read_set
from criteria.problems import ProblemsFound
from reports.ranking.workbook import ranking_workbook
from reports.result_rows import SHARE_PLACES
from reports.workbook_header import RankingHeader
from scoring.result import Result
from tests import strategies
from tests.rounds.support import MOVEMENT, SECOND
from tests.support.agreement import engine
from thidua.demonstration.generator import illustrate
from thidua.demonstration.tables import table_workbook
from thidua.scoring_run import Run, carry_out

HEADER = RankingHeader("Phong trào thử", "năm 2026", "TỈNH THỬ", group="Nhóm a: thử", stage="tự chấm")
SETS = [
    *(MOVEMENT / f"{name}.yaml" for name in ("a-so-nganh", "b-doan-the", "c-xa-phuong", "d-don-vi-truc-thuoc")),
    *(MOVEMENT / f"{name}.yaml" for name in ("e1-can-bo", "e2-doi-tuong-khac", "f-doanh-nghiep")),
    SECOND / "ap.yaml",
]
RECEIPT = {"Phần mềm": "thidua"}


def scored(file: Path, home: Path, count: int = 24, seed: int = 1) -> Result:
    """A set scored with illustrative data."""
    criteria, _ = read_set(file)
    assert criteria is not None
    made = illustrate(criteria, seed, 2026, count)
    paths = {"": home / "table.xlsx", "before": home / "before.xlsx", **{n: home / f"{n}.xlsx" for n in made.items}}
    rows = {"": made.table, "before": made.previous or [], **made.items}
    for name, path in paths.items():
        path.write_bytes(table_workbook(rows[name], {}))
    items = {name: str(paths[name]) for name in made.items}
    result, problems, _ = carry_out(Run(file, paths[""], items, paths["before"], period="2026"))
    assert result is not None, problems
    return result


def office() -> str:
    """LibreOffice; without it the test is skipped, in CI it fails."""
    found = shutil.which("soffice")
    if found is None:
        assert not os.environ.get("CI"), "soffice is missing"
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


def recalculated(books: dict[str, bytes], home: Path) -> dict[str, bytes]:
    """The workbooks without their cached values, computed anew by LibreOffice."""
    program, bare, done = office(), home / "bare", home / "done"
    bare.mkdir()
    done.mkdir()
    for name, content in books.items():
        openpyxl.load_workbook(io.BytesIO(content)).save(bare / f"{name}.xlsx")  # formulas only
        columns, rows = table(openpyxl.load_workbook(bare / f"{name}.xlsx", data_only=True), "Xep hang")
        assert rows and all(row[columns["Tổng điểm"]] is None for row in rows)
    profile = f"-env:UserInstallation=file://{home / 'profile'}"
    files = [str(bare / f"{name}.xlsx") for name in books]
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(done), *files]
    subprocess.run(command, check=False, capture_output=True, timeout=600)
    return {name: (done / f"{name}.xlsx").read_bytes() for name in books}


def table(book: Any, sheet: str) -> tuple[dict[str, int], list[list[Any]]]:
    """The columns of a sheet by heading, and the rows that are about a candidate."""
    rows = [[cell.value for cell in line] for line in book[sheet].iter_rows()]
    head = next(n for n, row in enumerate(rows) if "Mã" in row)
    columns = {str(text): place for place, text in enumerate(rows[head]) if text}
    ident = columns["Mã"]
    name = columns["Đối tượng"]
    return columns, [row for row in rows[head + 1 :] if row[ident] and row[name] != "Điểm tối đa"]


def wrong_numbers(result: Result, content: bytes) -> list[str]:
    """Every number of the three sheets that is not what the engine says."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    found: list[str] = []
    places = result.set.places
    exact = result.set.declaration.points.round_at == "leaf"

    def compare(where: str, cell: Any, value: Fraction, decimals: int = places, whole: bool = True) -> None:
        if not isinstance(cell, int | float):
            found.append(f"{where}: {cell!r}, engine {value}")
        elif exact and whole and Fraction(str(round(cell, 12))) != Fraction(show_decimal(value, decimals)):
            found.append(f"{where}: {cell!r}, engine {show_decimal(value, decimals)}")
        elif abs(cell - value) > 10**-9 and Fraction(str(round(cell, decimals))) != Fraction(
            show_decimal(value, decimals)
        ):
            found.append(f"{where}: {cell!r}, engine {value}")

    columns, rows = table(book, "Xep hang")
    assert sorted(str(row[columns["Mã"]]) for row in rows) == sorted(result.ids)
    parts = {
        part.id: place
        for part in result.set.declaration.parts
        for text, place in columns.items()
        if text.split("\n")[0] == part.id
    }
    assert set(parts) == {part.id for part in result.set.declaration.parts}
    for row in rows:
        c = result.candidate(str(row[columns["Mã"]]))
        compare(f"{c.id} tổng", row[columns["Tổng điểm"]], c.total)
        compare(f"{c.id} tối đa", row[columns["Tối đa đang áp dụng"]], c.maximum)
        share = row[columns["Tỷ lệ đạt"]]
        if c.share is None:
            found += [f"{c.id} tỷ lệ: {share!r}"] if share else []
        else:
            compare(f"{c.id} tỷ lệ", share, c.share, SHARE_PLACES)
        rank = row[columns["Hạng (số)"]]
        if (rank or None) != c.rank:
            found.append(f"{c.id} hạng: {rank!r}, engine {c.rank}")
        shown = "–" if c.rank is None else f"{c.rank} (đồng hạng)" if c.tied else str(c.rank)
        if str(row[columns["Thứ hạng"]]) != shown:
            found.append(f"{c.id} thứ hạng: {row[columns['Thứ hạng']]!r}, engine {shown}")
        for part, place in parts.items():
            if c.criteria[part].state in ("scored", "open") or isinstance(row[place], int | float):
                compare(f"{c.id} {part}", row[place], c.criteria[part].points)
    for sheet in ("Diem", "Toi da"):
        columns, rows = table(book, sheet)
        assert len(rows) == result.size
        for row in rows:
            c = result.candidate(str(row[columns["Mã"]]))
            for criterion in c.criteria.values():
                cell = row[columns[criterion.id]] if criterion.id in columns else "missing column"
                if sheet == "Diem" and (criterion.state in ("scored", "open") or criterion.points):
                    compare(f"{c.id} {criterion.id}", cell, criterion.points)
                elif sheet == "Diem" and criterion.kind in ("leaf", "part"):
                    words = {"not_applicable": "KAD", "no_evidence": "chưa có", "undefined": "chưa rõ"}
                    words |= {"needs_judgement": "chờ chấm", "not_assessed": "không xét"}
                    words |= {"not_verified": "chưa TĐ", "returned": "trả lại", "closed": "đóng"}
                    if cell != words[criterion.state]:
                        found.append(f"{c.id} {criterion.id}: {cell!r}, state {criterion.state}")
                elif sheet == "Toi da" and criterion.kind in ("leaf", "part"):
                    compare(f"{c.id} tối đa {criterion.id}", cell, criterion.maximum)
            name = "Tổng điểm" if sheet == "Diem" else "Tổng tối đa"
            compare(f"{c.id} {name}", row[columns[name]], c.total if sheet == "Diem" else c.maximum)
    return found


def live(content: bytes, sheet: str) -> tuple[int, int]:
    """How many numbers of the total are formulas, and of how many."""
    columns, rows = table(openpyxl.load_workbook(io.BytesIO(content)), sheet)
    cells = [row[columns["Tổng điểm" if sheet == "Diem" else "Tổng tối đa"]] for row in rows]
    return sum(str(cell).startswith("=") for cell in cells), len(cells)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Result, bytes]]:
    """Every set of the catalogue and of the second movement."""
    found = {}
    for file in SETS:
        result = scored(file, tmp_path_factory.mktemp(file.stem))
        found[file.stem] = result, ranking_workbook(result, HEADER, RECEIPT)
    return found


def test_every_printed_number_is_the_engines(catalog: dict[str, tuple[Result, bytes]]) -> None:
    for name, (result, content) in catalog.items():
        assert wrong_numbers(result, content) == [], name


def test_libreoffice_computes_the_same(catalog: dict[str, tuple[Result, bytes]], tmp_path: Path) -> None:
    made = recalculated({name: content for name, (_, content) in catalog.items()}, tmp_path)
    for name, (result, _) in catalog.items():
        assert wrong_numbers(result, made[name]) == [], name


def test_the_catalogue_shows_every_situation(catalog: dict[str, tuple[Result, bytes]]) -> None:
    """The comparison above meets ties, failed gates, what is missing and what does not apply, and several pools."""
    candidates = [(result, result.at(row)) for result, _ in catalog.values() for row in range(result.size)]
    states = {criterion.state for _, c in candidates for criterion in c.criteria.values()}
    assert {"scored", "open", "no_evidence", "not_applicable"} <= states
    assert any(c.tied for _, c in candidates) and any(c.eligible is False for _, c in candidates)
    assert any(len(set(result.pools)) > 2 for result, _ in catalog.values())


def test_totals_of_the_catalogue_are_formulas(catalog: dict[str, tuple[Result, bytes]]) -> None:
    for name, (_, content) in catalog.items():
        for sheet in ("Diem", "Toi da"):
            formulas, cells = live(content, sheet)
            assert formulas == cells, (name, sheet)


def test_parts_of_the_catalogue_are_formulas(catalog: dict[str, tuple[Result, bytes]]) -> None:
    """A wrong formula would be found out by the program and stand there as a value: so none may."""
    found = 0
    for name, (result, content) in catalog.items():
        parts = [node_id for node_id, kind in result.printed if kind == "part"]
        found += len(parts)
        for sheet in ("Diem", "Toi da"):
            columns, rows = table(openpyxl.load_workbook(io.BytesIO(content)), sheet)
            cells = [row[columns[part]] for row in rows for part in parts]
            assert not [cell for cell in cells if isinstance(cell, int | float)], (name, sheet)
    assert found > 10


def test_random_sets(tmp_path: Path) -> None:
    """Sets of every construct: what a formula says is the engine's number, what it cannot say is a value."""
    books: dict[str, tuple[Result, bytes]] = {}
    options = settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @options
    @given(strategies.cases())
    def sets(case: Any) -> None:
        collect(case)

    @options
    @given(strategies.rank_cases())
    def ranks(case: Any) -> None:
        collect(case)

    def collect(case: Any) -> None:
        try:
            result = engine(case)
        except ProblemsFound:
            return
        content = ranking_workbook(result, HEADER, RECEIPT)
        assert wrong_numbers(result, content) == [], case.yaml
        books[f"case-{len(books)}"] = result, content

    sets()
    ranks()
    assert len(books) > 20
    made = recalculated({name: content for name, (_, content) in books.items()}, tmp_path)
    wrong = {name: found for name, (result, _) in books.items() if (found := wrong_numbers(result, made[name]))}
    assert wrong == {}
    counted = [live(content, "Diem") for _, content in books.values()]
    assert 5 * sum(formulas for formulas, _ in counted) > 4 * sum(cells for _, cells in counted)
