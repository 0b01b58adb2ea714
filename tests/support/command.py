"""The command line in this process: exit code, output, errors."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from thidua.main import main


@dataclass(frozen=True)
class Outcome:
    """What a call left behind."""

    code: int
    out: str
    err: str


def thidua(*words: str | Path) -> Outcome:
    """Run `thidua WORDS…` through the real entry point."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with (
        patch.object(sys, "argv", ["thidua", *map(str, words)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as leaving:
            code = leaving.code
    return Outcome(int(code or 0) if not isinstance(code, str) else 1, out.getvalue(), err.getvalue())


def written(folder: Path, name: str, lines: Sequence[str]) -> Path:
    """A small text file."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
