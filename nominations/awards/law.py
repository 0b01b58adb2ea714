"""A legal fact (điều luật): where it stands, what it says, how sure we are of it, and whether it holds on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from criteria.declarations.common import Basis
from criteria.shapes.base import Declaration

UNVERIFIED = "căn cứ chưa xác minh"
MARKS = {
    "V": "nguyên văn đã đọc",
    "S": "nguồn thứ cấp, chưa đọc nguyên văn",
    "M": "theo trí nhớ, chưa kiểm tra",
    "?": "chưa tìm được văn bản",
}


class Compared(Declaration):
    """Somebody has held the fact against a text in force. text: of which document. finding: what he found."""

    on: dt.date
    by: str
    text: str
    finding: Literal["unchanged", "changed"]
    note: str | None = None


class Fact(Declaration):
    """A legal fact. basis: id in documents.yaml. article, clause, point: điều, khoản, điểm; place: where it stands when it has none.

    quote: the words as promulgated; says: what they come to, where the words are not at hand. mark: V verbatim text read; S secondary
    source; M from memory; ? open. valid_from, valid_to: of this fact, when they are not those of the document.
    compared: who has held it against the text in force after an amendment.
    """

    id: str
    basis: str
    article: int | None = None
    clause: int | None = None
    point: str | None = None
    place: str | None = None
    quote: str | None = None
    says: str | None = None
    mark: Literal["V", "S", "M", "?"]
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    compared: list[Compared] = Field(default_factory=list)
    source: str | None = None
    note: str | None = None

    def where(self) -> str:
        """điểm a khoản 1 Điều 44"""
        parts = [
            f"điểm {self.point}" if self.point else "",
            f"khoản {self.clause}" if self.clause else "",
            f"Điều {self.article}" if self.article else "",
        ]
        return " ".join(part for part in parts if part) or self.place or ""


@dataclass(frozen=True)
class Confirmed:
    """A person has confirmed a fact in the workspace (sổ ghi). source: the document; day: when; finding: as in Compared."""

    fact: str
    finding: str
    source: str
    day: dt.date
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Holding:
    """How a fact stands on a day. sure: verbatim, and in force as far as anybody has looked. expired: no longer in force that day.

    doubts: Vietnamese sentences, why it is not sure; confirmed: who took the doubt away, "" nobody.
    """

    fact: Fact
    citation: str
    sure: bool
    expired: bool
    doubts: tuple[str, ...] = ()
    confirmed: str = ""


class Law:
    """The legal facts of an award file with their documents. confirmed: what people have confirmed, by fact."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        documents: Mapping[str, Basis],
        confirmed: Mapping[str, Confirmed] | None = None,
    ) -> None:
        self.facts, self.documents, self.confirmed = facts, documents, confirmed or {}

    def citation(self, ident: str) -> str:
        """điểm a khoản 1 Điều 44 Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/06/2022"""
        fact = self.facts[ident]
        document = self.documents.get(fact.basis)
        return " ".join(
            part for part in (fact.where(), document.words() if document is not None else fact.basis) if part
        )

    def holding(self, ident: str, day: dt.date) -> Holding:
        """How a fact stands on a day. Raises KeyError for one that is not in the file (the check of the file names it)."""
        fact = self.facts[ident]
        document = self.documents.get(fact.basis)
        doubts, expired = [], False
        if fact.mark != "V":
            doubts.append(f"{MARKS[fact.mark]} [{fact.mark}]")
        first = fact.valid_from or (document.valid_from if document is not None else None)
        last = fact.valid_to or (document.valid_to if document is not None else None)
        if first is not None and day < first:
            expired = True
            doubts.append(f"chưa có hiệu lực ngày {day:%d/%m/%Y} (từ {first:%d/%m/%Y})")
        if last is not None and day > last:
            expired = True
            doubts.append(f"hết hiệu lực từ sau ngày {last:%d/%m/%Y}")
        if document is not None:
            doubts += self._changed(fact, document, day)
            if document.replaced_by and (document.replaced_from is None or document.replaced_from <= day):
                expired = True
        said = self.confirmed.get(ident)
        if said is not None and said.day <= day and doubts:
            if said.finding == "unchanged":
                who = f"{said.by or 'người có trách nhiệm'} đã đối chiếu ngày {said.day:%d/%m/%Y}, {said.source}"
                return Holding(fact, self.citation(ident), True, False, (), who)
            doubts.append(f"đã đối chiếu ngày {said.day:%d/%m/%Y}: nội dung đã thay đổi ({said.source})")
        return Holding(fact, self.citation(ident), not doubts, expired, tuple(doubts))

    def _changed(self, fact: Fact, document: Basis, day: dt.date) -> list[str]:
        """Doubts because the document was amended or replaced by that day, unless somebody has held the fact against the new text."""
        found = []
        for other, since, word in (
            (document.amended_by, document.amended_from, "sửa đổi, bổ sung"),
            (document.replaced_by, document.replaced_from, "thay thế"),
        ):
            if other is None or (since is not None and since > day):
                continue
            looked = [one for one in fact.compared if one.on <= day and (since is None or one.on >= since)]
            if looked and looked[-1].finding == "unchanged":
                continue
            by = self.documents.get(other)
            number = by.number if by is not None and by.number else other
            when = f" từ {since:%d/%m/%Y}" if since is not None else ""
            state = "nội dung đã thay đổi" if looked else "chưa đối chiếu nội dung mới"
            found.append(f"văn bản được {word} bởi {number}{when}, {state}")
        return found
