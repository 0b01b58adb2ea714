"""A small round on its way: forms, verification workbooks, explanations and a publication, each just before it is taken in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from criteria.problems import Problem, errors
from records.forms.collecting.collect import collect
from records.forms.issuing.issue import issue
from records.ledger.entries import Entry
from records.life.acts import Act, perform
from records.life.rights import EXPLAINED, SELF
from records.publication.open_points import Wish
from records.publication.published import DRAFT, OFFICIAL
from records.publication.publishing import prepare
from records.returns.collect import collect_returns
from records.review.bench import load_bench
from records.review.collect import collect_reviews
from records.rounds import close_group, close_roster, find_round
from records.workspace.folder import Workspace, open_workspace
from tests.rounds import returns_support, review_filling
from tests.rounds.review_filling import A_FIGURES, C_FIGURES, JUDGED, SIGNED
from tests.rounds.support import enter_body, new_workspace
from thidua.publishing import publish_with_lists

FORMS, REVIEWS, RETURNS, PUBLISH = "forms collect", "review collect", "return collect", "publish"
COMMANDS = (FORMS, REVIEWS, RETURNS, PUBLISH)
PERIOD, GROUP, SENT_BACK = "2026", "c", "C2.mot-cua"
DAY, SHOWN, UNTIL, FROZEN = date(2026, 12, 2), date(2026, 12, 10), date(2026, 12, 20), date(2027, 1, 5)
DECISION, POINTS = "9/QĐ-SNV ngày 05/01/2027", "1/QĐ-UBND ngày 02/01/2026"
PERSON = {"invested": "5", "recognised": "có", "recognition": "tỉnh", "work_days": "3", "works": "2", "gifts": "1"}


@dataclass(frozen=True)
class Prepared:
    """A workspace in which a command has something to do. words: of the command. call: the same in this process; what is wrong."""

    command: str
    root: Path
    words: list[str]
    call: Callable[[Workspace], list[Problem]]


def opened(root: Path) -> Workspace:
    workspace, problems = open_workspace(root)
    assert workspace is not None, problems
    return workspace


def prepare_round(home: Path) -> Iterator[Prepared]:
    """One after the other; each rests on what the one before has taken in."""
    workspace = _with_forms(home / "w", home / "forms")
    yield _collecting(FORMS, workspace, home, lambda w: collect(w, PERIOD, home / "forms").problems)
    _done(collect(workspace, PERIOD, home / "forms").problems)
    with workspace.database.writing() as writer:
        writer.append(Entry(f"index:dx_index/{PERIOD}", who, mark) for who, mark in (("X1", "80"), ("X2", "82")))
    _reviews(workspace, home / "reviews")
    on = ["--on", DAY.isoformat()]
    yield _collecting(
        REVIEWS, workspace, home, lambda w: collect_reviews(w, PERIOD, home / "reviews", DAY).problems, *on
    )
    _done(collect_reviews(workspace, PERIOD, home / "reviews", DAY).problems)
    _returns(workspace, home / "returns")
    yield _collecting(
        RETURNS, workspace, home, lambda w: collect_returns(w, PERIOD, home / "returns", DAY).problems, *on
    )
    _done(collect_returns(workspace, PERIOD, home / "returns", DAY).problems)
    _ready(workspace)
    words = [
        PUBLISH,
        PERIOD,
        "--group",
        GROUP,
        "--stage",
        OFFICIAL,
        "--decision",
        DECISION,
        "--points-decision",
        POINTS,
    ]
    words += ["--on", FROZEN.isoformat(), "--confirm", f"{PERIOD} {GROUP} {OFFICIAL}"]
    yield Prepared(PUBLISH, _kept(workspace, home / PUBLISH), words, _published)
    workspace.close()


def _collecting(
    command: str, workspace: Workspace, home: Path, call: Callable[[Workspace], list[Problem]], *more: str
) -> Prepared:
    room, verb = command.split()
    folder = {FORMS: "forms", REVIEWS: "reviews", RETURNS: "returns"}[command]
    words = [room, verb, PERIOD, str(home / folder), *more]
    return Prepared(command, _kept(workspace, home / f"before {room}"), words, lambda w: errors(call(w)))


def _kept(workspace: Workspace, place: Path) -> Path:
    """A copy that stays as it is."""
    workspace.close()
    shutil.copytree(workspace.root, place)
    return place


def _done(problems: list[Problem]) -> None:
    assert errors(problems) == [], errors(problems)


def _with_forms(root: Path, incoming: Path) -> Workspace:
    """B001 (a), X1 and X2 (c), P1 of B001 (e): their forms, filled in."""
    root.parent.mkdir(parents=True)
    workspace = new_workspace(root)
    enter_body(workspace, "B001", name="Sở Một", kind="sở/ban/ngành", data_owner="không")
    for who in ("X1", "X2"):
        enter_body(workspace, who, name=f"Phường {who}", kind="phường", pool="Cụm 1")
    enter_body(workspace, "P1", name="Bà P", kind="cá nhân", parent="B001", sub_type="trí thức")
    _done(issue(workspace, PERIOD)[1])
    measures = {f"measure:{name}": text for name, text in A_FIGURES.items()}
    judged = {f"judged:{name}": text for name, text in JUDGED.items()}
    _fill(_form(workspace, "a", "B001"), incoming / "B001.xlsx", {**measures, **judged})
    for who in ("X1", "X2"):
        form = _form(workspace, "c", who)
        _fill(
            form, incoming / who / "biểu.xlsx", {f"measure:{name}": text for name, text in C_FIGURES.items()}, "a.pdf"
        )
        (incoming / who / "minh-chung").mkdir()
        (incoming / who / "minh-chung" / "a.pdf").write_bytes(who.encode() * 300_000)
    _fill_batch(_form(workspace, "e", "B001"), incoming / "e.xlsx", {"P1": PERSON})
    return workspace


def _form(workspace: Workspace, letter: str, owner: str) -> Path:
    return next((workspace.issued(PERIOD) / letter).glob(f"{owner}-*.xlsx"))


def _fill(source: Path, target: Path, figures: Mapping[str, Any], file: str = "") -> None:
    """Figures in column E of the self-score, one piece of evidence, the signature."""
    book = openpyxl.load_workbook(source)
    sheet = book["Tu cham"]
    for row in range(1, sheet.max_row + 1):
        key = str(sheet.cell(row, 1).value)
        if key in figures:
            sheet.cell(row, 5).value = figures[key]
    if file:
        sheet = book["Minh chung"]
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "evidence:1")
        for column, text in enumerate(("C1", "so-nhiem-vu", "7/BC", "1/2/2026", "Phường", "Danh mục", file), 2):
            sheet.cell(row, column).value = text
    _sign(book)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def _fill_batch(source: Path, target: Path, rows: Mapping[str, Mapping[str, Any]]) -> None:
    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets:
        columns = {str(sheet.cell(1, column).value): column for column in range(1, sheet.max_column + 1)}
        for row in range(1, sheet.max_row + 1):
            given = rows.get(str(sheet.cell(row, 1).value).removeprefix("candidate:"), {})
            for name, text in given.items():
                sheet.cell(row, columns[f"measure:{name}"]).value = text
    _sign(book)
    book.save(target)


def _sign(book: openpyxl.Workbook) -> None:
    sheet, signed = book["Ky"], {**SIGNED, "date": "25/11/2026"}
    for row in range(1, sheet.max_row + 1):
        name = str(sheet.cell(row, 1).value).removeprefix("sign:")
        if name in signed:
            sheet.cell(row, 3).value = str(signed[name])


def _reviews(workspace: Workspace, incoming: Path) -> None:
    """Every body accepts everything of communes and persons; one criterion is sent back."""
    for body, one in review_filling.issued(workspace).items():
        keys = review_filling.rows(one.path)
        sheets = {sheet for key, (sheet, _) in keys.items() if key == "all"}
        typed = {f"X1/{SENT_BACK}": ("trả lại", "", "Số liệu không khớp hệ thống")}
        mine = {key: said for key, said in typed.items() if key in keys}
        review_filling.fill(one.path, incoming / f"{body}.xlsx", mine, everything=sorted(sheets))


def _returns(workspace: Workspace, incoming: Path) -> None:
    form = returns_support.issued(workspace)["X1"].path
    typed = {f"X1/{SENT_BACK}": "Đã đối chiếu lại", f"X1/{SENT_BACK}/measure:files_online": "740"}
    returns_support.fill(form, incoming / "X1.xlsx", typed)


def _ready(workspace: Workspace) -> None:
    """What is still open of the group is accepted, the group closed and shown for comment."""
    round_, _ = find_round(workspace, PERIOD)
    assert round_ is not None
    bench, problems = load_bench(workspace, round_, (GROUP,))
    _done(problems)
    acts = [
        Act(who, criterion.id, "accept", "verifier", body) for who, criterion, body in bench.cases((SELF, EXPLAINED))
    ]
    _done(perform(bench.scope, acts)[1])
    _done(close_roster(workspace, PERIOD, GROUP, SHOWN))
    _done(close_group(workspace, PERIOD, GROUP, SHOWN, "8/QĐ-SNV"))
    made, problems = prepare(workspace, PERIOD, GROUP, Wish(DRAFT, SHOWN, comments_until=UNTIL))
    assert made is not None, problems
    _done(publish_with_lists(made)[1])


def _published(workspace: Workspace) -> list[Problem]:
    """Publish, unless it is published: said again it is refused."""
    made, problems = prepare(workspace, PERIOD, GROUP, Wish(OFFICIAL, FROZEN, DECISION, POINTS))
    if made is not None:
        return publish_with_lists(made)[1]
    return [
        problem
        for problem in problems
        if "không khác bản chính thức" not in problem.message and "--reason" not in problem.hint
    ]
