"""A criteria set as the rest of the house sees it: declared, bound, ready to score."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from criteria.declarations.common import Basis, Clause, Evidence
from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Entry, Node
from criteria.expressions.formula import Formula
from criteria.expressions.terms import Term
from criteria.inputs import Input, TableInputs
from criteria.problems import Problem
from criteria.source import Source

TRIAL_STAMP = "điểm thử, chưa được cấp có thẩm quyền quyết định"


@dataclass
class CriteriaSet:
    """A checked set. inputs: columns of the main table; tables: item tables; derived: columns computed from others.

    warnings: findings of check that are no errors, printed with every result.
    """

    declaration: SetDeclaration
    source: Source
    file: str
    sha256: str = ""
    bases: dict[str, Basis] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    tables: dict[str, TableInputs] = field(default_factory=dict)
    derived: dict[str, Term] = field(default_factory=dict)
    table_derived: dict[str, dict[str, Term]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    carried: dict[str, Carried] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    level_choices: list[dict[str, int]] | None = None  # see checks.frames.assignments

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every expression of the set, those of switched off nodes included."""
        return tuple(self.declaration.formulas())

    @property
    def id(self) -> str:
        return str(self.declaration.criteria_set)

    @property
    def title(self) -> str:
        return self.declaration.title or self.id

    @property
    def places(self) -> int:
        """Decimals of a point."""
        return self.declaration.points.places

    @property
    def trial(self) -> bool:
        return self.declaration.status == "trial" or any(n.status == "trial" for n in self.nodes())

    @property
    def stamps(self) -> list[str]:
        """What every print made with this set says."""
        found = [TRIAL_STAMP] if self.trial else []
        return [*found, *(["SỐ LIỆU MINH HỌA"] if self.declaration.illustration else [])]

    @property
    def grade_names(self) -> tuple[str, ...]:
        """Best first."""
        names = [grade.name or grade.otherwise or "" for grade in self.declaration.grades]
        return tuple(dict.fromkeys(name for name in names if name and name != "human"))

    def nodes(self) -> Iterator[Node]:
        """Nodes in force, in document order, parents before their children."""
        for part in self.declaration.parts:
            yield from part.walk()

    def printed_nodes(self) -> list[Node]:
        """Nodes that have one result per candidate: not those inside a node repeated by `over`."""
        found: list[Node] = []

        def visit(node: Node) -> None:
            found.append(node)
            for child in node.parts if node.over is None else ():
                visit(child)

        for part in self.declaration.parts:
            visit(part)
        return found

    def leaves(self) -> list[Node]:
        """The criteria: nodes with a shape, and repeated nodes."""
        return [node for node in self.printed_nodes() if not node.parts or node.over is not None]

    def printed_entries(self) -> list[tuple[str, Entry]]:
        """Entries of less and plus that have an id, with the id of the node they stand on ("" for the root)."""
        found: list[tuple[str, Entry]] = []
        for node in self.printed_nodes():
            found += [(node.id, entry) for entry in node.entries() if entry.id]
        return found + [("", entry) for entry in self.declaration.entries() if entry.id]

    @cached_property
    def sharing(self) -> dict[str, str]:
        """Criteria that may rest on the same documents: the id of the part that lets them, by criterion."""
        found: dict[str, str] = {}
        for part in self.nodes():
            for node in part.walk() if part.shared_evidence else ():
                found.setdefault(node.id, part.id)
        return found

    def node(self, node_id: str) -> Node | None:
        return next((node for node in self.nodes() if node.id == node_id), None)


@dataclass(frozen=True)
class Carried:
    """What a criterion inherits: its clauses, evidence and verifying bodies."""

    clauses: tuple[Clause, ...]
    evidence: tuple[Evidence, ...]
    verified_by: tuple[str, ...]


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
