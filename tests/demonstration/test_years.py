"""The rounds up to sơ kết and tổng kết: all of them official, different, stamped, and combined."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from records.ledger.verifying import prove
from records.publication.official import frozen_results
from records.publication.published import DRAFT, OFFICIAL, publications
from records.rounds import load_rounds
from records.workspace.folder import Workspace, open_workspace
from records.years.frozen import FrozenResult
from records.years.occasions import combined, occasion_of
from tests.support.command import thidua
from tests.support.examples import ROOT
from tests.support.years_workspace import MOVEMENT, PRINTED, years_folder, years_workspace
from thidua.commands.demo import SEED
from thidua.demonstration import years
from thidua.demonstration.round import demonstrate

STAMP = "SỐ LIỆU MINH HỌA"
PERIODS = ("2025", "2026", "2027-h1", "2027", "2028", "2029", "2030-9m")
DAYS = {"2025": 365, "2026": 365, "2027-h1": 181, "2027": 365, "2028": 366, "2029": 365, "2030-9m": 273}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return years_folder(tmp_path_factory)


@pytest.fixture(scope="module")
def workspace(folder: Path) -> Iterator[Workspace]:
    found, problems = open_workspace(folder / MOVEMENT.name)
    assert found is not None, problems
    yield found
    found.close()


@pytest.fixture(scope="module")
def results(workspace: Workspace) -> dict[str, list[FrozenResult]]:
    found = {}
    for period in PERIODS:
        found[period], problems = frozen_results(workspace, period)
        assert problems == []
    return found


def test_every_round_is_official_in_every_group(workspace: Workspace, results: dict[str, list[FrozenResult]]) -> None:
    assert set(load_rounds(workspace)) == set(PERIODS)
    letters = [group.letter for group in workspace.movement.groups]
    for period in PERIODS:
        told = publications(workspace, period)
        assert sorted(told) == sorted(letters)
        assert all([one.stage for one in several] == [DRAFT, OFFICIAL] for several in told.values())
        assert [one.group for one in results[period]].count("e") == 2 and len(results[period]) == 7
        assert sum(len(one.rows) for one in results[period]) == 98


def test_days_lie_about_the_end_of_their_period(workspace: Workspace) -> None:
    for period, round_ in load_rounds(workspace).items():
        window = round_.window
        for group in round_.groups.values():
            assert group.roster_closed is not None and group.closed is not None
            assert window.first < group.roster_closed < group.closed < window.last
        for told in publications(workspace, period).values():
            draft, official = told
            assert draft.comments_until is not None
            assert window.last < draft.day < draft.comments_until < official.day
    held = {one.id: (one.held_from, one.held_to) for one in workspace.movement.occasions}
    for occasion, period in (("so-ket-2027", "2027-h1"), ("tong-ket-2030", "2030-9m")):
        first, last = held[occasion]
        assert first is not None and last is not None
        assert all(first <= one.day <= last for told in publications(workspace, period).values() for one in told)


def test_figures_differ_between_periods_and_candidates_stay_who_they_are(
    results: dict[str, list[FrozenResult]],
) -> None:
    totals = {
        period: tuple((one.set_id, row.candidate, row.total) for one in several for row in one.rows)
        for period, several in results.items()
    }
    assert len(set(totals.values())) == len(PERIODS)
    people = {
        period: {(i, row.candidate, row.name, row.pool) for i, row in rows(several)}
        for period, several in results.items()
    }
    assert all(one == people["2026"] for one in people.values())


def rows(several: list[FrozenResult]) -> Iterator[tuple[str, object]]:
    return ((one.set_id, row) for one in several for row in one.rows)


@pytest.mark.parametrize(
    ("name", "periods"),
    [
        ("so-ket-2027", ("2025", "2026", "2027-h1")),
        ("tong-ket-2030", ("2025", "2026", "2027", "2028", "2029", "2030-9m")),
    ],
)
def test_an_occasion_combines_its_rounds(
    workspace: Workspace, results: dict[str, list[FrozenResult]], name: str, periods: tuple[str, ...]
) -> None:
    """Every share is the mean of the frozen shares by days, worked out here again from the archives."""
    occasion = occasion_of(workspace, name)
    assert occasion is not None
    made, receipt, problems = combined(workspace, occasion)
    assert problems == [] and len(receipt) == 6 * len(periods)
    assert {one.group for one in made} == {group.letter for group in workspace.movement.groups} and len(made) == 7
    shares = {
        (period, one.set_id, row.candidate): row.share
        for period in periods
        for one in results[period]
        for row in one.rows
    }
    days = sum(DAYS[period] for period in periods)
    for one in made:
        placed = [row for row in one.rows if row.combined.rank is not None]
        assert 2 * len(placed) > len(one.rows) == 14
        for row in one.rows:
            told = [(shares[period, one.set_id, row.candidate], DAYS[period]) for period in periods]
            assert all(share is not None for share, _ in told)
            mean = sum((share * weight for share, weight in told if share is not None), Fraction(0)) * 100 / days
            assert row.combined.exact == mean


def test_commands_rank_both_occasions(folder: Path) -> None:
    for name in ("so-ket-2027", "tong-ket-2030"):
        outcome = thidua("-C", folder / MOVEMENT.name, "rank", name)
        assert outcome.code == 0 and STAMP in outcome.out, outcome.err
        assert outcome.out.count("Kết quả gộp") == 7


def test_the_chain_holds_and_says_what_was_printed(folder: Path, workspace: Workspace) -> None:
    proof = prove(workspace.database)
    assert not proof.breaks
    printed = (folder / PRINTED).read_text(encoding="utf-8")
    assert f"Sổ ghi có {proof.entries} mục" in printed and proof.head[1][:16] in printed
    assert [line for line in printed.split("\n") if line.startswith("Kỳ ")] == [
        f"Kỳ {period}" for period in PERIODS if period != "2026"
    ]


def test_every_printed_file_says_so(folder: Path) -> None:
    """Every page of every workbook, in the header or the footer; every list that is published to all."""
    files, pages = sorted(folder.rglob("*.xlsx")), 0
    assert {period for period in PERIODS for path in files if period in path.parts} == set(PERIODS)
    for path in files:
        with zipfile.ZipFile(path) as package:
            hidden = re.findall(r'state="veryHidden" r:id="rId([0-9]+)"', package.read("xl/workbook.xml").decode())
            texts = package.read("xl/sharedStrings.xml").decode()
            assert STAMP in texts, path
            for name in package.namelist():
                match = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", name)
                if match and match[1] not in hidden:
                    page = re.search(r"<headerFooter.*?</headerFooter>", package.read(name).decode(), re.DOTALL)
                    assert page is not None and STAMP in page[0], (path, name)
                    pages += 1
    assert len(files) > 1000 and pages > 3 * len(files)
    archives = sorted(folder.rglob("cong-khai-*.zip"))
    assert len(archives) == 6 * len(PERIODS)
    for path in archives:
        with zipfile.ZipFile(path) as package:
            lists = [package.read(name).decode() for name in package.namelist() if name.endswith((".csv", ".html"))]
        assert all(STAMP in text for text in lists) and bool(lists) != path.parent.name.startswith("e-")


def test_same_seed_same_results_in_whatever_order(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only two of the rounds, the later one first."""
    monkeypatch.setattr(years, "_periods", lambda _: ["2027-h1", "2025"])
    monkeypatch.setattr(years, "_combined", lambda _: iter(()))
    for _ in demonstrate(MOVEMENT, tmp_path, SEED, years=True, awards=False):
        pass
    other, problems = open_workspace(tmp_path / MOVEMENT.name)
    assert other is not None, problems
    for period in ("2026", "2025", "2027-h1"):
        first, again = publications(workspace, period), publications(other, period)
        assert {letter: [one.result for one in told] for letter, told in first.items()} == {
            letter: [one.result for one in told] for letter, told in again.items()
        }
    other.close()


def test_a_copy_is_a_workspace_of_its_own(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = years_workspace(tmp_path_factory, tmp_path)
    assert thidua("-C", root, "round", "open", "2030").code == 0
    assert "2030" in thidua("-C", root, "round", "status").out
    original = years_folder(tmp_path_factory) / MOVEMENT.name
    assert thidua("-C", original, "round", "status", "2030").code == 1


def test_a_movement_without_occasions_has_no_further_rounds(tmp_path: Path) -> None:
    second = ROOT / "tests" / "movements" / "hoa-sen-2026"
    short = list(demonstrate(second, tmp_path / "a", 1))
    longer = list(demonstrate(second, tmp_path / "b", 1, years=True))
    told = [
        [line.replace(str(tmp_path / name), "") for line in lines[:-1]] for name, lines in (("a", short), ("b", longer))
    ]
    assert told[0] == told[1] and len(longer) > 10


def test_the_option_is_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[bool, bool]] = []

    def instead(
        movement: Path, folder: Path, seed: int, *, years: bool = False, reading: bool = False
    ) -> Iterator[str]:
        asked.append((years, reading))
        yield "xong"

    monkeypatch.setattr("thidua.demonstration.round.demonstrate", instead)
    assert "rank tong-ket-2030" in thidua("demo", tmp_path / "x", "--years").out
    assert "round status" in thidua("demo", tmp_path / "x").out
    assert asked == [(True, True), (False, True)]


def test_days_of_the_first_round_are_those_of_a_year() -> None:
    days = years.Days(date(2026, 1, 1), date(2026, 12, 31))
    assert (days.opened, days.signed, days.closed) == (date(2026, 11, 2), date(2026, 11, 25), date(2026, 12, 4))
    assert (days.draft, days.comments_until, days.official) == (date(2027, 1, 11), date(2027, 1, 25), date(2027, 2, 1))
