"""Gaps (chênh lệch): what units gave themselves against what was found. Exact fractions; only what both stages have counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.result import CriterionResult, Result

NOT_APPLICABLE, WAITING, CLOSED, NOTHING = "not_applicable", "waiting", "closed", "nothing"
LEFT_OUT = {
    NOT_APPLICABLE: "không áp dụng ở một trong hai bước",
    WAITING: "chờ: chưa có số liệu, chưa có kết luận hoặc đã trả lại",
    CLOSED: "đóng không có kết quả",
    NOTHING: "điểm tối đa bằng 0",
}  # why a criterion of a unit is not compared, in the order in which it is looked for
LEAST_PERIODS = 2  # periods in which a unit was compared before anybody speaks of a habit


@dataclass(frozen=True)
class Pair:
    """One criterion of one unit at both stages, in points. claimed: what the unit gave itself; found: what stands at the later stage."""

    unit: str
    criterion: str
    maximum: Fraction
    claimed: Fraction
    found: Fraction

    @property
    def difference(self) -> Fraction:
        """In points; above 0 the unit over-claimed."""
        return self.claimed - self.found

    @property
    def share(self) -> Fraction:
        """The difference as a share of the maximum."""
        return self.difference / self.maximum


@dataclass(frozen=True)
class Compared:
    """Two stages of one set. left_out: (unit, criterion, key of LEFT_OUT) of what is not compared."""

    pairs: tuple[Pair, ...] = ()
    left_out: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Gap:
    """What some pairs come to. over, under, equal: how many; shares: their summed shares of the maximum; points: of the differences."""

    over: int = 0
    under: int = 0
    equal: int = 0
    shares: Fraction = Fraction(0)
    points: Fraction = Fraction(0)
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def compared(self) -> int:
        return self.over + self.under + self.equal

    @property
    def not_compared(self) -> int:
        return sum(self.left_out.values())

    @property
    def mean(self) -> Fraction | None:
        """Mean difference as a share of the maximum; None when nothing was compared."""
        return self.shares / self.compared if self.compared else None

    @property
    def over_share(self) -> Fraction | None:
        return Fraction(self.over, self.compared) if self.compared else None

    @property
    def moved_share(self) -> Fraction | None:
        """Share of what was changed, up or down."""
        return Fraction(self.over + self.under, self.compared) if self.compared else None


def compare(claimed: Result, found: Result) -> Compared:
    """Every criterion (leaf) of every unit that both results have, units in the order of the first, criteria as in the set."""
    leaves = [node.id for node in claimed.set.leaves()]
    pairs: list[Pair] = []
    left_out: list[tuple[str, str, str]] = []
    for row, unit in enumerate(claimed.ids):
        if unit not in found.rows:
            continue
        before, after = claimed.at(row).criteria, found.candidate(unit).criteria
        for leaf in leaves:
            one, other = before[leaf], after[leaf]
            why = _why_not(one, other)
            if why:
                left_out.append((unit, leaf, why))
            else:
                pairs.append(Pair(unit, leaf, other.maximum or one.maximum, one.points, other.points))
    return Compared(tuple(pairs), tuple(left_out))


def _why_not(one: CriterionResult, other: CriterionResult) -> str:
    """A key of LEFT_OUT; "" when both stages have points."""
    both = {one.state, other.state}
    if "not_applicable" in both:
        return NOT_APPLICABLE
    if "closed" in both:
        return CLOSED
    if both != {"scored"}:
        return WAITING
    return "" if other.maximum or one.maximum else NOTHING


def gap(pairs: Iterable[Pair], left_out: Iterable[str] = ()) -> Gap:
    """left_out: keys of LEFT_OUT, one for every criterion of a unit that is not compared."""
    count: Counter[int] = Counter()
    shares = points = Fraction(0)
    for pair in pairs:
        count[(pair.difference > 0) - (pair.difference < 0)] += 1
        shares += pair.share
        points += pair.difference
    why = Counter(left_out)
    return Gap(count[1], count[-1], count[0], shares, points, {key: why[key] for key in LEFT_OUT if why[key]})


def gaps_by(compared: Compared, key: Callable[[str, str], str], order: Iterable[str] = ()) -> dict[str, Gap]:
    """A gap for every value of a key of (unit, criterion): the unit, the criterion, who verified. order: values first in this order."""
    pairs: dict[str, list[Pair]] = {name: [] for name in order}
    why: dict[str, list[str]] = {name: [] for name in pairs}
    for pair in compared.pairs:
        pairs.setdefault(key(pair.unit, pair.criterion), []).append(pair)
    for unit, criterion, reason in compared.left_out:
        why.setdefault(key(unit, criterion), []).append(reason)
    return {name: gap(pairs.get(name, ()), why.get(name, ())) for name in dict.fromkeys([*pairs, *why])}


def misleading(by_criterion: Mapping[str, Gap], share: Fraction, least: int) -> list[str]:
    """Criteria of which at least this share of the units compared over-claim: the wording may mislead. least: units compared at
    least, so that a single unit condemns no wording. The largest share first."""
    found = [
        (name, one.over_share or Fraction(0))
        for name, one in by_criterion.items()
        if one.compared >= max(least, 1) and one.over and (one.over_share or 0) >= share
    ]
    places = {name: place for place, name in enumerate(by_criterion)}
    return [name for name, _ in sorted(found, key=lambda item: (-item[1], places[item[0]]))]


def habitual(by_period: Sequence[Mapping[str, Gap]]) -> dict[str, bool]:
    """Of every unit that was compared in LEAST_PERIODS periods or more: whether its mean difference was above 0 in each of them."""
    found: dict[str, list[Fraction]] = {}
    for gaps in by_period:
        for unit, one in gaps.items():
            if one.mean is not None:
                found.setdefault(unit, []).append(one.mean)
    return {unit: all(mean > 0 for mean in means) for unit, means in found.items() if len(means) >= LEAST_PERIODS}


@dataclass(frozen=True)
class ShareGap:
    """Shares of the maximum of whole units at two stages: (own, final) of each. lowered, raised, same: how many."""

    pairs: tuple[tuple[Fraction, Fraction], ...] = ()

    @property
    def compared(self) -> int:
        return len(self.pairs)

    @property
    def own(self) -> Fraction | None:
        """The mean of what units gave themselves."""
        return sum((own for own, _ in self.pairs), Fraction(0)) / len(self.pairs) if self.pairs else None

    @property
    def final(self) -> Fraction | None:
        return sum((final for _, final in self.pairs), Fraction(0)) / len(self.pairs) if self.pairs else None

    @property
    def difference(self) -> Fraction | None:
        return self.own - self.final if self.own is not None and self.final is not None else None

    @property
    def lowered(self) -> int:
        return sum(final < own for own, final in self.pairs)

    @property
    def raised(self) -> int:
        return sum(final > own for own, final in self.pairs)

    @property
    def same(self) -> int:
        return sum(final == own for own, final in self.pairs)


def share_gap(claimed: Result, found: Result) -> ShareGap:
    """Left out: who has no share at one of the two stages, takes no place, or still waits for something in the end."""
    pairs = []
    for ident, row in found.rows.items():
        before = claimed.rows.get(ident)
        if before is None or row in found.root.table.unplaced or before in claimed.root.table.unplaced:
            continue
        own, final = claimed.at(before), found.at(row)
        if own.share is not None and final.share is not None and not final.provisional:
            pairs.append((own.share, final.share))
    return ShareGap(tuple(pairs))


def together(found: Iterable[ShareGap]) -> ShareGap:
    """As one: every unit weighs the same."""
    return ShareGap(tuple(pair for one in found for pair in one.pairs))
