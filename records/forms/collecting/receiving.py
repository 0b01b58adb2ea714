"""Keeping what came in: files first, each under the hash of its content, then everything of one form in one transaction.

A program killed in between leaves files that nothing refers to, never a submission without its files. Files are written while
the database is held: what begins with a dot then belongs to a killed run, and is cleared away.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from criteria.problems import Problem, of_file, reason
from records.forms.collecting.form import ReadForm
from records.forms.collecting.identity import FormRound
from records.forms.collecting.incoming import EVIDENCE_FOLDER, EvidenceFile
from records.ledger.database import Database, Submission, Writer
from records.workspace.whole_files import write_whole

_PIECE = 1 << 20


def clear_leftovers(here: FormRound) -> None:
    """Remove what killed runs have left half written. Raises OSError."""
    home = here.workspace.received(here.round.period)
    clear_folders(here.workspace.database, home, home / EVIDENCE_FOLDER)


def clear_folders(database: Database, *folders: Path) -> None:
    """The same in some folders into which files are only written while the database is held. Raises OSError."""
    if not _leftovers(folders):
        return
    with database.writing():  # another process may just be writing them
        for path in _leftovers(folders):
            with contextlib.suppress(OSError):
                path.unlink()


def _leftovers(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob(".*")) if path.is_file()]


def keep(
    form: ReadForm, raw: bytes, here: FormRound, reason_given: str, writer: Writer
) -> tuple[list[Submission], list[Problem]]:
    """Store a form without mistakes: its file, its evidence, one submission per candidate; what was stored, or why it could not be."""
    home = here.workspace.received(here.round.period)
    problems = keep_files(form, raw, home, home)
    if problems:
        return [], problems
    rows = [
        Submission(
            here.round.period,
            candidate,
            here.set_ids[here.candidates[candidate].set],
            form.version,
            form.letter_number,
            form.letter_date,
            form.sha256,
            form.file.name,
            answers.as_dict(),
            reason_given,
        )
        for candidate, answers in form.answers.items()
    ]
    for row in rows:
        writer.submit(row)
    return rows, []


def keep_files(form: ReadForm, raw: bytes, home: Path, folder: Path) -> list[Problem]:
    """Write the form into a folder and its evidence below the home of the round, while the database is held; why that failed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{form.sha256}.xlsx"
        if not _holds(kept, form.sha256):
            write_whole(kept, raw)
        for file in {file.sha256: file for file in form.files}.values():
            if not _keep_evidence(file, home / EVIDENCE_FOLDER):
                message = f"Tệp minh chứng {file.path.name} thay đổi trong khi thu."
                return [of_file(form.file.name, "evidence-file", message, "Thu lại biểu này.")]
    except OSError as error:
        message = f"Không ghi được vào {home.parent.name}/{home.name}: {reason(error)}."
        return [of_file(form.file.name, "output", message, "Kiểm tra ổ đĩa, quyền ghi rồi thu lại.")]
    return []


def _keep_evidence(file: EvidenceFile, home: Path) -> bool:
    """Copy a file under the hash of its content; False when it is no longer what was hashed. Raises OSError."""
    target = home / f"{file.sha256}{file.suffix}"
    if _holds(target, file.sha256):
        return True
    home.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=home, prefix=".")
    try:
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as out, file.path.open("rb") as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != file.sha256:
            os.unlink(temporary)
            return False
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return True


def _holds(path: Path, sha256: str) -> bool:
    """Whether a kept file is there and whole."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False
