"""An occasion with results made up: a real workspace of the catalogue, its archives replaced, so that everything after them runs quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from criteria.movements.reading import DOCUMENTS
from criteria.problems import errors
from nominations.awards.declarations import Award
from nominations.awards.reading import AWARDS, AwardFile, load_awards
from nominations.case import Case, Nominated
from nominations.dossier.attaching import Told, attach
from nominations.dossier.papers import attached
from nominations.dossier.state import Dossier, dossiers
from nominations.nominating import nominate
from nominations.occasions import AwardOccasion
from nominations.results import PeriodResult, Ranked, Results
from nominations.selection.choosing import State
from nominations.steps.progress import PASSED, Done, enter_steps, progress, step_entries
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from reports.score_sheet.content import ScoreSheet
from tests.nominations.document_support import sheet_of
from tests.nominations.support import award_workspace
from tests.rounds.support import MOVEMENT

OCCASION = "so-ket-2027"
TODAY = date(2027, 12, 31)
JUDGED = date(2027, 7, 1)  # the day of the occasion in the movement file
HOSTILE = 'A & B <b> =HYPERLINK("http://x") {{ 7*7 }} #import e\u0302\u0301'
HOSTILE_SHOWN = 'A & B <b> =HYPERLINK("http://x") {{ 7*7 }} #import \u1ebf'
GRADES = ("Xuất sắc, tiêu biểu", "Đạt tiêu chuẩn thi đua", "Chưa đạt")
PERIODS = (
    ("2025", date(2025, 4, 1), date(2025, 12, 31)),
    ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ("2027-h1", date(2027, 1, 1), date(2027, 6, 30)),
)
OFFICES: dict[str, dict[str, str]] = {
    "B001": {"name": "Sở Nội vụ", "kind": "sở/ban/ngành"},
    "B002": {"name": "Sở Khoa học và Công nghệ", "kind": "sở/ban/ngành"},
    "B015": {"name": "Văn phòng Ủy ban nhân dân tỉnh", "kind": "sở/ban/ngành"},
    "B041": {"name": "Hiệp hội Doanh nghiệp tỉnh", "kind": "MTTQ & đoàn thể"},
    "C1": {"name": "Xã Một", "kind": "xã", "pool": "Cụm 1"},
    "C2": {"name": "Xã Hai", "kind": "xã", "pool": "Cụm 1"},
    "C3": {"name": "Xã Ba", "kind": "xã", "pool": "Cụm 2"},
}
GROUPS = {
    "sở/ban/ngành": "a",
    "MTTQ & đoàn thể": "b",
    "xã": "c",
    "phường": "c",
    "đơn vị trực thuộc": "d",
    "doanh nghiệp": "đ",
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


class MadeUp:
    """Stands for OccasionResults: what it was given, and for achievements that begin later the mean of the later periods."""

    def __init__(self, ranked: Iterable[Ranked], stamps: tuple[str, ...] = ()) -> None:
        self.ranked, self.stamps = {one.candidate: one for one in ranked}, stamps
        self.problems: list[Any] = []

    def __call__(self, workspace: Workspace, occasion: AwardOccasion, instead: object = None) -> MadeUp:
        return self

    def results(self, since: Mapping[str, date] | None = None) -> Results:
        found = {ident: _since(one, (since or {}).get(ident)) for ident, one in self.ranked.items()}
        receipts = {f"Kỳ {name}": f"{place:064x}" for place, (name, _, _) in enumerate(PERIODS)}
        return Results(dict(sorted(found.items())), receipts, self.stamps)


def _since(one: Ranked, day: date | None) -> Ranked:
    if day is None:
        return one
    left = tuple(period for period in one.periods if period.first >= day)
    if not left:
        return replace(one, figure=None, words="", rank=None, ties=(), periods=(), since=day)
    figure = sum((period.share or Fraction(0) for period in left), Fraction(0)) * 100 / len(left)
    return replace(one, figure=figure, periods=left, since=day)


def result(ident: str, figure: int | str, group: str = "a", pool: str = "", rank: int = 1, **more: Any) -> Ranked:
    """A candidate with the same share in every period. figure: percent."""
    value = Fraction(str(figure))
    periods = tuple(
        PeriodResult(name, first, last, f"{figure}", value / 100, GRADES[0], 0, rank, f"{at:064x}")
        for at, (name, first, last) in enumerate(PERIODS)
    )
    words = f"{figure} %".replace(".", ",")
    return Ranked(ident, ident, group, f"{group}-set", pool, value, words, True, rank, "", (), periods, GRADES, **more)


def ranked_roster(roster: Mapping[str, Mapping[str, str]], figures: Mapping[str, int | str]) -> list[Ranked]:
    """Results of bodies by their figures: places by group and pool, names as the roster has them."""
    told = []
    for ident, figure in figures.items():
        kind, pool = GROUPS[roster[ident]["kind"]], roster[ident].get("pool", "")
        level = [
            Fraction(str(other))
            for one, other in figures.items()
            if (GROUPS[roster[one]["kind"]], roster[one].get("pool", "")) == (kind, pool)
        ]
        rank = 1 + sum(other > Fraction(str(figure)) for other in level)
        told.append(replace(result(ident, figure, kind, pool, rank), name=roster[ident]["name"]))
    return told


def decided_movement(folder: Path, change: Any = None) -> Path:
    """A copy of the catalogue's movement in which every proposal is decided and the first day is known. change: of the award file."""
    import shutil

    copy = folder / MOVEMENT.name
    shutil.copytree(MOVEMENT, copy)
    told = yaml.safe_load((copy / AWARDS).read_text(encoding="utf-8"))
    _decide(told)
    told["frame"] |= {"from": date(2025, 4, 15), "from_earliest": None, "from_latest": None}
    told |= {"duration_status": "decided", "duration_decided_by": "01/QĐ-UBND"}
    if change is not None:
        change(told)
    _number(copy / DOCUMENTS)
    (copy / AWARDS).write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return copy


def _number(path: Path) -> None:
    """Every document gets the number and the day that nobody knows."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    for one in told["documents"]:
        one["number"] = one.get("number") or "99/KH-UBND"
        one["date"] = one.get("date") or date(2025, 4, 15)
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _decide(told: Any) -> None:
    if isinstance(told, dict):
        if told.get("status") == "proposal":
            told |= {"status": "decided", "decided_by": "01/QĐ-UBND"}
        for value in told.values():
            _decide(value)
    elif isinstance(told, list):
        for value in told:
            _decide(value)


def occasion_workspace(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    figures: Mapping[str, int | str],
    roster: Mapping[str, Mapping[str, str]] = OFFICES,
    movement: Path = MOVEMENT,
    stamps: tuple[str, ...] = (),
) -> Workspace:
    """An open workspace whose official results are these figures."""
    workspace = award_workspace(root / "w", movement, roster)
    made = MadeUp(ranked_roster(roster, figures), stamps)
    monkeypatch.setattr("nominations.nominating.OccasionResults", made)
    return workspace


def nominated(workspace: Workspace, name: str = OCCASION) -> Nominated:
    found, problems = nominate(workspace, name)
    assert found is not None and not errors(problems), [one.text() for one in problems]
    return found


def case_of(workspace: Workspace, award: str, nominee: str) -> Case:
    return next(one for one in nominated(workspace).of_award(award) if one.nominee.id == nominee)


def proposed(workspace: Workspace, award: str) -> list[str]:
    return [one.nominee.id for one in nominated(workspace).of_award(award) if one.state is State.PROPOSED]


def file_of(workspace: Workspace) -> AwardFile:
    file, problems = load_awards(workspace)
    assert file is not None, [one.text() for one in problems]
    return file


def award_of(workspace: Workspace, ident: str) -> Award:
    found = file_of(workspace).awards.award(ident)
    assert found is not None
    return found


def enter(workspace: Workspace, *entries: Entry) -> None:
    with workspace.database.writing() as writer:
        writer.append(entries)


def say(workspace: Workspace, award: str, nominee: str, step: str, value: str, day: date, **more: Any) -> list[Any]:
    """Enter a step as its body would; the findings."""
    done = Done(step, value, f"{step}/BB", day, **more)
    told = [(award, nominee, step_entries(OCCASION, award, nominee, done, "council", "Tổ"))]
    with workspace.database.writing() as writer:
        return enter_steps(writer, file_of(workspace).awards, progress(workspace, OCCASION), told)


def pass_steps(workspace: Workspace, award: str, nominees: Iterable[str], *steps: tuple[str, date]) -> None:
    """Pass steps in this order."""
    for step, day in steps:
        for nominee in nominees:
            assert say(workspace, award, nominee, step, PASSED, day) == []


def confirm_everything(workspace: Workspace, name: str = OCCASION) -> None:
    """Every legal fact held against its text, every nominee free of everything, every question answered on a document."""
    day = nominated(workspace, name).occasion.day
    facts = file_of(workspace).law.facts
    enter(workspace, *(Entry(f"basis:{one}", "compared", "unchanged", day, source="Văn bản hợp nhất") for one in facts))
    people = sorted({one.nominee.id for one in nominated(workspace, name).cases})
    told = {
        **dict.fromkeys((one.id for one in file_of(workspace).awards.blocks), "không"),
        "maternity": "không",
        "managed": "không",
    }
    enter(
        workspace,
        *(
            Entry(f"nominee:{name}/{ident}", field, value, source="Xác nhận số 1")
            for ident in people
            for field, value in told.items()
        ),
    )
    found = nominated(workspace, name)
    enter(
        workspace,
        *(
            Entry(f"check:{name}/{case.award.id}/{case.nominee.id}", one.check, "pass", day, source="Kết luận số 2")
            for case in found.cases
            for one in case.open
        ),
    )


def dossier_of(workspace: Workspace, award: str) -> Dossier:
    made = dossiers(nominated(workspace), attached(workspace, OCCASION))
    return next(one for one in made if one.award.id == award)


def attach_missing(workspace: Workspace, award: str, folder: Path) -> int:
    """Attach a signed PDF for every paper that lacks one; how many."""
    occasion, file = nominated(workspace).occasion, file_of(workspace)
    lacking = [one for one in dossier_of(workspace, award).papers if not one.present]
    for number, one in enumerate(lacking):
        path = folder / f"ban-ky-{number}.pdf"
        path.write_bytes(PDF + f"% {one.paper.id} {one.nominee}".encode())
        told = Told(award, one.nominee, one.paper.id, f"{number + 1:02d}/VB", date(2027, 9, 1))
        sha256, problems = attach(workspace, file, occasion, told, path, TODAY)
        assert sha256 and not problems, [problem.text() for problem in problems]
    return len(lacking)


class MadeUpSheets:
    """Stands for opened archives: a sheet for everybody of the occasion."""

    def __init__(self, found: Nominated) -> None:
        self.people = {one.nominee.id: one.nominee for one in found.cases}
        self.candidates = list(self.people)

    def content(self, candidate: str) -> ScoreSheet | None:
        """Its name stands above, the merit it was proposed with is a piece of evidence."""
        nominee = self.people[candidate]
        made = sheet_of(nominee)
        if made is None:
            return None
        (part,) = made.periods
        first, *others = part.rows
        evidence = tuple(row.merit for row in nominee.proposed if row.merit)
        part = replace(part, rows=(first, *(replace(one, evidence=evidence or one.evidence) for one in others)))
        return replace(made, about=(("Đối tượng", nominee.name),), periods=(part,))


def install_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let dossiers take score sheets from here."""

    def opened(workspace: Workspace, period: str, candidates: Any = None, letters: Any = ()) -> Any:
        return MadeUpSheets(nominated(workspace)), []

    monkeypatch.setattr("thidua.dossiers.open_sheets", opened)
