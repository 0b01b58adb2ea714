"""A panel from its members to the points; the points are worked out by hand.

H1: mean of at least 3 marks, rounded once to two decimals. H2: median of at least 2.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from records.panels.conclude import conclude_panel
from records.panels.hiding import MASK, HiddenMarks, open_panels
from records.panels.proof import named
from records.panels.telling import standing_lines
from records.scored.rounds import score_round
from records.workspace.folder import Workspace
from tests.rounds.life_support import act
from tests.rounds.panel_support import Typed, board, given, marks, streets

# X2: H1 3,25 + 4 + 4,5 (gk-04 abstains) → 11,75 ÷ 3 = 3,91666… → 3,92; H2 1,5 2 3,5 4 → (2 + 3,5) ÷ 2 = 2,75
# X1: gk-01 may not judge; H1 5 + 4,75 + 4,75 → 14,5 ÷ 3 = 4,8333… → 4,83; H2 3 1 2 → 2
# T1: gk-04 says nothing; H1 2 marks only; H2 0 4 → 2
MARKS: dict[str, Typed] = {
    "gk-01": {"X2/H1": (3.25,), "X2/H2": (1.5,)},
    "gk-02": {"X2/H1": (4,), "X2/H2": ("2",), "X1/H1": (5,), "X1/H2": (3,), "T1/H1": (1.25,), "T1/H2": (0,)},
    "gk-03": {"X2/H1": ("4,5",), "X2/H2": (3.5,), "X1/H1": (4.75,), "X1/H2": (1,), "T1/H1": (1.5,), "T1/H2": (4,)},
    "gk-04": {"X2/H1": ("", "x", "Quen biết"), "X2/H2": (4,), "X1/H1": ("4.75",), "X1/H2": (2,)},
}


@pytest.fixture
def judged(tmp_path: Path) -> Workspace:
    workspace = streets(tmp_path / "w")
    run = given(workspace, tmp_path / "in", MARKS)
    assert run.problems == []
    assert {who: (one.marks, one.abstentions) for (_, who), one in run.assessors.items()} == {
        "gk-01": (2, 0), "gk-02": (6, 0), "gk-03": (6, 0), "gk-04": (3, 1),
    }  # fmt: skip
    return workspace


def points(workspace: Workspace, candidate: str, criterion: str, stage: str = "verified") -> object:
    scored, problems = score_round(workspace, "2026", ("a",), stage)
    assert problems == []
    one = scored[0].result.candidate(candidate).criteria[criterion]
    return one.points if one.state == "scored" else one.state


def test_before_it_is_concluded_no_mark_counts(judged: Workspace) -> None:
    assert points(judged, "X2", "H1") == "not_verified"
    assert points(judged, "X2", "H1", "self") == "needs_judgement"


def test_concluded_marks_make_the_points(judged: Workspace) -> None:
    found, problems = conclude_panel(judged, "2026", "jury", ("X1", "X2"), "5/BB-HĐ")
    assert problems == [] and found is not None
    assert found.cases == [("X1", "H1"), ("X2", "H1"), ("X1", "H2"), ("X2", "H2")]
    assert points(judged, "X2", "H1") == Fraction(392, 100)
    assert points(judged, "X2", "H2") == Fraction(275, 100)
    assert points(judged, "X1", "H1") == Fraction(483, 100)
    assert points(judged, "X1", "H2") == 2
    assert points(judged, "T1", "H2") == "not_verified"
    assert points(judged, "X2", "H1", "final") == Fraction(392, 100)


def test_too_few_marks_are_told_of_every_candidate_and_nothing_is_written(judged: Workspace) -> None:
    before = judged.database.last_entry()
    found, problems = conclude_panel(judged, "2026", "jury")
    assert found is None and judged.database.last_entry() == before
    assert [(one.file, one.severity) for one in problems] == [("T1", "error"), ("T1", "warning")]
    assert (
        "có 2 phiếu chấm, cần ít nhất 3, còn thiếu 1 (chưa chấm: gk-04; không được chấm: gk-01)" in problems[0].message
    )


def test_the_conclusion_names_the_marks_and_the_verifying_body(judged: Workspace) -> None:
    conclude_panel(judged, "2026", "jury", ("X2",))
    (entry,) = [e for e in judged.database.entries("score:2026/X2") if e.field == "H1"]
    assert (entry.author, entry.role, entry.value, entry.stage) == ("ban-hien", "verifier", "verified", "verified")
    rests = [e for e in judged.database.entries("mark:2026/X2") if e.number in named(entry.evidence)]
    assert sorted((e.author, e.value) for e in rests) == [("gk-01", "3.25"), ("gk-02", "4"), ("gk-03", "4.5")]
    assert {(e.role, e.stage) for e in rests} == {("assessor", "verified")}


def test_nobody_accepts_a_panel_criterion_without_its_marks(judged: Workspace) -> None:
    refused = act(judged, "X2", "H1", "accept")
    assert [problem.code for problem in refused] == ["panel-marks"]
    forged = act(judged, "X2", "H1", "accept", evidence="marks:1,2,3")
    assert [problem.code for problem in forged] == ["panel-marks"]
    assert act(judged, "X2", "H1", "leave_out", reason="Không có mái hiên", source="3/CV") == []
    assert points(judged, "X2", "H1") == "not_applicable"


def test_concluding_again_changes_nothing(judged: Workspace) -> None:
    conclude_panel(judged, "2026", "jury", ("X1", "X2"))
    before = judged.database.last_entry()
    found, problems = conclude_panel(judged, "2026", "jury", ("X1", "X2"))
    assert problems == [] and found is not None and (found.cases, found.before) == ([], 4)
    assert judged.database.last_entry() == before


def test_marks_are_hidden_until_all_are_given_or_it_is_concluded(judged: Workspace) -> None:
    entries = judged.database.entries("mark:2026/")
    assert open_panels(judged, "2026") == {("jury", "H1"), ("jury", "H2")}
    masked = HiddenMarks(judged).masked(entries)
    assert {(e.value, e.evidence) for e in masked} == {(MASK, "")} and {e.reason for e in masked} == {"", MASK}
    told = "\n".join(standing_lines(board(judged), "jury"))
    assert "gk-04: đã chấm 3, xin không chấm 1, còn 2 (T1/H1, T1/H2)." in told
    assert "3,25" not in told and "4,75" not in told
    conclude_panel(judged, "2026", "jury", ("X2",))
    seen = {e.subject for e in HiddenMarks(judged).masked(entries) if e.value != MASK}
    assert seen == {"mark:2026/X2"}
    told = "\n".join(standing_lines(board(judged), "jury"))
    assert "X2 Phố Hai, H1: gk-01 3,25*; gk-02 4*; gk-03 4,5*; gk-04 không chấm" in told and "4,75" not in told


def test_marks_are_shown_when_everybody_has_given_all(judged: Workspace, tmp_path: Path) -> None:
    run = given(judged, tmp_path / "more", {"gk-04": {"T1/H1": (1,), "T1/H2": (1,)}}, version=2)
    assert run.problems == [] and open_panels(judged, "2026") == set()
    entries = judged.database.entries("mark:2026/")
    assert HiddenMarks(judged).masked(entries) == entries
    assert "T1 Tổ Một, H1: gk-02 1,25; gk-03 1,5; gk-04 1" in "\n".join(standing_lines(board(judged), "jury"))
    assert len(marks(judged)) == 20


def test_a_unit_s_own_mark_counts_only_when_the_body_accepts_it(judged: Workspace) -> None:
    assert points(judged, "X1", "J1", "self") == Fraction(5, 2)
    assert points(judged, "X1", "J1") == "not_verified"
    assert act(judged, "X1", "J1", "accept") == [] and points(judged, "X1", "J1") == Fraction(5, 2)
    assert act(judged, "X2", "J1", "correct", figures={"judged:J1": "1.5"}, reason="Hót ngắn") == []
    assert points(judged, "X2", "J1") == Fraction(3, 2)
