"""The chain: every entry carries a hash over itself and the hash of the entry before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

GENESIS = "0" * 64  # what stands before the first entry
SEAL = "\x1fsealed:"  # before a commitment that stands for a personal value; no typed text can begin with a control character
HASHED = (
    "number",
    "at",
    "by",
    "author",
    "role",
    "subject",
    "field",
    "stage",
    "old",
    "value",
    "valid_from",
    "valid_to",
    "source",
    "place",
    "reason",
    "evidence",
)


def link(previous: str, row: Any) -> str:
    """The hash of an entry. row: a mapping of the stored columns; days as ISO text or None, value as stored (a commitment where personal)."""
    content = json.dumps([row[name] for name in HASHED], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def sealed(salt: str, content: Any) -> str:
    """A salted commitment: says nothing about a content that can be guessed, and binds to it."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
