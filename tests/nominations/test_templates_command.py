"""thidua templates: what there is, the delivered one back, every mistake of a changed template with its place."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result

from criteria.problems import Problem
from records.workspace.folder import Workspace, create_workspace, open_workspace
from reports.dossier.documents import write_documents
from reports.dossier.fields_check import checklist_fields
from reports.dossier.fields_evidence import evidence_fields
from reports.dossier.fields_list import Published, list_fields, notice_fields
from reports.dossier.fields_report import report_fields, summary_fields
from reports.dossier.fields_submission import submission_fields
from reports.dossier.kinds import KINDS, kind_named
from reports.letters.kinds import template_problems
from reports.letters.tags import shape_of
from reports.template_library import CHANGED, DELIVERED, UNKNOWN, check, copy_back, kinds, listed
from tests.nominations.document_support import DAY, FOLDER, MAU, commune, household, material_of, person, template
from thidua.calling import Called
from thidua.commands.templates import templates as command

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("templates") / "w"
    assert create_workspace(root, FOLDER) == []
    return root


@pytest.fixture
def workspace(made: Path) -> Workspace:
    """A workspace with the delivered templates."""
    shutil.rmtree(made / "phong-trao" / "mau")
    shutil.copytree(MAU, made / "phong-trao" / "mau")
    found, problems = open_workspace(made)
    assert found is not None, problems
    return found


def change(workspace: Workspace, name: str, how: Callable[[Any], object]) -> Path:
    path = workspace.movement_folder / "mau" / f"{name}.docx"
    document = docx.Document(str(path))
    how(document)
    document.save(str(path))
    return path


def run(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), obj=Called(workspace.root, "An"))


def told(workspace: Workspace, name: str) -> list[Problem]:
    return check(workspace, name)[1]


def test_every_delivered_template_is_sound_and_listed(workspace: Workspace) -> None:
    assert {path.stem for path in MAU.glob("*.docx")} == {one.name for one in kinds()}
    assert check(workspace)[1] == [] and {one.state for one in listed(workspace)} == {DELIVERED}
    result = run(workspace, "check")
    assert result.exit_code == 0 and f"Đã soát {len(kinds())} mẫu Word, không có lỗi." in result.output


def test_list_says_what_each_is_for_and_its_fields(workspace: Workspace) -> None:
    change(workspace, "to-trinh", lambda document: document.add_paragraph("Điện thoại: 0227"))
    shutil.copy(MAU / "to-trinh.docx", workspace.movement_folder / "mau" / "cua-toi.docx")
    states = {one.name: one.state for one in listed(workspace)}
    assert (states["to-trinh"], states["danh-sach"], states["cua-toi"]) == (CHANGED, DELIVERED, UNKNOWN)
    assert "to-trinh (đã sửa): Tờ trình." in run(workspace, "list").output
    fields = run(workspace, "list", "danh-sach").output
    assert "  cac_nhom[].danh_sach[].thanh_tich\n" in fields and "to-trinh" not in fields
    assert run(workspace, "list", "khong-co").exit_code == 1


def test_copy_gives_the_delivered_one_back_and_writes_over_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = change(workspace, "to-trinh", lambda document: document.add_paragraph("Sửa"))
    edited = path.read_bytes()
    assert run(workspace, "copy", "to-trinh").exit_code == 1 and path.read_bytes() == edited
    assert copy_back(workspace, "to-trinh", tmp_path)[1] == []
    assert (tmp_path / "to-trinh.docx").read_bytes() == template("to-trinh").read_bytes()
    assert run(workspace, "copy", "to-trinh.docx", "--force").exit_code == 0
    assert path.read_bytes() == template("to-trinh").read_bytes()
    for name in ("khong-co", "../to-trinh", "/etc/passwd", ""):
        assert [one.code for one in copy_back(workspace, name, tmp_path)[1]] == ["template"], name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Số: {{ hinh_thucs }}", ["“hinh_thucs”", "thân văn bản, đoạn", "Số: {{ hinh_thucs }}"]),
        ("{% if khong %}{{ cung_khong }}{% endif %}", ["“khong”"]),
        ("{% if nguoi_ky %}{{ sai_trong_nhanh }}{% endif %}", ["“sai_trong_nhanh”"]),
        ("{% for d in cac_buoc %}{{ d.ten }}{% endfor %}", ["“ten”"]),
        ("{{ hinh_thuc", ["viết sai", "{{ hinh_thuc"]),
        ("{% if hinh_thuc %}", ["viết sai", "{% if hinh_thuc %}"]),
        ("{% endfor %}", ["viết sai"]),
        ("{{ hinh thuc }}", ["viết sai", "{{ hinh thuc }}"]),
        ("{{ hinh_thuc|khong_co }}", ["viết sai", "khong_co"]),
        ("{{ hinh_thuc|safe }}", ["viết sai", "safe"]),
        ("{{ hinh_thuc.__class__ }}", ["không được phép", "__class__"]),
        ("{% include 'x' %}", ["không được phép", "include"]),
        ("{% autoescape false %}{{ hinh_thuc }}{% endautoescape %}", ["không được phép"]),
        ("{% raw %}", ["không được phép"]),
        ("{{p hinh_thuc }}", ["viết sai", "{{p hinh_thuc }}"]),
        ("{{ 1 // 0 }}", ["ZeroDivisionError"]),
    ],
)
def test_a_mistake_is_named_with_its_place(workspace: Workspace, text: str, words: list[str]) -> None:
    change(workspace, "to-trinh", lambda document: document.add_paragraph(text))
    problems = told(workspace, "to-trinh")
    assert problems and {one.code for one in problems} == {"template"}
    for word in words:
        assert any(word in one.message for one in problems), (word, problems)
    result = run(workspace, "check", "to-trinh")
    assert result.exit_code == 1 and "mau/to-trinh.docx" in result.output.replace("\\", "/")


def test_all_mistakes_at_once_in_cells_headers_and_many_files(workspace: Workspace) -> None:
    def spoil(document: Any) -> None:
        document.add_paragraph("{{ mot }} và {{ hai }}")
        document.tables[0].rows[0].cells[1].add_paragraph("{{ trong_o }}")
        document.sections[0].header.add_paragraph("{{ o_dau_trang }}")
        document.add_paragraph("{{ hong")

    change(workspace, "danh-sach", spoil)
    change(workspace, "cong-khai", lambda document: document.add_paragraph("{{ khac }}"))
    found = [one.message for one in told(workspace, "")]
    for word in ("“mot”", "“hai”", "“trong_o”", "“o_dau_trang”", "{{ hong", "“khac”"):
        assert sum(word in one for one in found) >= 1, (word, found)
    assert any("thân văn bản, bảng 1, dòng 1, ô 2: “" in one and "{{ trong_o }}" in one for one in found)
    assert any("đầu trang, đoạn" in one and "{{ o_dau_trang }}" in one for one in found)
    assert len([one for one in found if "viết sai" in one]) == 1 and len(found) == 6


def test_a_template_that_lost_its_stamps_is_refused(workspace: Workspace) -> None:
    """DỰ THẢO, SỐ LIỆU MINH HỌA have to stand on every page, the first as well."""

    def lose(document: Any) -> None:
        for paragraph in list(document.sections[0].first_page_header.paragraphs)[1:]:
            paragraph._p.getparent().remove(paragraph._p)

    change(workspace, "bao-cao-thanh-tich", lose)
    problems = told(workspace, "bao-cao-thanh-tich")
    assert len(problems) == 1 and "“dau_trang” ở đầu mọi trang" in problems[0].message


def test_a_field_split_into_runs_by_word_and_its_quotes(workspace: Workspace) -> None:
    def split(document: Any) -> None:
        paragraph = document.add_paragraph()
        for part in ("{", "{ hinh", "_thuc ", "}", "} {% if hinh_thuc == “a” %}a{% endif %}"):
            paragraph.add_run(part)

    change(workspace, "to-trinh", split)
    assert told(workspace, "to-trinh") == []


def test_not_a_word_file(workspace: Workspace) -> None:
    path = workspace.movement_folder / "mau" / "to-trinh.docx"
    path.write_bytes(b"PK no")
    assert [one.code for one in told(workspace, "to-trinh")] == ["template"]
    path.unlink()
    assert [one.code for one in told(workspace, "to-trinh")] == ["template"]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w:p")
    assert [one.code for one in told(workspace, "to-trinh")] == ["template"]


def test_nothing_is_printed_with_a_broken_template(workspace: Workspace) -> None:
    material = material_of([commune(1), household()])
    documents, problems = write_documents(workspace, material.nominated, material.dossier, material.printing)
    assert problems == []
    assert [one.path for one in documents] == [
        "to-trinh.docx",
        "danh-sach.docx",
        "kiem-tra-ho-so.docx",
        *(
            f"{folder}/{name}.docx"
            for folder in ("C001-xa-so-1", "X1-ho-ong-nguyen-van-binh")
            for name in ("bao-cao-thanh-tich", "tom-tat-thanh-tich", "danh-muc-minh-chung", "kiem-tra-ho-so")
        ),
    ]
    change(workspace, "tom-tat-thanh-tich", lambda document: document.add_paragraph("{{ sai }}"))
    documents, problems = write_documents(workspace, material.nominated, material.dossier, material.printing)
    assert list(documents) == [] and len(problems) == 1 and "“sai”" in problems[0].message


def test_a_changed_template_is_the_one_that_is_filled(workspace: Workspace) -> None:
    change(workspace, "to-trinh", lambda document: document.add_paragraph("Người theo dõi: {{ co_quan }}"))
    material = material_of([commune(1)])
    documents, _ = write_documents(workspace, material.nominated, material.dossier, material.printing)
    import io

    first = docx.Document(io.BytesIO(next(documents).content))
    assert first.paragraphs[-1].text == "Người theo dõi: Sở Nội vụ"


def _names(shape: Any) -> Any:
    """Names of fields, those of lists within; how many items a sample has does not matter."""
    if isinstance(shape, dict):
        return {name: _names(one) for name, one in shape.items()}
    return [_names(shape[0])] if isinstance(shape, list) and isinstance(shape[0], dict) else None


def test_samples_have_the_fields_that_builders_give() -> None:
    material = material_of([commune(1), person(), household()], "hcld-ba", final=False)
    case = material.dossier.cases[0]
    enterprise = checklist_fields(material, case)
    given = {
        "to-trinh": submission_fields(material),
        "danh-sach": list_fields(material),
        "cong-khai": notice_fields(material, Published(DAY, DAY, 10, "")),
        "bao-cao-thanh-tich": report_fields(material, case),
        "tom-tat-thanh-tich": summary_fields(material, case),
        "danh-muc-minh-chung": evidence_fields(material, case),
    }
    for name, fields in given.items():
        assert _names(shape_of(kind_named(name).sample())) == _names(shape_of(fields)), name
    sample = kind_named("kiem-tra-ho-so").sample()
    assert set(sample) == set(enterprise)
    whole = checklist_fields(material)
    for name in ("giay_to_chung", "cac_truong_hop", "tien"):
        assert set(sample[name][0]) == set(whole[name][0]), name
    for name in ("giay_to", "kiem_tra"):
        assert set(sample[name][0]) == set(enterprise[name][0]), name


@pytest.mark.parametrize("kind", KINDS, ids=[one.name for one in KINDS])
def test_the_templates_are_what_the_script_makes(
    kind: Any, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    folder = tmp_path_factory.getbasetemp() / "mau-moi"
    if not folder.exists():
        folder.mkdir()
        script = ROOT / "packaging" / "templates" / "dossier.py"
        subprocess.run([sys.executable, str(script), str(folder)], check=True, cwd=ROOT)
    with zipfile.ZipFile(folder / kind.file) as new, zipfile.ZipFile(MAU / kind.file) as kept:
        assert new.namelist() == kept.namelist()
        for name in new.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                assert new.read(name) == kept.read(name), name
    assert template_problems(kind, (folder / kind.file).read_bytes(), folder / kind.file) == []
