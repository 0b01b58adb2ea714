"""The file of the page: the same bytes twice, hostile texts as text, whole or not at all, refused with a reason."""

from __future__ import annotations

import json
import re
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest

from records.forms.answers import EvidenceItem
from records.workspace.folder import open_workspace
from records.years.occasions import combined, occasion_of
from reports.page.files import INTERNAL_FILE, PUBLIC_FILE, Asked, page_of, write_page
from reports.page.html import page_html
from scoring.years import Figure
from tests.reports.page.page_data_support import details, page, unit
from tests.reports.score_sheet_support import communes
from tests.rounds.life_support import communes as communes_at_work
from tests.rounds.life_support import verify_all
from tests.rounds.publication_support import draft, official, ready
from tests.rounds.support import new_workspace
from tests.support.command import thidua
from tests.support.years_workspace import years_workspace

CASE = "C2.mot-cua"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--<script>",
    "dòng\u2028một\u2029hai",
    '=HYPERLINK("http://x.vn","bấm")',
    "'; drop -- \\u003c/script\\u003e \\",
    "{{ x }} ${y}",
    unicodedata.normalize("NFD", "Xã Nguyễn Huệ"),
)


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """As name, number and issuer of evidence, and reason of a decision: in the data, in the chunks, in the file."""
    every = " ".join(HOSTILE)
    items = [EvidenceItem(CASE, text, "2026-10-03", text, "") for text in HOSTILE]
    workspace = communes(tmp_path / "w", {"X1": every}, count=1, evidence=items, leave_out={("X1", "C2.ky-so"): every})
    wanted = " ".join(unicodedata.normalize("NFC", every).split())
    for public in (False, True):
        made = page(workspace, public=public)
        (one,) = made["groups"]
        assert unit(one, "X1")["name"] == wanted
        told = details(one)["X1"]
        assert told["about"][0] == ["Đối tượng", wanted]
        text = page_html(made)
        data = json.loads(re.search(r'<script type="application/json" id="page-data">(.*?)</script>', text, re.S)[1])  # type: ignore[index]
        assert unit(data["groups"][0], "X1")["name"] == wanted
        assert "alert(1)</script>" not in text and "<img src=x" not in text and "\u2028" not in text
    rows = details(page(workspace)["groups"][0])["X1"]["rows"]
    shown = " ".join(rows[CASE]["evidence"])
    for text in HOSTILE:
        assert " ".join(unicodedata.normalize("NFC", text).split()) in shown
    assert wanted in str(rows["C2.ky-so"]["reasons"]).replace("\\\\", "\\").replace("\\'", "'")
    workspace.close()


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    workspace = communes_at_work(tmp_path / "w", 3)
    verify_all(workspace, "X1")
    first = page_html(page_of(workspace, Asked("2026"))[0] or {})
    root = workspace.root
    workspace.close()
    again, _ = open_workspace(root, "người khác")
    assert again is not None
    assert page_html(page_of(again, Asked("2026"))[0] or {}) == first and len(first) > 10_000
    again.close()


def test_the_command_writes_both_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = communes(tmp_path / "w", count=2)
    root = workspace.root
    workspace.close()
    monkeypatch.chdir(root)
    done = thidua("report", "page", "2026")
    assert done.code == 0 and "2 đối tượng" in done.out and "Tiếp theo:" in done.out
    done = thidua("report", "page", "2026", "--group", "c", "--public")
    assert done.code == 0, done.err
    room = root / "ket-qua" / "2026"
    written = sorted(path.name for path in room.glob("*.html"))
    assert written == [PUBLIC_FILE, INTERNAL_FILE]
    assert "BẢN NỘI BỘ" in (room / INTERNAL_FILE).read_text(encoding="utf-8")
    assert "BẢN NỘI BỘ" not in (room / PUBLIC_FILE).read_text(encoding="utf-8")
    other = tmp_path / "xa" / "trang.html"
    assert thidua("report", "page", "2026", "--out", other).code == 0
    assert other.read_bytes() == (room / INTERNAL_FILE).read_bytes()
    done = thidua("report", "page", "2026", "--stage", "self")
    assert done.code == 0 and "không lấy bước tự chấm" in done.out + done.err


def test_the_command_refuses_with_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = communes_at_work(tmp_path / "w", 1)
    root = workspace.root
    workspace.close()
    monkeypatch.chdir(root)
    for words, said in (
        (["2026", "--public"], "chưa công bố dự kiến hay chính thức"),
        (["2026", "--stage", "xyz", "--group", "zz"], "Không có bước “xyz”"),
        (["2026", "--stage", "xyz", "--group", "zz"], "Không có nhóm “zz”"),
        (["2031"], "Kỳ 2031 chưa mở"),
        (["so-ket-2027", "--public"], "chưa có kết quả công bố chính thức nào"),
    ):
        done = thidua("report", "page", *words)
        assert done.code == 1 and said in done.out + done.err, (words, done)
    assert list(root.rglob("*.html")) == []


def test_a_round_without_anybody_has_no_page(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "w")
    data, problems = page_of(workspace, Asked("2026"))
    assert data is None and [one.code for one in problems if one.severity == "error"] == ["roster-open"]
    workspace.close()


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    workspace = communes_at_work(tmp_path / "w", 1)
    data, _ = page_of(workspace, Asked("2026"))
    assert data is not None
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    (problem,) = write_page(data, tmp_path / "tệp" / "trang.html")
    assert problem.code == "output" and "Không ghi được" in problem.message
    workspace.close()


def test_pages_of_an_occasion(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    """Figures, places and words are those of the combination."""
    workspace, problems = open_workspace(years_workspace(tmp_path_factory, tmp_path))
    assert workspace is not None, problems
    for name in ("so-ket-2027", "tong-ket-2030"):
        occasion = occasion_of(workspace, name)
        assert occasion is not None
        lists, _, _ = combined(workspace, occasion)
        found = {one["id"]: one for one in page(workspace, name)["groups"]}
        assert len(found) == len(lists) == 7
        for made in lists:
            one = found[f"{made.group}-{made.set_id}"]
            step = 10**made.rule.places
            assert [each["id"] for each in one["criteria"]] == list(occasion.rounds)
            told = {each["id"]: each["text"] for each in one["criteria"]}
            assert told["2026"] == "Năm 2026" and told.get("2027-h1", "6 tháng đầu năm 2027") == "6 tháng đầu năm 2027"
            assert [each["id"] for each in one["units"]] == [row.candidate for row in made.rows]
            for each, row in zip(one["units"], made.rows, strict=True):
                assert Fraction(each["total"], step) == (row.combined.value or 0)
                assert (each["rank"], each["tied"]) == (row.combined.rank, row.combined.tied)
                for shown, cell in zip(each["points"], row.cells, strict=True):
                    if isinstance(cell.cell, Figure) and cell.cell.share is not None:
                        assert abs(Fraction(shown, step) - cell.cell.share * 100) <= Fraction(1, 2 * step)
                    else:
                        assert shown is None
            placed = [each for each in one["units"] if each["rank"] is not None]
            assert placed and all((each["rank"] > 1) == bool(each["decided"]) for each in placed if not each["tied"])
            assert all("Tính" in dict(told["result"]) for told in details(one).values())
    public = {one["letter"]: one for one in page(workspace, "so-ket-2027", public=True)["groups"]}
    assert public["e"]["people"] == [] and public["e"]["units"] == []
    workspace.close()


def test_of_a_draft_the_page_says_so(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w", 1)
    draft(workspace)
    assert page(workspace)["stamps"][-1] == "Đã công bố dự kiến ngày 21/12/2026"
    official(workspace)
    assert page(workspace)["stamps"][-1].startswith("CHÍNH THỨC")
    workspace.close()
