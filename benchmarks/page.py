"""The inspection page in headless Chromium: 1.000 units × 40 criteria, until the ranking and then the heat map are drawn.

python -m benchmarks.page [--units 1000] [--times 7]

Time runs from the start of the navigation to a file on disk until the frame after the rows stand in the document; of the heat map from
the change of the address until the frame after. The reference, in the same browser and run: a bare table of the same rows × 8 columns,
written in HTML, without style and script. Target: under 0,5 s and 6 MB.
"""

from __future__ import annotations

import argparse
import html
import statistics
import tempfile
from pathlib import Path
from typing import Any

from reports.page.html import page_html
from tests.reports.page.browser import chromium
from tests.reports.page.sample import page

# Told by the browser itself: milliseconds since the navigation began, one frame after the page says that it stands.
WATCH = """
window.drawnAt = new Promise((done) => {
  const frames = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  const stands = () => document.documentElement?.classList.contains("drawn");
  const look = () => (stands() ? frames() : setTimeout(look, 1));
  if (BARE) addEventListener("DOMContentLoaded", frames); else look();
});
window.wholeAt = window.drawnAt.then(() => new Promise((done) => {
  const look = () => (document.querySelector("tr.later") ? setTimeout(look, 5) : done(performance.now()));
  look();
}));
"""
TO_MAP = """(address) => new Promise((done) => {
  const start = performance.now();
  location.hash = address;
  addEventListener("hashchange", () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))), {once: true});
})"""


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--units", type=int, default=1000)
    wanted.add_argument("--times", type=int, default=7)
    chosen = wanted.parse_args()
    data = page(units=chosen.units, parts=8, leaves=5, pools=4)
    with tempfile.TemporaryDirectory() as room, chromium() as browser:
        file, bare = Path(room) / "trang.html", Path(room) / "bang.html"
        file.write_text(page_html(data), encoding="utf-8")
        bare.write_text(_bare(data["groups"][0]), encoding="utf-8")
        ranking, whole, heat_map, table = [], [], [], []
        for _ in range(chosen.times):  # in turn, so that whatever slows the machine slows them alike
            times = _time(browser, file, data["groups"][0]["id"])
            for found, one in zip((ranking, whole, heat_map), times, strict=True):
                found.append(one)
            table.append(_time(browser, bare, "")[0])
        criteria = sum(one["kind"] != "part" for one in data["groups"][0]["criteria"])
        print(
            f"{chosen.units} units × {criteria} criteria, {file.stat().st_size / 1e6:.2f} MB, median of {chosen.times}:"
        )
        for name, found in (
            ("ranking drawn", ranking),
            ("all rows laid out", whole),
            ("heat map drawn", heat_map),
            ("bare table drawn", table),
        ):
            print(f"  {name:17} {statistics.median(found):6.0f} ms (from {min(found):.0f} to {max(found):.0f})")


def _time(browser: Any, file: Path, set_id: str) -> tuple[float, float, float]:
    """Milliseconds to the ranking, to all its rows laid out, and from there to the map. set_id "": a bare table."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    tab = context.new_page()
    tab.add_init_script(WATCH.replace("BARE", "true" if not set_id else "false"))
    tab.goto(file.as_uri(), wait_until="commit")
    first = tab.evaluate("window.drawnAt")
    whole = tab.evaluate("window.wholeAt")
    heat_map = tab.evaluate(TO_MAP, f"#g={set_id}&v=map") if set_id else 0.0
    context.close()
    return first, whole, heat_map


def _bare(group: dict[str, Any]) -> str:
    names = ("rank", "name", "pool", "grade", "total", "max", "share", "open")
    rows = (
        "<tr>" + "".join(f"<td>{html.escape(str(unit[name]))}</td>" for name in names) + "</tr>"
        for unit in group["units"]
    )
    return f"<!doctype html><meta charset=utf-8><table>{''.join(rows)}</table>"


if __name__ == "__main__":
    main()
