"""Quotas (chỉ tiêu): which one is for whom, how many seats it gives, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from criteria.exact import constant, round_to, show_vietnamese
from nominations.awards.declarations import Award, Kind, Quota
from nominations.nominees import Nominee

_OF = {
    "candidates": "đối tượng trong danh sách",
    "placed": "đối tượng có xếp hạng",
    "eligible": "đối tượng đủ điều kiện",
}
_ROUNDING = {"down": "bỏ phần lẻ", "half_up": "nửa thì lên", "up": "làm tròn lên"}
PROPOSED = "đề xuất, chưa có quyết định"


@dataclass(frozen=True)
class Scope:
    """Who shares a quota: never two groups. pool, set_id: "" when the quota is for the whole set or group. subject: of those without
    a score, who stand apart."""

    group: str
    set_id: str = ""
    pool: str = ""
    subject: str = ""

    @property
    def words(self) -> str:
        """nhóm c, cụm 1"""
        if not self.group:
            return "đối tượng không chấm điểm"
        return f"nhóm {self.group}" + (f", {self.pool}" if self.pool else "")


@dataclass(frozen=True)
class Seats:
    """number: None without a limit. words: "chỉ tiêu 3 (nhóm c; 10 % của 30 đối tượng …, bỏ phần lẻ)"."""

    number: int | None
    words: str


def quota_of(award: Award, kind: Kind, nominee: Nominee) -> Quota | None:
    """The first quota of the award that is for this nominee on this occasion; None: no limit is declared."""
    for one in award.quotas:
        if one.occasions and kind not in one.occasions:
            continue
        if one.groups and nominee.group not in one.groups:
            continue
        if one.subjects and (nominee.subject is None or nominee.subject.id not in one.subjects):
            continue
        return one
    return None


def scope_of(quota: Quota | None, nominee: Nominee) -> Scope:
    """Whom the nominee shares it with. Without a score it stands apart by subject, whatever its quota says."""
    if not nominee.scored or not nominee.group:
        return Scope("", subject=nominee.subject.id if nominee.subject is not None else "")
    if quota is None or quota.per == "pool":
        return Scope(nominee.group, nominee.set_id, nominee.pool)
    return Scope(nominee.group, nominee.set_id) if quota.per == "set" else Scope(nominee.group)


def seats(quota: Quota | None, scope: Scope, members: Iterable[Nominee], eligible: int) -> Seats:
    """How many may be proposed. members: of the scope, whether or not they stand. eligible: how many of them pass."""
    if quota is None:
        return Seats(None, "không có chỉ tiêu")
    if quota.percent is None:
        number = quota.number or 0
        return Seats(number, f"chỉ tiêu {number} ({scope.words}{_said(quota)})")
    known = list(members)
    base = {
        "candidates": len(known),
        "placed": sum(1 for one in known if one.ranked is not None and one.ranked.rank is not None),
        "eligible": eligible,
    }[quota.of]
    exact = quota.percent * base / 100
    number = int(round_to(constant(exact), 0, quota.rounding).scalar)
    least = quota.least if eligible else 0
    percent = show_vietnamese(quota.percent, 0 if quota.percent.denominator == 1 else 2)
    words = f"{percent} % của {base} {_OF[quota.of]} = {_decimal(exact)}, {_ROUNDING[quota.rounding]}"
    if number < least:
        words += f", ít nhất {least}"
    number = max(number, least)
    return Seats(number, f"chỉ tiêu {number} ({scope.words}; {words}{_said(quota)})")


def _decimal(value: Fraction) -> str:
    places = 0 if value.denominator == 1 else 2
    return show_vietnamese(value, places)


def _said(quota: Quota) -> str:
    return f"; theo {quota.decided_by}" if quota.decided_by else f"; {PROPOSED}" if quota.status == "proposal" else ""
