"""Places, shares and what ranks go by, as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from criteria.expressions.formula import Formula
from records.spreadsheets.bounds import denoised
from records.spreadsheets.cells import Sheet
from records.spreadsheets.expressions import quantity
from records.spreadsheets.numbers import atom
from records.spreadsheets.rounding import rounded
from records.spreadsheets.writing import EMPTY, finished


@dataclass(frozen=True)
class Ranked:
    """One column of a ranking: the cell of this row and the whole column ($D$5:$D$30)."""

    cell: str
    column: str


def rank_formula(
    by: Ranked, then: Sequence[Ranked] = (), pool: Ranked | None = None, eligible: Ranked | None = None
) -> str:
    """The place: 1 + how many of the pool are better; equal rows share it (1, 1, 3). Empty for a row that is not ranked.

    by, then: numbers, larger first; who lacks `by` has no place, who lacks a later one (text or empty) comes last. eligible: "x" in the
    rows that may have a place. pool: the same text or number in all rows of a pool.
    """
    mine, kept = f"ISNUMBER({by.cell})", f"ISNUMBER({by.column})"
    if eligible is not None:
        mine, kept = f'AND({eligible.cell}="x",{mine})', f'({eligible.column}="x")*{kept}'
    if pool is not None:
        kept = f"{kept}*({pool.column}={pool.cell})"
    better = f"({by.column}>{by.cell})"
    equal = f"({by.column}={by.cell})"
    for key in then:
        has = f"ISNUMBER({key.column})"
        above = f"{has}*((({key.column}>{key.cell})+(1-ISNUMBER({key.cell})))>0)"
        same = f"({has}*({key.column}={key.cell})+(1-{has})*(1-ISNUMBER({key.cell})))"
        better, equal = f"{better}+{equal}*{above}", f"{equal}*{same}"
    return finished(f"IF({mine},1+SUMPRODUCT({kept}*({better})),{EMPTY})")


def share_formula(points: str, maximum: str, places: int | None = None) -> str:
    """Points over the maximum in force; empty where nothing is in force. points, maximum: cells. places: decimals, half up."""
    share = atom(f"N({points})/{maximum}", None)
    made = share if places is None else rounded(share, places, "half_up")
    return finished(f"IF(N({maximum})>0,{made.text()},{EMPTY})")


def key_text(sheet: Sheet, formula: Formula) -> str:
    """A number, a day or a level by which candidates are ranked: larger is better; empty where it is absent."""
    found = quantity(formula, sheet)
    return found.absence.layers(denoised(found.number), nothing=EMPTY)
