"""What lies before a council: the cases with their thresholds, ties with seats left, members, conflicts, the ledger's head."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nominations.awards.declarations import Award
from nominations.awards.law import UNVERIFIED
from nominations.awards.procedure import Council, Step, Vote
from nominations.awards.reading import AwardFile
from nominations.case import Case, Nominated
from nominations.council.conflicts import Conflict, by_nominee
from nominations.council.members import Member
from nominations.council.votes import part_words

LOCAL = "quy định của địa phương, không có quy định chung của Trung ương"
UNDECIDED = "đề xuất, chưa có quyết định"


@dataclass(frozen=True)
class Tie:
    """Cases of one award that cannot be told apart and stand across the line. seats: how many of them may be chosen."""

    number: int
    award: str
    nominees: tuple[str, ...]
    seats: int


@dataclass(frozen=True)
class Line:
    """A case on the agenda. number: on the whole list. tie: number of its tie, 0 none. after: name of a higher award that the same
    meeting or a later one has to decide first, "" none."""

    number: int
    case: Case
    vote: Vote
    tie: int = 0
    after: str = ""

    @property
    def award(self) -> Award:
        return self.case.award

    @property
    def nominee(self) -> str:
        return self.case.nominee.id

    @property
    def key(self) -> str:
        return f"{self.award.id}/{self.nominee}"


@dataclass(frozen=True)
class Pack:
    """head: number and hash of the ledger's last entry when it was prepared. on: by which day's law, None the occasion's own.
    day, place: of the meeting, as planned."""

    nominated: Nominated
    step: Step
    rule: Council
    members: tuple[Member, ...]
    lines: tuple[Line, ...]
    ties: tuple[Tie, ...]
    conflicts: tuple[Conflict, ...]
    head: tuple[int, str]
    on: date | None = None
    day: date | None = None
    place: str = ""

    @property
    def occasion(self) -> str:
        return self.nominated.occasion.id

    @property
    def head_words(self) -> str:
        """Mục 120, 3f2a…"""
        return f"{self.head[1]} (mục số {self.head[0]})" if self.head[0] else "sổ chưa có mục nào"

    def of_award(self, award: str) -> list[Line]:
        return [one for one in self.lines if one.award.id == award]

    @property
    def awards(self) -> list[Award]:
        """Those with a case, from the highest to the lowest."""
        return list({one.award.id: one.award for one in self.lines}.values())

    @cached_property
    def conflicts_of(self) -> Mapping[str, list[Conflict]]:
        return by_nominee(self.conflicts)

    def member(self, number: int) -> Member:
        return next(one for one in self.members if one.number == number)

    @cached_property
    def illustration(self) -> bool:
        return any(one.case.nominee.illustration for one in self.lines)

    @cached_property
    def digest(self) -> str:
        """What is voted on, by whom and how: a tally that was made for anything else is told apart."""
        told = [self.occasion, self.step.id, str(self.rule), str(self.on)]
        told += [f"{one.number}|{one.value}" for one in self.members]
        told += [f"{one.key}|{one.case.state.value}|{one.vote.share}|{one.tie}|{one.after}" for one in self.lines]
        told += [f"{one.number}|{one.award}|{one.nominees}|{one.seats}" for one in self.ties]
        told += [f"{one.member}|{one.nominee}" for one in self.conflicts]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


# --- where a threshold comes from ----------------------------------------------------------------------------------


def threshold(pack: Pack, vote: Vote) -> str:
    """80 % tổng số thành viên"""
    whole = "tổng số thành viên" if pack.rule.denominator == "members" else "số phiếu thu về"
    return f"{part_words(vote.share)} {whole}"


def source_of(file: AwardFile, given: Vote | Council, day: date) -> str:
    """Where a threshold or a rule of procedure comes from: the clauses, how sure they are; or that it is a local setting."""
    settled = given.status == "decided" or bool(given.decided_by)
    facts = list(given.facts)
    if given.local and not settled:  # what a proposal was modelled on is no basis: only what surely holds is cited
        facts = [one for one in facts if not file.doubts([one], day)]
    parts = [LOCAL] if given.local else []
    parts += list(file.citations(facts))
    if file.doubts(facts, day):
        parts.append(UNVERIFIED)
    if given.decided_by:
        parts.append(f"theo {given.decided_by}")
    elif not settled and (given.local or not facts):
        parts.append(UNDECIDED)
    return "; ".join(parts)


def unsettled(pack: Pack) -> bool:
    """Whether a threshold or the way of voting is no decided rule yet, or rests on a text that nobody has verified."""
    day = pack.nominated.occasion.day
    given: list[Vote | Council] = [pack.rule, *(one.vote for one in pack.lines)]
    file = pack.nominated.file
    return any(
        (one.status == "proposal" and (one.local or not one.facts)) or bool(file.doubts(one.facts, day))
        for one in given
    )
