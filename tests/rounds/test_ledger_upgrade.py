"""A workspace of the software before: its database becomes a chain, whole or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from records.forms.submissions import latest_submissions
from records.ledger.chain import SEAL
from records.ledger.upgrading import _Upgrade, format_of
from records.ledger.verifying import prove
from records.persons.upgrading import upgrade_workspace
from records.workspace.folder import DATABASE, open_workspace
from tests.rounds.support import new_workspace
from thidua.calling import Called
from thidua.commands.log import log

# as records/workspace/database.py made it at format 1
_OLD = """
CREATE TABLE meta (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name));
CREATE TABLE entries (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, "by" TEXT NOT NULL,
  subject TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
  source TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX ix_entries_subject ON entries (subject);
CREATE TABLE submissions (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, "by" TEXT NOT NULL,
  period TEXT NOT NULL, candidate TEXT NOT NULL, set_id TEXT NOT NULL, version INTEGER NOT NULL,
  letter_number TEXT NOT NULL, letter_date TEXT NOT NULL, file_sha256 TEXT NOT NULL, file_name TEXT NOT NULL,
  answers TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (period, candidate, file_sha256));
CREATE INDEX ix_submissions_period ON submissions (period);
INSERT INTO meta VALUES ('format', '1'), ('secret', '30313233');
"""
_ENTRIES = [
    ("round:2026", "opened", "2026-11-01"),
    ("body:E1", "name", "Phạm Thị Tươi"),
    ("body:E1", "kind", "cá nhân"),
    ("body:B1", "name", "Sở Một"),
    ("body:B1", "head", "Lê Văn Trưởng"),
    ("body:B1", "name", "Sở Một (mới)"),
    ("round:2026/a", "roster_closed", "2026-11-02"),
]


def old_workspace(root: Path) -> Path:
    new_workspace(root, period=None).close()
    path = root / DATABASE
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_OLD)
        for number, (subject, field, value) in enumerate(_ENTRIES, 1):
            row = (
                f"2026-11-0{number}T01:02:03+00:00",
                "an",
                subject,
                field,
                value,
                None,
                None,
                "nguồn",
                "tệp ô B2",
                "",
            )
            connection.execute(
                'INSERT INTO entries (at, "by", subject, field, value, valid_from, valid_to, source, place, reason) '
                "VALUES (?,?,?,?,?,?,?,?,?,?)",
                row,
            )
        for number, candidate in enumerate(("B1", "E1", "B1"), 1):
            answers = '{"claims":{},"disputes":[],"evidence":[],"items":{},"judged":{},"signed":{},"values":{"a":"1"}}'
            sha256 = hashlib.sha256(str(number).encode()).hexdigest()
            row2 = (
                f"2026-12-0{number}T00:00:00+00:00",
                "bình",
                "2026",
                candidate,
                "s",
                number,
                "",
                "",
                sha256,
                "f.xlsx",
            )
            connection.execute(
                'INSERT INTO submissions (at, "by", period, candidate, set_id, version, letter_number, letter_date, '
                "file_sha256, file_name, answers, reason) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (*row2, answers, "muộn"),
            )
        connection.commit()
    return path


def content(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(f"SELECT * FROM {name}").fetchall() for name in ("entries", "submissions", "meta")]


def test_an_old_workspace_is_refused_upgraded_and_opened(tmp_path: Path) -> None:
    path = old_workspace(tmp_path / "w")
    before = content(path)
    workspace, problems = open_workspace(tmp_path / "w")
    assert workspace is None and "thidua log upgrade" in problems[0].hint
    outcome = CliRunner().invoke(log, ["upgrade"], obj=Called(tmp_path / "w", "cường"))
    assert outcome.exit_code == 0 and "7 mục, 3 biểu" in outcome.output, outcome.output
    workspace, problems = open_workspace(tmp_path / "w", "dung")
    assert workspace is not None, problems
    proof = prove(workspace.database)
    assert proof.breaks == [] and (proof.entries, proof.submissions) == (7 + 1 + 3, 3)
    assert proof.head[1] in outcome.output
    entries = workspace.database.entries()
    for entry, (subject, field, value) in zip(entries, _ENTRIES, strict=False):
        assert (entry.subject, entry.field, entry.value, entry.by) == (subject, field, value, "an")
        assert entry.at == f"2026-11-0{entry.number}T01:02:03+00:00" and entry.place == "tệp ô B2"
    assert [entry.number for entry in entries if entry.personal] == [2, 5]
    assert entries[5].old == "Sở Một"
    made = entries[7]
    backup = path.with_name("so-lieu.ban-1.sqlite")
    assert (made.subject, made.old, made.value, made.by) == ("ledger:format", "1", "2", "cường")
    assert made.evidence == hashlib.sha256(backup.read_bytes()).hexdigest() and content(backup) == before
    handed_in = entries[8:]
    assert [(e.subject, e.field, e.at, e.by, e.reason) for e in handed_in] == [
        (f"score:2026/{who}", "handed_in", f"2026-12-0{number}T00:00:00+00:00", "bình", "muộn")
        for number, who in enumerate(("B1", "E1", "B1"), 1)
    ]
    latest = latest_submissions(workspace, "2026")
    assert {who: (one.version, one.number, one.entry) for who, one in latest.items()} == {
        "B1": (3, 3, 11),
        "E1": (2, 2, 10),
    }
    assert workspace.database.secret() == b"0123"
    with workspace.database.writing() as writer:
        writer.append([entries[0]])
    assert prove(workspace.database).breaks == [] and workspace.database.head()[0] == 12
    workspace.close()
    for name in ("Phạm Thị Tươi", "Lê Văn Trưởng"):
        with closing(sqlite3.connect(path)) as connection:
            rows = str(connection.execute("SELECT * FROM entries").fetchall())
            assert name not in rows and SEAL.encode() in path.read_bytes()
    assert not list((tmp_path / "w").glob(".so-lieu*"))


def test_upgraded_once_only(tmp_path: Path) -> None:
    old_workspace(tmp_path / "w")
    assert upgrade_workspace(tmp_path / "w")[1] == []
    done, problems = upgrade_workspace(tmp_path / "w")
    assert done is None and [problem.code for problem in problems] == ["workspace"]
    assert upgrade_workspace(tmp_path)[1][0].code == "workspace"


@pytest.mark.parametrize("step", ["_entries", "_submissions", "_flush"])
def test_an_upgrade_cut_short_leaves_the_old(tmp_path: Path, step: str) -> None:
    path = old_workspace(tmp_path / "w")
    before = content(path)
    with patch.object(_Upgrade, step, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        upgrade_workspace(tmp_path / "w")
    assert format_of(path) == "1" and content(path) == before
    assert upgrade_workspace(tmp_path / "w")[1] == [] and format_of(path) == "2"


def test_somebody_who_writes_is_waited_for(tmp_path: Path) -> None:
    path = old_workspace(tmp_path / "w")
    with closing(sqlite3.connect(path, isolation_level=None)) as other, patch("records.ledger.upgrading.WAIT", 0.1):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OSError):
            upgrade_workspace(tmp_path / "w")
        other.execute("ROLLBACK")
    assert format_of(path) == "1" and upgrade_workspace(tmp_path / "w")[1] == []
