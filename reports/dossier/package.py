"""One folder and one zip for a dossier, with a manifest: what each file is, its hash, what is missing. Whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import shutil
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from criteria.problems import NOTE, Problem, of_file
from records.workspace.whole_files import whole_stream
from reports.dossier.wording import DRAFT

MANIFEST = "muc-luc.json"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first time a zip can hold
_LEFT_OVER = ("~$", ".~lock", ".DS_Store", "Thumbs.db", "desktop.ini")  # of Word, LibreOffice, systems
_OLD = "old"
_AT_WORK = 3600  # seconds within which a half-made folder may still be in the making
_PAGES = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*)\.xml")
_TEXTS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
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
    folder: Path,
    pieces: Iterable[Piece],
    told: Mapping[str, Any],
    missing: Sequence[str],
    replace: bool = False,
    final: bool = False,
) -> tuple[Package, list[Problem]]:
    """Write folder and folder.zip. told: what the manifest says of the whole (occasion, award, head of the ledger …). missing: in
    words. replace: also files that somebody has changed. final: no file that still says DỰ THẢO may be kept. What people have put into
    the folder is never thrown away: then nothing is written. Raises OSError; ValueError for a path that is not plain."""
    package = Package(folder, folder.with_name(f"{folder.name}.zip"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    _recover(folder)
    _clear_away(folder)
    edited = {} if replace else _edited(folder)
    problems = [*_foreign(folder), *(_drafts(folder, edited) if final else ())]
    if problems:
        return package, problems
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
        gone = [_lost(folder / path) for path in edited if path not in {one.path for one in package.files}]
        if gone:
            shutil.rmtree(making, ignore_errors=True)
            return package, gone
        manifest = {**told, "missing": list(missing), "files": [asdict(one) for one in package.files]}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
        (making / MANIFEST).write_text(text, encoding="utf-8")
        making.chmod(0o755)
        _zip(making, [*(one.path for one in package.files), MANIFEST], package.archive)
        _swap(making, folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return package, [
        of_file(
            folder / path,
            "letter-changed",
            "Đã sửa bằng Word, giữ nguyên bản đã sửa.",
            "Lập lại: thêm --replace.",
            NOTE,
        )
        for path in package.kept
    ]


def _listed(folder: Path) -> list[tuple[str, str, bool, bool]]:
    """(path, hash, made by the program, edited) of what the manifest of a folder lists; nothing when it cannot be read."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return [(str(one["path"]), str(one["sha256"]), bool(one["made"]), bool(one["edited"])) for one in files]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _foreign(folder: Path) -> Iterator[Problem]:
    """Files in the folder that the program has not written there."""
    known = {MANIFEST, *(path for path, *_ in _listed(folder))}
    for place in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = place.relative_to(folder).as_posix()
        if name not in known and not place.is_dir() and not place.name.startswith(_LEFT_OVER):
            hint = "Bản ký: thêm bằng thidua attach. Tệp khác: chuyển ra ngoài thư mục hồ sơ, hoặc chọn --out khác."
            yield of_file(place, "output", "Tệp này không do phần mềm lập; lập lại hồ sơ sẽ làm mất.", hint)


def _drafts(folder: Path, edited: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files changed in Word that still say DỰ THẢO."""
    for path, content in edited.items():
        if _says_draft(content):
            hint = "Thêm --replace để lập lại tệp này, hoặc bỏ dấu DỰ THẢO trong Word."
            yield of_file(folder / path, "letter-changed", "Đã sửa bằng Word, còn mang dấu DỰ THẢO.", hint)


def _says_draft(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [book.read(one).decode("utf-8", "replace") for one in book.namelist() if _PAGES.fullmatch(one)]
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return any(DRAFT in unicodedata.normalize("NFC", "".join(_TEXTS.findall(part))) for part in parts)


def _lost(path: Path) -> Problem:
    message = "Đã sửa bằng Word, mà lần lập này không có tệp này nữa."
    hint = "Chọn --out khác; hoặc thêm --replace để bỏ bản đã sửa."
    return of_file(path, "letter-changed", message, hint)


def _edited(folder: Path) -> dict[str, bytes]:
    """Files of the program that are no longer what the manifest of the folder says."""
    found = {}
    for path, digest, made, before in _listed(folder):
        if not made:
            continue
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


def _recover(folder: Path) -> None:
    """Put back the old folder when somebody ended the program just between the two renamings of _swap."""
    for left in sorted(folder.parent.glob(f".{folder.name}.*/{_OLD}")) if not folder.exists() else ():
        left.rename(folder)
        shutil.rmtree(left.parent, ignore_errors=True)
        return


def _clear_away(folder: Path) -> None:
    """Remove what runs that were ended half-way have left beside the folder: nobody looks there, and it names people. What is younger
    may be of somebody who is at work now."""
    for left in sorted(folder.parent.glob(f".{folder.name}.*")):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime < _AT_WORK:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()


def _swap(making: Path, folder: Path) -> None:
    """The new folder in the place of the old one; the old one is gone only when the new one stands."""
    if not folder.exists():
        making.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent)) / _OLD
    folder.rename(aside)
    try:
        making.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    finally:
        shutil.rmtree(aside.parent, ignore_errors=True)
