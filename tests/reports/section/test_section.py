"""A unit's section: numbers read back from the Word file, official and provisional, what is its own, what it may not overwrite."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from criteria.exact import show_vietnamese
from criteria.problems import errors
from nominations.history.own_awards import OwnAward, record_own
from records.ledger.entries import Entry
from records.milestones import import_milestone
from records.scored.rounds import score_round
from records.workspace.folder import Workspace, open_workspace
from reports.letters.kinds import template_problems
from reports.section.fields import PROVISIONAL, SECTION, section_fields
from reports.section.files import write_sections
from reports.section.reading import open_sections
from reports.template_library import kinds
from tests.rounds.life_support import communes
from tests.rounds.publication_support import draft, official, ready
from tests.rounds.support import MOVEMENT, enter_body
from tests.support.command import thidua
from tests.support.years_workspace import MOVEMENT as SHOWN
from tests.support.years_workspace import awards_folder

ROOT = Path(__file__).resolve().parents[3]
ON = date(2027, 2, 1)


def read(path: Path) -> tuple[str, list[list[list[str]]]]:
    """All text with the headers, and the tables as rows of cells."""
    document = docx.Document(str(path))
    heads = [p.text for s in document.sections for h in (s.header, s.first_page_header) for p in h.paragraphs]
    text = "\n".join([*heads, *(paragraph.text for paragraph in document.paragraphs)])
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return text, tables


def one_of(
    workspace: Workspace, unit: str, period: str = "2026", on: date = ON, **more: Any
) -> tuple[str, list[list[list[str]]]]:
    [written], problems = write_sections(workspace, period, on, (unit,), **more)
    assert errors(problems) == []
    return read(written.path)


def test_official_numbers_come_from_the_archive(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w", 3)
    draft(workspace)
    published = official(workspace)
    text, tables = one_of(workspace, "X1")
    assert "công bố ngày 05/01/2027 kèm theo văn bản số 9/QĐ-SNV" in text and published.archive[:12] in text
    assert PROVISIONAL not in text
    points = next(table for table in tables if table[0][0] == "Mã")
    rows = {row[0] or row[1]: row[2:] for row in points[1:]}
    found, _ = open_sections(workspace, "2026", ON, ("X1",))
    assert found is not None
    sheet = found.sheets.content("X1") if found.sheets is not None else None
    assert sheet is not None
    for part in (row for row in sheet.periods[0].rows if row.depth == 0):
        assert rows[part.id][2] == part.shown_points and rows[part.id][0] == part.shown_maximum
    assert rows["Tổng điểm"][2] == sheet.periods[0].shown_total
    [own], _ = score_round(workspace, "2026", ("c",), "self")
    claimed = own.result.candidate("X1")
    assert rows["Tổng điểm"][1] == show_vietnamese(claimed.total, 2)
    assert {name: row[1] for name, row in rows.items() if name == "C2"} == {
        "C2": show_vietnamese(claimed.criteria["C2"].points, 2)
    }


def test_what_is_not_official_is_said_to_be_provisional(tmp_path: Path) -> None:
    text, tables = one_of(communes(tmp_path / "w", 1), "X1")
    assert PROVISIONAL in text and "nội dung chưa có kết luận" in text and "mã băm" not in text
    assert "SỐ LIỆU MINH HỌA" not in text and "iểm thử, chưa được cấp có thẩm quyền quyết định" in text
    points = next(table for table in tables if table[0][0] == "Mã")
    assert points[-1][1] == "Tổng điểm" and points[-1][3] != "0,00"


def test_who_handed_in_nothing_has_no_points(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    enter_body(workspace, "X9", name="Xã 9", kind="xã", pool="Cụm 1", province="Thái Bình")
    text, tables = one_of(workspace, "X9")
    assert "Chưa có điểm của đơn vị ở kỳ: 2026." in text and not any(table[0][0] == "Mã" for table in tables)


def test_plan_awards_and_places_to_write(tmp_path: Path) -> None:
    """What the unit gave in its own name counts; what another unit gave, or another year, does not."""
    workspace = communes(tmp_path / "w", 1)
    enter_body(workspace, "A1", name="Sở Một", kind="sở/ban/ngành")
    enter_body(workspace, "P1", name="Ông Hai", kind="cá nhân", parent="A1", sub_type="trí thức")
    enter_body(workspace, "A2", name="Sở Hai", kind="sở/ban/ngành")
    table = tmp_path / "ngay.csv"
    table.write_text("mã,ngày,văn bản\nA1,20/06/2025,15/KH-S1\n", encoding="utf-8")
    assert import_milestone(workspace, "ke-hoach-don-vi", table, ON)[1] == 1
    given = [("P1", "Sở Một", "3/QĐ", date(2026, 5, 4)), ("X1", "Sở Một", "3/QĐ", date(2026, 5, 4))]
    given += [("X1", "Sở Hai", "4/QĐ", date(2026, 5, 4)), ("P1", "Sở Một", "5/QĐ", date(2025, 5, 4))]
    for holder, authority, decision, day in given:
        assert errors(record_own(workspace, OwnAward(holder, "Giấy khen", authority, decision, day), ON)[1]) == []
    text, _ = one_of(workspace, "A1")
    assert "Văn bản số 15/KH-S1 ngày 20/06/2025 (đã làm đúng mốc" in text
    assert "- Giấy khen: 01 tập thể, 01 cá nhân theo Quyết định số 3/QĐ ngày 04/05/2026." in text
    assert "4/QĐ" not in text and "5/QĐ" not in text and "Ông Hai" not in text
    assert text.count("[Đơn vị viết:") >= 5
    late, _ = one_of(workspace, "A2")
    assert "Quá mốc, chưa có" in late and "01 tập thể theo Quyết định số 4/QĐ" in late
    assert "Chưa ghi nhận quyết định khen thưởng nào của đơn vị." in one_of(workspace, "X1")[0]


def test_models_of_the_unit_and_no_person_by_name(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    told = {
        "unit": "X1",
        "name": "Một cửa lưu động",
        "summary": "Đến tận thôn.",
        "result": "700 hồ sơ",
        "document": "5/BC",
    }
    told |= {"document_day": "2026-06-01", "since": "2026-01-05", "kind": "mo-hinh", "issuer": "UBND xã"}
    person = told | {"kind": "guong-ca-nhan", "name": "", "person": "P1", "person_summary": "Bà Ba", "document": "6/BC"}
    old = told | {"name": "Năm trước", "document_day": "2025-06-01"}
    for number, values in enumerate((told, person, old), 1):
        with workspace.database.writing() as writer:
            writer.append([Entry(f"model:{number}", name, value) for name, value in values.items()])
    text, _ = one_of(workspace, "X1")
    assert "- Mô hình “Một cửa lưu động”: Đến tận thôn; 700 hồ sơ (Văn bản số 5/BC ngày 01/06/2026)." in text
    assert "- Gương điển hình cá nhân (Văn bản số 6/BC ngày 01/06/2026)." in text
    assert "Bà Ba" not in text and "Năm trước" not in text and "Một cửa lưu động" not in one_of(workspace, "X2")[0]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    enter_body(workspace, "X1", name="Xã {{ phong_trao }} & <b> =1+1")
    text, _ = one_of(workspace, "X1")
    assert "Xã {{ phong_trao }} & <b> =1+1" in text


def test_files_are_the_same_twice_and_what_was_written_in_is_left_alone(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    [first, _], problems = write_sections(workspace, "2026", ON)
    assert errors(problems) == [] and first.path.parent == workspace.results("2026") / "phan-bao-cao"
    content = first.path.read_bytes()
    assert next(one.path for one in write_sections(workspace, "2026", ON)[0]).read_bytes() == content
    document = docx.Document(BytesIO(content))
    document.add_paragraph("lời của đơn vị")
    document.save(str(first.path))
    written, problems = write_sections(workspace, "2026", ON)
    assert written == [] and [one.code for one in errors(problems)] == ["letter-changed"]
    assert write_sections(workspace, "2026", ON, replace=True)[0] and first.path.read_bytes() == content


def test_persons_and_strangers_have_none(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    enter_body(workspace, "P1", name="Bà Ba", kind="cá nhân", parent="X1", sub_type="trí thức")
    for unit, code in (("P1", "section-person"), ("Z1", "unknown-candidate")):
        assert [one.code for one in errors(write_sections(workspace, "2026", ON, (unit,))[1])] == [code]
    root = workspace.root
    workspace.close()
    done = thidua("-C", root, "report", "section", "2026", "X1", "--on", "2027-02-01")
    assert done.code == 0 and "X1-xa-1.docx" in done.out and "Tạm tính" in done.out, done.err
    assert thidua("-C", root, "report", "section", "2026", "P1").code == 1
    assert thidua("-C", root, "report", "section", "2033").code == 1


def test_a_broken_template_writes_nothing(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    path = workspace.movement_folder / "mau" / SECTION.file
    document = docx.Document(str(path))
    document.add_paragraph("{{ khong_co }}")
    document.save(str(path))
    written, problems = write_sections(workspace, "2026", ON)
    assert written == [] and any("khong_co" in one.message for one in errors(problems))
    assert not (workspace.results("2026") / "phan-bao-cao").exists()


def shape(value: Any) -> Any:
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return {name: shape(one) for name, one in value.items()} if isinstance(value, dict) else ""


def test_the_sample_has_the_fields_that_are_given(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w", 1)
    draft(workspace)
    official(workspace)
    found, _ = open_sections(workspace, "2026", ON)
    assert found is not None
    given, sample = section_fields(workspace.movement, found.section(found.units[0])), SECTION.sample()
    assert set(given) == set(sample)
    assert shape(given["cac_ky"]) == shape(sample["cac_ky"])


def test_the_template_is_what_the_script_makes(tmp_path: Path) -> None:
    assert SECTION in kinds()
    kept, made = MOVEMENT / "mau" / SECTION.file, tmp_path / SECTION.file
    script = ROOT / "packaging" / "templates" / "section.py"
    subprocess.run([sys.executable, str(script), str(made)], check=True, cwd=ROOT)
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(kept) as old:
        assert new.namelist() == old.namelist()
        assert all(
            new.read(name) == old.read(name)
            for name in new.namelist()
            if name.endswith(".xml") and "docProps" not in name
        )
    assert template_problems(SECTION, kept.read_bytes(), kept) == []


def test_an_occasion_with_its_periods_and_awards(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    workspace, _ = open_workspace(awards_folder(tmp_path_factory) / SHOWN.name)
    assert workspace is not None
    found, problems = open_sections(workspace, "so-ket-2027", date(2027, 12, 15), ("A02",))
    assert found is not None and errors(problems) == []
    section = found.section(found.units[0])
    assert section.official and [one.period for one in section.periods] == ["2025", "2026", "2027-h1"]
    assert [(one[0], one[2] + one[3]) for one in section.proposed] == [("so-ket-2027", 8)]
    assert sum(one.persons + one.collectives for one in section.given) == 3
    written, _ = write_sections(workspace, "so-ket-2027", date(2027, 12, 15), ("A02",), folder=tmp_path)
    text, tables = read(written[0].path)
    assert "SỐ LIỆU MINH HỌA" in text and "Báo cáo sơ kết Phong trào thi đua tại đơn vị" in text
    periods = next(table for table in tables if table[0][0] == "Kỳ")
    assert [row[1] for row in periods[1:]] == [line.points for line in section.combined] and len(periods) == 4
    assert section.combined_words in text
    workspace.close()
