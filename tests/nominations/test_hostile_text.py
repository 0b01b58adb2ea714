"""Text from a unit, as name, merit, prose, reason or number of a document, comes out as text of everything a selection prints."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from pypdf import PdfReader

from criteria.problems import errors
from nominations.appraisal.content import SHEET, appraisal_step
from nominations.appraisal.issue import issue_appraisals
from nominations.steps.progress import PASSED, RETURNED
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from reports.selection.screen import lines
from reports.selection.workbook import selection_workbook
from tests.nominations.document_support import text_of
from tests.nominations.occasion_support import (
    OCCASION,
    OFFICES,
    attach_missing,
    enter,
    install_sheets,
    nominated,
    occasion_workspace,
    say,
)
from thidua.dossiers import Asked, make_dossiers

LONG = "Chuyển đổi số toàn diện; " * 400  # 10.000 letters
TEXTS = {
    "markup": "A & B <b>đậm</b> ]]> &lt; <w:br/>",
    "formula": '=HYPERLINK("http://x","y") +1-2@SUM(A1)',
    "template": "{{ 7*7 }} {% for x in y %} {# z #} {_{ y }_}",
    "typst": '#import "x": y; #panic() $ x $ *đậm* `m` \\ @nhan <nhan>',
    "long": LONG.strip(),
    "path": "../../etc/passwd\\..\\C:",
}
AWARD = "hcld-ba"


@pytest.fixture(params=TEXTS.values(), ids=TEXTS.keys())
def text(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def workspace(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """B001 is called so, proposes itself on such a letter with such words; its dossier was returned for such a reason."""
    roster = {**OFFICES, "B001": {"name": text, "kind": "sở/ban/ngành"}}
    made = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "B002": 90}, roster)
    install_sheets(monkeypatch)
    row = dict.fromkeys(("merit", "achievement", "report:I.1/1", "report:II.2/1", "report:Z.9/1", "initiative"), text)
    row |= {"nominee": "B001", "award": AWARD}
    letter = {"proposer": "B001", "letter": text, "letter_day": "2027-07-01", "minutes": text}
    held = {"holder": "B001", "award_name": text, "category": "cong-trang", "decision": text, "status": "granted"}
    held |= {"day": "2024-01-20", "level": "tinh", "authority": text}
    enter(made, *(Entry(f"proposal:{OCCASION}/1", name, value) for name, value in letter.items()))
    enter(made, *(Entry(f"proposed:{OCCASION}/1/1", name, value) for name, value in row.items()))
    enter(made, *(Entry("held:1", name, value) for name, value in held.items()))
    assert say(made, AWARD, "B001", "xet-chon", PASSED, date(2027, 7, 20), reason=text) == []
    assert say(made, AWARD, "B001", "tham-dinh", RETURNED, date(2027, 7, 22), reason=text) == []
    return made


def squeezed(text: str) -> str:
    """Without breaks that a page puts in."""
    return re.sub(r"[\s\u200b\u00ad\u2060]+", "", text)


def no_formulas(raw: bytes, sheets: list[str] | None = None) -> list[str]:
    """The texts of the cells; none of them is a formula or a link."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    found = []
    for sheet in book.worksheets:
        if sheets is not None and sheet.title not in sheets:
            continue
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None, (sheet.title, cell.coordinate)
                found += [str(cell.value)] if cell.value is not None else []
    return found


def test_selection_and_appraisal(workspace: Workspace, text: str) -> None:
    found = nominated(workspace)
    cells = no_formulas(selection_workbook(found))
    assert cells.count(text) >= 7  # as a name of every award, and of every check
    step, _ = appraisal_step(found)
    assert step is not None
    made, problems = issue_appraisals(workspace, found, step)
    assert not errors(problems) and len(made) == 1
    cells = no_formulas(made[0].path.read_bytes(), [SHEET])
    assert text in cells
    shown = "\n".join(lines(found, everybody=True))
    assert text in shown


def test_every_file_of_a_dossier(workspace: Workspace, text: str, tmp_path: Path) -> None:
    done, problems = make_dossiers(workspace, OCCASION, Asked(tmp_path / "ra", AWARD, number=text))
    assert len(done) == 1 and not errors(problems), [one.text() for one in problems]
    folder = done[0][1].folder
    head = squeezed(text)[:500]
    words = sorted(folder.rglob("*.docx"))
    assert len(words) == 7
    for path in words:
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(book.read(name))
            document = book.read("word/document.xml")
            assert b"HYPERLINK" not in b"".join(re.findall(rb"<w:instrText.*?</w:instrText>", document))
            assert b"http://x" not in book.read("word/_rels/document.xml.rels")
        assert head in squeezed(text_of(content)), path.name
    report = next(folder.rglob("bao-cao-thanh-tich.docx"))
    assert squeezed(text) in squeezed(text_of(report.read_bytes()))  # the unit's prose is kept whole
    for path in sorted(folder.rglob("*.pdf")):
        pages = PdfReader(path).pages
        told = squeezed("".join(page.extract_text() for page in pages))
        assert told.count(squeezed(text)[:60]) >= 5, path.name  # the name, and four pieces of evidence
        assert not any("/Annots" in page for page in pages)
    manifest = json.loads((folder / "muc-luc.json").read_text(encoding="utf-8"))
    assert any(text in one["title"] for one in manifest["files"])
    below = (tmp_path / "ra").resolve()
    for one in below.rglob("*"):
        assert one.resolve().is_relative_to(below)
        assert all(re.fullmatch(r"[A-Za-z0-9._-]+", part) for part in one.relative_to(below).parts)


def test_numbers_of_signed_papers(workspace: Workspace, text: str, tmp_path: Path) -> None:
    from nominations.dossier.attaching import Told, attach
    from tests.nominations.occasion_support import PDF, TODAY, file_of

    assert attach_missing(workspace, AWARD, tmp_path) > 3
    path = tmp_path / "to-trinh.pdf"
    path.write_bytes(PDF)
    told = Told(AWARD, "", "to-trinh", text, date(2027, 8, 1))
    assert attach(workspace, file_of(workspace), nominated(workspace).occasion, told, path, TODAY)[1] == []
    done, problems = make_dossiers(workspace, OCCASION, Asked(tmp_path / "ra", AWARD))
    assert len(done) == 1 and not errors(problems)
    checklist = (done[0][1].folder / "kiem-tra-ho-so.docx").read_bytes()
    assert squeezed(text)[:500] in squeezed(text_of(checklist))
