"""Papers of a case, signed files added to a dossier, and the folder they go out in: whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from criteria.problems import Problem, errors
from nominations.awards.declarations import Award
from nominations.dossier.attaching import LARGEST, Told, attach, damaged, stored
from nominations.dossier.papers import Attached, attached, papers_of
from nominations.dossier.state import STEPS
from nominations.eligibility.facts import NomineeFacts
from nominations.nominees import Nominee
from nominations.proposals.proposal import Proposed
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from reports.dossier.documents import nominee_folder
from reports.dossier.package import MANIFEST, Piece, write_package
from tests.nominations.document_support import award, award_file, commune, household, person
from tests.nominations.occasion_support import (
    HOSTILE,
    OCCASION,
    PDF,
    TODAY,
    enter,
    file_of,
    nominated,
    occasion_workspace,
)
from tests.nominations.support import award_workspace
from thidua.dossiers import Asked, make_dossiers

# --- which papers --------------------------------------------------------------------------------------------------


def own(form: str, nominee: Nominee) -> set[str]:
    """Ids of the papers of a nominee itself."""
    told = papers_of(award_file().awards, award(form), [nominee], {})
    return {one.paper.id for one in told if one.nominee}


def enterprise() -> Nominee:
    return replace(commune(7), subject=award_file().awards.subject("doanh-nghiep"), group="đ")


def test_papers_that_everybody_needs() -> None:
    assert own("bk-tinh", commune(1)) == {"bao-cao", "tom-tat", "de-nghi-don-vi", "phieu-diem", "minh-chung"}


@pytest.mark.parametrize(
    ("nominee", "more"),
    [
        (replace(commune(1), facts=NomineeFacts("C001", initiative="Máy gặt")), {"sang-kien"}),
        (replace(commune(1), proposed=(Proposed("o", 1, 1, "C001", "bk-tinh", initiative="Máy"),)), {"sang-kien"}),
        (replace(commune(1), facts=NomineeFacts("C001", managed="có")), {"y-kien-tinh-uy"}),
        (replace(commune(1), facts=NomineeFacts("C001", managed="không")), set()),
        (enterprise(), {"xac-nhan"}),
    ],
)
def test_papers_that_only_some_need(nominee: Nominee, more: set[str]) -> None:
    assert own("bk-tinh", nominee) - own("bk-tinh", commune(1)) == more


def test_no_score_sheet_without_a_score() -> None:
    assert "phieu-diem" in own("bk-tinh", person()) and "phieu-diem" not in own("bk-tinh", household())


def test_publishing_is_proved_only_where_the_list_is_published() -> None:
    def whole(form: Award) -> list[str]:
        return [one.paper.id for one in papers_of(award_file().awards, form, [], {})]

    assert "cong-khai" in whole(award("hcld-ba")) and "cong-khai" not in whole(award("bk-tinh"))
    unpublished = award("hcld-ba").model_copy(update={"announcement": None})
    assert "cong-khai" not in whole(unpublished)


def test_states_of_papers() -> None:
    files = {("bk-tinh", "", "to-trinh"): Attached("bk-tinh", "", "to-trinh", "05/TTr", date(2027, 8, 1), "ab" * 32)}
    told = {
        (one.nominee, one.paper.id): one
        for one in papers_of(award_file().awards, award("bk-tinh"), [commune(1)], files)
    }
    there = told["", "to-trinh"]
    assert (there.present, there.made, there.document, there.sha256) == (True, True, "05/TTr", "ab" * 32)
    assert told["", "danh-sach"].missing == "chưa có bản ký, đóng dấu (PDF)"
    assert told["C001", "de-nghi-don-vi"].missing == "chưa có (do đơn vị đề nghị cung cấp)"
    assert (
        told["C001", "tom-tat"].present and told["C001", "phieu-diem"].present
    )  # the program makes them, nobody signs
    assert [one[0] for one in told] == sorted(one[0] for one in told)  # of the award first


# --- adding --------------------------------------------------------------------------------------------------------

DAY = date(2027, 8, 1)
WHOLE = Told("bk-tinh", "", "to-trinh", "05/TTr-SNV", DAY)
OWN = Told("bk-tinh", "C1", "bao-cao", "7/BC", DAY)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return award_workspace(tmp_path / "w", roster={"C1": {"name": "Xã Một", "kind": "xã"}})


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "bản ký.pdf"
    path.write_bytes(PDF)
    return path


def added(workspace: Workspace, told: Told, path: Path, today: date = TODAY) -> tuple[str, list[Problem]]:
    from nominations.occasions import find_occasion

    occasion, _ = find_occasion(workspace, OCCASION)
    assert occasion is not None
    return attach(workspace, file_of(workspace), occasion, told, path, today)


def test_a_file_is_kept_under_its_hash_and_entered_once(workspace: Workspace, pdf: Path) -> None:
    sha256, problems = added(workspace, WHOLE, pdf)
    assert problems == [] and stored(workspace, OCCASION, sha256).read_bytes() == PDF
    head = workspace.database.head()
    assert added(workspace, WHOLE, pdf) == (sha256, []) and workspace.database.head() == head
    known = attached(workspace, OCCASION)["bk-tinh", "", "to-trinh"]
    assert (known.document, known.day, known.sha256) == ("05/TTr-SNV", DAY, sha256)
    entry = workspace.database.entries(f"dossier:{OCCASION}/bk-tinh")[-1]
    assert (entry.place, entry.evidence) == (f"ho-so/{OCCASION}/{sha256}.pdf", sha256)
    assert added(workspace, replace(WHOLE, document="06/TTr"), pdf)[1] == []  # the same file, another number
    assert attached(workspace, OCCASION)["bk-tinh", "", "to-trinh"].document == "06/TTr"


def test_a_lost_file_is_put_back_by_adding_it_again(workspace: Workspace, pdf: Path) -> None:
    sha256, _ = added(workspace, OWN, pdf)
    head = workspace.database.head()
    for content in (b"", None):
        path = stored(workspace, OCCASION, sha256)
        path.unlink() if content is None else path.write_bytes(content)
        assert [one.code for one in damaged(workspace, OCCASION)] == ["dossier"]
        assert added(workspace, OWN, pdf) == (sha256, [])
        assert damaged(workspace, OCCASION) == [] and workspace.database.head() == head


@pytest.mark.parametrize(
    ("told", "code", "file", "words"),
    [
        (replace(WHOLE, award="khong-co"), "award-unknown", "--award", "Không có hình thức “khong-co”"),
        (replace(WHOLE, paper="../x"), "dossier", "--paper", "không có thành phần “../x”"),
        (replace(WHOLE, paper="kiem-phieu"), "dossier", "--paper", "không có thành phần"),  # of another award
        (replace(WHOLE, nominee="C1"), "dossier", "--candidate", "chung của cả hồ sơ"),
        (replace(OWN, nominee=""), "dossier", "--candidate", "của từng đối tượng"),
        (replace(OWN, nominee="C1/../../x"), "unknown-candidate", "--candidate", "Không có đối tượng"),
        (replace(OWN, nominee="X9"), "unknown-candidate", "--candidate", "Không có đối tượng “X9”"),
        (replace(WHOLE, document=" \u200b\n"), "reason", "--document", "Chưa ghi số"),
        (replace(WHOLE, day=date(2028, 1, 1)), "dossier", "--on", "chưa đến"),
    ],
)
def test_what_is_wrong_with_a_paper(
    workspace: Workspace, pdf: Path, told: Told, code: str, file: str, words: str
) -> None:
    head = workspace.database.head()
    sha256, problems = added(workspace, told, pdf)
    assert sha256 == "" and [(one.code, one.file) for one in problems] == [(code, file)]
    assert words in problems[0].message and workspace.database.head() == head
    assert not (workspace.root / "ho-so").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>%PDF", b"\n" * 2000 + b"%PDF-1.7"])
def test_what_is_no_pdf(workspace: Workspace, pdf: Path, content: bytes) -> None:
    pdf.write_bytes(content)
    sha256, problems = added(workspace, WHOLE, pdf)
    assert sha256 == "" and [(one.code, one.message) for one in problems] == [("dossier", "Tệp không phải PDF.")]


def test_files_that_cannot_be_taken(workspace: Workspace, tmp_path: Path) -> None:
    big = tmp_path / "to.pdf"
    with big.open("wb") as stream:
        stream.write(PDF)
        stream.truncate(LARGEST + 1)
    assert added(workspace, WHOLE, big)[1][0].message == "Tệp lớn hơn 50 MB."
    assert added(workspace, WHOLE, tmp_path)[1][0].message == "Không phải là một tệp thường."
    assert "Không đọc được tệp" in added(workspace, WHOLE, tmp_path / "khong-co.pdf")[1][0].message


def test_every_mistake_at_once(workspace: Workspace, tmp_path: Path) -> None:
    told = Told("bk-tinh", "X9", "bao-cao", "", date(2028, 1, 1))
    problems = added(workspace, told, tmp_path / "khong-co.pdf")[1]
    assert [one.code for one in problems] == ["unknown-candidate", "reason", "dossier", "dossier"]


def test_a_number_is_composed_and_on_one_line(workspace: Workspace, pdf: Path) -> None:
    added(workspace, replace(WHOLE, document=f"05/TTr\n{HOSTILE}"), pdf)
    told = attached(workspace, OCCASION)["bk-tinh", "", "to-trinh"].document
    assert told.startswith("05/TTr A & B <b> =HYPERLINK") and told.endswith("#import \u1ebf")


def test_somebody_without_a_group_can_have_papers(workspace: Workspace, pdf: Path) -> None:
    enter(workspace, Entry("outsider:X1", "name", "Hộ ông B"), Entry("outsider:X1", "subject", "ho-gia-dinh"))
    assert added(workspace, replace(OWN, nominee="X1"), pdf)[1] == []


# --- the folder ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ident", ["../../etc", "C1/..", "CON", "", "a" * 300, "Ð\u0301 <b>", "C1\x00"])
def test_hostile_ids_and_names_are_plain_folders(ident: str) -> None:
    nominee = replace(commune(1), id=ident, name=f"{HOSTILE}/../..\\{ident}")
    name = nominee_folder(nominee)
    assert name.isascii() and not set(name) & set('/\\:*?"<>|\x00') and not name.startswith((".", "-"))
    assert 0 < len(name) < 120
    other = nominee_folder(replace(nominee, id=f"{ident}!"))
    assert other != name  # two nominees never share a folder


@pytest.mark.parametrize("path", ["../x.docx", "a//b", "/etc/x", "a\\b", "", ".hidden", "a/../b", "x" * 130, "ế.docx"])
def test_a_path_that_is_not_plain_is_never_written(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "out" / "bk"
    with pytest.raises(ValueError):
        write_package(folder, [Piece("a.docx", b"x", "A"), Piece(path, b"y", "B")], {}, [])
    assert list((tmp_path / "out").iterdir()) == []


def test_a_failure_in_the_middle_leaves_what_stood(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "bk"
    write_package(folder, [Piece("a.docx", b"x", "A")], {"occasion": "o"}, ["thiếu"])
    before = {one: one.read_bytes() for one in (tmp_path / "out").rglob("*") if one.is_file()}

    def pieces() -> Iterator[Piece]:
        yield Piece("a.docx", b"new", "A")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError):
        write_package(folder, pieces(), {}, [])
    assert {one: one.read_bytes() for one in (tmp_path / "out").rglob("*") if one.is_file()} == before


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": [{"path": "../../x"}]}', '{"files": 3}', "\x00"])
def test_a_broken_manifest_never_costs_a_file(tmp_path: Path, manifest: str) -> None:
    """Nobody knows any more what the program has written: nothing is replaced."""
    folder = tmp_path / "out" / "bk"
    write_package(folder, [Piece("a.docx", b"x", "A")], {}, [])
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    _, problems = write_package(folder, [Piece("a.docx", b"new", "A")], {}, [], replace=True)
    assert [one.code for one in errors(problems)] == ["output"] and (folder / "a.docx").read_bytes() == b"x"


def test_a_signed_file_that_is_replaced_is_no_edit(tmp_path: Path) -> None:
    """What people attach is the ledger's: a newer one takes its place without a word."""
    folder = tmp_path / "out" / "bk"
    write_package(folder, [Piece("ban-ky/x.pdf", b"old", "X", made=False)], {}, [])
    package, problems = write_package(folder, [Piece("ban-ky/x.pdf", b"new", "X", made=False)], {}, [])
    assert problems == [] and package.kept == [] and (folder / "ban-ky" / "x.pdf").read_bytes() == b"new"
    listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert [one["made"] for one in listed] == [False]


# --- a push --------------------------------------------------------------------------------------------------------


def test_at_a_push_sheets_are_those_of_the_round_of_each_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results of two rounds: the dossier of whom one is asked for is made of that one's round."""
    from tests.nominations.occasion_support import MadeUp, MadeUpSheets, ranked_roster
    from tests.nominations.support import ROSTER

    name = "thuc-day-2026-09-30"
    workspace = award_workspace(tmp_path / "w")
    ranked = ranked_roster(ROSTER, {"B003": 95, "X101": 90})
    old, new = (replace(one, periods=one.periods[at : at + 1]) for at, one in enumerate(ranked))
    monkeypatch.setattr("nominations.nominating.OccasionResults", MadeUp([old, new]))
    opened: list[tuple[str, list[str]]] = []

    def open_sheets(workspace: Workspace, period: str, wanted: list[str]) -> tuple[Any, list[Problem]]:
        opened.append((period, wanted))
        return MadeUpSheets(nominated(workspace, name)), []

    monkeypatch.setattr("thidua.dossiers.open_sheets", open_sheets)
    done, problems = make_dossiers(workspace, name, Asked(tmp_path / "all", "bk-tinh"))
    assert done == [] and "nhiều kỳ (2025, 2026)" in errors(problems)[0].message and opened == []
    for ident, period in (("B003", "2025"), ("X101", "2026")):
        done, problems = make_dossiers(workspace, name, Asked(tmp_path / ident, "bk-tinh", (ident,)))
        assert len(done) == 1 and not errors(problems), [one.text() for one in problems]
        assert opened[-1] == (period, [ident])
        sheets = list((tmp_path / ident).rglob("phieu-giai-trinh-diem.pdf"))
        assert len(sheets) == 1 and sheets[0].read_bytes().startswith(b"%PDF")


def test_waiting_cases_keep_a_dossier_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """C1 and C3 lead their clusters with the same figure: one seat of the group, so a council decides before anything leaves."""
    from tests.nominations.occasion_support import dossier_of

    workspace = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "C1": 91, "C3": 91})
    dossier = dossier_of(workspace, "hcld-ba")
    assert [one.nominee.id for one in dossier.cases] == ["B001"]
    assert [one.nominee.id for one in dossier.waiting] == ["C1", "C3"]
    last = dossier.missing[-2:]
    assert [(one.kind, one.nominee) for one in last] == [(STEPS, "C1"), (STEPS, "C3")]
    assert last[0].text.startswith("Xã Một: 2 đối tượng bằng nhau (91 %), chỉ tiêu 1 của nhóm c còn 1")
