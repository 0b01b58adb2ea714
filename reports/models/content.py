"""Models and good practices as lists for those who make them known, and beside the counts that units reported."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from criteria.exact import NumeralError, read_decimal
from criteria.problems import WARNING, Problem, of_file
from records.forms.submissions import latest_submissions
from records.ledger.of_one import last_day
from records.models.register import KINDS, PERSON_KIND, Model, models
from records.roster.matching import fold
from records.roster.roster import Roster, load_roster, order
from records.rounds import Round, Window, load_rounds, read_window
from records.workspace.folder import Workspace
from reports.wording.texts import line
from scoring.result import ILLUSTRATION

ADDRESSEES = {
    "tuyen-giao": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "bao-chi": "Các cơ quan báo chí",
    "hiep-hoi": "Hiệp hội Doanh nghiệp tỉnh",
}
_BUSINESS, _BUSINESS_PERSON = "doanh nghiep", "doanh nhan"  # as fold() writes the kinds of bodies and of persons


@dataclass(frozen=True)
class Shown:
    """A model in words. name: of the model, or of the person with post and unit. business: of an enterprise or a business person."""

    model: Model
    name: str
    unit: str
    contents: tuple[str, ...]
    business: bool


@dataclass(frozen=True)
class Counted:
    """A unit beside what it reported. reported: None when it was not asked, or has not said."""

    unit: str
    name: str
    listed: int
    reported: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        return None if self.reported is None else self.reported - self.listed

    @property
    def words(self) -> str:
        if self.reported is None:
            return "biểu không hỏi hoặc chưa ghi số"
        if self.difference == 0:
            return "khớp"
        more = abs(self.difference or 0)
        if (self.difference or 0) > 0:
            return f"báo cáo nhiều hơn sổ {more}: chưa gửi đủ mô hình vào sổ"
        return f"sổ nhiều hơn báo cáo {more}: báo cáo thiếu"


@dataclass(frozen=True)
class ModelReport:
    """shown: those that may be made known and belong to the addressee. held_back: how many of the period may not be, or are not for
    it. counted: by unit, empty without a round. told: the last day of the ledger."""

    addressee: str
    period: str
    window: Window | None
    shown: tuple[Shown, ...]
    held_back: int
    counted: tuple[Counted, ...]
    stamps: tuple[str, ...]
    told: date
    entry: int


def model_report(
    workspace: Workspace, addressee: str = "tuyen-giao", period: str = ""
) -> tuple[ModelReport | None, list[Problem]]:
    """period: only what was introduced in these days; "" everything, without counts."""
    window = read_window(workspace.movement, period) if period else None
    if period and window is None:
        return None, [
            of_file(period, "period", f"“{period}” không phải tên kỳ.", "Viết 2026, 2026-q2, 2027-h1, 2030-9m.")
        ]
    roster, found = load_roster(workspace), models(workspace, window)
    told = [_shown(workspace, roster, one) for one in found]
    kept = [
        one
        for one in told
        if one.model.public and one.name and one.model.summary and (addressee != "hiep-hoi" or one.business)
    ]
    problems = [
        of_file(
            f"mô hình số {one.model.number}",
            "model",
            "Gương cá nhân không còn tên hoặc nội dung (đã xóa), không in.",
            "",
            WARNING,
        )
        for one in told
        if not one.name or not one.model.summary
    ]
    round_ = load_rounds(workspace).get(period) if period else None
    counted: list[Counted] = []
    if round_ is not None:
        counted = _counted(workspace, round_, roster, found)
    units = {one.unit for one in found} | {one.person for one in found if one.person} | {one.unit for one in counted}
    shown = sorted(kept, key=lambda one: (list(KINDS).index(one.model.kind), one.model.document_day, one.model.number))
    report = ModelReport(
        addressee,
        period,
        window,
        tuple(shown),
        len(found) - len(kept),
        tuple(counted),
        (ILLUSTRATION,) if roster.illustrated(units) else (),
        last_day(workspace.database) or date(1970, 1, 1),
        workspace.database.last_entry(),
    )
    return report, problems


def _shown(workspace: Workspace, roster: Roster, model: Model) -> Shown:
    unit = roster.bodies.get(model.unit)
    unit_name = unit.name(model.document_day) if unit is not None else model.unit
    business = unit is not None and fold(unit.value("kind")) == _BUSINESS
    name = model.name
    if model.kind == PERSON_KIND:
        person = roster.bodies.get(model.person)
        called = person.name(model.document_day) if person is not None else ""
        name = ", ".join(part for part in (called, person.value("post") if person is not None else "") if part)
        name = name if called else ""
        business = business or (person is not None and fold(person.value("sub_type")) == _BUSINESS_PERSON)
    tags = {tag.id: line(tag.name) for tag in workspace.movement.tags}
    return Shown(model, name, unit_name, tuple(tags.get(tag, tag) for tag in model.tags), business)


def _counted(workspace: Workspace, round_: Round, roster: Roster, found: list[Model]) -> list[Counted]:
    """Every unit that wrote a number in its form or has a model in the register, by id."""
    listed: dict[str, int] = {}
    for one in found:
        listed[one.unit] = listed.get(one.unit, 0) + 1
    reported: dict[str, Fraction] = {}
    asked = workspace.movement.models_measure
    for ident, handed in latest_submissions(workspace, round_.period).items() if asked else ():
        text = str(handed.answers.get("values", {}).get(asked, ""))
        with suppress(NumeralError):  # nothing written, or KAD
            digits, decimals = read_decimal(text)
            reported[ident] = Fraction(digits, 10**decimals)
    made = []
    for ident in sorted({*listed, *reported}, key=order):
        body = roster.bodies.get(ident)
        name = body.name() if body is not None else ident
        made.append(Counted(ident, name, listed.get(ident, 0), reported.get(ident)))
    return made
