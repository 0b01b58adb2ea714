"""What a vote decides of every case: passed, not passed, chosen out of a tie or not, or still to be decided, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from criteria.problems import WARNING, Problem
from nominations.council import columns as c
from nominations.council.pack import Line, Pack, Tie
from nominations.council.tally import Counted
from nominations.council.votes import Votes, denominator, in_favour, passes


class Decision(Enum):
    """The value is what people read."""

    PASSED = "thông qua"
    FAILED = "không thông qua"
    NOT_CHOSEN = "đạt số phiếu, không được chọn trong nhóm bằng nhau"
    WAITS = "chưa quyết định"
    HIGHER = "đã được đề nghị hình thức cao hơn"


@dataclass(frozen=True)
class Outcome:
    """votes: of the case. sentence: the arithmetic. tie: chosen out of a tie (True) or not (False), None when nothing was to choose.
    why: what else led to it, "" nothing."""

    line: Line
    votes: Votes
    decision: Decision
    sentence: str
    tie: bool | None = None
    why: str = ""


def settle(pack: Pack, rows: Sequence[Counted], votes: Mapping[str, Votes]) -> tuple[list[Outcome], list[Problem]]:
    """The outcome of every case, in the order of the list; what contradicts itself. votes: of every row, by key."""
    work = _Settling(pack, {one.line.key: one for one in rows}, votes)
    for award in pack.awards:
        lines = pack.of_award(award.id)
        for line in lines:
            if not line.tie:
                work.alone(line)
        for tie in pack.ties:
            if tie.award == award.id:
                work.tied(tie, [one for one in lines if one.tie == tie.number])
    return [work.found[one.key] for one in pack.lines], work.problems


class _Settling:
    """Awards are walked from the highest to the lowest: what is decided of a higher one is known to the lower ones."""

    def __init__(self, pack: Pack, rows: Mapping[str, Counted], votes: Mapping[str, Votes]) -> None:
        self.pack, self.rows, self.votes = pack, rows, votes
        self.found: dict[str, Outcome] = {}
        self.problems: list[Problem] = []

    def alone(self, line: Line) -> None:
        row = self.rows[line.key]
        for marked, place in ((row.chosen, c.CHOSEN), (row.chairs_side, c.CHAIRS_SIDE)):
            if marked:
                message = "Dòng này không thuộc nhóm bằng nhau, không chọn."
                self.problems.append(row.problem(place, message, "Xóa dấu x."))
        self._told(line, self._by_votes(line))

    def _by_votes(self, line: Line) -> tuple[Decision, str]:
        """By the votes of the case itself, and by what became of a higher award."""
        passed, _ = passes(self.votes[line.key], self.pack.rule, line.vote.share)
        if not passed:
            return Decision.FAILED, ""
        if line.after:
            higher = self._higher(line)
            if higher is Decision.PASSED:
                return Decision.HIGHER, f"đã được thông qua {line.after}"
            if higher is None or higher is Decision.WAITS:
                return Decision.WAITS, f"chờ kết quả {line.after}"
        return Decision.PASSED, ""

    def _higher(self, line: Line) -> Decision | None:
        """What was decided of the award a case waits for; None when this meeting does not decide it."""
        waited = next(
            (one for one in self.pack.lines if one.nominee == line.nominee and one.award.name == line.after), None
        )
        found = self.found.get(waited.key) if waited is not None else None
        return found.decision if found is not None else None

    def tied(self, tie: Tie, lines: Sequence[Line]) -> None:
        """Cases of which not all fit. Who does not reach the share is out; of the others the chosen ones, from many votes to few."""
        first = {line.key: self._by_votes(line) for line in lines}
        open_ = [line for line in lines if first[line.key][0] is Decision.PASSED]
        waiting = [line for line in lines if first[line.key][0] is Decision.WAITS]
        before = len(self.problems)
        self.problems += self._contradictions(tie, lines, open_)
        chosen = [line for line in open_ if self.rows[line.key].chosen]
        why = ""
        if len(self.problems) > before:
            why = "phiếu kiểm có chỗ mâu thuẫn"
        elif waiting:
            why = f"chờ kết quả hình thức cao hơn của {', '.join(one.nominee for one in waiting)}"
        elif not chosen and len(open_) > tie.seats:
            why = f"{len(open_)} trường hợp bằng nhau, còn {tie.seats} chỉ tiêu, chưa chọn"
        elif self._equal(chosen, open_) and not all(
            self.rows[one.key].chairs_side for one in self._equal(chosen, open_)
        ):
            why = "số phiếu bằng nhau"
        for line in lines:
            decision, said = first[line.key]
            if decision is not Decision.PASSED:
                self._told(line, (decision, said))
            elif why:
                self._told(line, (Decision.WAITS, why))
            elif len(chosen) in (0, len(open_)):
                self._told(line, (Decision.PASSED, "số trường hợp đạt phiếu không còn vượt chỉ tiêu"))
            else:
                self._choice(line, line in chosen, chosen, open_)
        if why and len(self.problems) == before:
            message = f"Nhóm bằng nhau {tie.number} chưa quyết định được: {why}."
            hint = "Các trường hợp này tiếp tục chờ; số phiếu bằng nhau thì ghi theo phía chủ tọa kèm lý do."
            self.problems.append(self.rows[lines[0].key].problem(c.CHOSEN, message, hint, WARNING))

    def _choice(self, line: Line, chosen: bool, all_: Sequence[Line], open_: Sequence[Line]) -> None:
        row = self.rows[line.key]
        if chosen:
            side = f"số phiếu bằng nhau, theo phía chủ tọa: {row.reason}" if row.chairs_side else "nhiều phiếu hơn"
            self._told(line, (Decision.PASSED, f"được chọn trong nhóm bằng nhau ({side})"), tie=True)
        else:
            named = ", ".join(one.nominee for one in all_)
            self._told(line, (Decision.NOT_CHOSEN, f"chọn {named}"), tie=False)

    def _contradictions(self, tie: Tie, lines: Sequence[Line], open_: Sequence[Line]) -> Iterator[Problem]:
        chosen = [line for line in lines if self.rows[line.key].chosen]
        if len(chosen) > tie.seats:
            message = f"Chọn {len(chosen)}, nhóm bằng nhau {tie.number} chỉ còn {tie.seats}."
            yield self.rows[chosen[-1].key].problem(c.CHOSEN, message, "Chỉ chọn trong số còn lại.")
        for line in chosen:
            if line not in open_:
                message = f"Chọn {line.nominee} mà không đạt số phiếu, hoặc đã được hình thức cao hơn."
                yield self.rows[line.key].problem(c.CHOSEN, message, "Xóa dấu x.")
        left = [line for line in open_ if line not in chosen]
        for line in chosen:
            more = [one.nominee for one in left if self._share(one) > self._share(line)]
            if more and line in open_:
                message = f"Chọn {line.nominee} ít phiếu hơn {', '.join(more)}."
                yield self.rows[line.key].problem(c.CHOSEN, message, "Lấy từ phiếu cao xuống thấp.")
        equal = self._equal([one for one in chosen if one in open_], open_)
        for line in lines:
            row = self.rows[line.key]
            if row.chairs_side and line not in equal:
                message = f"{line.nominee}: ghi theo phía chủ tọa mà không phải chọn giữa các trường hợp cùng số phiếu."
                yield row.problem(c.CHAIRS_SIDE, message, "Xóa dấu x.")
            elif row.chairs_side and not row.reason:
                yield row.problem(c.REASON, "Theo phía chủ tọa mà không nêu lý do.", "Ghi lý do.")

    def _equal(self, chosen: Sequence[Line], open_: Sequence[Line]) -> list[Line]:
        """Chosen cases with as many votes as one that was not chosen."""
        left = {self._share(line) for line in open_ if line not in chosen}
        return [line for line in chosen if self._share(line) in left]

    def _share(self, line: Line) -> Fraction:
        votes = self.votes[line.key]
        whole = denominator(votes, self.pack.rule)
        return Fraction(in_favour(votes, self.pack.rule), whole) if whole > 0 else Fraction(0)

    def _told(self, line: Line, decided: tuple[Decision, str], tie: bool | None = None) -> None:
        votes = self.votes[line.key]
        _, sentence = passes(votes, self.pack.rule, line.vote.share)
        self.found[line.key] = Outcome(line, votes, decided[0], sentence, tie, decided[1])
