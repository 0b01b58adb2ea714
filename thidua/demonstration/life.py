"""What follows the forms of the illustrative round: verified, sent back, explained, published for comment, frozen, proved."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from criteria.criteria_set import CriteriaSet
from criteria.problems import ProblemsFound
from records.calendar import limit_problems
from records.forms.answers import Answers
from records.forms.submissions import latest_submissions
from records.ledger.verifying import prove
from records.publication.complaints import (
    REJECTED,
    Complaint,
    add_complaint,
    resolve_complaint,
    scope_of_round,
)
from records.publication.open_points import Wish
from records.publication.published import DRAFT, INTERNAL, OFFICIAL, groups_with_candidates
from records.publication.publishing import prepare
from records.publication.verifying import verify
from records.returns.collect import collect_returns
from records.returns.issue import issue_returns
from records.review.collect import collect_reviews
from records.review.issue import issue_reviews
from records.rounds import close_group
from records.scored.rounds import score_round
from records.scored.sets import ScoredSet
from records.scored.stages import score_stages
from records.software import SOFTWARE
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from reports.ranking.files import stages_file, write_all
from scoring.result import ILLUSTRATION, Result
from thidua.demonstration.days import Days
from thidua.demonstration.generator import gate_figures
from thidua.demonstration.stopping import stop
from thidua.demonstration.verifying import fill_return, fill_review
from thidua.publishing import publish_with_lists

NOTHING_THERE = "Không phát sinh trong kỳ (minh họa)"
REVIEWS, RETURNS = "bieu-tham-dinh", "bieu-giai-trinh"


class Life:
    """outside: the folder of those who fill in. Every day is of the round's own year and the next, never today."""

    def __init__(self, workspace: Workspace, outside: Path, period: str, seed: int) -> None:
        self.workspace, self.outside, self.period = workspace, outside, period
        self.days = Days.of(workspace.movement, period)
        self.rng = random.Random(f"{workspace.movement.id}/{seed}/{period}/life")

    def run(self) -> Iterator[str]:
        """Everything that may happen. Lines to print while it goes. Raises OSError and ProblemsFound."""
        self.close()
        yield ""
        yield self.review(self.days.reviewed)
        yield from self._explained(self.days.explained)
        yield self.review(self.days.reviewed_again, again=True)
        yield from self._stages()
        yield self.publish_drafts()
        yield from self._complaint(self.letters[0])
        for letter in self.letters:
            archive = next(self.publish_official(letter).glob(f"{INTERNAL}-*.zip"))
            proof = verify(archive, SOFTWARE)
            stop(list(proof.problems))
            yield f"Nhóm {letter}: đã công bố chính thức; soát lại gói {archive.name}: giống hệt."
        yield proved(self.workspace)

    def run_shortly(self) -> Iterator[str]:
        """Verified once without sending anything back, published for comment and officially: nothing that the first round shows."""
        self.close()
        yield self.review(self.days.reviewed, returning=False)
        self.publish_drafts()
        for letter in self.letters:
            self.publish_official(letter)
        until, day = self.days.comments_until, self.days.official
        yield f"Công bố dự kiến, lấy ý kiến đến hết ngày {until:%d/%m/%Y}; công bố chính thức ngày {day:%d/%m/%Y}: {len(self.letters)} nhóm."

    def close(self) -> None:
        """Nothing more is taken in."""
        for letter in self.letters:
            stop(close_group(self.workspace, self.period, letter, self.days.closed, f"21/TB-{ILLUSTRATION}"))

    def review(self, day: date, *, again: bool = False, returning: bool = True) -> str:
        """Verification workbooks out, filled in, back; what came of it. again: of what was explained. returning: some is sent back."""
        issued, problems = issue_reviews(self.workspace, self.period, day)
        stop(problems)
        unclear = self._unclear("explained" if again else "self")
        folder = self.outside / f"{REVIEWS}{'-lai' if again else ''}"
        folder.mkdir(parents=True, exist_ok=True)
        kept = self._bounding() if returning else self._bounding() | self._gated()
        for one in issued:
            filled = fill_review(one.path, unclear, self.rng, again, day, kept, returning=returning)
            write_whole(folder / one.path.name, filled)
        run = collect_reviews(self.workspace, self.period, folder, day)
        stop(run.problems)
        counts = list(run.bodies.values())
        told = {
            "chấp nhận": sum(one.accepted for one in counts),
            "sửa": sum(one.corrected for one in counts),
            "trả lại": sum(one.returned for one in counts),
            "quyết định không áp dụng": sum(one.left_out for one in counts),
        }
        what = "thẩm định lại" if again else "thẩm định"
        return f"{len(issued)} cơ quan {what}: " + ", ".join(f"{word} {n}" for word, n in told.items() if n) + "."

    @cached_property
    def letters(self) -> list[str]:
        """Of the groups that somebody belongs to."""
        return groups_with_candidates(self.workspace, self.period)

    def _sets(self) -> list[CriteriaSet]:
        files = [file for group in self.workspace.movement.groups for file in group.sets]
        return [criteria for file in files if (criteria := self.workspace.read_set(file)[0]) is not None]

    def _gated(self) -> set[str]:
        """Keys of figures that gates read."""
        return {f"measure:{name}" for criteria in self._sets() for name in gate_figures(criteria)}

    def _bounding(self) -> set[str]:
        """Keys of figures that are the bound of another."""
        inputs = [one for criteria in self._sets() for one in criteria.inputs.values()]
        return {f"measure:{bound}" for one in inputs for bound in (one.at_most, one.at_least) if isinstance(bound, str)}

    def _unclear(self, stage: str) -> dict[tuple[str, str], str]:
        """Criteria that give no points as they stand, and why: somebody has to decide about them."""
        found, problems = score_round(self.workspace, self.period, (), stage)
        stop(problems)
        unclear = {}
        for one in found:
            for leaf in one.criteria.leaves():
                for row, state in enumerate(_states(one.result, leaf.id)):
                    if state in ("no_evidence", "undefined", "needs_judgement"):
                        unclear[one.result.ids[row], leaf.id] = NOTHING_THERE
        return unclear | self._silent(found) if stage == "self" else unclear

    def _silent(self, scored: Sequence[ScoredSet]) -> dict[tuple[str, str], str]:
        """Criteria that nobody claims not to apply and that still need a decision: a figure is lacking that the points did not need,
        or a gate has nothing to go by (0 of 0 tasks)."""
        scope, problems = scope_of_round(self.workspace, self.period)
        stop(problems)
        assert scope is not None
        latest = latest_submissions(self.workspace, self.period)
        answers = {who: Answers.of_dict(one.answers) for who, one in latest.items()}
        found = [
            (who, ident)
            for who, told in answers.items()
            for ident, criterion in scope.of(who).items()
            if criterion.lacking(told.figure)
        ]
        for one in scored:
            for outcome in one.result.outcomes:
                if outcome.node and outcome.kind != "flag":
                    found += [
                        (ident, outcome.node)
                        for ident, open_ in zip(one.result.ids, outcome.unclear, strict=True)
                        if open_
                    ]
        return {key: NOTHING_THERE for key in found if key[0] in answers and key[1] not in answers[key[0]].claims}

    def _explained(self, day: date) -> Iterator[str]:
        issued, problems = issue_returns(self.workspace, self.period)
        stop(problems)
        folder = self.outside / RETURNS
        folder.mkdir(parents=True, exist_ok=True)
        for one in issued:
            write_whole(folder / one.path.name, fill_return(one.path, self.rng, day, self._bounding()))
        run = collect_returns(self.workspace, self.period, folder, day)
        stop(run.problems)
        yield f"{len(issued)} đơn vị giải trình {sum(len(one.criteria) for one in run.taken)} tiêu chí bị trả lại."

    def _stages(self) -> Iterator[str]:
        found, problems = score_stages(self.workspace, self.period)
        stop(problems)
        files = [
            stages_file(self.workspace, one.last.round, one.last.letter, one.last.file, one.results, one.here)
            for one in found
        ]
        written, problems = write_all(self.workspace.results(self.period), files)
        stop(problems)
        yield f"Đã lập {len(written)} bảng điểm qua các bước."

    def publish_drafts(self) -> str:
        until = self.days.comments_until
        for letter in self.letters:
            self._publish(letter, Wish(DRAFT, self.days.draft, "", "", "", until))
        return f"Đã công bố dự kiến {len(self.letters)} nhóm, lấy ý kiến đến hết ngày {until:%d/%m/%Y}."

    def publish_official(self, letter: str) -> Path:
        """The folder of the publication."""
        decision = f"05/QĐ-{ILLUSTRATION} ngày {self.days.official:%d/%m/%Y}"
        return self._publish(letter, Wish(OFFICIAL, self.days.official, decision, f"01/QĐ-{ILLUSTRATION}", "", None))

    def _complaint(self, letter: str) -> Iterator[str]:
        """One complaint about somebody in a group, looked into and rejected."""
        scope, problems = scope_of_round(self.workspace, self.period)
        stop(problems)
        assert scope is not None
        candidate = next(one.id for one in scope.candidates.values() if one.group == letter)
        day = self.days.complained
        stated = not limit_problems(self.workspace.movement, "complaint")
        until = None if stated else self.days.comments_until  # a movement without time limits
        told = Complaint(
            candidate, day, "Người kiến nghị minh họa", "Đề nghị xem lại số liệu (minh họa)", deadline=until
        )
        made, problems = add_complaint(scope, told, day)
        stop(problems)
        assert made is not None
        decided = f"03/TB-{ILLUSTRATION}"
        _, problems = resolve_complaint(scope, made.number, REJECTED, decided, "Thường trực", self.days.answered)
        stop(problems)
        yield f"Một kiến nghị về {candidate} đã được ghi nhận và giải quyết ({decided})."

    def _publish(self, letter: str, wish: Wish) -> Path:
        made, problems = prepare(self.workspace, self.period, letter, wish)
        stop(problems)
        assert made is not None
        published, problems = publish_with_lists(made)
        stop(problems)
        assert published is not None
        return made.folder


def proved(workspace: Workspace) -> str:
    """What the proof of the ledger says. Raises ProblemsFound when the chain is broken."""
    found = prove(workspace.database)
    if found.breaks:
        raise ProblemsFound([])
    return f"Sổ ghi có {found.entries} mục, chuỗi nguyên vẹn; mã băm mục cuối {found.head[1][:16]}…"


def _states(result: Result, node: str) -> list[str]:
    from scoring import states

    codes = result.state(node)
    return [states.NAMES[0] if codes is None else states.NAMES[int(codes[row])] for row in range(result.size)]
