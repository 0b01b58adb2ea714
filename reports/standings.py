"""The ranking as plain text for a terminal."""

from __future__ import annotations

from criteria.exact import show_vietnamese
from scoring.result import Result


def standings(result: Result) -> str:
    """One line a candidate, by pool and rank, with what stops or delays it."""
    lines = [result.set.title, *(f"*** {stamp} ***" for stamp in result.stamps), ""]
    rows = [("Hạng", "Mã", "Tên", "Tổng", "Tối đa", "Xếp loại", "Ghi chú")]
    order = sorted(range(result.size), key=lambda i: (result.pools[i], int(result.ranks[i]) or 10**9, result.ids[i]))
    places = result.set.places
    for number in order:
        c = result.at(number)
        rank = "–" if c.rank is None else f"{c.rank}=" if c.tied else str(c.rank)
        notes = [f"{node}: {say}" if node else say for node, say in c.gates] + c.notes
        if c.provisional:
            notes.append(f"tạm tính, còn {len(c.open)} mục chờ")
        else:
            notes += [f"{node}: {what}" if node else what for node, what in c.open]
        name = f"{c.name} [{c.pool}]" if c.pool and c.name else c.name or c.pool
        rows.append(
            (
                rank,
                c.id,
                name,
                show_vietnamese(c.total, places),
                show_vietnamese(c.maximum, places),
                c.grade or "–",
                "; ".join(notes),
            )
        )
    widths = [min(max(len(row[place]) for row in rows), 48) for place in range(6)]
    for row in rows:
        cells = [
            row[place][:48].rjust(widths[place]) if place in (0, 3, 4) else row[place][:48].ljust(widths[place])
            for place in range(6)
        ]
        lines.append("  ".join([*cells, row[6]]).rstrip())
    return "\n".join(lines)
