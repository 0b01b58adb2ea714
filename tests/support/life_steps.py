"""What people do between the commands of the pages about verification, returns, publishing, the ledger and the years."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.rounds import panel_support, returns_support
from tests.rounds.review_filling import fill as fill_review
from tests.support.page_session import DRIVE, Session

NAMES = (("C01", "Một", "A"), ("C02", "Hai", "B"), ("C03", "Ba", "C"), ("C04", "Bốn", "D"), ("C05", "Năm", "E"))
ROSTER = "mã,tên,loại,nhóm,cụm,thủ trưởng,số liệu minh họa\n" + "".join(
    f"{ident},Xã {name},xã,c,Cụm 1,Nguyễn Văn {letter},có\n" for ident, name, letter in NAMES
)
INDEX = "mã,điểm\nC01,81.5\nC02,80\nC03,70\nC04,60\nC05,50\n"
_REPORT = ("so-nhiem-vu", "Báo cáo nhiệm vụ chuyển đổi số")
_SYSTEM = ("so-lieu", "Bảng số liệu trích từ hệ thống")
Typed = Mapping[str, Iterable[Any]]


_Step = Callable[[Session], None]
_KEPT: dict[str, tuple[TemporaryDirectory[str], Path, datetime, dict[str, str]]] = {}


def kept(step: _Step) -> _Step:
    """A step that starts with an empty drive: what it leaves is kept, and copied for the next page that asks for it."""

    def again(session: Session) -> None:
        assert not any(session.drive.iterdir())
        if step.__name__ not in _KEPT:
            step(session)
            room = TemporaryDirectory()
            shutil.copytree(session.drive, room.name, dirs_exist_ok=True)
            _KEPT[step.__name__] = room, session.here.relative_to(session.drive), session.now, dict(session.hashes)
            return
        room, here, session.now, hashes = _KEPT[step.__name__]
        session.hashes.update(hashes)
        shutil.copytree(room.name, session.drive, dirs_exist_ok=True)
        session.here = session.drive / here

    return again


def _round(session: Session, roster: str = ROSTER, period: str = "2026") -> None:
    """A workspace with a round of five communes, their forms issued."""
    year = int(period[:4])
    session.must("thidua new thi-dua-2026", "cd thi-dua-2026")
    _open(session, roster, period, year)


def _open(session: Session, roster: str, period: str, year: int) -> None:
    (session.here / "danh-sach.csv").write_text(roster, encoding="utf-8")
    known = {row.partition(",")[0] for row in roster.splitlines()}
    scores = [row for row in INDEX.splitlines() if row.partition(",")[0] in known]
    (session.here / "chi-so.csv").write_text("\n".join([*scores, ""]), encoding="utf-8")
    session.must(
        f"thidua round open {period} --deadline 15/12/{year} --letter 123/SNV-TĐKT --letter-date 20/11/{year}",
        "thidua roster import danh-sach.csv",
        f"thidua index import dx_index {period} chi-so.csv",
        f"thidua forms issue {period}",
    )


def _evidence(session: Session, ident: str, number: str, *without: str) -> list[tuple[str, ...]]:
    """Rows of the sheet of evidence with their files; number: of the report of tasks. without: criteria that have none."""
    folder = session.drive / "nhan-ve" / "minh-chung"
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, ...]] = []
    for place, criterion in enumerate(("C1", "C2.van-ban", "C2.ky-so", "C2.mot-cua")):
        if criterion not in without:
            name = f"{ident}-{criterion}.pdf".replace("C2.", "")
            (folder / name).write_bytes(f"%PDF-1.4 {name}".encode())
            kind, what = _REPORT if criterion == "C1" else _SYSTEM
            told = number if criterion == "C1" else f"{ident[-2:]}{place}/BC-UBND"
            rows.append((criterion, kind, told, "10/12/2026", "Ủy ban nhân dân xã", what, name, ""))
    return rows


@kept
def _handed_in(session: Session) -> None:
    """Four of five handed in by 16/12/2026; C01 and C02 name the same report, C03 claims that a criterion does not apply."""
    session.on(date(2026, 12, 16))
    _round(session)
    session.hand_in("C01", {}, evidence=_evidence(session, "C01", "12/BC-UBND"))
    session.hand_in("C02", {"files_online": "810"}, evidence=_evidence(session, "C02", "12/BC-UBND"))
    blank = {"docs_issued": "", "docs_signed": ""}
    claims = {"C2.ky-so": "Chưa được cấp chữ ký số, Công văn số 5/CV-UBND"}
    session.hand_in("C03", blank, claims=claims, evidence=_evidence(session, "C03", "33/BC-UBND", "C2.ky-so"))
    session.hand_in("C04", {"files_online": "990"}, evidence=_evidence(session, "C04", "47/BC-UBND"))
    session.must(f"thidua forms collect 2026 {DRIVE}nhan-ve")


def review_filled(
    session: Session,
    folder: str,
    body: str,
    typed: Typed,
    *,
    period: str = "2026",
    everything: bool = True,
    **signed: Any,
) -> Path:
    """A verifying body fills in its workbook; the file comes in."""
    source = next(session.here.glob(f"bieu-giao/{period}/tham-dinh/{body}*.xlsx"))
    sheets = ["tb-c-xa-phuong"] if everything else []
    return fill_review(source, session.drive / folder / source.name, typed, sheets, **signed)


def _first_reviews(session: Session) -> None:
    """One workbook with mistakes, one right."""
    office = {"C01/C2.mot-cua": ("sửa",), "C03/C2.ky-so": ("không áp dụng", "", "Chưa được cấp chữ ký số")}
    office |= {"C04/C2.mot-cua": ("trả lại", "", "")}
    review_filled(session, "tham-dinh-ve", "van-phong-ubnd", office, number="87/VP-HCC")
    review_filled(
        session,
        "tham-dinh-ve",
        "so-khcn",
        {"C02/C1": ("trả lại", "", "Danh mục nhiệm vụ chưa có sản phẩm của 2 nhiệm vụ")},
    )


def _mended_reviews(session: Session) -> None:
    """The wrong one again."""
    office = {
        "C01/C2.mot-cua": ("sửa", "", "Đếm lại trên hệ thống một cửa"),
        "C01/C2.mot-cua/measure:files_online": ("", 730),
        "C03/C2.ky-so": ("không áp dụng", "", "Chưa được cấp chữ ký số", "88/VP-HCC ngày 22/12/2026"),
        "C04/C2.mot-cua": ("trả lại", "", "Số hồ sơ trực tuyến lệch với hệ thống một cửa"),
    }
    review_filled(session, "tham-dinh-ve", "van-phong-ubnd", office, number="87/VP-HCC")


def _second_conclusion(session: Session) -> None:
    """A body mends what it concluded."""
    typed = {
        "C01/C2.mot-cua": ("sửa", "", "Tính cả 2 hồ sơ nộp qua bưu chính công ích"),
        "C01/C2.mot-cua/measure:files_online": ("", 732),
    }
    review_filled(session, "tham-dinh-lai", "van-phong-ubnd", typed, everything=False, version=2, number="91/VP-HCC")


@kept
def _returned(session: Session) -> None:
    """Verified once; two criteria are sent back."""
    _handed_in(session)
    session.on(date(2026, 12, 21))
    session.must("thidua review issue 2026")
    _first_reviews(session)
    _mended_reviews(session)
    session.on(date(2026, 12, 23))
    session.must(f"thidua review collect 2026 {DRIVE}tham-dinh-ve")


def _explain(session: Session, ident: str, typed: Mapping[str, Any], evidence: Mapping[str, str] | None = None) -> None:
    """A unit fills in its return form; the file comes in."""
    source = next(session.here.glob(f"bieu-giao/2026/giai-trinh/{ident}-*.xlsx"))
    target = session.drive / "giai-trinh-ve" / source.name
    returns_support.fill(source, target, typed, evidence, number=f"{ident[-2:]}/UBND", date="29/12/2026")


_PRODUCTS = {"C02/C1": "Bổ sung quyết định phê duyệt sản phẩm của 2 nhiệm vụ"}


def _first_explanations(session: Session) -> None:
    """C02 explains with a document; C04 changes a figure and says nothing about it."""
    document = {"criterion": "C1", "kind": "so-nhiem-vu", "number": "64/QĐ-UBND", "date": "28/12/2026"}
    document |= {"issuer": "Ủy ban nhân dân xã", "summary": "Phê duyệt sản phẩm của 2 nhiệm vụ"}
    _explain(session, "C02", _PRODUCTS, document)
    _explain(session, "C04", {"C04/C2.mot-cua/measure:files_online": 960})


def _mended_explanations(session: Session) -> None:
    why = "Trừ 30 hồ sơ nộp trực tiếp, do nhập nhầm"
    _explain(session, "C04", {"C04/C2.mot-cua": why, "C04/C2.mot-cua/measure:files_online": 960})


def _second_reviews(session: Session) -> None:
    """What was explained is verified again."""
    signed: dict[str, Any] = {"version": 2, "date": "05/01/2027"}
    review_filled(session, "tham-dinh-lai", "so-khcn", {"C02/C1": ("chấp nhận",)}, number="3/SKHCN-ĐMST", **signed)
    review_filled(
        session, "tham-dinh-lai", "van-phong-ubnd", {"C04/C2.mot-cua": ("chấp nhận",)}, number="4/VP-HCC", **signed
    )


def _verified(session: Session) -> None:
    """All that was handed in is verified; C05 has handed in nothing."""
    _returned(session)
    session.must("thidua return issue 2026")
    session.on(date(2026, 12, 30))
    _first_explanations(session)
    _mended_explanations(session)
    session.must(f"thidua return collect 2026 {DRIVE}giai-trinh-ve", "thidua review issue 2026")
    session.on(date(2027, 1, 5))
    _second_reviews(session)
    session.must(f"thidua review collect 2026 {DRIVE}tham-dinh-lai")


def _panel(session: Session) -> None:
    """A round of five communes, one criterion of which a panel judges; all have handed in."""
    session.here = session.drive
    session.must("thidua new thi-dua-thu", "cd thi-dua-thu")
    path = session.here / "phong-trao" / "c-xa-phuong.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: AX7")
    changed = text[:start] + _JUDGED + text[text.index("# Mức đạt và mức xuất sắc") :]
    changed = changed.replace("max: 33.34", "max: 28.34").replace("\ntree:", f"\ntables:\n{_BOARD}\ntree:")
    path.write_text(changed, encoding="utf-8")
    _open(session, ROSTER, "2026", 2026)
    for ident in ("C01", "C02"):
        session.hand_in(ident, {}, "nhan-ve-thu")
    session.must(f"thidua forms collect 2026 {DRIVE}nhan-ve-thu")


_BOARD = '  hoi_dong: {label: "Hội đồng chấm cách làm hay", key: rater, columns: {}}\n'
_JUDGED = """
  - id: C4
    text: "Cách làm hay trong chuyển đổi số"
    clause: {basis: kh-phong-trao, place: "VI.1, gạch 2"}
    max: 5
    verified_by: so-noi-vu
    given:
      panel: hoi_dong
      take: mean
      at_least: 2
      grid: 0.5
      described: {0: "không có", 2: "có, chưa nhân rộng", 5: "đã nhân rộng ở nhiều nơi"}

"""


def _marks(session: Session, marks: Mapping[str, Mapping[str, tuple[Any, ...]]]) -> None:
    """Assessors fill in their workbooks; the files come in."""
    for assessor, typed in marks.items():
        source = next(session.here.glob(f"bieu-giao/2026/hoi-dong/*{assessor}*.xlsx"))
        panel_support.fill(source, session.drive / "phieu-cham-ve" / source.name, typed, 1, "24/12/2026")


def _first_marks(session: Session) -> None:
    _marks(session, {"gk-01": {"C01/C4": (4,), "C02/C4": ("", "x", "Có người thân công tác ở xã")}})


def _last_marks(session: Session) -> None:
    rest = {"gk-02": {"C01/C4": (4.5,), "C02/C4": (3,)}, "gk-03": {"C01/C4": (3.5,)}}
    _marks(session, rest)


def _person(session: Session) -> None:
    """A round with a person in it, and a criterion that was verified and sent back."""
    _returned(session)
    rows = "mã,tên,loại,nhóm,tiểu nhóm,cơ quan quản lý,chức vụ,số liệu minh họa\n"
    rows += "E01,Trần Thị Bình,cá nhân,e,nhà khoa học,B002,Nghiên cứu viên,có\n"
    (session.here / "ca-nhan.csv").write_text(rows, encoding="utf-8")
    office = "mã,tên,loại,nhóm\nB002,Sở Khoa học và Công nghệ,sở/ban/ngành,a\n"
    (session.here / "co-quan.csv").write_text(office, encoding="utf-8")
    session.must("thidua roster import co-quan.csv ca-nhan.csv")


def _tasks(session: Session) -> None:
    """The lists and the tasks of the movement, with two results and a plan."""
    session.here = session.drive
    session.must("thidua new thi-dua-nhiem-vu", "cd thi-dua-nhiem-vu")
    session.must(
        "thidua roster import phong-trao/bodies.csv phong-trao/communes.csv",
        "thidua tasks import phong-trao/tasks.csv",
        "thidua tasks update 1 --done 20/03/2025 --document 15/KH-UBND",
    )


_YEARS = (("2025", date(2026, 1, 12)), ("2026", date(2027, 1, 12)), ("2027-h1", date(2027, 7, 12)))
_DONE = {"2025": ("610", "900"), "2026": ("730", "810"), "2027-h1": ("905", "790")}


def _three_rounds(session: Session) -> None:
    """Three rounds of two communes, each verified and published officially."""
    session.must("thidua new thi-dua-2026", "cd thi-dua-2026")
    for period, day in _YEARS:
        session.on(day)
        two = "".join(ROSTER.splitlines(keepends=True)[:3])
        _open(session, two, period, int(period[:4]))
        for ident, online in zip(("C01", "C02"), _DONE[period], strict=True):
            session.hand_in(ident, {"files_online": online}, f"nhan-ve-{period}", period, day)
        session.must(f"thidua forms collect {period} {DRIVE}nhan-ve-{period}", f"thidua review issue {period}")
        for body in ("so-khcn", "van-phong-ubnd"):
            review_filled(session, f"tham-dinh-{period}", body, {}, period=period, date=f"{day:%d/%m/%Y}")
        session.must(
            f"thidua review collect {period} {DRIVE}tham-dinh-{period}",
            f"thidua round close-roster {period} --group c",
            f"thidua round close {period} --group c --decision 13/QĐ-SNV",
        )
        publish_officially(session, period)


def publish_officially(session: Session, period: str) -> None:
    """For comment, and eleven working days later officially."""
    told = "--decision 20/QĐ-UBND --points-decision 9/QĐ-UBND"
    session.must(f'thidua publish {period} --group c --stage du-kien --confirm "{period} c du-kien"')
    session.now += timedelta(days=21)
    session.must(f'thidua publish {period} --group c --stage chinh-thuc {told} --confirm "{period} c chinh-thuc"')


LIFE_STEPS: dict[str, _Step] = {
    "handed-in": _handed_in,
    "first-reviews": _first_reviews,
    "mended-reviews": _mended_reviews,
    "second-conclusion": _second_conclusion,
    "returned": _returned,
    "first-explanations": _first_explanations,
    "mended-explanations": _mended_explanations,
    "second-reviews": _second_reviews,
    "verified": _verified,
    "panel": _panel,
    "first-marks": _first_marks,
    "person": _person,
    "tasks": _tasks,
    "three-rounds": _three_rounds,
    "last-marks": _last_marks,
}
