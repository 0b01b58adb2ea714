"""YAML files as located text: every scalar stays what was written and knows its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import yaml

from criteria.problems import Problem, of_file, reason
from criteria.yaml_errors import yaml_problem

MAX_BYTES = 4_000_000
_MAX_DEPTH = 40
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = {"", "~", "null", "Null", "NULL"}
Path = tuple[str | int, ...]


class Located(str):
    """A scalar as written, with its place: file, line, column of its first character (both from 1)."""

    file: str
    line: int
    column: int

    def __new__(cls, text: str, file: str = "", line: int = 0, column: int = 0) -> Located:
        self = super().__new__(cls, text)
        self.file, self.line, self.column = file, line, column
        return self


@dataclass(frozen=True)
class Place:
    file: str
    line: int
    column: int


class Block(dict[str, Any]):
    """A mapping that knows its place and the places of its keys."""

    place: Place
    keys_at: dict[str, Place]


class Sequence(list[Any]):
    """A list that knows its place."""

    place: Place


class Source:
    """One document: located data, and the place of every path in it."""

    def __init__(self, file: str, data: Any) -> None:
        self.file, self.data = file, data

    def place(self, path: Path) -> Place:
        """The place of a path, or of its nearest known ancestor.

        A step that the file does not have (a list written as its only item, a short form written out) is passed over;
        one that a short form has beside it (count: NAME, cap: 5) is found there.
        """
        place, here = Place(self.file, 1, 1), self.data
        block: Any = None
        for step in path:
            if isinstance(here, Located) and isinstance(block, Block) and step in block.keys_at:
                return block.keys_at[step]
            if isinstance(here, Block) and isinstance(step, str):
                if step not in here.keys_at:
                    continue
                place, block, here = here.keys_at[step], here, here[step]
            elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
                here = here[step]
                place = getattr(here, "place", None) or (
                    Place(here.file, here.line, here.column) if isinstance(here, Located) else place
                )
        return place

    def problem(self, code: str, path: Path, message: str, hint: str = "", severity: str = "error") -> Problem:
        place = self.place(path)
        return Problem(place.file, place.line, place.column, code, message, hint, severity, path=show_path(path))


def show_path(path: Path) -> str:
    """$.tree[2].bands.at[0] in the way the errors write it."""
    return "$" + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)


def read_bytes(path: FilePath | str, most: int, too_large: str) -> tuple[bytes, list[Problem]]:
    """The content of a file, or why it cannot be read. too_large: what to do about a file above `most` bytes."""
    name = str(path)
    try:
        raw = FilePath(path).read_bytes()
    except FileNotFoundError:
        return b"", [of_file(name, "file-not-found", f"Không tìm thấy tệp {name}.", "Kiểm tra đường dẫn.")]
    except OSError as error:
        message = f"Không mở được tệp {name}: {reason(error)}."
        return b"", [of_file(name, "file-unreadable", message, "Kiểm tra đường dẫn và quyền đọc.")]
    if len(raw) > most:
        return b"", [of_file(name, "file-too-large", f"Tệp có {len(raw)} byte, tối đa {most} byte.", too_large)]
    return raw, []


def read_source(path: FilePath | str) -> tuple[Source | None, list[Problem]]:
    """Read a YAML file. Anything that is not plain YAML data is a problem, never an exception."""
    name = str(path)
    raw, problems = read_bytes(path, MAX_BYTES, "Tệp này chỉ chứa tiêu chí; số liệu để trong bảng.")
    if problems:
        return None, problems
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [
            Problem(name, line, 1, "file-unreadable", "Tệp không phải mã UTF-8.", "Lưu lại tệp với mã UTF-8.")
        ]
    source, found = _parsed(text, name)
    return source, list(found)


@lru_cache(maxsize=32)
def _parsed(text: str, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """What was read once is not parsed again while it says the same: every set reads the movement beside it. Nobody writes to a source."""
    source, problems = parse_source(text, name)
    return source, tuple(problems)


def parse_source(text: str, file: str = "<text>") -> tuple[Source | None, list[Problem]]:
    """The same from a text."""
    import unicodedata

    problems: list[Problem] = []
    text = unicodedata.normalize("NFC", text)
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        return None, [yaml_problem(error, text, file)]
    except RecursionError:
        return None, [Problem(file, 1, 1, "yaml-syntax", "Các khối lồng nhau quá sâu.")]
    if root is None:
        return None, [Problem(file, 1, 1, "yaml-syntax", "Tệp rỗng.", "Xem mẫu trong docs/criteria-language.md.")]
    for event_line, event_column, sign in _anchors(root, text.splitlines()):
        problems.append(
            Problem(
                file,
                event_line,
                event_column,
                "yaml-anchor",
                f"Tìm thấy {sign}, không được dùng trong tệp tiêu chí.",
                "Viết lại cho đủ, hoặc đặt chữ trong dấu nháy kép.",
            )
        )
    if problems:
        return None, problems
    return Source(file, _plain(root, (), file, problems)), problems


def _anchors(root: yaml.Node, lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Nodes reached twice (an alias), and anchors and tags written by hand."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        where = (node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in seen:
            yield (*where, "bí danh (*)")
            continue
        seen.add(id(node))
        sign = lines[where[0] - 1][where[1] - 1 : where[1]] if where[0] <= len(lines) else ""
        if sign in ("&", "!"):
            yield (*where, f"{'neo' if sign == '&' else 'thẻ'} {lines[where[0] - 1][where[1] - 1 :].split()[0]}")
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.tag.endswith(":merge"):
                    yield (key.start_mark.line + 1, key.start_mark.column + 1, "khóa trộn <<")
                stack += [key, value]
        elif isinstance(node, yaml.SequenceNode):
            stack += node.value


def _plain(node: yaml.Node, path: Path, file: str, problems: list[Problem]) -> Any:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if len(path) > _MAX_DEPTH:
        problems.append(Problem(file, place.line, place.column, "yaml-syntax", "Các khối lồng nhau quá sâu."))
        return None
    if isinstance(node, yaml.ScalarNode):
        if not node.style and node.value in _NULLS:
            return None
        return Located(node.value, file, place.line, place.column + (node.style in ("'", '"')))
    if isinstance(node, yaml.SequenceNode):
        items = Sequence(_plain(child, (*path, i), file, problems) for i, child in enumerate(node.value))
        items.place = place
        return items
    block = Block()
    block.place, block.keys_at = place, {}
    for key_node, value_node in node.value:
        at = key_node.start_mark
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(
                Problem(
                    file, at.line + 1, at.column + 1, "wrong-kind", "Khóa phải là chữ, không phải danh sách hay khối."
                )
            )
            continue
        key = str(key_node.value)
        if key in block:
            problems.append(
                Problem(
                    file,
                    at.line + 1,
                    at.column + 1,
                    "duplicate-key",
                    f"Khóa “{key}” đã viết ở dòng {block.keys_at[key].line}.",
                    "Mỗi khóa chỉ viết một lần trong một khối.",
                    path=show_path((*path, key)),
                )
            )
            continue
        block.keys_at[key] = Place(file, at.line + 1, at.column + 1)
        block[key] = _plain(value_node, (*path, key), file, problems)
    return block
