"""Entering one proposal: decided on one state of the ledger, the file kept under its hash, everything in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from criteria.problems import Problem, of_file
from nominations.proposals.bench import Bench, load_bench
from nominations.proposals.columns import CALLED, FOLDER
from nominations.proposals.content import last_version
from nominations.proposals.door import Door, Handed
from nominations.proposals.entries import fact_entries, given_entries, outsider_entries, proposal_entries
from nominations.proposals.proposal import Proposal, Proposed
from nominations.proposals.reading import ReadProposal
from records.ledger.entries import Entry
from records.life.acts import LedgerMoved
from records.workbooks.taking_in import keep_again, older_edition, until_settled

_VOTING = ("selection", "council")  # kinds of steps after which a list is closed


@dataclass(frozen=True)
class Taken:
    """A proposal that was entered. replaced: number of the one before, 0 none. outsiders: ids that are new. given: awards recorded."""

    number: int
    proposer: str
    name: str
    rows: int
    outsiders: tuple[str, ...]
    given: int
    replaced: int


@dataclass
class Entering:
    """One file being taken in. bench: as it stands, afterwards as it stands then. same: everything in it was said before."""

    bench: Bench
    read: ReadProposal
    today: date
    taken: Taken | None = None
    same: bool = False

    def take(self) -> Entering:
        """What is wrong goes to the findings of the file."""
        if self.read.proposer:
            until_settled(self.read.form, self._once, self._look_again, "đề nghị khen thưởng")
        return self

    def _look_again(self) -> None:
        self.bench = load_bench(self.bench.workspace, self.bench.file, self.bench.occasion, self.bench)

    def _once(self) -> None:
        """Raises LedgerMoved, OSError."""
        bench, read, findings = self.bench, self.read, self.read.findings
        if read.proposer not in bench.roster.bodies:
            message = f"Không còn cơ quan {read.proposer} trong danh sách."
            findings.problems.append(of_file(read.name, "proposal", message, "Xem: thidua roster list."))
            return
        handed = Door(bench, read.proposer, findings).judge(read.typed, self.today)
        before = bench.standing(read.proposer)
        if not read.token:  # a list says nothing of editions: the office that takes it in decides
            read.form.version = last_version(bench, read.proposer) + 1
        about = list(self._about(handed)) if handed is not None else []
        if handed is not None and not about and before is not None and says(before) == self._says(handed, before):
            self.same = True
            return
        findings.problems.extend(self._refused(before, handed))
        if handed is None or findings.wrong:
            return
        self._enter(handed, before, about)

    def _about(self, handed: Handed) -> Iterator[Entry]:
        """What is entered beside the proposal itself, only where it says something new."""
        yield from outsider_entries(self.bench, self.read, handed)
        yield from fact_entries(self.bench, self.read, handed)
        yield from given_entries(self.bench, self.read, handed)

    def _refused(self, before: Proposal | None, handed: Handed | None) -> Iterator[Problem]:
        """Why this edition may not take the place of the one before."""
        bench, read = self.bench, self.read
        if read.token:
            older = older_edition(read.form, last_version(bench, read.proposer), CALLED)
            if older is not None:
                yield older
        if before is None:
            return
        signed = read.typed.signed
        if signed is not None and signed.day is not None and before.letter_day and signed.day < before.letter_day:
            message = f"Tờ trình ngày {signed.day:%d/%m/%Y} cũ hơn tờ trình đã thu, ngày {before.letter_day:%d/%m/%Y}."
            yield signed.problem("form-older", "sign:date", message, "Thu bản mới nhất.")
        closed = self._closed(before)
        if closed is not None:
            yield closed

    def _closed(self, before: Proposal) -> Problem | None:
        """That a council has already looked at somebody of the list."""
        bench = self.bench
        steps = {one.id: one for one in bench.file.awards.steps if one.kind in _VOTING or one.council is not None}
        for row in before.rows:
            for (award, nominee), known in sorted(bench.progress.items()):
                done = next((one for ident, one in sorted(known.done.items()) if ident in steps), None)
                if done is None or nominee != row.nominee or row.award not in ("", award):
                    continue
                message = (
                    f"{steps[done.step].name} đã xem xét {nominee} theo {done.document}; danh sách đề nghị của "
                    f"{bench.proposers.named(before.proposer)} không thay được nữa."
                )
                return of_file(self.read.name, "closed", message, "Muốn thay đổi thì báo cáo hội đồng bằng văn bản.")
        return None

    def _enter(self, handed: Handed, before: Proposal | None, about: list[Entry]) -> None:
        bench, read = self.bench, self.read
        workspace, occasion = bench.workspace, bench.occasion
        if not keep_again(read.form, workspace.database, workspace.received(occasion.id), FOLDER):
            return
        number = max(bench.taken, default=0) + 1
        entries = [*about, *proposal_entries(bench, read, handed, number, before)]
        with workspace.database.writing() as writer:
            if writer.head[0] != bench.at:
                raise LedgerMoved
            writer.append(entries)
        new = {one.outsider.id: None for one in handed.rows if one.outsider and one.who not in bench.outsiders}
        given = len({entry.subject for entry in about if entry.subject.startswith("held:")})
        name = bench.proposers.name(read.proposer)
        replaced = before.number if before is not None else 0
        self.taken = Taken(number, read.proposer, name, len(handed.rows), tuple(new), given, replaced)
        self._look_again()

    def _says(self, handed: Handed, like: Proposal) -> Proposal:
        """The proposal as it would stand, with the number of another one."""
        occasion = self.bench.occasion.id
        rows = tuple(
            Proposed(
                occasion,
                like.number,
                place,
                one.who,
                one.award,
                **{name: one.typed.value(name) for name in ("merit", "achievement", "initiative", "certificate")},
                report={head: tuple(text for text, _ in told) for head, told in sorted(one.report.items())},
            )
            for place, one in enumerate(handed.rows, 1)
        )
        signed = handed.signed
        made = Proposal(
            occasion, like.number, like.proposer, handed.through, signed.number, signed.minutes, "", signed.day
        )
        return replace(made, minutes_day=signed.minutes_day, rows=rows)


def says(proposal: Proposal) -> Proposal:
    """What a proposal says, whatever file said it."""
    return replace(proposal, file="")
