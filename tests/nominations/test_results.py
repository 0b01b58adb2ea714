"""What a selection starts from, by hand: all periods, or only later ones; a push takes the latest official round of its day."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from criteria.problems import errors
from nominations.nominating import nominate
from nominations.occasions import AwardOccasion, find_occasion
from nominations.results import OccasionResults, Ranked
from nominations.selection.choosing import State
from records.ledger.entries import Entry
from records.publication.official import frozen_results
from records.publication.published import publications
from records.workspace.folder import Workspace, open_workspace
from records.years.frozen import FrozenResult, in_force
from tests.nominations.occasion_support import enter
from tests.nominations.support import award_workspace
from tests.rounds.year_support import result
from tests.support.command import thidua
from tests.support.years_workspace import years_workspace

ROSTER = {ident: {"name": f"Sở {ident}", "kind": "sở/ban/ngành"} for ident in ("A1", "A2", "A3")}
# shares in percent; the rounds have 365, 365 and 181 days
YEARS: list[FrozenResult] = [
    result("2025", {"A1": {"of": 90, "rank": 1}, "A2": {"of": 80, "rank": 2}, "A3": {"of": 60, "rank": 3}}),
    result("2026", {"A1": {"of": 80, "rank": 1}, "A2": {"of": 80, "rank": 1}, "A3": {"of": 60, "rank": 3}}),
    result("2027-h1", {"A1": {"of": 70, "rank": 2}, "A2": {"of": 90, "rank": 1}, "A3": {"of": 60, "rank": 3}}),
]


def install(monkeypatch: pytest.MonkeyPatch, given: Sequence[FrozenResult]) -> None:
    """Let the archives of a workspace be these."""

    def found(
        workspace: Workspace, period: str, *, every_version: bool = False
    ) -> tuple[list[FrozenResult], list[Any]]:
        assert every_version
        return [one for one in given if one.period == period], []

    monkeypatch.setattr("nominations.results.frozen_results", found)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    install(monkeypatch, YEARS)
    return award_workspace(tmp_path / "w", roster=ROSTER)


def occasion_of(workspace: Workspace, name: str = "so-ket-2027") -> AwardOccasion:
    found, problems = find_occasion(workspace, name)
    assert found is not None, problems
    return found


def ranked(workspace: Workspace, since: dict[str, date] | None = None, name: str = "so-ket-2027") -> dict[str, Ranked]:
    archives = OccasionResults(workspace, occasion_of(workspace, name))
    made = archives.results(since)
    assert not errors(archives.problems), [one.text() for one in archives.problems]
    return dict(made.ranked)


def figures(found: dict[str, Ranked]) -> dict[str, str]:
    return {ident: one.words for ident, one in found.items()}


# --- sơ kết --------------------------------------------------------------------------------------------------------


def test_the_figure_of_all_periods(workspace: Workspace) -> None:
    """A1 (90 × 365 + 80 × 365 + 70 × 181) / 911 = 74720 / 911; A2 (80 × 730 + 90 × 181) / 911 = 74690 / 911."""
    found = ranked(workspace)
    assert figures(found) == {"A1": "82,02 %", "A2": "81,99 %", "A3": "60,00 %"}
    assert found["A1"].figure == Fraction(8202, 100) and found["A2"].figure == Fraction(8199, 100)
    assert [found[one].rank for one in ("A1", "A2", "A3")] == [1, 2, 3]
    assert [one.period for one in found["A1"].periods] == ["2025", "2026", "2027-h1"]
    assert found["A1"].periods[2].share == Fraction(7, 10) and found["A1"].since is None
    assert found["A1"].ties[0] == (False, Fraction(-7, 10))  # share of the last period, larger first


@pytest.mark.parametrize(
    ("day", "words", "periods"),
    [
        (date(2025, 1, 1), "82,02 %", ["2025", "2026", "2027-h1"]),
        (date(2025, 1, 2), "76,68 %", ["2026", "2027-h1"]),  # (80 × 365 + 70 × 181) / 546 = 41870 / 546
        (date(2026, 1, 1), "76,68 %", ["2026", "2027-h1"]),
        (date(2026, 1, 2), "70,00 %", ["2027-h1"]),
        (date(2027, 1, 1), "70,00 %", ["2027-h1"]),
    ],
)
def test_only_periods_that_begin_later_count(workspace: Workspace, day: date, words: str, periods: list[str]) -> None:
    found = ranked(workspace, {"A1": day})
    assert found["A1"].words == words and [one.period for one in found["A1"].periods] == periods
    assert found["A1"].since == day
    everybody = ranked(workspace)
    assert found["A2"] == everybody["A2"] and found["A3"] == everybody["A3"]  # nobody else moves


def test_nothing_is_left_after_the_last_period(workspace: Workspace) -> None:
    one = ranked(workspace, {"A1": date(2027, 1, 2)})["A1"]
    assert (one.figure, one.words, one.rank, one.periods, one.ties) == (None, "", None, (), ())
    assert one.since == date(2027, 1, 2) and one.name == "Sở A1"


def test_several_days_at_once_and_unknown_people(workspace: Workspace) -> None:
    told = {"A1": date(2026, 1, 1), "A3": date(2027, 1, 1), "X9": date(2026, 1, 1)}
    found = ranked(workspace, told)
    assert figures(found) == {"A1": "76,68 %", "A2": "81,99 %", "A3": "60,00 %"}
    assert [len(found[one].periods) for one in ("A1", "A2", "A3")] == [2, 3, 1] and "X9" not in found


def test_receipts_are_those_of_the_archives_that_count(workspace: Workspace) -> None:
    archives = OccasionResults(workspace, occasion_of(workspace))
    assert sorted(archives.results().receipts.values()) == ["sha-2025", "sha-2026", "sha-2027-h1"]
    only = archives.results(dict.fromkeys(ROSTER, date(2027, 1, 1)))
    assert list(only.receipts.values()) == ["sha-2027-h1"]


def test_a_result_is_made_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    archives = OccasionResults(workspace, occasion_of(workspace))
    first = archives.results({"A1": date(2026, 1, 1)})
    monkeypatch.setattr("nominations.results.combine_occasion", None)
    assert archives.results({"A1": date(2026, 1, 1)}) is first


# --- since, out of the ledger --------------------------------------------------------------------------------------


def test_who_was_awarded_at_a_push_is_ranked_by_what_came_after(workspace: Workspace) -> None:
    """A1 has a Bằng khen for 2025: of Bằng khen tỉnh (after_cutoff) only 2026 and 2027-h1 count; discipline cuts A2's for every award."""
    told = {
        "holder": "A1",
        "award": "bk-tinh",
        "award_name": "Bằng khen",
        "level": "tinh",
        "movement": "thai-binh-2025-2030",
    }
    told |= {"occasion": "thuc-day-2025-12-31", "from": "2025-04-01", "to": "2025-12-31", "status": "granted"}
    enter(workspace, *(Entry("held:1", name, value) for name, value in told.items()))
    enter(workspace, Entry("nominee:so-ket-2027/A2", "discipline_until", "2026-12-31", source="1/QĐ"))
    nominated, problems = nominate(workspace, "so-ket-2027")
    assert nominated is not None and not errors(problems)
    words = {
        (one.award.id, one.nominee.id): one.nominee.ranked.words
        for one in nominated.cases
        if one.nominee.ranked is not None
    }
    assert words["bk-tinh", "A1"] == words["bk-ttg", "A1"] == words["hcld-ba", "A1"] == "76,68 %"
    assert words["bk-tinh", "A2"] == "90,00 %" and words["bk-tinh", "A3"] == "60,00 %"
    first = next(one for one in nominated.cases if one.state is State.PROPOSED)
    assert (first.award.id, first.nominee.id) == ("hcld-ba", "A2")


# --- thúc đẩy ------------------------------------------------------------------------------------------------------

PUSHED = [
    result("2025", {"A1": {"of": 90, "rank": 1}, "A2": {"of": 80, "rank": 2}}, published=date(2026, 2, 1)),
    result("2026", {"A1": {"of": 70, "rank": 2}}, published=date(2027, 2, 1), version=1, receipt="sha-2026-v1"),
    result("2026", {"A1": {"of": 75, "rank": 2}}, published=date(2027, 3, 1), version=2, receipt="sha-2026-v2"),
]


def pushed(root: Path, monkeypatch: pytest.MonkeyPatch, day: str, since: dict[str, date] | None = None) -> Any:
    from records.rounds import open_round

    install(monkeypatch, PUSHED)
    made = award_workspace(root / day, roster=ROSTER)
    for year in (2025, 2026):
        found, problems = open_round(made, str(year), date(year, 11, 1), date(year, 12, 1), "12/SNV", date(year, 11, 1))
        assert found is not None, problems
    archives = OccasionResults(made, occasion_of(made, f"thuc-day-{day}"))
    return archives.results(since)


@pytest.mark.parametrize(
    ("day", "words", "receipts"),
    [
        ("2026-01-31", {}, []),
        ("2026-02-01", {"A1": "90,00/100,00 điểm", "A2": "80,00/100,00 điểm"}, ["sha-2025"]),
        ("2027-02-15", {"A1": "70,00/100,00 điểm"}, ["sha-2026-v1"]),
        ("2027-03-01", {"A1": "75,00/100,00 điểm"}, ["sha-2026-v2"]),
    ],
)
def test_the_latest_official_round_of_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str, words: dict[str, str], receipts: list[str]
) -> None:
    found = pushed(tmp_path, monkeypatch, day)
    assert figures(found.ranked) == words and list(found.receipts.values()) == receipts
    if words:
        assert found.ranked["A1"].figure in (90, 70, 75) and not found.ranked["A1"].percent


def test_a_push_after_an_award_counts_only_a_round_that_began_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = pushed(tmp_path, monkeypatch, "2026-02-01", {"A1": date(2025, 1, 1), "A2": date(2025, 1, 2)})
    assert figures(found.ranked) == {"A1": "90,00/100,00 điểm", "A2": ""}
    assert found.ranked["A2"].figure is None and found.ranked["A2"].since == date(2025, 1, 2)


def test_judging_a_push_on_a_later_day_adds_no_later_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--on says by which law; the results stay those of the day in the name."""
    pushed(tmp_path, monkeypatch, "2026-02-01")
    made, _ = open_workspace(tmp_path / "2026-02-01", "người thử")
    assert made is not None
    occasion, _ = find_occasion(made, "thuc-day-2026-02-01", date(2027, 12, 1))
    assert occasion is not None and occasion.day == date(2027, 12, 1)
    assert figures(dict(OccasionResults(made, occasion).results().ranked))["A1"] == "90,00/100,00 điểm"


@pytest.mark.parametrize(
    "name", ["thuc-day-2026-13-01", "thuc-day-20261121", "thuc-day-2026-W01-1", "thuc-day-", "x", ""]
)
def test_occasions_that_are_none(workspace: Workspace, name: str) -> None:
    found, problems = find_occasion(workspace, name)
    assert found is None and [one.code for one in problems] == ["occasion"]


# --- real archives -------------------------------------------------------------------------------------------------


@pytest.fixture
def years(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return years_workspace(tmp_path_factory, tmp_path)


def opened(root: Path) -> Workspace:
    workspace, problems = open_workspace(root, "người thử")
    assert workspace is not None, problems
    return workspace


def test_since_against_the_archives_of_the_illustration(years: Path) -> None:
    """Worked out again from the shares that the archives print: mean by days of the periods that begin on the day or later."""
    workspace = opened(years)
    days = {"2025": 365, "2026": 365, "2027-h1": 181}
    shares: dict[str, dict[str, Fraction]] = {}
    for period in days:
        found, problems = frozen_results(workspace, period)
        assert not problems
        for frozen in in_force(found):
            for row in frozen.rows:
                if row.share is not None:
                    shares.setdefault(row.candidate, {})[period] = row.share
    whole = ranked(workspace)
    for since, counted in ((date(2026, 1, 1), ("2026", "2027-h1")), (date(2027, 1, 1), ("2027-h1",))):
        people = [one for one in whole if set(shares.get(one, ())) == set(days) and whole[one].figure is not None]
        assert len(people) > 20
        again = ranked(workspace, dict.fromkeys(people, since))
        for ident in people:
            if again[ident].figure is None:
                continue
            total = sum((shares[ident][one] * days[one] for one in counted), Fraction(0))
            exact = total * 100 / sum(days[one] for one in counted)
            assert abs(exact - again[ident].figure) <= Fraction(1, 200), ident  # type: ignore[operator]
            assert [one.period for one in again[ident].periods] == list(counted)
    workspace.close()


def test_a_lost_or_changed_archive_is_a_problem_and_nothing_else(years: Path) -> None:
    workspace = opened(years)
    told = publications(workspace, "2026")["a"][-1]
    workspace.close()
    path = next(one for one in (years / "ket-qua").rglob("*.zip") if _sha(one) == told.archive)
    content = path.read_bytes()
    for damage in (None, content[:-1], b""):
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage)
        workspace = opened(years)
        nominated, problems = nominate(workspace, "so-ket-2027")
        workspace.close()
        code = "file-unreadable" if damage is None else "snapshot"
        assert nominated is None and {one.code for one in errors(problems)} == {code}
        for words in (
            ("nominate", "so-ket-2027"),
            ("dossier", "so-ket-2027", "--out", years.parent / "ra"),
            ("appraisal", "issue", "so-ket-2027"),
        ):
            done = thidua("-C", years, *words)
            assert done.code == 1 and code in done.err and "Traceback" not in done.err
        assert not (years.parent / "ra").exists() and not (years / "ket-qua" / "so-ket-2027" / "xet-chon.xlsx").exists()


def _sha(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_nobody_s_files_of_today_are_read(years: Path) -> None:
    """Forms handed in and out, and every printed result but the archives, are gone: the selection is the same."""
    workspace = opened(years)
    before, _ = nominate(workspace, "so-ket-2027")
    workspace.close()
    for folder in ("bieu-giao", "bieu-thu", "so-lieu-nhap"):
        shutil.rmtree(years / folder, ignore_errors=True)
    for path in sorted((years / "ket-qua").rglob("*")):
        if path.is_file() and path.suffix != ".zip":
            path.unlink()
    workspace = opened(years)
    after, problems = nominate(workspace, "so-ket-2027")
    workspace.close()
    assert before is not None and after is not None and problems == []
    assert before.results == after.results
    assert [(one.award.id, one.nominee.id, one.chosen, one.findings) for one in before.cases] == [
        (one.award.id, one.nominee.id, one.chosen, one.findings) for one in after.cases
    ]
