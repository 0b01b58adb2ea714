"""The only writer of scores: acts, held against the table of rights, entered together or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from criteria.problems import Problem, of_file
from criteria.shapes.given import Given
from records.forms.answers import Answers, EvidenceItem
from records.forms.submissions import latest_submissions
from records.ledger.entries import Entry
from records.life.rights import (
    ACTIONS,
    AWAITED,
    CONCLUSIONS,
    EXPLAINED,
    FINAL,
    FROZEN,
    RETURNED,
    REVERIFIED,
    ROLES,
    SELF,
    STATES,
    UNIT,
    VERIFIED,
    VERIFIER,
    allowed,
    may,
    stage_of,
    state_after,
)
from records.life.scope import Scope
from records.life.standing import Standing, Standings, load_standings
from records.panels.proof import backed, rests_on
from records.publication.published import frozen_groups
from records.tables.cells import CellError, read_cell
from records.tables.sheets import Cell

NEEDS_REASON = ("correct", "leave_out", "send_back", "close", "reopen", "revise", "extend")


@dataclass(frozen=True)
class Act:
    """What one person does to one criterion of one candidate.

    author: who, in the role: the id of a body, of a candidate, a name. figures: by key, as the table reader reads them: all that
    are given with `correct`, `explain` and `revise`. place: the cell it was read from. evidence: hash or number of what proves it.
    applies: with `revise`; True with `accept` of what a panel judged against a claim (đề nghị không áp dụng), with `explain` of a
    criterion without figures, which withdraws a claim.
    """

    candidate: str
    criterion: str
    action: str
    role: str
    author: str
    figures: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    source: str = ""
    place: str = ""
    evidence: str = ""
    explanation: str = ""
    deadline: date | None = None
    items: tuple[EvidenceItem, ...] = ()
    applies: bool | None = None


class LedgerMoved(Exception):
    """Somebody else has written since the caller looked."""


def perform(
    scope: Scope,
    acts: Sequence[Act],
    also: Sequence[Entry] = (),
    at: int | None = None,
    day: date | None = None,
) -> tuple[int, list[Problem]]:
    """Enter acts in one transaction: how many said something new, or nothing and every reason why not. Raises OSError.

    also: entries about no score that become visible together with the acts, after them. at: the last entry of the ledger when the
    caller looked; raises LedgerMoved when it is no longer the last. day: on which they were done, when it is not the day of entering.
    """
    if not acts and not also:
        return 0, []
    with scope.workspace.database.writing() as writer:
        if at is not None and writer.head[0] != at:
            raise LedgerMoved
        scope.frozen = frozenset(frozen_groups(scope.workspace, scope.round.period))  # somebody may just have published
        standings = load_standings(scope.workspace, scope.round.period)
        handed_in = {
            who: Answers.of_dict(one.answers)
            for who, one in latest_submissions(scope.workspace, scope.round.period).items()
        }
        entries: list[Entry] = []
        problems: list[Problem] = []
        done = 0
        for act in acts:
            found = _refused(scope, standings, handed_in, act)
            problems += found
            if not found:
                new = [replace(entry, valid_from=day) for entry in _entries(scope, standings, handed_in, act)]
                done += bool(new)
                entries += new
                for entry in new:  # what was just said holds for the acts that follow
                    criterion, _, name = entry.field.partition("/")
                    key = act.candidate, criterion
                    standings.found.setdefault(key, standings.of(*key)).take(name, entry)
        if problems:
            return 0, problems
        writer.append([*entries, *also])
    return done, []


def refusals(scope: Scope, acts: Sequence[Act]) -> list[Problem]:
    """Why acts may not be entered, without entering any: for files that are wrong already, whose every mistake is told."""
    standings = load_standings(scope.workspace, scope.round.period)
    latest = latest_submissions(scope.workspace, scope.round.period)
    handed_in = {who: Answers.of_dict(one.answers) for who, one in latest.items()}
    return [problem for act in acts for problem in _refused(scope, standings, handed_in, act)]


def revise(
    scope: Scope,
    candidate: str,
    criterion: str,
    figures: Mapping[str, str],
    author: str,
    role: str,
    reason: str,
    document: str,
    applies: bool | None = None,
    also: Sequence[Entry] = (),
    at: int | None = None,
) -> tuple[int, list[Problem]]:
    """Give figures at the stage `final`: an inspection finding or an upheld complaint, with its document."""
    act = Act(candidate, criterion, "revise", role, author, figures, reason, document, applies=applies)
    return perform(scope, [act], also, at)


def effective_state(scope: Scope, standing: Standing, candidate: str) -> str:
    """The state rights are asked for: an official publication stands over every other."""
    return FROZEN if scope.candidates[candidate].group in scope.frozen else standing.state


def _refused(scope: Scope, standings: Standings, handed_in: Mapping[str, Answers], act: Act) -> list[Problem]:
    """Why an act may not be entered; nothing when it may."""
    if act.candidate not in scope.candidates or act.criterion not in scope.of(act.candidate):
        what = f"{act.candidate} {act.criterion}"
        return [_problem(act, "unknown-candidate", f"Kỳ {scope.round.period} không có đối tượng hoặc tiêu chí {what}.")]
    standing = standings.of(act.candidate, act.criterion)
    state = effective_state(scope, standing, act.candidate)
    problems = []
    if not may(act.role, state, act.action):
        what = f"{ROLES[act.role]} không được phép {ACTIONS[act.action]}"
        message = f"Tiêu chí {act.criterion} của {act.candidate} đang “{STATES[state]}”, {what}."
        problems.append(_problem(act, "rights", message, _permitted(state)))
    elif not act.author.strip():
        problems.append(_problem(act, "rights", "Không rõ ai làm việc này.", "Nêu cơ quan hoặc người."))
    else:
        problems += _not_theirs(scope, standing, act)
    if act.action in NEEDS_REASON and not act.reason.strip():
        message = f"{ACTIONS[act.action].capitalize()} {act.criterion} của {act.candidate} mà không nêu lý do."
        problems.append(_problem(act, "reason", message, "Ghi lý do."))
    if act.action in ("revise", "close", "reopen") and not act.source.strip():
        message = f"{ACTIONS[act.action].capitalize()} {act.criterion} của {act.candidate} phải có văn bản."
        problems.append(_problem(act, "reason", message, "Nêu số, ngày văn bản."))
    problems += _wrong_figures(scope, act)
    problems += _not_judged(scope, standing, handed_in, act)
    if act.action == "accept" and not problems:
        problems += _nothing_to_accept(scope, standing, handed_in, act)
    return problems


def _not_theirs(scope: Scope, standing: Standing, act: Act) -> list[Problem]:
    """A verifier who is not the one, a unit that speaks for another."""
    if act.role == VERIFIER:
        asked = standing.body if standing.state in (EXPLAINED, RETURNED) else ""
        wanted = (asked if scope.knows(asked) else "") or scope.verifier(act.candidate, act.criterion)
        if act.author != wanted:
            who = scope.body_name(wanted) if wanted else "không còn cơ quan nào (xem alternates của phong trào)"
            message = f"{scope.body_name(act.author)} không thẩm định tiêu chí {act.criterion} của {act.candidate}."
            return [_problem(act, "rights", message, f"Cơ quan thẩm định: {who}.")]
    if act.role == UNIT and act.author not in scope.speaks_for(act.candidate):
        return [_problem(act, "rights", f"{act.author} không giải trình thay {act.candidate} được.")]
    return []


def _wrong_figures(scope: Scope, act: Act) -> list[Problem]:
    """Figures that are not the criterion's, or are no values of it."""
    problems = []
    one, layout = scope.of(act.candidate)[act.criterion], scope.layout(act.candidate)
    if act.action == "correct" and not act.figures:
        message = f"Sửa {act.criterion} của {act.candidate} mà không ghi số liệu thẩm định."
        problems.append(_problem(act, "missing-figure", message, "Ghi số liệu, hoặc chấp nhận, trả lại."))
    for key, text in act.figures.items():
        declared = layout.inputs.get(key) if key in one.keys else None
        if key.startswith("row:"):
            table, _, rest = key[4:].partition("/")
            columns = layout.item_tables[table].columns if table in one.owns else {}
            declared = columns.get(rest.rpartition("/")[2])
        if declared is None:
            message = f"“{key}” không phải số liệu thẩm định ở tiêu chí {act.criterion}."
            problems.append(_problem(act, "unknown-figure", message))
            continue
        try:
            read_cell(Cell(text), declared)
        except CellError as error:
            problems.append(_problem(act, error.code, f"{declared.label}: {error.message}", error.hint))
    return problems


def _not_judged(scope: Scope, standing: Standing, handed_in: Mapping[str, Answers], act: Act) -> list[Problem]:
    """What a panel judges counts on its marks only; granting the claim that it does not apply needs none."""
    one = scope.of(act.candidate)[act.criterion]
    if not one.panel or act.action not in ("accept", "correct"):
        return []
    node = scope.sets[scope.candidates[act.candidate].set].node(act.criterion)
    assert node is not None and isinstance(node.shape, Given)
    claimed = act.criterion in handed_in.get(act.candidate, Answers()).claims
    if act.action == "accept" and not act.applies and not standing.decided(_standing_before(standing), claimed):
        return []
    if standing.state in (VERIFIED, REVERIFIED) and rests_on(standing):
        return []  # mending other figures of what the panel has concluded
    if backed(scope.workspace, scope.round.period, act.candidate, act.criterion, node.shape, act.evidence):
        return []
    message = (
        f"Tiêu chí {act.criterion} của {act.candidate} do hội đồng {one.panel} chấm, chưa kết luận theo phiếu chấm."
    )
    hint = f"Kết luận: thidua panel conclude {scope.round.period} --table {one.panel}; hoặc trả lại, không áp dụng."
    return [_problem(act, "panel-marks", message, hint)]


def _nothing_to_accept(scope: Scope, standing: Standing, handed_in: Mapping[str, Answers], act: Act) -> list[Problem]:
    """Accepting a figure that nobody has given would make it count as verified."""
    answers = handed_in.get(act.candidate, Answers())
    before = _standing_before(standing)
    if not standing.decided(before, act.criterion in answers.claims):
        return []
    empty = scope.of(act.candidate)[act.criterion].lacking(
        lambda key: standing.value(key, answers.figure(key), before) or ""
    )
    if not empty:
        return []
    message = f"Tiêu chí {act.criterion} của {act.candidate} chưa có số liệu: {'; '.join(empty.values())}."
    return [_problem(act, "missing-figure", message, "Sửa (ghi số liệu), trả lại, hoặc quyết định không áp dụng.")]


def _entries(scope: Scope, standings: Standings, handed_in: Mapping[str, Answers], act: Act) -> Iterator[Entry]:
    """What a permitted act writes; nothing when it says what stands there already."""
    standing = standings.of(act.candidate, act.criterion)
    answers = handed_in.get(act.candidate, Answers())
    state = standing.state
    after, stage = state_after(state, act.action, standing.before or AWAITED), stage_of(state, act.action)
    claimed = act.criterion in answers.claims
    base = FINAL if act.action == "revise" else _standing_before(standing)
    figures = {
        key: text
        for key, text in act.figures.items()
        if text != (standing.value(key, answers.figure(key), base) or "") or act.action == "revise"
    }
    applied = standing.decided(base, claimed)
    applies = _applies(act, applied)
    same_figures = figures == standing.figures.get(stage, {}) and applies == standing.applies.get(stage)
    if state == after and same_figures and act.action in CONCLUSIONS:
        return
    subject = f"score:{scope.round.period}/{act.candidate}"

    def entry(name: str, value: str, old: str = "") -> Entry:
        return Entry(
            subject,
            f"{act.criterion}/{name}" if name else act.criterion,
            value,
            source=act.source,
            place=act.place,
            reason=act.reason,
            author=act.author,
            role=act.role,
            stage=stage,
            old=old,
            evidence=act.evidence,
        )

    if after != state or act.action in CONCLUSIONS:
        yield entry("", after, state)
    if act.deadline is not None:
        yield entry("deadline", act.deadline.isoformat())
    if act.explanation:
        yield entry("explanation", act.explanation)
    if applies is not None:
        yield entry("applies", "yes" if applies else "no", "yes" if applied else "no")
    now = (
        stage if stage in standing.passed else base
    )  # what stands there: a conclusion that is mended replaces its own figure
    for key, text in figures.items():
        yield entry(key, text, standing.value(key, answers.figure(key), now) or "")
    for number, item in enumerate(act.items, len(standing.evidence) + 1):
        yield entry(f"evidence:{number}", json.dumps(asdict(item), ensure_ascii=False, sort_keys=True))


def _applies(act: Act, applied: bool) -> bool | None:
    """What an act decides about applying at all; None when it says nothing about it."""
    if act.action == "revise":
        return True if act.applies is None and act.figures and not applied else act.applies
    if act.action == "accept" and act.applies and not applied:
        return True
    if act.action == "leave_out" or (act.action == "accept" and not applied):
        return False
    if act.action in ("correct", "explain") and not applied and (act.figures or act.applies):
        return True
    return None


def _standing_before(standing: Standing) -> str:
    """The stage whose figures a conclusion starts from."""
    if standing.state in (EXPLAINED, REVERIFIED):
        return EXPLAINED
    if standing.state in (SELF, AWAITED, RETURNED, VERIFIED):
        return SELF
    return FINAL


def _permitted(state: str) -> str:
    said = [
        f"{ACTIONS[action]} ({', '.join(ROLES[role] for role in roles)})" for action, roles in allowed(state).items()
    ]
    return "Được: " + "; ".join(said) + "."


def _problem(act: Act, code: str, message: str, hint: str = "") -> Problem:
    return of_file(act.place or f"{act.candidate} {act.criterion}", code, message, hint)
