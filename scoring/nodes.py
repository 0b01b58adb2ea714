"""Points of nodes: shape or children → rescale → coefficient → rounding → bounds → less → plus → zero → floor, ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, Node
from criteria.exact import KNOWN, Quantity, Truth, greater, lesser, round_to, strongest
from criteria.exact.rounding import round_to_grid
from criteria.exact.truth import choose
from criteria.expressions.formula import Formula
from criteria.shapes.base import Shape
from scoring import states
from scoring.combining import combine
from scoring.entries import score_entries
from scoring.node_result import ZERO, NodeResult, floor_of, held, over_mark, pool_terms, settled, unknown
from scoring.repeated import score_over
from scoring.states import CLOSED, DOES_NOT_APPLY, NEEDS_JUDGEMENT, NOT_ASSESSED, OPEN, SCORED, State

if TYPE_CHECKING:
    from scoring.frame import Frame


class Scorer:
    """Scores the nodes of one frame, each once."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.results: dict[str, NodeResult] = {}
        self.blocks: dict[str, State] = {}
        self.stops: dict[int, State] = {}

    def result(self, node_id: str) -> NodeResult:
        """The result of a node, of an entry with an id, or of the root ("")."""
        if node_id not in self.results:
            index = self.frame.root.outline
            if node_id == "":
                self.results[""] = self._root(self.frame.set.declaration)
            elif node_id in index.nodes:
                self.results[node_id] = self._node(index.nodes[node_id])
            else:
                self.result(index.owners[node_id])  # an entry is scored with the node it stands on
        return self.results[node_id]

    # --- nodes -------------------------------------------------------------------------------------------------

    def _node(self, node: Node) -> NodeResult:
        if node.over is not None:
            return self._blocked(node, score_over(self.frame, node))
        return self._blocked(node, self.once(node))

    def once(self, node: Node) -> NodeResult:
        """The node on this frame, whatever its `when` and its `over` say."""
        mark = self.mark(node)
        earned = self._leaf(node, mark) if not node.parts else self._children(node, node.parts, mark)
        earned = self._scaled(node, earned, node.grid)
        if not node.parts or node.combine.how != "sum":
            earned = self._bounded(node, earned)
        return self._entries(node, earned, node.id)

    def _leaf(self, node: Node, mark: Quantity) -> NodeResult:
        assert node.shape is not None
        earned = node.shape.earned(self.frame, mark)
        state = states.of_absence(earned.points.absent, self.frame.size)
        if earned.waiting is not None:
            state = states.marked(state, earned.waiting, NEEDS_JUDGEMENT, self.frame.size)
        points = settled(earned.points, state)
        state = self._provisional(node.shape, state)
        return NodeResult(points, self._in_force(mark, state), mark, state, earned.code, earned.nothing)

    def _provisional(self, shape: Shape, state: State) -> State:
        """Rows whose points rest on a pool in which somebody has not reported: shown, but open."""
        for term in pool_terms(self.frame, shape):
            rows = term.unsettled(self.frame)
            if rows.any():
                rows = rows if state is None else rows & (state == SCORED)
                state = states.marked(state, rows, OPEN, self.frame.size)
        return state

    def _in_force(self, mark: Quantity, state: State) -> Quantity:
        if state is None or not (state == DOES_NOT_APPLY).any():
            return mark
        return choose(state == DOES_NOT_APPLY, ZERO, mark)

    def mark(self, node: Node) -> Quantity:
        """The full mark: written, or the sum of the children's; 0 for max: none."""
        if node.max is not None:
            return node.max.points(self.frame, ZERO)
        total = ZERO
        for child in node.parts if not node.unbounded else ():
            total = total + (
                self.mark(child) if child.over is None or child.over.take != "sum" else over_mark(self.frame, child)
            )
        return total

    def _children(self, branch: Branch, children: list[Node], mark: Quantity) -> NodeResult:

        return combine(branch, [(child, self.result(child.id)) for child in children], mark, self.frame)

    def _scaled(self, branch: Branch, earned: NodeResult, grid: Formula | None) -> NodeResult:
        """rescale, coefficient, grid and places."""
        points, state, maximum = earned.points, earned.state, earned.maximum
        exact = self.frame.set.declaration.points
        whole_steps = isinstance(branch, Node | SetDeclaration) and bool(branch.parts) and branch.combine.how == "sum"
        if branch.rescale and (maximum.scalar is None or maximum.scalar != earned.mark.scalar):
            scaled = points * earned.mark / maximum
            nothing = np.broadcast_to(np.asarray(maximum.compare(np.less_equal, ZERO)), (self.frame.size,))
            state = states.marked(state, nothing, DOES_NOT_APPLY, self.frame.size)
            points, maximum = scaled.with_absent(None), choose(nothing, ZERO, earned.mark)
            points = choose(nothing, ZERO, points)
            whole_steps = False
        if branch.coefficient is not None:
            points = points * branch.coefficient.number(self.frame)
            whole_steps = False
        if grid is not None:
            points = round_to_grid(points, grid.evaluate(self.frame))
        points, state = self._lacking(branch, points, earned.mark, state)
        if branch.coefficient is not None or grid is not None or branch.ceiling is not None:
            maximum = self._in_force(maximum, state)
        unknown_mark = strongest(maximum.absent, earned.mark.absent)
        maximum = settled(maximum.with_absent(unknown_mark), states.of_absence(unknown_mark, self.frame.size))
        if exact.round_at == "leaf" and not whole_steps:
            points = round_to(points, exact.places, exact.rounding)
        return NodeResult(points, maximum, earned.mark, state, earned.code, earned.nothing)

    def _lacking(self, branch: Branch, points: Quantity, mark: Quantity, state: State) -> tuple[Quantity, State]:
        """0, and the stronger absence, where the node's own coefficient, grid, ceiling or max is absent."""
        ceiling = branch.ceiling.points(self.frame, mark) if branch.ceiling is not None else mark
        absent = strongest(points.absent, strongest(ceiling.absent, mark.absent))
        absence = states.of_absence(absent, self.frame.size)
        if absence is None or not absence.any():
            return points.with_absent(None), state
        return settled(points.with_absent(absent), absence), states.stronger(state, absence)

    def _ceiling(self, branch: Branch, mark: Quantity, otherwise: Quantity) -> Quantity:
        """The ceiling where it is known."""
        assert branch.ceiling is not None
        ceiling = branch.ceiling.points(self.frame, mark)
        if ceiling.absent is None:
            return ceiling
        lacks = np.broadcast_to(np.asarray(ceiling.absent) != KNOWN, (self.frame.size,))
        return choose(lacks, otherwise, ceiling.with_absent(None))

    def _bounded(self, branch: Branch, earned: NodeResult) -> NodeResult:
        """0 … max; a floor below 0 lowers the 0, a ceiling above the max raises it. max: none is bounded by nothing here."""
        if isinstance(branch, Node) and branch.unbounded:
            return earned
        most = earned.mark
        if branch.ceiling is not None:  # a ceiling above the max raises the bound
            most = greater(most, self._ceiling(branch, earned.mark, most))
        points = lesser(earned.points, most.with_absent(None))
        if branch.floor != "none":
            points = greater(points, lesser(floor_of(branch), ZERO) if branch.floor is not None else ZERO)
        return NodeResult(points, earned.maximum, earned.mark, earned.state, earned.code, earned.nothing)

    def _entries(self, branch: Branch, earned: NodeResult, node_id: str) -> NodeResult:
        """less, plus, zero, floor and ceiling."""

        points, state, lost, gained = earned.points, earned.state, None, None
        if branch.less is not None or branch.plus is not None:
            points, state, lost, gained = score_entries(self, branch, earned, node_id)
        for control in branch.zero:
            truth = held(control.need, self.frame)
            fails = np.broadcast_to(truth.fails(), (self.frame.size,))
            if state is not None:
                fails = fails & (state != DOES_NOT_APPLY)
            points = choose(fails, ZERO, points)
            state = states.marked(state, fails, SCORED, self.frame.size) if state is not None else None
            unclear = unknown(truth, self.frame.size) & ~fails
            if unclear.any():
                state = states.marked(
                    state, unclear & (state == SCORED) if state is not None else unclear, OPEN, self.frame.size
                )
        if branch.floor != "none":
            points = greater(points, floor_of(branch))
        if branch.ceiling is not None:
            points = lesser(points, self._ceiling(branch, earned.mark, points))
        if state is not None:
            points = choose(state == DOES_NOT_APPLY, ZERO, points)
        return NodeResult(
            points.narrow(),
            earned.maximum,
            earned.mark,
            state,
            earned.code,
            earned.nothing,
            earned.points,
            lost,
            gained,
        )

    # --- what stands above -------------------------------------------------------------------------------------

    def block(self, node_id: str) -> State:
        """The state forced on everything inside a node by its `when` and its ancestors'."""
        if node_id not in self.blocks:
            index = self.frame.root.outline
            forced, own = self._forced(node_id)
            node = index.nodes.get(node_id)
            if node is not None and node.when is not None and node.when.else_ != "exclude" and own is not None:
                outside = np.broadcast_to(own.fails(), (self.frame.size,))
                decided = self.frame.decision(node_id)
                outside = outside if decided is None else outside & (decided == SCORED)
                forced = self._within(forced, states.marked(None, outside, DOES_NOT_APPLY, self.frame.size))
            self.blocks[node_id] = forced
        return self.blocks[node_id]

    def _forced(self, node_id: str) -> tuple[State, Truth | None]:
        """The state forced on the node itself, and the truth of its own `when`.

        Of one node: that it does not apply (decision or `when`), then another decision, then a `when` that is unknown.
        """
        index = self.frame.root.outline
        if node_id == "":
            return None, None
        node = index.nodes[node_id]
        here: State = self.frame.decision(node_id)
        truth = None
        if node.when is not None and (node.over is None or self.frame.repeating == node.id):
            truth = held(node.when.need, self.frame)
            own = states.of_absence(truth.absent, self.frame.size)
            if node.when.else_ == "exclude":
                own = states.marked(
                    own, np.broadcast_to(truth.fails(), (self.frame.size,)), DOES_NOT_APPLY, self.frame.size
                )
            here = own if here is None else here if own is None else self._decided(here, own)
        return self._within(self.block(index.parents[node_id]), here), truth

    def applies(self, node_id: str) -> Truth | None:
        """The truth of a node's own `when`."""
        return self._forced(node_id)[1]

    def stands(self, node_id: str) -> tuple[Any, Any]:
        """Bool per row: where a stop of the node stands, whether its need holds or not; where that is not yet known."""
        forced = self._forced(node_id)[0]
        out = self._left_out(node_id)
        if forced is None:
            return ~out, np.zeros(self.frame.size, dtype=bool)
        return ((forced == SCORED) | (forced == CLOSED)) & ~out, np.asarray(states.waiting(forced)) & ~out

    def doubtful(self, node_id: str) -> Any:
        """Bool per row: where it is not known yet whether the node applies: its `when` is unknown, people have not concluded."""
        forced = self._forced(node_id)[0]
        return np.zeros(self.frame.size, dtype=bool) if forced is None else np.asarray(states.waiting(forced))

    def _left_out(self, node_id: str) -> Any:
        """Bool per row: by a decision or a `when`, of the node or of each of its children, the node does not apply."""
        if node_id == "":
            return np.zeros(self.frame.size, dtype=bool)
        forced = self._forced(node_id)[0]
        out = np.zeros(self.frame.size, dtype=bool) if forced is None else forced == DOES_NOT_APPLY
        node = self.frame.root.outline.nodes[node_id]
        if node.parts and node.over is None:
            out = out | np.logical_and.reduce([self._left_out(child.id) for child in node.parts])
        return out

    def _decided(self, decided: State, own: State) -> State:
        return np.where(own == DOES_NOT_APPLY, own, self._merge(decided, own))

    def _within(self, outer: State, inner: State) -> State:
        """The state forced from above, or the node's own; a node surely left out waits for nothing above it."""
        if outer is None or inner is None:
            return self._merge(outer, inner)
        return np.where(states.waiting(outer) & (inner == DOES_NOT_APPLY), inner, self._merge(outer, inner))

    def _merge(self, outer: State, inner: State) -> State:
        if outer is None:
            return inner
        return outer if inner is None else np.where(outer != SCORED, outer, inner)

    def stopped(self, last: int) -> State:
        """NOT_ASSESSED where a stop standing at or before place `last` in document order fails."""
        index = self.frame.root.outline
        before = [(index.at(place), control) for place, control in index.stops if place <= last]
        if len(before) not in self.stops:
            state: State = None
            for node_id, control in before:
                fails = np.broadcast_to(held(control.need, self.frame).fails(), (self.frame.size,))
                if node_id:
                    fails = fails & self.stands(node_id)[0]
                state = states.marked(state, fails, NOT_ASSESSED, self.frame.size)
            self.stops[len(before)] = state
        return self.stops[len(before)]

    def entries_stopped(self, node_id: str) -> State:
        """The same for the entries of a node, which come after everything below it."""
        index = self.frame.root.outline
        return self.stopped(index.ends[node_id])

    def _blocked(self, node: Node, result: NodeResult) -> NodeResult:
        forced, own = self._forced(node.id)
        if node.when is not None and node.when.else_ != "exclude" and own is not None:
            fails = np.broadcast_to(own.fails(), (self.frame.size,))
            points = choose(fails, result.mark if node.when.else_ == "full" else ZERO, result.points)
            state = states.marked(result.state, fails, SCORED, self.frame.size) if result.state is not None else None
            maximum = choose(fails, result.mark, result.maximum)
            result = NodeResult(points, maximum, result.mark, state, result.code, result.nothing)
        if forced is not None and forced.any():
            out = forced != SCORED
            state = np.where(out, forced, result.state if result.state is not None else np.uint8(SCORED))
            mark = settled(result.mark, states.of_absence(result.mark.absent, self.frame.size))
            maximum = choose(out, choose(forced == DOES_NOT_APPLY, ZERO, mark), result.maximum)
            nothing = None if result.nothing is None else result.nothing & ~out
            result = NodeResult(choose(out, ZERO, result.points), maximum, result.mark, state, result.code, nothing)
        return self._cut(result, self.stopped(self.frame.root.outline.order[node.id]))

    def _cut(self, result: NodeResult, stopped: State) -> NodeResult:
        """0 points where a stop has ended the assessment; the maximum in force stays what it was."""
        if stopped is None or not stopped.any():
            return result
        rows = stopped != SCORED
        state = np.where(rows, stopped, result.state if result.state is not None else np.uint8(SCORED))
        return NodeResult(
            choose(rows, ZERO, result.points), result.maximum, result.mark, state, result.code, result.nothing
        )

    # --- the root ----------------------------------------------------------------------------------------------

    def _root(self, declared: SetDeclaration) -> NodeResult:
        mark = ZERO
        for part in declared.parts:
            mark = mark + (
                over_mark(self.frame, part) if part.over is not None and part.over.take == "sum" else self.mark(part)
            )
        if declared.points.max is not None and declared.combine.how != "sum":
            mark = declared.points.max.number(self.frame)
        if declared.parts:
            earned = self._children(declared, declared.parts, mark)
        else:
            earned = NodeResult(ZERO, ZERO, ZERO)
        earned = self._scaled(declared, earned, None)
        if declared.combine.how != "sum":
            earned = self._bounded(declared, earned)
        result = self._entries(declared, earned, "")
        exact = declared.points
        if exact.round_at == "total":
            rounded = round_to(result.points, exact.places, exact.rounding)
            result = NodeResult(rounded, result.maximum, result.mark, result.state)
        return self._cut(result, self.stopped(0))
