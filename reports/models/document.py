"""The list of models as a Word document, through the movement's template."""

from __future__ import annotations

from typing import Any

from criteria.problems import Problem, errors
from records.models.register import KINDS
from records.workspace.folder import Workspace
from reports.letters.kinds import TemplateKind, template_problems
from reports.letters.templates import FOLDER, fill, printed_all, read_template
from reports.models.content import ADDRESSEES, ModelReport, Shown
from reports.wording.days import written_day
from reports.wording.issuers import letterhead
from reports.wording.texts import capital, line
from scoring.result import ILLUSTRATION

Fields = dict[str, Any]
NAME = "danh-sach-mo-hinh"
_ATTACHED = "(Kèm theo Công văn số … ngày … tháng … năm … của {office})"


def _sample() -> Fields:
    row = dict.fromkeys(("stt", "ten", "don_vi", "tom_tat", "ket_qua", "van_ban", "tu_ngay"), "1")
    return {
        "dau_trang": [ILLUSTRATION],
        "ten_in_hoa": "DANH SÁCH MÔ HÌNH, CÁCH LÀM HAY, GƯƠNG ĐIỂN HÌNH",
        "kem_theo": _ATTACHED.format(office="Sở Nội vụ"),
        "kinh_gui": "Các cơ quan báo chí",
        "phong_trao": "Đổi mới sáng tạo",
        "giai_doan": "2025-2030",
        "thoi_gian": "Giới thiệu từ ngày 05 tháng 02 năm 2027.",
        "so_muc": "01",
        "cac_loai": [{"ten": "I. Mô hình", "danh_sach": [{**row, "noi_dung": ["Kinh tế số"]}]}],
    }


MODELS = TemplateKind(
    NAME,
    "Danh sách mô hình, cách làm hay, gương điển hình",
    "Danh sách gửi cơ quan tuyên truyền, báo chí, hiệp hội (thidua report models).",
    _sample,
)


def model_fields(workspace: Workspace, report: ModelReport) -> Fields:
    movement, window = workspace.movement, report.window
    head = letterhead(movement, report.told)
    groups: list[Fields] = []
    for kind, words in KINDS.items():
        rows = [one for one in report.shown if one.model.kind == kind]
        if rows:
            number = ("I", "II", "III", "IV")[len(groups)]
            name = f"{number}. {capital(words)}"
            groups.append({"ten": name, "danh_sach": [_row(place, one) for place, one in enumerate(rows, 1)]})
    days = f"Được giới thiệu từ {written_day(window.first)} đến {written_day(window.last)}." if window else ""
    fields: Fields = {
        "dau_trang": list(report.stamps),
        "ten_in_hoa": _sample()["ten_in_hoa"],
        "kem_theo": _ATTACHED.format(office=head.authority if head is not None else "…"),
        "kinh_gui": ADDRESSEES[report.addressee],
        "phong_trao": line(movement.name),
        "giai_doan": f"{movement.period.from_}-{movement.period.to}",
        "thoi_gian": days or f"Tính đến {written_day(report.told)}.",
        "so_muc": f"{len(report.shown):02d}",
        "cac_loai": groups,
    }
    return printed_all(fields)


def _row(place: int, one: Shown) -> Fields:
    return {
        "stt": str(place),
        "ten": one.name,
        "don_vi": one.unit,
        "noi_dung": list(one.contents),
        "tom_tat": one.model.summary,
        "ket_qua": one.model.result,
        "van_ban": one.model.introduced_by,
        "tu_ngay": f"{one.model.since:%d/%m/%Y}",
    }


def model_document(workspace: Workspace, report: ModelReport) -> tuple[bytes, list[Problem]]:
    """The Word list, or everything that is wrong with the template."""
    path = workspace.movement_folder / FOLDER / MODELS.file
    template, problems = read_template(path)
    problems += [] if problems else template_problems(MODELS, template, path)
    if errors(problems):
        return b"", problems
    return fill(template, model_fields(workspace, report), path, "Danh sách mô hình, cách làm hay", "", report.told)
