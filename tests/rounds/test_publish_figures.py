"""Tables go into an archive and come out the same: wide numbers, texts, absences, item tables, the round before, decisions."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from criteria.loading import load_text
from records.assembly import Assembled
from records.publication.changes import moved
from records.publication.figures import document, figures_of, public, read_document
from records.publication.results import rows
from records.publication.texts import line, parsed
from records.rounds import Window
from records.scored.sets import score_figures
from scoring import states
from scoring.tables import Column, Decision, ItemTable, Table

SET = """\
criteria_set: hoi-dong
title: "Có hội đồng"
group: a
valid_from: 2026-01-01
status: decided
bases: [{id: qd, document: Quyết định, number: 1/QĐ, date: 2026-01-01}]
clause: {basis: qd, place: Điều 1}
verified_by: so
points: {places: 2, max: 20}
pool: cluster
attributes: {cluster: {label: Cụm, type: text}}
measures:
  money: {label: Vốn, unit: đồng}
tables:
  jury: {label: Hội đồng, key: assessor, columns: {}}
tree:
  - {id: A, text: Vốn, max: 10, linear: {of: money / prev(money), to: 2}}
  - {id: B, text: Sáng tạo, max: 10, given: {panel: jury, take: mean}}
"""
IDS = ["Z10", "Z2", "=1+1"]


def made() -> Assembled:
    """Three candidates: a number wider than 64 bits, one unknown, one decided out; two assessors; the round before."""
    criteria = load_text(SET)
    wide = np.array([10**25, 0, 5], dtype=object)
    clusters = Column(np.array(["Đông", "Tây", "Đông"], dtype=object))
    said = Decision(np.array([0, states.CLOSED, states.DOES_NOT_APPLY], dtype=np.uint8), {1: "bà B", 2: "ông C"})
    columns = {"money": Column(wide, np.array([0, 2, 0], dtype=np.uint8)), "cluster": clusters}
    table = Table(IDS, columns, ["a", "b", "<c>"], {"area": ["x", "y", "z"]}, {"A": said}, {1: "chưa nộp"})
    marks = Column(np.array([8_000_000, 9_500_000, 7_000_000], dtype=np.int64))
    jury = ItemTable(["Z10", "Z10", "Z2"], {"B": marks}, ["Trần Thị B", "Lê Văn A", "Lê Văn A"])
    before = Table(IDS, {"money": Column(np.array([10**25, 3, 4], dtype=object)), "cluster": clusters})
    window = Window("2026", date(2026, 1, 1), date(2026, 12, 31))
    return Assembled(
        criteria,
        window,
        [],
        table,
        {"jury": jury},
        before,
        {"jury": ItemTable([], {"B": Column(marks.values[:0])}, [])},
    )


def results(one: Assembled, figures: Any) -> list[bytes]:
    return [line(row) for row in rows(score_figures(one.criteria, figures, "2026"))]


def test_figures_come_out_as_they_went_in() -> None:
    one = made()
    told = document(figures_of(one))
    again = read_document(parsed(line(told)))
    assert document(again) == told
    assert again.table.columns["money"].values[0] == 10**25
    assert results(one, again) == results(one, figures_of(one))
    first, second, third = (parsed(row) for row in results(one, again))
    assert first["criteria"]["A"] == ["5", "10", "scored"] and first["criteria"]["B"] == ["35/4", "10", "scored"]
    assert second["criteria"]["A"][2] == "closed" and third["criteria"]["A"][2] == "not_applicable"
    assert [row["pool"] for row in (first, second, third)] == ["Đông", "Tây", "Đông"]


def test_public_figures_give_the_same_points_without_names_and_words() -> None:
    one = made()
    shown = document(public(one))
    text = line(shown).decode()
    assert not any(word in text for word in ("bà B", "ông C", "Trần Thị B", "Lê Văn A"))
    assert shown["items"]["jury"]["keys"] == ["2", "1", "1"]
    assert shown["table"]["decisions"] == {"A": {"1": ["closed", ""], "2": ["not_applicable", ""]}}
    assert results(one, read_document(parsed(line(shown)))) == results(one, figures_of(one))


def test_moved_names_who_came_and_who_went() -> None:
    old: list[dict[str, Any]] = [
        {"id": "A", "total": "1", "rank": 1, "criteria": {"K": ["1", "2", "scored"]}},
        {"id": "B", "total": "1", "rank": 1, "criteria": {}},
        {"id": "C", "total": "0", "rank": 3, "criteria": {}},
    ]
    new = [{**old[0], "total": "2", "criteria": {"K": ["2", "2", "scored"]}}, old[2], {**old[1], "id": "D"}]
    assert moved(old, new) == {
        "A": {"total": ["1", "2"], "criteria": {"K": [["1", "2", "scored"], ["2", "2", "scored"]]}},
        "D": {"total": [None, "1"], "rank": [None, 1]},
        "B": {"total": ["1", None], "rank": [1, None]},
    }
