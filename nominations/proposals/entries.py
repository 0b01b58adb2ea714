"""The entries of one proposal (docs/awards.md): the proposal, its rows with their prose, facts, outsiders, awards given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from nominations.history.held import HeldAward
from nominations.proposals.bench import Bench
from nominations.proposals.door import Given, Handed, Wished, overruled
from nominations.proposals.proposal import Proposal
from nominations.proposals.reading import ReadProposal
from records.ledger.entries import Entry
from records.life.rights import UNIT
from records.roster.matching import key
from records.workbooks.taking_in import cell_place

_ROW = ("merit", "achievement", "initiative", "certificate")
_FACTS = ("gender", "people", "women")
_OWN_LEVEL = "co-so"


def proposal_entries(
    bench: Bench, read: ReadProposal, handed: Handed, number: int, before: Proposal | None
) -> Iterator[Entry]:
    """The proposal and its rows. before: the one whose place it takes."""
    occasion, signed = bench.occasion.id, handed.signed
    base = _base(read, f"proposal:{occasion}/{number}", signed.letter)
    told = {
        "proposer": read.proposer,
        "letter": signed.number,
        "letter_day": signed.day.isoformat() if signed.day else "",
        "minutes": signed.minutes,
        "minutes_day": signed.minutes_day.isoformat() if signed.minutes_day else "",
    }
    for name, value in told.items():
        yield replace(base, field=name, value=value)
    if handed.through:
        yield replace(base, field="through", value=handed.through, source=signed.through)
    for place, row in enumerate(handed.rows, 1):
        yield from _row_entries(replace(base, subject=f"proposed:{occasion}/{number}/{place}"), row)
    if before is not None:
        old = replace(base, subject=f"proposal:{occasion}/{before.number}")
        yield replace(old, field="replaced", value=str(number))
    where = " ".join(part for part in (read.name, read.token) if part)
    taken = replace(base, field="file", value=str(read.form.version), place=where, evidence=read.form.sha256)
    yield taken
    people = "; ".join(part for part in (signed.compiled_by, signed.head) if part)
    if people:
        yield replace(taken, field="signed", value=people, personal=True)


def _row_entries(base: Entry, row: Wished) -> Iterator[Entry]:
    typed = row.typed
    yield replace(base, field="nominee", value=row.who, place=typed.place("mark"))
    if row.award:
        yield replace(base, field="award", value=row.award, place=typed.place("award"))
    for name in _ROW:
        if typed.value(name):
            yield replace(base, field=name, value=typed.value(name), place=typed.place(name))
    for heading, told in sorted(row.report.items()):
        for number, (text, place) in enumerate(told, 1):
            yield replace(base, field=f"report:{heading}/{number}", value=text, place=place)


def outsider_entries(bench: Bench, read: ReadProposal, handed: Handed) -> Iterator[Entry]:
    """Who is new without a criteria group, and what is told anew of who is known."""
    done = set()
    for row in handed.rows:
        one = row.outsider
        if one is None or one.id in done:
            continue
        done.add(one.id)
        known = bench.outsiders.get(one.id)
        base = _base(read, f"outsider:{one.id}", handed.signed.letter)
        for name in ("name", "subject", "post", "unit", "place", "manager"):
            value, before = getattr(one, name), getattr(known, name) if known is not None else ""
            if value and value != before:
                yield replace(base, field=name, value=value, place=row.typed.place(name))


def fact_entries(bench: Bench, read: ReadProposal, handed: Handed) -> Iterator[Entry]:
    """What is told of nominees beside the award; never over what an office has entered."""
    done: dict[tuple[str, str], str] = {}
    for row in handed.rows:
        facts = bench.stated.get(row.who)
        base = _base(read, f"nominee:{bench.occasion.id}/{row.who}", handed.signed.letter)
        for name in _FACTS:
            value = row.typed.value(name)
            before = done.get((row.who, name)) or (facts.value(name) if facts is not None else "")
            if value and value != before and not overruled(bench, row.who, name, value):
                done[row.who, name] = value
                place = row.typed.place(name)
                yield replace(base, field=name, value=value, place=place, personal=row.nominee.person)


def given_entries(bench: Bench, read: ReadProposal, handed: Handed) -> Iterator[Entry]:
    """Awards that the unit has given, each once whatever number of editions name it."""
    authority = bench.proposers.name(read.proposer)
    known = {_same(one) for one in bench.held}
    number = max((one.number for one in bench.held), default=0)
    for one in handed.given:
        typed = one.typed
        mine = (one.holder or key(one.name), key(typed.form), key(typed.decision), key(authority))
        if mine in known:
            continue
        known.add(mine)
        number += 1
        place = cell_place(typed.sheet, typed.row, 4)
        base = replace(_base(read, f"held:{number}", f"Quyết định số {typed.decision}"), place=place)
        for name, value in _given_fields(bench, one, authority).items():
            if value:
                yield replace(base, field=name, value=value)


def _given_fields(bench: Bench, one: Given, authority: str) -> Mapping[str, str]:
    typed = one.typed
    return {
        "holder": one.holder,
        "holder_name": one.name,
        "award": one.award,
        "award_name": typed.form,
        "category": bench.file.awards.of_movements,
        "level": _OWN_LEVEL,
        "decision": typed.decision,
        "day": typed.day.isoformat(),
        "authority": authority,
        "movement": bench.workspace.movement.id,
        "status": "granted",
    }


def _same(one: HeldAward) -> tuple[str, str, str, str]:
    return one.holder or key(one.holder_name), key(one.award_name), key(one.decision), key(one.authority)


def _base(read: ReadProposal, subject: str, source: str) -> Entry:
    return Entry(subject, "", "", source=source, author=read.proposer, role=UNIT, evidence=read.form.sha256)
