"""How many may be proposed, in exact numbers and in words; money estimates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from nominations.awards.declarations import Award, Quota, Subject
from nominations.awards.procedure import BaseSalary, Money
from nominations.dossier.money import dong, estimate
from nominations.nominees import Nominee
from nominations.results import Ranked
from nominations.selection.quotas import Scope, scope_of, seats

COLLECTIVE = Subject(id="tap-the", name="Tập thể", groups=["c"])


def award(*quotas: dict[str, Any], **more: Any) -> Award:
    told = {
        "id": "bk",
        "name": "Bằng khen",
        "short": "BK",
        "level": "tinh",
        "category": "chuyen-de",
        "authority": "tinh",
    }
    return Award(**(told | {"routes": [], "quotas": [Quota(**one) for one in quotas]} | more))


def nominee(ident: str, *, group: str = "c", pool: str = "Cụm 1", rank: int | None = 1, scored: bool = True) -> Nominee:
    ranked = Ranked(ident, ident, group, "c-set", pool, Fraction(90), "90 %", rank=rank) if scored else None
    return Nominee(ident, ident, COLLECTIVE, group if scored else "", "c-set", pool, ranked=ranked)


MEMBERS = [nominee(f"C{n}", rank=n if n < 10 else None) for n in range(1, 16)]


@pytest.mark.parametrize(
    ("quota", "eligible", "number", "words"),
    [
        ({"number": 3}, 0, 3, "chỉ tiêu 3 (nhóm c, Cụm 1"),
        ({"percent": "10"}, 9, 1, "10 % của 15 đối tượng trong danh sách = 1,5, bỏ phần lẻ"),
        ({"percent": "10", "rounding": "half_up"}, 9, 2, "= 1,5, nửa thì lên"),
        ({"percent": "10", "rounding": "up"}, 9, 2, "làm tròn lên"),
        ({"percent": "12.5", "of": "placed"}, 9, 1, "12,5 % của 9 đối tượng có xếp hạng = 1,125"),
        ({"percent": "20", "of": "eligible"}, 4, 0, "20 % của 4 đối tượng đủ điều kiện = 0,8"),
        ({"percent": "20", "of": "eligible", "least": 1}, 4, 1, "ít nhất 1"),
        ({"percent": "20", "of": "eligible", "least": 1}, 0, 0, "= 0"),
    ],
)
def test_seats(quota: dict[str, Any], eligible: int, number: int, words: str) -> None:
    told = award(quota)
    given = seats(told, scope_of(told, "so-ket", MEMBERS[0]), MEMBERS, eligible)
    assert given.number == number
    assert words in given.words
    assert "đề xuất, chưa có quyết định" in given.words


def test_no_quota_is_no_limit() -> None:
    assert seats(award(), scope_of(award(), "so-ket", MEMBERS[0]), MEMBERS, 3).number is None


def test_groups_pools_and_quotas_stand_apart() -> None:
    told = award({"number": 1, "occasions": ["tong-ket"]}, {"number": 2, "per": "group"})
    here, there = nominee("C1"), nominee("C2", pool="Cụm 2")
    assert scope_of(told, "so-ket", here) == scope_of(told, "so-ket", there) == Scope("c", quota=1)
    assert scope_of(told, "tong-ket", here) != scope_of(told, "tong-ket", there)
    assert scope_of(told, "tong-ket", here) == Scope("c", "c-set", "Cụm 1", quota=0)
    assert scope_of(told, "so-ket", nominee("C3", group="d")) != scope_of(told, "so-ket", here)
    assert scope_of(told, "so-ket", nominee("X1", scored=False)) == Scope("", quota=1)
    named = award({"number": 1, "subjects": ["tap-the"]})
    assert scope_of(named, "so-ket", nominee("X1", scored=False)) == Scope("", subject="tap-the", quota=0)


def test_money_is_base_salary_times_coefficient_of_the_day() -> None:
    bases = [
        BaseSalary(**{"from": "2024-07-01", "amount": 2340000}),
        BaseSalary(**{"from": "2026-07-01", "amount": 2530000}),
    ]
    told = award(coefficients={"tap-the": "7"}, money_facts=["h"])

    class File:
        money = Money(base_salary=bases, facts=["m"])

    found = estimate(File, told, COLLECTIVE, date(2026, 7, 1))  # type: ignore[arg-type]
    assert found is not None and (found.amount, found.facts) == (17710000, ("m", "h"))
    assert found.words == "7 × 2.530.000 đồng = 17.710.000 đồng"
    before = estimate(File, told, COLLECTIVE, date(2026, 6, 30))  # type: ignore[arg-type]
    assert before is not None and before.amount == 16380000
    assert estimate(File, told, COLLECTIVE, date(2024, 6, 30)) is None  # type: ignore[arg-type]
    assert estimate(File, award(), COLLECTIVE, date(2027, 1, 1)) is None  # type: ignore[arg-type]
    assert dong(500) == "500 đồng"
