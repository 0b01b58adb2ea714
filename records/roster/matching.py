"""Whose name is this? Names of the roster under every spelling, and how sure one can be. Whole numbers only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from records.roster.roster import Body, Roster, order

CERTAIN = 100
_SAME_LETTERS, _UNMARKED, _ALIKE = (
    95,
    98,
    94,
)  # marks differ; the text has no marks at all; the most that likeness gives
SHOWN, SHOWN_MANY = 70, 4  # what is offered to a person: at least so alike, at most so many
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_PUNCTUATION = re.compile(r"[-‐‑–—.,;:()\[\]\"“”'‘’/|]+")
_JOINED = re.compile(r"(?<!\S)(\w+) & (\w+)(?!\w)")  # KH & CN
_VOWELS = "aăâeêioôơuưy"

# Abbreviations of official writing, as whole words, in lower case.
ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "kh&cn": "khoa học và công nghệ",
    "khcn": "khoa học và công nghệ",
    "khkt": "khoa học và kỹ thuật",
    "gd&đt": "giáo dục và đào tạo",
    "gdđt": "giáo dục và đào tạo",
    "tt&tt": "thông tin và truyền thông",
    "tttt": "thông tin và truyền thông",
    "kh&đt": "kế hoạch và đầu tư",
    "nn&mt": "nông nghiệp và môi trường",
    "nn&ptnt": "nông nghiệp và phát triển nông thôn",
    "lđtb&xh": "lao động thương binh và xã hội",
    "lđ-tb&xh": "lao động thương binh và xã hội",
    "vhtt&dl": "văn hóa thể thao và du lịch",
    "tđkt": "thi đua khen thưởng",
    "kcn": "khu công nghiệp",
    "vp": "văn phòng",
    "tp": "thành phố",
    "&": "và",
}


def key(text: str) -> str:
    """The spelling that official variants share: case, UBND, hòa and hoà, kỹ and kĩ, hyphens, spaces."""
    words = _JOINED.sub(_join, unicodedata.normalize("NFC", text).casefold()).split()
    spelled = " ".join(ABBREVIATIONS.get(word.strip(".,;:()"), word) for word in words)
    return " ".join(_word(word) for word in _PUNCTUATION.sub(" ", spelled).split())


def _join(match: re.Match[str]) -> str:
    """An abbreviation written with spaces."""
    together = f"{match[1]}&{match[2]}"
    return together if together in ABBREVIATIONS else match[0]


def _word(word: str) -> str:
    """A word with its tone mark at the end, and y at the end of a syllable written i where both are in use."""
    letters: list[str] = []
    tones: list[str] = []
    for sign in unicodedata.normalize("NFD", word):
        (tones if sign in _TONES else letters).append(sign)
    bare = unicodedata.normalize("NFC", "".join(letters))
    if len(bare) > 1 and bare.endswith("y") and (bare[-2] not in _VOWELS or bare.endswith("quy")):
        bare = bare[:-1] + "i"
    return bare + "".join(tones)


def fold(text: str) -> str:
    """key() without any mark: cong nghe."""
    return _bare(key(text))


def _bare(spelled: str) -> str:
    signs = unicodedata.normalize("NFD", spelled.replace("đ", "d"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def likeness(first: str, second: str) -> int:
    """0–94: twice the pairs of letters that two folded names share, over the pairs of both, in hundredths."""
    a, b = _pairs(first), _pairs(second)
    return min(_ALIKE, 200 * len(a & b) // (len(a) + len(b))) if a or b else 0


def _pairs(folded: str) -> set[str]:
    padded = f" {folded} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


@dataclass
class NameIndex:
    """Bodies by spelling. Pairs of letters are bits of one integer, so that four thousand names are compared at once."""

    roster: Roster
    exact: dict[str, list[str]] = field(default_factory=dict)
    folded: dict[str, list[str]] = field(default_factory=dict)
    _bits: dict[str, int] = field(default_factory=dict)
    _masks: dict[str, tuple[int, int]] = field(default_factory=dict)  # folded name → its pairs as bits, how many

    def add(self, body: Body, *, alike: bool = True) -> None:
        """Put every spelling of a body in. alike: offer it also for names that only resemble it."""
        for name in body.names:
            for spelled in {key(name), *_with_province(body, name)}:
                bare = _bare(spelled)
                for table, entry in ((self.exact, spelled), (self.folded, bare))[: 2 if alike else 1]:
                    owners = table.setdefault(entry, [])
                    if body.id not in owners:
                        owners.append(body.id)
                if alike and bare not in self._masks:
                    pairs = _pairs(bare)
                    self._masks[bare] = self._mask(pairs, grow=True), len(pairs)

    def _mask(self, pairs: Iterable[str], *, grow: bool = False) -> int:
        mask = 0
        for pair in pairs:
            bit = self._bits.get(pair)
            if bit is None and grow:
                bit = self._bits[pair] = len(self._bits)
            mask |= 1 << bit if bit is not None else 0
        return mask

    def certain(self, text: str, day: date | None, among: Callable[[Body], bool]) -> list[str]:
        """Who is written exactly so: those of the first kind that has any. More than one: nobody can be sure.

        First who is of the province and has that name on the day; then who has had it and may still exist; then who has
        ended; then bodies of other provinces.
        """
        spelled = key(text)
        bodies = [self.roster.bodies[ident] for ident in self.exact.get(spelled, [])]
        tiers: dict[int, list[str]] = {}
        for body in bodies:
            if among(body):
                tiers.setdefault(_tier(self.roster, body, spelled, day), []).append(body.id)
        return tiers[min(tiers)] if tiers else []

    def nearest(self, text: str, among: Callable[[Body], bool]) -> list[tuple[str, int]]:
        """Who may be meant, with certainty: surest first, then by id."""
        bare = fold(text)
        pairs = _pairs(bare)
        mask, size = self._mask(pairs), len(pairs)
        found: dict[str, int] = {}
        sure = _UNMARKED if _bare(text.casefold()) == text.casefold() else _SAME_LETTERS
        for ident in self.folded.get(bare, []):
            found[ident] = CERTAIN - 1 if ident in self.exact.get(key(text), []) else sure
        least = SHOWN * size
        for name, (other, many) in self._masks.items():
            # likeness is at least SHOWN: 200·common // (size + many) ≥ SHOWN
            alike = 200 * (mask & other).bit_count()
            if alike < least + SHOWN * many:
                continue
            for ident in self.folded[name]:
                found[ident] = max(found.get(ident, 0), min(_ALIKE, alike // (size + many)))
        wanted = [(ident, certainty) for ident, certainty in found.items() if among(self.roster.bodies[ident])]
        return sorted(wanted, key=lambda item: (-item[1], order(item[0])))[:SHOWN_MANY]


def _with_province(body: Body, name: str) -> list[str]:
    """The same name with its province written out: "Sở A", "Công an tỉnh", "Sở A (P)" → "Sở A tỉnh P", …"""
    province = body.value("province")
    if not province or body.person:
        return []
    plain = unicodedata.normalize("NFC", name).strip()
    for ending in (f" ({province})", f" tỉnh {province}", " tỉnh"):
        if plain.endswith(ending):
            return [key(f"{plain.removesuffix(ending)} tỉnh {province}")]
    return [] if province in plain else [key(f"{plain} tỉnh {province}")]


def _tier(roster: Roster, body: Body, spelled: str, day: date | None) -> int:
    if roster.outside(body):
        return 3
    if day is not None and body.exists(day, day) is False:
        return 2
    return 0 if key(body.name(day)) == spelled else 1


def index_of(roster: Roster) -> NameIndex:
    """The index of a roster, made once."""
    if not isinstance(roster.names, NameIndex):
        index = NameIndex(roster)
        for body in roster.bodies.values():
            index.add(body)
        roster.names = index
    return roster.names


def find_body(
    roster: Roster, text: str, day: date | None, among: Callable[[Body], bool] | None = None
) -> tuple[str | None, list[tuple[str, int]]]:
    """Whose name or id a text is: the id when it is certain, else nobody and the best candidates with certainty (0–99).

    among: who may be meant; without it everybody but persons. A name that a body of the province shares with one of
    another province is the former's.
    """
    allowed = among or (lambda body: not body.person)
    written = text.strip()
    if written in roster.bodies and allowed(roster.bodies[written]):
        return written, []
    if not key(written):
        return None, []
    index = index_of(roster)
    exact = index.certain(written, day, allowed)
    if len(exact) == 1:
        return exact[0], []
    return None, index.nearest(written, allowed)
