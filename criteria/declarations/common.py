"""Clauses, evidence, accepted findings: what any criterion carries beside its points."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field, model_validator

from criteria.shapes.base import Declaration


def as_list(value: Any) -> Any:
    """One item written without its list."""
    return value if isinstance(value, list) or value is None else [value]


# Kinds of documents, longer names first: the number stands after the kind, "Kế hoạch số 26/KH-UBND … thực hiện …".
_KINDS = (
    "Chương trình hành động",
    "Kế hoạch hành động",
    "Kế hoạch",
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Quy chế",
    "Quy định",
    "Thông tư",
    "Thông báo",
    "Hướng dẫn",
    "Chỉ thị",
    "Kết luận",
    "Công văn",
    "Luật",
    "Chương trình",
    "Đề án",
)


class Basis(Declaration):
    """A legal basis (căn cứ). number, date: empty only with an open question."""

    id: str
    document: str
    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    replaced_by: str | None = None
    amended_by: str | None = None
    replaced_from: dt.date | None = None
    amended_from: dt.date | None = None
    open_question: str | None = None
    source: str | None = None
    note: str | None = None

    def words(self) -> str:
        """Kế hoạch số 26/KH-UBND ngày 13/02/2025 của UBND tỉnh"""
        title = " ".join(self.document.split())
        kind = next((word for word in _KINDS if title.startswith(word)), title)
        if kind == "Luật":  # a law is called by its name, the National Assembly goes without saying
            kind = title
        text = kind + (f" số {self.number}" if self.number and self.number not in title else "")
        text += f" ngày {self.date:%d/%m/%Y}" if self.date else ""
        named = self.issuer if self.issuer and self.issuer not in title and not title.startswith("Luật") else ""
        text += f" của {named}" if named else ""
        return text + title[len(kind) :]


class Clause(Declaration):
    """Where a criterion stands in a basis. quote: the words as promulgated."""

    basis: str
    place: str | None = None
    quote: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"basis": data} if isinstance(data, str) else data


class Evidence(Declaration):
    """A kind of evidence (minh chứng)."""

    kind: str
    label: str | None = None
    required: bool = False
    issuer: str | None = None
    note: str | None = None


class Accept(Declaration):
    """A finding of check that somebody has looked at and lets stand."""

    problem: str
    because: str
    decided_by: str


class OpenQuestion(Declaration):
    """What the documents leave open. who: who can answer."""

    id: str
    question: str
    who: str | None = None
    source: str | None = None
    note: str | None = None


class Carried(Declaration):
    """What nodes, entries and the set itself hand down to the criteria below them."""

    clause: list[Clause] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    verified_by: list[str] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _carried_lists(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {**data, **{key: as_list(data[key]) for key in ("clause", "evidence", "verified_by") if key in data}}
        return data
