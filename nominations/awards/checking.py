"""What `thidua check` finds in an award file beyond names and types."""

from __future__ import annotations

from criteria.declarations.movement import Movement
from criteria.problems import Problem
from criteria.source import Source
from nominations.awards.declarations import Awards
from nominations.awards.law import Law


def check_awards(source: Source, awards: Awards, movement: Movement, law: Law) -> list[Problem]:
    """Ids used twice, names nobody declares, awards that cannot be reached, legal facts without a document that holds."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, fact in enumerate(awards.facts):
        if fact.id in seen:
            message = f"Mã căn cứ “{fact.id}” dùng hai lần."
            problems.append(source.problem("duplicate-id", ("facts", index, "id"), message))
        seen.add(fact.id)
        if fact.basis not in law.documents:
            message = f"Văn bản “{fact.basis}” không có trong documents.yaml."
            problems.append(source.problem("unknown-basis", ("facts", index, "basis"), message))
    return problems
