"""Ranks and quotas: what the page settles, reckoned by hand."""

from __future__ import annotations

from tests.oracle.test_oracle_readings import run


def test_sets_without_rank():
    text = "measures: {a: {label: A}}\ntree: %s"
    rows = ["id=X a=1", "id=Y a=2", "id=Z"]
    found = run(text % "[{id: A, text: t, max: 5, value: a}]", *rows)
    assert [found[i]["rank"] for i in "XYZ"] == [2, 1, 3]
    assert [found[i]["tied"] for i in "XYZ"] == [False, False, False]
    found = run(text % "null", *rows)
    assert [(found[i]["rank"], found[i]["tied"]) for i in "XYZ"] == [(None, None)] * 3
    found = run(text % "null\nrank: {by: a, ties: ask}", *rows, "id=W a=2")
    assert [found[i]["rank"] for i in "WXYZ"] == [1, 3, 1, None]
    assert [found[i]["tied"] for i in "WXYZ"] == [True, False, True, None]


def test_the_keys_of_a_rank():
    text = """
    measures: {a: {label: A}, b: {label: B}, c: {label: C}}
    tree: [{id: A, text: t, max: 5, value: a}, {id: B, text: t, max: 5, value: 5, less: [{value: b}]}]
    rank: {by: %s, then: [points(B)]}
    """
    rows = ["id=X a=1 b=1 c=1", "id=Y a=1 b= c=2", "id=Z a=1 b=4 c=0", "id=W a= b=0 c=1"]

    def ranks(by: str) -> list:
        found = run(text % by, *rows)
        return [found[i]["rank"] for i in "XYZW"]

    assert ranks("points(A)") == [1, 3, 2, None]
    assert ranks("1 / c") == [2, 3, None, 1]
    assert ranks("total") == [3, 1, 4, 2]  # 5, 6 so far, 2, 5 so far


def test_whom_a_quota_counts():
    text = """
    measures: {a: {label: A}, g: {label: G}, s: {label: S}}
    tree: [{id: A, text: t, max: %s, value: a}]
    gate: {need: g = 1}
    stop: {need: s = 1}
    grades: [{name: best, need: a >= 1, quota: {share: 50%%}}, {otherwise: low}]
    """
    rows = ["id=P a=4 g=1 s=1", "id=Q a=3 g=1 s=1", "id=R a=2 g=1 s=1"]

    def best(mark: str, *more: str) -> int:
        return sum(one["grade"] == "best" for one in run(text % mark, *rows, *more).values())

    assert best("9") == 1  # of 3
    assert best("9", "id=S a=1 g=0 s=1") == 2  # a gate leaves nobody out of the count
    assert best("9", "id=S a=1 g=1 s=0") == 1  # a stop does
    assert best("9", "id=S a=KAD g=1 s=1") == 1  # nothing in force
    assert best("none", "id=S a=0 g=1 s=1") == 2  # a set without marks
