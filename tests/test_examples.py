"""The 63 functions of real tables, the published cases, and every example on the page of the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from criteria.problems import errors
from tests.support.examples import ROOT, Example, differences, folder_examples, page_examples, run

FUNCTIONS = folder_examples(ROOT / "tests" / "functions")
CASES = folder_examples(ROOT / "tests" / "cases")

# The 63 scoring functions met in 41 real rule sets; a language that leaves one out cannot hold somebody's real standard.
NAMES = """thresholds tier start_minus yes_no count_cap choice scope bonus_cap rounding knockout best_of stages wsum linear ded_cap score_and range over100 tiebreak
count_nocap grade_cap index mean_periods missing dates signed quota step_rate nonlinear_occ lose_all mean_raters coef prev total_clamp min_pct rank_comp period_cap version
ratio_target lookup2d na_full na_reduce alt_path exclusive_items thr_attr fallthrough share outcome slope thr_linear zero_item stop phase minmax affine leader max_group
mean_thr percap cond_only rank_raw rank_class cross""".split()


def assert_holds(example: Example) -> None:
    """The example gives what it says, cell by cell, or the problems it says."""
    result, problems = run(example)
    if example.expected_error:
        assert {p.code for p in errors(problems)} >= set(example.expected_error), [p.text() for p in problems]
        return
    assert result is not None, "\n".join(p.text() for p in errors(problems))
    assert differences(result, example.expected) == []


@pytest.mark.parametrize("example", FUNCTIONS, ids=lambda e: e.name)
def test_function(example: Example) -> None:
    assert_holds(example)


@pytest.mark.parametrize("example", CASES, ids=lambda e: e.name)
def test_published_case(example: Example) -> None:
    assert_holds(example)


def test_every_function_has_an_example() -> None:
    assert len(NAMES) == 63
    assert sorted(path.name for path in (ROOT / "tests" / "functions").iterdir() if path.is_dir()) == sorted(NAMES)


def test_every_example_on_the_page(tmp_path: Path) -> None:
    examples = page_examples(ROOT / "docs" / "criteria-language.md", tmp_path)
    assert len(examples) >= 20
    for example in examples:
        assert_holds(example)


def test_row_order_changes_nothing(tmp_path: Path) -> None:
    """Reversing every table of every example changes no cell."""
    for example in [*FUNCTIONS, *CASES]:
        if example.table is None or example.expected_error:
            continue
        home = tmp_path / example.name
        home.mkdir(exist_ok=True)
        turned = Example(
            example.name,
            example.criteria,
            _reversed(example.table, home),
            {n: _reversed(p, home) for n, p in example.items.items()},
            _reversed(example.previous, home) if example.previous else None,
            example.options,
            example.expected,
        )
        result, problems = run(turned)
        assert result is not None, (example.name, problems)
        assert differences(result, example.expected) == [], example.name


def _reversed(path: Path, home: Path) -> Path:
    head, *rows = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    target = home / path.name
    target.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    return target
