"""Files that were made to harm, or were damaged on the way: refused with a reason, never opened, never a traceback."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from records.forms.collecting.form import ReadForm
from records.forms.collecting.identity import FormRound, form_round
from records.forms.collecting.incoming import EvidenceFolder, FormFile
from records.forms.collecting.reading import read_answers
from records.forms.collecting.workbook import FormBook, Unreadable
from records.rounds import load_rounds
from records.tables.packages import FORM, refusals
from records.workspace.folder import Workspace
from tests.rounds.form_filling import fill, fill_batch, found, issued_form, round_with_forms, taken
from tests.rounds.mutations import KINDS, changed_parts, mutations, with_shared_strings

MUTATIONS = 120
HARMLESS_OR_WRONG = {"bytes_flipped", "cut_short", "part_lost", "rows_shifted", "foreign_part"}  # no figure is changed


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return round_with_forms(tmp_path_factory.mktemp("hại"))


@pytest.fixture(scope="module")
def good(here: Workspace, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    form = fill(issued_form(here, "B1"), tmp_path_factory.mktemp("tốt") / "B1.xlsx")
    return with_shared_strings(form.read_bytes())


def same(_: str, content: bytes) -> bytes:
    return content


def in_part(part: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        made = changed_parts(raw, lambda name, content: content.replace(old, new, 1) if name == part else content)
        assert made != changed_parts(raw, same), part
        return made

    return change


def with_part(name: str, content: bytes = b"<x/>") -> Callable[[bytes], bytes]:
    return lambda raw: changed_parts(raw, same, **{name: content})


def entry(raw: bytes, name: str, content: bytes = b"x", **flags: int) -> bytes:
    """The package with one more entry whose header says what the flags say."""
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a") as package:
        item = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        for flag, value in flags.items():
            setattr(item, flag, value)
        package.writestr(item, content)
    return out.getvalue()


def encrypted(raw: bytes) -> bytes:
    """The encryption bit of the first entry set, in both of its headers."""
    data = bytearray(raw)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    return bytes(data)


def lying(raw: bytes) -> bytes:
    """An entry that declares 10 bytes and unpacks to 100 MB."""
    out = io.BytesIO(entry(raw, "xl/media/a.png", b"0123456789", compress_type=zipfile.ZIP_DEFLATED)).getvalue()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(b"\0" * 100_000_000) + packer.flush()
    packer = zlib.compressobj(-1, zlib.DEFLATED, -15)
    small = packer.compress(b"0123456789") + packer.flush()
    assert small in out
    return out.replace(small, bomb[: len(small)])


def bomb(raw: bytes) -> bytes:
    return entry(raw, "xl/media/a.png", b"\0" * 50_000_000, compress_type=zipfile.ZIP_DEFLATED)


RELATION = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s" %s/></Relationships>'
RELATIONS = "xl/_rels/workbook.xml.rels"
OUTSIDE = b'TargetMode="External"'
DTD = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>'


def relation(kind: bytes, target: bytes, mode: bytes = b"") -> Callable[[bytes], bytes]:
    return in_part(RELATIONS, b"</Relationships>", RELATION % (kind, target, mode))


def utf16(raw: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        text = content.decode().split("?>", 1)[-1]
        return ('<?xml version="1.0" encoding="utf-16"?>' + DTD.decode() + text).encode("utf-16")

    return changed_parts(raw, change)


def no_such_string(raw: bytes) -> bytes:
    pattern = re.compile(rb'(<c [^>]*t="s"[^>]*><v>)')
    return changed_parts(
        raw, lambda name, content: pattern.sub(rb"\g<1>9999", content) if "sheet2" in name else content
    )


PACKAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no zip": (lambda raw: b"<html>", "hỏng"),
    "empty": (lambda raw: b"", "hỏng"),
    "password": (lambda raw: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + raw, "mật khẩu"),
    "encrypted entry": (encrypted, "mật khẩu"),
    "zip of nothing known": (lambda raw: entry(b"PK\5\6" + b"\0" * 18, "a.txt"), "không phải là Excel"),
    "macro": (with_part("xl__vbaProject.bin"), "macro"),
    "macro under another name": (relation(b"vbaProject", b"x.bin"), "macro"),
    "xlsm": (
        in_part(
            "[Content_Types].xml",
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        "macro",
    ),
    "macro sheet": (with_part("xl__macrosheets__sheet1.xml"), "macro"),
    "external link": (with_part("xl__externalLinks__externalLink1.xml"), "liên kết tới tệp khác"),
    "connection": (with_part("xl__connections.xml"), "kết nối"),
    "query": (with_part("xl__queryTables__queryTable1.xml"), "truy vấn"),
    "embedded": (with_part("xl__embeddings__oleObject1.bin"), "nhúng"),
    "ActiveX": (with_part("xl__activeX__activeX1.xml"), "ActiveX"),
    "object elsewhere": (relation(b"oleObject", b"http://x/y", OUTSIDE), "nhúng"),
    "object in disguise": (relation(b"&#111;leObject", b"x.bin"), "nhúng"),
    "picture elsewhere": (relation(b"image", b"http://x/y.png", OUTSIDE), "liên kết tới nơi khác"),
    "DTD": (in_part("xl/workbook.xml", b"<workbook", DTD + b"<workbook"), "thực thể"),
    "DTD far behind": (in_part("xl/workbook.xml", b"<workbook", b" " * 9000 + DTD + b"<workbook"), "thực thể"),
    "DTD in UTF-16": (utf16, "UTF-8"),
    "absolute": (lambda raw: entry(raw, "/etc/x.xml"), "đường dẫn"),
    "climbing": (lambda raw: entry(raw, "xl/../../x.txt"), "đường dẫn"),
    "backslash": (lambda raw: entry(raw, "..\\x.txt"), "đường dẫn"),
    "drive": (lambda raw: entry(raw, "C:x.txt"), "đường dẫn"),
    "two of a name": (lambda raw: entry(raw, "XL/Workbook.xml"), "cùng tên"),
    "symlink": (lambda raw: entry(raw, "xl/l.txt", b"/etc/passwd", external_attr=0o120777 << 16), "tượng trưng"),
    "bomb": (bomb, "bất thường"),
    "lying size": (lying, "hỏng"),
    "other packing": (
        lambda raw: entry(raw, "xl/a.png", b"x" * 99, compress_type=zipfile.ZIP_BZIP2),
        "không phải của Excel",
    ),
    "many parts": (lambda raw: changed_parts(raw, same, **{f"xl__m{n}.png": b"" for n in range(400)}), "400"),
    "large": (lambda raw: raw + b"\0" * 5_000_001, "tối đa"),
    "broken XML": (in_part("xl/worksheets/sheet2.xml", b"</sheetData>", b"<sheetData>"), "hỏng"),
    "no sheet part": (in_part(RELATIONS, b"worksheets/sheet2.xml", b"worksheets/sheet99.xml"), "thiếu phần"),
    "sheet outside": (in_part(RELATIONS, b"worksheets/sheet2.xml", b"../../../etc/passwd"), "thiếu phần"),
    "sheet of no XML": (
        lambda raw: in_part(RELATIONS, b"worksheets/sheet2.xml", b"s.bin")(changed_parts(raw, same, xl__s__bin=b"")),
        "thiếu phần",
    ),
    "row of row": (in_part("xl/worksheets/sheet2.xml", b'<row r="2"', b'<row r="1"'), "dòng"),
    "row zero": (in_part("xl/worksheets/sheet2.xml", b'<row r="2"', b'<row r="0"'), "dòng"),
    "no such string": (no_such_string, "chuỗi"),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_hostile_package_is_refused_with_its_reason(here, good: bytes, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    spoil, word = PACKAGES[name]
    (tmp_path / "B1.xlsx").write_bytes(spoil(good))
    run, stored = taken(here, tmp_path)
    assert [code for code, _, _ in found(run)] and {code for code, _, _ in found(run)} == {"form-unsafe"}
    said = " ".join(problem.message for problem in run.problems)
    assert (word in said.replace("405", "400") or name == "many parts") and stored == []


def test_a_good_package_and_a_typed_address_are_not_refused(good: bytes) -> None:
    assert refusals(good, FORM) == []
    linked = in_part(RELATIONS, b"</Relationships>", RELATION % (b"hyperlink", b"http://x/y", OUTSIDE))(good)
    assert refusals(linked, FORM) == []


def test_too_many_cells_are_not_read(good: bytes) -> None:
    many = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (row, row) for row in range(1000, 680_000))
    raw = in_part("xl/worksheets/sheet2.xml", b"</sheetData>", many + b"</sheetData>")(good)
    book = FormBook(raw, "x")
    with pytest.raises(Unreadable, match="quá nhiều ô"):
        book.sheet("Tu cham")


@pytest.mark.parametrize("kind", ["single", "batch"])
def test_mutated_forms_never_break_the_program(
    here: Workspace, good: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Whatever is done to a form: an answer, no exception; nothing is stored of one with an error."""
    monkeypatch.setenv("THIDUA_DEBUG", "1")  # exceptions are not turned into findings
    if kind == "batch":
        rows = {"P1": {"measure:ideas": 3, "measure:used": 2}, "P2": {"measure:labour": 4}}
        good = fill_batch(issued_form(here, "B1", "e"), tmp_path / "b.xlsx", rows).read_bytes()
        good = with_shared_strings(good)
    around, problems = form_round(here, load_rounds(here)["2026"])
    assert problems == []
    whole = read(good, around, tmp_path)
    assert not whole.wrong and whole.answers
    wrong = 0
    for number, (what, raw) in enumerate(mutations(good, MUTATIONS, seed=2 if kind == "batch" else 1)):
        one = read(raw, around, tmp_path)
        if what.split()[-1].strip("_") in HARMLESS_OR_WRONG and not one.wrong:
            assert one.answers == whole.answers, what
        folder = tmp_path / f"{number}"
        folder.mkdir()
        (folder / "f.xlsx").write_bytes(raw)
        before = len(here.database.submissions("2026"))
        run, stored = taken(here, folder)
        assert one.wrong <= run.wrong and all(len(problem.text()) < 3000 for problem in run.problems), what
        assert len(stored) == before or not run.wrong, what
        wrong += one.wrong
    assert wrong >= MUTATIONS // 3 and len(KINDS) * 10 <= MUTATIONS


def read(raw: bytes, around: FormRound, folder: Path) -> ReadForm:
    """A file by itself, whatever is stored already."""
    form = ReadForm(FormFile(folder / "f.xlsx", "f.xlsx"))
    read_answers(raw, form, around, EvidenceFolder(folder))
    return form
