"""Lists into the roster: the movement's own and an officer's; every mistake with its cell; twice is once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from criteria.problems import Problem, errors
from records.roster.identity import NEW, Asked, Choices
from records.roster.importing import Imported, import_roster
from records.roster.listing import list_roster, why_not
from records.roster.matching import key
from records.roster.roster import Roster, load_roster
from records.rounds import close_roster
from records.workspace.folder import Workspace
from tests.rounds.support import MOVEMENT, SECOND, new_workspace

BODIES, COMMUNES = MOVEMENT / "bodies.csv", MOVEMENT / "communes.csv"
YEAR = date(2026, 1, 1), date(2026, 12, 31)
ENTERPRISES = Choices(group="đ", new=True)
PERSONS = Choices(kind="cá nhân", new=True)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the movement's own lists; only read."""
    workspace = new_workspace(tmp_path_factory.mktemp("known") / "w")
    brought(workspace, BODIES, COMMUNES)
    return workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = new_workspace(tmp_path / "w")
    brought(made, BODIES)
    return made


def brought(workspace: Workspace, *files: Path, choices: Choices | None = None) -> Imported:
    done, problems = import_roster(workspace, files, choices)
    assert done is not None, problems
    return done


def refused(workspace: Workspace, *files: Path, choices: Choices | None = None) -> list[Problem]:
    """The errors of an import that writes nothing."""
    before = workspace.database.last_entry()
    done, problems = import_roster(workspace, files, choices)
    assert done is None
    assert workspace.database.last_entry() == before
    return sorted(errors(problems))


def listed(folder: Path, text: str, name: str = "danh-sach.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def ids(roster: Roster, letter: str, first: date = YEAR[0], last: date = YEAR[1]) -> list[str]:
    return [candidate.id for candidate in roster.candidates(letter, first, last)[0]]


# --- the movement's own lists


def test_bodies_are_what_the_documents_say(known: Workspace) -> None:
    roster = load_roster(known)
    bodies = [body for body in roster.bodies.values() if body.id.startswith("B")]
    assert len(bodies) == 101
    assert {letter: len(ids(roster, letter)) for letter in "abdđe"} == {"a": 15, "b": 4, "d": 2, "đ": 2, "e": 0}
    reasons = Counter(why_not(roster, body, *YEAR).partition(" (")[0] for body in bodies)
    assert reasons[""] == 15 + 4 + 2 + 2
    assert reasons["cụm từ chỉ nhiều cơ quan, không phải một tổ chức"] == 24
    assert reasons["thuộc Ninh Bình"] == 12
    assert reasons["thuộc Trung ương"] == 3
    assert reasons["loại cơ quan không dự thi đua"] == 5 + 12 + 3 + 2 + 1
    assert reasons["chưa rõ thuộc nhóm nào"] == 6 + 2
    assert reasons["đã kết thúc ngày 30/06/2025"] == 4


def test_bodies_that_may_have_been_replaced_wait_for_an_answer(known: Workspace) -> None:
    roster = load_roster(known)
    candidates, doubts = roster.candidates("a", *YEAR)
    assert [doubt.body for doubt in doubts] == ["B011", "B012", "B013", "B014"]
    assert not {"B011", "B012", "B013", "B014"} & {candidate.id for candidate in candidates}
    assert roster.bodies["B011"].value("successor_proposed") == "Sở Nông nghiệp và Môi trường"
    assert [body.id for body in roster.bodies.values() if body.value("successor") or body.value("to")] == []


def test_districts_take_part_in_the_first_half_of_2025_only(known: Workspace) -> None:
    candidates, _ = load_roster(known).candidates("a", date(2025, 1, 1), date(2025, 12, 31))
    assert [c.id for c in candidates if c.part_year] == ["B021", "B022", "B023"]


@pytest.mark.parametrize(("scope", "count"), [("104", 104), ("65", 65)])
def test_communes_by_scope(known: Workspace, scope: str, count: int) -> None:
    known.settings["commune_scope"] = scope
    try:
        found = ids(load_roster(known), "c")
    finally:
        del known.settings["commune_scope"]
    assert len(found) == count
    assert ("X001" in found, "X104" in found) == (scope == "104", True)


def test_a_commune_rests_on_its_clause(known: Workspace) -> None:
    body = load_roster(known).bodies["X103"]
    assert (body.name(), body.value("kind"), body.value("area")) == ("Phường Trà Lý", "phường", "Thái Bình")
    assert body.value("from") == "2025-07-01"
    assert "Đông Hoà, Đông Thọ, Đông Dương" in body.value("predecessors")
    entry = body.facts.entry("from")
    assert entry is not None and entry.place == "communes.csv ô A104"
    assert entry.source.startswith("Điều 1 khoản 103 Nghị quyết số 1666/NQ-UBTVQH15 ngày 16/06/2025")
    assert ids(load_roster(known), "c", date(2025, 1, 1), date(2025, 6, 30)) == ["B024"]


def test_every_field_keeps_its_source_and_cell(known: Workspace) -> None:
    entry = load_roster(known).bodies["B012"].facts.entry("successor_proposed")
    assert entry is not None
    assert (entry.source, entry.place) == ("000", "bodies.csv ô M13")


def test_importing_twice_appends_nothing(workspace: Workspace) -> None:
    last = workspace.database.last_entry()
    done = brought(workspace, BODIES)
    assert (done.rows, done.entries, done.new, done.changed) == (101, 0, [], [])
    assert workspace.database.last_entry() == last


# --- an officer's lists


def test_enterprises_with_a_title_and_without_ids(workspace: Workspace, tmp_path: Path) -> None:
    text = "DANH SÁCH\n\nSTT,Tên doanh nghiệp,Quy mô doanh nghiệp,Mã số thuế\n"
    path = listed(tmp_path, text + "1,Hợp tác xã Sen Hồng,Vừa,0100\n2,Công ty May,nhỏ,\n")
    assert brought(workspace, path, choices=ENTERPRISES).new == ["F001", "F002"]
    body = load_roster(workspace).bodies["F001"]
    assert (body.value("kind"), body.value("size"), body.value("code:mst")) == ("doanh nghiệp", "vừa", "0100")
    assert ids(load_roster(workspace), "đ") == ["B056", "B057", "F001", "F002"]
    assert brought(workspace, path, choices=ENTERPRISES).entries == 0


def test_xlsx_with_dates_and_a_unit_above_in_the_same_file(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Đơn vị"
    sheet.append(["Mã", "Tên đơn vị", "Loại", "Cơ quan quản lý", "Từ ngày", "Còn hoạt động"])
    sheet.append(["D001", "Trung tâm Ứng dụng", "đơn vị trực thuộc", "Sở KH&CN", date(2026, 7, 1), "có"])
    sheet.append(["D002", "Trạm Quan trắc", "đơn vị trực thuộc", "Chi cục Nước", None, None])
    sheet.append(["N001", "Chi cục Nước", "sở/ban/ngành", None, None, None])
    book.save(tmp_path / "don-vi.xlsx")
    brought(workspace, tmp_path / "don-vi.xlsx")
    roster = load_roster(workspace)
    assert [roster.bodies[ident].value("parent") for ident in ("D001", "D002")] == ["B002", "N001"]
    entry = roster.bodies["D001"].facts.entry("from")
    assert entry is not None and (entry.value, entry.place) == ("2026-07-01", "don-vi.xlsx [Đơn vị] ô E2")
    part = {c.id: c.part_year for c in roster.candidates("d", *YEAR)[0]}
    assert part["D001"] and not part["D002"]


def test_a_person_is_name_unit_post_and_sub_type(workspace: Workspace, tmp_path: Path) -> None:
    text = "Họ và tên;Đơn vị công tác;Chức vụ;Tiểu nhóm;CCCD;Mã định danh\nLê Thị C;B001;Chuyên viên;công chức;034;99\n"
    done, problems = import_roster(workspace, [listed(tmp_path, text)], PERSONS)
    assert done is not None and done.new == ["E001"]
    assert [(p.code, p.cell) for p in sorted(problems)] == [("column-unknown", "E1"), ("column-unknown", "F2")]
    facts = load_roster(workspace).bodies["E001"].facts
    assert sorted(facts.fields) == ["kind", "name", "parent", "post", "sub_type"]
    candidate = load_roster(workspace).candidates("e", *YEAR)[0][0]
    assert (candidate.set, candidate.manager) == ("e1-can-bo.yaml", "B001")


def test_namesakes_in_two_units_are_two_persons_and_said_so(workspace: Workspace, tmp_path: Path) -> None:
    text = "tên,cơ quan quản lý,tiểu nhóm\nLê Thị C,B001,trí thức\nLê Thị C,B002,trí thức\n"
    done, problems = import_roster(workspace, [listed(tmp_path, text)], PERSONS)
    assert done is not None and done.new == ["E001", "E002"]
    assert [(p.code, p.cell, p.severity) for p in problems] == [("name-match", "A3", "warning")]
    assert brought(workspace, listed(tmp_path, text), choices=PERSONS).entries == 0


def test_what_is_required_names_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    text = "tên,loại,cơ quan quản lý,quy mô,tiểu nhóm\nĐơn vị X,đơn vị trực thuộc,,,\nCông ty Y,doanh nghiệp,,,\n"
    found = refused(workspace, listed(tmp_path, text + "Ông Z,cá nhân,B001,,\n"), choices=Choices(new=True))
    assert [(p.cell, p.message.rpartition(" chưa có ")[2]) for p in found] == [
        ("C2", "cơ quan quản lý."),
        ("D3", "quy mô."),
        ("E4", "tiểu nhóm."),
    ]


def test_every_mistake_is_named_with_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        "id,name,kind,group,parent,size,sub_type,from,to,successor,active,set",
        "../x,Tên,doanh nghiệp,đ,,nhỏ,,,,,,",
        "F1,,doanh nghiệp,đ,,nhỏ,,,,,,",
        "F2,Hai,hãng,đ,,nhỏ,,,,,,",
        "F3,Ba,doanh nghiệp,z,,khổng lồ,,,,,,",
        "D1,Bốn,đơn vị trực thuộc,d,Sở Nội vu,,,,,,,",
        "E1,Năm,cá nhân,e,B001,,nông dân,,,,,",
        "B001,,,,,,,32/01/2026,,,,",
        "B002,,,,,,,2026-05-01,2026-04-01,,,",
        "B003,,,,,,,,,B003,không,",
        "B004,,,,,,,,,,,x.yaml",
        "B004,,,,,,,,,,,",
        "F9,Tập đoàn Bưu chính Viễn thông Việt Nam 2," + ",".join(["doanh nghiệp", "đ", "", "nhỏ"]) + ",,,,,,",
        "F10," + "a" * 10_000 + ",doanh nghiệp,đ,,nhỏ,,,,,,",
        "F11,Công ty Cổ phần Tập đoàn ThaiBinh Seed,doanh nghiệp,đ,,nhỏ,,,,,,",
    ]
    found = refused(workspace, listed(tmp_path, "\n".join(rows) + "\n"))
    assert [(p.cell, p.code) for p in sorted(found, key=lambda p: (int(p.cell[1:]), p.cell, p.code))] == [
        ("A2", "roster-field"),
        ("B3", "roster-field"),
        ("C4", "roster-field"),
        ("D5", "roster-field"),
        ("F5", "unknown-level"),
        ("E6", "name-match"),
        ("G7", "roster-field"),
        ("H8", "date"),
        ("I9", "roster-field"),
        ("J10", "roster-field"),
        ("K10", "roster-field"),
        ("L11", "roster-field"),
        ("A12", "id-duplicate"),
        ("B14", "roster-field"),
        ("A15", "name-match"),
    ]
    assert all(p.hint and p.message for p in found)


def test_hostile_text_is_stored_as_text_or_refused(workspace: Workspace, tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x","y")'
    text = 'id,tên,quy mô\nF1,"=HYPERLINK(""http://x"",""y"")",nhỏ\nF2,@SUM(A1),nhỏ\nF3,Công\u200b ty\u202e A,nhỏ\n'
    brought(workspace, listed(tmp_path, text), choices=Choices(group="đ"))
    bodies = load_roster(workspace).bodies
    assert [bodies[ident].name() for ident in ("F1", "F2", "F3")] == [name, "@SUM(A1)", "Công ty A"]
    strange = listed(tmp_path, "id,tên,quy mô\nF4,Công\x07ty,nhỏ\n")
    assert [(p.cell, p.code) for p in refused(workspace, strange)] == [("B2", "roster-field")]
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", "tên", "quy mô"])
    book.active.append(["F5", name, "nhỏ"])
    book.active.append(["=A1", "Công ty B", "nhỏ"])
    book.save(tmp_path / "a.xlsx")
    assert [(p.cell, p.code) for p in refused(workspace, tmp_path / "a.xlsx")] == [
        ("B2", "formula-cell"),
        ("A3", "formula-cell"),
    ]


def test_columns_nobody_reads_are_said(workspace: Workspace, tmp_path: Path) -> None:
    done, problems = import_roster(workspace, [listed(tmp_path, "mã,tên,màu\nB001,Sở Nội vụ,đỏ\n")])
    assert done is not None and done.entries == 0
    assert [(p.code, p.cell, p.severity) for p in problems] == [("column-unknown", "C1", "warning")]
    assert [p.code for p in refused(workspace, listed(tmp_path, "xanh,đỏ\n1,2\n"))] == ["table-header"]
    assert [p.code for p in refused(workspace, tmp_path / "không-có.csv")] == ["file-not-found"]
    assert [p.code for p in refused(workspace, BODIES, choices=Choices(kind="hãng", group="z"))] == ["roster-field"] * 2


def test_attributes_are_read_by_name_or_label(workspace: Workspace, tmp_path: Path) -> None:
    text = "mã,Loại cơ quan,data_owner,thủ trưởng\nB001,cấp sở,có,Ông A\n"
    brought(workspace, listed(tmp_path, text))
    candidate = load_roster(workspace).candidates("a", *YEAR)[0][0]
    assert candidate.attributes == {"kind": "cấp sở", "data_owner": "có"}
    assert load_roster(workspace).bodies["B001"].value("kind") == "sở/ban/ngành"
    wrong = listed(tmp_path, "mã,data_owner,quy mô\nB001,có thể,\nB002,,nhỏ\n")
    done, problems = import_roster(workspace, [wrong])
    assert done is None
    assert {(p.cell, p.code) for p in problems} == {("B2", "not-yes-no"), ("C3", "column-unknown")}


# --- what changes


def test_a_rename_a_pool_and_a_head_hold_from_a_day(workspace: Workspace, tmp_path: Path) -> None:
    text = "mã,tên,khối,thủ trưởng,có hiệu lực từ\nB001,Sở Nội vụ,Khối 1,Ông A,\n"
    path = listed(tmp_path, text + "B001,Sở Nội vụ và Lao động,Khối 2,Bà B,01/07/2026\n")
    brought(workspace, path)
    roster = load_roster(workspace)
    body = roster.bodies["B001"]
    assert [body.name(day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == ["Sở Nội vụ", "Sở Nội vụ và Lao động"]
    half = list_roster(roster, date(2026, 1, 1), date(2026, 6, 30), "a")[0]
    whole = list_roster(roster, *YEAR, "a")[0]
    assert (half.name, half.pool, half.head) == ("Sở Nội vụ", "Khối 1", "Ông A")
    assert (whole.name, whole.pool, whole.head) == ("Sở Nội vụ và Lao động", "Khối 2", "Bà B")
    last = workspace.database.last_entry()
    brought(workspace, path)
    brought(workspace, BODIES)
    assert workspace.database.last_entry() == last


def test_an_undated_value_behind_a_dated_one_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    brought(workspace, listed(tmp_path, "mã,khối,có hiệu lực từ\nB001,Khối 2,01/07/2026\n"))
    found = refused(workspace, listed(tmp_path, "mã,khối\nB001,Khối 3\n"))
    assert [(p.cell, p.code) for p in found] == [("B2", "roster-field")]
    assert "từ 01/07/2026" in found[0].message


def test_a_changed_name_is_a_rename_only_when_somebody_says_so(workspace: Workspace, tmp_path: Path) -> None:
    brought(workspace, listed(tmp_path, "mã,tên\nB009,Sở văn hoá - thể thao và du lịch\n"))
    assert load_roster(workspace).bodies["B009"].name() == "Sở Văn hóa, Thể thao và Du lịch"
    other = listed(tmp_path, "mã,tên\nB003,Sở Ngân sách\n")
    found = refused(workspace, other)
    assert [(p.cell, p.code) for p in found] == [("B2", "name-match")]
    brought(workspace, other, choices=Choices(matches={key("Sở Ngân sách"): "B003"}))
    body = load_roster(workspace).bodies["B003"]
    assert body.name() == "Sở Ngân sách"
    assert [entry.value for entry in body.facts.history("name")] == ["Sở Tài chính", "Sở Ngân sách"]
    brought(workspace, listed(tmp_path, "mã,tên,tên cũ\nB004,Sở Giáo dục,Sở Giáo dục và Đào tạo\n"))
    assert load_roster(workspace).bodies["B004"].name() == "Sở Giáo dục"


def test_answering_the_open_questions(workspace: Workspace, tmp_path: Path) -> None:
    text = "mã,kế thừa,đến ngày,còn hoạt động,nguồn\nB011,Sở Nông nghiệp và Môi trường,28/02/2025,,NQ 1\nB013,,,có,\n"
    brought(workspace, listed(tmp_path, text))
    roster = load_roster(workspace)
    assert roster.bodies["B011"].value("successor") == "B010"
    assert roster.successor("B011", date(2026, 1, 1)) == "B010"
    assert [doubt.body for doubt in roster.candidates("a", *YEAR)[1]] == ["B012", "B014"]
    assert "B013" in ids(roster, "a") and "B011" not in ids(roster, "a")
    brought(workspace, listed(tmp_path, "mã,đến ngày,kế thừa\nB011,chưa rõ,?\n"))
    assert [doubt.body for doubt in load_roster(workspace).candidates("a", *YEAR)[1]] == ["B011", "B012", "B014"]


def test_a_name_below_certainty_asks(workspace: Workspace, tmp_path: Path) -> None:
    path = listed(tmp_path, "tên,thủ trưởng\nSở Nội vu,Ông A\n")
    found = refused(workspace, path, choices=Choices(group="a", kind="sở/ban/ngành", new=True))
    assert [(p.cell, p.code) for p in found] == [("A2", "name-match")]
    assert "B001 Sở Nội vụ (95/100)" in found[0].hint
    asked: list[Asked] = []

    def answer(question: Asked) -> str | None:
        asked.append(question)
        return question.best[0][0]

    assert brought(workspace, path, choices=Choices(ask=answer)).changed == ["B001"]
    assert brought(workspace, path).entries == 0
    assert [(a.text, a.place, a.best[0]) for a in asked] == [
        ("Sở Nội vu", "danh-sach.csv ô A2", ("B001", "Sở Nội vụ", 95))
    ]
    assert load_roster(workspace).bodies["B001"].name() == "Sở Nội vụ"


def test_a_name_that_nobody_answers_for_is_not_guessed(workspace: Workspace, tmp_path: Path) -> None:
    path = listed(tmp_path, "tên,thủ trưởng\nSở Nội vu,Ông A\n")
    refused(workspace, path, choices=Choices(ask=lambda question: None))
    refused(workspace, path, choices=Choices(matches={key("Sở Nội vu"): "B999"}))
    other = Choices(group="a", kind="sở/ban/ngành", matches={key("Sở Nội vu"): NEW})
    assert brought(workspace, path, choices=other).new == ["A001"]


def test_a_new_body_needs_the_word_new(workspace: Workspace, tmp_path: Path) -> None:
    path = listed(tmp_path, "tên,quy mô\nCông ty May,nhỏ\n")
    found = refused(workspace, path, choices=Choices(group="đ"))
    assert [(p.cell, p.code) for p in found] == [("A2", "name-match")]
    assert "--new" in found[0].hint
    assert brought(workspace, path, choices=ENTERPRISES).new == ["F001"]


def test_after_closing_the_officer_is_told(workspace: Workspace, tmp_path: Path) -> None:
    assert close_roster(workspace, "2026", "a", date(2026, 11, 2)) == []
    done, problems = import_roster(workspace, [listed(tmp_path, "mã,thủ trưởng\nB001,Ông A\n")])
    assert done is not None
    assert [(p.code, p.severity) for p in problems] == [("closed", "warning")]


def test_a_movement_without_kinds_takes_any_word(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w", SECOND)
    path = listed(tmp_path, "tên,nhóm\nẤp Đông,a\nẤp Tây,A\n")
    assert brought(workspace, path, choices=Choices(new=True)).new == ["A001", "A002"]
    assert ids(load_roster(workspace), "a") == ["A001", "A002"]
