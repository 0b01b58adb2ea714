"""The dossier of one award at an occasion: who is in it, what is there, everything that is missing before it may leave as final."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from criteria.criteria_set import TRIAL_STAMP
from nominations.awards.declarations import Award
from nominations.awards.procedure import Authority
from nominations.case import Case, Nominated
from nominations.dossier.money import Estimate, estimate
from nominations.dossier.papers import Attached, PaperState, papers_of
from nominations.selection.choosing import State
from nominations.selection.quotas import PROPOSED as QUOTA_PROPOSED
from nominations.steps.progress import WORDS
from records.years.combining import INHERITED, PROPOSAL
from records.years.part_year import PROPOSED as PART_YEAR_PROPOSED

UNDECIDED = frozenset({TRIAL_STAMP, PROPOSAL, INHERITED, PART_YEAR_PROPOSED})  # stamps of what no document has decided
PAPERS, PEOPLE, STEPS, SETTINGS = "thành phần hồ sơ", "điều kiện", "các bước xét", "thiết lập của tỉnh"
LAW = "căn cứ pháp lý"


@dataclass(frozen=True)
class Missing:
    """One thing that keeps a dossier from being final. kind: one of the five above. nominee: "" of the whole award."""

    kind: str
    text: str
    nominee: str = ""


@dataclass(frozen=True)
class Dossier:
    """cases: those proposed, in the order of the selection. waiting: those a council has to decide first. estimates: by nominee, None
    when the file has no rate for it. papers: of the award, then of every nominee. missing: everything, in that order."""

    award: Award
    authority: Authority | None
    cases: tuple[Case, ...]
    waiting: tuple[Case, ...] = ()
    papers: tuple[PaperState, ...] = ()
    estimates: Mapping[str, Estimate | None] | None = None
    missing: tuple[Missing, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.missing

    def of(self, nominee: str) -> list[PaperState]:
        """Its papers; "" those of the whole award."""
        return [one for one in self.papers if one.nominee == nominee]


def dossiers(
    nominated: Nominated, files: Mapping[tuple[str, str, str], Attached], only: Iterable[str] = ()
) -> list[Dossier]:
    """One for every award that somebody is proposed for. only: ids of nominees, none means all."""
    wanted = set(only)
    found = []
    for award in nominated.file.awards.awards:
        cases = [one for one in nominated.of_award(award.id) if not wanted or one.nominee.id in wanted]
        proposed = tuple(one for one in cases if one.state is State.PROPOSED)
        waiting = tuple(one for one in cases if one.state is State.WAITS)
        if proposed:
            found.append(_dossier(nominated, award, proposed, waiting, files))
    return found


def _dossier(
    nominated: Nominated,
    award: Award,
    cases: tuple[Case, ...],
    waiting: tuple[Case, ...],
    files: Mapping[tuple[str, str, str], Attached],
) -> Dossier:
    awards = nominated.file.awards
    papers = tuple(papers_of(awards, award, [one.nominee for one in cases], files))
    day = nominated.occasion.day
    estimates = {one.nominee.id: estimate(awards, award, one.nominee.subject, day) for one in cases}
    missing = [
        *_settings(nominated, award, cases),
        *_law(nominated, award),
        *(Missing(PAPERS, f"{one.paper.name}: {one.missing}", one.nominee) for one in papers if not one.present),
        *_people(cases),
        *_steps(nominated, award, cases),
        *(Missing(STEPS, f"{one.nominee.name}: {one.chosen.reason}", one.nominee.id) for one in waiting),
    ]
    return Dossier(award, awards.authority(award.authority), cases, waiting, papers, estimates, tuple(missing))


def _law(nominated: Nominated, award: Award) -> Iterator[Missing]:
    """Who decides, by clauses that nobody is sure of: a submission cites them. Those of the routes are looked at case by case (E1)."""
    authority = nominated.file.awards.authority(award.authority)
    facts = [*award.authority_facts, *(authority.facts if authority is not None else [])]
    for doubt in nominated.file.doubts(tuple(dict.fromkeys(facts)), nominated.occasion.day):
        yield Missing(LAW, f"căn cứ chưa xác minh: {doubt}")


def _people(cases: Iterable[Case]) -> Iterator[Missing]:
    for case in cases:
        for one in case.open:
            yield Missing(PEOPLE, f"{one.check} cần người xem: {one.sentence}", case.nominee.id)


def _steps(nominated: Nominated, award: Award, cases: Iterable[Case]) -> Iterator[Missing]:
    """Steps before the decision that a case has not passed."""
    steps = [one for one in nominated.file.awards.steps_of(award) if one.kind != "decision"]
    for case in cases:
        step = case.progress.next(steps)
        if step is not None:
            told = case.progress.done.get(step.id)
            why = f" ({WORDS[told.value]}{f': {told.reason}' if told.reason else ''})" if told is not None else ""
            yield Missing(STEPS, f"chưa qua bước “{step.name}”{why}", case.nominee.id)


def _settings(nominated: Nominated, award: Award, cases: Iterable[Case]) -> Iterator[Missing]:
    """What nobody has decided yet: points, ways to combine, standards, quotas, thresholds."""
    for stamp in nominated.stamps:
        if stamp in UNDECIDED:
            yield Missing(SETTINGS, stamp)
    listed = list(cases)
    groups = {one.nominee.group for one in listed}
    kind = nominated.occasion.kind
    for standard in award.standards:
        applies = (not standard.groups or groups & set(standard.groups)) and (
            not standard.occasions or kind in standard.occasions
        )
        if applies and standard.status == "proposal":
            yield Missing(SETTINGS, "tiêu chuẩn điểm của hình thức này là đề xuất, chưa có quyết định")
            break
    if any(QUOTA_PROPOSED in one.quota for one in listed):
        yield Missing(SETTINGS, "chỉ tiêu là đề xuất, chưa có quyết định")
    for vote in award.votes:
        if vote.status == "proposal" and vote.local:
            yield Missing(SETTINGS, "tỷ lệ phiếu cần đạt là quy định của địa phương, chưa có quyết định")
            break
    for step in nominated.file.awards.steps_of(award):
        rule = step.council
        if rule is not None and rule.status == "proposal" and rule.local:
            yield Missing(SETTINGS, f"cách họp, cách tính phiếu của bước “{step.name}” là đề xuất, chưa có quyết định")
    if any(one.route is not None and one.route.least_years for one in listed):
        awards = nominated.file.awards
        if awards.duration_status == "proposal":
            yield Missing(SETTINGS, "cách tính thời gian thực hiện phong trào là đề xuất, chưa có quyết định")
    yield from _unnumbered(nominated, award, listed)


def _unnumbered(nominated: Nominated, award: Award, cases: Iterable[Case]) -> Iterator[Missing]:
    """Documents that the submission cites and of which nobody knows the number or the day."""
    file = nominated.file
    authority = file.awards.authority(award.authority)
    facts = [ident for case in cases if case.route is not None for ident in case.route.facts]
    facts += [*award.authority_facts, *(authority.facts if authority is not None else [])]
    for ident in file.named(facts, nominated.occasion.day):
        document = file.law.documents[ident]
        lacking = [word for word, known in (("số", document.number), ("ngày", document.date)) if not known]
        if lacking:
            why = f": {document.open_question}" if document.open_question else ""
            yield Missing(SETTINGS, f"chưa ghi được {', '.join(lacking)} của {document.words()}{why}")
