"""What follows the forms of the illustrative round: verified, sent back, explained, published for comment, frozen, proved."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from criteria.problems import Problem, ProblemsFound, errors
from records.calendar import limit_problems
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
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from reports.ranking.files import stages_file, write_all
from scoring.result import ILLUSTRATION, Result
from thidua.demonstration.verifying import fill_return, fill_review
from thidua.publishing import SOFTWARE, publish_with_lists
from thidua.round_scoring import score_round
from thidua.stage_scoring import score_stages

REVIEWS, RETURNS = "bieu-tham-dinh", "bieu-giai-trinh"


class Life:
    """outside: the folder of those who fill in. Every day is of the round's own year and the next, never today."""

    def __init__(self, workspace: Workspace, outside: Path, period: str, year: int, seed: int) -> None:
        self.workspace, self.outside, self.period, self.year = workspace, outside, period, year
        self.rng = random.Random(f"{workspace.movement.id}/{seed}/{year}/life")

    def run(self) -> Iterator[str]:
        """Lines to print while it goes. Raises OSError and ProblemsFound."""
        for letter in groups_with_candidates(self.workspace, self.period):
            _stop(close_group(self.workspace, self.period, letter, date(self.year, 12, 4), f"21/TB-{ILLUSTRATION}"))
        yield ""
        yield from self._reviewed(date(self.year, 12, 7), again=False)
        yield from self._explained(date(self.year, 12, 18))
        yield from self._reviewed(date(self.year, 12, 21), again=True)
        yield from self._stages()
        yield from self._published()

    def _reviewed(self, day: date, *, again: bool) -> Iterator[str]:
        issued, problems = issue_reviews(self.workspace, self.period, day)
        _stop(problems)
        unclear = self._unclear("explained" if again else "self")
        folder = self.outside / f"{REVIEWS}{'-lai' if again else ''}"
        folder.mkdir(parents=True, exist_ok=True)
        for one in issued:
            write_whole(folder / one.path.name, fill_review(one.path, unclear, self.rng, again, day, self._bounding()))
        run = collect_reviews(self.workspace, self.period, folder, day)
        _stop(run.problems)
        counts = list(run.bodies.values())
        told = {
            "chấp nhận": sum(one.accepted for one in counts),
            "sửa": sum(one.corrected for one in counts),
            "trả lại": sum(one.returned for one in counts),
            "quyết định không áp dụng": sum(one.left_out for one in counts),
        }
        what = "thẩm định lại" if again else "thẩm định"
        yield f"{len(issued)} cơ quan {what}: " + ", ".join(f"{word} {n}" for word, n in told.items() if n) + "."

    def _bounding(self) -> set[str]:
        """Keys of figures that are the bound of another."""
        files = [file for group in self.workspace.movement.groups for file in group.sets]
        sets = [criteria for file in files if (criteria := self.workspace.read_set(file)[0]) is not None]
        inputs = [one for criteria in sets for one in criteria.inputs.values()]
        return {f"measure:{bound}" for one in inputs for bound in (one.at_most, one.at_least) if isinstance(bound, str)}

    def _unclear(self, stage: str) -> dict[tuple[str, str], str]:
        """Criteria that give no points as they stand, and why: somebody has to decide about them."""
        found, problems = score_round(self.workspace, self.period, (), stage)
        _stop(problems)
        unclear = {}
        for one in found:
            for leaf in one.criteria.leaves():
                for row, state in enumerate(_states(one.result, leaf.id)):
                    if state in ("no_evidence", "undefined", "needs_judgement"):
                        unclear[one.result.ids[row], leaf.id] = "Không phát sinh trong kỳ (minh họa)"
        return unclear

    def _explained(self, day: date) -> Iterator[str]:
        issued, problems = issue_returns(self.workspace, self.period)
        _stop(problems)
        folder = self.outside / RETURNS
        folder.mkdir(parents=True, exist_ok=True)
        for one in issued:
            write_whole(folder / one.path.name, fill_return(one.path, self.rng, day, self._bounding()))
        run = collect_returns(self.workspace, self.period, folder, day)
        _stop(run.problems)
        yield f"{len(issued)} đơn vị giải trình {sum(len(one.criteria) for one in run.taken)} tiêu chí bị trả lại."

    def _stages(self) -> Iterator[str]:
        found, problems = score_stages(self.workspace, self.period)
        _stop(problems)
        files = [
            stages_file(self.workspace, one.last.round, one.last.letter, one.last.file, one.results, one.here)
            for one in found
        ]
        written, problems = write_all(self.workspace.results(self.period), files)
        _stop(problems)
        yield f"Đã lập {len(written)} bảng điểm qua các bước."

    def _published(self) -> Iterator[str]:
        year = self.year + 1
        letters = groups_with_candidates(self.workspace, self.period)
        for letter in letters:
            self._publish(letter, Wish(DRAFT, date(year, 1, 11), "", "", "", date(year, 1, 25)))
        yield f"Đã công bố dự kiến {len(letters)} nhóm, lấy ý kiến đến hết ngày 25/01/{year}."
        yield from self._complaint(letters[0])
        for letter in letters:
            decision = f"05/QĐ-{ILLUSTRATION} ngày 01/02/{year}"
            made = self._publish(letter, Wish(OFFICIAL, date(year, 2, 1), decision, f"01/QĐ-{ILLUSTRATION}", "", None))
            archive = next(made.glob(f"{INTERNAL}-*.zip"))
            proof = verify(archive, SOFTWARE)
            _stop(list(proof.problems))
            yield f"Nhóm {letter}: đã công bố chính thức; soát lại gói {archive.name}: giống hệt."
        found = prove(self.workspace.database)
        if found.breaks:
            raise ProblemsFound([])
        yield f"Sổ ghi có {found.entries} mục, chuỗi nguyên vẹn; mã băm mục cuối {found.head[1][:16]}…"

    def _complaint(self, letter: str) -> Iterator[str]:
        """One complaint about somebody in a group, looked into and rejected."""
        scope, problems = scope_of_round(self.workspace, self.period)
        _stop(problems)
        assert scope is not None
        candidate = next(one.id for one in scope.candidates.values() if one.group == letter)
        day = date(self.year + 1, 1, 18)
        stated = not limit_problems(self.workspace.movement, "complaint")
        until = None if stated else date(self.year + 1, 1, 25)  # a movement without time limits
        told = Complaint(
            candidate, day, "Người kiến nghị minh họa", "Đề nghị xem lại số liệu (minh họa)", deadline=until
        )
        made, problems = add_complaint(scope, told, day)
        _stop(problems)
        assert made is not None
        decided = f"03/TB-{ILLUSTRATION}"
        _, problems = resolve_complaint(
            scope, made.number, REJECTED, decided, "Thường trực", date(self.year + 1, 1, 22)
        )
        _stop(problems)
        yield f"Một kiến nghị về {candidate} đã được ghi nhận và giải quyết ({decided})."

    def _publish(self, letter: str, wish: Wish) -> Path:
        made, problems = prepare(self.workspace, self.period, letter, wish)
        _stop(problems)
        assert made is not None
        published, problems = publish_with_lists(made)
        _stop(problems)
        assert published is not None
        return made.folder


def _states(result: Result, node: str) -> list[str]:
    from scoring import states

    codes = result.state(node)
    return [states.NAMES[0] if codes is None else states.NAMES[int(codes[row])] for row in range(result.size)]


def _stop(problems: list[Problem]) -> None:
    """Nothing made here may be wrong by itself."""
    if errors(problems):
        raise ProblemsFound(problems)
