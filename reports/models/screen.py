"""The register of models on the screen: what goes to the addressee, which units differ from what they reported."""

from __future__ import annotations

from reports.models.content import ADDRESSEES, ModelReport


def report_lines(report: ModelReport) -> list[str]:
    """What the screen says."""
    told = [
        f"{ADDRESSEES[report.addressee]}: {len(report.shown)} mục; {report.held_back} mục không đưa vào danh sách này."
    ]
    told += [f"  {one.model.number}. {one.name} · {one.model.kind_words} · {one.unit}" for one in report.shown]
    differing = [one for one in report.counted if one.difference]
    if report.period and not any(one.reported is not None for one in report.counted):
        told.append(
            f"Kỳ {report.period}: không biểu nào hỏi hoặc khai số mô hình; tệp đối chiếu chỉ có số trong sổ."
            if report.counted
            else f"Kỳ {report.period}: không biểu nào hỏi số mô hình, hoặc kỳ chưa mở; không đối chiếu được."
        )
    elif report.counted:
        told.append(f"Đối chiếu {len(report.counted)} đơn vị: {len(differing)} đơn vị lệch số.")
    told += [f"  {one.unit} {one.name}: sổ {one.listed}, báo cáo {one.reported}; {one.words}" for one in differing]
    return told
