"""Two units side by side: every number is that of the document, and the differences add up or the rest is said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.reports.page.conftest import Opened, cell, words
from tests.reports.page.sample import page, shown, signed

DATA = page(seed=3, units=24, pools=2)
SCALED = page(seed=3, units=24, pools=2, factor=93)


def compare(opened: Opened, data: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> Any:
    return opened(data, place={"g": data["groups"][0]["id"], "v": "compare", "u": one["id"], "b": other["id"]})


def gaps(group: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> dict[str, int]:
    """Difference of every leaf by its id; a deduction counts against."""
    found = {}
    for index, criterion in enumerate(group["criteria"]):
        if criterion["kind"] != "part":
            sign = -1 if criterion["kind"] == "less" else 1
            found[criterion["id"]] = sign * ((one["points"][index] or 0) - (other["points"][index] or 0))
    return found


@pytest.mark.parametrize("data", [DATA, SCALED], ids=["plain sum", "coefficient"])
@pytest.mark.parametrize(("first", "second"), [(0, 9), (9, 0), (2, 14), (20, 1)])
def test_differences_are_those_of_the_points(opened: Opened, data: dict[str, Any], first: int, second: int) -> None:
    group = data["groups"][0]
    one, other = group["units"][first], group["units"][second]
    tab = compare(opened, data, one, other)
    rows = tab.locator("table.differences tbody tr")
    found = {row.locator(".mark").inner_text(): cell(row, "Chênh lệch") for row in rows.all()}
    wanted = gaps(group, one, other)
    assert {name: text for name, text in found.items() if text != "0,00"} == {
        name: signed(gap) for name, gap in wanted.items() if gap
    }
    sizes = [abs(wanted[name]) for name in found]
    assert sizes == sorted(sizes, reverse=True)
    if first > second:
        assert any(text.startswith("−") for text in found.values())
    total, added = one["total"] - other["total"], sum(wanted.values())
    assert tab.locator("#sum").inner_text() == signed(added)
    said = tab.locator("#remainder").inner_text()
    if total == added:
        assert said == f"Chênh lệch tổng điểm: {signed(total)}, đúng bằng tổng các chênh lệch trên."
    else:
        assert said.startswith(
            f"Chênh lệch tổng điểm: {signed(total)}; các tiêu chí trên: {signed(added)}; còn lại {signed(total - added)} do hệ số"
        )
        assert f"P1 {group['criteria'][0]['text']}: {signed(total - added)}" in tab.locator(".remainder").inner_text()


def test_a_coefficient_leaves_a_rest(opened: Opened) -> None:
    group = SCALED["groups"][0]
    rests = [a["total"] - b["total"] - sum(gaps(group, a, b).values()) for a in group["units"] for b in group["units"]]
    assert any(rests)


def test_points_of_both_stand_beside_each_other(opened: Opened) -> None:
    group = DATA["groups"][0]
    one, other = group["units"][1], group["units"][6]
    tab = compare(opened, DATA, one, other)
    for row in tab.locator("table.differences tbody tr").all():
        index = next(i for i, c in enumerate(group["criteria"]) if c["id"] == row.locator(".mark").inner_text())
        for unit in (one, other):
            points = unit["points"][index]
            sign = -1 if group["criteria"][index]["kind"] == "less" else 1
            wanted = shown(sign * points) if unit["states"][index] == "s" else DATA["states"][unit["states"][index]]
            assert cell(row, unit["name"]) == wanted


def test_equal_totals_name_the_tie_break(opened: Opened) -> None:
    group = DATA["groups"][0]
    pairs = [
        (a, b) for a in group["units"] for b in group["units"] if a["pool"] == b["pool"] and a["rank"] and b["rank"]
    ]
    one, other = next(
        (a, b) for a, b in pairs if a["total"] == b["total"] and a["grade"] == b["grade"] and a["rank"] < b["rank"]
    )
    tab = compare(opened, DATA, one, other)
    said = " ".join(tab.locator(".decided").inner_text().split())
    assert f"Điều quyết định Điểm Phần 1: {one['keys'][2][1]} so với {other['keys'][2][1]}." in said
    assert "Bằng nhau ở Mức xếp loại, Tổng điểm." in said
    assert words(tab.locator("tr.decides th")) == ["Điểm Phần 1 quyết định"]


def test_units_equal_in_everything_share_the_place(opened: Opened) -> None:
    group = DATA["groups"][0]
    tied = [unit for unit in group["units"] if unit["tied"]]
    one, other = next(
        (a, b) for a in tied for b in tied if a is not b and a["pool"] == b["pool"] and a["rank"] == b["rank"]
    )
    tab = compare(opened, DATA, one, other)
    assert tab.locator("h2").inner_text() == f"{one['name']} đồng hạng với {other['name']}"
    assert "Bằng nhau ở mọi tiêu chí xếp hạng nên đồng hạng." in tab.locator(".decided").inner_text()


def test_eligibility_grade_and_pools_come_before_points(opened: Opened) -> None:
    group = DATA["groups"][0]
    out = next(unit for unit in group["units"] if unit["rank"] is None)
    here = next(unit for unit in group["units"] if unit["rank"] and unit["pool"] == out["pool"])
    away = next(
        unit
        for unit in group["units"]
        if unit["rank"] and unit["pool"] != here["pool"] and unit["grade"] != here["grade"]
    )
    tab = compare(opened, DATA, out, here)
    said = words(tab.locator(".decided dt"))
    assert said[:2] == ["Điều kiện", "Không xếp hạng"] and "Điều quyết định" not in said
    assert tab.locator("tr.decides").count() == 0
    assert tab.locator("h2").inner_text() == f"Vì sao {here['name']} có thứ hạng, {out['name']} không có"
    tab = compare(opened, DATA, here, away)
    said = tab.locator(".decided").inner_text()
    assert (
        "Thứ hạng tính riêng trong từng cụm, không so trực tiếp." in said
        and "đứng trên" not in tab.locator("h2").inner_text()
    )
    assert re.search(r"Xếp loại\s+" + re.escape(here["grade"]), said)


def test_sides_change_and_others_can_be_chosen(opened: Opened) -> None:
    units = DATA["groups"][0]["units"]
    tab = compare(opened, DATA, units[0], units[1])
    tab.get_by_role("button", name="Đổi bên").click()
    assert words(tab.locator(".sides thead a")) == [units[1]["name"], units[0]["name"]]
    tab.get_by_label("Đơn vị thứ hai").select_option(units[7]["id"])
    assert words(tab.locator(".sides thead a")) == [units[1]["name"], units[7]["name"]]
    tab.go_back()
    tab.wait_for_function("document.querySelectorAll('.sides thead a')[1].textContent === " + repr(units[0]["name"]))
