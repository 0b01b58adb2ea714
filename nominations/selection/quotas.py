"""Quotas (chỉ tiêu): which one is for whom, how many seats it gives, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    a score, who stand apart. quota: which one of the award it is, -1 none."""

    group: str
    set_id: str = ""
    pool: str = ""
    subject: str = ""
    quota: int = -1

    @property
    def words(self) -> str:
        """nhóm c, cụm 1"""
        if not self.group:
            return "đối tượng không chấm điểm"
        return f"nhóm {self.group}" + (f", {self.pool}" if self.pool else "")


@dataclass(frozen=True)
class Seats:
    """number: None without a limit. short: "chỉ tiêu 3 của nhóm c, Cụm 1". words: "chỉ tiêu 3 (nhóm c; 10 % của 30 đối tượng …)"."""

    number: int | None
    short: str
    words: str


def scope_of(award: Award, kind: Kind, nominee: Nominee) -> Scope:
    """Whom a nominee shares a quota with: by the first quota of the award that is for it on this occasion. Who has no criteria group
    stands apart, whatever the quota says: with all of them, or with those of its subject when the quota names subjects."""
    at = next((at for at, one in enumerate(award.quotas) if _is_for(one, kind, nominee)), -1)
    if not nominee.group:
        named = at >= 0 and bool(award.quotas[at].subjects) and nominee.subject is not None
        return Scope("", subject=nominee.subject.id if named and nominee.subject is not None else "", quota=at)
    per = award.quotas[at].per if at >= 0 else "pool"
    set_id = nominee.set_id if per in ("pool", "set") else ""
    return Scope(nominee.group, set_id, nominee.pool if per == "pool" else "", quota=at)


def _is_for(quota: Quota, kind: Kind, nominee: Nominee) -> bool:
    if quota.occasions and kind not in quota.occasions:
        return False
    if quota.groups and nominee.group not in quota.groups:
        return False
    return not quota.subjects or (nominee.subject is not None and nominee.subject.id in quota.subjects)


def seats(award: Award, scope: Scope, members: Iterable[Nominee], eligible: int) -> Seats:
    """How many may be proposed. members: of the scope, whether or not they stand. eligible: how many of them pass."""
    if scope.quota < 0:
        return Seats(None, "không giới hạn chỉ tiêu", f"không giới hạn chỉ tiêu ({scope.words})")
    quota = award.quotas[scope.quota]
    if quota.percent is None:
        number = quota.number or 0
        return Seats(number, _short(number, scope), f"chỉ tiêu {number} ({scope.words}{_said(quota)})")
    known = list(members)
    base = {
        "candidates": len(known),
        "placed": sum(1 for one in known if one.ranked is not None and one.ranked.rank is not None),
        "eligible": eligible,
    }[quota.of]
    exact = quota.percent * base / 100
    number = int(round_to(constant(exact), 0, quota.rounding).scalar or 0)
    least = quota.least if eligible else 0
    percent = show_vietnamese(quota.percent)
    words = f"{percent} % của {base} {_OF[quota.of]} = {show_vietnamese(exact)}, {_ROUNDING[quota.rounding]}"
    if number < least:
        words += f", ít nhất {least}"
    number = max(number, least)
    return Seats(number, _short(number, scope), f"chỉ tiêu {number} ({scope.words}; {words}{_said(quota)})")


def _short(number: int, scope: Scope) -> str:
    return f"chỉ tiêu {number} của {scope.words}"


def _said(quota: Quota) -> str:
    return f"; theo {quota.decided_by}" if quota.decided_by else f"; {PROPOSED}" if quota.status == "proposal" else ""
