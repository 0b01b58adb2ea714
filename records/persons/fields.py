"""Which entries are personal data: their values stand outside the chain of the ledger, which holds a salted commitment. One place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

# Of a person of the roster everything is personal but what places the id in the movement.
STRUCTURE = {"kind", "group", "set", "sub_type", "parent", "pool", "from", "to", "active", "successor", "illustration"}
STRUCTURE |= {"province", "area"}
# Kind of subject → fields that name or describe a person, whoever the subject is; with a colon: every field that begins so;
# empty: every field without a slash.
ALWAYS: dict[str, tuple[str, ...]] = {
    "body": ("head",),  # thủ trưởng
    "complaint": ("who", "text"),  # who complained, and what about
    "review": ("signed",),  # who signed a workbook of a verifying body
    "return": ("signed",),  # who signed an explanation
    "panel": ("",),  # members of panels
    "task": ("plan_person", "plan_person:"),  # the person to whom a plan gives the task
    "council": ("member:", "conflict:"),  # members of councils, what they declared
    "outsider": ("name", "post", "unit", "place"),  # who is proposed without a criteria group: households, persons
    "proposal": ("signed",),  # who made and signed a list of proposals
    "proposed": ("merit", "achievement", "initiative", "certificate", "report:"),  # what a proposal tells of somebody
    "held": ("holder_name", "achievement", "initiative"),  # of awards
    "model": ("person_summary", "person_result"),  # what a person is held up as an example for
}
_OUTSIDER = re.compile(
    r"nominee:[^/]+/X[0-9]+"
)  # facts about who has no criteria group: a household is no less a matter of persons
OWNER = {
    "held": "holder",
    "proposed": "nominee",
    "model": "person",
}  # kind of subject → the field that says about whom it is
_TOLD = re.compile(r".+/(explanation|evidence:[0-9]+)")  # free text about whom the score is


def always_personal(subject: str, field: str) -> bool:
    """Whether an entry is personal whoever its subject is. The writer of the ledger sees to these."""
    names = ALWAYS.get(subject.partition(":")[0], ())
    return _OUTSIDER.fullmatch(subject) is not None or any(
        field == name or (name.endswith(":") and field.startswith(name)) or (not name and "/" not in field)
        for name in names
    )


def is_personal(subject: str, field: str, *, person: bool) -> bool:
    """Whether an entry is personal. person: its subject, or the candidate of its score, is a person (cá nhân)."""
    if always_personal(subject, field):
        return True
    return person and ((subject.startswith("body:") and field not in STRUCTURE) or tells_of_candidate(subject, field))


def tells_of_candidate(subject: str, field: str) -> bool:
    """What is personal when the candidate is a person: its explanation (giải trình), documents that prove something of it, facts
    about it as a nominee (discipline, gender, opinions)."""
    return subject.startswith("nominee:") or (subject.startswith("score:") and _TOLD.fullmatch(field) is not None)


def owners_of(subject: str, field: str, named: Mapping[str, Collection[str]]) -> set[str]:
    """Whose value an entry holds, by the ids under which personal data are given out and erased: B001 of body:B001, score:2026/B001,
    nominee:OCC/B001, person:B001; OCC/STEP/3 of the third member of a council. named: by subject the ids that a field of OWNER names.
    """
    kind, _, rest = subject.partition(":")
    if kind in OWNER:
        return set(named.get(subject, ()))
    if kind == "council":
        return {f"{rest}/{field.partition(':')[2].partition('/')[0]}"}
    return {rest if kind == "person" else rest.rpartition("/")[2]}
