"""Which entries are personal data: their values stand outside the chain of the ledger, which holds a salted commitment. One place."""

from __future__ import annotations

import re

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
    "proposed": ("merit", "achievement", "report:"),  # what a proposal tells of somebody
    "held": ("holder_name", "achievement"),  # of awards
}
_TOLD = re.compile(r".+/(explanation|evidence:[0-9]+)")  # free text about whom the score is


def always_personal(subject: str, field: str) -> bool:
    """Whether an entry is personal whoever its subject is. The writer of the ledger sees to these."""
    names = ALWAYS.get(subject.partition(":")[0], ())
    return any(
        field == name or (name.endswith(":") and field.startswith(name)) or (not name and "/" not in field)
        for name in names
    )


def is_personal(subject: str, field: str, *, person: bool) -> bool:
    """Whether an entry is personal. person: its subject, or the candidate of its score, is a person (cá nhân)."""
    if always_personal(subject, field):
        return True
    return person and ((subject.startswith("body:") and field not in STRUCTURE) or tells_of_candidate(subject, field))


def tells_of_candidate(subject: str, field: str) -> bool:
    """Free text about a candidate: its explanation (giải trình), documents that prove something of it."""
    return subject.startswith("score:") and _TOLD.fullmatch(field) is not None
