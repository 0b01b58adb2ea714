"""A workspace in which proposals are handed in: an office with a unit and persons, an association with enterprises; a hand that fills forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from nominations.awards.reading import AwardFile, load_awards
from nominations.occasions import AwardOccasion, find_occasion
from nominations.proposals.bench import Bench, load_bench
from nominations.proposals.collect import ProposalRun, collect_proposals
from nominations.proposals.columns import COLUMN
from nominations.proposals.issue import issue_proposals
from nominations.proposals.proposal import Proposal, proposals
from records.workspace.folder import Workspace
from tests.rounds.support import MOVEMENT, enter_body, new_workspace
from tests.rounds.workbook_support import rows, save, wrong_cells

OCCASION = "so-ket-2027"
TODAY = date(2027, 7, 20)
FLAG, PRIME, PROVINCE = "co-tinh", "bk-ttg", "bk-tinh"
SIGNED: Mapping[str, Any] = {
    "sign:version": 1,
    "sign:number": "15/TTr-SKHCN",
    "sign:date": "10/07/2027",
    "sign:minutes": "3/BB",
    "sign:minutes_day": "08/07/2027",
    "sign:compiled_by": "Trần Thị B",
    "sign:head": "Lê Văn C",
}


def province(root: Path) -> Workspace:
    """B002 an office with the unit D1 and the persons P1, P2; B041 the association; F1, F2 enterprises; C1 a commune."""
    workspace = new_workspace(root, MOVEMENT, None)
    enter_body(workspace, "B002", name="Sở Khoa học và Công nghệ", kind="sở/ban/ngành")
    enter_body(workspace, "B041", name="Hiệp hội Doanh nghiệp tỉnh", kind="MTTQ & đoàn thể")
    enter_body(workspace, "C1", name="Xã Một", kind="xã", pool="Cụm 1")
    enter_body(workspace, "D1", name="Trung tâm Một", kind="đơn vị trực thuộc", parent="B002")
    for number, name in ((1, "Nguyễn Thị Én"), (2, "Phạm Văn Sẻ")):
        kind = "cán bộ, công chức, viên chức, người lao động"
        enter_body(workspace, f"P{number}", name=name, kind="cá nhân", parent="B002", sub_type=kind, post="Chuyên viên")
    for number in (1, 2):
        enter_body(workspace, f"F{number}", name=f"Công ty {number}", kind="doanh nghiệp", size="nhỏ")
    return workspace


def award_file(workspace: Workspace) -> AwardFile:
    file, problems = load_awards(workspace)
    assert file is not None, problems
    return file


def occasion_of(workspace: Workspace, name: str = OCCASION) -> AwardOccasion:
    found, problems = find_occasion(workspace, name)
    assert found is not None, problems
    return found


def bench(workspace: Workspace, name: str = OCCASION) -> Bench:
    return load_bench(workspace, award_file(workspace), occasion_of(workspace, name))


def award_name(workspace: Workspace, ident: str) -> str:
    found = award_file(workspace).awards.award(ident)
    assert found is not None
    return found.name


def issued(workspace: Workspace, body: str = "B002", name: str = OCCASION) -> Path:
    """The blank workbook of one body."""
    found, problems = issue_proposals(workspace, name, (body,))
    assert len(found) == 1, problems
    return found[0].path


def put(book: openpyxl.Workbook, key: str, told: Mapping[str, Any] | Any) -> None:
    """Into a row of the list: by field; into another row: values from column B on; sign: one value."""
    sheet, row = rows(book)[key]
    if key.startswith("sign:"):
        book[sheet].cell(row, 3).value = told
    elif key.startswith(("candidate:", "new:")):
        for field, value in told.items():
            book[sheet].cell(row, COLUMN[field] + 1).value = value
    else:
        for column, value in enumerate(told, 2):
            book[sheet].cell(row, column).value = value


def fill(source: Path, target: Path, cells: Mapping[str, Any], **signed: Any) -> Path:
    """A filled copy. signed: number, date … in place of those of SIGNED; None leaves the cell empty."""
    book = openpyxl.load_workbook(source)
    told = {**SIGNED, **{f"sign:{name}": value for name, value in signed.items()}}
    for key, value in {**cells, **told}.items():
        put(book, key, value)
    return save(book, target)


def collected(workspace: Workspace, folder: Path, name: str = OCCASION, today: date = TODAY) -> ProposalRun:
    return collect_proposals(workspace, name, folder, today)


def handed(workspace: Workspace, name: str = OCCASION) -> list[Proposal]:
    return proposals(workspace, name)


def found(run: ProposalRun) -> list[tuple[str, str, str]]:
    return wrong_cells(run.problems)
