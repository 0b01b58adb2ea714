"""The two archives of an official publication: everything it rests on, and what anybody may have to recompute it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from criteria.loading import files_of
from criteria.movements.reading import DOCUMENTS, MOVEMENT
from records.life.standing import Standings
from records.publication.container import RECEIPT, ArchiveWriter
from records.publication.figures import document, figures_of, public
from records.publication.published import INTERNAL, OFFICIAL, OPEN_TO_ALL
from records.publication.results import rows
from records.publication.sources import evidence_rows, has_persons, ledger_rows, roster_rows, sources
from records.publication.texts import joined, line, page
from records.roster.roster import load_roster
from records.rounds import Round
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace
from records.workspace.whole_files import whole_stream

FORMAT = 1
CRITERIA, FIGURES, RESULTS, SOURCES, READING = "phong-trao", "so-lieu", "ket-qua", "nguon", "ban-doc"  # folders inside
LEDGER, EVIDENCE, ROSTER, COUNTS, CHANGES = (
    "nhat-ky.jsonl",
    "minh-chung.json",
    "danh-sach.json",
    "thong-ke.json",
    "thay-doi.json",
)
NO_PERSONS = (
    "Đối tượng là cá nhân: gói công khai chỉ có số lượng và phân bố xếp loại, không nêu người; "
    "danh sách người được đề nghị khen thưởng công bố ở bước xét khen thưởng."
)


@dataclass(frozen=True)
class Content:
    """What a publication says. base: the workspace as it stood when the group was frozen; workspace: as it stands now.

    reading: files for people by name, in the public archive. changes: against the version before. software: name and version. result: see result_sha256.
    """

    base: Workspace
    workspace: Workspace
    round: Round
    letter: str
    version: int
    day: date
    scored: Sequence[ScoredSet]
    software: str
    result: str
    decision: str = ""
    points_decision: str = ""
    reason: str = ""
    replaces: Mapping[str, Any] | None = None
    changes: Mapping[str, Any] | None = None
    reading: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def roster(self) -> list[dict[str, Any]]:
        return roster_rows(self.base, self.round, self.letter, self.scored)

    @property
    def standings(self) -> Standings | None:
        """How far every criterion has come; None when the tables were made without it."""
        return next((one.made.stage.standings for one in self.scored if one.made.stage is not None), None)

    def everybody(self) -> set[str]:
        """Ids of the group, also of who is not listed."""
        roster = load_roster(self.base, until=self.round.group(self.letter).roster_until)
        window = self.round.window
        return {one.id for one in roster.candidates(self.letter, window.first, window.last)[0]}


def member(folder: str, file: str, ending: str) -> str:
    """so-lieu/a-so-nganh.json"""
    return f"{folder}/{PurePath(file).stem}{ending}"


def result_sha256(scored: Sequence[ScoredSet]) -> str:
    """The hash of every point, state, grade and rank of a group."""
    return joint({one.file: _sha256(joined(rows(one.result))) for one in scored})


def joint(hashes: Mapping[str, str]) -> str:
    """One hash over the results of several sets, by file of the set."""
    return hashlib.sha256(line(dict(hashes))).hexdigest()


def write_internal(stream: BinaryIO, content: Content) -> dict[str, Any]:
    """The archive for the office: its receipt."""
    writer = ArchiveWriter(stream)
    everybody, roster, period = content.everybody(), content.roster, content.round.period
    files: dict[str, Iterable[bytes]] = {
        **_criteria(content),
        ROSTER: [page(roster)],
        EVIDENCE: [page(evidence_rows(content.base, period, everybody, content.standings))],
        LEDGER: joined(ledger_rows(content.workspace, period, content.letter, everybody)),
    }
    if content.changes is not None:
        files[CHANGES] = [page(content.changes)]
    for one in content.scored:
        files[member(FIGURES, one.file, ".json")] = _document(document(figures_of(one.made)))
        files[member(RESULTS, one.file, ".jsonl")] = joined(rows(one.result))
        files[member(SOURCES, one.file, ".jsonl")] = joined(
            sources(content.base, content.workspace, content.round, one)
        )
    return _written(writer, content, files, {"kind": INTERNAL})


def write_public(stream: BinaryIO, content: Content, internal_sha256: str) -> dict[str, Any]:
    """The archive for everybody: its receipt. Of persons there are counts only; of organisations no evidence, no ledger, no words."""
    writer = ArchiveWriter(stream)
    persons = has_persons(content.workspace, content.roster)
    files: dict[str, Iterable[bytes]] = {**_criteria(content)}
    if persons:
        files[COUNTS] = [page({one.file: counts(rows(one.result)) for one in content.scored})]
    else:
        for one in content.scored:
            files[member(FIGURES, one.file, ".json")] = _document(document(public(one.made)))
            files[member(RESULTS, one.file, ".jsonl")] = joined(rows(one.result))
        files |= {name: [raw] for name, raw in content.reading.items()}
        if content.changes is not None:
            files[CHANGES] = [page(content.changes)]
    said: dict[str, Any] = {"kind": OPEN_TO_ALL, "internal_sha256": internal_sha256, "persons": persons}
    if persons:
        said["note"] = NO_PERSONS
    return _written(writer, content, files, said)


def counts(results: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """How many, how many with a place, how many per grade."""
    grades: Counter[str] = Counter()
    size = placed = 0
    for one in results:
        size += 1
        placed += one["rank"] is not None
        grades[one["grade"] or ""] += 1
    return {"candidates": size, "placed": placed, "grades": dict(sorted(grades.items()))}


def _written(
    writer: ArchiveWriter, content: Content, files: Mapping[str, Iterable[bytes]], said: Mapping[str, Any]
) -> dict[str, Any]:
    for name in sorted(files):
        writer.add(name, files[name])
    receipt = {**_receipt(content, said["kind"] == INTERNAL), **said, "files": dict(writer.hashes)}
    writer.add(RECEIPT, [page(receipt)])
    writer.close()
    return receipt


def _receipt(content: Content, internal: bool) -> dict[str, Any]:
    round_, movement = content.round, content.workspace.movement
    number, mark = content.workspace.database.head()
    return {
        "format": FORMAT,
        "software": content.software,
        "movement": movement.id,
        "period": round_.period,
        "first": round_.window.first.isoformat(),
        "last": round_.window.last.isoformat(),
        "group": content.letter,
        "stage": OFFICIAL,
        "version": content.version,
        "published": content.day.isoformat(),
        "reason": content.reason,
        "decision": content.decision,
        "points_decision": content.points_decision,
        "replaces": content.replaces,
        "settings": {name: content.workspace.setting(name) for name in sorted(movement.settings)},
        "ledger": {"number": number, "hash": mark},
        "result_sha256": content.result,
        "sets": [
            {
                "file": one.file,
                "id": one.result.set.id,
                "criteria_sha256": one.result.set.sha256,
                "settings": dict(sorted(one.result.set.settings.items())),
                "candidates": one.result.size,
                "places": one.result.set.places,
                "grades": list(one.result.set.grade_names),
                "stamps": one.result.stamps,
            }
            for one in content.scored
        ],
    }


def _criteria(content: Content) -> dict[str, Iterable[bytes]]:
    """Files of the movement as they are used: movement, documents, the group's sets and what they extend."""
    folder = content.workspace.movement_folder
    paths = [folder / MOVEMENT, folder / DOCUMENTS]
    paths += [path for one in content.scored for path in files_of(folder / one.file)]
    return {f"{CRITERIA}/{path.name}": [path.read_bytes()] for path in dict.fromkeys(paths) if path.is_file()}


def _document(value: Mapping[str, Any]) -> Iterator[bytes]:
    """A large mapping with a line for every column."""
    yield b"{"
    for number, (name, part) in enumerate(sorted(value.items())):
        yield (b",\n" if number else b"\n") + line(name)[:-1] + b":"
        if isinstance(part, Mapping) and any(isinstance(inner, Mapping) for inner in part.values()):
            yield from _document(part)
        else:
            yield line(part)[:-1]
    yield b"\n}"


def _sha256(chunks: Iterable[bytes]) -> str:
    mark = hashlib.sha256()
    for chunk in chunks:
        mark.update(chunk)
    return mark.hexdigest()


def pack(path: Path, content: Content, internal_sha256: str = "") -> dict[str, Any]:
    """Write an archive whole at a path: the internal one, or the public one of an internal one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_stream(path) as stream:
        if internal_sha256:
            return write_public(stream, content, internal_sha256)
        return write_internal(stream, content)
