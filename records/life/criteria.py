"""What is verified: a criterion with the figures that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from criteria.shapes.given import Given
from records.forms.layout import Layout, Line, switched_off

COMMON = "_"  # what only gates, grades and the root's entries read


@dataclass(frozen=True)
class Reviewed:
    """A criterion that somebody verifies.

    figures: lines of the form that belong to it (kinds figure and judged). shared: keys read here that belong to another
    criterion, by that criterion. known: lines taken from an index, a milestone or the roster. tables: item tables it reads.
    panel: the item table of its panel, "" when no panel judges it. leaf: it earns points itself. optional: keys of figures that
    may stay empty.
    """

    id: str
    text: str
    bodies: tuple[str, ...]
    figures: tuple[Line, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    known: tuple[Line, ...] = ()
    tables: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    panel: str = ""
    leaf: bool = True
    optional: frozenset[str] = frozenset()

    def lacking(self, figure: Callable[[str], str]) -> dict[str, str]:
        """Figures it cannot do without and that nobody has given: label by key. figure: what stands under a key."""
        return {key: label for key, label in self.empty(figure).items() if key not in self.optional}

    def empty(self, figure: Callable[[str], str]) -> dict[str, str]:
        """Figures that nobody has given, those it may do without too."""
        return {line.key: line.text for line in self.figures if not figure(line.key)}

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(line.key for line in self.figures)


def reviewed(layout: Layout) -> dict[str, Reviewed]:
    """Every criterion to verify, by id, in document order. owns: item tables the unit fills in that no earlier criterion reads."""
    criteria = layout.criteria
    owner: dict[str, str] = {}
    found: dict[str, Reviewed] = {}
    nodes = {node.id: node for node in criteria.printed_nodes()}
    lines: dict[str, list[Line]] = {}
    for line in layout.lines:
        lines.setdefault(line.node or COMMON, []).append(line)
    taken: set[str] = set()
    for ident, here in lines.items():
        node = nodes.get(ident)
        if node is not None and switched_off(node):
            continue
        leaf = node is not None and (not node.parts or node.over is not None)
        figures = tuple(line for line in here if line.kind in ("figure", "judged"))
        known = tuple(line for line in here if line.kind == "known")
        repeated = [line.key for line in here if line.kind == "repeated"]
        rows_here = leaf or any(
            line.kind == "items" for line in here
        )  # a part reads what its own gates and entries read
        tables = layout.tables_read(node) if node is not None and rows_here else ()
        if not leaf and not (figures or known or repeated or tables):
            continue
        owner.update({line.key: ident for line in (*figures, *known)})
        shape = node.shape if node is not None else None
        own = tuple(name for name in tables if name in layout.item_tables and name not in taken)
        taken.update(own)
        found[ident] = Reviewed(
            ident,
            node.text if node is not None else "Điều kiện chung, điểm cộng, điểm trừ",
            criteria.carried[node.id].verified_by if node is not None else tuple(criteria.declaration.verified_by),
            figures,
            tuple((key, owner[key]) for key in repeated if key in owner and owner[key] != ident),
            known,
            tables,
            own,
            shape.panel or "" if isinstance(shape, Given) else "",
            leaf,
            frozenset(
                line.key for line in figures if line.input is not None and layout.can_do_without(node, line.input.name)
            ),
        )
    return found


def table_owner(found: dict[str, Reviewed], table: str) -> str:
    """The criterion whose verifier looks at the rows of an item table."""
    return next((one.id for one in found.values() if table in one.owns), "")
