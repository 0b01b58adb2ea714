"""Dossiers made by hand: the catalogue's award file, nominees that never were, everything a Word document can be asked to say."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from criteria.declarations.movement import Movement
from criteria.movements.reading import CATALOG, MOVEMENT, read_movement
from nominations.awards.declarations import Award
from nominations.awards.reading import AWARDS, AwardFile, read_awards
from nominations.case import Case, Nominated
from nominations.dossier.money import estimate
from nominations.dossier.papers import papers_of
from nominations.dossier.state import PAPERS, SETTINGS, Dossier, Missing
from nominations.eligibility.finding import Finding, Outcome
from nominations.history.held import HeldAward
from nominations.nominees import Nominee, Standing
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import Proposed
from nominations.results import PeriodResult, Ranked, Results
from nominations.selection.choosing import Chosen, State
from nominations.steps.progress import PASSED, Announced, Done, Progress
from records.roster.roster import Roster
from reports.dossier.documents import _OF_AWARD, _OF_NOMINEE, filled
from reports.dossier.fields import Material, Printing
from reports.dossier.fields_list import Published, notice_fields
from reports.dossier.kinds import NOTICE, kind_named
from reports.layout.words import read_page
from reports.reasons.receipt import Receipt
from reports.reasons.row import CriterionRow
from reports.score_sheet.content import PeriodPart, ScoreSheet

FOLDER = CATALOG / "thai-binh-2025-2030"
MAU = FOLDER / "mau"
DAY = date(2027, 8, 5)
OCCASION = AwardOccasion(
    "so-ket-2027", "so-ket", "Sơ kết phong trào thi đua năm 2027", DAY, date(2025, 4, 1), date(2027, 6, 30), ("2025",)
)
HOSTILE = 'A & B <b> =HYPERLINK("http://x") {{ x }} {% raw %} {_{ y }_} #import \x07\u202e ]]> e\u0302\u0301'
HOSTILE_SHOWN = 'A & B <b> =HYPERLINK("http://x") {{ x }} {% raw %} {_{ y }_} #import ]]> \u1ebf'
LONG = "Chuyển đổi số toàn diện. " * 400  # 10.000 letters


@lru_cache(maxsize=1)
def movement() -> Movement:
    found, _ = read_movement(FOLDER / MOVEMENT)
    assert found is not None
    return found


@lru_cache(maxsize=1)
def award_file() -> AwardFile:
    found, problems = read_awards(FOLDER / AWARDS)
    assert found is not None, problems
    return found


def award(ident: str) -> Award:
    found = award_file().awards.award(ident)
    assert found is not None
    return found


def period(number: int, points: int, rank: int) -> PeriodResult:
    year, grade = 2024 + number, "Xuất sắc, tiêu biểu"
    first, last = date(year, 1, 1), date(year, 12, 31)
    share = Fraction(points, 100)
    return PeriodResult(str(year), first, last, f"{points},00/100,00", share, grade, 0, rank, f"{number:064x}")


def commune(number: int, name: str = "", merit: str = "", pool: str = "Cụm 1") -> Nominee:
    """A commune with two periods, ranked by its number."""
    ident = f"C{number:03d}"
    shown = name or f"Xã Số {number}"
    figure = Fraction(100 - number)
    periods = (period(1, 100 - number, number), period(2, 100 - number, number))
    ranked = Ranked(ident, shown, "c", "c-xa", pool, figure, f"{100 - number},00 %", True, number, periods=periods)
    told = merit or "Dẫn đầu cụm về tỷ lệ hồ sơ trực tuyến; triển khai 03 mô hình chuyển đổi số cấp xã."
    report = {
        "I.1": ("Xã có 12 thôn, 9.800 nhân khẩu; 24 cán bộ, công chức.",),
        "II.2": ("Xã thành lập 12 tổ công nghệ số cộng đồng.", "Bố trí kinh phí mua sắm thiết bị."),
        "II.9": ("Nội dung ở đề mục lạ.",),
    }
    rows = (Proposed("so-ket-2027", 1, number, ident, "bk-tinh", told, report=report),)
    subject = award_file().awards.subject("tap-the")
    return Nominee(
        ident, shown, subject, "c", "c-xa", pool, manager="B1", unit="UBND tỉnh", ranked=ranked, proposed=rows
    )


def person(ident: str = "E1", name: str = "Trần Thị Hoa") -> Nominee:
    subject = award_file().awards.subject("ca-nhan")
    figure = Fraction(95)
    ranked = Ranked(ident, name, "e", "e1", "", figure, "95,00 %", True, 1, periods=(period(2, 95, 1),))
    return Nominee(
        ident, name, subject, "e", "e1", "", True, "B2", "Phó Trưởng phòng", "Sở Tư pháp", ranked, illustration=True
    )


def household() -> Nominee:
    rows = (Proposed("so-ket-2027", 2, 1, "X1", "bk-tinh", "Hiến 500 m2 đất làm trạm viễn thông."),)
    subject = award_file().awards.subject("ho-gia-dinh")
    return Nominee("X1", "Hộ ông Nguyễn Văn Bình", subject, manager="C001", unit="Xã Số 1", proposed=rows)


def held(number: int, name: str, category: str, known: str = "", status: str = "granted") -> HeldAward:
    return HeldAward(
        number,
        "C001",
        "Xã Số 1",
        known,
        name,
        category,
        "",
        f"{number}/QĐ-UBND",
        "Chủ tịch UBND tỉnh",
        "",
        "",
        "",
        "",
        status,
        day=date(2020 + number, 3, 5),
    )


def case_of(nominee: Nominee, form: Award, *, passed: bool = False, history: tuple[HeldAward, ...] = ()) -> Case:
    own = [one for one in form.routes if nominee.subject and nominee.subject.id in one.subjects]
    route = next((one for one in own if not one.issuers or "tinh" in one.issuers), None)
    findings = (
        Finding(
            "E1",
            Outcome.PASS,
            "Được xét theo phong trào thi đua.",
            citations=("điểm a khoản 3 Điều 74",),
            facts=("luat-74-3-a",),
        ),
        Finding(
            "E2",
            Outcome.HUMAN,
            "Cần từ 03 năm trở lên; theo thời gian kế hoạch 5 năm 8 tháng: đủ; theo thời gian đã thực hiện 2 năm 4 tháng: chưa đủ.",
            "ngày đầu phong trào chưa rõ",
            ("khoản 2 Điều 26",),
            ("chưa đối chiếu nội dung mới",),
            code="duration-disputed",
        ),
    )
    done = {}
    if passed:
        done = {
            "xet-chon": Done("xet-chon", PASSED, "01/BB-TXC", date(2027, 7, 2)),
            "hoi-dong": Done("hoi-dong", PASSED, "05/BB-HĐTĐKT", date(2027, 8, 2)),
        }
    known = Progress(done, announced=Announced(date(2027, 7, 12), "Cổng Thông tin điện tử tỉnh") if passed else None)
    chosen = Chosen(nominee.id, State.PROPOSED, "Trong chỉ tiêu.")
    return Case(form, nominee, route, findings, chosen, known, "chỉ tiêu 10", history)


def sheet_of(nominee: Nominee, rows: int = 4) -> ScoreSheet | None:
    if not nominee.scored:
        return None
    receipt = Receipt("2026", nominee.group, 1, date(2027, 2, 1), "2026-c-v1.zip", "ab" * 32)
    made = [CriterionRow("A", "Chuyển đổi số", 0, True, Fraction(60), Fraction(70), "scored", 2)]
    for number in range(1, rows + 1):
        text = f"Nội dung thi đua số {number}"
        made.append(
            CriterionRow(
                f"A.{number}",
                text,
                1 + (number % 2),
                False,
                Fraction(15),
                Fraction(20),
                "scored",
                2,
                evidence=(f"Báo cáo số {number:02d}/BC-UBND",),
                verified=("Sở Khoa học và Công nghệ: chấp nhận",),
            )
        )
    part = PeriodPart(
        "2026",
        "năm 2026",
        nominee.id,
        nominee.name,
        "Bộ tiêu chí",
        2,
        Fraction(60),
        Fraction(100),
        Fraction(3, 5),
        "Xuất sắc",
        1,
        "1 trên 5",
        tuple(made),
        (),
        (),
        receipt,
    )
    return ScoreSheet(nominee.id, nominee.name, DAY, "PT", (), (part,), (receipt,), ())


def material_of(
    nominees: Iterable[Nominee],
    form: str = "bk-tinh",
    *,
    final: bool = False,
    missing: tuple[Missing, ...] | None = None,
    number: str = "",
    stamps: tuple[str, ...] = (),
    rows: int = 4,
) -> Material:
    """final: everything is there and the dossier leaves."""
    people = list(nominees)
    history = (held(1, "Bằng khen của Bộ trưởng", "cong-trang"), held(2, "Tập thể lao động xuất sắc", "cong-trang"))
    given = award(form)
    cases = tuple(
        case_of(one, given, passed=final, history=history if place == 0 else ()) for place, one in enumerate(people)
    )
    told = missing
    if told is None:
        told = (
            ()
            if final
            else (
                Missing(SETTINGS, "chỉ tiêu là đề xuất, chưa có quyết định"),
                *(Missing(PAPERS, "Báo cáo thành tích: chưa có bản ký, đóng dấu (PDF)", one.id) for one in people),
            )
        )
    awards = award_file().awards
    dossier = Dossier(
        given,
        awards.authority(given.authority),
        cases,
        papers=tuple(papers_of(awards, given, people, {})),
        estimates={one.id: estimate(awards, given, one.subject, DAY) for one in people},
        missing=told,
    )
    standing = Standing(Roster({}), {one.id: one for one in people}, {})
    nominated = Nominated(OCCASION, award_file(), standing, Results(stamps=stamps), cases)
    sheets = {one.id: sheet_of(one, rows) for one in people}
    return Material(nominated, dossier, Printing(movement(), DAY, number, sheets.get, final))


def with_text(nominee: Nominee, text: str) -> Nominee:
    """The same nominee with a text of this kind wherever a unit can write."""
    rows = tuple(
        replace(row, merit=text, report=dict.fromkeys(("I.1", "II.3", "Z.1"), (text, text))) for row in nominee.proposed
    )
    return replace(nominee, name=text, post=text, unit=text, proposed=rows)


def template(name: str) -> Path:
    return MAU / f"{name}.docx"


def lines_of(content: bytes) -> list[str]:
    """What stands in a Word file: body and tables in their order, then the headers. Cells of a row in one line each."""
    return [f"{line.where}: {line.text}" for line in read_page(content).lines if line.text.strip()]


def text_of(content: bytes) -> str:
    return "\n".join(line.text for line in read_page(content).lines)


def assert_golden(name: str, content: bytes) -> None:
    """Hold a document against the text that was read aloud and found good. THIDUA_GOLDEN=write writes it anew."""
    path = Path(__file__).parent / "golden" / f"{name}.txt"
    told = "\n".join(lines_of(content)) + "\n"
    if os.environ.get("THIDUA_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def made(material: Material, name: str, place: int | None = None) -> bytes:
    """A document of the catalogue's template. place: of the case, None for a document of the whole award."""
    if place is None:
        fields = _OF_AWARD[name](material)
    else:
        fields = _OF_NOMINEE[name](material, material.dossier.cases[place])
    return filled(kind_named(name), template(name).read_bytes(), fields, template(name), "Thử", DAY)


def notice_of(material: Material) -> bytes:
    fields = notice_fields(material, Published(DAY, date(2027, 8, 19), 10, "Cổng Thông tin điện tử tỉnh"))
    return filled(kind_named(NOTICE), template(NOTICE).read_bytes(), fields, template(NOTICE), "Thử", DAY)
