"""Awards that a route wants already held (Route.held): which of somebody's awards count towards it, which do not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nominations.awards.declarations import Award, Awards, Held
from nominations.history.comparing import award_key
from nominations.history.held import HeldAward


@dataclass(frozen=True)
class Tally:
    """One wish of a route, held against a history. counted: towards it. by_category: right form, but its loại hình does not count.

    unknown: nobody has said of which loại hình. boundary: within the years when whole years are counted, outside day by day.
    too_old, revoked: the right form, and why it does not count.
    """

    wanted: Held
    name: str
    counted: tuple[HeldAward, ...] = ()
    by_category: tuple[HeldAward, ...] = ()
    unknown: tuple[HeldAward, ...] = ()
    boundary: tuple[HeldAward, ...] = ()
    too_old: tuple[HeldAward, ...] = ()
    revoked: tuple[HeldAward, ...] = ()

    @property
    def enough(self) -> bool:
        return len(self.counted) >= self.wanted.times

    @property
    def perhaps(self) -> bool:
        """Whether it is enough when what is not sure counts."""
        return len(self.counted) + len(self.unknown) + len(self.boundary) >= self.wanted.times

    @property
    def words(self) -> str:
        """02 lần Bằng khen của Chủ tịch UBND tỉnh trong 5 năm"""
        within = f" trong {self.wanted.within_years} năm" if self.wanted.within_years is not None else ""
        return f"{self.wanted.times:02d} lần {self.name}{within}"


def tally(awards: Awards, award: Award, wanted: Held, history: Iterable[HeldAward], day: date) -> Tally:
    """What somebody's awards come to, on a day, for one wish of a route to `award`.

    times: every decision counts once, whoever of the lineage got it. within_years: the decision is dated on or after the same day
    so many years earlier, and not after the day itself; whole years may be meant as well, so that a decision of that earliest year
    but before the day is not sure. No legal text fixes how the years run.
    """
    known = awards.award(wanted.award)
    name = known.name if known is not None else wanted.award
    excluded = not_counted(awards, award, wanted)
    found: dict[str, list[HeldAward]] = {}
    for one in history:
        if not _is(one, wanted.award, name):
            continue
        found.setdefault(_state(one, excluded, wanted, day), []).append(one)
    told = {state: tuple(many) for state, many in found.items() if state != "other"}
    return Tally(wanted, name, **told)


def rests_on(awards: Awards, later: HeldAward, earlier: HeldAward) -> bool:
    """Whether a route to the later award may have wanted the earlier one."""
    award = awards.award(later.award)
    if award is None:
        return False
    wanted = [one for route in award.routes for one in route.held]
    names = {one.award: known.name if (known := awards.award(one.award)) else one.award for one in wanted}
    return any(_is(earlier, ident, name) for ident, name in names.items())


def _is(one: HeldAward, ident: str, name: str) -> bool:
    return one.award == ident or award_key(one.award_name) == award_key(name)


def not_counted(awards: Awards, award: Award, wanted: Held) -> tuple[str, ...]:
    """Loại hình that do not count towards an award (Awards.merit), where its route does not list those that do."""
    rule = awards.merit
    return (
        tuple(rule.not_counted)
        if rule is not None and award.category == rule.category and not wanted.categories
        else ()
    )


def _state(one: HeldAward, excluded: tuple[str, ...], wanted: Held, day: date) -> str:
    """In which list of the tally an award of the right form belongs."""
    if one.status == "revoked":
        return "revoked"
    if not one.counts or one.day is None or one.day > day:
        return "other"
    if one.category in excluded or (wanted.categories and one.category and one.category not in wanted.categories):
        return "by_category"
    if wanted.within_years is not None and one.day < _years_before(day, wanted.within_years):
        return "boundary" if one.day.year >= day.year - wanted.within_years else "too_old"
    return "unknown" if not one.category and (wanted.categories or excluded) else "counted"


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February: the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
