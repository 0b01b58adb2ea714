"""A page in a browser, watched: what it logs, asks for, violates and pops up is held to be nothing at the end of every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from reports.page.html import page_html
from tests.reports.page.browser import chromium

Opened = Callable[..., Any]
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with chromium() as driven:
        yield driven


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    """opened(document, width=1280, script="", **options of the context) → a tab with the page, from a file on disk.

    place: g, v, u … of the address. script: runs before the page's own.
    """
    tabs: list[tuple[Any, list[str]]] = []

    def open_page(
        data: dict[str, Any],
        *,
        width: int = 1280,
        place: dict[str, str] | None = None,
        script: str = "",
        **options: Any,
    ) -> Any:
        file = tmp_path / f"trang-{len(tabs)}.html"
        file.write_text(page_html(data), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        tab, heard = context.new_page(), []
        tab.on("console", lambda said: heard.append(f"console {said.type}: {said.text}"))
        tab.on("pageerror", lambda error: heard.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        tab.on(
            "request",
            lambda asked: heard.append(f"request: {asked.url}") if not asked.url.startswith(file.as_uri()) else None,
        )
        tab.add_init_script(_WATCH + script)
        tab.goto(file.as_uri() + ("#" + urlencode(place) if place else ""))
        tabs.append((tab, heard))
        return tab

    yield open_page
    for tab, heard in tabs:
        scripted = tab.evaluate("typeof PAGE !== 'undefined'")
        assert heard == []
        if scripted:
            assert tab.evaluate("window.violations") == []
            assert tab.evaluate("window.broken === undefined")
        tab.context.close()


def words(found: Any) -> list[str]:
    """The text of every element, spaces as one; also of rows out of sight, which the browser has not laid out."""
    return [" ".join(text.split()) for text in found.all_text_contents()]


def cell(row: Any, label: str) -> str:
    """What stands in the column of a row."""
    return " ".join(row.locator(f'[data-label="{label}"]').text_content().split())
