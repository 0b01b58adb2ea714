"""docxtpl held to what a template of an official may do: fields, loops, conditions. Parsed once, filled many times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, StrictUndefined, Template, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

# Filters that would let text from a unit become markup of the document.
_MARKUP = ("safe", "urlize", "xmlattr", "tojson", "attr")
_AROUND = 3  # lines of a template shown on either side of a fault


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which a field stays text and a template is compiled once."""

    def __init__(self, undefined: type[Undefined]) -> None:
        super().__init__(undefined=undefined, autoescape=True)
        for name in _MARKUP:
            self.filters.pop(name, None)
        self._compiled: dict[str, Template] = {}

    def compiled(self, source: str) -> Template:
        found = self._compiled.get(source)
        if found is None:
            if len(self._compiled) >= 64:
                self._compiled.clear()
            found = self._compiled[source] = self.from_string(source)
        return found


@lru_cache(maxsize=1)
def environment() -> _Environment:
    """The one in which templates are filled and read."""
    return _Environment(StrictUndefined)


@lru_cache(maxsize=64)
def _patched(source: str) -> str:
    cleaned: str = DocxTemplate.patch_xml(None, source)
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", cleaned)  # a paragraph to a line: errors know their place


class _Filled(DocxTemplate):  # type: ignore[misc, unused-ignore]
    """docxtpl with its regular expressions and its compiling done once per template; XML that came apart is an error, not mended."""

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def render_xml_part(self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None) -> str:
        try:
            self.current_rendering_part = part
            made = jinja_env.compiled(src_xml).render(context)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            if line is not None:
                shown = src_xml.splitlines()[max(line - 1 - _AROUND, 0) : line + _AROUND]
                error.docx_context = [re.sub(r"<[^>]+>", "", text) for text in shown]  # type: ignore[attr-defined]
            raise
        resolved: str = self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", made))
        return resolved

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """The properties of a document are set by who writes it, never by a template."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)  # docxtpl would drop what does not fit
        return super().fix_tables(xml)


def rendered(template: bytes, fields: Mapping[str, Any]) -> Any:
    """The python-docx document of a template filled with fields. Raises what docxtpl, jinja2 and lxml raise."""
    document = _Filled(BytesIO(template))
    document.render(dict(fields), jinja_env=environment(), autoescape=True)
    return document.docx


def asked_for(template: bytes, fields: Mapping[str, Any]) -> list[str]:
    """Every name that the template asks for while it is filled and that nobody gives, in alphabetical order."""
    import contextlib

    names: set[str] = set()

    class Noted(ChainableUndefined):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            if self._undefined_name:
                names.add(str(self._undefined_name))

    with contextlib.suppress(Exception):  # that the template is wrong is known already; this pass looks for more names
        document = _Filled(BytesIO(template))
        document.render(dict(fields), jinja_env=_Environment(Noted), autoescape=True)
    return sorted(names)
