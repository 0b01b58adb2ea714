"""awards.yaml read, with its documents and what people have confirmed of its legal facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from criteria.movements.reading import DOCUMENTS, MOVEMENT, read_documents, read_movement
from criteria.problems import Problem, errors, of_file
from criteria.source import read_source
from criteria.validation import validate
from nominations.awards.checking import check_awards
from nominations.awards.declarations import Award, Awards, Subject
from nominations.awards.law import Confirmed, Fact, Law
from records.ledger.entries import gather
from records.roster.roster import Candidate
from records.workspace.folder import Workspace

AWARDS = "awards.yaml"


@dataclass(frozen=True)
class AwardFile:
    """An award file at work. law: its facts with their documents and what people have confirmed."""

    awards: Awards
    law: Law

    def subject_of(self, candidate: Candidate, sub_type: str = "") -> Subject | None:
        """How the law names a candidate: by its sub-type (of the roster), else by its group; None when the file names neither."""
        kind = sub_type.casefold()
        named = [one for one in self.awards.subjects if kind and kind in (name.casefold() for name in one.sub_types)]
        plain = [one for one in self.awards.subjects if candidate.group in one.groups and not one.sub_types]
        return next(iter([*named, *plain]), None)

    def citations(self, facts: list[str] | tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.law.citation(one) for one in facts)

    def doubts(self, facts: list[str] | tuple[str, ...], day: date) -> tuple[str, ...]:
        """Why the facts are not sure on a day, each said once with where it stands."""
        found = []
        for one in facts:
            held = self.law.holding(one, day)
            found += [f"{self.law.brief(one)}: {doubt}" for doubt in held.doubts]
        return tuple(dict.fromkeys(found))

    def named(self, facts: Iterable[str], day: date) -> dict[str, list[Fact]]:
        """The documents a submission names as its basis, with the facts that stand in each: those every submission names (cited), then
        those of these facts; of them those in force on a day."""
        found: dict[str, list[Fact]] = {ident: [] for ident in self.awards.cited}
        for ident in dict.fromkeys(facts):
            found.setdefault(self.law.facts[ident].basis, []).append(self.law.facts[ident])
        return {ident: told for ident, told in found.items() if self._holds(ident, day)}

    def _holds(self, document: str, day: date) -> bool:
        known = self.law.documents.get(document)
        if known is None or (known.valid_to is not None and day > known.valid_to):
            return False
        return known.valid_from is None or day >= known.valid_from

    def offered(self) -> list[Award]:
        """Awards this movement proposes, the highest first."""
        return [one for one in self.awards.awards if one.offered]


def read_awards(path: Path) -> tuple[AwardFile | None, list[Problem]]:
    """An award file and its findings: form, names nobody declares, what the law of the file itself refuses. Nothing confirmed."""
    source, problems = read_source(path)
    if source is None:
        return None, problems
    declared, found = validate(source, Awards)
    problems += found
    register, _ = read_documents(path.parent / DOCUMENTS)
    documents = {one.id: one for one in register.documents} if register is not None else {}
    if declared is None:
        return None, problems
    law = Law({one.id: one for one in declared.facts}, documents)
    movement, _ = read_movement(path.parent / MOVEMENT)
    if movement is not None:
        problems += check_awards(source, declared, movement, law)
    return (None if errors(problems) else AwardFile(declared, law)), problems


def load_awards(workspace: Workspace) -> tuple[AwardFile | None, list[Problem]]:
    """The award file of a workspace with what people have confirmed; why there is none."""
    path = workspace.movement_folder / AWARDS
    if not path.is_file():
        hint = "Thêm phong-trao/awards.yaml (mẫu: phong trào kèm theo phần mềm)."
        return None, [of_file(path, "awards", "Phong trào chưa có tệp khen thưởng awards.yaml.", hint)]
    file, problems = read_awards(path)
    if file is None:
        return None, problems
    law = Law(file.law.facts, file.law.documents, confirmed(workspace))
    return replace(file, law=law), problems


def confirmed(workspace: Workspace) -> dict[str, Confirmed]:
    """What people have confirmed of legal facts, by fact: what was entered last of each, so that a wrong day can be put right."""
    found = {}
    for subject, facts in gather(workspace.database.entries("basis")).items():
        told = facts.history("compared")
        if not told or told[-1].value not in ("unchanged", "changed"):
            continue
        entry = told[-1]
        ident = subject.partition(":")[2]
        day = entry.valid_from or date.fromisoformat(entry.at[:10])
        found[ident] = Confirmed(ident, entry.value, entry.source, day, entry.author or entry.by, entry.reason)
    return found
