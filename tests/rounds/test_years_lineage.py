"""Bodies that merge, split, are renamed, end: whose results stand for whom, worked on the movement's own lists."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from criteria.declarations.years import Inheritance, InheritedResults, PartYear
from records.ledger.entries import Entry
from records.roster.importing import import_roster
from records.roster.roster import load_roster
from records.tasks.changes import Book
from records.tasks.register import Result
from records.workspace.folder import Workspace
from records.years.explaining import explain_years, why_words
from records.years.lineage import award_holders, lineage, renames
from records.years.part_year import needed_days, part_year_state
from tests.rounds.support import new_workspace
from tests.rounds.task_support import day, rows, taken_in, workspace_with_bodies
from tests.rounds.year_support import YEARS, combined, movement, places, result, roster, row_of

PLAIN = {"rule": {"weigh_by": "periods", "then": []}}
MERGED = {
    "S1": {"to": "2026-06-30", "successor": "S3"},
    "S2": {"to": "2026-06-30", "successor": "S3"},
    "S3": {"from_": "2026-07-01"},
    "S4": {},
}
RESULTS = [
    result("2025", {"S1": 80, "S2": 91, "S4": 90}),
    result("2026", {"S3": 95, "S4": 90}),
    result("2027-h1", {"S3": 88, "S4": 90}),
]


def enter(workspace: Workspace, ident: str, **fields: str) -> None:
    entries = [Entry(f"body:{ident}", name.rstrip("_"), value, source="1/QĐ") for name, value in fields.items()]
    with workspace.database.writing() as writer:
        writer.append(entries)


# --- worked on the seeds -------------------------------------------------------------------------------------------


def test_information_and_communications_into_science_and_technology(tmp_path: Path) -> None:
    """B012 has only a guessed successor; the officer enters it with its day. Tasks move with their first deadline, what was done
    before the move stays with the old body, and so does its result."""
    workspace = workspace_with_bodies(tmp_path)
    taken_in(workspace, tmp_path, "000.1b;Xong trước;B012;Tháng 2/2025", "000.2b;Chuyển đi;B012;Tháng 6/2025")
    assert lineage(load_roster(workspace), "B002", date(2027, 6, 30)) == []  # a guess is no successor
    book = Book.open(workspace)
    book.finish("000.1b", "B012", Result(day("2025-02-15"), "1/VB"))
    book.extend("000.2b", day("2025-09-30"), "9/CV", "sắp xếp bộ máy", day("2025-02-20"))
    assert book.save()[1] == []
    enter(workspace, "B012", to="2025-02-28", successor="B002")
    who = load_roster(workspace)
    (before,) = lineage(who, "B002", date(2027, 6, 30))
    assert (before.id, before.kind, before.words) == ("B012", "absorbed", "đã sáp nhập ngày 01/03/2025")
    assert lineage(who, "B002", date(2025, 2, 28)) == []  # not yet
    moved = rows(workspace, "B002", "2025")["000.2b"]
    assert (moved.due, moved.first_due) == (day("2025-09-30"), day("2025-06-30"))
    assert moved.note.startswith("Nhận từ Sở Thông tin và Truyền thông từ ngày 01/03/2025")
    assert list(rows(workspace, "B012", "2025")) == ["000.1b"]
    of = workspace.movement
    results = [result("2025", {"B002": 90, "B012": {"of": 5, "unplaced": "chỉ hoạt động 59/365 ngày"}})]
    results += [result(year, {"B002": 90}) for year in YEARS[1:]]
    made = combined(of, who, results)
    row = row_of(made, "B002")
    assert (row.combined.value, row.combined.rank) == (90, 1)  # its own results, nothing lost by taking another in
    assert row.notes == (
        "Kết quả của Sở Thông tin và Truyền thông (đã sáp nhập ngày 01/03/2025) giữ ở cơ quan đó, không gộp: "
        "2025 5,00/100,00",
    )
    old = row_of(made, "B012")
    assert old.combined.rank is None
    assert why_words(made, old)[0] == "Đã kết thúc hoạt động ngày 28/02/2025, kế thừa: Sở Khoa học và Công nghệ"
    workspace.close()


def test_criminal_records_move_and_the_body_remains(tmp_path: Path) -> None:
    """Task 23: from Sở Tư pháp (000 II.7.g) to Công an tỉnh: one function moves; nobody follows anybody."""
    workspace = workspace_with_bodies(tmp_path)
    taken_in(workspace, tmp_path, "23;Lý lịch tư pháp;Sở Tư pháp;Tháng 5/2025", "7;Việc khác;Sở Tư pháp;Năm 2025")
    book = Book.open(workspace)
    book.hand_over("23", "B008", "B017", date(2025, 3, 1), "10/QĐ")
    assert book.save()[1] == []
    assert rows(workspace, "B017", "2025")["23"].first_due == day("2025-05-31")
    assert list(rows(workspace, "B008", "2025")) == ["7"]
    who = load_roster(workspace)
    assert lineage(who, "B017", date(2027, 6, 30)) == [] == lineage(who, "B008", date(2027, 6, 30))
    made = combined(workspace.movement, who, [result(year, {"B008": 80, "B017": 90}) for year in YEARS])
    assert [(r.candidate, r.combined.rank, r.notes) for r in made.rows if r.combined.rank] == [
        ("B017", 1, ()),
        ("B008", 2, ()),
    ]
    workspace.close()


def test_a_district_of_2025_is_not_marked_down_for_having_ceased(tmp_path: Path) -> None:
    workspace = workspace_with_bodies(tmp_path)
    who, of = load_roster(workspace), workspace.movement
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    candidates, _ = who.candidates("a", first, last)
    assert next(c for c in candidates if c.id == "B022").part_year
    state = part_year_state(of.part_year, who, [c.id for c in candidates], first, last)
    assert (state["B022"].days, state["B022"].of, state["B022"].placed) == (181, 365, False)
    assert state["B022"].sentence == (
        "Chỉ hoạt động 181/365 ngày của kỳ (01/01/2025-30/06/2025), dưới 183 ngày, không xếp hạng "
        "(quy tắc đề xuất, chưa được cấp có thẩm quyền quyết định)"
    )
    assert state["B001"].whole and state["B001"].placed and state["B001"].sentence == ""
    assert "B022" not in [c.id for c in who.candidates("a", date(2026, 1, 1), date(2026, 12, 31))[0]]
    assert part_year_state(of.part_year, who, ["B022"], date(2026, 1, 1), date(2026, 12, 31)) == {}
    results = [result("2025", {"B001": 80, "B022": {"of": 70, "unplaced": state["B022"].sentence}})]
    made = combined(of, who, [*results, *(result(year, {"B001": 80}) for year in YEARS[1:])])
    row = row_of(made, "B022")
    assert (row.combined.value, row.combined.provisional, row.combined.rank) == (70, False, None)  # no zero, no waiting
    assert row_of(made, "B001").combined.rank == 1
    workspace.close()


# --- what is inherited ---------------------------------------------------------------------------------------------


def test_two_bodies_merged_in_the_middle_of_2026() -> None:
    of = movement(**PLAIN)
    made = combined(of, roster(of, MERGED), RESULTS)
    row = row_of(made, "S3")
    assert row.combined.exact == (Fraction(171, 2) + 95 + 88) / 3
    assert places(made)["S3"] == ("179/2", 2) and places(made)["S4"] == ("90", 1)
    assert dict(explain_years(made, "S3"))["Kỳ 2025"] == (
        "85,50/100,00 = 85,5 %; trung bình kết quả của Sở S1 (đã hợp nhất ngày 01/07/2026) 80,00/100,00; "
        "kết quả của Sở S2 (đã hợp nhất ngày 01/07/2026) 91,00/100,00; biên nhận sha-2025"
    )
    assert row.cells[0].inherited == ("S1", "S2")
    assert row_of(made, "S1").combined.rank is None and row_of(made, "S1").barred.endswith("kế thừa: Sở S3")


@pytest.mark.parametrize(("merge", "value"), [("best_of_predecessors", "274/3"), ("none", "183/2")])
def test_other_rules_of_merging(merge: str, value: str) -> None:
    of = movement(**PLAIN, inheritance=Inheritance(results=InheritedResults(merge=merge)))
    row = row_of(combined(of, roster(of, MERGED), RESULTS), "S3")
    assert row.combined.exact == Fraction(value)  # none: did not exist in 2025, and nobody is marked down for that
    assert row.combined.rank == 1 and not row.combined.provisional


def test_a_predecessor_without_a_result_is_waited_for() -> None:
    of = movement(**PLAIN)
    results = [result("2025", {"S1": 80, "S4": 90}), *RESULTS[1:]]
    made = combined(of, roster(of, MERGED), results)
    assert why_words(made, row_of(made, "S3")) == [
        "Tạm tính, chờ kỳ 2025: của Sở S2 (đã hợp nhất ngày 01/07/2026): không có trong kết quả đã công bố chính thức"
    ]
    of = movement(rule={**PLAIN["rule"], "missing": "left_out"})
    assert row_of(combined(of, roster(of, MERGED), results), "S3").combined.exact == Fraction(80 + 95 + 88, 3)


def test_one_body_split_in_two_and_one_that_became_another() -> None:
    of = movement(**PLAIN)
    bodies = {
        "S1": {"to": "2025-12-31", "successor": "S2|S3"},
        "S2": {"from_": "2026-01-01"},
        "S3": {"from_": "2026-01-01"},
        "S5": {"to": "2025-12-31", "successor": "S6"},
        "S6": {"from_": "2026-01-01", "to": "2026-12-31", "successor": "S7"},
        "S7": {"from_": "2027-01-01"},
    }
    who = roster(of, bodies)
    (before,) = lineage(who, "S2", date(2027, 6, 30))
    assert (before.kind, before.beside) == ("split", ("S3",))
    assert [(one.id, one.successor, one.kind) for one in lineage(who, "S7", date(2027, 6, 30))] == [
        ("S6", "S7", "continued"),
        ("S5", "S6", "continued"),
    ]
    results = [
        result("2025", {"S1": 60, "S5": 70}),
        result("2026", {"S2": 90, "S3": 75, "S6": 80}),
        result("2027-h1", {"S2": 90, "S3": 75, "S7": 90}),
    ]
    made = combined(of, who, results)
    assert {ident: places(made)[ident] for ident in ("S2", "S3", "S7")} == {
        "S2": ("80", 1),
        "S3": ("70", 3),
        "S7": ("80", 1),
    }
    assert row_of(made, "S7").cells[0].inherited == ("S6", "S5") and row_of(made, "S7").notes == ()
    none = movement(**PLAIN, inheritance=Inheritance())
    assert row_of(combined(none, who, results), "S7").combined.counted == (2,)


def test_a_renamed_body_stays_itself() -> None:
    of = movement(**PLAIN)
    who = roster(of, {"S1": {"name": "Sở Cũ|2026-03-01 Sở Mới"}})
    made = combined(of, who, [result(year, {"S1": 80}) for year in YEARS])
    assert (made.rows[0].name, made.rows[0].combined.value, lineage(who, "S1", date(2027, 6, 30))) == ("Sở Mới", 80, [])
    assert renames(who.bodies["S1"], date(2025, 1, 1), date(2027, 6, 30)) == [(date(2026, 3, 1), "Sở Mới")]


def test_successors_in_a_ring_end() -> None:
    of = movement(**PLAIN)
    who = roster(of, {"S1": {"to": "2025-12-31", "successor": "S2"}, "S2": {"to": "2026-12-31", "successor": "S1"}})
    assert [one.id for one in lineage(who, "S1", date(2027, 6, 30))] == ["S2"]
    assert len(combined(of, who, [result("2025", {"S1": 80})]).rows) == 1


def test_awards_are_kept_by_rule() -> None:
    of = movement()
    who = roster(of, MERGED)
    assert award_holders(who, of.inheritance, "S3", date(2027, 6, 30)) == ["S3"]
    passed = Inheritance(awards="successor")
    assert award_holders(who, passed, "S3", date(2027, 6, 30)) == ["S3", "S1", "S2"]
    assert award_holders(who, passed, "S3", date(2026, 6, 30)) == ["S3"]


# --- a part of a year ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "needed"), [(365, 183), (366, 183), (181, 91), (31, 16)])
def test_days_needed_of_shorter_rounds(days: int, needed: int) -> None:
    assert needed_days(PartYear(least_days=183), days) == needed


def test_who_is_left_out_of_a_year_does_not_wait_for_it() -> None:
    """S5 began in November 2026 and is not in the list of 2026; S6 has whatever the body before it had."""
    rule = PartYear(least_days=183, otherwise="left_out")
    of = movement(**PLAIN, part_year=rule)
    bodies = {
        "S5": {"from_": "2026-11-01"},
        "S6": {"from_": "2026-11-01"},
        "S7": {"to": "2026-10-31", "successor": "S6"},
    }
    who = roster(of, bodies)
    state = part_year_state(rule, who, bodies, date(2026, 1, 1), date(2026, 12, 31))
    assert (state["S5"].days, state["S5"].left_out, state["S7"].days, state["S7"].placed) == (61, True, 304, True)
    results = [result("2025", {"S7": 70}), result("2026", {"S7": 80}), result("2027-h1", {"S5": 90, "S6": 90})]
    made = combined(of, who, results)
    assert {ident: places(made)[ident] for ident in ("S5", "S6")} == {"S5": ("90", 1), "S6": ("80", 2)}
    assert dict(explain_years(made, "S5"))["Kỳ 2026"].startswith("chỉ hoạt động 61/365 ngày của kỳ")


def test_the_successors_of_a_split_are_read_from_a_list(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w", period=None)
    path = tmp_path / "ds.csv"
    text = "mã;tên;loại;từ ngày;đến ngày;kế thừa\nT2;Sở Hai;sở/ban/ngành;2026-01-01;;\nT3;Sở Ba;sở/ban/ngành;2026-01-01;;\n"
    path.write_text(text, encoding="utf-8")
    assert import_roster(workspace, [path])[1] == []
    path.write_text(
        'mã;tên;loại;từ ngày;đến ngày;kế thừa\nT1;Sở Một;sở/ban/ngành;;2025-12-31;"Sở Hai; T3"\n', encoding="utf-8"
    )
    assert import_roster(workspace, [path])[1] == []
    assert load_roster(workspace).bodies["T1"].successors == ["T2", "T3"]
    assert [one.id for one in lineage(load_roster(workspace), "T3", date(2026, 6, 1))] == ["T1"]
    workspace.close()
