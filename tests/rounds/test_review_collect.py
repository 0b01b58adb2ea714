"""Verification workbooks in: what is entered, what is left open, what changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from criteria.problems import NOTE
from records.forms.answers import Dispute
from records.forms.collecting.form import ReadForm
from records.forms.layout import Layout
from records.life.acts import Act, perform
from records.life.criteria import Reviewed, reviewed
from records.tasks.register import load_register
from records.workspace.folder import Workspace
from tests.rounds.review_filling import (
    A_FIGURES,
    C_FIGURES,
    JUDGED,
    bench,
    collected,
    enter_task,
    fill,
    found,
    hand_in,
    issued,
    round_to_review,
    rows,
    shown,
    state,
)

TYPED: dict[str, list[Any]] = {
    "B010/A2.6": ["sửa", "", "đếm lại"],
    "B010/A2.6/measure:agreements": ["", 2],
    "B010/A3.2": ["trả lại", "", "thiếu quyết định"],
    "B010/A4.1": ["Chấp nhận"],
    "B035/B2.1": ["không áp dụng", "", "không có chỉ tiêu", "5/QĐ ngày 1/12/2026"],
}


def entered(workspace: Workspace) -> list[tuple[str, str, str, str]]:
    return [
        (entry.subject.partition("/")[2], entry.field, entry.old, entry.value)
        for entry in workspace.database.entries("score:2026/")
        if entry.field != "handed_in"
    ]


def workbook(workspace: Workspace, tmp_path: Path, typed: dict[str, list[Any]], **options: Any) -> Path:
    return fill(issued(workspace, "so-khcn")["so-khcn"].path, tmp_path / "in" / "a.xlsx", typed, **options)


def test_four_conclusions_are_entered_with_their_author_place_and_file(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    path = workbook(workspace, tmp_path, TYPED)
    run = collected(workspace, tmp_path / "in")
    assert run.problems == [] and run.deadline == date(2026, 12, 9)
    count = run.bodies["so-khcn"]
    assert (count.accepted, count.corrected, count.returned, count.left_out, count.open) == (1, 1, 1, 1, 29)
    assert entered(workspace) == [
        ("B010", "A2.6", "self", "verified"),
        ("B010", "A2.6/measure:agreements", "1", "2"),
        ("B010", "A3.2", "self", "returned"),
        ("B010", "A3.2/deadline", "", "2026-12-09"),
        ("B010", "A4.1", "self", "verified"),
        ("B035", "B2.1", "self", "verified"),
        ("B035", "B2.1/applies", "yes", "no"),
    ]
    first = next(entry for entry in workspace.database.entries("score:2026/B010") if entry.field == "A2.6")
    assert (first.author, first.role, first.stage, first.reason) == ("so-khcn", "verifier", "verified", "đếm lại")
    assert first.place == f"a.xlsx [tb-a-so-nganh] ô O{rows(path)['B010/A2.6'][1]}"
    kept = workspace.received("2026") / "tham-dinh" / f"{first.evidence}.xlsx"
    assert kept.read_bytes() == path.read_bytes()
    told = {entry.field: entry for entry in workspace.database.entries("review:2026/so-khcn")}
    assert (told["collected"].value, told["collected"].evidence) == ("1", first.evidence)
    assert told["collected"].source == "số 15/SKHCN ngày 20/12/2026"
    assert told["signed"].personal and told["signed"].value == "Người thẩm định: Trần B; thủ trưởng: Lê C"


def test_all_blanks_are_accepted_only_where_nothing_stands_in_the_way(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    blank = {**A_FIGURES, "initiatives": "", "agreements": ""}
    hand_in(workspace, "B010", "tb-a-so-nganh", blank, 2, judged=JUDGED, claims={"A2.6": "không có"})
    workbook(workspace, tmp_path, {"B010/A4.1": ["trả lại", "", "xem lại"]}, everything=["tb-a-so-nganh"])
    run = collected(workspace, tmp_path / "in")
    assert {problem.severity for problem in run.problems} == {NOTE}
    open_ones = sorted((problem.code, problem.message.split(" của ")[0].split()[-1]) for problem in run.problems)
    assert open_ones == [
        ("claim", "A2.6"),
        ("missing-figure", "A3.1"),
        ("missing-figure", "A3.1"),
        ("missing-figure", "A3.2"),
    ]
    assert [state(workspace, "B010", one) for one in ("A2.2", "A4.1", "A2.6", "A3.2")] == [
        "verified", "returned", "self", "self",
    ]  # fmt: skip
    assert state(workspace, "X1", "C1") == "self"  # another sheet, without its x
    assert run.bodies["so-khcn"].accepted == 24 - 4 - 1 and run.bodies["so-khcn"].open == 4 + 9


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    path = workbook(workspace, tmp_path, TYPED)
    assert not collected(workspace, tmp_path / "in").wrong
    head = workspace.database.head()
    run = collected(workspace, tmp_path / "in")
    assert run.same_files == ["a.xlsx"] and run.bodies == {} and workspace.database.head() == head
    fill(path, path, {})  # saved again: other bytes, the same content
    run = collected(workspace, tmp_path / "in", on=date(2027, 1, 5))
    assert not run.wrong and run.same_files == ["a.xlsx"] and workspace.database.head() == head


def test_a_later_edition_adds_and_repeats_and_mends_with_a_reason(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    source = issued(workspace, "so-khcn")["so-khcn"].path
    target = tmp_path / "in" / "a.xlsx"
    fill(source, target, TYPED)
    assert not collected(workspace, tmp_path / "in").wrong
    second = {
        **TYPED,
        "B010/A4.2": ["chấp nhận"],
        "B010/A4.1": ["sửa", "", "xem lại"],
        "B010/A4.1/measure:db_in_use": ["", 2],
    }
    fill(source, target, second)
    run = collected(workspace, tmp_path / "in")
    assert [problem.code for problem in run.problems] == ["form-older"] and state(workspace, "B010", "A4.2") == "self"
    fill(source, target, second, version=2)
    before = len(entered(workspace))
    run = collected(workspace, tmp_path / "in")
    assert run.problems == []
    assert entered(workspace)[before:] == [
        ("B010", "A4.1", "verified", "verified"),
        ("B010", "A4.1/measure:db_in_use", "3", "2"),
        ("B010", "A4.2", "self", "verified"),
    ]
    mending = {"B010/A4.2": ["không áp dụng", "", "", "6/QĐ"]}
    fill(source, target, mending, version=3)
    run = collected(workspace, tmp_path / "in")
    assert found(run) == [("reason", "tb-a-so-nganh", f"Q{rows(source)['B010/A4.2'][1]}")]


def test_what_the_unit_explained_goes_to_who_asked_and_an_old_return_is_not_repeated(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    source = issued(workspace, "so-khcn")["so-khcn"].path
    target = tmp_path / "in" / "a.xlsx"
    fill(source, target, TYPED)
    assert not collected(workspace, tmp_path / "in").wrong
    act = Act("B010", "A3.2", "explain", "unit", "B010", {"measure:initiatives": "2"}, explanation="đếm nhầm một")
    assert perform(bench(workspace).scope, [act]) == (1, [])
    fill(source, target, {**TYPED, "B010/A4.2": ["chấp nhận"]}, version=2)  # the old workbook, with its old return
    assert collected(workspace, tmp_path / "in").problems == [] and state(workspace, "B010", "A3.2") == "explained"
    fill(source, target, {**TYPED, "B010/A3.2": ["chấp nhận"]}, version=3)
    assert found(collected(workspace, tmp_path / "in")) == [
        ("review-stale", "tb-a-so-nganh", f"O{rows(source)['B010/A3.2'][1]}")
    ]
    again = issued(workspace, "so-khcn")["so-khcn"].path
    assert shown(again, "B010/A3.2/measure:initiatives", "H") == 2
    assert shown(again, "B010/A3.2", "L") == "Đã trả lại: thiếu quyết định\nGiải trình: đếm nhầm một"
    assert "Biểu tự chấm ghi Sáng kiến được công nhận và đã áp dụng: 3." in str(shown(again, "B010/A3.2", "N"))
    fill(again, target, {"B010/A3.2": ["trả lại", "", "thiếu quyết định"]})  # sent back once more, for the same reason
    assert collected(workspace, tmp_path / "in", on=date(2026, 12, 14)).deadline == date(2026, 12, 21)
    assert state(workspace, "B010", "A3.2") == "returned"


def test_a_newer_form_of_the_unit_refuses_its_rows_only(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    source = issued(workspace, "so-khcn")["so-khcn"].path
    hand_in(workspace, "X1", "tb-c-xa-phuong", {**C_FIGURES, "dx_done": "13"}, 2)
    target = tmp_path / "in" / "a.xlsx"
    fill(source, target, {"X1/C1": ["chấp nhận"], "X2/C1": ["chấp nhận"]})
    run = collected(workspace, tmp_path / "in")
    assert found(run) == [("review-stale", "tb-c-xa-phuong", f"O{rows(source)['X1/C1'][1]}")]
    assert "Phường Một đã gửi biểu mới (lần 2)" in run.problems[0].message and state(workspace, "X2", "C1") == "self"
    fill(source, target, {}, everything=["tb-c-xa-phuong"])
    run = collected(workspace, tmp_path / "in")
    assert not run.wrong and [state(workspace, one, "C1") for one in ("X1", "X2")] == ["self", "verified"]
    assert ("review-stale", NOTE) in {(problem.code, problem.severity) for problem in run.problems}


def test_disputes_about_the_register_are_settled_with_the_acts(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    enter_task(workspace, "5", "B010")
    enter_task(workspace, "6", "B010")
    disputes = [
        Dispute("5", "2026-06-20", "9/BC", "đã gửi"),
        Dispute("6", "", "", "không phải việc này"),
    ]
    hand_in(workspace, "B010", "tb-a-so-nganh", A_FIGURES, 2, judged=JUDGED, disputes=disputes)
    source = issued(workspace, "so-khcn")["so-khcn"].path
    place = rows(source)
    target = tmp_path / "in" / "a.xlsx"
    fill(source, target, {"B010/A1.1": ["chấp nhận"], "B010/A1.1/dispute:6": ["theo đơn vị"]})
    run = collected(workspace, tmp_path / "in")
    assert found(run) == [
        ("review-cell", "tb-a-so-nganh", f"O{place['B010/A1.1/dispute:5'][1]}"),
        ("task-field", "tb-a-so-nganh", f"O{place['B010/A1.1/dispute:6'][1]}"),
    ]
    typed = {"B010/A1.1/dispute:5": ["theo đơn vị"], "B010/A1.1/dispute:6": ["theo sổ", "", "đúng việc"]}
    fill(source, target, {"B010/A1.1": ["chấp nhận"], **typed})
    run = collected(workspace, tmp_path / "in")
    assert run.problems == [] and run.bodies["so-khcn"].settled == 2 and state(workspace, "B010", "A1.1") == "verified"
    result = load_register(workspace).tasks["5"].result("B010", "once")
    assert (result.finished, result.document) == (date(2026, 6, 20), "9/BC")
    entry = next(entry for entry in workspace.database.entries("result:5/B010") if entry.field == "finished")
    assert (entry.author, entry.role, entry.reason) == ("so-khcn", "verifier", "đã gửi")
    fill(source, target, {"B010/A1.1": ["chấp nhận"], **typed, "B010/A1.1/dispute:5": ["theo sổ"]}, version=2)
    taken_back = [("review-cell", "tb-a-so-nganh", f"O{place['B010/A1.1/dispute:5'][1]}")]
    assert found(collected(workspace, tmp_path / "in")) == taken_back
    settled = bench(workspace).settled("B010", "6")
    assert settled is not None and (settled.value, settled.reason) == ("theo sổ", "đúng việc")


def test_what_somebody_writes_meanwhile_is_looked_at(tmp_path: Path, monkeypatch: Any) -> None:
    """The form of the unit comes in between reading and entering."""
    from records.review import entering

    workspace = round_to_review(tmp_path)
    source = issued(workspace, "so-khcn")["so-khcn"].path
    fill(source, tmp_path / "in" / "a.xlsx", {"X1/C1": ["chấp nhận"]})
    kept: Callable[..., bool] = entering.keep_again
    called: list[str] = []

    def keep(form: ReadForm, *where: Any) -> bool:
        if not called:
            hand_in(workspace, "X1", "tb-c-xa-phuong", {**C_FIGURES, "dx_done": "13"}, 2)
        called.append(form.file.name)
        return kept(form, *where)

    monkeypatch.setattr(entering, "keep_again", keep)
    run = collected(workspace, tmp_path / "in")
    assert len(called) == 1 and [code for code, _, _ in found(run)] == ["review-stale"] and entered(workspace) == []


def test_what_a_panel_judges_is_not_accepted_here(tmp_path: Path, monkeypatch: Any) -> None:
    def with_panel(layout: Layout) -> dict[str, Reviewed]:
        made = reviewed(layout)
        return {**made, "A2.2": replace(made["A2.2"], panel="hội đồng")} if "A2.2" in made else made

    monkeypatch.setattr("records.life.scope.reviewed", with_panel)
    workspace = round_to_review(tmp_path)
    source = issued(workspace, "so-khcn")["so-khcn"].path
    fill(
        source,
        tmp_path / "in" / "a.xlsx",
        {"B010/A4.1": ["chấp nhận"], "B001/A2.2": ["trả lại", "", "thiếu hồ sơ"]},
        ["tb-a-so-nganh"],
    )
    run = collected(workspace, tmp_path / "in")
    assert (
        not run.wrong and state(workspace, "B001", "A2.2") == "returned" and state(workspace, "B010", "A2.2") == "self"
    )
    place = f"O{rows(source)['B010/A2.2'][1]}"
    assert [(problem.code, problem.severity) for problem in run.problems if problem.cell == place] == [
        ("panel-marks", NOTE)
    ]
    fill(source, tmp_path / "in" / "a.xlsx", {"B010/A2.2": ["chấp nhận"]}, version=2)
    assert found(collected(workspace, tmp_path / "in")) == [("panel-marks", "tb-a-so-nganh", place)]


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    workspace = round_to_review(tmp_path)
    (tmp_path / "in").mkdir()
    run = collected(workspace, tmp_path / "in")
    assert run.files == 0 and not run.wrong and [problem.code for problem in run.problems] == ["form-foreign"]
