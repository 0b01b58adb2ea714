"""Lists and workbooks of an award occasion, filled in as communes, the office, councils, appraisers do on the pages about awards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from nominations.council import columns as council
from nominations.eligibility import columns as eligibility
from nominations.proposals import columns as proposal
from records.forms.layout import SHEETS
from tests.support.page_session import Session
from thidua.demonstration.awards_filling import fill_appraisal
from thidua.demonstration.typing_in import Book

OCCASION = "so-ket-2027"
Typed = Mapping[str, Mapping[int, Any]]  # by key of a row: column from 1 → what is typed


def _type(source: Path, target: Path, sheets: Mapping[str, Typed], sign: str, signed: Mapping[str, Any]) -> None:
    """A filled copy of an issued workbook. sheets: by title. sign: title of the page of signatures."""
    book = Book(source)
    for name, typed in {**sheets, sign: {key: {3: value} for key, value in signed.items()}}.items():
        rows = {key: row for row, key in book.sheets[name].keys.items()}
        for key, cells in typed.items():
            for column, value in cells.items():
                book.sheets[name].put(rows[key], column, value)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(book.saved())


# --- awards held, proposals ---------------------------------------------------------------------------------------------

_HELD = """mã,hình thức,loại hình,số quyết định,ngày,cơ quan quyết định,thành tích,từ ngày,đến ngày
C01,Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh,công trạng,15/QĐ-UBND,{day},Chủ tịch Ủy ban nhân dân tỉnh,Hoàn thành tốt nhiệm vụ năm 2024,01/01/2024,31/12/2024
{wrong},Giấy khen,công trạng,27/QĐ-UBND,15/01/2025,Chủ tịch Ủy ban nhân dân xã,Hoàn thành tốt nhiệm vụ năm 2024,01/01/2024,31/12/2024
"""


def held(day: str, ident: str) -> Callable[[Session], None]:
    def step(session: Session) -> None:
        text = _HELD.format(day=day, wrong=ident)
        (session.here / "khen-thuong-da-co.csv").write_text(text, encoding="utf-8")

    return step


_MERIT = "Hoàn thành mọi nhiệm vụ chuyển đổi số được giao; 90 % hồ sơ nộp trực tuyến"
_PROSE = "Xã lập 12 tổ công nghệ số cộng đồng, hướng dẫn người dân nộp hồ sơ trực tuyến."


def _proposal(session: Session, ident: str, people: int, women: int, *new: tuple[str, str], version: int = 1) -> None:
    """A commune sends what is to be written of it. new: fields of a household."""
    columns = {field: place + 1 for field, place in proposal.COLUMN.items()}
    source = next((session.here / "bieu-giao" / OCCASION / "de-nghi").glob(f"{ident}-*.xlsx"))
    rows = {
        f"{proposal.CANDIDATE}:{ident}": {columns["merit"]: _MERIT, columns["people"]: people, columns["women"]: women}
    }
    if new:
        rows[f"{proposal.NEW}:1"] = {columns[field]: value for field, value in new}
    number = int(ident[1:])
    signed = {"sign:version": version, "sign:number": f"{number:02d}/TTr-UBND", "sign:date": date(2027, 7, 8)}
    signed |= {"sign:minutes": f"{number:02d}/BB-UBND", "sign:minutes_day": date(2027, 7, 7)}
    signed |= {"sign:compiled_by": "Trần Thị Lan", "sign:head": "Nguyễn Văn Hùng"}
    prose = {f"{proposal.PROSE}:1": {2: ident, 3: "II.2", 4: _PROSE}}
    _type(
        source,
        session.drive / "de-nghi-ve" / source.name,
        {proposal.LISTED: rows, proposal.REPORT: prose},
        proposal.SIGN,
        signed,
    )


_HOUSEHOLD = (
    ("name", "Hộ ông Trần Văn Bình"),
    ("subject", "hộ gia đình"),
    ("place", "Xã Năm"),
    ("award", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    ("merit", "Hiến 500 m2 đất xây dựng điểm truy cập Internet công cộng"),
)
_PEOPLE = {"C01": (30, 13), "C02": (28, 12), "C03": (24, 10), "C04": (26, 11), "C05": (22, 9)}


def first_proposals(session: Session) -> None:
    """Four right; C05 writes more women than people, and an award that there is not."""
    for ident in ("C01", "C02", "C03", "C04"):
        _proposal(session, ident, *_PEOPLE[ident])
    new = dict(_HOUSEHOLD) | {"award": "Bằng khen UBND tỉnh"}
    _proposal(session, "C05", 9, 22, *new.items())


def mended_proposal(session: Session) -> None:
    _proposal(session, "C05", *_PEOPLE["C05"], *_HOUSEHOLD)


# --- conditions ---------------------------------------------------------------------------------------------------------


def conditions(session: Session, **wrong: tuple[str, str, str]) -> None:
    """What is known of everybody, and what the movement itself leaves open. wrong: candidate, start of a head, what is typed."""
    book = Book(session.here / "bieu-giao" / OCCASION / "xet-dieu-kien.xlsx")
    facts, asked = book.sheets[eligibility.FACTS], book.sheets[eligibility.DECISIONS]
    heads = {str(facts.value(row, column)): column for row in range(1, 9) for column in facts.columns(row)}
    blocks = range(heads["Số nữ"] + 1, heads["Kỷ luật đến hết ngày"])
    mistakes = {
        (ident, column): value
        for ident, start, value in wrong.values()
        for head, column in heads.items()
        if head.startswith(start)
    }
    assert len(mistakes) == len(wrong)
    source = heads["Văn bản, nguồn của dữ kiện mới"]
    for row, ident in facts.keys.items():
        told = {**dict.fromkeys(blocks, "không"), source: "31/BC-CAT"}
        told |= {column: value for (who, column), value in mistakes.items() if who == ident}
        for column, value in told.items():
            facts.put(row, column, value)
    for row, key in asked.keys.items():
        if key.count("/") == 2:
            asked.put(row, eligibility.CONCLUSION + 1, "đạt")
            asked.put(row, eligibility.REASON + 1, "Đã xem văn bản")
            asked.put(row, eligibility.DOCUMENT + 1, "32/BC-SNV ngày 14/07/2027")
    (session.drive / "xet-dieu-kien.xlsx").write_bytes(book.saved())


def wrong_conditions(session: Session) -> None:
    """C03: a word that may not stand there; C04: a day that there is not."""
    conditions(session, word=("C03", "Đơn thư", "chưa rõ"), day=("C04", "Kỷ luật đến", "31/13/2026"))


def law_compared(session: Session) -> None:
    """Every legal fact was held against the text in force."""
    book = Book(session.here / "bieu-giao" / OCCASION / "xet-dieu-kien.xlsx")
    sheet = book.sheets[eligibility.LAW]
    for row, key in sheet.keys.items():
        if not sheet.locked(row, eligibility.FINDING + 1):
            assert key
            sheet.put(row, eligibility.FINDING + 1, eligibility.UNCHANGED)
            sheet.put(row, eligibility.TEXT + 1, "Văn bản hợp nhất số 12/VBHN")
            sheet.put(row, eligibility.DAY + 1, date(2027, 7, 14))
    (session.drive / "can-cu.xlsx").write_bytes(book.saved())


# --- councils, appraisal ------------------------------------------------------------------------------------------------

SELECTION = """họ và tên,chức vụ,cơ quan,vai trò
Nguyễn Văn An,Phó Giám đốc,Sở Khoa học và Công nghệ (ngoài),tổ trưởng
Trần Thị Bích,Trưởng phòng,Sở Khoa học và Công nghệ (ngoài),thành viên
Lê Văn Cường,Chuyên viên,{body},thành viên
Phạm Thị Dung,Phó Chủ tịch,Xã Ba,thành viên
Hoàng Văn Em,Chuyên viên,Sở Khoa học và Công nghệ (ngoài),{role}
"""
COUNCIL = """họ và tên,chức vụ,cơ quan,vai trò
Đỗ Văn Giang,Phó Chủ tịch,Ủy ban nhân dân tỉnh (ngoài),chủ tịch
Bùi Thị Hà,Giám đốc,Sở Nội vụ (ngoài),phó chủ tịch
Nguyễn Văn An,Phó Giám đốc,Sở Khoa học và Công nghệ (ngoài),ủy viên
Ngô Văn Khoa,Trưởng phòng,Sở Tài chính (ngoài),ủy viên
Vũ Thị Lan,Trưởng phòng,Sở Nội vụ (ngoài),thư ký
"""


def members(text: str, name: str) -> Callable[[Session], None]:
    def step(session: Session) -> None:
        (session.here / name).write_text(text, encoding="utf-8")

    return step


def tally(step: str, day: date, chosen: str = "", *, wrong: bool = False) -> Callable[[Session], None]:
    """The tally of a meeting of five: the last but one has written, all are in favour. chosen: key of the case that is taken out of
    a tie, for which one vote more was cast. wrong: one vote too many was counted."""

    def fill(session: Session) -> None:
        book = Book(session.here / "ket-qua" / OCCASION / f"hoi-dong-{step}" / "phieu-kiem.xlsx")
        cases, members, sign = book.sheets[council.TALLY], book.sheets[council.MEMBERS], book.sheets[SHEETS["sign"]]
        sitting = [row for row, key in members.keys.items() if key]
        for row in sitting:
            members.put(row, (council.WROTE if row == sitting[-2] else council.HERE) + 1, "x")
        for row, key in cases.keys.items():
            if key.count("/") != 1:
                continue
            barred = cases.value(row, council.RECUSED + 1) is not None
            lost = bool(cases.value(row, council.STATE + 1) != "đề nghị" and key != chosen)
            told = dict.fromkeys((council.ISSUED, council.COLLECTED, council.VALID), 4)
            told |= {council.YES: 4 - lost, council.NO: int(lost), council.BLANK: 0}
            told |= {council.WRITTEN_YES: int(not barred), council.WRITTEN_NO: 0, council.OUT: int(barred)}
            if key == chosen:
                told[council.YES] += wrong
                cases.put(row, council.CHOSEN + 1, "x")
            for column, value in told.items():
                cases.put(row, column + 1, value)
        signed = {"sign:date": day, "sign:start": "08 giờ 00", "sign:end": "10 giờ 30", "sign:tellers": "Vũ Văn Minh"}
        signed |= {"sign:discussion": "Các thành viên thống nhất với kết quả chấm điểm."}
        for row, key in sign.keys.items():
            if key in signed and not sign.locked(row, council.SIGN_VALUE + 1):
                sign.put(row, council.SIGN_VALUE + 1, signed[key])
        (session.drive / f"phieu-kiem-{step}.xlsx").write_bytes(book.saved())

    return fill


def appraised(folder: str, day: date, lacking: int) -> Callable[[Session], None]:
    """lacking: how many cases lack a paper."""

    def fill(session: Session) -> None:
        for source in sorted((session.here / "bieu-giao" / OCCASION / "tham-dinh-ho-so").glob("*.xlsx")):
            target = session.drive / folder / source.name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(fill_appraisal(source, day, lacking))

    return fill
