"""Files of a workspace that hold the data of a person: by the hash of what he handed in, or because they name him."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from records.workspace.folder import DATABASE, ISSUED, KEPT, RECEIVED, RESULTS

_TEXTS = (".xml", ".json", ".csv", ".txt", ".yaml", ".html", ".md")
_PACKED = (".xlsx", ".docx", ".zip")
_LARGEST = 200 << 20  # bytes of one text that is looked into
_DEPTH = 3  # packages within packages
_TAG = re.compile("<[^>]*>")
_CHUNK = re.compile(r'<script type="application/json" id="details-[0-9-]+">"([A-Za-z0-9+/=]*)"</script>')


@dataclass(frozen=True)
class Found:
    """A file, by its path in the workspace, and why it is named."""

    path: str
    why: str


def files_about(root: Path, ident: str, names: Iterable[str], hashes: Mapping[str, str]) -> list[Found]:
    """Every file that holds one of the names, bears the id in its path, or is stored under one of the hashes (hash → what it is). In
    order of path.

    What is inside pictures and PDF is not read: such files are found by their path or hash only.
    """
    wanted = [_plain(name) for name in names]
    found = [
        Found(path.name, "bản cũ của tệp số liệu") for path in sorted(root.glob("*.sqlite")) if path.name != DATABASE
    ]
    for folder in (ISSUED, RECEIVED, RESULTS, KEPT):
        for path in sorted((root / folder).rglob("*")):
            if not path.is_file():
                continue
            why = hashes.get(path.stem, "")
            parts = path.relative_to(root).parts
            if not why and any(part.partition(".")[0] == ident or part.startswith(f"{ident}-") for part in parts):
                why = "theo mã trong đường dẫn"
            if not why and wanted and (_named(path.name, wanted) or _inside(path, wanted)):
                why = "có họ tên"
            if why:
                found.append(Found(path.relative_to(root).as_posix(), why))
    return found


def _inside(path: Path, wanted: list[str]) -> bool:
    try:
        raw = path.read_bytes() if path.suffix.lower() in (*_TEXTS, *_PACKED) else b""
    except OSError:
        return False
    return any(_named(text, wanted) for text in _texts(path.name, raw, _DEPTH))


def _texts(name: str, raw: bytes, depth: int) -> Iterator[str]:
    """The texts of a file, and of files packed in it."""
    if name.lower().endswith(_TEXTS):
        text = raw.decode("utf-8", "replace")
        yield unescape(_TAG.sub("", text))
        if name.lower().endswith(".html"):
            yield from _chunks(text)
    elif name.lower().endswith(_PACKED) and depth:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as package:
                for info in package.infolist():
                    if info.filename.lower().endswith((*_TEXTS, *_PACKED)) and info.file_size <= _LARGEST:
                        yield from _texts(info.filename, package.read(info), depth - 1)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
            return


def _chunks(text: str) -> Iterator[str]:
    """What an inspection page keeps packed: JSON, raw deflate, base64 (reports.page.details)."""
    for packed in _CHUNK.findall(text):
        try:
            yield zlib.decompressobj(-zlib.MAX_WBITS).decompress(b64decode(packed), _LARGEST).decode("utf-8", "replace")
        except (ValueError, zlib.error):
            continue


def _named(text: str, wanted: list[str]) -> bool:
    here = _plain(text)
    return any(name in here for name in wanted)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
