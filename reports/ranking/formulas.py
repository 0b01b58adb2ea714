"""How a part, a total and a rank are worked out in Excel, and the same in exact numbers to hold them against.

A formula goes into the workbook only where the exact reading of it gives what the engine gave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Branch, Node
from criteria.exact import constant, round_to, show_decimal
from criteria.exact.rounding import MODES

_CELL = re.compile(r"(.*?)(\$?[A-Z]+)(\$?[0-9]+)")
NOISE = 10  # decimals kept before rounding: binary noise is far below, a true difference far above


@dataclass(frozen=True)
class Child:
    """A child as the workbook shows it: its cells, and what stands in them. points 0 where a word stands."""

    points_cell: str
    maximum_cell: str
    points: Fraction
    maximum: Fraction
    mark: Fraction
    weight: Fraction | None = None


@dataclass(frozen=True)
class Step:
    """A branch of the tree for one candidate. mark: its full mark. extra_cell, extra: gains and losses beside the children."""

    criteria: CriteriaSet
    branch: Branch
    children: Sequence[Child]
    mark: Fraction
    extra_cell: str = ""
    extra: Fraction = Fraction(0)

    @property
    def summed(self) -> bool:
        return self.branch.combine.how == "sum"

    @property
    def rounded(self) -> bool:
        """Whether the branch rounds: a plain sum of rounded points does not."""
        at = self.criteria.declaration.points.round_at
        if at == "leaf":
            return not self.summed or self.branch.rescale
        return at == "total" and not isinstance(self.branch, Node)

    @property
    def kept(self) -> int:
        """Decimals of a branch that does not round."""
        return self.criteria.places if self.criteria.declaration.points.round_at == "leaf" else NOISE

    @property
    def sayable(self) -> bool:
        """Whether this page has words for the branch at all."""
        node = self.branch
        if not self.children or node.coefficient is not None or node.combine.how not in _POINTS:
            return False
        if isinstance(node, Node) and (node.grid is not None or node.over is not None or node.unbounded):
            return False
        return (node.ceiling is None and node.floor is None and not node.zero) or bool(self.extra_cell)


def points_formula(step: Step) -> str | None:
    """The formula of the points of a branch, None where there is none. Without the sign "="."""
    if not step.sayable:
        return None
    text = _POINTS[step.branch.combine.how](step)
    if step.branch.rescale:
        maxima = plus([child.maximum_cell for child in step.children])
        whole = maxima if step.summed else f"IF({maxima}>0,{literal(step.mark)},0)"
        text = f"{text}*{literal(step.mark)}/{whole}"
        text = f"IF({whole}>0,{_rounded(step, text)},0)"
    else:
        text = _rounded(step, text)
    if not step.summed:
        text = f"MAX(0,MIN({literal(step.mark)},{text}))"
    return f"{text}+{step.extra_cell}" if step.extra_cell else text


def maximum_formula(step: Step) -> str | None:
    """The formula of the maximum in force of a branch."""
    if not step.sayable:
        return None
    cells = [child.maximum_cell for child in step.children]
    if step.summed and not step.branch.rescale:
        return f"ROUND({plus(cells)},{step.kept})"
    return f"IF({plus(cells)}>0,{literal(step.mark)},0)"


def points_value(step: Step) -> Fraction | None:
    """What the formula gives, exactly."""
    if not step.sayable:
        return None
    children, how = step.children, step.branch.combine.how
    here = [child for child in children if child.maximum > 0]
    value = Fraction(0)
    if how in ("sum", "one_of"):
        value = sum((child.points for child in children), Fraction(0))
    elif how == "mean":
        value = sum((child.points for child in children), Fraction(0)) / max(len(here), 1)
    elif how in ("best", "any_of"):
        value = max(child.points for child in children)
        if how == "any_of" and sum(_is_full(child) for child in children) >= step.branch.combine.least:
            value = step.mark
    elif how == "weighted":
        weights = sum((child.weight or Fraction(0) for child in here), Fraction(0))
        earned = sum(((child.weight or 0) * child.points / child.maximum for child in here), Fraction(0))
        value = step.mark * earned / weights if weights else Fraction(0)
    if step.branch.rescale:
        whole = _whole(step) if step.summed else step.mark if _whole(step) > 0 else Fraction(0)
        value = value * step.mark / whole if whole else Fraction(0)
    if step.rounded:
        points = step.criteria.declaration.points
        value = round_to(constant(value), points.places, points.rounding).at(0) or Fraction(0)
    if not step.summed:
        value = max(Fraction(0), min(step.mark, value))
    return value + step.extra


def maximum_value(step: Step) -> Fraction | None:
    """What the formula of the maximum gives, exactly."""
    if not step.sayable:
        return None
    whole = _whole(step)
    if step.summed and not step.branch.rescale:
        return whole
    return step.mark if whole > 0 else Fraction(0)


def share_formula(points: str, maximum: str, places: int) -> str:
    """points / maximum in force, rounded to the places that are printed."""
    return f'IF({maximum}>0,ROUND(ROUND({points}/{maximum},{places + 8}),{places}),"")'


def rank_formula(ranked: str, pool: str, keys: Sequence[tuple[str, str]]) -> str:
    """The place among the ranked of the pool: one more than those who are ahead on the first key that differs.

    ranked: the cell that says 1 for who is ranked. pool: those cells of the whole pool. keys: (own cell, cells of the pool).
    """
    ahead = []
    for place, (own, cells) in enumerate(keys):
        equal = "".join(f"*({others}={mine})" for mine, others in keys[:place])
        ahead.append(f"SUMPRODUCT(({pool}=1){equal}*({cells}>{own}))")
    return f'IF({ranked}=1,1+{"+".join(ahead)},"")'


def plus(cells: Sequence[str]) -> str:
    """SUM of cells, neighbours as one range; words in cells count as nothing."""
    return f"SUM({','.join(_ranges(cells))})"


def literal(value: Fraction) -> str:
    """An exact number in a formula."""
    for places in range(13):
        if (value * 10**places).denominator == 1:
            return show_decimal(value, places)
    return f"({value.numerator}/{value.denominator})"


def _sum(step: Step) -> str:
    return plus([child.points_cell for child in step.children])


def _mean(step: Step) -> str:
    count = "+".join(f"({child.maximum_cell}>0)" for child in step.children)
    return f"{_sum(step)}/MAX(1,{count})"


def _best(step: Step) -> str:
    return f"MAX({','.join(_ranges([child.points_cell for child in step.children]))})"


def _any_of(step: Step) -> str:
    full = "+".join(f"(N({child.points_cell})>={literal(child.mark)})" for child in step.children if child.mark > 0)
    return f"IF({full or '0'}>={step.branch.combine.least},{literal(step.mark)},{_best(step)})"


def _weighted(step: Step) -> str:
    earned = "+".join(
        f"IF({c.maximum_cell}>0,{literal(c.weight or Fraction(0))}*N({c.points_cell})/{c.maximum_cell},0)"
        for c in step.children
    )
    weights = "+".join(f"({c.maximum_cell}>0)*{literal(c.weight or Fraction(0))}" for c in step.children)
    return f"IF({weights}>0,{literal(step.mark)}*({earned})/({weights}),0)"


def _whole(step: Step) -> Fraction:
    return sum((child.maximum for child in step.children), Fraction(0))


def _is_full(child: Child) -> bool:
    return child.mark > 0 and child.points >= child.mark


_POINTS = {"sum": _sum, "one_of": _sum, "mean": _mean, "best": _best, "any_of": _any_of, "weighted": _weighted}


def _rounded(step: Step, text: str) -> str:
    """By the rule of the set, after what binary numbers add of their own is taken off."""
    points = step.criteria.declaration.points
    assert points.rounding in MODES
    if not step.rounded:
        return f"ROUND({text},{step.kept})"
    clean = f"ROUND({text},{NOISE})"
    if points.rounding == "half_up":
        return f"ROUND({clean},{points.places})"
    if points.rounding == "half_even":
        even = f"ROUND(MOD({text}*{10**points.places},2),6)=0.5"
        return f"IF({even},ROUNDDOWN({clean},{points.places}),ROUND({clean},{points.places}))"
    return f"ROUND{points.rounding.upper()}({clean},{points.places})"


def _ranges(cells: Sequence[str]) -> list[str]:
    """Neighbouring cells of a row as ranges: D9, E9, F9, H9 → D9:F9, H9."""
    found: list[list[str]] = []
    for cell in cells:
        if found and _follows(found[-1][-1], cell):
            found[-1].append(cell)
        else:
            found.append([cell])
    return [each[0] if len(each) == 1 else f"{each[0]}:{each[-1].rpartition('!')[2]}" for each in found]


def _follows(left: str, right: str) -> bool:
    one, two = _CELL.fullmatch(left), _CELL.fullmatch(right)
    assert one is not None and two is not None
    return one[1] == two[1] and one[3] == two[3] and _number(two[2]) == _number(one[2]) + 1


def _number(letters: str) -> int:
    number = 0
    for letter in letters.lstrip("$"):
        number = 26 * number + ord(letter) - 64
    return number
