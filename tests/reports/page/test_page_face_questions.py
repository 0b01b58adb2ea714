"""The ten questions of docs/vi/cau-hoi-hoi-dong.md, each answered in at most three clicks after the file is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.reports.page.conftest import Opened, cell, words
from tests.reports.page.sample import page, shown, signed

DATA = page(seed=5, units=30, pools=2)
GROUP = DATA["groups"][0]
UNITS = GROUP["units"]
PLACED = [unit for unit in UNITS if unit["rank"] is not None]


class Member:
    """Somebody who clicks, and is counted."""

    def __init__(self, tab: Any) -> None:
        self.tab, self.clicks = tab, 0

    def click(self, found: Any) -> None:
        found.click()
        self.clicks += 1

    def link(self, name: str) -> None:
        self.click(self.tab.get_by_role("link", name=name, exact=True))

    def row(self, unit: dict[str, Any]) -> Any:
        return self.tab.locator("table.ranking tbody tr").filter(
            has=self.tab.get_by_role("link", name=unit["name"], exact=True)
        )

    @property
    def said(self) -> str:
        return " ".join(self.tab.locator("main").inner_text().split())


@pytest.fixture
def member(opened: Opened) -> Iterator[Member]:
    one = Member(opened(DATA))
    assert one.tab.locator("h2").inner_text() == "Xếp hạng"
    yield one
    assert 1 <= one.clicks <= 3


def test_1_places_grades_and_ties(member: Member) -> None:
    second = DATA["groups"][1]
    member.click(member.tab.locator("#groups a").nth(1))
    rows = member.tab.locator("table.ranking tbody tr")
    assert rows.count() == len(second["units"])
    for unit in second["units"]:
        row = member.row(unit)
        rank = "–" if unit["rank"] is None else f"{unit['rank']} (đồng hạng)" if unit["tied"] else str(unit["rank"])
        assert (cell(row, "Hạng"), cell(row, "Xếp loại")) == (rank, unit["grade"] or "–")


def test_2_why_a_stands_above_b(member: Member) -> None:
    """Even in a group that is not the first: the second tick opens the comparison."""
    member.click(member.tab.locator("#groups a").nth(1))
    placed = [unit for unit in DATA["groups"][1]["units"] if unit["rank"] is not None]
    upper, lower = placed[0], placed[5]
    member.click(member.row(lower).get_by_role("checkbox"))
    assert member.tab.locator("#chosen").inner_text().startswith(f"Đã chọn: {lower['name']}")
    member.click(member.row(upper).get_by_role("checkbox"))
    assert member.tab.locator("h2").inner_text() == f"Vì sao {upper['name']} đứng trên {lower['name']}"
    assert f"Chênh lệch tổng điểm: {signed(lower['total'] - upper['total'])}" in member.said


def test_3_where_points_come_from(member: Member) -> None:
    member.link(UNITS[3]["name"])
    criterion = GROUP["criteria"][2]
    member.click(member.tab.locator("button.opens").nth(2))
    opened = member.tab.locator("#below-2")
    opened.get_by_text("Phép tính", exact=True).wait_for()
    text = " ".join(opened.inner_text().split())
    assert criterion["clauses"][0] in text and criterion["rule"] in text
    assert f"5,00 × 702/1.000 = {shown(UNITS[3]['points'][2])}" in text


def test_4_who_verified_when_on_what_through_which_stages(member: Member) -> None:
    member.link(UNITS[3]["name"])
    member.click(member.tab.locator("button.opens").nth(2))
    opened = member.tab.locator("#below-2")
    opened.get_by_text("Qua các bước", exact=True).wait_for()
    text = " ".join(opened.inner_text().split())
    assert "Sở Khoa học và Công nghệ, ngày 03/12/2026, số 15/TĐ" in text
    assert "Báo cáo số 3/BC ngày 05/12/2026" in text
    value = shown(UNITS[3]["points"][2])
    assert words(opened.locator(".stages tbody th")) == ["tự chấm", "thẩm định"]
    assert words(opened.locator(".stages td.figure")) == [value, value]


def test_5_where_the_unit_judged_itself_higher(member: Member) -> None:
    unit = UNITS[4]
    member.link(unit["name"])
    rows = member.tab.locator("table.criteria tbody tr:not(.below)")
    higher = 0
    for index in range(len(GROUP["criteria"])):
        points, claimed = unit["points"][index], unit["self"][index]
        if points is None or GROUP["criteria"][index]["kind"] == "less":
            continue
        assert cell(rows.nth(index), "Tự chấm hơn kết quả") == signed(claimed - points)
        higher += claimed > points and GROUP["criteria"][index]["kind"] != "part"
    assert higher and f"cao hơn kết quả ở {higher} tiêu chí" in member.said


def test_6_what_everybody_or_nobody_reaches(member: Member) -> None:
    member.link("Bản đồ điểm")
    rows = member.tab.locator("table.counts tbody tr")
    leaves = [index for index, one in enumerate(GROUP["criteria"]) if one["kind"] == "leaf"]
    for index in leaves:
        row = rows.filter(has=member.tab.get_by_text(GROUP["criteria"][index]["id"], exact=True))
        here = [(unit["states"][index], unit["points"][index]) for unit in UNITS]
        scored = [points for state, points in here if state == "s"]
        expected = [
            sum(points == 500 for points in scored),
            sum(points == 0 for points in scored),
            sum(state == "n" for state, _ in here),
            sum(state in "evr" for state, _ in here),
        ]
        found = [cell(row, label) for label in ("Đạt điểm tối đa", "0 điểm", "Không áp dụng", "Đang chờ")]
        assert found == [str(count) for count in expected]
        assert cell(row, "Tỷ lệ trung bình") == f"{sum(scored) / len(scored) / 5:.1f} %".replace(".", ",")


def test_7_what_is_open_and_for_whom_it_waits(member: Member) -> None:
    member.click(member.tab.locator("#views").get_by_role("link", name="Còn mở"))
    rows = member.tab.locator("table.waiting tbody tr")
    assert rows.count() == len(GROUP["open"]) > 3
    names = {unit["id"]: unit["name"] for unit in UNITS}
    found = sorted(
        (cell(row, "Đang chờ"), cell(row, "Đơn vị"), cell(row, "Việc"), cell(row, "Từ ngày")) for row in rows.all()
    )
    assert found == sorted((one["who"], names[one["unit"]], one["what"], one["since"]) for one in GROUP["open"])


def test_8_between_which_places(member: Member) -> None:
    member.click(member.tab.locator("#groups a").nth(0))
    for unit in PLACED[:6]:
        best, worst = unit["interval"]
        assert cell(member.row(unit), "Khoảng hạng") == (str(best) if best == worst else f"{best}–{worst}")


def test_9_why_a_unit_has_no_place(member: Member) -> None:
    unit = next(unit for unit in UNITS if unit["rank"] is None)
    member.link(unit["name"])
    said = " ".join(member.tab.locator(".decided").inner_text().split())
    assert "Không đủ điều kiện." in said and f"Vì sao không có thứ hạng {unit['note']}" in said


def test_10_from_which_archive_and_receipt(member: Member) -> None:
    member.link("Về trang này")
    for name, value in DATA["receipt"]:
        assert f"{name} {value}" in member.said
    assert DATA["source"] in member.said
    assert "điểm thử, chưa được cấp có thẩm quyền quyết định" in member.said
