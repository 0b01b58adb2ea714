"""Fields of danh mục minh chứng: the evidence of one nominee, as the archives of the official results have it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nominations.case import Case
from reports.dossier.counting import counted_parts
from reports.dossier.fields import Fields, Material, common_fields
from reports.dossier.fields_report import official
from reports.score_sheet.content import PeriodPart
from reports.wording.texts import capital

_TWICE = re.compile(r"^(.*), ngày ([0-9]{2}/[0-9]{2}/[0-9]{4}) \((.*) ngày \2\)$")


def evidence_fields(material: Material, case: Case) -> Fields:
    """Evidence by period and criterion, as the archives of the official results have it."""
    sheet = material.printing.sheet(case.nominee.id)
    periods = _evidence(counted_parts(sheet, case.nominee.ranked))
    if sheet is None:
        opening = "Trường hợp này đề nghị không chấm điểm; không có minh chứng trong hồ sơ chấm điểm."
    elif not periods:
        opening = "Kết quả chính thức của các kỳ không kèm minh chứng nào."
    else:
        many = sum(len(one["danh_sach"]) for one in periods)
        opening = f"Minh chứng của {many:02d} tiêu chí trong kết quả chính thức:"
    return {
        **common_fields(material),
        "ten": case.nominee.name,
        "mo_dau": opening,
        "cac_ky": periods,
        "ghi_chu_du_thao": [],
    }


def _once(text: str) -> str:
    """Sở A, ngày 07/12/2026 (văn bản số 33/TĐ-MH ngày 07/12/2026) with the day said once, when it is the same."""
    return _TWICE.sub(r"\1 (\3 ngày \2)", text)


def _evidence(parts: Iterable[PeriodPart]) -> list[Fields]:
    found = []
    for part in parts:
        rows = [row for row in part.rows if row.evidence]
        if rows:
            listed = [
                {
                    "stt": str(place),
                    "tieu_chi": f"{official(row.id)}. {row.text}".removeprefix(". "),
                    "minh_chung": capital("; ".join(row.evidence)),
                    "tham_dinh": "; ".join(_once(text.removeprefix("Thẩm định: ")) for text in row.verified),
                }
                for place, row in enumerate(rows, 1)
            ]
            name = f"Kết quả {part.title} (biên nhận {part.receipt.short})"
            found.append({"ten": name, "danh_sach": listed})
    return found
