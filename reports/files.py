"""Writing a result: csv, xlsx or json by the ending; the file appears whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from records.workspace.whole_files import write_whole
from reports.result_rows import as_dict, header, row
from scoring.result import Result, same_printed_different_rank

__all__ = ["ENDINGS", "as_document", "harmless", "result_bytes", "write_whole"]
ENDINGS = (".csv", ".xlsx", ".json")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def result_bytes(result: Result, ending: str, receipt: Mapping[str, str]) -> bytes:
    """The file's content; the same result gives the same bytes. Raises ValueError for another ending."""
    if ending == ".json":
        return (json.dumps(as_document(result, receipt), ensure_ascii=False, indent=1) + "\n").encode()
    if ending == ".csv":
        return _csv(result)
    if ending == ".xlsx":
        from reports.workbook import result_workbook

        return result_workbook(result, receipt)
    raise ValueError(ending)


def as_document(result: Result, receipt: Mapping[str, str]) -> dict[str, Any]:
    """The whole result for JSON. Numbers are decimal strings."""
    declared = result.set.declaration
    return {
        "criteria_set": result.set.id,
        "title": result.set.title,
        "group": declared.group,
        "period": result.period,
        "places": result.set.places,
        "rounding": declared.points.rounding,
        "round_at": declared.points.round_at,
        "stamps": result.stamps,
        "receipt": dict(receipt),
        "settings": result.set.settings,
        "warnings": [problem.as_dict() for problem in result.problems],
        "equal_print": [[result.ids[a], result.ids[b]] for a, b in same_printed_different_rank(result)],
        "criteria": [
            {"id": node_id, "kind": kind, "text": result.set.labels.get(node_id, "")}
            for node_id, kind in result.printed
        ],
        "candidates": [as_dict(result, result.at(number)) for number in range(result.size)],
    }


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _csv(result: Result) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    titles = header(result)
    texts = {
        number
        for number, title in enumerate(titles)
        if title in ("id", "name", "pool", "grade", "gates", "open", "notes")
    }
    stamp = "; ".join(result.stamps)
    writer.writerow([*titles, *(["stamp"] if stamp else [])])
    for number in range(result.size):
        cells = row(result, result.at(number))
        safe = [harmless(cell) if place in texts else cell for place, cell in enumerate(cells)]
        writer.writerow([*safe, *([stamp] if stamp else [])])
    return ("\ufeff" + stream.getvalue()).encode()
