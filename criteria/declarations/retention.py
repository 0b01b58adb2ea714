"""How long personal data are kept (thời hạn lưu giữ dữ liệu cá nhân): declared by the movement, never by the program."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from criteria.shapes.base import Declaration


class Retention(Declaration):
    """A class of personal data. applies_to: roster (what the list says of a person), forms (what was handed in and explained), awards
    (proposals, facts about nominees, awards held), councils (members of councils, what they declared).

    years: whole years after the end of the year in which the data were last used: of roster and forms the last round that the person
    took part in, of awards and councils the occasion or the decision. permanent (vĩnh viễn): never erased, years is left out.
    levels: of awards, those of which levels; without levels what led to no award. basis: id of a document; place: where in it.
    status: proposal until somebody has decided.
    """

    id: str = Field(alias="class")
    name: str
    applies_to: list[Literal["roster", "forms", "awards", "councils"]]
    years: int | None = Field(default=None, ge=0)
    permanent: bool = False
    levels: list[Literal["nha-nuoc", "tinh", "co-so"]] = Field(default_factory=list)
    basis: str | None = None
    place: str | None = None
    status: Literal["proposal", "decided"] = "proposal"
    note: str | None = None

    @property
    def how_long(self) -> str:
        return "vĩnh viễn" if self.permanent else f"{self.years} năm"
