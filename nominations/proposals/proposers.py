"""Who may put whom forward (đề nghị): the rules of the award file, applied to the roster of the occasion's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nominations.awards.declarations import Proposing
from nominations.awards.reading import AwardFile
from nominations.nominees import Nominee, proposing_of
from nominations.occasions import NAMES, AwardOccasion
from records.roster.matching import find_body
from records.roster.roster import Roster

PARENT, ITSELF = "parent", "self"


@dataclass(frozen=True)
class Proposers:
    """Answers for one occasion. roster: as it stands."""

    file: AwardFile
    occasion: AwardOccasion
    roster: Roster

    def rules(self, nominee: Nominee) -> tuple[Proposing, ...]:
        """What the file says of a nominee: how it comes forward first, then who else may propose it; () when it says nothing."""
        first = proposing_of(self.file, nominee)
        if first is None:
            return ()
        if first.how == "ranking":
            return (first,)
        subject = nominee.subject.id if nominee.subject is not None else ""
        also = [
            rule
            for rule in self.file.awards.proposing
            if rule.how == "proposal" and (subject in rule.subjects or (nominee.group and nominee.group in rule.groups))
        ]
        return tuple(also)

    def from_ranking(self, nominee: Nominee) -> bool:
        """Whether it stands for selection without being proposed."""
        return any(rule.how == "ranking" for rule in self.rules(nominee))

    def of(self, nominee: Nominee) -> tuple[str, ...]:
        """Ids of the bodies that may hand in a proposal of a nominee, in the order of the rules.

        Who is chosen out of a ranking needs no proposal: it, and the body above it, may hand in what is to be written of it.
        """
        return tuple(dict.fromkeys(ident for rule in self.rules(nominee) for ident in self.bodies(rule, nominee)))

    def listed_for(self, nominee: Nominee) -> tuple[str, ...]:
        """Ids of the bodies whose forms list a nominee at this occasion: of a ranking not whoever makes it."""
        found: list[str] = []
        for rule in self.rules(nominee):
            if self.in_time(rule):
                words = rule.by if rule.how == "proposal" else (ITSELF, PARENT)
                found += self._named(words, nominee)
        return tuple(dict.fromkeys(found))

    def right(self, nominee: Nominee, proposer: str) -> Proposing | None:
        """The rule by which a body may propose a nominee: one that holds at this occasion where there is one; None: it may not."""
        mine = [rule for rule in self.rules(nominee) if proposer in self.bodies(rule, nominee)]
        return next((rule for rule in mine if self.in_time(rule)), mine[0] if mine else None)

    def in_time(self, rule: Proposing) -> bool:
        """Whether the rule holds at this kind of occasion."""
        return not rule.occasions or self.occasion.kind in rule.occasions

    def times(self, rule: Proposing) -> str:
        """dịp sơ kết, tổng kết"""
        return "dịp " + ", ".join(NAMES[kind] for kind in rule.occasions)

    def through(self, nominee: Nominee, proposer: str) -> str:
        """Id of the body that passes a proposal of this body on; "" when it comes straight."""
        rule = self.right(nominee, proposer)
        return self._today(self.body(rule.through)) if rule is not None and rule.through else ""

    def bodies(self, rule: Proposing, nominee: Nominee) -> tuple[str, ...]:
        """Ids of the bodies that one rule lets propose a nominee."""
        return self._named(rule.by if rule.how == "proposal" else (ITSELF, PARENT, *rule.by), nominee)

    def _named(self, words: Sequence[str], nominee: Nominee) -> tuple[str, ...]:
        found = []
        for word in words:
            if word == PARENT:
                found.append(self._today(nominee.manager))
            elif word == ITSELF:
                found.append("" if nominee.person or nominee.id not in self.roster.bodies else nominee.id)
            else:
                found.append(self._today(self.body(word)))
        return tuple(dict.fromkeys(ident for ident in found if ident))

    def _today(self, ident: str) -> str:
        """Who stands in a body's place on the occasion's day."""
        return self.roster.successor(ident, self.occasion.day) if ident in self.roster.bodies else ident

    def body(self, ident: str) -> str:
        """The id in the roster of what the award file names: a body of the roster, or one of the movement file."""
        declared = next((one for one in self.roster.movement.bodies if one.id == ident), None)
        if ident in self.roster.bodies or declared is None:
            return ident
        if declared.roster:
            return declared.roster
        return find_body(self.roster, declared.name, None)[0] or ident

    def name(self, ident: str) -> str:
        """The name of a body on the occasion's day."""
        body = self.roster.bodies.get(ident)
        if body is not None:
            return body.name(self.occasion.day)
        declared = next((one for one in self.roster.movement.bodies if ident in (one.id, one.roster)), None)
        return declared.name if declared is not None else ident

    def named(self, ident: str) -> str:
        """B041 Hiệp hội Doanh nghiệp tỉnh"""
        name = self.name(ident)
        return f"{ident} {name}" if name != ident else ident

    def who(self, nominee: Nominee) -> str:
        """The bodies that may propose a nominee, in words; "" when nobody knows any."""
        return " hoặc ".join(self.named(ident) for ident in self.of(nominee))
