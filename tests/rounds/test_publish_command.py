"""The commands publish, verify and complaint; a kill in the middle of publishing."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from records.ledger.entries import Entry
from records.ledger.verifying import prove
from records.publication.published import OFFICIAL, publications
from records.publication.verifying import verify
from records.rounds import close_group, close_roster
from records.workspace.folder import open_workspace
from tests.rounds.life_support import COMMUNE, communes, hand_in, verify_all
from tests.rounds.publication_support import DECISION, POINTS, SHOWN, archive, draft, official, ready
from tests.rounds.support import enter_body
from tests.support.page_session import clock
from thidua.calling import Called
from thidua.commands.complaint import complaint
from thidua.commands.publish import publish
from thidua.commands.verify import verify as verify_command

ARGUMENTS = ["2026", "--group", "c", "--stage", "chinh-thuc", "--decision", DECISION, "--points-decision", POINTS]
CONFIRMED = [*ARGUMENTS, "--on", "2027-01-05", "--confirm", "2026 c chinh-thuc"]
KILLS = 4


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    """Every day of these tests has come."""
    with clock(datetime(2027, 3, 1, tzinfo=UTC)):
        yield


def run(command: object, root: Path, *words: str) -> Result:
    return CliRunner().invoke(command, list(words), obj=Called(root, "người thử"))  # type: ignore[arg-type]


def test_from_draft_to_proof(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    root = workspace.root
    workspace.close()
    first = ["2026", "--stage", "du-kien", "--on", "21/12/2026", "--comments-until", "31/12/2026"]
    refused = run(publish, root, *first)
    assert refused.exit_code == 1 and '--confirm "2026 c du-kien"' in refused.output
    shown = run(publish, root, *first, "--confirm", "2026 c du-kien")
    assert shown.exit_code == 0 and "Lấy ý kiến đến hết ngày 31/12/2026" in shown.output
    assert (root / "ket-qua/2026/cong-bo/c-du-kien-v1/xep-hang-c-xa-phuong-ket-qua-cuoi.xlsx").is_file()
    future = run(publish, root, *ARGUMENTS, "--on", "2027-03-02", "--confirm", "2026 c chinh-thuc")
    assert future.exit_code == 1 and "Ngày công bố 02/03/2027 chưa đến" in future.output
    early = run(publish, root, *ARGUMENTS, "--on", "2026-12-31", "--confirm", "2026 c chinh-thuc")
    assert early.exit_code == 1 and "Thời hạn góp ý chưa hết" in early.output
    words = ["--candidate", "X1", "--criterion", "C2.mot-cua", "--who", "Bà B", "--text", "Sai", "--on", "2026-11-20"]
    added = run(complaint, root, "add", "2026", *words)
    assert added.exit_code == 0, added.output
    assert "1 kiến nghị, phản ánh chưa giải quyết" in run(publish, root, *CONFIRMED).output
    listed = run(complaint, root, "list", "2026", "--on", "2027-01-01")
    assert "1. X1 C2.mot-cua, nhận 20/11/2026, hạn 04/12/2026, quá hạn" in listed.output and "Bà B" not in listed.output
    done = run(complaint, root, "resolve", "2026", "1", "--decision", "5/SNV", "--rejected", "--on", "2026-12-01")
    assert done.exit_code == 0, done.output
    official = run(publish, root, *CONFIRMED)
    assert official.exit_code == 0, official.output
    again, _ = open_workspace(root)
    assert again is not None
    path = archive(again)
    one = publications(again, "2026")["c"][-1]
    again.close()
    assert one.archive in official.output and one.public in official.output
    same = run(verify_command, root, str(path), "--against", str(root))
    assert same.exit_code == 0 and "GIỐNG HỆT" in same.output and one.archive in same.output
    path.write_bytes(path.read_bytes().replace(b'"2443/100"', b'"2543/100"'))
    other = run(verify_command, root, str(path))
    assert other.exit_code == 1 and "(X1, C2.mot-cua): điểm: trong gói 2543/100, tính lại 2443/100" in other.output


def test_a_killed_publication_left_nothing_or_everything(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w")
    draft(workspace)
    pristine = tmp_path / "trước"
    workspace.close()
    shutil.copytree(tmp_path / "w", pristine)
    code = (
        "import datetime, sys; import thidua.commands.publish as command; from thidua.calling import Called; from pathlib import Path;"
        "command.date = type('Day', (datetime.date,), {'today': classmethod(lambda _: datetime.date(2027, 3, 1))});"
        "command.publish.main(sys.argv[2:], obj=Called(Path(sys.argv[1]), 'x'))"
    )
    chance = random.Random(3)
    for number in range(KILLS):
        root = tmp_path / f"w{number}"
        shutil.copytree(pristine, root)
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(root), *CONFIRMED], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        folder = root / "ket-qua/2026/cong-bo/c-chinh-thuc-v1"
        while process.poll() is None and sum(1 for _ in folder.glob("*")) < number:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.05)
        process.kill()
        process.wait()
        found, _ = open_workspace(root)
        assert found is not None and prove(found.database).breaks == []
        told = [one for one in publications(found, "2026")["c"] if one.stage == OFFICIAL]
        if told:
            assert verify(archive(found), against=found).identical
        else:
            assert process.returncode == -signal.SIGKILL
            assert run(publish, root, *CONFIRMED).exit_code == 0
            assert not list(folder.glob(".*"))
        found.close()


def test_the_page_says_why_somebody_has_no_place(tmp_path: Path) -> None:
    """C1 asks for every task: X1 did 15 of 15, X2 14 of 15."""
    workspace = communes(tmp_path / "w", 1)
    enter_body(workspace, "X2", name="Xã 2", kind="xã", pool="Cụm 1")
    hand_in(workspace, "X2", "tb-c-xa-phuong", COMMUNE | {"dx_done": "14"})
    with workspace.database.writing() as writer:
        writer.append([Entry("index:dx_index/2026", f"X{n}", "80", source="Bộ chỉ số 2026") for n in (1, 2)])
    verify_all(workspace, "X1", "X2")
    assert close_roster(workspace, "2026", "c", SHOWN) == [] == close_group(workspace, "2026", "c", SHOWN, "8/QĐ")
    draft(workspace)
    official(workspace)
    with zipfile.ZipFile(archive(workspace, "cong-khai")) as public:
        name = next(name for name in public.namelist() if name.endswith(".html"))
        text = public.read(name).decode()
    rows = {row.split("</td><td>")[2]: row for row in text.split("<tr>")[2:]}
    assert rows["X2"].count("Chưa hoàn thành 100% nhiệm vụ chuyển đổi số được giao") == 1
    assert "Chưa hoàn thành" not in rows["X1"]
    workspace.close()
