"""Bodies that existed for a part of a period only: how many days, and whether they take a place (R204)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from criteria.declarations.years import PartYear
from records.roster.roster import Body, Roster

YEAR = 365
PROPOSED = "quy tắc đề xuất, chưa được cấp có thẩm quyền quyết định"


@dataclass(frozen=True)
class PartYearState:
    """The days on which a candidate existed, of those of a period. needed: for a place; 0 when no rule is stated.

    placed: takes a place. left_out: is not in the list at all. sentence: why not placed, "" when placed.
    """

    candidate: str
    first: date
    last: date
    days: int
    of: int
    needed: int = 0
    placed: bool = True
    left_out: bool = False
    sentence: str = ""

    @property
    def whole(self) -> bool:
        return self.days == self.of


def needed_days(rule: PartYear, days: int) -> int:
    """Days a body has to exist in a period of so many days: of a shorter one in proportion, rounded up."""
    return rule.least_days if days >= YEAR else -(-rule.least_days * days // YEAR)


def state_of(rule: PartYear | None, body: Body, first: date, last: date) -> PartYearState | None:
    """A body in the days between two; None when it did not exist on any of them."""
    begins, ends = max(first, body.first or first), min(last, body.last or last)
    if begins > ends:
        return None
    days, of = (ends - begins).days + 1, (last - first).days + 1
    needed = needed_days(rule, of) if rule is not None else 0
    if rule is None or days == of or days >= needed:
        return PartYearState(body.id, begins, ends, days, of, needed)
    told = f"Chỉ hoạt động {days}/{of} ngày của kỳ ({begins:%d/%m/%Y}-{ends:%d/%m/%Y}), dưới {needed} ngày"
    told += ", không xếp hạng" if rule.otherwise == "unplaced" else ", không đưa vào danh sách"
    if rule.status == "proposal":
        told += f" ({PROPOSED})"
    return PartYearState(body.id, begins, ends, days, of, needed, False, rule.otherwise == "left_out", told)


def part_year_state(
    rule: PartYear | None, roster: Roster, candidates: Iterable[str], first: date, last: date
) -> dict[str, PartYearState]:
    """Of every candidate of a round, by id. first, last: days of the round."""
    found = {}
    for ident in candidates:
        state = state_of(rule, roster.bodies[ident], first, last)
        if state is not None:
            found[ident] = state
    return found
