"""A legal fact (điều luật): where it stands, what it says, how sure we are of it, and whether it holds on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
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


@dataclass(frozen=True)
class _Doubt:
    """text: Vietnamese. since: the day that brought it, None when no day did. expired: the fact is not in force because of it.
    Somebody who has held the fact against a text on that day or later takes it away."""

    text: str
    since: dt.date | None = None
    expired: bool = False

    def answered(self, on: dt.date) -> bool:
        """Whether a comparison made on a day looked at what brought the doubt."""
        return self.since is None or on >= self.since


class Law:
    """The legal facts of an award file with their documents. confirmed: what people have confirmed, by fact."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        documents: Mapping[str, Basis],
        confirmed: Mapping[str, Confirmed] | None = None,
    ) -> None:
        self.facts, self.documents, self.confirmed = facts, documents, confirmed or {}
        self._held: dict[tuple[str, dt.date], Holding] = {}
        self._cited: dict[str, str] = {}
        self._short: dict[str, str] = {}

    def citation(self, ident: str) -> str:
        """điểm a khoản 1 Điều 44 Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/06/2022"""
        if ident not in self._cited:
            fact = self.facts[ident]
            document = self.documents.get(fact.basis)
            self._cited[ident] = _joined(fact, document.words() if document is not None else fact.basis)
        return self._cited[ident]

    def brief(self, ident: str) -> str:
        """điểm a khoản 1 Điều 44 Luật số 06/2022/QH15: for tables. The document in full where it has no number."""
        if ident not in self._short:
            self._short[ident] = self._brief(ident)
        return self._short[ident]

    def _brief(self, ident: str) -> str:
        fact = self.facts[ident]
        document = self.documents.get(fact.basis)
        if document is None or not document.number:
            return self.citation(ident)
        kind = " ".join(document.words().partition(f"số {document.number}")[0].split())
        kind = "Luật" if kind.startswith("Luật") else kind
        return _joined(fact, f"{kind} số {document.number}")

    def holding(self, ident: str, day: dt.date) -> Holding:
        """How a fact stands on a day. Raises KeyError for one that is not in the file (the check of the file names it)."""
        if (ident, day) not in self._held:
            self._held[ident, day] = self._holding(ident, day)
        return self._held[ident, day]

    def _holding(self, ident: str, day: dt.date) -> Holding:
        fact = self.facts[ident]
        left: list[str] = []
        expired, who = False, ""
        for doubt in self._doubts(fact, day):
            looked = self._looked(fact, doubt)
            if looked is not None and looked.finding == "unchanged":
                who = f"{looked.by or 'người có trách nhiệm'} đã đối chiếu ngày {looked.day:%d/%m/%Y}, {looked.source}"
                continue
            expired = expired or doubt.expired
            told = f"; đã đối chiếu ngày {looked.day:%d/%m/%Y}: nội dung đã thay đổi" if looked is not None else ""
            left.append(doubt.text + told)
        return Holding(fact, self.citation(ident), not left, expired, tuple(left), who)

    def _doubts(self, fact: Fact, day: dt.date) -> list[_Doubt]:
        document = self.documents.get(fact.basis)
        changed = self._changed(document, day) if document is not None else ()
        return [*_own_doubts(fact, document, day), *changed]

    def _looked(self, fact: Fact, doubt: _Doubt) -> Confirmed | None:
        """Whoever was the last to say that he has held the fact against a text, not before what brought the doubt.

        The day he looked may lie after the day the law is judged on: he looks at a text, the day says which one.
        """
        looks = [
            Confirmed(fact.id, one.finding, self._number(one.text), one.on, one.by, one.note or "")
            for one in fact.compared
            if doubt.since is not None  # a mark is put right in the file itself
        ]
        if fact.id in self.confirmed:
            looks.append(self.confirmed[fact.id])
        fit = [one for one in looks if doubt.answered(one.day)]
        return fit[-1] if fit else None

    def unanswered(self, ident: str, day: dt.date, on: dt.date) -> tuple[str, ...]:
        """The doubts of a fact on a day that a comparison made on another day does not take away: it came before what brought them."""
        return tuple(doubt.text for doubt in self._doubts(self.facts[ident], day) if not doubt.answered(on))

    def _changed(self, document: Basis, day: dt.date) -> Iterator[_Doubt]:
        """Doubts because the document was amended or replaced by that day."""
        for other, since, word, gone in (
            (document.amended_by, document.amended_from, "sửa đổi, bổ sung", False),
            (document.replaced_by, document.replaced_from, "thay thế", True),
        ):
            if other is None or (since is not None and since > day):
                continue
            when = f" từ {since:%d/%m/%Y}" if since is not None else ""
            text = f"văn bản được {word} bởi {self._number(other)}{when}, chưa đối chiếu nội dung mới"
            yield _Doubt(text, since or dt.date.min, gone)

    def _number(self, ident: str) -> str:
        document = self.documents.get(ident)
        return document.number if document is not None and document.number else ident


def _joined(fact: Fact, document: str) -> str:
    """khoản 4 Điều 44 Luật …; mục VI.6, Kế hoạch …"""
    return f"{fact.where()}{' ' if fact.article else ', '}{document}" if fact.where() else document


def _own_doubts(fact: Fact, document: Basis | None, day: dt.date) -> Iterator[_Doubt]:
    """Doubts because of its mark and its days of force."""
    if fact.mark != "V":
        yield _Doubt(f"{MARKS[fact.mark]} [{fact.mark}]")
    first = fact.valid_from or (document.valid_from if document is not None else None)
    last = fact.valid_to or (document.valid_to if document is not None else None)
    if first is not None and day < first:
        yield _Doubt(f"chưa có hiệu lực ngày {day:%d/%m/%Y} (từ {first:%d/%m/%Y})", dt.date.max, True)
    if last is not None and day > last:
        yield _Doubt(f"hết hiệu lực từ sau ngày {last:%d/%m/%Y}", last + dt.timedelta(days=1), True)
