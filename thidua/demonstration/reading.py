"""What people read at the end: models told by units, the inspection page, the reports of years and occasions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from criteria.problems import Problem
from records.models.collecting import collect_models
from records.models.columns import TITLES
from records.models.form import SHEET, issue_model_form
from records.models.register import KINDS, PERSON_KIND
from records.roster.roster import Candidate, load_roster
from records.rounds import find_round, load_rounds
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from reports.coverage.content import coverage
from reports.coverage.pages import coverage_workbook
from reports.gap.content import period_gap
from reports.gap.pages import gap_workbook
from reports.page.files import Asked, page_of, write_page
from reports.period.gathering import PeriodReport, occasion_report, year_report
from reports.period.writing import write_report as write_period_report
from reports.tasks.files import write_report
from scoring.result import ILLUSTRATION
from thidua.demonstration.days import Days
from thidua.demonstration.stopping import stop
from thidua.demonstration.typing_in import Book, Sheet

MODELS = "mo-hinh"
_UNITS = 6  # that tell of models, one workbook each
_SHARE, _LEAST = Fraction(1, 2), 3  # of the gap report, as its command has them


def run_reading(workspace: Workspace, outside: Path, seed: int, period: str) -> Iterator[str]:
    """Lines to print while it goes. outside: the folder of the units. period: the first round; occasions are read where they are."""
    yield ""
    yield f"Những gì mọi người đọc — {ILLUSTRATION}"
    yield from _models(workspace, outside, seed, period)
    occasions = [one.id for one in workspace.movement.occasions if one.rounds and _opened(workspace, one.rounds)]
    for name in (period, *occasions):
        for public in (False, True):
            asked = Asked(name, public=public)
            data, problems = page_of(workspace, asked)
            stop(problems)
            assert data is not None
            path = workspace.results(name) / asked.file
            stop(write_page(data, path))
            yield f"Trang {'công khai' if public else 'kiểm tra'} {data['period_words']}: {path}"
    yield from _tables(workspace, period)
    today = Days.of(workspace.movement, period).official
    yield from _report(workspace, *year_report(workspace, period, today))
    for name in occasions:
        yield from _report(workspace, *occasion_report(workspace, name, _last(workspace, name)))


def _opened(workspace: Workspace, rounds: list[str]) -> bool:
    return set(rounds) <= load_rounds(workspace).keys()


def _last(workspace: Workspace, occasion: str) -> date:
    """A day after everything of an occasion."""
    rounds = next(one.rounds for one in workspace.movement.occasions if one.id == occasion)
    return max(Days.of(workspace.movement, name).official for name in rounds)


def _report(workspace: Workspace, report: PeriodReport | None, problems: list[Problem]) -> Iterator[str]:
    stop(problems)
    assert report is not None
    written, problems = write_period_report(workspace, report)
    stop(problems)
    yield f"Báo cáo, có chỗ để cán bộ viết: {written.files[0]}"


def _tables(workspace: Workspace, period: str) -> Iterator[str]:
    """Coverage and gap as workbooks."""
    round_, problems = find_round(workspace, period)
    stop(problems)
    assert round_ is not None
    told, problems = coverage(workspace, round_, Days.of(workspace.movement, period).official, ())
    stop(problems)
    assert told is not None
    content = coverage_workbook(workspace.movement, told)
    yield from _written(workspace, period, f"muc-do-thuc-hien-{period}", content)
    gap, problems = period_gap(workspace, period, ())
    stop(problems)
    assert gap is not None
    content = gap_workbook(workspace.movement, [gap], _SHARE, _LEAST)
    yield from _written(workspace, period, f"chenh-lech-{period}", content)


def _written(workspace: Workspace, period: str, name: str, content: bytes) -> Iterator[str]:
    written, problems = write_report(None, workspace.results(period), name, content)
    stop(problems)
    yield from (f"Đã lập {path}" for path in written)


# --- models and good practices -------------------------------------------------------------------------------------


def _models(workspace: Workspace, outside: Path, seed: int, period: str) -> Iterator[str]:
    """Some units tell of models in the workbook they were given."""
    movement, days = workspace.movement, Days.of(workspace.movement, period)
    rng = random.Random(f"{movement.id}/{seed}/{period}/models")
    candidates = [
        one
        for group in movement.groups
        for one in load_roster(workspace).candidates(group.letter, days.first, days.last)[0]
    ]
    persons = {kind.name for kind in movement.body_kinds if kind.person}
    roster = load_roster(workspace)
    units = [one for one in candidates if roster.bodies[one.id].value("kind") not in persons]
    people = [one for one in candidates if one not in units]
    tags = [tag.id for tag in movement.tags]
    if not units or not tags:
        return
    folder = outside / MODELS
    folder.mkdir(parents=True, exist_ok=True)
    for number, unit in enumerate(rng.sample(units, min(_UNITS, len(units))), 1):
        person = rng.choice(people) if people and number % 3 == 0 else None
        path = folder / f"{number:02d}-{unit.id}.xlsx"
        stop(issue_model_form(workspace, path, unit.id))
        book = Book(path)
        _fill(book.sheets[SHEET], person, rng, days, tags)
        write_whole(path, book.saved())
    run = collect_models(workspace, folder, days.official)
    stop(run.problems)
    yield f"{_UNITS} đơn vị giới thiệu {len(run.new)} mô hình, cách làm hay, gương điển hình."


def _fill(sheet: Sheet, person: Candidate | None, rng: random.Random, days: Days, tags: list[str]) -> None:
    """Two lines of a unit: a model, and another or a person's example."""
    kinds = [kind for kind in KINDS if kind != PERSON_KIND]
    for row in (2, 3):
        told = person if row == 3 else None
        kind = PERSON_KIND if told is not None else rng.choice(kinds)
        day = days.first + timedelta(days=rng.randrange(90, days.length))
        line = {
            "kind": KINDS[kind],
            "name": "" if told is not None else f"{KINDS[kind].capitalize()} minh họa {rng.randint(10, 99)}",
            "person": told.id if told is not None else "",
            "tags": "; ".join(sorted(rng.sample(tags, 2))),
            "summary": f"Cách làm minh họa, do bộ sinh số liệu viết ({ILLUSTRATION}).",
            "result": f"Giảm {rng.randint(10, 60)} % thời gian xử lý (minh họa).",
            "document": f"{rng.randint(1, 900)}/BC-MH",
            "document_day": day,
            "issuer": "Cơ quan minh họa",
            "since": day - timedelta(days=60),
            "public": "không" if rng.random() < 0.2 else "có",
        }
        for column, name in enumerate(TITLES, 1):
            sheet.put(row, column, line.get(name))
