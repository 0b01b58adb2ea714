"""Lists of awards already held: usual headings, every finding with its cell, nobody guessed, nothing entered twice."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from criteria.problems import Problem
from nominations.history.comparing import award_key, decision_number
from nominations.history.held import HeldAward, history
from nominations.history.importing import Imported, import_held
from nominations.history.naming import category_of, level_of
from records.persons.acting import export_person
from records.workspace.folder import Workspace
from reports.person_file import person_document, person_workbook
from tests.nominations.history_support import TODAY, small_workspace, written
from tests.nominations.support import award_file as catalogue_file

HEAD = "STT,Mã,Họ và tên,Đơn vị công tác,Hình thức khen thưởng,Loại hình,Số quyết định,Ngày,Cơ quan ban hành,Phong trào"
HEAD += ",Thành tích,Từ ngày,Đến ngày,Sáng kiến\n"
ROW = "1,B901,,,Bằng khen Chủ tịch UBND tỉnh,chuyên đề,Số 12/QĐ-UBND,20/01/2026,,thai-binh-2025-2030,Việc tốt,01/04/2025,31/12/2025,Ý A\n"
OTHER = "2,E901,Nguyễn Thị Thử,,Giấy khen của Sở,công trạng,5/QĐ-SVH,2024-02-03,Giám đốc Sở,,,2023,2023,\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return small_workspace(tmp_path)


def taken_in(workspace: Workspace, text: str) -> tuple[Imported | None, list[Problem]]:
    return import_held(workspace, written(workspace.root.parent, text), TODAY)


def entered(workspace: Workspace, text: str) -> list[HeldAward]:
    done, problems = taken_in(workspace, text)
    assert done is not None, [one.text() for one in problems]
    return history(workspace)


def refused(workspace: Workspace, text: str) -> list[Problem]:
    before = workspace.database.last_entry()
    done, problems = taken_in(workspace, text)
    assert done is None and workspace.database.last_entry() == before
    return [one for one in problems if one.severity == "error"]


def test_rows_become_awards(workspace: Workspace) -> None:
    one, other = entered(workspace, HEAD + ROW + OTHER)
    assert (one.number, one.holder, one.award, one.level, one.category) == (1, "B901", "bk-tinh", "tinh", "chuyen-de")
    assert (one.decision, one.day, one.status) == ("12/QĐ-UBND", date(2026, 1, 20), "granted")
    assert one.authority.startswith("Chủ tịch")  # of the award file, where the cell is empty
    assert (one.movement, one.first, one.last) == (workspace.movement.id, date(2025, 4, 1), date(2025, 12, 31))
    assert (one.achievement, one.initiative, one.holder_name) == ("Việc tốt", "Ý A", "")
    assert (other.holder, other.award, other.award_name) == ("E901", "", "Giấy khen của Sở")
    assert (other.first, other.last, other.movement) == (date(2023, 1, 1), date(2023, 12, 31), "")
    assert other.authority == "Giám đốc Sở" and other.category == "cong-trang"


def test_the_same_list_twice_appends_nothing(workspace: Workspace) -> None:
    entered(workspace, HEAD + ROW + OTHER)
    last = workspace.database.last_entry()
    done, _ = taken_in(workspace, HEAD + ROW + OTHER)
    assert done == Imported(2, 0, 0) and workspace.database.last_entry() == last
    changed = ROW.replace("Việc tốt", "Việc tốt hơn").replace("Số 12/QĐ-UBND", "Quyết định số 12/QĐ-UBND")
    done, _ = taken_in(workspace, HEAD + changed + OTHER.replace("Giám đốc Sở", ""))
    assert done is None  # a form of no award file needs who decided
    done, _ = taken_in(workspace, HEAD + changed)
    assert done == Imported(1, 0, 1) and workspace.database.last_entry() == last + 1
    assert history(workspace)[0].achievement == "Việc tốt hơn"
    done, _ = taken_in(workspace, HEAD + ROW.replace("Việc tốt", ""))  # an empty cell takes nothing back
    assert done == Imported(1, 0, 0) and history(workspace)[0].achievement == "Việc tốt hơn"


def test_workbooks_and_other_orders_of_columns(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(
        ["Ngày ký", "Quyết định số", "Danh hiệu thi đua, hình thức khen thưởng", "Tên đơn vị", "Cấp có thẩm quyền"]
    )
    sheet.append(
        [date(2025, 5, 6), "7/QĐ", "Cờ thi đua của Bộ", unicodedata.normalize("NFD", "sở thử nghiệm"), "Bộ trưởng"]
    )
    path = tmp_path / "khen.xlsx"
    book.save(path)
    done, problems = import_held(workspace, path, TODAY)
    assert done == Imported(1, 1, 0), problems
    assert [one.severity for one in problems] == ["note"] and "ghi theo tên" in problems[0].message
    assert [(one.holder, one.day, one.authority) for one in history(workspace)] == [
        ("B901", date(2025, 5, 6), "Bộ trưởng")
    ]


@pytest.mark.parametrize(
    ("column", "value", "code", "cell"),
    [
        ("Mã", "B90", "id-unknown", "B2"),
        ("Mã", "", "award-held", "B2"),
        ("Hình thức khen thưởng", "", "award-held", "E2"),
        ("Loại hình", "đặc biệt", "award-held", "F2"),
        ("Số quyết định", "", "award-held", "G2"),
        ("Ngày", "", "award-held", "H2"),
        ("Ngày", "31/02/2026", "award-held", "H2"),
        ("Ngày", "01/01/2031", "date", "H2"),
        ("Ngày", "01/01/1900", "date", "H2"),
        ("Hình thức khen thưởng", "Cờ lạ", "award-held", "I2"),  # nobody says who decided
        ("Từ ngày", "01/01/2026", "date", "L2"),
        ("Họ và tên", "Sở Khác Hẳn", "name-match", "C2"),
        ("Thành tích", "x" * 5001, "award-held", "K2"),
    ],
)
def test_findings_name_their_cell_and_nothing_is_entered(
    workspace: Workspace, column: str, value: str, code: str, cell: str
) -> None:
    titles, values = HEAD.strip().split(","), ROW.strip().split(",")
    values[titles.index(column)] = value
    found = refused(workspace, HEAD + OTHER + ",".join(values) + "\n")
    assert [(one.code, one.cell) for one in found] == [(code, cell.replace("2", "3"))]


def test_all_findings_at_once(workspace: Workspace) -> None:
    bad = ROW.replace("B901", "B999").replace("20/01/2026", "hôm qua").replace("chuyên đề", "lạ")
    found = refused(workspace, HEAD + bad + OTHER.replace("5/QĐ-SVH", ""))
    assert sorted(one.cell for one in found) == ["B2", "F2", "G3", "H2"]


def test_a_row_twice_is_named(workspace: Workspace) -> None:
    found = refused(workspace, HEAD + ROW + ROW.replace("1,B901", "2,B901").replace("Việc tốt", "Khác"))
    assert [(one.code, one.cell) for one in found] == [("key-duplicate", "G3")]


def test_without_needed_columns(workspace: Workspace) -> None:
    assert [one.code for one in refused(workspace, "tên,ngày\nSở,1/1/2025\n")] == ["column-missing", "column-missing"]
    assert [one.code for one in refused(workspace, HEAD)] == ["table-empty"]


# --- whose award ---------------------------------------------------------------------------------------------------


def who(name: str, unit: str = "", ident: str = "") -> str:
    return HEAD + f"1,{ident},{name},{unit},Giấy khen,,5/QĐ,03/02/2024,Giám đốc,,,,,\n"


def test_bodies_by_name_and_persons_by_name_and_unit(workspace: Workspace) -> None:
    assert entered(workspace, who("SỞ THỬ NGHIỆM"))[-1].holder == "B901"
    assert entered(workspace, who("Trần Văn Trùng", "Sở Kế Tiếp"))[-1].holder == "E903"
    assert entered(workspace, who("Nguyễn Thị Thử", "B901"))[-1].holder == "E901"


@pytest.mark.parametrize(
    ("row", "cell", "shown"),
    [
        (who("Trần Văn Trùng"), "C2", "E902, E903"),
        (who("Nguyễn Thị Thử"), "C2", "E901"),  # the same name may be somebody else's
        (who("Nguyễn Thị Thư", "Sở Thử Nghiệm"), "C2", "E901"),
        (who("Sở Thử Nghiêm"), "C2", "B901 Sở Thử Nghiệm"),
        (who("Hoàn Toàn Lạ"), "C2", "ngoài danh sách"),
        (who("Trần Văn Trùng", "Sở Không Có"), "D2", "Ghi mã"),
        (who("Sở Kế Tiếp", ident="B901"), "C2", "khớp"),
        (who("Sở Thử Nghiệm", ident="Ngoài danh sách"), "B2", "B901"),
        (who("", ident="ngoài danh sách"), "C2", "phải ghi tên"),
    ],
)
def test_nobody_is_guessed_and_no_person_named(workspace: Workspace, row: str, cell: str, shown: str) -> None:
    found = refused(workspace, row)
    assert [one.cell for one in found] == [cell]
    assert shown in found[0].hint
    assert not any(name in found[0].text() for name in ("Văn Trùng", "Nguyễn Thị", "Hoàn Toàn"))


def test_who_is_outside_the_list_is_said_to_be_and_stays_out_of_the_chain(workspace: Workspace) -> None:
    one = entered(workspace, who("Lê Văn Ngoài", ident="ngoài danh sách"))[-1]
    assert (one.holder, one.holder_name) == ("", "Lê Văn Ngoài")
    with closing(sqlite3.connect(workspace.root / "so-lieu.sqlite")) as connection:
        chain = json.dumps(connection.execute("SELECT * FROM entries").fetchall(), ensure_ascii=False)
    assert "Lê Văn Ngoài" not in chain
    done, _ = taken_in(workspace, who("Lê Văn Ngoài", ident="ngoài danh sách"))
    assert done == Imported(1, 0, 0)


def test_a_person_is_given_what_is_held_of_his_awards(workspace: Workspace) -> None:
    text = OTHER.replace("Giám đốc Sở,,,", "Giám đốc Sở,,Chăm lo hồ sơ,")
    entered(workspace, HEAD + ROW + text)
    held_data, problems = export_person(workspace, "E901", "người đó yêu cầu")
    assert held_data is not None, problems
    told = {(one.subject, one.field): one.value for one in held_data.acts if one.subject.startswith("held:")}
    assert told["held:2", "award_name"] == "Giấy khen của Sở"
    assert told["held:2", "achievement"] == "Chăm lo hồ sơ"
    assert not any(subject == "held:1" for subject, _ in told)
    assert "Chăm lo hồ sơ".encode() in person_document(held_data)
    assert person_workbook(held_data, {}).startswith(b"PK")


def test_hostile_text_stays_text(workspace: Workspace) -> None:
    text = '=HYPERLINK(""http://x"")'
    row = HEAD + f'1,B901,,,"{text} & <b>{{{{ x }}}}",,"=1+1",03/02/2024,"#import",,,,,\n'
    one = entered(workspace, row)[-1]
    assert one.award_name == '=HYPERLINK("http://x") & <b>{{ x }}' and one.decision == "=1+1"


def test_without_an_award_file_forms_are_kept_by_name(workspace: Workspace) -> None:
    (workspace.movement_folder / "awards.yaml").unlink()
    row = ROW.replace("20/01/2026,,", "20/01/2026,Chủ tịch,")
    (problem,) = refused(workspace, HEAD + row)
    assert (problem.code, problem.cell) == ("award-held", "F2") and "chưa có tệp khen thưởng" in problem.message
    one = entered(workspace, HEAD + row.replace("chuyên đề", ""))[-1]
    assert (one.award, one.award_name, one.category) == ("", "Bằng khen Chủ tịch UBND tỉnh", "")


def test_names_of_forms_numbers_and_words() -> None:
    assert award_key("Huân chương Lao động hạng III") == award_key("huân chương lao động hạng Ba")
    assert award_key("Huân chương Lao động hạng Nhì") != award_key("Huân chương Lao động hạng Ba")
    assert award_key("Bằng khen của UBND tỉnh P", ["P"]) == award_key("Bằng khen Ủy ban nhân dân tỉnh")
    assert decision_number("Quyết định số 12/QĐ-UBND ngày 05/08/2027") == "12/QĐ-UBND"
    assert decision_number("QĐ-12") == "QĐ-12" and decision_number("  ") == ""
    assert [
        category_of(catalogue_file().awards, text) for text in ("Theo chuyên đề", "CÔNG TRẠNG", "nien-han", "lạ")
    ] == [
        "chuyen-de",
        "cong-trang",
        "nien-han",
        None,
    ]
    assert [level_of(text) for text in ("cấp tỉnh", "Nhà nước", "xã", "lạ")] == ["tinh", "nha-nuoc", "co-so", None]


def test_codes_are_known() -> None:
    from criteria.problems import CODES
    from records.codes import ROUND_CODES

    assert {"award-held", "name-match", "id-unknown", "key-duplicate", "date"} <= {*CODES, *ROUND_CODES}
