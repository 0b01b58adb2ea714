"""Adding a signed paper (bản ký, đóng dấu) to a dossier: the file is kept under its hash, the entry says number and day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from criteria.problems import Problem, of_file, reason
from nominations.awards.reading import AwardFile
from nominations.dossier.papers import PAPER, attached
from nominations.occasions import AwardOccasion
from nominations.proposals.proposal import outsiders
from records.forms.collecting.cells import clean, short
from records.ledger.entries import Entry
from records.roster.roster import load_roster
from records.workspace.folder import KEPT, Workspace
from records.workspace.whole_files import write_if_changed

FOLDER = KEPT
LARGEST = 50 << 20  # bytes
_PDF = b"%PDF-"


@dataclass(frozen=True)
class Told:
    """What the officer says of a file. nominee: "" when the paper is of the whole award."""

    award: str
    nominee: str
    paper: str
    document: str
    day: date


def stored(workspace: Workspace, occasion: str, sha256: str) -> Path:
    """Where an added file is kept."""
    return workspace.root / FOLDER / occasion / f"{sha256}.pdf"


def attach(
    workspace: Workspace, file: AwardFile, occasion: AwardOccasion, told: Told, path: Path, today: date
) -> tuple[str, list[Problem]]:
    """Keep a signed PDF and enter it; its SHA-256. The same file twice enters nothing. Raises OSError when it cannot be kept."""
    told = replace(told, document=clean(told.document))
    problems = _wrong(workspace, file, told, today)
    raw: bytes | None = None
    try:
        if path.exists() and not path.is_file():
            problems.append(_refused(path, "Không phải là một tệp thường."))
        elif path.stat().st_size > LARGEST:
            problems.append(_refused(path, f"Tệp lớn hơn {LARGEST >> 20} MB."))
        else:
            raw = path.read_bytes()
    except OSError as error:
        problems.append(_refused(path, f"Không đọc được tệp: {reason(error)}."))
    if raw is not None and not raw[:1024].lstrip().startswith(_PDF):
        problems.append(_refused(path, "Tệp không phải PDF."))
    if problems or raw is None:
        return "", problems
    sha256 = hashlib.sha256(raw).hexdigest()
    place = stored(workspace, occasion.id, sha256)
    write_if_changed(place, raw)  # also one that was lost or damaged since
    subject = f"dossier:{occasion.id}/{told.award}" + (f"/{told.nominee}" if told.nominee else "")
    where = place.relative_to(workspace.root).as_posix()
    entry = Entry(subject, PAPER + told.paper, told.document, told.day, place=where, evidence=sha256)
    with workspace.database.writing() as writer:
        known = attached(workspace, occasion.id).get((told.award, told.nominee, told.paper))
        if known is None or (known.sha256, known.document, known.day) != (sha256, told.document, told.day):
            writer.append([entry])
    return sha256, []


def damaged(workspace: Workspace, occasion: str) -> list[Problem]:
    """Added files that are gone or changed since."""
    problems = []
    for one in attached(workspace, occasion).values():
        path = stored(workspace, occasion, one.sha256)
        try:
            same = hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256
        except OSError:
            same = False
        if not same:
            message = f"Bản ký “{one.document}” bị mất hoặc bị sửa sau khi thêm vào hồ sơ."
            problems.append(of_file(path, "dossier", message, "Lấy lại tệp từ bản sao lưu, hoặc thêm lại."))
    return problems


def _refused(path: Path, message: str) -> Problem:
    return of_file(path, "dossier", message, "Bản ký, đóng dấu quét thành PDF.")


def _wrong(workspace: Workspace, file: AwardFile, told: Told, today: date) -> list[Problem]:
    problems = []
    award = file.awards.award(told.award)
    if award is None:
        known = ", ".join(one.id for one in file.awards.awards)
        problems.append(
            of_file("--award", "award-unknown", f"Không có hình thức “{told.award}”.", f"Các hình thức: {known}.")
        )
    else:
        papers = {one.id: one for one in file.awards.papers_of(award)}
        paper = papers.get(told.paper)
        if paper is None:
            hint = "Ghi mã: " + "; ".join(f"{one.id} ({one.name})" for one in papers.values() if one.signed) + "."
            problems.append(
                of_file("--paper", "dossier", f"Hồ sơ {award.short} không có thành phần “{told.paper}”.", hint)
            )
        elif (paper.per == "candidate") != bool(told.nominee):
            what = (
                "của từng đối tượng, cần --candidate"
                if paper.per == "candidate"
                else "chung của cả hồ sơ, bỏ --candidate"
            )
            problems.append(of_file("--candidate", "dossier", f"“{paper.name}” là giấy tờ {what}."))
    if told.nominee and told.nominee not in load_roster(workspace).bodies and told.nominee not in outsiders(workspace):
        message = f"Không có đối tượng “{short(told.nominee)}”."
        problems.append(of_file("--candidate", "unknown-candidate", message, "Xem mã: thidua nominate … --all"))
    if not told.document.strip():
        problems.append(of_file("--document", "reason", "Chưa ghi số, ký hiệu của văn bản."))
    if told.day > today:
        problems.append(of_file("--on", "dossier", f"Ngày {told.day:%d/%m/%Y} chưa đến."))
    return problems
