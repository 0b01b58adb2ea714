"""The tables of docs/reading.md name every key of the page's document and no other; what may be absent is marked there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from criteria.loading import load_text
from records.tables.table_files import read_table
from records.workspace.folder import open_workspace
from reports.page.ground import People, Person
from reports.page.sets import people_set
from scoring import score
from tests.reports.page.page_data_support import details, page
from tests.reports.page.test_page_data import set_of
from tests.rounds.support import enter_body
from tests.support.life_steps import LIFE_STEPS
from tests.support.page_session import Session

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "reading.md"
PLACES = {
    "Page": "Page",
    "Set": "Set",
    "Criterion": "Criterion",
    "Key": "Key",
    "Unit": "Unit",
    "Open thing": "Open",
    "Person": "Person",
    "Chunk": "Chunk",
    "Detail": "Detail",
    "Row": "Row",
}
Keys = dict[str, list[set[str]]]


def written() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By object, all keys of its table; those marked ° in it."""
    text = DOCUMENT.read_text(encoding="utf-8")
    known: dict[str, set[str]] = {}
    absent: dict[str, set[str]] = {}
    for match in re.finditer(
        r"^\*\*([A-Z][\w ]*)\*\*[^\n]*\n\n\| key \| value \|\n\|---\|---\|\n((?:\|.*\n)+)", text, re.M
    ):
        first = "\n".join(line.split("|")[1] for line in match[2].splitlines())
        known[PLACES[match[1]]] = set(re.findall(r"`(\w+)`", first))
        absent[PLACES[match[1]]] = set(re.findall(r"`(\w+)` °", first))
    return known, absent


def objects(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object of a page with what it is."""
    yield "Page", data
    for group in data["groups"]:
        yield "Set", group
        for name, key in (
            ("Criterion", "criteria"),
            ("Key", "keys"),
            ("Unit", "units"),
            ("Open", "open"),
            ("Chunk", "details"),
        ):
            yield from ((name, one) for one in group[key])
        yield from (("Person", one) for one in group.get("people", ()))
        for detail in details(group).values():
            yield "Detail", detail
            yield from (("Row", row) for row in detail["rows"].values())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """An internal page half-way through a round; an internal and a public one of an official round; an occasion; persons."""
    pages = []
    for step, asked in (("returned", ["2026"]), ("three-rounds", ["2026", "2026 public", "so-ket-2027"])):
        drive = tmp_path_factory.mktemp(step)
        session = Session(drive, drive)
        LIFE_STEPS[step](session)
        workspace, problems = open_workspace(session.here)
        assert workspace is not None, problems
        if step == "returned":  # of whom nobody knows whether it takes part
            enter_body(workspace, "C09", name="Xã Chín", kind="xã", pool="Cụm 1", successor_proposed="C01")
        pages += [page(workspace, one.split()[0], public=one.endswith("public")) for one in asked]
        workspace.close()
    named = people_set(
        People("e", "Cá nhân", [Person("Nguyễn Văn A", "Giám đốc", "Sở Một", "được đề nghị: Bằng khen")])
    )
    example = (DOCUMENT.parent / "example" / "criteria.yaml").read_text(encoding="utf-8")
    criteria = load_text(example.replace("{count: late", "{id: C2-cham, count: late"))  # an entry of its own
    table, _ = read_table(DOCUMENT.parent / "example" / "table.csv", criteria)
    assert table is not None
    with_entry = set_of(score(criteria, table))
    return [*pages, {**pages[0], "groups": [json.loads(json.dumps(one)) for one in (named, with_entry)]}]


def test_every_key_of_the_page_is_written_down_and_no_other(made: list[dict[str, Any]]) -> None:
    known, absent = written()
    assert set(known) == set(PLACES.values())
    found: Keys = {name: [] for name in known}
    for data in made:
        for name, one in objects(data):
            found[name].append(set(one))
    assert {name: set().union(*keys) for name, keys in found.items()} == known
    always = {name: set.intersection(*keys) for name, keys in found.items()}
    assert {name: known[name] - always[name] for name in known} == absent


def test_states_are_those_written_down(made: list[dict[str, Any]]) -> None:
    line = next(
        line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `states` | one")
    )
    assert re.findall(r"`(\w)`", line) == list(made[0]["states"])
