"""Evidence: kinds that the movement declares; documents shared by the criteria of a part."""

from __future__ import annotations

from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Carried
from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import Problem


def check(bound: CriteriaSet) -> list[Problem]:
    return [*_kinds(bound), *_shared(bound)]


def _kinds(bound: CriteriaSet) -> list[Problem]:
    """Kinds that the movement file beside the set does not declare; without such a file, or a list in it, any word will do."""
    blocks: list[Carried] = [bound.declaration, *bound.declaration.entries()]
    for node in bound.nodes():
        blocks += [node, *node.entries()]
    path = Path(bound.file).parent / MOVEMENT
    if not any(block.evidence for block in blocks) or not path.is_file():
        return []
    movement = read_movement(path)[0]
    known = [kind.id for kind in movement.evidence_kinds] if movement is not None else []
    return [
        bound.source.problem(
            "unknown-name",
            (*block._path, "evidence", place, "kind"),
            f"Loại minh chứng “{item.kind}” không khai trong evidence_kinds của phong trào.",
            "Các loại: " + ", ".join(known) + ".",
        )
        for block in blocks
        for place, item in enumerate(block.evidence)
        if known and item.kind not in known
    ]


def _shared(bound: CriteriaSet) -> list[Problem]:
    return [
        bound.source.problem(
            "children-missing",
            (*node._path, "shared_evidence"),
            f"{node.id} không có tiêu chí con để dùng chung minh chứng.",
            "Ghi shared_evidence ở nhóm chứa các tiêu chí cùng dựa vào một văn bản.",
        )
        for node in bound.nodes()
        if node.shared_evidence and not node.children
    ]
