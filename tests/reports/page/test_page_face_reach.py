"""Who else has to get through: keyboard, screen reader, phone, paper, a browser without the newest, a file cut in two, no script."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader

from tests.reports.page.conftest import Opened, words
from tests.reports.page.sample import page, shown

DATA = page(seed=21, units=60, pools=2, parts=4, leaves=5)
GROUP = DATA["groups"][0]
UNITS = GROUP["units"]
VIEWS = ["ranking", "map", "unit", "compare", "open", "about"]
STAMP = "SỐ LIỆU MINH HỌA"


def place(view: str, **more: str) -> dict[str, str]:
    return {"g": GROUP["id"], "v": view, **more}


def printed(tab: Any) -> list[str]:
    """The text of every page of paper, without spaces."""
    return [
        "".join((sheet.extract_text() or "").split())
        for sheet in PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages
    ]


@pytest.mark.parametrize("width", [360, 1024])
def test_no_view_is_wider_than_the_window(opened: Opened, width: int) -> None:
    tab = opened(DATA, width=width)
    for view in VIEWS:
        asked = urlencode(place(view, u=UNITS[2]["id"], b=UNITS[5]["id"], c="P1.2"))
        tab.evaluate("(address) => { location.hash = address }", "#" + asked)
        tab.wait_for_function("(view) => document.documentElement.dataset.view === view", arg=view)
        tab.wait_for_timeout(50)
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width, view
        tab.evaluate("window.scrollTo(0, 900)")
        assert tab.locator("#stamps li").first.bounding_box()["y"] >= 0, view  # stays in sight


@pytest.mark.parametrize("view", VIEWS)
def test_everything_that_can_be_used_has_a_name(opened: Opened, view: str) -> None:
    tab = opened(DATA, place=place(view, u=UNITS[2]["id"], b=UNITS[5]["id"], c="P1.2"))
    tab.locator("tr.later").first.wait_for(state="detached")  # laid out, as all rows are soon
    nodes = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    usable = {
        "button",
        "link",
        "checkbox",
        "combobox",
        "searchbox",
        "columnheader",
        "rowheader",
        "table",
        "navigation",
        "application",
    }
    seen = [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes if not node["ignored"]
    ]
    found = [(role, name) for role, name in seen if role in usable]
    assert len(found) > 12 and [role for role, name in found if not name] == []
    assert tab.evaluate("document.documentElement.lang") == "vi"
    assert tab.locator("h1").count() == 1 and tab.locator("h2").count() == 1
    if view == "ranking":  # also the rows that the browser has not laid out
        assert sum(role == "rowheader" for role, _ in seen) == len(UNITS)
        assert sum(role == "columnheader" for role, _ in seen) == 10


def test_find_in_page_reaches_rows_out_of_sight(opened: Opened) -> None:
    tab = opened(DATA)
    assert tab.evaluate("(name) => window.find(name)", UNITS[-1]["name"])
    assert tab.evaluate("window.scrollY") > 500


def test_from_the_file_to_a_criterion_and_back_by_keyboard_alone(opened: Opened) -> None:
    tab = opened(DATA)
    press = tab.keyboard.press
    press("Tab")
    assert tab.evaluate("document.activeElement.id") == "skip"
    press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    press("/")
    assert tab.evaluate("document.activeElement.id") == "search"
    tab.keyboard.type(UNITS[7]["id"].lower())
    for _ in range(40):
        press("Tab")
        if tab.evaluate("document.activeElement.matches('tbody a')"):
            break
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    press("Enter")
    tab.locator("table.criteria").wait_for()
    assert tab.evaluate("document.activeElement.tagName") == "H2"
    for _ in range(40):
        press("Tab")
        if tab.evaluate("document.activeElement.matches('button.opens')"):
            break
    press("Enter")
    assert tab.locator("#below-0").is_visible() and "c=P1" in tab.url
    press("Escape")
    assert not tab.locator("#below-0").is_visible()
    assert tab.evaluate("document.activeElement.matches('button.opens')")
    tab.go_back()
    tab.locator("table.ranking").wait_for()
    assert tab.locator("#search").input_value() == UNITS[7]["id"].lower()  # as it was left


def test_ranking_on_paper_is_whole_with_headings_stamps_and_receipt(opened: Opened) -> None:
    sheets = printed(opened(DATA))
    text = "".join(sheets)
    assert len(sheets) > 2
    for unit in UNITS:
        assert "".join(unit["name"].split()) in text and shown(unit["total"]) in text
    for number, sheet in enumerate(sheets, 1):
        assert "".join(STAMP.split()) in sheet and "điểmthử,chưađượccấpcóthẩmquyềnquyếtđịnh" in sheet
        assert f"Trang{number}/{len(sheets)}" in sheet
        assert "Tổngđiểm/tốiđa" in sheet or "".join(UNITS[-1]["name"].split()) in "".join(sheets[: number - 1])
    assert "0f3c" * 16 in sheets[-1]
    assert "Intrangđangxem" not in text and "Sosánh" not in text


def test_unit_on_paper_has_all_criteria_open(opened: Opened) -> None:
    unit = UNITS[3]
    tab = opened(DATA, place=place("unit", u=unit["id"]))
    tab.get_by_role("button", name="Mở tất cả").click()
    tab.get_by_text("Qua các bước").first.wait_for()
    sheets = printed(tab)
    text = "".join(sheets)
    for index, criterion in enumerate(GROUP["criteria"]):
        assert "".join(f"5,00 × {700 + index}/1.000 = {shown(unit['points'][index])}".split()) in text
        assert "".join(criterion["rule"].split()) in text
    assert all("".join(STAMP.split()) in sheet for sheet in sheets)


@pytest.mark.parametrize("view", ["map", "compare", "open", "about"])
def test_every_view_on_paper_is_stamped(opened: Opened, view: str) -> None:
    tab = opened(DATA, place=place(view, u=UNITS[2]["id"], b=UNITS[5]["id"]))
    tab.wait_for_timeout(100)
    assert all("".join(STAMP.split()) in sheet for sheet in printed(tab))


def test_an_old_browser_keeps_the_ranking_and_is_told_what_it_needs(opened: Opened) -> None:
    tab = opened(DATA, script="delete window.DecompressionStream;")
    assert tab.locator("table.ranking tbody tr").count() == len(UNITS)
    tab.locator("table.ranking tbody a").first.click()
    assert "cần trình duyệt Chrome hoặc Edge bản 103" in tab.get_by_role("alert").inner_text()
    tab.locator("button.opens").nth(1).click()
    assert GROUP["criteria"][1]["clauses"][0] in " ".join(tab.locator("#below-1").inner_text().split())


def test_a_damaged_file_says_so(opened: Opened) -> None:
    data = page(seed=21, units=10)
    data["groups"][0]["details"][0]["data"] = data["groups"][0]["details"][0]["data"][:-40]
    tab = opened(data, place={"g": "nhom-a", "v": "unit"})
    assert "Không mở được phần chi tiết" in tab.get_by_role("alert").inner_text()


def test_without_script_the_page_says_what_it_needs(opened: Opened) -> None:
    tab = opened(DATA, java_script_enabled=False)
    assert "Trang này cần JavaScript" in tab.locator("noscript").inner_text()
    assert STAMP in words(tab.locator("#stamps li"))
    assert DATA["title"] == tab.locator("h1").inner_text()


def test_public_page_without_self_open_and_details(opened: Opened) -> None:
    data = page(seed=4, units=12, public=True, details=False)
    tab = opened(data)
    labels = words(tab.locator("table.ranking thead button"))
    assert "Kết quả và tự chấm" not in labels and "So với tối đa" in labels
    assert "Còn mở" not in words(tab.locator("#views a"))
    tab.locator("table.ranking tbody a").first.click()
    assert words(tab.locator("table.criteria thead th")) == ["Tiêu chí", "Điểm", "Tối đa"]
    tab.get_by_role("button", name="Mở tất cả").click()
    assert "tự chấm" not in tab.locator("main").inner_text().lower()


def test_a_group_of_persons_is_a_plain_list(opened: Opened) -> None:
    data = page(seed=4, units=8, public=True)
    person = {"name": "Nguyễn Văn An", "post": "Chuyên viên", "unit": "Sở Minh họa", "award": "được đề nghị: Bằng khen"}
    empty: dict[str, Any] = {
        "criteria": [],
        "units": [],
        "keys": [],
        "open": [],
        "details": [],
        "grades": [],
        "bases": [],
        "stamps": [],
    }
    data["groups"].append(
        {"id": "e", "letter": "e", "group": "Cá nhân", "title": "Cá nhân", "places": 2, "pool_label": "", **empty}
    )
    data["groups"][-1] |= {"people": [person], "notice": ["Chỉ nêu người được đề nghị."]}
    tab = opened(data)
    tab.locator("#groups a").nth(2).click()
    tab.locator("table.people").wait_for()
    assert words(tab.locator("table.people tbody th, table.people tbody td")) == list(person.values())
    assert words(tab.locator("#views a")) == ["Danh sách", "Về trang này"]
    assert "Chỉ nêu người được đề nghị." in tab.locator("main").inner_text()


def test_back_returns_to_the_row_that_was_left(opened: Opened) -> None:
    tab = opened(DATA)
    link = tab.locator("table.ranking tbody a").nth(40)
    link.scroll_into_view_if_needed()
    tab.wait_for_timeout(100)
    before = tab.evaluate("window.scrollY")
    link.click()
    tab.locator("table.criteria").wait_for()
    assert before > 300 and tab.evaluate("window.scrollY") == 0
    tab.go_back()
    tab.locator("table.ranking").wait_for()
    tab.wait_for_timeout(100)
    assert abs(tab.evaluate("window.scrollY") - before) < 60


def test_steps_stay_in_the_pool_of_the_unit(opened: Opened) -> None:
    pool = [unit for unit in UNITS if unit["pool"] == "Cụm 2" and unit["rank"]]
    tab = opened(DATA, place=place("unit", u=pool[0]["id"]))
    assert tab.get_by_role("link", name="‹ Ngay trên").count() == 0
    tab.get_by_role("link", name="Ngay dưới ›").click()
    tab.locator("h2").filter(has_text=pool[1]["name"]).wait_for()
    tab.get_by_role("link", name="So với đơn vị ngay trên").click()
    tab.locator("table.sides").wait_for()
    assert words(tab.locator(".sides thead a")) == [pool[0]["name"], pool[1]["name"]]
