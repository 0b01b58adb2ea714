"""Criteria sent back in a round of communes and persons, and a hand that fills return forms as units do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from criteria.problems import errors
from records.forms.answers import Answers
from records.ledger.entries import Entry
from records.returns.collect import ReturnRun, collect_returns
from records.returns.columns import SHEET
from records.returns.issue import IssuedReturn, issue_returns
from records.workspace.folder import Workspace
from tests.rounds.life_support import act, communes, hand_in
from tests.rounds.support import enter_body
from tests.rounds.workbook_support import bench, save, sign, wrong_cells

CASE, OTHER = "C2.mot-cua", "C2.ky-so"
ONLINE = "measure:files_online"
DEADLINE, DAY = date(2026, 12, 15), date(2026, 12, 14)
SIGNED = {"version": 1, "number": "15/UBND", "date": "14/12/2026", "compiled_by": "Trần B", "head": "Lê C"}
KNOWN, NEW, WITHDRAW, WHY = 12, 13, 14, 15  # columns of openpyxl
_EVIDENCE = ("criterion", "kind", "number", "date", "issuer", "summary", "file", "restricted")
DOCUMENT = {"criterion": CASE, "number": "7/BC", "date": "1/12/2026", "issuer": "Xã 1", "summary": "Bảng kê"}


def sent_back(root: Path, count: int = 1, **answers: Any) -> Workspace:
    """Communes X1 …, each with two criteria sent back, due on DEADLINE."""
    workspace = communes(root, count, **answers)
    for number in range(1, count + 1):
        for criterion in (CASE, OTHER):
            assert send_back(workspace, f"X{number}", criterion) == []
    return workspace


def send_back(workspace: Workspace, candidate: str, criterion: str, **more: Any) -> list[Any]:
    told = {"reason": "Số liệu không khớp hệ thống", "source": "9/SKHCN", "deadline": DEADLINE, **more}
    return act(workspace, candidate, criterion, "send_back", **told)


def persons(root: Path) -> Workspace:
    """P1 and P2 of B001 with a criterion sent back each; B001 hands in for them, and is a candidate itself."""
    workspace = communes(root, 1)
    enter_body(workspace, "B001", name="Sở Nội vụ", kind="sở/ban/ngành", data_owner="không")
    said = {"invested": "5", "recognised": "1", "recognition": "tỉnh", "work_days": "3", "works": "2", "gifts": "1"}
    for ident in ("P1", "P2"):
        with workspace.database.writing() as writer:
            writer.append([Entry(f"body:{ident}", "name", f"Bà {ident}", personal=True)])
        enter_body(workspace, ident, kind="cá nhân", parent="B001", sub_type="trí thức")
        hand_in(workspace, ident, "tb-e2-doi-tuong-khac", said)
        first = next(iter(bench(workspace).scope.of(ident)))
        assert send_back(workspace, ident, first) == []
    return workspace


def state(workspace: Workspace, candidate: str = "X1", criterion: str = CASE) -> str:
    return bench(workspace).state(candidate, criterion)


def explained(workspace: Workspace, key: str = ONLINE, candidate: str = "X1", criterion: str = CASE) -> str | None:
    here = bench(workspace)
    handed_in = here.answers.get(candidate, Answers()).figure(key)
    return here.standings.of(candidate, criterion).value(key, handed_in, "explained")


def issued(workspace: Workspace, *candidates: str, **options: Any) -> dict[str, IssuedReturn]:
    found, problems = issue_returns(workspace, "2026", candidates, **options)
    assert errors(problems) == [], problems
    return {one.owner: one for one in found}


def rows(path: Path) -> dict[str, int]:
    sheet = openpyxl.load_workbook(path)[SHEET]
    return {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value}


def shown(path: Path, key: str, column: int) -> Any:
    return openpyxl.load_workbook(path)[SHEET].cell(rows(path)[key], column).value


def fill(
    source: Path, target: Path, typed: Mapping[str, Any], evidence: Mapping[str, Any] | None = None, **signed: Any
) -> Path:
    """A filled copy. typed: key of a row → explanation of a criterion (a text, or with x in a pair), new value of a figure."""
    book = openpyxl.load_workbook(source)
    sheet, at = book[SHEET], rows(source)
    for key, value in typed.items():
        if key.count("/") > 1:
            sheet.cell(at[key], NEW).value = value
            continue
        why, cross = value if isinstance(value, tuple) else (value, None)
        sheet.cell(at[key], WHY).value = why
        if cross is not None:
            sheet.cell(at[key], WITHDRAW).value = cross
    papers = book["Minh chung"]
    for row in range(1, papers.max_row + 1):
        if papers.cell(row, 1).value == "evidence:1" and evidence is not None:
            start = 3 if "candidate" in evidence else 2
            papers.cell(row, 2).value = evidence.get("candidate")
            for place, name in enumerate(_EVIDENCE, start):
                papers.cell(row, place).value = evidence.get(name)
    sign(book, {**SIGNED, **signed})
    return save(book, target)


def collected(workspace: Workspace, folder: Path, on: date = DAY, reason: str = "") -> ReturnRun:
    return collect_returns(workspace, "2026", folder, on, reason)


def found(run: ReturnRun) -> list[tuple[str, str, str]]:
    return wrong_cells(run.problems)
