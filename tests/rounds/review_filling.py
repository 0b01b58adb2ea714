"""A round of the real catalogue with forms handed in, and a hand that fills verification workbooks as a verifier does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from criteria.problems import errors
from records.ledger.entries import Entry
from records.review.collect import collect_reviews
from records.review.issue import IssuedReview, issue_reviews
from records.review.run import ReviewRun
from records.workspace.folder import Workspace
from tests.rounds.life_support import hand_in
from tests.rounds.support import enter_body, new_workspace
from tests.rounds.workbook_support import bench, rows, save, sign, type_in, wrong_cells

DAY = date(2026, 12, 2)
SIGNED = {"version": 1, "number": "15/SKHCN", "date": "20/12/2026", "compiled_by": "Trần B", "head": "Lê C"}
A_FIGURES = {
    "docs_due": "20", "docs_on_time": "18", "finance_reform": "có", "procedures": "50", "procedures_cut": "5",
    "agreements": "1", "initiatives": "3", "field_result": "80", "field_base": "70", "db_listed": "4", "db_in_use": "3",
    "db_held": "4", "db_shared": "2", "data_services": "1", "ai_uses": "1", "support_policies": "1", "invest_plan": "100",
    "invest_actual": "90", "capital_plan": "100", "capital_spent": "90", "units_to_cut": "2", "units_cut": "2",
    "files": "1000", "files_on_time": "990", "procedures_anywhere": "10", "processes_planned": "5", "processes_done": "4",
    "online_eligible": "10", "online_full": "9", "prefilled_services": "1",
}  # fmt: skip
C_FIGURES = {
    "dx_assigned": "15", "dx_done": "12", "docs_all": "400", "docs_online": "390", "docs_issued": "200",
    "docs_signed": "180", "files": "1000", "files_online": "733",
}  # fmt: skip
JUDGED = {"A2.2": "2.1", "A2.3": "1.4"}


def round_to_review(root: Path) -> Workspace:
    """B001 Sở Nội vụ, B002 Sở KH&CN, B015 Văn phòng, B010 (a); B035 (b); X1, X2 (c); D1 below B002 (d); P1 of B001 (e): all handed in."""
    workspace = new_workspace(root / "kỳ")
    for ident, name in (("B001", "Sở Nội vụ"), ("B002", "Sở KH và CN"), ("B010", "Sở Y tế"), ("B015", "Văn phòng")):
        enter_body(workspace, ident, name=name, kind="sở/ban/ngành", data_owner="không")
        hand_in(workspace, ident, "tb-a-so-nganh", A_FIGURES, judged=JUDGED)
    enter_body(workspace, "B035", name="Hội Phụ nữ", kind="MTTQ & đoàn thể")
    said = {"activities": "10", "activities_joint": "4", "members": "100", "people_reached": "90", "initiatives": "1"}
    said |= {"supervisions": "2", "critiques": "1", "drafts_asked": "5", "drafts_answered": "5"}
    hand_in(workspace, "B035", "tb-b-doan-the", said)
    for ident, name in (("X1", "Phường Một"), ("X2", "Phường Hai")):
        enter_body(workspace, ident, name=name, kind="phường", pool="Cụm 1")
        hand_in(workspace, ident, "tb-c-xa-phuong", C_FIGURES)
    enter_body(workspace, "D1", name="Trung tâm số", kind="đơn vị trực thuộc", parent="B002")
    hand_in(workspace, "D1", "tb-d-don-vi-truc-thuoc", {"docs_advised": "3", "initiatives": "2"})
    enter_body(workspace, "P1", name="Bà P", kind="cá nhân", parent="B001", sub_type="trí thức")
    said = {"invested": "5", "recognised": "1", "recognition": "tỉnh", "work_days": "3", "works": "2", "gifts": "1"}
    hand_in(workspace, "P1", "tb-e2-doi-tuong-khac", said)
    return workspace


def enter_task(workspace: Workspace, number: str, lead: str, finished: str = "") -> None:
    """A task of the register due on 30/6/2026."""
    told = {"content": f"Nhiệm vụ {number}", "leads": lead, "kind": "day", "deadline": "2026-06-30"}
    entries = [Entry(f"task:{number}", name, value, source="thử") for name, value in told.items()]
    if finished:
        entries.append(Entry(f"result:{number}/{lead}/once", "finished", finished, source="7/BC"))
    with workspace.database.writing() as writer:
        writer.append(entries)


def issued(workspace: Workspace, *bodies: str, **options: Any) -> dict[str, IssuedReview]:
    """Workbooks by body."""
    found, problems = issue_reviews(workspace, "2026", DAY, bodies, **options)
    assert errors(problems) == [], problems
    return {one.body: one for one in found}


def shown(path: Path, key: str, column: str) -> Any:
    """What stands in a row."""
    sheet, row = rows(path)[key]
    return openpyxl.load_workbook(path)[sheet][f"{column}{row}"].value


def fill(
    source: Path, target: Path, typed: Mapping[str, Iterable[Any]], everything: Iterable[str] = (), **signed: Any
) -> Path:
    """A filled copy. typed: key → conclusion, figure, reason, document. everything: sheets where all blanks are accepted."""
    book = openpyxl.load_workbook(source)
    type_in(book, typed, 15)
    for name in everything:
        sheet = book[name]
        row = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "all")
        sheet.cell(row, 5).value = "x"
    sign(book, {**SIGNED, **signed})
    return save(book, target)


def collected(workspace: Workspace, folder: Path, reason: str = "", on: date = DAY) -> ReviewRun:
    return collect_reviews(workspace, "2026", folder, on, reason)


def found(run: ReviewRun) -> list[tuple[str, str, str]]:
    return wrong_cells(run.problems)


def state(workspace: Workspace, candidate: str, criterion: str) -> str:
    return bench(workspace).state(candidate, criterion)
