"""Forms of award that the movement cannot lead to: why, with the clause of each."""

from __future__ import annotations

from datetime import date

from nominations.awards.declarations import Award
from nominations.awards.law import UNVERIFIED
from nominations.awards.matrix import ISSUERS
from nominations.awards.reading import AwardFile
from records.roster.matching import key


def refusal(file: AwardFile, award: Award, day: date) -> str:
    """Why an award that is not offered is not, as people read it: whose movements lead to it, by which clause."""
    facts = tuple(dict.fromkeys(fact for route in award.routes for fact in route.facts))
    issuers = tuple(dict.fromkeys(issuer for route in award.routes for issuer in route.issuers))
    clause = "; ".join(file.citations(facts))
    doubted = f" ({UNVERIFIED})" if file.doubts(facts, day) else ""
    asked = f"chỉ xét trong phong trào do {', '.join(ISSUERS[one] for one in issuers)} phát động" if issuers else ""
    told = ": ".join(part for part in (clause + doubted, asked or award.note or "") if part)
    return f"{told[:1].upper()}{told[1:].rstrip('.')}." if told else "Xem tệp khen thưởng của phong trào."


def find_award(file: AwardFile, text: str) -> Award | None:
    """The award that a text names by its id, its name or its short name, however it is spelled."""
    wanted = key(text)
    for one in file.awards.awards:
        if text == one.id or (wanted and wanted in (key(one.name), key(one.short))):
            return one
    return None
