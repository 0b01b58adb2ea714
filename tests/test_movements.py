"""The standards as files: the catalogue, and a second movement that proves that no province is in the code."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
import yaml

from criteria.loading import read_set
from criteria.movements.reading import CATALOG, DOCUMENTS, MOVEMENT, movements, read_documents, read_movement, set_files
from criteria.problems import errors
from criteria.schema import schema, schema_text
from records.tables.table_files import read_table
from scoring import explain, score
from tests.support.examples import ROOT
from thidua.demonstration.round import demonstrate

HOME = CATALOG / "thai-binh-2025-2030"
SECOND = ROOT / "tests" / "movements" / "hoa-sen-2026"
SETS = set_files(HOME)
PLAN = " ".join((ROOT / "tests" / "data" / "tieu-chuan-thi-dua-iv-2.txt").read_text(encoding="utf-8").split())


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_set_has_no_error(path: Path) -> None:
    bound, problems = read_set(path)
    assert errors(problems) == []
    assert bound is not None and bound.trial
    assert {p.code for p in problems} <= {"basis-replaced"}


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_full_marks_add_up_to_100(path: Path) -> None:
    bound, _ = read_set(path)
    assert bound is not None
    assert sum((part.max.static(None, {}) for part in bound.declaration.parts if part.max), Fraction(0)) == 100  # type: ignore[misc]


def atoms() -> dict[str, str]:
    """Ids of the 60 atoms with the file that holds them."""
    counts = {"A1": 3, "A2": 6, "A3": 3, "A4": 4, "A5": 3, "A6": 6, "B1": 3, "B2": 4, "D1": 2, "E1": 5, "E2": 5}
    found = {f"{dash}.{n}" for dash, count in counts.items() for n in range(1, count + 1)}
    found |= {"C1", "C2", "C3", "D2"} | {f"F{n}" for n in range(1, 13)}
    assert len(found) == 60
    where = {}
    for path in SETS:
        bound, _ = read_set(path)
        assert bound is not None
        for node in bound.nodes():
            if node.id in found:
                assert node.id not in where
                where[node.id] = path.stem
    assert set(where) == found
    return where


def test_all_60_atoms_are_there_once() -> None:
    assert len(atoms()) == 60


def test_every_quote_of_the_standards_is_verbatim() -> None:
    """Quotes of section IV.2 stand word for word in the plan's text."""
    checked = 0
    for path in SETS:
        bound, _ = read_set(path)
        assert bound is not None
        for node in bound.nodes():
            for clause in node.clause:
                if clause.basis == "kh-phong-trao" and clause.quote and (clause.place or "").startswith("IV.2"):
                    assert " ".join(clause.quote.split()) in PLAN, (node.id, clause.quote)
                    checked += 1
    assert checked >= 60


def test_nothing_unreadable_was_invented() -> None:
    """A document without number or date says what is open; the replaced plan warns."""
    register, problems = read_documents(HOME / DOCUMENTS)
    assert register is not None and errors(problems) == []
    by_id = {basis.id: basis for basis in register.documents}
    assert by_id["kh-phong-trao"].number is None and by_id["kh-phong-trao"].date is None
    for basis in register.documents:
        assert (basis.number and basis.date) or basis.open_question, basis.id
    assert by_id["kh-26-ubnd"].replaced_by and by_id["kh-26-ubnd"].replaced_from is None
    _, problems = read_set(HOME / "a-so-nganh.yaml")
    assert any(p.code == "basis-replaced" and "26/KH-UBND" in p.message for p in problems)


def test_optional_criteria_are_there_and_off() -> None:
    ids = set()
    for path in SETS:
        bound, _ = read_set(path)
        assert bound is not None
        for node in bound.declaration.tree or []:
            if node.id.startswith("AX"):
                assert not node.enabled
                ids.add(node.id.split(".")[0])
    assert ids >= {f"AX{n}" for n in range(1, 12)}


@pytest.mark.parametrize(("reading", "points"), [("class", "0"), ("place", "33.33")])
def test_both_readings_of_rank_1_to_2(tmp_path: Path, reading: str, points: str) -> None:
    """A commune first in its cụm and in class 3: the place counts, the class does not."""
    bound, problems = read_set(HOME / "c-xa-phuong.yaml", {"c3_reading": reading})
    assert bound is not None, problems
    columns = [name for name, column in bound.inputs.items() if column.required]
    row = dict.fromkeys(columns, "10") | {"cum": "Cụm 1", "dx_class": "3", "dx_value": "90"}
    other = row | {"dx_value": "50"}
    table = tmp_path / "table.csv"
    table.write_text(
        ",".join(["id", *columns])
        + "\n"
        + "\n".join(",".join([f"X{n}", *(r[c] for c in columns)]) for n, r in enumerate((row, other), 1))
        + "\n",
        encoding="utf-8",
    )
    found, problems = read_table(table, bound)
    assert found is not None, [p.text() for p in problems]
    result = score(bound, found)
    assert result.candidate("X1").criteria["C3"].points == Fraction(points)


def test_movement_file() -> None:
    for folder in [*movements(), SECOND]:
        movement, problems = read_movement(folder / MOVEMENT)
        assert movement is not None and errors(problems) == []


def test_the_measure_of_models_is_one_of_a_set(tmp_path: Path) -> None:
    for path in SECOND.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    place = tmp_path / MOVEMENT
    written = place.read_text(encoding="utf-8")
    for name, found in (("ponds", []), ("models", ["unknown-name"])):
        place.write_text(f"{written}\nmodels_measure: {name}\n", encoding="utf-8")
        assert [one.code for one in errors(read_movement(place)[1])] == found


def test_the_second_movement_scores(tmp_path: Path) -> None:
    bound, problems = read_set(SECOND / "ap.yaml")
    assert bound is not None and problems == []
    table = tmp_path / "ap.csv"
    table.write_text("id,name,bo,ponds,plan,ducks\nA1,Ấp Một,bờ đông,3,4,1\nA2,Ấp Hai,bờ tây,5,4,9\n", encoding="utf-8")
    found, _ = read_table(table, bound)
    assert found is not None
    result = score(bound, found, period="2026")
    one, two = result.candidate("A1"), result.candidate("A2")
    assert (one.total, one.grade, one.rank) == (
        Fraction("7.7"),
        "Ấp đang trồng",
        1,
    )  # 3/4 × 7 = 5.25 → 5.2 (half to even) + 2.5
    assert (two.total, two.grade, two.rank) == (Fraction(7), "Ấp đang trồng", 1)
    text = str(explain(result, "A1"))
    assert "Ban Quản lý hồ sen" in text and "3 / 4 hồ = 75 %; 75 % × 7 điểm" in text and "Thái Bình" not in text


def test_the_demo_of_the_second_movement(tmp_path: Path) -> None:
    lines = list(demonstrate(SECOND, tmp_path, 1))
    assert any("SỐ LIỆU MINH HỌA" in line for line in lines)
    assert (tmp_path / "hoa-sen-2026" / "ket-qua" / "2027" / "xep-hang-a-ap.xlsx").is_file()


def test_schema_accepts_what_check_accepts() -> None:
    """Editors see no error in the catalogue and in the examples, and one in a misspelt key."""
    validator = jsonschema.Draft202012Validator(schema())
    for path in [
        *SETS,
        *sorted((ROOT / "tests" / "functions").glob("*/criteria.yaml")),
        *sorted((ROOT / "tests" / "cases").glob("*/criteria.yaml")),
    ]:
        data = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
        found = [
            f"{path}: {'/'.join(str(p) for p in e.absolute_path)}: {e.message[:120]}"
            for e in validator.iter_errors(_keys_as_text(data))
        ]
        assert found == []
    wrong = yaml.safe_load((SECOND / "ap.yaml").read_text(encoding="utf-8")) | {"treee": []}
    assert list(validator.iter_errors(json.loads(json.dumps(wrong, default=str))))
    assert re.match(r"\{", schema_text())


def _keys_as_text(data: object) -> object:
    """JSON has text keys only; an editor reads YAML keys the same way."""
    if isinstance(data, dict):
        return {str(key): _keys_as_text(value) for key, value in data.items()}
    return [_keys_as_text(item) for item in data] if isinstance(data, list) else data
