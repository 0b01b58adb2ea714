"""The sheets "Giao" and "Ký" of a proposal workbook: who proposes, for what, how to fill in; what is signed."""

from __future__ import annotations

from typing import Any

from nominations.awards.principles import preference_words
from nominations.proposals.columns import GUIDE, LISTED, NEW_ROWS, OWN, REPORT, SIGN, SIGNED
from nominations.proposals.content import ProposalContent
from nominations.proposals.headings import HEADINGS
from nominations.proposals.refusing import refusal
from records.forms.issuing.rules import note, whole_rule
from records.forms.issuing.sheets import Book, height, write_text
from records.workbooks.pages import (
    GUIDE_WIDTHS,
    LABEL,
    SIGN_WIDTHS,
    VALUE,
    Asked,
    facts,
    how_to_fill,
    number_and_day,
    opening,
    paragraph,
    sign_cells,
    signers,
)

_TITLE = "BIỂU ĐỀ NGHỊ KHEN THƯỞNG"
_PREFERRED = "{preferred}"
_HOW = (
    "Chỉ điền vào ô nền vàng. Ô khác đã khóa; sửa ô khóa không có tác dụng khi thu biểu.",
    f"Trang “{LISTED}”: mỗi dòng một đối tượng. Đề nghị ai thì chọn hình thức ở cột HÌNH THỨC ĐỀ NGHỊ; không đề nghị thì để trống. "
    "Kết quả chính thức do phần mềm điền, đơn vị không ghi điểm.",
    f"{NEW_ROWS} dòng cuối (M1, M2 …) dành cho đối tượng không thuộc nhóm chấm điểm: hộ gia đình, tổ chức, cá nhân khác; ghi tên, đối "
    "tượng, địa bàn đến xã, phường. Đề nghị thêm một hình thức cho đối tượng đã có trong danh sách: ghi mã của đối tượng ở cột Tên.",
    "Mỗi đối tượng mỗi hình thức một dòng. Một thành tích chỉ được khen một lần, một hình thức.",
    "Cá nhân: chọn giới tính. Tập thể: ghi tổng số người và số nữ.{preferred} "
    "Sáng kiến đã được công nhận thì ghi mã hoặc tên và giấy chứng nhận.",
    f"Trang “{REPORT}”: lời của đơn vị, theo từng mục; một mục có thể nhiều dòng, mỗi ô có thể nhiều đoạn (Alt+Enter). Số liệu "
    "chấm điểm do phần mềm điền vào báo cáo, không phải chép lại.",
    f"Trang “{OWN}”: hình thức khen thưởng mà chính đơn vị đã tặng trong phong trào, để không đề nghị hai lần cho một thành tích. Ghi ký hiệu "
    "nếu người được khen có trong danh sách.",
    f"Trang “{SIGN}”: lần gửi, số và ngày tờ trình, số và ngày biên bản xét khen thưởng của đơn vị, người lập, thủ trưởng; in ra để "
    "ký, đóng dấu. Gửi lại bản sửa thì tăng lần gửi; bản mới thay toàn bộ bản cũ, cho đến khi hội đồng đã họp.",
    "Không đổi tên trang, không xóa cột, không xóa dòng có ký hiệu. Lưu tệp dạng .xlsx.",
)


def write_guide(book: Book, content: ProposalContent) -> None:
    """The whole sheet, on A4 upright."""
    sheet = book.sheet(GUIDE, GUIDE_WIDTHS, landscape=False)
    occasion = content.occasion
    row = opening(book, sheet, 0, _TITLE, content.movement, content.stamps)
    told = [
        ("Cơ quan đề nghị", f"{content.name} (mã {content.proposer})"),
        ("Dịp", f"{occasion.name} ({occasion.id}), xét ngày {occasion.day:%d/%m/%Y}"),
        ("Thành tích tính", f"Từ {occasion.first:%d/%m/%Y} đến {occasion.last:%d/%m/%Y}"),
        ("Đối tượng trong danh sách", str(len(content.rows))),
        ("Lần gửi lần này", str(content.version)),
    ]
    if content.through:
        told.insert(1, ("Gửi qua", content.through))
    row = facts(book, sheet, row + 1, told)
    row = how_to_fill(book, sheet, row + 1, [text.replace(_PREFERRED, _preferred(content)) for text in _HOW])
    row = paragraph(book, sheet, row + 1, "HÌNH THỨC ĐỀ NGHỊ ĐƯỢC TRONG DỊP NÀY", "heading")
    row = facts(book, sheet, row, [(one.name, _subjects(content, one.id)) for one in content.awards])
    refused = [one for one in content.file.awards.awards if not one.offered]
    if refused:
        row = paragraph(book, sheet, row + 1, "HÌNH THỨC KHÔNG ĐỀ NGHỊ ĐƯỢC TỪ PHONG TRÀO NÀY", "heading")
        row = facts(book, sheet, row, [(one.name, refusal(content.file, one, occasion.day)) for one in refused])
    row = paragraph(book, sheet, row + 1, f"CÁC MỤC CỦA TRANG “{REPORT.upper()}”", "heading")
    row = facts(book, sheet, row, [(one.place, ". ".join(_spelled(one.title, one.asks))) for one in HEADINGS])
    sheet.print_area(0, 1, row, 2)


def _preferred(content: ProposalContent) -> str:
    """Whom the law prefers between equals, by the award file."""
    told = preference_words((one.prefer, one.prefer_percent) for one in content.file.awards.subjects)
    return f" Khi thành tích ngang nhau, ưu tiên {told}." if told else ""


def _spelled(title: str, asks: str) -> list[str]:
    return [title, f"{asks[:1].upper()}{asks[1:]}"] if asks else [title]


def _subjects(content: ProposalContent, award: str) -> str:
    """For whom an award is at this occasion."""
    found = content.file.awards.award(award)
    kind = content.occasion.kind
    wanted = {s for route in (found.routes if found else ()) if kind in route.occasions for s in route.subjects}
    return "; ".join(one.name for one in content.file.awards.subjects if one.id in wanted)


def write_signature(book: Book, content: ProposalContent) -> None:
    """The sheet "Ký", on A4 upright."""
    sheet = book.sheet(SIGN, SIGN_WIDTHS, landscape=False)
    name = content.name.upper()
    bold = book.style("bold", "center", "wrap")
    write_text(sheet, 0, LABEL, name, bold)
    write_text(sheet, 0, VALUE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", book.style("bold", "center"))
    write_text(sheet, 1, VALUE, "Độc lập - Tự do - Hạnh phúc", book.style("bold", "center", "underline"))
    sheet.set_row(0, height([name], [SIGN_WIDTHS[0] * 0.85], bold=True) + 3)
    also = [f"Dịp: {content.occasion.name} ({content.occasion.id})"]
    title = "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"
    row = opening(book, sheet, 5, title, content.movement, content.stamps, SIGN_WIDTHS, spare=6, also=also)
    row = paragraph(book, sheet, row, "(Kèm theo tờ trình)", "italic", "center", widths=SIGN_WIDTHS)
    cells = sign_cells(book, sheet, row + 1, _asked(content), "Ngày")
    number_and_day(book, sheet, 3, cells, book.style("center", "wrap"))
    row += len(cells) + 2
    signers(book, sheet, row, cells, "NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ", 6, bold)
    sheet.print_area(0, 1, row + 7, 2)


def _asked(content: ProposalContent) -> list[Asked]:
    """What is typed in before it is signed; the document that passes it on only where somebody does."""
    looks: dict[str, tuple[tuple[str, ...], Any]] = {
        "sign:version": (
            ("n:0", "center"),
            whole_rule("Lần gửi", f"Lần này là {content.version}; gửi lại thì tăng 1."),
        ),
        "sign:number": (("text", "center"), note("Số tờ trình", "Số, ký hiệu: 15/TTr-SKHCN.")),
        "sign:date": (("date",), None),
        "sign:minutes": (("text", "center"), note("Số biên bản", "Số, ký hiệu của biên bản xét khen thưởng.")),
        "sign:minutes_day": (("date",), None),
        "sign:through": (("text", "center"), note("Văn bản chuyển", f"Số, ngày văn bản của {content.through}.")),
        "sign:compiled_by": (("text", "center"), note("Người lập", "Họ và tên.")),
        "sign:head": (("text", "center"), note("Thủ trưởng", "Họ và tên người ký.")),
    }
    asked: list[Asked] = []
    for key, label in SIGNED.items():
        if key == "sign:through" and not content.through:
            continue
        asked.append((key, label, *looks[key]))
    return asked
