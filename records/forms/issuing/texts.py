"""What a form says about a criterion and a figure: how it earns, on which clause, with which evidence."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Clause
from criteria.declarations.node import Entry, EntryGroup, Node
from criteria.exact import NumeralError, read_decimal, show_vietnamese
from criteria.expressions import kinds
from criteria.expressions.kinds import show_unit
from criteria.inputs import Input
from criteria.shapes.given import Given
from records.forms.issuing.running_score import read_before
from records.forms.layout import decided_scope, switched_off
from records.rounds import Window

_COMBINED = {
    "mean": "Lấy trung bình các tiêu chí bên dưới.",
    "weighted": "Gộp các tiêu chí bên dưới theo hệ số.",
    "best": "Lấy tiêu chí đạt cao nhất bên dưới.",
    "one_of": "Chỉ lấy tiêu chí áp dụng với đơn vị trong các tiêu chí bên dưới.",
    "product": "Nhân các tiêu chí bên dưới.",
}
KINDS = {kinds.TRUTH: "có / không", kinds.DAY: "ngày", kinds.LEVEL: "mức", kinds.TEXT: "chữ"}


class CriteriaTexts:
    """The texts of one criteria set, made once for all its forms."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.criteria = criteria
        cited = [clause.basis for node in criteria.leaves() for clause in self._clauses(node)]
        named = [basis if isinstance(basis, str) else basis.id for basis in criteria.declaration.bases]
        known = [name for name in dict.fromkeys([*named, *cited]) if name in criteria.bases]
        self._numbers = {name: place for place, name in enumerate(known, 1)}
        self._nodes = {node.id: node for node in criteria.nodes()}
        self._how: dict[str, str] = {}
        self.before = frozenset(read_before(criteria))
        self.formulas: dict[
            tuple[int, str], tuple[str | None, str | None]
        ] = {}  # by first row and node, see running_score

    def _clauses(self, node: Node) -> tuple[Clause, ...]:
        carried = self.criteria.carried.get(node.id)
        return carried.clauses if carried is not None else ()

    @property
    def bases(self) -> list[str]:
        """The documents the criteria rest on; criteria cite them by their number."""
        return [f"[{place}] {_line(self.criteria.bases[name].words())}" for name, place in self._numbers.items()]

    def how(self, node_id: str) -> str:
        """How a criterion or a part earns, what it rests on, what has to be shown, who checks."""
        if node_id not in self._how:
            self._how[node_id] = "\n".join(self._lines(self._nodes[node_id]))
        return self._how[node_id]

    def _lines(self, node: Node) -> Iterator[str]:
        leaf = not node.parts or node.over is not None
        if switched_off(node):
            yield "Không áp dụng: theo thiết lập đang chọn."
            return
        if node.when is not None and decided_scope(node) is None:
            yield f"Áp dụng khi: {node.when.need.term.formula()}."
        if node.over is not None:
            yield "Tính cho từng dòng của bảng rồi gộp lại."
        if isinstance(node.shape, Given) and node.shape.described:
            yield f"Cách chấm: {node.shape.rule().partition(' — ')[0]}, theo các mức:"
            levels = [f"– {_level(level)}: {_line(text)}" for level, text in node.shape.described.items()]
            yield ";\n".join(levels) + "."
        elif node.shape is not None:
            yield f"Cách chấm: {node.shape.rule()}."
        elif not leaf and node.combine.how == "any_of":
            yield (
                f"Đạt trọn {node.combine.least} tiêu chí bên dưới thì trọn điểm; chưa đạt thì lấy tiêu chí cao nhất."
            )
        elif not leaf and node.combine.how in _COMBINED:
            yield _COMBINED[node.combine.how]
        for group, word in ((node.less, "Trừ"), (node.plus, "Cộng")):
            yield from (f"{word}: {text}." for text in _entries(group))
        for control in (*node.gate, *node.stop, *node.zero):
            yield f"Điều kiện: {control.need.term.formula()}; nếu không: {_line(control.say)}."
        if leaf:
            yield from self._carried(node)

    def _carried(self, node: Node) -> Iterator[str]:
        carried = self.criteria.carried.get(node.id)
        if carried is None:
            return
        for clause in carried.clauses:
            number = f"[{self._numbers[clause.basis]}] " if clause.basis in self._numbers else ""
            quote = f": “{_line(clause.quote)}”" if clause.quote else ""
            yield f"Căn cứ: {number}{clause.place or ''}{quote}."
        wanted = [
            _line(item.label or item.kind)
            + (f", nơi cấp: {item.issuer}" if item.issuer else "")
            + (" (bắt buộc)" if item.required else "")
            for item in carried.evidence
        ]
        if wanted:
            yield f"Minh chứng: {'; '.join(wanted)}."
        if carried.verified_by:
            yield f"Thẩm định: {', '.join(self.criteria.bodies.get(b, b) for b in carried.verified_by)}."


def _entries(group: EntryGroup | None) -> Iterator[str]:
    entries: list[Entry] = list(group.walk()) if group is not None else []
    for entry in entries:
        if entry.shape is not None:
            yield f"{_line(entry.text)}: {entry.shape.rule()}" if entry.text else entry.shape.rule()


def _level(text: str) -> str:
    """A described level: points as people write them, or a word."""
    try:
        digits, decimals = read_decimal(text)
    except NumeralError:
        return text
    return f"{show_vietnamese(Fraction(digits, 10**decimals))} điểm"


def _line(text: str) -> str:
    """Texts of the files are folded over several lines."""
    return " ".join(text.split()).rstrip(".")


def unit_of(column: Input) -> str:
    """What stands in the column of units."""
    if column.kind.name != kinds.NUMBER:
        return KINDS[column.kind.name]
    return "%" if column.kind.percent else show_unit(column.kind.unit)


def hints(column: Input, labels: dict[str, str]) -> str:
    """What may be typed, as a sentence without its stop; "" when there is nothing to say. labels: of other measures."""
    factor = 100 if column.kind.percent else 1
    found: list[str] = []
    if column.kind.name == kinds.NUMBER:
        if column.grid is not None:
            found.append(f"theo bậc {show_vietnamese(column.grid)} điểm")
        else:
            found.append("số nguyên" if not column.decimals else f"số, tối đa {column.decimals} chữ số thập phân")
        if column.kind.percent:
            found.append("gõ 87,25 cho 87,25 %")
        low, high = column.at_least, column.at_most
        if isinstance(low, str):
            found.append(f"không nhỏ hơn “{labels.get(low, low)}”")
        elif low is not None and low != 0:
            found.append(f"từ {show_vietnamese(low * factor)}")
        if isinstance(high, str):
            found.append(f"không lớn hơn “{labels.get(high, high)}”")
        elif high is not None:
            found.append(f"không quá {show_vietnamese(high * factor)}")
    elif column.kind.name == kinds.LEVEL:
        found.append("chọn: " + "; ".join(column.kind.levels))
    elif column.kind.name == kinds.TRUTH:
        found.append("chọn có hoặc không")
    elif column.kind.name == kinds.DAY:
        found.append("ngày, tháng, năm: 30/06/2026")
    if column.default is not None:
        found.append(f"để trống nghĩa là {_meant(column, column.default)}")
    elif column.silent is not None:
        found.append(f"để trống đến khi khóa sổ nghĩa là {_meant(column, column.silent)}")
    return ", ".join(found)


def _meant(column: Input, value: int | bool) -> str:
    if column.kind.name == kinds.TRUTH:
        return "có" if value else "không"
    if column.kind.name == kinds.LEVEL:
        return column.kind.levels[value]
    return str(value)


def period_words(window: Window) -> str:
    """năm 2026, quý II năm 2026, 6 tháng đầu năm 2027, 9 tháng đầu năm 2030, tháng 3 năm 2026."""
    if window.occasion:
        return window.name
    year, _, rest = window.period.partition("-")
    if not rest:
        return f"năm {year}"
    if rest.startswith("q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(rest[1]) - 1]} năm {year}"
    if rest.startswith("h"):
        return f"6 tháng {'đầu' if rest == 'h1' else 'cuối'} năm {year}"
    return f"{rest[:-1]} tháng đầu năm {year}" if rest.endswith("m") else f"tháng {int(rest)} năm {year}"
