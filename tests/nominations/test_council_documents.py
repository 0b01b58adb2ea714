"""Agenda, declarations, ballots, minutes: what stands in them, what must not; the tally's own checks; files that somebody filled in."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx.table import Table
from docx.text.paragraph import Paragraph

from nominations.council import columns as c
from nominations.council.members import import_members
from nominations.council.preparing import prepare
from records.workspace.folder import Workspace
from reports.council.files import pack_files, pack_folder, record_meeting, recorded_minutes, write_pack
from tests.nominations.council_support import (  # noqa: F401
    DAY,
    HOSTILE,
    MEMBERS,
    OCCASION,
    STEP,
    TODAY,
    file,
    filled,
    keyed,
    members_file,
    workspace,
)
from tests.rounds.spreadsheet_referee import RECALCULATE
from tests.rounds.support import MOVEMENT
from thidua.calling import Called
from thidua.commands.council import council as command

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = {
    "chuong-trinh-hop": "council_agenda",
    "khai-xung-dot": "council_declaration",
    "phieu-bieu-quyet": "council_ballot",
    "bien-ban-hop": "council_minutes",
}
NAMES = [one[0] for one in MEMBERS]


@pytest.fixture
def files(workspace: Workspace, tmp_path: Path) -> dict[str, bytes]:  # noqa: F811
    """The pack of a meeting by the names of its files."""
    assert import_members(workspace, OCCASION.id, STEP, members_file(tmp_path / "m.xlsx"), "12/QĐ")[1] == []
    _, written, problems = write_pack(workspace, OCCASION.id, STEP, DAY, "Phòng họp số 2", TODAY)
    assert {one.code for one in problems} == {"council"}  # too many members may not vote on B005
    return {path.name: path.read_bytes() for path in written}


def lines_of(content: bytes) -> Iterator[str]:
    """Paragraphs and rows in the order in which they stand."""
    document = docx.Document(io.BytesIO(content))
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Table):
            yield from (" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in part.rows)


def text_of(content: bytes) -> str:
    return "\n".join(lines_of(content)).replace("\u00a0", " ").replace("\u2011", "-")


def headers_of(content: bytes) -> list[str]:
    section = docx.Document(io.BytesIO(content)).sections[0]
    return [one.text for header in (section.header, section.first_page_header) for one in header.paragraphs if one.text]


MINUTES = """\
SỞ KHOA HỌC VÀ CÔNG NGHỆ / TỔ XÉT CHỌN /  / Số: 05/BB-TXC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc / \n\
BIÊN BẢN
Bình xét thi đua, xét khen thưởng dịp sơ kết Phong trào thi đua “Đẩy mạnh phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số” giai đoạn 2025-2030

Thời gian bắt đầu: 08 giờ 30, ngày 20 tháng 7 năm 2027.
Địa điểm: Phòng họp số 2.
Thành phần tham dự: có mặt 5/6 thành viên:
- Nguyễn Văn An, Giám đốc, Sở Khoa học và Công nghệ, Tổ trưởng;
- Trần Thị Bình, Phó Giám đốc, Sở Y tế, Tổ phó;
- Lê Văn Cường, Chủ tịch, Hiệp hội Doanh nghiệp tỉnh, Thành viên;
- Phạm Thị Dung, Trưởng phòng, Sở Giáo dục và Đào tạo, Thành viên;
- Vũ Thị Giang, Chuyên viên, Sở Y tế, Thư ký.
Vắng mặt, có ý kiến bằng văn bản: 01 thành viên:
- Hoàng Văn Em, Chuyên gia, Viện Thử, Thành viên.
Chủ trì (chủ tọa): Nguyễn Văn An, Giám đốc, Sở Khoa học và Công nghệ, Tổ trưởng.
Thư ký (người ghi biên bản): Vũ Thị Giang, Chuyên viên, Sở Y tế, Thư ký.
Ban kiểm phiếu: Phạm Thị Dung; Hoàng Văn Em.
Nội dung: \n\
1. Điều kiện họp, cách biểu quyết
Có mặt 5/6 thành viên, đủ 2/3 tổng số thành viên để họp; có mặt và gửi ý kiến bằng văn bản 6/6, đủ 80 % để xét khen thưởng.
Họp được khi có mặt ít nhất 2/3 tổng số thành viên, và có mặt hoặc gửi ý kiến bằng văn bản ít nhất 80 %.
Biểu quyết bằng phiếu kín; tỷ lệ tính trên tổng số thành viên; ý kiến bằng văn bản của người vắng được tính như phiếu; người không được biểu quyết về một đối tượng: vẫn tính trong mẫu số.
Căn cứ: quy định của địa phương, không có quy định chung của Trung ương; đề xuất, chưa có quyết định.
2. Xung đột lợi ích
Nguyễn Văn An (thành viên số 1) không biểu quyết về Sở Khoa học và Công nghệ (B002): cơ quan của thành viên là đối tượng được xét.
Phạm Thị Dung (thành viên số 4) không biểu quyết về Sở Giáo dục và Đào tạo (B004): cơ quan của thành viên là đối tượng được xét.
Trần Thị Bình (thành viên số 2) không biểu quyết về Sở Y tế (B005): cơ quan của thành viên là đối tượng được xét.
Vũ Thị Giang (thành viên số 6) không biểu quyết về Sở Y tế (B005): cơ quan của thành viên là đối tượng được xét.
Nguyễn Văn An (thành viên số 1) không biểu quyết về Trung tâm Thử (B020): cơ quan của thành viên quản lý đối tượng được xét.
Lê Văn Cường (thành viên số 3) không biểu quyết về Hiệp hội Doanh nghiệp tỉnh (B041): cơ quan của thành viên là đối tượng được xét.
Lê Văn Cường (thành viên số 3) không biểu quyết về Công ty A & B <b> {{ 7*7 }} =1+1 (DN1): cơ quan của thành viên đề nghị khen thưởng đối tượng này.
3. Thảo luận
……………………………………………………………
4. Kết quả biểu quyết bằng phiếu kín
4.1. Bằng khen của Thủ tướng Chính phủ: cần 2/3 tổng số thành viên đồng ý (quy định của địa phương, không có quy định chung của Trung ương; đề xuất, chưa có quyết định).
STT | Đối tượng | Phiếu | Ý kiến bằng văn bản | Kết quả
1 | Sở Khoa học và Công nghệ (B002) | Đồng ý 4; không đồng ý 0; trắng 0; không hợp lệ 0; không được biểu quyết 1 | Đồng ý 1; không đồng ý 0 | 5/6 phiếu = 83,33 %, cần 2/3 tổng số thành viên: đạt. Thông qua.
4.2. Cờ thi đua của tỉnh: cần 80 % tổng số thành viên đồng ý (khoản 7 Điều 30 Nghị định số 98/2023/NĐ-CP; căn cứ chưa xác minh).
STT | Đối tượng | Phiếu | Ý kiến bằng văn bản | Kết quả
2 | Sở Giáo dục và Đào tạo (B004) | Đồng ý 4; không đồng ý 0; trắng 0; không hợp lệ 0; không được biểu quyết 1 | Đồng ý 1; không đồng ý 0 | 5/6 phiếu = 83,33 %, cần 80 % tổng số thành viên: đạt. Thông qua.
4.3. Bằng khen của Chủ tịch UBND tỉnh: cần 80 % tổng số thành viên đồng ý (quy định của địa phương, không có quy định chung của Trung ương; đề xuất, chưa có quyết định).
STT | Đối tượng | Phiếu | Ý kiến bằng văn bản | Kết quả
3 | Sở Y tế (B005) | Đồng ý 3; không đồng ý 0; trắng 0; không hợp lệ 0; không được biểu quyết 2 | Đồng ý 1; không đồng ý 0 | 4/6 phiếu = 66,66 %, cần 80 % tổng số thành viên: không đạt. Không thông qua.
4 | Trung tâm Thử (B020) | Đồng ý 4; không đồng ý 0; trắng 0; không hợp lệ 0; không được biểu quyết 1 | Đồng ý 1; không đồng ý 0 | 5/6 phiếu = 83,33 %, cần 80 % tổng số thành viên: đạt. Thông qua (số trường hợp đạt phiếu không còn vượt chỉ tiêu).
5 | Hiệp hội Doanh nghiệp tỉnh (B041) | Đồng ý 3; không đồng ý 0; trắng 0; không hợp lệ 1; không được biểu quyết 1 | Đồng ý 1; không đồng ý 0 | 4/6 phiếu = 66,66 %, cần 80 % tổng số thành viên: không đạt. Không thông qua.
6 | Công ty A & B <b> {{ 7*7 }} =1+1 (DN1) | Đồng ý 2; không đồng ý 1; trắng 1; không hợp lệ 0; không được biểu quyết 1 | Đồng ý 0; không đồng ý 1 | 2/6 phiếu = 33,33 %, cần 80 % tổng số thành viên: không đạt. Không thông qua.
Nhóm bằng nhau 1: B020, B041, DN1; còn 1 chỉ tiêu, chọn không quá 1, lấy từ phiếu cao xuống thấp.
5. Kết luận
Bằng khen của Thủ tướng Chính phủ: thông qua 01/01 trường hợp, gồm: Sở Khoa học và Công nghệ.
Cờ thi đua của tỉnh: thông qua 01/01 trường hợp, gồm: Sở Giáo dục và Đào tạo.
Bằng khen của Chủ tịch UBND tỉnh: thông qua 01/04 trường hợp, gồm: Trung tâm Thử.
Mã băm cuối sổ ghi trước phiên họp: HEAD.
Cuộc họp kết thúc vào 11 giờ 00, ngày 20 tháng 7 năm 2027./.

THƯ KÝ /  /  /  /  / Vũ Thị Giang | CHỦ TỌA /  /  /  /  / Nguyễn Văn An
Nơi nhận:
- Lưu: VT, Hồ sơ."""


def recorded_file(workspace: Workspace, tmp_path: Path, files: dict[str, bytes]) -> Path:  # noqa: F811
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(filled(files["phieu-kiem.xlsx"]))
    return path


def test_the_minutes(workspace: Workspace, tmp_path: Path, files: dict[str, bytes]) -> None:  # noqa: F811
    path = recorded_file(workspace, tmp_path, files)
    meeting, written, problems = record_meeting(workspace, OCCASION.id, STEP, path, "5/BB-TXC", DAY, TODAY)
    assert meeting is not None and written is not None and problems == []
    content = written.read_bytes()
    assert text_of(content) == MINUTES.replace("HEAD", meeting.pack.head_words)
    assert meeting.pack.head[1] in text_of(files["chuong-trinh-hop.docx"])
    assert headers_of(content) == ["DỰ THẢO - SỐ LIỆU MINH HỌA"] * 2
    again, problems = recorded_minutes(workspace, OCCASION.id, STEP, "bk-tinh")
    assert problems == [] and again == [content]
    assert recorded_minutes(workspace, OCCASION.id, STEP, "hcld")[0] == []


def test_what_lies_before_the_council(files: dict[str, bytes]) -> None:
    text = text_of(files["chuong-trinh-hop.docx"])
    for wanted in (
        "Thời gian: ……… giờ ………, ngày 20 tháng 7 năm 2027.",
        "1 | Sở Khoa học và Công nghệ (B002) | 91,5 % | Đề nghị. Trong chỉ tiêu 3 (91,5 %). | E6: Chưa có xác nhận",
        "Bằng nhau (nhóm 1), chọn không quá 1. 3 đối tượng bằng nhau (88 %), chỉ tiêu 3 còn 1.",
        "cần 80 % tổng số thành viên đồng ý (khoản 7 Điều 30 Nghị định số 98/2023/NĐ-CP; căn cứ chưa xác minh)",
        "5 | Hoàng Văn Em | Chuyên gia, Viện Thử | Thành viên",
        HOSTILE,
    ):
        assert wanted in text, wanted
    assert "DỰ THẢO - SỐ LIỆU MINH HỌA" in headers_of(files["chuong-trinh-hop.docx"])


def test_a_ballot_names_nobody(files: dict[str, bytes]) -> None:
    """A page per award; boxes are tables, since fonts lack the sign; no member, no number of a ballot."""
    content = files["phieu-bieu-quyet.docx"]
    text = text_of(content)
    assert [name for name in NAMES if name in text] == [] and "thành viên số" not in text
    assert text.count("PHIẾU BIỂU QUYẾT") == 3 and "☐" not in text and HOSTILE in text
    tables = [one for one in docx.Document(io.BytesIO(content)).tables if one.rows[0].cells[0].text == "STT"]
    assert [len(one.rows) - 1 for one in tables] == [1, 1, 4]
    assert all(len(row.cells[place].tables) == 1 for one in tables for row in one.rows[1:] for place in (2, 3))
    assert headers_of(content) == ["SỐ LIỆU MINH HỌA"] * 2


def test_every_member_declares(files: dict[str, bytes]) -> None:
    text = text_of(files["khai-xung-dot.docx"])
    assert text.count("BẢN KHAI XUNG ĐỘT LỢI ÍCH") == len(MEMBERS)
    assert [text.count(f"Họ và tên: {name} (thành viên số ") for name in NAMES] == [1] * len(MEMBERS)
    assert "- Trung tâm Thử (B020): cơ quan của thành viên quản lý đối tượng được xét;" in text
    assert text.count("chưa xác định đối tượng nào tôi không được biểu quyết") == 1


def test_same_bytes_every_time(workspace: Workspace, files: dict[str, bytes]) -> None:  # noqa: F811
    pack, problems = prepare(workspace, OCCASION.id, STEP, DAY, "Phòng họp số 2")
    assert pack is not None and {one.code for one in problems} == {"council"}
    assert pack_files(workspace, pack, DAY)[0] == files


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_is_what_the_script_makes(name: str, tmp_path: Path) -> None:
    made = tmp_path / "mau.docx"
    script = ROOT / "packaging" / "templates" / f"{TEMPLATES[name]}.py"
    subprocess.run([sys.executable, str(script), str(made)], check=True, cwd=ROOT)
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(MOVEMENT / "mau" / f"{name}.docx") as kept:
        assert new.read("word/document.xml") == kept.read("word/document.xml")


def test_a_broken_template_enters_nothing(workspace: Workspace, tmp_path: Path, files: dict[str, bytes]) -> None:  # noqa: F811
    template = workspace.movement_folder / "mau" / "bien-ban-hop.docx"
    document = docx.Document(str(template))
    document.add_paragraph("{{ khong_co }}")
    document.save(str(template))
    before = workspace.database.last_entry()
    path = recorded_file(workspace, tmp_path, files)
    meeting, _, problems = record_meeting(workspace, OCCASION.id, STEP, path, "5", DAY, TODAY)
    assert meeting is None and [one.code for one in problems] == ["template"] and "khong_co" in problems[0].message
    assert workspace.database.last_entry() == before


def test_a_tally_that_somebody_fills_in_is_left_alone(workspace: Workspace, files: dict[str, bytes]) -> None:  # noqa: F811
    path = pack_folder(workspace, OCCASION.id, STEP) / "phieu-kiem.xlsx"
    path.write_bytes(filled(files["phieu-kiem.xlsx"]))
    before, content = workspace.database.last_entry(), path.read_bytes()
    pack, _, problems = write_pack(workspace, OCCASION.id, STEP, DAY, "Nơi khác", TODAY)
    assert pack is None and "letter-changed" in {one.code for one in problems}
    assert (workspace.database.last_entry(), path.read_bytes()) == (before, content)
    assert write_pack(workspace, OCCASION.id, STEP, DAY, "Nơi khác", TODAY, replaced=True)[0] is not None


# --- the workbook computes as the reader counts --------------------------------------------------------------------


def test_the_checks_of_the_tally(files: dict[str, bytes], tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        assert not os.environ.get("CI"), "soffice is missing"
        pytest.skip("LibreOffice (soffice) is not installed")
    rows: dict[str, dict[str, Any]] = {
        "bk-ttg/B002": {"yes": 3},
        "co-tinh/B004": {"out": 0},
        "bk-tinh/B041": {"chosen": "x"},
        "bk-tinh/DN1": {"issued": 6},
    }
    sheet, people = computed(filled(files["phieu-kiem.xlsx"], rows, declared={2: ("B004", None)}), tmp_path, office)
    assert sheet["check"] == {
        "bk-ttg/B002": "đồng ý + không + trắng khác hợp lệ",
        "co-tinh/B004": "số không bỏ phiếu nhỏ hơn đã xác định",
        "bk-tinh/B005": "khớp",
        "bk-tinh/B020": "khớp",
        "bk-tinh/B041": "khớp",
        "bk-tinh/DN1": "phát ra nhiều hơn số có mặt",
        "tie": "chọn quá 1",
    }
    assert sheet["result"] == {"bk-tinh/B005": "không đạt", "bk-tinh/B020": "đạt", "bk-tinh/B041": "không đạt"}
    assert "có mặt 5; vắng có ý kiến bằng văn bản 1" in sheet["there"]["0"] and sheet["there"]["0"].endswith(
        "đủ điều kiện họp"
    )
    assert people == {"member:2": "thiếu lý do"}


def computed(raw: bytes, home: Path, office: str) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """What LibreOffice computes: checks and results of cases, the line about who is there; checks of members that are not well."""
    path = home / "phieu.xlsx"
    path.write_bytes(raw)
    settings = home / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECALCULATE, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{home / 'profile'}"
    called = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(home / "da-tinh"), str(path)]
    subprocess.run(called, check=False, capture_output=True, timeout=300)
    book = openpyxl.load_workbook(home / "da-tinh" / path.name, data_only=True)
    sheet, people = book[c.TALLY], book[c.MEMBERS]
    rows = keyed(sheet)
    check = {key: str(sheet.cell(row, c.CHECK + 1).value) for key, row in rows.items()}
    check["tie"] = str(sheet.cell(max(rows.values()) + 1, c.CHECK + 1).value)
    result = {key: str(value) for key, row in rows.items() if (value := sheet.cell(row, c.RESULT + 1).value)}
    first = next(row for row in range(1, 9) if str(sheet.cell(row, 2).value).startswith("Tổng số"))
    there = {"0": str(sheet.cell(first, 2).value)}
    told = {key: str(people.cell(row, c.MEMBER_CHECK + 1).value) for key, row in keyed(people).items()}
    return {"check": check, "result": result, "there": there}, {k: v for k, v in told.items() if v != c.MATCHES}


# --- the command ---------------------------------------------------------------------------------------------------


def call(workspace: Workspace, *arguments: str) -> Result:  # noqa: F811
    return CliRunner().invoke(command, list(arguments), obj=Called(workspace.root, "thư ký"))


def test_the_command(workspace: Workspace, tmp_path: Path) -> None:  # noqa: F811
    step = ("--step", STEP)
    people = members_file(tmp_path / "m.xlsx")
    made = call(workspace, "members", OCCASION.id, str(people), *step, "--document", "12/QĐ")
    assert made.exit_code == 0 and "6 thành viên." in made.output and "Tiếp theo: " in made.output, made.output
    made = call(workspace, "prepare", OCCASION.id, *step, "--meeting", "20/07/2027", "--place", "Phòng 2")
    assert made.exit_code == 0 and "6 trường hợp, 1 nhóm bằng nhau, 6 thành viên, 7 xung đột" in made.output, (
        made.output
    )
    tally = pack_folder(workspace, OCCASION.id, STEP) / "phieu-kiem.xlsx"
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(filled(tally.read_bytes(), {"bk-ttg/B002": {"yes": 1}}))
    told = ("record", OCCASION.id, str(path), *step, "--minutes", "05/BB-TXC", "--on", "20/07/2025")
    wrong = call(workspace, *told)
    assert wrong.exit_code == 1 and "[Kiem phieu] ô J" in wrong.output and "Không ghi gì." in wrong.output, wrong.output
    assert "Chưa ghi phiên họp nào." in call(workspace, "show", OCCASION.id, *step).output
    path.write_bytes(filled(tally.read_bytes(), signed={"sign:date": date(2025, 7, 20)}))
    made = call(workspace, *told)
    assert made.exit_code == 0 and "Đã ghi vào sổ." in made.output and "bien-ban-hop-2025-07-20.docx" in made.output
    assert "Phiếu kiểm này đã ghi trước đó" in call(workspace, *told).output
    made = call(workspace, "show", OCCASION.id, *step)
    assert made.exit_code == 0 and "5/6 phiếu = 83,33 %" in made.output and "Tổ trưởng" in made.output
    refused = call(workspace, "show", OCCASION.id, "--step", "tham-dinh")
    assert refused.exit_code == 1 and "không biểu quyết" in refused.output
