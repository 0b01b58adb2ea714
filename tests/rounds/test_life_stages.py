"""One commune's figures through every stage; the points are worked by hand from the catalogue's set for communes.

Each figure of C2 gives 33,33 × a / b, rounded half up to two decimals.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from records.ledger.verifying import prove
from records.scored.rounds import score_round
from records.scored.stages import score_stages
from records.workspace.folder import Workspace
from scoring import states
from tests.rounds.life_support import act, communes, hand_in, verify_all
from tests.rounds.support import enter_body

STAGES = ("self", "verified", "explained", "reverified", "final")
SEALED = "C2.ky-so"  # 180 of 200 documents: 33,33 × 0,9 = 29,997 → 30,00


def points(workspace: Workspace, criterion: str, candidate: str = "X1") -> dict[str, object]:
    """By stage the points of a criterion, or the name of the state it is in."""
    found: dict[str, object] = {}
    for stage in STAGES:
        scored, problems = score_round(workspace, "2026", ("c",), stage)
        assert problems == [] and len(scored) == 1
        one = scored[0].result.candidate(candidate).criteria[criterion]
        found[stage] = one.points if one.state == "scored" else one.state
    return found


@pytest.fixture
def round_of_two(tmp_path: Path) -> Workspace:
    return communes(tmp_path / "w")


def test_what_nobody_verified_is_at_no_later_stage(round_of_two: Workspace) -> None:
    assert points(round_of_two, SEALED) == {"self": Fraction(30), **dict.fromkeys(STAGES[1:], "not_verified")}


def test_an_accepted_figure_stands_as_handed_in(round_of_two: Workspace) -> None:
    assert act(round_of_two, "X1", SEALED, "accept") == []
    assert points(round_of_two, SEALED) == dict.fromkeys(STAGES, Fraction(30))
    assert points(round_of_two, SEALED, "X2")["final"] == "not_verified"


def test_a_corrected_figure_changes_later_stages_only(round_of_two: Workspace) -> None:
    assert (
        act(round_of_two, "X1", "C2.mot-cua", "correct", figures={"measure:files_online": "700"}, reason="đếm lại")
        == []
    )
    # 33,33 × 700 / 1000 = 23,331; handed in: 33,33 × 733 / 1000 = 24,43089
    assert points(round_of_two, "C2.mot-cua") == {
        "self": Fraction(2443, 100),
        **dict.fromkeys(STAGES[1:], Fraction(2333, 100)),
    }


def test_sent_back_explained_and_verified_again(round_of_two: Workspace) -> None:
    assert act(round_of_two, "X1", SEALED, "send_back", reason="thiếu danh mục") == []
    waiting = {"self": Fraction(30), **dict.fromkeys(STAGES[1:], "returned")}
    assert points(round_of_two, SEALED) == waiting
    explained = {"explanation": "đã bổ sung danh mục", "figures": {"measure:docs_signed": "170"}}
    assert act(round_of_two, "X1", SEALED, "explain", **explained) == []
    # 33,33 × 170 / 200 = 28,3305
    assert points(round_of_two, SEALED) == {
        **waiting,
        "explained": Fraction(2833, 100),
        "reverified": "not_verified",
        "final": "not_verified",
    }
    assert (
        act(round_of_two, "X1", SEALED, "correct", figures={"measure:docs_signed": "160"}, reason="10 bản trùng") == []
    )
    # 33,33 × 160 / 200 = 26,664
    assert points(round_of_two, SEALED) == {
        "self": Fraction(30),
        "verified": "returned",
        "explained": Fraction(2833, 100),
        "reverified": Fraction(2666, 100),
        "final": Fraction(2666, 100),
    }


def test_sent_back_twice_forgets_nothing_in_the_ledger(round_of_two: Workspace) -> None:
    for say in ("lần một", "lần hai"):
        assert act(round_of_two, "X1", SEALED, "send_back", reason=say) == []
        assert act(round_of_two, "X1", SEALED, "explain", explanation=f"giải trình {say}") == []
    assert act(round_of_two, "X1", SEALED, "accept") == []
    assert points(round_of_two, SEALED)["final"] == Fraction(30)
    told = [e.value for e in round_of_two.database.entries("score:2026/X1") if e.field == f"{SEALED}/explanation"]
    assert told == ["giải trình lần một", "giải trình lần hai"]


def test_an_explanation_that_is_sent_back_again_is_no_result(round_of_two: Workspace) -> None:
    assert act(round_of_two, "X1", SEALED, "send_back", reason="một") == []
    assert act(round_of_two, "X1", SEALED, "explain", explanation="xong", figures={"measure:docs_signed": "200"}) == []
    assert act(round_of_two, "X1", SEALED, "send_back", reason="vẫn thiếu") == []
    assert set(points(round_of_two, SEALED).values()) == {Fraction(30), "returned"}


def test_closing_needs_a_decision_and_earns_zero(round_of_two: Workspace) -> None:
    assert [p.code for p in act(round_of_two, "X1", SEALED, "close", reason="không giải trình")] == ["reason"]
    assert act(round_of_two, "X1", SEALED, "close", reason="không giải trình", source="15/QĐ-SNV") == []
    assert points(round_of_two, SEALED) == {
        "self": Fraction(30),
        **dict.fromkeys(STAGES[1:4], "not_verified"),
        "final": "closed",
    }
    scored, _ = score_round(round_of_two, "2026", ("c",), "final")
    one = scored[0].result.candidate("X1").criteria[SEALED]
    assert (one.points, one.maximum) == (0, Fraction(3333, 100))
    assert act(round_of_two, "X1", SEALED, "reopen", reason="nộp bổ sung", source="16/QĐ-SNV") == []
    assert act(round_of_two, "X1", SEALED, "accept") == []
    assert points(round_of_two, SEALED)["final"] == Fraction(30)


def test_who_is_closed_altogether_takes_no_place(round_of_two: Workspace) -> None:
    verify_all(round_of_two, "X1", leave=("C3.place",))
    for criterion in ("C1", "C2.van-ban", "C2.ky-so", "C2.mot-cua", "C3.place"):
        assert act(round_of_two, "X2", criterion, "close", reason="rút", source="9/QĐ") == []
    assert act(round_of_two, "X1", "C3.place", "close", reason="chưa có chỉ số", source="9/QĐ") == []
    scored, _ = score_round(round_of_two, "2026", ("c",), "final")
    first, second = (scored[0].result.candidate(ident) for ident in ("X1", "X2"))
    assert (first.rank, first.provisional) == (1, False)
    assert (second.rank, second.total) == (None, 0) and "đóng không có kết quả, không xếp hạng" in second.notes


def test_a_claim_is_a_claim_until_somebody_decides(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", claims={SEALED: "chưa được cấp chữ ký số"})
    assert points(workspace, SEALED) == {"self": "not_applicable", **dict.fromkeys(STAGES[1:], "not_verified")}
    assert act(workspace, "X1", SEALED, "accept") == []
    assert points(workspace, SEALED)["final"] == "not_applicable"
    assert act(workspace, "X2", SEALED, "correct", figures={"measure:docs_signed": "100"}, reason="đã được cấp") == []
    assert points(workspace, SEALED, "X2")["final"] == Fraction(1667, 100)  # 33,33 × 100 / 200 = 16,665


def test_a_verifier_may_leave_out_what_the_unit_claimed_to_fulfil(round_of_two: Workspace) -> None:
    assert [p.code for p in act(round_of_two, "X1", SEALED, "leave_out")] == ["reason"]
    assert act(round_of_two, "X1", SEALED, "leave_out", reason="không thuộc diện") == []
    assert points(round_of_two, SEALED)["verified"] == "not_applicable"


def test_mending_a_conclusion_replaces_it_and_keeps_it(round_of_two: Workspace) -> None:
    assert act(round_of_two, "X1", SEALED, "correct", figures={"measure:docs_signed": "100"}, reason="nhầm") == []
    assert act(round_of_two, "X1", SEALED, "accept", reason="nhập nhầm dòng") == []
    assert points(round_of_two, SEALED)["verified"] == Fraction(30)
    values = [e.value for e in round_of_two.database.entries("score:2026/X1") if e.stage == "verified"]
    assert values == ["verified", "100", "verified"]


def test_a_second_correction_says_what_it_replaces(round_of_two: Workspace) -> None:
    for figure in ("170", "160"):
        assert act(round_of_two, "X1", SEALED, "correct", figures={"measure:docs_signed": figure}, reason="đếm") == []
    told = [(e.old, e.value) for e in round_of_two.database.entries("score:2026/X1") if e.field.endswith("docs_signed")]
    assert told == [("180", "170"), ("170", "160")]


def test_the_same_conclusion_again_writes_nothing(round_of_two: Workspace) -> None:
    for _ in range(2):
        assert act(round_of_two, "X1", SEALED, "accept") == []
        assert act(round_of_two, "X2", SEALED, "correct", figures={"measure:docs_signed": "100"}, reason="đếm") == []
    assert sum(e.stage == "verified" for e in round_of_two.database.entries("score")) == 3


def test_revising_stands_at_the_final_stage_only(round_of_two: Workspace) -> None:
    assert act(round_of_two, "X1", SEALED, "accept") == []
    more = {"figures": {"measure:docs_signed": "150"}, "reason": "kết luận kiểm tra", "source": "3/KL-TTr"}
    assert act(round_of_two, "X1", SEALED, "revise", role="inspector", author="Thanh tra tỉnh", **more) == []
    # 33,33 × 150 / 200 = 24,9975
    assert points(round_of_two, SEALED) == {**dict.fromkeys(STAGES[:4], Fraction(30)), "final": Fraction(25)}


def test_nothing_is_accepted_that_nobody_gave(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 0)
    enter_body(workspace, "X1", name="Xã 1", kind="xã")
    hand_in(workspace, "X1", "tb-c-xa-phuong", {"docs_issued": "200"})
    problems = act(workspace, "X1", SEALED, "accept")
    assert [p.code for p in problems] == ["missing-figure"] and "Văn bản phát hành có chữ ký số" in problems[0].message
    assert act(workspace, "X1", SEALED, "correct", figures={"measure:docs_signed": "200"}, reason="theo hệ thống") == []


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"measure:docs_signed": "nhiều"}, "number"),
        ({"measure:docs_signed": "1,5"}, "decimals"),
        ({"measure:docs_signed": "-1"}, "out-of-range"),
        ({"measure:files": "3"}, "unknown-figure"),
        ({"judged:C1": "3"}, "unknown-figure"),
        ({}, "missing-figure"),
    ],
)
def test_a_wrong_figure_is_refused_and_nothing_written(
    round_of_two: Workspace, figures: dict[str, str], code: str
) -> None:
    before = round_of_two.database.last_entry()
    assert code in [p.code for p in act(round_of_two, "X1", SEALED, "correct", figures=figures, reason="x")]
    assert round_of_two.database.last_entry() == before


def test_every_stage_has_a_table_and_the_chain_holds(round_of_two: Workspace) -> None:
    verify_all(round_of_two, "X1", "X2", leave=(SEALED, "C3.place"))
    staged, problems = score_stages(round_of_two, "2026", ("c",))
    assert problems == [] and set(staged[0].results) == set(STAGES)
    waiting = staged[0].results["final"].state(SEALED)
    assert [states.NAMES[int(code)] for code in waiting] == ["not_verified", "not_verified"]
    assert prove(round_of_two.database).breaks == []
