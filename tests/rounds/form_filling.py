"""A small movement whose forms hold every kind of cell, and a hand that fills forms in the way units do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from criteria.problems import errors
from records.forms.collecting.collect import Collected, collect
from records.forms.issuing.issue import issue
from records.forms.layout import SHEETS
from records.ledger.database import Submission
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from tests.rounds.support import enter_body, new_workspace
from tests.rounds.workbook_support import save, wrong_cells

_MOVEMENT = """\
id: thu-bieu
name: "Thu biểu"
period: {from: 2025, to: 2030}
issuing_plan: kh
status: trial
groups:
  - {letter: a, name: "Đơn vị", sets: [don.yaml]}
  - {letter: e, name: "Cá nhân", sets: [nguoi.yaml], batch: parent}
bodies: [{id: ban, name: "Ban"}]
body_kinds: [{name: "đơn vị", group: a}, {name: "người", group: e}]
registers: [tasks]
"""
_DOCUMENTS = 'documents:\n  - {id: kh, document: "Kế hoạch", number: "1/KH", date: 2025-02-03, issuer: "Tỉnh"}\n'
_HEAD = """\
criteria_set: {id}
title: "{title}"
group: {group}
valid_from: 2025-01-01
valid_to: 2030-12-31
status: decided
bases: [kh]
clause: {{basis: kh, place: "Điều 2"}}
verified_by: ban
points: {{places: 1, max: {max}}}
"""
_SINGLE = """\
measures:
  due: {label: "Văn bản phải ban hành", unit: văn bản}
  done: {label: "Văn bản đã ban hành", unit: văn bản, at_most: due}
  rate: {label: "Tỷ lệ hồ sơ", unit: "%", decimals: 2, at_least: 0, at_most: 100}
  plan: {label: "Đã có kế hoạch", type: yes_no}
  class: {label: "Xếp loại", levels: [yếu, khá, tốt]}
  signed: {label: "Ngày ban hành", type: date}
  money: {label: "Vốn", unit: tỷ đồng, decimals: 3}
tables:
  tasks:
    label: "Sổ nhiệm vụ"
    key: task
    columns: {late: {label: "Trễ hạn", type: yes_no, default: no}}
  courses:
    label: "Lớp tập huấn"
    key: course
    columns:
      held: {label: "Ngày mở", type: date}
      people: {label: "Người học", unit: người}
tree:
  - id: S1
    text: "Văn bản"
    children:
      - {id: S1.1, text: "Ban hành đủ", max: 10, linear: {of: done / due, when_zero: not_applicable}}
      - {id: S1.2, text: "Tỷ lệ", max: 10, linear: {of: rate, to: 100%}}
      - {id: S1.3, text: "Có kế hoạch", max: 5, full: plan}
  - {id: S2, text: "Xếp loại", max: 5, levels: {of: class, points: {yếu: 0, khá: 3, tốt: 5}}}
  - {id: S3, text: "Kịp thời", max: 5, full: "signed <= 2026-06-30"}
  - {id: S4, text: "Vốn", max: 5, count: money, each: 1}
  - {id: S5, text: "Sáng tạo", max: 5, given: {grid: 0.5}}
  - {id: S6, text: "Tập huấn", max: 5, count: courses.sum(people), each: 0.1}
"""
_BATCH = """\
measures:
  ideas: {label: "Sáng kiến", unit: sáng kiến}
  used: {label: "Sáng kiến đã áp dụng", unit: sáng kiến, at_most: ideas}
  labour: {label: "Ngày công", unit: ngày}
tree:
  - {id: N1, text: "Sáng kiến", max: 10, linear: {of: used / ideas, when_zero: not_applicable}}
  - {id: N2, text: "Ngày công", max: 10, count: labour, each: 1}
"""
SIGNED = {
    "sign:version": 1,
    "sign:number": "15/BC",
    "sign:date": "20/11/2026",
    "sign:compiled_by": "Trần B",
    "sign:head": "Lê C",
}
FIGURES = {
    "measure:due": 20,
    "measure:done": 18,
    "measure:rate": "87,25",
    "measure:plan": "có",
    "measure:class": "khá",
    "measure:signed": "30/06/2026",
    "measure:money": 12.5,
    "judged:S5": "4,5",
}
_EVIDENCE = ("criterion", "kind", "number", "date", "issuer", "summary", "file", "restricted")


def movement_folder(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    single = _HEAD.format(id="tb-don", title="Tiêu chí đơn vị", group="a", max=50) + _SINGLE
    batch = _HEAD.format(id="tb-nguoi", title="Tiêu chí cá nhân", group="e", max=20) + _BATCH
    for name, text in (
        ("movement.yaml", _MOVEMENT),
        ("documents.yaml", _DOCUMENTS),
        ("don.yaml", single),
        ("nguoi.yaml", batch),
    ):
        (home / name).write_text(text, encoding="utf-8")
    return home


def round_with_forms(home: Path) -> Workspace:
    """An open round: units B1 to B3, persons P1 to P3 of B1, their forms issued below bieu-giao/2026."""
    workspace = new_workspace(home / "kỳ 2026", movement_folder(home / "phong-trao"))
    for number in (1, 2, 3):
        enter_body(workspace, f"B{number}", name=f"Đơn vị {number}", kind="đơn vị")
        enter_body(workspace, f"P{number}", name=f"Người {number}", kind="người", parent="B1")
    issued, problems = issue(workspace, "2026")
    assert errors(problems) == [] and sum(one.forms for one in issued) == 4, problems
    return workspace


def issued_form(workspace: Workspace, owner: str, group: str = "a") -> Path:
    return next((workspace.issued("2026") / group).glob(f"{owner}-*.xlsx"))


def row_of(sheet: Worksheet, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)


def put(book: openpyxl.Workbook, key: str, value: Any) -> None:
    """Type into an input cell. evidence:N and row:N take a dict or list of values, out: and why: the criterion."""
    kind, _, name = key.partition(":")
    if kind == "sign":
        sheet, row, column = book[SHEETS["sign"]], row_of(book[SHEETS["sign"]], key), 3
    elif kind in ("out", "why"):
        sheet = book[SHEETS["self"]]
        row, column = row_of(sheet, f"node:{name}"), 8 if kind == "out" else 9
    elif kind == "evidence":
        sheet = book[SHEETS["evidence"]]
        row = row_of(sheet, key)
        start = 3 if "candidate" in value else 2
        for place, field in enumerate(_EVIDENCE, start):
            sheet.cell(row, place).value = value.get(field)
        sheet.cell(row, 2).value = value.get("candidate", value.get("criterion"))
        return
    elif kind in ("row", "claim"):
        sheet = book["Bang courses" if kind == "row" else SHEETS["claims"]]
        row = row_of(sheet, key)
        for place, text in enumerate(value, 2):
            sheet.cell(row, place).value = text
        return
    else:
        sheet = book[SHEETS["self"]]
        row, column = row_of(sheet, key), 5
    sheet.cell(row, column).value = value


def fill(source: Path, target: Path, cells: Mapping[str, Any] = FIGURES, **signed: Any) -> Path:
    """A filled copy of a form. signed: version, date … in place of those of SIGNED."""
    book = openpyxl.load_workbook(source)
    for key, value in {**cells, **SIGNED, **{f"sign:{name}": value for name, value in signed.items()}}.items():
        put(book, key, value)
    return save(book, target)


def fill_batch(source: Path, target: Path, rows: Mapping[str, Mapping[str, Any]], **others: Any) -> Path:
    """A filled batch. rows: by candidate, figures by key; others: cells by key with _ for :, like claim_1, evidence_1, sign_version."""
    book = openpyxl.load_workbook(source)
    sheet = book["tb-nguoi"]
    columns = {sheet.cell(1, column).value: column for column in range(2, sheet.max_column + 1)}
    for candidate, figures in rows.items():
        row = row_of(sheet, f"candidate:{candidate}")
        for key, value in figures.items():
            sheet.cell(row, columns[key]).value = value
    for key, value in {**SIGNED, **{key.replace("_", ":", 1): value for key, value in others.items()}}.items():
        put(book, key, value)
    return save(book, target)


def taken(workspace: Workspace, folder: Path, reason: str = "") -> tuple[Collected, list[Submission]]:
    """One run over a folder, and everything stored after it."""
    run = collect(workspace, "2026", folder, reason)
    return run, workspace.database.submissions("2026")


def found(run: Collected) -> list[tuple[str, str, str]]:
    return wrong_cells(run.problems)


def enter_task(workspace: Workspace, number: str, lead: str) -> None:
    """A task of the register with a deadline in the round."""
    fields = {"content": f"Nhiệm vụ {number}", "leads": lead, "deadline": "2026-06-30", "span": "2026"}
    with workspace.database.writing() as writer:
        writer.append([Entry(f"task:{number}", name, value, source="thử") for name, value in fields.items()])
