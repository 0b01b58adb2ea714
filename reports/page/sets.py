"""One set of the page: what is the same for everybody, then unit by unit every number and what decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from criteria.exact import show_vietnamese
from records.life.rights import SELF
from reports.page.criteria import PageCriterion, page_criteria
from reports.page.details import Details, packed
from reports.page.ground import Ground, Interval, OpenThing, People
from reports.page.ranks import Key, key_labels, keys
from reports.page.texts import SIGNS, WAITING, scaled
from reports.reasons.row import Line, counts
from reports.reasons.rows import result_lines
from reports.workbook import basis_numbers
from reports.workbook_styles import order
from scoring.explanation import explain
from scoring.result import CandidateResult, Result

_DECIDED = ("Ngay trên", "Ngay dưới")
_ROUNDED = {
    "total": "Chỉ tổng điểm được làm tròn để xếp hạng; điểm từng tiêu chí in đã làm tròn, cộng lại có thể lệch tổng điểm.",
    "print": "Điểm chỉ làm tròn khi in, xếp hạng theo số chưa làm tròn; cộng các số in có thể lệch tổng điểm.",
}


def page_set(
    ground: Ground,
    intervals: Mapping[str, Interval] | None = None,
    reach: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """A set as the page has it. intervals, reach: by candidate; the places it can still come to, the shortest path to the next grade."""
    result, criteria = ground.result, ground.result.set
    columns = page_criteria(result, ground.source.kinds)
    details, made = Details(ground, columns), _Units(ground, columns, intervals or {})
    units, told = [], {}
    for row in order(result):
        one = result.at(row)
        whole = explain(result, one.id)
        lines = result_lines(result, one.id, whole)
        units.append(made.unit(row, one, lines))
        detail = details.of(one.id, one.name or one.id, whole, lines)
        if reach and one.id in reach:
            detail["reach"] = list(reach[one.id])
        told[one.id] = detail
    rounding = _ROUNDED.get(criteria.declaration.points.round_at, "")
    return {
        "id": criteria.id,
        "letter": ground.letter,
        "group": ground.group,
        "title": criteria.title,
        "places": criteria.places,
        "stamps": list(ground.stamps),
        "notice": [*ground.notice, *([rounding] if rounding else [])],
        "pool_label": "Cụm" if any(result.pools) else "",
        "grades": list(criteria.grade_names),
        "bases": [[short, criteria.bases[basis].words()] for basis, short in basis_numbers(result).items()],
        "criteria": [one.said for one in columns],
        "keys": [{"label": label} for label in key_labels(result)],
        "units": units,
        "open": [] if ground.public else [_open(one) for one in ground.open],
        "details": list(packed(told)),
    }


def people_set(people: People) -> dict[str, Any]:
    """A group of persons on the public page: nobody's points, only who was proposed or awarded."""
    return {
        "id": f"nhom-{people.letter}",
        "letter": people.letter,
        "group": people.group,
        "title": "Cá nhân được đề nghị, được khen thưởng",
        "places": 0,
        "stamps": list(people.stamps),
        "notice": list(people.notice),
        "pool_label": "",
        "grades": [],
        "bases": [],
        "criteria": [],
        "keys": [],
        "units": [],
        "open": [],
        "details": [],
        "people": [asdict(one) for one in people.persons],
    }


def _open(thing: OpenThing) -> dict[str, str]:
    found = {
        "unit": thing.unit,
        "criterion": thing.criterion,
        "what": thing.what,
        "who": thing.who,
        "since": thing.since,
    }
    return found | ({"name": thing.name} if thing.name else {})


class _Units:
    """The units of one set; what looks across all of them is worked out once."""

    def __init__(self, ground: Ground, columns: Sequence[PageCriterion], intervals: Mapping[str, Interval]) -> None:
        self.ground, self.columns, self.intervals = ground, columns, intervals
        self.result: Result = ground.result
        self.places = ground.result.set.places
        self.keys: list[list[Key]] = keys(ground.result)
        self.own: Result | None = None if ground.public else ground.results.get(SELF)
        self.open: dict[str, int] = {}
        for thing in ground.open:
            self.open[thing.unit] = self.open.get(thing.unit, 0) + thing.count

    def unit(self, row: int, one: CandidateResult, lines: Sequence[Line]) -> dict[str, Any]:
        """lines: what is said of the total, the grade and the place."""
        interval = self.intervals.get(one.id)
        found: dict[str, Any] = {
            "id": one.id,
            "name": one.name or one.id,
            "pool": one.pool,
            "rank": one.rank,
            "tied": bool(one.tied),
            "grade": one.grade or "",
            "total": scaled(one.total, self.places),
            "max": scaled(one.maximum, self.places),
            "share": show_vietnamese(one.share * 100, 2) if one.share is not None else "",
            "provisional": one.provisional,
            "eligible": one.eligible,
            "note": "; ".join([*(f"{node}: {say}" if node else say for node, say in one.gates), *one.notes]),
            "decided": ". ".join(f"{heading}: {said}" for heading, said in lines if heading in _DECIDED),
            "points": self._points(one),
            "states": "".join(SIGNS[one.criteria[each.id].state] for each in self.columns),
            "keys": [list(values[row]) for values in self.keys],
            "interval": [interval.best, interval.worst] if interval is not None else None,
            "interval_why": interval.why if interval is not None else "",
            "open": 0 if self.ground.public else self.open.get(one.id, 0),
        }
        if not one.grade and "Xếp loại" in dict(lines):
            found["grade_words"] = dict(lines)["Xếp loại"]
        most = self._most(one)
        if most:
            found["max_of"] = most
        if self.own is not None and one.id in self.own.rows:
            own = self.own.candidate(one.id)
            found["self"], found["self_total"] = self._points(own), scaled(own.total, self.places)
            leaves = [own.criteria[column.id].state for column in self.columns if column.kind == "leaf"]
            found["self_open"] = sum(SIGNS[state] in WAITING for state in leaves)
        return found

    def _points(self, one: CandidateResult) -> list[int | None]:
        """Of every column; nothing where the state stands in the place of points."""
        found: list[int | None] = []
        for column in self.columns:
            each = one.criteria[column.id]
            found.append(scaled(each.points, self.places) if counts(each.state, each.points) else None)
        return found

    def _most(self, one: CandidateResult) -> dict[str, int]:
        """By column, the maximum in force where it is not the full mark."""
        return {
            str(place): scaled(one.criteria[column.id].maximum, self.places)
            for place, column in enumerate(self.columns)
            if column.kind in ("part", "leaf") and one.criteria[column.id].maximum != column.maximum
        }
