"""Pending criteria drawn on random sets, every outcome of them by the oracle, and intervals by the engine."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scoring import states
from scoring.analysis.outcomes import LACKING, Outcomes, Pending, Stakes, Tables
from scoring.result import Result
from scoring.tables import Decision
from tests.support.agreement import engine, expected

Pair = tuple[str, str]  # candidate, node


@dataclass
class Drawn:
    """A case with pairs that are pending. end_of: states of a pair that goes against."""

    case: Any
    pairs: list[Pair]
    result: Result
    stakes: Stakes
    decisions: dict[str, dict[str, str]] = field(default_factory=dict)

    def oracle(self, said: dict[Pair, str]) -> dict[str, dict[str, Any]]:
        """An outcome by the oracle. said: by pair `for`, `against` or `waits`."""
        decisions = {node: dict(of) for node, of in self.decisions.items()}
        for (candidate, node), word in said.items():
            if word != "for":
                decisions.setdefault(node, {})[candidate] = "closed" if word == "against" else "not_verified"
        return expected(replace(self.case, decisions=decisions))


def draw(case: Any, data: Any, most: int = 4) -> Drawn | None:
    """Up to `most` pairs made pending; None when nothing can be. Pairs of which nothing follows from the figures are left out."""
    from hypothesis import strategies as st

    result = engine(case)
    leaves = [node.id for node in result.set.leaves()]
    everything = [(candidate, leaf) for candidate in result.ids for leaf in leaves]
    pairs = data.draw(st.lists(st.sampled_from(everything), min_size=1, max_size=most, unique=True))
    decisions = {
        node: {who: said for who, said in of.items() if (who, node) not in pairs} for node, of in case.decisions.items()
    }
    pairs = [pair for pair in pairs if not _lacks(engine(replace(case, decisions=decisions)), pair)]
    if not pairs:
        return None
    decisions = {
        node: {who: said for who, said in of.items() if (who, node) not in pairs} for node, of in case.decisions.items()
    }
    stakes = stakes_of(replace(case, decisions=decisions), pairs)
    return Drawn(case, pairs, result, stakes, decisions) if not Outcomes(stakes).granted else None


def _lacks(result: Result, pair: Pair) -> bool:
    state = result.state(pair[1])
    return state is not None and int(state[result.rows[pair[0]]]) in LACKING


def stakes_of(case: Any, pairs: list[Pair]) -> Stakes:
    """The stakes of a case: claimed as its decisions say, closed and waiting where something is pending."""
    result = engine(case)
    root = result.root
    size = result.size
    pending = []
    tables = {"not_verified": root.table, "closed": root.table}
    for node in dict.fromkeys(node for _, node in pairs):
        rows = np.zeros(size, dtype=bool)
        rows[[result.rows[who] for who, other in pairs if other == node]] = True
        pending.append(Pending(node, rows, node))
        for word, table in tables.items():
            before = table.decisions.get(node)
            state = before.state if before is not None else np.zeros(size, dtype=np.uint8)
            said = Decision(np.where(rows, np.uint8(states.NAMES.index(word)), state))
            tables[word] = replace(table, decisions={**table.decisions, node: said})
    previous = root.before
    items = dict(root.item_tables)
    return Stakes(
        result.set,
        Tables(tables["not_verified"], items),
        Tables(root.table, items),
        Tables(tables["closed"], items),
        tuple(pending),
        previous.table if previous is not None else None,
        dict(previous.item_tables) if previous is not None else {},
        case.period or "",
        None,
        case.closed,
    )


@dataclass
class Span:
    """What brute force found of one candidate: smallest and largest order of place and grade, each as it is shown."""

    places: list[int | None] = field(default_factory=list)
    grades: list[str | None] = field(default_factory=list)

    @property
    def ranks(self) -> tuple[int | None, int | None]:
        order = sorted(self.places, key=lambda place: place if place is not None else 10**9)
        return order[0], order[-1]

    def ends(self, names: tuple[str, ...]) -> tuple[str | None, str | None]:
        order = sorted(self.grades, key=lambda grade: names.index(grade) if grade is not None else 10**9)
        return order[0], order[-1]


def brute(drawn: Drawn) -> tuple[dict[str, Span], dict[str, Span]]:
    """Every outcome by the oracle: of everything, and of one's own alone, the others as now."""
    ids = drawn.result.ids
    whole, own = {one: Span() for one in ids}, {one: Span() for one in ids}

    def look(spans: dict[str, Span], said: dict[Pair, str], who: list[str]) -> None:
        found = drawn.oracle(said)
        for one in who:
            spans[one].places.append(found[one]["rank"])
            spans[one].grades.append(found[one]["grade"])

    for words in itertools.product(("for", "against"), repeat=len(drawn.pairs)):
        look(whole, dict(zip(drawn.pairs, words, strict=True)), ids)
    for candidate in ids:
        mine = [pair for pair in drawn.pairs if pair[0] == candidate]
        rest = {pair: "waits" for pair in drawn.pairs if pair[0] != candidate}
        for words in itertools.product(("for", "against"), repeat=len(mine)):
            look(own, {**rest, **dict(zip(mine, words, strict=True))}, [candidate])
    return whole, own
