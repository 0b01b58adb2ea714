"""Whatever stands in a criteria file, `check` answers with problems and never breaks; nor does the scoring of what it lets pass."""

from __future__ import annotations

import copy
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.loading import read_set
from criteria.problems import errors
from criteria.schema import schema
from records.tables.table_files import read_items, read_table
from reports.files import as_document, result_bytes
from scoring import score
from scoring.explanation import explain

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [
    *sorted(ROOT.glob("tests/functions/*/criteria.yaml")),
    *sorted(ROOT.glob("tests/cases/*/criteria.yaml")),
    *sorted(
        path for path in ROOT.glob("criteria/catalog/*/*.yaml") if path.name not in ("movement.yaml", "documents.yaml")
    ),
]
TREES = {path: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in SEEDS}
JUNK: list[Any] = [
    "",
    "x",
    "0",
    "-1",
    "0,75",
    "1.000",
    "1e400",
    "NaN",
    "inf",
    "9" * 60,
    "85%",
    "%",
    "true",
    "no",
    "none",
    "all",
    "31/02/2026",
    "2026-02-31",
    "a: b",
    "1/0",
    "((((",
    "max(",
    "'",
    "total",
    "grade",
    "share",
    "points(A)",
    "points(C1)",
    "pool.rank(total)",
    "prev(total)",
    "on(31)",
    "on(22.5)",
    "if(1, 2, 3)",
    "=HYPERLINK(1)",
    "A/B",
    "..",
    "\x7f",
    "a\nb",
    "😀",
    None,
    [],
    {},
    [[]],
    ["x"],
    ["1", "2"],
    [None],
    [{}],
    {"x": "1"},
    {"": ""},
    {"of": "total"},
    {"points": "1"},
    {"items": []},
    {"need": "total"},
    {"a": {"b": {"c": {}}}},
    [{"id": "A"}],
    {"id": "A", "text": "B", "max": "1", "full": "true"},
]
Place = tuple[Any, Any]


def places(tree: Any) -> Iterator[Place]:
    """Every (holder, key) of a YAML tree."""
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from places(tree[key])


SHORTEST: dict[str, Any] = {}  # for every key the shortest file that has it
for _tree in sorted(TREES.values(), key=lambda tree: len(str(tree))):
    for _holder, _key in places(_tree):
        if isinstance(_holder, dict):
            SHORTEST.setdefault(_key, _tree)
KEYS = sorted(SHORTEST)


@st.composite
def spoilt(draw: st.DrawFn, seeds: list[Path]) -> tuple[Path, str]:
    """A valid file after one to three accidents: a node lost, doubled, moved, wrapped or replaced by junk."""
    path = draw(st.sampled_from(seeds))
    tree = copy.deepcopy(TREES[path])
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(tree))
        if not found:
            break
        holder, key = found[draw(st.integers(0, len(found) - 1))]
        accident = draw(st.sampled_from(["junk", "junk", "junk", "lose", "double", "move", "wrap"]))
        if accident == "lose":
            del holder[key]
        elif accident == "junk":
            holder[key] = copy.deepcopy(draw(st.sampled_from(JUNK)))
        elif accident == "double" and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        elif accident == "wrap":
            holder[key] = draw(st.sampled_from([[holder[key]], {draw(st.sampled_from(KEYS)): holder[key]}]))
        else:
            other, name = found[draw(st.integers(0, len(found) - 1))]
            if isinstance(holder, dict) and draw(st.booleans()):
                key = draw(st.sampled_from(KEYS))
            holder[key] = copy.deepcopy(other[name])
    return path, yaml.dump(tree, allow_unicode=True, sort_keys=False)


FAST = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@FAST
@given(st.data())
def test_check_never_breaks(tmp_path: Path, data: st.DataObject) -> None:
    _, text = data.draw(spoilt(SEEDS))
    path = tmp_path / "criteria.yaml"
    path.write_text(text, encoding="utf-8")
    bound, problems = read_set(path)
    assert bound is not None or errors(problems)
    assert all(problem.message for problem in problems)


@FAST
@given(st.data())
def test_what_check_lets_pass_is_scored(tmp_path: Path, data: st.DataObject) -> None:
    seed, text = data.draw(spoilt([path for path in SEEDS if (path.parent / "table.csv").exists()]))
    path = tmp_path / "criteria.yaml"
    path.write_text(text, encoding="utf-8")
    bound, _ = read_set(path)
    if bound is None:
        return
    table, _ = read_table(seed.parent / "table.csv", bound)
    if table is None:
        return
    items = {name: read_items(seed.parent / f"items-{name}.csv", bound, name, table.ids)[0] for name in bound.tables}
    result = score(bound, table, {name: item for name, item in items.items() if item is not None}, period="2026-03")
    assert as_document(result, {})["candidates"]
    assert result_bytes(result, ".csv", {})
    for node, _ in result.printed:
        assert str(explain(result, result.ids[0], node))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=80), st.text("{}[]:,-#&*!|>'\"%@` \n\ta1.", max_size=60)))
def test_any_text_is_answered(tmp_path: Path, text: str) -> None:
    path = tmp_path / "criteria.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert errors(read_set(path)[1])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["table.csv", "table.xlsx", "table.txt", "table.xls"]))
def test_any_bytes_are_answered(tmp_path: Path, raw: bytes, name: str) -> None:
    bound, _ = read_set(ROOT / "tests/functions/affine/criteria.yaml")
    assert bound is not None
    (tmp_path / name).write_bytes(raw)
    table, problems = read_table(tmp_path / name, bound)
    assert (table is None) == bool(errors(problems))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.sampled_from(
                    ["X1", "X2", "0", "15", "87,25", "KAD", "có", "không", "đồng bằng", "=1+1", "1e400", "31/02/2026"]
                ),
                st.text(max_size=8),
            ),
            min_size=8,
            max_size=9,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_cells_are_answered(tmp_path: Path, rows: list[list[str]]) -> None:
    bound, _ = read_set(ROOT / "tests/broken/column-unknown/criteria.yaml")
    assert bound is not None
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as stream:
        csv.writer(stream).writerows([["id", "name", "area", "assigned", "done", "rate", "late", "plan"], *rows])
    table, problems = read_table(path, bound)
    assert (table is None) == bool(errors(problems))
    if table is not None:
        assert score(bound, table).size == len(table.ids)


def language_keys(schema: Any) -> Iterator[str]:
    """Every key of the criteria language."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}) if isinstance(schema.get("properties"), dict) else ()
        for value in schema.values():
            yield from language_keys(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from language_keys(value)


@pytest.mark.parametrize("junk", [["x"], {"x": "1"}, "5", None, [[{}]]], ids=str)
def test_wrong_kind_under_every_key(tmp_path: Path, junk: Any) -> None:
    """A list where a block is expected, a number where a list is expected, for every key of the language."""
    path = tmp_path / "criteria.yaml"
    for key in sorted(set(language_keys(schema())) & set(KEYS)):
        changed = copy.deepcopy(SHORTEST[key])
        holder = next(holder for holder, name in places(changed) if name == key and isinstance(holder, dict))
        holder[key] = junk
        path.write_text(yaml.dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")
        bound, problems = read_set(path)
        assert bound is not None or errors(problems), key
