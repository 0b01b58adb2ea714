"""Text of an expression to a tree of tuples. The first element of a tuple names its kind."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any

from .values import read_date

TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>\d{4}-\d{2}-\d{2})
    | (?P<number>\d+(?:\.\d+)?%?)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<node>(?<![.\w])(?:points|share)\s*\(\s*["']?[A-Za-z][A-Za-z0-9._-]*["']?\s*\))
    | (?P<name>[^\W\d]\w*)
    | (?P<sign>!=|<=|>=|[-+*/=<>(),.:])
    )""",
    re.VERBOSE,
)

WORDS = ("and", "or", "not", "in")


def tokens(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    text = text.strip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match:
            raise ValueError(f"cannot read {text!r} from {text[place:]!r}")
        kind, word = match.lastgroup, match.group(match.lastgroup)
        if kind == "name" and word in WORDS:
            kind = "sign"
        found.append((kind, word))
        place = match.end()
    return [*found, ("end", "")]


class Parser:
    def __init__(self, text: str):
        self.tokens = tokens(text)
        self.place = 0

    def ahead(self, *signs: str, offset: int = 0) -> bool:
        place = min(self.place + offset, len(self.tokens) - 1)
        kind, word = self.tokens[place]
        return kind == "sign" and word in signs

    def take(self) -> tuple[str, str]:
        token = self.tokens[self.place]
        self.place += 1
        return token

    def accept(self, *signs: str) -> str | None:
        return self.take()[1] if self.ahead(*signs) else None

    def expect(self, sign: str) -> None:
        if not self.accept(sign):
            raise ValueError(f"expected {sign!r}, found {self.tokens[self.place][1]!r}")

    def whole(self) -> tuple:
        tree = self.either()
        if self.tokens[self.place][0] != "end":
            raise ValueError(f"unexpected {self.tokens[self.place][1]!r}")
        return tree

    def either(self) -> tuple:
        left = self.both()
        while self.accept("or"):
            left = ("or", left, self.both())
        return left

    def both(self) -> tuple:
        left = self.negation()
        while self.accept("and"):
            left = ("and", left, self.negation())
        return left

    def negation(self) -> tuple:
        return ("not", self.negation()) if self.accept("not") else self.comparison()

    def comparison(self) -> tuple:
        left = self.sum()
        if sign := self.accept("=", "!=", "<=", ">=", "<", ">"):
            return ("compare", sign, left, self.sum())
        if self.ahead("not") and self.ahead("in", offset=1):
            self.take()
            return ("not", self.member(left))
        return self.member(left) if self.ahead("in") else left

    def member(self, left: tuple) -> tuple:
        self.expect("in")
        self.expect("(")
        choices = [self.sum()]
        while self.accept(",") and not self.ahead(")"):
            choices.append(self.sum())
        self.expect(")")
        return ("in", left, choices)

    def sum(self) -> tuple:
        left = self.product()
        while sign := self.accept("+", "-"):
            left = ("arithmetic", sign, left, self.product())
        return left

    def product(self) -> tuple:
        left = self.signed()
        while sign := self.accept("*", "/"):
            left = ("arithmetic", sign, left, self.signed())
        return left

    def signed(self) -> tuple:
        if self.accept("-"):
            return ("arithmetic", "-", ("literal", Fraction(0)), self.signed())
        return self.signed() if self.accept("+") else self.atom()

    def atom(self) -> tuple:
        if self.accept("("):
            inner = self.either()
            self.expect(")")
            return inner
        kind, word = self.take()
        if kind == "number":
            return ("literal", Fraction(word[:-1]) / 100 if word.endswith("%") else Fraction(word))
        if kind == "date":
            return ("literal", read_date(word))
        if kind == "text":
            return ("literal", word[1:-1])
        if kind == "node":
            what, identifier = word.rstrip(")").split("(")
            return ("node", what.strip(), identifier.strip(" \t\n\"'"))
        if kind == "name":
            return self.named(word)
        raise ValueError(f"unexpected {word!r}")

    def named(self, name: str) -> tuple:
        if name == "pick" and self.ahead("("):
            return self.pick()
        if not self.ahead("(", "."):
            return ("name", name)
        arguments, keywords = self.arguments() if self.ahead("(") else (None, {})
        if not self.accept("."):
            return ("call", name, arguments, keywords)
        method = self.take()[1]  # tasks.sum(x), pool(area).mean(x), leader.score
        if not self.ahead("("):
            return ("column", name, method)
        inner, inner_keywords = self.arguments()
        return ("method", name, arguments or [], method, inner, inner_keywords)

    def arguments(self) -> tuple[list, dict[str, Any]]:
        self.expect("(")
        arguments, keywords = [], {}
        while not self.accept(")"):
            if self.tokens[self.place][1] in ("where", "by") and self.ahead("=", offset=1):
                key = self.take()[1]
                self.expect("=")
                keywords[key] = self.either()
            else:
                arguments.append(self.either())
            if not self.ahead(")"):
                self.expect(",")
        return arguments, keywords

    def pick(self) -> tuple:
        self.expect("(")
        subject, choices = self.either(), []
        while self.accept(",") and not self.ahead(")"):
            kind, word = self.take()
            key = word[1:-1] if kind == "text" else word
            if not self.accept("=", ":"):
                raise ValueError(f"pick: no number for {key!r}")
            choices.append((key, self.either()))
        self.expect(")")
        return ("pick", subject, choices)


@cache
def parse(text: str) -> tuple:
    return Parser(text).whole()
