"""Retention classes of a movement file: what is wrong with them is found at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from criteria.movements.reading import MOVEMENT as FILE
from criteria.movements.reading import read_movement
from criteria.problems import errors
from tests.rounds.support import MOVEMENT


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ("    levels: [tinh]\n    years: 20\n", "    levels: [tinh]\n", "wrong-value", "years, hoặc permanent"),
        ("    permanent: true\n", "    permanent: true\n    years: 5\n", "wrong-value", "years, hoặc permanent"),
        ("levels: [tinh]", "levels: [tinh, nha-nuoc]", "wrong-value", "“nha-nuoc” đã thuộc loại khác"),
        ("applies_to: [councils]", "applies_to: [councils]\n    levels: [co-so]", "wrong-value", "levels chỉ dùng"),
        ("class: khen-thuong-tinh", "class: danh-sach", "duplicate-id", "dùng hai lần trong retention"),
        ("levels: [tinh]", "levels: [huyen]", "wrong-value", "không được phép"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, code: str, word: str) -> None:
    folder = tmp_path / "m"
    shutil.copytree(MOVEMENT, folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    found = errors(read_movement(folder / FILE)[1])
    assert found and found[0].code == code and word in found[0].message, [one.text() for one in found]
    assert found[0].line > text[: text.index("retention:")].count("\n")


def test_the_catalogue_keeps_what_the_law_is_remembered_to_ask() -> None:
    """TT 10/2022/TT-BNV, of memory: every number a proposal, its mark in the note."""
    movement, problems = read_movement(MOVEMENT / FILE)
    assert movement is not None and errors(problems) == []
    told = {level: one for one in movement.retention for level in one.levels}
    assert {level: one.how_long for level, one in told.items()} == {
        "nha-nuoc": "vĩnh viễn",
        "tinh": "20 năm",
        "co-so": "10 năm",
    }
    assert all(one.status == "proposal" and (one.note or "").startswith("[M]") for one in told.values())
    assert {part for one in movement.retention for part in one.applies_to} == {"roster", "forms", "awards", "councils"}
