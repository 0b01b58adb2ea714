"""When two documents are one: the same file, or the same number and day from the same issuer. By index, never pair by pair."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from records.evidence.register import Item
from records.roster.matching import key

FILE, DOCUMENT, BOTH = "tệp", "văn bản", "văn bản và tệp"
_PREFIX = re.compile(r"số(?=[\s:.]|[0-9])[\s:.]*")
_DASHES = re.compile("[‐‑‒–—−]")


def number_key(text: str) -> str:
    """A number as all its spellings share it: case, spaces, full-width signs, dashes and "Số " do not count; Đ is not D."""
    spelled = unicodedata.normalize("NFKC", text).casefold().replace("ð", "đ").strip()
    return "".join(_DASHES.sub("-", _PREFIX.sub("", spelled, count=1)).split())


def shown_number(text: str) -> str:
    """A number without the word before it, as it stands in a sentence."""
    return re.sub(_PREFIX.pattern, "", text, count=1, flags=re.IGNORECASE) if _PREFIX.match(text.casefold()) else text


def issuer_key(text: str, places: Iterable[str]) -> str:
    """A name as official variants share it, without the province it stands in. places: names of the province."""
    spelled = key(text)
    for place in places:
        spelled = spelled.removesuffix(f" {key(place)}")
    return spelled.removesuffix(f" {key('tỉnh')}")


@dataclass
class Group:
    """Items that are the same as one another. now: of the round, by candidate and in all; before: of earlier rounds."""

    items: tuple[Item, ...]
    now: list[Item] = field(default_factory=list)
    own: dict[str, list[Item]] = field(default_factory=dict)
    before: list[Item] = field(default_factory=list)

    def others(self, item: Item) -> Iterator[Item]:
        """Those of the round that somebody else handed in."""
        return (other for other in self.now if other.candidate != item.candidate)

    def how_many_others(self, item: Item) -> int:
        return len(self.now) - len(self.own.get(item.candidate, ()))


class Sameness:
    """Every item of a round and of earlier ones, by file and by document. same_issuer: see issuer_key."""

    def __init__(self, period: str, items: Iterable[Item], same_issuer: Callable[[str], str]) -> None:
        self.period, self.same_issuer = period, same_issuer
        self._files: dict[str, list[Item]] = {}
        self._documents: dict[tuple[str, dt.date], dict[str, list[Item]]] = {}
        self._groups: dict[tuple[str, ...], Group] = {}
        self._equal: dict[tuple[int, int], bool] = {}
        self._places: dict[int, int] = {}  # where an item stands in the register
        for place, item in enumerate(items):
            self._places[id(item)] = place
            if item.sha256:
                self._files.setdefault(item.sha256, []).append(item)
            document = _document(item)
            if document is not None:
                by_issuer = self._documents.setdefault(document, {})
                by_issuer.setdefault(same_issuer(item.issuer), []).append(item)

    def of(self, item: Item) -> list[tuple[str, Group]]:
        """What an item shares with others, and with whom: FILE, DOCUMENT, or BOTH when those are the same others."""
        file, document = self._file(item), self._same_document(item)
        if file is not None and document is not None and self._alike(file, document):
            return [(BOTH, file)]
        found = ((FILE, file), (DOCUMENT, document))
        return [(what, group) for what, group in found if group is not None and len(group.items) > 1]

    def _file(self, item: Item) -> Group | None:
        return self._group(("file", item.sha256), lambda: self._files[item.sha256]) if item.sha256 else None

    def _same_document(self, item: Item) -> Group | None:
        document = _document(item)
        if document is None:
            return None
        issuer, by_issuer = self.same_issuer(item.issuer), self._documents[document]
        number, day = document

        def members() -> list[Item]:
            """An issuer that nobody wrote may be any."""
            wanted = [issuer, ""] if issuer else list(by_issuer)
            found = [one for name in dict.fromkeys(wanted) for one in by_issuer.get(name, ())]
            return sorted(found, key=lambda one: self._places[id(one)])

        return self._group(("document", number, day.isoformat(), issuer), members)

    def _group(self, name: tuple[str, ...], members: Callable[[], list[Item]]) -> Group:
        if name not in self._groups:
            group = Group(tuple(members()))
            for item in group.items:
                if item.period == self.period:
                    group.now.append(item)
                    group.own.setdefault(item.candidate, []).append(item)
                else:
                    group.before.append(item)
            self._groups[name] = group
        return self._groups[name]

    def _alike(self, first: Group, second: Group) -> bool:
        """Whether two groups hold the same items."""
        pair = (id(first), id(second))
        if pair not in self._equal:
            same = len(first.items) == len(second.items) > 1
            self._equal[pair] = same and {id(one) for one in first.items} == {id(one) for one in second.items}
        return self._equal[pair]


def apart(item: Item, others: Iterable[Item], sharing: Mapping[str, str]) -> list[Item]:
    """The others that may not rest on the same document. sharing: the part that lets criteria share, by criterion."""
    part = sharing.get(item.criterion)
    return [
        other
        for other in others
        if other is not item
        and not (part is not None and other.criterion != item.criterion and sharing.get(other.criterion) == part)
    ]


def _document(item: Item) -> tuple[str, dt.date] | None:
    number = number_key(item.number)
    return (number, item.date) if number and item.date is not None else None
