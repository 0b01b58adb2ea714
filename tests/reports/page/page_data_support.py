"""The data of a page opened again, and held against what the engine says."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from criteria.exact import show_decimal
from criteria.problems import errors
from records.workspace.folder import Workspace
from reports.page.files import Asked, page_of
from scoring.result import Result


def page(workspace: Workspace, period: str = "2026", *letters: str, **asked: Any) -> dict[str, Any]:
    """The page as it comes back out of JSON: what a browser reads."""
    data, problems = page_of(workspace, Asked(period, letters, **asked))
    assert data is not None and not errors(problems), problems
    found: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False))
    return found


def details(one: Mapping[str, Any]) -> dict[str, Any]:
    """By unit, everything that is packed in the chunks of a set."""
    found: dict[str, Any] = {}
    for chunk in one["details"]:
        told = json.loads(zlib.decompress(base64.b64decode(chunk["data"]), -zlib.MAX_WBITS))
        assert list(told) == chunk["units"]
        found |= told
    return found


def everything(data: Mapping[str, Any]) -> str:
    """The whole page as text, chunks inflated."""
    return json.dumps([data, [details(one) for one in data["groups"]]], ensure_ascii=False)


def unit(one: Mapping[str, Any], ident: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in one["units"] if each["id"] == ident)
    return found


def column(one: Mapping[str, Any], criterion: str) -> int:
    return [each["id"] for each in one["criteria"]].index(criterion)


def printed(value: Fraction, places: int) -> int:
    """What is printed, without its comma: the long way round, over the decimal text."""
    return int(Decimal(show_decimal(value, places)).scaleb(places))


def wrong_numbers(one: Mapping[str, Any], result: Result, own: Result | None = None) -> list[str]:
    """Every number, state, grade and rank of a set that is not the engine's. own: the result of the stage self."""
    places, found = result.set.places, []
    if sorted(each["id"] for each in one["units"]) != sorted(result.ids):
        return [f"units: {[each['id'] for each in one['units']]}"]
    signs = {"not_applicable": "n", "closed": "c", "scored": "s", "open": "o", "not_verified": "v", "returned": "r"}
    signs |= {"no_evidence": "e", "undefined": "u", "needs_judgement": "j", "not_assessed": "x"}

    def points_of(candidate: Any) -> list[int | None]:
        told = [candidate.criteria[each["id"]] for each in one["criteria"]]
        return [printed(c.points, places) if c.state in ("scored", "open") or c.points else None for c in told]

    for each in one["units"]:
        c = result.candidate(each["id"])
        wanted = {
            "name": c.name or c.id,
            "pool": c.pool,
            "rank": c.rank,
            "tied": bool(c.tied),
            "grade": c.grade or "",
            "total": printed(c.total, places),
            "max": printed(c.maximum, places),
            "provisional": c.provisional,
            "eligible": c.eligible,
            "points": points_of(c),
            "states": "".join(signs[c.criteria[k["id"]].state] for k in one["criteria"]),
        }
        if own is not None:
            wanted["self"], wanted["self_total"] = (
                points_of(own.candidate(c.id)),
                printed(own.candidate(c.id).total, places),
            )
        found += [f"{c.id} {key}: {each[key]} != {value}" for key, value in wanted.items() if each[key] != value]
        for place, criterion in enumerate(one["criteria"]):
            if criterion["kind"] in ("part", "leaf"):
                most = each.get("max_of", {}).get(str(place), criterion["max"])
                if most != printed(c.criteria[criterion["id"]].maximum, places):
                    found.append(f"{c.id} maximum of {criterion['id']}: {most}")
    return found


def wrong_ranks(one: Mapping[str, Any]) -> list[str]:
    """Units of a pool whose places the keys of the page do not give again: 1, 1, 3."""
    found = []
    for each in one["units"]:
        if each["rank"] is None:
            continue
        peers = [other for other in one["units"] if other["pool"] == each["pool"] and other["rank"] is not None]
        mine = _order(each)
        place = 1 + sum(_order(other) > mine for other in peers)
        tied = sum(_order(other) == mine for other in peers) > 1
        if (place, tied) != (each["rank"], each["tied"]):
            found.append(f"{each['id']}: {place} {tied}, page {each['rank']} {each['tied']}")
    return found


def _order(each: Mapping[str, Any]) -> list[int]:
    return [-1 if order is None else order for order, _ in each["keys"]]
