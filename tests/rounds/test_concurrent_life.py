"""Several programs at one round at once: nothing is lost, nothing doubled, the chain stays whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from benchmarks.kill_round import PUBLISH, REVIEWS, Prepared, opened, prepare_round
from records.ledger.verifying import prove
from records.publication.changes import stored_archive
from records.publication.published import OFFICIAL, publications
from records.workspace.folder import Workspace

_PROGRAM = """
import sys
from pathlib import Path
from benchmarks.kill_round import DAY, DECISION, FROZEN, GROUP, PERIOD, POINTS, opened
from criteria.problems import errors
from records.forms.collecting.collect import collect
from records.publication.open_points import Wish
from records.publication.published import OFFICIAL
from records.publication.publishing import prepare
from records.review.collect import collect_reviews
from thidua.publishing import publish_with_lists
workspace, (what, where) = opened(Path(sys.argv[1])), sys.argv[2:]
def publish():
    made, problems = prepare(workspace, PERIOD, GROUP, Wish(OFFICIAL, FROZEN, where, POINTS))
    return problems if made is None else publish_with_lists(made)[1]
print("ready", flush=True)
sys.stdin.readline()
problems = {
    "forms": lambda: collect(workspace, PERIOD, Path(where)).problems,
    "review": lambda: collect_reviews(workspace, PERIOD, Path(where), DAY).problems,
    "publish": publish,
}[what]()
print(*(problem.code for problem in errors(problems)), flush=True)
"""


def together(root: Path, *jobs: tuple[str, str]) -> list[list[str]]:
    """Start programs, wait until all are ready, let all go at once; the codes of what each said was wrong."""
    words = [sys.executable, "-c", _PROGRAM, str(root)]
    running = [
        subprocess.Popen([*words, *job], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for job in jobs
    ]
    for process in running:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120)[0].split() for process in running]
    assert [process.returncode for process in running] == [0] * len(jobs)
    return said


def told(workspace: Workspace) -> Counter[tuple[str, ...]]:
    """What the ledger says, in whatever order it was said."""
    return Counter(
        (e.subject, e.field, "" if e.field == "handed_in" else e.value, e.stage, e.author, e.role, e.evidence)
        for e in workspace.database.entries()
    )


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Prepared]]:
    home = tmp_path_factory.mktemp("cùng lúc") / "round"
    yield {one.command: one for one in prepare_round(home)}


def test_bodies_that_hand_in_at_once(stages: dict[str, Prepared], tmp_path: Path) -> None:
    before = stages[REVIEWS]
    files = sorted((before.root.parent / "reviews").glob("*.xlsx"))
    assert len(files) == 3
    alone = tmp_path / "một mình"
    shutil.copytree(before.root, alone)
    workspace = opened(alone)
    assert before.call(workspace) == []
    one_by_one = told(workspace)
    workspace.close()
    here = tmp_path / "w"
    shutil.copytree(before.root, here)
    jobs = []
    for number, file in enumerate([*files, files[0]]):  # the first body's file is taken in by two programs
        folder = tmp_path / f"in {number}"
        folder.mkdir()
        shutil.copyfile(file, folder / file.name)
        jobs.append(("review", str(folder)))
    assert together(here, *jobs) == [[], [], [], []]
    workspace = opened(here)
    assert prove(workspace.database).breaks == [] and told(workspace) == one_by_one
    workspace.close()


def test_a_new_form_and_a_conclusion_about_the_old_one(stages: dict[str, Prepared], tmp_path: Path) -> None:
    """One of the two comes first, and the other says so: never a conclusion about what the unit has replaced."""
    before = stages[REVIEWS]
    home = before.root.parent
    form = tmp_path / "nộp" / "biểu.xlsx"
    form.parent.mkdir()
    shutil.copytree(home / "forms" / "X1" / "minh-chung", form.parent / "minh-chung")
    book = openpyxl.load_workbook(home / "forms" / "X1" / "biểu.xlsx")
    for name, key, column, value in (("Ky", "sign:version", 3, 2), ("Tu cham", "measure:files_online", 5, 500)):
        sheet = book[name]
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == key)
        sheet.cell(row, column).value = value
    book.save(form)
    for number in range(2):
        here = tmp_path / f"lần {number}"
        shutil.copytree(before.root, here)
        forms, reviews = together(here, ("forms", str(form.parent)), ("review", str(home / "reviews")))
        workspace = opened(here)
        assert prove(workspace.database).breaks == []
        versions = [one.version for one in workspace.database.submissions("2026", "X1")]
        concluded = {e.author for e in workspace.database.entries("score:2026/X1") if e.role == "verifier"}
        workspace.close()
        if versions == [1, 2]:  # the form came before some or all of the workbooks, which were then refused whole
            assert forms == [] and set(reviews) == {"review-stale"} and not concluded
        else:
            assert versions == [1] and forms == ["stage-passed"] and concluded


@pytest.mark.parametrize("programs", [2, 4])
def test_a_group_is_published_once(stages: dict[str, Prepared], tmp_path: Path, programs: int) -> None:
    here = tmp_path / "w"
    shutil.copytree(stages[PUBLISH].root, here)
    said = together(here, *(("publish", f"{number}/QĐ") for number in range(programs)))
    assert sum(not codes for codes in said) == 1, said
    assert all(set(codes) <= {"publish-moved", "publish-open"} for codes in said)
    workspace = opened(here)
    assert prove(workspace.database).breaks == []
    (one,) = [one for one in publications(workspace, "2026")["c"] if one.stage == OFFICIAL]
    assert one.decision == f"{said.index([])}/QĐ" and stored_archive(workspace, one)[1] == []
    folders = sorted(path.name for path in (workspace.results("2026") / "cong-bo").iterdir())
    assert folders == ["c-chinh-thuc-v1", "c-du-kien-v1"]
    workspace.close()
