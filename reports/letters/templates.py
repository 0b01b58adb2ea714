"""Filling a Word template (mẫu) that an official may have changed: strict about names, deaf to anything but fields and loops."""

from __future__ import annotations

import contextlib
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, Environment, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from criteria.problems import Problem, of_file, reason
from reports.letters.word import word_bytes

FOLDER = "mau"
_LARGEST = 5_000_000  # bytes
_UNPACKED = 100_000_000  # bytes
# Control characters, halves of surrogates, and marks that turn the direction of what follows: none belongs in a name.
_NOT_PRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


def printed(text: str) -> str:
    """Text as a letter may hold it: NFC, on one line, without characters that XML or a reader stumbles over."""
    return re.sub(" +", " ", _NOT_PRINTED.sub(" ", unicodedata.normalize("NFC", text))).strip(" ")


def read_template(path: Path) -> tuple[bytes, list[Problem]]:
    """The bytes of a template, or why there is none."""
    where = "Chép mẫu của phong trào kèm theo phần mềm, hoặc mở mẫu bằng Word và lưu lại dạng .docx."
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
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        sound = False
    return content, [] if sound else [of_file(path, "template", "Tệp không phải văn bản Word (.docx) lành lặn.", where)]


def fill(
    template: bytes, fields: Mapping[str, Any], path: Path, title: str, author: str, day: date
) -> tuple[bytes, list[Problem]]:
    """The letter, or what is wrong with the template. fields: texts, numbers, lists of such mappings. path: for problems."""
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(dict(fields), jinja_env=_environment(StrictUndefined), autoescape=True)
        return word_bytes(document.docx, title, author, day), []
    except UndefinedError:
        return b"", [_unknown(path, name, fields) for name in _missing(template, fields)]
    except TemplateSyntaxError as error:
        return b"", [_broken(path, f"câu lệnh viết sai{_quoted(error)}", error)]
    except SecurityError as error:
        return b"", [_broken(path, "dùng thứ không được phép trong mẫu", error)]
    except TemplateError as error:
        return b"", [_broken(path, f"không điền được{_quoted(error)}", error)]
    except (LxmlError, KeyError, ValueError, TypeError, AttributeError, ArithmeticError, LookupError, OSError) as error:
        # whatever an edited template makes of a sum, a filter or the XML around a tag
        return b"", [_broken(path, f"không điền được ({type(error).__name__})", error)]


def _environment(undefined: type[Undefined]) -> Environment:
    return ImmutableSandboxedEnvironment(undefined=undefined, autoescape=True)


def _missing(template: bytes, fields: Mapping[str, Any]) -> list[str]:
    """Every name the template asks for and nobody gives, in alphabetical order."""
    names: set[str] = set()

    class Noted(ChainableUndefined):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            if self._undefined_name:
                names.add(str(self._undefined_name))

    with contextlib.suppress(Exception):  # that the template is wrong is known already; this pass looks for more names
        DocxTemplate(BytesIO(template)).render(dict(fields), jinja_env=_environment(Noted), autoescape=True)
    return sorted(names) or ["?"]


def _unknown(path: Path, name: str, fields: Mapping[str, Any]) -> Problem:
    known = ", ".join(sorted(fields))
    inside = sorted({key for rows in fields.values() if isinstance(rows, list) for row in rows for key in row})
    hint = f"Các trường: {known}" + (f"; trong bảng: {', '.join(inside)}." if inside else ".")
    return of_file(path, "template", f"Mẫu Word hỏi trường “{name}”, phần mềm không có trường này.", hint)


def _quoted(error: TemplateError) -> str:
    """The name that the template language complains of; its own sentence is English."""
    names = re.findall("'([^']+)'", error.message or "")
    return f" ở “{names[0][:80]}”" if names else ""


def _broken(path: Path, what: str, error: Exception) -> Problem:
    around = " ".join(" ".join(getattr(error, "docx_context", ())).split())
    near = f", gần chỗ “{around[:200]}”" if around else ""
    hint = "Sửa lại trong Word: {{ tên_trường }}, {%tr for … %} … {%tr endfor %}; hoặc lấy lại mẫu ban đầu."
    return of_file(path, "template", f"Mẫu Word: {what}{near}.", hint)
