"""The matrix of the law: which award goes to which subject at which occasion of a movement that somebody launched, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from nominations.awards.declarations import Award, Awards, Issuer, Kind, Route, Subject
from nominations.occasions import NAMES

ISSUERS: dict[Issuer, str] = {
    "chu-tich-nuoc": "Chủ tịch nước",
    "thu-tuong": "Thủ tướng Chính phủ",
    "bo": "bộ, ban, ngành",
    "tinh": "tỉnh",
    "xa": "xã, phường",
    "don-vi": "cơ quan, đơn vị",
}


_NEAREST = ("occasion", "issuer", "aside")  # what lacks least is said first


@dataclass(frozen=True)
class Refused:
    """A way that does not lead there. code: issuer (another one has to launch the movement), occasion (another occasion), aside (what
    the law says of this subject), subject (the law says nothing). why: a Vietnamese sentence. facts: its clauses."""

    code: Literal["issuer", "occasion", "aside", "subject"]
    why: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reach:
    """How an award stands to a subject. route: the one to take, None when there is none. routes: all that lead there, the one to take
    first. refused: ways that do not, who lacks least first; those of a reached award say what its dossier must not mix in."""

    route: Route | None
    routes: tuple[Route, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The clauses to cite: of the route, else of the first refusal."""
        if self.route is not None:
            return tuple(self.route.facts)
        return self.refused[0].facts if self.refused else ()


def route_of(awards: Awards, award: Award, subject: Subject, kind: Kind, issuer: Issuer) -> Reach:
    """The route of a subject to an award. A route that no person has to look at (asks) goes before one that does; how long the movement
    lasts is not asked here (Route.least_years)."""
    found: list[Route] = []
    refused: list[Refused] = []
    for route in award.routes:
        if subject.id not in route.subjects:
            continue
        if route.issuers and issuer not in route.issuers:
            refused.append(_by_issuer(award, route))
        elif kind not in route.occasions:
            refused.append(_by_occasion(award, route))
        else:
            found.append(route)
    found.sort(key=lambda one: one.asks is not None)
    refused += [
        Refused("aside", " ".join(one.why.split()), tuple(one.facts))
        for one in award.asides
        if subject.id in one.subjects
    ]
    refused.sort(key=lambda one: _NEAREST.index(one.code))
    if not found and not refused:
        why = f"Tệp khen thưởng không nêu {award.name} cho {subject.name}."
        facts = tuple(dict.fromkeys(fact for route in award.routes for fact in route.facts))
        refused.append(Refused("subject", why, facts))
    return Reach(found[0] if found else None, tuple(found), tuple(dict.fromkeys(refused)))


def _by_issuer(award: Award, route: Route) -> Refused:
    who = ", ".join(ISSUERS[one] for one in route.issuers)
    return Refused("issuer", f"{award.name} chỉ xét trong phong trào do {who} phát động.", tuple(route.facts))


def _by_occasion(award: Award, route: Route) -> Refused:
    when = ", ".join(NAMES[one] for one in route.occasions)
    return Refused("occasion", f"{award.name} chỉ xét dịp {when}.", tuple(route.facts))


def reachable(awards: Awards, award: Award, years: int | None) -> Iterator[Route]:
    """Routes that this movement can take at some occasion. years: whole years it can last at most, None not known."""
    for route in award.routes:
        own = not route.issuers or awards.frame.issuer in route.issuers
        long = route.least_years is None or years is None or years >= route.least_years
        if own and long and route.occasions and route.subjects:
            yield route


def planned_years(awards: Awards) -> int | None:
    """Whole years from the earliest possible first day to the last one, both counted; None when no first day is known."""
    first = awards.frame.from_ or awards.frame.from_earliest
    if first is None:
        return None
    after = awards.frame.to + timedelta(days=1)  # the last day counts: 01/04/2025 to 31/03/2030 are five years
    years = after.year - first.year - ((after.month, after.day) < (first.month, first.day))
    return max(years, 0)


def wheres(awards: Awards, facts: Sequence[str]) -> str:
    """điểm a khoản 1 Điều 44; khoản 3 Điều 44"""
    found = [one.where() for ident in facts if (one := awards.fact(ident)) is not None]
    return "; ".join(dict.fromkeys(text for text in found if text))
