"""What leaves and what is kept: published lists are minimal, restricted evidence is a number, kept files are proved, the wheel is whole."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from nominations.dossier.attaching import FOLDER
from nominations.eligibility.facts import NomineeFacts
from nominations.nominees import Nominee
from records.forms.answers import EvidenceItem
from records.ledger.entries import Entry
from records.ledger.stored_files import Stored, check_files
from records.persons.acting import erase_person
from records.persons.retention import kept
from records.workspace.folder import KEPT, Workspace
from reports.dossier.documents import _OF_AWARD, _OF_NOMINEE
from reports.dossier.fields import Material, Printing
from reports.dossier.fields_list import Published, notice_fields
from reports.layout.words import read_page
from reports.score_sheet.sheets import open_sheets, score_sheets
from tests.nominations.document_support import DAY, commune, made, material_of, notice_of, person
from tests.nominations.personal_support import HOUSE, OCCASION, awarded, enter, published_list, signed_paper
from tests.reports.score_sheet_support import communes, squeezed, text_of
from thidua.calling import Called
from thidua.commands.log import log

ROOT = Path(__file__).resolve().parents[2]
CASE = "C2.mot-cua"
SECRET = EvidenceItem(
    CASE, "05/MẬT", "2026-05-04", "Cơ quan giữ kín", "Nội dung giữ kín", "tep-kin.pdf", restricted=True
)
OPEN = EvidenceItem(CASE, "07/BC-UBND", "2026-10-03", "UBND xã", "Bảng kê hồ sơ", kind="so-lieu")


# --- lists for everybody -------------------------------------------------------------------------------------------


def known(nominee: Nominee) -> Nominee:
    """The same nominee, of whom the ledger knows more than anybody may read."""
    facts = NomineeFacts(
        nominee.id,
        gender="nữ (giới tính)",
        blocks={"discipline": "có (kỷ luật)"},
        discipline_until=date(2027, 1, 31),
        maternity="có (thai sản)",
        managed="có (diện quản lý)",
        opinion="đồng ý (ý kiến)",
        initiative="SK-99 (sáng kiến)",
        certificate="99/GCN (giấy chứng nhận)",
        sources={"gender": "Căn cước 034199900001"},
    )
    prose = {"I.1": ("Sinh ngày 02/03/1985, nhà ở thôn Tám, điện thoại 0912345678.",)}
    rows = tuple(replace(row, report=prose, achievement="Thành tích dài") for row in nominee.proposed)
    return replace(nominee, facts=facts, proposed=rows)


def test_a_published_list_says_name_post_unit_award_merit_and_nothing_else() -> None:
    people = [known(commune(1)), known(person())]
    material = material_of(people, "hcld-ba")
    fields = notice_fields(material, Published(DAY, date(2027, 8, 19), 10, "Cổng"))
    assert [sorted(row) for row in fields["danh_sach"]] == [
        ["chuc_vu_don_vi", "hinh_thuc", "stt", "ten", "thanh_tich"]
    ] * 2
    more = notice_of(material)
    less = notice_of(material_of([commune(1), person()], "hcld-ba"))
    assert read_page(more).lines == read_page(less).lines  # whatever else is known changes no word of it
    text = "\n".join(line.text for line in read_page(more).lines)
    assert "Trần Thị Hoa" in text and "Phó Trưởng phòng, Sở Tư pháp" in text
    for hidden in ("E1", "C001", "giới tính", "kỷ luật", "thai sản", "SK-99", "99/GCN", "034199", "thôn Tám", "95,00"):
        assert hidden not in text, hidden


# --- restricted evidence -------------------------------------------------------------------------------------------


def test_of_restricted_evidence_every_document_of_a_dossier_has_the_number_only(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=1, evidence=[SECRET, OPEN])
    sheets, problems = open_sheets(workspace, "2026", ["X1"])
    assert sheets is not None, problems
    sheet = sheets.content("X1")
    nominee = replace(commune(1), id="X1")
    plain = material_of([nominee])
    material = Material(plain.nominated, plain.dossier, Printing(plain.printing.movement, DAY, sheet=lambda _: sheet))
    printed = {name: made(material, name) for name in _OF_AWARD} | {
        f"{name}: X1": made(material, name, 0) for name in _OF_NOMINEE
    }
    assert len(printed) >= 7
    texts = {name: squeezed(" ".join(line.text for line in read_page(one).lines)) for name, one in printed.items()}
    texts["phieu-diem"] = text_of(dict(score_sheets(workspace, "2026", ["X1"])[0])["X1"])
    workspace.close()
    for name, text in texts.items():
        for told in (SECRET.summary, SECRET.issuer, SECRET.file, "04/05/2026"):
            assert squeezed(told) not in text, (name, told)
    for name in ("danh-muc-minh-chung: X1", "phieu-diem"):
        assert squeezed("ố 05/MẬT (tài liệu hạn chế, chỉ nêu số)") in texts[name]
        assert squeezed("07/BC-UBND ngày 03/10/2026") in texts[name]


# --- kept files ----------------------------------------------------------------------------------------------------


def checked(workspace: Workspace) -> Stored:
    return check_files(workspace.database, workspace.root / "bieu-thu", workspace.root / KEPT)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return awarded(tmp_path)


def test_signed_papers_and_proofs_are_held_against_the_ledger(workspace: Workspace, tmp_path: Path) -> None:
    assert FOLDER == KEPT
    paper, proof = signed_paper(workspace, tmp_path), published_list(workspace)
    whole = checked(workspace)
    assert (whole.papers, whole.forms, whole.breaks, whole.unnamed) == (2, 1, [], [])
    for name, word in ((f"{paper}.pdf", "bản ký bao-cao của bk-ttg P1 (01/BC)"), (f"{proof}.png", "đã công khai")):
        path = workspace.root / KEPT / OCCASION / name
        raw = path.read_bytes()
        path.unlink()
        (lost,) = checked(workspace).breaks
        assert lost.entry > 0 and word in lost.message and name.partition(".")[0] in lost.message
        path.write_bytes(raw + b" ")
        (changed,) = checked(workspace).breaks
        assert f"{KEPT}/{OCCASION}/{name}: nội dung đã đổi" in changed.message
        path.write_bytes(raw)
    (workspace.root / KEPT / OCCASION / "ghi-chu.txt").write_text("x", encoding="utf-8")
    assert "không phải mã băm" in checked(workspace).breaks[0].message


def test_the_proposal_that_came_in_is_among_them(workspace: Workspace) -> None:
    next((workspace.received(OCCASION) / "de-nghi").glob("*.xlsx")).unlink()
    assert [("biểu đề nghị của B002" in one.message, one.entry > 0) for one in checked(workspace).breaks] == [
        (True, True)
    ]


@pytest.mark.parametrize(
    ("subject", "field", "role", "word"),
    [
        ("eligibility:so-ket-2027/thuong-truc", "collected", "steward", "biểu xét điều kiện"),
        ("appraisal:so-ket-2027/tham-dinh", "collected", "appraiser", "biểu thẩm định hồ sơ"),
        ("meeting:so-ket-2027/hoi-dong", "file", "council", "phiếu kiểm"),
    ],
)
def test_every_workbook_of_an_occasion_has_to_be_there(
    workspace: Workspace, subject: str, field: str, role: str, word: str
) -> None:
    enter(workspace, Entry(subject, field, "1", role=role, evidence="a" * 64))
    (lost,) = checked(workspace).breaks
    assert lost.message.startswith(f"thiếu tệp bieu-thu/so-ket-2027/{'a' * 64}: {word}")


def test_the_command_names_what_is_missing(workspace: Workspace, tmp_path: Path) -> None:
    paper = signed_paper(workspace, tmp_path)
    outcome = CliRunner().invoke(log, ["verify"], obj=Called(workspace.root, "an"))
    assert outcome.exit_code == 0 and "1 tệp trong hồ sơ khen thưởng" in outcome.output, outcome.output
    (workspace.root / KEPT / OCCASION / f"{paper}.pdf").unlink()
    outcome = CliRunner().invoke(log, ["verify"], obj=Called(workspace.root, "an"))
    assert outcome.exit_code == 1 and f"thiếu tệp ho-so/{OCCASION}/{paper}" in outcome.output


def test_papers_of_who_was_erased_may_go(workspace: Workspace, tmp_path: Path) -> None:
    paper = signed_paper(workspace, tmp_path, HOUSE, "bk-tinh")
    ((one,), _) = kept(workspace, HOUSE)
    done, problems = erase_person(workspace, HOUSE, "hết hạn", "1/QĐ", one.until)
    assert done is not None, problems
    assert f"ho-so/{OCCASION}/{paper}.pdf" in [found.path for found in done.files]
    (workspace.root / KEPT / OCCASION / f"{paper}.pdf").unlink()
    assert checked(workspace).breaks == []


# --- the wheel -----------------------------------------------------------------------------------------------------

_BESIDE = ("reports", "criteria")  # packages with files that are no code


def test_every_file_the_program_reads_is_declared_as_package_data() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    declared = {
        path
        for package, patterns in told["package-data"].items()
        for pattern in patterns
        for path in (ROOT / package).glob(pattern)
    }
    tops = sorted({package.partition(".")[0] for package in told["packages"]})
    present = {
        path
        for package in tops
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and "__pycache__" not in path.parts
    }
    assert {path.relative_to(ROOT).as_posix() for path in present - declared} == set()
    assert {path.relative_to(ROOT).parts[0] for path in declared} == set(_BESIDE)
    for name in ("reports/score_sheet/sheet.typ", "reports/fonts/Tinos-Regular.ttf", "reports/fonts/OFL.txt"):
        assert ROOT / name in declared
    folder = ROOT / "criteria" / "catalog" / "thai-binh-2025-2030"
    assert folder / "awards.yaml" in declared and len([one for one in declared if one.suffix == ".docx"]) >= 12


def test_what_the_program_needs_at_run_time_is_a_dependency() -> None:
    """pypdf reads our own PDF in tests only; typst makes them everywhere."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {one.partition(">")[0].lower() for one in told}
    imported = {
        line.split()[1].partition(".")[0].lower()
        for top in ("criteria", "scoring", "records", "nominations", "reports", "thidua")
        for path in (ROOT / top).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("import ", "from ")) and len(line.split()) > 1
    }
    assert {"typst", "docxtpl"} <= imported & names and "pypdf" not in imported
