"""Makes the Word templates of dossiers: python packaging/templates/dossier.py FOLDER.

The files in the catalogue are what this makes; an official changes the copies in the workspace with Word (phong-trao/mau).
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import achievement
import checklist
import models
import standard
import submission

from reports.letters.word import word_bytes

TEMPLATES = {
    "to-trinh": ("Mẫu tờ trình", submission.submission),
    "danh-sach": ("Mẫu danh sách trích ngang", submission.list_of_cases),
    "cong-khai": ("Mẫu thông báo công khai", submission.published_list),
    "bao-cao-thanh-tich": ("Mẫu báo cáo thành tích", achievement.report),
    "tom-tat-thanh-tich": ("Mẫu tóm tắt thành tích", achievement.summary),
    "kiem-tra-ho-so": ("Mẫu phiếu kiểm tra hồ sơ", checklist.checklist),
    "danh-muc-minh-chung": ("Mẫu danh mục minh chứng", checklist.evidence),
    "phu-luc-tieu-chuan": ("Mẫu phụ lục tiêu chuẩn thi đua", standard.standard),
    "danh-sach-mo-hinh": ("Mẫu danh sách mô hình, cách làm hay, gương điển hình", models.models),
}


def main(folder: Path) -> None:
    for name, (title, make) in TEMPLATES.items():
        (folder / f"{name}.docx").write_bytes(word_bytes(make(), title, "", date(2026, 1, 1)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
