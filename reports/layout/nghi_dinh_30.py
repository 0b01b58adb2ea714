"""Nghị định 30/2020/NĐ-CP, Phụ lục I, held against a Word file of ours: page, fonts, heading, title, grounds, content, receivers.

Every number here is of that Phụ lục (the place stands beside it). What the file breaks is told in Vietnamese, one sentence each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.layout.words import Line, Page, read_page

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"
_GAP = 0.3  # mm
_LEARNED = re.compile(
    r"^(?:GS|PGS|TSKH|TS|ThS|BS|KS|CN|NGND|NGƯT|Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ)\b", re.IGNORECASE
)
_DAY = re.compile(r"^.+, ngày (\S+|\s+) tháng (\S+|\s+) năm (\d{4})$")
_NUMBER = re.compile(r"^Số: (?:\s+|\d{2,})/[^\s/]+$")


@dataclass(frozen=True)
class Layout:
    """What a document has. title: tên loại, "" none. annex: it is a Phụ lục. numbered: has Số. open_day: the day is left to be written.
    closed: ends with "./."."""

    title: str = ""
    landscape: bool = False
    heading: bool = True
    numbered: bool = True
    open_day: bool = False
    addressed: bool = False
    grounds: bool = False
    receivers: bool = True
    annex: bool = False
    closed: bool = False


LAYOUTS: dict[str, Layout] = {
    "to-trinh": Layout("TỜ TRÌNH", addressed=True, grounds=True, closed=True),
    "danh-sach": Layout(landscape=True, heading=False, receivers=False, annex=True, closed=True),
    "cong-khai": Layout("THÔNG BÁO", grounds=True, closed=True),
    "bao-cao-thanh-tich": Layout("BÁO CÁO THÀNH TÍCH", numbered=False, open_day=True, receivers=False),
    "tom-tat-thanh-tich": Layout("TÓM TẮT THÀNH TÍCH", numbered=False),
    "danh-muc-minh-chung": Layout(heading=False, receivers=False, annex=True),
    "kiem-tra-ho-so": Layout("PHIẾU KIỂM TRA HỒ SƠ", numbered=False, receivers=False),
    "danh-sach-mo-hinh": Layout(landscape=True, heading=False, receivers=False, annex=True, closed=True),
    "phu-luc-tieu-chuan": Layout(landscape=True, heading=False, receivers=False, annex=True),
    "cong-van-don-doc": Layout(addressed=True, closed=True),
}


def layout_problems(content: bytes, kind: str | Layout) -> list[str]:
    """Everything in which a document leaves the decree. kind: name of a template of LAYOUTS, or what the document has."""
    layout = LAYOUTS[kind] if isinstance(kind, str) else kind
    page = read_page(content)
    told = [*_sheet(page, layout), *_fonts(page), *_page_numbers(page)]
    if layout.heading:
        told += _heading(page, layout)
    if layout.annex:
        told += _annex(page)
    if layout.title:
        told += _title(page, layout)
    if layout.addressed:
        told += _addressed(page)
    if layout.grounds:
        told += _grounds(page)
    if layout.receivers:
        told += _receivers(page)
    told += _content(page, layout)
    return list(dict.fromkeys(told))


def _outside(value: float, least: float, most: float) -> bool:
    return not least - _GAP <= value <= most + _GAP


def _sheet(page: Page, layout: Layout) -> Iterator[str]:
    """I.1-I.3: A4, margins."""
    sides = (297, 210) if layout.landscape else (210, 297)
    if _outside(page.width, sides[0], sides[0]) or _outside(page.height, sides[1], sides[1]):
        yield f"khổ giấy {page.width:g} × {page.height:g} mm, không phải {sides[0]} × {sides[1]} mm"
    for name, value, least, most in (
        ("trên", page.top, 20, 25),
        ("dưới", page.bottom, 20, 25),
        ("trái", page.left, 30, 35),
        ("phải", page.right, 15, 20),
    ):
        if _outside(value, least, most):
            yield f"lề {name} {value:g} mm, ngoài {least}-{most} mm"


def _fonts(page: Page) -> Iterator[str]:
    """I.4: Times New Roman, black; no theme that could put another one in its place."""
    for part in page.themed:
        yield f"{part}: phông chữ theo chủ đề (theme)"
    for line in page.lines:
        for look in line.looks:
            if look.font != FONT:
                yield f"phông chữ “{look.font}”: “{line.text[:40]}”"
            if look.colour not in ("", "auto", "000000"):
                yield f"màu chữ {look.colour}: “{line.text[:40]}”"


def _page_numbers(page: Page) -> Iterator[str]:
    """I.7: Arabic, 13-14, upright, centred in the top margin, not on the first page."""
    numbers = [line for line in page.of("header") if line.page_number]
    if not numbers:
        yield "không có số trang ở lề trên"
    for line in numbers:
        yield from _look(line, "số trang", (13, 14), align="center")
    if not page.first_differs or any(line.page_number for line in page.of("first-header")):
        yield "số trang hiện ở trang thứ nhất"


def _look(
    line: Line,
    what: str,
    sizes: tuple[float, float],
    *,
    bold: bool = False,
    italic: bool = False,
    align: str | None = "center",
    capitals: bool = False,
) -> Iterator[str]:
    shown = f"{what} “{line.text.strip()[:40]}”"
    if any(_outside(size, *sizes) for size in line.sizes()):
        yield f"{shown}: cỡ chữ {', '.join(f'{size:g}' for size in sorted(line.sizes()))}, ngoài {sizes[0]:g}-{sizes[1]:g}"
    if line.looks and any(look.bold != bold for look in line.looks):
        yield f"{shown}: {'không ' if bold else ''}đậm"
    if line.looks and any(look.italic != italic for look in line.looks):
        yield f"{shown}: {'không ' if italic else ''}nghiêng"
    if align is not None and line.align != align:
        yield f"{shown}: canh {line.align}, không phải {align}"
    if capitals and line.text != line.text.upper():
        yield f"{shown}: không viết in hoa"


def _heading(page: Page, layout: Layout) -> Iterator[str]:
    """II.1-II.4."""
    left = [line for line in page.of("table") if (line.table, line.column) == (1, 1)]
    right = [line for line in page.of("table") if (line.table, line.column) == (1, 2)]
    yield from _country(right, layout)
    named = [line for line in left if line.text.strip() and not line.text.startswith(("Số:", "V/v"))]
    if not named:
        yield "không có tên cơ quan ban hành"
        return
    for line in named[:-1]:
        yield from _look(line, "cơ quan chủ quản", (12, 13), capitals=True)
    yield from _look(named[-1], "cơ quan ban hành", (12, 13), bold=True, capitals=True)
    after = left[left.index(named[-1]) + 1 :]
    if not after or not after[0].rule:
        yield "không có đường kẻ dưới tên cơ quan ban hành"
    numbers = [line for line in left if line.text.startswith("Số:")]
    if layout.numbered and not numbers:
        yield "không có số, ký hiệu"
    for line in numbers:
        yield from _look(line, "số, ký hiệu", (13, 13))
        if not _NUMBER.match(line.text):
            yield f"số, ký hiệu viết sai: “{line.text}”"


def _country(right: Sequence[Line], layout: Layout) -> Iterator[str]:
    texts = [line for line in right if line.text.strip()]
    if [line.text for line in texts[:2]] != [COUNTRY, MOTTO]:
        yield "Quốc hiệu, Tiêu ngữ không đúng"
        return
    yield from _look(texts[0], "Quốc hiệu", (12, 13), bold=True)
    yield from _look(texts[1], "Tiêu ngữ", (13, 14), bold=True)
    place = right.index(texts[1]) + 1
    if place >= len(right) or not right[place].rule:
        yield "không có đường kẻ dưới Tiêu ngữ"
    dated = texts[2:]
    if not dated:
        yield "không có địa danh, ngày tháng"
        return
    yield from _look(dated[0], "địa danh, ngày tháng", (13, 14), italic=True)
    found = _DAY.match(dated[0].text)
    if found is None:
        yield f"địa danh, ngày tháng viết sai: “{dated[0].text}”"
    elif found[1].strip():
        day, month = found[1], found[2]
        if not re.fullmatch(r"\d{2}", day) or not re.fullmatch(r"0[12]|[3-9]|1[0-2]", month):
            yield f"ngày nhỏ hơn 10, tháng 1, 2 phải thêm số 0: “{dated[0].text}”"
    elif not layout.open_day:
        yield f"để trống ngày tháng: “{dated[0].text}”"


def _title(page: Page, layout: Layout) -> Iterator[str]:
    """II.5: the kind, what it is about, a rule."""
    body = page.of("body")
    place = next((at for at, line in enumerate(body) if line.text == layout.title), None)
    if place is None:
        yield f"không có tên loại “{layout.title}”"
        return
    yield from _look(body[place], "tên loại", (13, 14), bold=True, capitals=True)
    subject = []
    for line in body[place + 1 :]:
        if line.rule or not line.text.strip():
            break
        subject.append(line)
    if not subject:
        yield "không có trích yếu"
    for line in subject:
        yield from _look(line, "trích yếu", (13, 14), bold=True)
    after = body[place + 1 + len(subject) :]
    if not after or not after[0].rule:
        yield "không có đường kẻ dưới trích yếu"


def _annex(page: Page) -> Iterator[str]:
    """III.1: the word, its name, the document it goes with."""
    body = [line for line in page.of("body") if line.text.strip()]
    if not body or body[0].text != "Phụ lục" or len(body) < 3:
        yield "không có từ “Phụ lục”"
        return
    yield from _look(body[0], "từ Phụ lục", (14, 14), bold=True)
    yield from _look(body[1], "tên Phụ lục", (13, 14), bold=True, capitals=True)
    yield from _look(body[2], "chỉ dẫn kèm theo", (13, 14), italic=True)
    if not (body[2].text.startswith("(Kèm theo ") and body[2].text.endswith(")")):
        yield f"chỉ dẫn kèm theo viết sai: “{body[2].text[:60]}”"


def _addressed(page: Page) -> Iterator[str]:
    """II.9: Kính gửi."""
    found = [line for line in page.of("body") if line.text.startswith("Kính gửi: ")]
    if not found:
        yield "không có Kính gửi"
    for line in found:
        yield from _look(line, "Kính gửi", (13, 14))


def _grounds(page: Page) -> Iterator[str]:
    """II.6.a: italic, one to a line, ";" after each and "." after the last."""
    told = [line for line in page.of("body") if line.looks and line.first_indent]
    found = [line for line in told if line.all_italic() or line.text.startswith(("Căn cứ ", "Theo đề nghị "))]
    if not found:
        yield "không có căn cứ"
        return
    for line in found:
        yield from _look(line, "căn cứ", (13, 14), italic=True, align="both")
    for place, line in enumerate(found, 1):
        end = "." if place == len(found) else ";"
        if not line.text.endswith(end):
            yield f"căn cứ không kết thúc bằng “{end}”: “…{line.text[-40:]}”"


def _receivers(page: Page) -> Iterator[str]:
    """II.7, II.9: receivers; the signer beside them."""
    heads = [line for line in page.of("table") if line.text == "Nơi nhận:"]
    if not heads:
        yield "không có Nơi nhận"
        return
    head = heads[-1]
    cell = [
        line for line in page.of("table") if (line.table, line.row, line.column) == (head.table, head.row, head.column)
    ]
    yield from _look(head, "Nơi nhận", (12, 12), bold=True, italic=True, align=None)
    listed = [line for line in cell[cell.index(head) + 1 :] if line.text.strip()]
    for place, line in enumerate(listed, 1):
        yield from _look(line, "dòng nơi nhận", (11, 11), align=None)
        if not line.text.startswith("- ") or not line.text.endswith("." if place == len(listed) else ";"):
            yield f"dòng nơi nhận viết sai: “{line.text[:60]}”"
    if not listed or not re.match(r"^- Lưu: VT\b.*\.$", listed[-1].text):
        yield "nơi nhận không kết thúc bằng dòng Lưu: VT"
    signed = [line for line in page.of("table") if (line.table, line.column) == (head.table, 2) and line.text.strip()]
    if not signed:
        yield "không có quyền hạn, chức vụ của người ký"
        return
    for line in signed:
        yield from _look(line, "người ký", (13, 14), bold=True)
        if _LEARNED.match(line.text.strip()):
            yield f"ghi học hàm, học vị trước tên người ký: “{line.text}”"
    if signed[0].text != signed[0].text.upper():
        yield f"chức vụ người ký không in hoa: “{signed[0].text}”"


def _content(page: Page, layout: Layout) -> Iterator[str]:
    """II.6.e: justified, first line in by 1 or 1,27 cm, at least 6 pt between paragraphs, single to 1,5 lines, 13-14."""
    texts = [line for line in page.of("body") if line.text.strip()]
    for line in texts:
        if any(_outside(size, 13, 14) for size in line.sizes()):
            yield f"cỡ chữ nội dung {sorted(line.sizes())}: “{line.text[:40]}”"
        if not line.first_indent:
            continue
        if line.align != "both":
            yield f"nội dung không canh đều hai lề: “{line.text[:40]}”"
        if _outside(line.first_indent, 10, 12.7):
            yield f"dòng đầu lùi {line.first_indent:.1f} mm: “{line.text[:40]}”"
        if max(line.before, line.after) < 6:
            yield f"khoảng cách đoạn dưới 6 pt: “{line.text[:40]}”"
        if line.line and _outside(line.line, 1, 1.5):
            yield f"khoảng cách dòng {line.line:g}: “{line.text[:40]}”"
    for line in page.of("table"):
        if any(_outside(size, 11, 14) for size in line.sizes()):
            yield f"cỡ chữ trong bảng {sorted(line.sizes())}: “{line.text[:40]}”"
    if layout.closed and not any(line.text.rstrip().endswith("./.") for line in texts):
        yield "không có dấu kết thúc “./.”"
