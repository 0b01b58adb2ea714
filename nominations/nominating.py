"""Every case of an occasion: who stands for which award, whether eligible, chosen within the quota, how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from criteria.problems import WARNING, Problem, errors, of_file
from nominations.awards.declarations import Award
from nominations.awards.reading import load_awards
from nominations.case import Case, Nominated
from nominations.eligibility.checks import check_case
from nominations.eligibility.context import Context
from nominations.eligibility.duplicates import counts_from
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.gathering import context_of
from nominations.eligibility.persons import preference
from nominations.nominees import Nominee, proposing_of, standing_of
from nominations.occasions import AwardOccasion, find_occasion
from nominations.results import OccasionResults
from nominations.selection.choosing import Chosen, Contender, Decision, State, choose
from nominations.selection.quotas import Scope, scope_of, seats
from nominations.steps.progress import FAILED, WORDS, Progress, progress
from records.roster.roster import order
from records.workspace.folder import Workspace
from records.years.frozen import FrozenKey, FrozenResult


def nominate(
    workspace: Workspace,
    name: str,
    on: date | None = None,
    instead: Mapping[FrozenKey, FrozenResult] | None = None,
) -> tuple[Nominated | None, list[Problem]]:
    """All cases of an occasion, or all problems. on: the day it is judged on, when it is not the occasion's own.

    instead: results supposed in the place of published ones (nominations.results.OccasionResults).
    """
    file, wrong = load_awards(workspace)
    problems = errors(wrong)  # what is not sure is said case by case; of the file as a whole by thidua check
    occasion, wrong = find_occasion(workspace, name, on)
    problems += wrong
    if file is None or occasion is None:
        return None, problems
    archives = OccasionResults(workspace, occasion, instead)
    results = archives.results()
    if errors(archives.problems):
        return None, [*problems, *archives.problems]
    standing = standing_of(workspace, file, occasion, results)
    context = context_of(workspace, file, occasion, standing)
    work = _Selection(context, archives, progress(workspace, occasion.id))
    cases = [case for award in file.awards.awards for case in work.cases(award)]
    problems += [*archives.problems, *_fallen(cases, occasion)]
    return Nominated(occasion, file, standing, results, tuple(cases)), problems


@dataclass(frozen=True)
class _Stands:
    """One nominee for one award, before the choice. case: its state is not known yet."""

    nominee: Nominee
    scope: Scope
    case: Case
    not_because: str


class _Selection:
    """Awards are walked from the highest to the lowest: who is proposed for one is not proposed for another."""

    def __init__(self, context: Context, archives: OccasionResults, known: Mapping[tuple[str, str], Progress]) -> None:
        self.context, self.archives, self.known = context, archives, known
        self.file, self.occasion = context.file, context.occasion
        self.higher: dict[str, tuple[Award, State]] = {}

    def cases(self, award: Award) -> list[Case]:
        """Of one award: by group, set and pool, the boundary first."""
        nominees = {one.id: one for one in self._standing(award)}
        if not nominees:
            return []
        tied = _tied(nominees.values(), award, self.occasion)
        stands: dict[Scope, list[_Stands]] = {}
        for one in nominees.values():
            made = self._stands(award, one, one.id in tied)
            stands.setdefault(made.scope, []).append(made)
        members = self._members(award)
        found: list[Case] = []
        for scope in sorted(stands, key=self._place):
            found += self._chosen(award, scope, stands[scope], members.get(scope, []))
        for case in found:
            if case.state is State.PROPOSED:
                self.higher[case.nominee.id] = (award, case.state)
            elif case.state is State.WAITS:
                self.higher.setdefault(case.nominee.id, (award, case.state))
        return found

    def _members(self, award: Award) -> dict[Scope, list[Nominee]]:
        """Everybody who shares a quota, whether or not it stands: what shares are counted of."""
        found: dict[Scope, list[Nominee]] = {}
        for one in self.context.standing.nominees.values():
            found.setdefault(scope_of(award, self.occasion.kind, one), []).append(one)
        return found

    # --- who stands ------------------------------------------------------------------------------------------------

    def _standing(self, award: Award) -> Iterable[Nominee]:
        """Who stands for an award: proposed for it, or of a group that is chosen out of its ranking when a route leads there."""
        all_ = list(self.context.standing.nominees.values())
        since = {one.id: day for one in all_ if (day := counts_from(self.context, one, award)[0]) is not None}
        ranked = self.archives.results(since).ranked if since else {}
        for nominee in all_:
            asked = any(row.award == award.id for row in nominee.proposed)
            if not asked and not (award.offered and self._from_ranking(award, nominee)):
                continue
            yield replace(nominee, ranked=ranked.get(nominee.id)) if nominee.id in since else nominee

    def _from_ranking(self, award: Award, nominee: Nominee) -> bool:
        rule = proposing_of(self.file, nominee)
        if rule is None or rule.how != "ranking" or nominee.subject is None:
            return False
        kind = self.occasion.kind
        return any(nominee.subject.id in route.subjects and kind in route.occasions for route in award.routes)

    def _stands(self, award: Award, nominee: Nominee, tied: bool) -> _Stands:
        route, findings = check_case(self.context, nominee, award, tied)
        known = self.known.get((award.id, nominee.id), Progress())
        waiting = Chosen(nominee.id, State.NOT, "")
        history = self.context.awards_of(nominee.id)
        case = Case(award, nominee, route, findings, waiting, known, history=history)
        return _Stands(nominee, scope_of(award, self.occasion.kind, nominee), case, self._refused(case, findings))

    def _refused(self, case: Case, findings: Iterable[Finding]) -> str:
        """Why a case cannot be proposed: every failed check, or the step that refused it."""
        told = [f"{one.check}: {one.sentence}" for one in findings if one.outcome is Outcome.FAIL]
        stopped = case.progress.stopped(self.file.awards.steps_of(case.award))
        if stopped is not None:
            step = self.file.awards.step(stopped.step)
            name = step.name if step is not None else stopped.step
            why = f": {stopped.reason}" if stopped.reason else ""
            told.append(f"{name} {WORDS[stopped.value]} ({stopped.document}){why}")
        return " ".join(text if text.endswith(".") else f"{text}." for text in told)

    # --- the choice ------------------------------------------------------------------------------------------------

    def _chosen(self, award: Award, scope: Scope, stands: list[_Stands], members: list[Nominee]) -> list[Case]:
        by_id = {one.nominee.id: one for one in stands}
        eligible = sum(1 for one in stands if not one.not_because)
        given = seats(award, scope, members, eligible)
        decisions = {
            ident: Decision(chosen, document)
            for ident, one in by_id.items()
            for chosen, document in one.case.progress.ties.values()
        }
        told = choose([self._contender(one) for one in stands], given.number, decisions, given.short)
        return [replace(by_id[one.candidate].case, chosen=one, quota=given.words) for one in told]

    def _contender(self, one: _Stands) -> Contender:
        higher = self.higher.get(one.nominee.id)
        ranked = one.nominee.ranked
        return Contender(
            one.nominee.id,
            ranked.figure if ranked is not None else None,
            preference(one.nominee),
            ranked.ties if ranked is not None else (),
            one.not_because,
            higher[0].name if higher is not None else "",
            higher is not None and higher[1] is State.WAITS,
            ranked.words if ranked is not None else "",
        )

    def _place(self, scope: Scope) -> tuple[int, str, tuple[str, tuple[int, int, str]], str]:
        letters = list(dict.fromkeys(one.group for one in self.context.standing.nominees.values()))
        group = letters.index(scope.group) if scope.group in letters else len(letters)
        return group if scope.group else len(letters) + 1, scope.set_id, order(scope.pool), scope.subject


def _tied(nominees: Iterable[Nominee], award: Award, occasion: AwardOccasion) -> set[str]:
    """Who shares its figure with another one of its quota."""
    seen: dict[tuple[Scope, object], list[str]] = {}
    for one in nominees:
        if one.ranked is not None and one.ranked.figure is not None:
            seen.setdefault((scope_of(award, occasion.kind, one), one.ranked.figure), []).append(one.id)
    return {ident for idents in seen.values() if len(idents) > 1 for ident in idents}


def _fallen(cases: Iterable[Case], occasion: AwardOccasion) -> Iterable[Problem]:
    """Cases that a step has passed already and that are not proposed any more although no step has refused them: something has
    changed since."""
    for case in cases:
        told = case.progress.done.values()
        passed = [one for one in told if one.passed] if not any(one.value == FAILED for one in told) else []
        if passed and case.state in (State.OUTSIDE, State.NOT) and not case.progress.submitted:
            message = f"{case.nominee.id}, {case.award.short}: đã qua {len(passed)} bước, nay {case.state.value}. {case.chosen.reason}"
            hint = "Xem lại điều đã thay đổi; hội đồng xét lại nếu cần."
            yield of_file(occasion.id, "step", message, hint, WARNING)
