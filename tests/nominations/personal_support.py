"""An award occasion with everything personal in it: proposals, facts, a council, votes, decisions, signed papers, a published list."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

from nominations.council.members import council_subject, import_members
from nominations.dossier.attaching import Told, attach
from nominations.steps.progress import case_subject
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from tests.nominations.council_support import members_file
from tests.nominations.proposals_support import (
    OCCASION,
    PRIME,
    PROVINCE,
    TODAY,
    award_file,
    award_name,
    collected,
    fill,
    issued,
    occasion_of,
)
from tests.rounds.support import MOVEMENT, enter_body, new_workspace

PERSON, OTHER, HOUSE = "P1", "P2", "X1"
NAME, HOUSE_NAME, MEMBER_NAME = "Nguyễn Thị Én", "Gia đình ông Tám", "Đặng Quốc Chủ"
MERIT, PROSE, IDEA = "Đi đầu số hóa hồ sơ của sở.", "Bà Én đã tự học lập trình.", "Sáng kiến tra cứu hồ sơ SK-07"
CONFLICT = "em ruột của thành viên"
SECRETS = (NAME, HOUSE_NAME, MEMBER_NAME, MERIT, PROSE, IDEA, CONFLICT, "Trần Thị B", "Lê Văn C", "Hiến đất ở thôn Tám")
MEMBERS = (
    (MEMBER_NAME, "Giám đốc", "Sở Khoa học và Công nghệ", "chủ tịch"),
    ("Vũ Thị Thư Ký", "Chuyên viên", "Sở Khoa học và Công nghệ", "thư ký"),
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
MEMBER = f"{OCCASION}/xet-chon/1"


def chain_text(path: Path) -> str:
    """Every column of the chain."""
    with closing(sqlite3.connect(path)) as connection:
        return json.dumps(connection.execute("SELECT * FROM entries").fetchall(), ensure_ascii=False)


def enter(workspace: Workspace, *entries: Entry) -> None:
    with workspace.database.writing() as writer:
        writer.append(entries)


def awarded(root: Path) -> Workspace:
    """P1 is granted the Prime Minister's award, X1 that of the province; P2 was proposed and is refused."""
    workspace = _office(root / "w")
    proposed = {
        f"candidate:{PERSON}": {
            "award": award_name(workspace, PRIME),
            "merit": MERIT,
            "gender": "Nữ",
            "initiative": IDEA,
            "certificate": f"12/GCN ngày 02/03/2026 cấp cho {NAME}",
        },
        f"candidate:{OTHER}": {"award": award_name(workspace, PROVINCE), "merit": "Làm tốt việc được giao."},
        "new:1": {
            "name": HOUSE_NAME,
            "subject": "hộ gia đình",
            "place": "xã Một",
            "award": award_name(workspace, PROVINCE),
            "merit": "Hiến đất ở thôn Tám",
        },
        "report:1": (PERSON, "II.3", PROSE),
    }
    fill(issued(workspace), root / "in" / "a.xlsx", proposed)
    assert collected(workspace, root / "in").problems == []
    members = import_members(workspace, OCCASION, "xet-chon", members_file(root / "m.xlsx", MEMBERS), "12/QĐ")
    assert members[1] == []
    enter(
        workspace,
        *(Entry(f"nominee:{OCCASION}/{who}", "discipline", "không", source="Xác nhận 1") for who in (PERSON, HOUSE)),
        Entry(council_subject(OCCASION, "xet-chon"), f"conflict:1/{PERSON}", CONFLICT),
        Entry(f"meeting:{OCCASION}/xet-chon", "day", "2027-07-25"),
        Entry(f"check:{OCCASION}/{PRIME}/{PERSON}", "E6", "pass", source="Xác nhận 2", reason="đã xem"),
        *_case(PRIME, PERSON),
        *_case(PROVINCE, HOUSE),
        *_held(1, PRIME, PERSON, "nha-nuoc", "granted"),
        *_held(2, PROVINCE, HOUSE, "tinh", "granted"),
        *_held(3, PROVINCE, OTHER, "tinh", "refused"),
    )
    return workspace


def _office(root: Path) -> Workspace:
    """An office with two persons whose names are sealed, as `thidua roster import` enters them."""
    workspace = new_workspace(root, MOVEMENT, None)
    enter_body(workspace, "B002", name="Sở Khoa học và Công nghệ", kind="sở/ban/ngành")
    for ident, name in ((PERSON, NAME), (OTHER, "Phạm Văn Sẻ")):
        kind = "cán bộ, công chức, viên chức, người lao động"
        enter_body(workspace, ident, kind="cá nhân", parent="B002", sub_type=kind)
        enter(
            workspace, *(Entry(f"body:{ident}", *told, personal=True) for told in (("name", name), ("post", "Cán bộ")))
        )
    return workspace


def _case(award: str, nominee: str) -> list[Entry]:
    votes = "members=9 present=8 written=1 recused=1 yes=7 no=0 blank=0 written_yes=1 written_no=0"
    votes += " invalid=0 recused_present=1 recused_written=0"
    subject, day = case_subject(OCCASION, award, nominee), date(2027, 7, 25)
    fields = {"step:xet-chon": "passed", "votes:xet-chon": votes}
    return [Entry(subject, name, value, day, source="Biên bản số 5") for name, value in fields.items()]


def _held(number: int, award: str, holder: str, level: str, status: str) -> list[Entry]:
    told: Mapping[str, str] = {
        "holder": holder,
        "award": award,
        "award_name": "Bằng khen",
        "level": level,
        "decision": f"{number}/QĐ",
        "day": "2027-11-20",
        "occasion": OCCASION,
        "achievement": MERIT,
        "initiative": IDEA,
    }
    entries = [Entry(f"held:{number}", name, value) for name, value in told.items()]
    return [*entries, Entry(f"held:{number}", "status", status, date(2027, 11, 20))]


def signed_paper(workspace: Workspace, folder: Path, nominee: str = PERSON, award: str = PRIME) -> str:
    """A signed report in the dossier of a nominee: its SHA-256."""
    path = folder / f"{nominee}.pdf"
    path.write_bytes(PDF + nominee.encode())
    told = Told(award, nominee, "bao-cao", "01/BC", date(2027, 7, 10))
    sha256, problems = attach(workspace, award_file(workspace), occasion_of(workspace), told, path, TODAY)
    assert problems == [], [one.text() for one in problems]
    return sha256


def published_list(workspace: Workspace, nominee: str = PERSON) -> str:
    """What proves that a list was published, as `thidua announce` keeps it."""
    raw = b"\x89PNG the page"
    proof = hashlib.sha256(raw).hexdigest()
    path = workspace.root / "ho-so" / OCCASION / f"{proof}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    subject = case_subject(OCCASION, PRIME, nominee)
    enter(workspace, Entry(subject, "announced", "2027-07-26", source="1/TB", reason="Cổng tỉnh", evidence=proof))
    return proof
