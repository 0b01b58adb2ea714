"""What a movement file may say about several periods: everything wrong is found, with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from criteria.declarations.movement import Movement
from criteria.movements.reading import MOVEMENT as FILE
from criteria.movements.reading import read_movement
from criteria.problems import Problem, errors
from tests.rounds.support import MOVEMENT

WEIGHTS = '{"2025": 1, "2026": 2, "2027-h1": 0.5}'


def read_with(folder: Path, old: str, new: str) -> tuple[Movement | None, list[Problem], int]:
    """The catalogue's file with its first `old` replaced; the line of that place."""
    shutil.copytree(MOVEMENT, folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    (folder / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    movement, problems = read_movement(folder / FILE)
    return movement, errors(problems), line


def first_rule() -> str:
    """The rule of group a at the first occasion, as it is written."""
    text = (MOVEMENT / FILE).read_text(encoding="utf-8")
    return next(line.strip() for line in text.splitlines() if line.strip().startswith("- {group: a, status: proposal"))


def test_the_catalogue_states_proposals_for_every_group() -> None:
    movement, problems = read_movement(MOVEMENT / FILE)
    assert movement is not None and errors(problems) == []
    for occasion in movement.occasions:
        assert [rule.group for rule in occasion.combine] == [group.letter for group in movement.groups]
        assert {rule.status for rule in occasion.combine} == {"proposal"}
    assert movement.inheritance is not None and movement.inheritance.status == "proposal"
    assert movement.part_year is not None and movement.part_year.status == "proposal"


@pytest.mark.parametrize(
    ("rule", "code", "said"),
    [
        ("group: z, how: mean", "unknown-name", "Không có nhóm “z”"),
        ("group: b, how: mean", "duplicate-id", "khai hai lần"),
        ("group: a, how: median", "wrong-value", "median"),
        ('group: a, how: mean, rounds: ["2024"]', "unknown-name", "Kỳ “2024”"),
        ('group: a, how: mean, rounds: ["2026", "2025"]', "wrong-value", "thứ tự thời gian"),
        ("group: a, how: weighted", "missing-key", "2025, 2026, 2027-h1"),
        ('group: a, how: weighted, weights: {"2025": 1, "2026": 0, "2027-h1": 1}', "wrong-value", "lớn hơn 0"),
        ('group: a, how: weighted, weights: {"2025": 1, "2026": x, "2027-h1": 1}', "number", "không phải một trọng số"),
        (f"group: a, how: mean, weights: {WEIGHTS}", "wrong-value", "chỉ dùng với how: weighted"),
        ("group: a, set: tb-x, how: mean", "unknown-name", "không có bộ tiêu chí “tb-x”"),
        ("group: a, how: best, weigh_by: days", "wrong-value", "không dùng trọng số"),
        ("group: a, how: mean, least_periods: 4", "wrong-value", "Cần 4 kỳ, mà chỉ gộp 3 kỳ"),
        ('group: a, how: mean, minimum_grade: {grade: "Giỏi"}', "unknown-name", "không có mức “Giỏi”"),
        ('group: a, how: mean, minimum_grade: {grade: "Chưa đạt", periods: nhiều}', "wrong-value", "nhiều"),
        ('group: a, how: mean, consecutive: {grade: "Chưa đạt", periods: 4}', "wrong-value", "Cần 4 kỳ"),
        ("group: a, how: mean, status: decided", "missing-key", "chưa ghi văn bản quyết định"),
        ("group: a, how: mean, then: [coin]", "wrong-value", "coin"),
        ("group: a, how: mean, harmonic: 1", "unknown-key", "harmonic"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_line(tmp_path: Path, rule: str, code: str, said: str) -> None:
    _, problems, line = read_with(tmp_path / "m", first_rule(), "- {" + rule + "}")
    assert code in [problem.code for problem in problems], problems
    found = next(problem for problem in problems if problem.code == code)
    assert said in found.message and found.line in (line, line + 1) and found.file.endswith(FILE)


@pytest.mark.parametrize(
    "rule",
    [
        f"group: a, how: weighted, weights: {WEIGHTS}, status: decided, decided_by: 1/QĐ-UBND",
        'group: a, how: last, until: 2027-09-30, minimum_grade: {grade: "Đạt tiêu chuẩn thi đua", periods: 2}',
        "group: a, set: tb-a-so-nganh, how: sum, of: total, then: total_of_last",
    ],
)
def test_rules_that_can_be(tmp_path: Path, rule: str) -> None:
    movement, problems, _ = read_with(tmp_path / "m", first_rule(), "- {" + rule + "}")
    assert movement is not None and problems == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("merge: mean_of_predecessors", "merge: successor", "wrong-value"),
        ("part_year: {status: proposal", "part_year: {status: decided", "missing-key"),
        ("least_days: 183", "least_days: 400", "wrong-value"),
        ("awards: none", "awards: half", "wrong-value"),
    ],
)
def test_what_is_said_of_reorganised_bodies(tmp_path: Path, old: str, new: str, code: str) -> None:
    _, problems, line = read_with(tmp_path / "m", old, new)
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


def test_one_word_stands_for_all_kinds(tmp_path: Path) -> None:
    old = "results: {merge: mean_of_predecessors, split: successor, continued: successor}"
    movement, problems, _ = read_with(tmp_path / "m", old, "results: best_of_predecessors")
    assert movement is not None and problems == [] and movement.inheritance is not None
    results = movement.inheritance.results
    assert {results.merge, results.split, results.continued} == {"best_of_predecessors"}
