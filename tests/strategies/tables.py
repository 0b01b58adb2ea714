"""The tables that go with a set: candidates, rows of item tables, the round before."""

from __future__ import annotations

from typing import Any

from .world import World

Row = dict[str, str]
KEYS = {"tasks": "task", "months": "month", "council": "rater"}
ROWS = {
    "tasks": (0, 0, 1, 1, 2, 2, 3, 4),
    "months": (1, 1, 2, 2, 3, 3, 4, 4),
    "events": (1, 2, 3, 4, 5, 2, 3, 4),
    "council": (3, 3, 3, 3, 4, 4, 4, 4),
    "card": (1,) * 8,
}
EMPTY = ("", "KAD")


def octets(w: World, n: int) -> list[int]:
    """n numbers from 0 to 7, eight to a throw."""
    out: list[int] = []
    while len(out) < n:
        x = w.between(0, 2**24 - 1)
        out += [(x >> shift) & 7 for shift in range(0, 24, 3)]
    return out


def candidate(w: World, row_id: str, columns: list[str]) -> Row:
    picks = octets(w, len(columns))
    row = {"id": row_id, **{c: w.cells[c][i] for c, i in zip(columns, picks)}}
    if "u1" in row and row["u1"] not in EMPTY:  # at_most
        row["u1"] = "0" if row["u2"] in EMPTY else str(min(int(row["u1"]), int(row["u2"])))
    for mark, condition in w.only_if.items():
        if row[condition] != "có":
            row[mark] = ""
    return row


def candidates(w: World, low: int, high: int, twins: int) -> list[Row]:
    """Once in `twins` a row is that of its neighbour, whole or but for one cell, to provoke ties."""
    columns = list(w.cells)
    n = w.between(low, high)
    ids = [f"X{i + 1}" for i in range(n)]
    turn = w.between(0, n - 1)
    rows = [candidate(w, i, columns) for i in ids[turn:] + ids[:turn]]
    bound = {"u1", "u2", *w.only_if, *w.only_if.values()}
    free = [c for c in columns if c not in bound]
    for i in range(1, n):
        if w.chance(twins):
            own = [w.choice(free)] if free and w.chance(2) else []
            rows[i] = {**rows[i - 1], **{c: rows[i][c] for c in ["id", *own]}}
    return rows


def item_rows(w: World, table: str, row_id: str) -> list[Row]:
    cells = w.item_cells[table]
    columns = list(cells)
    many = octets(w, 1 + 4 * len(columns)) if columns else [w.between(0, 7)]
    out: list[Row] = []
    for i in range(ROWS[table][many[0]]):
        row = {"id": row_id}
        if table in KEYS:
            row[KEYS[table]] = str(i + 1) if table == "months" else f"n{i + 1}"
        for j, c in enumerate(columns):
            pick = many[1 + (i * len(columns) + j) % (len(many) - 1)]
            row[c] = cells[c][pick]
            if table == "months" and i == 0 and row[c] in EMPTY:
                row[c] = cells[c][0]  # the first month is always whole
        out.append(row)
    return out


def items(w: World, rows: list[Row]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for table in w.tables:
        found = [r for row in rows for r in item_rows(w, table, row["id"])]
        if not found:  # a file has a head
            found = [
                {
                    "id": rows[0]["id"],
                    **({KEYS[table]: "n1"} if table in KEYS else {}),
                    **{c: cells[0] for c, cells in w.item_cells[table].items()},
                }
            ]
        out[table] = found
    return out


def previous(w: World, rows: list[Row]) -> list[Row] | None:
    if "prev" not in w.tags or w.chance(8):
        return None
    columns = list(w.cells)
    kept = [candidate(w, row["id"], columns) for row in rows if not w.chance(4)]
    return [*kept, candidate(w, "Z9", columns)] if not kept or w.chance(3) else kept


def node_ids(nodes: list[dict[str, Any]]) -> list[str]:
    """Leaves and parts, those inside a repeated node too."""
    return [found for node in nodes for found in (node["id"], *node_ids(node.get("children", [])))]


DECIDED = ("not_applicable", "not_verified", "returned", "closed")


def decisions(w: World, criteria: dict[str, Any], rows: list[Row]) -> dict[str, dict[str, str]]:
    """Once in two: up to four nodes on which people put a state for some candidates (or for none); often one kind of state."""
    ids = node_ids(criteria["tree"])
    if not w.chance(2):
        return {}
    w.tag("decisions")
    kinds = DECIDED if w.chance(2) else (w.choice(DECIDED),)
    found: dict[str, dict[str, str]] = {}
    for _ in range(w.between(1, 4)):
        picks = octets(w, len(rows))
        found[w.choice(ids)] = {row["id"]: kinds[pick // 2 % len(kinds)] for row, pick in zip(rows, picks) if pick % 2}
    w.tags |= {f"decided:{state}" for states in found.values() for state in states.values()}
    return found


def unplaced(w: World, rows: list[Row]) -> tuple[str, ...]:
    """Once in six: candidates who take no place."""
    if not w.chance(6):
        return ()
    w.tag("unplaced")
    return tuple(row["id"] for row, pick in zip(rows, octets(w, len(rows))) if pick >= 5)
