"""Indices: values per body with version and source; what a provincial value may not be; what measures with `from` read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from criteria.expressions import kinds
from criteria.expressions.kinds import Kind
from criteria.inputs import Input
from criteria.problems import errors
from records.forms.layout import Layout
from records.indices import import_index, known_for, known_values, list_indices, load_values, written
from records.milestones import import_milestone
from records.tables.cells import read_cell
from records.tables.sheets import Cell
from records.workspace.folder import Workspace
from tests.rounds.task_support import workspace_with_bodies
from thidua.main import application

TODAY = date(2026, 12, 31)


def values(tmp_path: Path, *lines: str, header: str = "mã;giá trị") -> Path:
    path = tmp_path / "chi-so.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def layout(workspace: Workspace, file: str) -> Layout:
    criteria, problems = workspace.read_set(file)
    assert criteria is not None, problems
    return Layout(criteria, ("tasks",))


def test_values_with_version_and_source(tmp_path: Path) -> None:
    workspace = workspace_with_bodies(tmp_path)
    path = values(tmp_path, "B001;87,25", ";90")
    path.write_text("mã;tên;giá trị\nB001;;87,25\n;Sở Y tế;90\n", encoding="utf-8")
    count, saved, problems = import_index(workspace, "dx_index", "2026", path, "2", "QĐ 5/QĐ-SKHCN")
    assert (count, saved, errors(problems)) == (2, 2, [])
    found = load_values(workspace, "dx_index", "2026")
    assert {body: entry.value for body, entry in found.items()} == {"B001": "87.25", "B005": "90.00"}
    assert found["B001"].source == "phiên bản 2; QĐ 5/QĐ-SKHCN" and found["B001"].place == "chi-so.csv C2"
    assert import_index(workspace, "dx_index", "2026", path, "2", "QĐ 5/QĐ-SKHCN")[1] == 0
    assert import_index(workspace, "dx_index", "2026", values(tmp_path, "B001;"), "3", "")[1] == 1  # taken back
    assert list(load_values(workspace, "dx_index", "2026")) == ["B005"]
    assert [(one.name, one.period, len(one.values)) for one in list_indices(workspace)] == [("dx_index", "2026", 1)]


def test_what_is_refused(tmp_path: Path) -> None:
    """The province, a class of bodies, another province, a stranger, twice, no number, too many decimals."""
    workspace = workspace_with_bodies(tmp_path)
    path = values(
        tmp_path, "B070;90", "B025;3", "B086;80", "Sở Lạ;3", "B001;1", "B001;2", "B002;abc", "B003;1,234", "B004;87,25"
    )
    _, saved, problems = import_index(workspace, "dx_index", "2026", path)
    assert [(p.cell, p.code) for p in sorted(errors(problems), key=lambda p: p.line)] == [
        ("A2", "index"),
        ("A3", "index"),
        ("A4", "index"),
        ("A5", "name-match"),
        ("A7", "index"),
        ("B8", "number"),
        ("B9", "decimals"),
    ]
    assert saved == 0 and load_values(workspace, "dx_index", "2026") == {}
    assert [p.code for p in import_index(workspace, "la", "2026x", path)[2]] == ["index", "period"]


def test_values_are_written_as_tables_hold_them() -> None:
    """Each kind read from a cell and written again reads the same."""
    level = Input("m", "Mức", Kind(kinds.LEVEL, levels=("yếu", "khá", "tốt")))
    share = Input("m", "Tỷ lệ", kinds.number("%"), decimals=2)
    for declared, typed, text in (
        (level, "Khá", "khá"),
        (share, "87,25%", "87.25"),
        (share, "KAD", "KAD"),
        (Input("m", "Ngày", kinds.DAYS), "30/06/2026", "2026-06-30"),
        (Input("m", "Có", kinds.TRUTHS), "x", "có"),
        (Input("m", "Số", kinds.number("điểm")), "", ""),
    ):
        assert written(*read_cell(Cell(typed), declared), declared) == text
        assert read_cell(Cell(text), declared) == read_cell(Cell(typed), declared)


def test_what_measures_take_from_elsewhere(tmp_path: Path) -> None:
    """An index of the period before that of its year; a milestone's date; nothing for who has nothing."""
    workspace = workspace_with_bodies(tmp_path)
    form = layout(workspace, "a-so-nganh.yaml")
    import_index(workspace, "dx_index", "2026", values(tmp_path, "B001;80", "B002;70"))
    import_index(workspace, "dx_index", "2026-q2", values(tmp_path, "B001;85"))
    import_index(workspace, "dx_index", "2025", values(tmp_path, "B003;60"))
    plan = values(tmp_path, "B001;20/06/2025;1/KH-SNV", header="mã;ngày;văn bản")
    assert import_milestone(workspace, "ke-hoach-don-vi", plan, TODAY)[1] == 1
    found = known_for(workspace, form, ["B001", "B002", "B003"], "2026-q2")
    assert {body: {name: entry.value for name, entry in one.items()} for body, one in found.items()} == {
        "B001": {"dx_value": "85.00", "plan_issued_on": "2025-06-20"},
        "B002": {"dx_value": "70.00"},
        "B003": {},
    }
    assert known_values(workspace, form, "B001", "2026")["dx_value"].value == "80.00"
    line = next(line for line in form.lines if line.key == "measure:dx_value")
    assert line.kind == "known"  # shown, locked


def test_the_commands(tmp_path: Path) -> None:
    workspace = workspace_with_bodies(tmp_path)
    workspace.close()
    path = values(tmp_path, "B001;87,25")

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(application, ["-C", str(workspace.root), "index", *arguments])
        return result.exit_code, result.output

    assert run("import", "dx_index", "2026", str(path), "--version", "2")[0] == 0
    code, text = run("list", "dx_index", "2026")
    assert code == 0 and "B001 · Sở Nội vụ · 87,25 · phiên bản 2" in text
    assert run("import", "la", "2026", str(path))[0] == 1
