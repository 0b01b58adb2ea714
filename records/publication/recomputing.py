"""A result made again from an archive alone, held against what the archive says, number by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.loading import read_set
from criteria.problems import errors
from records.forms.collecting.cells import clean
from records.publication.archive import CRITERIA, FIGURES, RESULTS, member
from records.publication.container import Archive
from records.publication.figures import Figures, read_document
from records.publication.results import rows
from records.publication.texts import line, parsed
from records.scored.sets import score_figures
from scoring.result import Result

UNREADABLE = (KeyError, ValueError, TypeError, IndexError, AttributeError, ArithmeticError)  # of what is not ours
_NAMES = {
    "total": "tổng điểm",
    "maximum": "điểm tối đa đang áp dụng",
    "share": "tỷ lệ đạt",
    "grade": "mức xếp loại",
    "rank": "thứ hạng",
    "tied": "đồng hạng",
    "eligible": "đủ điều kiện",
    "provisional": "tạm tính",
    "quota": "chỉ tiêu số lượng",
    "pool": "cụm",
}
_PARTS = ("điểm", "điểm tối đa", "trạng thái")


@dataclass(frozen=True)
class Difference:
    """Something is not as the archive says. stored: what stands in it; found: what comes out."""

    file: str
    what: str
    stored: str = ""
    found: str = ""
    candidate: str = ""
    criterion: str = ""

    @property
    def text(self) -> str:
        """One Vietnamese line."""
        where = ", ".join(part for part in (self.candidate, self.criterion) if part)
        shown = f": trong gói {self.stored}, tính lại {self.found}" if self.stored or self.found else ""
        return clean(f"{self.file}{f' ({where})' if where else ''}: {self.what}{shown}")


def recomputed(archive: Archive, receipt: Mapping[str, Any]) -> Iterator[Difference]:
    """Every number of every set that does not come out again."""
    with unpacked(archive) as folder:
        for told in receipt["sets"]:
            file = str(told["file"])
            if not {f"{CRITERIA}/{file}", member(FIGURES, file, ".json")} <= set(archive.members):
                continue  # of persons the public archive holds counts only; what is missing is told elsewhere
            yield from remade(archive, folder, receipt, told)[1]


@contextmanager
def unpacked(archive: Archive) -> Iterator[Path]:
    """The movement, the documents and the criteria of an archive, in a folder that is gone afterwards."""
    with TemporaryDirectory() as room:
        folder = Path(room)
        for name in archive.members:  # names that Archive has let through: one plain word, no folder, no dot in front
            if name.startswith(f"{CRITERIA}/"):
                (folder / name.partition("/")[2]).write_bytes(archive.read(name))
        yield folder


def remade(
    archive: Archive, folder: Path, receipt: Mapping[str, Any], told: Mapping[str, Any]
) -> tuple[Result | None, list[Difference]]:
    """One set scored again from its criteria in the folder of unpacked(), and where it differs from what the archive says.

    told: of the set, in the receipt. None where criteria or figures cannot be read.
    """
    criteria, found = _criteria(folder, told)
    if criteria is None:
        return None, found
    file, period, size = str(told["file"]), str(receipt["period"]), int(told["candidates"])
    result, more = _set(archive, criteria, file, period, size)
    return result, [*found, *more]


def _criteria(folder: Path, told: Mapping[str, Any]) -> tuple[CriteriaSet | None, list[Difference]]:
    name = f"{CRITERIA}/{told['file']}"
    criteria, problems = read_set(folder / str(told["file"]), dict(told["settings"]))
    if criteria is None:
        said = errors(problems)[0].message if errors(problems) else ""
        return None, [Difference(name, f"không đọc được bộ tiêu chí. {said}")]
    if criteria.sha256 != told["criteria_sha256"]:
        return criteria, [Difference(name, "mã băm của tiêu chí", str(told["criteria_sha256"]), criteria.sha256)]
    return criteria, []


def _set(
    archive: Archive, criteria: CriteriaSet, file: str, period: str, size: int
) -> tuple[Result | None, list[Difference]]:
    name = member(FIGURES, file, ".json")
    try:
        figures = read_document(parsed(archive.read(name)))
    except UNREADABLE:
        return None, [Difference(name, "không đọc được số liệu")]
    found = []
    if figures.table.size != size:
        found.append(Difference(name, "số đối tượng", str(size), str(figures.table.size)))
    result = _scored(criteria, figures, period)
    if result is None:
        return None, [*found, Difference(name, "số liệu không khớp bộ tiêu chí, không chấm được")]
    try:
        found += _held_against(archive, member(RESULTS, file, ".jsonl"), result)
    except UNREADABLE:
        return None, [*found, Difference(name, "số liệu không khớp bộ tiêu chí, không chấm được")]
    return result, found


def _scored(criteria: CriteriaSet, figures: Figures, period: str) -> Result | None:
    try:
        return score_figures(criteria, figures, period)
    except UNREADABLE:
        return None


def _held_against(archive: Archive, name: str, result: Result) -> Iterator[Difference]:
    for raw, row in zip_longest(archive.lines(name), rows(result)):
        if row is None:
            yield Difference(name, "dòng thừa trong kết quả")
        elif raw is None:
            yield Difference(name, "không có trong kết quả", candidate=row["id"])
        elif raw + b"\n" != line(row):
            yield from differing(name, raw, row)


def differing(name: str, raw: bytes, row: Mapping[str, Any]) -> Iterator[Difference]:
    """What one line says otherwise."""
    who = str(row["id"])
    try:
        stored = parsed(raw)
        criteria = stored["criteria"]
        ident = stored["id"]
        keys = (set(row) | set(stored)) - {"criteria", "id"}
        nodes = [*row["criteria"], *(node for node in criteria if node not in row["criteria"])]
        cells = [(node, criteria.get(node) or (None,) * 3, row["criteria"].get(node) or (None,) * 3) for node in nodes]
        pairs = [
            (node, part, a, b) for node, said, made in cells for part, a, b in zip(_PARTS, said, made, strict=True)
        ]
    except UNREADABLE:
        yield Difference(name, "không đọc được dòng kết quả", candidate=who)
        return
    count = 0
    if ident != who:
        count += 1
        yield Difference(name, "mã đối tượng", _shown(ident), who, who)
    for key in sorted(keys):
        if stored.get(key) != row.get(key):
            count += 1
            yield Difference(name, _NAMES.get(key, key), _shown(stored.get(key)), _shown(row.get(key)), who)
    for node, part, a, b in pairs:
        if a != b:
            count += 1
            yield Difference(name, part, _shown(a), _shown(b), who, node)
    if not count:
        yield Difference(name, "dòng kết quả viết khác quy cách", candidate=who)


def _shown(value: Any) -> str:
    words = {None: "không có", True: "có", False: "không"}
    return words[value] if value is None or isinstance(value, bool) else str(value)[:80]
