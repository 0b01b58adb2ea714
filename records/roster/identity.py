"""Whose row is this: by id, by a name that is certain, by what a person has answered; never by a guess."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import WARNING, Problem
from records.roster.draft import Draft
from records.roster.matching import find_body, key
from records.roster.reading import Row
from records.roster.roster import Body

NEW = "new"
DOUBTFUL = 85  # a new body whose name is so like a known one is asked about


@dataclass(frozen=True)
class Asked:
    """A name that nobody can be sure about. best: id, name, certainty (0–99), surest first."""

    place: str
    text: str
    best: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Choices:
    """What was said with the command. kind, group: for rows that say none. source: likewise. matches: key of a name → id or NEW.

    ask: asks a person; gives an id, NEW, or None when there is no answer.
    """

    kind: str = ""
    group: str = ""
    source: str = ""
    new: bool = False
    matches: Mapping[str, str] = field(default_factory=dict)
    ask: Callable[[Asked], str | None] | None = None


@dataclass
class Identity:
    """Finds bodies by what a cell says."""

    draft: Draft
    choices: Choices
    problems: list[Problem]
    _found: dict[tuple[str, date | None], str] = field(default_factory=dict)

    def reference(self, row: Row, name: str, text: str, day: date | None) -> str | None:
        """The body that a cell names (parent, successor); None when it is not certain, and then a finding."""
        if (text, day) in self._found:
            return self._found[text, day]
        ident, best = find_body(self.draft.roster, text, day)
        if ident is None:
            ident = self._answer(row, name, text, best)
        if ident is None or ident == NEW:
            hint = f"Ghi mã, hoặc nhập cơ quan đó trước. {self._offer(best)}".strip()
            self.problems.append(row.problem("name-match", name, f"“{text[:80]}” chưa chắc là ai.", hint))
            return None
        self._found[text, day] = ident
        return ident

    def subject(self, row: Row, text: str, *, person: bool, parent: str, bound: bool) -> str | None:
        """The body of a row without an id: its id, NEW, or None with a finding. bound: same-named ones may have other parents."""

        def among(body: Body) -> bool:
            if body.person != person:
                return False
            return not bound or not parent or body.value("parent") in (parent, "")

        ident, best = find_body(self.draft.roster, text, None, among)
        if ident is not None and key(text) not in self.choices.matches:
            return ident
        answer = self._answer(row, "name", text, best, asked=not self.choices.new or _doubtful(best))
        if answer is not None:
            return answer
        if self.choices.new and not _doubtful(best):
            self._namesakes(row, text, person)
            return NEW
        self.problems.append(row.problem("name-match", "name", *self._sentence(text, best)))
        return None

    def _sentence(self, text: str, best: list[tuple[str, int]]) -> tuple[str, str]:
        again = f'--yes-match "{text[:60]}=MÃ"'
        if not best:
            return f"Không có “{text[:80]}” trong danh sách.", "Điền mã; nếu là đối tượng mới, chạy lại với --new."
        new = (
            f'; nếu là đối tượng mới, --yes-match "{text[:60]}={NEW}"' if self.choices.new else "; nếu mới, thêm --new"
        )
        return f"“{text[:80]}” chưa chắc là ai.", f"{self._offer(best)} Điền mã vào cột mã, hoặc thêm {again}{new}."

    def _answer(self, row: Row, name: str, text: str, best: list[tuple[str, int]], *, asked: bool = True) -> str | None:
        """What was said beforehand, or is said now."""
        known = self.choices.matches.get(key(text))
        if known is not None:
            if known == NEW or self.draft.body(known) is not None:
                return known
            message = f"--yes-match: không có mã “{known[:40]}” trong danh sách."
            self.problems.append(row.problem("name-match", name, message, "Xem mã: thidua roster list --all."))
            return None
        if not asked or not best or self.choices.ask is None:
            return None
        names = tuple((ident, self.draft.roster.bodies[ident].name(), certainty) for ident, certainty in best)
        return self.choices.ask(Asked(row.place(name), text, names))

    def _offer(self, best: list[tuple[str, int]]) -> str:
        if not best:
            return ""
        shown = (f"{ident} {self.draft.roster.bodies[ident].name()} ({sure}/100)" for ident, sure in best)
        return "Gần nhất: " + "; ".join(shown) + "."

    def _namesakes(self, row: Row, text: str, person: bool) -> None:
        """A person of the same name elsewhere may be the same person."""
        others = self.draft.index.certain(text, None, lambda body: body.person) if person else []
        if others:
            message = f"“{text[:80]}” trùng tên với {', '.join(others[:5])} ở nơi khác; đã coi là người khác."
            hint = "Nếu là một người chuyển nơi công tác, điền mã của người đó vào cột mã rồi nhập lại."
            self.problems.append(row.problem("name-match", "name", message, hint, WARNING))


def _doubtful(best: list[tuple[str, int]]) -> bool:
    return any(certainty >= DOUBTFUL for _, certainty in best)
