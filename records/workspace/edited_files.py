"""Files that people write in after the program has made them: what somebody may have changed is left alone unless they ask."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from criteria.problems import Problem, errors, of_file, reason
from records.workspace.whole_files import write_if_changed

_HINT = "Có thể đã có người điền hoặc sửa tệp đó: đổi tên để giữ, hoặc thêm --replace để lập lại."


def is_edited(path: Path, content: bytes, last: str = "") -> bool:
    """Whether something lies there that is neither what would be written now nor what was written last. last: SHA-256 of that, ""
    unknown: then whatever differs counts. What cannot be read counts too."""
    try:
        found = path.read_bytes()
    except OSError:
        return path.exists()
    return found != content and hashlib.sha256(found).hexdigest() != last


def edited_problems(files: Mapping[Path, bytes], called: str) -> list[Problem]:
    """A problem for every file that lies there with another content. called: what they are, in Vietnamese."""
    message = f"Đã có {called} này với nội dung khác."
    return [
        of_file(path, "letter-changed", message, _HINT) for path, content in files.items() if is_edited(path, content)
    ]


def write_files(files: Mapping[Path, bytes], called: str) -> tuple[list[Path], list[Problem]]:
    """Write each whole, in order; those that lie there now, and why it stopped."""
    written: list[Path] = []
    for path, content in files.items():
        try:
            write_if_changed(path, content)
        except OSError as error:
            hint = "Nếu tệp đang mở thì đóng lại rồi chạy lại; hoặc ghi vào thư mục khác."
            return written, [of_file(path, "output", f"Không ghi được {called}: {reason(error)}.", hint)]
        written.append(path)
    return written, []


def ending_problems(path: Path, ending: str) -> list[Problem]:
    """Why a file is not written under a name that says it is something else. ending: ".docx"."""
    if path.suffix.lower() == ending:
        return []
    message = f"Không ghi được dạng “{path.suffix or 'không đuôi'}”."
    return [of_file(path, "output", message, f"Đặt tên tệp {ending}.")]


def write_unedited(files: Mapping[Path, bytes], called: str, *, replace: bool) -> tuple[list[Path], list[Problem]]:
    """Write all or, when somebody may have changed one and it is not to be replaced, none."""
    problems = [] if replace else edited_problems(files, called)
    return ([], problems) if errors(problems) else write_files(files, called)
