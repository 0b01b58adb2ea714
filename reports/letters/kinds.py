"""Kinds of Word templates (mẫu): what each is for, which fields it may ask for, what has to stand on every page; a template tried out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from criteria.problems import Problem, of_file
from reports.letters.templates import fill, tag_problems

Fields = Mapping[str, Any]
HOSTILE = 'A & B <b> =HYPERLINK("x") {{ x }} {% raw %} {_{ y }_} #import ]]> &amp; ' + "rất dài " * 40
_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class TemplateKind:
    """name: of the file without .docx. sample: fields as the program gives them, every list with an item. stamps: fields whose text
    has to stand at the top of every page ("SỐ LIỆU MINH HỌA", "DỰ THẢO")."""

    name: str
    title: str
    purpose: str
    sample: Callable[[], Fields]
    stamps: tuple[str, ...] = ("dau_trang",)

    @property
    def file(self) -> str:
        return f"{self.name}.docx"

    def field_names(self) -> list[str]:
        """Names as an official writes them: co_quan, danh_sach: ten, stt."""
        return list(_names(self.sample(), ""))


def _names(fields: Fields, before: str) -> Iterator[str]:
    for name, value in fields.items():
        yield before + name
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield from _names(value[0], f"{before}{name}[].")


def varied(fields: Fields) -> Iterator[Fields]:
    """The sample as it is, with nothing in it, and with texts that are no texts of an office."""
    yield fields
    yield {name: _empty(value) for name, value in fields.items()}
    yield {name: _hostile(value) for name, value in fields.items()}


def _empty(value: Any) -> Any:
    return [] if isinstance(value, list) else ""


def _hostile(value: Any) -> Any:
    if isinstance(value, list):
        return [_hostile(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _hostile(one) for name, one in value.items()}
    return f"{value} {HOSTILE}"


def template_problems(kind: TemplateKind, template: bytes, path: Path) -> list[Problem]:
    """Everything that is wrong with a template, found before anything is printed with it."""
    sample = kind.sample()
    problems = tag_problems(template, sample, path)
    if problems:
        return problems
    for fields in varied(sample):
        content, problems = fill(template, fields, path, kind.title, "", _DAY)
        if problems:
            return problems
        if fields is sample:
            problems = _unstamped(kind, content, sample, path)
            if problems:
                return problems
    return []


def _unstamped(kind: TemplateKind, content: bytes, sample: Fields, path: Path) -> list[Problem]:
    """Stamps that the header of some page does not print."""
    import docx

    wanted = [text for name in kind.stamps for text in _texts(sample[name])]
    document = docx.Document(io.BytesIO(content))
    lost = set()
    for section in document.sections:
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if document.settings.odd_and_even_pages_header_footer else []
        for header in headers:
            shown = " ".join(t.text or "" for t in header._element.iter() if t.tag.endswith("}t"))
            lost |= {text for text in wanted if text not in shown}
    if not lost:
        return []
    fields = ", ".join(f"“{name}”" for name in kind.stamps)
    message = (
        f"Mẫu Word không in trường {fields} ở đầu mọi trang (cả trang đầu): dấu dự thảo, số liệu minh họa sẽ bị mất."
    )
    return [of_file(path, "template", message, "Giữ nguyên phần đầu trang của mẫu ban đầu.")]


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
