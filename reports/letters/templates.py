"""Filling a Word template (mẫu) that an official may have changed: strict about names, deaf to anything but fields and loops."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from lxml.etree import LxmlError

from criteria.problems import Problem, of_file, reason
from records.tables.packages import BROKEN
from reports.letters.engine import asked_for, rendered
from reports.letters.places import passages
from reports.letters.tags import Fault, faults
from reports.letters.word import word_bytes

FOLDER = "mau"
_LARGEST = 5_000_000  # bytes
_UNPACKED = 100_000_000  # bytes
# Control characters, halves of surrogates, marks that turn the direction of what follows, and private-use characters (reports.charts
# marks places with them): none belongs in a name.
_NOT_PRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]+")


def printed(text: str) -> str:
    """Text as a letter may hold it: NFC, on one line, without characters that XML or a reader stumbles over."""
    return re.sub(" +", " ", _NOT_PRINTED.sub(" ", unicodedata.normalize("NFC", text))).strip(" ")


def printed_all(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same of every text of a template's fields, in lists and rows too."""
    return {name: _printed(value) for name, value in fields.items()}


def _printed(value: Any) -> Any:
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, Mapping):
        return printed_all(value)
    return [_printed(one) for one in value] if isinstance(value, list | tuple) else value


def read_template(path: Path) -> tuple[bytes, list[Problem]]:
    """The bytes of a template, or why there is none."""
    where = f"Lấy lại bản ban đầu: thidua templates copy {path.stem}; hoặc mở mẫu bằng Word và lưu lại dạng .docx."
    try:
        if path.stat().st_size > _LARGEST:
            return b"", [of_file(path, "template", "Mẫu Word lớn hơn 5 MB.", "Bớt ảnh trong mẫu.")]
        content = path.read_bytes()
    except FileNotFoundError:
        return b"", [of_file(path, "template", "Phong trào không có mẫu Word này.", where)]
    except OSError as error:
        return b"", [of_file(path, "template", f"Không đọc được mẫu Word: {reason(error)}.", where)]
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            sound = "word/document.xml" in package.namelist()
            sound = sound and sum(member.file_size for member in package.infolist()) <= _UNPACKED
            sound = sound and package.testzip() is None
    except BROKEN:
        sound = False
    return content, [] if sound else [of_file(path, "template", "Tệp không phải văn bản Word (.docx) lành lặn.", where)]


# Whatever an edited template makes of a sum, a filter or the XML around a tag.
_BROKEN = (
    *(LxmlError, OpcError, PythonDocxError),
    *(TypeError, AttributeError, ArithmeticError, LookupError, RecursionError, AssertionError),
    *BROKEN,
)
_HINT = "Sửa lại trong Word: {{ tên_trường }}, {%tr for … %} … {%tr endfor %}; hoặc lấy lại mẫu ban đầu."


def fill(
    template: bytes, fields: Mapping[str, Any], path: Path, title: str, author: str, day: date
) -> tuple[bytes, list[Problem]]:
    """The letter, or everything that is wrong with the template. fields: texts, numbers, lists of such mappings. path: for problems."""
    try:
        return word_bytes(rendered(template, fields), title, author, day), []
    except (TemplateError, *_BROKEN) as error:
        return b"", tag_problems(template, fields, path) or _while_filling(template, fields, path, error)


def tag_problems(template: bytes, fields: Mapping[str, Any], path: Path) -> list[Problem]:
    """What is wrong with the tags of a template, also where filling does not come by, each with its place."""
    try:
        found = faults(list(passages(template)), fields)
    except (LxmlError, RecursionError, *BROKEN):
        return [of_file(path, "template", "Mẫu Word hỏng: không đọc được nội dung.", _HINT)]
    return [_of_fault(path, one, fields) for one in found]


def _of_fault(path: Path, fault: Fault, fields: Mapping[str, Any]) -> Problem:
    place = f", ở {fault.passage.where}" if fault.passage is not None else ""
    if fault.kind == "unknown":
        return _unknown(path, fault.name, fields, place)
    shown = " ".join(fault.name.split())[:80]
    what = "câu lệnh viết sai" if fault.kind == "broken" else "dùng thứ không được phép trong mẫu"
    return of_file(path, "template", f"Mẫu Word: {what}, “{shown}”{place}.", _HINT)


def _while_filling(template: bytes, fields: Mapping[str, Any], path: Path, error: Exception) -> list[Problem]:
    """What only filling shows."""
    if isinstance(error, UndefinedError):
        return [_unknown(path, name, fields) for name in asked_for(template, fields) or ["?"]]
    if isinstance(error, TemplateSyntaxError):
        return [_broken(path, f"câu lệnh viết sai{_quoted(error)}", error)]
    if isinstance(error, SecurityError):
        return [_broken(path, "dùng thứ không được phép trong mẫu", error)]
    if isinstance(error, TemplateError):
        return [_broken(path, f"không điền được{_quoted(error)}", error)]
    return [_broken(path, f"không điền được ({type(error).__name__})", error)]


def _unknown(path: Path, name: str, fields: Mapping[str, Any], place: str = "") -> Problem:
    known = ", ".join(sorted(fields))
    inside = sorted({key for rows in fields.values() if isinstance(rows, list) for key in _keys(rows)})
    hint = f"Các trường: {known}" + (f"; trong bảng: {', '.join(inside)}." if inside else ".")
    return of_file(path, "template", f"Mẫu Word hỏi trường “{name}”, phần mềm không có trường này{place}.", hint)


def _keys(rows: list[Any]) -> set[str]:
    """Names of the columns of a list, and of the lists within it."""
    found: set[str] = set()
    for row in rows:
        if isinstance(row, Mapping):
            found |= set(row)
            for value in row.values():
                found |= _keys(value) if isinstance(value, list) else set()
    return found


def _quoted(error: TemplateError) -> str:
    """The name that the template language complains of; its own sentence is English."""
    names = re.findall("'([^']+)'", error.message or "")
    return f" ở “{names[0][:80]}”" if names else ""


def _broken(path: Path, what: str, error: Exception) -> Problem:
    around = " ".join(" ".join(getattr(error, "docx_context", ())).split())
    near = f", gần chỗ “{around[:200]}”" if around else ""
    return of_file(path, "template", f"Mẫu Word: {what}{near}.", _HINT)
