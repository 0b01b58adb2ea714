"""What stands in the eligibility workbook (biểu xét điều kiện) of an occasion, worked out before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from criteria.declarations.movement import Movement
from nominations.awards.declarations import Awards
from nominations.awards.law import MARKS, Fact
from nominations.awards.procedure import Confirmation
from nominations.case import Case, Nominated
from nominations.eligibility.checks import CHECKS
from nominations.eligibility.columns import (
    COMPARED,
    DECIDED,
    DECISIONS,
    FACTS,
    FORMAT,
    KIND,
    LAW,
    OWNER,
    SHOWN,
    FactColumn,
    applies,
    fact_columns,
)
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.judging import only_doubted
from nominations.eligibility.papers import asked_of_subject
from nominations.eligibility.reasons import BY_FACTS, BY_LAW, COMMON, EVERYBODY
from nominations.nominees import Nominee
from nominations.occasions import AwardOccasion
from records.roster.roster import order
from records.workbooks.hidden import ENTRY, hidden_rows, row_token
from records.workspace.folder import Workspace
from scoring.result import ILLUSTRATION

_DECIDES_FIRST = {"TC", "E1", "E3"}  # a case that fails here needs no facts


@dataclass(frozen=True)
class FactRow:
    """One nominee. asked: ids of the confirmations asked of it."""

    nominee: Nominee
    asked: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.nominee.id

    def takes(self, column: FactColumn) -> bool:
        return applies(column, self.nominee, self.asked)


@dataclass(frozen=True)
class DecisionRow:
    """One finding that a person may decide. nominee: EVERYBODY when it is about the award."""

    award: str
    award_name: str
    nominee: str
    name: str
    finding: Finding

    @property
    def key(self) -> str:
        return f"{self.award}/{self.nominee}/{self.finding.check}"


@dataclass(frozen=True)
class LawRow:
    """One legal fact that is not sure on the occasion's day. used: the checks that rest on it."""

    fact: Fact
    citation: str
    doubts: tuple[str, ...]
    used: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.fact.id

    @property
    def told(self) -> str:
        """Its words, or what it comes to."""
        return " ".join((self.fact.quote or self.fact.says or MARKS[self.fact.mark]).split())


@dataclass(frozen=True)
class EligibilityContent:
    """One workbook. entry: the last entry of the ledger that told anything shown. left_out: nominees that no standing case needs."""

    movement: Movement
    occasion: AwardOccasion
    facts: tuple[FactRow, ...]
    decisions: tuple[DecisionRow, ...]
    law: tuple[LawRow, ...]
    awards: Awards
    confirmations: tuple[Confirmation, ...]
    stamps: tuple[str, ...]
    secret: bytes
    entry: int
    left_out: int = 0

    @cached_property
    def columns(self) -> list[FactColumn]:
        return fact_columns(self.awards, self.confirmations)

    @property
    def lines(self) -> list[str]:
        rows: tuple[tuple[str, Iterable[FactRow | DecisionRow | LawRow]], ...] = (
            (FACTS, self.facts),
            (DECISIONS, self.decisions),
            (LAW, self.law),
        )
        return [f"{sheet}|{row.key}" for sheet, many in rows for row in many]

    @property
    def sets(self) -> str:
        """The confirmations that have columns, in the place where other workbooks name their sets."""
        return ",".join(one.id for one in self.confirmations)

    @property
    def token(self) -> str:
        digest = columns_digest(self.columns)
        return row_token(self.secret, KIND, self.occasion.id, OWNER, self.sets, digest, self.lines, self.entry)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        asked = (self.occasion.id, OWNER, self.sets, columns_digest(self.columns))
        return hidden_rows(KIND, FORMAT, *asked, self.token, self.lines, **{ENTRY: str(self.entry)})


def columns_digest(columns: Sequence[FactColumn]) -> str:
    """Which input columns a workbook has: another edition of the program may ask other things."""
    told = [f"{one.name}|{one.head}|{one.kind}|{','.join(one.words)}" for one in columns]
    told += [head for head, _ in (*SHOWN, *DECIDED, *COMPARED)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def content_of(workspace: Workspace, nominated: Nominated, *, everybody: bool = False) -> EligibilityContent:
    """everybody: also the nominees and findings of cases that the standard, the clause or the issuer rules out."""
    cases = [one for one in nominated.cases if everybody or standing(one)]
    chosen = {one.nominee.id for one in cases}
    nominees = [one for one in nominated.standing.nominees.values() if everybody or one.id in chosen]
    awards = nominated.file.awards
    asked = {one.id: asked_of_subject(awards.confirmations, one) for one in nominees}
    wanted = {ident for many in asked.values() for ident in many}
    letters = [group.letter for group in workspace.movement.groups]
    nominees.sort(key=lambda one: (letters.index(one.group) if one.group in letters else len(letters), order(one.id)))
    stamps = [*nominated.stamps, *([ILLUSTRATION] if any(one.illustration for one in nominees) else [])]
    return EligibilityContent(
        workspace.movement,
        nominated.occasion,
        tuple(FactRow(one, asked[one.id]) for one in nominees),
        tuple(_decisions(cases)),
        tuple(unsure_facts(nominated, nominated.cases)),
        awards,
        tuple(one for one in awards.confirmations if one.id in wanted),
        tuple(dict.fromkeys(stamps)),
        workspace.database.secret(),
        last_told(workspace, nominated.occasion.id),
        len(nominated.standing.nominees) - len(nominees),
    )


def standing(case: Case) -> bool:
    """Whether a case is worth asking facts about: neither the standard nor the matrix rules it out."""
    return not any(one.outcome is Outcome.FAIL and one.check in _DECIDES_FIRST for one in case.findings)


def last_told(workspace: Workspace, occasion: str) -> int:
    """The number of the last entry that changed a fact, a decision or a legal fact."""
    entries = workspace.database.entries(f"nominee:{occasion}/", f"check:{occasion}/", "basis")
    return max((one.number for one in entries), default=0)


def by_person(finding: Finding) -> bool:
    """Whether a finding is for a person to decide: not settled by facts, by the award file, or by confirming the law."""
    if finding.decided:
        return True
    if finding.outcome is Outcome.PASS or only_doubted(finding):
        return False
    return finding.code not in BY_FACTS | BY_LAW


def _decisions(cases: Iterable[Case]) -> Iterable[DecisionRow]:
    """By award, what is the same for everybody first, once."""
    common: dict[tuple[str, str], DecisionRow] = {}
    own: list[DecisionRow] = []
    for case in cases:
        for one in case.findings:
            if not by_person(one):
                continue
            if one.check in COMMON:
                row = DecisionRow(case.award.id, case.award.short, EVERYBODY, "mọi đối tượng", one)
                common.setdefault((case.award.id, one.check), row)
            else:
                own.append(DecisionRow(case.award.id, case.award.short, case.nominee.id, case.nominee.name, one))
    for award in dict.fromkeys(one.award for one in [*common.values(), *own]):
        yield from (row for (ident, _), row in common.items() if ident == award)
        yield from sorted((row for row in own if row.award == award), key=lambda row: order(row.nominee))


def unsure_facts(nominated: Nominated, cases: Iterable[Case]) -> list[LawRow]:
    """Every legal fact of the file that is not sure on the occasion's day; those that checks of these cases rest on first."""
    file, day = nominated.file, nominated.occasion.day
    used: dict[str, set[str]] = {}
    for case in cases:
        for one in case.findings:
            for fact in one.facts if one.doubts else ():
                used.setdefault(fact, set()).add(one.check)
    checks = list(CHECKS)
    rows = []
    for declared in file.awards.facts:
        held = file.law.holding(declared.id, day)
        if held.doubts:
            named = tuple(sorted(used.get(declared.id, ()), key=checks.index))
            rows.append(LawRow(declared, held.citation, held.doubts, named))
    return sorted(rows, key=lambda row: not row.used)
