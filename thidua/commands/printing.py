"""Printing problems, the same way in every command."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from criteria.problems import ERROR, WARNING, Problem


def report(problems: Iterable[Problem], *, as_json: bool = False, err: bool = True, writing: bool = True) -> bool:
    """Print findings; True when there was an error. writing: the command would have written something."""
    found = sorted(set(problems))
    wrong = [p for p in found if p.severity == ERROR]
    if as_json:
        click.echo(
            json.dumps({"problems": [p.as_dict() for p in found], "errors": len(wrong)}, ensure_ascii=False, indent=1)
        )
        return bool(wrong)
    for problem in found:
        click.echo(problem.text(), err=err)
    if wrong:
        warned = sum(p.severity == WARNING for p in found)
        click.echo(
            f"{len(wrong)} lỗi" + (f", {warned} cảnh báo" if warned else "") + (". Không ghi gì." if writing else "."),
            err=err,
        )
    return bool(wrong)
