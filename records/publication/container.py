"""The zip of a snapshot in one form only: files as they are, in a fixed order, so that no byte of it can change unseen."""

from __future__ import annotations

import hashlib
import os
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from criteria.problems import Problem, of_file, reason

RECEIPT = "bien-nhan.json"  # always the last file: it holds the hashes of all others
MOST_BYTES, MOST_FILES = (1 << 31) - 1, 300
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _UTF8, _STORED, _MIDNIGHT, _FIRST_DAY = 20, 0x800, 0, 0, 0x21  # 1 January 1980
_UNIX, _PLAIN_FILE = 3 << 8, 0o100644 << 16
_CHUNK = 1 << 20
_NAME = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,40}/)?\w[\w.-]{0,99}")


@dataclass(frozen=True)
class Member:
    """One file of an archive. start: where its bytes begin."""

    name: str
    crc: int
    size: int
    start: int


def _local(name: bytes, crc: int, size: int) -> bytes:
    head = _LOCAL.pack(b"PK\3\4", _VERSION, _UTF8, _STORED, _MIDNIGHT, _FIRST_DAY, crc, size, size, len(name), 0)
    return head + name


def _central(name: bytes, crc: int, size: int, offset: int) -> bytes:
    numbers = (_VERSION | _UNIX, _VERSION, _UTF8, _STORED, _MIDNIGHT, _FIRST_DAY, crc, size, size)
    return _CENTRAL.pack(b"PK\1\2", *numbers, len(name), 0, 0, 0, 0, _PLAIN_FILE, offset) + name


def _end(count: int, size: int, offset: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)


class ArchiveWriter:
    """Writes files one after another into an open stream; what is written is hashed on the way."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._directory = stream, bytearray()
        self.hashes: dict[str, str] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Raises ValueError for a name that is not allowed or comes twice, OSError when the archive grows too large."""
        if not _NAME.fullmatch(name) or name in self.hashes:
            raise ValueError(name)
        offset, encoded = self._stream.tell(), name.encode()
        self._stream.write(_local(encoded, 0, 0))
        crc = size = 0
        mark = hashlib.sha256()
        for chunk in chunks:
            self._stream.write(chunk)
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            mark.update(chunk)
            if offset + size > MOST_BYTES:
                raise OSError(27, "archive too large", name)
        end = self._stream.tell()
        self._stream.seek(offset)
        self._stream.write(_local(encoded, crc, size))
        self._stream.seek(end)
        self._directory += _central(encoded, crc, size, offset)
        self.hashes[name] = mark.hexdigest()

    def close(self) -> None:
        offset = self._stream.tell()
        self._stream.write(self._directory)
        self._stream.write(_end(len(self.hashes), len(self._directory), offset))


def file_sha256(path: Path) -> str:
    """Raises OSError."""
    mark = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            mark.update(chunk)
    return mark.hexdigest()


class Archive:
    """An archive that has the one form. Nothing of it is ever written to a disk under its own names."""

    def __init__(self, path: Path, members: Mapping[str, Member]) -> None:
        self.path, self.members = path, members

    def read(self, name: str) -> bytes:
        """The bytes of one file. Raises OSError, KeyError."""
        member = self.members[name]
        with self.path.open("rb") as stream:
            stream.seek(member.start)
            return stream.read(member.size)

    def lines(self, name: str) -> Iterator[bytes]:
        """A file line by line, without its ends of line."""
        member, taken = self.members[name], 0
        with self.path.open("rb") as stream:
            stream.seek(member.start)
            while taken < member.size:
                line = stream.readline(member.size - taken)
                if not line:
                    return
                taken += len(line)
                yield line.rstrip(b"\n")

    def sums(self, name: str) -> tuple[int, str]:
        """CRC and SHA-256 of one file."""
        member, crc, mark = self.members[name], 0, hashlib.sha256()
        with self.path.open("rb") as stream:
            stream.seek(member.start)
            left = member.size
            while left and (chunk := stream.read(min(left, _CHUNK))):
                crc, left = zlib.crc32(chunk, crc), left - len(chunk)
                mark.update(chunk)
        return crc, mark.hexdigest()


def open_archive(path: Path) -> tuple[Archive | None, list[Problem]]:
    """An archive whose every byte outside its files is as we write it, or what is not. Files themselves: Archive.sums."""
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            members, found = _members(stream, size)
    except OSError as error:
        return None, [
            of_file(path, "file-unreadable", f"Không đọc được {path}: {reason(error)}.", "Kiểm tra đường dẫn.")
        ]
    if found:
        hint = "Gói bị sửa hoặc bị hỏng khi chép; lấy lại bản gốc."
        return None, [of_file(path, "snapshot", text, hint) for text in found]
    return Archive(path, members), []


def _members(stream: BinaryIO, size: int) -> tuple[dict[str, Member], list[str]]:
    """Files by name, and every sentence about what is not as we write it."""
    if size > MOST_BYTES:
        return {}, [f"Gói có {size} byte, tối đa {MOST_BYTES} byte."]
    if size < _END.size:
        return {}, ["Không phải gói công bố: tệp quá ngắn."]
    stream.seek(size - _END.size)
    tail = stream.read(_END.size)
    _, _, _, _, count, length, offset, _ = _END.unpack(tail)
    if tail != _end(count, length, offset) or offset + length + _END.size != size or count > MOST_FILES:
        return {}, ["Phần cuối của gói (mục lục) không đúng: gói bị cắt, bị nối thêm hoặc bị sửa."]
    stream.seek(offset)
    directory = stream.read(length)
    members: dict[str, Member] = {}
    found: list[str] = []
    at = place = 0
    for number in range(1, count + 1):
        entry = directory[at : at + _CENTRAL.size]
        if len(entry) < _CENTRAL.size:
            return {}, [*found, f"Mục lục của gói thiếu mục {number}."]
        fields = _CENTRAL.unpack(entry)
        crc, held, name_length = fields[7], fields[8], fields[10]
        raw = directory[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
        at += _CENTRAL.size + name_length
        name = raw.decode("utf-8", "replace")
        if entry + raw != _central(raw, crc, held, place) or not _NAME.fullmatch(name) or name in members:
            return {}, [*found, f"Mục {number} của mục lục không đúng (tệp “{name[:100]}”)."]
        head = _local(raw, crc, held)
        stream.seek(place)
        if stream.read(len(head)) != head:
            found.append(f"Phần đầu của tệp {name} trong gói bị sửa.")
        members[name] = Member(name, crc, held, place + len(head))
        place += len(head) + held
        if place > offset:
            return {}, [*found, f"Tệp {name} trong gói dài hơn gói."]
    if place != offset or at != length:
        found.append("Trong gói có byte không thuộc tệp nào.")
    names = list(members)
    if not found and (names[-1:] != [RECEIPT] or names[:-1] != sorted(names[:-1])):
        found.append("Các tệp trong gói thiếu biên nhận hoặc sai thứ tự.")
    return members, found
