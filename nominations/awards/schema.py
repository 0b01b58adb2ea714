"""The JSON Schema of an award file, for editors."""

from __future__ import annotations

from typing import Any

from criteria.schema import schema_of
from criteria.schema import schema_text as text_of
from nominations.awards.declarations import Awards

# Keys that may be written as their only item, and the blocks in which the reader allows it.
_LISTS = ("subjects", "occasions", "issuers", "facts", "groups", "by")
_SHORT = ("Route", "Aside", "Standard", "Quota", "Proposing")


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of awards.yaml, as people write it."""
    return schema_of(Awards, "Tệp khen thưởng của phong trào thi đua (thidua)", _LISTS, _SHORT)


def schema_text() -> str:
    return text_of(schema())
