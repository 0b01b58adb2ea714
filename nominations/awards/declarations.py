"""awards.yaml (tệp khen thưởng): which awards a movement can lead to, and everything legal or local about them. Nothing of it in code."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from criteria.declarations.calendar import Letterhead
from criteria.declarations.common import as_list
from criteria.declarations.years import Count, Weight
from criteria.shapes.base import Declaration
from nominations.awards.law import Fact
from nominations.awards.principles import Block, Category, Managed, Merit, Percent
from nominations.awards.procedure import Announcement, Authority, Confirmation, Money, Paper, Step, Vote

Kind = Literal["so-ket", "tong-ket", "thuc-day"]  # sơ kết, tổng kết, thúc đẩy phong trào at any date
Issuer = Literal["chu-tich-nuoc", "thu-tuong", "bo", "tinh", "xa", "don-vi"]
Status = Literal["proposal", "decided"]
_LAST_YEAR = 2999


class Frame(Declaration):
    """The movement as the law asks about it. issuer: who launched it. from, to: its first and last day; when the first day is not
    known, the days between which it lies (from_earliest, from_latest)."""

    issuer: Issuer
    from_: dt.date | None = Field(default=None, alias="from")
    from_earliest: dt.date | None = None
    from_latest: dt.date | None = None
    to: dt.date
    place: str | None = None
    open_question: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Frame:
        """From an earlier to a later day, within a time that can be counted."""
        firsts = [one for one in (self.from_, self.from_earliest, self.from_latest) if one is not None]
        turned = (
            self.from_earliest is not None and self.from_latest is not None and self.from_earliest > self.from_latest
        )
        if turned or any(one > self.to for one in firsts) or self.to.year > _LAST_YEAR:
            told = {"code": "validity", "offset": 0, "message": "Thời gian của phong trào viết ngược hoặc quá xa."}
            hint = "Ghi from (hoặc from_earliest rồi from_latest) trước, to sau."
            raise PydanticCustomError("expression", "", told | {"hint": hint})
        return self


class Subject(Declaration):
    """A kind of nominee as the law names it (đối tượng). groups, sub_types: which candidates it is; none: only by proposal, without
    a score. prefer: what the legal preference between equals asks of it: a woman, or at least prefer_percent of women among its
    people; prefer_facts: by which clause."""

    id: str
    name: str
    person: bool = False
    groups: list[str] = Field(default_factory=list)
    sub_types: list[str] = Field(default_factory=list)
    prefer: Literal["female", "female_share"] | None = None
    prefer_percent: Percent | None = None
    prefer_facts: list[str] = Field(default_factory=list)
    note: str | None = None


class Held(Declaration):
    """Awards that a route wants already held. award: an award's id, or the name of another one. categories: loại hình that count."""

    award: str
    times: int = Field(default=1, ge=1)
    within_years: int | None = Field(default=None, ge=1)
    categories: list[str] = Field(default_factory=list)


class Route(Declaration):
    """One way to an award: for whom, when, out of which movements, on which legal facts (điểm, khoản, điều).

    issuers: whose movements lead to it, [] any. least_years: of the movement. held: awards wanted before. initiative: an initiative
    (sáng kiến) has to be recognised. asks: what a person has to have seen before the route holds, because no score shows it
    (a contribution that the province has recognised): such a route alone never passes by itself.
    """

    subjects: list[str]
    occasions: list[Kind]
    issuers: list[Issuer] = Field(default_factory=list)
    least_years: int | None = Field(default=None, ge=1)
    facts: list[str]
    held: list[Held] = Field(default_factory=list)
    initiative: bool = False
    asks: str | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        return _listed(data, "subjects", "occasions", "issuers", "facts")


class Aside(Declaration):
    """What the law says beside the routes: a subject to whom no route is open, or another way to the award that a movement's dossier
    does not take (công trạng, đột xuất). why: a Vietnamese sentence; the award is refused with it and with these facts."""

    subjects: list[str]
    facts: list[str]
    why: str

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        return _listed(data, "subjects", "facts")


class Standard(Declaration):
    """What the words of the law ("xuất sắc", "tiêu biểu", "dẫn đầu") ask of the score, as the province has decided or proposes.

    groups, occasions: [] all. least_figure: of the occasion's figure (percent, or points). grade: reached at least, in `periods` of
    the periods counted (all). most_rank: place in the pool at most.
    """

    groups: list[str] = Field(default_factory=list)
    occasions: list[Kind] = Field(default_factory=list)
    least_figure: Weight | None = None
    grade: str | None = None
    periods: Count = None
    most_rank: int | None = Field(default=None, ge=1)
    status: Status = "proposal"
    decided_by: str | None = None
    facts: list[str] = Field(default_factory=list)
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        return _listed(data, "groups", "occasions", "facts")


class Quota(Declaration):
    """How many may be proposed (chỉ tiêu). groups, subjects, occasions: whom it is for, [] all; groups never share one.

    per: a number for each pool, set or group. number, or percent of a base: candidates (of the list), placed (with a place),
    eligible (who pass). rounding: of a share that is no whole number; least: at least so many when anybody is eligible.
    """

    groups: list[str] = Field(default_factory=list)
    subjects: list[str] = Field(default_factory=list)
    occasions: list[Kind] = Field(default_factory=list)
    per: Literal["pool", "set", "group"] = "pool"
    number: int | None = Field(default=None, ge=0)
    percent: Percent | None = None
    of: Literal["candidates", "placed", "eligible"] = "candidates"
    rounding: Literal["down", "half_up", "up"] = "down"
    least: int = Field(default=0, ge=0)
    status: Status = "proposal"
    decided_by: str | None = None
    facts: list[str] = Field(default_factory=list)
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        return _listed(data, "groups", "subjects", "occasions", "facts")


class Award(Declaration):
    """A form of award (hình thức khen thưởng) or title (danh hiệu thi đua). Listed from the highest to the lowest.

    category: loại hình khen thưởng. authority: who decides. authority_facts: by which clause. offered: whether this movement proposes
    it at all; an award that is not can still be asked for, and is refused with its clause. after_award: what counts for who was
    awarded at an earlier occasion of the movement: everything, or only periods after that occasion's cut-off.
    steps: ids of the steps it goes through; [] all of them. papers: ids of what its dossier holds.
    """

    id: str
    name: str
    short: str
    kind: Literal["hinh-thuc", "danh-hieu"] = "hinh-thuc"
    level: Literal["nha-nuoc", "tinh", "co-so"]
    category: str
    authority: str
    authority_facts: list[str] = Field(default_factory=list)
    offered: bool = True
    after_award: Literal["count_all", "after_cutoff"] = "after_cutoff"
    routes: list[Route]
    asides: list[Aside] = Field(default_factory=list)
    standards: list[Standard] = Field(default_factory=list)
    quotas: list[Quota] = Field(default_factory=list)
    steps: list[str] = Field(default_factory=list)
    votes: list[Vote] = Field(default_factory=list)
    announcement: Announcement | None = None
    papers: list[str] = Field(default_factory=list)
    copies: str | None = None
    coefficients: dict[str, Weight] = Field(default_factory=dict)
    money_facts: list[str] = Field(default_factory=list)
    note: str | None = None


class Proposing(Declaration):
    """Who puts forward the candidates of some groups. how: ranking (everybody with a result stands for selection) or proposal (only
    those whom the right body proposes). by: parent (the managing body), self, or the id of a body. through: id of the body that passes
    it on. occasions: when it may, [] at any."""

    groups: list[str] = Field(default_factory=list)
    subjects: list[str] = Field(default_factory=list)
    how: Literal["ranking", "proposal"]
    by: list[str] = Field(default_factory=list)
    through: str | None = None
    occasions: list[Kind] = Field(default_factory=list)
    facts: list[str] = Field(default_factory=list)
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, data: Any) -> Any:
        return _listed(data, "groups", "subjects", "by", "occasions", "facts")


class Awards(Declaration):
    """The whole file. rules: legal facts of the checks that are about no single award, by check (E4, E6 …). cited: ids of the
    documents that every submission (tờ trình) names as its basis, as far as they hold on its day. categories: every loại hình that
    awards of the file and of lists may have. blocks: what stops a nominee from being looked at (E6). managed: whose opinion of
    persons comes first (E13)."""

    frame: Frame
    duration_basis: Literal["planned", "elapsed"]
    duration_status: Status = "proposal"
    duration_decided_by: str | None = None
    cited: list[str] = Field(default_factory=list)
    facts: list[Fact]
    categories: list[Category] = Field(default_factory=list)
    merit: Merit | None = None
    blocks: list[Block] = Field(default_factory=list)
    managed: Managed | None = None
    subjects: list[Subject]
    awards: list[Award]
    rules: dict[str, list[str]] = Field(default_factory=dict)
    proposing: list[Proposing] = Field(default_factory=list)
    steps: list[Step] = Field(default_factory=list)
    papers: list[Paper] = Field(default_factory=list)
    confirmations: list[Confirmation] = Field(default_factory=list)
    authorities: list[Authority] = Field(default_factory=list)
    letterheads: dict[str, list[Letterhead]] = Field(default_factory=dict)
    money: Money | None = None

    def award(self, ident: str) -> Award | None:
        return next((one for one in self.awards if one.id == ident), None)

    def fact(self, ident: str) -> Fact | None:
        return next((one for one in self.facts if one.id == ident), None)

    def subject(self, ident: str) -> Subject | None:
        return next((one for one in self.subjects if one.id == ident), None)

    def step(self, ident: str) -> Step | None:
        return next((one for one in self.steps if one.id == ident), None)

    def authority(self, ident: str) -> Authority | None:
        return next((one for one in self.authorities if one.id == ident), None)

    def category(self, ident: str) -> Category | None:
        return next((one for one in self.categories if one.id == ident), None)

    def category_name(self, ident: str, unknown: str | None = None) -> str:
        """A loại hình in words. unknown: what is said of one that the file does not name, None: its id."""
        found = self.category(ident)
        return found.name if found is not None else ident if unknown is None else unknown

    @property
    def of_movements(self) -> str:
        """The id of the loại hình of awards given in a movement; "" when the file names none."""
        return next((one.id for one in self.categories if one.movement), "")

    def steps_of(self, award: Award) -> list[Step]:
        """The steps an award goes through, in the file's order; publishing only where it is asked for."""
        wanted = award.steps or [one.id for one in self.steps]
        return [
            one
            for one in self.steps
            if one.id in wanted and (one.kind != "publication" or award.announcement is not None)
        ]

    def papers_of(self, award: Award) -> list[Paper]:
        return [one for one in self.papers if one.id in award.papers]


def _listed(data: Any, *names: str) -> Any:
    if not isinstance(data, dict):
        return data
    return {key: as_list(value) if key in names else value for key, value in data.items()}
