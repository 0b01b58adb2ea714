"""What stands in a proposal workbook of one body, worked out before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from criteria.declarations.movement import Movement
from nominations.awards.declarations import Award
from nominations.awards.reading import AwardFile
from nominations.nominees import Nominee
from nominations.occasions import AwardOccasion
from nominations.proposals.bench import Bench
from nominations.proposals.columns import CANDIDATE, FORMAT, LISTED, PROPOSAL
from nominations.results import Ranked, Results
from records.workbooks.hidden import hidden_rows, row_token
from scoring.result import ILLUSTRATION


@dataclass(frozen=True)
class Row:
    """Somebody whom the body may propose. result: official, in words. awards: names that lead to it at this occasion."""

    nominee: Nominee
    result: str
    awards: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{CANDIDATE}:{self.nominee.id}"


@dataclass(frozen=True)
class ProposalContent:
    """One workbook. awards: offered at the occasion. through: name of the body that passes it on, "" none. version: of the next
    edition."""

    movement: Movement
    file: AwardFile
    occasion: AwardOccasion
    proposer: str
    name: str
    rows: Sequence[Row]
    awards: Sequence[Award]
    secret: bytes
    through: str = ""
    version: int = 1
    stamps: Sequence[str] = ()

    @property
    def subjects(self) -> list[str]:
        """Names of the kinds of nominees that an award of the occasion is for."""
        wanted = {subject for award in self.awards for route in award.routes for subject in route.subjects}
        return [one.name for one in self.file.awards.subjects if one.id in wanted]

    @property
    def lines(self) -> list[str]:
        return [f"{LISTED}|{row.key}" for row in self.rows]

    @property
    def token(self) -> str:
        asked = (self.occasion.id, self.proposer, "", list_digest(self.file))
        return row_token(self.secret, PROPOSAL, *asked, self.lines, 0)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Keys and values of the hidden sheet; then the key of every row."""
        asked = (self.occasion.id, self.proposer, "", list_digest(self.file))
        return hidden_rows(PROPOSAL, FORMAT, *asked, self.token, self.lines)


def list_digest(file: AwardFile) -> str:
    """Which awards and subjects can be chosen: two editions of the file with the same digest take the same workbooks."""
    told = [f"award|{one.id}|{one.name}|{one.offered}" for one in file.awards.awards]
    told += [f"subject|{one.id}|{one.name}" for one in file.awards.subjects]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def awards_at(file: AwardFile, occasion: AwardOccasion, subject: str = "") -> list[Award]:
    """Awards offered at this kind of occasion. subject: only those for it."""
    return [
        one
        for one in file.offered()
        if any(occasion.kind in route.occasions and (not subject or subject in route.subjects) for route in one.routes)
    ]


def proposing_bodies(bench: Bench) -> list[str]:
    """Ids of everybody who may propose somebody at the occasion, in natural order."""
    bodies = bench.roster.bodies
    return [ident for ident, body in bodies.items() if ident in bench.listed and not body.person]


def content_of(bench: Bench, results: Results, proposer: str) -> ProposalContent:
    """The workbook of one body."""
    proposers = bench.proposers
    mine = bench.listed.get(proposer, [])
    rows = [_row(bench, one, results.ranked.get(one.id)) for one in mine]
    passing = dict.fromkeys(proposers.through(one, proposer) for one in mine)
    through = ", ".join(proposers.named(ident) for ident in passing if ident)
    stamps = list(results.stamps)
    if any(one.illustration for one in mine):
        stamps.append(ILLUSTRATION)
    return ProposalContent(
        bench.workspace.movement,
        bench.file,
        bench.occasion,
        proposer,
        proposers.name(proposer),
        rows,
        awards_at(bench.file, bench.occasion),
        bench.workspace.database.secret(),
        through,
        last_version(bench, proposer) + 1,
        tuple(dict.fromkeys(stamps)),
    )


def last_version(bench: Bench, proposer: str) -> int:
    """The latest edition of a body's proposals that was taken in, replaced ones too; 0 when none was."""
    told = [entry for entry in bench.taken.values() if entry.author == proposer]
    return max((int(entry.value) for entry in told), default=0)


def _row(bench: Bench, nominee: Nominee, ranked: Ranked | None) -> Row:
    subject = nominee.subject.id if nominee.subject is not None else ""
    named = tuple(one.name for one in awards_at(bench.file, bench.occasion, subject)) if subject else ()
    return Row(nominee, result_words(ranked), named)


def result_words(ranked: Ranked | None) -> str:
    """87,5 %; hạng 2. Why there is no place in short: the whole reason stands in the occasion's own result."""
    if ranked is None or (ranked.figure is None and not ranked.periods):
        return "chưa có kết quả chính thức"
    place = f"hạng {ranked.rank}" if ranked.rank is not None else ranked.unplaced.partition(";")[0]
    return "; ".join(part for part in (ranked.words, place) if part)
