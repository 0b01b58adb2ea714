"""Proving an archive: every byte is what it was, every number comes out again, the ledger knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from criteria.problems import Problem
from records.ledger.chain import GENESIS, link
from records.publication.archive import (
    CHANGES,
    COUNTS,
    CRITERIA,
    EVIDENCE,
    FIGURES,
    FORMAT,
    LEDGER,
    READING,
    RESULTS,
    ROSTER,
    SOURCES,
    joint,
    member,
)
from records.publication.container import RECEIPT, Archive, file_sha256, open_archive
from records.publication.published import INTERNAL, OPEN_TO_ALL, publications
from records.publication.recomputing import UNREADABLE, Difference, recomputed
from records.publication.texts import page, parsed
from records.workspace.folder import Workspace

_TEXTS = ("software", "movement", "period", "first", "last", "group", "stage", "published", "result_sha256")
_OF_SET = {"file": str, "id": str, "criteria_sha256": str, "settings": dict, "candidates": int, "places": int}


@dataclass(frozen=True)
class Verification:
    """What came out. sha256: of the archive. problems: why it could not even be read. notes: what is no failure."""

    path: Path
    sha256: str = ""
    receipt: Mapping[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def identical(self) -> bool:
        return not self.differences and not self.problems


def verify(path: Path, software: str = "", against: Workspace | None = None) -> Verification:
    """Prove an archive from itself alone. software: name and version of this program. against: whose ledger should hold its hash."""
    archive, problems = open_archive(path)
    if archive is None:
        return Verification(path, problems=problems)
    try:
        return _verified(archive, software, against)
    except OSError as error:
        from criteria.problems import of_file, reason

        return Verification(
            path, problems=[of_file(path, "file-unreadable", f"Không đọc được {path}: {reason(error)}.")]
        )


def _verified(archive: Archive, software: str, against: Workspace | None) -> Verification:
    sums = {name: archive.sums(name) for name in archive.members}
    broken = [name for name, (crc, _) in sums.items() if crc != archive.members[name].crc]
    found = [Difference(name, "nội dung tệp bị sửa hoặc hỏng") for name in broken]
    mark = file_sha256(archive.path)
    receipt = _receipt(archive)
    if receipt is None:
        return Verification(archive.path, mark, {}, [*found, Difference(RECEIPT, "không đọc được biên nhận")])
    hashes = {name: sha for name, (_, sha) in sums.items() if name != RECEIPT}
    found += _files(receipt, hashes, set(broken))
    found += recomputed(archive, receipt)
    found += _result(receipt, hashes)
    if receipt["kind"] == INTERNAL:
        entries = list(_Ledger(receipt).walk(archive))
        found += [one for one in entries if isinstance(one, Difference)]
        found += _rests_on(archive, receipt, {one for one in entries if isinstance(one, int)})
    elif COUNTS in archive.members:
        found += _counts(archive, receipt)
    if against is not None:
        found += _in_ledger(against, receipt, mark)
    notes = []
    if software and receipt["software"] != software:
        notes.append(f"Gói do {receipt['software']} lập, đang soát bằng {software}.")
    return Verification(archive.path, mark, receipt, found, [], notes)


def _receipt(archive: Archive) -> dict[str, Any] | None:
    """The receipt when it has everything it must have, written as we write it."""
    try:
        raw = archive.read(RECEIPT)
        told: dict[str, Any] = parsed(raw)
        fits = (
            page(told) == raw
            and told["format"] == FORMAT
            and told["kind"] in (INTERNAL, OPEN_TO_ALL)
            and all(isinstance(told[name], str) for name in _TEXTS)
            and isinstance(told["version"], int)
            and all(isinstance(text, str) for pair in told["files"].items() for text in pair)
            and isinstance(told["ledger"]["number"], int)
            and isinstance(told["ledger"]["hash"], str)
            and all(isinstance(one[name], kind) for one in told["sets"] for name, kind in _OF_SET.items())
            and all(isinstance(text, str) for one in told["sets"] for pair in one["settings"].items() for text in pair)
            and all(date.fromisoformat(told[name]) for name in ("first", "last", "published"))
        )
    except UNREADABLE:
        return None
    return told if fits else None


def _files(receipt: Mapping[str, Any], hashes: Mapping[str, str], broken: set[str]) -> Iterator[Difference]:
    """The files there have to be, no others, each with its hash."""
    internal = receipt["kind"] == INTERNAL
    files = [str(one["file"]) for one in receipt["sets"]]
    scored = internal or not receipt.get("persons")
    needed = {f"{CRITERIA}/{file}" for file in files} | {f"{CRITERIA}/movement.yaml"}
    if scored:
        needed |= {member(FIGURES, file, ".json") for file in files}
        needed |= {member(RESULTS, file, ".jsonl") for file in files}
    allowed = {CHANGES} if scored and receipt["version"] > 1 else set()
    if internal:
        needed |= {LEDGER, EVIDENCE, ROSTER, *(member(SOURCES, file, ".jsonl") for file in files)}
    elif scored:
        allowed |= {member(READING, file, ending) for file in files for ending in (".csv", ".html")}
    else:
        needed |= {COUNTS}
    for name in sorted(needed - set(hashes)):
        yield Difference(name, "thiếu tệp trong gói")
    for name in sorted(set(hashes) - needed - allowed):
        if not (name.startswith(f"{CRITERIA}/") and name.endswith(".yaml")):
            yield Difference(name, "tệp lạ trong gói")
    for name in sorted(set(hashes) ^ set(receipt["files"])):
        yield Difference(name, "tệp và biên nhận không khớp nhau")
    for name in sorted(set(hashes) & set(receipt["files"]) - broken):
        if hashes[name] != receipt["files"][name]:
            yield Difference(name, "mã băm của tệp", receipt["files"][name], hashes[name])


def _result(receipt: Mapping[str, Any], hashes: Mapping[str, str]) -> Iterator[Difference]:
    names = {str(one["file"]): member(RESULTS, str(one["file"]), ".jsonl") for one in receipt["sets"]}
    if all(name in hashes for name in names.values()):
        made = joint({file: hashes[name] for file, name in names.items()})
        if made != receipt["result_sha256"]:
            yield Difference(RECEIPT, "mã băm của kết quả", receipt["result_sha256"], made)


class _Ledger:
    """One walk over the entries of the ledger inside: each is held against its own hash and the hash before it."""

    def __init__(self, receipt: Mapping[str, Any]) -> None:
        self.head = receipt["ledger"]

    def walk(self, archive: Archive) -> Iterator[Difference | int]:
        """Numbers of entries that are whole, and what is not."""
        if LEDGER not in archive.members:
            return
        last, mark = 0, GENESIS
        for raw in archive.lines(LEDGER):
            try:
                row = parsed(raw)
                number, made = row["number"], link(row["previous"], row)
                whole = type(number) is int and last < number <= self.head["number"]
            except UNREADABLE:
                yield Difference(LEDGER, f"không đọc được dòng sau mục {last}")
                continue
            if not whole:
                yield Difference(LEDGER, f"thứ tự mục {number} sau mục {last}")
                continue
            if made != row["hash"] or (number == last + 1 and row["previous"] != mark):
                yield Difference(LEDGER, f"nội dung mục {number} không còn khớp mã băm", str(row["hash"]), made)
            elif number == self.head["number"] and made != self.head["hash"]:
                yield Difference(LEDGER, f"mã băm cuối sổ (mục {number})", str(self.head["hash"]), made)
            else:
                yield number
            last, mark = number, row["hash"]


def _rests_on(archive: Archive, receipt: Mapping[str, Any], known: set[int]) -> Iterator[Difference]:
    """Entries that figures rest on are there; the roster is that of the result."""
    listed: list[str] = []
    for one in receipt["sets"]:
        name = member(SOURCES, str(one["file"]), ".jsonl")
        for raw in archive.lines(name) if name in archive.members else ():
            try:
                row = parsed(raw)
                listed.append(row["id"])
                lacking = [
                    (node, number)
                    for node, told in row["criteria"].items()
                    for number in told["entries"]
                    if number not in known
                ]
            except UNREADABLE:
                yield Difference(name, "không đọc được một dòng")
                continue
            for node, number in lacking:
                yield Difference(name, f"không có mục {number} trong nhật ký", "", "", row["id"], node)
    try:
        roster = [row["id"] for row in parsed(archive.read(ROSTER))]
    except UNREADABLE:
        yield Difference(ROSTER, "không đọc được danh sách")
        return
    if roster != listed:
        yield Difference(ROSTER, "danh sách khác danh sách được chấm")


def _counts(archive: Archive, receipt: Mapping[str, Any]) -> Iterator[Difference]:
    try:
        told = parsed(archive.read(COUNTS))
        for one in receipt["sets"]:
            here = told[one["file"]]
            for count in (here["candidates"], sum(here["grades"].values())):
                if count != one["candidates"]:
                    yield Difference(COUNTS, f"số đối tượng của {one['file']}", str(one["candidates"]), str(count))
    except UNREADABLE:
        yield Difference(COUNTS, "không đọc được số lượng")


def _in_ledger(workspace: Workspace, receipt: Mapping[str, Any], mark: str) -> Iterator[Difference]:
    told = publications(workspace, str(receipt["period"])).get(str(receipt["group"]), [])
    one = next((p for p in told if p.stage == receipt["stage"] and p.version == receipt["version"]), None)
    if one is None:
        yield Difference(RECEIPT, "sổ không có lần công bố này")
        return
    entered = one.archive if receipt["kind"] == INTERNAL else one.public
    if entered != mark:
        yield Difference(RECEIPT, f"mã băm của gói ghi trong sổ (mục {one.entry})", mark, entered)
    number, hashed = workspace.at(receipt["ledger"]["number"]).database.head()
    if (number, hashed) != (receipt["ledger"]["number"], receipt["ledger"]["hash"]):
        yield Difference(RECEIPT, "mã băm cuối sổ", str(receipt["ledger"]["hash"]), hashed)
