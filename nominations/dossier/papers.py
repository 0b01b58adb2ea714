"""Papers of a dossier (thành phần hồ sơ): which a case needs, which are there, which are missing and from whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nominations.awards.declarations import Award, Awards
from nominations.awards.procedure import Paper
from nominations.nominees import Nominee
from records.ledger.entries import gather
from records.workspace.folder import Workspace

PAPER = "paper:"


@dataclass(frozen=True)
class Attached:
    """A file that was added to a dossier. document, day: số, ngày. sha256: of its content; it is stored under it."""

    award: str
    nominee: str
    paper: str
    document: str
    day: date | None
    sha256: str


@dataclass(frozen=True)
class PaperState:
    """One paper of an award (nominee "") or of a nominee. present: nothing is missing of it. made: the program makes its text.

    document, day, sha256: of the file that was added. missing: what is missing, "" nothing.
    """

    paper: Paper
    nominee: str
    present: bool
    made: bool
    document: str = ""
    day: date | None = None
    sha256: str = ""
    missing: str = ""


def attached(workspace: Workspace, occasion: str) -> dict[tuple[str, str, str], Attached]:
    """Files added to the dossiers of an occasion: by award, nominee ("" of the whole award) and paper; the last one of each."""
    found = {}
    for subject, facts in gather(workspace.database.entries(f"dossier:{occasion}/")).items():
        award, _, nominee = subject.partition("/")[2].partition("/")
        for name in facts.fields:
            entry = facts.history(name)[-1]
            if name.startswith(PAPER) and entry.value:
                paper = name.removeprefix(PAPER)
                found[award, nominee, paper] = Attached(
                    award, nominee, paper, entry.value, entry.valid_from, entry.evidence
                )
    return found


def papers_of(
    awards: Awards, award: Award, nominees: Sequence[Nominee], files: Mapping[tuple[str, str, str], Attached]
) -> list[PaperState]:
    """Every paper of an award's dossier: those of the award, then nominee by nominee."""
    whole = [one for one in awards.papers_of(award) if one.per == "award"]
    whole = [one for one in whole if one.when != "announced" or award.announcement is not None]
    found = [_state(award, paper, "", files) for paper in whole]
    for nominee in nominees:
        found += [_state(award, paper, nominee.id, files) for paper in _asked(awards, award, nominee)]
    return found


def _asked(awards: Awards, award: Award, nominee: Nominee) -> Iterator[Paper]:
    """Papers that this nominee needs."""
    initiative = nominee.facts.initiative or any(row.initiative for row in nominee.proposed)
    confirming = {subject for one in awards.confirmations for subject in one.subjects}
    applies = {
        "always": True,
        "initiative": bool(initiative),
        "enterprise": nominee.subject is not None and nominee.subject.id in confirming,
        "managed": nominee.facts.managed == "có",
        "announced": award.announcement is not None,
    }
    for paper in awards.papers_of(award):
        if paper.per == "candidate" and applies[paper.when] and not (paper.score_sheet and not nominee.scored):
            yield paper


def _state(award: Award, paper: Paper, nominee: str, files: Mapping[tuple[str, str, str], Attached]) -> PaperState:
    file = files.get((award.id, nominee, paper.id))
    made = bool(paper.template) or paper.score_sheet
    if file is not None:
        return PaperState(paper, nominee, True, made, file.document, file.day, file.sha256)
    if made and not paper.signed:
        return PaperState(paper, nominee, True, True)
    if made:
        missing = "chưa có bản ký, đóng dấu (PDF)"
    else:
        missing = "chưa có" + (f" (do {paper.brought_by} cung cấp)" if paper.brought_by else "")
    return PaperState(paper, nominee, False, made, missing=missing)
