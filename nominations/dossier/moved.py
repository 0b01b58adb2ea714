"""What has moved since a council voted: results that were corrected and published anew, bodies that have ended since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from nominations.awards.declarations import Award
from nominations.awards.procedure import Step
from nominations.case import Case, Nominated
from nominations.dossier.papers import PAPER
from nominations.dossier.state import STEPS, Dossier, Missing
from nominations.ended import ended_words
from nominations.results import OccasionResults, Ranked
from nominations.steps.progress import STEP, case_subject
from records.ledger.entries import gather
from records.workspace.folder import Workspace

_OFFICIAL = "chinh-thuc"


def with_moved(workspace: Workspace, nominated: Nominated, made: Iterable[Dossier], minutes: str) -> list[Dossier]:
    """The same dossiers, which also say whose result is no longer the one a council voted on, and who has ended since. minutes:
    template of the paper that settles it, when its signed copy was added after the change: the council has looked again."""
    work = _Moved(workspace, nominated, minutes)
    return [replace(one, missing=(*one.missing, *work.of(one))) for one in made]


class _Moved:
    """published: number of the ledger's last entry of an official result."""

    def __init__(self, workspace: Workspace, nominated: Nominated, minutes: str) -> None:
        self.workspace, self.nominated, self.minutes = workspace, nominated, minutes
        entries = workspace.database.entries("publication")
        self.published = max((one.number for one in entries if one.field == _OFFICIAL), default=0)
        self._seen: dict[int, Mapping[str, Ranked]] = {}

    def of(self, dossier: Dossier) -> Iterator[Missing]:
        settled = self._settled(dossier.award)
        steps = [one for one in self.nominated.file.awards.steps_of(dossier.award) if one.council is not None]
        for case in dossier.cases:
            voted = self._voted(case)
            last = next((one for one in reversed(steps) if one.id in voted), None)
            if last is not None:
                yield from self._result(case, last, voted[last.id], settled)
                yield from self._ended(case, last, voted[last.id], settled)

    def _result(self, case: Case, step: Step, voted: int, settled: int) -> Iterator[Missing]:
        """step: of the last council that has voted: it saw the latest figures. voted: the entry of it."""
        if max(voted, settled) > self.published:
            return
        before, now = self._at(voted).get(case.nominee.id), self.nominated.results.ranked.get(case.nominee.id)
        if _says(before) == _says(now):
            return
        was, is_ = _words(before), _words(now)
        change = f"khi đó {was}, nay {is_}" if was != is_ else "kết quả từng kỳ đã khác"
        text = f"kết quả đã đính chính sau khi “{step.name}” biểu quyết: {change}; thêm bản ký biên bản xem lại"
        yield Missing(STEPS, text, case.nominee.id)

    def _ended(self, case: Case, step: Step, voted: int, settled: int) -> Iterator[Missing]:
        body = self.nominated.standing.roster.bodies.get(case.nominee.id)
        told = body.facts.entry("to") if body is not None else None
        words = ended_words(self.nominated.standing.roster, case.nominee)
        if told is not None and words and told.number > max(voted, settled):
            text = f"{words} (ghi sau khi “{step.name}” biểu quyết); thêm bản ký biên bản xem lại"
            yield Missing(STEPS, text, case.nominee.id)

    def _voted(self, case: Case) -> dict[str, int]:
        """By step, the entry of what it said."""
        subject = case_subject(self.nominated.occasion.id, case.award.id, case.nominee.id)
        facts = gather(self.workspace.database.entries(subject)).get(subject)
        if facts is None:
            return {}
        last = {name: facts.history(name)[-1] for name in facts.fields if name.startswith(STEP)}
        return {name.removeprefix(STEP): one.number for name, one in last.items() if one.value}

    def _at(self, number: int) -> Mapping[str, Ranked]:
        """Results as they were official at an entry."""
        if number not in self._seen:
            found = OccasionResults(self.workspace.at(number), self.nominated.occasion).results()
            self._seen[number] = found.ranked
        return self._seen[number]

    def _settled(self, award: Award) -> int:
        """The entry by which signed minutes were last added to an award's dossier; 0 none."""
        subject = f"dossier:{self.nominated.occasion.id}/{award.id}"
        facts = gather(self.workspace.database.entries(subject)).get(subject)
        papers = [one.id for one in self.nominated.file.awards.papers_of(award) if one.template == self.minutes]
        names = [PAPER + one for one in papers if facts is not None and PAPER + one in facts.fields]
        return max((facts.history(one)[-1].number for one in names if facts is not None), default=0)


def _says(one: Ranked | None) -> object:
    """What a council looks at of a result."""
    return (
        (one.words, one.rank, [(p.period, p.words, p.grade, p.rank) for p in one.periods]) if one is not None else None
    )


def _words(one: Ranked | None) -> str:
    if one is None or not one.words:
        return "chưa có kết quả"
    return one.words + (f", xếp thứ {one.rank}" if one.rank is not None else "")
