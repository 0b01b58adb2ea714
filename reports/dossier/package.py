"""One folder and one zip for a dossier, with a manifest: what each file is, its hash, what is missing. Whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from criteria.problems import NOTE, Problem, of_file
from records.workspace.whole_files import whole_stream

MANIFEST = "muc-luc.json"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first time a zip can hold
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


@dataclass(frozen=True)
class Piece:
    """One file of a dossier. path: below the folder, with "/"; every part a plain name. made: by the program, else a signed PDF that
    somebody added. paper, nominee: ids, "" when it is none."""

    path: str
    content: bytes
    title: str
    paper: str = ""
    nominee: str = ""
    made: bool = True


@dataclass(frozen=True)
class Listed:
    """One line of the manifest. edited: a file that somebody has changed in Word since the program made it, kept as it is."""

    path: str
    title: str
    sha256: str
    bytes: int
    paper: str = ""
    nominee: str = ""
    made: bool = True
    edited: bool = False


@dataclass
class Package:
    """What was written."""

    folder: Path
    archive: Path
    files: list[Listed] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def write_package(
    folder: Path, pieces: Iterable[Piece], told: Mapping[str, Any], missing: Sequence[str], replace: bool = False
) -> tuple[Package, list[Problem]]:
    """Write folder and folder.zip. told: what the manifest says of the whole (occasion, award, head of the ledger …). missing: in
    words. replace: also files that somebody has changed. Raises OSError; ValueError for a path that is not plain."""
    package = Package(folder, folder.with_name(f"{folder.name}.zip"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    edited = {} if replace else _edited(folder)
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for piece in pieces:
            content = piece.content
            changed = edited.get(piece.path) if piece.made else None
            if changed is not None and changed != content:
                content = changed
                package.kept.append(piece.path)
            place = _below(making, piece.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            package.files.append(
                Listed(
                    piece.path,
                    piece.title,
                    digest,
                    len(content),
                    piece.paper,
                    piece.nominee,
                    piece.made,
                    piece.path in package.kept,
                )
            )
        manifest = {**told, "missing": list(missing), "files": [asdict(one) for one in package.files]}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
        (making / MANIFEST).write_text(text, encoding="utf-8")
        making.chmod(0o755)
        _zip(making, [*(one.path for one in package.files), MANIFEST], package.archive)
        _swap(making, folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    problems = [
        of_file(
            folder / path,
            "letter-changed",
            "Đã sửa bằng Word, giữ nguyên bản đã sửa.",
            "Lập lại: thêm --replace.",
            NOTE,
        )
        for path in package.kept
    ]
    return package, problems


def _edited(folder: Path) -> dict[str, bytes]:
    """Files that are no longer what the manifest of the folder says."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = [(str(one["path"]), str(one["sha256"]), bool(one["edited"])) for one in manifest["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    found = {}
    for path, digest, before in listed:
        try:
            content = _below(folder, path).read_bytes()
        except (OSError, ValueError):
            continue
        if before or hashlib.sha256(content).hexdigest() != digest:
            found[path] = content
    return found


def _below(root: Path, path: str) -> Path:
    parts = path.split("/")
    if not all(_NAME.fullmatch(part) for part in parts):
        raise ValueError(path)
    return root.joinpath(*parts)


def _zip(root: Path, names: Sequence[str], target: Path) -> None:
    """The same files in the same order, without the times at which they were packed."""
    with whole_stream(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            member = zipfile.ZipInfo(name, _OLDEST)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0o100644 << 16
            package.writestr(member, (root / name).read_bytes())


def _swap(making: Path, folder: Path) -> None:
    """The new folder in the place of the old one; the old one is gone only when the new one stands."""
    if not folder.exists():
        making.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent)) / "old"
    folder.rename(aside)
    try:
        making.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    finally:
        shutil.rmtree(aside.parent, ignore_errors=True)
