"""Is a workbook that somebody sent safe to open? Judged from its zip and its parts alone, before anything reads a cell."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
    struct.error,
    ElementTree.ParseError,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .xls, or an .xlsx with a password
_BOMB = 1_000_000  # a part that unpacks to less is no bomb, however well it packs
_CONTENT_TYPES = "[Content_Types].xml"
_SAVE_AGAIN = "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
_NO_MACROS = "Lưu lại dạng .xlsx không có macro."
_RETYPE = "Chỉ điền số, chữ vào biểu gốc; xóa phần này rồi lưu lại."

_MACRO_PARTS = re.compile(r"vbaproject|vbadata|macrosheets/|dialogsheets/|intlmacrosheets/")
_MACRO_TYPES = re.compile(r"macroenabled|vbaproject|ms-excel\.(?:macrosheet|intlmacrosheet|dialogsheet)")
# what is refused in a form: word, names of parts, ends of relationship types, content types
_ACTIVE: tuple[tuple[str, str, str, str], ...] = (
    ("liên kết tới tệp khác", r"/externallinks/", r"externallink|externallinkpath", r"externallink"),
    ("kết nối dữ liệu ngoài", r"/connections\.", r"connections", r"\.connections\+"),
    ("truy vấn dữ liệu ngoài", r"/querytables/", r"querytable", r"querytable"),
    ("tệp nhúng", r"/embeddings/", r"oleobject|package", r"oleobject"),
    (
        "điều khiển ActiveX",
        r"/activex/|/ctrlprops/",
        r"control|activexcontrol\w*|ctrlprop",
        r"activex|controlproperties",
    ),
    ("phần mở rộng web", r"/webextensions/|/customui", r"webextension\w*|extensibility", r"webextension"),
    ("mẫu đính kèm", r"/attachedtoolbars", r"attachedtemplate|attachedtoolbars", r"attachedtoolbar"),
)


@dataclass(frozen=True)
class Limits:
    """packed, unpacked: bytes. parts: how many. ratio: of a part, unpacked to packed. cells_only: nothing that reaches outside."""

    packed: int
    unpacked: int
    parts: int
    ratio: int
    cells_only: bool


TABLE = Limits(60_000_000, 400_000_000, 10_000, 1100, False)
FORM = Limits(5_000_000, 60_000_000, 300, 150, True)


@dataclass(frozen=True)
class Refusal:
    """Why a package is not opened, in Vietnamese. large: it is only too big."""

    message: str
    hint: str = _SAVE_AGAIN
    large: bool = False


def refusals(raw: bytes, limits: Limits) -> list[Refusal]:
    """Every reason not to open a workbook; empty when there is none. Never raises."""
    if len(raw) > limits.packed:
        return [_large(f"Tệp có {len(raw)} byte, tối đa {limits.packed} byte.")]
    if raw.startswith(_OLE):
        return [Refusal("Tệp có mật khẩu, hoặc là Excel dạng cũ (.xls).", "Bỏ mật khẩu, lưu lại dạng .xlsx.")]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = package.infolist()
            found = list(dict.fromkeys(_of_names(parts, limits)))
            if not found:
                found = list(dict.fromkeys(_of_contents(package, limits)))
    except BROKEN:
        return [Refusal("Không đọc được tệp xlsx: tệp hỏng, có mật khẩu hoặc không phải Excel.")]
    return found


def _large(message: str) -> Refusal:
    return Refusal(message, "Xóa hình ảnh, trang tính và dòng thừa rồi lưu lại.", large=True)


def _of_names(parts: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Refusal]:
    """What the list of parts alone shows."""
    if len(parts) > limits.parts:
        yield _large(f"Tệp nén có {len(parts)} phần, tối đa {limits.parts}.")
        return
    if sum(part.file_size for part in parts) > limits.unpacked:
        yield _large("Tệp nén bung ra quá lớn.")
    seen: set[str] = set()
    for part in parts:
        name = part.filename.lower()
        if part.flag_bits & 1:
            yield Refusal("Tệp có mật khẩu.", "Bỏ mật khẩu rồi lưu lại.")
        elif part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield Refusal("Tệp nén theo cách không phải của Excel.")
        if part.file_size > _BOMB and part.file_size > limits.ratio * max(part.compress_size, 1):
            yield _large("Tệp nén bất thường: một phần bung ra lớn gấp nhiều lần.")
        if stat.S_ISLNK(part.external_attr >> 16):
            yield Refusal("Tệp nén chứa liên kết tượng trưng.")
        if name in seen:
            yield Refusal("Tệp nén chứa hai phần cùng tên.")
        seen.add(name)
        if limits.cells_only and _climbs(part):
            yield Refusal("Tệp nén chứa đường dẫn tuyệt đối hoặc đi ra ngoài.")
        if _MACRO_PARTS.search(name):
            yield Refusal("Tệp chứa macro.", _NO_MACROS)
        if limits.cells_only:
            for word, names, _, _ in _ACTIVE:
                if re.search(names, f"/{name}"):
                    yield Refusal(f"Tệp chứa {word}.", _RETYPE)
    if limits.cells_only and _CONTENT_TYPES.lower() not in seen:
        yield Refusal("Tệp nén không phải là Excel.")


def _climbs(part: zipfile.ZipInfo) -> bool:
    """zipfile turns backslashes on Windows and cuts a name at NUL: the name as it was written is judged as well."""
    names = (part.filename, getattr(part, "orig_filename", part.filename))
    return any(
        name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/") for name in names
    )


def _of_contents(package: zipfile.ZipFile, limits: Limits) -> Iterator[Refusal]:
    """What XML parts, relationships and content types show; every part is unpacked, at most as far as it declares."""
    for part in package.infolist():
        name = part.filename.lower()
        xml = name.endswith((".xml", ".rels", ".vml"))
        if not xml and not limits.cells_only:
            continue
        content = package.read(part)
        if not xml:
            continue
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            yield Refusal("Tệp khai báo thực thể XML, không được phép.")
        elif limits.cells_only and content and not _is_utf8(content):
            yield Refusal("Tệp có phần XML không phải mã UTF-8.")
        elif name == _CONTENT_TYPES.lower():
            yield from _of_types(content, limits)
        elif name.endswith(".rels") and limits.cells_only:
            yield from _of_relations(content)


def _is_utf8(content: bytes) -> bool:
    """Other encodings could hide a DTD from a search for its bytes."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"<") or b"\0" in content:
        return False
    declared = re.match(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']""", start)
    return declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def _of_types(content: bytes, limits: Limits) -> Iterator[Refusal]:
    for item in ElementTree.fromstring(content).iter():
        kind = item.get("ContentType", "").lower()
        if _MACRO_TYPES.search(kind):
            yield Refusal("Tệp khai báo macro.", _NO_MACROS)
        elif limits.cells_only:
            for word, _, _, types in _ACTIVE:
                if re.search(types, kind):
                    yield Refusal(f"Tệp chứa {word}.", _RETYPE)


def _of_relations(content: bytes) -> Iterator[Refusal]:
    """A hyperlink (Excel makes one of every typed address) is only text to us; whatever is fetched is refused."""
    for item in ElementTree.fromstring(content).iter():
        end = item.get("Type", "").rsplit("/", 1)[-1].lower()
        if re.fullmatch(r"vbaproject\w*|xl(?:intl)?macrosheet|dialogsheet", end):
            yield Refusal("Tệp chứa macro.", _NO_MACROS)
            continue
        word = next((word for word, _, ends, _ in _ACTIVE if re.fullmatch(ends, end)), "")
        if word:
            yield Refusal(f"Tệp chứa {word}.", _RETYPE)
        elif item.get("TargetMode", "").lower() == "external" and end != "hyperlink":
            yield Refusal("Tệp chứa liên kết tới nơi khác.", _RETYPE)
