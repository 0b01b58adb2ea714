"""The page for everybody: what was published and nothing else. Secrets are planted everywhere and looked for in the whole file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nominations.history.held import history
from nominations.nominating import nominate
from nominations.selection.choosing import State
from records.forms.answers import EvidenceItem
from records.ledger.entries import Entry
from records.publication.complaints import Complaint, add_complaint
from records.publication.published import OPEN_TO_ALL
from records.roster.roster import load_roster
from records.rounds import close_group, close_roster
from records.scored.stages import score_stages
from records.workspace.folder import Workspace, open_workspace
from reports.page import persons
from reports.page.files import Asked, page_of
from reports.page.html import page_html
from tests.reports.page.page_data_support import details, everything, page, wrong_numbers, wrong_ranks
from tests.reports.score_sheet_support import officially
from tests.rounds.life_support import COMMUNE, act, hand_in, scope_of, verify_all
from tests.rounds.publication_support import archive, draft, official
from tests.rounds.support import enter_body, new_workspace
from tests.support.years_workspace import MOVEMENT, awards_folder, years_workspace

CASE = "C2.mot-cua"
PERSON = "Cá nhân minh họa"
SECRETS = (
    "LỜI ĐƠN VỊ",  # prose of a unit: why something does not apply, what an explanation says
    "BÍ MẬT",  # of complaints, of restricted documents, of persons
    "77/TRÍCH",  # the number of an open document
    "5/MẬT",  # the number of a restricted one
    "14/TĐ",  # the letter of a verifying body
    "31,41",  # a self-assessed figure: 33,33 × 942,5 / 1000
    "LÝ DO THẨM ĐỊNH",
)
"""What must not come out of the file, however it is packed."""


def planted(root: Path) -> Workspace:
    """Two communes with secrets in every place where people write; verified and published."""
    workspace = new_workspace(root)
    items = [
        EvidenceItem(CASE, "77/TRÍCH", "2026-10-03", "Cơ quan BÍ MẬT", "LỜI ĐƠN VỊ"),
        EvidenceItem(CASE, "5/MẬT", "2026-05-04", "Cơ quan BÍ MẬT", "LỜI ĐƠN VỊ", restricted=True),
    ]
    for ident in ("X1", "X2"):
        enter_body(workspace, ident, name=f"Xã {ident}", kind="xã", pool="Cụm 1", head="Bà BÍ MẬT", note="BÍ MẬT")
        figures = COMMUNE | {"files": "10000", "files_online": "9425"}
        hand_in(workspace, ident, "tb-c-xa-phuong", figures, evidence=items, claims={"C2.van-ban": "LỜI ĐƠN VỊ"})
    with workspace.database.writing() as writer:
        writer.append(
            [Entry("index:dx_index/2026", f"X{n}", str(80 + 2 * n), source="Bộ chỉ số BÍ MẬT") for n in (1, 2)]
        )
    return workspace


def verified(workspace: Workspace) -> None:
    said = {"source": "14/TĐ", "reason": "LÝ DO THẨM ĐỊNH"}
    assert act(workspace, "X1", CASE, "correct", figures={"measure:files_online": "7000"}, **said) == []
    assert act(workspace, "X2", CASE, "send_back", **said) == []
    figures = {"measure:files_online": "6000"}
    assert act(workspace, "X2", CASE, "explain", figures=figures, explanation="LỜI ĐƠN VỊ", reason="") == []
    assert act(workspace, "X2", CASE, "accept", **said) == []
    for ident in ("X1", "X2"):
        assert act(workspace, ident, "C2.van-ban", "leave_out", **said) == []
    verify_all(workspace, "X1", "X2", leave=(CASE, "C2.van-ban"))


def close(workspace: Workspace) -> None:
    assert close_roster(workspace, "2026", "c", date(2026, 12, 1)) == []
    assert close_group(workspace, "2026", "c", date(2026, 12, 20), "8/QĐ-SNV") == []


def test_no_secret_is_in_the_file(tmp_path: Path) -> None:
    workspace = planted(tmp_path / "w")
    verified(workspace)
    close(workspace)
    internal = everything(page(workspace))
    assert [secret for secret in SECRETS if secret not in internal] == []  # they are there to be found
    draft(workspace)
    for stage in ("draft", "official"):
        if stage == "official":
            official(workspace)
            told = Complaint("X1", date(2027, 1, 10), "Ông BÍ MẬT", "Lời BÍ MẬT", CASE)
            assert add_complaint(scope_of(workspace), told, date(2027, 1, 20))[1] == []
        made = page(workspace, public=True)
        text = everything(made) + page_html(made)
        assert [secret for secret in SECRETS if secret in text] == []
        (one,) = made["groups"]
        assert len(one["units"]) == 2 and "C2" in details(one)["X1"]["rows"]
        assert all("self" not in unit and "self_total" not in unit and "self_open" not in unit for unit in one["units"])
        for told_of in details(one).values():
            assert {key for row in told_of["rows"].values() for key in row} == {"reasons"}
            assert [heading for heading, _ in told_of["about"]] == ["Đối tượng", "Mã", "Nhóm", "Cụm, khối"]
        assert "BẢN NỘI BỘ" not in text
    assert made["public"] and made["stage"] == "Chính thức"
    workspace.close()


def test_only_the_version_in_force(tmp_path: Path) -> None:
    """Nothing of today: what was entered after the publication is not on the page."""
    workspace = planted(tmp_path / "w")
    verified(workspace)
    close(workspace)
    draft(workspace)
    shown = page(workspace, public=True)
    assert shown["stamps"][-1] == "DỰ KIẾN – lấy ý kiến đến hết ngày 31/12/2026" and shown["stage"] == "Dự kiến"
    official(workspace)
    first = page(workspace, public=True)
    assert first["groups"][0]["units"] == shown["groups"][0]["units"]
    revised = {"measure:files_online": "8000"}
    assert act(workspace, "X1", CASE, "revise", reason="BÍ MẬT", source="3/KL", figures=revised) == []
    assert page(workspace, public=True) == first
    workspace.close()


def test_a_draft_that_does_not_come_out_again_is_left_out(tmp_path: Path) -> None:
    workspace = planted(tmp_path / "w")
    verified(workspace)
    close(workspace)
    draft(workspace)
    path, root = workspace.movement_folder / "c-xa-phuong.yaml", workspace.root
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("of: files_online / files", "of: files_online / (files * 2)"), encoding="utf-8")
    workspace.close()
    again, problems = open_workspace(root)
    assert again is not None, problems
    data, problems = page_of(again, Asked("2026", public=True))
    assert data is None and [one.code for one in problems] == ["published", "no-page"]
    again.close()


def test_nothing_published_is_refused(tmp_path: Path) -> None:
    workspace = planted(tmp_path / "w")
    data, problems = page_of(workspace, Asked("2026", public=True))
    assert data is None and [one.code for one in problems] == ["no-page"]
    assert "chưa công bố dự kiến hay chính thức" in problems[0].message
    assert page(workspace)["groups"]
    workspace.close()


def test_a_changed_archive_is_refused(tmp_path: Path) -> None:
    workspace = planted(tmp_path / "w")
    verified(workspace)
    close(workspace)
    draft(workspace)
    official(workspace)
    path = archive(workspace, OPEN_TO_ALL)
    raw = path.read_bytes()
    path.write_bytes(raw.replace("Xã X1".encode(), "Xã X9".encode()))
    data, problems = page_of(workspace, Asked("2026", public=True))
    assert data is None and {one.code for one in problems} == {"snapshot"}
    workspace.close()


def test_a_group_that_is_not_published_is_named_and_not_shown(tmp_path: Path) -> None:
    workspace = planted(tmp_path / "w")
    verified(workspace)
    close(workspace)
    draft(workspace)
    made = page(workspace, public=True)
    assert [one["letter"] for one in made["groups"]] == ["c"]
    assert "Chưa công bố, không có trên trang: nhóm a, b, d, đ, e." in made["source"]
    assert len(made["notes"]) == 5 and made["notes"][0].endswith("chưa công bố, không có trên trang này.")
    workspace.close()


def person_group(root: Path) -> Workspace:
    workspace = new_workspace(root)
    enter_body(workspace, "B001", name="Sở Nội vụ", kind="sở/ban/ngành", data_owner="không")
    enter_body(workspace, "P1", kind="cá nhân", parent="B001", sub_type="trí thức")
    personal = {"name": "Bà Trần Thị BÍ MẬT", "post": "Trưởng phòng", "code:cccd": "034190000000"}
    with workspace.database.writing() as writer:
        writer.append([Entry("body:P1", name, value, personal=True) for name, value in personal.items()])
    leave = {("P1", one): "Không phát sinh" for one in scope_of(workspace).of("P1")}
    told = {"group": "e", "set_id": "tb-e2-doi-tuong-khac", "index": {}, "leave_out": leave}
    officially(workspace, "2026", {"P1": {}}, date(2027, 1, 5), **told)  # type: ignore[arg-type]
    return workspace


def test_a_person_nobody_proposed_is_not_named(tmp_path: Path) -> None:
    workspace = person_group(tmp_path / "w")
    assert "BÍ MẬT" in everything(page(workspace))
    made = page(workspace, public=True)
    (one,) = made["groups"]
    assert one["people"] == [] and one["units"] == [] and one["criteria"] == [] and one["details"] == []
    assert one["notice"][1].startswith("Chưa có cá nhân nào")
    text = everything(made) + page_html(made)
    assert "BÍ MẬT" not in text and "P1" not in text and "034190000000" not in text and "Trưởng phòng" not in text
    workspace.close()


def test_numbers_of_organisations_are_the_published_ones(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """Of persons nobody is named before a list was published."""
    workspace, problems = open_workspace(years_workspace(tmp_path_factory, tmp_path))
    assert workspace is not None, problems
    staged, _ = score_stages(workspace, "2026")
    made = page(workspace, public=True)
    found = {one["id"]: one for one in made["groups"]}
    for one in staged:
        if one.last.letter == "e":
            assert one.last.result.set.id not in found
            continue
        assert wrong_numbers(found[one.last.result.set.id], one.last.result) == []
        assert wrong_ranks(found[one.last.result.set.id]) == []
    (persons,) = [one for one in made["groups"] if one["letter"] == "e"]
    assert persons["people"] == []
    assert PERSON not in everything(made)
    workspace.close()


def test_persons_announced_or_awarded_are_named_and_nobody_else(tmp_path_factory: pytest.TempPathFactory) -> None:
    workspace, problems = open_workspace(awards_folder(tmp_path_factory) / MOVEMENT.name)
    assert workspace is not None, problems
    everybody = load_roster(workspace).bodies
    for period, occasions in (("so-ket-2027", ["so-ket-2027"]), ("2026", ["so-ket-2027", "tong-ket-2030"])):
        made = page(workspace, period, public=True)
        (one,) = [each for each in made["groups"] if each["letter"] == "e"]
        awarded = {h.holder for h in history(workspace) if h.counts and h.occasion in occasions}
        names = {everybody[ident].name() for ident in awarded if ident in everybody and everybody[ident].person}
        assert names and {person["name"] for person in one["people"]} == names
        text = everything(made)
        known = {body.name() for body in everybody.values() if body.person}
        assert {name for name in known if name in text} == names and len(known) > len(names)
        assert all(set(person) == {"name", "post", "unit", "award"} for person in one["people"])
        assert all(person["unit"].startswith("Sở, ngành") for person in one["people"])
        assert "SỐ LIỆU MINH HỌA" in made["stamps"] and "SỐ LIỆU MINH HỌA" in one["stamps"]
    workspace.close()


def test_who_is_proposed_is_named_once_the_list_is_published(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each of the three states of a case by itself: proposed, proposed and announced, announced and not proposed."""
    workspace, problems = open_workspace(awards_folder(tmp_path_factory) / MOVEMENT.name)
    assert workspace is not None, problems
    nominated, problems = nominate(workspace, "so-ket-2027")
    assert nominated is not None, problems
    cases = {}
    for case in nominated.cases:
        cases.setdefault((case.state, case.progress.announced is not None), case)
    proposed, announced = cases[State.PROPOSED, False], cases[State.PROPOSED, True]
    told = replace(
        nominated, cases=(proposed, announced, replace(cases[State.NOT, False], progress=announced.progress))
    )
    assert [who.id for who, _, _ in persons._named(told, [])] == [announced.nominee.id]
    workspace.close()
