"""An expression as a field of a declaration: parsed when the file is read, bound when its names are known."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, ClassVar

from pydantic_core import PydanticCustomError, core_schema

from criteria.exact import Quantity, Truth
from criteria.expressions import kinds, syntax
from criteria.expressions.binding import Scope, bind
from criteria.expressions.kinds import Kind
from criteria.expressions.rows import Rows
from criteria.expressions.syntax import ExpressionError
from criteria.expressions.terms import Measured, Term
from criteria.source import Located


class Formula:
    """Any expression. `term` is set by bind()."""

    wanted: ClassVar[Kind | None] = None
    term: Term

    def __init__(self, text: str) -> None:
        self.source = text if isinstance(text, Located) else Located(text)
        self.tree = syntax.parse(str(text))

    def bind(self, scope: Scope, wanted: Kind | None = None) -> Term:
        """Raises ExpressionError."""
        self.term = bind(self.tree, scope, wanted or self.wanted)
        return self.term

    def evaluate(self, rows: Rows) -> Any:
        """Quantity or Truth."""
        return self.term.evaluate(rows)

    @property
    def bound(self) -> bool:
        return hasattr(self, "term")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.source)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and str(self.source) == str(other.source)

    def __hash__(self) -> int:
        return hash(str(self.source))

    @classmethod
    def _read(cls, value: Any) -> Formula:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError(
                "expression",
                "",
                {"code": "wrong-kind", "offset": 0, "hint": "", "message": "Cần một biểu thức hoặc một số."},
            )
        try:
            return cls(value)
        except ExpressionError as error:
            details = {"code": error.code, "offset": error.offset, "hint": error.hint, "message": error.message}
            raise PydanticCustomError("expression", "", details) from None
        except RecursionError:
            raise PydanticCustomError(
                "expression",
                "",
                {"code": "expression-syntax", "offset": 0, "hint": "", "message": "Biểu thức lồng nhau quá sâu."},
            ) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._read, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], "description": cls.__doc__}


class Number(Formula):
    """An expression that gives a number."""

    wanted = kinds.PURE

    def number(self, rows: Rows) -> Quantity:
        return self.term.evaluate(rows)  # type: ignore[no-any-return]


class Condition(Formula):
    """An expression that gives a truth."""

    wanted = kinds.TRUTHS

    def truth(self, rows: Rows) -> Truth:
        return self.term.evaluate(rows)  # type: ignore[no-any-return]


class Mark(Number):
    """Points: a number, a share of the frame ("50%"), or "all" of it."""

    _SHARE = re.compile(r"\s*(all|tất cả|[0-9]+(?:\.[0-9]+)?\s*%)\s*")

    def __init__(self, text: str) -> None:
        match = self._SHARE.fullmatch(str(text))
        self.share: Fraction | None = None
        if match is None:
            super().__init__(text)
            return
        word = match.group(1)
        self.share = Fraction(word.rstrip("% ")) / 100 if word.endswith("%") else Fraction(1)
        super().__init__(Located("0", *_place(text)))
        self.written = word

    def points(self, rows: Rows, frame: Quantity) -> Quantity:
        """The points in a frame."""
        if self.share is not None:
            from criteria.exact import constant

            return frame * constant(self.share)
        return self.number(rows)

    def static(self, frame: Fraction | None, levels: dict[str, int]) -> Fraction | None:
        """The points when they do not depend on the rows."""
        if self.share is not None:
            return None if frame is None else frame * self.share
        return static_value(self.term, levels) if self.bound else None


def _place(text: str) -> tuple[str, int, int]:
    return (text.file, text.line, text.column) if isinstance(text, Located) else ("", 0, 0)


def static_value(term: Term, levels: dict[str, int]) -> Fraction | None:
    """The value of a term that depends on nothing but constants and attributes fixed to a level (by name)."""
    from criteria.expressions.functions_numbers import Picked
    from criteria.expressions.terms import Arithmetic, Negated

    if term.constant_value is not None:
        return term.constant_value
    if isinstance(term, Picked) and isinstance(term.parts[0], Measured):
        level = levels.get(term.parts[0].name)
        return None if level is None else static_value(term.parts[1 + level], levels)
    if isinstance(term, Negated):
        inner = static_value(term.parts[0], levels)
        return None if inner is None else -inner
    if isinstance(term, Arithmetic):
        left, right = (static_value(part, levels) for part in term.parts)
        if left is not None and right is not None and not (term.sign == "/" and right == 0):
            return Arithmetic._APPLY[term.sign](left, right)  # type: ignore[no-any-return]
    return None
