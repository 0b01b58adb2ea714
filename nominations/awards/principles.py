"""What the law says of all awards alike, as data: loại hình, what does not count towards công trạng, what stops a nominee, preference."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from criteria.exact import show_vietnamese
from criteria.shapes.base import Declaration


def _percent(value: Any) -> Fraction:
    text = str(value).strip().removesuffix("%").strip().replace(",", ".")
    whole, _, decimals = text.partition(".")
    if isinstance(value, Fraction):
        return value
    if whole.isascii() and whole.isdecimal() and (not decimals or (decimals.isascii() and decimals.isdecimal())):
        found = Fraction(text)
        if 0 < found <= 100:
            return found
    told = {"code": "wrong-value", "offset": 0, "message": f"“{str(value)[:60]}” không phải một tỷ lệ phần trăm."}
    raise PydanticCustomError("expression", "", told | {"hint": "Viết 10 hoặc 12.5, lớn hơn 0, không quá 100."})


# Fields of a nominee's facts that are none of the blocks (nominations.eligibility.facts reads them).
TAKEN = frozenset(
    "gender people women discipline_until maternity managed opinion initiative certificate confirm source".split()
)
Percent = Annotated[Fraction, PlainValidator(_percent), WithJsonSchema({"type": ["number", "string"]})]


class Category(Declaration):
    """A loại hình khen thưởng. name: as sentences and documents call it; words: how else lists of awards held write it.

    movement: what somebody was given in a movement is of it, where a list does not say of which it is.
    """

    id: str
    name: str
    words: list[str] = Field(default_factory=list)
    movement: bool = False
    facts: list[str] = Field(default_factory=list)
    note: str | None = None


class Merit(Declaration):
    """Awards of which loại hình do not count towards one of loại hình `category` (công trạng), unless its route lists them itself."""

    category: str
    not_counted: list[str]
    facts: list[str] = Field(default_factory=list)
    note: str | None = None


class Block(Declaration):
    """A circumstance in which a nominee is not looked at (chưa xét). id: its field in the ledger, answered có or không.

    name: as sentences say it ("đang xem xét kỷ luật"); short: as columns and data call it, where the name is long.
    """

    id: str
    name: str
    short: str | None = None
    facts: list[str] = Field(default_factory=list)
    note: str | None = None

    @property
    def head(self) -> str:
        """As a column is called."""
        text = self.short or self.name
        return text[:1].upper() + text[1:]

    @property
    def told(self) -> str:
        """As a datum calls it."""
        text = self.short or self.name
        return text[:1].lower() + text[1:]


class Managed(Declaration):
    """Persons about whom a body has to have been asked first (E13). by: who manages them and gives the opinion."""

    by: str
    facts: list[str] = Field(default_factory=list)
    note: str | None = None


def share_words(percent: Fraction | None) -> str:
    """tập thể có từ 70 % nữ trở lên"""
    least = show_vietnamese(percent) if percent is not None else "…"
    return f"tập thể có từ {least} % nữ trở lên"


def preference_words(asked: Iterable[tuple[str | None, Fraction | None]]) -> str:
    """cá nhân nữ, tập thể có từ 70 % nữ trở lên; "" when nobody is preferred. asked: prefer and prefer_percent of subjects."""
    told = {"cá nhân nữ" if prefer == "female" else share_words(percent) for prefer, percent in asked if prefer}
    return ", ".join(sorted(told))
