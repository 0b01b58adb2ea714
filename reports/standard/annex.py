"""A standard as a Word annex to sign (phụ lục), from the same file the engine reads, through the movement's Word template."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.movements.reading import CATALOG, MOVEMENT, movements, read_movement
from criteria.problems import Problem, errors, of_file
from records.workspace.folder import RESULTS
from reports.letters.kinds import TemplateKind, template_problems
from reports.letters.templates import FOLDER, fill, printed_all, read_template
from reports.standard.rows import basis_numbers, table_rows, total_row
from reports.standard.sections import notes, sections
from reports.wording.days import written_day
from reports.wording.texts import line, sentence
from scoring.periods import PeriodError, read_period
from scoring.result import ILLUSTRATION

Fields = dict[str, Any]
NAME = "phu-luc-tieu-chuan"
_ATTACHED = "(Kèm theo Quyết định số …/QĐ-UBND ngày … tháng … năm … của …)"
_ROUNDING = {
    "half_up": "làm tròn đến số gần nhất, số 5 làm tròn lên",
    "half_even": "làm tròn đến số gần nhất, số 5 làm tròn về số chẵn",
    "down": "làm tròn xuống",
    "up": "làm tròn lên",
}
_ROUNDED_AT = {"leaf": "từng tiêu chí", "total": "tổng điểm", "print": "khi in"}


def _sample() -> Fields:
    row = {
        "dam": "có",
        "stt": "1",
        "ma": "A1",
        "tieu_chi": ["Hoàn thành nhiệm vụ"],
        "diem": "10",
        "cach_cham": ["Theo tỷ lệ."],
        "minh_chung": ["Báo cáo (bắt buộc)."],
        "tham_dinh": ["Sở Nội vụ"],
        "can_cu": ["[1] Điều 1"],
    }
    return {
        "dau_trang": ["điểm thử, chưa được cấp có thẩm quyền quyết định", ILLUSTRATION],
        "ten_in_hoa": "TIÊU CHUẨN THI ĐUA",
        "kem_theo": _ATTACHED,
        "ma": "bo-tieu-chi",
        "gioi_thieu": ["Áp dụng từ ngày 05 tháng 02 năm 2027."],
        "can_cu": ["[1] Luật."],
        "danh_sach": [row, {**row, "dam": ""}],
        "ghi_chu_bang": ["Điểm tính đến 2 chữ số thập phân."],
        "cac_muc": [{"tieu_de": "III. XẾP LOẠI", "cac_doan": ["Xuất sắc: từ 90 điểm."]}],
        "ghi_chu_du_thao": ["Còn để ngỏ."],
        "bien_nhan": ["Tệp tieu-chuan.yaml, SHA-256 0123456789abcdef."],
    }


STANDARD = TemplateKind(NAME, "Phụ lục tiêu chuẩn thi đua", "Tiêu chuẩn để trình ký (thidua criteria print).", _sample)


def standard_fields(bound: CriteriaSet, path: Path, period: str = "") -> Fields:
    """What the template may ask for. period: name of a round the set is printed for, "" none."""
    found: Fields = {
        "dau_trang": list(bound.stamps),
        "ten_in_hoa": line(bound.title).upper(),
        "kem_theo": _ATTACHED,
        "ma": bound.id,
        "gioi_thieu": list(_opening(bound, path, period)),
        "can_cu": list(_bases(bound)),
        "danh_sach": [*table_rows(bound), total_row(bound)],
        "ghi_chu_bang": list(_below_table(bound)),
        "cac_muc": sections(bound),
        "ghi_chu_du_thao": list(notes(bound)) if bound.trial else [],
        "bien_nhan": _receipt(bound, path),
    }
    return printed_all(found)


def _opening(bound: CriteriaSet, path: Path, period: str) -> Iterator[str]:
    declared = bound.declaration
    movement, _ = read_movement(path.parent / MOVEMENT) if (path.parent / MOVEMENT).is_file() else (None, [])
    group = next((one for one in movement.groups if one.letter == declared.group), None) if movement else None
    if movement is not None:
        years = f"giai đoạn {movement.period.from_}-{movement.period.to}"
        yield f"Phong trào thi đua “{line(movement.name)}” {years}."
    named = f"{declared.group}) {line(group.name)}" if group is not None else f"nhóm {declared.group}"
    yield sentence(f"Đối tượng: {named}")
    until = f" đến {written_day(declared.valid_to)}" if declared.valid_to else ""
    yield f"Áp dụng từ {written_day(declared.valid_from)}{until}."
    if period:
        yield f"Bản in cho kỳ {period}."
    if declared.illustration:
        yield sentence(ILLUSTRATION)


def _bases(bound: CriteriaSet) -> Iterator[str]:
    for basis, number in basis_numbers(bound).items():
        known = bound.bases.get(basis)
        yield f"{number} {sentence(known.words() if known is not None else basis)}"


def _below_table(bound: CriteriaSet) -> Iterator[str]:
    points = bound.declaration.points
    yield (
        f"Điểm tính đến {points.places} chữ số thập phân, {_ROUNDING[points.rounding]}, ở {_ROUNDED_AT[points.round_at]}."
    )
    if any(row["diem"].startswith("(") for row in table_rows(bound)):
        yield "Điểm trong ngoặc đơn không cộng vào tổng: điểm của tiêu chí lấy theo cách chấm ghi ở dòng tiêu chí."
    yield "Số trong ngoặc vuông ở cột Căn cứ là số thứ tự của văn bản ở mục I."


def _receipt(bound: CriteriaSet, path: Path) -> list[str]:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    told = [f"Lập từ tệp {path.name} (bộ tiêu chí {bound.id}), SHA-256: {content}."]
    if bound.sha256 and bound.sha256 != content:
        told.append(f"Bộ tiêu chí cùng các tệp kèm theo, như trong biên nhận tính điểm, SHA-256: {bound.sha256}.")
    return told


def template_path(path: Path) -> Path:
    """The template beside a set (mau/), else of the first movement in the catalogue that has it."""
    own = path.parent / FOLDER / STANDARD.file
    if own.is_file():
        return own
    came = sorted(folder / FOLDER / STANDARD.file for folder in movements(CATALOG))
    return next((one for one in came if one.is_file()), own)


def default_place(root: Path | None, path: Path, period: str) -> Path:
    """Where an annex goes that nobody said a place for. root: of the workspace, None outside of one."""
    name = f"{NAME}-{path.stem}.docx"
    if root is None:
        return Path(name)
    return root / RESULTS / period / name if period else root / RESULTS / name


def period_problems(bound: CriteriaSet, period: str) -> list[Problem]:
    """A name that is no round, or a round in which the set is not in force throughout."""
    try:
        window = read_period(period)
    except PeriodError:
        message = f"“{period}” không phải là tên một kỳ."
        return [of_file(period, "period", message, "Viết 2026, 2026-q2, 2027-h1 hoặc 2030-9m.")]
    declared = bound.declaration
    first, last = window.first, window.last
    if first >= declared.valid_from and (declared.valid_to is None or last <= declared.valid_to):
        return []
    until = f" đến {declared.valid_to:%d/%m/%Y}" if declared.valid_to else ""
    message = f"Bộ tiêu chí áp dụng từ {declared.valid_from:%d/%m/%Y}{until}, không trọn kỳ {period}."
    return [of_file(bound.file, "period", message, "Chọn bộ tiêu chí hoặc kỳ khác.")]


def printed_standard(bound: CriteriaSet, path: Path, period: str = "") -> tuple[bytes, list[Problem]]:
    """The Word file, or everything that is wrong: the template, the period. path: of the set's file."""
    problems = period_problems(bound, period) if period else []
    place = template_path(path)
    template, found = read_template(place)
    problems += found or template_problems(STANDARD, template, place)
    if errors(problems):
        return b"", problems
    day = bound.declaration.valid_from
    return fill(template, standard_fields(bound, path, period), place, line(bound.title), "", day)
