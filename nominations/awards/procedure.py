"""What follows a selection, as data: steps, councils and votes, publishing, papers, confirmations, authorities, money."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from criteria.shapes.base import Declaration

Status = Literal["proposal", "decided"]


def _part(value: Any) -> Fraction:
    """2/3, 80, 80%: a part of a whole, above 0, at most 1."""
    if isinstance(value, Fraction):
        return value
    text = str(value).strip().removesuffix("%").strip()
    over, slash, under = text.partition("/")
    plain = all(part.isascii() and part.isdecimal() and len(part) < 6 for part in ((over, under) if slash else (over,)))
    if plain and (not slash or int(under)):
        found = Fraction(int(over), int(under) if slash else 100)
        if 0 < found <= 1:
            return found
    told = {"code": "wrong-value", "offset": 0, "message": f"“{str(value)[:60]}” không phải một tỷ lệ."}
    raise PydanticCustomError("expression", "", told | {"hint": "Viết 2/3 hoặc 80 (phần trăm)."})


Part = Annotated[Fraction, PlainValidator(_part), WithJsonSchema({"type": ["number", "string"]})]


class Council(Declaration):
    """How a council works. quorum: of the members present. attendance: of the members present or with a written opinion, at a meeting
    on awards. denominator: what a vote is a share of: all members, or the votes handed in. recusal_lowers: whether who may not vote on
    a nominee is left out of that nominee's denominator. written: whether written opinions of the absent count as votes."""

    quorum: Part
    attendance: Part | None = None
    denominator: Literal["members", "votes"] = "members"
    recusal_lowers: bool = False
    written: bool = True
    local: bool = False
    status: Status = "proposal"
    decided_by: str | None = None
    facts: list[str] = Field(default_factory=list)
    note: str | None = None


class Step(Declaration):
    """A step (bước) of a proposal. by: id of a verifying body of the movement, or a name. council: of steps that vote."""

    id: str
    name: str
    kind: Literal["selection", "appraisal", "publication", "council", "decision"]
    by: str
    minutes: str | None = None
    council: Council | None = None
    facts: list[str] = Field(default_factory=list)
    place: str | None = None
    note: str | None = None


class Vote(Declaration):
    """The share of votes an award needs at a step. local: no national rule fixes it, prints say so."""

    step: str
    share: Part
    local: bool = False
    status: Status = "proposal"
    decided_by: str | None = None
    facts: list[str] = Field(default_factory=list)


class Announcement(Declaration):
    """Publishing the list (công khai) before a step. working_days: at least. local: no national rule asks for it."""

    working_days: int = Field(ge=1, le=60)
    before: str
    where: str | None = None
    local: bool = False
    facts: list[str] = Field(default_factory=list)


class Paper(Declaration):
    """A paper of a dossier (thành phần hồ sơ). per: one for the award, or one for every candidate. made: by the program from a Word
    template (template: its name without .docx), as a score sheet, or brought by somebody (from). signed: a signed PDF has to be added.
    when: always, or only for nominees to whom it applies."""

    id: str
    name: str
    per: Literal["award", "candidate"]
    template: str | None = None
    score_sheet: bool = False
    brought_by: str | None = None
    signed: bool = False
    when: Literal["always", "initiative", "enterprise", "managed", "announced"] = "always"
    facts: list[str] = Field(default_factory=list)
    note: str | None = None


class Confirmation(Declaration):
    """What a body has to confirm of a nominee (xác nhận): taxes, social insurance, environment. subjects: of whom."""

    id: str
    name: str
    issuer: str
    subjects: list[str]
    facts: list[str] = Field(default_factory=list)
    note: str | None = None


class Authority(Declaration):
    """Who decides an award. title: as it is written to. submitted_by: id of a letterhead; to: who the submission (tờ trình) is addressed
    to. signer: the title above the signature."""

    id: str
    name: str
    submitted_by: str
    to: str
    signer: str
    receivers: list[str] = Field(default_factory=list)
    facts: list[str] = Field(default_factory=list)


class BaseSalary(Declaration):
    """Lương cơ sở from a day on, in đồng a month."""

    from_: dt.date = Field(alias="from")
    amount: int = Field(gt=0)
    facts: list[str] = Field(default_factory=list)


class Money(Declaration):
    """How award money is estimated: base salary × the award's coefficient (Award.coefficients, by subject)."""

    base_salary: list[BaseSalary]
    rounding: int = Field(default=1, ge=1)
    facts: list[str] = Field(default_factory=list)
