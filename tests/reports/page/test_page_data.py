"""Every number of the page is the engine's: of random sets, of an official group, of all sets of the demonstration."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from criteria.problems import ProblemsFound
from records.evidence.kinds import EvidenceKinds
from records.scored.disputed import disputed
from records.scored.levers import reach_set
from records.scored.rounds import score_round
from records.scored.stages import score_stages
from records.workspace.folder import open_workspace
from reports.page.files import Asked, page_of
from reports.page.ground import Ground
from reports.page.sets import page_set
from reports.page.texts import plain, scaled
from reports.reach.text import short_sentence
from reports.reasons.row import Line
from reports.reasons.source import SourceSet, Told
from scoring.result import Result
from tests import strategies
from tests.reports.page.page_data_support import (
    column,
    details,
    page,
    printed,
    unit,
    wrong_numbers,
    wrong_ranks,
)
from tests.reports.pending_support import pending_workspace
from tests.reports.score_sheet_support import communes, officially
from tests.rounds.life_support import COMMUNE
from tests.rounds.support import enter_body, new_workspace
from tests.support.agreement import engine
from tests.support.years_workspace import years_workspace

ONES = ("2025", "2026", "2027-h1", "2030-9m")


class _Nobody:
    """A source that says nothing."""

    kinds = EvidenceKinds({})

    def told(self, candidate: str) -> Told:
        return Told({}, (), ())

    def body_name(self, ident: str) -> str:
        return ident

    def about(self, candidate: str, name: str) -> tuple[Line, ...]:
        return (("Đối tượng", name),)


def set_of(result: Result, **told: Any) -> dict[str, Any]:
    return page_set(Ground("a", "Nhóm", _Nobody(), SourceSet(result, (), {}, {}), []), **told)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.cases())
def test_numbers_of_random_sets(case: Any) -> None:
    try:
        result = engine(case)
    except ProblemsFound:
        assume(False)
        return
    made = set_of(result)
    assert wrong_numbers(made, result) == []
    assert wrong_ranks(made) == []
    rounded = result.set.declaration.points.round_at
    assert bool(made["notice"]) == (rounded != "leaf")


def test_every_set_of_the_demonstration(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    """The results are the published ones; scored live from the untouched workspace they come out the same."""
    workspace, problems = open_workspace(years_workspace(tmp_path_factory, tmp_path))
    assert workspace is not None, problems
    for period in ONES:
        staged, _ = score_stages(workspace, period)
        found = {one["id"]: one for one in page(workspace, period)["groups"]}
        assert sorted(found) == sorted(one.last.result.set.id for one in staged) and len(found) == 7
        for one in staged:
            made = found[one.last.result.set.id]
            assert wrong_numbers(made, one.results["final"], one.results["self"]) == []
            assert wrong_ranks(made) == []
            assert list(details(made)) == [each["id"] for each in made["units"]]
    workspace.close()


def test_a_tie_of_totals_says_what_decided(tmp_path: Path) -> None:
    """X1 and X2 have the same total out of different criteria; C3 decides ."""
    workspace = new_workspace(tmp_path / "w")
    for ident in ("X1", "X2", "X3"):
        enter_body(workspace, ident, name=f"Xã {ident}", kind="xã", pool="Cụm 1")
    whole = COMMUNE | {"docs_online": "400", "docs_signed": "200", "files_online": "1000"}
    none = whole | {"docs_online": "0", "docs_signed": "0", "files_online": "0"}
    index = {"X1": "90", "X2": "10", "X3": "95"}
    officially(workspace, "2026", {"X1": none, "X2": whole, "X3": whole}, date(2027, 1, 5), index=index)
    (one,) = page(workspace)["groups"]
    first, second = unit(one, "X1"), unit(one, "X2")
    assert first["total"] == second["total"] == 6667 and (first["rank"], second["rank"]) == (2, 3)
    assert second["decided"] == "Ngay trên: X1 (hạng 2): điểm C3 33,33 điểm so với 0,00 điểm, hơn 33,33"
    assert first["decided"].endswith(
        "Ngay dưới: X2 (hạng 3), cùng tổng điểm: điểm C3 33,33 điểm so với 0,00 điểm, hơn 33,33"
    )
    assert one["keys"][0]["label"] == "tổng điểm"
    assert first["keys"][0] == second["keys"][0] and first["keys"][1][0] > second["keys"][1][0]
    assert [each["id"] for each in one["units"]] == ["X3", "X1", "X2"]  # by place
    workspace.close()


def test_what_is_the_same_for_everybody_stands_once(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=2)
    (one,) = page(workspace)["groups"]
    criterion = one["criteria"][column(one, "C2.mot-cua")]
    assert (criterion["parent"], criterion["depth"], criterion["kind"], criterion["max"]) == ("C2", 1, "leaf", 3333)
    assert criterion["rule"].startswith("theo tỷ lệ: ") and criterion["clauses"] == ["[1], IV.2.c"]
    assert (
        criterion["body"] == "Văn phòng Ủy ban nhân dân tỉnh" and not criterion["trial"]
    )  # a document has decided the points
    assert one["bases"][0][0] == "[1]" and one["pool_label"] == "Cụm"
    for told in details(one).values():
        row = told["rows"]["C2.mot-cua"]
        assert [heading for heading, _ in row["reasons"]] == ["Số liệu", "Tính"]
        assert "clauses" not in row and criterion["rule"] not in str(told)
    chosen = column(one, "C3.class")  # one of two ways to score, left out by the settings for everybody
    assert {each["states"][chosen] for each in one["units"]} == {"n"}
    workspace.close()


def test_intervals_and_paths_are_those_of_the_engine(tmp_path: Path) -> None:
    workspace = pending_workspace(tmp_path / "w")
    data, _ = page_of(workspace, Asked("2026"))
    assert data is not None
    (one,) = data["groups"]
    found, _ = disputed(workspace, "2026")
    scored, _ = score_round(workspace, "2026", (), "final")
    paths = reach_set(scored[0], most=1)
    told = details(one)
    assert {each["id"] for each in one["units"]} == set(found)
    for each in one["units"]:
        ends = found[each["id"]].interval
        placed = ends.best.rank is not None and ends.worst.rank is not None
        assert each["interval"] == ([ends.best.rank, ends.worst.rank] if placed else None)
        assert each["interval_why"] == (found[each["id"]].words if placed else "")
        assert told[each["id"]].get("reach", [""]) == [short_sentence(paths, paths.by_id[each["id"]])]
    assert any(each["interval"] and each["interval"][0] < each["interval"][1] for each in one["units"])
    early, _ = page_of(workspace, Asked("2026", stage="self"))  # what is pending is asked of the final stage only
    assert early is not None and all(each["interval"] is None for each in early["groups"][0]["units"])
    workspace.close()


def test_a_printed_number_is_rounded_half_up() -> None:
    for value, places, wanted in (
        ("87.25", 2, 8725),
        ("1/3", 2, 33),
        ("0.125", 2, 13),
        ("-0.125", 2, -13),
        ("2/3", 0, 1),
    ):
        assert scaled(Fraction(value), places) == wanted == printed(Fraction(value), places)


def test_texts_are_one_line_in_nfc() -> None:
    assert plain("Hu\u0065\u0302\u0301 \n\u202e\u2028x\u200b </script>\x00") == "Huế x </script>"
