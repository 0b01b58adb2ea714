"""What counts of a round is decided once: after a finding that nobody has published yet, every report gives the official number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from criteria.problems import errors
from records.life.rights import FINAL, SELF
from records.publication.published import official_versions
from records.scored.counted import counted_groups, staged_sets
from records.scored.rounds import score_round
from records.scored.what_if import what_if
from records.workspace.folder import Workspace
from reports.gap.content import period_gap
from reports.page.grounds import open_grounds
from reports.period.gathering import year_report
from reports.section.reading import open_sections
from tests.rounds.life_support import act, hand_in
from tests.rounds.publication_support import AGAIN, draft, official, ready
from tests.rounds.support import enter_body

CASE, TODAY = "C2.mot-cua", date(2027, 3, 1)
BEFORE, AFTER = Fraction("95.65"), Fraction("88.61")  # of X3: as published, as it would be with the finding


@pytest.fixture
def corrected(tmp_path: Path) -> Workspace:
    """Group c is official; then an inspection takes points from X3, and nobody has published that."""
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    figures = {"measure:files_online": "100"}
    assert act(workspace, "X3", CASE, "revise", figures=figures, reason="kiểm tra", source="3/KL") == []
    return workspace


def test_the_finding_moves_the_figures_of_today(corrected: Workspace) -> None:
    [today], _ = score_round(corrected, "2026", ("c",), FINAL)
    assert today.result.candidate("X3").total == AFTER


def test_every_report_gives_the_official_number(corrected: Workspace) -> None:
    [group], problems = counted_groups(corrected, "2026")
    assert problems == [] and group.official is not None and group.scored == {}
    [result] = group.results.values()
    assert result.candidate("X3").total == BEFORE
    [staged], problems = staged_sets([group])
    assert problems == [] and staged.results[FINAL] is result
    assert staged.results[SELF].candidate("X3").criteria[CASE].points == Fraction("24.43")
    gap, _ = period_gap(corrected, "2026")
    assert gap is not None
    assert [pair.found for pair in gap.sets[0].final.pairs if (pair.unit, pair.criterion) == ("X3", CASE)] == [
        Fraction("24.43")
    ]
    year, _ = year_report(corrected, "2026", TODAY)
    assert year is not None
    assert [row.total for row in year.sets[0].rows if row.id == "X3"] == [BEFORE]
    assert year.parts[0].gaps["c"].compared == 3 and year.parts[0].gaps["c"].lowered == 0
    page, _ = open_grounds(corrected, "2026")
    assert page is not None and page.sets[0].result.candidate("X3").total == BEFORE
    supposed, _ = what_if(corrected, "2026", ["X3.files_online=1000"])
    assert supposed is not None and supposed.sets[0].before.candidate("X3").total == BEFORE
    sections, _ = open_sections(corrected, "2026", TODAY, ("X3",))
    assert sections is not None
    [told] = sections.section(sections.units[0]).periods
    assert told.found == "95,65" and told.open == 0
    corrected.close()


def test_once_it_is_published_the_correction_counts(corrected: Workspace) -> None:
    official(corrected, day=AGAIN, reason="Kết luận kiểm tra số 3/KL")
    assert [one.version for one in official_versions(corrected, "2026")["c"]] == [1, 2]
    [group], _ = counted_groups(corrected, "2026")
    assert group.publication is not None and group.publication.version == 2
    assert next(iter(group.results.values())).candidate("X3").total == AFTER
    gap, _ = period_gap(corrected, "2026")
    assert gap is not None and gap.by_unit(FINAL)["X3"].over == 1


def test_other_groups_count_as_they_stand(corrected: Workspace) -> None:
    enter_body(corrected, "A1", name="Sở Một", kind="sở/ban/ngành")
    hand_in(corrected, "A1", "tb-a-so-nganh", {})
    groups, problems = counted_groups(corrected, "2026")
    assert errors(problems) == [] and [(one.letter, one.publication is None) for one in groups] == [
        ("a", True),
        ("c", False),
    ]
    only, problems = counted_groups(corrected, "2026", ("c", "d"))  # nobody is in d
    assert [one.letter for one in only] == ["c"] and errors(problems) == []
    nobody, problems = counted_groups(corrected, "2026", ("d",))
    assert nobody == [] and [one.code for one in errors(problems)] == ["roster-open"]


def test_an_archive_that_is_gone_is_an_error_and_no_figure_of_today_takes_its_place(corrected: Workspace) -> None:
    for path in corrected.results("2026").rglob("noi-bo-*.zip"):
        path.unlink()
    groups, problems = counted_groups(corrected, "2026")
    assert groups == [] and errors(problems) != []


def test_stages_that_do_not_come_out_again_are_left_out_and_said(
    corrected: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    [group], _ = counted_groups(corrected, "2026")
    assert group.official is not None
    monkeypatch.setitem(group.official.__dict__, "then", corrected)  # the ledger of today, with the finding
    staged, problems = staged_sets([group])
    assert staged == [] and [(one.code, one.severity) for one in problems] == [("published", "warning")]
    assert "nhóm c" in problems[0].file
