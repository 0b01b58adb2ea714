"""All tables of one scoring read together, so that every problem of every file is shown at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.exact import KNOWN
from criteria.expressions.functions_pool import Previous
from criteria.expressions.functions_tables import SingleField, TableAggregate
from criteria.expressions.terms import Measured
from criteria.problems import WARNING, Problem, errors, of_file
from records.tables.table_files import read_items, read_table
from scoring.tables import ItemTable, Table


@dataclass
class RoundTables:
    """What scoring.score() takes."""

    table: Table
    items: dict[str, ItemTable] = field(default_factory=dict)
    previous: Table | None = None
    previous_items: dict[str, ItemTable] = field(default_factory=dict)


def read_round(
    criteria: CriteriaSet,
    table: Path,
    items: Mapping[str, str],
    previous: Path | None,
    previous_items: Mapping[str, str],
    pool: str | None,
) -> tuple[RoundTables | None, list[Problem]]:
    """The tables of a round, or None with all problems."""
    main, problems = read_table(table, criteria)
    owners = main.ids if main is not None else None
    if main is not None and pool is not None and pool not in main.columns and pool not in main.extra:
        problems.append(
            Problem(
                str(table),
                1,
                0,
                "column-missing",
                f"Không có cột cụm “{pool}”.",
                "Các cột khác: " + (", ".join([*main.columns, *main.extra]) or "không có") + ".",
            )
        )
    found: dict[str, ItemTable] = {}
    for name, path in items.items():
        one, more = read_items(path, criteria, name, owners if owners is not None else _AnyOwner())
        problems += more
        if one is not None:
            found[name] = one
    problems += _not_handed_in(criteria, str(table), items, previous)
    problems += _pool_problems(criteria, main, str(table), pool)
    before, before_items = None, {}
    if previous is not None:
        before, more = read_table(previous, criteria, only=_previous_columns(criteria))
        problems += more
        for name, path in previous_items.items():
            one, more = read_items(path, criteria, name, before.ids if before is not None else _AnyOwner())
            problems += more
            if one is not None:
                before_items[name] = one
    if main is None or errors(problems):
        return None, problems
    return RoundTables(main, found, before, before_items), problems


def _not_handed_in(criteria: CriteriaSet, table: str, items: Mapping[str, str], previous: Path | None) -> list[Problem]:
    """Warnings for tables that the set reads and nobody passed."""
    problems: list[Problem] = []
    for name, declared in criteria.tables.items():
        if name not in items:
            problems.append(
                of_file(
                    table,
                    "table-missing",
                    f"Chưa nộp bảng {name} ({declared.label}): tiêu chí đọc bảng này chưa có số liệu.",
                    f"Thêm --items {name}=TỆP.",
                    WARNING,
                )
            )
    if previous is None and (wanted := _previous_columns(criteria)):
        problems.append(
            of_file(
                table,
                "previous-missing",
                f"Chưa nộp bảng kỳ trước: prev(…) đọc {', '.join(sorted(wanted))}.",
                "Thêm --previous TỆP.",
                WARNING,
            )
        )
    return problems


def _pool_problems(criteria: CriteriaSet, main: Table | None, file: str, pool: str | None) -> list[Problem]:
    """Candidates without a pool, and pools that differ only in upper and lower case."""
    name = pool or criteria.declaration.pool
    if main is None or name is None or (name not in main.columns and name not in main.extra):
        return []
    values = [str(v) for v in main.columns[name].values] if name in main.columns else list(main.extra[name])
    absent = main.columns[name].absent if name in main.columns else None
    empty = [
        main.ids[row]
        for row, value in enumerate(values)
        if (absent is not None and absent[row] != KNOWN) or not value.strip()
    ]
    problems = []
    if empty:
        problems.append(
            of_file(
                file,
                "pool-empty",
                f"Cột cụm “{name}” trống ở: {', '.join(empty[:10])}{'…' if len(empty) > 10 else ''}.",
                "Điền cụm; ô trống tạo thành một cụm riêng.",
                WARNING,
            )
        )
    folded: dict[str, str] = {}
    for value in dict.fromkeys(values):
        other = folded.setdefault(value.casefold(), value)
        if other != value:
            problems.append(
                of_file(
                    file,
                    "pool-empty",
                    f"Cụm “{other}” và “{value}” chỉ khác chữ hoa, chữ thường nên là hai cụm.",
                    "Viết thống nhất.",
                    WARNING,
                )
            )
    return problems


class _AnyOwner(list[str]):
    """Stands for the ids of a main table that could not be read: no row is called unknown because of it."""

    def __contains__(self, item: object) -> bool:
        return True


def _previous_columns(criteria: CriteriaSet) -> set[str]:
    """The columns that prev(…) reads."""
    wanted: set[str] = set()
    for formula in criteria.formulas:
        if not formula.bound:
            continue
        for term in formula.term.walk():
            if isinstance(term, Previous):
                inner = [part for part in term.walk() if isinstance(part, Measured) and part.name in criteria.inputs]
                items = [part for part in term.walk() if isinstance(part, TableAggregate | SingleField)]
                inside = {
                    part.name
                    for item in items
                    for part in item.walk()
                    if isinstance(part, Measured) and part.name in criteria.tables[item.table].columns
                }
                wanted |= {part.name for part in inner} - inside
    return wanted
