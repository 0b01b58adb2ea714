"""Proving the ledger: the chain recomputed, everything it commits to looked at, the first break named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sql

from records.ledger import tables
from records.ledger.chain import GENESIS, HASHED, link, sealed
from records.ledger.database import Database, submission_of


@dataclass(frozen=True)
class Break:
    """Something is not as it was written. entry: the first entry concerned, 0 when it is none. message: Vietnamese."""

    entry: int
    message: str


@dataclass(frozen=True)
class Proof:
    """What was looked at. head: number and hash of the last entry. anchored: the entry that has the hash asked for, 0 if none has."""

    entries: int
    submissions: int
    head: tuple[int, str]
    breaks: list[Break]
    anchored: int = 0


def prove(database: Database, anchor: str = "") -> Proof:
    """Recompute the chain and what it commits to. anchor: the beginning of a printed hash, at least 8 letters."""
    with database.reading() as connection:
        chain = _Chain(anchor)
        breaks = list(chain.walk(connection))
        breaks += _end(connection, chain)
        sealed_rows, found = _submissions(connection, chain.handed_in)
        breaks += found + _personal(connection, chain.personal_of)
    breaks.sort(key=lambda found: found.entry)
    return Proof(chain.count, sealed_rows, (chain.count, chain.last), breaks, chain.anchored)


class _Chain:
    """One walk over the entries, oldest first. After a break it goes on from the stored hash, so that each break is named once."""

    def __init__(self, anchor: str) -> None:
        self.anchor, self.anchored = anchor.lower(), 0
        self.count, self.last = 0, GENESIS
        self.handed_in: dict[int, str] = {}
        self.personal_of: dict[int, str] = {}

    def walk(self, connection: sql.Connection) -> Iterator[Break]:
        query = sql.select(tables.entries).order_by(tables.entries.c.number)
        query = query.execution_options(yield_per=2000)
        hidden = set(connection.execute(sql.select(tables.personal.c.entry)).scalars())
        for row in connection.execute(query).mappings():
            expected = self.count + 1
            if row["number"] != expected:
                yield Break(expected, f"thiếu mục {_span(expected, row['number'] - 1)}")
            elif link(self.last, row) != row["hash"]:
                yield Break(row["number"], self._what(row))
            self.count, self.last = row["number"], row["hash"]
            if self.anchor and row["hash"].startswith(self.anchor):
                self.anchored = row["number"]
            if row["field"] == "handed_in":
                self.handed_in[row["number"]] = row["value"]
            elif row["number"] in hidden:
                self.personal_of[row["number"]] = row["value"]

    def _what(self, row: sql.RowMapping) -> str:
        shown = {name: row[name] for name in HASHED if row[name] not in (None, "") and name not in ("number", "value")}
        said = ", ".join(f"{name} “{value}”" for name, value in shown.items())
        return f"nội dung không còn khớp dấu của mục ({said}, value “{str(row['value'])[:60]}”)"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} đến {last}"


def _end(connection: sql.Connection, chain: _Chain) -> list[Break]:
    """Whether the chain ends where the last transaction left it."""
    stored = connection.execute(sql.select(tables.meta.c.value).where(tables.meta.c.name == "head")).scalar()
    number, _, mark = (stored or f"0 {GENESIS}").partition(" ")
    if (int(number), mark) == (chain.count, chain.last):
        return []
    if int(number) > chain.count:
        return [Break(chain.count + 1, f"thiếu mục {_span(chain.count + 1, int(number))} ở cuối sổ")]
    return [Break(chain.count, f"dấu cuối sổ ghi mục {number}, khác mục cuối cùng tìm thấy ({chain.count})")]


def _submissions(connection: sql.Connection, handed_in: dict[int, str]) -> tuple[int, list[Break]]:
    breaks, seen, last = [], set(), 0
    query = sql.select(tables.submissions).order_by(tables.submissions.c.number).execution_options(yield_per=500)
    for row in connection.execute(query):
        seen.add(row.entry)
        one = submission_of(row)
        if row.entry <= last:
            breaks.append(Break(row.entry, f"thứ tự biểu đã nhận bị đổi (biểu {row.number})"))
        last = row.entry
        if handed_in.get(row.entry) != sealed(row.salt, one.content()):
            message = f"biểu của {row.candidate} kỳ {row.period} (tệp {row.file_name}) không còn khớp dấu đã ghi"
            breaks.append(Break(row.entry, message))
    breaks += [Break(entry, "thiếu nội dung biểu đã nhận") for entry in sorted(set(handed_in) - seen)]
    return len(seen), breaks


def _personal(connection: sql.Connection, committed: dict[int, str]) -> list[Break]:
    """Values that are kept outside the chain; one that was erased proves nothing and breaks nothing."""
    breaks = []
    for row in connection.execute(sql.select(tables.personal).order_by(tables.personal.c.entry)):
        if row.salt and sealed(row.salt, row.value) != committed.get(row.entry):
            breaks.append(Break(row.entry, "dữ liệu cá nhân không còn khớp dấu đã ghi"))
    return breaks
