"""What the roster leaves open, and what cannot be."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from criteria.problems import errors
from records.roster.checking import check_roster, circle
from records.roster.importing import import_roster
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from tests.rounds.support import MOVEMENT, SECOND, enter_body, new_workspace
from thidua.main import application


def findings(workspace: Workspace, period: str = "2026") -> list[tuple[str, str, str]]:
    found, problems = check_roster(workspace, period)
    assert problems == []
    return [(problem.file.partition(" ")[0], problem.code, problem.message) for problem in sorted(found)]


def test_the_movement_as_it_comes(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    import_roster(workspace, [MOVEMENT / "bodies.csv", MOVEMENT / "communes.csv"])
    found, _ = check_roster(workspace, "2026")
    assert errors(found) == [] and {problem.code for problem in found} == {"roster-open"}
    places = [problem.file.partition(" ")[0] for problem in sorted(found)]
    assert places[:4] == ["B011", "B012", "B013", "B014"]
    said = {(problem.file, problem.message.partition(":")[0]) for problem in found}
    assert ("loại “trường”", "Chưa rõ thuộc nhóm nào, nên chưa dự thi đua") in said
    assert ("loại “truyền thông”", "Chưa rõ thuộc nhóm nào, nên chưa dự thi đua") in said
    assert ("nhóm c", "104/104 đối tượng chưa có cụm") in said
    assert ("nhóm d", "2/2 đối tượng chưa có cơ quan quản lý") in said
    assert ("nhóm đ", "2/2 đối tượng chưa có quy mô") in said
    assert ("nhóm a", "15/15 đối tượng chưa có thủ trưởng") in said


def test_parents_successors_and_names(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    common = {"kind": "sở/ban/ngành", "head": "A"}
    enter_body(workspace, "B1", name="Sở A", to="2025-12-31", **common)
    enter_body(workspace, "B2", name="Sở B", successor="B1", **common)
    enter_body(workspace, "B3", name="Sở  b", **common)
    enter_body(workspace, "D1", name="Trạm", kind="đơn vị trực thuộc", parent="B1", head="A")
    enter_body(workspace, "D2", name="Trạm", kind="đơn vị trực thuộc", parent="B9", head="A")
    assert findings(workspace) == [
        ("B2", "roster-open", "Có cơ quan kế thừa B1 mà chưa có ngày kết thúc."),
        ("B2", "roster-open", "Nhóm a có 2 đối tượng cùng tên: B2, B3."),
        ("D1", "roster-open", "Cơ quan quản lý B1 Sở A không còn hoạt động ngày 31/12/2025."),
        ("D2", "roster-open", "Cơ quan quản lý B9 không có trong danh sách."),
    ]


def test_what_cannot_be_is_an_error(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    common = {"kind": "sở/ban/ngành", "head": "A"}
    for ident, following in (("B1", "B2"), ("B2", "B3"), ("B3", "B1"), ("B4", "B1"), ("B5", "B99")):
        enter_body(workspace, ident, name=f"Sở {ident}", to="2025-12-31", successor=following, **common)
    enter_body(workspace, "B6", name="Sở 6", from_="2026-05-01", to="2026-04-30", **common)
    assert findings(workspace) == [
        ("B1", "roster-field", "Kế thừa vòng quanh: B1 → B2 → B3 → B1."),
        ("B5", "roster-field", "Cơ quan kế thừa B99 không có trong danh sách."),
        ("B6", "roster-field", "Kết thúc 30/04/2026 trước ngày bắt đầu 01/05/2026."),
    ]
    assert circle(load_roster(workspace), "B4") == []
    workspace.close()
    done = CliRunner().invoke(application, ["-C", str(tmp_path / "w"), "roster", "check", "2026"])
    assert done.exit_code == 1
    assert "3 lỗi." in done.output


def test_a_person_without_a_set(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    enter_body(workspace, "B1", name="Sở A", kind="sở/ban/ngành", head="A")
    enter_body(workspace, "E1", name="Lê C", kind="cá nhân", parent="B1")
    assert [(place, message) for place, _, message in findings(workspace)] == [
        ("E1", "Chưa rõ Lê C chấm theo bộ tiêu chí nào.")
    ]


def test_commands_say_what_comes_next(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w", SECOND).close()
    here = ["-C", str(tmp_path / "w"), "roster"]
    (tmp_path / "ap.csv").write_text("tên,nhóm,thủ trưởng\nẤp Đông,a,Ông A\n", encoding="utf-8")
    done = CliRunner().invoke(application, [*here, "import", str(tmp_path / "ap.csv"), "--new"])
    assert (done.exit_code, done.output.splitlines()[0]) == (
        0,
        "Đã đọc 1 dòng: 1 đối tượng mới, 0 đối tượng có thay đổi.",
    )
    assert done.output.splitlines()[-1].startswith("Tiếp theo: ")
    done = CliRunner().invoke(application, [*here, "list"])
    assert done.output.splitlines()[:3] == [
        "Mã    Tên      Nhóm  Thủ trưởng",
        "A001  Ấp Đông  a     Ông A",
        "1 đối tượng, từ 01/01/2026 đến 31/12/2026.",
    ]
    assert CliRunner().invoke(application, [*here, "check"]).exit_code == 0
    done = CliRunner().invoke(application, [*here, "list", "--group", "z"])
    assert done.exit_code == 1
