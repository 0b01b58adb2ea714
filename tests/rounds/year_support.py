"""Frozen results and rosters made up for tests of occasions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from criteria.declarations.movement import Movement
from criteria.movements.reading import MOVEMENT as MOVEMENT_FILE
from criteria.movements.reading import read_movement
from records.ledger.entries import Entry, gather
from records.roster.roster import Body, Roster
from records.rounds import read_window
from records.years.combined import CombinedRow, CombinedSet
from records.years.combining import combine_occasion
from records.years.frozen import FrozenResult, FrozenRow
from tests.rounds.support import MOVEMENT

GRADES = ("Xuất sắc, tiêu biểu", "Đạt tiêu chuẩn thi đua", "Chưa đạt")
SO_KET = "so-ket-2027"
YEARS = ("2025", "2026", "2027-h1")
OFFICE = {"kind": "sở/ban/ngành"}


def movement(**changes: Any) -> Movement:
    """The catalogue's own, changed. rule: keys of the rule of group a at so-ket-2027; others: keys of the movement."""
    made, _ = read_movement(MOVEMENT / MOVEMENT_FILE)
    assert made is not None
    rule = changes.pop("rule", {})
    occasions = [
        one.model_copy(
            update={"combine": [c.model_copy(update=rule) if c.group == "a" else c for c in one.combine]}
            if one.id == SO_KET
            else {}
        )
        for one in made.occasions
    ]
    return made.model_copy(update={"occasions": occasions, **changes})


def roster(of: Movement, bodies: Mapping[str, Mapping[str, str]]) -> Roster:
    """Bodies by id; from_ stands for from. A name of several days: "Sở Một|2026-07-01 Sở Hai"."""
    kinds = {kind.name: kind for kind in of.body_kinds}
    found = {}
    for ident, fields in bodies.items():
        entries = []
        for name, value in {**OFFICE, "name": f"Sở {ident}", **fields}.items():
            for part in value.split("|") if name == "name" else [value]:
                day = date.fromisoformat(part[:10]) if part[:2] == "20" and name == "name" else None
                entries.append(Entry(f"body:{ident}", name.rstrip("_"), part[11:] if day else part, day))
        facts = gather(entries)[f"body:{ident}"]
        found[ident] = Body(ident, facts, kinds.get(facts.value("kind")))
    return Roster(of, found)


def result(period: str, shares: Mapping[str, Any], *, group: str = "a", **named: Any) -> FrozenResult:
    """One period. shares: percent by candidate, or (total, maximum), or a row of keys."""
    made, _ = read_movement(MOVEMENT / MOVEMENT_FILE)
    assert made is not None
    window = read_window(made, period)
    assert window is not None
    rows = [_row(ident, value) for ident, value in shares.items()]
    given = {"set_id": f"tb-{group}", "version": 1, "receipt": f"sha-{period}", "grades": GRADES, **named}
    return FrozenResult(period, group, places=2, rows=rows, first=window.first, last=window.last, **given)


def _row(ident: str, value: Any) -> FrozenRow:
    given = dict(value) if isinstance(value, dict) else {"of": value}
    of = given.pop("of")
    total, maximum = of if isinstance(of, tuple) else (of, 100)
    total, maximum = Fraction(str(total)), Fraction(str(maximum))
    share = total / maximum if maximum else None
    level = 0 if share is not None and share >= Fraction(9, 10) else 1 if share and share >= Fraction(6, 10) else 2
    row = {"name": f"Sở {ident}", "pool": "", "grade": GRADES[level], "grade_level": level, **given}
    return FrozenRow(ident, total=total, maximum=maximum, share=share, **row)


def combined(of: Movement, who: Roster, results: Sequence[FrozenResult]) -> CombinedSet:
    """The one list of group a at so-ket-2027."""
    found, problems = combine_occasion(of, SO_KET, who, results, ("a",))
    assert [problem.message for problem in problems if problem.severity == "error"] == []
    assert len(found) == 1
    return found[0]


def row_of(made: CombinedSet, ident: str) -> CombinedRow:
    return next(row for row in made.rows if row.candidate == ident)


def places(made: CombinedSet) -> dict[str, tuple[str | None, int | None]]:
    """Combined figure and rank by candidate."""
    return {
        row.candidate: (str(row.combined.value) if row.combined.value is not None else None, row.combined.rank)
        for row in made.rows
    }
