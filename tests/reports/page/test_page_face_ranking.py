"""Sorting, filtering, searching without diacritics, the heat map, what is open: each against plain Python on the same document."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tests.reports.page.conftest import Opened, words
from tests.reports.page.sample import page, shown

DATA = page(seed=11, units=45, pools=3)
GROUP = DATA["groups"][0]
UNITS = GROUP["units"]


# The red part of the middle of every cell, row by row, read from the canvas at once.
_RED = """([columns, rows]) => {
  const canvas = document.querySelector(".frame canvas");
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const at = (row, column) => 4 * ((34 + 22 * row + 11) * canvas.width + Math.floor((column + 0.5) * canvas.width / columns));
  return Array.from({length: rows}, (_, row) => Array.from({length: columns}, (_, column) => data[at(row, column)]));
}"""


def names(tab: Any) -> list[str]:
    return words(tab.locator("table.ranking tbody tr:visible th a"))


def head(tab: Any, label: str) -> Any:
    return tab.get_by_role("columnheader").filter(has_text=label)


def folded(text: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return plain.replace("đ", "d").replace("Đ", "D").lower()


def test_order_at_first_is_pool_then_place_and_the_unplaced_last(opened: Opened) -> None:
    tab = opened(DATA)
    assert names(tab) == [
        unit["name"] for unit in sorted(UNITS, key=lambda unit: (unit["rank"] is None, unit["pool"], unit["rank"] or 0))
    ]
    assert head(tab, "Hạng").first.get_attribute("aria-sort") == "ascending"


@pytest.mark.parametrize(
    ("label", "key", "descending"),
    [
        ("Tổng điểm", lambda unit: unit["total"], True),
        ("Tỷ lệ", lambda unit: float(unit["share"].replace(",", ".")), True),
        ("Còn mở", lambda unit: unit["open"], True),
        ("Cụm", lambda unit: unit["pool"], False),
    ],
)
def test_every_column_sorts_both_ways_and_keeps_the_order_of_equals(
    opened: Opened, label: str, key: Any, descending: bool
) -> None:
    tab = opened(DATA)
    units = {unit["name"]: unit for unit in UNITS}
    before = names(tab)
    button = head(tab, label).get_by_role("button")
    button.click()
    expected = sorted(before, key=lambda name: key(units[name]), reverse=descending)
    assert names(tab) == expected
    assert head(tab, label).get_attribute("aria-sort") == ("descending" if descending else "ascending")
    assert tab.locator('[aria-sort="ascending"], [aria-sort="descending"]').count() == 1
    button.click()
    assert names(tab) == sorted(expected, key=lambda name: key(units[name]), reverse=not descending)


def test_a_provisional_total_is_held_against_no_self_assessment(opened: Opened) -> None:
    """What nobody has verified yet is no over-claim: no difference is shown, and sorting puts it last."""
    tab = opened(DATA)
    units = {unit["name"]: unit for unit in UNITS}
    final = [name for name in names(tab) if not units[name]["provisional"]]
    assert 0 < len(final) < len(UNITS)
    for row in tab.locator("table.ranking tbody tr:visible").all():
        unit = units[words(row.locator("th a"))[0]]
        above = unit["self_total"] - unit["total"]
        sign = "+" if above > 0 else "−" if above < 0 else ""
        told = "kết quả tạm tính, chưa so được" if unit["provisional"] else f"{sign}{shown(abs(above))}"
        assert row.locator("small", has_text="tự chấm").inner_text() == f"tự chấm {shown(unit['self_total'])} ({told})"
    head(tab, "Kết quả và tự chấm").get_by_role("button").click()
    ordered = sorted(final, key=lambda name: units[name]["total"] - units[name]["self_total"])
    assert names(tab)[: len(final)] == ordered
    waits = next(unit for unit in UNITS if unit["provisional"])
    tab.evaluate("(id) => { location.hash = `#g=nhom-a&v=unit&u=${id}` }", waits["id"])
    figure = tab.locator("div.figure", has_text="Tự chấm")
    assert "kết quả tạm tính, chưa so được" in figure.inner_text()


def test_on_a_phone_the_chosen_group_is_in_sight(opened: Opened) -> None:
    tab = opened(DATA, width=360, place={"g": DATA["groups"][1]["id"], "v": "ranking"})
    chosen = tab.locator("#groups a[aria-current]").bounding_box()
    assert chosen["x"] >= 0 and chosen["x"] + chosen["width"] <= 360
    tab.evaluate("(id) => { location.hash = `#g=${id}&v=ranking` }", GROUP["id"])
    tab.wait_for_function("document.querySelector('#groups a').hasAttribute('aria-current')")
    assert tab.locator("#groups a[aria-current]").bounding_box()["x"] >= 0


def test_places_that_are_missing_stay_last_both_ways(opened: Opened) -> None:
    tab = opened(DATA)
    missing = {unit["name"] for unit in UNITS if unit["rank"] is None}
    assert missing and set(names(tab)[-len(missing) :]) == missing
    head(tab, "Hạng").first.get_by_role("button").click()
    assert set(names(tab)[-len(missing) :]) == missing


def test_names_sort_in_vietnamese_order(opened: Opened) -> None:
    data = page(units=7, details=False)
    wanted = ["Xã An 2", "Xã An 10", "Xã Ăn", "Xã Ân", "Xã Dân", "Xã Đan", "Xã E"]
    for unit, name in zip(data["groups"][0]["units"], [wanted[i] for i in (4, 2, 6, 0, 5, 3, 1)]):
        unit["name"] = name
    tab = opened(data)
    head(tab, "Đơn vị").get_by_role("button").click()
    assert names(tab) == wanted


@pytest.mark.parametrize("typed", ["duc thinh", "DONG HOA", "Ước lễ", "a00", "cong ty 1"])
def test_search_needs_no_diacritics_and_says_how_many(opened: Opened, typed: str) -> None:
    tab = opened(DATA)
    tab.keyboard.press("/")
    tab.keyboard.type(typed)
    wanted = [
        unit["name"]
        for unit in UNITS
        if all(word in folded(f"{unit['id']} {unit['name']} {unit['note']}") for word in folded(typed).split())
    ]
    assert wanted and sorted(names(tab)) == sorted(wanted)
    assert tab.locator("output.count").inner_text() == f"Đang hiện {len(wanted)} trong 45 đơn vị"
    tab.keyboard.press("Escape")
    assert len(names(tab)) == 45


def test_filters_together(opened: Opened) -> None:
    tab = opened(DATA)
    tab.get_by_label("Cụm").select_option("Cụm 2")
    tab.locator('[data-label="Cụm"]').first.wait_for(state="detached")  # the pool stands in the address: drawn anew
    tab.get_by_label("Xếp loại").select_option("Đạt")
    tab.get_by_label("Còn việc mở").check()
    wanted = [unit["name"] for unit in UNITS if (unit["pool"], unit["grade"]) == ("Cụm 2", "Đạt") and unit["open"]]
    assert wanted and sorted(names(tab)) == sorted(wanted)
    tab.get_by_label("Còn việc mở").uncheck()
    tab.get_by_label("Xếp loại").select_option("*")
    tab.get_by_label("Không có thứ hạng").check()
    assert sorted(names(tab)) == sorted(
        unit["name"] for unit in UNITS if unit["pool"] == "Cụm 2" and unit["rank"] is None
    )


def test_open_things_by_whom_they_wait_for(opened: Opened) -> None:
    tab = opened(DATA, place={"g": GROUP["id"], "v": "open"})
    who = GROUP["open"][0]["who"]
    tab.get_by_label("Đang chờ").select_option(who)
    count = sum(one["who"] == who for one in GROUP["open"])
    assert tab.locator("table.waiting tbody tr:visible").count() == count
    assert tab.locator("output.count").inner_text() == f"Đang hiện {count} trong {len(GROUP['open'])} việc"


def test_map_is_painted_by_share_and_read_by_keys_and_mouse(opened: Opened) -> None:
    tab = opened(DATA, place={"g": GROUP["id"], "v": "map"})
    leaves = [index for index, one in enumerate(GROUP["criteria"]) if one["kind"] != "part"]
    order = sorted(UNITS, key=lambda unit: (unit["rank"] is None, unit["pool"], unit["rank"] or 0))
    canvas = tab.locator(".frame canvas")
    tab.wait_for_timeout(100)
    light = tab.evaluate(_RED, [len(order), len(leaves)])
    for row, index in enumerate(leaves):
        if GROUP["criteria"][index]["kind"] == "leaf":
            full = {
                light[row][column]
                for column, unit in enumerate(order)
                if unit["states"][index] == "s" and unit["points"][index] == 500
            }
            half = {
                light[row][column]
                for column, unit in enumerate(order)
                if unit["states"][index] == "s" and unit["points"][index] <= 300
            }
            assert full <= {10} and (not half or min(half) > 90)
    canvas.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        tab.keyboard.press(key)
    said, unit, criterion = tab.locator(".said").inner_text(), order[2], GROUP["criteria"][leaves[1]]
    assert said.startswith(unit["name"]) and f"{criterion['id']} {criterion['text']}" in said
    box = canvas.bounding_box()
    tab.mouse.move(box["x"] + box["width"] * 4.5 / len(order), box["y"] + 34 + 22 * 3 + 8)
    assert tab.locator(".said").inner_text().startswith(order[4]["name"])
    tab.mouse.click(box["x"] + box["width"] * 4.5 / len(order), box["y"] + 34 + 22 * 3 + 8)
    tab.locator("table.criteria").wait_for()
    assert tab.locator("h2").inner_text().startswith(order[4]["name"])
    assert tab.locator('button[aria-expanded="true"] .mark').inner_text() == GROUP["criteria"][leaves[3]]["id"]
