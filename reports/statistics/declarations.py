"""thong-ke.yaml: the statistics forms of the ministry as far as their headings are known, and where each was read. Data, not code."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from criteria.shapes.base import Declaration

Mark = Literal["V", "S", "M", "?"]
_DAY = re.compile("(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
MonthDay = Annotated[str, StringConstraints(pattern=_DAY.pattern)]


class Source(Declaration):
    """Where something was read. address: as one finds it again; read: on which day."""

    id: str
    document: str
    address: str
    read: dt.date
    note: str | None = None


class Span(Declaration):
    """The statistical year: from this day of the year before (or of the year itself, if it comes first) to that day of the year."""

    from_: MonthDay = Field(alias="from")
    to: MonthDay
    mark: Mark
    source: str


class Due(Declaration):
    """Until when it is handed in, in the words of the source."""

    text: str
    mark: Mark
    source: str


class Later(Declaration):
    """A later document about the same. unknown: what nobody could read of it."""

    document: str
    date: dt.date
    mark: Mark
    source: str
    unknown: str


class Regime(Declaration):
    """The document that orders the forms (chế độ báo cáo thống kê)."""

    document: str
    valid_from: dt.date | None = None
    mark: Mark
    source: str
    window: Span
    due: Due | None = None
    later: Later | None = None


class When(Declaration):
    """Which movements or awards a row or column counts; what is empty asks nothing. launched, through: who launched, who submitted
    (an issuer of the award file). scope, method: words of the file. years: of the movement's duration. awards, kinds, categories: ids
    of the award file, kinds being subjects. person: an individual, or not."""

    launched: list[str] = Field(default_factory=list)
    scope: list[str] = Field(default_factory=list)
    method: list[str] = Field(default_factory=list)
    years_from: int | None = None
    years_above: int | None = None
    years_to: int | None = None
    years_below: int | None = None
    awards: list[str] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list)
    through: list[str] = Field(default_factory=list)
    person: bool | None = None

    @property
    def asks(self) -> bool:
        """Whether it asks anything."""
        return bool(self.model_dump(exclude_defaults=True))


class Column(Declaration):
    """under: the heading above several. missing: why the program has no figure for it."""

    id: str
    text: str
    under: str = ""
    when: When = Field(default_factory=When)
    missing: str | None = None


class Row(Declaration):
    """code: mã số, "" of a heading. missing: why the program has no figure; unknown: why nobody knows the heading."""

    code: str = ""
    text: str = ""
    unit: str = ""
    when: When = Field(default_factory=When)
    missing: str | None = None
    unknown: str | None = None


class Form(Declaration):
    """A form. counts: movements, awards of a level (a key of the award file's levels), or nothing the program knows. unknown: what of it
    could not be read."""

    number: str
    title: str
    unit: str = ""
    counts: Literal["movements", "awards", "nothing"]
    level: str = ""
    mark: Mark
    source: str
    place: str = ""
    unknown: str | None = None
    note: str | None = None
    columns: list[Column]
    rows: list[Row]


class OwnMovement(Declaration):
    """This movement in the words of the forms."""

    scope: str
    method: str


class Statistics(Declaration):
    """The whole file."""

    sources: list[Source]
    regime: Regime
    movement: OwnMovement
    forms: list[Form]

    def source(self, ident: str) -> Source:
        """Raises KeyError; reading has refused a name that nobody declares."""
        for one in self.sources:
            if one.id == ident:
                return one
        raise KeyError(ident)
