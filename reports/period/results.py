"""Results of sets as figures: grades, mean and median, heads of the ranking, pools, content tags. Exact; rounded where they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.declarations.movement import Movement
from reports.period.sets import LEFT_OUT, SCORED, PeriodSet, Row
from scoring.tables import natural_key

HEADS = 3  # places of a pool that are named
UNGRADED = ""  # of the counts by grade: those without one


@dataclass(frozen=True)
class Spread:
    """Of shares. counted: how many there are; the others are None when there are none."""

    counted: int
    mean: Fraction | None = None
    median: Fraction | None = None
    highest: Fraction | None = None
    lowest: Fraction | None = None


def spread(shares: Iterable[Fraction]) -> Spread:
    """The median of an even number lies half way between the two in the middle."""
    told = sorted(shares)
    if not told:
        return Spread(0)
    half = len(told) // 2
    median = told[half] if len(told) % 2 else (told[half - 1] + told[half]) / 2
    return Spread(len(told), sum(told, Fraction(0)) / len(told), median, told[-1], told[0])


def shares_of(rows: Iterable[Row]) -> list[Fraction]:
    return [row.share for row in rows if row.counted and row.share is not None]


@dataclass(frozen=True)
class SetResult:
    """grades: how many have each grade, best first, those without one last under "". heads: the first places of every pool, best first;
    none of a set of persons. pools: name, how many, spread; none of a set without pools."""

    set: PeriodSet
    listed: int
    unplaced: int
    provisional: int
    grades: tuple[tuple[str, int], ...]
    spread: Spread
    heads: tuple[Row, ...] = ()
    pools: tuple[tuple[str, int, Spread], ...] = ()


def set_result(one: PeriodSet) -> SetResult:
    placed = [row for row in one.rows if not row.unplaced]
    counts = [(grade, sum(row.grade == grade for row in placed)) for grade in one.grades]
    none = sum(not row.grade for row in placed)
    names = sorted({row.pool for row in one.rows}, key=lambda name: _pool(one, name)) if one.pooled else []
    return SetResult(
        one,
        len(one.rows),
        len(one.rows) - len(placed),
        sum(row.provisional for row in placed),
        (*counts, *(((UNGRADED, none),) if none else ())),
        spread(shares_of(one.rows)),
        () if one.persons else tuple(heads(one)),
        tuple(
            (name, sum(row.pool == name for row in one.rows), spread(shares_of(r for r in one.rows if r.pool == name)))
            for name in names
        ),
    )


def heads(one: PeriodSet) -> list[Row]:
    """Those on the first places; everybody who shares one of them."""
    return [row for row in ordered(one) if row.rank is not None and row.rank <= HEADS]


def ordered(one: PeriodSet) -> list[Row]:
    """By pool, place and id; those without a place last in their pool."""
    return sorted(one.rows, key=lambda row: (_pool(one, row.pool), row.rank or 10**9, natural_key(row.id)))


def _pool(one: PeriodSet, name: str) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """As the set declares them; else Cụm 2 before Cụm 10."""
    place = one.levels.index(name) if name in one.levels else len(one.levels)
    return place, tuple(natural_key(part) for part in name.split(" "))


@dataclass(frozen=True)
class TagGroup:
    """What one group earned of a tag. criteria: how many carry it in its sets. left_out: results without points that count (not
    applicable, or still to come)."""

    letter: str
    criteria: int
    candidates: int
    earned: Fraction
    maximum: Fraction
    left_out: int

    @property
    def share(self) -> Fraction | None:
        return self.earned / self.maximum if self.maximum else None


@dataclass(frozen=True)
class TagSum:
    """A content of the movement, or one side of its double aim. A criterion with two tags counts in both."""

    id: str
    name: str
    place: str
    groups: tuple[TagGroup, ...]

    @property
    def earned(self) -> Fraction:
        return sum((one.earned for one in self.groups), Fraction(0))

    @property
    def maximum(self) -> Fraction:
        return sum((one.maximum for one in self.groups), Fraction(0))

    @property
    def share(self) -> Fraction | None:
        return self.earned / self.maximum if self.maximum else None


def tag_sums(movement: Movement, sets: Sequence[PeriodSet]) -> list[TagSum]:
    """Every tag of the movement. Points and maxima of leaves before coefficients, rescaling, bonus and penalty of the parts above them."""
    letters = [group.letter for group in movement.groups if any(one.letter == group.letter for one in sets)]
    return [
        TagSum(
            tag.id,
            " ".join(tag.name.split()),
            tag.place or "",
            tuple(
                made
                for letter in letters
                if (made := _tag_group(tag.id, letter, [one for one in sets if one.letter == letter])).criteria
            ),
        )
        for tag in movement.tags
    ]


def _tag_group(tag: str, letter: str, sets: Sequence[PeriodSet]) -> TagGroup:
    earned, maximum, left_out = Fraction(0), Fraction(0), 0
    criteria: set[tuple[str, str]] = set()
    people: set[str] = set()
    for one in sets:
        leaves = [leaf for leaf, tags in one.tags.items() if tag in tags]
        criteria |= {(one.set_id, leaf) for leaf in leaves}
        for row in one.rows:
            if row.unplaced or not leaves:
                continue
            people.add(row.id)
            for leaf in leaves:
                points, most, state = row.criteria[leaf]
                if counts(most, state):
                    earned, maximum = earned + points, maximum + most
                else:
                    left_out += 1
    return TagGroup(letter, len(criteria), len(people), earned, maximum, left_out)


def counts(maximum: Fraction, state: str) -> bool:
    """Whether a result counts in sums by tag: it has points (or was closed by decision, which earns none), out of a maximum."""
    return state in (SCORED, "closed") and state != LEFT_OUT and maximum > 0


@dataclass(frozen=True)
class Models:
    """Models and good practices that the units of a group reported. asked: results of units that were asked; units: those with any."""

    letter: str
    asked: int
    units: int
    reported: Fraction


def models_of(movement: Movement, sets: Sequence[PeriodSet]) -> list[Models]:
    """Of every group that is asked for them."""
    found = []
    for group in movement.groups:
        own = [one for one in sets if one.letter == group.letter and one.declared]
        told = [row.models for one in own for row in one.rows]
        if own:
            known = [value for value in told if value]
            found.append(Models(group.letter, len(told), len(known), sum(known, Fraction(0))))
    return found
