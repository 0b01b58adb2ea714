"""The illustrative workspace after both occasions: nothing personal in any column of the chain, the ledger read in Vietnamese."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from records.ledger.entries import Entry
from records.ledger.selecting import Selected
from records.ledger.stored_files import check_files
from records.ledger.verifying import prove
from records.roster.roster import load_roster
from records.workspace.folder import KEPT, RECEIVED, Workspace, open_workspace
from reports import award_words
from reports.ledger_log import log_lines, names_of
from reports.ledger_words import about, said
from tests.nominations.personal_support import chain_text
from tests.support.years_workspace import MOVEMENT, awards_folder

OF_AWARDS = set(award_words.KINDS)
_WORDS = re.compile(r"[a-z_]{4,}")  # of letters without marks: ids and English


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    found, problems = open_workspace(awards_folder(tmp_path_factory) / MOVEMENT.name)
    assert found is not None, problems
    yield found
    found.close()


def entries_of_awards(workspace: Workspace) -> list[Entry]:
    return [one for one in workspace.database.entries() if one.subject.partition(":")[0] in OF_AWARDS]


def test_nothing_personal_in_the_chain_of_two_award_occasions(workspace: Workspace) -> None:
    bodies = load_roster(workspace).bodies.values()
    open_names = {name for body in bodies if not body.person for name in body.names}
    told = {name for body in bodies if body.person for name in body.names}
    for one in entries_of_awards(workspace):
        if one.personal and one.field.startswith("member:"):
            told.add(json.loads(one.value)["name"])
        elif one.personal:
            told.add(one.value)
    told = {
        text for text in told if len(text) > 5 and text not in open_names
    }  # "có", "nữ"; the commune where a household is
    assert len(told) > 40
    text = chain_text(workspace.database.path)
    assert [one for one in sorted(told) if one in text] == []


def test_every_value_that_must_be_sealed_is(workspace: Workspace) -> None:
    persons = {body.id for body in load_roster(workspace).bodies.values() if body.person}
    sealed = {
        (one.subject.partition(":")[0], one.field.partition(":")[0])
        for one in entries_of_awards(workspace)
        if one.personal
    }
    assert {("outsider", "name"), ("proposed", "merit"), ("proposed", "report"), ("held", "achievement")} <= sealed
    assert {("council", "member"), ("proposal", "signed"), ("nominee", "gender"), ("nominee", "discipline")} <= sealed
    for one in entries_of_awards(workspace):
        if one.subject.startswith("nominee:"):
            who = one.subject.rpartition("/")[2]
            assert one.personal == (who in persons or who.startswith("X")), one.subject
    with closing(sqlite3.connect(workspace.database.path)) as connection:
        (open_,) = connection.execute(
            "SELECT count(*) FROM entries WHERE (subject LIKE 'outsider:%' AND field = 'name' OR field LIKE 'member:%' "
            "OR subject LIKE 'held:%' AND field IN ('holder_name', 'achievement', 'initiative')) "
            "AND value <> '' AND value NOT LIKE '%sealed:%'"
        ).fetchone()
    assert open_ == 0


def test_the_chain_and_every_kept_file_hold(workspace: Workspace) -> None:
    assert prove(workspace.database).breaks == []
    stored = check_files(workspace.database, workspace.root / RECEIVED, workspace.root / KEPT)
    assert stored.breaks == [] and stored.forms > 100


def test_the_ledger_is_read_in_vietnamese(workspace: Workspace) -> None:
    """Every kind, field, role and value that the program itself writes has its words; ids that data name stay ids."""
    found = entries_of_awards(workspace)
    kinds = {one.subject.partition(":")[0] for one in found}
    assert kinds >= OF_AWARDS - {"basis", "dossier"}
    ids = {"xet", "chon", "tham", "dinh", "hoi", "dong", "cong", "khai", "co", "so", "ubnd", "tinh"}
    ids |= {"confirm", "thue", "bhxh", "moi", "truong", "attp", "atvsld", "pccc", "khac"}
    for one in found:
        what = about(one)
        assert what.kind == award_words.KINDS[one.subject.partition(":")[0]]
        bare = [word for word in _WORDS.findall(what.field) if word not in ids and word in one.field]
        assert bare == [], (one.subject, one.field, what.field)
    for one in found:
        if one.field.partition(":")[0] in (
            "step",
            "tie",
            "votes",
            "status",
            "level",
            "member",
        ) or one.subject.startswith("check:"):
            assert said(one, one.value) != one.value or not one.value, (one.subject, one.field, one.value)
    names = names_of(workspace)
    assert names["X1"].startswith("Hộ")
    lines = " ".join(line for one in found[::40] for line in log_lines(Selected([one], 1), names))
    assert not {"(council)", "(appraiser)", "(office)", "(steward)"} & set(lines.split())


def test_words_of_what_the_demonstration_does_not_enter(tmp_path: Path) -> None:
    paper = Entry("dossier:so-ket-2027/bk-ttg/E1", "paper:bao-cao", "01/BC")
    what = about(paper)
    assert (what.kind, what.period, what.candidate, what.field, what.subject) == (
        "hồ sơ khen thưởng", "so-ket-2027", "E1", "bản ký của giấy tờ bao-cao", "bk-ttg",
    )  # fmt: skip
    whole = about(Entry("dossier:so-ket-2027/bk-ttg", "paper:to-trinh", "01/TTr"))
    assert (whole.candidate, whole.subject) == ("", "bk-ttg")
    compared = Entry("basis:luat-74-3-a", "compared", "changed")
    assert (about(compared).field, said(compared, "changed")) == ("đã đối chiếu với văn bản", "đã đổi")
    conflict = about(Entry("council:so-ket-2027/hoi-dong", "conflict:3/E51", "em ruột"))
    assert conflict.field == "thành viên số 3 khai xung đột lợi ích với E51" and conflict.subject == "bước hoi-dong"
    revoked = Entry("held:7", "status", "revoked")
    assert (said(revoked, "revoked"), about(revoked).subject) == ("đã hủy bỏ", "số 7")
    everybody = about(Entry("check:so-ket-2027/hcld-ba/*", "E2", "pass"))
    assert (everybody.field, everybody.subject, everybody.candidate) == ("điều kiện E2", "hcld-ba, mọi đối tượng", "")
