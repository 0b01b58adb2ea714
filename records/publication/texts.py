"""JSON as it stands in archives: one way to write a thing, so that equal things are equal bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

_LINES = 200  # joined into one chunk


def line(value: Any) -> bytes:
    """One thing on one line, keys in order."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def page(value: Any) -> bytes:
    """One thing as people read it, keys in order."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def joined(values: Iterable[Any]) -> Iterator[bytes]:
    """Things line after line, in chunks."""
    held: list[bytes] = []
    for value in values:
        held.append(line(value))
        if len(held) == _LINES:
            yield b"".join(held)
            held.clear()
    if held:
        yield b"".join(held)


def parsed(raw: bytes) -> Any:
    """Raises ValueError for what is no JSON, or is nested without end."""
    try:
        return json.loads(raw)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
