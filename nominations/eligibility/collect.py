"""Collecting the eligibility workbook (thu biểu xét điều kiện): what is typed anew goes into the ledger, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.problems import NOTE, WARNING, Problem, of_file
from criteria.problems import reason as why
from nominations.awards.reading import AwardFile
from nominations.case import Nominated
from nominations.eligibility.columns import FactColumn, applies
from nominations.eligibility.known import Known, check_subject, fact_subject, known_at, law_subject
from nominations.eligibility.papers import asked_of_subject
from nominations.eligibility.reading import CODE, read_eligibility
from nominations.eligibility.typed import Asked, Place, ReadEligibility, TypedDecision, TypedFact
from records.forms.collecting.cells import clean
from records.forms.collecting.form import open_form
from records.forms.collecting.incoming import FormFile
from records.forms.collecting.receiving import keep_files
from records.ledger.entries import Entry
from records.life.rights import STEWARD
from records.workbooks.coming_in import read_safely
from records.workbooks.taking_in import WRITABLE
from records.workspace.folder import Workspace

FOLDER = "dieu-kien"
COLLECTED = "collected"
OFFICE = "thuong-truc"  # whose workbook it is: the office that keeps the ledger
_LOOK_AGAIN = "Đối chiếu lại với văn bản đang có hiệu lực."
_STALE = "Giao lại: thidua eligibility issue, xem điều sổ đã ghi rồi điền."


@dataclass(frozen=True)
class Collected:
    """What one workbook changed: entries of each kind. same: this very file was taken in before."""

    facts: int = 0
    decisions: int = 0
    law: int = 0
    same: bool = False


def collect_eligibility(
    workspace: Workspace, nominated: Nominated, path: Path, today: date, author: str = ""
) -> tuple[Collected | None, list[Problem]]:
    """Take one workbook in. Nothing is stored when anything in it is wrong. author: whose act it is."""
    raw, form = open_form(FormFile(path, clean(path.name)))
    read = ReadEligibility(form)
    occasion = nominated.occasion.id
    if form.sha256 and form.sha256 in {one.evidence for one in receipts(workspace, occasion)}:
        return Collected(same=True), []
    asked = _asked(workspace, nominated, today)
    read_safely(raw, form, lambda book: read_eligibility(book, read, asked))
    if read.findings.wrong or read.identity is None:
        return None, form.problems
    try:
        found = _enter(workspace, nominated, read, raw, author)
    except OSError as error:
        form.problems.append(of_file(form.file.name, "output", f"Không ghi được số liệu: {why(error)}.", WRITABLE))
        return None, form.problems
    return (None if read.findings.wrong else found), form.problems


def receipts(workspace: Workspace, occasion: str) -> list[Entry]:
    """That workbooks were taken in."""
    return [one for one in workspace.database.entries(f"eligibility:{occasion}/") if one.field == COLLECTED]


def _asked(workspace: Workspace, nominated: Nominated, today: date) -> Asked:
    nominees, awards = nominated.standing.nominees, nominated.file.awards
    confirmations = awards.confirmations

    def takes(ident: str, column: FactColumn) -> bool:
        nominee = nominees.get(ident)  # who is gone is told when the row is entered
        return nominee is None or applies(column, nominee, asked_of_subject(confirmations, nominee))

    return Asked(workspace.database.secret(), nominated.occasion.id, awards, takes, today)


def _enter(
    workspace: Workspace, nominated: Nominated, read: ReadEligibility, raw: bytes, author: str
) -> Collected | None:
    """Decide and store on one state of the ledger. None: the findings say why. Raises OSError."""
    assert read.identity is not None
    occasion = nominated.occasion.id
    issued = known_at(workspace, occasion, read.identity.entry)
    with workspace.database.writing() as writer:
        token = read.identity.token
        own = {one.evidence for one in receipts(workspace, occasion) if one.place.endswith(token)}
        told = _Telling(nominated, read, issued, known_at(workspace, occasion), own, author)
        facts, decisions, law = list(told.facts()), list(told.decisions()), list(told.law())
        if read.findings.wrong:
            return None
        read.findings.problems += keep_files(
            read.form, raw, workspace.received(occasion), workspace.received(occasion) / FOLDER
        )
        if read.findings.wrong:
            return None
        receipt = Entry(
            f"eligibility:{occasion}/{OFFICE}",
            COLLECTED,
            str(len(facts) + len(decisions) + len(law)),
            place=f"{read.name} {token}",
            author=author,
            role=STEWARD,
            evidence=read.form.sha256,
        )
        writer.append([*facts, *decisions, *law, receipt])
    return Collected(len(facts), len(decisions), len(law))


@dataclass
class _Telling:
    """What a workbook says that is new. issued: what stood when it was issued; now: what stands. own: hashes of earlier editions of
    the same workbook: what those entered may be mended by this one."""

    nominated: Nominated
    read: ReadEligibility
    issued: Known
    now: Known
    own: set[str]
    author: str

    def facts(self) -> Iterator[Entry]:
        """A cell as it was issued says nothing; one that was emptied takes the fact back."""
        occasion = self.nominated.occasion.id
        for one in self.read.facts:
            subject = fact_subject(occasion, one.nominee)
            before, entry = self.issued.last(subject, one.field), self.now.last(subject, one.field)
            typed = (one.value, one.document, one.day)
            if not self._anew(one.place, typed, _told(one, before), _told(one, entry), entry, one.field):
                continue
            nominee = self.nominated.standing.nominees.get(one.nominee)
            if nominee is None:
                self._gone(one.place, one.nominee)
                continue
            # who has no criteria group may be a household: sealed like a person
            yield self._entry(subject, one, personal=nominee.person or not nominee.group)

    def decisions(self) -> Iterator[Entry]:
        occasion = self.nominated.occasion.id
        for one in self.read.decisions:
            subject = check_subject(occasion, one.award, one.nominee)
            before, entry = self.issued.last(subject, one.check), self.now.last(subject, one.check)
            typed = (one.value, one.reason, one.document)
            if self._anew(one.place, typed, _decided(before), _decided(entry), entry, one.check):
                yield self._decision(subject, one)

    def law(self) -> Iterator[Entry]:
        """A comparison is an act of its day: what is typed and not yet entered is new."""
        for one in self.read.law:
            entry = self.now.last(law_subject(one.fact), "compared")
            if entry is not None and _compared(entry) == (one.value, one.document, one.day, one.note):
                continue
            problem = early_comparison(self.nominated.file, one.fact, one.day, self.nominated.occasion.day)
            if problem:
                self.read.findings.problems.append(one.place.problem(CODE, problem, _LOOK_AGAIN, WARNING))
            yield law_entry(one.fact, one.value, one.document, one.day, one.note, self.author, one.place.text)

    def _anew(
        self,
        place: Place,
        typed: tuple[object, ...],
        issued: tuple[object, ...],
        now: tuple[object, ...],
        entry: Entry | None,
        what: str,
    ) -> bool:
        """Whether a cell says something that has to be entered. What somebody else has entered meanwhile is not overwritten."""
        if typed == now:
            return False
        moved = issued != now
        if typed == issued:
            if moved and any(typed):
                message = "Ô vẫn như lúc giao biểu; sổ nay ghi khác, giữ điều sổ ghi."
                self.read.findings.problems.append(place.problem(CODE, message, _STALE, NOTE))
            return False
        ours = entry is None or entry.evidence in self.own
        if moved and not ours:
            message = f"“{what}” đã được người khác ghi vào sổ sau khi giao biểu này."
            self.read.findings.problems.append(place.problem(CODE, message, _STALE))
            return False
        return True

    def _gone(self, place: Place, nominee: str) -> None:
        message = f"{nominee} không còn là đối tượng của dịp {self.nominated.occasion.id}."
        self.read.findings.problems.append(place.problem("unknown-candidate", message, "Xóa các ô của dòng này."))

    def _entry(self, subject: str, one: TypedFact, *, personal: bool) -> Entry:
        return Entry(
            subject,
            one.field,
            one.value,
            one.day,
            source=one.source,
            place=one.place.text,
            author=self.author,
            role=STEWARD,
            evidence=self.read.form.sha256,
            personal=personal,
        )

    def _decision(self, subject: str, one: TypedDecision) -> Entry:
        return Entry(
            subject,
            one.check,
            one.value,
            source=one.document,
            place=one.place.text,
            reason=one.reason,
            author=self.author,
            role=STEWARD,
            evidence=self.read.form.sha256,
        )


def law_entry(fact: str, value: str, document: str, on: date, note: str, author: str, place: str = "") -> Entry:
    """That somebody has held a legal fact against a text in force."""
    subject = law_subject(fact)
    return Entry(subject, "compared", value, on, source=document, place=place, reason=note, author=author, role=STEWARD)


def early_comparison(file: AwardFile, fact: str, on: date, day: date) -> str:
    """What a comparison leaves open at an occasion because it was made before the text changed; "" nothing."""
    left = file.law.unanswered(fact, day, on) if file.awards.fact(fact) is not None else ()
    return f"Đối chiếu ngày {on:%d/%m/%Y} không tính cho điều có sau đó: {'; '.join(left)}." if left else ""


def _told(one: TypedFact, entry: Entry | None) -> tuple[str, str, date | None]:
    """What an entry says in the cells of a fact: document and day only of confirmations."""
    if entry is None or not entry.value:
        return "", "", None
    return (
        (entry.value, entry.source, entry.valid_from) if one.field.startswith("confirm:") else (entry.value, "", None)
    )


def _decided(entry: Entry | None) -> tuple[str, str, str]:
    return (entry.value, entry.reason, entry.source) if entry is not None and entry.value else ("", "", "")


def _compared(entry: Entry) -> tuple[str, str, date | None, str]:
    return entry.value, entry.source, entry.valid_from, entry.reason
