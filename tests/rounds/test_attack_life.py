"""The life of a score attacked: files edited and rosters changed in the middle of it; nothing disappears without a word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from criteria.problems import Problem
from records.assembly import Assembled, assemble
from records.ledger.entries import Entry
from records.life.strays import stray_problems
from records.publication.open_points import Wish
from records.publication.published import DRAFT, OFFICIAL
from records.review.deciding import close_criteria
from records.review.owed import review_debts, review_status
from records.rounds import close_group, close_roster, find_round
from records.scored.rounds import score_round
from records.workspace.folder import Workspace, open_workspace
from tests.rounds import form_filling
from tests.rounds.life_support import C, act, communes, hand_in, scope_of, verify_all
from tests.rounds.publication_support import FROZEN, SHOWN, UNTIL, draft, official, published, ready
from tests.rounds.review_filling import round_to_review
from tests.rounds.support import enter_body, new_workspace

DOCUMENT = {"reason": "Kết luận kiểm tra", "source": "3/KL"}


def again(workspace: Workspace) -> Workspace:
    """The same workspace in the next command, which reads the files anew."""
    workspace.close()
    found, problems = open_workspace(workspace.root, "người thử")
    assert found is not None, problems
    return found


def edited(workspace: Workspace, file: str, *changes: tuple[str, str]) -> Workspace:
    path = workspace.movement_folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return again(workspace)


def tables(workspace: Workspace, stage: str = "final", letter: str = "c", file: str = C) -> Assembled:
    round_, _ = find_round(workspace, "2026")
    assert round_ is not None
    made, problems = assemble(workspace, round_, letter, file, stage)
    assert made is not None, problems
    return made


def figure(made: Assembled, candidate: str, name: str) -> int | None:
    """A stored value; None while it is missing."""
    row, column = list(made.table.ids).index(candidate), made.table.columns[name]
    return None if column.absent is not None and column.absent[row] else int(column.values[row])


def strays(workspace: Workspace) -> list[str]:
    round_, _ = find_round(workspace, "2026")
    assert round_ is not None
    found = stray_problems(workspace, round_)
    assert all((one.code, one.severity) == ("stray", "warning") for one in found)
    return [one.message for one in found]


def of_code(problems: Iterable[Problem], code: str) -> list[str]:
    return [one.message for one in problems if one.code == code]


# --- figures ---------------------------------------------------------------------------------------------------------


def test_a_verifier_fills_what_the_unit_left_empty_in_a_row(tmp_path: Path) -> None:
    workspace = form_filling.round_with_forms(tmp_path)
    courses = [{"course": "L1", "held": "2026-01-02"}, {"course": "L2", "held": "2026-01-03", "people": "5"}]
    hand_in(workspace, "B1", "tb-don", {"due": "20"}, items={"courses": courses})
    assert act(workspace, "B1", "S6", "correct", figures={"row:courses/1/people": "30"}, reason="Theo danh sách") == []
    column = tables(workspace, "verified", "a", "don.yaml").items["courses"].columns["people"]
    assert list(column.values) == [30, 5] and column.absent is None


def test_accepted_then_revised_then_mended(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)

    def stands() -> list[int | None]:
        return [figure(tables(workspace, stage), "X1", "dx_done") for stage in ("self", "verified", "final")]

    assert act(workspace, "X1", "C1", "accept") == [] and stands() == [15, 15, 15]
    assert act(workspace, "X1", "C1", "revise", figures={"measure:dx_done": "10"}, **DOCUMENT) == []
    assert stands() == [15, 15, 10]
    assert act(workspace, "X1", "C1", "correct", figures={"measure:dx_done": "7"}, reason="Nhầm") == []
    assert stands() == [15, 7, 10]
    assert act(workspace, "X1", "C1", "revise", figures={"measure:dx_assigned": "20"}, **DOCUMENT) == []
    assert stands() == [15, 7, 10] and figure(tables(workspace), "X1", "dx_assigned") == 20


def test_who_leaves_a_criterion_out_at_the_end_is_named_and_a_figure_brings_it_back(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    assert act(workspace, "X1", "C1", "correct", figures={"measure:dx_done": "7"}, reason="Nhầm") == []
    assert act(workspace, "X1", "C1", "revise", applies=False, **DOCUMENT) == []
    said = tables(workspace).table.decisions["C1"].reasons[0]
    assert said == "Thường trực quyết định không áp dụng: Kết luận kiểm tra; 3/KL"
    assert act(workspace, "X1", "C1", "revise", figures={"measure:dx_done": "9"}, **DOCUMENT) == []
    made = tables(workspace)
    assert "C1" not in made.table.decisions and figure(made, "X1", "dx_done") == 9


def test_a_shared_figure_counts_when_its_own_criterion_is_verified(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    scope = scope_of(workspace)
    assert scope.of("B010")["A6.3"].shared == (("measure:procedures", "A2.5"),)

    def shown() -> tuple[int | None, str]:
        made = tables(workspace, "verified", "a", "a-so-nganh.yaml")
        row = list(made.table.ids).index("B010")
        return figure(made, "B010", "procedures"), made.table.decisions["A6.3"].reasons.get(row, "")

    assert shown() == (None, "chưa thẩm định")
    assert act(workspace, "B010", "A6.3", "accept") == []
    assert shown() == (None, "chờ thẩm định tiêu chí A2.5, nơi có số liệu dùng chung")
    other = act(workspace, "B010", "A6.3", "correct", figures={"measure:procedures": "41"}, reason="x")
    assert [one.code for one in other] == ["unknown-figure"]
    assert act(workspace, "B010", "A2.5", "correct", figures={"measure:procedures": "40"}, reason="x") == []
    assert shown() == (40, "")


def test_an_empty_cell_means_what_silent_says_once_it_was_looked_at(tmp_path: Path) -> None:
    """`silent: 0`: nothing was said, and the verifying body has closed its check; before that nobody knows."""
    workspace = new_workspace(tmp_path / "w")
    enter_body(workspace, "B001", name="Sở Một", kind="sở/ban/ngành", data_owner="không")
    enter_body(workspace, "P1", name="Bà P", kind="cá nhân", parent="B001", sub_type="trí thức")
    hand_in(workspace, "P1", "tb-e2-doi-tuong-khac", {"recognised": "có", "recognition": "tỉnh"})

    def stands(stage: str) -> tuple[int | None, bool]:
        made = tables(workspace, stage, "e", "e2-doi-tuong-khac.yaml")
        return figure(made, "P1", "gifts"), "E2.5" in made.table.decisions

    assert stands("self") == (None, False) and stands("verified") == (None, True)
    verify_all(workspace, "P1")
    assert stands("self") == (None, False) and stands("verified") == stands("final") == (0, False)
    close_roster(workspace, "2026", "e", date(2026, 12, 1))
    close_group(workspace, "2026", "e", date(2026, 12, 20), "8/QĐ")
    draft(workspace, "e")


def test_nobody_passes_a_condition_that_nobody_has_looked_at(tmp_path: Path) -> None:
    """What only a condition reads is verified as `_`: a default does not stand in for it while it waits, nor when it is closed."""
    folder = form_filling.movement_folder(tmp_path / "phong trào")
    path = folder / "don.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("measures:\n", 'measures:\n  punished: {label: "Kỷ luật", type: yes_no, default: no}\n', 1)
    text = text.replace("tree:\n", 'gate: {need: not punished, say: "Bị kỷ luật"}\ntree:\n', 1)
    path.write_text(text, encoding="utf-8")
    workspace = new_workspace(tmp_path / "w", folder)
    for ident, said in (("B1", "có"), ("B2", "")):
        enter_body(workspace, ident, name=f"Đơn vị {ident}", kind="đơn vị")
        hand_in(workspace, ident, "tb-don", {"rate": "80", **({"punished": said} if said else {})})

    def eligible(stage: str) -> list[bool | None]:
        scored, _ = score_round(workspace, "2026", ("a",), stage)
        return [scored[0].result.candidate(ident).eligible for ident in ("B1", "B2")]

    assert eligible("self") == [False, True] and eligible("verified") == [None, None]
    assert act(workspace, "B2", "_", "accept") == [] and eligible("verified") == [None, True]
    assert act(workspace, "B1", "_", "send_back", reason="Chưa rõ") == [] and eligible("verified") == [None, True]
    assert act(workspace, "B1", "_", "close", reason="không giải trình", source="1/QĐ") == []
    assert eligible("final") == [None, True]


# --- people and files that change in the middle ----------------------------------------------------------------------


def test_a_candidate_that_leaves_the_roster_after_verification_is_told(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    verify_all(workspace, "X1", "X2")
    assert strays(workspace) == []
    enter_body(workspace, "X1", to="2025-12-31")
    assert list(tables(workspace).table.ids) == ["X2"]
    (said,) = strays(workspace)
    assert said.startswith("X1 không còn là đối tượng của kỳ 2026, nhưng sổ có kết luận về 5 tiêu chí (C1, C2.van-ban")
    assert of_code(score_round(workspace, "2026", ("c",), "final")[1], "stray") == [said]


def test_a_candidate_that_only_handed_in_and_left_is_told(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    enter_body(workspace, "X1", group="d", kind="đơn vị trực thuộc")
    enter_body(workspace, "X2", to="2025-12-31")
    assert strays(workspace) == ["X2 không còn là đối tượng của kỳ 2026, nhưng đã nộp biểu: không được tính."]


def test_a_renamed_criterion_leaves_no_conclusion_behind_unseen(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    verify_all(workspace, "X2", leave=("C1",))
    assert act(workspace, "X1", "C1", "correct", figures={"measure:dx_done": "3"}, reason="Nhầm") == []
    workspace = edited(workspace, C, ("id: C1", "id: C9"))
    made = tables(workspace)
    assert made.table.decisions["C9"].reasons == {0: "chưa thẩm định", 1: "chưa thẩm định"}
    (said,) = strays(workspace)
    assert said.startswith("Sổ có kết luận về tiêu chí C1 của 1 đối tượng (X1), nhưng c-xa-phuong.yaml không hỏi")


def test_a_figure_that_moves_to_another_criterion_is_told(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    verify_all(workspace, "X1", "X2", leave=("C2.mot-cua",))
    told = {"measure:files_online": "700"}
    assert act(workspace, "X1", "C2.mot-cua", "correct", figures=told, reason="Nhầm") == []
    assert figure(tables(workspace), "X1", "files_online") == 700
    workspace = edited(workspace, C, ("linear: {of: docs_online / docs_all,", "linear: {of: files_online / files,"))
    assert figure(tables(workspace), "X1", "files_online") == 733
    (said,) = strays(workspace)
    assert said.startswith("Sổ có số liệu “files_online” kết luận ở tiêu chí C2.mot-cua của 1 đối tượng (X1)")


def test_a_new_figure_after_verification_is_missing_and_nothing_is_published(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    workspace = edited(
        workspace,
        C,
        ("  files: {label:", '  extra: {label: "Thêm", unit: hồ sơ}\n  files: {label:'),
        ("linear: {of: files_online / files,", "linear: {of: extra / files,"),
    )
    assert figure(tables(workspace), "X1", "extra") is None
    found, problems = published(workspace, Wish(DRAFT, SHOWN, comments_until=UNTIL))
    assert found is None and "3 mục chưa có số liệu: X1 C2.mot-cua; X2 C2.mot-cua; X3 C2.mot-cua." in of_code(
        problems, "publish-open"
    )


def test_alternates_that_change_between_return_and_second_look(tmp_path: Path) -> None:
    """Who asked looks again, whatever the movement file says by then."""
    workspace = communes(tmp_path / "w", 1)
    assert act(workspace, "X1", "C2.mot-cua", "send_back", reason="Nhầm") == []
    assert act(workspace, "X1", "C2.mot-cua", "explain", explanation="Đã xem") == []
    workspace = edited(workspace, C, ("    verified_by: van-phong-ubnd\n", "    verified_by: so-noi-vu\n"))
    assert scope_of(workspace).verifier("X1", "C2.mot-cua") == "so-noi-vu"
    other = act(workspace, "X1", "C2.mot-cua", "accept", author="so-noi-vu")
    assert [one.code for one in other] == ["rights"]
    assert act(workspace, "X1", "C2.mot-cua", "accept", author="van-phong-ubnd") == []


def test_a_body_that_the_movement_no_longer_has_leaves_nothing_stuck(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 1)
    verify_all(workspace, "X1", leave=("C2.mot-cua",))
    assert act(workspace, "X1", "C2.mot-cua", "send_back", reason="Nhầm") == []
    assert act(workspace, "X1", "C2.mot-cua", "explain", explanation="Đã xem") == []
    for path in sorted(workspace.movement_folder.glob("*.yaml")):
        path.write_text(path.read_text(encoding="utf-8").replace("van-phong-ubnd", "van-phong-moi"), encoding="utf-8")
    workspace = again(workspace)
    lines, problems = review_status(workspace, "2026")
    assert problems == [] and {one.body: (one.explained, one.concluded) for one in lines} == {
        "so-khcn": (0, 2),
        "van-phong-moi": (1, 2),
    }
    round_, _ = find_round(workspace, "2026")
    assert round_ is not None
    assert [debt.body for debt in review_debts(workspace, round_, date(2100, 1, 1))] == ["van-phong-moi"]
    assert act(workspace, "X1", "C2.mot-cua", "accept", author="van-phong-moi") == []


# --- closing ---------------------------------------------------------------------------------------------------------


def test_a_group_with_closed_criteria_that_a_condition_reads_can_be_published(tmp_path: Path) -> None:
    """X1 explains nothing, X4 hands nothing in: closed by decision, and the others have their result."""
    workspace = communes(tmp_path / "w", 3)
    enter_body(workspace, "X4", name="Xã 4", kind="xã", pool="Cụm 1", province="Thái Bình")
    verify_all(workspace, "X2", "X3")
    verify_all(workspace, "X1", leave=("C1",))
    with workspace.database.writing() as writer:
        writer.append(Entry("index:dx_index/2026", f"X{n}", str(80 + n)) for n in (1, 2, 3, 4))
    close_roster(workspace, "2026", "c", date(2026, 12, 1))
    close_group(workspace, "2026", "c", date(2026, 12, 20), "8/QĐ")
    assert close_criteria(workspace, "2026", "X1", ["C1"], "1/QĐ", "không giải trình") == (1, [])
    assert close_criteria(workspace, "2026", "X4", [], "1/QĐ", "không nộp") == (5, [])
    draft(workspace)
    official(workspace)
    scored, _ = score_round(workspace, "2026", ("c",), "final")
    result = scored[0].result
    assert [int(rank) for rank in result.ranks] == [0, 1, 1, 0]
    assert [int(one) for one in result.eligible] == [-1, 1, 1, -1]


def test_a_condition_without_figures_still_keeps_a_group_from_being_published(tmp_path: Path) -> None:
    """Closing something else does not settle it."""
    workspace = ready(tmp_path / "w", 2)
    workspace = edited(
        workspace,
        C,
        ("  files: {label:", '  extra: {label: "Thêm", type: yes_no}\n  files: {label:'),
        ("    gate: {need: dx_done / dx_assigned >= c1_bar,", "    gate: {need: extra,"),
    )
    found, problems = published(workspace, Wish(DRAFT, SHOWN, comments_until=UNTIL))
    assert found is None and [
        text for text in of_code(problems, "publish-open") if "chưa kết luận được điều kiện" in text
    ]


def test_a_closed_criterion_is_revised_only_after_the_official_publication(tmp_path: Path) -> None:
    """Before it, reopening leads on; after it, a finding or an upheld complaint gives the figure that was never verified."""
    workspace = communes(tmp_path / "w", 1)
    assert act(workspace, "X1", "C2.ky-so", "close", reason="không giải trình", source="1/QĐ") == []
    told: dict[str, Any] = {"figures": {"measure:docs_signed": "100"}, **DOCUMENT}
    assert [one.code for one in act(workspace, "X1", "C2.ky-so", "revise", **told)] == ["rights"]
    with workspace.database.writing() as writer:
        writer.append([Entry("publication:2026/c", OFFICIAL, "1", FROZEN)])
    assert act(workspace, "X1", "C2.ky-so", "revise", **told) == []
    found, _ = score_round(workspace, "2026", ("c",), "final")
    one = found[0].result.candidate("X1").criteria["C2.ky-so"]
    assert (one.state, one.points) == ("scored", Fraction(1667, 100))  # 33,33 × 100 / 200 = 16,665
