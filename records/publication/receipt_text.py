"""A receipt in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from records.forms.collecting.cells import clean
from records.publication.published import INTERNAL
from records.publication.verifying import Verification


def receipt_lines(proof: Verification) -> Iterator[str]:
    """Vietnamese lines for a screen."""
    yield from (clean(text) for text in _lines(proof))


def _lines(proof: Verification) -> Iterator[str]:
    told = proof.receipt
    kind = "gói nội bộ" if told["kind"] == INTERNAL else "gói công khai"
    day = date.fromisoformat(told["published"])
    yield f"Kỳ {told['period']}, nhóm {told['group']}, công bố chính thức lần {told['version']}, ngày {day:%d/%m/%Y} ({kind})"
    for name, key in (
        ("Văn bản công bố", "decision"),
        ("Văn bản quyết định điểm", "points_decision"),
        ("Lý do", "reason"),
    ):
        if told.get(key):
            yield f"{name}: {told[key]}"
    for one in told["sets"]:
        yield f"Bộ tiêu chí {one['id']}: {one['candidates']} đối tượng, tiêu chí {one['criteria_sha256']}"
    yield f"Phần mềm: {told['software']}"
    yield f"Mã băm cuối sổ: mục {told['ledger']['number']}, {told['ledger']['hash']}"
    yield f"Mã băm của kết quả: {told['result_sha256']}"
    yield f"Mã băm của gói: {proof.sha256}"
    if told.get("note"):
        yield str(told["note"])
