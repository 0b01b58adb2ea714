"""Rows that are the clauses of one resolution: the clause makes the id, the kind begins the name, the resolution is the source."""

from __future__ import annotations

from dataclasses import replace

from criteria.declarations.common import Basis
from criteria.declarations.movement import BodyKind
from criteria.problems import Problem
from records.roster.reading import Row
from records.tables.sheets import Cell


def from_clauses(
    rows: list[Row], kinds: dict[str, BodyKind], documents: dict[str, Basis]
) -> tuple[list[Row], list[Problem]]:
    """Rows with id, name, first day and source filled in. The day and the document are those of the row's kind."""
    found: list[Row] = []
    problems: list[Problem] = []
    for row in rows:
        if row.layout.number is None:
            found.append(row)
            continue
        clause, prefix = row.layout.number
        text, word = row.text(clause), row.text("kind").casefold()
        kind = kinds.get(word)
        if not text.isdecimal() or not 0 < int(text) < 1000:
            message = f"Số khoản “{text[:40]}” không phải số nguyên từ 1 đến 999."
            problems.append(row.problem("roster-field", clause, message, "Ghi số thứ tự khoản như trong văn bản."))
        if kind is None:
            message = f"Không có loại “{word[:40]}”."
            problems.append(row.problem("roster-field", "kind", message, "Các loại: " + "; ".join(kinds) + "."))
        if not row.text("name"):
            problems.append(row.problem("roster-field", "name", "Dòng không có tên.", "Điền tên như trong văn bản."))
        if kind is None or not text.isdecimal() or not row.text("name"):
            continue
        made = {"id": f"{prefix}{int(text):03d}", "name": f"{word.capitalize()} {row.text('name')}"}
        basis = documents.get(kind.bases[0]) if kind.bases else None
        if basis is not None:
            made["source"] = f"Điều 1 khoản {int(text)} {basis.words()}"
        if kind.began is not None:
            made["from"] = kind.began.isoformat()
        columns = {**row.columns, **dict.fromkeys(("id", "source", "from"), row.columns[clause])}
        cells = {**row.cells, **{name: Cell(value) for name, value in made.items()}}
        found.append(replace(row, cells=cells, columns=columns))
    return found, problems
