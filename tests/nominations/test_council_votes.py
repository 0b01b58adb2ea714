"""Votes by themselves: sums, quorum, what a share is of; against a slow reckoning with fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominations.awards.procedure import Council
from nominations.council.votes import Votes, faults, part_words, passes, percent_down, quorate, read_votes


def council(**told: object) -> Council:
    return Council.model_validate({"quorum": "2/3", **told})


@st.composite
def counted(draw: st.DrawFn) -> Votes:
    """Votes that can be: everybody votes at most once, nobody who may not."""
    present, written, absent = (draw(st.integers(0, 30)) for _ in range(3))
    here, wrote = draw(st.integers(0, present)), draw(st.integers(0, written))
    recused = here + wrote + draw(st.integers(0, absent))
    left = present - here
    ballots = []
    for _ in range(4):
        ballots.append(draw(st.integers(0, left)))
        left -= ballots[-1]
    yes_written = draw(st.integers(0, written - wrote))
    no_written = draw(st.integers(0, written - wrote - yes_written))
    yes, no, blank, invalid = ballots
    return Votes(
        present + written + absent,
        present,
        written,
        recused,
        yes,
        no,
        blank,
        yes_written,
        no_written,
        invalid,
        here,
        wrote,
    )


shares = st.builds(Fraction, st.integers(1, 100), st.integers(100, 140))
rules = st.builds(
    lambda whole, lowers, written: council(denominator=whole, recusal_lowers=lowers, written=written),
    st.sampled_from(["members", "votes"]),
    st.booleans(),
    st.booleans(),
)


@given(counted(), rules, shares)
def test_whether_votes_suffice(votes: Votes, rule: Council, share: Fraction) -> None:
    """One person after the other, then one fraction."""
    yes = votes.yes + (votes.written_yes if rule.written else 0)
    if rule.denominator == "members":
        whole = sum(1 for _ in range(votes.members)) - (votes.recused if rule.recusal_lowers else 0)
    else:
        whole = votes.yes + votes.no + votes.blank + votes.invalid
        whole += votes.written_yes + votes.written_no if rule.written else 0
    passed, sentence = passes(votes, rule, share)
    assert passed is (whole > 0 and Fraction(yes, whole) >= share)
    assert sentence.endswith(": đạt" if passed else ": không đạt")


@given(counted())
def test_votes_that_can_be_have_no_fault_and_read_back(votes: Votes) -> None:
    assert list(faults(votes)) == []
    assert read_votes(votes.text) == votes


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_percentage_is_never_rounded_up(part: int, whole: int) -> None:
    shown = Fraction(percent_down(part, whole).replace(".", "").replace(",", "."))
    assert shown <= Fraction(100 * part, whole) < shown + Fraction(1, 100)


def test_sentences() -> None:
    plain = Votes(15, 13, 2, 0, 10, 2, 1, 2, 0)
    share = Fraction(4, 5)
    assert passes(plain, council(), share) == (True, "12/15 phiếu = 80 %, cần 80 % tổng số thành viên: đạt")
    assert (
        passes(plain, council(written=False), share)[1]
        == "10/15 phiếu = 66,66 %, cần 80 % tổng số thành viên: không đạt"
    )
    barred = Votes(15, 13, 2, 1, 9, 2, 1, 2, 0, 0, 1)
    said = "11/14 phiếu = 78,57 %, cần 80 % tổng số thành viên trừ 1 người không được biểu quyết: không đạt"
    assert passes(barred, council(recusal_lowers=True), share) == (False, said)
    said = "12/15 phiếu = 80 %, cần 2/3 số phiếu thu về và ý kiến bằng văn bản: đạt"
    assert passes(plain, council(denominator="votes"), Fraction(2, 3)) == (True, said)


def test_just_below_is_below() -> None:
    """19999 of 25000 is 79,996 %: printed as 79,99, not passed."""
    votes = Votes(25000, 25000, 0, 0, 19999, 5001, 0, 0, 0)
    passed, sentence = passes(votes, council(), Fraction(4, 5))
    assert not passed and "79,99 %" in sentence
    assert passes(Votes(3, 3, 0, 0, 2, 1, 0, 0, 0), council(), Fraction(2, 3))[0]


def test_nobody_who_may_vote_is_no_majority() -> None:
    votes = Votes(2, 2, 0, 2, 0, 0, 0, 0, 0, 0, 2)
    assert passes(votes, council(recusal_lowers=True), Fraction(1, 2))[0] is False


@pytest.mark.parametrize(
    ("votes", "fields"),
    [
        (Votes(5, 4, 2, 0, 1, 1, 1, 1, 1), ["present"]),
        (Votes(5, 3, 0, 0, 2, 2, 0, 0, 0), ["yes"]),
        (Votes(5, 3, 0, 1, 3, 0, 0, 0, 0, 0, 1), ["yes"]),  # a member who may not vote was counted
        (Votes(5, 3, 0, 0, 2, 1, 0, 0, 0, 1), ["yes"]),  # an invalid ballot too many
        (Votes(5, 3, 1, 0, 3, 0, 0, 1, 1), ["written_yes"]),
        (Votes(5, 3, 1, 1, 3, 0, 0, 1, 0, 0, 0, 1), ["written_yes"]),
        (Votes(5, 3, 1, 6, 0, 0, 0, 0, 0), ["recused"]),
        (Votes(5, 3, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1), ["recused"]),
        (Votes(5, 3, 0, 0, -1, 0, 0, 0, 0), ["yes"]),
    ],
)
def test_sums_that_cannot_be(votes: Votes, fields: list[str]) -> None:
    assert [name for name, _ in faults(votes)] == fields


def test_quorum_and_attendance() -> None:
    rule = council(attendance=80)
    assert quorate(15, 10, 2, rule) == []
    assert quorate(15, 9, 6, rule) == ["Có mặt 9/15 thành viên, chưa đủ 2/3 tổng số thành viên để họp."]
    assert len(quorate(15, 10, 1, rule)) == 1 and len(quorate(15, 9, 2, rule)) == 2
    assert quorate(15, 10, 0, council()) == []
    assert len(quorate(0, 0, 0, council())) == 1


@pytest.mark.parametrize(
    "text", ["", "members=1", "members=1 present=x", Votes(1, 1, 0, 0, 1, 0, 0, 0, 0).text + " more=1"]
)
def test_other_texts_are_no_votes(text: str) -> None:
    assert read_votes(text) is None


def test_shares_in_words() -> None:
    assert [part_words(Fraction(*one)) for one in ((4, 5), (2, 3), (133, 200), (1, 1))] == [
        "80 %",
        "2/3",
        "66,5 %",
        "100 %",
    ]
