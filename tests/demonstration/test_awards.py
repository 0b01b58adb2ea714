"""Both occasions awarded: every group, every award, every document stamped, laid out, proved; the same dossiers twice."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdf
import pytest

from nominations.history.held import history
from nominations.nominating import nominate
from nominations.selection.choosing import State
from records.ledger.verifying import prove
from records.workspace.folder import Workspace, open_workspace
from reports.layout.nghi_dinh_30 import layout_problems
from tests.support.years_workspace import AWARD_DOSSIERS, MOVEMENT, PRINTED, awards_folder
from thidua.dossiers import Asked, make_dossiers

STAMP, DRAFT = "SỐ LIỆU MINH HỌA", "DỰ THẢO"
OCCASIONS = ("so-ket-2027", "tong-ket-2030")
AWARDS = {
    "so-ket-2027": ("hcld-ba", "bk-ttg", "bk-tinh", "giay-khen"),
    "tong-ket-2030": ("hcld-ba", "bk-ttg", "co-tinh", "bk-tinh", "giay-khen"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return awards_folder(tmp_path_factory)


@pytest.fixture(scope="module")
def workspace(folder: Path) -> Iterator[Workspace]:
    found, problems = open_workspace(folder / MOVEMENT.name)
    assert found is not None, problems
    yield found
    found.close()


def manifests(folder: Path, occasion: str) -> dict[str, dict[str, object]]:
    found = sorted((folder / AWARD_DOSSIERS / occasion).glob("*/muc-luc.json"))
    return {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in found}


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_award_has_its_dossier_and_every_group_is_in_one(folder: Path, occasion: str) -> None:
    told = manifests(folder, occasion)
    assert set(told) == set(AWARDS[occasion])
    nominees = {ident for one in told.values() for ident in one["nominees"]}  # type: ignore[attr-defined]
    assert {ident[0] for ident in nominees} >= set("ABCDEF")
    assert any(ident.startswith("X") for ident in nominees)  # proposed without a score
    assert all(one["draft"] for one in told.values())  # points, quotas, standards: nobody has decided them


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_nobody_has_two_awards_of_one_occasion_and_no_quota_is_passed(workspace: Workspace, occasion: str) -> None:
    nominated, problems = nominate(workspace, occasion)
    assert nominated is not None and not [one for one in problems if one.severity == "error"]
    proposed = [one.nominee.id for one in nominated.cases if one.state is State.PROPOSED]
    assert len(proposed) == len(set(proposed)) > 30
    for case in nominated.cases:
        assert case.chosen.reason and case.findings


def test_awards_of_the_first_occasion_count_at_the_second(workspace: Workspace) -> None:
    granted = {one.holder for one in history(workspace) if one.occasion == "so-ket-2027" and one.counts}
    assert len(granted) > 30
    nominated, _ = nominate(workspace, "tong-ket-2030")
    assert nominated is not None
    again = [one for one in nominated.cases if one.nominee.id in granted and one.nominee.ranked is not None]
    later = [one for one in again if one.award.after_award == "after_cutoff"]
    assert later and all(one.nominee.ranked is not None and one.nominee.ranked.since is not None for one in later)
    for one in later:
        assert one.nominee.ranked is not None
        assert all(period.first >= one.nominee.ranked.since for period in one.nominee.ranked.periods)  # type: ignore[operator]


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_the_manifest_says_what_lies_there_and_the_zip_is_the_folder(folder: Path, occasion: str) -> None:
    for award, told in manifests(folder, occasion).items():
        place = folder / AWARD_DOSSIERS / occasion / award
        listed = {one["path"]: one["sha256"] for one in told["files"]}  # type: ignore[attr-defined]
        there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
        assert there == {*listed, "muc-luc.json"}
        with zipfile.ZipFile(place.with_suffix(".zip")) as package:
            assert set(package.namelist()) == there
            for name, digest in listed.items():
                content = (place / name).read_bytes()
                assert hashlib.sha256(content).hexdigest() == digest and package.read(name) == content


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_word_document_is_stamped_and_laid_out(folder: Path, occasion: str) -> None:
    paths = sorted((folder / AWARD_DOSSIERS / occasion).rglob("*.docx"))
    paths += sorted((folder / MOVEMENT.name / "ket-qua" / occasion).rglob("*.docx"))
    assert len(paths) > 100
    for path in paths:
        content = path.read_bytes()
        for section in docx.Document(io.BytesIO(content)).sections:
            heads = [
                section.header,
                *([section.first_page_header] if section.different_first_page_header_footer else []),
            ]
            for head in heads:
                text = "\n".join(one.text for one in head.paragraphs)
                assert STAMP in text, path
        kind = path.stem.split("-2", maxsplit=1)[0].removesuffix("-hoi-dong-1").removesuffix("-xet-chon-1")
        if path.is_relative_to(folder / AWARD_DOSSIERS) and not kind.startswith("bien-ban"):
            assert layout_problems(content, path.stem) == [], path


def test_every_score_sheet_is_stamped_on_every_page(folder: Path) -> None:
    paths = sorted((folder / AWARD_DOSSIERS).rglob("phieu-giai-trinh-diem.pdf"))
    assert len(paths) > 60
    for path in paths[::12]:
        for page in pypdf.PdfReader(path).pages:
            assert STAMP in page.extract_text(), path


def test_the_chain_holds(workspace: Workspace, folder: Path) -> None:
    assert not prove(workspace.database).breaks
    assert "Đã có quyết định tặng" in (folder / PRINTED).read_text(encoding="utf-8")


def test_the_same_dossiers_come_twice(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(folder / MOVEMENT.name, root)
    workspace, problems = open_workspace(root)
    assert workspace is not None, problems
    made = []
    for name in ("a", "b"):
        done, problems = make_dossiers(workspace, "tong-ket-2030", Asked(tmp_path / name, "co-tinh"))
        assert done and not [one for one in problems if one.severity == "error"]
        made.append((tmp_path / name / "tong-ket-2030" / "co-tinh.zip").read_bytes())
    workspace.close()
    assert made[0] == made[1]
