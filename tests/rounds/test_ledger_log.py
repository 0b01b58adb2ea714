"""`thidua log`: what it finds and how it says it; `log verify` with the stored files."""

from __future__ import annotations

import csv
import hashlib
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from records.forms.answers import Answers, EvidenceItem
from records.ledger.database import Submission
from records.ledger.entries import Entry
from records.ledger.selecting import Wanted, select_entries
from records.ledger.stored_files import check_files
from records.ledger.verifying import prove
from records.workspace.folder import Workspace
from reports.ledger_words import KINDS, clock
from tests.rounds.support import enter_body, new_workspace
from thidua.calling import Called
from thidua.commands.log import log

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = b"%PDF chung minh"


def act(candidate: str, field: str, value: str, **more: str) -> Entry:
    told = {"author": "so-noi-vu", "role": "verifier", "stage": "verified", **more}
    return Entry(f"score:2026/{candidate}", field, value, **told)  # type: ignore[arg-type]


def called(workspace: Workspace, *words: str) -> Result:
    return CliRunner().invoke(log, list(words), obj=Called(workspace.root, "an"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = new_workspace(tmp_path / "w")
    enter_body(made, "X104", name="Phường Một", kind="phường")
    with made.database.writing() as writer:
        writer.append([act("X104", "C2.mot-cua", "verified", old="self", reason="=đủ văn bản", source="12/SNV")])
        writer.append([act("X104", "C2.mot-cua/measure:files", "733"), act("X104", "C2/measure:x", "1")])
        writer.append([act("X10", "C2.mot-cua", "returned"), act("X10", "C20", "verified")])
        writer.append([Entry("index:dx_index/2026", "X104", "81.5"), Entry("index:dx_index/2025", "X104", "80")])
        writer.append([Entry("complaint:2026/1", name, value) for name, value in
                       (("candidate", "X104"), ("criterion", "C2.mot-cua"), ("who", "Đỗ Thị Hỏi"))])  # fmt: skip
    return made


def found(workspace: Workspace, **asked: object) -> list[str]:
    entries = select_entries(workspace.database, Wanted(**asked)).entries  # type: ignore[arg-type]
    assert [entry.number for entry in entries] == sorted(entry.number for entry in entries)
    return [f"{entry.subject}#{entry.field}" for entry in entries]


def test_by_candidate_criterion_period_person_stage(workspace: Workspace) -> None:
    mine = found(workspace, candidate="X104")
    assert mine == [
        "body:X104#name",
        "body:X104#kind",
        "score:2026/X104#C2.mot-cua",
        "score:2026/X104#C2.mot-cua/measure:files",
        "score:2026/X104#C2/measure:x",
        "index:dx_index/2026#X104",
        "index:dx_index/2025#X104",
        "complaint:2026/1#candidate",
        "complaint:2026/1#criterion",
        "complaint:2026/1#who",
    ]
    assert found(workspace, candidate="X104", criterion="C2.mot-cua") == [*mine[2:4], *mine[7:]]
    assert found(workspace, criterion="C2") == ["score:2026/X104#C2/measure:x"]
    assert found(workspace, candidate="X10", period="2026") == ["score:2026/X10#C2.mot-cua", "score:2026/X10#C20"]
    assert "index:dx_index/2025#X104" not in found(workspace, period="2026")
    assert "round:2026#opened" in found(workspace, period="2026") and found(workspace, period="202") == []
    assert (
        found(workspace, person="so-noi-vu") == found(workspace, stage="verified")
        and len(found(workspace, stage="verified")) == 5
    )
    assert found(workspace, person="người thử") == found(workspace) and found(workspace, person="ai đó") == []
    assert found(workspace, limit=1) == ["complaint:2026/1#who"]
    assert select_entries(workspace.database, Wanted(limit=1)).total == len(found(workspace))


def test_days_are_days_in_vietnam(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in (
        "2027-03-04T16:59:59+00:00",
        "2027-03-04T17:00:00+00:00",
        "2027-03-05T16:59:59+00:00",
        "2027-03-05T17:00:00+00:00",
    ):
        monkeypatch.setattr("records.ledger.writer._now", lambda at=at: at)
        with workspace.database.writing() as writer:
            writer.append([Entry("ledger:x", at[5:19], "x")])
    day = date(2027, 3, 5)
    assert found(workspace, first=day, last=day) == ["ledger:x#03-04T17:00:00", "ledger:x#03-05T16:59:59"]
    assert clock("2027-03-04T17:00:00+00:00") == "05/03/2027 00:00:00"
    outcome = called(workspace, "--day", "05/03/2027")
    assert outcome.exit_code == 0 and "05/03/2027 00:00:00 (giờ Việt Nam)" in outcome.output


def test_lines_say_who_what_old_new_why(workspace: Workspace) -> None:
    outcome = called(workspace, "--candidate", "X104", "--criterion", "C2.mot-cua")
    assert outcome.exit_code == 0
    said = outcome.output
    assert "Sở Nội vụ (cơ quan thẩm định) · nhập: người thử" in said
    assert "điểm · kỳ 2026 · X104 Phường Một · tiêu chí C2.mot-cua · bước thẩm định · trạng thái: “" in said
    assert "” → “đã thẩm định”" in said and "lý do: =đủ văn bản; văn bản: 12/SNV" in said
    assert "số liệu files: “733”" in said and "người kiến nghị: “Đỗ Thị Hỏi”" in said
    assert called(workspace, "--day", "1/1/2026", "--to", "2/1/2026").exit_code == 2


def test_tables_hold_texts(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx", "a.csv"):
        assert called(workspace, "--out", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(BytesIO((tmp_path / "a.xlsx").read_bytes()))["So"]
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value == "=đủ văn bản"]
    assert len(cells) == 1 and cells[0].data_type == "s"
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == workspace.database.head()[0] and "'=đủ văn bản" in [row["Lý do"] for row in rows]
    assert called(workspace, "--out", str(tmp_path / "a.pdf")).exit_code == 2


def test_every_kind_of_subject_has_its_word() -> None:
    written = set()
    for page in ("life.md", "round.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        written |= set(re.findall(r"^\| `([a-z-]+):", text, re.MULTILINE))
    for path in (ROOT / "records").rglob("*.py"):
        written |= set(re.findall(r'Entry\(\s*f"([a-z-]+):', path.read_text(encoding="utf-8")))
    assert {"score", "body", "task", "person"} <= written <= KINDS.keys(), written - KINDS.keys()


def with_files(workspace: Workspace) -> tuple[Path, Path]:
    """A submission whose form and evidence are stored."""
    form, proof = (hashlib.sha256(raw).hexdigest() for raw in (b"bieu", EVIDENCE))
    item = EvidenceItem("C1", "1", "2026-01-02", "Sở", "x", "a.pdf", proof)
    answers = Answers(evidence=[item, EvidenceItem("C1", "2", "2026-01-02", "Sở", "y", "", "", True)]).as_dict()
    home = workspace.received("2026")
    (home / "minh-chung").mkdir(parents=True)
    (home / f"{form}.xlsx").write_bytes(b"bieu")
    (home / "minh-chung" / f"{proof}.pdf").write_bytes(EVIDENCE)
    with workspace.database.writing() as writer:
        writer.submit(Submission("2026", "X104", "s", 1, "", "", form, "f.xlsx", answers))
    return home / f"{form}.xlsx", home / "minh-chung" / f"{proof}.pdf"


def test_verify_looks_at_every_file(workspace: Workspace) -> None:
    form, proof = with_files(workspace)
    number, head = workspace.database.head()
    outcome = called(workspace, "verify", "--anchor", head[:16])
    assert outcome.exit_code == 0, outcome.output
    assert f"{number} mục, 1 biểu đã nhận, 1 tệp biểu, 1 tệp minh chứng." in outcome.output
    assert f"Mã băm cuối sổ: {head}" in outcome.output and f"là của mục {number}, ghi lúc" in outcome.output
    assert head in called(workspace, "head").output
    missed = called(workspace, "verify", "--anchor", "0" * 64)
    assert missed.exit_code == 1 and "sổ không có mục nào mang mã băm" in missed.output
    assert called(workspace, "verify", "--anchor", "abc").exit_code == 2
    for path, word in ((form, f"bieu-thu/2026/{form.name}"), (proof, f"minh-chung/{proof.name}")):
        kept = path.read_bytes()
        path.write_bytes(kept[:-1] + b"!")
        outcome = called(workspace, "verify")
        assert outcome.exit_code == 1 and word in outcome.output and "nội dung đã đổi" in outcome.output
        path.unlink()
        outcome = called(workspace, "verify")
        assert outcome.exit_code == 1 and f"HỎNG ĐẦU TIÊN: mục {number}: thiếu tệp" in outcome.output
        assert path.stem in outcome.output
        path.write_bytes(kept)
    stray = workspace.received("2026") / "them" / "la.xlsx"
    stray.parent.mkdir()
    stray.write_bytes(b"x")
    assert "tên không phải mã băm" in called(workspace, "verify").output
    stray.rename(stray.with_name(hashlib.sha256(b"x").hexdigest() + ".xlsx"))
    outcome = called(workspace, "verify")
    assert outcome.exit_code == 0 and "1 tệp nguyên vẹn nhưng không mục nào nhắc đến" in outcome.output


def test_what_a_unit_explained_needs_its_files(workspace: Workspace) -> None:
    explained = hashlib.sha256(b"giai trinh").hexdigest()
    item = '{"criterion": "C1", "file": "b.pdf", "sha256": "' + "b" * 64 + '"}'
    with workspace.database.writing() as writer:
        writer.append([act("X104", "C1", "explained", role="unit", evidence=explained)])
        writer.append([act("X104", "C1/evidence:1", item, role="unit")])
    stored = check_files(workspace.database, workspace.root / "bieu-thu")
    assert [one.entry for one in stored.breaks] == [workspace.database.head()[0] - 1, workspace.database.head()[0]]
    assert explained in stored.breaks[0].message and "b" * 64 in stored.breaks[1].message
    assert prove(workspace.database).breaks == []
