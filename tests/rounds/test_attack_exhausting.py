"""Forms made to exhaust: long texts, many cells, deep XML, names without end. Read or refused in a sentence, in seconds."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from records.forms.collecting.cells import MOST_FINDINGS
from records.workspace.folder import Workspace
from tests.rounds.breaking import whole_round
from tests.rounds.mutations import changed_parts, with_shared_strings
from tests.rounds.test_attack_mutated import SHEET, read


def _rows(start: int, count: int, cell: str) -> bytes:
    return "".join(f'<row r="{row}">{cell.format(row=row)}</row>' for row in range(start, start + count)).encode()


def _before(part: str, mark: bytes, content: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: changed_parts(
        raw, lambda name, text: text.replace(mark, content + mark, 1) if name == part else text
    )


LETTERS = "".join(f"{number:x}ấ" for number in range(60_000)).encode()  # 0.5 MB that does not pack to nothing


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, bytes]:
    workspace, forms = whole_round(tmp_path_factory.mktemp("quá sức") / "kỳ", 1)
    raw = with_shared_strings(forms["S001"])
    return workspace, _before("xl/sharedStrings.xml", b"</sst>", b"<si><t>" + LETTERS + b"</t></si>")(raw)


EXHAUSTING: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {  # change, how many findings, a word of the first message
    "text of 4 MB": (_before(SHEET, b"</sheetData>", b'<row r="300"><c r="A300" t="str"><v>' + LETTERS * 8 + b"</v></c></row>"), 1, "khóa lạ"),
    "many cells, one long text": (_before(SHEET, b"</sheetData>", _rows(300, 20_000, '<c r="A{row}" t="s"><v>LAST</v></c>')), 1, "khóa lạ"),
    "many keys": (_before(SHEET, b"</sheetData>", _rows(300, 20_000, '<c r="A{row}" t="str"><v>k{row}</v></c>')), MOST_FINDINGS + 1, "khóa lạ"),
    "one formula for many": (
        _before(SHEET, b"</sheetData>", b'<row r="299"><c r="A299"><f t="shared" si="0">' + LETTERS + b"</f></c></row>" + _rows(300, 20_000, '<c r="A{row}"><f t="shared" si="0"/><v>1</v></c>')),
        1,
        "khóa lạ",
    ),
    "a hundred thousand names": (_before("xl/workbook.xml", b"</workbook>", b"<definedNames>" + b"".join(b'<definedName name="n%d">A%d</definedName>' % (n * 7919, n) for n in range(100_000)) + b"</definedNames>"), 0, ""),
    "styles of 5 MB": (_before("xl/styles.xml", b"</cellXfs>", b"".join(b'<xf numFmtId="%d"/>' % n for n in range(200_000))), 0, ""),
    "all rows declared": (_before(SHEET, b"<sheetData", b'<dimension ref="A1:XFD1048576"/>'), 0, ""),
    "the last cell of all": (_before(SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), 0, ""),
    "a row too far": (_before(SHEET, b"</sheetData>", b'<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), 1, "dòng"),
    "deep XML": (_before(SHEET, b"<sheetData", b"<a>" * 50_000 + b"</a>" * 50_000), 0, ""),
    "deep names": (lambda raw: changed_parts(raw, lambda _, text: text, **{"a__" * 8000 + "x": b"x"}), 0, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", EXHAUSTING)
def test_what_is_made_to_exhaust(here, name: str) -> None:  # type: ignore[no-untyped-def]
    workspace, good = here
    change, count, word = EXHAUSTING[name]
    raw = change(good)
    last = str(zipfile.ZipFile(io.BytesIO(raw)).read("xl/sharedStrings.xml").count(b"<si>") - 1).encode()
    raw = changed_parts(raw, lambda _, content: content.replace(b"<v>LAST</v>", b"<v>" + last + b"</v>"))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for item in package.infolist():
            packed.writestr(item.filename, package.read(item))
    start = time.process_time()
    form = read(workspace, stream.getvalue())
    assert time.process_time() - start < 4
    assert len(form.problems) == count and all(word in problem.message for problem in form.problems[:1])
    assert all(len(problem.text()) < 3000 for problem in form.problems)
