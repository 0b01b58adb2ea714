"""What somebody may have written in is left alone; what the program wrote last may be written again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from records.workspace.edited_files import edited_problems, is_edited, write_files, write_unedited


def test_all_or_none_unless_replaced(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "1.docx", tmp_path / "a" / "2.docx"
    assert write_unedited({one: b"1", other: b"2"}, "công văn", replace=False) == ([one, other], [])
    other.write_bytes(b"edited")
    written, problems = write_unedited({one: b"1 again", other: b"2"}, "công văn", replace=False)
    assert written == [] and one.read_bytes() == b"1" and other.read_bytes() == b"edited"
    assert [(found.code, found.file) for found in problems] == [
        ("letter-changed", str(one)),
        ("letter-changed", str(other)),
    ]
    assert "công văn" in problems[0].message and "--replace" in problems[0].hint
    assert write_unedited({one: b"1 again", other: b"2"}, "công văn", replace=True)[1] == []
    assert (one.read_bytes(), other.read_bytes()) == (b"1 again", b"2")


def test_what_counts_as_edited(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    assert not is_edited(path, b"new")
    path.write_bytes(b"old")
    last = hashlib.sha256(b"old").hexdigest()
    assert is_edited(path, b"new") and not is_edited(path, b"old") and not is_edited(path, b"new", last)
    path.write_bytes(b"by hand")
    assert is_edited(path, b"new", last)
    assert is_edited(tmp_path, b"new")  # a folder of that name: nothing to be written over
    assert [one.code for one in edited_problems({tmp_path: b"new", path: b"by hand"}, "tệp")] == ["letter-changed"]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    first, second = tmp_path / "1", blocked / "2"
    written, problems = write_files({first: b"1", second: b"2"}, "báo cáo")
    assert written == [first] and [one.code for one in problems] == ["output"]
    assert problems[0].message.startswith("Không ghi được báo cáo: ")
