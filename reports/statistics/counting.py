"""What the program can count for statistics forms: this movement, the awards given in the statistical year, what was proposed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from nominations.awards.reading import AwardFile
from nominations.history.held import STATUS, HeldAward, history
from nominations.history.naming import LEVELS
from nominations.proposals.proposal import outsiders, proposals
from records.roster.roster import Candidate, load_roster
from records.workspace.folder import Workspace
from reports.statistics.declarations import Column, Form, OwnMovement, Row, Span, When

Kind = tuple[str | None, bool | None]  # id of a subject, whether it is an individual; None: nobody knows


@dataclass(frozen=True)
class Item:
    """A movement or an award that may be counted. None: nobody knows. years: shortest and longest duration that is possible."""

    name: str
    launched: str | None = None
    scope: str | None = None
    method: str | None = None
    years: tuple[Fraction, Fraction] | None = None
    award: str | None = None
    kind: str | None = None
    category: str | None = None
    through: str | None = None
    person: bool | None = None


@dataclass(frozen=True)
class Count:
    """A figure of a form. number: None where the program has none. doubtful: items of which nobody can say."""

    number: int | None
    doubtful: int = 0


@dataclass(frozen=True)
class OwnLine:
    """Awards of one form and one level by what became of them. granted: in the statistical year; others: in it, too, by their day."""

    award: str
    level: str
    persons: Mapping[str, int] = field(default_factory=dict)
    collectives: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """first, last: of the statistical year. proposals: by occasion documents, collectives, individuals. unplaced: of a form, awards that are in no column, by name. illustration: made-up."""

    first: date
    last: date
    movements: tuple[Item, ...]
    awards: Mapping[str, tuple[Item, ...]]
    own: tuple[OwnLine, ...]
    proposals: Mapping[str, tuple[int, int, int]]
    illustration: bool = False

    def items(self, form: Form) -> tuple[Item, ...]:
        return self.movements if form.counts == "movements" else self.awards.get(form.level, ())

    def unplaced(self, form: Form) -> dict[str, int]:
        """Awards that no column but the whole counts."""
        columns = [one for one in form.columns if one.when.asks]
        if form.counts != "awards" or not columns:
            return {}
        left = [
            one.name
            for one in self.items(form)
            if not any(matches(column.when, one) is not False for column in columns)
        ]
        return dict(sorted(Counter(left).items()))


def statistical_year(span: Span | None, year: int) -> tuple[date, date]:
    """The days of a statistical year; the calendar year when no document says otherwise."""
    if span is None:
        return date(year, 1, 1), date(year, 12, 31)
    last = _day(year, span.to)
    first = _day(year, span.from_)
    return (first if first <= last else _day(year - 1, span.from_)), last


def _day(year: int, text: str) -> date:
    month, day = (int(part) for part in text.split("-"))
    while True:
        try:
            return date(year, month, day)
        except ValueError:  # 29 February in a common year
            day -= 1


def counted(workspace: Workspace, file: AwardFile | None, own: OwnMovement | None, first: date, last: date) -> Counted:
    """Everything the program knows of a statistical year. file: None when the movement has no award file."""
    roster, persons = load_roster(workspace), _kinds(workspace, file)
    every = history(workspace)
    inside = [one for one in every if (day := one.day or one.since) is not None and first <= day <= last]
    given = {
        level: tuple(_award(one, persons, file) for one in inside if one.counts and one.level == level)
        for level in LEVELS
    }
    lines: dict[tuple[str, str], list[HeldAward]] = {}
    for one in inside:
        lines.setdefault((one.level, one.award_name), []).append(one)
    order = list(LEVELS)
    told = tuple(
        _own(name, level, many, persons)
        for (level, name), many in sorted(
            lines.items(), key=lambda item: (order.index(item[0][0]) if item[0][0] in order else len(order), item[0][1])
        )
    )
    illustrated = any(one.illustration for one in inside) or any(
        body.value("illustration") for body in roster.bodies.values()
    )
    return Counted(
        first,
        last,
        _movements(workspace, file, own, first, last),
        given,
        told,
        _proposals(workspace, persons, first, last),
        illustrated,
    )


def _proposals(
    workspace: Workspace, persons: Mapping[str, Kind], first: date, last: date
) -> dict[str, tuple[int, int, int]]:
    """By occasion: documents handed in whose letter is of these days, collectives and individuals in them."""
    found: dict[str, tuple[int, int, int]] = {}
    subjects = dict.fromkeys(entry.subject for entry in workspace.database.entries("proposal"))
    for occasion in dict.fromkeys(subject.partition(":")[2].rpartition("/")[0] for subject in subjects):
        handed = [
            one
            for one in proposals(workspace, occasion)
            if one.letter_day is not None and first <= one.letter_day <= last
        ]
        rows = [row for one in handed for row in one.rows]
        alone = sum(bool(persons.get(row.nominee, (None, None))[1]) for row in rows)
        if handed:
            found[occasion] = len(handed), len(rows) - alone, alone
    return found


def matches(when: When, item: Item) -> bool | None:
    """Whether an item is counted; None when nobody can say."""
    asked: list[bool | None] = [
        _in(getattr(when, name), getattr(item, name)) for name in ("launched", "scope", "method", "through")
    ]
    asked += [_in(when.awards, item.award), _in(when.kinds, item.kind), _in(when.categories, item.category)]
    if when.person is not None:
        asked.append(None if item.person is None else item.person == when.person)
    asked += list(_years(when, item.years))
    if False in asked:
        return False
    return None if None in asked else True


def _in(names: Sequence[str], value: str | None) -> bool | None:
    if not names:
        return True
    return None if value is None else value in names


def _years(when: When, years: tuple[Fraction, Fraction] | None) -> Iterable[bool | None]:
    bounds: list[tuple[int | None, Callable[[Fraction, int], bool]]] = [
        (when.years_from, lambda have, bound: have >= bound),
        (when.years_above, lambda have, bound: have > bound),
        (when.years_to, lambda have, bound: have <= bound),
        (when.years_below, lambda have, bound: have < bound),
    ]
    for bound, holds in bounds:
        if bound is not None:
            answers = {holds(one, bound) for one in years} if years is not None else set()
            yield answers.pop() if len(answers) == 1 else None


def cell(form: Form, row: Row, column: Column, items: Sequence[Item]) -> Count:
    """The figure of a row and a column."""
    if form.counts == "nothing" or not row.code or row.missing or row.unknown or column.missing:
        return Count(None)
    answers = [_both(matches(row.when, one), matches(column.when, one)) for one in items]
    return Count(answers.count(True), answers.count(None))


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


# --- items -----------------------------------------------------------------------------------------------------------


def _movements(
    workspace: Workspace, file: AwardFile | None, own: OwnMovement | None, first: date, last: date
) -> tuple[Item, ...]:
    """This movement, while it runs in the statistical year."""
    movement = workspace.movement
    frame = file.awards.frame if file is not None else None
    begins = (frame.from_ or frame.from_earliest) if frame is not None else None
    latest = (frame.from_ or frame.from_latest) if frame is not None else None
    begin = begins or date(movement.period.from_, 1, 1)
    end = frame.to if frame is not None else date(movement.period.to, 12, 31)
    if end < first or begin > last:
        return ()
    years = duration(latest or begin, end), duration(begin, end)
    return (
        Item(
            movement.name,
            launched=frame.issuer if frame is not None else None,
            scope=own.scope if own is not None else None,
            method=own.method if own is not None else None,
            years=years,
        ),
    )


def duration(first: date, last: date) -> Fraction:
    """Years from a first to a last day: whole ones from anniversary to anniversary, then days."""
    after = last + timedelta(days=1)
    whole = after.year - first.year
    while _day(first.year + whole, f"{first:%m-%d}") > after:
        whole -= 1
    return whole + Fraction((after - _day(first.year + whole, f"{first:%m-%d}")).days, 366)


def _kinds(workspace: Workspace, file: AwardFile | None) -> dict[str, Kind]:
    """How the law names everybody who may hold an award, by id."""
    roster = load_roster(workspace)
    found: dict[str, Kind] = {ident: (None, body.person) for ident, body in roster.bodies.items()}
    if file is None:
        return found
    for ident, body in roster.bodies.items():
        letter = roster.group_of(body)
        if letter:
            subject = file.subject_of(Candidate(ident, "", letter, "", "", "", {}), body.value("sub_type"))
            found[ident] = (subject.id if subject is not None else None, body.person)
    for ident, outsider in outsiders(workspace).items():
        told = file.awards.subject(outsider.subject)
        found[ident] = (outsider.subject or None, told.person if told is not None else None)
    return found


def _award(one: HeldAward, persons: Mapping[str, Kind], file: AwardFile | None) -> Item:
    kind, person = persons.get(one.holder, (None, None))
    through = file.awards.frame.issuer if file is not None and one.occasion else None
    return Item(
        one.award_name,
        award=one.award or "",
        kind=kind,
        category=one.category or None,
        through=through,
        person=person,
    )


def _own(name: str, level: str, many: Sequence[HeldAward], persons: Mapping[str, Kind]) -> OwnLine:
    alone: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for one in many:
        (alone if persons.get(one.holder, (None, None))[1] else others)[one.status] += 1
    return OwnLine(name, level, {s: alone[s] for s in STATUS}, {s: others[s] for s in STATUS})
