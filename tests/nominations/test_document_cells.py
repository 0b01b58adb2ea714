"""Every cell of a table in a document holds a line: Word refuses to open a file in which one does not."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.nominations.document_support import commune, household, made, material_of

_CELL = re.compile(r"<w:tc>(?:(?!<w:tc>).)*?</w:tc>", re.DOTALL)


@pytest.mark.parametrize("name", ["danh-sach", "to-trinh", "kiem-tra-ho-so"])
def test_no_cell_is_left_without_a_line_where_somebody_has_no_score(name: str) -> None:
    content = made(material_of([household(), commune(1)]), name)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        cells = _CELL.findall(package.read("word/document.xml").decode())
    assert cells and all(re.search("<w:p[ />]", cell) for cell in cells)
