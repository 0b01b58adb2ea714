"""Where a form is kept: folders and names that are safe on every system, whatever names say."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from criteria.declarations.movement import Group

_LONGEST_NAME, _LONGEST_ID = 40, 40


def slug(text: str) -> str:
    """Sở Khoa học và Công nghệ: so-khoa-hoc-va-cong-nghe. ASCII letters, digits and hyphens; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return words if len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME].rpartition("-")[0] or words[:_LONGEST_NAME]


def group_folder(group: Group) -> str:
    """The folder of a group: its prefix in lower case, else its letter without marks."""
    return slug(group.prefix or group.letter) or "nhom"


def safe_id(ident: str) -> str:
    """An id as part of a file name. One that is no safe name is cut and told apart by the hash of the whole."""
    safe = re.sub(r"[^A-Za-z0-9_.-]+", "-", ident).strip("-.")[:_LONGEST_ID]
    if safe != ident or not safe:
        safe = f"{safe}-{hashlib.sha256(ident.encode()).hexdigest()[:8]}".strip("-")
    return safe


def form_name(ident: str, name: str) -> str:
    """ID-slug.xlsx, B001-a-so-noi-vu.xlsx for Sở Nội vụ in group a."""
    return f"{safe_id(ident)}-{slug(name) or 'bieu'}.xlsx"


def form_path(root: Path, group: Group, ident: str, name: str, taken: set[str]) -> Path:
    """A path below root that no other form has, also where capital letters do not count. taken: paths so far, lower case."""
    folder = group_folder(group)
    path = (
        root / folder / form_name(ident, f"{folder} {name}")
    )  # who is in two groups must not get two files of one name
    if str(path).lower() in taken:
        path = path.with_name(f"{hashlib.sha256(ident.encode()).hexdigest()[:8]}-{path.name}")
    taken.add(str(path).lower())
    return path
