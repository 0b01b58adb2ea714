"""The headings of a report on merits (báo cáo thành tích) under which a unit writes its own prose.

I and II follow the report form for movements as far as it is known (facts of the form: law.md §2.2, mark [?]); III, the awards already
held, is made from the ledger and asked of nobody.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """place: as entries name it (report:II.3/1). part: of the report. asks: what is to be written there."""

    place: str
    part: str
    title: str
    asks: str = ""

    @property
    def words(self) -> str:
        """II.3. Kết quả, hiệu quả đạt được"""
        return f"{self.place}. {self.title}"


_FIRST, _SECOND = "SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH", "THÀNH TÍCH ĐẠT ĐƯỢC"
HEADINGS: tuple[Heading, ...] = (
    Heading(
        "I.1",
        _FIRST,
        "Đặc điểm, tình hình",
        "đơn vị: trụ sở, cơ cấu tổ chức, tổng số người; cá nhân: chức vụ, đơn vị, trình độ chuyên môn",
    ),
    Heading("I.2", _FIRST, "Chức năng, nhiệm vụ được giao"),
    Heading("II.1", _SECOND, "Mục tiêu, nhiệm vụ, chỉ tiêu đã đăng ký hoặc được giao trong phong trào thi đua"),
    Heading("II.2", _SECOND, "Biện pháp, giải pháp, sáng kiến đã thực hiện"),
    Heading("II.3", _SECOND, "Kết quả, hiệu quả đạt được", "số liệu chấm điểm do phần mềm điền, không phải chép lại"),
    Heading("II.4", _SECOND, "Bài học kinh nghiệm, khả năng nhân rộng"),
    Heading(
        "II.5",
        _SECOND,
        "Việc chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước",
        "đơn vị sản xuất, kinh doanh: nộp ngân sách, bảo hiểm, bảo vệ môi trường, an toàn vệ sinh lao động",
    ),
)
PLACES = tuple(one.place for one in HEADINGS)


def find_heading(text: str) -> Heading | None:
    """The heading that a text names by its place: II.3, "II.3. Kết quả …"."""
    place = text.strip().upper().partition(" ")[0].rstrip(".")
    return next((one for one in HEADINGS if one.place == place), None)
