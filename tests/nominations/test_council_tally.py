"""A tally that comes back: everything that does not hold together is found at its cell, and then nothing is entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from criteria.problems import WARNING, Problem, errors
from nominations.council import columns as c
from nominations.council.entering import enter_meeting
from nominations.council.members import import_members
from nominations.council.preparing import enter_preparation, prepare
from nominations.council.recording import Meeting, read_meeting, recorded
from nominations.council.settling import Decision
from nominations.council.sheet import tally_workbook
from nominations.council.votes import read_votes
from nominations.steps.progress import progress
from records.ledger.entries import gather
from records.ledger.stored_files import check_files
from records.workspace.folder import Workspace
from tests.nominations.council_support import (  # noqa: F401
    DAY,
    OCCASION,
    STEP,
    TODAY,
    award_file,
    file,
    filled,
    install,
    members_file,
    workspace,
)

MINUTES = "05/BB-TXC"
ALL_YES = {"issued": 4, "collected": 4, "valid": 4, "yes": 4, "no": 0, "blank": 0, "written_yes": 1, "written_no": 0}


@pytest.fixture
def tally(workspace: Workspace, tmp_path: Path) -> bytes:  # noqa: F811
    """The tally of a meeting that was prepared."""
    assert import_members(workspace, OCCASION.id, STEP, members_file(tmp_path / "m.xlsx"), "12/QĐ")[1] == []
    pack, problems = prepare(workspace, OCCASION.id, STEP, DAY, "Phòng họp")
    assert pack is not None and errors(problems) == []
    enter_preparation(workspace, pack)
    return tally_workbook(pack, workspace.movement, workspace.database.secret())


def read(
    workspace: Workspace,  # noqa: F811
    path: Path,
    raw: bytes,
    day: date = DAY,
    why: str = "",
    minutes: str = MINUTES,
    **told: Any,
) -> tuple[Meeting | None, list[Problem]]:
    path.write_bytes(filled(raw, **told))
    return read_meeting(workspace, OCCASION.id, STEP, path, minutes, day, TODAY, why)


def found(problems: list[Problem]) -> set[tuple[str, str]]:
    """(sheet, column letters of the cell) of every error."""
    return {(one.sheet, one.cell.rstrip("0123456789")) for one in errors(problems)}


def letter(place: int) -> str:
    return chr(ord("A") + place)


# --- findings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        ({"yes": 3}, c.YES, "cộng 3, khác 4 phiếu hợp lệ"),
        ({"valid": 5, "yes": 5}, c.VALID, "Hợp lệ 5 phiếu, chỉ thu về 4"),
        ({"collected": 5}, c.COLLECTED, "Thu về 5 phiếu, chỉ phát ra 4"),
        ({"issued": 5}, c.ISSUED, "chỉ có 4 người có mặt được biểu quyết"),  # member 1 may not vote on B002
        ({"written_yes": 2}, c.WRITTEN_YES, "2 ý kiến bằng văn bản, có 1 người"),
        ({"written_yes": 0}, c.WRITTEN_YES, "0 ý kiến bằng văn bản, có 1 người"),
        ({"out": 0}, c.OUT, "có 1 người không được biểu quyết"),
        ({"out": None}, c.OUT, "Thiếu số"),
        ({"blank": None}, c.BLANK, "Thiếu số"),
        ({"no": "một"}, c.NO, "“một” không phải số phiếu"),
        ({"no": -1}, c.NO, "“-1” không phải số phiếu"),
        ({"yes": 3.5}, c.YES, "không phải số phiếu"),
        ({"chosen": "x"}, c.CHOSEN, "không thuộc nhóm bằng nhau"),
        ({"side": "x"}, c.CHAIRS_SIDE, "không thuộc nhóm bằng nhau"),
    ],
)
def test_a_row_that_does_not_hold_together(
    workspace: Workspace,  # noqa: F811
    tmp_path: Path,
    tally: bytes,
    row: dict[str, Any],
    place: int,
    said: str,
) -> None:
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally, rows={"bk-ttg/B002": row})
    assert meeting is None
    assert (c.TALLY, letter(place)) in found(problems)
    assert any(said in one.message for one in problems), [one.text() for one in problems]


@pytest.mark.parametrize(
    ("told", "sheet", "place", "said"),
    [
        ({"present": (2, 3, 4)}, c.MEMBERS, c.HERE, "Có mặt 3/6 thành viên, chưa đủ 2/3"),
        ({"written": ()}, c.TALLY, c.WRITTEN_YES, "1 ý kiến bằng văn bản, có 0 người"),
        ({"present": (3, 4, 5, 6), "written": (1, 2)}, c.MEMBERS, c.HERE, "Không có tổ trưởng hoặc cấp phó"),
        ({"written": (5, 6)}, c.MEMBERS, c.WROTE, "vừa có mặt vừa vắng"),
        ({"declared": {2: ("B004; B999", "họ hàng")}}, c.MEMBERS, c.DECLARED, "Không có đối tượng “B999”"),
        ({"declared": {2: ("B004", None)}}, c.MEMBERS, c.WHY, "không nêu lý do"),
        ({"declared": {2: (None, "họ hàng")}}, c.MEMBERS, c.DECLARED, "không ghi đối tượng nào"),
        ({"present": (1, 2, 3, 4, 5), "written": (6,)}, "Ky", c.SIGN_VALUE, "chưa ghi người ghi biên bản"),
        ({"signed": {"sign:secretary": "Ai đó"}}, "Ky", c.SIGN_VALUE, "Thư ký có mặt mà vẫn ghi người thay"),
        ({"signed": {"sign:end": "8h"}}, "Ky", c.SIGN_VALUE, "Kết thúc lúc 08 giờ 00"),
        ({"signed": {"sign:start": "sáng"}}, "Ky", c.SIGN_VALUE, "không phải giờ trong ngày"),
        ({"signed": {"sign:place": " "}}, "Ky", c.SIGN_VALUE, "Thiếu địa điểm"),
        ({"day": date(2027, 7, 21)}, "Ky", c.SIGN_VALUE, "khác ngày nêu ở lệnh"),
        ({"day": date(2027, 9, 1), "signed": {"sign:date": date(2027, 9, 1)}}, "Ky", c.SIGN_VALUE, "chưa đến"),
    ],
)
def test_a_meeting_that_cannot_be(
    workspace: Workspace,  # noqa: F811
    tmp_path: Path,
    tally: bytes,
    told: dict[str, Any],
    sheet: str,
    place: int,
    said: str,
) -> None:
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally, **told)
    assert meeting is None
    assert (sheet, letter(place)) in found(problems)
    assert any(said in one.message for one in problems), [one.text() for one in problems]


def test_who_is_silent_is_named(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    """Absent without an opinion: a warning where enough are there; then no written opinion may be counted."""
    rows = {key: {"written_yes": 0, "written_no": 0} for key in ("bk-ttg/B002", "co-tinh/B004", "bk-tinh/B005")}
    rows |= {key: {"written_yes": 0, "written_no": 0} for key in ("bk-tinh/B020", "bk-tinh/B041", "bk-tinh/DN1")}
    rows["bk-tinh/B020"]["chosen"] = ""  # type: ignore[assignment]
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally, rows=rows, written=())
    assert meeting is not None, [one.text() for one in problems]
    warned = [one for one in problems if one.severity == WARNING]
    assert warned[0].message == "Thành viên số 5 vắng, không có ý kiến bằng văn bản."
    assert [one.number for one in meeting.attendance.silent] == [5]


def test_a_declared_conflict_takes_the_vote_away(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    told = {2: ("B002", "vợ chồng")}
    _, problems = read(workspace, tmp_path / "p.xlsx", tally, declared=told)
    assert found(problems) == {(c.TALLY, letter(c.ISSUED)), (c.TALLY, letter(c.OUT))}
    row = {"issued": 3, "collected": 3, "valid": 3, "yes": 3, "out": 2}
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally, declared=told, rows={"bk-ttg/B002": row})
    assert meeting is not None and errors(problems) == []
    assert meeting.outcomes[0].votes.recused == 2


# --- whose file it is ----------------------------------------------------------------------------------------------


def test_files_of_others_are_refused(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    path = tmp_path / "p.xlsx"
    path.write_bytes(b"PK no zip")
    assert read_meeting(workspace, OCCASION.id, STEP, path, MINUTES, DAY, TODAY)[1][0].code == "form-unsafe"
    path.write_bytes(filled(tally))
    _, problems = read_meeting(workspace, OCCASION.id, "hoi-dong", path, MINUTES, DAY, TODAY)
    assert [one.code for one in problems] == ["form-period"]
    book = openpyxl.load_workbook(path)
    for row in range(1, 12):
        if book["_thidua"].cell(row, 1).value == "token":
            book["_thidua"].cell(row, 2).value = "0" * 32
    book.save(path)
    assert [one.code for one in read_meeting(workspace, OCCASION.id, STEP, path, MINUTES, DAY, TODAY)[1]] == [
        "form-foreign"
    ]
    _, problems = read_meeting(workspace, OCCASION.id, STEP, tmp_path / "none.xlsx", "", DAY, TODAY)
    assert {one.code for one in problems} == {"reason", "file-not-found"}


def test_rules_that_changed_since_make_it_stale(
    workspace: Workspace,  # noqa: F811
    tmp_path: Path,
    tally: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(monkeypatch, award_file({"recusal_lowers": True}))
    _, problems = read(workspace, tmp_path / "p.xlsx", tally)
    assert [one.code for one in problems] == ["form-changed"]


def test_a_list_of_members_that_changed_since_does_not(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    """The pack is read as the ledger stood when it was prepared."""
    rows = [("Người Khác", "Giám đốc", "B004", "tổ trưởng"), ("Người Nữa", "x", "B004", "thư ký")]
    assert import_members(workspace, OCCASION.id, STEP, members_file(tmp_path / "n.xlsx", rows), "13/QĐ")[1] == []
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally)
    assert meeting is not None and errors(problems) == []


# --- what is decided -----------------------------------------------------------------------------------------------


def decisions(meeting: Meeting | None) -> dict[str, Decision]:
    assert meeting is not None
    return {one.line.key: one.decision for one in meeting.outcomes}


def test_what_is_entered(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally)
    assert meeting is not None and errors(problems) == []
    assert decisions(meeting) == {
        "bk-ttg/B002": Decision.PASSED,
        "co-tinh/B004": Decision.PASSED,
        "bk-tinh/B005": Decision.FAILED,
        "bk-tinh/B020": Decision.PASSED,
        "bk-tinh/B041": Decision.FAILED,
        "bk-tinh/DN1": Decision.FAILED,
    }
    assert enter_meeting(workspace, meeting) == []
    known = progress(workspace, OCCASION.id)
    done = known["bk-ttg", "B002"].done[STEP]
    assert (done.value, done.document, done.day) == ("passed", "Biên bản số 05/BB-TXC ngày 20/07/2027", DAY)
    votes = read_votes(done.votes)
    assert votes is not None and (votes.yes, votes.written_yes, votes.recused, votes.recused_present) == (4, 1, 1, 1)
    assert known["bk-tinh", "B005"].done[STEP].value == "failed"
    assert known["bk-tinh", "B005"].done[STEP].reason.startswith("4/6 phiếu = 66,66 %, cần 80 %")
    facts = gather(workspace.database.entries("meeting"))[f"meeting:{OCCASION.id}/{STEP}"]
    told = [facts.value(name) for name in ("minutes", "day", "place", "members", "present", "written", "absent")]
    assert told == [MINUTES, "2027-07-20", "Phòng họp số 2", "6", "5", "1", "5"]
    kept = workspace.received(OCCASION.id) / "hoi-dong-xet-chon" / f"{facts.value('file')}.xlsx"
    assert kept.read_bytes() == (tmp_path / "p.xlsx").read_bytes()
    assert check_files(workspace.database, workspace.root / "bieu-thu").breaks == []
    again, problems = recorded(workspace, OCCASION.id, STEP)
    assert problems == [] and decisions(again[0]) == decisions(meeting)
    kept.unlink()
    broken = check_files(workspace.database, workspace.root / "bieu-thu")
    assert len(broken.breaks) == 1 and "phiếu kiểm của xet-chon" in broken.breaks[0].message


def test_the_same_file_enters_nothing_and_another_one_needs_a_reason(
    workspace: Workspace,  # noqa: F811
    tmp_path: Path,
    tally: bytes,
) -> None:
    first, _ = read(workspace, tmp_path / "p.xlsx", tally)
    assert first is not None and enter_meeting(workspace, first) == []
    before = workspace.database.last_entry()
    again, problems = read_meeting(workspace, OCCASION.id, STEP, tmp_path / "p.xlsx", MINUTES, DAY, TODAY)
    assert again is not None and again.same and problems == [] and enter_meeting(workspace, again) == []
    assert workspace.database.last_entry() == before
    rows = {"bk-ttg/B002": {"yes": 1, "no": 3}}
    wrong, problems = read(workspace, tmp_path / "q.xlsx", tally, rows=rows)
    assert wrong is None and [one.code for one in errors(problems)] == ["reason"]
    right, problems = read(workspace, tmp_path / "q.xlsx", tally, rows=rows, why="kiểm lại phiếu")
    assert right is not None and right.correction and enter_meeting(workspace, right, "kiểm lại phiếu") == []
    done = progress(workspace, OCCASION.id)["bk-ttg", "B002"].done[STEP]
    assert done.value == "failed" and done.reason.startswith("kiểm lại phiếu; 2/6 phiếu")
    assert [len(workspace.database.entries("case:so-ket-2027/co-tinh"))] == [2]  # untouched by the correction


def test_what_went_on_is_not_corrected(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    from nominations.steps.progress import Done, step_entries

    first, _ = read(workspace, tmp_path / "p.xlsx", tally)
    assert first is not None and enter_meeting(workspace, first) == []
    done = Done("tham-dinh", "passed", "1/TB", date(2027, 7, 25))
    with workspace.database.writing() as writer:
        writer.append(step_entries(OCCASION.id, "bk-ttg", "B002", done, "office", "so-noi-vu"))
    _, problems = read(workspace, tmp_path / "q.xlsx", tally, rows={"bk-ttg/B002": {"yes": 1, "no": 3}}, why="sửa")
    assert "đã qua bước sau “Thẩm định hồ sơ”" in errors(problems)[0].message


def test_somebody_else_has_written(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    from tests.rounds.support import enter_body

    meeting, _ = read(workspace, tmp_path / "p.xlsx", tally)
    assert meeting is not None
    enter_body(workspace, "B099", name="Xen vào")
    before = workspace.database.last_entry()
    assert [one.code for one in enter_meeting(workspace, meeting)] == ["output"]
    assert workspace.database.last_entry() == before


# --- ties ----------------------------------------------------------------------------------------------------------

TIED = ("bk-tinh/B020", "bk-tinh/B041", "bk-tinh/DN1")


def tied(*chosen: str, yes: dict[str, int] | None = None, **more: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All three reach the share (5 of 6), unless yes says how many of four ballots agree."""
    rows = {key: {**ALL_YES, "chosen": "x" if key in chosen else "", **more.get(key[-3:], {})} for key in TIED}
    for key, many in (yes or {}).items():
        rows[key] |= {"yes": many, "no": 4 - many}
    return rows


def test_equal_votes_stay_waiting(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally, rows=tied("bk-tinh/B020"))
    assert [decisions(meeting)[key] for key in TIED] == [Decision.WAITS] * 3
    assert any("số phiếu bằng nhau" in one.message for one in problems)
    assert meeting is not None and enter_meeting(workspace, meeting) == []
    assert not any(key == ("bk-tinh", "B020") for key in progress(workspace, OCCASION.id))


def test_the_chairs_side_with_a_reason_decides(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    rows = tied("bk-tinh/B020", **{"020": {"side": "x"}})
    _, problems = read(workspace, tmp_path / "p.xlsx", tally, rows=rows)
    assert found(problems) == {(c.TALLY, letter(c.REASON))}
    rows = tied("bk-tinh/B020", **{"020": {"side": "x", "reason": "ý kiến của tổ trưởng"}})
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally, rows=rows)
    assert [decisions(meeting)[key] for key in TIED] == [Decision.PASSED, Decision.NOT_CHOSEN, Decision.NOT_CHOSEN]
    assert meeting is not None and enter_meeting(workspace, meeting) == []
    known = progress(workspace, OCCASION.id)
    document = "Biên bản số 05/BB-TXC ngày 20/07/2027"
    assert known["bk-tinh", "B020"].ties == {STEP: (True, document)}
    assert known["bk-tinh", "B041"].ties == {STEP: (False, document)} and not known["bk-tinh", "B041"].done
    right, _ = read(workspace, tmp_path / "q.xlsx", tally, rows=tied(), why="kiểm lại")
    assert right is not None and enter_meeting(workspace, right, "kiểm lại") == []
    known = progress(workspace, OCCASION.id)  # the correction takes everything back
    assert not known["bk-tinh", "B020"].done and not known["bk-tinh", "B020"].ties and not known["bk-tinh", "DN1"].ties


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        (tied("bk-tinh/B020", "bk-tinh/B041"), c.CHOSEN, "Chọn 2, nhóm bằng nhau 1 chỉ còn 1"),
        (tied("bk-tinh/DN1", yes={"bk-tinh/DN1": 2}), c.CHOSEN, "Chọn DN1 mà không đạt số phiếu"),
        (
            tied("bk-tinh/B020", **{"041": {"side": "x", "reason": "vì"}}),
            c.CHAIRS_SIDE,
            "theo phía chủ tọa mà không phải",
        ),
    ],
)
def test_choices_that_contradict(
    workspace: Workspace,  # noqa: F811
    tmp_path: Path,
    tally: bytes,
    rows: dict[str, dict[str, Any]],
    place: int,
    said: str,
) -> None:
    meeting, problems = read(workspace, tmp_path / "p.xlsx", tally, rows=rows)
    assert meeting is None and (c.TALLY, letter(place)) in found(problems)
    assert any(said in one.message for one in problems), [one.text() for one in problems]


def test_fewer_votes_are_not_chosen_before_more(
    workspace: Workspace,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a share that 4 of 6 reach, votes differ among those who pass."""
    made = award_file()
    votes = made.awards.award("bk-tinh").votes  # type: ignore[union-attr]
    for one in votes:
        object.__setattr__(one, "share", made.awards.award("bk-ttg").votes[0].share)  # type: ignore[union-attr]
    install(monkeypatch, made)
    assert import_members(workspace, OCCASION.id, STEP, members_file(tmp_path / "m.xlsx"), "12/QĐ")[1] == []
    pack, _ = prepare(workspace, OCCASION.id, STEP)
    assert pack is not None
    raw = tally_workbook(pack, workspace.movement, workspace.database.secret())
    fewer = {"bk-tinh/B041": 3}
    _, problems = read(workspace, tmp_path / "p.xlsx", raw, rows=tied("bk-tinh/B041", yes=fewer))
    assert any("Chọn B041 ít phiếu hơn B020, DN1" in one.message for one in errors(problems))
    more = {"bk-tinh/B041": 3, "bk-tinh/DN1": 3}
    meeting, problems = read(workspace, tmp_path / "p.xlsx", raw, rows=tied("bk-tinh/B020", yes=more))
    assert errors(problems) == []
    assert [decisions(meeting)[key] for key in TIED] == [Decision.PASSED, Decision.NOT_CHOSEN, Decision.NOT_CHOSEN]


def test_who_is_left_fits(workspace: Workspace, tmp_path: Path, tally: bytes) -> None:  # noqa: F811
    """Two of three do not reach the share: the third one needs no choice."""
    meeting, problems = read(
        workspace, tmp_path / "p.xlsx", tally, rows=tied(yes={"bk-tinh/B041": 1, "bk-tinh/DN1": 0})
    )
    assert errors(problems) == []
    assert [decisions(meeting)[key] for key in TIED] == [Decision.PASSED, Decision.FAILED, Decision.FAILED]
    assert meeting is not None and meeting.outcomes[3].tie is None
