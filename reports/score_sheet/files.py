"""Score sheets as files: phieu-giai-trinh-diem-<mã>.pdf, each whole or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from criteria.problems import Problem, of_file, reason
from records.workspace.whole_files import write_if_changed
from reports.score_sheet.sheets import Sheets, printed

FOLDER = "phieu-giai-trinh"
_LONGEST = 60  # letters of an id


def sheet_name(candidate: str, taken: set[str]) -> str:
    """phieu-giai-trinh-diem-B001.pdf. An id that is no safe name, or is another one's but for capitals, is told apart by its hash.

    taken: names so far in lower case, added to.
    """
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", candidate).strip("-")[:_LONGEST]
    name = f"phieu-giai-trinh-diem-{safe}.pdf"
    if safe != candidate or name.lower() in taken:
        mark = hashlib.sha256(candidate.encode()).hexdigest()[:8]
        name = f"phieu-giai-trinh-diem-{'-'.join(part for part in (safe, mark) if part)}.pdf"
    taken.add(name.lower())
    return name


def write_sheets(
    sheets: Sheets, folder: Path, tick: Callable[[], object] | None = None
) -> tuple[list[Path], list[Problem]]:
    """Write every sheet; those that lie there now, and why it stopped. tick: called after each."""
    written: list[Path] = []
    taken: set[str] = set()
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for candidate, content in printed(sheets):
            path = folder / sheet_name(candidate, taken)
            write_if_changed(path, content)
            written.append(path)
            if tick is not None:
                tick()
    except OSError as error:
        hint = "Nếu tệp đang mở thì đóng lại rồi chạy lại lệnh; hoặc chọn thư mục khác bằng --out."
        return written, [of_file(path, "output", f"Không ghi được {path}: {reason(error)}.", hint)]
    return written, []
