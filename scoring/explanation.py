"""Why: one criterion of one candidate in sentences an official can read aloud.

The sentences come from the same objects that computed the points, on the candidate's own row, when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from criteria.declarations.criteria_set import SetDeclaration
from criteria.declarations.node import Branch, Entry, EntryGroup, Node
from criteria.exact import Quantity, constant, round_to, show_decimal, show_vietnamese
from criteria.expressions.terms import Measured, Term
from criteria.shapes.base import Shape
from scoring import states
from scoring.node_result import NodeResult
from scoring.placing import grade_lines, rank_lines
from scoring.repeated import each_row
from scoring.result import Result
from scoring.settled import settled_lines

_COMBINED = {
    "sum": "Cộng các tiêu chí con",
    "mean": "Trung bình các tiêu chí con",
    "weighted": "Gộp theo hệ số",
    "best": "Lấy mức cao nhất",
    "one_of": "Lấy phương án áp dụng",
    "any_of": "Đạt đủ số tiêu chí con thì trọn điểm, không thì lấy mức cao nhất",
    "product": "Nhân các tiêu chí con",
}


@dataclass
class Explanation:
    """The reasons for one criterion, or for a candidate's whole result (id "").

    lines: (heading, sentence) in reading order. points, maximum: exact; state: a code of scoring.states.
    """

    id: str
    text: str
    points: Fraction
    maximum: Fraction
    state: str
    places: int = 2
    lines: list[tuple[str, str]] = field(default_factory=list)
    children: list[Explanation] = field(default_factory=list)

    def sentences(self, depth: int = 0) -> Iterator[str]:
        """Printable lines, indented by depth."""
        margin = "  " * depth
        yield f"{margin}{f'{self.id}. ' if self.id else ''}{self.text}"
        for heading, sentence in self.lines:
            yield f"{margin}  {heading}: {sentence}"
        for child in self.children:
            yield from child.sentences(depth + 1)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: numbers are decimal strings."""
        points, maximum = (show_decimal(value, self.places) for value in (self.points, self.maximum))
        return {
            "id": self.id,
            "text": self.text,
            "points": points,
            "maximum": maximum,
            "state": self.state,
            "lines": [{"heading": heading, "sentence": sentence} for heading, sentence in self.lines],
            "children": [c.as_dict() for c in self.children],
        }

    def __str__(self) -> str:
        return "\n".join(self.sentences())


def explain(result: Result, candidate: str, criterion: str = "") -> Explanation:
    """The reasons for a criterion, an entry that has an id, or ("") the whole result of a candidate.

    Raises KeyError when there is no such candidate or criterion.
    """
    row = result.rows[candidate]
    speaker = _Speaker(result, row)
    if criterion == "":
        return speaker.whole()
    node = result.set.node(criterion)
    if node is not None and any(each.id == criterion for each in result.set.printed_nodes()):
        return speaker.node(node)
    for owner, entry in result.set.printed_entries():
        if entry.id == criterion:
            return speaker.entry(result.set.node(owner) if owner else None, entry)
    raise KeyError(criterion)


class _Speaker:
    """Speaks of one row of a result."""

    def __init__(self, result: Result, row: int) -> None:
        self.result, self.row, self.set = result, row, result.set
        self.frame: Any = result.root.row(row)
        self.places = result.set.places

    def points(self, value: Fraction | None) -> str:
        return show_vietnamese(value or Fraction(0), self.places)

    def whole(self) -> Explanation:
        candidate = self.result.at(self.row)
        name = f"{candidate.id} — {candidate.name}" if candidate.name else candidate.id
        lines = [("Bộ tiêu chí", self.set.title)]
        lines += [("Lưu ý", stamp) for stamp in self.result.stamps]
        share = f", đạt {show_vietnamese(candidate.share * 100, 2)} %" if candidate.share is not None else ""
        word = "Tổng điểm tạm tính" if candidate.provisional else "Tổng điểm"
        lines.append(
            (word, f"{self.points(candidate.total)} trên {self.points(candidate.maximum)} điểm đang áp dụng{share}")
        )
        if self.set.declaration.rescale and self._reduced(self.set.declaration.parts):
            lines.append(
                ("Quy đổi", "tiêu chí không áp dụng được bỏ ra, điểm quy đổi lại theo điểm tối đa của bộ tiêu chí")
            )
        lines += self._root_lines()
        lines += [("Không đủ điều kiện", f"{node + ': ' if node else ''}{say}") for node, say in candidate.gates]
        lines += grade_lines(self.result, self.row, self.frame)
        lines += rank_lines(self.result, self.row)
        lines += [("Ghi chú", note) for note in candidate.notes]
        lines += [("Còn chờ", f"{node + ': ' if node else ''}{what}") for node, what in candidate.open]
        for quantity, value in candidate.quantities.items():
            declared = self.set.declaration.quantities[quantity]
            lines.append(
                (
                    declared.label,
                    f"{self.result.shown_quantity(quantity, value).replace('.', ',') or 'chưa có'}{' %' if declared.show == 'percent' else ''}",
                )
            )
        whole = Explanation(
            "",
            name,
            candidate.total,
            candidate.maximum,
            "open" if candidate.provisional else "scored",
            self.places,
            lines,
        )
        whole.children = [self.node(part) for part in self.set.declaration.parts]
        return whole

    def _root_lines(self) -> list[tuple[str, str]]:
        """How the parts, the coefficient, losses, gains and bounds make the total."""
        declared = self.set.declaration
        result = self.frame.result("")
        parts = [f"{part.id} {self.points(self.frame.result(part.id).points.at(0))}" for part in declared.parts]
        lines = (
            [
                (
                    "Tính",
                    f"{_COMBINED[declared.combine.how]}: {(' + ' if declared.combine.how == 'sum' else '; ').join(parts)}",
                )
            ]
            if len(parts) > 1
            else []
        )
        if declared.coefficient is not None:
            lines.append(("Nhân hệ số", declared.coefficient.term.filled(self.frame)))
        lines += self._branch_lines(declared, result)
        if declared.ceiling is not None and result.before is not None:
            lines.append(("Chặn trên", f"{self.points(declared.ceiling.points(self.frame, result.mark).at(0))} điểm"))
        return lines

    def node(self, node: Node) -> Explanation:
        result = self.frame.result(node.id)
        state = int(result.state[0]) if result.state is not None else states.SCORED
        points, maximum = result.points.at(0) or Fraction(0), result.maximum.at(0) or Fraction(0)
        lines = self._basis_lines(node)
        if node.reading:
            lines.append(("Cách hiểu", node.reading))
        outside = False
        if node.when is not None and node.over is None:
            truth = node.when.need.term.evaluate(self.frame).at(0)
            verdict = {True: "áp dụng", False: "không áp dụng", None: "chưa biết có áp dụng không"}[truth]
            lines.append(
                (
                    "Phạm vi",
                    f"{node.when.need.term.filled(self.frame)} — {verdict}"
                    + (f" ({node.when.say})" if node.when.say and not truth else ""),
                )
            )
            outside = truth is False
        settled = settled_lines(self.result, self.row, node.id, state)
        if settled:
            outside = True
            lines += settled
        elif outside:
            effect = {
                "exclude": "không tính, điểm tối đa đang áp dụng giảm tương ứng",
                "full": "chấm đủ điểm",
                "zero": "0 điểm",
            }
            lines.append(("Tính", f"ngoài phạm vi áp dụng: {effect[node.when.else_ if node.when else 'exclude']}"))
        elif state != states.DOES_NOT_APPLY or node.shape is not None:
            lines += self._earning_lines(node, result, state)
        lines += [] if outside or node.over is not None else self._branch_lines(node, result)
        mark = f" trên {self.points(maximum)}" if maximum else ""
        lines.append(("Kết quả", f"{self.points(points)}{mark} điểm"))
        lines.append(("Trạng thái", states.VIETNAMESE[state]))
        children = [self.node(child) for child in node.parts] if node.over is None else []
        return Explanation(node.id, node.text, points, maximum, states.NAMES[state], self.places, lines, children)

    def entry(self, node: Node | None, entry: Entry) -> Explanation:
        result = self.result.root.result(entry.id or "")
        state = int(result.state[self.row]) if result.state is not None else states.SCORED
        points = result.points.at(self.row) or Fraction(0)
        lines = [("Thuộc", f"{node.id}. {node.text}" if node else "điểm cộng, trừ chung của bộ tiêu chí")]
        if entry.when is not None:
            truth = entry.when.need.term.evaluate(self.frame).at(0)
            verdict = {True: "áp dụng", False: "không áp dụng", None: "chưa biết có áp dụng không"}[truth]
            lines.append(("Phạm vi", f"{entry.when.need.term.filled(self.frame)} — {verdict}"))
        settled = settled_lines(self.result, self.row, node.id, state) if node is not None else []
        if settled:
            lines += settled
        elif entry.shape is not None and state != states.DOES_NOT_APPLY:
            branch: Branch = node if node is not None else self.set.declaration
            losing = branch.less is not None and any(each is entry for each in branch.less.walk())
            earned = self.frame.result(node.id if node else "")
            lines += [("Cách chấm", entry.shape.rule()), *self._inputs(entry.shape)]
            lines.append(("Tính", self._shape_words(entry.shape, self._entry_mark(entry, earned, losing))))
        lines += [("Kết quả", f"{self.points(points)} điểm"), ("Trạng thái", states.VIETNAMESE[state])]
        return Explanation(
            entry.id or "", entry.text or "", points, Fraction(0), states.NAMES[state], self.places, lines
        )

    # --- lines -------------------------------------------------------------------------------------------------

    def _basis_lines(self, node: Node) -> list[tuple[str, str]]:
        carried = self.set.carried[node.id]
        lines = []
        for clause in carried.clauses:
            basis = self.set.bases.get(clause.basis)
            text = basis.words() if basis is not None else clause.basis
            text += f", {clause.place}" if clause.place else ""
            lines.append(("Căn cứ", text + (f": “{' '.join(clause.quote.split())}”" if clause.quote else "")))
        if not node.parts:
            lines.append(
                ("Cơ quan thẩm định", ", ".join(self.set.bodies.get(body, body) for body in carried.verified_by))
            )
            if node.status == "trial" or self.set.trial:
                lines.append(("Lưu ý", "điểm thử, chưa được cấp có thẩm quyền quyết định"))
        return lines

    def _earning_lines(self, node: Node, result: NodeResult, state: int) -> list[tuple[str, str]]:
        if node.over is not None:
            table = self.set.declaration.tables[node.over.table].label
            how = {"mean": "trung bình", "sum": "tổng", "best": "mức cao nhất", "median": "trung vị"}[node.over.take]
            rule = node.shape.rule() if node.shape is not None else "theo tiêu chí con"
            lines = [("Cách chấm", f"chấm từng dòng của “{table}” ({rule}), lấy {how}")]
            for name, points, row_state, words in each_row(self.result.root, node, self.row):
                note = "" if row_state == states.SCORED else f" ({states.VIETNAMESE[row_state]})"
                lines.append((f"{table} {name}", f"{words}{self.points(points)} điểm{note}"))
            return lines
        if node.shape is not None:
            lines = [("Cách chấm", node.shape.rule()), *self._inputs(node.shape)]
            lines.append(
                (
                    "Tính",
                    self._shape_words(node.shape, self.frame.scorer.mark(node))
                    + self._after_shape(node)
                    + self._bound_words(node),
                )
            )
            return lines
        parts = []
        for child in node.parts:
            child_result = self.result.root.result(child.id)
            child_state = int(child_result.state[self.row]) if child_result.state is not None else states.SCORED
            note = "" if child_state == states.SCORED else f" ({states.VIETNAMESE[child_state]})"
            weight = (
                f" (hệ số {child.weight.term.filled(self.frame)})"
                if child.weight is not None and node.combine.how == "weighted"
                else ""
            )
            parts.append(f"{child.id} {self.points(child_result.points.at(self.row))}{weight}{note}")
        joined = " + ".join(parts) if node.combine.how == "sum" else "; ".join(parts)
        return [("Tính", f"{_COMBINED[node.combine.how]}: {joined}{self._after_shape(node)}")]

    def _after_shape(self, node: Node) -> str:
        text = f"; nhân hệ số {node.coefficient.term.filled(self.frame)}" if node.coefficient is not None else ""
        text += (
            "; quy đổi lại theo điểm tối đa vì có tiêu chí không áp dụng"
            if node.rescale and self._reduced(node.parts)
            else ""
        )
        return text + (f"; làm tròn theo lưới {node.grid.term.formula()} điểm" if node.grid is not None else "")

    def _reduced(self, children: list[Node]) -> bool:
        """A child below takes its mark out of the maximum in force."""
        results = [self.frame.result(child.id) for child in children]
        return any(result.maximum.at(0) != result.mark.at(0) for result in results)

    def _bound_words(self, node: Node) -> str:
        """That the mark, or 0, has bounded what the shape gave."""
        assert node.shape is not None
        mark = self.frame.scorer.mark(node)
        value, most = node.shape.earned(self.frame, mark).points.at(0), mark.at(0)
        if value is None or most is None or node.unbounded or node.coefficient is not None or 0 <= value <= most:
            return ""
        return (
            f", tính tối đa {self.points(most)} điểm"
            if value > most
            else ", tính tối thiểu 0 điểm"
            if node.floor is None
            else ""
        )

    def _shape_words(self, shape: Shape, mark: Quantity) -> str:
        earned = shape.earned(self.frame, mark)
        words = shape.say(self.frame, mark, earned)
        value = earned.points.at(0)
        if value is None:
            if shape.when_zero and earned.nothing is not None and earned.nothing.any():
                words += "; không có gì để đo nên tiêu chí không áp dụng"
            return words
        joint = shape.joint(earned)
        if (value * 10**self.places).denominator == 1:
            return f"{words}{joint}{self.points(value)} điểm"
        exact = f"{joint}{show_vietnamese(value)}".replace("= ≈", "≈")
        return f"{words}{exact} điểm" + (
            f", làm tròn {self.points(self._rounded(value))}" if self.set.declaration.points.round_at == "leaf" else ""
        )

    def _rounded(self, value: Fraction) -> Fraction:
        """By the set's own rule."""
        return round_to(constant(value), self.places, self.set.declaration.points.rounding).at(0) or Fraction(0)

    def _inputs(self, shape: Shape) -> list[tuple[str, str]]:
        """The numbers put in, each with its label."""
        terms: dict[str, Measured] = {}
        seen: list[Term] = [formula.term for formula in shape.formulas() if formula.bound]
        if shape._of is not None:
            seen.append(shape._of)
        for term in seen:
            for part in term.walk():
                if isinstance(part, Measured) and part.name in self.set.inputs:
                    terms[part.name] = part
        if not terms:
            return []
        return [("Số liệu", "; ".join(f"{term.label}: {term.shown(self.frame)}" for term in terms.values()))]

    def _branch_lines(self, branch: Branch, result: NodeResult) -> list[tuple[str, str]]:
        """Losses, gains, and the controls that took effect."""
        lines: list[tuple[str, str]] = []
        for group, word in ((branch.less, "Trừ"), (branch.plus, "Cộng")):
            if group is not None:
                lines += self._group_lines(group, word, branch, result)
        for control in branch.zero:
            if control.need.term.evaluate(self.frame).at(0) is False:
                lines.append(("Cho 0 điểm", control.say))
        if isinstance(branch, SetDeclaration):
            return lines
        for control in branch.gate:
            truth = control.need.term.evaluate(self.frame).at(0)
            verdict = {True: "đạt", False: "KHÔNG ĐẠT", None: "chưa kết luận được"}[truth]
            lines.append(
                (
                    "Điều kiện",
                    f"{control.need.term.filled(self.frame)} — {verdict}"
                    + (f": {control.say}" if truth is not True else ""),
                )
            )
        return lines

    def _group_lines(self, group: EntryGroup, word: str, branch: Branch, result: NodeResult) -> list[tuple[str, str]]:
        lines = []
        for entry in group.walk():
            if entry.shape is None:
                continue
            if entry.when is not None and entry.when.need.term.evaluate(self.frame).at(0) is not True:
                continue
            words = self._shape_words(entry.shape, self._entry_mark(entry, result, word == "Trừ"))
            cap = (
                f" (tối đa {entry.cap.term.formula()} điểm)"
                if entry.cap is not None and entry.cap.share is None
                else ""
            )
            lines.append((word, f"{entry.text or entry.id or ''}{': ' if entry.text or entry.id else ''}{words}{cap}"))
        amount = result.lost if word == "Trừ" else result.gained
        if amount is not None and (len(lines) > 1 or group.cap is not None):
            cap = (
                f" (cả nhóm tối đa {group.cap.term.formula()} điểm)"
                if group.cap is not None and group.cap.share is None
                else ""
            )
            lines.append((f"{word} tất cả", f"{self.points(amount.at(0))} điểm{cap}"))
        return lines

    def _entry_mark(self, entry: Entry, result: NodeResult, losing: bool) -> Quantity:
        base = result.before if losing and result.before is not None else result.mark
        return entry.max.points(self.frame, base) if entry.max is not None else base
