"""What people do between the commands of the pages about the inspection page, the reports, what is asked of results, a draft standard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import openpyxl

from records.models.columns import TITLES
from tests.support.award_steps import AWARD_STEPS
from tests.support.page_session import Session

_MODEL: Mapping[str, Any] = {
    "unit": "C01",
    "kind": "cách làm hay",
    "name": "Tổ công nghệ số đến từng thôn",
    "tags": "noi-dung-3",
    "summary": "Mỗi thôn một tổ, giúp người dân nộp hồ sơ trực tuyến vào sáng thứ bảy.",
    "result": "Hồ sơ trực tuyến tăng từ 40 % lên 95 %.",
    "document": "41/BC-UBND",
    "document_day": date(2026, 10, 5),
    "issuer": "Ủy ban nhân dân xã",
    "since": date(2026, 3, 1),
    "public": "có",
}
_UNCLEAR: Mapping[str, Any] = {
    **_MODEL,
    "unit": "C02",
    "name": "Ngày thứ bảy không hẹn",
    "document_day": "tháng 10",
    "public": "",
}
_MENDED: Mapping[str, Any] = {**_UNCLEAR, "document_day": date(2026, 10, 12), "public": "không"}


def _officially(session: Session) -> None:
    """The machine has been emptied; a round of six communes, published officially."""
    shutil.rmtree(session.drive)
    session.drive.mkdir()
    session.here = session.drive
    AWARD_STEPS["official"](session)


def _models(session: Session, second: Mapping[str, Any]) -> None:
    """Two communes fill in the form of models; the files come in."""
    inbox = session.drive / "mo-hinh-ve"
    inbox.mkdir(exist_ok=True)
    for told in (_MODEL, second):
        book = openpyxl.load_workbook(session.here / "bieu-giao" / "mo-hinh-guong-dien-hinh.xlsx")
        sheet = book.active
        assert sheet is not None
        for column, name in enumerate(TITLES, 1):
            sheet.cell(2, column).value = told.get(name)
        book.save(inbox / f"mo-hinh-{told['unit']}.xlsx")


def _received(session: Session) -> None:
    """The list of yearly reports that have come in."""
    rows = "mã,ngày,văn bản\nC01,30/12/2026,61/BC-UBND\nC02,04/01/2027,2/BC-UBND\n"
    (session.here / "bao-cao-nhan.csv").write_text(rows, encoding="utf-8")


def _draft(session: Session) -> None:
    """A copy of the movement's files, in which the points of communes are shared out anew and the pass mark is 65."""
    shutil.copytree(session.here / "phong-trao", session.here / "du-thao")
    path = session.here / "du-thao" / "c-xa-phuong.yaml"
    first, mark, last = path.read_text(encoding="utf-8").partition("  - id: C3\n")
    passing = '(đề xuất)", value: 60}'
    assert mark and first.count(passing) == 1 and first.count("max: 33.34") == 1
    first = (
        first.replace("max: 33.34", "max: 40").replace("max: 33.33", "max: 40").replace(passing, passing[:-3] + "65}")
    )
    path.write_text(first + mark + last.replace("max: 33.33", "max: 20"), encoding="utf-8")


READING_STEPS: dict[str, Callable[[Session], None]] = {
    "officially": _officially,
    "models-in": lambda session: _models(session, _UNCLEAR),
    "models-mended": lambda session: _models(session, _MENDED),
    "reports-in": _received,
    "draft": _draft,
}
