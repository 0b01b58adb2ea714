"""A council on the screen: members, meetings, the outcome of every case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from criteria.problems import Problem, errors
from nominations.awards.procedure import Step
from nominations.awards.reading import load_awards
from nominations.council.members import Member, load_members
from nominations.council.recording import Meeting, recorded
from nominations.council.voting_steps import role_words, voting_step
from nominations.occasions import find_occasion
from records.workspace.folder import Workspace


def shown(workspace: Workspace, name: str, step_id: str) -> tuple[list[str], list[Problem]]:
    """Lines about the council of a step and every meeting that was entered."""
    occasion, problems = find_occasion(workspace, name)
    file, found = load_awards(workspace)
    problems += errors(found)
    if occasion is None or file is None or errors(problems):
        return [], problems
    step, refused = voting_step(file.awards, step_id)
    if step is None:
        return [], refused
    lines = [f"{step[0].name}; {occasion.words}"]
    members = load_members(workspace, occasion.id, step_id)
    lines += _member_lines(step[0], members)
    if not members:
        lines.append("Chưa có danh sách thành viên.")
    meetings, found = recorded(workspace, occasion.id, step_id)
    for meeting in meetings:
        lines += ["", *outcome_lines(meeting)]
    if not meetings:
        lines += ["", "Chưa ghi phiên họp nào."]
    return lines, found


def member_lines(workspace: Workspace, step_id: str, members: Iterable[Member]) -> list[str]:
    """Members in their order, each as this council calls his role; nothing for a step that there is not."""
    file, _ = load_awards(workspace)
    step = voting_step(file.awards, step_id)[0] if file is not None else None
    return _member_lines(step[0], members) if step is not None else []


def _member_lines(step: Step, members: Iterable[Member]) -> list[str]:
    return [
        f"{one.number:>3}  {one.name}; {role_words(step, one.role)}; {one.post}, {one.body_name}" for one in members
    ]


def outcome_lines(meeting: Meeting) -> Iterator[str]:
    """Attendance, then every case with its arithmetic."""
    there, many = meeting.attendance, len(meeting.pack.members)
    yield f"{meeting.document}: có mặt {len(there.present)}/{many}, ý kiến bằng văn bản {len(there.written)}."
    for award in meeting.pack.awards:
        yield f"{award.name}:"
        for one in meeting.outcomes:
            if one.line.award.id == award.id:
                why = f" ({one.why})" if one.why else ""
                name = f"{one.line.nominee} {one.line.case.nominee.name}"
                yield f"  {name}: {one.sentence}; {one.decision.value}{why}."
