"""One finding of one check: with the citations of its legal facts, their doubts, and what a person has decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nominations.awards.declarations import Award
from nominations.eligibility.context import Context
from nominations.eligibility.facts import NomineeFacts
from nominations.eligibility.finding import Finding, Outcome
from nominations.eligibility.reasons import COMMON, EVERYBODY
from nominations.nominees import Nominee

DOUBTED = "Căn cứ chưa xác minh."


def finding(
    context: Context,
    check: str,
    outcome: Outcome,
    code: str,
    sentence: str,
    datum: str = "",
    facts: Sequence[str] = (),
    *,
    applies: bool = True,
) -> Finding:
    """A finding on the occasion's day. facts: ids of legal facts; where one of them is not sure, PASS becomes HUMAN and says so.

    FAIL stays FAIL: what is not allowed under a text that somebody still has to look at is not proposed meanwhile.
    applies: False when the check has nothing to look at in this nominee (no person, no initiative): its clauses are cited, and their
    doubts are no matter here.
    """
    doubts = context.file.doubts(tuple(facts), context.occasion.day) if applies else ()
    if outcome is Outcome.PASS and doubts:
        outcome, sentence = Outcome.HUMAN, f"{sentence} {DOUBTED}"
    citations = tuple(dict.fromkeys(context.file.citations(tuple(facts))))
    return Finding(check, outcome, sentence, datum, citations, doubts, "", code, tuple(facts))


def rule_facts(context: Context, check: str) -> tuple[str, ...]:
    """The legal facts of a check that is about no single award (rules of the award file)."""
    return tuple(context.file.awards.rules.get(check, ()))


def sourced(known: NomineeFacts, field: str, text: str) -> str:
    """A datum with the document it rests on, where one was named."""
    source = known.sources.get(field, "")
    return f"{text} ({source})" if source else text


def only_doubted(finding: Finding) -> bool:
    """Whether nothing but its legal facts keeps a finding from passing: a person confirms those, not the finding."""
    return finding.outcome is Outcome.HUMAN and bool(finding.doubts) and finding.sentence.endswith(DOUBTED)


def decided(context: Context, award: Award, nominee: Nominee, finding: Finding) -> Finding:
    """The finding as a person has decided it: HUMAN and FAIL take his word, with the document; PASS needs none.

    What is about the movement (COMMON) may have been decided once for everybody; that settles no doubt about another clause.
    """
    told = context.decisions.get((award.id, nominee.id, finding.check))
    if told is None and finding.check in COMMON and not only_doubted(finding):
        told = context.decisions.get((award.id, EVERYBODY, finding.check))
    if told is None or finding.outcome is Outcome.PASS:
        return finding
    when = f" ngày {told.day:%d/%m/%Y}" if told.day is not None else ""
    who = f"{told.by or 'Người có trách nhiệm'} kết luận{when} theo {told.document}"
    if told.reason:
        who += f": {told.reason.rstrip('.')}"
    return replace(finding, outcome=Outcome.PASS if told.passes else Outcome.FAIL, decided=who + ".")
