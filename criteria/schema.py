"""The JSON Schema of a file that people write, for editors."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from criteria.declarations.criteria_set import SetDeclaration
from criteria.shapes.base import Declaration

# Short forms that the reader writes out: a list for one item, an expression for a block.
_LISTS = (
    "clause",
    "evidence",
    "verified_by",
    "gate",
    "stop",
    "zero",
    "cap_grade",
    "demote",
    "flag",
    "accept",
    "then",
    "of",
)
_SHORT: dict[str, list[str]] = {
    "when": ["string", "boolean"],
    "value": ["string", "number"],
    "full": ["string", "boolean"],
    "count": ["string"],
    "over": ["string"],
    "combine": ["string"],
    "rank": ["string"],
}


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a set, as people write it."""
    found: dict[str, Any] = SetDeclaration.model_json_schema(by_alias=True)
    for definition in [found, *found.get("$defs", {}).values()]:
        _loosen(definition)
    return _titled(found, "Bộ tiêu chí thi đua (thidua)")


def schema_of(model: type[Declaration], title: str, lists: Collection[str], short: Collection[str]) -> dict[str, Any]:
    """JSON Schema 2020-12 of another file. lists: keys that may be written as their only item, in the blocks named short."""
    found: dict[str, Any] = model.model_json_schema(by_alias=True)
    for name, definition in found.get("$defs", {}).items():
        properties: dict[str, Any] = definition.get("properties", {}) if name in short else {}
        for key in [key for key in properties if key in lists]:
            _one_or_many(properties, key)
    return _titled(found, title)


def _titled(found: dict[str, Any], title: str) -> dict[str, Any]:
    found = _texts(found)
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["title"] = title
    return found


def _one_or_many(properties: dict[str, Any], name: str) -> None:
    field = properties[name]
    properties[name] = {**field, "anyOf": [{"type": "array", "items": field["items"]}, field["items"]]}
    for key in ("type", "items"):
        properties[name].pop(key)


def _loosen(definition: dict[str, Any]) -> None:
    """Allow in the schema what the reader accepts."""
    properties: dict[str, Any] = definition.get("properties", {})
    for name, field in list(properties.items()):
        if name in _LISTS and field.get("type") == "array":
            _one_or_many(properties, name)
        elif name in _SHORT and ("$ref" in field or "anyOf" in field or "allOf" in field):
            options = field.get("anyOf") or [{k: v for k, v in field.items() if k in ("$ref", "allOf")}]
            properties[name] = {"anyOf": [*options, {"type": _SHORT[name]}]}
        elif name == "lever":  # an unquoted no is read as false
            properties[name] = {**field, "anyOf": [*field["anyOf"], {"const": False}]}
        elif name in ("less", "plus"):
            options = field.get("anyOf", [])
            properties[name] = {"anyOf": [*options, {"type": "array", "items": {"$ref": "#/$defs/Entry"}}]}
    if "Combine" in str(definition.get("title")):
        properties.update({"any_of": {"type": "integer", "minimum": 1}, "weighted": {"type": "boolean"}})
    if "count" in properties:
        properties.update(
            {name: properties.get(name, {"type": ["string", "number"]}) for name in ("each", "start", "cap")}
        )


def _texts(part: Any) -> Any:
    """A text in the model may be an unquoted number or yes/no in the file."""
    if isinstance(part, list):
        return [_texts(item) for item in part]
    if not isinstance(part, dict):
        return part
    found = {key: _texts(value) for key, value in part.items()}
    if found.get("type") == "string" and not {"enum", "const", "format"} & set(found):
        found["type"] = ["string", "number", "boolean"]
    return found


def schema_text(found: dict[str, Any] | None = None) -> str:
    """found: None that of a set."""
    return json.dumps(found if found is not None else schema(), ensure_ascii=False, indent=1)
