"""Every tag of a Word template read without filling it: broken tags, forbidden things, unknown fields, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError, nodes

from reports.letters.engine import environment
from reports.letters.places import Passage

Shape = Any  # "" a text; {name: Shape}; [Shape] a list of such; ANY: nobody knows
ANY = object()
_ALLOWED = {"for", "if", "elif", "else", "endfor", "endif", "set"}
_OPENS = {"for": "endfor", "if": "endif"}
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})


@dataclass(frozen=True)
class Fault:
    """What is wrong with a tag. kind: unknown (a field), broken, forbidden. name: the field, or the tag."""

    kind: str
    name: str
    passage: Passage | None


def shape_of(value: Any) -> Shape:
    """What a template may ask of a value: taken from fields as they are filled in. An empty list says nothing of its items."""
    if isinstance(value, Mapping):
        return {name: shape_of(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        shapes = [shape_of(one) for one in value]
        if shapes and all(isinstance(one, dict) for one in shapes):
            return [_merged(shapes)]
        return [shapes[0] if shapes else ANY]
    return ""


def _merged(shapes: Sequence[dict[str, Shape]]) -> dict[str, Shape]:
    """The shapes of many rows as one: a list that is empty in one row may say something in another."""
    found: dict[str, Shape] = {}
    for shape in shapes:
        for name, one in shape.items():
            if name not in found or (isinstance(found[name], list) and found[name][0] is ANY):
                found[name] = one
    return found


def faults(found: Sequence[Passage], fields: Mapping[str, Any]) -> list[Fault]:
    """Everything wrong, part by part in the order of the document."""
    shape = shape_of(fields)
    told: list[Fault] = []
    for part in dict.fromkeys(one.part for one in found):
        told += _of_part([one for one in found if one.part == part], shape)
    return told


def _of_part(found: Sequence[Passage], shape: dict[str, Shape]) -> list[Fault]:
    told: list[Fault] = []
    sound: list[tuple[str, Passage]] = []
    for passage in found:
        if any(mark in passage.rest for mark in ("{{", "}}", "{%", "%}", "{#", "#}")):
            told.append(Fault("broken", _half(passage.rest), passage))
        for raw in passage.tags:
            tag = _plain(raw)
            if tag is None:
                continue
            wrong = _wrong(tag, raw, passage)
            if wrong is not None:
                told.append(wrong)
            sound.append((tag if wrong is None else _harmless(tag), passage))
    unbalanced = list(_unbalanced([(tag, passage) for tag, passage in sound if tag]))
    told += unbalanced
    lines = [(tag, passage) for tag, passage in sound if tag]
    if unbalanced:
        bound = {name: ANY for tag, _ in lines for name in _targets(tag)}
        for tag, passage in lines:
            told += _Reader({**shape, **bound}, [passage]).read(_closed(tag))
    else:
        told += _Reader(shape, [passage for _, passage in lines]).read("\n".join(tag for tag, _ in lines))
    return list(dict.fromkeys(told))


def _half(text: str) -> str:
    at = min(text.find(mark) for mark in ("{{", "}}", "{%", "%}", "{#", "#}") if mark in text)
    return " ".join(text[max(at - 5, 0) : at + 30].split())


def _plain(raw: str) -> str | None:
    """A tag as jinja reads it, without docxtpl's marks for row, cell, paragraph; None for a comment and for {% vm %}, {% hm %}."""
    if raw.startswith("{#"):
        return None
    text = re.sub(r"^\{%(-?)(?:tr|tc|p)(?=\s)", r"{%\1", raw.translate(_QUOTES).replace("\n", " "))
    if re.fullmatch(r"\{%\s*[vh]m\s*%\}", text):
        return None
    return re.sub(r"^\{%\s*(?:colspan|cellbg)\s+(.*?)%\}$", r"{{ \1}}", text)


def _keyword(tag: str) -> str:
    found = re.match(r"\{%-?\s*(\w+)", tag)
    return found[1] if found else ""


def _wrong(tag: str, raw: str, passage: Passage) -> Fault | None:
    """What is wrong with one tag, looked at alone."""
    if re.match(r"\{\{(?:tr|tc|p|r)\s", tag) or re.match(r"\{%r\s", tag):  # the field would stand outside a run of text
        return Fault("broken", raw, passage)
    if tag.startswith("{%") and _keyword(tag) not in _ALLOWED:
        return Fault("forbidden" if _keyword(tag) else "broken", raw, passage)
    try:
        environment().parse(_closed(tag))
        environment().compile(_closed(tag))  # names of filters and tests
    except TemplateError:
        return Fault("broken", raw, passage)
    return None


def _closed(tag: str) -> str:
    """A tag that can be parsed alone."""
    word = _keyword(tag) if tag.startswith("{%") else ""
    if word in _OPENS:
        return f"{tag}{{% {_OPENS[word]} %}}"
    if word in ("elif", "else"):
        return "{% if 1 %}" + tag + "{% endif %}"
    if word in ("endfor", "endif"):
        return ("{% for _ in [] %}" if word == "endfor" else "{% if 1 %}") + tag
    return tag


def _harmless(tag: str) -> str:
    """What takes the place of a broken tag, so that the rest can be read."""
    word = _keyword(tag) if tag.startswith("{%") else ""
    return {"for": "{% for _ in [] %}", "if": "{% if 1 %}", "elif": "{% elif 1 %}"}.get(word, "")


def _targets(tag: str) -> list[str]:
    found = re.match(r"\{%-?\s*(?:for\s+(.*?)\s+in\s|set\s+(.*?)\s*=)", tag)
    return re.findall(r"\w+", found[1] or found[2]) if found else []


def _unbalanced(tags: Sequence[tuple[str, Passage]]) -> Iterator[Fault]:
    """Ends without a beginning, beginnings without an end."""
    open_: list[tuple[str, str, Passage]] = []
    for tag, passage in tags:
        word = _keyword(tag) if tag.startswith("{%") else ""
        if word in _OPENS:
            open_.append((word, tag, passage))
        elif word in ("endfor", "endif"):
            if open_ and _OPENS[open_[-1][0]] == word:
                open_.pop()
            else:
                yield Fault("broken", tag, passage)
        elif (word == "else" and not open_) or (word == "elif" and (not open_ or open_[-1][0] != "if")):
            yield Fault("broken", tag, passage)
    for _, tag, passage in open_:
        yield Fault("broken", tag, passage)


class _Reader:
    """Walks the tags of a part, one to a line, with the names that are known where each stands."""

    def __init__(self, shape: Mapping[str, Shape], lines: Sequence[Passage]) -> None:
        self.shape, self.lines = shape, lines
        self.told: list[Fault] = []

    def read(self, source: str) -> list[Fault]:
        try:
            tree = environment().parse(source)
        except TemplateError:  # only what a broken tag left behind; that one is told already
            return []
        self._all(tree.body, {**dict.fromkeys(environment().globals, ANY), **self.shape})
        return self.told

    def _tell(self, kind: str, name: str, node: nodes.Node) -> Shape:
        place = min(node.lineno, len(self.lines)) - 1
        self.told.append(Fault(kind, name, self.lines[place] if self.lines else None))
        return ANY

    def _all(self, many: Sequence[nodes.Node], known: dict[str, Shape]) -> None:
        for node in many:
            if isinstance(node, nodes.For):
                self._loop(node, known)
            elif isinstance(node, nodes.If):
                self._value(node.test, known)
                self._all(node.body, known)
                self._all(node.elif_, known)
                self._all(node.else_, known)
            elif isinstance(node, nodes.Assign):
                self._bind(node.target, self._value(node.node, known), known)
            else:
                for child in node.iter_child_nodes():
                    self._value(child, known)

    def _loop(self, node: nodes.For, known: dict[str, Shape]) -> None:
        over = self._value(node.iter, known)
        inside = {**known, "loop": ANY}
        self._bind(node.target, over[0] if isinstance(over, list) else ANY, inside)
        if node.test is not None:
            self._value(node.test, inside)
        self._all(node.body, inside)
        self._all(node.else_, dict(known))

    def _bind(self, target: nodes.Node, shape: Shape, known: dict[str, Shape]) -> None:
        if isinstance(target, nodes.Name):
            known[target.name] = shape
        else:
            known.update(dict.fromkeys((one.name for one in target.find_all(nodes.Name)), ANY))

    def _value(self, node: nodes.Node, known: dict[str, Shape]) -> Shape:
        if isinstance(node, nodes.Name):
            return known[node.name] if node.name in known else self._tell("unknown", node.name, node)
        if isinstance(node, nodes.Getattr):
            before = len(self.told)
            over = self._value(node.node, known)
            return self._member(over, node.attr, node) if len(self.told) == before else ANY
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            over = self._value(node.node, known)
            if isinstance(over, list) and isinstance(node.arg.value, int):
                return over[0]
            return self._member(over, str(node.arg.value), node)
        for child in node.iter_child_nodes():
            self._value(child, known)
        return ANY

    def _member(self, shape: Shape, name: str, node: nodes.Node) -> Shape:
        if name.startswith("_"):
            return self._tell("forbidden", name, node)
        if isinstance(shape, dict):
            return shape[name] if name in shape else self._tell("unknown", name, node)
        if isinstance(shape, (str, list)) and not hasattr(shape, name):
            return self._tell("unknown", name, node)
        return ANY
