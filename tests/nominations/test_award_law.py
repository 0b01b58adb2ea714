"""Whether a legal fact is sure on a day: its mark, its days of force, who has held it against the text in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from criteria.declarations.common import Basis
from nominations.awards.law import Compared, Confirmed, Fact, Law
from nominations.awards.reading import confirmed, load_awards
from records.ledger.entries import Entry
from tests.nominations.support import award_file, award_workspace, confirming

AMENDED = date(2026, 10, 1)
DOCUMENTS = {
    "luat": Basis(
        id="luat", document="Luật Mẫu", number="1/QH", date=date(2022, 1, 2), amended_by="moi", amended_from=AMENDED
    ),
    "moi": Basis(id="moi", document="Luật sửa Luật Mẫu", number="2/QH", date=date(2026, 4, 1), valid_from=AMENDED),
    "cu": Basis(
        id="cu",
        document="Nghị định Mẫu",
        number="3/NĐ",
        valid_to=date(2027, 2, 28),
        replaced_by="moi",
        replaced_from=date(2027, 3, 1),
    ),
    "lo": Basis(id="lo", document="Thông tư Mẫu", number="4/TT", amended_by="moi"),
}


def law(fact: Fact, *said: Confirmed) -> Law:
    return Law({fact.id: fact}, DOCUMENTS, {one.fact: one for one in said})


def fact(basis: str = "luat", mark: str = "V", *compared: Compared, **named: object) -> Fact:
    return Fact.model_validate(
        {"id": "f", "basis": basis, "article": 4, "mark": mark, "quote": "…", "compared": list(compared), **named}
    )


def told(finding: str, day: date) -> Confirmed:
    return Confirmed("f", finding, "Biên bản 5", day, "Ông A")


def test_the_catalogue_by_day() -> None:
    of = award_file().law
    assert of.holding("luat-44-1-a", date(2026, 9, 30)).sure
    later = of.holding("luat-44-1-a", AMENDED)
    assert not later.sure and not later.expired
    assert later.doubts == (
        "văn bản được sửa đổi, bổ sung bởi 06/2026/QH16 từ 01/10/2026, chưa đối chiếu nội dung mới",
    )
    assert not of.holding("nd152-4-1", date(2027, 2, 28)).expired
    gone = of.holding("nd152-4-1", date(2027, 3, 1))
    assert gone.expired and gone.doubts[-1] == "hết hiệu lực từ sau ngày 28/02/2027"
    before = of.holding("nd152-4-1", date(2025, 6, 30))
    assert before.expired and "chưa có hiệu lực ngày 30/06/2025 (từ 01/07/2025)" in before.doubts
    assert of.holding("nd98-30-7", date(2025, 6, 30)).expired is False
    assert of.holding("nd98-30-7", date(2025, 7, 1)).expired


@pytest.mark.parametrize(
    ("mark", "doubt"),
    [
        ("S", "nguồn thứ cấp, chưa đọc nguyên văn [S]"),
        ("M", "theo trí nhớ, chưa kiểm tra [M]"),
        ("?", "chưa tìm được văn bản [?]"),
    ],
)
def test_a_mark_below_verbatim_is_a_doubt(mark: str, doubt: str) -> None:
    held = law(fact("moi", mark)).holding("f", AMENDED)
    assert (held.sure, held.expired, held.doubts) == (False, False, (doubt,))


def test_comparing_after_the_change_makes_it_sure_again() -> None:
    after = Compared(on=date(2026, 10, 5), by="Ông A", text="moi", finding="unchanged")
    of = law(fact("luat", "V", after))
    for day in (
        AMENDED,
        date(2026, 10, 5),
        date(2027, 7, 1),
    ):  # the law is judged on the day, whenever somebody looks at it
        held = of.holding("f", day)
        assert held.sure and held.confirmed == "Ông A đã đối chiếu ngày 05/10/2026, 2/QH"


def test_comparing_before_the_change_does_not_count() -> None:
    early = Compared(on=date(2026, 9, 30), by="Ông A", text="luat", finding="unchanged")
    assert not law(fact("luat", "V", early)).holding("f", date(2027, 1, 1)).sure
    assert not law(fact(), told("unchanged", date(2026, 9, 30))).holding("f", date(2027, 1, 1)).sure


def test_a_text_found_changed_stays_a_doubt() -> None:
    looks = (
        Compared(on=date(2026, 10, 5), by="Ông A", text="moi", finding="unchanged"),
        Compared(on=date(2026, 11, 5), by="Bà B", text="moi", finding="changed"),
    )
    held = law(fact("luat", "V", *looks)).holding("f", date(2026, 12, 1))
    assert not held.sure and held.doubts[0].endswith("; đã đối chiếu ngày 05/11/2026: nội dung đã thay đổi")
    assert not law(fact("luat", "V", *looks)).holding("f", date(2026, 10, 31)).sure


def test_among_several_the_last_entered_counts_whatever_its_day() -> None:
    early = Compared(on=date(2026, 10, 2), by="Bà B", text="moi", finding="unchanged")
    late = Compared(on=date(2026, 11, 5), by="Ông A", text="moi", finding="changed")
    assert law(fact("luat", "V", late, early)).holding("f", AMENDED).confirmed.startswith("Bà B")
    assert not law(fact("luat", "V", early, late)).holding("f", AMENDED).sure
    assert law(fact("luat", "V", late), told("unchanged", date(2026, 10, 2))).holding("f", AMENDED).sure


def test_what_a_comparison_leaves_unanswered() -> None:
    of = law(fact("cu", "S"))
    day = date(2027, 7, 1)
    assert len(of.holding("f", day).doubts) == 3
    assert [one.partition(" ")[0] for one in of.unanswered("f", day, date(2027, 2, 28))] == ["hết", "văn"]
    assert of.unanswered("f", day, date(2027, 3, 1)) == of.unanswered("f", date(2027, 2, 1), date(2026, 1, 1)) == ()


def test_a_confirmation_of_the_workspace_takes_marks_and_changes_away() -> None:
    of = law(fact("luat", "S"), told("unchanged", date(2026, 10, 2)))
    assert len(law(fact("luat", "S")).holding("f", AMENDED).doubts) == 2
    held = of.holding("f", AMENDED)
    assert held.sure and held.confirmed == "Ông A đã đối chiếu ngày 02/10/2026, Biên bản 5"
    earlier = law(fact("luat", "S"), told("unchanged", date(2026, 9, 1))).holding("f", date(2026, 12, 1))
    assert earlier.doubts == ("văn bản được sửa đổi, bổ sung bởi 2/QH từ 01/10/2026, chưa đối chiếu nội dung mới",)
    changed = law(fact("luat", "V"), told("changed", date(2026, 10, 2))).holding("f", date(2026, 12, 1))
    assert not changed.sure and "nội dung đã thay đổi" in changed.doubts[0]


def test_comparing_in_the_file_leaves_the_mark() -> None:
    after = Compared(on=date(2026, 10, 5), by="Ông A", text="moi", finding="unchanged")
    held = law(fact("luat", "S", after)).holding("f", date(2026, 12, 1))
    assert held.doubts == ("nguồn thứ cấp, chưa đọc nguyên văn [S]",)


def test_an_expired_text_lives_on_only_when_somebody_says_so_afterwards() -> None:
    assert law(fact("cu"), told("unchanged", date(2027, 2, 28))).holding("f", date(2027, 3, 1)).expired
    held = law(fact("cu"), told("unchanged", date(2027, 3, 1))).holding("f", date(2027, 3, 1))
    assert held.sure and not held.expired


def test_nothing_makes_a_text_hold_before_its_first_day() -> None:
    held = law(fact("moi"), told("unchanged", date(2026, 9, 1))).holding("f", date(2026, 9, 30))
    assert held.expired and not held.sure


def test_days_of_the_fact_go_before_those_of_the_document() -> None:
    own = fact("cu", "V", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    assert law(own).holding("f", date(2026, 12, 31)).sure
    assert law(own).holding("f", date(2027, 1, 1)).expired and law(own).holding("f", date(2025, 12, 31)).expired


def test_an_amendment_of_unknown_day_is_a_doubt_from_the_beginning() -> None:
    doubts = ("văn bản được sửa đổi, bổ sung bởi 2/QH, chưa đối chiếu nội dung mới",)
    for day in (date(2022, 2, 1), date(2026, 5, 31)):
        assert law(fact("lo")).holding("f", day).doubts == doubts
        assert law(fact("lo"), told("unchanged", date(2026, 6, 1))).holding("f", day).sure


def test_citations() -> None:
    of = award_file().law
    assert (
        of.citation("luat-44-1-a") == "điểm a khoản 1 Điều 44 Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/06/2022"
    )
    assert of.brief("luat-44-1-a") == "điểm a khoản 1 Điều 44 Luật số 06/2022/QH15"
    assert of.brief("nd152-4-6") == "khoản 6 Điều 4 Nghị định số 152/2025/NĐ-CP"
    assert of.brief("kh-vi-6").startswith("mục VI.6, Kế hoạch của Ủy ban nhân dân tỉnh")
    with pytest.raises(KeyError):
        of.holding("không có", AMENDED)


def test_confirmations_stand_in_the_ledger(tmp_path: Path) -> None:
    workspace = award_workspace(tmp_path / "w")
    subject = "basis:luat-44-1-a"
    entries = [
        Entry(subject, "compared", "changed", date(2026, 10, 2), source="Phiếu 1", author="Ông A"),
        Entry(subject, "compared", "unchanged", date(2026, 11, 2), source="Phiếu 2", author="Bà B", reason="đọc lại"),
        Entry("basis:luat-44-4-c", "compared", "chắc là thế", date(2026, 11, 2), source="Phiếu 3"),
    ]
    with workspace.database.writing() as writer:
        writer.append(entries)
    with workspace.database.writing() as writer:  # the day was wrong: entered once more, with an earlier one
        again = Entry(
            subject, "compared", "unchanged", date(2026, 10, 3), source="Phiếu 2", author="Bà B", reason="sửa ngày"
        )
        writer.append([again])
    said = confirmed(workspace)
    assert list(said) == ["luat-44-1-a"]
    assert said["luat-44-1-a"] == Confirmed(
        "luat-44-1-a", "unchanged", "Phiếu 2", date(2026, 10, 3), "Bà B", "sửa ngày"
    )
    file, _ = load_awards(workspace)
    assert file is not None
    assert (
        file.law.holding("luat-44-1-a", date(2027, 7, 1)).sure
        and not file.law.holding("luat-44-4-c", date(2027, 7, 1)).sure
    )
    assert file.doubts(["luat-44-1-a"], date(2027, 7, 1)) == ()
    workspace.close()


def test_confirming_one_fact_leaves_the_others() -> None:
    file = confirming(award_file(), Confirmed("luat-44-1-a", "unchanged", "Phiếu 1", date(2027, 1, 1)))
    assert file.doubts(["luat-44-1-a", "luat-44-3"], date(2027, 7, 1)) == (
        "khoản 3 Điều 44 Luật số 06/2022/QH15: văn bản được sửa đổi, bổ sung bởi 06/2026/QH16 từ 01/10/2026, chưa đối chiếu nội dung mới",
    )
