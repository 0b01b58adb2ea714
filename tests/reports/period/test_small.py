"""Reports of a workspace with little in it, of occasions that lack periods; what an official has changed; text that is hostile."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from criteria.movements.reading import MOVEMENT as MOVEMENT_FILE
from records.workspace.folder import Workspace
from reports.layout.nghi_dinh_30 import Layout, layout_problems
from reports.letters.kinds import template_problems
from reports.period.fields import report_fields
from reports.period.gathering import PeriodReport, occasion_report, year_report
from reports.period.given import Awards, Named
from reports.period.kinds import PERIOD_REPORTS
from reports.period.models import KindCount, Registered, Shown
from reports.period.writing import make_report, write_report
from tests.reports.period.reading import book_text, paragraphs, word_tables, word_text
from tests.rounds.support import MOVEMENT, enter_body, new_workspace
from thidua.calling import Called
from thidua.commands.report_period import summary, year

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 21)
LAYOUT = Layout("BÁO CÁO", open_day=True, addressed=True, closed=True)
HOSTILE = '=HYPERLINK("x") & <b> {{ ten }} {% for %} \ue0c0xep-loai\ue0c1 ../../etc'


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path / "kỳ")
    yield made
    made.close()


def told(workspace: Workspace, name: str = "2026") -> PeriodReport:
    report, problems = (year_report if name[:1].isdigit() else occasion_report)(workspace, name, TODAY)
    assert report is not None, problems
    return report


def document(workspace: Workspace, report: PeriodReport) -> bytes:
    made, problems = make_report(workspace, report)
    assert made is not None, problems
    assert layout_problems(made.document, LAYOUT) == []
    return made.document


def test_nobody_in_the_roster(workspace: Workspace) -> None:
    report = told(workspace)
    text = paragraphs(document(workspace, report))
    assert "Năm 2026: chưa có đối tượng nào trong danh sách dự thi đua." in text
    assert "Chưa có đối tượng nào có kết quả." in text
    assert "Trong kỳ không có đề nghị, kết quả khen thưởng nào ghi trong sổ." in text
    assert "Sổ nhiệm vụ không có nhiệm vụ nào thuộc kỳ này." in text


def test_nothing_handed_in(workspace: Workspace) -> None:
    enter_body(workspace, "X1", name="Xã Một", kind="xã", pool="Cụm 1")
    enter_body(workspace, "S1", name="Sở Một", kind="sở/ban/ngành")
    enter_body(workspace, "P1", name="Nguyễn Văn Kín", kind="cá nhân", parent="S1", sub_type="doanh nhân")
    enter_body(workspace, "P2", name="Trần Thị Kín", kind="cá nhân", parent="S1", sub_type="doanh nhân")
    report = told(workspace)
    made = document(workspace, report)
    text = paragraphs(made)
    assert report.provisional and report.handed_in == 0
    assert "Năm 2026 có 4 đối tượng thuộc 03 nhóm dự thi đua; chưa có đối tượng nào nộp biểu tự chấm." in text
    assert "- Còn 4 biểu tự chấm chưa nộp." in text
    missing = word_tables(made)["Chưa nộp biểu tự chấm"][1:]
    assert [row[1:] for row in missing] == [
        ["Sở Một", "a", "2026", "1"],
        ["Xã Một", "c", "2026", "1"],
        ["Sở Một: biểu của cá nhân", "e", "2026", "2"],
    ]
    whole = word_text(made)
    assert "Văn Kín" not in whole and "Thị Kín" not in whole and "SỐ LIỆU TẠM TÍNH" in whole


def test_an_occasion_that_lacks_periods_says_which(workspace: Workspace) -> None:
    enter_body(workspace, "X1", name="Xã Một", kind="xã", pool="Cụm 1")
    report = told(workspace, "so-ket-2027")
    made = document(workspace, report)
    text = "\n".join(paragraphs(made))
    assert "- Năm 2025: chưa mở kỳ chấm điểm, chưa có kết quả." in text
    assert "- Năm 2026: nhóm c chưa có kết quả công bố chính thức; số liệu là tạm tính." in text
    assert "- 6 tháng đầu năm 2027: chưa mở kỳ chấm điểm, chưa có kết quả." in text
    assert report.provisional and "(số liệu tạm tính)" in text


def test_what_is_no_period_and_no_occasion(workspace: Workspace) -> None:
    for call, name, code, hint in (
        (year_report, "so-ket-2027", "period", "thidua report summary so-ket-2027"),
        (year_report, "2025", "round", "thidua round open 2025"),
        (year_report, "hai không hai sáu", "period", "2026"),
        (occasion_report, "2026", "period", "thidua report year"),
    ):
        report, problems = call(workspace, name, TODAY)
        assert report is None and [one.code for one in problems] == [code] and hint in problems[0].hint
    _, problems = year_report(workspace, "2026", TODAY, date(2025, 12, 31))
    assert [one.code for one in problems] == ["period"]


def test_a_changed_document_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    report, out = told(workspace), tmp_path / "ra"
    written, problems = write_report(workspace, report, out)
    path = written.files[0]
    assert problems == [] and path.name == "bao-cao-nam-2026.docx"
    assert write_report(workspace, report, out)[0].files[0] == path  # nobody has changed it
    opened = docx.Document(str(path))
    opened.add_paragraph("Lời của cán bộ.")
    opened.save(str(path))
    changed = path.read_bytes()
    written, problems = write_report(workspace, report, out)
    assert [(one.code, one.severity) for one in problems] == [("letter-changed", "note")]
    assert path.read_bytes() == changed and written.kept == path
    assert written.files[0].name == "bao-cao-nam-2026-2.docx"
    assert write_report(workspace, report, out)[0].files[0].name == "bao-cao-nam-2026-2.docx"  # its own, again
    again = docx.Document(str(out / "bao-cao-nam-2026-2.docx"))
    again.add_paragraph("Lời khác.")
    again.save(str(out / "bao-cao-nam-2026-2.docx"))
    assert write_report(workspace, report, out)[0].files[0].name == "bao-cao-nam-2026-3.docx"
    written, problems = write_report(workspace, report, out, replace=True)
    assert problems == [] and path.read_bytes() != changed
    assert "bao-cao-nam-2026.docx" in json.loads((out / "bao-cao-nam-2026.json").read_text(encoding="utf-8"))["Tệp"]


def test_hostile_text_stays_text(workspace: Workspace) -> None:
    enter_body(workspace, "X1", name=HOSTILE, kind="xã", pool=HOSTILE)
    report = replace(
        told(workspace),
        awards=Awards(named=(Named(HOSTILE, "X1", HOSTILE, False, HOSTILE, "c", "đã tặng", HOSTILE),)),
        registered=Registered((KindCount("mô hình", 1, 1, 1),), (Shown(HOSTILE, "mô hình", HOSTILE, HOSTILE),)),
    )
    made, problems = make_report(workspace, report)
    assert made is not None, problems
    shown = '=HYPERLINK("x") & <b> {{ ten }} {% for %} xep-loai ../../etc'
    for rows in (
        word_tables(made.document)[name]
        for name in ("Chưa nộp biểu tự chấm", "Mô hình, cách làm hay, gương điển hình tập thể được tuyên truyền")
    ):
        assert shown in rows[1]
    assert shown in book_text(made.figures) and "\ue0c0" not in book_text(made.figures)
    with zipfile.ZipFile(io.BytesIO(made.figures)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if "worksheets" in name)
    assert "\ue0c0" not in word_text(made.document)


def test_the_sample_of_a_template_has_the_shape_of_the_fields(workspace: Workspace) -> None:
    enter_body(workspace, "X1", name="Xã Một", kind="xã", pool="Cụm 1")
    fields = report_fields(told(workspace), [], [])
    for kind in PERIOD_REPORTS:
        sample = kind.sample()
        assert set(sample) == set(fields)
        assert {name: isinstance(value, list) for name, value in sample.items()} == {
            name: isinstance(value, list) for name, value in fields.items()
        }


def test_without_a_letterhead_nothing_is_made(workspace: Workspace) -> None:
    report = told(workspace)
    bare = replace(report, movement=report.movement.model_copy(update={"letterhead": []}))
    made, problems = make_report(workspace, bare)
    assert made is None and [(one.code, one.file) for one in problems] == [("letterhead", MOVEMENT_FILE)]


def test_the_commands(workspace: Workspace) -> None:
    enter_body(workspace, "X1", name="Xã Một", kind="xã", pool="Cụm 1")
    for command, name, file in (
        (year, "2026", "bao-cao-nam-2026.docx"),
        (summary, "so-ket-2027", "bao-cao-so-ket-2027.docx"),
    ):
        result = CliRunner().invoke(command, [name], obj=Called(workspace.root, "An"))
        assert result.exit_code == 0, result.output
        assert (workspace.results(name) / file).is_file() and f"Tiếp theo: mở {file} bằng Word" in result.output
        assert "Năm 2026: nhóm c chưa có kết quả công bố chính thức" in result.output
    result = CliRunner().invoke(year, ["2030"], obj=Called(workspace.root, "An"))
    assert result.exit_code == 1 and not workspace.results("2030").exists()


@pytest.mark.parametrize("kind", PERIOD_REPORTS, ids=lambda kind: kind.name)
def test_the_templates_are_sound_and_what_the_script_makes(kind: object, tmp_path: Path) -> None:
    name, file = kind.name, kind.file
    kept = MOVEMENT / "mau" / file
    assert template_problems(next(one for one in PERIOD_REPORTS if one.name == name), kept.read_bytes(), kept) == []
    script = ROOT / "packaging" / "templates" / "period.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, cwd=ROOT)
    with zipfile.ZipFile(tmp_path / file) as new, zipfile.ZipFile(kept) as old:
        assert new.namelist() == old.namelist()
        assert all(
            new.read(one) == old.read(one) for one in new.namelist() if one.startswith("word/") and one.endswith(".xml")
        )
