"""thidua whatif: values read as forms read them, every mistake told, everybody who moves named, nothing stored."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest

from criteria.problems import Problem
from nominations.nominating import nominate
from nominations.occasions import find_occasion
from nominations.results import OccasionResults
from nominations.selection.choosing import State
from nominations.what_if import proposals_moved
from records.publication.official import frozen_results, with_result
from records.scored.what_if import WhatIf, what_if
from records.workspace.folder import DATABASE, Workspace, open_workspace
from reports.what_if import what_if_lines
from tests.rounds.life_support import COMMUNE, act, communes, hand_in, verify_all
from tests.support.command import thidua
from tests.support.years_workspace import years_workspace


@pytest.fixture
def commune(tmp_path: Path) -> Workspace:
    """X1 … X3 with other figures each; X1 waits for C1 and C2.mot-cua, the others for nothing but C3."""
    workspace = communes(tmp_path / "w", 3)
    hand_in(workspace, "X2", "tb-c-xa-phuong", {**COMMUNE, "files_online": "900"}, version=2)
    verify_all(workspace, "X1", leave=("C1", "C2.mot-cua", "C3.place"))
    verify_all(workspace, "X2", "X3", leave=("C3.place",))
    return workspace


def asked(workspace: Workspace, *texts: str, stage: str = "final") -> WhatIf:
    found, problems = what_if(workspace, "2026", texts, stage)
    assert found is not None, problems
    return found


def refused(workspace: Workspace, *texts: str) -> list[tuple[str, str]]:
    found, problems = what_if(workspace, "2026", texts)
    assert found is None
    return [(one.code, _spoken(one)) for one in problems if one.severity == "error"]


def _spoken(one: Problem) -> str:
    return f"{one.file}: {one.message} {one.hint}"


def test_a_figure_of_a_criterion_that_waits_counts_with_what_else_was_claimed(commune: Workspace) -> None:
    [made] = asked(commune, "X1.files_online=500").sets
    assert made.after.points("C2.mot-cua").at(0) == Fraction("16.67")  # 33,33 × 500 / 1.000, the 1.000 as claimed
    assert made.before.points("C2.mot-cua").at(0) == 0
    assert made.after.candidate("X1").criteria["C1"].state == "not_verified"
    [applied] = made.applied
    assert (applied.what, applied.before, applied.after) == ("Hồ sơ tiếp nhận trực tuyến", "733", "500")
    assert applied.notes == ("tiêu chí C2.mot-cua đang “chờ thẩm định”, tính như được nhận",)
    [move] = made.moves
    assert (move.candidate, move.before.provisional, made.untouched) == ("X1", True, 2)  # type: ignore[union-attr]


def test_several_figures_by_label_name_and_decision(commune: Workspace) -> None:
    texts = ["Xã 2.Hồ sơ tiếp nhận trực tuyến=450", "X3.C2.ky-so=không áp dụng", "x3.docs_online="]
    [made] = asked(commune, *texts).sets
    assert made.after.points("C2.mot-cua").values(3)[1] == Fraction("15.00")
    c = made.after.candidate("X3").criteria
    assert (c["C2.ky-so"].state, c["C2.van-ban"].state) == ("not_applicable", "no_evidence")
    assert [(one.before, one.after) for one in made.applied] == [
        ("900", "450"),
        ("áp dụng", "không áp dụng"),
        ("390", ""),
    ]
    assert {one.candidate for one in made.moves} == {"X2", "X3"}


def test_a_closed_criterion_and_one_that_does_not_apply_are_taken_up_again(commune: Workspace) -> None:
    assert act(commune, "X1", "C1", "close", reason="không nộp", source="9/QĐ") == []
    assert act(commune, "X2", "C2.ky-so", "leave_out", reason="không có", source="9/TĐ") == []
    [made] = asked(commune, "X1.dx_assigned=10", "X1.dx_done=10", "X2.docs_signed=100").sets
    assert made.after.points("C1").at(0) == Fraction("33.34")
    assert [one.notes[0].partition("đang ")[2] for one in made.applied if one.notes] == [
        "“đóng không có kết quả”, tính như được nhận",
        "“không áp dụng”, tính như được nhận",
    ]


def test_every_mistake_is_told_with_what_there_is(commune: Workspace) -> None:
    told = refused(
        commune,
        "X1.files_onlin=3",
        "X7.files=3",
        "nothing",
        "X1.files=1,5",
        "X1.C1=nhiều",
        "X2.files=500",
        "X3.docs_all=500",
        "X3.docs_all=501",
    )
    assert [code for code, _ in told] == [
        "what-if",
        "unknown-figure",
        "unknown-candidate",
        "decimals",
        "what-if",
        "what-if",
        "out-of-range",
    ]
    spoken = dict(zip(("form", "figure", "unit", "decimals", "decision", "twice", "bound"), told, strict=True))
    assert "files_online" in spoken["figure"][1] and "X1, X2, X3" in spoken["unit"][1]
    assert "dx_done, dx_assigned" in spoken["decision"][1] and "hai lần" in spoken["twice"][1]
    assert (
        "“Hồ sơ tiếp nhận trực tuyến” = 900, lớn hơn “Hồ sơ thủ tục hành chính đã tiếp nhận” = 500"
        in spoken["bound"][1]
    )


def test_nothing_supposed_and_unknown_stages_and_groups(commune: Workspace) -> None:
    assert [code for code, _ in refused(commune)] == ["what-if"]
    assert what_if(commune, "2026", ["X1.files=1"], "giữa")[1][-1].code == "stage"
    assert [one.code for one in what_if(commune, "2026", ["X1.files=1"], "final", ("z",))[1]] == ["group"]
    assert what_if(commune, "2031", ["X1.files=1"])[0] is None
    assert [one.code for one in what_if(commune, "so-ket-2027", ["X1.files=1"])[1]] == ["stage"]


def test_the_self_assessment_can_be_asked_too(commune: Workspace) -> None:
    [made] = asked(commune, "X1.files_online=500", stage="self").sets
    assert (made.before.points("C2.mot-cua").at(0), made.after.points("C2.mot-cua").at(0)) == (
        Fraction("24.43"),
        Fraction("16.67"),
    )
    assert made.applied[0].notes == ()


def test_hostile_text_is_no_markup_and_no_formula(commune: Workspace) -> None:
    told = refused(commune, "X1.=HYPERLINK(1)=\x1b[31m<b>", "X1.[]=1", "=", ".=", "X1.tasks[../x].a=1")
    assert len(told) == 5 and not any("\x1b" in text for _, text in told)


def test_the_command_prints_and_stores_nothing(commune: Workspace) -> None:
    root = commune.root
    commune.close()
    before = hashlib.sha256((root / DATABASE).read_bytes()).hexdigest()
    done = thidua("-C", root, "whatif", "2026", "--set", "X2.files_online=0")
    assert done.code == 0, done.err
    assert "Xã 2: Hồ sơ tiếp nhận trực tuyến: 900 → 0" in done.out
    assert "vì C2.mot-cua 30,00 → 0,00" in done.out and "GIẢ ĐỊNH, không lưu gì" in done.out
    assert "điểm thử, chưa được cấp có thẩm quyền quyết định" in done.out
    assert "Đề nghị khen thưởng: kỳ này chưa công bố chính thức nên chưa biết được." in done.out
    wrong = thidua("-C", root, "whatif", "2026", "--set", "X2.x=1", "--set", "X3.y=2")
    assert wrong.code == 1 and wrong.out == "" and wrong.err.count("LỖI unknown-figure") == 2
    assert hashlib.sha256((root / DATABASE).read_bytes()).hexdigest() == before
    report = thidua("-C", root, "report", "disputed", "2026", "--group", "c")
    assert report.code == 0 and "khoang-hang-c-xa-phuong.xlsx" in report.out
    assert (root / "ket-qua/2026/khoang-hang-c-xa-phuong.xlsx").exists()


def test_published_figures_are_supposed_otherwise_and_proposals_move(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    workspace, problems = open_workspace(years_workspace(tmp_path_factory, tmp_path), "người thử")
    assert workspace is not None, problems
    nominated, problems = nominate(workspace, "so-ket-2027")
    assert nominated is not None, problems
    case = next(one for one in nominated.cases if one.state is State.PROPOSED and one.nominee.group == "a")
    unit = case.nominee.id
    texts = [
        f"{unit}.docs_on_time=0",
        f"{unit}.A2.2=0",
        f"{unit}.A2.3=0",
        f"{unit}.dx_value=0",
        f"{unit}.procedures_cut=0",
    ]
    found, problems = what_if(workspace, "2026", texts)
    assert found is not None, problems
    [made] = found.sets
    assert made.official is not None and made.official.version == 1
    lines = list(what_if_lines(found))
    assert any("không có gì thay đổi trong kết quả đã công bố" in line for line in lines)
    assert "*** SỐ LIỆU MINH HỌA ***" in lines
    published, _ = frozen_results(workspace, "2026", every_version=True)
    mine = next(one for one in published if one.set_id == made.before.set.id)
    assert with_result(mine, made.before) == mine  # what stands, made again from the archive, is what was published
    moved, problems = proposals_moved(workspace, "2026", found.sets)
    assert not problems and [one.occasion for one in moved] == ["so-ket-2027", "tong-ket-2030"]
    change = next(one for one in moved[0].moves if one.nominee == unit)
    assert change.before is not None and change.after is not None
    assert change.before.state is State.PROPOSED and change.after.state is not State.PROPOSED
    occasion, _ = find_occasion(workspace, "so-ket-2027")
    assert occasion is not None
    changed = with_result(mine, made.after)
    results = OccasionResults(workspace, occasion, {mine.key: changed}).results()
    plain = OccasionResults(workspace, occasion).results()
    assert results.ranked[unit].figure < plain.ranked[unit].figure  # type: ignore[operator]
    others = [one for one in plain.ranked if plain.ranked[one].group != "a"]
    assert others and all(results.ranked[one] == plain.ranked[one] for one in others)
    same, _ = nominate(workspace, "so-ket-2027", instead={mine.key: mine})
    assert same is not None and [(c.nominee.id, c.state) for c in same.cases] == [
        (c.nominee.id, c.state) for c in nominated.cases
    ]
    workspace.close()
