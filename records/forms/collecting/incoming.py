"""A folder of forms that came in: which files are forms, which are passed over, and the evidence files beside them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from criteria.problems import WARNING, Problem, of_file, reason
from records.forms.collecting.cells import clean, short

EVIDENCE_FOLDER = "minh-chung"
MOST_BYTES = 50_000_000  # of one evidence file
_LOCK = "~$"  # what Excel leaves beside a file that is open
_LONGEST_NAME = 200
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", ".ds_store"}
SUFFIXES = frozenset(
    "pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt csv jpg jpeg png tif tiff gif bmp heic webp mp3 mp4 m4a mov xml zip rar 7z".split()
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


class FileRefused(ValueError):
    """Why an evidence file is not taken, and what is expected. Vietnamese."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class FormFile:
    """A file that may be a form. name: its path below the folder, as messages show it."""

    path: Path
    name: str


@dataclass
class Incoming:
    """What lies below a folder, in sorted order."""

    root: Path
    forms: list[FormFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class EvidenceFile:
    """An evidence file that may be taken. suffix: with its dot, lower case, "" if none that is safe."""

    path: Path
    sha256: str
    suffix: str


def find_forms(root: Path) -> Incoming:
    """Every workbook below a folder but those in minh-chung/; everything else is named as passed over."""
    found = Incoming(root)
    if not root.is_dir():
        found.problems.append(of_file(root, "file-not-found", f"Không có thư mục {root}.", "Kiểm tra đường dẫn."))
        return found
    for path in sorted(_files(root, found), key=lambda path: path.relative_to(root).as_posix()):
        name = clean(path.relative_to(root).as_posix())
        if path.name.startswith(_LOCK) or path.name.lower() in _SYSTEM_FILES:
            continue
        if path.suffix.lower() == ".xlsx":
            found.forms.append(FormFile(path, name))
        else:
            message = f"Bỏ qua tệp loại “{short(path.suffix) or 'không đuôi'}”."
            hint = "Biểu phải là .xlsx; tệp minh chứng để trong thư mục minh-chung/ cạnh biểu."
            found.problems.append(of_file(name, "form-foreign", message, hint, WARNING))
    return found


def _files(root: Path, found: Incoming) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        place = clean(os.path.relpath(error.filename or root, root))
        message = f"Không đọc được thư mục: {reason(error)}."
        found.problems.append(of_file(place, "file-unreadable", message, "Kiểm tra quyền đọc."))

    for folder, inside, names in os.walk(root, onerror=unreadable):
        inside[:] = sorted(name for name in inside if _folded(name) != EVIDENCE_FOLDER)
        for name in inside:
            if os.path.islink(os.path.join(folder, name)):
                place = clean(os.path.relpath(os.path.join(folder, name), root))
                message = "Bỏ qua thư mục là liên kết tượng trưng."
                found.problems.append(of_file(place, "form-foreign", message, "Chép chính thư mục vào.", WARNING))
        yield from (Path(folder, name) for name in names)


def read_form(file: FormFile, most: int) -> tuple[bytes, Problem | None]:
    """The bytes of a form that is an ordinary file, or why they cannot be had. most: bytes."""
    try:
        state = os.lstat(file.path)
        if stat.S_ISLNK(state.st_mode):
            return b"", of_file(file.name, "form-unsafe", "Tệp là liên kết tượng trưng.", "Chép chính tệp biểu vào.")
        if not stat.S_ISREG(state.st_mode):
            return b"", of_file(file.name, "form-unsafe", "Không phải là một tệp thường.", "Chép chính tệp biểu vào.")
        if state.st_size > most:
            message = f"Tệp có {state.st_size} byte, tối đa {most} byte."
            return b"", of_file(file.name, "form-unsafe", message, "Xóa hình ảnh, trang tính và dòng thừa rồi lưu lại.")
        return file.path.read_bytes(), None
    except FileNotFoundError:
        return b"", of_file(file.name, "file-not-found", f"Không có tệp {file.path}.", "Kiểm tra đường dẫn.")
    except OSError as error:
        message = f"Không mở được tệp: {reason(error)}."
        return b"", of_file(file.name, "file-unreadable", message, "Đóng tệp ở Excel, kiểm tra quyền đọc.")


class EvidenceFolder:
    """The folder minh-chung/ beside a form. Files are looked up by name, hashed once."""

    def __init__(self, beside: Path) -> None:
        """beside: the folder of the form."""
        self._beside = beside
        self._folder = beside / EVIDENCE_FOLDER
        self._names: dict[str, list[str]] | None = None
        self._taken: dict[str, EvidenceFile] = {}

    def take(self, name: str) -> EvidenceFile:
        """The file with this name, and nothing outside the folder. Raises FileRefused."""
        if name not in self._taken:
            self._taken[name] = self._look(name)
        return self._taken[name]

    def _look(self, name: str) -> EvidenceFile:
        check_name(name)
        inside = self._list()
        spelled = inside.get(unicodedata.normalize("NFC", name)) or inside.get(_folded(name), [])
        if len(spelled) != 1:
            found = "không có tệp" if not spelled else "có nhiều tệp chỉ khác chữ hoa, chữ thường:"
            raise FileRefused(f"Thư mục minh-chung/ {found} “{short(name)}”.", "Chép tệp vào minh-chung/ cạnh biểu.")
        try:
            home = self._folder.resolve(strict=True)
            path = (self._folder / spelled[0]).resolve(strict=True)
            if home.parent != self._beside.resolve() or not path.is_relative_to(home):
                raise FileRefused(f"“{short(name)}” là liên kết ra ngoài minh-chung/.", "Chép chính tệp đó vào.")
            state = path.stat()
            if not stat.S_ISREG(state.st_mode):
                raise FileRefused(f"“{short(name)}” không phải là một tệp thường.", "Chép chính tệp đó vào.")
            if state.st_size > MOST_BYTES:
                raise FileRefused(
                    f"“{short(name)}” có {state.st_size} byte, tối đa {MOST_BYTES} byte.", "Nén nhỏ hoặc chia tệp."
                )
            if state.st_size == 0:
                raise FileRefused(f"“{short(name)}” là tệp rỗng.", "Chép lại tệp.")
            return EvidenceFile(path, sha256_of(path), Path(name).suffix.lower())
        except (OSError, RuntimeError) as error:
            why = reason(error) if isinstance(error, OSError) else "đường dẫn quẩn"
            raise FileRefused(f"Không mở được “{short(name)}”: {why}.", "Kiểm tra tệp trong minh-chung/.") from None

    def _list(self) -> dict[str, list[str]]:
        """Names in the folder: as composed text, and folded, since systems differ in both."""
        if self._names is None:
            self._names = {}
            try:
                spelled = (name for name in sorted(os.listdir(self._beside)) if _folded(name) == EVIDENCE_FOLDER)
                self._folder = self._beside / next(spelled, EVIDENCE_FOLDER)
                listed = sorted(os.listdir(self._folder))
            except OSError:
                listed = []
            for name in listed:
                for key in {unicodedata.normalize("NFC", name), _folded(name)}:
                    self._names.setdefault(key, []).append(name)
        return self._names


def check_name(name: str) -> None:
    """Whether a text is a plain file name that every system takes for one. Raises FileRefused."""
    if any(sign in name for sign in '/\\:*?"<>|') or name.startswith(".") or ".." in name or name != name.strip():
        raise FileRefused(
            f"“{short(name)}” không phải là tên tệp đơn thuần.",
            "Chỉ ghi tên tệp trong minh-chung/, không ghi đường dẫn.",
        )
    if len(name) > _LONGEST_NAME or _RESERVED.fullmatch(name) or name.endswith("."):
        raise FileRefused(f"Tên tệp “{short(name)}” quá dài hoặc không được phép.", "Đổi tên tệp.")
    if Path(name).suffix.lower().removeprefix(".") not in SUFFIXES:
        raise FileRefused(
            f"Không nhận loại tệp của “{short(name)}”.", "Dùng PDF, ảnh, tệp văn phòng không macro hoặc tệp nén."
        )


def sha256_of(path: Path) -> str:
    """Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
