"""Personal data of awards: outside the chain, given out whole, erased when the time has come, class by class."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from criteria.declarations.retention import Retention
from nominations.council.members import load_members
from nominations.history.held import history
from nominations.proposals.proposal import outsiders, proposals
from records.ledger.entries import Entry
from records.ledger.selecting import Wanted, select_entries
from records.ledger.verifying import prove
from records.persons.acting import correct_person, erase_person, export_person
from records.persons.award_retention import class_of
from records.persons.fields import always_personal, is_personal, owners_of
from records.persons.retention import NEVER, kept
from records.roster.roster import load_roster
from records.workspace.folder import Workspace
from reports.ledger_log import names_of
from reports.person_file import person_document, person_workbook
from tests.nominations.personal_support import (
    CONFLICT,
    HOUSE,
    HOUSE_NAME,
    IDEA,
    MEMBER,
    MEMBER_NAME,
    MERIT,
    NAME,
    OCCASION,
    OTHER,
    PERSON,
    PRIME,
    PROSE,
    SECRETS,
    awarded,
    chain_text,
    enter,
    published_list,
    signed_paper,
)
from thidua.calling import Called
from thidua.commands.person import person


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return awarded(tmp_path)


def classes(workspace: Workspace, ident: str) -> dict[str, tuple[date, str]]:
    found, problems = kept(workspace, ident)
    assert problems == []
    return {one.retention.id: (one.until, one.because) for one in found}


def test_what_is_personal_of_awards() -> None:
    for subject, field in (
        ("proposed:so-ket-2027/1/2", "initiative"), ("proposed:so-ket-2027/1/2", "certificate"),
        ("held:3", "initiative"), ("held:3", "achievement"), ("proposal:so-ket-2027/1", "signed"),
        ("council:so-ket-2027/hoi-dong", "member:3"), ("nominee:so-ket-2027/X1", "people"),
    ):  # fmt: skip
        assert always_personal(subject, field), (subject, field)
    assert is_personal("nominee:so-ket-2027/E1", "discipline", person=True)
    assert not is_personal("nominee:so-ket-2027/A1", "discipline", person=False)
    for subject, field in (("held:3", "decision"), ("proposed:so-ket-2027/1/2", "nominee"), ("case:o/a/E1", "votes:x")):
        assert not is_personal(subject, field, person=True), (subject, field)


def test_whose_an_entry_is() -> None:
    named = {"held:3": {"E1"}}
    assert owners_of("held:3", "achievement", named) == {"E1"} and owners_of("held:4", "x", named) == set()
    assert owners_of("council:so-ket/hoi-dong", "conflict:3/E1", {}) == {"so-ket/hoi-dong/3"}
    assert owners_of("person:so-ket/hoi-dong/3", "erased", {}) == {"so-ket/hoi-dong/3"}
    assert owners_of("nominee:so-ket/E1", "gender", {}) == owners_of("score:2026/E1", "handed_in", {}) == {"E1"}


def test_nothing_personal_stands_in_any_column_of_the_chain(workspace: Workspace) -> None:
    text = chain_text(workspace.database.path)
    assert [told for told in SECRETS if told in text] == []
    assert "Xác nhận 1" in text and "15/TTr-SKHCN" in text  # what is no matter of persons stays open
    sealed = {(one.subject, one.field) for one in workspace.database.entries() if one.personal}
    assert {(f"nominee:{OCCASION}/{who}", "discipline") for who in (PERSON, HOUSE)} <= sealed
    assert prove(workspace.database).breaks == []


def test_a_person_is_given_everything(workspace: Workspace, tmp_path: Path) -> None:
    paper, proof = signed_paper(workspace, tmp_path), published_list(workspace)
    dossier = workspace.root / "ket-qua" / "ho-so" / OCCASION / f"{PERSON}-nguyen-thi-en" / "phieu.pdf"
    dossier.parent.mkdir(parents=True)
    dossier.write_bytes(b"%PDF-")
    held, problems = export_person(workspace, PERSON, "bà yêu cầu")
    assert held is not None, problems
    told = {(one.subject, one.field): one.value for one in held.acts}
    assert told["held:1", "achievement"] == MERIT and told["held:1", "status"] == "granted"
    assert told[f"proposed:{OCCASION}/1/1", "report:II.3/1"] == PROSE
    assert told[f"nominee:{OCCASION}/{PERSON}", "discipline"] == "không"
    assert told[f"check:{OCCASION}/{PRIME}/{PERSON}", "E6"] == "pass"
    assert told[f"case:{OCCASION}/{PRIME}/{PERSON}", "step:xet-chon"] == "passed"
    assert "yes=7 no=0" in told[f"case:{OCCASION}/{PRIME}/{PERSON}", "votes:xet-chon"]
    assert not [one for one in held.acts if one.subject.startswith("council:")]  # who voted how is nowhere
    conflict = f"council:{OCCASION}/xet-chon", f"conflict:1/{PERSON}"
    assert conflict in [(one.subject, one.field) for one in held.mentions]
    why = {one.path: one.why for one in held.files}
    assert why[f"ho-so/{OCCASION}/{paper}.pdf"] == f"bản ký trong hồ sơ khen thưởng {OCCASION}"
    assert why[f"ho-so/{OCCASION}/{proof}.png"].startswith("ảnh chụp, bản công khai danh sách")
    assert why[dossier.relative_to(workspace.root).as_posix()] == "theo mã trong đường dẫn"
    assert [path for path in why if path.startswith(f"bieu-thu/{OCCASION}/de-nghi/")]
    book = openpyxl.load_workbook(BytesIO(person_workbook(held, names_of(workspace))))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {NAME, MERIT, PROSE, IDEA, "giới tính", "nữ"} <= cells
    assert "9 thành viên, 8 có mặt, 1 ý kiến bằng văn bản, 1 không được biểu quyết, 7 phiếu đồng ý, " in " ".join(cells)
    assert CONFLICT not in cells and MEMBER_NAME not in cells  # of somebody else
    assert json.loads(person_document(held))["acts"]


def test_a_household_and_a_member_of_a_council_are_given_theirs(workspace: Workspace) -> None:
    held, problems = export_person(workspace, HOUSE, "hộ yêu cầu")
    assert held is not None, problems
    assert {one.field: one.value for one in held.values}["name"] == HOUSE_NAME == held.name
    assert {"proposed", "nominee", "held", "case"} <= {one.subject.partition(":")[0] for one in held.acts}
    member, problems = export_person(workspace, MEMBER, "ông yêu cầu")
    assert member is not None, problems
    assert member.name == MEMBER_NAME
    assert [one.field for one in member.values] == ["member:1", f"conflict:1/{PERSON}"]
    assert "Vũ Thị Thư Ký" not in person_document(member).decode()
    outcome = CliRunner().invoke(person, ["export", MEMBER, "--reason", "x"], obj=Called(workspace.root, "an"))
    assert outcome.exit_code == 0, outcome.output
    assert (workspace.root / "ket-qua" / "ca-nhan" / f"{MEMBER.replace('/', '-')}.xlsx").is_file()
    log = select_entries(workspace.database, Wanted(candidate=MEMBER)).entries
    assert [one.field for one in log] == ["member:1", f"conflict:1/{PERSON}", "exported", "exported"]


@pytest.mark.parametrize("ident", ["X2", "B002", f"{OCCASION}/xet-chon/9", f"{OCCASION}/khong/1", "../X1", "X1%", ""])
def test_who_nobody_knows_is_refused(workspace: Workspace, ident: str) -> None:
    held, problems = export_person(workspace, ident, "x")
    assert held is None and [one.code for one in problems] == ["personal"]


def test_who_stands_on_no_roster_is_corrected_where_he_was_entered(workspace: Workspace) -> None:
    for ident, command in ((HOUSE, "thidua proposal collect"), (MEMBER, "thidua council members")):
        entry, problems = correct_person(workspace, ident, "name", "Ai đó", "sai", "1/CV")
        assert entry is None and command in problems[0].hint
    entry, problems = correct_person(workspace, PERSON, "name", "Nguyễn Thị Yến", "sai", "1/CV")
    assert entry is not None and load_roster(workspace).bodies[PERSON].name() == "Nguyễn Thị Yến", problems


def test_classes_go_by_the_level_of_the_award(workspace: Workspace) -> None:
    entered = max(date(2027, 11, 20), *(date.fromisoformat(one.at[:10]) for one in workspace.database.entries()))
    year = entered.year
    assert classes(workspace, PERSON) == {
        "danh-sach": (NEVER, "Hồ sơ Huân chương Lao động, Bằng khen của Thủ tướng: đề nghị, dữ kiện xét, thành tích"),
        "khen-thuong-nha-nuoc": (NEVER, ""),
    }
    assert classes(workspace, HOUSE) == {"khen-thuong-tinh": (date(year + 21, 1, 1), "")}
    assert classes(workspace, OTHER)["khong-duoc-khen"] == (date(year + 6, 1, 1), "")  # the award was refused
    assert classes(workspace, MEMBER) == {"thanh-vien-hoi-dong": (date(year + 21, 1, 1), "")}


def test_an_award_without_its_level_is_kept_longest() -> None:
    def one(ident: str, **told: object) -> Retention:
        return Retention.model_validate({"class": ident, "name": ident, "applies_to": ["awards"], **told})

    declared = [
        one("tinh", levels=["tinh"], years=20),
        one("rest", years=5),
        one("nn", levels=["nha-nuoc"], permanent=True),
    ]
    found = {level: class_of(declared, level) for level in ("tinh", "nha-nuoc", "co-so", "?", "")}
    assert {level: of.id for level, of in found.items() if of} == {
        "tinh": "tinh", "nha-nuoc": "nn", "co-so": "nn", "?": "nn", "": "rest",
    }  # fmt: skip
    assert class_of([], "tinh") is None


def test_erased_only_when_due_and_the_chain_holds(workspace: Workspace) -> None:
    for_good, problems = erase_person(workspace, PERSON, "yêu cầu", "1/QĐ", date(2900, 1, 1))
    assert for_good is None and all("lưu giữ vĩnh viễn" in one.message for one in problems) and len(problems) == 2
    ((until, _),) = classes(workspace, HOUSE).values()
    early, problems = erase_person(workspace, HOUSE, "hết hạn", "1/QĐ", until.replace(year=until.year - 1))
    assert early is None and [one.code for one in problems] == ["retention"]
    before = len(workspace.database.entries())
    done, problems = erase_person(workspace, HOUSE, "hết hạn", "1/QĐ", until)
    assert done is not None and done.stays == [] and done.entries >= 6, problems
    assert len(workspace.database.entries()) == before + 1
    proof = prove(workspace.database)
    assert proof.breaks == [] and proof.erased == done.entries
    workspace.database.close()
    raw = workspace.database.path.read_bytes()
    assert HOUSE_NAME.encode() not in raw and "thôn Tám".encode() not in raw
    assert outsiders(workspace)[HOUSE].name == HOUSE
    row = next(row for one in proposals(workspace, OCCASION) for row in one.rows if row.nominee == HOUSE)
    assert (row.merit, row.award) == ("", "bk-tinh")
    award = next(one for one in history(workspace) if one.holder == HOUSE)
    assert (award.status, award.achievement) == ("granted", "")
    other = next(one for one in history(workspace) if one.holder == PERSON)
    assert other.achievement == MERIT  # of others nothing is gone
    assert [one.code for one in erase_person(workspace, HOUSE, "l", "v", until)[1]] == ["retention"]


def test_a_member_is_erased_alone(workspace: Workspace) -> None:
    ((until, _),) = classes(workspace, MEMBER).values()
    done, problems = erase_person(workspace, MEMBER, "hết hạn", "1/QĐ", until)
    assert done is not None and done.entries == 2, problems
    assert [one.name for one in load_members(workspace, OCCASION, "xet-chon")] == ["Vũ Thị Thư Ký"]
    assert prove(workspace.database).breaks == []


def test_an_erasure_may_only_name_what_is_about_the_person(workspace: Workspace) -> None:
    mine = [one.number for one in workspace.database.entries("held:1") if one.personal]
    with workspace.database.writing() as writer:
        writer.erase(OTHER, mine, "l", "v")
    assert {one.entry for one in prove(workspace.database).breaks} == set(mine)


def test_a_movement_that_says_nothing_of_awards_erases_nothing(workspace: Workspace) -> None:
    workspace.movement.retention[:] = [one for one in workspace.movement.retention if "awards" not in one.applies_to]
    done, problems = erase_person(workspace, OTHER, "l", "v", date(2900, 1, 1))
    assert done is None and ["applies_to: [awards]" in one.hint for one in problems] == [True]


def test_retention_is_told_with_its_marks(workspace: Workspace) -> None:
    enter(workspace, Entry("held:9", "holder", OTHER), Entry("held:9", "achievement", "khác"))
    outcome = CliRunner().invoke(person, ["retention", "--on", "1/1/2200"], obj=Called(workspace.root, "an"))
    assert outcome.exit_code == 0, outcome.output
    assert "thành tích · vĩnh viễn (đề xuất, chưa ai quyết định)" in outcome.output
    assert "[M] Thông tư số 10/2022/TT-BNV: 20 năm; chưa đối chiếu" in outcome.output
    assert "khen-thuong-nha-nuoc" in classes(workspace, OTHER)  # an award of unknown level: as long as any
    for told in SECRETS:
        assert told not in outcome.output
