"""A correction is a new version that says whose result moved and what it replaces; results are read back from archives."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl

from records.ledger.entries import Entry
from records.publication.container import file_sha256
from records.publication.official import frozen_results
from records.publication.open_points import Wish
from records.publication.published import OFFICIAL, publications
from records.publication.publishing import Files, prepare, publish
from records.publication.verifying import verify
from records.workspace.folder import Workspace
from records.years.frozen import in_force
from tests.rounds.life_support import act
from tests.rounds.publication_support import AGAIN, DECISION, FROZEN, POINTS, archive, draft, official, ready

WISH = Wish(OFFICIAL, AGAIN, DECISION, reason="Kết luận kiểm tra số 3/KL")


def corrected(root: Path) -> Workspace:
    """Official, then a finding takes points from X1."""
    workspace = ready(root)
    draft(workspace)
    official(workspace)
    figures = {"measure:files_online": "100"}
    assert act(workspace, "X3", "C2.mot-cua", "revise", figures=figures, reason="kiểm tra", source="3/KL") == []
    return workspace


def test_a_correction_names_what_moved_and_what_it_replaces(tmp_path: Path) -> None:
    workspace = corrected(tmp_path / "w")
    before = publications(workspace, "2026")["c"][-1]
    one = official(workspace, day=AGAIN, reason=WISH.reason)
    assert (one.version, one.reason) == (2, WISH.reason)
    with zipfile.ZipFile(archive(workspace, version=2)) as source:
        told, receipt = json.loads(source.read("thay-doi.json")), json.loads(source.read("bien-nhan.json"))
    assert told["files"] == dict(before.files) and len(before.files) == 3
    assert receipt["replaces"]["internal_sha256"] == before.archive == file_sha256(archive(workspace))
    assert receipt["replaces"]["version"] == 1 and receipt["points_decision"] == POINTS
    moved = told["sets"]["c-xa-phuong.yaml"]
    assert moved["X3"]["criteria"]["C2.mot-cua"] == [
        ["2443/100", "3333/100", "scored"],
        ["333/100", "3333/100", "scored"],
    ]
    assert [Fraction(text) for text in moved["X3"]["total"]] == [Fraction(9565, 100), Fraction(8861, 100)]
    assert moved["X3"]["rank"] == [1, 2] and moved["X3"]["tied"] == [True, False]
    assert moved["X2"] == {"tied": [True, False]} and set(moved) == {"X2", "X3"}
    for kind in ("noi-bo", "cong-khai"):
        assert verify(archive(workspace, kind, 2), against=workspace).identical
        assert verify(archive(workspace, kind, 1), against=workspace).identical
    sheet = openpyxl.load_workbook(
        io.BytesIO((archive(workspace, version=2).parent / "thay-doi.xlsx").read_bytes())
    ).active
    assert sheet is not None
    texts = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert ["X3", "Xã 3", "C2.mot-cua", "24,43 / 33,33", "3,33 / 33,33"] in texts
    workspace.close()


def test_without_a_difference_or_a_reason_there_is_no_correction(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    made, problems = prepare(workspace, "2026", "c", Wish(OFFICIAL, AGAIN, DECISION))
    assert made is None
    assert [problem.message for problem in problems] == [
        "Kết quả không khác bản chính thức lần 1 ngày 05/01/2027.",
        "Nhóm đã công bố chính thức (lần 1).",
    ]
    workspace.close()


def test_what_is_entered_later_does_not_move_a_frozen_group(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    official(workspace)
    with workspace.database.writing() as writer:
        writer.append([Entry("index:dx_index/2026", "X1", "99", source="sửa"), Entry("body:X1", "name", "Xã Khác")])
    made, problems = prepare(workspace, "2026", "c", WISH)
    assert made is None and "Kết quả không khác" in problems[0].message
    workspace.close()


def test_a_changed_archive_is_not_built_upon(tmp_path: Path) -> None:
    workspace = corrected(tmp_path / "w")
    raw = bytearray(archive(workspace).read_bytes())
    raw[len(raw) // 2] ^= 1
    archive(workspace).write_bytes(raw)
    made, problems = prepare(workspace, "2026", "c", WISH)
    assert made is None and [problem.code for problem in problems] == ["snapshot"]
    results, problems = frozen_results(workspace, "2026")
    assert results == [] and [problem.code for problem in problems] == ["snapshot"]
    workspace.close()


def test_frozen_results_are_read_from_the_latest_archive(tmp_path: Path) -> None:
    workspace = corrected(tmp_path / "w")
    official(workspace, day=AGAIN, reason=WISH.reason)
    results, problems = frozen_results(workspace, "2026")
    assert problems == [] and len(results) == 1
    one = results[0]
    assert (one.period, one.group, one.set_id, one.version, one.published) == ("2026", "c", "tb-c-xa-phuong", 2, AGAIN)
    assert one.receipt == file_sha256(archive(workspace, version=2))
    assert (one.first, one.last) == (date(2026, 1, 1), date(2026, 12, 31))
    by_rank = sorted(one.rows, key=lambda row: row.rank or 0)
    assert [row.candidate for row in by_rank] == ["X2", "X3", "X1"]
    assert by_rank[0].share == by_rank[0].total / by_rank[0].maximum
    every, _ = frozen_results(workspace, "2026", every_version=True)
    assert [result.version for result in every] == [1, 2]
    assert [result.version for result in in_force(every, FROZEN)] == [1]
    workspace.close()


def test_who_writes_meanwhile_stops_the_publication(tmp_path: Path) -> None:
    workspace = corrected(tmp_path / "w")
    made, _ = prepare(workspace, "2026", "c", WISH)
    assert made is not None
    with workspace.database.writing() as writer:
        writer.append([Entry("body:Z9", "name", "Nơi khác")])
    found, problems = publish(made, Files(), "thidua thử")
    assert found is None and [problem.code for problem in problems] == ["publish-moved"]
    assert publications(workspace, "2026")["c"][-1].version == 1
    workspace.close()
