"""The demonstration: a whole round, seeded, stamped everywhere."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from records.evidence.register import items_of
from records.forms.submissions import latest_submissions
from records.publication.verifying import verify
from records.scored.rounds import score_round
from records.workspace.folder import open_workspace
from tests.support.command import thidua

STAMP = "SỐ LIỆU MINH HỌA"
HIDDEN = "_thidua"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo") / "d"
    outcome = thidua("demo", home)
    assert outcome.code == 0 and STAMP in outcome.out, outcome.err
    return home


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same seed a second time."""
    home = tmp_path_factory.mktemp("again") / "d"
    assert thidua("demo", home).code == 0
    return home


def workbooks(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.xlsx"))


def test_a_whole_round_is_there(folder: Path) -> None:
    root = folder / "thai-binh-2025-2030"
    results = {path.name for path in (root / "ket-qua" / "2026").iterdir()}
    assert sum(name.startswith("xep-hang-") for name in results) == 7
    assert sum(name.startswith("phieu-diem-") for name in results) == 7
    assert "loi-thu-bieu.xlsx" in results
    issued = {path.parent.name: 0 for path in workbooks(root / "bieu-giao")}
    for path in workbooks(root / "bieu-giao"):
        issued[path.parent.name] += 1
    handed_in = workbooks(folder / "thai-binh-2025-2030-don-vi" / "bieu-nop")
    assert sum(count for kind, count in issued.items() if kind not in ("tham-dinh", "giai-trinh")) == 61
    explained = workbooks(folder / "thai-binh-2025-2030-don-vi" / "bieu-giai-trinh")
    assert len(handed_in) == 61 and issued["tham-dinh"] == 7 and issued["giai-trinh"] == len(explained) > 5
    workspace, problems = open_workspace(root)
    assert workspace is not None, problems
    candidates = {ident for one in score_round(workspace, "2026")[0] for ident in one.result.ids}
    assert set(latest_submissions(workspace, "2026")) == candidates and len(candidates) == 98
    assert sum(s.version == 2 for s in workspace.database.submissions("2026")) == 4
    workspace.close()


def test_wrong_forms_are_named_with_their_cell_and_taken_when_mended(folder: Path) -> None:
    sheet = openpyxl.load_workbook(
        folder / "thai-binh-2025-2030" / "ket-qua" / "2026" / "loi-thu-bieu.xlsx"
    ).worksheets[0]
    rows = [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "STT")
    found = [row for row in rows[head + 1 :] if row[0].isdecimal()]
    assert len({row[1] for row in found}) == 4
    assert all(row[3] and re.fullmatch("[A-Z]+[0-9]+", row[4]) for row in found)


def test_every_sheet_says_so(folder: Path) -> None:
    for path in workbooks(folder):
        for sheet in openpyxl.load_workbook(path):
            if sheet.title == HIDDEN:
                continue
            texts = [str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value is not None]
            assert any(STAMP in text for text in texts), (path, sheet.title)
            printed = [
                getattr(at, side).text
                for at in (sheet.oddHeader, sheet.oddFooter)
                for side in ("left", "center", "right")
            ]
            assert any(STAMP in (text or "") for text in printed), (path, sheet.title)


def test_every_document_has_its_kind(folder: Path) -> None:
    workspace, _ = open_workspace(folder / "thai-binh-2025-2030")
    assert workspace is not None
    known = {kind.id for kind in workspace.movement.evidence_kinds}
    kinds = {item.kind for item in items_of(workspace, "2026")}
    workspace.close()
    assert kinds <= known and len(kinds) > 8


def test_same_seed_same_bytes(folder: Path, again: Path, tmp_path: Path) -> None:
    made = [path.relative_to(folder) for path in workbooks(folder)]
    assert made == [path.relative_to(again) for path in workbooks(again)]
    for path in made:
        if "cong-bo" in path.parts or path.name.startswith("so-lieu-bao-cao"):
            continue  # what is published names the ledger's last entry, and entries have times; what rests on it names its hash
        assert (folder / path).read_bytes() == (again / path).read_bytes(), path
    assert thidua("demo", tmp_path / "other", "--seed", "7").code == 0
    name = Path("thai-binh-2025-2030/ket-qua/2026/xep-hang-a-so-nganh.xlsx")
    assert (tmp_path / "other" / name).read_bytes() != (folder / name).read_bytes()


def test_what_was_published_is_official_proved_and_the_same_again(folder: Path, again: Path) -> None:
    """Points, ranks and grades in the archives do not depend on when they were made."""
    published = sorted((folder / "thai-binh-2025-2030" / "ket-qua" / "2026" / "cong-bo").glob("*/noi-bo-*.zip"))
    assert len(published) == 6
    for path in published:
        assert verify(path).identical
    for path in published:
        with zipfile.ZipFile(path) as first, zipfile.ZipFile(again / path.relative_to(folder)) as second:
            results = [name for name in first.namelist() if name.startswith("ket-qua/")]
            assert results and all(first.read(name) == second.read(name) for name in results)


def test_the_public_files_say_what_they_are_made_of(folder: Path) -> None:
    for path in (folder / "thai-binh-2025-2030" / "ket-qua" / "2026" / "cong-bo").glob("*/cong-khai-*.zip"):
        with zipfile.ZipFile(path) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith((".csv", ".html"))]
        persons = path.parent.name.startswith("e-")  # of persons nothing is published before somebody is proposed
        assert bool(texts) != persons and all(STAMP in text for text in texts), path


def test_states_of_every_kind_occur(folder: Path) -> None:
    """A newcomer sees scored, missing and not applicable, ranks and grades, a gate that fails."""
    workspace, _ = open_workspace(folder / "thai-binh-2025-2030")
    assert workspace is not None
    seen: set[str] = set()
    for one in score_round(workspace, "2026")[0]:
        for row in range(one.result.size):
            candidate = one.result.at(row)
            seen |= {c.state for c in candidate.criteria.values()}
            seen |= {f"grade:{bool(candidate.grade)}", f"rank:{bool(candidate.rank)}", f"gated:{bool(candidate.gates)}"}
            seen |= {f"tied:{bool(candidate.tied)}"}
    workspace.close()
    kinds = {"scored", "no_evidence", "not_applicable", "open"}
    kinds |= {f"{what}:{truth}" for what in ("grade", "rank", "gated", "tied") for truth in (True, False)}
    assert kinds <= seen


def test_the_round_goes_on_by_hand(folder: Path) -> None:
    root = folder / "thai-binh-2025-2030"
    status = thidua("-C", root, "round", "status", "2026", "--on", "2026-11-21")
    assert status.code == 0 and "còn 10 ngày" in status.out
    why = thidua("-C", root, "explain", "2026", "A01", "A1.1")
    assert why.code == 0 and STAMP in why.out
    assert thidua("-C", root, "rank", "2026", "--group", "b").code == 0
    again = thidua("-C", root, "forms", "collect", "2026", folder / "thai-binh-2025-2030-don-vi" / "bieu-nop-lai")
    assert again.code == 0 and "không thay đổi gì" in again.out


def test_a_second_demonstration_leaves_the_first_alone(folder: Path) -> None:
    before = {path: path.read_bytes() for path in workbooks(folder)}
    assert thidua("demo", folder).code == 1
    assert {path: path.read_bytes() for path in workbooks(folder)} == before


def test_no_file_may_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    assert thidua("demo", tmp_path / "x").code == 1


def test_workbooks_carry_no_date_of_today(folder: Path) -> None:
    for path in workbooks(folder):
        with zipfile.ZipFile(path) as package:
            assert b"2025-01-01T00:00:00Z" in package.read("docProps/core.xml")
            assert {info.date_time[0] for info in package.infolist()} == {1980}
