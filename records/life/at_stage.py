"""What stands at one stage of the candidates of one criteria set: figures, decisions, what still waits and for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from criteria.declarations.movement import WithoutResult
from records.forms.answers import Answers
from records.life.criteria import Reviewed, table_owner
from records.life.rights import AWAITED, CLOSED, EXPLAINED, FINAL, RETURNED, SELF, STATES, VERIFIED
from records.life.standing import Standing, Standings
from records.roster.roster import Candidate
from scoring import states
from scoring.tables import Decision

CLAIM = "đơn vị đề nghị không áp dụng, chờ cơ quan thẩm định quyết định: "
NOT_HANDED_IN = "chưa nộp biểu, chưa xếp hạng"


@dataclass
class AtStage:
    """criteria: what is verified, by id. names: of verifying bodies, by id. without_result: what closing earns."""

    stage: str
    standings: Standings
    criteria: Mapping[str, Reviewed]
    names: Mapping[str, str] = field(default_factory=dict)
    without_result: WithoutResult | None = None

    def __post_init__(self) -> None:
        self._lookers = {line.key: one.id for one in self.criteria.values() for line in (*one.figures, *one.known)}
        self._owners = {line.key: one.id for one in self.criteria.values() for line in one.figures}

    def text(self, candidate: str, key: str, answers: Answers | None) -> str:
        """A figure as it stands; "" while it waits or when nobody gave one."""
        handed_in = answers.figure(key) if answers is not None else ""
        owner = self._owners.get(key)
        if self.stage == SELF or owner is None:
            return handed_in
        return self.standings.of(candidate, owner).value(key, handed_in, self.stage) or ""

    def looked_at(self, candidate: str, key: str) -> bool:
        """Whether people have concluded about the criterion of a figure, so that an empty one says something."""
        owner = self._lookers.get(key)
        return self.stage != SELF and owner is not None and self.standings.of(candidate, owner).has(self.stage)

    def waits(self, candidate: str, key: str) -> bool:
        """Whether a figure that the unit gives has no conclusion at this stage, or was closed without one."""
        owner = self._owners.get(key)
        return self.stage != SELF and owner is not None and not self.standings.of(candidate, owner).has(self.stage)

    def rows(self, candidate: str, table: str, answers: Answers | None) -> list[dict[str, str]]:
        """The rows of an item table the unit fills in, as they stand."""
        given = [dict(row) for row in answers.items.get(table, [])] if answers is not None else []
        owner = table_owner(dict(self.criteria), table)
        if self.stage == SELF or not owner:
            return given
        standing = self.standings.of(candidate, owner)
        if not standing.has(self.stage):
            return []
        concluded = standing.keys(self.stage)
        rows = []
        for number, row in enumerate(given, 1):
            start = f"row:{table}/{number}/"
            filled_in = [
                key.removeprefix(start) for key in concluded if key.startswith(start)
            ]  # where the unit wrote nothing
            columns = dict.fromkeys([*row, *filled_in])
            rows.append({name: standing.value(start + name, row.get(name, ""), self.stage) or "" for name in columns})
        return rows

    def decisions(self, candidates: Sequence[Candidate], answers: Mapping[str, Answers]) -> dict[str, Decision]:
        """By criterion, what people settled or have not settled."""
        found: dict[str, Decision] = {}
        for one in self.criteria.values():
            if not one.leaf:
                continue
            codes, reasons = np.full(len(candidates), states.SCORED, dtype=np.uint8), {}
            for row, candidate in enumerate(candidates):
                said = self._said(candidate.id, one, answers.get(candidate.id))
                if said is not None:
                    codes[row], reasons[row] = said
            if reasons:
                found[one.id] = Decision(codes, reasons)
        return found

    def unplaced(self, candidates: Sequence[Candidate], answers: Mapping[str, Answers]) -> dict[int, str]:
        """By row, why a candidate takes no place: it handed nothing in, or everything was closed without result."""
        found = {row: NOT_HANDED_IN for row, one in enumerate(candidates) if one.id not in answers}
        if self.stage == FINAL:
            for row, one in enumerate(candidates):
                if self.all_closed(one.id):
                    found[row] = f"{STATES[CLOSED]}, không xếp hạng"
        return found

    def left_out(self, candidate: str) -> bool:
        """Whether a candidate is not listed at all."""
        rule = self.without_result
        out = self.stage == FINAL and rule is not None and rule.everything == "left_out"
        return out and self.all_closed(candidate)

    def all_closed(self, candidate: str) -> bool:
        return bool(self.criteria) and all(
            self.standings.of(candidate, criterion).closed for criterion in self.criteria
        )

    def open(self, candidates: Sequence[Candidate]) -> Iterator[tuple[str, str, Standing]]:
        """Candidate, criterion and standing of everything nobody has concluded yet."""
        for candidate in candidates:
            for criterion in self.criteria:
                standing = self.standings.of(candidate.id, criterion)
                if not standing.closed and not standing.has(FINAL):
                    yield candidate.id, criterion, standing

    def _said(self, candidate: str, one: Reviewed, answers: Answers | None) -> tuple[int, str] | None:
        claim = answers.claims.get(one.id, "") if answers is not None else ""
        if self.stage == SELF:
            return (states.DOES_NOT_APPLY, CLAIM + claim) if claim else None
        standing = self.standings.of(candidate, one.id)
        if standing.closed and self.stage == FINAL:
            left_out = self.without_result is not None and self.without_result.criterion == "left_out"
            said = f"{STATES[CLOSED]}: {standing.reason} ({standing.source})"
            return (states.DOES_NOT_APPLY if left_out else states.CLOSED), said
        if not standing.has(self.stage):
            return self._waiting(standing)
        if not standing.decided(self.stage, bool(claim)):
            return states.DOES_NOT_APPLY, self._why_out(standing, claim)
        for owner in self.needed(one):
            other = self.standings.of(candidate, owner)
            if not other.closed and not other.has(self.stage):
                return states.NOT_VERIFIED, f"chờ thẩm định tiêu chí {owner}, nơi có số liệu dùng chung"
        return None

    def closed_behind(self, candidate: str, names: Collection[str]) -> bool:
        """Whether one of these figures, by name of the measure, belongs to a criterion that was closed without result."""
        owners = {self._owners.get(f"measure:{name}", "") for name in names} - {""}
        return any(self.standings.of(candidate, owner).closed for owner in owners)

    def _waiting(self, standing: Standing) -> tuple[int, str]:
        who = self.names.get(standing.body, standing.body)
        sent_back = standing.state == RETURNED or (
            standing.state != CLOSED and self.stage == VERIFIED and standing.body
        )
        if (sent_back and standing.state in (RETURNED, EXPLAINED)) or (sent_back and EXPLAINED in standing.passed):
            why = f": {standing.reason}" if standing.state == RETURNED and standing.reason else ""
            return states.RETURNED, f"{who} trả lại{why}"
        if standing.state == EXPLAINED:
            return states.NOT_VERIFIED, f"đã giải trình, chờ {who} thẩm định lại"
        if standing.state == AWAITED:
            return states.NOT_VERIFIED, STATES[AWAITED]
        return states.NOT_VERIFIED, STATES[SELF if standing.state != CLOSED else CLOSED]

    def needed(self, one: Reviewed) -> set[str]:
        """Criteria whose figures or rows this one reads."""
        tables = {table_owner(dict(self.criteria), table) for table in one.tables if table not in one.owns}
        return ({owner for _, owner in one.shared} | tables) - {"", one.id}

    def _why_out(self, standing: Standing, claim: str) -> str:
        out = standing.left_out_by(self.stage)
        author, reason, source = (out.author, out.reason, out.source) if out else (standing.body, "", standing.source)
        who = self.names.get(author, author)
        said = "; ".join(part for part in (reason or claim, source) if part)
        return f"{who} quyết định không áp dụng: {said}"
