"""What the engine gives the candidates of a set before anybody fills anything in: the values cached in their forms."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from criteria.exact import KNOWN
from records.forms.issuing.content import Starting
from scoring import states
from scoring.engine import score

if TYPE_CHECKING:
    from records.assembly import Assembled
    from scoring.result import Result


def starting_scores(made: Assembled) -> dict[str, Starting]:
    """By candidate. made: the tables of the round without what was handed in."""
    result = score(
        made.criteria,
        made.table,
        made.items,
        made.previous,
        previous_items=made.previous_items or None,
        period=None if made.window.occasion else made.window.period,
    )
    nodes = ["", *(node_id for node_id, kind in result.printed if kind in ("part", "leaf"))]
    found = {node: result.root.result(node) for node in nodes}
    starting = {}
    for row, candidate in enumerate(result.ids):
        state = {n: states.NAMES[int(r.state[row])] if r.state is not None else "scored" for n, r in found.items()}
        starting[candidate] = Starting(
            {n: r.mark.at(row) or Fraction(0) for n, r in found.items()},
            {n: (r.points.at(row) if _shown(result, n, state) else None) for n, r in found.items()},
            {n: r.maximum.at(row) or Fraction(0) for n, r in found.items()},
            state,
        )
    return starting


def _shown(result: Result, node: str, state: Mapping[str, str]) -> bool:
    """Whether the points of a node are known, or those so far of a part in which something is known."""
    if state[node] == "scored":
        return True
    if state[node] == "not_applicable":
        return False
    found = result.set.node(node) if node else None
    children = result.set.declaration.parts if found is None and not node else found.parts if found is not None else []
    return any(_shown(result, child.id, state) for child in children if child.id in state)


def previous_figures(made: Assembled) -> dict[str, dict[str, Fraction]]:
    """Known numbers of the round a year earlier, by candidate and measure, as they are typed (87,25 for 87,25 %)."""
    if made.previous is None:
        return {}
    found: dict[str, dict[str, Fraction]] = {}
    for name, column in made.previous.columns.items():
        declared = made.criteria.inputs[name]
        if declared.kind.name != "number":
            continue
        for row, candidate in enumerate(made.previous.ids):
            if column.absent is None or int(column.absent[row]) == KNOWN:
                value = Fraction(int(column.values[row]), 10**declared.decimals)
                found.setdefault(candidate, {})[name] = value
    return found
