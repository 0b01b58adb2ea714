"""The loop closes: submitted, granted, refused, returned, a unit's own award, revoked; looked up and printed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from criteria.problems import Problem
from nominations.history.held import HeldAward, history
from nominations.history.importing import import_held
from nominations.history.looking import Listing, look_up
from nominations.history.own_awards import OwnAward, record_own
from nominations.history.recording import Outcome, Told, record, submit
from nominations.history.revoking import Revoked, revoke
from nominations.steps.progress import FAILED, PASSED, Done, progress, step_entries
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from reports.awards.held_workbook import again_lines, held_lines, held_workbook, summary
from scoring.result import ILLUSTRATION
from tests.nominations.history_support import TODAY, award_file, small_workspace, written

FILE, OCC = award_file(), "so-ket-2027"
COUNCIL_DAY, DAY = date(2027, 8, 10), date(2027, 9, 2)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return small_workspace(tmp_path)


def passed(workspace: Workspace, award: str, nominee: str, *steps: str, value: str = PASSED) -> None:
    """Enter steps as councils do."""
    with workspace.database.writing() as writer:
        for step in steps or ("xet-chon", "hoi-dong"):
            writer.append(
                step_entries(OCC, award, nominee, Done(step, value, "3/BB", COUNCIL_DAY), "council", "hội đồng")
            )


def recorded(
    workspace: Workspace, outcome: Outcome = "granted", award: str = "bk-tinh", **more: object
) -> tuple[list[HeldAward], list[Problem]]:
    told = Told(award, **({"document": "Quyết định số 77/QĐ-UBND", "day": DAY} | more))  # type: ignore[arg-type]
    return record(workspace, OCC, told, outcome, TODAY, FILE)


def submitted(
    workspace: Workspace, award: str, *who: str, document: str = "9/TTr-UBND", day: date = DAY
) -> list[Problem]:
    return submit(workspace, OCC, Told(award, document, day, who), TODAY, FILE)[1]


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems if one.severity == "error"]


# --- cases of an occasion ------------------------------------------------------------------------------------------


def test_granted_with_number_day_and_days_of_the_achievement(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901")
    (one,), problems = recorded(workspace, candidates=("B901",))
    assert problems == [] and history(workspace) == [one]
    assert (one.holder, one.award, one.category, one.level) == ("B901", "bk-tinh", "chuyen-de", "tinh")
    assert (one.decision, one.day, one.status) == ("77/QĐ-UBND", DAY, "granted")
    assert one.authority == "Chủ tịch Ủy ban nhân dân tỉnh"
    occasion = next(x for x in workspace.movement.occasions if x.id == OCC)
    assert (one.movement, one.occasion) == (workspace.movement.id, OCC)
    assert (one.first, one.last, one.rounds) == (occasion.from_, occasion.to, ", ".join(occasion.rounds))
    assert OCC in one.achievement
    done = progress(workspace, OCC)["bk-tinh", "B901"].done["ubnd-tinh"]
    assert done.passed and done.day == DAY  # the decision is the last step


def test_no_step_is_skipped(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901", "xet-chon")
    made, problems = recorded(workspace, candidates=("B901", "B902"))
    assert made == [] and codes(problems) == ["step", "step"] and history(workspace) == []
    assert "“Hội đồng” (chưa làm)" in problems[0].message and "“Xét chọn”" in problems[1].message
    passed(workspace, "bk-tinh", "B901", "hoi-dong", value=FAILED)
    assert "không thông qua" in recorded(workspace, candidates=("B901",))[1][0].message


def test_all_or_none(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901")
    before = workspace.database.last_entry()
    made, problems = recorded(workspace, candidates=("B901", "B90"))
    assert made == [] and codes(problems) == ["unknown-candidate"]
    assert "B901" in problems[0].hint and workspace.database.last_entry() == before


def test_without_candidates_all_that_are_ready(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B902")
    passed(workspace, "bk-tinh", "B901")
    passed(workspace, "bk-tinh", "E901", "xet-chon")
    made, _ = recorded(workspace)
    assert [(one.number, one.holder) for one in made] == [(1, "B901"), (2, "B902")]
    assert codes(recorded(workspace)[1]) == ["award-held"]  # nobody is left


@pytest.mark.parametrize(
    ("outcome", "changes", "code"),
    [
        ("granted", {"document": " "}, "award-held"),
        ("granted", {"day": date(2031, 1, 1)}, "date"),
        ("granted", {"day": date(2027, 8, 9)}, "date"),  # before the council met
        ("refused", {}, "reason"),
        ("returned", {"reason": "  "}, "reason"),
        ("granted", {"award": "khong-co"}, "award-unknown"),
    ],
)
def test_what_is_missing(workspace: Workspace, outcome: Outcome, changes: dict[str, object], code: str) -> None:
    passed(workspace, "bk-tinh", "B901")
    assert codes(recorded(workspace, outcome, **({"candidates": ("B901",)} | changes))[1]) == [code]  # type: ignore[arg-type]
    assert history(workspace) == []


def test_unknown_occasion(workspace: Workspace) -> None:
    assert codes(record(workspace, "lạ", Told("bk-tinh", "1", DAY), "granted", TODAY, FILE)[1]) == ["occasion"]


def test_submitted_then_decided(workspace: Workspace) -> None:
    passed(workspace, "hcld-ba", "B901")
    assert submitted(workspace, "hcld-ba") == []
    (one,) = history(workspace)
    assert (one.status, one.source, one.since, one.decision) == ("submitted", "9/TTr-UBND", DAY, "")
    known = progress(workspace, OCC)["hcld-ba", "B901"]
    assert known.submitted == "9/TTr-UBND"
    assert known.done["ubnd-tinh"].document == "9/TTr-UBND"  # submitting to the State is what the province decides
    assert codes(submitted(workspace, "hcld-ba", "B901")) == ["award-held"]
    early, problems = recorded(workspace, award="hcld-ba", day=date(2027, 9, 1))
    assert early == [] and codes(problems) == ["date"]
    (now,), _ = recorded(workspace, award="hcld-ba", day=date(2027, 12, 1), document="100/QĐ-CTN")
    assert (now.number, now.status, now.decision, now.day) == (1, "granted", "100/QĐ-CTN", date(2027, 12, 1))
    assert progress(workspace, OCC)["hcld-ba", "B901"].done["ubnd-tinh"].day == DAY
    assert codes(recorded(workspace, "refused", "hcld-ba", candidates=("B901",), reason="x")[1]) == ["award-held"]


def test_a_submission_to_the_province_is_not_its_decision(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901")
    assert submitted(workspace, "bk-tinh", "B901") == []
    assert "ubnd-tinh" not in progress(workspace, OCC)["bk-tinh", "B901"].done


def test_returned_can_come_again_refused_cannot(workspace: Workspace) -> None:
    passed(workspace, "hcld-ba", "B901")
    submitted(workspace, "hcld-ba", "B901")
    back, _ = recorded(workspace, "returned", "hcld-ba", reason="Thiếu xác nhận", day=date(2027, 10, 1))
    assert (back[0].status, back[0].reason) == ("returned", "Thiếu xác nhận")
    assert submitted(workspace, "hcld-ba", "B901", document="15/TTr", day=date(2027, 11, 1)) == []
    no, _ = recorded(workspace, "refused", "hcld-ba", reason="Không đủ", day=date(2027, 12, 1), document="8/VPCTN")
    assert (no[0].number, no[0].status, no[0].decision) == (1, "refused", "")
    assert codes(submitted(workspace, "hcld-ba", "B901", day=date(2027, 12, 2))) == ["award-held"]


def test_a_refusal_of_the_province_stops_the_case(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901")
    recorded(workspace, "refused", reason="Không đồng ý", candidates=("B901",))
    assert progress(workspace, OCC)["bk-tinh", "B901"].done["ubnd-tinh"].value == FAILED


def test_what_counted_begins_after_an_earlier_award(workspace: Workspace) -> None:
    listed = "mã,hình thức,số quyết định,ngày,cơ quan,dịp\nB901,Bằng khen tỉnh,5/QĐ,05/01/2026,Chủ tịch,thuc-day-2025-12-31\n"
    done, problems = import_held(workspace, written(workspace.root.parent, listed), TODAY)
    assert done is not None, problems
    passed(workspace, "bk-tinh", "B901")
    (one,), _ = recorded(workspace, candidates=("B901",))
    assert (one.number, one.first, one.rounds) == (2, date(2026, 1, 1), "2026, 2027-h1")


def test_what_was_submitted_is_recorded_not_imported(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901")
    submitted(workspace, "bk-tinh", "B901")
    listed = "mã,hình thức,số quyết định,ngày,cơ quan\nB901,bk-tinh,5/QĐ,05/12/2027,Chủ tịch\n"
    done, problems = import_held(workspace, written(workspace.root.parent, listed), TODAY)
    assert done is None and codes(problems) == ["award-held"]
    assert "thidua award record so-ket-2027 --award bk-tinh --candidate B901" in problems[0].hint


def test_what_was_recorded_is_known_to_a_list(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901")
    recorded(workspace)
    listed = "mã,hình thức,số quyết định,ngày\nB901,bk-tinh,Số 77/QĐ-UBND,02/09/2027\n"
    done, _ = import_held(workspace, written(workspace.root.parent, listed), TODAY)
    assert done is not None and (done.new, len(history(workspace))) == (0, 1)


# --- a unit's own awards -------------------------------------------------------------------------------------------


def own(**changes: object) -> OwnAward:
    told = {"holder": "E901", "award": "Giấy khen", "authority": "Giám đốc Sở", "decision": "4/QĐ-SVH", "day": DAY}
    return OwnAward(**(told | changes))  # type: ignore[arg-type]


def test_an_own_award_goes_through_no_step_but_names_its_issuer(workspace: Workspace) -> None:
    assert codes(recorded(workspace, award="giay-khen", candidates=("E901",))[1]) == ["award-held"]
    (one,), _ = recorded(workspace, award="giay-khen", candidates=("E901",), authority="Giám đốc Sở Thử Nghiệm")
    assert (one.level, one.authority, one.occasion) == ("co-so", "Giám đốc Sở Thử Nghiệm", OCC)
    assert progress(workspace, OCC) == {}


def test_own_awards_outside_the_occasions(workspace: Workspace) -> None:
    one, problems = record_own(workspace, own(ours=True, first=date(2026, 1, 1), achievement="Việc tốt"), TODAY, FILE)
    assert one is not None and problems == []
    assert (one.award, one.level, one.category, one.occasion) == ("giay-khen", "co-so", "chuyen-de", "")
    assert (one.movement, one.authority) == (workspace.movement.id, "Giám đốc Sở")
    again, _ = record_own(workspace, own(ours=True), TODAY, FILE)
    assert again == one and len(history(workspace)) == 1
    other, _ = record_own(workspace, own(award="Giấy khen của Đảng ủy", decision="5"), TODAY, FILE)
    assert other is not None and (other.number, other.award, other.category) == (2, "", "")
    third, _ = record_own(workspace, own(award="Kỷ niệm chương", decision="6", category="ĐỘT XUẤT"), TODAY, FILE)
    assert third is not None and third.category == "dot-xuat"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"holder": "E9"}, "unknown-candidate"),
        ({"award": " "}, "award-held"),
        ({"authority": ""}, "award-held"),
        ({"decision": ""}, "award-held"),
        ({"day": date(2031, 1, 1)}, "date"),
        ({"first": date(2026, 2, 1), "last": date(2026, 1, 1)}, "date"),
        ({"category": "lạ"}, "award-held"),
        ({"award": "Bằng khen tỉnh"}, "award-held"),  # not a unit's to give
    ],
)
def test_own_awards_that_are_wrong(workspace: Workspace, changes: dict[str, object], code: str) -> None:
    made, problems = record_own(workspace, own(**changes), TODAY, FILE)
    assert made is None and codes(problems) == [code] and history(workspace) == []


# --- revoking ------------------------------------------------------------------------------------------------------


def revoked(workspace: Workspace, number: int = 1, **changes: object) -> tuple[Revoked | None, list[Problem]]:
    told = {"reason": "Kê khai gian dối", "document": "90/QĐ-UBND", "day": date(2028, 1, 5)} | changes
    return revoke(workspace, number, today=TODAY, file=FILE, **told)  # type: ignore[arg-type]


def test_a_revoked_award_stays_and_counts_no_more(workspace: Workspace) -> None:
    passed(workspace, "bk-tinh", "B901")
    recorded(workspace)
    done, problems = revoked(workspace)
    assert done is not None and problems == [] and done.again == ()
    (one,) = history(workspace)
    assert (one.status, one.reason, one.source, one.since) == (
        "revoked",
        "Kê khai gian dối",
        "90/QĐ-UBND",
        date(2028, 1, 5),
    )
    assert (one.decision, one.day, one.counts) == ("77/QĐ-UBND", DAY, False)
    assert done.citations == FILE.citations(["f-sure"])
    assert codes(revoked(workspace)[1]) == ["award-held"]
    listed = "mã,hình thức,số quyết định,ngày\nB901,bk-tinh,77/QĐ-UBND,02/09/2027\n"
    import_held(workspace, written(workspace.root.parent, listed), TODAY)
    assert history(workspace)[0].status == "revoked"  # a list does not bring it back


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        (2, {}, "award-held"),
        (1, {"reason": ""}, "reason"),
        (1, {"document": ""}, "award-held"),
        (1, {"day": date(2031, 1, 1)}, "date"),
        (1, {"day": date(2027, 9, 1)}, "date"),  # before it was granted
    ],
)
def test_what_cannot_be_revoked(workspace: Workspace, number: int, changes: dict[str, object], code: str) -> None:
    passed(workspace, "bk-tinh", "B901")
    recorded(workspace)
    done, problems = revoked(workspace, number, **changes)
    assert done is None and codes(problems) == [code] and history(workspace)[0].counts


def test_everything_later_is_looked_at_again(workspace: Workspace) -> None:
    listed = "mã,hình thức,loại hình,số quyết định,ngày,cơ quan\n"
    listed += "B901,Giấy khen,,1/QĐ,01/01/2020,Giám đốc\nB901,Bằng khen tỉnh,chuyên đề,2/QĐ,01/01/2022,Chủ tịch\n"
    listed += "B901,HCLĐ hạng Ba,chuyên đề,3/QĐ,01/01/2024,Chủ tịch nước\nB902,Giấy khen,,4/QĐ,01/01/2025,Giám đốc\n"
    import_held(workspace, written(workspace.root.parent, listed), TODAY)
    passed(workspace, "bk-tinh", "B901")
    passed(workspace, "bk-tinh", "B902")
    with workspace.database.writing() as writer:
        writer.append(
            [Entry(f"proposed:{OCC}/1/1", name, value) for name, value in (("nominee", "B901"), ("award", "hcld-ba"))]
        )
    names = {one.number: one.award for one in history(workspace)}
    done, _ = revoked(workspace, next(number for number, award in names.items() if award == "bk-tinh"))
    assert done is not None
    told = [(one.holder, one.award or one.words.split(" (")[0], bool(one.number), one.rested) for one in done.again]
    # awards.yaml of the workspace gave the ids; the file of this test says which routes want what
    assert told[0][:3] == ("B901", "hcld-ba", True) and told[0][3]
    assert {(who, award) for who, award, number, _ in told if not number} == {("B901", "bk-tinh"), ("B901", "hcld-ba")}
    assert not any(who == "B902" for who, *_ in told) and len(told) == 3
    assert "điều kiện xét có đòi hình thức đã hủy bỏ" in again_lines(done.again)[0]


def test_successors_are_looked_at_where_awards_pass_on(workspace: Workspace) -> None:
    listed = "mã,hình thức,số quyết định,ngày,cơ quan\nB903,Giấy khen,1/QĐ,01/01/2024,Giám đốc\nB902,Giấy khen,2/QĐ,01/01/2026,Giám đốc\n"
    import_held(workspace, written(workspace.root.parent, listed), TODAY)
    assert workspace.movement.inheritance is not None
    done, _ = revoked(workspace)
    assert done is not None and done.again == ()
    workspace.movement = workspace.movement.model_copy(
        update={"inheritance": workspace.movement.inheritance.model_copy(update={"awards": "successor"})}
    )
    from nominations.history.revoking import look_again

    known = history(workspace)
    assert [one.holder for one in look_again(workspace, FILE.awards, known[0], known)] == ["B902"]


# --- looking up ----------------------------------------------------------------------------------------------------

LIST = """mã,họ và tên,hình thức,loại hình,số quyết định,ngày,cơ quan,số liệu minh họa
B903,,Giấy khen,chuyên đề,1/QĐ,01/03/2024,Giám đốc,
B902,,Bằng khen tỉnh,,2/QĐ,01/02/2026,Chủ tịch,
E901,,=1+1 & <b>,,3/QĐ,01/01/2026,Giám đốc,x
ngoài danh sách,Lê Văn Ngoài,Giấy khen,,4/QĐ,01/01/2025,Giám đốc,
"""


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    done, problems = import_held(workspace, written(workspace.root.parent, LIST), TODAY)
    assert done is not None, problems
    return workspace


def seen(workspace: Workspace, **asked: object) -> Listing:
    listing, problems = look_up(workspace, **asked)  # type: ignore[arg-type]
    assert listing is not None, problems
    return listing


def numbers(listing: Listing) -> list[int]:
    return [one.held.number for one in listing.lines]


def test_looked_up_by_candidate_award_year_and_state(filled: Workspace) -> None:
    assert numbers(seen(filled)) == [4, 2, 1, 3]
    assert numbers(seen(filled, candidate="B902")) == [2]
    assert numbers(seen(filled, award="giay-khen")) == [4, 1] == numbers(seen(filled, award="GIẤY KHEN"))
    assert numbers(seen(filled, year=2026)) == [2, 3]
    assert numbers(seen(filled, year=2026, candidate="E901")) == [3]
    revoked(filled, 2)
    assert numbers(seen(filled, status="revoked")) == [2]
    assert seen(filled, status="revoked").lines[0].note == "Kê khai gian dối"


def test_awards_of_bodies_before_it_say_whose_they_are(filled: Workspace) -> None:
    rule = filled.movement.inheritance
    assert rule is not None
    filled.movement = filled.movement.model_copy(
        update={"inheritance": rule.model_copy(update={"awards": "successor"})}
    )
    listing = seen(filled, candidate="B902")
    assert numbers(listing) == [2, 1]
    assert [one.before for one in listing.lines] == ["", "của B903 Sở Trước Kia, đã sáp nhập ngày 01/07/2025"]
    assert "    của B903 Sở Trước Kia, đã sáp nhập ngày 01/07/2025" in held_lines(listing)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"candidate": "B90"}, "unknown-candidate"),
        ({"award": "Không có"}, "award-unknown"),
        ({"status": "lạ"}, "award-held"),
    ],
)
def test_what_nobody_knows(filled: Workspace, asked: dict[str, str], code: str) -> None:
    listing, problems = look_up(filled, **asked)  # type: ignore[arg-type]
    assert listing is None and codes(problems) == [code]


def test_a_later_award_remembers_what_was_revoked_since(filled: Workspace) -> None:
    more = "mã,hình thức,số quyết định,ngày,cơ quan\nB902,Giấy khen,9/QĐ,01/05/2027,Giám đốc\n"
    import_held(filled, written(filled.root.parent, more), TODAY)
    revoked(filled, 2)
    assert seen(filled, candidate="B902", award="giay-khen").lines[0].note == (
        "Xem lại: khen thưởng số 2 trước đó đã hủy bỏ."
    )


def test_the_workbook_prints_and_holds_no_formula(filled: Workspace) -> None:
    listing = seen(filled)
    content = held_workbook(listing)
    assert content == held_workbook(seen(filled))
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows, 1) if row[0] == "Số")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert [ILLUSTRATION] in [row[:1] for row in rows[:head]]
    person = next(row for row in rows if row[1] == "E901")
    assert person[2:5] == ["Nguyễn Thị Thử", "Chuyên viên, Sở Thử Nghiệm", "=1+1 & <b>"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert rows[-1][0] == summary(listing) == "4 lần khen thưởng: đã tặng 4."
    quiet = seen(filled, candidate="B902")
    assert quiet.stamps == [] and listing.stamps == [ILLUSTRATION]
