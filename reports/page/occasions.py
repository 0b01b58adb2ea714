"""The page of an occasion (sơ kết, tổng kết): its periods stand where criteria stand, their figures in the scale of the combination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from criteria.declarations.movement import Occasion
from criteria.declarations.years import Combination, TieBreak
from criteria.exact import show_vietnamese
from criteria.problems import Problem, errors, of_file
from records.roster.roster import load_roster, order
from records.software import SOFTWARE
from records.workspace.folder import Workspace
from records.years.combined import CombinedRow, CombinedSet
from records.years.explaining import THEN, period_words, shown, why_words
from records.years.occasions import combined
from records.years.periods import PeriodCell
from reports.page.content import framed
from reports.page.details import packed
from reports.page.ground import Grounds, People
from reports.page.persons import published_persons
from reports.page.public import NOBODY, PERSONS
from reports.page.sets import people_set
from reports.page.texts import scaled
from reports.score_sheet.occasions import occasion_part
from reports.wording import days
from reports.wording.texts import capital
from scoring.years import Figure, Lack, figure_value, tie_break

_STATES = {"s": "có kết quả chính thức", "n": "không tính", "e": "chưa có kết quả chính thức"}
_WAITING = "e"
_ROUNDED = "Số của từng kỳ in đã làm tròn; kết quả gộp tính từ số chưa làm tròn, làm tròn một lần."


def occasion_page(
    workspace: Workspace, occasion: Occasion, letters: Sequence[str] = (), *, public: bool = False
) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The page of an occasion as data, or why there is none. Everything on it comes from official archives."""
    lists, receipts, problems = combined(workspace, occasion, tuple(letters))
    if errors(problems):
        return None, problems
    movement = workspace.movement
    persons = _of_persons(workspace, lists)
    shown_lists = [made for made in lists if any(_has_result(row) for row in made.rows)]
    if public and not shown_lists:
        message = f"{occasion.name} chưa có kết quả công bố chính thức nào của các kỳ: không có gì để đưa lên trang công khai."
        return None, [*problems, of_file(occasion.id, "no-page", message, "Công bố các kỳ trước: thidua publish.")]
    people: list[People] = []
    if public:
        asked = [
            g.letter for g in movement.groups if g.letter in persons and any(m.group == g.letter for m in shown_lists)
        ]
        named, wrong = published_persons(workspace, occasion.id, asked)
        problems += wrong
        for letter in asked:
            stamps = dict.fromkeys(stamp for made in shown_lists if made.group == letter for stamp in made.stamps)
            notice = [PERSONS, *([] if named.get(letter) else [NOBODY])]
            people.append(People(letter, _name(workspace, letter), named.get(letter, []), [*stamps], notice))
        shown_lists = [made for made in shown_lists if made.group not in persons]
    else:
        shown_lists = lists
    if not shown_lists and not people:
        message = f"{occasion.name} chưa có đối tượng nào."
        return None, [*problems, of_file(occasion.id, "no-page", message, "Xem: thidua rank.")]
    sets = [_Set(workspace, made, public=public).data() for made in shown_lists]
    sets += [people_set(one) for one in people]
    source = "Gộp kết quả công bố chính thức của các kỳ, đọc lại từ gói công bố."
    receipt = [("Phần mềm", SOFTWARE), ("Phong trào", movement.id), ("Dịp", occasion.name)]
    receipt += [(name, mark) for name, mark in sorted(receipts.items())] if not public else []
    notes = [f"{doubt.name or doubt.body}: {doubt.message}" for made in lists[:1] for doubt in made.doubts]
    grounds = Grounds([], source, receipt, "Kết quả gộp", [] if public else notes)
    page = framed(
        movement,
        occasion.id,
        f"dịp {' '.join(occasion.name.split())}",
        occasion.to,
        sets,
        grounds,
        _STATES,
        _WAITING,
        public=public,
    )
    return page, problems


def _of_persons(workspace: Workspace, lists: Sequence[CombinedSet]) -> set[str]:
    """Letters of groups whose candidates are persons, or some of them."""
    bodies = load_roster(workspace).bodies
    found = {kind.group or "" for kind in workspace.movement.body_kinds if kind.person}
    for made in lists:
        known = [bodies[row.candidate] for row in made.rows if row.candidate in bodies]
        if any(body.person for body in known):
            found.add(made.group)
    return found


def _name(workspace: Workspace, letter: str) -> str:
    group = workspace.group(letter)
    return " ".join(group.name.split()) if group is not None else letter


def _has_result(row: CombinedRow) -> bool:
    return any(isinstance(cell.cell, Figure) for cell in row.cells)


class _Set:
    """One combined list."""

    def __init__(self, workspace: Workspace, made: CombinedSet, *, public: bool) -> None:
        self.workspace, self.made, self.public = workspace, made, public
        self.rule: Combination = made.rule
        self.places = self.rule.places

    def data(self) -> dict[str, Any]:
        """The list as the page has it."""
        made, title = self.made, self._title()
        keys = self._keys()
        return {
            "id": f"{made.group}-{made.set_id}" if made.set_id else made.group,
            "letter": made.group,
            "group": _name(self.workspace, made.group),
            "title": title,
            "places": self.places,
            "stamps": list(made.stamps),
            "notice": [_ROUNDED],
            "pool_label": "Cụm" if any(row.pool for row in made.rows) else "",
            "grades": [],
            "bases": [],
            "criteria": [self._period(place) for place in range(len(made.periods))],
            "keys": [{"label": "kết quả gộp"}, *({"label": THEN[word]} for word in self.rule.then)],
            "units": [self._unit(place, row, keys) for place, row in enumerate(made.rows)],
            "open": [] if self.public else [one for row in made.rows for one in self._open(row)],
            "details": list(packed({row.candidate: self._detail(row) for row in made.rows})),
        }

    def _title(self) -> str:
        name = " ".join(self.made.occasion.name.split())
        bound = next(
            (
                each
                for file in self.workspace.sets_of(self.made.group)
                for each in (self.workspace.read_set(file)[0],)
                if each is not None and each.id == self.made.set_id
            ),
            None,
        )
        return f"{name}: {bound.title}" if bound is not None else name

    def _period(self, place: int) -> dict[str, Any]:
        period = self.made.periods[place]
        whole = scaled(Fraction(100), self.places) if self.rule.of == "share" else None
        rule = f"trọng số {show_vietnamese(period.span.weight)}"
        return {
            "id": period.name,
            "text": capital(days.period_words(period.name)),
            "parent": "",
            "depth": 0,
            "kind": "leaf",
            "max": whole,
            "rule": rule if self.rule.how in ("mean", "weighted") else "",
            "clauses": [],
            "body": "",
            "needs": [],
            "trial": False,
        }

    def _unit(self, place: int, row: CombinedRow, keys: Sequence[Sequence[tuple[int | None, str]]]) -> dict[str, Any]:
        one = row.combined
        value = one.value if one.value is not None else Fraction(0)
        most = self._most(row)
        told: dict[str, Any] = {
            "id": row.candidate,
            "name": row.name or row.candidate,
            "pool": row.pool,
            "rank": one.rank,
            "tied": one.tied,
            "grade": "",
            "total": scaled(value, self.places),
            "max": scaled(most, self.places),
            "share": show_vietnamese(value, self.places) if self.rule.of == "share" and one.value is not None else "",
            "provisional": one.provisional,
            "eligible": not row.barred,
            "note": "; ".join([*why_words(self.made, row), *row.notes]),
            "decided": self._decided(row),
            "points": [self._points(cell) for cell in row.cells],
            "states": "".join(_sign(cell) for cell in row.cells),
            "keys": [list(values[place]) for values in keys],
            "interval": None,
            "interval_why": "",
            "open": 0 if self.public else len(list(self._open(row))),
        }
        if self.rule.of == "total":
            told["max_of"] = {
                str(number): scaled(cell.cell.maximum, self.places)
                for number, cell in enumerate(row.cells)
                if isinstance(cell.cell, Figure)
            }
        return told

    def _most(self, row: CombinedRow) -> Fraction:
        """Most that could be earned: of shares 100 %, of totals the maxima in force of the periods that count."""
        if self.rule.of == "share":
            return Fraction(100)
        most: dict[int, tuple[Fraction, Fraction]] = {}
        for place in row.combined.counted:
            figure = row.cells[place].cell
            if isinstance(figure, Figure):
                most[place] = figure.maximum, self.made.periods[place].span.weight
        if row.combined.chosen is not None:
            return most[row.combined.chosen][0] if row.combined.chosen in most else Fraction(0)
        if self.rule.how == "sum":
            return sum((maximum for maximum, _ in most.values()), Fraction(0))
        weights = sum((weight for _, weight in most.values()), Fraction(0))
        return (
            sum((maximum * weight for maximum, weight in most.values()), Fraction(0)) / weights if weights else weights
        )

    def _decided(self, row: CombinedRow) -> str:
        """What separates it from the place above; between equal figures, what was looked at then."""
        rank, value = row.combined.rank, row.combined.value
        peers = [one for one in self.made.rows if one.pool == row.pool and one.combined.rank is not None]
        better = [one for one in peers if rank is not None and (one.combined.rank or 0) < rank]
        said = []
        if better:
            above = max(better, key=lambda one: (one.combined.rank or 0, order(one.candidate)))
            theirs = above.combined.value
            if theirs is not None and value is not None and theirs != value:
                gap = show_vietnamese(theirs - value, self.places)
                words = f"kết quả gộp {shown(self.rule, theirs)} so với {shown(self.rule, value)}, hơn {gap}"
                said.append(f"Ngay trên: {above.candidate} (hạng {above.combined.rank}): {words}")
        lines = occasion_part(self.made, row).lines
        said += [f"{heading}: {text}" for heading, text in lines if heading == "Cùng kết quả gộp"]
        return ". ".join(said)

    def _points(self, cell: PeriodCell) -> int | None:
        if not isinstance(cell.cell, Figure) or (self.rule.of == "share" and cell.cell.share is None):
            return None
        return scaled(figure_value(self.rule, cell.cell), self.places)

    def _keys(self) -> list[list[tuple[int | None, str]]]:
        rows = self.made.rows
        found = [_numbered([row.combined.value for row in rows], lambda value: shown(self.rule, value))]
        for word in self.rule.then:
            values = [tie_break(word, self.rule, [cell.cell for cell in row.cells]) for row in rows]
            found.append(_numbered(values, lambda value, word=word: self._shown(word, value)))
        return found

    def _shown(self, word: TieBreak, value: Fraction) -> str:
        if word == "grade_of_last":
            names = self.made.periods[-1].results[0].grades if self.made.periods[-1].results else ()
            place = int(-value)
            return names[place] if place < len(names) else ""
        if "share" in word:
            return f"{show_vietnamese(value * 100)} %"
        return show_vietnamese(value)

    def _open(self, row: CombinedRow) -> list[dict[str, str]]:
        """Periods whose result is awaited."""
        return [
            {
                "unit": row.candidate,
                "criterion": self.made.periods[p].name,
                "what": row.cells[p].say,
                "who": "",
                "since": "",
            }
            for p in row.combined.waits
        ]

    def _detail(self, row: CombinedRow) -> dict[str, Any]:
        rows: Mapping[str, Any] = {
            period.name: {"reasons": [["Kết quả kỳ", period_words(period, cell)]]}
            for period, cell in zip(self.made.periods, row.cells, strict=True)
        }
        name, group = row.name or row.candidate, _name(self.workspace, self.made.group)
        about = [
            ("Đối tượng", name),
            ("Mã", row.candidate),
            ("Nhóm", f"{self.made.group}) {group}"),
            ("Cụm, khối", row.pool),
        ]
        result = [["Kết quả gộp", shown(self.rule, row.combined.value)]]
        result += [list(line) for line in occasion_part(self.made, row).lines if line[0] != "Kết quả"]
        return {"about": [list(line) for line in about if line[1]], "result": result, "rows": rows, "general": []}


def _sign(cell: PeriodCell) -> str:
    if isinstance(cell.cell, Figure):
        return "s"
    return "e" if cell.cell is Lack.MISSING else "n"


def _numbered(values: Sequence[Fraction | None], words: Any) -> list[tuple[int | None, str]]:
    known = sorted({value for value in values if value is not None})
    places = {value: place for place, value in enumerate(known)}
    return [(None, "") if value is None else (places[value], words(value)) for value in values]
