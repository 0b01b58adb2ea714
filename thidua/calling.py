"""What every command of a round does: open the workspace, print findings, say what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from criteria.problems import Problem
    from records.roster.roster import Roster
    from records.workspace.folder import Workspace


@dataclass(frozen=True)
class Called:
    """Where and by whom the program was called."""

    folder: Path = Path()
    person: str = ""


@contextmanager
def workspace_here(context: click.Context) -> Iterator[Workspace]:
    """The workspace the command was called in. Prints why there is none and leaves with code 1."""
    from records.workspace.folder import open_workspace

    called = context.find_object(Called) or Called()
    workspace, problems = open_workspace(called.folder, called.person)
    stop_if_wrong(problems, warnings=workspace is None)
    assert workspace is not None
    try:
        yield workspace
    finally:
        workspace.close()


def stop_if_wrong(problems: Iterable[Problem], *, warnings: bool = True) -> None:
    """Print findings; leave with code 1 when one of them is an error. warnings: print those that are none, too."""
    from criteria.problems import errors
    from thidua.commands.printing import report

    found = list(problems)
    if report(found if warnings else errors(found)):
        raise click.exceptions.Exit(1)


def candidate_of(roster: Roster, written: str, day: date) -> str:
    """The id of whom an id or a name means on this day. Says who comes nearest and leaves with code 1 when that is not sure."""
    from criteria.problems import of_file
    from records.roster.matching import find_body

    if written in roster.bodies:
        return written
    ident, near = find_body(roster, written, day)
    if ident is None:
        names = "; ".join(f"{other} {roster.bodies[other].name()}" for other, _ in near)
        hint = f"Ghi mã. Gần nhất: {names}." if near else "Ghi mã; xem các mã: thidua roster list."
        stop_if_wrong([of_file(written, "unknown-candidate", f"Không chắc “{written}” là ai.", hint)])
    assert ident is not None
    return ident


def next_step(text: str) -> None:
    """What the officer does now."""
    click.echo(f"Tiếp theo: {text}")


class Day(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A day: 30/06/2026 or 2026-06-30."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        import re

        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            match = re.fullmatch(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})", text)
            found = date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)
        except ValueError:
            self.fail(f"“{value}” không phải là một ngày; viết 30/06/2026 hoặc 2026-06-30.", param, ctx)
        if not 1900 <= found.year <= 2999:  # what is counted from a day has to stay a day
            self.fail(f"Năm {found.year} không dùng được; viết năm từ 1900 đến 2999.", param, ctx)
        return found


DAY = Day()
