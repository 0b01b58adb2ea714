"""An occasion (dịp: sơ kết, tổng kết): the frozen results of its periods combined by the rule of the movement file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from criteria.declarations.movement import Movement, Occasion
from criteria.declarations.years import Combination
from criteria.problems import WARNING, Problem, errors, of_file
from records.roster.roster import Body, Candidate, Roster, order
from records.rounds import read_window
from records.workspace.folder import Workspace
from records.years.combined import CombinedRow, CombinedSet, different_maxima, figure_words
from records.years.frozen import FrozenResult, in_force
from records.years.periods import Cells, Period, PeriodCell, Rules
from scoring.years import Span, combine

PROPOSAL = "cách gộp đề xuất, chưa được cấp có thẩm quyền quyết định"
INHERITED = "quy tắc kế thừa kết quả đề xuất, chưa được cấp có thẩm quyền quyết định"


def combine_occasion(
    movement: Movement,
    occasion_id: str,
    roster: Roster,
    results: Iterable[FrozenResult],
    letters: Sequence[str] = (),
    set_ids: Mapping[str, str] | None = None,
) -> tuple[list[CombinedSet], list[Problem]]:
    """Every set of an occasion, or all problems. results: frozen ones of any period and version. letters: groups, none means all.

    set_ids: ids of criteria sets by file name, for candidates that have no result yet.
    """
    occasion = next((one for one in movement.occasions if one.id == occasion_id), None)
    if occasion is None:
        known = ", ".join(one.id for one in movement.occasions) or "chưa khai dịp nào"
        return [], [of_file(occasion_id, "period", f"Không có dịp “{occasion_id}”.", f"Các dịp: {known}.")]
    problems = _asked(movement, occasion, letters)
    if errors(problems):
        return [], problems
    given = list(results)
    found: list[CombinedSet] = []
    for letter in (group.letter for group in movement.groups if not letters or group.letter in letters):
        rules = [rule for rule in occasion.combine if rule.group == letter]
        own = {rule.set for rule in rules if rule.set}
        for rule in rules:
            wanted = [
                one
                for one in given
                if one.group == letter and (one.set_id == rule.set if rule.set else one.set_id not in own)
            ]
            other = [one for one in given if one.group != letter]
            made, more = _Group(movement, occasion, roster, rule, wanted, other, set_ids or {}).sets()
            found += made
            problems += more
    return ([] if errors(problems) else found), problems


def set_ids_of(workspace: Workspace) -> dict[str, str]:
    """Ids of the criteria sets of a workspace, by file name."""
    found = {}
    for group in workspace.movement.groups:
        for file in group.sets:
            bound, _ = workspace.read_set(file)
            if bound is not None:
                found[file] = bound.id
    return found


def _asked(movement: Movement, occasion: Occasion, letters: Sequence[str]) -> list[Problem]:
    known = [group.letter for group in movement.groups]
    hint = f"Các nhóm: {', '.join(known)}."
    problems = [of_file(one, "group", f"Không có nhóm “{one}”.", hint) for one in letters if one not in known]
    stated = {rule.group for rule in occasion.combine}
    lacking = [letter for letter in (letters or known) if letter in known and letter not in stated]
    if lacking:
        message = f"Dịp {occasion.id} chưa ghi cách gộp của nhóm {', '.join(lacking)}."
        severity = "error" if letters or not stated else WARNING
        hint = f"Ghi combine trong dịp {occasion.id} ở phong-trao/movement.yaml."
        problems.append(of_file(occasion.id, "years", message, hint, severity))
    for name in occasion.rounds:
        if read_window(movement, name) is None:
            message = f"Dịp {occasion.id}: “{name}” không phải tên kỳ."
            problems.append(of_file(occasion.id, "period", message, "Viết 2026, 2027-h1, 2030-9m."))
    return problems


class _Group:
    """One rule of an occasion at work."""

    def __init__(
        self,
        movement: Movement,
        occasion: Occasion,
        roster: Roster,
        rule: Combination,
        results: Sequence[FrozenResult],
        other: Sequence[FrozenResult],
        set_ids: Mapping[str, str],
    ) -> None:
        self.movement, self.occasion, self.roster, self.rule = movement, occasion, roster, rule
        self.results, self.set_ids = in_force(results, rule.until), set_ids
        self.periods = tuple(_periods(movement, occasion, rule, self.results))
        elsewhere = {(one.period, row.candidate): one.group for one in in_force(other, rule.until) for row in one.rows}
        rules = Rules(rule, movement.inheritance, movement.part_year, occasion.to)
        self.cells = Cells(rules, roster, self.periods, elsewhere)
        self.now, self.doubts = roster.candidates(rule.group, occasion.to, occasion.to)
        self.moved = self._moved(other)

    def _moved(self, other: Sequence[FrozenResult]) -> set[str]:
        """Those whose latest result is of another group: they are combined there."""
        latest: dict[str, tuple[date, str]] = {}
        names = {period.name for period in self.periods}
        for one in sorted([*self.results, *in_force(other, self.rule.until)], key=lambda one: one.last):
            if one.period in names:
                latest |= {row.candidate: (one.last, one.group) for row in one.rows}
        return {ident for ident, (_, letter) in latest.items() if letter != self.rule.group}

    def sets(self) -> tuple[list[CombinedSet], list[Problem]]:
        now = {candidate.id: candidate for candidate in self.now if self._takes(candidate)}
        idents = {ident for _, ident in self.cells.found} | now.keys()
        lists: dict[str, list[str]] = {}
        made = {ident: self.cells.cells(ident) for ident in sorted(idents - self.moved, key=order)}
        for ident, cells in made.items():
            lists.setdefault(self._set_of(ident, cells, now.get(ident)), []).append(ident)
        known = [one.set_id for one in self.results]
        names = sorted(lists, key=lambda name: (known.index(name) if name in known else len(known), name))
        problems: list[Problem] = []
        found = []
        for name in names:
            one = self._combined(name, lists[name], made, now)
            problems += different_maxima(one)
            found.append(one)
        return found, problems

    def _takes(self, candidate: Candidate) -> bool:
        """Whether somebody without a result yet belongs to this rule."""
        set_id = self.set_ids.get(candidate.set, "")
        if self.rule.set:
            return set_id == self.rule.set
        return set_id not in {rule.set for rule in self.occasion.combine if rule.group == self.rule.group}

    def _set_of(self, ident: str, cells: Sequence[PeriodCell], candidate: Candidate | None) -> str:
        """The set of its latest result, own before inherited; else that of the roster."""
        own = [cell.result for cell in cells if cell.result is not None and cell.own is not None]
        any_ = [cell.result for cell in cells if cell.result is not None]
        if own or any_:
            return (own or any_)[-1].set_id
        known = {one.set_id for one in self.results}
        if len(known) == 1:
            return next(iter(known))
        return self.set_ids.get(candidate.set, "") if candidate is not None else ""

    def _combined(
        self,
        set_id: str,
        idents: Sequence[str],
        made: Mapping[str, tuple[PeriodCell, ...]],
        now: Mapping[str, Candidate],
    ) -> CombinedSet:
        barred = [self._barred(ident) for ident in idents]
        pools = [_pool(made[ident], now.get(ident)) for ident in idents]
        spans = [period.span for period in self.periods]
        combined = combine(
            self.rule,
            spans,
            [[cell.cell for cell in made[ident]] for ident in idents],
            pools,
            [bool(why) for why in barred],
        )
        rows = [
            CombinedRow(
                ident,
                self._name(ident, made[ident]),
                pool,
                made[ident],
                one,
                why,
                tuple(self._notes(ident, made[ident])),
            )
            for ident, pool, one, why in zip(idents, pools, combined, barred, strict=True)
        ]
        rows.sort(key=lambda row: (row.pool, row.combined.rank or 10**9, bool(row.barred), order(row.candidate)))
        return CombinedSet(
            self.occasion,
            self.rule.group,
            set_id,
            self.rule,
            self.periods,
            tuple(rows),
            self.movement.inheritance,
            self.movement.part_year,
            tuple(self.doubts),
            tuple(self._stamps(rows)),
        )

    def _stamps(self, rows: Sequence[CombinedRow]) -> list[str]:
        found = [stamp for period in self.periods for one in period.results for stamp in one.stamps]
        if self.rule.status == "proposal":
            found.insert(0, PROPOSAL)
        inheritance = self.movement.inheritance
        if inheritance is not None and inheritance.status == "proposal":
            found += [INHERITED] if any(cell.inherited for row in rows for cell in row.cells) else []
        return list(dict.fromkeys(found))

    def _name(self, ident: str, cells: Sequence[PeriodCell]) -> str:
        body = self.roster.bodies.get(ident)
        if body is not None:
            return body.name(min(self.occasion.to, body.last or self.occasion.to))
        return next((cell.own.name for cell in reversed(cells) if cell.own is not None), ident)

    def _barred(self, ident: str) -> str:
        """Why a body can have no place at the occasion: it has ended, or nobody can be sure that it has not."""
        body = self.roster.bodies.get(ident)
        if body is None:
            return ""
        if body.last is not None and body.last < self.occasion.to:
            return f"Đã kết thúc hoạt động ngày {body.last:%d/%m/%Y}" + self._followers(body)
        if body.exists(self.occasion.to, self.occasion.to) is None:
            return self.roster.ceased(body).message.rstrip(".")
        return ""

    def _followers(self, body: Body) -> str:
        names = [self.roster.bodies[one].name(self.occasion.to) for one in body.successors if one in self.roster.bodies]
        return f", kế thừa: {'; '.join(names)}" if names else ""

    def _notes(self, ident: str, cells: Sequence[PeriodCell]) -> list[str]:
        """Results of bodies before it that stay with them: shown, not counted."""
        found = []
        for before in self.cells.families.lineage(ident, self.occasion.to):
            kept = [
                f"{period.name} {figure_words(*self.cells.found[period.name, before.id])}"
                for period, cell in zip(self.periods, cells, strict=True)
                if (period.name, before.id) in self.cells.found and before.id not in cell.inherited
            ]
            if kept:
                found.append(
                    f"Kết quả của {before.name} ({before.words}) giữ ở cơ quan đó, không gộp: {'; '.join(kept)}"
                )
        return found


def _pool(cells: Sequence[PeriodCell], candidate: Candidate | None) -> str:
    """The pool of the latest own result; of who has none, that of the roster."""
    own = next((cell.own for cell in reversed(cells) if cell.own is not None), None)
    return own.pool if own is not None else candidate.pool if candidate is not None else ""


def _periods(
    movement: Movement, occasion: Occasion, rule: Combination, results: Sequence[FrozenResult]
) -> Iterable[Period]:
    before: date | None = None
    for name in rule.rounds or occasion.rounds:
        window = read_window(movement, name)
        assert window is not None
        days = (window.last - window.first).days + 1
        weight = Fraction(days) if rule.weigh_by == "days" else rule.weights.get(name, Fraction(1))
        follows = before is None or window.first == before + timedelta(days=1)
        published = tuple(one for one in results if one.period == name)
        yield Period(name, window.first, window.last, Span(name, weight, follows), published)
        before = window.last
