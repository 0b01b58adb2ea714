"""Word files that come out the same every time: properties and zip entries carry the letter's day, never the clock."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first time a zip can hold


def word_bytes(document: Any, title: str, author: str, day: date) -> bytes:
    """The bytes of a python-docx document with fixed properties."""
    written = datetime.combine(day, time(), UTC)
    properties = document.core_properties
    for name in ("category", "comments", "content_status", "identifier", "keywords", "subject", "version"):
        setattr(properties, name, "")
    properties.title, properties.author, properties.last_modified_by = title[:255], author[:255], author[:255]
    properties.created = properties.modified = written
    properties.language, properties.revision = "vi-VN", 1
    stream = BytesIO()
    document.save(stream)
    return same_every_time(stream.getvalue())


def same_every_time(content: bytes) -> bytes:
    """A zip with the same members in the same order, without the times at which they were packed."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _OLDEST)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            new.writestr(member, old.read(name))
    return packed.getvalue()
