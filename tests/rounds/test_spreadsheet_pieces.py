"""Single formulas as they read, and what must never stand in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN, MISSING
from criteria.loading import load_text
from records.spreadsheets import formulas
from records.spreadsheets.bounds import compared
from records.spreadsheets.numbers import atom, number
from records.spreadsheets.writing import Unsayable, finished, literal, text
from scoring import score
from scoring.tables import Column, Table

HEAD = """
criteria_set: thu
title: "Bộ thử"
group: c
valid_from: 2025-01-01
bases: [{id: quyet-dinh, document: "Quyết định", number: "1/QĐ", date: 2025-01-01, issuer: "Sở"}]
clause: {basis: quyet-dinh, place: "Điều 3"}
verified_by: so-noi-vu
"""


@dataclass
class Named:
    """Cells called after what they hold; those in `lacking` are not on the sheet."""

    lacking: set[str] = field(default_factory=set)

    def _cell(self, name: str) -> str | None:
        return None if name in self.lacking else name

    def figure(self, name: str) -> str | None:
        return self._cell(name)

    def previous(self, name: str) -> str | None:
        return self._cell(f"{name}_before")

    def judged(self, criterion: str) -> str | None:
        return self._cell(f"{criterion}_given")

    def claim(self, criterion: str) -> str | None:
        return None

    def points(self, node: str) -> str | None:
        return self._cell(f"{node or 'all'}_points")

    def maximum(self, node: str) -> str | None:
        return self._cell(f"{node or 'all'}_max")


def made(body: str) -> CriteriaSet:
    return load_text(HEAD + body)


MEASURES = """
measures:
  done: {label: "Đã làm", unit: việc}
  due: {label: "Phải làm", unit: việc}
  rate: {label: "Tỷ lệ", unit: "%", decimals: 1}
  late: {label: "Chậm", unit: lần}
  good: {label: "Đạt", type: yes_no}
"""


def test_formulas_read_as_the_rule_does() -> None:
    criteria = made(
        MEASURES
        + """
tree:
  - {id: A, text: "a", max: 5.6, linear: {of: done / due, when_zero: not_applicable}}
  - {id: B, text: "b", max: 10, bands: {of: rate, at: [{from: 85%, points: all}, {from: 60%, below: 85%, points: 50%}, {below: 60%, points: 0}]}}
  - {id: C, text: "c", max: 5, count: {of: late, each: 2.5}}
  - {id: D, text: "d", max: 4, full: good}
  - {id: E, text: "e", max: 2, given: {by: so-noi-vu, grid: 0.5}}
"""
    )
    cells = Named()
    assert {node.id: formulas.points_formula(criteria, node.id, cells) for node in criteria.nodes()} == {
        "A": '=IF(OR(done="KAD",due="KAD"),"KAD",IF(COUNT(done,due)<2,"",IF(due=0,"KAD",ROUND(MIN(5.6,ROUND(5.6*done,1)/due),2))))',
        "B": '=IF(rate="KAD","KAD",IF(NOT(ISNUMBER(rate)),"",IF(rate>=85,10,IF(rate>=60,5,0))))',
        "C": '=IF(late="KAD","KAD",IF(NOT(ISNUMBER(late)),"",MIN(5,ROUND(2.5*late,1))))',
        "D": '=IF(good="KAD","KAD",IF(NOT(OR(good="có",good="không")),"",IF(good="có",4,0)))',
        "E": '=IF(E_given="KAD","KAD",IF(NOT(ISNUMBER(E_given)),"",MIN(2,E_given)))',
    }
    assert formulas.maximum_formula(criteria, "A", cells) == '=IF(A_points="KAD",0,5.6)'
    assert formulas.maximum_formula(criteria, "", cells) == "=ROUND(SUM(A_max,B_max,C_max,D_max,E_max),2)"
    assert formulas.open_condition(criteria, "C", cells) == '=C_points=""'
    assert formulas.share_formula("G3", "H3") == '=IF(N(H3)>0,N(G3)/H3,"")'


def test_what_stands_in_a_set_never_becomes_a_formula() -> None:
    """Texts of criteria stay outside; names of levels are texts with doubled quotes."""
    evil = '=HYPERLINK(""http://x"",""y"")&'
    criteria = made(
        """
attributes: {area: {label: "=1+1", levels: ["a\\"&CMD()&\\"", "b"]}}
tree: [{id: A, text: "EVIL", max: 5, levels: {of: area, points: {"a\\"&CMD()&\\"": 5, "b": 0}}}]
""".replace("EVIL", evil.replace('"', "'"))
    )
    said = formulas.points_formula(criteria, "A", Named())
    assert said is not None and "HYPERLINK" not in said and "1+1" not in said
    assert said.count('"a""&CMD()&"""') == 2 and "CMD" not in said.replace('"a""&CMD()&"""', "")


def test_what_cannot_be_said_is_none() -> None:
    criteria = made(
        MEASURES
        + """
tree:
  - {id: A, text: "a", max: 5, full: done > prev(done)}
  - {id: B, text: "b", max: 5, linear: {of: done / pool.max(done)}}
  - {id: C, text: "c", max: 5, full: done > 5}
"""
    )
    assert formulas.points_formula(criteria, "A", Named()) is not None
    assert formulas.points_formula(criteria, "A", Named({"done_before"})) is None
    assert formulas.points_formula(criteria, "B", Named()) is None
    assert formulas.maximum_formula(criteria, "B", Named()) is not None
    assert formulas.points_formula(criteria, "C", Named({"done"})) is None
    assert formulas.points_formula(criteria, "", Named({"done"})) is not None
    assert formulas.points_formula(criteria, "", Named({"B_points"})) is None
    assert formulas.points_formula(criteria, "khong-co", Named()) is None
    assert (
        formulas.open_condition(criteria, "B", Named()) is None
    )  # a pool may be provisional although a number stands there


def test_the_limits_of_excel() -> None:
    assert finished("1" * 8191) == "=" + "1" * 8191
    for body in ("1" * 8192, "ABS(" * 65 + "1" + ")" * 65):
        with pytest.raises(Unsayable):
            finished(body)
    assert finished("ABS(" * 64 + "1" + ")" * 64)
    assert finished('"' + "(" * 100 + '"')
    with pytest.raises(Unsayable):
        text("x" * 256)
    assert literal(Fraction(-1, 8)) == "-0.125" and literal(25 * 10**12) == "25000000000000"
    for value in (Fraction(1, 3), 10**15):
        with pytest.raises(Unsayable):
            literal(value)


def test_numbers_stay_exact() -> None:
    """Decimals are tracked, quotients are one division, comparisons multiply out."""
    a, b = atom("A", 1, bare=True, not_negative=True), atom("B", 0, bare=True, not_negative=True)
    tenth = number(Fraction(1, 10))
    assert (a * tenth + b).text() == "ROUND(0.1*A+B,2)"
    assert (a * number(Fraction(28, 5)) / b).text() == "ROUND(5.6*A,2)/B"
    assert (a / b / number(100)).text() == "A/(100*B)"
    assert (a / b - number(Fraction(1, 3))).text() == "ROUND(3*A-B,1)/(3*B)"
    assert compared(">=", a / b, number(Fraction(17, 20))) == "A>=ROUND(0.85*B,2)"
    assert compared("<", a / number(100), number(Fraction(3, 5))) == "A<60"
    assert compared("=", number(2), number(2)) == "TRUE"


def test_rank_formula() -> None:
    total, key = formulas.Ranked("C2", "$C$2:$C$9"), formulas.Ranked("D2", "$D$2:$D$9")
    pool, chosen = formulas.Ranked("A2", "$A$2:$A$9"), formulas.Ranked("B2", "$B$2:$B$9")
    assert formulas.rank_formula(total) == '=IF(ISNUMBER(C2),1+SUMPRODUCT(ISNUMBER($C$2:$C$9)*(($C$2:$C$9>C2))),"")'
    full = formulas.rank_formula(total, [key], pool, chosen)
    assert full.startswith(
        '=IF(AND(B2="x",ISNUMBER(C2)),1+SUMPRODUCT(($B$2:$B$9="x")*ISNUMBER($C$2:$C$9)*($A$2:$A$9=A2)*('
    )


def test_a_missing_coefficient_earns_nothing_so_far() -> None:
    """The engine once multiplied by what an empty cell is stored as."""
    criteria = made(
        """
attributes: {role: {label: "Vai trò", levels: ["phối hợp", "chủ trì"]}}
measures: {done: {label: "Đã làm"}}
tree: [{id: A, text: "a", max: 10, coefficient: "pick(role, 'phối hợp'=0.5, 'chủ trì'=1)", value: done}]
"""
    )

    def column(values: list[int], absent: list[int]) -> Any:
        return Column(np.array(values), np.array(absent, dtype=np.uint8))

    table = Table(["X1", "X2"], {"role": column([0, 1], [MISSING, KNOWN]), "done": column([8, 8], [KNOWN, KNOWN])})
    result = score(criteria, table)
    assert [result.points("A").at(row) for row in range(2)] == [0, 8]
    assert [c.state for c in (result.candidate(ident).criteria["A"] for ident in result.ids)] == [
        "no_evidence",
        "scored",
    ]
