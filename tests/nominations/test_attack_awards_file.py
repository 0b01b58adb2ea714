"""awards.yaml with a single value deleted or replaced: refused with file and line, or every command works with it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from criteria.problems import errors
from nominations.awards.reading import AWARDS, read_awards
from nominations.nominating import nominate
from nominations.proposals.issue import issue_proposals
from tests.nominations.attack_support import FIGURES
from tests.nominations.occasion_support import OCCASION, OFFICES, occasion_workspace
from tests.rounds.support import MOVEMENT

COUNT, SEED = 24, 11
VALUES = (
    *("null", "[]", "{}", '""', "0", "-1", "3.5", "1e400", "true", "2027-01-01", "0001-01-01", "9999-12-31", "no"),
    *("[1, 2]", "{a: b}", "!!python/object:os.system x", "*x", '"{{ 7*7 }}"', '"=1+1"', "1/0", "99999999999999999999"),
    *("nha-nuoc", "bk-tinh", "hcld-ba", "proposal", '"../../x"', f'"{"x" * 9000}"'),
)


def marks(node: yaml.Node) -> Iterator[tuple[int, int, bool]]:
    """Where every value stands, and every pair or item: from, to, whether it is a single value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.start_mark.index, value.end_mark.index, False
            yield from marks(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from marks(value)
    else:
        yield node.start_mark.index, node.end_mark.index, True


def test_single_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / MOVEMENT.name
    shutil.copytree(MOVEMENT, folder)
    workspace = occasion_workspace(tmp_path, monkeypatch, FIGURES, OFFICES, folder)
    path = workspace.movement_folder / AWARDS
    text = path.read_text(encoding="utf-8")
    places = list(marks(yaml.compose(text)))
    worked = 0
    for number in range(COUNT):
        chance = random.Random(f"{SEED}/{number}")
        first, last, single = chance.choice(places)
        path.write_text(text[:first] + (chance.choice(VALUES) if single else "") + text[last:], encoding="utf-8")
        found, problems = read_awards(path)
        wrong = errors(problems)
        assert wrong or found is not None
        assert all(Path(one.file).name == AWARDS and one.line > 0 for one in wrong), (number, wrong)
        nominated, told = nominate(workspace, OCCASION)
        assert bool(errors(told)) == (nominated is None) and (nominated is None) == bool(wrong), number
        if nominated is not None:
            worked += 1
            assert errors(issue_proposals(workspace, OCCASION, ("C1",))[1]) == []
    assert 0 < worked < COUNT
