"""One hostile name all the way: a proposal, the choice, the dossier's zip, the decision, the workbook of awards held, the log."""

from __future__ import annotations

import io
import random
import re
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from criteria.problems import errors
from nominations.history.looking import look_up
from nominations.history.recording import Told, record
from nominations.proposals.collect import collect_list
from nominations.proposals.lists import Cover
from nominations.selection.choosing import State
from records.ledger.selecting import Wanted, select_entries
from reports.awards.held_workbook import held_lines, held_workbook
from reports.ledger_log import log_file, log_lines, names_of
from reports.letters.templates import FOLDER, fill, read_template
from tests.nominations.attack_support import LISTED, occasion_at, plain
from tests.nominations.document_support import text_of
from tests.nominations.occasion_support import OCCASION, TODAY, case_of, install_sheets, pass_steps
from tests.rounds.mutations import KINDS
from tests.rounds.support import MOVEMENT
from thidua.dossiers import Asked, make_dossiers

AWARD, WHO = "bk-tinh", "X1"
NAME = "Hộ A & B <b> {{ 7*7 }} {% raw %} #import ../../x e\u0302\u0301 \u202e"
SHOWN = "Hộ A & B <b> {{ 7*7 }} {% raw %} #import ../../x \u1ebf"
FORMULA = "=1+1|'/C calc'!A0"
DAMAGE = ("_bytes_flipped", "_cut_short", "_part_lost", "_fragment_put_in", "_text_swapped", "_foreign_part")
PLAIN = re.compile(r"[A-Za-z0-9._/-]+")


def test_a_hostile_name_all_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = occasion_at(tmp_path, monkeypatch)
    install_sheets(monkeypatch)
    listed = tmp_path / "=ds & <b>.xlsx"
    listed.write_bytes(plain([LISTED[0], (NAME, "hộ gia đình", AWARD, f"'{FORMULA}", None, None)]))
    cover = Cover("C1", FORMULA, date(2027, 7, 10), "{{ x }}", date(2027, 7, 9))
    run = collect_list(workspace, OCCASION, listed, cover, TODAY)
    assert errors(run.problems) == [] and len(run.taken) == 1, [one.text() for one in run.problems]
    case = case_of(workspace, AWARD, WHO)
    assert case.nominee.name == SHOWN and case.state is State.PROPOSED

    steps = (("xet-chon", 20), ("tham-dinh", 22), ("hoi-dong", 24))
    pass_steps(workspace, AWARD, [WHO], *((step, date(2027, 7, day)) for step, day in steps))
    done, problems = make_dossiers(workspace, OCCASION, Asked(tmp_path / "ra", AWARD))
    assert done and errors(problems) == [], [one.text() for one in problems]
    with zipfile.ZipFile(done[0][1].archive) as package:
        names = package.namelist()
        told = "\n".join(text_of(package.read(one)) for one in names if one.endswith(".docx"))
        manifest = package.read("muc-luc.json").decode()
    assert all(PLAIN.fullmatch(one) and ".." not in one for one in names)
    assert SHOWN in told and "{{ 7*7 }}" in told and "\u202e" not in told and "\u202e" not in manifest
    assert FORMULA in told

    decision = Told(AWARD, FORMULA, date(2027, 8, 1), (WHO,), authority="@SUM(1) <b>")
    made, problems = record(workspace, OCCASION, decision, "granted", TODAY)
    assert [one.holder for one in made] == [WHO] and errors(problems) == []
    listing, _ = look_up(workspace, WHO)
    assert listing is not None
    sheet = openpyxl.load_workbook(io.BytesIO(held_workbook(listing))).worksheets[0]
    cells = [one for row in sheet.iter_rows() for one in row if one.value is not None]
    assert [one for one in cells if one.data_type == "f"] == []
    assert any(SHOWN in str(one.value) for one in cells) and any(FORMULA in str(one.value) for one in cells)

    selected = select_entries(workspace.database, Wanted())
    lines = [*held_lines(listing), *log_lines(selected, names_of(workspace))]
    assert any(SHOWN in one for one in lines)
    for one in lines:
        assert not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in one.replace("\n", "")), one
    log = openpyxl.load_workbook(io.BytesIO(log_file(".xlsx", "Sổ ghi", selected, names_of(workspace))))
    assert not any(one.data_type == "f" for page in log.worksheets for row in page.iter_rows() for one in row)


def test_damaged_templates(tmp_path: Path) -> None:
    """Bytes of a Word template flipped, cut, parts lost: refused with its name, or filled."""
    good = (MOVEMENT / FOLDER / "to-trinh.docx").read_bytes()
    kinds, refused = [one for one in KINDS if one.__name__ in DAMAGE], 0
    assert len(kinds) == len(DAMAGE)
    for number in range(60):
        path = tmp_path / "to-trinh.docx"
        path.write_bytes(kinds[number % len(kinds)](good, random.Random(number)))
        content, problems = read_template(path)
        problems = problems or fill(content, {}, path, "Tờ trình", "Sở", date(2027, 7, 1))[1]
        assert all("to-trinh.docx" in one.file for one in problems), number
        refused += bool(problems)
    assert refused == 60  # no field was given: whatever can be read asks for one
