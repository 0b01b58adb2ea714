"""Documents used again, held against comparing every pair."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.evidence.flags import flags_of
from records.evidence.register import Handed, Item, Register
from records.forms.answers import Answers
from records.roster.roster import load_roster
from records.rounds import load_rounds
from records.workspace.folder import Workspace
from tests.rounds.evidence_support import day
from tests.rounds.support import new_workspace

NUMBERS = [["12/QĐ-UBND", "số 12/qđ-ubnd", "１２/QĐ – UBND"], ["12/QD-UBND"], [""]]  # spellings of one number together
ISSUERS = [["Sở Y tế", "sở y tế tỉnh Hưng Yên"], ["Sở Nội vụ", "Sở  nội vụ tỉnh"], [""]]
SHARED = {"A1.1", "A1.2"}


@dataclass(frozen=True)
class Made:
    """An item of a random register. document, issuer: which of the lists above, and which spelling."""

    candidate: str
    criterion: str
    earlier: bool
    number: tuple[int, int]
    issuer: tuple[int, int]
    day: int
    file: str


def spelled(lists: Sequence[Sequence[str]]) -> st.SearchStrategy[tuple[int, int]]:
    return st.sampled_from([(place, one) for place, found in enumerate(lists) for one in range(len(found))])


MADE = st.builds(
    Made,
    st.sampled_from(["X1", "X2", "X3"]),
    st.sampled_from(["A1.1", "A1.2", "A5.1"]),
    st.sampled_from([False, False, True]),
    spelled(NUMBERS),
    spelled(ISSUERS),
    st.sampled_from([2, 2, 3]),
    st.sampled_from(["", "a" * 64, "b" * 64]),
)


@pytest.fixture(scope="module")
def here() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = new_workspace(Path(folder) / "kỳ")
        yield workspace
        workspace.close()


def item_of(made: Made) -> Item:
    return Item(
        "2025" if made.earlier else "2026",
        made.candidate,
        made.criterion,
        "",
        NUMBERS[made.number[0]][made.number[1]],
        day(f"2026-03-0{made.day}"),
        ISSUERS[made.issuer[0]][made.issuer[1]],
        "",
        sha256=made.file,
    )


def same_file(one: Made, other: Made) -> bool:
    return one.file == other.file != ""


def same_document(one: Made, other: Made) -> bool:
    unknown = len(ISSUERS) - 1
    issuers = {one.issuer[0], other.issuer[0]}
    numbered = one.number[0] == other.number[0] != len(NUMBERS) - 1
    return numbered and one.day == other.day and (len(issuers) == 1 or unknown in issuers)


def oracle(every: Sequence[Made]) -> Counter[tuple[object, ...]]:
    """(place of the item, code, what is the same, places of the first others, how many), pair by pair."""
    found: Counter[tuple[object, ...]] = Counter()
    for place, one in enumerate(every):
        if one.earlier:
            continue
        files = [n for n, other in enumerate(every) if n != place and same_file(one, other)]
        documents = [n for n, other in enumerate(every) if n != place and same_document(one, other)]
        both = files == documents and bool(files)
        for what, others in [("văn bản và tệp", files)] if both else [("tệp", files), ("văn bản", documents)]:
            now = [n for n in others if not every[n].earlier]
            own = [n for n in now if every[n].candidate == one.candidate and not shared(one, every[n])]
            reach = {
                "used-twice": own,
                "used-by-others": [n for n in now if every[n].candidate != one.candidate],
                "used-before": [n for n in others if every[n].earlier],
            }
            found.update((place, code, what, tuple(n[:3]), len(n)) for code, n in reach.items() if n)
    return found


def shared(one: Made, other: Made) -> bool:
    return {one.criterion, other.criterion} == SHARED


@settings(max_examples=150, deadline=None)
@given(st.lists(MADE, max_size=14))
def test_flags_are_those_of_every_pair(here: Workspace, made: list[Made]) -> None:
    made.sort(key=lambda one: (one.earlier, one.candidate))  # the order of the register
    items = [item_of(one) for one in made]
    criteria, _ = here.read_set("a-so-nganh.yaml")
    handed = {
        who: Handed(Answers(), criteria, None, tuple(i for i in items if i.period == "2026" and i.candidate == who))
        for who in ("X1", "X2", "X3")
    }
    earlier = tuple(item for item in items if item.period == "2025")
    register = Register(load_rounds(here)["2026"], load_roster(here), handed, earlier)
    places = {id(item): place for place, item in enumerate(items)}
    found: Counter[tuple[object, ...]] = Counter()
    for flags in flags_of(here, register).values():
        for flag in flags:
            if flag.code.startswith("used-"):
                what = flag.text.partition("; ")[2].partition(" này cũng")[0]
                others = tuple(places[id(other)] for other in flag.others)
                found[places[id(flag.item)], flag.code, what, others, flag.count] += 1
    assert found == oracle(made)
