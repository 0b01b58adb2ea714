"""Nodes repeated over groups of rows: a row that belongs to no known group."""

from __future__ import annotations

from pathlib import Path

from criteria.loading import load_text
from records.tables.table_files import read_items, read_table
from scoring import explain, score
from scoring.result import Result

SET = """\
criteria_set: tuan
group: c
valid_from: 2025-01-01
bases: [{id: qd, document: "Quyết định", number: "1/QĐ", date: 2025-01-01, issuer: "Sở"}]
clause: {basis: qd, place: "Điều 1"}
verified_by: so-noi-vu
tables:
  events: {label: "Lần", columns: {week: {label: "Tuần", type: text}, good: {label: "Điểm", unit: điểm}}}
tree:
  - {id: M, text: "Tối đa 10 điểm một tuần", max: 10, over: {table: events, by: week, take: sum}, value: events.sum(good)}
"""


def scored(folder: Path, rows: list[str]) -> Result:
    criteria = load_text(SET)
    (folder / "t.csv").write_text("id\nX1\n", encoding="utf-8")
    (folder / "e.csv").write_text("\n".join(["id,week,good", *rows]) + "\n", encoding="utf-8")
    table, _ = read_table(folder / "t.csv", criteria)
    assert table is not None
    items, _ = read_items(folder / "e.csv", criteria, "events", table.ids)
    assert items is not None
    return score(criteria, table, {"events": items})


def test_a_row_of_an_unknown_week_leaves_the_node_open(tmp_path: Path) -> None:
    found = scored(tmp_path, ["X1,t1,7", "X1,t1,8", "X1,,4"]).candidate("X1").criteria["M"]
    assert (found.points, found.state) == (10, "open")


def test_a_row_decided_not_applicable_is_left_out(tmp_path: Path) -> None:
    found = scored(tmp_path, ["X1,t1,7", "X1,KAD,4"]).candidate("X1").criteria["M"]
    assert (found.points, found.state) == (7, "scored")


def test_every_group_is_explained(tmp_path: Path) -> None:
    text = str(explain(scored(tmp_path, ["X1,,9", "X1,t1,7", "X1,t1,8", "X1,t2,4"]), "X1", "M"))
    assert "Lần t1: 10,00 điểm" in text and "Lần t2: 4,00 điểm" in text
