"""Preparing a meeting: which cases stand before a step, by which rule they are voted on, who may not vote on whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from criteria.problems import NOTE, WARNING, Problem, errors, of_file
from nominations.awards.procedure import Step
from nominations.case import Case, Nominated
from nominations.council.conflicts import same_names, worked_out
from nominations.council.members import Member, load_members
from nominations.council.pack import Line, Pack, Tie
from nominations.council.votes import Votes, passes
from nominations.council.voting_steps import vote_of, voting_step
from nominations.ended import ended_words
from nominations.nominating import nominate
from nominations.nominees import Nominee
from nominations.selection.choosing import State
from records.ledger.entries import Entry
from records.workspace.folder import Workspace

HEAD = "head"
_OF_THE_FILE = "basis-unsure"  # said by `thidua check`, and by the documents themselves
_STANDING = (State.PROPOSED, State.WAITS)


def meeting_subject(occasion: str, step: str) -> str:
    return f"meeting:{occasion}/{step}"


def prepare(
    workspace: Workspace,
    name: str,
    step_id: str,
    meeting: date | None = None,
    place: str = "",
    on: date | None = None,
) -> tuple[Pack | None, list[Problem]]:
    """The pack of a meeting as the ledger stands; None with every reason why not. meeting, place: when and where, as planned. Prepared
    again while nothing else was entered, it is the same pack. Nothing is entered: enter_preparation does."""
    head = _head_before(workspace, meeting_subject(name, step_id))
    pack, problems = pack_at(workspace, name, step_id, head, on)
    if pack is None:
        return None, problems
    problems += _ended(pack, meeting or pack.nominated.occasion.day)
    return replace(pack, day=meeting, place=" ".join(place.split())), problems


def enter_preparation(workspace: Workspace, pack: Pack) -> None:
    """Enter which head of the ledger was printed on a pack. Raises OSError."""
    subject, (number, digest) = meeting_subject(pack.occasion, pack.step.id), pack.head
    told = Entry(subject, HEAD, f"{number} {digest}", pack.day, role="council", author=pack.step.by)
    workspace.database.enter([told])


def _head_before(workspace: Workspace, subject: str) -> tuple[int, str]:
    """The ledger's last entry that is no preparation of this meeting."""
    number, digest = workspace.database.head()
    for entry in reversed(workspace.database.entries(subject)):
        if entry.number == number and entry.subject == subject and entry.field == HEAD:
            before, _, hashed = entry.value.partition(" ")
            return int(before), hashed
        break
    return number, digest


def pack_at(
    workspace: Workspace, name: str, step_id: str, head: tuple[int, str], on: date | None = None
) -> tuple[Pack | None, list[Problem]]:
    """The pack as the ledger stood at an entry: the same whenever it is asked for."""
    then = workspace.at(head[0])
    nominated, problems = nominate(then, name, on)
    problems = [one for one in problems if one.code != _OF_THE_FILE]
    if nominated is None or errors(problems):
        return None, problems
    found, refused = voting_step(nominated.file.awards, step_id)
    problems += refused
    if found is None:
        return None, problems
    members = load_members(then, nominated.occasion.id, found[0].id)
    pack, told = pack_of(nominated, step_id, members, head, on)
    return pack, [*problems, *told]


def pack_of(
    nominated: Nominated, step_id: str, members: Sequence[Member], head: tuple[int, str], on: date | None = None
) -> tuple[Pack | None, list[Problem]]:
    """The pack out of the cases of an occasion; None with every reason why there is none."""
    found, problems = voting_step(nominated.file.awards, step_id)
    if found is None:
        return None, problems
    step, rule = found
    occasion = nominated.occasion
    if not members:
        message = f"Chưa có danh sách thành viên của bước “{step.name}”."
        hint = f"Nhập: thidua council members {occasion.id} --step {step.id} FILE."
        problems.append(of_file(occasion.id, "council", message, hint))
    cases = [one for one in nominated.cases if one.state in _STANDING]
    standing = [one for one in cases if _before(nominated, one) == step.id]
    problems += _elsewhere(nominated, cases, step)
    for award in {one.award.id: one.award for one in standing}.values():
        if vote_of(award, step) is None:
            message = f"{award.name}: chưa khai tỷ lệ phiếu ở bước “{step.name}”."
            problems.append(of_file(award.id, "council", message, "Ghi votes: step, share ở awards.yaml."))
    if not standing:
        message = f"Không có trường hợp nào chờ bước “{step.name}” ở {occasion.words}."
        hint = f"Xem các bước đã qua: thidua nominate {occasion.id}."
        problems.append(of_file(occasion.id, "council", message, hint))
    if errors(problems):
        return None, problems
    ties = tuple(_ties(standing))
    conflicts = worked_out(members, _nominees(standing), nominated.standing, occasion.day)
    for member, nominee in same_names(members, _nominees(standing), conflicts):
        message = f"Thành viên số {member.number} cùng họ tên với {nominee.id}, là cá nhân được xét."
        hint = "Nếu là một người thì ghi vào cột khai xung đột của phiếu kiểm."
        problems.append(of_file(occasion.id, "council", message, hint, WARNING))
    lines = tuple(_lines(nominated, standing, step, ties))
    pack = Pack(nominated, step, rule, tuple(members), lines, ties, tuple(conflicts), head, on)
    return pack, [*problems, *_hopeless(pack)]


def _ended(pack: Pack, day: date) -> Iterator[Problem]:
    """Bodies that are no longer there on the day of the meeting."""
    roster = pack.nominated.standing.roster
    for nominee in _nominees(one.case for one in pack.lines):
        words, body = ended_words(roster, nominee), roster.bodies.get(nominee.id)
        if words and body is not None and body.last is not None and body.last < day:
            hint = "Xem lại người được đề nghị trước khi trình hội đồng."
            yield of_file(pack.occasion, "council", f"{nominee.id} {nominee.name}: {words}.", hint, WARNING)


def _hopeless(pack: Pack) -> Iterator[Problem]:
    """Cases that cannot pass, because too many members may not vote on them and count all the same."""
    many = len(pack.members)
    for line in pack.lines:
        barred = len(pack.conflicts_of.get(line.nominee, []))
        best = Votes(many, many, 0, barred, many - barred, 0, 0, 0, 0, recused_present=barred)
        passed, sentence = passes(best, pack.rule, line.vote.share)
        if not passed:
            message = (
                f"{line.nominee}, {line.award.short}: {barred} thành viên không được biểu quyết, nhiều nhất {sentence}."
            )
            hint = "Bổ sung thành viên, hoặc quy định trừ người không được biểu quyết khỏi mẫu số (recusal_lowers)."
            yield of_file(pack.occasion, "council", message, hint, WARNING)


def _before(nominated: Nominated, case: Case) -> str:
    """The step a case stands before; "" when it has passed all."""
    step = case.progress.next(nominated.file.awards.steps_of(case.award))
    return step.id if step is not None else ""


def _nominees(cases: Iterable[Case]) -> list[Nominee]:
    return list({one.nominee.id: one.nominee for one in cases}.values())


def _ties(cases: Iterable[Case]) -> Iterator[Tie]:
    """Ties across the line, numbered as they come."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for case in cases:
        key = case.award.id, case.chosen.tie
        if case.chosen.tie and key not in seen:
            seen.add(key)
            yield Tie(len(seen), case.award.id, case.chosen.tie, case.chosen.seats)


def _lines(nominated: Nominated, cases: Sequence[Case], step: Step, ties: Sequence[Tie]) -> Iterator[Line]:
    """Cases award by award, as they were chosen."""
    order = [one.id for one in nominated.file.awards.awards]
    waits = {(one.nominee.id, one.award.id): one.award.name for one in nominated.cases if one.state is State.WAITS}
    for number, case in enumerate(sorted(cases, key=lambda one: order.index(one.award.id)), 1):
        vote = vote_of(case.award, step)
        assert vote is not None  # its absence is an error above
        higher = order[: order.index(case.award.id)]
        after = next((waits[case.nominee.id, one] for one in higher if (case.nominee.id, one) in waits), "")
        tie = next((t.number for t in ties if t.award == case.award.id and case.nominee.id in t.nominees), 0)
        yield Line(number, case, vote, tie, after)


def _elsewhere(nominated: Nominated, cases: Iterable[Case], step: Step) -> Iterator[Problem]:
    """How many cases have not come to this step yet, by the step they stand before."""
    counts: dict[str, int] = {}
    for case in cases:
        steps = [one.id for one in nominated.file.awards.steps_of(case.award)]
        before = _before(nominated, case)
        if step.id in steps and before in steps and steps.index(before) < steps.index(step.id):
            counts[before] = counts.get(before, 0) + 1
    for ident, many in sorted(counts.items()):
        earlier = nominated.file.awards.step(ident)
        message = f"{many} trường hợp chưa qua bước “{earlier.name if earlier is not None else ident}”, không trình kỳ họp này."
        yield of_file(nominated.occasion.id, "step", message, severity=NOTE)
