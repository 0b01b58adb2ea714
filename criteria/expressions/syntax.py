"""Expression text to a syntax tree, with the place of every piece and a message for every mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from criteria.exact import NumeralError, read_decimal

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w.]))
    | (?P<number>[0-9][0-9.]*[0-9]|[0-9])
    | (?P<name>[^\W0-9]\w*)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<sign><=|>=|!=|==|<>|[-+*/()<>=.,:%\[\]])
    )""",
    re.VERBOSE,
)
_COMPARISONS = {"=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "–": "-",
    "−": "-",
    "“": 'dấu nháy thẳng: "…"',
    "”": 'dấu nháy thẳng: "…"',
    "^": "x * x",
    "&": "and",
    "và": "and",
    "hoặc": "or",
    "không": "not",
}
WORDS = {"and", "or", "not", "in", "true", "false"}


class ExpressionError(Exception):
    """One mistake in an expression. offset: characters from its start."""

    def __init__(self, code: str, offset: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.offset, self.message, self.hint = code, offset, message, hint


@dataclass(frozen=True)
class Syntax:
    offset: int


@dataclass(frozen=True)
class Number(Syntax):
    value: Fraction
    percent: bool
    decimals: int


@dataclass(frozen=True)
class Day(Syntax):
    value: date


@dataclass(frozen=True)
class Text(Syntax):
    value: str


@dataclass(frozen=True)
class Logical(Syntax):
    value: bool


@dataclass(frozen=True)
class Name(Syntax):
    name: str


@dataclass(frozen=True)
class NodeId(Syntax):
    id: str


@dataclass(frozen=True)
class Operation(Syntax):
    operator: str
    operands: tuple[Syntax, ...]


@dataclass(frozen=True)
class Argument:
    label: str
    value: Syntax


@dataclass(frozen=True)
class Call(Syntax):
    """name(args), owner.name(args) or owner(narrow).name(args); `arguments` None means owner.name without brackets."""

    name: str
    arguments: tuple[Argument, ...] | None
    owner: str = ""
    narrow: Syntax | None = None


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    offset: int


MAX_DEPTH = 100  # a + b + … and brackets in brackets: whoever walks the tree may recurse


def parse(text: str) -> Syntax:
    """The syntax tree of an expression. Raises ExpressionError at the first mistake."""
    tree = _Parser(text).whole()
    level: list[Syntax] = [tree]
    for _ in range(MAX_DEPTH):
        level = [part for each in level for part in _parts(each)]
        if not level:
            return tree
    raise ExpressionError(
        "expression-syntax",
        0,
        "Biểu thức quá dài hoặc lồng nhau quá sâu.",
        "Tách thành vài chỉ tiêu có is: … rồi ghép lại.",
    )


def _parts(tree: Syntax) -> list[Syntax]:
    if isinstance(tree, Operation):
        return list(tree.operands)
    if isinstance(tree, Call):
        return [argument.value for argument in tree.arguments or ()] + (
            [tree.narrow] if tree.narrow is not None else []
        )
    return []


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens()
        self.next = 0

    def _tokens(self) -> list[_Token]:
        tokens: list[_Token] = []
        position = 0
        while self.text[position:].strip():
            match = _TOKEN.match(self.text, position)
            if match is None:
                offset = position + len(self.text[position:]) - len(self.text[position:].lstrip())
                found = self.text[offset]
                hint = (
                    f"Viết {_SIGNS[found]}."
                    if found in _SIGNS
                    else "Chữ đặt trong dấu nháy; lũy thừa và phép chia dư không có trong ngôn ngữ."
                )
                raise ExpressionError("expression-syntax", offset, f"Ký tự “{found}” không có trong biểu thức.", hint)
            kind = str(match.lastgroup)
            tokens.append(_Token(kind, match.group(kind), match.start(kind)))
            position = match.end()
        for left, middle, right in zip(tokens, tokens[1:], tokens[2:], strict=False):
            touching = middle.offset == left.offset + len(left.text) and right.offset == middle.offset + 1
            if left.kind == right.kind == "number" and middle.text == "," and touching:
                raise ExpressionError(
                    "decimal-comma",
                    left.offset,
                    f"“{left.text},{right.text}”: dấu phẩy giữa hai chữ số.",
                    f"Viết {left.text}.{right.text} nếu là số thập phân; viết “{left.text}, {right.text}” (có dấu cách) nếu là hai số.",
                )
        return tokens

    def peek(self, ahead: int = 0) -> _Token:
        index = self.next + ahead
        return self.tokens[index] if index < len(self.tokens) else _Token("end", "", len(self.text))

    def take(self) -> _Token:
        token = self.peek()
        self.next += 1
        return token

    def expect(self, sign: str) -> _Token:
        token = self.take()
        if token.text != sign or token.kind != "sign":
            raise self.unexpected(token, f"Cần dấu “{sign}”.")
        return token

    def unexpected(self, token: _Token, hint: str = "") -> ExpressionError:
        found = f"“{token.text}”" if token.text else "hết biểu thức"
        hint = hint or (
            f"Viết {_SIGNS[token.text.lower()]}."
            if token.text.lower() in _SIGNS
            else "Kiểm tra dấu phép tính, dấu ngoặc, dấu nháy quanh đây."
        )
        return ExpressionError(
            "expression-syntax", token.offset, f"Không hiểu biểu thức “{self.text.strip()}” ở chỗ {found}.", hint
        )

    def whole(self) -> Syntax:
        if not self.tokens:
            raise ExpressionError("expression-syntax", 0, "Biểu thức rỗng.")
        tree = self.either()
        token = self.peek()
        if token.kind != "end":
            if token.text == "%":
                raise ExpressionError(
                    "modulo",
                    token.offset,
                    "Dấu % phải đứng ngay sau một con số.",
                    "Viết 85%; phép chia dư không có trong ngôn ngữ.",
                )
            raise self.unexpected(token)
        return tree

    def either(self) -> Syntax:
        tree = self.both()
        while self.peek().text == "or":
            token = self.take()
            tree = Operation(token.offset, "or", (tree, self.both()))
        return tree

    def both(self) -> Syntax:
        tree = self.negation()
        while self.peek().text == "and":
            token = self.take()
            tree = Operation(token.offset, "and", (tree, self.negation()))
        return tree

    def negation(self) -> Syntax:
        if self.peek().text == "not":
            token = self.take()
            return Operation(token.offset, "not", (self.negation(),))
        return self.comparison()

    def comparison(self) -> Syntax:
        tree = self.sum()
        token = self.peek()
        if token.kind == "sign" and token.text in _COMPARISONS:
            self.take()
            tree = Operation(token.offset, _COMPARISONS[token.text], (tree, self.sum()))
        elif token.text == "in":
            self.take()
            tree = Operation(token.offset, "in", (tree, *self.choices()))
        after = self.peek()
        if after.kind == "sign" and after.text in _COMPARISONS:
            raise self.unexpected(after, "Viết hai so sánh nối bằng and: a <= b and b <= c.")
        return tree

    def choices(self) -> list[Syntax]:
        opening = self.take()
        if opening.text not in ("(", "["):
            raise self.unexpected(opening, 'Sau in là danh sách trong ngoặc: x in ("a", "b").')
        items = [self.sum()]
        while self.peek().text == ",":
            self.take()
            items.append(self.sum())
        self.expect(")" if opening.text == "(" else "]")
        return items

    def sum(self) -> Syntax:
        tree = self.product()
        while self.peek().kind == "sign" and self.peek().text in "+-":
            token = self.take()
            tree = Operation(token.offset, token.text, (tree, self.product()))
        return tree

    def product(self) -> Syntax:
        tree = self.signed()
        while self.peek().kind == "sign" and self.peek().text in "*/":
            token = self.take()
            tree = Operation(token.offset, token.text, (tree, self.signed()))
        return tree

    def signed(self) -> Syntax:
        token = self.peek()
        if token.kind == "sign" and token.text in "+-":
            self.take()
            operand = self.signed()
            return Operation(token.offset, "negate", (operand,)) if token.text == "-" else operand
        return self.atom()

    def atom(self) -> Syntax:
        token = self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "date":
            try:
                return Day(token.offset, date.fromisoformat(token.text))
            except ValueError:
                raise ExpressionError(
                    "date", token.offset, f"Không có ngày {token.text}.", "Viết ngày theo dạng 2026-06-30."
                ) from None
        if token.kind == "text":
            return Text(token.offset, token.text[1:-1])
        if token.kind == "name":
            if token.text in ("true", "false"):
                return Logical(token.offset, token.text == "true")
            if token.text in WORDS:
                raise self.unexpected(token)
            return self.named(token)
        if token.text == "(":
            tree = self.either()
            self.expect(")")
            return tree
        raise self.unexpected(token)

    def number(self, token: _Token) -> Number:
        try:
            digits, decimals = read_decimal(token.text)
        except NumeralError as error:
            raise ExpressionError(
                error.code,
                token.offset,
                f"“{token.text}” không phải là số viết đúng.",
                f"Viết liền: {token.text.replace('.', '')}."
                if error.code == "number-grouping"
                else "Viết 0.25, 40, 25000000000, 85%.",
            ) from None
        value = Fraction(digits, 10**decimals)
        if self.peek().text == "%":
            self.take()
            return Number(token.offset, value / 100, True, decimals + 2)
        return Number(token.offset, value, False, decimals)

    def named(self, token: _Token) -> Syntax:
        if self.peek().text == "." and self.peek(1).kind == "name":
            return self.member(token, None)
        if self.peek().text != "(":
            return Name(token.offset, token.text)
        if token.text in ("points", "share"):
            node = self.node_id()
            if node is not None:
                return Call(token.offset, token.text, (Argument("", node),))
        arguments = self.arguments(labels=token.text == "pick")
        if token.text == "pool" and self.peek().text == ".":
            if len(arguments) != 1 or arguments[0].label:
                raise ExpressionError(
                    "arguments", token.offset, "pool(…) nhận đúng một thuộc tính.", "Viết pool(area).max(x)."
                )
            return self.member(token, arguments[0].value)
        return Call(token.offset, token.text, arguments)

    def member(self, owner: _Token, narrow: Syntax | None) -> Syntax:
        self.expect(".")
        name = self.take()
        if self.peek().text != "(":
            return Call(owner.offset, name.text, None, owner.text, narrow)
        return Call(owner.offset, name.text, self.arguments(labels=False), owner.text, narrow)

    def node_id(self) -> NodeId | None:
        """The id in points(A1.1): read from the text, because dots and dashes belong to it."""
        opening = self.peek()
        match = re.compile(r"\(\s*([A-Za-z][\w.\-]*)\s*\)").match(self.text, opening.offset)
        if match is None:
            return None
        while self.peek().offset < match.end() and self.peek().kind != "end":
            self.take()
        return NodeId(match.start(1), match.group(1))

    def arguments(self, labels: bool) -> tuple[Argument, ...]:
        self.expect("(")
        found: list[Argument] = []
        if self.peek().text == ")":
            self.take()
            return ()
        while True:
            found.append(self.argument(labels and bool(found)))
            token = self.take()
            if token.text == ")":
                return tuple(found)
            if token.text != ",":
                raise self.unexpected(token, "Các đối số cách nhau bằng dấu phẩy.")

    def argument(self, labels: bool) -> Argument:
        token, sign = self.peek(), self.peek(1)
        named = token.kind == "name" and token.text in ("where", "by") and sign.text == "="
        if named or (labels and token.kind in ("name", "text", "number") and sign.text in ("=", ":")):
            self.take()
            self.take()
            label = token.text[1:-1] if token.kind == "text" else token.text
            return Argument(label, self.either())
        return Argument("", self.either())
