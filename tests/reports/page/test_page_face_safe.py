"""Text of units is hostile: it stays text, runs nothing, asks for nothing. The fixture holds every tab to no request, dialog, violation."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from reports.page.html import SCRIPTS, page_html
from tests.reports.page.conftest import Opened, words
from tests.reports.page.sample import HOSTILE, page

HOSTILE_PAGE = page(seed=2, units=20, pools=2, hostile=True)


class _Elements(HTMLParser):
    """Every element with its text; script and style as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1][2].append(data)


def test_hostile_text_makes_no_element_and_comes_back_whole() -> None:
    text = page_html(HOSTILE_PAGE)
    found = _Elements(text).found
    scripts = [(attrs, "".join(inside)) for tag, attrs, inside in found if tag == "script"]
    assert [tag for tag, _, _ in found if tag in ("img", "iframe", "object", "link", "base")] == []
    assert len([attrs for attrs, _ in scripts if not attrs]) == len(SCRIPTS)
    data = json.loads(next(inside for attrs, inside in scripts if attrs.get("id") == "page-data"))
    for made, given in zip(data["groups"], HOSTILE_PAGE["groups"], strict=True):
        assert made["units"] == given["units"] and made["criteria"] == given["criteria"]
    chunks = {
        attrs["id"]: json.loads(inside) for attrs, inside in scripts if (attrs.get("id") or "").startswith("details-")
    }
    wanted = {
        f"details-{n}-{k}": chunk["data"]
        for n, group in enumerate(HOSTILE_PAGE["groups"])
        for k, chunk in enumerate(group["details"])
    }
    assert chunks == wanted


def test_policy_lets_in_our_own_style_and_script_and_nothing_else() -> None:
    text = page_html(HOSTILE_PAGE)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy[1].split("; ")}
    assert rules["default-src"] == ["'none'"] and "unsafe" not in policy[1] and "http" not in policy[1]
    for kind, opening in (("script-src", "<script>"), ("style-src", "<style>")):
        closing = opening.replace("<", "</")
        inside = [part.split(closing)[0] for part in text.split(opening)[1:]]
        assert rules[kind] == [
            f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in inside
        ]


def test_same_bytes_twice_and_the_document_is_left_alone() -> None:
    data = page(seed=9, units=12)
    before = json.dumps(data, ensure_ascii=False)
    assert page_html(data) == page_html(data)
    assert json.dumps(data, ensure_ascii=False) == before


def test_no_script_writes_markup() -> None:
    text = page_html(page(units=3))
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "fetch(",
        "XMLHttpRequest",
    ):
        assert forbidden not in text


@pytest.mark.parametrize("view", ["ranking", "map", "unit", "compare", "open", "about"])
def test_every_view_shows_hostile_text_as_text(opened: Opened, view: str) -> None:
    group = HOSTILE_PAGE["groups"][0]
    units = group["units"]
    tab = opened(HOSTILE_PAGE, place={"g": group["id"], "v": view, "u": units[0]["id"], "b": units[1]["id"]})
    tab.wait_for_timeout(150)
    assert tab.locator("main img, main script, main iframe").count() == 0
    assert HOSTILE[0] in words(tab.locator("#stamps li"))
    if view == "ranking":
        found = set(tab.locator("table.ranking tbody th a").all_text_contents())
        assert found == {unit["name"] for unit in units}
    if view == "unit":
        tab.get_by_role("button", name="Mở tất cả").click()
        tab.get_by_text("Phép tính").first.wait_for()
        assert tab.locator("main img, main script").count() == 0
    if view == "map":
        tab.locator(".frame canvas").focus()
        assert tab.locator(".said").text_content().startswith(units[0]["name"])


def test_hostile_ids_are_found_by_their_address(opened: Opened) -> None:
    group = HOSTILE_PAGE["groups"][0]
    tab = opened(HOSTILE_PAGE)
    for id_ in HOSTILE:
        unit = next(unit for unit in group["units"] if unit["id"] == id_)
        address = "#" + urlencode({"g": group["id"], "v": "unit", "u": id_, "c": "P1.1"})
        tab.evaluate("(address) => { location.hash = address }", address)
        tab.locator("h2").filter(has_text=unit["name"]).wait_for()
        tab.locator("#below-1").get_by_text("Phép tính").wait_for()


def test_an_address_that_leads_nowhere_opens_the_page(opened: Opened) -> None:
    tab = opened(HOSTILE_PAGE)
    nowhere = ["#g=khong-co&v=ranking", "#v=__proto__&g=constructor", "#%%%", "#g=nhom-a&v=unit&u=x&c=y"]
    for address in [*nowhere, "#<img src=x onerror=window.broken=1>"]:
        tab.evaluate(
            "(address) => { document.getElementById('main').replaceChildren(); location.hash = address }", address
        )
        tab.locator("h2").wait_for()  # drawn anew
