"""From the register to points: the worked case of the standards, and what each setting changes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from criteria.loading import read_set
from criteria.problems import errors
from records.roster.roster import load_roster
from records.tables.sheets import read_sheet
from records.tables.table_files import read_items, read_table
from records.tasks.register import load_register
from records.tasks.results_file import update_from
from records.tasks.rows import as_cells, rows_for
from records.workspace.folder import Workspace
from scoring import Result, explain, score
from tests.rounds.support import MOVEMENT
from tests.rounds.task_support import candidate, day, taken_in, window, workspace_of_few, workspace_with_register

SHARES = ("A1.1", "A1.2", "A1.3")


def scored(workspace: Workspace, tmp_path: Path, body: str, period: str, **settings: str) -> Result:
    """The set of letter a, over the register's rows of one body; all other figures missing."""
    bound, problems = read_set(MOVEMENT / "a-so-nganh.yaml", settings)
    assert bound is not None, [p.text() for p in problems]
    roster = load_roster(workspace)
    found = rows_for(load_register(workspace), roster, candidate(roster, body), window(workspace, period))
    columns = list(bound.tables["tasks"].columns)
    lines = [",".join(["id", "task", *columns])]
    lines += [",".join([body, row.key, *(as_cells(row)[name] for name in columns)]) for row in found]
    (tmp_path / "items.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    inputs = [name for name, column in bound.inputs.items() if column.required]
    (tmp_path / "table.csv").write_text(",".join(["id", *inputs]) + f"\n{body}{',' * len(inputs)}\n", encoding="utf-8")
    table, problems = read_table(tmp_path / "table.csv", bound)
    assert table is not None, [p.text() for p in problems]
    items, problems = read_items(tmp_path / "items.csv", bound, "tasks", [body])
    assert items is not None, [p.text() for p in problems]
    return score(bound, table, {"tasks": items}, period=period)


def shares(result: Result, body: str) -> list[Fraction | None]:
    """Points over the mark of A1.1, A1.2, A1.3; None where the criterion does not apply."""
    found = []
    for ident in SHARES:
        one = result.candidate(body).criteria[ident]
        found.append(one.points / Fraction("5.6") if one.state == "scored" else None)
    return found


def results(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "ket-qua.csv"
    path.write_text(
        "\n".join(["số;cơ quan;ngày hoàn thành;văn bản;ngày văn bản;chấp nhận", *lines]) + "\n", encoding="utf-8"
    )
    return path


def test_the_worked_case(tmp_path: Path) -> None:
    """Sở Nội vụ, 2025: rows 1, 8, 10, 32 in time, 15 on 20 July: finished 5 of 5, on time 4 of 5; class tasks left out."""
    workspace = workspace_with_register(tmp_path)
    file = results(
        tmp_path,
        "1;Sở Nội vụ;31/03/2025;1/KH-UBND;31/03/2025;có",
        "8;Sở Nội vụ;30/06/2025;2/QĐ-UBND;30/06/2025;có",
        "10;B001;15/06/2025;3/NQ-HĐND;15/06/2025;không",
        "32;B001;2025-06-30;4/NQ-HĐND;30/06/2025;có",
        "15;Sở Nội vụ;20/07/2025;5/QĐ-UBND;20/07/2025;có",
    )
    count, saved, problems = update_from(workspace, file, day("2026-01-01"))
    assert (count, saved, errors(problems)) == (5, 20, [])
    result = scored(workspace, tmp_path, "B001", "2025", class_tasks="left_out")
    assert shares(result, "B001") == [1, Fraction(4, 5), Fraction(4, 5)]
    text = str(explain(result, "B001", "A1.2"))
    assert "(4 + 0 × 1) / 5 = 80 %" in text and "Nhiệm vụ hoàn thành đúng hạn" in text
    assert "5 / 5 = 100 %" in str(explain(result, "B001", "A1.1"))
    with_class = scored(workspace, tmp_path, "B001", "2025")  # row 4, led by all offices, is not finished
    assert shares(with_class, "B001")[0] == Fraction("4.67") / Fraction("5.6")  # 5/6 of 5.6, as printed
    assert update_from(workspace, file, day("2026-01-01"))[1] == 0


def test_nothing_due_is_not_applicable(tmp_path: Path) -> None:
    """Sở Tư pháp leads one row, due in 2030: before that A1 has nothing to measure."""
    workspace = workspace_with_register(tmp_path)
    assert shares(scored(workspace, tmp_path, "B008", "2026"), "B008") == [None, None, None]
    assert shares(scored(workspace, tmp_path, "B008", "2030", class_tasks="left_out"), "B008")[:2] == [0, 0]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [Fraction(2, 3), Fraction(1, 3)]),
        ({"lead_share": "divided"}, [Fraction(4, 5), Fraction(2, 5)]),  # 1 + 1 of 2.5; only one of them in time
        ({"own_tasks": "left_out"}, [Fraction(1, 2), Fraction(1, 2)]),
        ({"regular_tasks": "counted"}, [Fraction(3, 4), Fraction(1, 3)]),  # completion, never on time
        ({"late_credit": "0.5"}, [Fraction(2, 3), Fraction(1, 2)]),
    ],
)
def test_what_a_setting_changes(tmp_path: Path, settings: dict[str, str], expected: list[Fraction]) -> None:
    """S1: 1 in time; 2 with a second lead, not done; 3 added by itself, late; 4 regular, done."""
    workspace = workspace_of_few(tmp_path)
    taken_in(
        workspace,
        tmp_path,
        "1;Một;S1;Quý I/2026;",
        '2;Hai;"S1; S2";Quý I/2026;',
        "3;Ba;S1;Quý I/2026;có",
        "4;Bốn;S1;Thường xuyên;",
        header="số;nội dung;chủ trì;hạn;tự bổ sung",
    )
    file = results(tmp_path, "1;S1;31/03/2026;1/VB;;có", "3;S1;01/04/2026;3/VB;;có", "4;S1;01/12/2026;4/VB;;có")
    _, _, problems = update_from(workspace, file, day("2027-01-01"))
    assert errors(problems) == []
    result = scored(workspace, tmp_path, "S1", "2026", **settings)
    points = [result.candidate("S1").criteria[ident].points for ident in SHARES[:2]]
    assert points == [round_half_up(share * Fraction("5.6")) for share in expected]


def round_half_up(value: Fraction) -> Fraction:
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def test_finished_on_the_very_day_of_before(tmp_path: Path) -> None:
    workspace = workspace_of_few(tmp_path)
    taken_in(workspace, tmp_path, "1;Một;S1;Trước 20/4/2026")
    update_from(workspace, results(tmp_path, "1;S1;20/04/2026;1/VB;;có"), day("2027-01-01"))
    assert shares(scored(workspace, tmp_path, "S1", "2026"), "S1")[1] == 1
    assert shares(scored(workspace, tmp_path, "S1", "2026", before_is_strict="strict"), "S1")[1] == 0


def test_a_table_without_the_new_columns_gives_the_same(tmp_path: Path) -> None:
    """Older files have due, before, finished, accepted only: what has a default may be left out."""
    bound, _ = read_set(MOVEMENT / "d-don-vi-truc-thuoc.yaml")
    assert bound is not None
    path = tmp_path / "items.csv"
    path.write_text(
        "id,task,due,before,finished,accepted\nU1,1,2026-03-31,không,2026-03-31,có\nU1,2,2026-03-31,không,,\n",
        encoding="utf-8",
    )
    items, problems = read_items(path, bound, "tasks", ["U1"])
    assert items is not None and problems == []
    sheet, _ = read_sheet(path)
    assert sheet is not None and "leads" not in items.columns
    inputs = [name for name, column in bound.inputs.items() if column.required]
    (tmp_path / "t.csv").write_text(",".join(["id", *inputs]) + f"\nU1{',' * len(inputs)}\n", encoding="utf-8")
    table, _ = read_table(tmp_path / "t.csv", bound)
    assert table is not None
    found = score(bound, table, {"tasks": items}, period="2026").candidate("U1")
    assert [found.criteria[i].points for i in ("D2.hoan-thanh", "D2.tien-do", "D2.hieu-qua")] == [25, 25, 50]


def test_wrong_results_are_named_by_cell_and_nothing_is_entered(tmp_path: Path) -> None:
    workspace = workspace_with_register(tmp_path)
    file = results(
        tmp_path,
        "1;Sở Nội vụ;31/03/2025;1/KH;;có",
        "199;Sở Nội vụ;31/03/2025;1/KH;;",
        "2;Sở Nội vụ;31/03/2025;1/KH;;",
        "3;Sở Giáo dục và Đào tạo;31/02/2025;1/KH;;",
        "5;Sở KH&CN;30/06/2025;;;",
        "6;Sở KH;30/04/2025;9/KH;;",
        "7;B002;30/04/2027;9/KH;;",
        "1;B001;30/03/2025;9/KH;;",
    )
    last = workspace.database.last_entry()
    _, saved, problems = update_from(workspace, file, day("2026-01-01"))
    assert [(p.cell, p.code) for p in sorted(errors(problems), key=lambda p: (p.line, p.column))] == [
        ("A3", "task-unknown"),
        ("B4", "task-field"),
        ("C5", "task-field"),
        ("C5", "task-field"),
        ("D6", "task-field"),
        ("B7", "name-match"),
        ("C8", "task-field"),
        ("A9", "task-field"),
    ]
    assert saved == 0 and workspace.database.last_entry() == last
