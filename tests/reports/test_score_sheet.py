"""The score sheet of one period: its numbers are those of the archive, its words those of the ledger of that day."""

from __future__ import annotations

import hashlib
from datetime import date
from fractions import Fraction
from pathlib import Path

from criteria.exact import show_vietnamese
from criteria.problems import WARNING
from records.forms.answers import EvidenceItem
from records.ledger.entries import Entry
from records.publication.archive import RESULTS, member
from records.publication.container import open_archive
from records.publication.open_points import Wish
from records.publication.published import OFFICIAL
from records.publication.texts import parsed
from records.workspace.folder import Workspace, open_workspace
from reports.score_sheet.content import ScoreSheet
from reports.score_sheet.sheets import open_sheets, score_sheets
from tests.reports.score_sheet_support import LETTER, communes, officially, pages, publish, squeezed, text_of
from tests.rounds.life_support import COMMUNE, act
from tests.rounds.publication_support import archive
from tests.rounds.support import enter_body, new_workspace

CASE = "C2.mot-cua"
RESTRICTED = EvidenceItem(CASE, "5/MẬT", "2026-05-04", "Cơ quan kín", "Nội dung kín", restricted=True)
OPEN = EvidenceItem(CASE, "Số 7/BC-UBND", "2026-10-03", "UBND xã", "Bảng kê hồ sơ", kind="so-lieu")


def content(workspace: Workspace, candidate: str, period: str = "2026") -> ScoreSheet:
    sheets, problems = open_sheets(workspace, period, [candidate])
    assert sheets is not None, problems
    return sheets.content(candidate)


def pdf(workspace: Workspace, candidate: str, period: str = "2026") -> bytes:
    found, problems = score_sheets(workspace, period, [candidate])
    assert problems == []
    return dict(found)[candidate]


def test_every_number_is_the_archives(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w")
    stored, _ = open_archive(archive(workspace))
    assert stored is not None
    rows = [parsed(raw) for raw in stored.lines(member(RESULTS, "c-xa-phuong.yaml", ".jsonl"))]
    assert [row["id"] for row in rows] == ["X1", "X2", "X3"]
    found, problems = score_sheets(workspace, "2026")
    files = dict(found)
    assert problems == [] and list(files) == ["X1", "X2", "X3"]
    for row in rows:
        part = content(workspace, row["id"]).periods[0]
        told = {one.id: [str(one.points), str(one.maximum), one.state] for one in part.rows}
        assert told == row["criteria"]
        assert (str(part.total), str(part.maximum), part.grade, part.rank) == (
            row["total"],
            row["maximum"],
            row["grade"],
            row["rank"],
        )
        printed = text_of(files[row["id"]])
        for points, maximum, state in row["criteria"].values():
            if state == "scored":
                assert (
                    squeezed(f"{show_vietnamese(Fraction(maximum), 2)} {show_vietnamese(Fraction(points), 2)}")
                    in printed
                )
        total, most = (show_vietnamese(Fraction(row[key]), 2) for key in ("total", "maximum"))
        assert squeezed(f"TỔNG ĐIỂM {most} {total}") in printed
    workspace.close()


def test_rule_clause_evidence_and_verifier_stand_with_the_criterion(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=1, evidence=[OPEN, RESTRICTED])
    row = next(one for one in content(workspace, "X1").periods[0].rows if one.id == CASE)
    assert (
        dict(row.reasons)["Tính"] == "733 / 1.000 hồ sơ = 73,3 %; 73,3 % × 33,33 điểm = 24,43089 điểm, làm tròn 24,43"
    )
    assert row.clauses == ("[1], IV.2.c",)  # the words stand with the part above
    assert row.evidence == ("số 7/BC-UBND ngày 03/10/2026, UBND xã", "số 5/MẬT (tài liệu hạn chế, chỉ nêu số)")
    assert row.verified == (f"Thẩm định: Văn phòng Ủy ban nhân dân tỉnh, ngày 09/12/2026 (văn bản {LETTER})",)
    printed = text_of(pdf(workspace, "X1"))
    for words in (*row.evidence, dict(row.reasons)["Tính"], row.verified[0]):
        assert squeezed(words) in printed
    assert "kín" not in printed and "04/05/2026" not in printed
    index = next(one for one in content(workspace, "X1").periods[0].rows if one.id == "C3.place")
    assert index.evidence == ("Chỉ số chuyển đổi số cấp xã: Bộ chỉ số DX",)
    chosen = next(one for one in content(workspace, "X1").periods[0].rows if one.id == "C3.class")
    assert chosen.reasons == (("Không áp dụng", "phương án này không được chọn trong kỳ"),) and chosen.evidence == ()
    workspace.close()


def test_nothing_that_came_later_is_on_the_sheet(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=2)
    before = pdf(workspace, "X1")
    enter_body(workspace, "X1", name="Xã Đổi Tên", pool="Cụm 9")
    officer = "van-phong-ubnd"
    with workspace.database.writing() as writer:
        writer.append(
            [
                Entry(
                    "score:2026/X1",
                    CASE,
                    "verified",
                    date(2027, 6, 1),
                    author=officer,
                    role="verifier",
                    stage="verified",
                )
            ]
        )
    for name in ("c-xa-phuong.yaml", "movement.yaml"):
        path = workspace.movement_folder / name
        path.write_text(
            path.read_text(encoding="utf-8").replace("chuyển đổi số", "đổi số").replace("Sở Nội vụ", "Sở Khác"),
            encoding="utf-8",
        )
    root = workspace.root
    workspace.close()
    again, problems = open_workspace(root)
    assert again is not None, problems
    assert again.read_set("c-xa-phuong.yaml")[0] is not None
    assert pdf(again, "X1") == before
    again.close()


def test_the_same_bytes_and_the_day_of_the_publication(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=1)
    first = pdf(workspace, "X1")
    assert first == pdf(workspace, "X1")
    assert b"2027-01-05" in first and b"pdfaid:part>2<" in first.replace(b" ", b"")
    assert squeezed("Hưng Yên, ngày 05 tháng 01 năm 2027") in text_of(first)
    workspace.close()


def test_every_page_has_the_receipt_its_number_and_the_stamps(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=1)
    found = pages(pdf(workspace, "X1"))
    short = hashlib.sha256(archive(workspace).read_bytes()).hexdigest()[:12]
    assert len(found) > 1
    for number, page in enumerate(found, 1):
        assert f"Trang {number}/{len(found)}" in page
        assert squeezed(f"thidua verify): {short} (noi-bo-2026-c-v1.zip)") in squeezed(page)
        head = page if number == 1 else page.removeprefix(f"{number} ")
        assert (number == 1) == (head is page)  # the number at the top from the second page on
        assert head.startswith("Điểm theo 1/QĐ-UBND")
    assert hashlib.sha256(archive(workspace).read_bytes()).hexdigest() in squeezed(found[-1])
    workspace.close()


def test_an_archive_that_was_changed_gives_no_sheet(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=1)
    path = archive(workspace)
    path.write_bytes(path.read_bytes().replace(b'"2443/100"', b'"2543/100"'))
    found, problems = score_sheets(workspace, "2026", ["X1"])
    assert list(found) == [] and [problem.code for problem in problems] == ["snapshot"]
    workspace.close()


def test_who_has_no_score_has_no_sheet(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=1)
    enter_body(workspace, "H1", name="Hộ ông A", kind="hộ gia đình")
    found, problems = score_sheets(workspace, "2026", ["H1", "X1"])
    assert [ident for ident, _ in found] == ["X1"]
    assert [(one.code, one.severity) for one in problems] == [("no-sheet", WARNING)]
    assert "H1 Hộ ông A không có điểm" in problems[0].message
    found, problems = score_sheets(workspace, "2026", ["Y9", "X1"])
    assert list(found) == [] and [one.code for one in problems] == ["unknown-candidate"]
    workspace.close()


def test_a_round_without_official_results_has_no_sheets(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    found, problems = score_sheets(workspace, "2026")
    assert list(found) == [] and [one.code for one in problems] == ["no-sheet"]
    workspace.close()


def test_a_tie_of_totals_says_what_decided(tmp_path: Path) -> None:
    """X1 and X2 have the same total out of different criteria; C3, then C2 decides."""
    workspace = new_workspace(tmp_path / "w")
    for ident in ("X1", "X2", "X3"):
        enter_body(workspace, ident, name=f"Xã {ident}", kind="xã", pool="Cụm 1")
    whole = COMMUNE | {"docs_online": "400", "docs_signed": "200", "files_online": "1000"}
    none = whole | {"docs_online": "0", "docs_signed": "0", "files_online": "0"}
    index = {"X1": "90", "X2": "10", "X3": "95"}
    officially(workspace, "2026", {"X1": none, "X2": whole, "X3": whole}, date(2027, 1, 5), index=index)
    first, second = (content(workspace, ident).periods[0] for ident in ("X1", "X2"))
    assert first.total == second.total == Fraction("66.67") and (first.rank, second.rank) == (2, 3)
    assert (
        dict(first.result)["Ngay dưới"] == "X2 (hạng 3), cùng tổng điểm: điểm C3 33,33 điểm so với 0,00 điểm, hơn 33,33"
    )
    assert dict(second.result)["Ngay trên"] == "X1 (hạng 2): điểm C3 33,33 điểm so với 0,00 điểm, hơn 33,33"
    assert "Ngay dưới" not in dict(content(workspace, "X3").periods[0].result)  # X1 is behind, with fewer points
    workspace.close()


def test_a_correction_is_the_sheet_from_then_on(tmp_path: Path) -> None:
    workspace = communes(tmp_path / "w", count=1)
    first = content(workspace, "X1")
    said = {"reason": "Kiến nghị đúng", "source": "3/KL-SNV ngày 20/01/2027"}
    assert act(workspace, "X1", CASE, "revise", figures={"measure:files_online": "800"}, **said) == []
    assert content(workspace, "X1") == first  # not published yet
    publish(workspace, "2026", Wish(OFFICIAL, date(2027, 2, 1), "12/QĐ-SNV", "1/QĐ-UBND", "Đính chính"))
    second = content(workspace, "X1")
    row = next(one for one in second.periods[0].rows if one.id == CASE)
    assert (row.shown_points, second.receipts[0].version, second.day) == ("26,66", 2, date(2027, 2, 1))
    assert row.verified[0].startswith("Thẩm định: Văn phòng") and row.verified[1].startswith(
        "Điều chỉnh: Thường trực, ngày "
    )
    assert row.verified[1].endswith("(văn bản 3/KL-SNV ngày 20/01/2027)")
    assert second.receipts[0].short != first.receipts[0].short
    workspace.close()
