"""LibreOffice computes the running self-score of filled forms; the engine computes it from what was collected: the same numbers."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.exact import show_decimal
from criteria.inputs import Input
from criteria.problems import errors
from records.assembly import assemble
from records.forms.collecting.collect import collect
from records.forms.issuing.issue import issue
from records.forms.layout import Layout
from records.ledger.entries import Entry
from records.rounds import load_rounds, open_round
from records.workspace.folder import Workspace
from scoring.engine import score
from scoring.result import CandidateResult
from tests.rounds.support import enter_body, new_workspace

SINGLE = {"a": "a-so-nganh.yaml", "b": "b-doan-the.yaml", "c": "c-xa-phuong.yaml", "d": "d-don-vi-truc-thuoc.yaml"}
BATCH = {"đ": ["f-doanh-nghiep.yaml"], "e": ["e1-can-bo.yaml", "e2-doi-tuong-khac.yaml"]}
OFFICIAL, OTHER = "cán bộ, công chức, viên chức, người lao động", "doanh nhân"


def soffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        assert not os.environ.get("CI"), "soffice is missing"
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


def entered(root: Path) -> Workspace:
    workspace = new_workspace(root)
    for number in (1, 2, 3):
        enter_body(workspace, f"B00{number}", name=f"Sở {number}", kind="sở/ban/ngành")
        enter_body(workspace, f"B04{number}", name=f"Hội {number}", kind="MTTQ & đoàn thể")
        enter_body(workspace, f"C00{number}", name=f"Xã {number}", kind="xã", province="Hưng Yên")
        enter_body(workspace, f"D00{number}", name=f"Trung tâm {number}", kind="đơn vị trực thuộc", parent="B001")
    for number in range(8):
        size = ("siêu nhỏ", "nhỏ", "vừa", "lớn")[number % 4]
        enter_body(workspace, f"DN{number}", name=f"Công ty {number}", kind="doanh nghiệp", size=size)
        kind = OFFICIAL if number % 2 else OTHER
        enter_body(workspace, f"N{number}", name=f"Người {number}", kind="cá nhân", parent="B001", sub_type=kind)
    entries = []
    for number in range(1, 7):
        entries.append(Entry(f"task:{number}", "content", f"Nhiệm vụ {number}"))
        entries.append(Entry(f"task:{number}", "leads", "B001" if number < 5 else "B002"))
        entries.append(Entry(f"task:{number}", "deadline", f"2026-0{number}-28"))
        entries.append(Entry(f"task:{number}", "units", "D001|D002"))
    entries += [Entry("index:dx_index/2026", "B001", "77.77"), Entry("index:dn_index/2026", "DN1", "3")]
    with workspace.database.writing() as writer:
        writer.append(entries)
    return workspace


def value_for(column: Input, chance: random.Random, most: float | None) -> Any:
    """Something a unit could type; None is an empty cell."""
    if chance.random() < 0.12:
        return None
    kind = column.kind.name
    if kind == "truth":
        return chance.choice(["có", "không"])
    if kind == "level":
        return chance.choice(column.kind.levels)
    if kind == "date":
        return date(2026, chance.randint(1, 12), 15)
    if column.grid is not None:
        assert isinstance(column.at_most, Fraction)
        steps = chance.randint(0, int(column.at_most / column.grid))
        return float(show_decimal(column.grid * steps, 4))
    if column.kind.percent:
        return chance.randint(0, 10000) / 100
    high = 40 if most is None else int(most)
    whole = chance.randint(min(1, high) if column.at_least == 1 else 0, high)
    steps = 10**column.decimals
    return whole if steps == 1 else (whole * steps + chance.randint(0, steps - 1)) / steps


def values_for(layout: Layout, chance: random.Random) -> dict[str, Any]:
    """By key, bounds between figures kept."""
    found: dict[str, Any] = {}
    for key, column in layout.inputs.items():
        other = found.get(f"measure:{column.at_most}") if isinstance(column.at_most, str) else None
        if isinstance(column.at_most, str) and other is None and f"measure:{column.at_most}" in layout.inputs:
            found[key] = None if f"measure:{column.at_most}" in found else value_for(column, chance, 3)
        else:
            found[key] = value_for(column, chance, other)
    return found


def claim_of(layout: Layout, values: dict[str, Any], chance: random.Random) -> str:
    """A criterion to claim, its own figures emptied."""
    criterion = chance.choice(layout.criterion_ids)
    for line in layout.lines:
        if line.key in values and line.node == criterion:
            values[line.key] = None
    return criterion


def sign(book: Any) -> None:
    sheet = book["Ky"]
    wanted = {
        "sign:version": 1,
        "sign:number": "5/BC",
        "sign:date": date(2026, 12, 20),
        "sign:compiled_by": "A",
        "sign:head": "B",
    }
    for cell in sheet["A"]:
        if cell.value in wanted:
            sheet.cell(cell.row, 3).value = wanted[cell.value]


def fill_single(path: Path, target: Path, layout: Layout, chance: random.Random) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Tu cham"]
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    values = values_for(layout, chance)
    criterion = claim_of(layout, values, chance)
    for key, value in values.items():
        sheet.cell(rows[key], 5).value = value
    sheet.cell(rows[f"node:{criterion}"], 8).value = "x"
    sheet.cell(rows[f"node:{criterion}"], 9).value = "Không có chức năng này"
    sign(book)
    book.save(target)


def fill_batch(path: Path, target: Path, layouts: list[Layout], chance: random.Random) -> None:
    book = openpyxl.load_workbook(path)
    claims = book["Khong ap dung"]
    place = min(cell.row for cell in claims["A"] if cell.value)
    for layout in layouts:
        sheet = book[layout.criteria.id]
        columns = {cell.value: cell.column for cell in sheet[1] if cell.value}
        for row in [cell.row for cell in sheet["A"] if cell.value]:
            values = values_for(layout, chance)
            if chance.random() < 0.5:
                claims.cell(place, 2).value = sheet.cell(row, 2).value
                claims.cell(place, 3).value = claim_of(layout, values, chance)
                claims.cell(place, 4).value = "Không thuộc diện"
                place += 1
            for key, value in values.items():
                sheet.cell(row, columns[key]).value = value
    sign(book)
    book.save(target)


def recalculated(folder: Path, out: Path) -> None:
    """Every workbook computed anew: openpyxl keeps no values beside formulas, so there is nothing else to read."""
    done = subprocess.run(
        [soffice(), "--headless", f"-env:UserInstallation=file://{out}/lo", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(out), *map(str, sorted(folder.rglob("*.xlsx")))],
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


def shown(result: CandidateResult, node: str, places: int, *, maximum: bool) -> str:
    if node:
        one = result.criteria[node]
        return show_decimal(one.maximum if maximum else one.points, places)
    return show_decimal(result.maximum if maximum else result.total, places)


def same(cell: Any, wanted: str, places: int) -> bool:
    """A number, or 0 points shown as KAD or nothing while something waits."""
    if cell in (None, "", "KAD"):
        return Fraction(wanted) == 0
    return show_decimal(Fraction(str(cell)), places) == wanted


def fill_round(workspace: Workspace, period: str, layouts: dict[str, Layout], folder: Path, seed: int) -> None:
    """Issue, fill and collect a whole round."""
    _, problems = issue(workspace, period)
    assert errors(problems) == []
    chance = random.Random(seed)
    folder.mkdir()
    for letter, file in SINGLE.items():
        for path in sorted(workspace.issued(period).glob(f"{letter}/*.xlsx")):
            fill_single(path, folder / f"{letter}-{path.name}", layouts[file], chance)
    for letter, files in BATCH.items():
        prefix = "f" if letter == "đ" else letter
        for path in sorted(workspace.issued(period).glob(f"{prefix}/*.xlsx")):
            fill_batch(path, folder / f"{prefix}-{path.name}", [layouts[file] for file in files], chance)
    assert errors(collect(workspace, period, folder).problems) == []


def test_running_scores_are_those_of_the_engine(tmp_path: Path) -> None:
    workspace = entered(tmp_path / "ws")
    open_round(workspace, "2025", date(2025, 11, 1), date(2025, 12, 1), "1/SNV", date(2025, 11, 1))
    layouts = {}
    for file in [*SINGLE.values(), *(file for files in BATCH.values() for file in files)]:
        criteria, _ = workspace.read_set(file)
        assert criteria is not None
        layouts[file] = Layout(criteria, ("tasks",))
    fill_round(workspace, "2025", layouts, tmp_path / "2025", 5)
    fill_round(workspace, "2026", layouts, tmp_path / "2026", 6)
    out = tmp_path / "out"
    out.mkdir()
    recalculated(tmp_path / "2026", out)
    compared = 0
    for letter, file in [*SINGLE.items(), *((letter, file) for letter, files in BATCH.items() for file in files)]:
        made, problems = assemble(workspace, load_rounds(workspace)["2026"], letter, file)
        assert made is not None and made.previous is not None, problems
        before = made.previous_items or None
        result = score(made.criteria, made.table, made.items, made.previous, previous_items=before, period="2026")
        for candidate in made.candidates:
            compared += compare(out, letter, layouts[file], result.candidate(candidate.id))
    assert compared > 700


def compare(out: Path, letter: str, layout: Layout, result: CandidateResult) -> int:
    """Every node that the form shows, points and maximum in force; how many were compared."""
    places, nodes = layout.criteria.places, ["", *(node.id for node in layout.criteria.printed_nodes())]
    wrong = []
    if letter in SINGLE:
        (path,) = out.glob(f"{letter}-{result.id}-*.xlsx")
        sheet = openpyxl.load_workbook(path, data_only=True)["Tu cham"]
        rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
        rows["node:"] = next(cell.row for cell in sheet["C"] if cell.value == "TỔNG ĐIỂM TỰ CHẤM")
        cells = {node: (sheet.cell(rows[f"node:{node}"], 7), sheet.cell(rows[f"node:{node}"], 11)) for node in nodes}
    else:
        (path,) = out.glob(f"{'f' if letter == 'đ' else letter}-*.xlsx")
        sheet = openpyxl.load_workbook(path, data_only=True)[layout.criteria.id]
        row = next(cell.row for cell in sheet["A"] if cell.value == f"candidate:{result.id}")
        total = next(
            cell.column for line in sheet.iter_rows(max_row=row) for cell in line if cell.value == "Điểm tự chấm"
        )
        points = {node: total + 1 + number for number, node in enumerate(nodes)} | {"": total}
        maxima = {node: total + 1 + len(nodes) + number for number, node in enumerate(nodes)}
        cells = {node: (sheet.cell(row, points[node]), sheet.cell(row, maxima[node])) for node in nodes}
    for node, (earned, most) in cells.items():
        for cell, maximum in ((earned, False), (most, True)):
            wanted = shown(result, node, places, maximum=maximum)
            if not same(cell.value, wanted, places):
                wrong.append((result.id, node, "tối đa" if maximum else "điểm", cell.value, wanted))
    assert wrong == []
    return 2 * len(nodes)


def test_an_issued_form_says_what_a_spreadsheet_computes(tmp_path: Path) -> None:
    """The values cached in forms nobody has filled in are those LibreOffice computes."""
    workspace = entered(tmp_path / "ws")
    issue(workspace, "2026")
    bare, out = tmp_path / "bare", tmp_path / "out"
    bare.mkdir()
    out.mkdir()
    paths = [next(workspace.issued("2026").glob(name)) for name in ("a/B001*", "b/B041*", "d/D001*", "e/*", "f/*")]
    for path in paths:
        openpyxl.load_workbook(path).save(bare / f"{path.parent.name}-{path.name}")
    recalculated(bare, out)
    compared = 0
    for path in paths:
        formulas, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        computed = openpyxl.load_workbook(out / f"{path.parent.name}-{path.name}", data_only=True)
        for sheet in formulas:
            for cell in (cell for line in sheet for cell in line if cell.data_type == "f"):
                pair = cached[sheet.title][cell.coordinate].value, computed[sheet.title][cell.coordinate].value
                assert plain(pair[0]) == plain(pair[1]), (path.name, sheet.title, cell.coordinate, cell.value)
                compared += 1
    assert compared > 500


def plain(value: Any) -> Any:
    """Nothing and an empty text are the same; numbers to four places."""
    return show_decimal(Fraction(str(value)), 4) if isinstance(value, int | float) else value or ""
