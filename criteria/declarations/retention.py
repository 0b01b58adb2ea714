"""How long personal data are kept (thời hạn lưu giữ dữ liệu cá nhân): declared by the movement, never by the program."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from criteria.shapes.base import Declaration


class Retention(Declaration):
    """A class of personal data. applies_to: roster (what the list says of a person), forms (what was handed in and explained).

    years: whole years after the end of the year in which the last round that the person took part in ended, or the person left the
    list. basis: id of a document; place: where in it. status: proposal until somebody has decided.
    """

    id: str = Field(alias="class")
    name: str
    applies_to: list[Literal["roster", "forms"]]
    years: int = Field(ge=0)
    basis: str | None = None
    place: str | None = None
    status: Literal["proposal", "decided"] = "proposal"
    note: str | None = None
