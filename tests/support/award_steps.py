"""What people do between the commands of the pages about awards: one official round of six communes, an occasion that rests on it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date

from tests.support.award_filling import (
    COUNCIL,
    OCCASION,
    SELECTION,
    appraised,
    conditions,
    first_proposals,
    held,
    law_compared,
    members,
    mended_proposal,
    tally,
    wrong_conditions,
)
from tests.support.life_steps import kept, publish_officially, review_filled
from tests.support.page_session import DRIVE, Session

_NAMES = (("C01", "Một"), ("C02", "Hai"), ("C03", "Ba"), ("C04", "Bốn"), ("C05", "Năm"), ("C06", "Sáu"))
_ROSTER = "mã,tên,loại,nhóm,cụm,thủ trưởng,số liệu minh họa\n" + "".join(
    f"{ident},Xã {name},xã,c,Cụm 1,Nguyễn Văn {name},có\n" for ident, name in _NAMES
)
# C03 and C04 are alike in everything; C06 has not done all tasks, which keeps it out of every grade.
_ONLINE = {"C01": "950", "C02": "930", "C03": "900", "C04": "900", "C05": "850", "C06": "700"}
_INDEX = "mã,điểm\nC01,81.5\nC02,80\nC03,70\nC04,70\nC05,65\nC06,50\n"
_ROUNDS = 'rounds: ["2025", "2026", "2027-h1"]'


@kept
def _official(session: Session) -> None:
    """The occasion rests on one round, published officially in January 2027."""
    session.on(date(2026, 11, 20))
    session.must("thidua new thi-dua-2026", "cd thi-dua-2026")
    movement = session.here / "phong-trao" / "movement.yaml"
    text = movement.read_text(encoding="utf-8")
    assert text.count(_ROUNDS) == 1
    movement.write_text(text.replace(_ROUNDS, 'rounds: ["2026"]'), encoding="utf-8")
    (session.here / "danh-sach.csv").write_text(_ROSTER, encoding="utf-8")
    (session.here / "chi-so.csv").write_text(_INDEX, encoding="utf-8")
    session.must(
        "thidua round open 2026 --deadline 15/12/2026 --letter 123/SNV-TĐKT --letter-date 20/11/2026",
        "thidua roster import danh-sach.csv",
        "thidua index import dx_index 2026 chi-so.csv",
        "thidua forms issue 2026",
    )
    for ident, online in _ONLINE.items():
        done = {"dx_done": "12"} if ident == "C06" else {}
        session.hand_in(ident, {"files_online": online, **done})
    session.on(date(2027, 1, 5))
    session.must(f"thidua forms collect 2026 {DRIVE}nhan-ve", "thidua review issue 2026")
    for body in ("so-khcn", "van-phong-ubnd"):
        review_filled(session, "tham-dinh-2026", body, {}, date="05/01/2027")
    session.must(
        f"thidua review collect 2026 {DRIVE}tham-dinh-2026",
        "thidua round close-roster 2026 --group c",
        "thidua round close 2026 --group c --decision 13/QĐ-SNV",
    )
    publish_officially(session, "2026")
    session.must(f"thidua round open {OCCASION}")


# --- dossiers -----------------------------------------------------------------------------------------------------------

_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
# papers of the award, and those of every nominee
_SIGNED = {"to-trinh": "95/TTr-SNV", "danh-sach": "95/TTr-SNV", "bien-ban-xet": "12/BB-HĐTĐKT"}
_OF_NOMINEE = {"bao-cao": "{}/BC-UBND", "de-nghi-don-vi": "{}/TTr-UBND"}


def _decided(session: Session) -> None:
    """What was a proposal in the award file, and how rounds are combined, has been decided; the plan has its number and day."""
    folder = session.here / "phong-trao"
    awards, movement = folder / "awards.yaml", folder / "movement.yaml"
    told = '"19/2027/QĐ-UBND"'
    text = awards.read_text(encoding="utf-8")
    text = text.replace("duration_status: proposal", f"duration_status: decided\nduration_decided_by: {told}")
    text = re.sub(r"(?m)^( +)status: proposal$", rf"\1status: decided\n\1decided_by: {told}", text)
    awards.write_text(re.sub(r"\bstatus: proposal", f"status: decided, decided_by: {told}", text), encoding="utf-8")
    text = movement.read_text(encoding="utf-8")
    combined = re.sub(r"(- {group: \w, status: )proposal", rf"\1decided, decided_by: {told}", text)
    movement.write_text(combined, encoding="utf-8")
    documents = folder / "documents.yaml"
    text = documents.read_text(encoding="utf-8")
    blank, _, rest = text.partition("- id: kh-phong-trao")[2].partition("- id:")
    told = blank.replace("number: null", "number: 15/KH-UBND").replace("date: null", "date: 2025-04-15")
    assert told != blank and rest
    text = text.replace(blank, told)
    documents.write_text(text, encoding="utf-8")


def _scans(session: Session) -> None:
    """Signed papers, scanned; one was left as a Word file."""
    folder = session.drive / "ban-ky"
    folder.mkdir(exist_ok=True)
    (folder / "to-trinh.docx").write_bytes(b"PK minh hoa")
    for name in _SIGNED:
        (folder / f"{name}.pdf").write_bytes(_PDF + f"% {name}".encode())
    for name in _OF_NOMINEE:
        for ident in ("C04", "X1"):
            (folder / f"{name}-{ident}.pdf").write_bytes(_PDF + f"% {name} {ident}".encode())


def _attached(session: Session) -> None:
    """All papers but the tờ trình."""
    told = [(name, "", number) for name, number in _SIGNED.items() if name != "to-trinh"]
    told += [(name, ident, number.format(ident[-1])) for name, number in _OF_NOMINEE.items() for ident in ("C04", "X1")]
    for name, ident, number in told:
        file = f"{DRIVE}ban-ky\\{name}{f'-{ident}' if ident else ''}.pdf"
        whose = f" --candidate {ident}" if ident else ""
        session.must(
            f"thidua attach {OCCASION} {file} --award bk-tinh{whose} --paper {name} --document {number} --on 20/08/2027"
        )


def _template(old: str, new: str) -> Callable[[Session], None]:
    """Somebody edits the template of the tờ trình in Word."""

    def step(session: Session) -> None:
        path = session.here / "phong-trao" / "mau" / "to-trinh.docx"
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        text = parts["word/document.xml"].decode()
        assert old in text
        parts["word/document.xml"] = text.replace(old, new).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

    return step


# --- where pages begin --------------------------------------------------------------------------------------------------


@kept
def _ready(session: Session) -> None:
    """Proposals and facts are in; whatever had to be decided or compared before a council meets has been."""
    _official(session)
    session.on(date(2027, 7, 12))
    held("20/12/2024", "C02")(session)
    session.must("thidua award import khen-thuong-da-co.csv", f"thidua proposal form {OCCASION}")
    first_proposals(session)
    mended_proposal(session)
    session.must(f"thidua proposal collect {OCCASION} {DRIVE}de-nghi-ve", f"thidua eligibility issue {OCCASION}")
    session.on(date(2027, 7, 15))
    conditions(session)
    session.must(f"thidua eligibility collect {OCCASION} {DRIVE}xet-dieu-kien.xlsx")
    _decided(session)
    session.must(f"thidua eligibility issue {OCCASION}")
    law_compared(session)
    session.must(f"thidua eligibility collect {OCCASION} {DRIVE}can-cu.xlsx")


def _meeting(session: Session, step: str, day: date, minutes: str, chosen: str = "") -> None:
    session.on(day)
    room = "Phòng họp số 2"
    session.must(f'thidua council prepare {OCCASION} --step {step} --meeting {day:%d/%m/%Y} --place "{room}"')
    tally(step, day, chosen)(session)
    file = f"{DRIVE}phieu-kiem-{step}.xlsx"
    session.must(f"thidua council record {OCCASION} {file} --step {step} --minutes {minutes} --on {day:%d/%m/%Y}")


@kept
def _voted(session: Session) -> None:
    """Chosen, appraised, published, voted on."""
    _ready(session)
    members(SELECTION.format(body="Sở Nội vụ (ngoài)", role="thư ký"), "to-xet-chon.csv")(session)
    members(COUNCIL, "hoi-dong.csv")(session)
    session.must(
        f"thidua council members {OCCASION} to-xet-chon.csv --step xet-chon --document 60/QĐ-SKHCN",
        f"thidua council members {OCCASION} hoi-dong.csv --step hoi-dong --document 61/QĐ-UBND",
    )
    _meeting(session, "xet-chon", date(2027, 7, 20), "05/BB-TXC", "bk-tinh/C04")
    session.on(date(2027, 7, 30))
    session.must(f"thidua appraisal issue {OCCASION}")
    appraised("tham-dinh-ve", date(2027, 7, 28), 0)(session)
    session.must(f"thidua appraisal collect {OCCASION} {DRIVE}tham-dinh-ve")
    session.on(date(2027, 8, 17))
    where = '--from 02/08/2027 --where "Cổng Thông tin điện tử tỉnh" --document 75/TB-SNV'
    session.must(
        f"thidua announce start {OCCASION} --award hcld-ba {where}",
        f"thidua announce close {OCCASION} --award hcld-ba --document 80/XN-SNV",
    )
    _meeting(session, "hoi-dong", date(2027, 8, 18), "12/BB-HĐTĐKT")


AWARD_STEPS: dict[str, Callable[[Session], None]] = {
    "official": _official,
    "ready": _ready,
    "voted": _voted,
    "held-wrong": held("31/11/2024", "C09"),
    "held-right": held("20/12/2024", "C02"),
    "first-proposals": first_proposals,
    "mended-proposal": mended_proposal,
    "wrong-conditions": wrong_conditions,
    "conditions": conditions,
    "law-compared": law_compared,
    "wrong-members": members(SELECTION.format(body="Sở Y tế", role="tổ trưởng"), "to-xet-chon.csv"),
    "members": members(SELECTION.format(body="Sở Nội vụ (ngoài)", role="thư ký"), "to-xet-chon.csv"),
    "wrong-tally": tally("xet-chon", date(2027, 7, 20), "bk-tinh/C04", wrong=True),
    "tally": tally("xet-chon", date(2027, 7, 20), "bk-tinh/C04"),
    "first-appraisal": appraised("tham-dinh-ve", date(2027, 7, 26), 1),
    "second-appraisal": appraised("tham-dinh-lai", date(2027, 7, 30), 0),
    "council": members(COUNCIL, "hoi-dong.csv"),
    "council-tally": tally("hoi-dong", date(2027, 8, 18)),
    "decided": _decided,
    "scans": _scans,
    "attached": _attached,
    "misspelt": _template("{{ nguoi_ky }}", "{{ nguoi_ki }}"),
    "spelt": _template("{{ nguoi_ki }}", "{{ nguoi_ky }}"),
}
