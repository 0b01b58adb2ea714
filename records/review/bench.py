"""What verification looks at: candidates, standings, what was handed in, who has to look at what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from criteria.problems import Problem, of_file
from records.forms.answers import Answers, Dispute
from records.forms.submissions import latest_submissions
from records.indices import known_for
from records.ledger.database import Submission
from records.ledger.entries import Entry, Facts, gather
from records.life.acts import effective_state
from records.life.criteria import Reviewed
from records.life.rights import EXPLAINED, REVERIFIED, SELF, VERIFIED
from records.life.scope import Scope, load_scope
from records.life.standing import Standing, Standings, load_standings
from records.rounds import Round
from records.workspace.folder import Workspace

WAITING = (SELF, EXPLAINED)  # states in which a verifying body owes something
CONCLUDED = (VERIFIED, REVERIFIED)
DISPUTE = "dispute"


@dataclass
class Bench:
    """answers, submissions: what is in force, by candidate. told: facts of `review:PERIOD/BODY`, by body. entry: the last one of the
    ledger when this was read."""

    scope: Scope
    standings: Standings
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)
    told: Mapping[str, Facts] = field(default_factory=dict)
    entry: int = 0
    _known: dict[str, dict[str, dict[str, Entry]]] = field(default_factory=dict)

    def state(self, candidate: str, criterion: str) -> str:
        return effective_state(self.scope, self.standings.of(candidate, criterion), candidate)

    def owner(self, candidate: str, criterion: str) -> str:
        """The body that has to look: what was sent back goes to who asked, while the movement has that body; "" when nobody may."""
        standing = self.standings.of(candidate, criterion)
        asked = standing.body if standing.state == EXPLAINED and self.scope.knows(standing.body) else ""
        return asked or self.scope.verifier(candidate, criterion)

    def cases(self, states: Collection[str] = WAITING) -> Iterator[tuple[str, Reviewed, str]]:
        """(candidate, criterion, body) in these states of everybody who handed in; candidates in order, criteria as in the set."""
        for candidate in self.scope.candidates:
            if candidate not in self.submissions:
                continue
            for criterion in self.scope.of(candidate).values():
                if self.state(candidate, criterion.id) in states:
                    yield candidate, criterion, self.owner(candidate, criterion.id)

    def base(self, standing: Standing) -> str:
        """The stage whose figures a conclusion starts from: what the unit handed in, or explained."""
        return EXPLAINED if standing.state in (EXPLAINED, REVERIFIED) else SELF

    def figure(self, candidate: str, criterion: str, key: str) -> str:
        """What the unit says, as the table reader reads it; "" when nothing."""
        standing = self.standings.of(candidate, criterion)
        handed_in = self.answers.get(candidate, Answers()).figure(key)
        return standing.value(key, handed_in, self.base(standing)) or ""

    def applies(self, candidate: str, criterion: str) -> bool:
        """Whether the unit says that a criterion applies to it."""
        standing = self.standings.of(candidate, criterion)
        claimed = criterion in self.answers.get(candidate, Answers()).claims
        return standing.decided(self.base(standing), claimed)

    def lacking(self, candidate: str, criterion: str, typed: Collection[str] = ()) -> dict[str, str]:
        """Figures nobody has given: label by key. typed: keys that the verifier gives."""
        one = self.scope.of(candidate)[criterion]
        return one.lacking(lambda key: "typed" if key in typed else self.figure(candidate, criterion, key))

    def empty(self, candidate: str, criterion: str) -> dict[str, str]:
        """Figures nobody has given, those the criterion may do without too: label by key."""
        return self.scope.of(candidate)[criterion].empty(lambda key: self.figure(candidate, criterion, key))

    def unknown(self, candidate: str, criterion: str) -> list[str]:
        """Figures from an index or a milestone that nobody has entered, by their labels."""
        layout = self.scope.layout(candidate)
        found = []
        for line in self.scope.of(candidate)[criterion].known:
            declared = line.input
            if declared is None or declared.default is not None or declared.blank_not_applicable:
                continue
            if declared.name in layout.criteria.attributes:
                continue
            entry = self.known(candidate).get(declared.name)
            if entry is None or not entry.value:
                found.append(line.text)
        return found

    def known(self, candidate: str) -> Mapping[str, Entry]:
        """Figures of a candidate from indices and milestones, by measure."""
        file = self.scope.candidates[candidate].set
        if file not in self._known:
            everybody = [one.id for one in self.scope.candidates.values() if one.set == file]
            period = self.scope.round.period
            self._known[file] = known_for(self.scope.workspace, self.scope.layouts[file], everybody, period)
        return self._known[file].get(candidate, {})

    def changed_at(self, candidate: str, criterion: str) -> int:
        """The number of the last entry that changed what a row shows: the form in force, the last act."""
        acts = self.standings.of(candidate, criterion).acts
        handed_in = self.submissions[candidate].entry if candidate in self.submissions else 0
        return max(handed_in, acts[-1].number if acts else 0)

    def register_criterion(self, candidate: str) -> str:
        """The criterion under which disputes about the task register are settled; "" when none reads it."""
        registers = self.scope.layout(candidate).register_tables
        reading = [one for one in self.scope.of(candidate).values() if any(name in registers for name in one.tables)]
        return next((one.id for one in reading if one.leaf), reading[0].id if reading else "")

    def disputes(self, candidate: str, criterion: str) -> list[Dispute]:
        """What the unit says against the register, to be settled here."""
        if candidate not in self.answers or criterion != self.register_criterion(candidate):
            return []
        return self.answers[candidate].disputes

    def settled(self, candidate: str, task: str) -> Entry | None:
        """How a dispute of the form in force was settled."""
        name = f"{DISPUTE}:{candidate}/{task}"
        found = [entry for facts in self.told.values() if (entry := facts.entry(name)) is not None]
        last = max(found, key=lambda entry: entry.number, default=None)
        return last if last is not None and last.number > self.submissions[candidate].entry else None

    def issued(self, body: str) -> list[dict[str, str]]:
        """What is told of every workbook that was issued to a body, oldest first: token, day, deadline."""
        facts = self.told.get(body)
        entries = facts.history("issued") if facts is not None else []
        return [dict(part.partition("=")[::2] for part in entry.value.split("; ")) for entry in entries]

    def collected(self) -> Iterator[tuple[str, Entry]]:
        """(body, entry) of every workbook that was taken in; the place ends with its token."""
        for body, facts in self.told.items():
            for entry in facts.history("collected"):
                yield body, entry


def load_bench(workspace: Workspace, round_: Round, letters: tuple[str, ...] = ()) -> tuple[Bench, list[Problem]]:
    """letters: none means every group."""
    scope, problems = load_scope(workspace, round_, letters)
    return look(scope), problems


def look(scope: Scope) -> Bench:
    """The bench as the ledger stands now."""
    period, database = scope.round.period, scope.workspace.database
    entry = database.last_entry()  # before everything else: what is written meanwhile is noticed
    submissions = latest_submissions(scope.workspace, period)
    return Bench(
        scope,
        load_standings(scope.workspace, period),
        submissions,
        {who: Answers.of_dict(one.answers) for who, one in submissions.items()},
        {
            subject.partition("/")[2]: facts
            for subject, facts in sorted(gather(database.entries(f"review:{period}/")).items())
        },
        entry,
    )


def without_verifier(bench: Bench, candidate: str, criterion: str) -> Problem:
    """Nobody remains who may verify: the movement file has to name an alternate."""
    name = bench.scope.candidates[candidate].name
    message = f"Không còn cơ quan nào được thẩm định tiêu chí {criterion} của {candidate} {name}."
    return of_file(candidate, "verifier-loop", message, "Thêm alternates trong movement.yaml.")
