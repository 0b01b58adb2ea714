"""Words of publications that stand above every list."""

from __future__ import annotations

from records.publication.published import Publication


def official_stamp(one: Publication) -> str:
    """CHÍNH THỨC – 9/QĐ-SNV ngày 05/01/2027, công bố ngày 05/01/2027"""
    again = f", lần {one.version}, thay lần {one.version - 1}" if one.version > 1 else ""
    return f"CHÍNH THỨC – {one.decision}, công bố ngày {one.day:%d/%m/%Y}{again}"


def draft_stamp(one: Publication) -> str:
    """DỰ KIẾN – lấy ý kiến đến hết ngày 31/12/2026"""
    return "DỰ KIẾN" + (f" – lấy ý kiến đến hết ngày {one.comments_until:%d/%m/%Y}" if one.comments_until else "")
