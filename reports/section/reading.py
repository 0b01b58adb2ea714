"""The sections of units read from a workspace: archives, ledger, register and awards opened once, then one unit after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from criteria.exact import show_vietnamese
from criteria.problems import WARNING, Problem, errors, of_file
from nominations.awards.reading import AWARDS, load_awards
from nominations.history.held import HeldAward, history
from nominations.history.recording import OWN
from nominations.proposals.proposal import Proposal, outsiders, proposals
from records.debts import Debt, debts, summed
from records.ledger.entries import gather
from records.life.rights import FINAL, SELF
from records.milestones import Reached, Window, reached, windows
from records.models.register import models
from records.publication.published import official_versions
from records.roster.matching import key
from records.roster.roster import Candidate, Roster, load_roster
from records.rounds import Window as Days
from records.rounds import find_round, known_group, load_rounds, read_window
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet
from records.tasks.listing import strict_before
from records.tasks.register import Register, load_register
from records.tasks.rollup import tally
from records.tasks.standing import Period, standings
from records.workspace.folder import Workspace
from records.years.occasions import occasion_of
from reports.score_sheet.content import PeriodPart, ScoreSheet
from reports.score_sheet.sheets import Sheets, open_sheets
from reports.section.content import Given, PartLine, PeriodResult, UnitSection, part_lines, points, summary, total
from reports.wording.days import period_words
from scoring.result import ILLUSTRATION, CandidateResult

PERSON = "section-person"


@dataclass
class Sections:
    """units: who has a section, group after group. scored: by period and stage, by candidate, the sets of groups that are not official:
    what counts of the others stands in the sheets."""

    workspace: Workspace
    period: str
    window: Days
    on: date
    units: list[Candidate]
    roster: Roster
    sheets: Sheets | None
    scored: dict[tuple[str, str], dict[str, ScoredSet]]
    debts: Sequence[Debt]
    milestones: Sequence[tuple[Window, dict[str, Reached]]]
    register: Register
    held: Sequence[HeldAward]
    proposals: Sequence[Proposal]
    persons: frozenset[str] = frozenset()
    rounds: Sequence[str] = field(default_factory=tuple)
    claims: dict[tuple[str, str, int, str], ScoredSet | None] = field(default_factory=dict)

    def section(self, unit: Candidate) -> UnitSection:
        occasion = occasion_of(self.workspace, self.period)
        sheet = self._sheet(unit.id)
        periods = self._periods(unit, sheet)
        days = Period(
            self.window.first, self.window.last, min(self.on, self.window.last), strict_before(self.workspace)
        )
        found = standings(self.register, self.roster, days, unit.id) if self.register.tasks else []
        manager = self.roster.bodies.get(unit.manager)
        stamps = list(sheet.stamps) if sheet is not None else []
        for made in periods:
            live = self.scored.get((made.period, FINAL), {}).get(unit.id)
            stamps += live.result.stamps if made.receipt is None and live is not None else []
        stamps += [ILLUSTRATION] if unit.attributes.get("illustration") else []
        combined = sheet.occasion if sheet is not None else None
        return UnitSection(
            unit,
            manager.name(self.on) if manager is not None else "",
            self.period,
            " ".join(occasion.name.split()) if occasion is not None else period_words(self.period),
            occasion.kind or "" if occasion is not None else "",
            self.window.first,
            self.window.last,
            self.on,
            [(window, at[unit.id]) for window, at in self.milestones if unit.id in at],
            found,
            tally(found, apart=False),
            periods,
            combined.periods if combined is not None else (),
            combined.summary if combined is not None else "",
            list(self._given(unit)),
            list(self._proposed(unit)),
            [one.words for one in self.held if one.holder == unit.id and one.level != OWN and self._counts(one)],
            [debt for debt in self.debts if unit.id in (debt.body, debt.candidate) and debt.what != "verification"],
            [one for one in self.rounds if one not in {part.period for part in periods}],
            [one for one in models(self.workspace, self.window) if one.unit == unit.id],
            tuple(dict.fromkeys(stamps)),
        )

    # --- points ------------------------------------------------------------------------------------------------

    def _sheet(self, unit: str) -> ScoreSheet | None:
        if self.sheets is None or unit not in self.sheets.candidates:
            return None
        return self.sheets.content(unit)

    def _periods(self, unit: Candidate, sheet: ScoreSheet | None) -> list[PeriodResult]:
        official = {
            part.period: part for part in (sheet.periods if sheet is not None else ()) if part.candidate == unit.id
        }
        found = []
        for period in self.rounds:
            if period in official:
                found.append(_official(official[period], self._claimed(official[period])))
            else:
                claimed = self._candidate(period, SELF, unit.id)
                one = self.scored.get((period, FINAL), {}).get(unit.id)
                found += [_provisional(one, unit.id, claimed)] if one is not None and claimed is not None else []
        return found

    def _claimed(self, part: PeriodPart) -> CandidateResult | None:
        """What a unit gave itself, by the ledger and the criteria of the publication that its points come from."""
        assert self.sheets is not None
        group = self.sheets.groups[part.period, part.receipt.group, part.receipt.version].published
        file = next(file for file, result in group.results.items() if part.candidate in result.rows)
        key = part.period, part.receipt.group, part.receipt.version, file
        if key not in self.claims:
            self.claims[key] = group.at_stage(file, SELF)
        return _candidate(self.claims[key], part.candidate)

    def _candidate(self, period: str, stage: str, unit: str) -> CandidateResult | None:
        return _candidate(self.scored.get((period, stage), {}).get(unit), unit)

    # --- awards ------------------------------------------------------------------------------------------------

    def _counts(self, one: HeldAward) -> bool:
        return one.counts and one.day is not None and self.window.first <= one.day <= self._until

    @property
    def _until(self) -> date:
        """Of an occasion: until the day it is told for, because awards are given when it is held."""
        return max(self.on, self.window.last) if self.window.occasion else self.window.last

    def _given(self, unit: Candidate) -> Iterator[Given]:
        """Awards the unit gave by itself: decided by it in its name, or to those below it."""
        names = {key(name) for name in self.roster.bodies[unit.id].names} if unit.id in self.roster.bodies else set()
        own: dict[tuple[str, str, date | None], list[HeldAward]] = {}
        for one in self.held:
            body = self.roster.bodies.get(one.holder)
            below = body is not None and body.value("parent") == unit.id
            if one.level == OWN and self._counts(one) and (below or key(one.authority) in names):
                own.setdefault((one.award_name, one.decision, one.day), []).append(one)
        for (name, decision, day), many in own.items():
            persons = sum(one.holder in self.persons for one in many)
            yield Given(name, decision, day, persons, len(many) - persons)

    def _proposed(self, unit: Candidate) -> Iterator[tuple[str, str, int, int]]:
        for one in self.proposals:
            day = one.letter_day
            inside = one.occasion == self.period or (day is not None and self.window.first <= day <= self.window.last)
            if one.proposer == unit.id and inside:
                persons = sum(row.nominee in self.persons for row in one.rows)
                letter = f"Tờ trình số {one.letter}" + (f" ngày {day:%d/%m/%Y}" if day is not None else "")
                yield one.occasion, letter if one.letter else "", persons, len(one.rows) - persons


def _candidate(one: ScoredSet | None, unit: str) -> CandidateResult | None:
    """None when the unit handed nothing in: it claimed nothing."""
    return one.result.candidate(unit) if one is not None and unit in one.made.answers else None


def _official(part: PeriodPart, claimed: CandidateResult | None) -> PeriodResult:
    places = part.places
    lines = tuple(
        PartLine(
            row.id,
            row.text,
            row.shown_maximum,
            points(claimed.criteria.get(row.id) if claimed else None, places),
            row.shown_points,
        )
        for row in part.rows
        if row.depth == 0
    )
    shown = (total(claimed, places), part.shown_total, part.shown_maximum)
    return PeriodResult(part.period, part.title, places, lines, *shown, part.summary, part.receipt)


def _provisional(one: ScoredSet, unit: str, claimed: CandidateResult) -> PeriodResult:
    it, places = one.result.candidate(unit), one.criteria.places
    parts = [(part.id, part.text) for part in one.criteria.declaration.parts]
    lines = part_lines(parts, claimed, it.criteria, places)
    shown = (total(claimed, places), total(it, places), show_vietnamese(it.maximum, places))
    period = one.round.period
    return PeriodResult(period, period_words(period), places, lines, *shown, summary(it, places), None, len(it.open))


def open_sections(
    workspace: Workspace, period: str, on: date, candidates: Sequence[str] = (), letters: Sequence[str] = ()
) -> tuple[Sections | None, list[Problem]]:
    """period: a round or an occasion. candidates: only these; (): every unit that hands in for itself. Persons have no section."""
    round_, problems = find_round(workspace, period)
    problems = [*problems, *(problem for letter in letters for problem in known_group(workspace, letter))]
    occasion = occasion_of(workspace, period)
    if round_ is None and occasion is not None:  # an occasion needs nobody to open it
        problems = [problem for problem in problems if problem.code != "round"]
    window = read_window(workspace.movement, period)
    if problems or window is None:
        return None, problems
    roster = load_roster(workspace)
    units, problems = _units(workspace, roster, window, list(dict.fromkeys(candidates)), letters)
    if errors(problems):
        return None, problems
    groups = tuple(dict.fromkeys(one.group for one in units))
    sheets, found = open_sheets(workspace, period, [one.id for one in units], groups)
    problems += [one for one in errors(found) if one.code != "no-sheet"]
    opened = load_rounds(workspace)
    rounds = [one for one in (occasion.rounds if occasion is not None else [period]) if one in opened]
    scored: dict[tuple[str, str], dict[str, ScoredSet]] = {}
    for name in rounds:
        live = tuple(letter for letter in groups if letter not in official_versions(workspace, name))
        for stage in (SELF, FINAL) if live else ():
            made, found = score_round(workspace, name, live, stage)
            problems += [one for one in errors(found) if one.code != "roster-open"]
            scored[name, stage] = {ident: one for one in made for ident in one.result.ids}
    if errors(problems):
        return None, problems
    known = {name: one for name, one in windows(workspace).items() if one.first <= window.last}
    owed = [debt for name in rounds for debt in summed(debts(workspace, opened[name], on))]
    told = Sections(
        workspace,
        period,
        window,
        on,
        units,
        roster,
        sheets,
        scored,
        owed if occasion is None else list({(d.body, d.candidate, d.words, d.due): d for d in owed}.values()),
        [(one, {at.body: at for at in reached(workspace, name, on)[0]}) for name, one in known.items()],
        load_register(workspace),
        history(workspace),
        _all_proposals(workspace),
        _persons(workspace, roster),
        rounds,
    )
    return told, problems


def _units(
    workspace: Workspace, roster: Roster, window: Days, wanted: list[str], letters: Sequence[str]
) -> tuple[list[Candidate], list[Problem]]:
    found: dict[str, Candidate] = {}
    own: set[str] = set()
    for group in workspace.movement.groups:
        if letters and group.letter not in letters:
            continue
        for one in roster.candidates(group.letter, window.first, window.last)[0]:
            found[one.id] = one
            own |= {one.id} if group.batch is None else set()
    problems = []
    for ident in wanted:
        body = roster.bodies.get(ident)
        if body is not None and body.person:
            message = f"{ident} là cá nhân: phần báo cáo này là của cơ quan, đơn vị."
            problems.append(of_file(ident, PERSON, message, "Nêu mã của cơ quan quản lý cá nhân đó."))
        elif ident not in found:
            message = f"{ident} không dự xét trong {window.period}."
            problems.append(of_file(ident, "unknown-candidate", message, "Xem: thidua roster list."))
    units = [found[ident] for ident in wanted if ident in found] if wanted else [found[i] for i in found if i in own]
    if not units and not problems:
        hint = "Nhập danh sách: thidua roster import TỆP."
        problems.append(of_file(window.period, "roster-open", f"{window.period} chưa có đơn vị nào.", hint, WARNING))
    return units, problems


def _all_proposals(workspace: Workspace) -> list[Proposal]:
    subjects = gather(workspace.database.entries("proposal"))
    occasions = dict.fromkeys(subject.partition(":")[2].rpartition("/")[0] for subject in subjects)
    return [one for occasion in occasions for one in proposals(workspace, occasion)]


def _persons(workspace: Workspace, roster: Roster) -> frozenset[str]:
    """Ids of everybody who is a person, in the roster or outside it."""
    found = {ident for ident, body in roster.bodies.items() if body.person}
    file = load_awards(workspace)[0] if (workspace.movement_folder / AWARDS).is_file() else None
    for ident, one in outsiders(workspace).items():
        subject = file.awards.subject(one.subject) if file is not None else None
        found |= {ident} if subject is not None and subject.person else set()
    return frozenset(found)
