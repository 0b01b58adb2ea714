"""The officer's machine of the pages: a drive D:, a keyboard, a clock that stands on the day of the page.

What no two runs have in common is shown alike each time: folders, the hour, the name of the user, hashes. A hash on a page is the
number of its first appearance, hashed; a command that names one is given the real one.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import pkgutil
import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from unittest.mock import patch

import records.ledger.upgrading
import records.ledger.writer
import thidua.commands
from thidua.demonstration.filling import Filled, fill_single
from thidua.main import main

DRIVE = "D:\\"
OFFICER = "Nguyễn Thị Hoa"
FIGURES = {
    **{"dx_assigned": "15", "dx_done": "15", "docs_all": "400", "docs_online": "390"},
    **{"docs_issued": "200", "docs_signed": "180", "files": "1000", "files_online": "733"},
}
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_ANCHOR = re.compile(r"\b[0-9a-f]{8,64}\b")


@dataclass
class Session:
    """drive: the folder shown as D:. here: where the next command runs. now: when (UTC). hashes: real by shown."""

    drive: Path
    here: Path
    now: datetime = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    hashes: dict[str, str] = field(default_factory=dict)

    def on(self, day: date) -> None:
        """From now on it is eight in the morning of this day."""
        self.now = datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)

    def run(self, command: str) -> str:
        """What the screen answers."""
        told = _ANCHOR.sub(self._real, command)
        words = shlex.split(told.replace(DRIVE, f"{self.drive}/").replace("\\", "/"))
        if words[0] == "cd":
            self.here = self.here / words[-1]
            assert self.here.is_dir(), command
            return ""
        assert words[0] == "thidua", command
        screen = io.StringIO()
        code: object = 0
        self.now += timedelta(minutes=1)
        with (
            contextlib.chdir(self.here),
            patch.object(sys, "argv", words),
            patch.object(sys, "stdin", io.StringIO()),
            patch("getpass.getuser", lambda: OFFICER),
            clock(self.now),
            contextlib.redirect_stdout(screen),
            contextlib.redirect_stderr(screen),
        ):
            try:
                main()
            except SystemExit as leaving:
                code = leaving.code
        answer = screen.getvalue()
        assert code in (0, 1) and "LỖI của phần mềm" not in answer, answer
        return self._shown(answer.rstrip("\n"))

    def must(self, *commands: str) -> None:
        """Commands of a step, which the page does not show: none may find an error."""
        for command in commands:
            answer = self.run(command)
            assert "LỖI" not in answer, f"{command}\n{answer}"

    def _real(self, match: re.Match[str]) -> str:
        """The hash that a page calls so."""
        known = [real for shown, real in self.hashes.items() if shown.startswith(match[0])]
        return known[0][: len(match[0])] if known else match[0]

    def _shown(self, text: str) -> str:
        """Paths and hashes as the page shows them."""
        inside = re.compile(re.escape(str(self.drive)) + r"(?P<path>(?:/[^\s,)]*)?)")
        text = inside.sub(lambda match: DRIVE + match["path"].removeprefix("/").replace("/", "\\"), text)
        text = _HASH.sub(lambda match: self._called(match[0]), text)
        for shown, real in self.hashes.items():
            text = re.sub(rf"\b{real[:8]}[0-9a-f]*\b", lambda match, name=shown: name[: len(match[0])], text)  # type: ignore[misc]
        return text

    def _called(self, real: str) -> str:
        for shown, known in self.hashes.items():
            if known == real:
                return shown
        shown = hashlib.sha256(f"trang {len(self.hashes) + 1}".encode()).hexdigest()
        self.hashes[shown] = real
        return shown

    def form(self, ident: str, period: str = "2026") -> Path:
        return next(self.here.glob(f"bieu-giao/{period}/?/{ident}-*.xlsx"))

    def hand_in(
        self,
        ident: str,
        figures: Mapping[str, str],
        folder: str = "nhan-ve",
        period: str = "2026",
        day: date = date(2026, 12, 10),
        **more: object,
    ) -> None:
        """A unit fills in its form; the file comes in."""
        inbox = self.drive / folder
        inbox.mkdir(exist_ok=True)
        filled = Filled({**FIGURES, **figures}, day=day, **more)  # type: ignore[arg-type]
        form = self.form(ident, period)
        (inbox / form.name).write_bytes(fill_single(form, filled))


@contextlib.contextmanager
def clock(now: datetime) -> Iterator[None]:
    """Commands and the ledger's writers see this time."""

    class Day(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return now.date()

    class Time(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now

    modules = [
        importlib.import_module(f"thidua.commands.{found.name}")
        for found in pkgutil.iter_modules(thidua.commands.__path__)
    ]
    with contextlib.ExitStack() as stack:
        for module in modules:
            if hasattr(module, "date"):
                stack.enter_context(patch.object(module, "date", Day))
        for writer in (records.ledger.writer, records.ledger.upgrading):
            stack.enter_context(patch.object(writer, "datetime", Time))
        yield
