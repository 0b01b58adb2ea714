"""What became of proposals: submitted to the authority, granted, refused, returned. All cases told, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from criteria.problems import ERROR, WARNING, Problem, errors, of_file
from nominations.awards.declarations import Award
from nominations.awards.reading import AwardFile, load_awards
from nominations.history.case_values import case_values
from nominations.history.comparing import decision_number
from nominations.history.held import STATUS, HeldAward, history
from nominations.history.holders import Holders
from nominations.history.no_longer import no_longer_proposed
from nominations.occasions import AwardOccasion, find_occasion
from nominations.steps.progress import (
    FAILED,
    PASSED,
    RETURNED,
    WORDS,
    Done,
    Progress,
    case_subject,
    progress,
    step_entries,
)
from records.forms.collecting.cells import clean
from records.ledger.entries import Entry
from records.life.rights import STEWARD
from records.workspace.folder import Workspace

CODE = "award-held"
OWN = "co-so"  # level of awards that a unit gives by itself (Giấy khen): no step of the province comes before them
Outcome = Literal["granted", "refused", "returned"]
_STEP = {"granted": PASSED, "refused": FAILED, "returned": RETURNED}


@dataclass(frozen=True)
class Told:
    """What is said of some cases of one award. document: số of the tờ trình or decision, ngày: day. candidates: () all that are ready."""

    award: str
    document: str
    day: date
    candidates: tuple[str, ...] = ()
    reason: str = ""
    authority: str = ""


def submit(
    workspace: Workspace, occasion: str, told: Told, today: date, file: AwardFile | None = None
) -> tuple[list[HeldAward], list[Problem]]:
    """Enter that cases were submitted (trình) on a letter: what stands now. Every step before has to be passed. Raises OSError.

    For an award of the State the submission is itself what the province's last step decides, and is entered as that step.
    """
    return _enter(workspace, occasion, told, "submitted", today, file)


def record(
    workspace: Workspace, occasion: str, told: Told, outcome: Outcome, today: date, file: AwardFile | None = None
) -> tuple[list[HeldAward], list[Problem]]:
    """Enter what the authority has decided: granted (số, ngày quyết định), refused or returned (with the reason). Raises OSError.

    Only cases whose steps have all been passed; the last one, of kind decision, is entered with it. A unit's own award (Giấy khen)
    goes through no step of the province: its issuer (authority) has to be said.
    """
    return _enter(workspace, occasion, told, outcome, today, file)


def _enter(
    workspace: Workspace, name: str, told: Told, status: str, today: date, file: AwardFile | None
) -> tuple[list[HeldAward], list[Problem]]:
    problems: list[Problem] = []
    if file is None:
        file, problems = load_awards(workspace)
    occasion, wrong = find_occasion(workspace, name)
    problems = [*problems, *wrong]
    if file is None or occasion is None:
        return [], problems
    award = file.awards.award(told.award)
    if award is None:
        known = ", ".join(one.id for one in file.awards.awards)
        message = f"Tệp khen thưởng không có hình thức “{told.award[:60]}”."
        return [], [*problems, of_file("--award", "award-unknown", message, f"Các hình thức: {known}.")]
    clear = replace(told, document=clean(told.document), reason=clean(told.reason), authority=clean(told.authority))
    problems += _incomplete(award, clear, status, today)
    fallen = no_longer_proposed(workspace, name, award.id) if award.level != OWN else {}
    case = _Cases(workspace, file, occasion, award, clear, status, fallen)
    with workspace.database.writing() as writer:
        entries, numbers, wrong = case.entries()
        problems += wrong
        if errors(problems):
            return [], problems
        writer.append(entries)
    return [one for one in history(workspace) if one.number in numbers], problems


def _incomplete(award: Award, told: Told, status: str, today: date) -> list[Problem]:
    """What every such entry has to say."""
    found = []
    if not decision_number(told.document):
        what = "tờ trình" if status == "submitted" else "quyết định, văn bản"
        found.append(of_file("--document", CODE, f"Chưa nêu số {what}.", "Ghi số, ký hiệu văn bản."))
    if told.day > today:
        found.append(of_file("--on", "date", f"Ngày {told.day:%d/%m/%Y} chưa đến.", "Ghi ngày của văn bản."))
    if status in ("refused", "returned") and not told.reason:
        found.append(of_file("--reason", "reason", "Chưa nêu lý do.", "Ghi lý do không tặng hoặc trả lại."))
    if award.level == OWN and status == "granted" and not told.authority:
        hint = "Ghi người, cơ quan đã quyết định."
        found.append(of_file("--authority", CODE, f"{award.short}: chưa nêu cơ quan tặng.", hint))
    return found


class _Cases:
    """The cases of one award at one occasion, and what is entered about them."""

    def __init__(
        self,
        workspace: Workspace,
        file: AwardFile,
        occasion: AwardOccasion,
        award: Award,
        told: Told,
        status: str,
        fallen: Mapping[str, str],
    ) -> None:
        self.workspace, self.file, self.occasion, self.award = workspace, file, occasion, award
        self.told, self.status, self.fallen = told, status, fallen
        self.warnings: list[Problem] = []
        self.steps = file.awards.steps_of(award) if award.level != OWN else []
        self.holders = Holders(workspace)

    def entries(self) -> tuple[list[Entry], set[int], list[Problem]]:
        """Everything to append, the numbers of held:N it makes, and why it cannot be."""
        known = progress(self.workspace, self.occasion.id)
        self.history = history(self.workspace)
        mine = {
            one.holder: one for one in self.history if one.occasion == self.occasion.id and one.award == self.award.id
        }
        wanted = self._wanted(known, mine)
        if not wanted:
            message = f"{self.award.short}: không có trường hợp nào của {self.occasion.id} chờ ghi."
            hint = "Ghi từng trường hợp bằng --candidate; xem: thidua award list, thidua nominate."
            return [], set(), [of_file("--candidate", CODE, message, hint), *self.warnings]
        entries: list[Entry] = []
        problems: list[Problem] = []
        numbers: set[int] = set()
        last = max((one.number for one in self.history), default=0)
        for nominee in dict.fromkeys(wanted):
            case = known.get((self.award.id, nominee), Progress())
            why = self._refused(nominee, case, mine.get(nominee))
            if why is not None:
                problems.append(why)
                continue
            last += nominee not in mine
            number = mine[nominee].number if nominee in mine else last
            numbers.add(number)
            if nominee in self.fallen and self.status == "granted":
                self.warnings.append(self._fallen(nominee))
            entries += self._held(nominee, number, mine.get(nominee))
            entries += self._step(nominee, case)
        return ([] if problems else entries), numbers, [*problems, *self.warnings]

    def _wanted(self, known: dict[tuple[str, str], Progress], mine: dict[str, HeldAward]) -> Sequence[str]:
        if self.told.candidates or self.award.level == OWN:
            return [ident.strip() for ident in self.told.candidates if ident.strip()]
        before = ("granted", "refused", "revoked", *(("submitted",) if self.status == "submitted" else ()))
        ready = [
            nominee for (award, nominee), case in known.items() if award == self.award.id and not self._waits(case)
        ]
        found = sorted(one for one in ready if one not in mine or mine[one].status not in before)
        if self.status == "submitted":
            self.warnings += [self._fallen(one) for one in found if one in self.fallen]
            found = [one for one in found if one not in self.fallen]
        return found

    def _waits(self, case: Progress) -> str:
        """The step that has not been passed, in words; "" when all before the decision have."""
        for step in self.steps:
            told = case.done.get(step.id)
            passed = told is not None and told.passed
            if step.kind == "decision" and (told is None or told.value != FAILED):
                continue
            if not passed:
                return f"“{step.name}” ({WORDS[told.value] if told is not None else 'chưa làm'})"
        return ""

    def _refused(self, nominee: str, case: Progress, before: HeldAward | None) -> Problem | None:
        """Why nothing can be entered about a case."""
        place = f"{self.award.id}/{nominee}"
        if not self.holders.knows(nominee):
            near = ", ".join(self.holders.nearest(nominee))
            hint = f"Gần nhất: {near}." if near else "Xem mã: thidua roster list."
            return of_file("--candidate", "unknown-candidate", f"Danh sách không có “{nominee[:40]}”.", hint)
        waits = self._waits(case)
        if waits:
            message = f"{nominee}, {self.award.short}: chưa qua bước {waits}."
            return of_file(place, "step", message, "Không bước nào bỏ được; làm bước đó rồi mới ghi.")
        if self.status == "submitted" and nominee in self.fallen:
            return replace(self._fallen(nominee), severity=ERROR)
        days = [one.day for one in case.done.values() if one.day is not None]
        if days and self.told.day < max(days):
            message = f"{nominee}: ngày {self.told.day:%d/%m/%Y} trước bước cuối đã ghi ({max(days):%d/%m/%Y})."
            return of_file(place, "date", message, "Ghi ngày của văn bản này.")
        if before is None:
            return None
        since = before.since or before.day
        if before.status not in ("submitted", "returned") or before.status == self.status:
            when = f" ({before.decision or before.source} ngày {since:%d/%m/%Y})" if since else ""
            message = f"{nominee}: {self.award.short} {STATUS[before.status]}{when}."
            return of_file(place, CODE, message, "Quyết định đã ghi chỉ thay đổi bằng: thidua award revoke.")
        if since is not None and self.told.day < since:
            message = f"{nominee}: ngày {self.told.day:%d/%m/%Y} trước ngày {STATUS[before.status]} ({since:%d/%m/%Y})."
            return of_file(place, "date", message, "Ghi ngày của văn bản này.")
        return None

    def _fallen(self, nominee: str) -> Problem:
        """That a case is not proposed any more. What an authority has decided is entered all the same."""
        message = f"{nominee}, {self.award.short}: đã qua các bước, {self.fallen[nominee]}"
        hint = "Xem lại điều đã thay đổi: thidua nominate; hội đồng xét lại nếu cần."
        return of_file(f"{self.award.id}/{nominee}", "step", message, hint, WARNING)

    def _held(self, nominee: str, number: int, before: HeldAward | None) -> list[Entry]:
        """held:N of a case."""
        told, subject = self.told, f"held:{number}"
        values = case_values(self.workspace, self.file, self.occasion, self.award, nominee, self.history, self.holders)
        if self.status == "granted":
            values |= {"decision": decision_number(told.document), "day": told.day.isoformat()}
            values |= {"authority": told.authority} if told.authority else {}
        elif before is not None:
            values = {}
        entries = [
            Entry(subject, name, value, source=told.document, role=STEWARD) for name, value in values.items() if value
        ]
        return [
            *entries,
            Entry(subject, "status", self.status, told.day, source=told.document, reason=told.reason, role=STEWARD),
        ]

    def _step(self, nominee: str, case: Progress) -> list[Entry]:
        """The province's last step, where this is what it decides; and that the case was submitted."""
        told, ident = self.told, self.award.id
        entries = []
        last = next((one for one in self.steps if one.kind == "decision"), None)
        decided = _STEP.get(self.status) or (PASSED if self.award.level == "nha-nuoc" else "")
        if last is not None and decided and (last.id not in case.done or not case.done[last.id].passed):
            done = Done(last.id, decided, told.document, told.day, told.reason)
            entries += step_entries(self.occasion.id, ident, nominee, done, STEWARD, last.by)
        if self.status == "submitted":
            subject = case_subject(self.occasion.id, ident, nominee)
            entries.append(Entry(subject, "submitted", told.document, told.day, source=told.document, role=STEWARD))
        return entries
