"""Reminders: who gets one, what stands in it, a template that an official has changed, files that were edited."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from records.debts import WHAT, Debt, days_late, debts
from records.forms.collecting.collect import collect
from records.forms.issuing.issue import issue
from records.ledger.entries import gather
from records.rounds import close_group, find_round
from records.workspace.folder import Workspace
from reports.letters.reminder import TEMPLATE, Letter, letter_name, remind, reminders
from reports.letters.templates import printed
from reports.wording.days import written_day
from reports.wording.issuers import letterhead
from tests.rounds.life_support import COMMUNE
from tests.rounds.support import MOVEMENT, SECOND, enter_body, new_workspace
from thidua.calling import Called
from thidua.commands.remind import remind as command
from thidua.demonstration.filling import Filled, fill_single

ROOT = Path(__file__).resolve().parents[2]
LATE, EARLY = date(2026, 12, 10), date(2026, 11, 20)
HOSTILE = "Sở <w:b/> & Đào tạo {{ 7*7 }} {%tr for x %}\x07\u202e=1+1"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two communes, an association that hands in for two enterprises, a hostile office of illustrative data; forms are out."""
    made = new_workspace(tmp_path / "w")
    for ident, name in (("X2", "Xã Hai"), ("X10", "Xã Mười")):
        enter_body(made, ident, name=name, kind="xã", pool="Cụm 1")
    enter_body(made, "B041", name="Hiệp hội Doanh nghiệp tỉnh", kind="chỉ đạo, điều phối")
    enter_body(made, "DN2", name="Công ty Hai", kind="doanh nghiệp", size="vừa")
    enter_body(made, "DN10", name="Công ty Mười", kind="doanh nghiệp", size="vừa")
    enter_body(made, "B9", name=HOSTILE, kind="sở/ban/ngành", illustration="có")
    assert issue(made, "2026")[1] == []
    return made


def owed(workspace: Workspace, day: date = LATE) -> list[Debt]:
    round_, problems = find_round(workspace, "2026")
    assert round_ is not None, problems
    return debts(workspace, round_, day)


def letters(workspace: Workspace, day: date = LATE, number: str = "") -> dict[str, Letter]:
    round_, _ = find_round(workspace, "2026")
    assert round_ is not None
    found, problems = reminders(workspace, round_, day, (), number)
    assert problems == []
    return {letter.body: letter for letter in found}


def text_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of the list, without its heading."""
    return [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(content)).tables[1].rows][1:]


def change_template(workspace: Workspace, change: Callable[[Any], object]) -> None:
    path = workspace.movement_folder / "mau" / TEMPLATE
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))


def test_who_owes_a_form(workspace: Workspace) -> None:
    """An enterprise's form is owed by the association; the order is natural; days are counted from the deadline."""
    found = owed(workspace)
    assert [(debt.body, debt.candidate, debt.days_late) for debt in found] == [
        ("B9", "B9", 9),
        ("B041", "DN2", 9),
        ("B041", "DN10", 9),
        ("X2", "X2", 9),
        ("X10", "X10", 9),
    ]
    assert {debt.what for debt in found} == {"form"} and found[1].body_name == "Hiệp hội Doanh nghiệp tỉnh"
    assert {debt.days_late for debt in owed(workspace, EARLY)} == {0}
    assert [days_late(day, LATE) for day in (None, LATE, date(2026, 12, 9))] == [None, 0, 1]


def test_who_owes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """No form sent, a form handed in, a group closed: nobody is reminded."""
    enter_body(workspace, "X3", name="Xã Ba", kind="xã", pool="Cụm 1")
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    form = next(workspace.root.glob("bieu-giao/2026/c/X2-*.xlsx"))
    (inbox / form.name).write_bytes(fill_single(form, Filled(COMMUNE)))
    assert collect(workspace, "2026", inbox).problems == []
    assert close_group(workspace, "2026", "đ", LATE, "1/QĐ") == []
    assert [debt.body for debt in owed(workspace)] == ["B9", "X10"]


def test_who_stands_in_its_place_is_reminded(workspace: Workspace) -> None:
    enter_body(workspace, "X10", to="2026-11-30", successor="X2")
    found = [debt for debt in owed(workspace) if debt.candidate == "X10"]
    assert [(debt.body, debt.body_name, debt.candidate_name) for debt in found] == [("X2", "Xã Hai", "Xã Mười")]


def test_words_of_a_debt() -> None:
    made = [Debt("B", "b", what, "C", "c", "A1.2") for what in WHAT]
    assert [debt.words for debt in made][1:] == [
        "Giải trình tiêu chí A1.2",
        "Thẩm định tiêu chí A1.2",
        "Hoàn thành nhiệm vụ số A1.2",
    ]


def test_what_stands_in_a_letter(workspace: Workspace) -> None:
    letter = letters(workspace)["B041"]
    text = text_of(letter.content)
    assert rows_of(letter.content) == [
        ["1", "Gửi biểu tự chấm", "Công ty Hai", "01/12/2026", "Quá hạn 9\u00a0ngày"],
        ["2", "Gửi biểu tự chấm", "Công ty Mười", "01/12/2026", "Quá hạn 9\u00a0ngày"],
    ]
    for wanted in (
        "UBND TỈNH HƯNG YÊN\nSỞ NỘI VỤ",
        "Số: \u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/SNV-TĐKT\nV/v đôn đốc thực hiện chấm điểm thi đua năm 2026",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Hưng Yên, ngày 10 tháng 12 năm 2026",
        "Kính gửi: Hiệp hội Doanh nghiệp tỉnh",
        "kèm theo Văn bản số 12/SNV-TĐKT ngày 01 tháng 11 năm 2026. Thời hạn gửi biểu tự chấm là ngày 01 tháng 12 năm 2026.",
        "còn 02 nội dung chưa hoàn thành, trong đó 02 nội dung đã quá hạn, cụ thể như sau:",
        "GIÁM ĐỐC",
        "- Lưu: VT, TĐKT.",
    ):
        assert wanted in text, wanted
    assert "{{" not in text and "{%" not in text and "MINH HỌA" not in text
    assert "Số: 25/SNV-TĐKT\n" in text_of(letters(workspace, number="25/SNV-TĐKT")["B041"].content)
    early = text_of(letters(workspace, EARLY)["B041"].content)
    assert "Chưa đến hạn" in early and "quá hạn" not in early


def test_layout(workspace: Workspace) -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, margins, font; the heading row of the list stands on every page."""
    document = docx.Document(BytesIO(letters(workspace)["B041"].content))
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in margins] == [20, 20, 30, 20]
    assert document.styles["Normal"].font.name == "Times New Roman"
    sizes = {run.font.size.pt for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()}
    assert sizes == {14}
    assert "tblHeader" in document.tables[1].rows[0]._tr.xml and "tblHeader" not in document.tables[1].rows[1]._tr.xml
    assert section.different_first_page_header_footer and "PAGE" in section.header.paragraphs[0]._p.xml


def test_hostile_names_stay_text_and_illustrations_say_so(workspace: Workspace) -> None:
    content = letters(workspace)["B9"].content
    shown = "Sở <w:b/> & Đào tạo {{ 7*7 }} {%tr for x %} =1+1"
    assert printed(HOSTILE) == shown
    assert rows_of(content)[0][2] == shown and f"Kính gửi: {shown}" in text_of(content)
    section = docx.Document(BytesIO(content)).sections[0]
    for header in (section.header, section.first_page_header):
        assert "SỐ LIỆU MINH HỌA" in [paragraph.text for paragraph in header.paragraphs]
    other = docx.Document(BytesIO(letters(workspace)["X2"].content)).sections[0]
    assert "MINH HỌA" not in other.first_page_header._element.xml + other.header._element.xml


def test_same_bytes_every_time(workspace: Workspace) -> None:
    first, second = letters(workspace), letters(workspace)
    assert [one.content for one in first.values()] == [one.content for one in second.values()]
    with zipfile.ZipFile(BytesIO(first["B9"].content)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(BytesIO(first["B9"].content)).core_properties
    assert properties.created is not None and properties.modified is not None
    assert (properties.author, properties.created.date(), properties.modified.date()) == ("Sở Nội vụ", LATE, LATE)


def test_the_template_is_what_the_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "mau.docx"
    script = ROOT / "packaging" / "templates" / "reminder.py"
    subprocess.run([sys.executable, str(script), str(made)], check=True, cwd=ROOT)
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(MOVEMENT / "mau" / TEMPLATE) as kept:
        assert new.namelist() == kept.namelist()
        for name in new.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                assert new.read(name) == kept.read(name), name


def test_a_template_of_the_workspace_wins(workspace: Workspace) -> None:
    change_template(workspace, lambda document: document.add_paragraph("Điện thoại liên hệ của {{ co_quan }}: 0227"))
    assert "Điện thoại liên hệ của Sở Nội vụ: 0227" in text_of(letters(workspace)["X2"].content)


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (["{{ nguoi_ky }}", "{{ danh_sach[0].diem }}"], ["“nguoi_ky”", "“diem”"]),
        (["{{ co_quan"], ["viết sai"]),
        (["{% if minh_hoa %}"], ["viết sai"]),
        (["{{ co_quan.__class__.__mro__ }}"], ["không được phép"]),
        (["{{ 1 // 0 }}"], ["ZeroDivisionError"]),
        (["{{ co_quan|khong_co }}"], ["khong_co"]),
    ],
)
def test_a_template_that_was_spoilt(workspace: Workspace, added: list[str], words: list[str]) -> None:
    """Every unknown field is named; nothing is written, nothing is entered."""
    change_template(workspace, lambda document: [document.add_paragraph(text) for text in added])
    written, _, problems = remind(workspace, "2026", LATE)
    assert written == [] and {problem.code for problem in problems} == {"template"}
    assert len(problems) == len(words)
    for word in words:
        assert any(word in problem.message for problem in problems), (word, problems)
    assert not (workspace.results("2026") / "don-doc").exists() and workspace.database.entries("reminder") == []


def test_no_template(workspace: Workspace) -> None:
    path = workspace.movement_folder / "mau" / TEMPLATE
    path.write_bytes(b"PK not a zip")
    assert [problem.code for problem in remind(workspace, "2026", LATE)[2]] == ["template"]
    path.unlink()
    assert [problem.code for problem in remind(workspace, "2026", LATE)[2]] == ["template"]


def test_a_movement_without_letterhead(tmp_path: Path) -> None:
    made = new_workspace(tmp_path / "w", SECOND)
    assert {problem.code for problem in remind(made, "2026", LATE)[2]} == {"template", "letterhead"}


def test_printing_is_entered_and_edited_letters_are_kept(workspace: Workspace) -> None:
    written, found, problems = remind(workspace, "2026", LATE, ("X2", "B041"), "25/SNV-TĐKT")
    assert problems == [] and [one.body for one in found] == ["B041", "X2"]
    assert [path.relative_to(workspace.root).as_posix() for path in written] == [
        "ket-qua/2026/don-doc/B041-hiep-hoi-doanh-nghiep-tinh-2026-12-10.docx",
        "ket-qua/2026/don-doc/X2-xa-hai-2026-12-10.docx",
    ]
    entry = gather(workspace.database.entries("reminder"))["reminder:2026/X2"].entry("sent")
    assert entry is not None and (entry.value, entry.source) == ("2026-12-10", "25/SNV-TĐKT")
    remind(workspace, "2026", LATE, ("X2", "B041"), "25/SNV-TĐKT")
    assert len(workspace.database.entries("reminder")) == 2
    written[0].write_bytes(b"edited")
    assert [problem.code for problem in remind(workspace, "2026", LATE)[2]] == ["letter-changed", "letter-changed"]
    assert written[0].read_bytes() == b"edited"
    assert remind(workspace, "2026", LATE, replace=True)[2] == [] and written[0].read_bytes() != b"edited"
    assert [problem.code for problem in remind(workspace, "2026", LATE, ("la",))[2]] == ["group"]


def test_names_of_the_day() -> None:
    from tests.rounds.test_calendar import DECLARED

    heads = [letterhead(DECLARED, day) for day in (date(2025, 6, 30), date(2025, 7, 1))]
    assert [head.parent if head else "" for head in heads] == ["UBND tỉnh Thái Bình", "UBND tỉnh Hưng Yên"]
    assert written_day(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert written_day(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"


def test_file_names_are_safe() -> None:
    debt = Debt("../../x", "../..", "form", "C", "c")
    name = letter_name(debt.body, debt, LATE)
    assert "/" not in name and not name.startswith(".") and name.endswith("-co-quan-2026-12-10.docx")


def test_command(workspace: Workspace, tmp_path: Path) -> None:
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(command, [*arguments], obj=Called(workspace.root, "người thử"))

    out = tmp_path / "thu"
    done = run("2026", "--on", "10/12/2026", "--body", "B041", "--out", str(out))
    assert done.exit_code == 0 and "Hiệp hội Doanh nghiệp tỉnh: 2 việc, 2 quá hạn." in done.output
    assert done.output.splitlines()[-1].startswith("Tiếp theo: ") and len(list(out.glob("*.docx"))) == 1
    failed = run("2027")
    assert failed.exit_code == 1 and "chưa mở" in failed.output
    for group in ("a", "c", "đ"):
        close_group(workspace, "2026", group, LATE, "1/QĐ")
    assert "không cơ quan nào còn nợ việc" in run("2026", "--on", "10/12/2026").output
