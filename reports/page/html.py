"""The inspection page as one HTML file: template, style, script and data in one text, without network and without library.

The data is the document the rest of this room makes; the script only shows it. A Content-Security-Policy lets in nothing but our own
style and script, each by its hash: text of units that looks like markup stays text, and could not run if it did not.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_ASSETS = Path(__file__).parent / "assets"
STYLES = ("page.css", "page_small.css", "page_print.css")
SCRIPTS = (  # each knows what those before it declare; page.js starts everything
    "text.js",
    "data.js",
    "place.js",
    "sortable.js",
    "ranking.js",
    "map_paint.js",
    "map_table.js",
    "map.js",
    "criteria_rows.js",
    "unit.js",
    "differences.js",
    "compare.js",
    "open.js",
    "about.js",
    "people.js",
    "page.js",
)
# In a script element: what ends it, what opens a comment, what older readers of JavaScript take for the end of a line.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def page_html(data: Mapping[str, Any]) -> str:
    """The whole file. data: the page's document; its texts may hold anything.

    Details, the largest part, stand behind the script: the ranking is drawn before they are read.
    """
    front, chunks = _apart(data)
    style = "\n".join(_asset(name) for name in STYLES)
    scripts = [_asset(name) for name in SCRIPTS]
    said = (data.get("authority"), data.get("stage"), data.get("source"))
    parts = {
        "policy": _policy(style, scripts),
        "title": html.escape(_text(data, "title")),
        "movement": html.escape(_text(data, "movement")),
        "from": html.escape(" · ".join(str(one) for one in said if one)),
        "stamps": "".join(f"<li>{html.escape(str(stamp))}</li>" for stamp in data.get("stamps") or ()),
        "style": style,
        "data": _json(front),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
        "details": "\n".join(
            f'<script type="application/json" id="details-{name}">{_json(chunk)}</script>' for name, chunk in chunks
        ),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _asset("page.html"))


def _apart(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The document without the data of its details, and that data by "group-chunk"."""
    groups: list[dict[str, Any]] = []
    chunks: list[tuple[str, str]] = []
    for number, group in enumerate(data["groups"]):
        details = list(group.get("details") or ())
        groups.append({**group, "details": [{"units": one["units"]} for one in details]})
        chunks += [(f"{number}-{place}", one["data"]) for place, one in enumerate(details)]
    return {**data, "groups": groups}, chunks


def _json(value: Any) -> str:
    """Compact JSON that cannot leave the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPED)


def _policy(style: str, scripts: list[str]) -> str:
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(_hashes(scripts)),
        "style-src": " ".join(_hashes([style])),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _hashes(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _text(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "")
