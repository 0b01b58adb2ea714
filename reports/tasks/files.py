"""Where reports about tasks are written."""

from __future__ import annotations

import re
from pathlib import Path

from criteria.problems import Problem, of_file
from reports.ranking.files import ReportFile, write_all


def write_report(out: Path | None, folder: Path, name: str, content: bytes) -> tuple[list[Path], list[Problem]]:
    """Write a workbook whole, as `out`, else as folder/name.xlsx. What was written, and why it was not."""
    path = out if out is not None else folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.xlsx"
    if path.suffix.lower() != ".xlsx":
        kind = path.suffix or "không đuôi"
        return [], [of_file(path, "output", f"Không ghi được dạng “{kind}”.", "Đặt tên tệp .xlsx.")]
    return write_all(path.parent, [ReportFile(path.name, content)])
