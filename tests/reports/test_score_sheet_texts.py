"""Texts of units come out as text; only the font of the house is used; the layout is that of Nghị định 30."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from records.forms.answers import EvidenceItem
from records.ledger.entries import Entry
from reports.score_sheet.pdf import BREAK, FONTS, LACKING, _glyphs, shown
from reports.score_sheet.sheets import open_sheets, score_sheets
from tests.reports.score_sheet_support import communes, officially, pages, squeezed, text_of
from tests.rounds.life_support import scope_of
from tests.rounds.support import enter_body, new_workspace

CASE = "C2.mot-cua"
MM, LETTER = 25.4 / 72, 0.722  # millimetres of a point; width of Đ, of its height
HOSTILE = (
    "A & B <b>đậm</b>",
    '#import "/etc/passwd": *',
    "*x* _y_ `z` $a$ @b ~ -- ... // c /* d */",
    "{{ x }} {% y %} #{x}; #x; \\n",
    '=HYPERLINK("http://x.vn","bấm")',
    "= Đề mục\n- mục\n+ mục",
    unicodedata.normalize("NFD", "Ủy ban nhân dân phường Nguyễn Huệ đặc biệt"),
)
VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"


def made(root: Path, name: str, **told: object) -> bytes:
    workspace = communes(root, {"X1": name}, count=1, **told)
    found, problems = score_sheets(workspace, "2026", ["X1"])
    assert problems == []
    content = dict(found)["X1"]
    workspace.close()
    return content


def test_hostile_texts_are_text(tmp_path: Path) -> None:
    """As name, number and issuer of evidence, and reason of a decision."""
    every = " ".join(HOSTILE)
    items = [EvidenceItem(CASE, text, "2026-10-03", text, "") for text in HOSTILE]
    printed = text_of(made(tmp_path / "w", every, evidence=items, leave_out={("X1", "C2.ky-so"): every}))
    wanted = [squeezed(text) for text in HOSTILE]
    for text in wanted:
        assert printed.count(text) >= 4, text
    assert squeezed(every) in printed


def test_ten_thousand_letters_stay_on_the_page(tmp_path: Path) -> None:
    word, sentence = "Đ" * 10_000, "Nguyễn Văn " * 910
    items = [EvidenceItem(CASE, word, "2026-10-03", sentence, "")]
    raw = made(tmp_path / "w", "Xã Một", evidence=items)
    printed = "".join(pages(raw))
    assert printed.count("Đ") >= 10_000 and printed.count("Nguyễn") >= 910
    reader = PdfReader(io.BytesIO(raw))
    for page in reader.pages:
        assert (round(page.mediabox.width * MM), round(page.mediabox.height * MM)) == (210, 297)
    lines = [line for page in reader.pages for line in page.extract_text().splitlines() if set(line) == {"Đ"}]
    assert (
        len(lines) > 200 and max(map(len, lines)) * 11 * LETTER * MM < 195 - 30 - 18 - 2 * 17
    )  # the column of sentences


def test_only_the_fonts_of_the_house(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(made(tmp_path / "w", "Xã 漢字 😀 ☑ một")))
    fonts = {str(font["/BaseFont"]).split("+")[-1] for page in reader.pages for font in _fonts(page)}
    assert fonts == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}
    assert f"Đối tượng: Xã {LACKING * 2} {LACKING} {LACKING} một" in pages_text(reader)


def pages_text(reader: PdfReader) -> str:
    return " ".join(" ".join((page.extract_text() or "").split()) for page in reader.pages)


def _fonts(page: object) -> list[dict[str, object]]:
    resources = page["/Resources"]  # type: ignore[index]
    return [font.get_object() for font in resources["/Font"].values()]


def test_every_vietnamese_letter_has_its_sign() -> None:
    letters = VIETNAMESE + VIETNAMESE.upper() + '0123456789 .,;:()[]“”–—…≤≥≈×−+/%₫"'
    assert [sign for sign in letters if ord(sign) not in _glyphs()] == []
    assert ord(LACKING) in _glyphs() and ord("☑") not in _glyphs()
    assert (
        len(
            {
                len((FONTS / f"Tinos-{face}.ttf").read_bytes()) > 50_000
                for face in ("Regular", "Bold", "Italic", "BoldItalic")
            }
        )
        == 1
    )
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  hai \n dòng\t", "hai dòng"),
        ("a\u202eb\u200bc", "abc"),
        (unicodedata.normalize("NFD", "Huế"), "Huế"),
        ("漢", LACKING),
        ("x" * 45, BREAK.join([*["x" * 10] * 4, "x" * 5])),
    ],
)
def test_what_is_shown(text: str, told: str) -> None:
    assert shown(text) == told


def test_of_a_person_name_post_and_unit(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    enter_body(workspace, "B001", name="Sở Nội vụ", kind="sở/ban/ngành", data_owner="không")
    enter_body(workspace, "P1", kind="cá nhân", parent="B001", sub_type="trí thức")
    personal = {"name": "Bà Trần Thị B", "post": "Trưởng phòng", "note": "GHI CHÚ RIÊNG", "code:cccd": "034190000000"}
    with workspace.database.writing() as writer:
        writer.append([Entry("body:P1", name, value, personal=True) for name, value in personal.items()])
    figures = {"invested": "5", "recognised": "1", "recognition": "tỉnh", "work_days": "3", "works": "2", "gifts": "1"}
    whole = {name: figures.get(name, "1") for name in figures}
    others = scope_of(workspace).of("P1")
    leave = {("P1", one): "Không phát sinh" for one in others}
    officially(
        workspace,
        "2026",
        {"P1": whole},
        date(2027, 1, 5),
        group="e",
        set_id="tb-e2-doi-tuong-khac",
        index={},
        leave_out=leave,
    )
    sheets, problems = open_sheets(workspace, "2026", ["P1"])
    assert sheets is not None, problems
    sheet = sheets.content("P1")
    assert sheet.about[:4] == (
        ("Họ và tên", "Bà Trần Thị B"),
        ("Chức vụ", "Trưởng phòng"),
        ("Đơn vị", "Sở Nội vụ"),
        ("Mã", "P1"),
    )
    assert [heading for heading, _ in sheet.about[4:]] == ["Nhóm"]
    found, _ = score_sheets(workspace, "2026", ["P1"])
    printed = text_of(dict(found)["P1"])
    assert squeezed("Chức vụ: Trưởng phòng Đơn vị: Sở Nội vụ") in printed
    assert "034190000000" not in printed and squeezed("GHI CHÚ RIÊNG") not in printed
    workspace.close()
