"""Votes on one case: their sums, what they are a share of, whether they suffice. Whole numbers and fractions only, no files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction

from criteria.exact import show_vietnamese
from nominations.awards.procedure import Council


@dataclass(frozen=True)
class Votes:
    """What was counted of one case. All are counts of people or ballots.

    members: of the council. present: at the meeting. written: absent members with a written opinion (ý kiến bằng văn bản).
    recused: members who may not vote on this case; recused_present, recused_written: of them those present, and those absent with a
    written opinion. invalid: ballots on which the case is not marked as it should be.
    """

    members: int
    present: int
    written: int
    recused: int
    yes: int
    no: int
    blank: int
    written_yes: int
    written_no: int
    invalid: int = 0
    recused_present: int = 0
    recused_written: int = 0

    @property
    def text(self) -> str:
        """members=15 present=12 … : as the ledger holds it."""
        return " ".join(f"{one.name}={getattr(self, one.name)}" for one in fields(self))

    @property
    def handed_in(self) -> int:
        """Ballots on which somebody could mark the case, and did or not."""
        return self.yes + self.no + self.blank + self.invalid

    @property
    def may_vote(self) -> int:
        """Members at the meeting who may vote on the case."""
        return self.present - self.recused_present

    @property
    def may_write(self) -> int:
        """Absent members whose written opinion on the case counts."""
        return self.written - self.recused_written


def read_votes(text: str) -> Votes | None:
    """What Votes.text has written; None for any other text."""
    names = [one.name for one in fields(Votes)]
    pairs = [part.partition("=") for part in text.split(" ")]
    if [name for name, _, _ in pairs] != names:
        return None
    values = [value for _, _, value in pairs]
    if not all(value.isascii() and value.isdecimal() and len(value) < 6 for value in values):
        return None
    return Votes(*map(int, values))


def faults(votes: Votes) -> Iterator[tuple[str, str]]:
    """(field, sentence) of every sum that cannot be; the field names the cell that is to be looked at."""
    for one in fields(votes):
        if getattr(votes, one.name) < 0:
            yield one.name, "Số âm."
    if votes.present + votes.written > votes.members:
        yield (
            "present",
            f"{votes.present} người có mặt và {votes.written} ý kiến bằng văn bản, hội đồng chỉ có {votes.members} thành viên.",
        )
    if votes.recused > votes.members:
        yield "recused", f"{votes.recused} người không được biểu quyết, hội đồng chỉ có {votes.members} thành viên."
    if votes.recused_present + votes.recused_written > votes.recused:
        yield "recused", "Số người không được biểu quyết nhỏ hơn số người trong đó có mặt hoặc gửi ý kiến."
    if votes.handed_in > votes.may_vote:
        why = f" ({votes.recused_present} người có mặt không được biểu quyết)" if votes.recused_present else ""
        message = f"{votes.handed_in} phiếu, nhiều hơn {votes.may_vote} người có mặt được biểu quyết{why}."
        yield "yes", message
    told = votes.written_yes + votes.written_no
    if told > votes.may_write:
        why = f" ({votes.recused_written} người vắng không được biểu quyết)" if votes.recused_written else ""
        yield "written_yes", f"{told} ý kiến bằng văn bản, nhiều hơn {votes.may_write} ý kiến được tính{why}."


# --- the meeting ---------------------------------------------------------------------------------------------------


def quorate(members: int, present: int, written: int, rule: Council) -> list[str]:
    """Why a meeting cannot decide: too few present, or too few present and with a written opinion; [] when it can."""
    found = []
    if not _reaches(present, members, rule.quorum):
        found.append(
            f"Có mặt {present}/{members} thành viên, chưa đủ {part_words(rule.quorum)} tổng số thành viên để họp."
        )
    if rule.attendance is not None and not _reaches(present + written, members, rule.attendance):
        found.append(
            f"Có mặt và gửi ý kiến bằng văn bản {present + written}/{members} thành viên, chưa đủ {part_words(rule.attendance)} "
            "tổng số thành viên để xét khen thưởng."
        )
    return found


def _reaches(count: int, whole: int, share: Fraction) -> bool:
    """count / whole ≥ share, in whole numbers; nothing of nothing is not enough."""
    return whole > 0 and count * share.denominator >= share.numerator * whole


# --- one case ------------------------------------------------------------------------------------------------------


def in_favour(votes: Votes, rule: Council) -> int:
    return votes.yes + (votes.written_yes if rule.written else 0)


def denominator(votes: Votes, rule: Council) -> int:
    """What the votes in favour are a share of."""
    if rule.denominator == "members":
        return votes.members - (votes.recused if rule.recusal_lowers else 0)
    return votes.handed_in + (votes.written_yes + votes.written_no if rule.written else 0)


def passes(votes: Votes, rule: Council, share: Fraction) -> tuple[bool, str]:
    """Whether the votes reach a share, and the sentence: "12/15 phiếu = 80 %, cần 80 % tổng số thành viên: đạt".

    A share is never rounded into passing: yes · denominator of the share ≥ numerator of the share · all.
    """
    yes, whole = in_favour(votes, rule), denominator(votes, rule)
    passed = _reaches(yes, whole, share)
    got = f"{yes}/{whole} phiếu" + (f" = {percent_down(yes, whole)} %" if whole > 0 else "")
    return passed, f"{got}, cần {part_words(share)} {of_what(votes, rule)}: {'đạt' if passed else 'không đạt'}"


def of_what(votes: Votes, rule: Council) -> str:
    """What the share is of; whether recusals lower it."""
    if rule.denominator == "votes":
        return "số phiếu thu về" + (" và ý kiến bằng văn bản" if rule.written and votes.written else "")
    if votes.recused and rule.recusal_lowers:
        return f"tổng số thành viên trừ {votes.recused} người không được biểu quyết"
    return "tổng số thành viên"


def percent_down(part: int, whole: int) -> str:
    """A percentage with two decimals at most, cut off, never rounded up: 79,99 for 79,996."""
    hundredths = part * 10_000 // whole
    return show_vietnamese(Fraction(hundredths, 100))


def part_words(share: Fraction) -> str:
    """80 %, 66,5 %; 2/3 where a percentage would have to be rounded."""
    percent = share * 100
    if (percent * 100).denominator != 1:
        return f"{share.numerator}/{share.denominator}"
    return f"{show_vietnamese(percent)} %"
