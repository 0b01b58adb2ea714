"""A council for tests: an award file of three awards, a roster, cases that stand before a step; tallies filled in as people do."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.declarations.common import Basis
from nominations.awards.declarations import Awards
from nominations.awards.law import Law
from nominations.awards.reading import AwardFile
from nominations.case import Case, Nominated
from nominations.council import columns as c
from nominations.eligibility.finding import Finding, Outcome
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import Proposal, Proposed
from nominations.results import Ranked, Results
from nominations.selection.choosing import Chosen, State
from nominations.steps.progress import Progress, progress
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from tests.rounds.support import enter_body, new_workspace

OCCASION = AwardOccasion(
    "so-ket-2027", "so-ket", "Sơ kết Phong trào", date(2027, 7, 1), date(2025, 4, 1), date(2027, 6, 30)
)
STEP = "xet-chon"
DAY, TODAY = date(2027, 7, 20), date(2027, 8, 1)
HOSTILE = "Công ty A & B <b> {{ 7*7 }} =1+1"
FACTS = [
    {"id": "nd98-30-7", "basis": "nd-98", "article": 30, "clause": 7, "mark": "S"},
    {"id": "luat-26-2", "basis": "luat", "article": 26, "clause": 2, "mark": "V"},
]
DOCUMENTS = {
    "nd-98": Basis.model_validate({"id": "nd-98", "document": "Nghị định", "number": "98/2023/NĐ-CP"}),
    "luat": Basis.model_validate({"id": "luat", "document": "Luật Thi đua, khen thưởng", "number": "06/2022/QH15"}),
}
COUNCIL = {"quorum": "2/3", "attendance": 80, "local": True, "status": "proposal"}


def award_file(council: Mapping[str, Any] | None = None) -> AwardFile:
    """Three awards, the highest first: Bằng khen TTg, Cờ thi đua (a title), Bằng khen tỉnh."""
    voting = {**COUNCIL, **(council or {})}
    local = {"local": True, "status": "proposal"}
    told = {
        "frame": {"issuer": "tinh", "from": date(2025, 4, 1), "to": date(2030, 12, 31)},
        "duration_basis": "planned",
        "facts": FACTS,
        "subjects": [{"id": "tap-the", "name": "tập thể", "groups": ["a"]}],
        "awards": [
            _award(
                "bk-ttg", "Bằng khen của Thủ tướng Chính phủ", "hinh-thuc", [{"step": STEP, "share": "2/3", **local}]
            ),
            _award(
                "co-tinh",
                "Cờ thi đua của tỉnh",
                "danh-hieu",
                [{"step": STEP, "share": 80, "status": "decided", "facts": ["nd98-30-7"]}],
            ),
            _award("bk-tinh", "Bằng khen của Chủ tịch UBND tỉnh", "hinh-thuc", [{"step": STEP, "share": 80, **local}]),
        ],
        "steps": [
            {"id": STEP, "name": "Xét, chọn", "kind": "selection", "by": "so-khcn", "council": voting},
            {"id": "tham-dinh", "name": "Thẩm định hồ sơ", "kind": "appraisal", "by": "so-noi-vu"},
            {"id": "hoi-dong", "name": "Hội đồng xét", "kind": "council", "by": "Hội đồng", "council": voting},
            {"id": "ubnd", "name": "Quyết định", "kind": "decision", "by": "UBND"},
        ],
        "letterheads": {
            STEP: [
                {
                    "authority": "Tổ xét chọn",
                    "parent": "Sở Khoa học và Công nghệ",
                    "place": "Thử",
                    "signer_title": "Tổ trưởng",
                    "symbol": "TXC",
                }
            ]
        },
    }
    awards = Awards.model_validate(told)
    return AwardFile(awards, Law({one.id: one for one in awards.facts}, DOCUMENTS))


def _award(ident: str, name: str, kind: str, votes: list[dict[str, Any]]) -> dict[str, Any]:
    both = [*votes, *({**one, "step": "hoi-dong"} for one in votes)]
    common = {"level": "tinh", "category": "chuyen-de", "authority": "tinh", "routes": [], "votes": both}
    return {"id": ident, "name": name, "short": name.removesuffix(" của tỉnh"), "kind": kind, **common}


def workspace_of(root: Path) -> Workspace:
    """Sở B002 (chairs, and is a candidate), association B041 (proposes, and is one), offices B004, B005, its unit B020."""
    made = new_workspace(root, period=None)
    for ident, name, kind in (
        ("B002", "Sở Khoa học và Công nghệ", "sở/ban/ngành"),
        ("B004", "Sở Giáo dục và Đào tạo", "sở/ban/ngành"),
        ("B005", "Sở Y tế", "sở/ban/ngành"),
        ("B041", "Hiệp hội Doanh nghiệp tỉnh", "MTTQ & đoàn thể"),
    ):
        enter_body(made, ident, name=name, kind=kind)
    enter_body(made, "B020", name="Trung tâm Thử", kind="đơn vị trực thuộc", parent="B002")
    enter_body(made, "DN1", name=HOSTILE, kind="doanh nghiệp", illustration="có")
    enter_body(made, "UB", name="Ủy ban nhân dân tỉnh", kind="chính quyền tỉnh")
    return made


def nominee(
    ident: str, name: str, manager: str = "", *, person: bool = False, proposed: int = 0, figure: str = "91,5 %"
) -> Nominee:
    rows = (Proposed(OCCASION.id, proposed, 1, ident, "bk-tinh"),) if proposed else ()
    ranked = Ranked(ident, name, "a", "a", "", None, figure)
    return Nominee(
        ident, name, None, "a", "a", "", person, manager, ranked=ranked, proposed=rows, illustration=ident == "DN1"
    )


def case(
    file: AwardFile, award: str, who: Nominee, chosen: Chosen | None = None, known: Progress | None = None
) -> Case:
    found = file.awards.award(award)
    assert found is not None
    told = chosen or Chosen(who.id, State.PROPOSED, "Trong chỉ tiêu 3 (91,5 %).")
    human = Finding("E6", Outcome.HUMAN, "Chưa có xác nhận không bị xem xét kỷ luật.")
    return Case(found, who, None, (human,), told, known or Progress(), "chỉ tiêu 3")


def cases(file: AwardFile, known: Mapping[tuple[str, str], Progress]) -> list[Case]:
    """B002 for Bằng khen TTg; three for the title; B041, B020 and DN1 tied for one seat of Bằng khen tỉnh, B005 within the quota."""
    people = {
        "B002": nominee("B002", "Sở Khoa học và Công nghệ", "UB"),
        "B004": nominee("B004", "Sở Giáo dục và Đào tạo", "UB"),
        "B005": nominee("B005", "Sở Y tế", "UB"),
        "B020": nominee("B020", "Trung tâm Thử", "B002"),
        "B041": nominee("B041", "Hiệp hội Doanh nghiệp tỉnh", figure="88 %"),
        "DN1": nominee("DN1", HOSTILE, proposed=1, figure="88 %"),
    }
    tie = ("B020", "B041", "DN1")
    told: list[tuple[str, str, Chosen | None]] = [
        ("bk-ttg", "B002", None),
        ("co-tinh", "B004", None),
        ("bk-tinh", "B005", None),
    ]
    reason = "3 đối tượng bằng nhau (88 %), chỉ tiêu 3 còn 1."
    told += [("bk-tinh", one, Chosen(one, State.WAITS, reason, True, tie, 1)) for one in tie]
    return [case(file, award, people[ident], chosen, known.get((award, ident))) for award, ident, chosen in told]


def nominated(workspace: Workspace, file: AwardFile) -> Nominated:
    """As nominate() would give it, with what the ledger says of steps."""
    handed = {1: Proposal(OCCASION.id, 1, "B041", "B002", "1/TTr", "1/BB", "")}
    made = cases(file, progress(workspace, OCCASION.id))
    people = {one.nominee.id: one.nominee for one in made}
    return Nominated(OCCASION, file, Standing(load_roster(workspace), people, handed), Results(), tuple(made))


@pytest.fixture
def file() -> AwardFile:
    return award_file()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: AwardFile) -> Workspace:
    """A workspace whose cases are those above, whatever archives there are."""
    made = workspace_of(tmp_path / "w")
    install(monkeypatch, file)
    return made


def install(monkeypatch: pytest.MonkeyPatch, file: AwardFile) -> None:
    """Let the modules of the council take their cases from here."""

    def found(where: Workspace, name: str, on: date | None = None) -> tuple[Nominated | None, list[Any]]:
        return nominated(where, file), []

    for module in ("preparing", "recording"):
        monkeypatch.setattr(f"nominations.council.{module}.nominate", found)
    for module in ("members",):
        monkeypatch.setattr(f"nominations.council.{module}.load_awards", lambda _: (file, []))
    monkeypatch.setattr("reports.council.screen.load_awards", lambda _: (file, []))


MEMBERS: tuple[tuple[str, str, str, str], ...] = (
    ("Nguyễn Văn An", "Giám đốc", "B002", "Tổ trưởng"),
    ("Trần Thị Bình", "Phó Giám đốc", "Sở Y tế", "Tổ phó"),
    ("Lê Văn Cường", "Chủ tịch", "B041", "Thành viên"),
    ("Phạm Thị Dung", "Trưởng phòng", "B004", "Thành viên"),
    ("Hoàng Văn Em", "Chuyên gia", "Viện Thử (ngoài)", "Thành viên"),
    ("Vũ Thị Giang", "Chuyên viên", "B005", "Thư ký"),
)


def members_file(path: Path, rows: Iterable[tuple[str, str, str, str]] = MEMBERS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Họ và tên", "Chức vụ", "Cơ quan", "Vai trò"])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


# --- tallies -------------------------------------------------------------------------------------------------------

COLUMNS = {
    "issued": c.ISSUED,
    "collected": c.COLLECTED,
    "valid": c.VALID,
    "yes": c.YES,
    "no": c.NO,
    "blank": c.BLANK,
    "written_yes": c.WRITTEN_YES,
    "written_no": c.WRITTEN_NO,
    "out": c.OUT,
    "chosen": c.CHOSEN,
    "side": c.CHAIRS_SIDE,
    "reason": c.REASON,
}
SIGNED = {
    "sign:date": DAY,
    "sign:start": "08:30",
    "sign:end": "11 giờ 00",
    "sign:place": "Phòng họp số 2",
    "sign:tellers": "Phạm Thị Dung; Hoàng Văn Em",
}
# six members; five are there, number 5 has written; 1 may not vote on B002 and B020, 2 and 6 not on B005, 3 not on B041 and DN1,
# 4 not on B004
GOOD: dict[str, dict[str, Any]] = {
    "bk-ttg/B002": {
        "issued": 4,
        "collected": 4,
        "valid": 4,
        "yes": 4,
        "no": 0,
        "blank": 0,
        "written_yes": 1,
        "written_no": 0,
        "out": 1,
    },
    "co-tinh/B004": {
        "issued": 4,
        "collected": 4,
        "valid": 4,
        "yes": 4,
        "no": 0,
        "blank": 0,
        "written_yes": 1,
        "written_no": 0,
        "out": 1,
    },
    "bk-tinh/B005": {
        "issued": 3,
        "collected": 3,
        "valid": 3,
        "yes": 3,
        "no": 0,
        "blank": 0,
        "written_yes": 1,
        "written_no": 0,
        "out": 2,
    },
    "bk-tinh/B020": {
        "issued": 4,
        "collected": 4,
        "valid": 4,
        "yes": 4,
        "no": 0,
        "blank": 0,
        "written_yes": 1,
        "written_no": 0,
        "out": 1,
        "chosen": "x",
    },
    "bk-tinh/B041": {
        "issued": 4,
        "collected": 4,
        "valid": 3,
        "yes": 3,
        "no": 0,
        "blank": 0,
        "written_yes": 1,
        "written_no": 0,
        "out": 1,
    },
    "bk-tinh/DN1": {
        "issued": 4,
        "collected": 4,
        "valid": 4,
        "yes": 2,
        "no": 1,
        "blank": 1,
        "written_yes": 0,
        "written_no": 1,
        "out": 1,
    },
}
PRESENT, WRITTEN = (1, 2, 3, 4, 6), (5,)


def filled(
    raw: bytes,
    rows: Mapping[str, Mapping[str, Any]] | None = None,
    present: Iterable[int] = PRESENT,
    written: Iterable[int] = WRITTEN,
    declared: Mapping[int, tuple[str, str]] | None = None,
    signed: Mapping[str, Any] | None = None,
) -> bytes:
    """The tally as a secretary fills it in: rows over those of GOOD."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    told = {key: {**values, **(rows or {}).get(key, {})} for key, values in GOOD.items()}
    sheet = book[c.TALLY]
    for key, row in keyed(sheet).items():
        for name, value in told.get(key, {}).items():
            sheet.cell(row, COLUMNS[name] + 1).value = value
    people = book[c.MEMBERS]
    for key, row in keyed(people).items():
        number = int(key.partition(":")[2])
        people.cell(row, c.HERE + 1).value = "x" if number in set(present) else None
        people.cell(row, c.WROTE + 1).value = "x" if number in set(written) else None
        who, why = (declared or {}).get(number, (None, None))
        people.cell(row, c.DECLARED + 1).value, people.cell(row, c.WHY + 1).value = who, why
    page = book["Ky"]
    for key, row in keyed(page).items():
        value = {**SIGNED, **(signed or {})}.get(key)
        if value is not None:
            page.cell(row, c.SIGN_VALUE + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def keyed(sheet: Any) -> dict[str, int]:
    """Rows by the key in column A."""
    return {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value}
