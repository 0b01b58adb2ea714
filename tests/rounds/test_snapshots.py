"""Archives: the same bytes anywhere, nothing in them can be changed unseen, what they hold and what they do not."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.publication.container import RECEIPT, ArchiveWriter, file_sha256, open_archive
from records.publication.published import publications
from records.publication.results import rows
from records.publication.texts import line, page
from records.publication.verifying import Verification, verify
from records.rounds import find_round
from records.scored.sets import score_group
from records.workspace.folder import Workspace, open_workspace
from records.workspace.whole_files import whole_stream
from tests.rounds.life_support import hand_in, verify_all
from tests.rounds.publication_support import DECISION, archive, draft, official, ready
from tests.rounds.support import SECOND, enter_body, new_workspace


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = ready(tmp_path_factory.mktemp("chốt") / "w")
    draft(workspace)
    official(workspace)
    yield workspace
    workspace.close()


def lines(path: Path, name: str) -> list[Any]:
    return [json.loads(text) for text in zipfile.ZipFile(path).read(name).splitlines()]


def repacked(path: Path, to: Path, change: Callable[[dict[str, bytes]], None]) -> Verification:
    """The archive as somebody would forge it: contents changed, every hash made right again."""
    with zipfile.ZipFile(path) as source:
        files = {name: source.read(name) for name in source.namelist()}
    receipt = json.loads(files.pop(RECEIPT))
    change(files)
    with whole_stream(to) as stream:
        writer = ArchiveWriter(stream)
        for name in sorted(files):
            writer.add(name, [files[name]])
        receipt["files"] = dict(writer.hashes)
        writer.add(RECEIPT, [page(receipt)])
        writer.close()
    return verify(to)


def test_both_archives_come_out_again_and_the_ledger_knows_them(frozen: Workspace) -> None:
    one = publications(frozen, "2026")["c"][-1]
    for kind, mark in (("noi-bo", one.archive), ("cong-khai", one.public)):
        proof = verify(archive(frozen, kind), against=frozen)
        assert proof.identical and proof.sha256 == mark == file_sha256(archive(frozen, kind))
        assert proof.receipt["result_sha256"] == one.result and proof.receipt["decision"] == DECISION
        assert zipfile.ZipFile(archive(frozen, kind)).testzip() is None
    head = frozen.at(proof.receipt["ledger"]["number"]).database.head()
    assert head == (proof.receipt["ledger"]["number"], proof.receipt["ledger"]["hash"]) and head[0] < one.entry


def test_results_inside_are_those_of_the_engine(frozen: Workspace) -> None:
    round_, _ = find_round(frozen, "2026")
    assert round_ is not None
    scored, _ = score_group(frozen, round_, "c")
    result = scored[0].result
    stored = lines(archive(frozen), "ket-qua/c-xa-phuong.jsonl")
    assert [row["id"] for row in stored] == result.ids == ["X1", "X2", "X3"]
    for row in stored:
        c = result.candidate(row["id"])
        assert (Fraction(row["total"]), Fraction(row["maximum"])) == (c.total, c.maximum)
        assert Fraction(row["share"]) == c.share
        assert (row["grade"], row["rank"], row["tied"], row["eligible"]) == (c.grade, c.rank, c.tied, c.eligible)
        made = {n: (Fraction(p), Fraction(m), s) for n, (p, m, s) in row["criteria"].items()}
        assert made == {n: (k.points, k.maximum, k.state) for n, k in c.criteria.items()}
        assert row["criteria"]["C2.mot-cua"] == ["2443/100", "3333/100", "scored"]
    assert [line(row) for row in rows(result)] == [line(row) for row in stored]


def test_what_rests_on_whom(frozen: Workspace) -> None:
    sources = lines(archive(frozen), "nguon/c-xa-phuong.jsonl")
    entries = {row["number"]: row for row in lines(archive(frozen), "nhat-ky.jsonl")}
    told = sources[0]["criteria"]["C2.mot-cua"]
    assert (told["state"], told["author"], told["role"]) == ("verified", "van-phong-ubnd", "verifier")
    assert [entries[number]["value"] for number in told["entries"]] == ["verified"]
    assert entries[sources[0]["handed_in"]["entry"]]["field"] == "handed_in"
    [index] = [e.number for e in frozen.database.entries("index") if e.field == "X1"]
    assert list(sources[0]["known"].values()) == [index]


def test_another_machine_makes_the_same_bytes(frozen: Workspace, tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in archive(frozen).parent.iterdir()}
    for number in (1, 2):
        root = tmp_path / f"máy {number}"
        shutil.copytree(frozen.root / "phong-trao", root / "phong-trao")
        shutil.copy(frozen.root / "thidua.yaml", root)
        before_official(frozen, root)
        other, _ = open_workspace(root, "người khác")
        assert other is not None
        official(other)
        assert {path.name: path.read_bytes() for path in archive(other).parent.iterdir()} == made
        other.close()


def before_official(workspace: Workspace, root: Path) -> None:
    """The same ledger as it stood before the official publication."""
    import sqlite3

    last = json.loads(zipfile.ZipFile(archive(workspace)).read(RECEIPT))["ledger"]
    shutil.copy(workspace.database.path, root)
    with sqlite3.connect(root / workspace.database.path.name) as database:
        database.execute("DROP TRIGGER entries_no_delete")
        database.execute("DELETE FROM entries WHERE number > ?", [last["number"]])
        database.execute("UPDATE meta SET value = ? WHERE name = 'head'", [f"{last['number']} {last['hash']}"])
    database.close()


def test_every_byte_between_the_files_is_what_it_must_be(frozen: Workspace, tmp_path: Path) -> None:
    raw = archive(frozen).read_bytes()
    opened, _ = open_archive(archive(frozen))
    assert opened is not None
    held = {n for m in opened.members.values() for n in range(m.start, m.start + m.size)}
    between = [n for n in range(len(raw)) if n not in held]
    assert len(between) > 1000
    path = tmp_path / "a.zip"
    for place in between:
        for bit in (1, 128):
            path.write_bytes(raw[:place] + bytes([raw[place] ^ bit]) + raw[place + 1 :])
            assert open_archive(path)[1], place


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_byte_is_found_and_named(frozen: Workspace, tmp_path: Path, data: st.DataObject) -> None:
    source = archive(frozen, data.draw(st.sampled_from(["noi-bo", "cong-khai"])))
    raw = source.read_bytes()
    place, bit = data.draw(st.integers(0, len(raw) - 1)), data.draw(st.integers(0, 7))
    changed = raw[:place] + bytes([raw[place] ^ (1 << bit)]) + raw[place + 1 :]
    path = tmp_path / "a.zip"
    path.write_bytes(changed)
    proof = verify(path)
    assert not proof.identical
    opened, _ = open_archive(source)
    assert opened is not None
    inside = next((m.name for m in opened.members.values() if m.start <= place < m.start + m.size), None)
    if inside is not None and not proof.problems:
        assert inside in {one.file for one in proof.differences}
    else:
        assert proof.problems


@pytest.mark.parametrize(
    "change", [lambda raw: raw[:-1], lambda raw: raw + b"\0", lambda raw: b"x" + raw, lambda _: b""]
)
def test_cut_off_or_lengthened(frozen: Workspace, tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(change(archive(frozen).read_bytes()))
    assert [problem.code for problem in verify(path).problems] == ["snapshot"]
    assert [problem.code for problem in verify(tmp_path / "không có.zip").problems] == ["file-unreadable"]


def test_a_forged_point_is_recomputed_and_named(frozen: Workspace, tmp_path: Path) -> None:
    def forge(files: dict[str, bytes]) -> None:
        name = "ket-qua/c-xa-phuong.jsonl"
        files[name] = files[name].replace(b'"C2.mot-cua":["2443/100"', b'"C2.mot-cua":["2543/100"', 1)

    proof = repacked(archive(frozen), tmp_path / "a.zip", forge)
    assert [one.text for one in proof.differences] == [
        "ket-qua/c-xa-phuong.jsonl (X1, C2.mot-cua): điểm: trong gói 2543/100, tính lại 2443/100",
        f"bien-nhan.json: mã băm của kết quả: trong gói {proof.receipt['result_sha256']}, tính lại "
        + proof.differences[-1].found,
    ]


def test_forged_figures_criteria_and_entries_are_named(frozen: Workspace, tmp_path: Path) -> None:
    def figures(files: dict[str, bytes]) -> None:
        files["so-lieu/c-xa-phuong.json"] = files["so-lieu/c-xa-phuong.json"].replace(b"733", b"734", 1)

    def criteria(files: dict[str, bytes]) -> None:
        name = "phong-trao/c-xa-phuong.yaml"
        files[name] = files[name] + "\n# thêm\n".encode()

    def entry(files: dict[str, bytes]) -> None:
        files["nhat-ky.jsonl"] = files["nhat-ky.jsonl"].replace(b'"value":"verified"', b'"value":"closed"', 1)

    def missing(files: dict[str, bytes]) -> None:
        kept = files["nhat-ky.jsonl"].splitlines(keepends=True)
        files["nhat-ky.jsonl"] = b"".join(one for one in kept if b'"field":"C2.mot-cua"' not in one)

    def stranger(files: dict[str, bytes]) -> None:
        files["la.txt"] = b"x"

    def roster(files: dict[str, bytes]) -> None:
        del files["danh-sach.json"]

    def seen(change: Callable[[dict[str, bytes]], None]) -> str:
        return "\n".join(one.text for one in repacked(archive(frozen), tmp_path / "a.zip", change).differences)

    assert "(X1, C2.mot-cua): điểm: trong gói 2443/100, tính lại 1223/50" in seen(figures)
    assert "phong-trao/c-xa-phuong.yaml: mã băm của tiêu chí" in seen(criteria)
    assert "nhat-ky.jsonl: nội dung mục" in seen(entry)
    assert "(X1, C2.mot-cua): không có mục" in seen(missing)
    assert "la.txt: tệp lạ trong gói" in seen(stranger)
    assert "danh-sach.json: thiếu tệp trong gói" in seen(roster)
    untouched = repacked(archive(frozen), tmp_path / "a.zip", lambda files: None)
    assert untouched.identical and (tmp_path / "a.zip").read_bytes() == archive(frozen).read_bytes()


def test_a_set_that_points_out_of_the_archive_is_not_followed(frozen: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive(frozen)) as source:
        files = {name: source.read(name) for name in source.namelist()}
    receipt = json.loads(files.pop(RECEIPT))
    receipt["sets"][0]["file"] = "../c-xa-phuong.yaml"
    with whole_stream(tmp_path / "a.zip") as stream:
        writer = ArchiveWriter(stream)
        for name in sorted(files):
            writer.add(name, [files[name]])
        writer.add(RECEIPT, [page(receipt)])
        writer.close()
    assert "phong-trao/../c-xa-phuong.yaml" in {one.file for one in verify(tmp_path / "a.zip").differences}
    for name in ("../x", "/x", "a/../x", "a\\x", ".x", "a/b/c", ""):
        with whole_stream(tmp_path / "b.zip") as stream, pytest.raises(ValueError):
            ArchiveWriter(stream).add(name, [])


def test_the_public_archive_has_no_evidence_ledger_or_words(frozen: Workspace) -> None:
    names = set(zipfile.ZipFile(archive(frozen, "cong-khai")).namelist())
    assert names == {
        "ban-doc/c-xa-phuong.csv",
        "ban-doc/c-xa-phuong.html",
        "bien-nhan.json",
        "ket-qua/c-xa-phuong.jsonl",
        "phong-trao/c-xa-phuong.yaml",
        "phong-trao/documents.yaml",
        "phong-trao/movement.yaml",
        "so-lieu/c-xa-phuong.json",
    }
    receipt = json.loads(zipfile.ZipFile(archive(frozen, "cong-khai")).read(RECEIPT))
    assert receipt["internal_sha256"] == file_sha256(archive(frozen))


def test_of_persons_there_are_counts_only(tmp_path: Path) -> None:
    folder = tmp_path / "phong-trao"
    shutil.copytree(SECOND, folder)
    with (folder / "movement.yaml").open("a", encoding="utf-8") as stream:
        stream.write('body_kinds: [{name: "người trồng sen", group: a, person: true}]\n')
    workspace = new_workspace(tmp_path / "w", folder)
    for number in (1, 2):
        enter_body(workspace, f"P{number}", name=f"Nguyễn Bí Mật {number}", kind="người trồng sen", bo="bờ đông")
        hand_in(workspace, f"P{number}", "hoa-sen-ap", {"ponds": f"{number}", "plan": "2", "ducks": "0"})
    from tests.rounds.publication_support import close_a

    verify_all(workspace, "P1", "P2")
    close_a(workspace)
    draft(workspace, "a")
    official(workspace, "a")
    path = archive(workspace, "cong-khai", group="a")
    with zipfile.ZipFile(path) as source:
        counts = json.loads(source.read("thong-ke.json"))
        everything = b"".join(source.read(name) for name in source.namelist())
    assert counts == {"ap.yaml": {"candidates": 2, "placed": 2, "grades": {"Ấp sen thơm": 1, "Ấp đang trồng": 1}}}
    assert "Bí Mật".encode() not in everything and b"P1" not in everything
    assert verify(path, against=workspace).identical
    assert "Đối tượng là cá nhân" in verify(path).receipt["note"]
    assert "Bí Mật".encode() in zipfile.ZipFile(archive(workspace, group="a")).read("danh-sach.json")

    def forge(files: dict[str, bytes]) -> None:
        files["thong-ke.json"] = files["thong-ke.json"].replace(b'"candidates": 2', b'"candidates": 3')

    assert "thong-ke.json" in {one.file for one in repacked(path, tmp_path / "a.zip", forge).differences}
    workspace.close()


HOSTILE = [
    lambda data: data["table"]["columns"]["files"]["values"].append(1),
    lambda data: data["table"]["columns"]["files"]["values"].__setitem__(0, "=1+1"),
    lambda data: data["table"]["columns"]["files"].__setitem__("absent", [9, 9, 9]),
    lambda data: data["table"]["columns"].pop("files"),
    lambda data: data["table"]["ids"].__setitem__(0, "X2"),
    lambda data: data["table"].__setitem__("decisions", {"C1": {"7": ["closed", ""]}}),
    lambda data: data.__setitem__("items", []),
    lambda data: data["table"].pop("unplaced"),
    lambda data: data.clear(),
]


@pytest.mark.parametrize("change", HOSTILE)
def test_figures_that_are_none_are_told(frozen: Workspace, tmp_path: Path, change: Callable[[Any], object]) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        data = json.loads(files["so-lieu/c-xa-phuong.json"])
        change(data)
        files["so-lieu/c-xa-phuong.json"] = line(data)

    proof = repacked(archive(frozen), tmp_path / "a.zip", spoil)
    assert any("c-xa-phuong.json" in one.file for one in proof.differences)


@pytest.mark.parametrize("raw", [b"", b"[", b"[]", b"{}", b"[" * 100_000, b'{"format": 1}', b"\xff", b"NaN"])
def test_receipts_that_are_none_are_told(frozen: Workspace, tmp_path: Path, raw: bytes) -> None:
    with whole_stream(tmp_path / "a.zip") as stream:
        writer = ArchiveWriter(stream)
        writer.add(RECEIPT, [raw])
        writer.close()
    assert [one.text for one in verify(tmp_path / "a.zip").differences] == ["bien-nhan.json: không đọc được biên nhận"]


def test_another_version_of_the_program_is_a_note(frozen: Workspace) -> None:
    proof = verify(archive(frozen), "thidua 99")
    assert proof.identical and "thidua 99" in proof.notes[0]


def test_another_ledger_does_not_know_the_archive(frozen: Workspace, tmp_path: Path) -> None:
    other = ready(tmp_path / "w")
    assert "sổ không có lần công bố này" in verify(archive(frozen), against=other).differences[0].text
    draft(other)
    official(other)
    said = [one.what for one in verify(archive(frozen), against=other).differences]
    assert said[0].startswith("mã băm của gói ghi trong sổ") and said[1] == "mã băm cuối sổ"
    other.close()


def test_names_are_no_markup_and_no_formula_in_the_public_lists(tmp_path: Path) -> None:
    workspace = ready(tmp_path / "w", 2, name="=1+1 <script>alert(1)</script>")
    draft(workspace)
    official(workspace)
    with zipfile.ZipFile(archive(workspace, "cong-khai")) as source:
        shown = source.read("ban-doc/c-xa-phuong.html").decode()
        table = source.read("ban-doc/c-xa-phuong.csv").decode()
    assert "<script" not in shown and "&lt;script&gt;" in shown and "CHÍNH THỨC – 9/QĐ-SNV" in shown
    assert "'=1+1" in table
    workspace.close()
