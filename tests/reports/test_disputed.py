"""Disputed evidence of a round: what is claimed and closed is what the ledger would make of it; the report says the engine's numbers."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from records.scored.disputed import Disputed, disputed, disputed_sets, stakes_of
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace
from reports.disputed import disputed_file, disputed_lines
from scoring.analysis.outcomes import Outcomes
from scoring.result import Result
from tests.reports.pending_support import LEAVE, pending_workspace
from tests.rounds.life_support import C, act, communes, verify_all


def final(workspace: Workspace) -> ScoredSet:
    found, problems = score_round(workspace, "2026", ("c",), "final")
    assert [one.file for one in found] == [C], problems
    return found[0]


def outcomes(workspace: Workspace) -> Outcomes:
    stakes, problems = stakes_of(final(workspace))
    assert stakes is not None, problems
    return Outcomes(stakes)


def same(one: Result, other: Result) -> None:
    for row in range(one.size):
        mine, theirs = one.at(row), other.at(row)
        assert (mine.criteria, mine.total, mine.rank, mine.grade, mine.eligible) == (
            theirs.criteria,
            theirs.total,
            theirs.rank,
            theirs.grade,
            theirs.eligible,
        )


@pytest.fixture
def pending(tmp_path: Path) -> Workspace:
    return pending_workspace(tmp_path / "w")


def test_claimed_is_what_accepting_everything_makes_of_it(pending: Workspace) -> None:
    made = outcomes(pending)
    assert {one.id: one.rows.tolist() for one in made.stakes.pending if one.id.startswith(("C1", "C2"))} == {
        "C1": [True, False, False],
        "C2.van-ban": [True, True, False],
        "C2.mot-cua": [True, True, False],
    }
    assert made.claimed.points("C2.mot-cua").at(1) == Fraction("26.66")  # 800 of 1.000 files, as explained
    for criterion in LEAVE:
        assert act(pending, "X1", criterion, "accept") == []
    assert act(pending, "X2", "C2.mot-cua", "accept", reason="đã xem giải trình") == []
    assert act(pending, "X2", "C2.van-ban", "explain", explanation="giữ nguyên") == []
    assert act(pending, "X2", "C2.van-ban", "accept", reason="đã xem giải trình") == []
    now = final(pending).result
    for node in ("C1", "C2", "C2.van-ban", "C2.ky-so", "C2.mot-cua"):
        for row in range(3):
            assert now.at(row).criteria[node] == made.claimed.at(row).criteria[node]


def test_closed_is_what_closing_everything_makes_of_it(pending: Workspace) -> None:
    made = outcomes(pending)
    for one in made.stakes.pending:
        for row in (0, 1, 2):
            if one.rows[row]:
                told = {"reason": "không giải trình", "source": "9/QĐ-SNV"}
                assert act(pending, f"X{row + 1}", one.id, "close", **told) == []
    same(final(pending).result, made.closed)


def test_everything_against_takes_the_place(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    verify_all(workspace, "X2", leave=("C3.place",))
    found, problems = disputed(workspace, "2026", ("c",))
    assert not [one for one in problems if one.severity == "error"]
    assert found["X1"].interval.worst.rank is None and found["X1"].interval.best.rank == 1
    assert len(found["X1"].open) > len(found["X2"].open) > 0


def test_who_has_not_handed_in_has_nothing_pending(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", 2)
    from tests.rounds.support import enter_body

    enter_body(workspace, "X9", name="Xã 9", kind="xã", pool="Cụm 1", province="Thái Bình")
    [made], _ = disputed_sets(workspace, "2026", ("c",))
    assert (made.absent, made.rows["X9"].open, made.rows["X9"].interval.best.rank) == (1, (), None)
    assert "1 đối tượng chưa nộp biểu: không xếp hạng, không tính vào các trường hợp." in list(disputed_lines(made))


def test_the_report_has_the_numbers_of_the_intervals(pending: Workspace) -> None:
    [made], _ = disputed_sets(pending, "2026", ("c",))
    file = disputed_file(made)
    assert file.name == "khoang-hang-c-xa-phuong.xlsx" and disputed_file(made).content == file.content
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["Khoang hang", "Tieu chi treo", "Cach tinh"]
    rows = {row[0]: row for row in book["Khoang hang"].iter_rows(values_only=True) if row[0] in made.rows}
    assert set(rows) == set(made.rows)
    for ident, row in rows.items():
        one = made.rows[ident].interval
        ranks = (one.now.rank, one.best.rank, one.worst.rank, one.own_best, one.own_worst)
        assert row[3:8] == tuple("–" if rank is None else rank for rank in ranks)
        assert [Fraction(str(value)) for value in row[10:12]] == list(one.totals)
    told = [row for row in book["Tieu chi treo"].iter_rows(values_only=True) if row[1] in made.rows]
    assert {(row[1], row[3].replace("điều kiện chung", "_")) for row in told} == {
        (ident, each.criterion) for ident, one in made.rows.items() for each in one.open
    }
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "CHỈ DÙNG NỘI BỘ" in texts and "điểm thử, chưa được cấp có thẩm quyền quyết định" in texts


def test_a_sentence_for_everybody(pending: Workspace) -> None:
    found, _ = disputed(pending, "2026", ("c",))
    assert all(isinstance(one, Disputed) and one.words.endswith(".") for one in found.values())
    one = found["X1"]
    assert [each.criterion for each in one.open][:3] == ["C1", "C2.van-ban", "C2.mot-cua"]
    assert {each.state for each in found["X2"].open[:2]} == {
        "trả lại, chờ giải trình",
        "đã giải trình, chờ thẩm định lại",
    }
