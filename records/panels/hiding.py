"""Marks stay hidden until they are given: what must not be shown of an open panel, here and in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from records.ledger.entries import Entry
from records.panels.board import DONE, Board, load_board
from records.workspace.folder import Workspace

MASK = "(chưa mở)"


def open_panels(workspace: Workspace, period: str) -> set[tuple[str, str]]:
    """(table, criterion) of which marks of some candidate must not be shown yet."""
    board, _ = load_board(workspace, period)
    if board is None:
        return set()
    return {
        (table, one.id)
        for table in board.judged
        if not board.given_all(table)
        for candidate, one in board.cases(table)
        if board.state(candidate, one.id) not in DONE
    }


class HiddenMarks:
    """Says of entries of one workspace, of any round, whether they are marks that must not be shown yet."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._boards: dict[str, Board | None] = {}
        self._tables: dict[tuple[str, str], tuple[bool, frozenset[tuple[str, str]]]] = {}

    def hidden(self, entry: Entry) -> bool:
        """A mark whose panel is open. Of what is no candidate any more, or no panel's, nobody can say: hidden."""
        kind, _, rest = entry.subject.partition(":")
        if kind != "mark":
            return False
        period, _, candidate = rest.partition("/")
        if period not in self._boards:
            self._boards[period] = load_board(self._workspace, period)[0]
        board = self._boards[period]
        table, _, more = entry.field.partition("/")
        criterion = more.rpartition("/")[0]
        if board is None:
            return True
        key = period, table
        if key not in self._tables:
            cases = frozenset((who, one.id) for who, one in board.cases(table))
            self._tables[key] = board.given_all(table), cases
        given_all, cases = self._tables[key]
        if (candidate, criterion) not in cases:
            return True
        return not given_all and board.state(candidate, criterion) not in DONE

    def masked(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries without what must not be shown: mark, mark before, reason."""
        return [self._mask(entry) if self.hidden(entry) else entry for entry in entries]

    def _mask(self, entry: Entry) -> Entry:
        return replace(
            entry, value=MASK, old=MASK if entry.old else "", reason=MASK if entry.reason else "", evidence=""
        )
