"""Whether two papers speak of the same thing: decisions, forms of award, achievements, initiatives. Spelling never decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from records.roster.matching import fold, key, likeness

ALIKE = 85  # of 100: so like one another that a person has to look
_BEFORE_NUMBER = re.compile(r"^\s*(?:quyết\s+định|qđ)?\s*(?:số)?\s*[:.]?\s+|^\s*(?:quyết\s+định|qđ|số)\s*[:.]\s*", re.I)
_DAY_BEHIND = re.compile(r"\s*,?\s*ngày\s+.*$", re.I)
_GRADES = {"1": "nhất", "i": "nhất", "2": "nhì", "ii": "nhì", "3": "ba", "iii": "ba"}
_GRADE = re.compile(r"(?<=\bhạng )(1|2|3|iii|ii|i)\b")
_SMALL = {key(word) for word in ("của", "tặng", "danh", "hiệu")}  # words of a form's name that do not tell forms apart


@lru_cache(maxsize=65536)
def spelled(text: str) -> str:
    """The spelling that official variants share, "" of nothing."""
    return key(text)


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return fold(text)


def same_text(one: str, other: str) -> bool:
    """Whether both say the same in the same words."""
    return bool(spelled(one)) and spelled(one) == spelled(other)


def alike_text(one: str, other: str) -> bool:
    """Whether both may mean the same: marks or a few letters differ."""
    if not spelled(one) or not spelled(other) or same_text(one, other):
        return False
    return _folded(one) == _folded(other) or likeness(_folded(one), _folded(other)) >= ALIKE


def decision_number(text: str) -> str:
    """The number of a decision alone: "Quyết định số 12/QĐ-UBND ngày 05/08/2027" → "12/QĐ-UBND"."""
    plain = " ".join(text.split())
    return _DAY_BEHIND.sub("", _BEFORE_NUMBER.sub("", f" {plain}" if plain else "")).strip() or plain


def decision_key(text: str) -> str:
    """What two spellings of one number share."""
    return "".join(decision_number(text).casefold().split())


def award_key(name: str, places: Iterable[str] = ()) -> str:
    """What the spellings of one form share: hạng 3 and hạng Ba, with or without "của". places: names of the home province, which
    may stand behind ("… UBND tỉnh P")."""
    lower = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    plain = spelled(_GRADE.sub(lambda match: _GRADES[match[1]], lower))
    for place in places:
        plain = plain.removesuffix(f" {spelled(place)}")
    return " ".join(word for word in plain.split() if word not in _SMALL)
