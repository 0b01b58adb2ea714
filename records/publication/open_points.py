"""What keeps the result of a group from being published: all of it, counted, with the first examples."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from criteria.expressions.terms import Measured, Term
from criteria.problems import Problem, of_file
from records.life.at_stage import AtStage
from records.life.rights import STATES as STANDINGS
from records.life.scope import Scope
from records.publication.complaints import Complaint, complaints
from records.publication.published import DRAFT, OFFICIAL, POINTS_DECISION, Publication, publications
from records.roster.roster import load_roster
from records.rounds import Round
from records.scored.sets import ScoredSet
from records.workspace.folder import Workspace
from scoring import states
from scoring.node_result import deep_terms
from scoring.result import Result

MOST_EXAMPLES = 20
_BY_PEOPLE = (states.NOT_VERIFIED, states.RETURNED)  # said once already, by body


@dataclass(frozen=True)
class OpenPoint:
    """One thing that is open. examples: the first of them."""

    message: str
    hint: str
    count: int = 1
    examples: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        shown = "; ".join(self.examples)
        more = self.count - len(self.examples)
        tail = f"; và {more} mục khác" if self.examples and more > 0 else ""
        return f"{self.message}: {shown}{tail}." if shown else f"{self.message}."


@dataclass(frozen=True)
class Wish:
    """What somebody wants to publish. decision: of the result. points_decision: of the points, when a set is on trial."""

    stage: str
    day: date
    decision: str = ""
    points_decision: str = ""
    reason: str = ""
    comments_until: date | None = None


def open_points(scope: Scope, letter: str, scored: Sequence[ScoredSet], result: str, wish: Wish) -> list[OpenPoint]:
    """Everything that is open; nothing when the group may be published. result: see records.publication.archive.result_sha256."""
    workspace, round_ = scope.workspace, scope.round
    found = [
        *_round_points(round_, letter),
        *_doubts(workspace, round_, letter, scored),
        *_not_concluded(scope, scored),
    ]
    for one in scored:
        found += _unsettled(one)
    known = publications(workspace, round_.period).get(letter, [])
    if wish.stage == OFFICIAL:
        found += _official(workspace, round_, letter, scored, result, wish, known)
    elif any(one.stage == OFFICIAL for one in known):
        found.append(
            OpenPoint("Nhóm đã công bố chính thức", "Đính chính kết quả: công bố lại --stage chinh-thuc --reason.")
        )
    elif known and known[-1].result == result:
        text = f"Kết quả này đã công bố dự kiến ngày {known[-1].day:%d/%m/%Y} (lần {known[-1].version})"
        found.append(OpenPoint(text, "Không cần công bố lại."))
    return found


def as_problems(period: str, letter: str, points: Sequence[OpenPoint]) -> list[Problem]:
    return [of_file(f"kỳ {period} nhóm {letter}", "publish-open", one.text, one.hint) for one in points]


def points_decision(workspace: Workspace, period: str, letter: str) -> str:
    """The document that decided the points of a group, as entered; "" while there is none."""
    told = workspace.database.entries(f"publication:{period}/{letter}")
    subject = f"publication:{period}/{letter}"
    return next((e.value for e in reversed(told) if e.subject == subject and e.field == POINTS_DECISION), "")


def _round_points(round_: Round, letter: str) -> Iterator[OpenPoint]:
    state = round_.group(letter)
    if state.roster_until is None:
        hint = f"thidua round close-roster {round_.period} --group {letter}"
        yield OpenPoint("Danh sách đối tượng của nhóm chưa chốt", hint)
    if state.closed is None:
        hint = f"thidua round close {round_.period} --group {letter} --decision …"
        yield OpenPoint("Nhóm chưa khóa, còn nhận biểu", hint)


def _doubts(workspace: Workspace, round_: Round, letter: str, scored: Sequence[ScoredSet]) -> Iterator[OpenPoint]:
    """Who may or may not be a candidate of the closed roster. Whoever the roster of today is sure to leave out is settled: a closed
    roster is not opened again, so that an answer that came later could never be given."""
    here, unsure = load_roster(workspace).candidates(letter, round_.window.first, round_.window.last)
    open_still = {one.id for one in here} | {one.body for one in unsure}
    doubts = [doubt for one in scored for doubt in one.made.doubts if doubt.body in open_still]
    found = list(dict.fromkeys(f"{doubt.body} {doubt.message.rstrip('.')}" for doubt in doubts))
    if found:
        message = f"{len(found)} nơi trong danh sách chưa rõ có phải đối tượng không"
        yield OpenPoint(message, "Xem: thidua roster check.", len(found), tuple(found[:MOST_EXAMPLES]))


def _not_concluded(scope: Scope, scored: Sequence[ScoredSet]) -> Iterator[OpenPoint]:
    """By the body that owes it."""
    by_body: dict[str, list[str]] = {}
    for one in scored:
        assert isinstance(one.made.stage, AtStage)
        for candidate, criterion, standing in one.made.stage.open(one.made.candidates):
            if not scope.of(candidate)[criterion].leaf and not scope.of(candidate)[criterion].bodies:
                continue
            body = standing.body or scope.verifier(candidate, criterion)
            said = f"{candidate} {criterion} ({STANDINGS[standing.state]})"
            by_body.setdefault(body, []).append(said)
    for body, texts in sorted(by_body.items()):
        who = scope.body_name(body) if body else "chưa có cơ quan thẩm định"
        hint = "Kết luận (thidua review collect), hoặc đóng không có kết quả theo quyết định."
        yield OpenPoint(f"{len(texts)} tiêu chí chưa kết luận – {who}", hint, len(texts), tuple(texts[:MOST_EXAMPLES]))


def _unsettled(one: ScoredSet) -> Iterator[OpenPoint]:
    """Concluded, and still without a settled state: figures missing, a division by zero, a mark that nobody gave."""
    result = one.result
    for code in range(len(states.NAMES)):
        if not states._WAITING[code] or code in _BY_PEOPLE or code == states.OPEN:
            continue
        texts: list[str] = []
        count = 0
        for node, _ in result.printed:
            state = result.state(node)
            held = () if state is None else np.flatnonzero(np.broadcast_to(state == code, (result.size,)))
            count += len(held)
            texts += [f"{result.ids[row]} {node}" for row in held[: MOST_EXAMPLES - len(texts)]]
        if count:
            hint = "Bổ sung số liệu, cho điểm, quyết định không áp dụng, hoặc đóng theo quyết định."
            yield OpenPoint(f"{count} mục {states.VIETNAMESE[code]}", hint, count, tuple(texts))
    for outcome in result.outcomes:
        held = np.flatnonzero(np.broadcast_to(np.asarray(outcome.unclear), (result.size,)))
        names = set(_measures(result, outcome.control.need.term))
        unclear = [row for row in held if not _closed_behind(one, result.ids[row], names)]
        if outcome.kind != "flag" and unclear:
            examples = tuple(result.ids[row] for row in unclear[:MOST_EXAMPLES])
            message = f"{len(unclear)} đối tượng chưa kết luận được điều kiện “{outcome.control.say}”"
            yield OpenPoint(message, "Bổ sung số liệu của điều kiện.", len(unclear), examples)


def _measures(result: Result, term: Term) -> Iterator[str]:
    """Names of the figures that a term reads."""
    for part in deep_terms(result.set, term, set()):
        if isinstance(part, Measured):
            derived = result.set.derived.get(part.name)
            yield from [part.name] if derived is None else _measures(result, derived)


def _closed_behind(one: ScoredSet, candidate: str, names: Collection[str]) -> bool:
    """Whether a condition stays undecided by decision: a criterion whose figure it reads was closed without result."""
    return one.made.stage is not None and one.made.stage.closed_behind(candidate, names)


def _official(
    workspace: Workspace,
    round_: Round,
    letter: str,
    scored: Sequence[ScoredSet],
    result: str,
    wish: Wish,
    known: Sequence[Publication],
) -> Iterator[OpenPoint]:
    before = [one for one in known if one.stage == OFFICIAL]
    if not wish.decision.strip():
        yield OpenPoint("Công bố chính thức phải có văn bản", 'Thêm --decision "số, ngày văn bản".')
    trial = [one.file for one in scored if one.result.set.trial]
    if trial and not (wish.points_decision.strip() or points_decision(workspace, round_.period, letter)):
        hint = 'Thêm --points-decision "số, ngày văn bản quyết định điểm".'
        message = "Điểm đang là điểm thử, chưa có văn bản của cấp có thẩm quyền"
        yield OpenPoint(message, hint, len(trial), tuple(trial[:MOST_EXAMPLES]))
    if before:
        yield from _again(before[-1], result, wish)
        return
    draft = next((one for one in reversed(known) if one.stage == DRAFT and one.result == result), None)
    if draft is None:
        hint = f"thidua publish {round_.period} --group {letter} --stage {DRAFT}"
        last = next((one for one in reversed(known) if one.stage == DRAFT), None)
        what = "chưa công bố dự kiến" if last is None else f"khác bản dự kiến lần {last.version}"
        yield OpenPoint(f"Kết quả này {what}", hint)
    elif draft.comments_until is None or wish.day <= draft.comments_until:
        until = f"{draft.comments_until:%d/%m/%Y}" if draft.comments_until else "không rõ ngày"
        yield OpenPoint(f"Thời hạn góp ý chưa hết (đến hết ngày {until})", "Công bố chính thức sau ngày đó.")
    yield from _complaints(complaints(workspace, round_.period), scored, draft.comments_until if draft else None)


def _again(before: Publication, result: str, wish: Wish) -> Iterator[OpenPoint]:
    if before.result == result:
        text = f"Kết quả không khác bản chính thức lần {before.version} ngày {before.day:%d/%m/%Y}"
        yield OpenPoint(text, "Chỉ công bố lại khi kiểm tra hoặc kiến nghị làm kết quả thay đổi.")
    if not wish.reason.strip():
        yield OpenPoint(
            f"Nhóm đã công bố chính thức (lần {before.version})", 'Bản đính chính phải có --reason "lý do".'
        )
    if wish.day < before.day:
        yield OpenPoint(f"Ngày công bố trước bản chính thức lần {before.version}", "Ghi lại --on.")


def _complaints(told: Sequence[Complaint], scored: Sequence[ScoredSet], until: date | None) -> Iterator[OpenPoint]:
    """Those still open that came in while comments were asked for; later ones hold the candidate's dossier."""
    ours = {candidate.id for one in scored for candidate in one.made.candidates}
    waiting = [
        f"số {one.number} ({one.candidate})"
        for one in told
        if one.open and one.candidate in ours and (until is None or one.day <= until)
    ]
    if waiting:
        message = f"{len(waiting)} kiến nghị, phản ánh chưa giải quyết"
        hint = "thidua complaint resolve"
        yield OpenPoint(message, hint, len(waiting), tuple(waiting[:MOST_EXAMPLES]))
