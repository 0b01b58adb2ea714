"""How far a case has come: which steps it has passed, on which document. The only place that enters a step; none can be skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import Problem, of_file
from nominations.awards.declarations import Award, Awards
from nominations.awards.procedure import Step
from records.ledger.entries import Entry, Facts, gather
from records.ledger.writer import Writer
from records.workspace.folder import Workspace

PASSED, FAILED, RETURNED, MISSING = "passed", "failed", "returned", "missing"
WORDS = {PASSED: "đã qua", FAILED: "không thông qua", RETURNED: "trả lại", MISSING: "thiếu hồ sơ"}
STEP, VOTES, TIE = "step:", "votes:", "tie:"


@dataclass(frozen=True)
class Done:
    """What a step said of a case. value: a key of WORDS. document, day: of its minutes or notice. votes: as Votes.text of the council."""

    step: str
    value: str
    document: str
    day: date | None = None
    reason: str = ""
    votes: str = ""

    @property
    def passed(self) -> bool:
        return self.value == PASSED


@dataclass(frozen=True)
class Announced:
    """The list with this case was published (công khai) from a day on. proof: SHA-256 of what shows it."""

    first: date
    where: str
    document: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Progress:
    """done: by step, the last word of each. ties: by step, whether a council chose it out of a tie, and its document."""

    done: Mapping[str, Done] = field(default_factory=dict)
    ties: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    announced: Announced | None = None
    submitted: str = ""

    def next(self, steps: Iterable[Step]) -> Step | None:
        """The first step that has not been passed; None when all have."""
        return next((one for one in steps if one.id not in self.done or not self.done[one.id].passed), None)

    def stopped(self, steps: Iterable[Step]) -> Done | None:
        """What a step has refused for good; a dossier that was returned, or lacks something, can come again."""
        told = [self.done[one.id] for one in steps if one.id in self.done]
        return next((one for one in told if one.value == FAILED), None)


def case_subject(occasion: str, award: str, nominee: str) -> str:
    return f"case:{occasion}/{award}/{nominee}"


def progress(workspace: Workspace, occasion: str) -> dict[tuple[str, str], Progress]:
    """Of every case that anything was entered about: by award and nominee."""
    found = {}
    for subject, facts in gather(workspace.database.entries(f"case:{occasion}/")).items():
        award, _, nominee = subject.partition("/")[2].partition("/")
        found[award, nominee] = _read(facts)
    return found


def _read(facts: Facts) -> Progress:
    done: dict[str, Done] = {}
    ties: dict[str, tuple[bool, str]] = {}
    for name in facts.fields:
        entry = facts.history(name)[-1]
        if name.startswith(STEP) and entry.value:
            step = name.removeprefix(STEP)
            voted = [one for one in facts.history(VOTES + step) if one.source == entry.source]
            votes = voted[-1].value if voted else ""  # of this meeting, not of one before
            done[step] = Done(step, entry.value, entry.source, entry.valid_from, entry.reason, votes)
        elif name.startswith(TIE) and entry.value:
            ties[name.removeprefix(TIE)] = entry.value == "chosen", entry.source
    told = facts.entry("announced")
    announced = None
    if told is not None and told.value:
        announced = Announced(date.fromisoformat(told.value), told.reason, told.source, told.evidence)
    return Progress(done, ties, announced, facts.value("submitted"))


def unready(awards: Awards, award: Award, nominee: str, known: Progress, step: Step) -> Problem | None:
    """Why a step cannot be entered for a case: one before it has not been passed, or has refused it."""
    place = f"{award.id}/{nominee}"
    for before in awards.steps_of(award):
        if before.id == step.id:
            return None
        told = known.done.get(before.id)
        if told is None or not told.passed:
            state = WORDS[told.value] if told is not None else "chưa làm"
            message = f"{nominee}, {award.short}: chưa qua bước “{before.name}” ({state})."
            return of_file(place, "step", message, f"Không bước nào bỏ được; làm bước đó rồi mới đến “{step.name}”.")
    return of_file(place, "step", f"{award.short} không qua bước “{step.name}”.", "Xem steps của hình thức này.")


def untimely(
    awards: Awards, award: Award, nominee: str, known: Progress, step: Step, day: date | None
) -> Problem | None:
    """Why a step cannot be entered on a day: one before it was passed later, or one after it has spoken already."""
    place, before = f"{award.id}/{nominee}", True
    for one in awards.steps_of(award):
        told = known.done.get(one.id)
        if one.id == step.id:
            before = False
        elif told is None:
            continue
        elif before and told.day is not None and day is not None and told.day > day:
            message = (
                f"{nominee}, {award.short}: bước “{one.name}” xong ngày {told.day:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}."
            )
            return of_file(place, "step", message, f"“{step.name}” phải từ ngày đó trở đi.")
        elif not before:
            message = f"{nominee}, {award.short}: bước sau “{one.name}” đã có kết quả ({WORDS[told.value]})."
            return of_file(place, "step", message, f"Không ghi lại “{step.name}” được nữa.")
    return None


def step_entries(
    occasion: str, award: str, nominee: str, done: Done, role: str, author: str, tie: bool | None = None
) -> list[Entry]:
    """What is entered when a step has spoken. tie: whether a council chose the nominee out of a tie; None when there was none."""
    subject = case_subject(occasion, award, nominee)
    entries = [
        Entry(
            subject,
            STEP + done.step,
            done.value,
            done.day,
            source=done.document,
            reason=done.reason,
            role=role,
            author=author,
        )
    ]
    if done.votes:
        entries.append(
            Entry(subject, VOTES + done.step, done.votes, done.day, source=done.document, role=role, author=author)
        )
    if tie is not None:
        value = "chosen" if tie else "not"
        entries.append(Entry(subject, TIE + done.step, value, done.day, source=done.document, role=role, author=author))
    return entries


def enter_steps(
    writer: Writer,
    awards: Awards,
    known: Mapping[tuple[str, str], Progress],
    told: Sequence[tuple[str, str, list[Entry]]],
) -> list[Problem]:
    """Append what a step says of many cases (award, nominee, entries), all or nothing; why not."""
    problems: list[Problem] = []
    for award_id, nominee, entries in told:
        award = awards.award(award_id)
        entry = next(one for one in entries if one.field.startswith(STEP))
        step = awards.step(entry.field.removeprefix(STEP))
        if award is None or step is None:
            problems.append(
                of_file(f"{award_id}/{nominee}", "step", "Tệp khen thưởng không có hình thức hoặc bước này.")
            )
            continue
        so_far = known.get((award_id, nominee), Progress())
        wrong = unready(awards, award, nominee, so_far, step)
        wrong = wrong or untimely(awards, award, nominee, so_far, step, entry.valid_from)
        problems += [wrong] if wrong is not None else []
    if not problems:
        writer.append(one for _, _, entries in told for one in entries)
    return problems
