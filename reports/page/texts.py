"""Numbers and texts as they stand in the page's data: whole numbers of the smallest step, plain texts in NFC."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import Any

from scoring import states

SIGNS = {
    "scored": "s",
    "not_applicable": "n",
    "no_evidence": "e",
    "undefined": "u",
    "needs_judgement": "j",
    "not_assessed": "x",
    "open": "o",
    "not_verified": "v",
    "returned": "r",
    "closed": "c",
}  # of the states of a criterion, one letter each
STATE_WORDS = {SIGNS[name]: words for name, words in zip(states.NAMES, states.VIETNAMESE, strict=True)}
WAITING = "".join(SIGNS[name] for code, name in enumerate(states.NAMES) if states.waiting(code))

_BLANK = re.compile(r"[\t-\r\x1c-\x1f\x85\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]| {2,}")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def scaled(value: Fraction, places: int) -> int:
    """The printed number as a whole number of its last decimal, half up: 87,25 with two places is 8725."""
    step = abs(value) * int(10**places)
    whole = (2 * step.numerator + step.denominator) // (2 * step.denominator)
    return -whole if value < 0 else whole


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """One line of text in NFC, without signs that nobody sees or that turn it round."""
    found = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    if _UNSEEN.search(found):
        found = _UNSEEN.sub("", found)
    return " ".join(found.split()) if _BLANK.search(found) else found.strip()


def plain_all(value: Any) -> Any:
    """The same of every text in mappings and lists, keys left as they are."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: plain_all(part) for key, part in value.items()}
    return [plain_all(part) for part in value] if isinstance(value, list | tuple) else value
