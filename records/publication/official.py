"""Results as they were published officially, read back from their archives, whose hashes the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from criteria.problems import Problem, of_file
from records.publication.archive import FIGURES, RESULTS, member
from records.publication.changes import stored_archive
from records.publication.container import RECEIPT, Archive
from records.publication.published import Publication, official_versions
from records.publication.recomputing import UNREADABLE
from records.publication.results import rows
from records.publication.texts import parsed
from records.workspace.folder import Workspace
from records.years.frozen import FrozenResult, FrozenRow
from scoring.result import Result


def frozen_results(
    workspace: Workspace, period: str, *, every_version: bool = False
) -> tuple[list[FrozenResult], list[Problem]]:
    """What counts of every group that is official, by group and set; the problems of archives that are lost or changed.

    every_version: also those that were replaced, for who asks what held on a day (records.years.frozen.in_force).
    """
    found: list[FrozenResult] = []
    problems: list[Problem] = []
    for _, official in sorted(official_versions(workspace, period).items()):
        for one in official if every_version else official[-1:]:
            archive, wrong = stored_archive(workspace, one)
            problems += wrong
            if archive is None:
                continue
            try:
                found += list(_read(archive, one))
            except UNREADABLE:
                hint = "Gói do bản phần mềm khác lập, hoặc hỏng."
                problems.append(of_file(archive.path, "snapshot", "Không đọc được kết quả trong gói.", hint))
    return found, problems


def _read(archive: Archive, one: Publication) -> Iterator[FrozenResult]:
    receipt = parsed(archive.read(RECEIPT))
    for told in receipt["sets"]:
        file, grades = str(told["file"]), tuple(told["grades"])
        table = parsed(archive.read(member(FIGURES, file, ".json")))["table"]
        names = dict(zip(table["ids"], table["names"] or table["ids"], strict=True))
        unplaced = {table["ids"][int(row)]: why for row, why in table["unplaced"].items()}
        yield FrozenResult(
            one.period,
            one.group,
            told["id"],
            one.version,
            told["places"],
            [_row(parsed(raw), names, unplaced, grades) for raw in archive.lines(member(RESULTS, file, ".jsonl"))],
            one.archive,
            date.fromisoformat(receipt["first"]),
            date.fromisoformat(receipt["last"]),
            one.day,
            grades,
            tuple(told["stamps"]),
        )


def with_result(one: FrozenResult, result: Result) -> FrozenResult:
    """The same publication as it would be with another result of the same set. For suppositions; it is no publication."""
    unplaced = {result.ids[row]: why for row, why in result.root.table.unplaced.items()}
    names = {ident: name or ident for ident, name in zip(result.ids, result.names, strict=True)}
    return replace(one, rows=[_row(row, names, unplaced, one.grades) for row in rows(result)])


def _row(
    row: Mapping[str, Any], names: Mapping[str, str], unplaced: Mapping[str, str], grades: tuple[str, ...]
) -> FrozenRow:
    grade = row["grade"] or ""
    return FrozenRow(
        row["id"],
        names[row["id"]],
        row["pool"],
        Fraction(row["total"]),
        Fraction(row["maximum"]),
        Fraction(row["share"]) if row["share"] is not None else None,
        grade,
        grades.index(grade) if grade else None,
        row["rank"],
        unplaced.get(row["id"], ""),
    )
