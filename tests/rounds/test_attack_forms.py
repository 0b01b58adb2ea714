"""Many forms at once through the command line, half of them broken: every error is named by file, sheet and cell."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from records.forms.collecting.returning import FILE_NAME
from records.workspace.folder import Workspace
from tests.rounds.breaking import WAYS, Found, broken, whole_round
from thidua.calling import Called
from thidua.commands.forms_collect import collect

GOOD = 20
_SAID = re.compile(
    r"^(?P<file>[^:\n]+?)(?: \[(?P<sheet>[^\]]+)\] ô (?P<cell>[A-Z]+[0-9]+))?: LỖI (?P<code>[a-z-]+): ", re.M
)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path, dict[str, list[Found]], set[str]]:
    """A workspace, the folder that came in, what must be found by file, and the bodies whose forms are good."""
    home = tmp_path_factory.mktemp("trăm biểu")
    workspace, forms = whole_round(home / "kỳ", len(WAYS) + GOOD)
    (home / "nộp").mkdir()
    wanted: dict[str, list[Found]] = {}
    ids = sorted(forms)
    for ident, (name, way) in zip(ids, WAYS.items()):
        raw, expected = broken(forms[ident], way)
        file = f"{ident} {name}.xlsx"
        (home / "nộp" / file).write_bytes(raw)
        wanted[file] = expected
    for ident in ids[len(WAYS) :]:
        (home / "nộp" / f"{ident}.xlsx").write_bytes(forms[ident])
    return workspace, home / "nộp", wanted, set(ids[len(WAYS) :])


def run(workspace: Workspace, folder: Path) -> Result:
    return CliRunner().invoke(collect, ["2026", str(folder)], obj=Called(workspace.root))


def test_every_broken_form_is_named_and_every_good_one_is_stored(sent) -> None:  # type: ignore[no-untyped-def]
    workspace, folder, wanted, good = sent
    assert len(wanted) >= 30
    done = run(workspace, folder)
    assert done.exit_code == 1 and not isinstance(done.exception, Exception), done.exception
    said: dict[str, list[Found]] = {}
    for match in _SAID.finditer(done.output):
        said.setdefault(match["file"], []).append((match["code"], match["sheet"] or "", match["cell"] or ""))
    assert {file: sorted(found) for file, found in said.items()} == wanted
    assert {one.candidate for one in workspace.database.submissions("2026")} == good
    assert f"thu được {len(good)}" in done.output and f"{len(wanted)} lỗi." in done.output
    sheet = openpyxl.load_workbook(workspace.results("2026") / FILE_NAME)["Loi"]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=5)]
    listed: dict[str, list[Found]] = {}
    for row in rows:
        assert row[7] == "lỗi" and row[5] and row[6]
        listed.setdefault(row[1], []).append((row[8], row[3], row[4]))
    assert listed == wanted
    owners = {row[1]: row[2] for row in rows}
    assert owners["S001 chữ thay số.xlsx"] == "S001" and owners[next(f for f in wanted if "macro" in f)] == ""


def test_the_same_folder_again_stores_nothing_more(sent) -> None:  # type: ignore[no-untyped-def]
    workspace, folder, _, good = sent
    run(workspace, folder)
    before = (workspace.root / "so-lieu.sqlite").read_bytes()
    kept = sorted(path.name for path in workspace.received("2026").iterdir())
    done = run(workspace, folder)
    assert done.exit_code == 1 and f"{len(good)} tệp đã thu từ trước" in done.output
    assert (workspace.root / "so-lieu.sqlite").read_bytes() == before and len(kept) == len(good)
    assert sorted(path.name for path in workspace.received("2026").iterdir()) == kept
