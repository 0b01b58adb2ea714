"""The sheet "Tu cham" of a single form: figures, the unit's own marks, and what it says does not apply to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, partial

from criteria.exact import show_vietnamese
from criteria.expressions import kinds
from criteria.inputs import Input
from records.evidence.kinds import only_kind
from records.forms.answers import Answers
from records.forms.collecting.cells import KAD, Findings, figure, mark, short, words
from records.forms.collecting.workbook import FormSheet
from records.forms.layout import Layout
from records.tables.cells import CellError
from records.tables.sheets import Cell

FIGURE, OUT, WHY = 5, 8, 9  # columns E, H, I of "Tu cham"
Place = Callable[[str], tuple[FormSheet, int, int]]  # where the input with a key stands


@dataclass(frozen=True)
class Asked:
    """What a layout asks, looked up by key."""

    layout: Layout

    @cached_property
    def keys(self) -> set[str]:
        """Every key that may stand in column A."""
        return {line.key for line in self.layout.lines if line.key}

    @cached_property
    def needed(self) -> list[str]:
        """Keys of the lines with an input cell, in the order of the form."""
        kept = ("figure", "judged", "criterion")
        return list(dict.fromkeys(line.key for line in self.layout.lines if line.kind in kept))

    @cached_property
    def criteria(self) -> dict[str, str]:
        """Criteria that may be named, each with the kind of evidence that it alone asks for, or ""."""
        return {criterion: only_kind(self.layout.criteria, criterion) for criterion in self.layout.criterion_ids}

    @cached_property
    def users(self) -> dict[str, set[str]]:
        """The nodes that read each input."""
        found: dict[str, set[str]] = {}
        for line in self.layout.lines:
            if line.kind in ("figure", "judged", "repeated"):
                found.setdefault(line.key, set()).add(line.node)
        return found

    @cached_property
    def homes(self) -> dict[str, str]:
        """The node under which each input stands."""
        return {line.key: line.node for line in self.layout.lines if line.kind in ("figure", "judged")}

    @cached_property
    def bounds(self) -> list[tuple[str, str, bool]]:
        """(key of an input, name of the other figure that bounds it, whether it must be at least that)."""
        found = []
        for key, column in self.layout.inputs.items():
            for bound, least in ((column.at_least, True), (column.at_most, False)):
                if isinstance(bound, str) and bound in self.layout.criteria.inputs:
                    found.append((key, bound, least))
        return found

    @cached_property
    def bounded_by_known(self) -> bool:
        """Whether a figure is bounded by what is not asked: an attribute, an index, a milestone."""
        return any(f"measure:{bound}" not in self.layout.inputs for _, bound, _ in self.bounds)


@dataclass
class Claimed:
    """What a unit says of one criterion: marked with an x, with a reason; where both stand."""

    sheet: FormSheet
    row: int
    marked: bool
    why: str
    mark_column: int = OUT
    why_column: int = WHY


@dataclass
class Typed:
    """The figures of one candidate by key, and where each stands."""

    texts: dict[str, str] = field(default_factory=dict)
    place: Place | None = None

    def fill(self, answers: Answers) -> None:
        for key, text in self.texts.items():
            kind, _, name = key.partition(":")
            if text:
                (answers.judged if kind == "judged" else answers.values)[name] = text


def line_rows(
    sheet: FormSheet, needed: Iterable[str], known: set[str], findings: Findings, labels: Mapping[str, Input]
) -> dict[str, int]:
    """The row of every key. Lines that are gone, stand twice or are foreign are reported. labels: what the units call a key."""
    rows: dict[str, int] = {}
    last = 1
    for key in needed:
        places = sheet.keys.get(key, [])
        if not places:
            called = labels[key].label if key in labels else key.partition(":")[2] or key
            message = f"Biểu thiếu dòng “{short(called)}”."
            findings.at(sheet, last, 1, "form-line", message, "Dùng biểu đã giao, không xóa dòng.")
            continue
        rows[key] = last = places[0]
    for key, places in sheet.keys.items():
        if key not in known:
            message = f"Dòng mang khóa lạ “{short(key)}”."
            findings.at(sheet, places[0], 1, "form-line", message, "Dùng biểu đã giao, không thêm dòng.")
        elif len(places) > 1:
            message = f"Dòng “{short(key)}” lặp lại, đã có ở dòng {places[0]}."
            findings.at(sheet, places[1], 1, "form-line", message, "Xóa dòng thừa.")
    return rows


def read_self(sheet: FormSheet, asked: Asked, known: Mapping[str, str], answers: Answers, findings: Findings) -> None:
    """Fill values, judged and claims from the sheet. known: figures of the candidate that are not asked, by name."""
    rows = line_rows(sheet, asked.needed, asked.keys, findings, asked.layout.inputs)
    typed = Typed(place=lambda key: (sheet, rows[key], FIGURE))
    for key, column in asked.layout.inputs.items():
        if key in rows:
            typed.texts[key] = findings.read(sheet, rows[key], FIGURE, partial(figure, declared=column), "")
    claimed = {}
    for criterion in asked.layout.criterion_ids:
        row = rows.get(f"node:{criterion}")
        if row is not None:
            marked = findings.read(sheet, row, OUT, mark, False)
            claimed[criterion] = Claimed(sheet, row, marked, findings.read(sheet, row, WHY, words, ""))
    answers.claims.update(settle_claims(asked, typed, claimed, findings))
    check_bounds(asked, typed, known, findings)
    typed.fill(answers)


def settle_claims(asked: Asked, typed: Typed, claimed: Mapping[str, Claimed], findings: Findings) -> dict[str, str]:
    """Criterion → why it does not apply. A claim needs a reason, and no figure that only this criterion reads."""
    found: dict[str, str] = {}
    absent = {asked.homes[key] for key, text in typed.texts.items() if text == KAD}
    for criterion, claim in claimed.items():
        if claim.marked and not claim.why:
            message = f"Tiêu chí {criterion} đề nghị không áp dụng mà không nêu lý do."
            findings.at(claim.sheet, claim.row, claim.why_column, "claim", message, "Nêu lý do và văn bản căn cứ.")
        elif claim.why and not claim.marked and criterion not in absent:
            message = f"Tiêu chí {criterion} có lý do không áp dụng mà không đánh dấu."
            findings.at(claim.sheet, claim.row, claim.mark_column, "claim", message, "Đánh dấu x, hoặc xóa lý do.")
        elif claim.why:
            found[criterion] = claim.why
    assert typed.place is not None
    for key, text in typed.texts.items():
        home = asked.homes[key]
        own = claimed.get(home)
        if text == KAD and (own is None or not own.why):
            message = f"“{asked.layout.inputs[key].label}” ghi KAD mà không có lý do."
            hint = (
                f"Nêu lý do không áp dụng của tiêu chí {home}."
                if home in asked.criteria
                else "Chỉ tiêu này không thuộc riêng một tiêu chí: ghi số liệu hoặc để trống."
            )
            findings.at(*typed.place(key), "claim", message, hint)
        elif text and text != KAD and own is not None and own.marked and asked.users[key] == {home}:
            message = f"Tiêu chí {home} đề nghị không áp dụng nhưng vẫn có số liệu “{short(text)}”."
            findings.at(*typed.place(key), "claim", message, "Xóa số liệu, hoặc bỏ đề nghị không áp dụng.")
    return found


def check_bounds(asked: Asked, typed: Typed, known: Mapping[str, str], findings: Findings) -> None:
    """Bounds that are another figure of the form, or one that is known."""
    assert typed.place is not None
    for key, bound, least in asked.bounds:
        column, other = asked.layout.inputs[key], asked.layout.criteria.inputs[bound]
        text = typed.texts.get(f"measure:{bound}") or _as_figure(known.get(bound, ""), other)
        value, edge = comparable(typed.texts.get(key, ""), column), comparable(text, other)
        if value is None or edge is None or not (value < edge if least else value > edge):
            continue
        message = f"“{column.label}” = {_shown(value, column)}, {'nhỏ' if least else 'lớn'} hơn “{other.label}” = {_shown(edge, other)}."
        findings.at(*typed.place(key), "out-of-range", message, "Kiểm tra lại hai số liệu.")


def _as_figure(text: str, column: Input) -> str:
    """What the roster or an index says, written as a figure of a form is; nothing when it is none."""
    try:
        return figure(Cell(text), column)
    except CellError:
        return ""


def comparable(text: str, column: Input) -> Fraction | None:
    """A stored figure as a number; None when it is empty, KAD, or of a kind without order."""
    if not text or text == KAD:
        return None
    if column.kind.name == kinds.NUMBER:
        return Fraction(text) / (100 if column.kind.percent else 1)
    return Fraction(date.fromisoformat(text).toordinal()) if column.kind.name == kinds.DAY else None


def _shown(value: Fraction, column: Input) -> str:
    if column.kind.name == kinds.DAY:
        return f"{date.fromordinal(int(value)):%d/%m/%Y}"
    return show_vietnamese(value * 100) + "%" if column.kind.percent else show_vietnamese(value)
