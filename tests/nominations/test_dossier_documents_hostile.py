"""Text from a unit comes out as text: markup, formulas, template language, control characters, NFD, 10.000 letters."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree

from nominations.nominees import Nominee
from reports.dossier.fields import Material
from reports.dossier.kinds import OF_AWARD, OF_NOMINEE
from reports.layout.nghi_dinh_30 import layout_problems
from tests.nominations.document_support import (
    HOSTILE,
    HOSTILE_SHOWN,
    LONG,
    commune,
    made,
    material_of,
    notice_of,
    text_of,
    with_text,
)

BITS = ["A & B <b>", "=HYPERLINK", "{{ x }}", "{% raw %}", "#import", "{_{ y }_}", "]]>", "<w:br/>", "&lt;", "{#", "%}"]


def _documents(material: Material) -> dict[str, bytes]:
    found = {name: made(material, name) for name in OF_AWARD}
    found |= {f"{name}/": made(material, name, 0) for name in OF_NOMINEE}
    return {**found, "cong-khai": notice_of(material)}


def _hostile() -> list[Nominee]:
    return [with_text(commune(1), HOSTILE)]


def test_every_document_shows_the_text_as_it_was_written() -> None:
    for name, content in _documents(material_of(_hostile())).items():
        text = text_of(content)
        if name not in ("to-trinh",):  # names nobody
            assert HOSTILE_SHOWN in text, name
        assert "\u202e" not in text and "\x07" not in text, name


def test_nothing_of_it_becomes_markup_a_field_or_a_link() -> None:
    plain = _documents(material_of([commune(1)]))
    for name, content in _documents(material_of(_hostile())).items():
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            body = etree.fromstring(package.read("word/document.xml"))
        with zipfile.ZipFile(io.BytesIO(plain[name])) as package:
            other = etree.fromstring(package.read("word/document.xml"))
            assert names == package.namelist(), name
        assert {one.tag for one in body.iter()} == {one.tag for one in other.iter()}, name
        assert not [one for one in body.iter() if one.tag.endswith(("}hyperlink", "}instrText", "}fldSimple"))], name


@pytest.mark.parametrize("bit", BITS)
def test_each_piece(bit: str) -> None:
    material = material_of([with_text(commune(1), f"trước {bit} sau")])
    for name in ("danh-sach", "kiem-tra-ho-so"):
        assert f"trước {bit} sau" in text_of(made(material, name)), (name, bit)
    report = made(material, "bao-cao-thanh-tich", 0)
    assert text_of(report).count(f"trước {bit} sau") >= 4, bit
    assert docx.Document(io.BytesIO(report)).core_properties.title == "Thử"


def test_ten_thousand_letters() -> None:
    """Whole in the report, cut in lists; the layout holds."""
    material = material_of([with_text(commune(1, "Xã Một"), LONG)])
    text = text_of(made(material, "bao-cao-thanh-tich", 0))
    assert LONG.strip() in text
    short = material_of([commune(1, merit=LONG)])
    listed = text_of(made(short, "danh-sach"))
    assert LONG.strip() not in listed and "Chuyển đổi số toàn diện. Chuyển" in listed and " …" in listed


@pytest.mark.parametrize("text", [HOSTILE, LONG, "ngắn"])
def test_the_layout_holds_for_any_text(text: str) -> None:
    for name, content in _documents(material_of([with_text(commune(1), text), commune(2)])).items():
        assert layout_problems(content, name.rstrip("/")) == [], name
