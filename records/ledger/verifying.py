"""Proving the ledger: the chain recomputed, everything it commits to looked at, the first break named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.chain import GENESIS, HASHED, SEAL, link, sealed
from records.ledger.database import Database
from records.ledger.submission import SEALED as _SEALED
from records.ledger.submission import canonical
from records.ledger.writer import ERASED
from records.persons.fields import OWNER, owners_of

SHORTEST_ANCHOR = 8  # letters of a hash that have to be typed
_WORDS = {
    "at": "giờ",
    "by": "người nhập",
    "author": "ai",
    "role": "vai",
    "subject": "về",
    "field": "điều",
    "stage": "bước",
    "value": "giá trị",
}


@dataclass(frozen=True)
class Break:
    """Something is not as it was written. entry: the first entry concerned, 0 when it is none. message: Vietnamese."""

    entry: int
    message: str


@dataclass(frozen=True)
class Proof:
    """What was looked at. head: number and hash of the last entry. anchored: the entry that has the hash asked for, 0 if none has.

    breaks: the first broken entry first. anchored_at, head_at: their times (UTC). erased: entries whose content was erased by decision.
    """

    entries: int
    submissions: int
    head: tuple[int, str]
    breaks: list[Break]
    anchored: int = 0
    anchored_at: str = ""
    head_at: str = ""
    erased: int = 0


def prove(database: Database, anchor: str = "") -> Proof:
    """Recompute the chain and what it commits to. anchor: the beginning of a printed hash, at least 8 letters.

    Finds whatever was changed, taken out or put in. Who rewrites the whole rest of the chain, with new hashes up to its end, is
    found only by an anchor: a hash that was printed before.
    """
    chain = _Chain(anchor)
    with database.reading() as connection:
        connection.exec_driver_sql("BEGIN")  # everything is looked at as it stands at one moment
        try:
            breaks = list(chain.walk(connection))
            breaks += _end(connection, chain)
            count, found = _submissions(connection, chain)
            breaks += found + _personal(connection, chain)
        except sql.exc.DatabaseError as error:
            return Proof(chain.count, 0, (chain.count, chain.last), [_unreadable(chain, error)])
    breaks.sort(key=lambda found: found.entry)
    head = (chain.count, chain.last)
    return Proof(chain.seen, count, head, breaks, chain.anchored, chain.anchored_at, chain.at, len(chain.erased))


def _unreadable(chain: _Chain, error: Exception) -> Break:
    said = str(getattr(error, "orig", error))[:200]
    return Break(chain.count + 1, f"không đọc được tệp số liệu từ mục này trở đi ({said})")


@dataclass
class _Chain:
    """One walk over the entries, oldest first. After a break it goes on from the stored hash, so that each break is named once.

    handed_in, sealed: commitments by entry. erased: entry → the entry that says so. about: subject and field of handed_in and sealed.
    named: by subject, about whom it is, where a field says so.
    """

    anchor: str
    anchored: int = 0
    anchored_at: str = ""
    seen: int = 0
    count: int = 0
    last: str = GENESIS
    at: str = ""
    handed_in: dict[int, str] = field(default_factory=dict)
    sealed: dict[int, str] = field(default_factory=dict)
    about: dict[int, tuple[str, str]] = field(default_factory=dict)
    named: dict[str, set[str]] = field(default_factory=dict)
    erased: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.anchor = self.anchor.strip().lower()

    def walk(self, connection: sql.Connection) -> Iterator[Break]:
        query = sql.select(tables.entries).order_by(tables.entries.c.number).execution_options(yield_per=2000)
        for row in connection.execute(query).mappings():
            number, self.seen = row["number"], self.seen + 1
            if number <= self.count or number < 1:
                yield Break(max(number, 1), f"mục lạ, mang số {number}")
                continue
            if number != self.count + 1:
                yield Break(self.count + 1, f"thiếu mục {_span(self.count + 1, number - 1)}")
            elif _hash(self.last, row) != row["hash"]:
                yield Break(number, _content(row))
            self.count, self.last, self.at = number, str(row["hash"]), str(row["at"])
            if self.anchor and self.last.startswith(self.anchor):
                self.anchored, self.anchored_at = number, self.at
            self._commitments(number, row)

    def _commitments(self, number: int, row: sql.RowMapping) -> None:
        subject, name, value = str(row["subject"]), str(row["field"]), str(row["value"])
        if name == "handed_in" and subject.startswith("score:"):
            self.handed_in[number] = value
        elif value.startswith(SEAL):
            self.sealed[number] = value[len(SEAL) :]
        elif name == ERASED and subject.startswith("person:"):
            numbers = [int(text) for text in value.split(",") if text.isdecimal()]
            owner = subject.partition(":")[2]
            self.erased.update({one: number for one in numbers if owner in self.owners(one)})
            return
        else:
            if value and OWNER.get(subject.partition(":")[0]) == name:
                self.named.setdefault(subject, set()).add(value)
            return
        self.about[number] = subject, name

    def owners(self, number: int) -> set[str]:
        """Whose data stand under an entry."""
        return owners_of(*self.about[number], self.named) if number in self.about else set()


def _hash(previous: str, row: sql.RowMapping) -> str:
    """ "" when a column holds what was never written there: bytes, half letters."""
    try:
        return link(previous, row)
    except (TypeError, UnicodeEncodeError):
        return ""


def _content(row: sql.RowMapping) -> str:
    shown = [(word, row[name]) for name, word in _WORDS.items() if name in HASHED and row[name] not in (None, "")]
    said = ", ".join(f"{word} “{_short(value)}”" for word, value in shown)
    return f"nội dung không còn khớp mã băm của mục ({said})"


def _short(value: object) -> str:
    text = str(value)
    return "dữ liệu cá nhân" if text.startswith(SEAL) else text[:60]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} đến {last}"


def _end(connection: sql.Connection, chain: _Chain) -> list[Break]:
    """Whether the chain ends where the last transaction left it."""
    stored = connection.execute(sql.select(tables.meta.c.value).where(tables.meta.c.name == "head")).scalar()
    if stored is None and chain.count == 0:
        return []
    text, _, mark = str(stored or "").partition(" ")
    if not text.isdecimal():
        return [Break(max(chain.count, 1), "mất mã băm cuối sổ")]
    number = int(text)
    if (number, mark) == (chain.count, chain.last):
        return []
    if number > chain.count:
        return [Break(chain.count + 1, f"thiếu mục {_span(chain.count + 1, number)} ở cuối sổ")]
    if number < chain.count:
        return [Break(number + 1, f"mục {_span(number + 1, chain.count)} ở cuối sổ không do phần mềm ghi")]
    return [Break(number, "mã băm cuối sổ không khớp mục cuối")]


def _submissions(connection: sql.Connection, chain: _Chain) -> tuple[int, list[Break]]:
    """Every form under its entry: there, unchanged, in its order. A changed one is named by the entry that it was sealed with."""
    places = {entry: place for place, entry in enumerate(chain.handed_in, 1)}
    breaks, seen, strange = [], set[int](), list[sql.Row[tuple[object, ...]]]()
    count = 0
    query = sql.select(tables.submissions).order_by(tables.submissions.c.number).execution_options(yield_per=500)
    for row in connection.execute(query):
        count += 1
        if row.entry not in places or row.entry in seen:
            strange.append(row)
            continue
        seen.add(row.entry)
        what = f"biểu của {row.candidate} kỳ {row.period} (tệp {row.file_name})"
        if not row.salt and row.entry in chain.erased and not row.answers:
            if chain.owners(row.entry) != {row.candidate}:
                breaks.append(Break(row.entry, f"{what} không còn khớp mã băm đã ghi"))
        elif row.entry in chain.erased:
            breaks.append(Break(row.entry, f"{what} đã ghi là xóa ở mục {chain.erased[row.entry]} mà vẫn còn"))
        elif chain.handed_in[row.entry] != _seal_of(row):
            breaks.append(Break(row.entry, f"{what} không còn khớp mã băm đã ghi"))
        if row.number != places[row.entry]:
            breaks.append(Break(row.entry, f"{what} bị đổi thứ tự: số {row.number}, đúng ra {places[row.entry]}"))
    lost = [entry for entry in places if entry not in seen]
    for row in strange:
        mark = _seal_of(row)
        mine = next((entry for entry in lost if chain.handed_in[entry] == mark), None)
        what = f"biểu của {row.candidate} kỳ {row.period} (tệp {row.file_name})"
        if mine is not None:
            lost.remove(mine)
            breaks.append(Break(mine, f"{what} bị gắn sang mục {row.entry}"))
        else:
            breaks.append(Break(row.entry, f"{what} không có mục nào ghi nhận"))
    breaks += [Break(entry, "thiếu nội dung biểu đã nhận") for entry in lost]
    return count, breaks


def _seal_of(row: sql.Row[tuple[object, ...]]) -> str:
    """The commitment to a row as it is stored, letter by letter."""
    try:
        return sealed(row.salt, canonical({name: getattr(row, name) for name in _SEALED}))
    except (TypeError, UnicodeEncodeError):  # bytes, or half letters
        return ""


def _personal(connection: sql.Connection, chain: _Chain) -> list[Break]:
    """Values that are kept outside the chain: each under its entry; an empty one only where an entry says that it was erased."""
    breaks, seen = [], set[int]()
    for row in connection.execute(sql.select(tables.personal).order_by(tables.personal.c.entry)):
        seen.add(row.entry)
        if row.entry not in chain.sealed:
            breaks.append(Break(row.entry, "dữ liệu cá nhân không có mục nào ghi nhận"))
        elif row.entry in chain.erased:
            if row.salt or row.value:
                said = f"dữ liệu cá nhân đã ghi là xóa ở mục {chain.erased[row.entry]} mà vẫn còn"
                breaks.append(Break(row.entry, said))
        elif not row.salt and not row.value:
            breaks.append(Break(row.entry, "dữ liệu cá nhân bị xóa mà không có mục nào ghi việc xóa"))
        elif not isinstance(row.value, str) or sealed(row.salt, row.value) != chain.sealed[row.entry]:
            breaks.append(Break(row.entry, "dữ liệu cá nhân không còn khớp mã băm đã ghi"))
    breaks += [Break(entry, "thiếu dữ liệu cá nhân") for entry in chain.sealed if entry not in seen]
    return breaks
