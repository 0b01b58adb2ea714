"""The commands from a selection to a dossier: exit codes, Vietnamese, no traceback on any wrong word, a next step after each."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from nominations.steps.progress import PASSED
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from tests.nominations.occasion_support import (
    OCCASION,
    PDF,
    award_of,
    enter,
    install_sheets,
    occasion_workspace,
)
from tests.support.command import Outcome, thidua


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Results of four; B001 has been selected for the highest award, on a day long ago."""
    made = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "B002": 90, "C1": 91, "C3": 89})
    install_sheets(monkeypatch)
    enter(made, Entry(f"case:{OCCASION}/hcld-ba/B001", "step:xet-chon", PASSED, _day("2026-07-20"), source="1/BB"))
    return made


def _day(text: str) -> object:
    from datetime import date

    return date.fromisoformat(text)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "ký.pdf"
    path.write_bytes(PDF)
    return path


def run(workspace: Workspace, *words: str | Path) -> Outcome:
    done = thidua("-C", workspace.root, *words)
    assert "Traceback" not in done.out + done.err
    return done


def last(done: Outcome) -> str:
    assert done.code == 0, done.err
    return done.out.strip().splitlines()[-1]


# --- what they print -----------------------------------------------------------------------------------------------


def test_nominate_prints_and_writes_the_workbook(workspace: Workspace, tmp_path: Path) -> None:
    done = run(workspace, "nominate", OCCASION)
    assert last(done).startswith("Tiếp theo: ") and done.err == ""
    assert (
        "Huân chương Lao động hạng Ba\n  Chỉ tiêu 1 (nhóm a; đề xuất, chưa có quyết định): đề nghị 1, không đủ 1."
        in done.out
    )
    assert "    B001 Sở Nội vụ: đề nghị. Trong chỉ tiêu 1 của nhóm a (95 %)." in done.out
    assert "  ► C1 Xã Một: đề nghị. " in done.out and "  ► C3 Xã Ba: đủ điều kiện ngoài chỉ tiêu. " in done.out
    assert "Căn cứ chưa xác minh" in done.out
    path = workspace.results(OCCASION) / f"xet-chon-{OCCASION}.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["hcld-ba", "bk-ttg", "bk-tinh", "giay-khen", "Dieu kien", "Can cu"]
    rows = [[cell.value for cell in row] for row in book["hcld-ba"].iter_rows() if row[2].value == "B001"]
    assert rows[0][1:5] == ["đề nghị", "B001", "Sở Nội vụ", "a"] and rows[0][-1] == "Xét, chọn: đã qua"
    first = path.read_bytes()
    run(workspace, "nominate", OCCASION)
    assert path.read_bytes() == first
    other = run(workspace, "nominate", OCCASION, "--out", tmp_path / "bang.xlsx", "--all")
    assert other.code == 0 and (tmp_path / "bang.xlsx").read_bytes() == first
    assert other.out.count("không đủ. ") > done.out.count("không đủ. ")


def test_nominate_shows_one_award_and_one_group(workspace: Workspace) -> None:
    done = run(workspace, "nominate", OCCASION, "--award", "bk-ttg", "--group", "c")
    assert done.code == 0 and "Bằng khen của Thủ tướng Chính phủ" in done.out
    assert "Huân chương Lao động hạng Ba\n" not in done.out and "nhóm a" not in done.out
    assert "Không có trường hợp nào." in run(workspace, "nominate", OCCASION, "--group", "b").out


def test_nominate_judged_on_another_day(workspace: Workspace) -> None:
    done = run(workspace, "nominate", OCCASION, "--on", "30/09/2026", "--award", "bk-tinh")
    assert "có hiệu lực ngày 30/09/2026" in done.out and "06/2026/QH16" not in done.out
    assert "06/2026/QH16" in run(workspace, "nominate", OCCASION, "--award", "bk-tinh", "--on", "2026-10-01").out


def test_a_push_is_an_occasion(workspace: Workspace) -> None:
    done = run(workspace, "nominate", "thuc-day-2026-11-21")
    assert done.code == 0 and "Thúc đẩy Phong trào (thuc-day-2026-11-21)" in done.out
    assert (workspace.results("thuc-day-2026-11-21") / "xet-chon-thuc-day-2026-11-21.xlsx").is_file()


def test_dossier_says_what_is_missing(workspace: Workspace, tmp_path: Path) -> None:
    done = run(workspace, "dossier", OCCASION, "--out", tmp_path / "ra", "--award", "hcld-ba", "--candidate", "B001")
    assert last(done).startswith("Tiếp theo: ")
    assert re.search(r"Huân chương Lao động hạng Ba: 1 đối tượng, \d+ tệp; DỰ THẢO, còn thiếu \d+ điều\.", done.out)
    assert "    thiếu – thiết lập của tỉnh: " in done.out and "điều nữa, xem phiếu kiểm tra hồ sơ." in done.out
    assert (tmp_path / "ra" / OCCASION / "hcld-ba.zip").is_file()
    assert not (tmp_path / "ra" / OCCASION / "bk-ttg").exists()
    final = run(workspace, "dossier", OCCASION, "--out", tmp_path / "khac", "--final")
    assert final.code == 1 and not (tmp_path / "khac").exists()
    assert "HCLĐ hạng Ba, thành phần hồ sơ: Tờ trình: chưa có bản ký" in final.err
    assert "Bằng khen TTg, các bước xét: B002: chưa qua bước “Xét, chọn”" in final.err
    assert re.search(r"^\d+ lỗi", final.err.splitlines()[-1])


def test_attach_then_one_thing_less_is_missing(workspace: Workspace, tmp_path: Path, pdf: Path) -> None:
    words = ("--award", "hcld-ba", "--paper", "to-trinh", "--document", "05/TTr", "--on", "01/08/2026")
    done = run(workspace, "attach", OCCASION, pdf, *words)
    assert last(done).startswith("Tiếp theo: ") and "Đã thêm ký.pdf (05/TTr) vào hồ sơ; mã băm " in done.out
    out = run(workspace, "dossier", OCCASION, "--out", tmp_path / "ra", "--final", "--award", "hcld-ba")
    assert "Tờ trình: chưa có" not in out.err and "Danh sách trích ngang: chưa có" in out.err


def test_appraisal_goes_out_and_comes_in(workspace: Workspace, tmp_path: Path) -> None:
    issued = run(workspace, "appraisal", "issue", OCCASION)
    assert last(issued).startswith("Tiếp theo: ")
    assert "Văn phòng Ủy ban nhân dân tỉnh: 1 trường hợp, " in issued.out  # B001 does not appraise itself
    (tmp_path / "in").mkdir()
    empty = run(workspace, "appraisal", "collect", OCCASION, tmp_path / "in")
    assert empty.code == 0 and "Đã đọc 0 tệp" in empty.out and "CẢNH BÁO" in empty.err
    (tmp_path / "in" / "x.xlsx").write_bytes(b"x")
    assert run(workspace, "appraisal", "collect", OCCASION, tmp_path / "in").code == 1


# --- wrong words ---------------------------------------------------------------------------------------------------

WRONG: list[tuple[tuple[str, ...], str]] = [
    (("nominate", "khong-co"), "Không có dịp khen thưởng “khong-co”"),
    (("nominate", "thuc-day-2026-02-30"), "Không có dịp khen thưởng"),
    (("nominate", "../../x"), "Không có dịp khen thưởng"),
    (("nominate", OCCASION, "--award", "la"), "Không có hình thức “la”"),
    (("nominate", OCCASION, "--group", "z"), "Không có nhóm “z”"),
    (("dossier", "khong-co", "--out", "OUT"), "Không có dịp khen thưởng"),
    (("dossier", OCCASION, "--out", "OUT", "--award", "la"), "Không có hình thức “la”"),
    (("dossier", OCCASION, "--out", "OUT", "--candidate", "Z9"), "Z9 không được xét"),
    (("dossier", OCCASION, "--out", "FILE"), "Không ghi được"),
    (("appraisal", "issue", "khong-co"), "Không có dịp khen thưởng"),
    (("appraisal", "collect", "khong-co", "OUT"), "Không có dịp khen thưởng"),
    (("appraisal", "collect", OCCASION, "OUT"), "OUT"),
    (
        ("announce", "start", OCCASION, "--award", "la", "--from", "2026-08-01", "--where", "x", "--document", "y"),
        "“la”",
    ),
    (
        (
            "announce",
            "start",
            OCCASION,
            "--award",
            "bk-tinh",
            "--from",
            "2026-08-01",
            "--where",
            "x",
            "--document",
            "y",
        ),
        "không có bước công khai",
    ),
    (
        (
            "announce",
            "start",
            OCCASION,
            "--award",
            "hcld-ba",
            "--from",
            "2026-08-01",
            "--where",
            "x",
            "--document",
            "y",
        ),
        "không trường hợp nào đã qua các bước trước “Công khai danh sách”",
    ),
    (("announce", "close", OCCASION, "--award", "hcld-ba", "--document", "y"), "danh sách chưa được công khai"),
    (("announce", "close", OCCASION, "--award", "hcld-ba", "--document", " "), "Chưa ghi văn bản"),
    (("announce", "close", "x", "--award", "hcld-ba", "--document", "y"), "Không có dịp khen thưởng"),
    (("attach", "x", "PDF", "--award", "a", "--paper", "b", "--document", "c", "--on", "2026-08-01"), "Không có dịp"),
    (
        ("attach", OCCASION, "PDF", "--award", "la", "--paper", "b", "--document", "c", "--on", "2026-08-01"),
        "Không có hình thức “la”",
    ),
    (
        ("attach", OCCASION, "PDF", "--award", "hcld-ba", "--paper", "la", "--document", "c", "--on", "2026-08-01"),
        "không có thành phần “la”",
    ),
    (
        (
            "attach",
            OCCASION,
            "OUT",
            "--award",
            "hcld-ba",
            "--paper",
            "to-trinh",
            "--document",
            "c",
            "--on",
            "2026-08-01",
        ),
        "Không đọc được tệp",
    ),
    (
        (
            "attach",
            OCCASION,
            "PDF",
            "--award",
            "hcld-ba",
            "--paper",
            "bao-cao",
            "--document",
            "c",
            "--on",
            "2026-08-01",
        ),
        "cần --candidate",
    ),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
def test_wrong_words_are_findings(
    workspace: Workspace, tmp_path: Path, pdf: Path, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    places = {"OUT": tmp_path / "không-có", "FILE": tmp_path / "tệp", "PDF": pdf}
    head = workspace.database.head()
    done = run(workspace, *(places.get(one, one) for one in words))
    assert done.code == 1, (done.out, done.err)
    assert told.replace("OUT", "không-có") in done.err, done.err
    assert workspace.database.head() == head and not (tmp_path / "không-có").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("nominate",),
        ("nominate", OCCASION, "--on", "32/13/2027"),
        ("nominate", OCCASION, "--on", "hôm nay"),
        ("dossier", OCCASION),
        ("dossier", OCCASION, "--out", "x", "--on", "2027"),
        ("announce",),
        ("announce", "start", OCCASION),
        ("announce", "start", OCCASION, "--award", "x", "--from", "?", "--where", "x", "--document", "y"),
        ("announce", "close", OCCASION),
        ("appraisal",),
        ("appraisal", "collect", OCCASION),
        ("appraisal", "khác", OCCASION),
        ("attach", OCCASION),
        ("attach", OCCASION, "x.pdf", "--award", "a", "--paper", "b", "--document", "c"),
        ("nominate", OCCASION, "--khác"),
    ],
)
def test_words_that_cannot_be_read_are_usage(workspace: Workspace, words: tuple[str, ...]) -> None:
    done = run(workspace, *words)
    assert done.code == 2 and (done.err or done.out)
    english = re.findall(
        r"\b(?:Error|Usage|Missing|Invalid|No such|Try|Options|Commands|argument)\b", done.err + done.out
    )
    assert english == [], done.err


@pytest.mark.parametrize(
    "words",
    [
        ("nominate",),
        ("dossier",),
        ("attach",),
        ("announce",),
        ("announce", "start"),
        ("announce", "close"),
        ("appraisal",),
        ("appraisal", "issue"),
        ("appraisal", "collect"),
    ],
)
def test_help_is_vietnamese_and_quick(words: tuple[str, ...]) -> None:
    done = thidua(*words, "--help")
    assert done.code == 0
    assert not re.search(r"\b(?:Usage|Options|Commands|Show this message|Error)\b", done.out), done.out
    assert re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", done.out)


def test_outside_a_workspace(tmp_path: Path) -> None:
    for words in (("nominate", OCCASION), ("dossier", OCCASION, "--out", "x"), ("appraisal", "issue", OCCASION)):
        done = thidua("-C", tmp_path, *words)
        assert done.code == 1 and done.err and "Traceback" not in done.err


def test_a_movement_without_an_award_file(workspace: Workspace, tmp_path: Path, pdf: Path) -> None:
    (workspace.movement_folder / "awards.yaml").unlink()
    attach = ("attach", OCCASION, pdf, "--award", "a", "--paper", "b", "--document", "c", "--on", "2026-08-01")
    for words in (
        ("nominate", OCCASION),
        ("dossier", OCCASION, "--out", tmp_path / "x"),
        ("appraisal", "issue", OCCASION),
        attach,
    ):
        done = run(workspace, *words)
        assert done.code == 1 and "chưa có tệp khen thưởng awards.yaml" in done.err


def test_a_broken_template_stops_before_anything_is_written(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.movement_folder / "mau" / "to-trinh.docx").write_bytes(b"PK")
    done = run(workspace, "dossier", OCCASION, "--out", tmp_path / "ra", "--award", "hcld-ba")
    assert done.code == 1 and "to-trinh.docx" in done.err
    assert not list((tmp_path / "ra").rglob("*.docx"))
    assert award_of(workspace, "hcld-ba").short == "HCLĐ hạng Ba"
