"""Wordings held against each other word by word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.differences.words import word_changes


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "Hoàn thành các nhiệm vụ được giao",
            "Hoàn thành nhiệm vụ được giao",
            "Hoàn thành [-các-] nhiệm vụ được giao",
        ),
        ("đạt từ 80 % trở lên", "đạt từ 85,5 % trở lên", "đạt từ [-80-] {+85,5+} % trở lên"),
        (
            "Cải cách phương thức quản lý",
            "Cải cách phương thức quản lý, điều hành",
            "Cải cách phương thức quản lý{+, điều hành+}",
        ),
        ("giống hệt nhau", "giống hệt nhau", "giống hệt nhau"),
        ("một câu", "lời hoàn toàn khác", "[-một câu-] {+lời hoàn toàn khác+}"),
    ],
)
def test_what_goes_and_what_comes_is_marked(old: str, new: str, shown: str) -> None:
    assert word_changes(old, new) == shown


SENTENCES = st.lists(st.sampled_from(["xã", "phường", "12", "đạt", ",", "một", "năm"]), min_size=1, max_size=12).map(
    " ".join
)


@given(SENTENCES, SENTENCES)
def test_both_wordings_can_be_read_back(old: str, new: str) -> None:
    shown = word_changes(old, new)
    before = re.sub(r"\{\+.*?\+\}", " ", shown).replace("[-", " ").replace("-]", " ")
    after = re.sub(r"\[-.*?-\]", " ", shown).replace("{+", " ").replace("+}", " ")
    assert before.split() == old.split()
    assert after.split() == new.split()
