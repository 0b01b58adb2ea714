"""An occasion with a filled copy of every workbook that comes back at it, and how each is taken in."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.problems import Problem, errors
from nominations.appraisal.collect import collect_appraisals
from nominations.appraisal.content import appraisal_step
from nominations.appraisal.issue import issue_appraisals
from nominations.council.members import import_members
from nominations.eligibility.collect import collect_eligibility
from nominations.eligibility.issue import issue_eligibility
from nominations.history.importing import import_held
from nominations.proposals.collect import collect_list, collect_proposals
from nominations.proposals.issue import issue_proposals
from nominations.proposals.lists import Cover
from records.workspace.folder import Workspace
from reports.council.files import TALLY, pack_folder, record_meeting, write_pack
from tests.nominations.occasion_support import OCCASION, OFFICES, TODAY, nominated, occasion_workspace, pass_steps
from tests.nominations.proposals_support import fill
from thidua.demonstration.awards_filling import fill_appraisal, fill_eligibility, fill_tally

STEP, MEETING = "xet-chon", date(2027, 7, 20)
FIGURES = {"B001": 95, "B002": 90, "B015": 85, "B041": 88, "C1": 91, "C2": 90, "C3": 89}
MEMBERS = [
    ("Họ và tên", "Chức vụ", "Cơ quan", "Vai trò"),
    ("Nguyễn Văn An", "Giám đốc", "Viện Một (ngoài)", "Tổ trưởng"),
    ("Trần Thị Bình", "Phó Giám đốc", "Viện Hai (ngoài)", "Thành viên"),
    ("Lê Văn Cường", "Trưởng phòng", "Viện Ba (ngoài)", "Thành viên"),
    ("Vũ Thị Giang", "Chuyên viên", "Viện Bốn (ngoài)", "Thư ký"),
]
LISTED = [
    ("Họ và tên", "Đối tượng", "Hình thức đề nghị", "Thành tích", "Sáng kiến", "Giấy chứng nhận"),
    ("Hộ ông Nguyễn Văn A", "hộ gia đình", "Giấy khen", "Làm tốt", None, None),
    ("Hộ bà Trần Thị B", "hộ gia đình", "bk-tinh", "Làm rất tốt", "Ý một", "5/GCN"),
]
HELD = [
    ("Mã", "Tên", "Hình thức", "Loại hình", "Số quyết định", "Ngày", "Cơ quan", "Từ ngày", "Đến ngày", "Sáng kiến"),
    ("B001", None, "bk-tinh", "chuyên đề", "12/QĐ-UBND", "30/06/2024", None, "2023", "2023", None),
    ("C1", None, "Giấy khen", "công trạng", "13/QĐ", "30/06/2025", "Xã Một", "01/01/2024", "31/12/2024", "Ý hai"),
]


@dataclass(frozen=True)
class Incoming:
    """A good workbook. take: takes a file in; what was found, and whether anything was stored."""

    workspace: Workspace
    good: bytes
    take: Callable[[Path], tuple[list[Problem], bool]]


def plain(rows: list[Any]) -> bytes:
    """A workbook as people make lists."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def occasion_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Four offices and three communes with results; nothing has been taken in."""
    return occasion_workspace(root, monkeypatch, FIGURES, OFFICES)


def proposal(workspace: Workspace, home: Path) -> Incoming:
    (issued,), _ = issue_proposals(workspace, OCCASION, ("C1",))
    new = {"name": "Hộ ông Nguyễn Văn A", "subject": "hộ gia đình", "award": "Giấy khen", "merit": "Làm tốt"}
    good = fill(issued.path, home / "good.xlsx", {"new:1": new}).read_bytes()

    def take(path: Path) -> tuple[list[Problem], bool]:
        run = collect_proposals(workspace, OCCASION, path.parent, TODAY)
        return run.problems, bool(run.taken)

    return Incoming(workspace, good, take)


def own_list(workspace: Workspace, home: Path) -> Incoming:
    cover = Cover("C1", "5/TTr", date(2027, 7, 10), "4/BB", date(2027, 7, 9))

    def take(path: Path) -> tuple[list[Problem], bool]:
        run = collect_list(workspace, OCCASION, path, cover, TODAY)
        return run.problems, bool(run.taken)

    return Incoming(workspace, plain(LISTED), take)


def eligibility(workspace: Workspace, home: Path) -> Incoming:
    found = nominated(workspace)
    issued, _ = issue_eligibility(workspace, found)
    assert issued is not None
    good = fill_eligibility(issued.path, MEETING, random.Random(1))

    def take(path: Path) -> tuple[list[Problem], bool]:
        done, problems = collect_eligibility(workspace, found, path, TODAY)
        return problems, done is not None and not done.same

    return Incoming(workspace, good, take)


def members(workspace: Workspace, home: Path) -> Incoming:
    def take(path: Path) -> tuple[list[Problem], bool]:
        before = workspace.database.last_entry()
        _, problems = import_members(workspace, OCCASION, STEP, path, "60/QĐ")
        return problems, workspace.database.last_entry() > before

    return Incoming(workspace, plain(MEMBERS), take)


def tally(workspace: Workspace, home: Path) -> Incoming:
    listed = home / "thanh-vien.xlsx"
    listed.write_bytes(plain(MEMBERS))
    assert errors(import_members(workspace, OCCASION, STEP, listed, "60/QĐ")[1]) == []
    pack, _, problems = write_pack(workspace, OCCASION, STEP, MEETING, "Phòng họp", MEETING)
    assert pack is not None, problems
    chosen = {f"{tie.award}/{one}" for tie in pack.ties for one in tie.nominees[: tie.seats]}
    issued = pack_folder(workspace, OCCASION, STEP) / TALLY
    good = fill_tally(issued, MEETING, set(), chosen, random.Random(1))

    def take(path: Path) -> tuple[list[Problem], bool]:
        before = workspace.database.last_entry()
        _, _, found = record_meeting(workspace, OCCASION, STEP, path, "7/BB", MEETING, TODAY, replaced=True)
        return found, workspace.database.last_entry() > before

    return Incoming(workspace, good, take)


def appraisal(workspace: Workspace, home: Path) -> Incoming:
    pass_steps(workspace, "hcld-ba", ["B001", "C1"], (STEP, MEETING))
    found = nominated(workspace)
    step, _ = appraisal_step(found)
    assert step is not None
    issued, _ = issue_appraisals(workspace, found, step)
    good = fill_appraisal(issued[0].path, date(2027, 8, 1), 1)

    def take(path: Path) -> tuple[list[Problem], bool]:
        run = collect_appraisals(workspace, found, step, path.parent, TODAY)
        return run.problems, bool(run.counts)

    return Incoming(workspace, good, take)


def held(workspace: Workspace, home: Path) -> Incoming:
    def take(path: Path) -> tuple[list[Problem], bool]:
        before = workspace.database.last_entry()
        _, problems = import_held(workspace, path, TODAY)
        return problems, workspace.database.last_entry() > before

    return Incoming(workspace, plain(HELD), take)


WORKBOOKS: tuple[Callable[[Workspace, Path], Incoming], ...] = (
    proposal,
    own_list,
    eligibility,
    members,
    tally,
    appraisal,
    held,
)


def kept(workspace: Workspace) -> Iterator[Path]:
    """Files of the occasion that were taken in."""
    return (one for one in workspace.received(OCCASION).rglob("[!.]*") if one.is_file())
