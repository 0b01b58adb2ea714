"""A dossier leaves as final only when nothing is missing; then nothing in it says DỰ THẢO, and every byte is told."""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

from criteria.problems import Problem, errors
from nominations.dossier.attaching import stored
from nominations.dossier.papers import attached
from nominations.dossier.state import LAW, PAPERS, PEOPLE, SETTINGS, STEPS
from nominations.eligibility.finding import Outcome
from nominations.steps.announcing import Notice, announce, conclude
from records.ledger.entries import Entry
from records.workspace.folder import Workspace
from reports.dossier.package import MANIFEST, Package
from reports.dossier.wording import DRAFT
from tests.nominations.occasion_support import (
    OCCASION,
    TODAY,
    attach_missing,
    confirm_everything,
    decided_movement,
    dossier_of,
    enter,
    install_sheets,
    nominated,
    occasion_workspace,
    pass_steps,
)
from thidua.dossiers import Asked, make_dossiers

AWARD = "hcld-ba"
PEOPLE_PROPOSED = ["B001", "C1"]
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def texts(content: bytes, part: str) -> dict[str, str]:
    """Of a Word file: the text of every part whose name begins so."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {
            name: unicodedata.normalize("NFC", "".join(_TEXT.findall(book.read(name).decode("utf-8"))))
            for name in book.namelist()
            if name.startswith(f"word/{part}") and name.endswith(".xml")
        }


def made(workspace: Workspace, out: Path, **asked: object) -> tuple[list[Package], list[Problem]]:
    done, problems = make_dossiers(workspace, OCCASION, Asked(out, AWARD, **asked))  # type: ignore[arg-type]
    return [package for _, package in done], problems


def final(workspace: Workspace, out: Path, **asked: object) -> tuple[list[Package], list[Problem]]:
    return made(workspace, out, final=True, **asked)


def files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The catalogue as it is: everything is a proposal, nothing is confirmed, no step is passed, no paper is signed."""
    workspace = occasion_workspace(tmp_path, monkeypatch, {"B001": 95, "C1": 91})
    install_sheets(monkeypatch)
    return workspace


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Everything decided, confirmed, passed, published, signed."""
    workspace = occasion_workspace(
        tmp_path, monkeypatch, {"B001": 95, "C1": 91}, movement=decided_movement(tmp_path / "phong-trao")
    )
    install_sheets(monkeypatch)
    confirm_everything(workspace)
    pass_steps(workspace, AWARD, PEOPLE_PROPOSED, ("xet-chon", date(2027, 7, 20)), ("tham-dinh", date(2027, 7, 22)))
    notice = Notice(AWARD, date(2027, 7, 23), "Cổng Thông tin điện tử tỉnh", "30/TB-SNV")
    assert announce(workspace, nominated(workspace), notice, TODAY)[1] == []
    told = conclude(workspace, nominated(workspace), AWARD, "31/XN-SNV", date(2027, 8, 6), TODAY, ())
    assert len(told[0]) == 2 and not errors(told[1])
    pass_steps(workspace, AWARD, PEOPLE_PROPOSED, ("hoi-dong", date(2027, 8, 10)))
    assert attach_missing(workspace, AWARD, tmp_path) > 0
    return workspace


# --- refused -------------------------------------------------------------------------------------------------------


def test_final_is_refused_with_everything_that_is_missing(undecided: Workspace, tmp_path: Path) -> None:
    packages, problems = final(undecided, tmp_path / "out")
    assert packages == [] and not (tmp_path / "out").exists()
    lacking = dossier_of(undecided, AWARD).missing
    assert [one.code for one in problems] == ["dossier"] * len(lacking) and len(lacking) > 30
    for one, problem in zip(lacking, problems, strict=True):
        assert one.kind in problem.message and one.text.rstrip(".") in problem.message
        assert one.nominee in problem.message


def test_the_missing_list_is_whole_and_in_order(undecided: Workspace) -> None:
    dossier = dossier_of(undecided, AWARD)
    kinds = [one.kind for one in dossier.missing]
    order = [SETTINGS, LAW, PAPERS, PEOPLE, STEPS]
    assert kinds == sorted(kinds, key=order.index) and set(kinds) == set(order)
    texts_ = [one.text for one in dossier.missing if one.kind == SETTINGS]
    assert [one.split(" ")[0] for one in texts_] == ["tiêu", "chỉ", "tỷ", "cách", "cách", "cách", "chưa"]
    assert [one for one in texts_ if "cách họp" in one] == [
        f"cách họp, cách tính phiếu của bước “{name}” là đề xuất, chưa có quyết định"
        for name in ("Xét, chọn", "Hội đồng Thi đua - Khen thưởng tỉnh xét")
    ]
    papers = [(one.nominee, one.text.partition(":")[0]) for one in dossier.missing if one.kind == PAPERS]
    assert papers == [(one.nominee, one.paper.name) for one in dossier.papers if not one.present]
    assert [one[0] for one in papers][:5] == [""] * 5 and papers[-1] == (
        "C1",
        "Văn bản đề nghị của đơn vị, kèm biên bản xét",
    )
    people = [(one.nominee, one.text.partition(" ")[0]) for one in dossier.missing if one.kind == PEOPLE]
    assert people == [
        (case.nominee.id, one.check) for case in dossier.cases for one in case.findings if one.outcome is Outcome.HUMAN
    ]
    assert [one.nominee for one in dossier.missing if one.kind == STEPS] == PEOPLE_PROPOSED
    law = [one.text for one in dossier.missing if one.kind == LAW]
    assert law and all("căn cứ chưa xác minh" in one for one in law)
    assert any("Điều 77" in one for one in law)  # who decides: Chủ tịch nước


def test_one_thing_missing_is_enough(ready: Workspace, tmp_path: Path) -> None:
    enter(ready, Entry("check:so-ket-2027/hcld-ba/B001", "E6", "", source=""))
    enter(ready, Entry("nominee:so-ket-2027/B001", "press", "", source=""))
    packages, problems = final(ready, tmp_path / "out")
    assert packages == [] and not (tmp_path / "out").exists()
    assert [one.message.partition(" cần")[0] for one in problems] == ["HCLĐ hạng Ba, điều kiện: B001: E6"]


def test_a_cited_document_without_its_number_or_day_keeps_it_a_draft(ready: Workspace, tmp_path: Path) -> None:
    """The plan itself is cited by every submission; one that has expired is not cited, and keeps nothing back."""
    path = ready.movement_folder / "documents.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    for ident, changes in {
        "kh-phong-trao": {"number": None},
        "tt-15-2025": {"date": None},
        "nd-98-2023": {"number": None, "date": None},  # a fact of the awards stands in it, and it has expired
    }.items():
        next(one for one in told["documents"] if one["id"] == ident).update(changes)
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    missing = dossier_of(ready, AWARD).missing
    assert [(one.kind, one.text.partition(" của ")[0]) for one in missing if one.text.startswith("chưa ghi")] == [
        (SETTINGS, "chưa ghi được số")
    ]  # tt-15-2025 has expired by then as well
    packages, problems = final(ready, tmp_path / "out")
    assert packages == [] and [one.code for one in problems] == ["dossier"]
    assert "phong trào thi đua" in problems[0].message and "documents.yaml" in problems[0].hint


def test_a_clause_that_has_changed_since_keeps_it_a_draft(ready: Workspace, tmp_path: Path) -> None:
    """luat-77 says who decides: no check looks at it, but the submission cites it."""
    day = nominated(ready).occasion.day
    enter(ready, Entry("basis:luat-77", "compared", "changed", day, source="Luật sửa đổi"))
    packages, problems = final(ready, tmp_path / "out")
    assert packages == [] and len(problems) == 1
    assert "căn cứ pháp lý" in problems[0].message and "nội dung đã thay đổi" in problems[0].message


# --- goes out ------------------------------------------------------------------------------------------------------


def test_final_goes_out_without_a_draft_mark(ready: Workspace, tmp_path: Path) -> None:
    assert dossier_of(ready, AWARD).missing == ()
    packages, problems = final(ready, tmp_path / "out", number="12")
    assert len(packages) == 1 and errors(problems) == []
    found = files(packages[0].folder)
    words = {name: content for name, content in found.items() if name.endswith(".docx")}
    assert len(words) == 3 + 2 * 4
    for name, content in words.items():
        for part, text in (texts(content, "header") | texts(content, "document") | texts(content, "footer")).items():
            assert DRAFT not in text.upper(), (name, part)
    manifest = json.loads(found[MANIFEST])
    assert manifest["draft"] is False and manifest["missing"] == [] and manifest["nominees"] == PEOPLE_PROPOSED
    assert manifest["ledger"]["head"] == ready.database.head()[1]
    assert "12/TTr-UBND" in "".join(texts(found["to-trinh.docx"], "document").values())


def test_the_manifest_tells_every_byte(ready: Workspace, tmp_path: Path) -> None:
    packages, _ = final(ready, tmp_path / "out")
    found = files(packages[0].folder)
    listed = {one["path"]: one for one in json.loads(found[MANIFEST])["files"]}
    assert set(found) == {*listed, MANIFEST}
    for path, one in listed.items():
        assert (hashlib.sha256(found[path]).hexdigest(), len(found[path])) == (one["sha256"], one["bytes"])
    signed = {one["sha256"] for one in listed.values() if not one["made"]}
    assert signed == {one.sha256 for one in attached(ready, OCCASION).values()}
    with zipfile.ZipFile(packages[0].archive) as archive:
        assert archive.namelist() == [*listed, MANIFEST]
        assert {one: archive.read(one) for one in archive.namelist()} == found


def test_the_same_bytes_twice_and_elsewhere(ready: Workspace, tmp_path: Path) -> None:
    first, _ = final(ready, tmp_path / "out")
    before, packed = files(first[0].folder), first[0].archive.read_bytes()
    again, problems = final(ready, tmp_path / "out")
    assert problems == [] and files(again[0].folder) == before and again[0].archive.read_bytes() == packed
    elsewhere, _ = final(ready, tmp_path / "noi khác")
    assert files(elsewhere[0].folder) == before and elsewhere[0].archive.read_bytes() == packed


def test_every_page_of_a_draft_says_so(undecided: Workspace, tmp_path: Path) -> None:
    """Every section's every header of every Word file, first page and even pages too."""
    packages, problems = made(undecided, tmp_path / "out")
    assert errors(problems) == []
    words = {name: content for name, content in files(packages[0].folder).items() if name.endswith(".docx")}
    assert len(words) == 11
    for name, content in words.items():
        headers = texts(content, "header")
        assert headers, name
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            document = book.read("word/document.xml").decode("utf-8")
            settings = book.read("word/settings.xml").decode("utf-8")
            relations = book.read("word/_rels/document.xml.rels").decode("utf-8")
        sections = re.findall(r"<w:sectPr.*?</w:sectPr>", document, re.DOTALL)
        assert sections, name
        for section in sections:
            kinds = dict(re.findall(r'<w:headerReference w:type="(\w+)" r:id="(\w+)"', section))
            kinds |= {
                kind: ident for ident, kind in re.findall(r'<w:headerReference r:id="(\w+)" w:type="(\w+)"', section)
            }
            wanted = {"default"} | ({"first"} if "<w:titlePg" in section else set())
            wanted |= {"even"} if "<w:evenAndOddHeaders" in settings else set()
            for kind in wanted:
                ident = kinds.get(kind, "")
                target = re.search(rf'<Relationship [^>]*Id="{ident}"[^>]*>', relations)
                assert ident and target is not None, (name, kind)
                part = re.search(r'Target="([^"]+)"', target[0])
                assert part is not None
                assert DRAFT in headers[f"word/{part[1]}"], (name, kind)
    manifest = json.loads((packages[0].folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["draft"] is True and len(manifest["missing"]) == len(dossier_of(undecided, AWARD).missing)


# --- files in the folder -------------------------------------------------------------------------------------------


def edited(path: Path, text: str) -> bytes:
    """As Word would save it: a sentence more in the document."""
    source = path.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:sectPr", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:sectPr".encode(), 1)
            new.writestr(name, content)
    path.write_bytes(out.getvalue())
    return out.getvalue()


def test_a_file_edited_by_hand_is_kept_and_named(ready: Workspace, tmp_path: Path) -> None:
    packages, _ = final(ready, tmp_path / "out")
    path = packages[0].folder / "to-trinh.docx"
    changed = edited(path, "Sửa tay.")
    for _ in range(2):  # kept once more after it was kept
        packages, problems = final(ready, tmp_path / "out")
        assert [(one.code, Path(one.file).name) for one in problems] == [("letter-changed", "to-trinh.docx")]
        assert path.read_bytes() == changed and packages[0].kept == ["to-trinh.docx"]
        listed = {one["path"]: one for one in json.loads((path.parent / MANIFEST).read_text("utf-8"))["files"]}
        assert listed["to-trinh.docx"]["edited"] is True
        assert listed["to-trinh.docx"]["sha256"] == hashlib.sha256(changed).hexdigest()
        with zipfile.ZipFile(packages[0].archive) as archive:
            assert archive.read("to-trinh.docx") == changed
    packages, problems = final(ready, tmp_path / "out", replace=True)
    assert problems == [] and path.read_bytes() != changed and packages[0].kept == []


def test_an_edited_draft_does_not_slip_into_the_final_dossier(ready: Workspace, tmp_path: Path) -> None:
    packages, _ = made(ready, tmp_path / "out")
    path = packages[0].folder / "to-trinh.docx"
    assert any(DRAFT in one for one in texts(path.read_bytes(), "header").values())
    changed = edited(path, "Sửa tay.")
    before = files(packages[0].folder)
    packages, problems = final(ready, tmp_path / "out")
    assert packages == [] and [(one.code, Path(one.file).name) for one in errors(problems)] == [
        ("letter-changed", "to-trinh.docx")
    ]
    assert path.read_bytes() == changed and files(path.parent) == before
    packages, problems = final(ready, tmp_path / "out", replace=True)
    assert len(packages) == 1 and errors(problems) == []


def test_nothing_of_an_officer_is_thrown_away(ready: Workspace, tmp_path: Path) -> None:
    packages, _ = final(ready, tmp_path / "out")
    folder = packages[0].folder
    (folder / "ghi-chu.txt").write_text("của tôi", encoding="utf-8")
    (folder / "~$-trinh.docx").write_bytes(b"lock of Word")
    before = files(folder)
    for replace in (False, True):
        packages, problems = final(ready, tmp_path / "out", replace=replace)
        assert packages == [] and [(one.code, Path(one.file).name) for one in errors(problems)] == [
            ("output", "ghi-chu.txt")
        ]
        assert files(folder) == before
    (folder / "ghi-chu.txt").unlink()
    assert len(final(ready, tmp_path / "out")[0]) == 1


def test_a_dossier_of_one_does_not_lose_the_edited_report_of_another(ready: Workspace, tmp_path: Path) -> None:
    packages, _ = final(ready, tmp_path / "out")
    folder = packages[0].folder
    report = next(folder.glob("C1-*/bao-cao-thanh-tich.docx"))
    changed = edited(report, "Sửa tay.")
    packages, problems = final(ready, tmp_path / "out", candidates=("B001",))
    assert packages == [] and [one.code for one in errors(problems)] == ["letter-changed"]
    assert report.read_bytes() == changed
    packages, problems = final(ready, tmp_path / "one", candidates=("B001",))
    assert errors(problems) == [] and not list(packages[0].folder.glob("C1-*"))


def test_a_damaged_signed_file_keeps_everything_in(ready: Workspace, tmp_path: Path) -> None:
    known = attached(ready, OCCASION)[AWARD, "", "to-trinh"]
    path = stored(ready, OCCASION, known.sha256)
    good = path.read_bytes()
    for content in (good + b" ", b"", None):
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        for wanted in (True, False):
            packages, problems = made(ready, tmp_path / "out", final=wanted)
            assert packages == [] and [one.code for one in errors(problems)] == ["dossier"]
            assert f"Bản ký “{known.document}” bị mất hoặc bị sửa" in problems[0].message
            assert not (tmp_path / "out").exists()
    path.write_bytes(good)
    assert len(final(ready, tmp_path / "out")[0]) == 1


def test_a_killed_swap_is_put_right(ready: Workspace, tmp_path: Path) -> None:
    """Between the two renamings the old folder lies aside: the next run finds what was edited in it."""
    packages, _ = final(ready, tmp_path / "out")
    folder = packages[0].folder
    changed = edited(folder / "danh-sach.docx", "Sửa tay.")
    aside = folder.parent / f".{folder.name}.abc"
    aside.mkdir()
    folder.rename(aside / "old")
    packages, _ = final(ready, tmp_path / "out")
    assert packages[0].kept == ["danh-sach.docx"] and (folder / "danh-sach.docx").read_bytes() == changed
    assert not aside.exists()
