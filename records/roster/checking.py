"""What the roster leaves open, and what cannot be: dates, successors, parents, groups, pools, heads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from criteria.inputs import Input
from criteria.problems import WARNING, Problem, of_file
from records.roster.matching import key
from records.roster.roster import Body, Roster, load_roster
from records.roster.values import label
from records.rounds import find_round, load_rounds
from records.workspace.folder import Workspace

_SHOWN = 12


def days_of(workspace: Workspace, period: str = "") -> tuple[tuple[date, date] | None, list[Problem]]:
    """First and last day to look at: of a round, of the latest opened one, or of the whole movement."""
    if period:
        found, problems = find_round(workspace, period)
        return ((found.window.first, found.window.last) if found is not None else None), problems
    rounds = [round_.window for round_ in load_rounds(workspace).values() if not round_.window.occasion]
    if rounds:
        return (rounds[-1].first, rounds[-1].last), []
    years = workspace.movement.period
    return (date(years.from_, 1, 1), date(years.to, 12, 31)), []


def circle(roster: Roster, ident: str) -> list[str]:
    """The ids of a ring of successors that begins and ends with a body; [] when there is none."""
    ring = [ident]
    while True:
        body = roster.bodies.get(ring[-1])
        following = body.value("successor") if body is not None else ""
        if not following or following in ring[1:]:
            return []
        ring.append(following)
        if following == ident:
            return ring


def check_roster(workspace: Workspace, period: str = "") -> tuple[list[Problem], list[Problem]]:
    """Findings about the roster in a period, and what is wrong with the call. Errors among the findings cannot stand."""
    days, problems = days_of(workspace, period)
    if days is None:
        return [], problems
    roster = load_roster(workspace)
    found = [*_impossible(roster), *_doubts(roster, *days), *_without_group(roster, *days)]
    found += [*_above(roster, *days), *_same_names(roster, *days), *_empty(workspace, roster, *days)]
    return found, problems


def _title(body: Body, day: date | None = None) -> str:
    return f"{body.id} {body.name(day)}"


def _open(where: str, message: str, hint: str = "") -> Problem:
    return of_file(where, "roster-open", message, hint, WARNING)


def _impossible(roster: Roster) -> Iterable[Problem]:
    for body in roster.bodies.values():
        if body.first is not None and body.last is not None and body.last < body.first:
            message = f"Kết thúc {body.last:%d/%m/%Y} trước ngày bắt đầu {body.first:%d/%m/%Y}."
            yield of_file(_title(body), "roster-field", message, "Nhập lại từ ngày hoặc đến ngày.")
        unknown = [ident for ident in body.successors if ident not in roster.bodies]
        ring = circle(roster, body.id)
        if ring and body.id == min(ring):
            message = "Kế thừa vòng quanh: " + " → ".join(ring) + "."
            yield of_file(
                _title(body), "roster-field", message, "Nhập lại cơ quan kế thừa của một trong các cơ quan đó."
            )
        elif unknown:
            message = f"Cơ quan kế thừa {', '.join(unknown)} không có trong danh sách."
            yield of_file(_title(body), "roster-field", message)


def _doubts(roster: Roster, first: date, last: date) -> Iterable[Problem]:
    for body in roster.bodies.values():
        if roster.outside(body):
            continue
        if body.exists(first, last) is None:
            message = f"Chưa rõ còn hoạt động hay không; có thể đã thành {body.value('successor_proposed')}."
            hint = "Nhập đến ngày và kế thừa; nếu vẫn còn thì nhập còn hoạt động: có. Chưa trả lời thì chưa dự thi đua."
            yield _open(_title(body), message, hint)
        elif body.value("successor") and body.last is None:
            message = f"Có cơ quan kế thừa {body.value('successor')} mà chưa có ngày kết thúc."
            yield _open(_title(body), message, "Nhập đến ngày.")
        elif body.value("successor_proposed") and body.last is not None and not body.value("successor"):
            message = f"Đã kết thúc mà chưa có cơ quan kế thừa; có thể là {body.value('successor_proposed')}."
            yield _open(_title(body), message, "Nhập kế thừa.")


def _without_group(roster: Roster, first: date, last: date) -> Iterable[Problem]:
    """Kinds that no document gives a letter, each with its bodies."""
    found: dict[str, list[str]] = {}
    for body in roster.bodies.values():
        role = body.kind.role if body.kind is not None else "candidate"
        here = not roster.outside(body) and body.exists(first, last) is not False
        if role == "candidate" and here and not roster.group_of(body):
            found.setdefault(body.value("kind"), []).append(body.id)
    letters = ", ".join(group.letter for group in roster.movement.groups)
    for kind, ids in sorted(found.items()):
        message = f"Chưa rõ thuộc nhóm nào, nên chưa dự thi đua: {_some(ids)}."
        hint = f"Nhập cột nhóm ({letters}) cho từng đối tượng khi đã có ý kiến; hoặc ghi group cho loại này ở movement.yaml."
        yield _open(f"loại “{kind or 'chưa ghi'}”", message, hint)


def _above(roster: Roster, first: date, last: date) -> Iterable[Problem]:
    """Parents that nobody knows, or that have ended."""
    for body in roster.bodies.values():
        parent = body.value("parent", last)
        if not parent or body.exists(first, last) is False:
            continue
        above = roster.bodies.get(parent)
        if above is None:
            yield _open(
                _title(body), f"Cơ quan quản lý {parent} không có trong danh sách.", "Nhập lại cơ quan quản lý."
            )
        elif above.exists(first, last) is False:
            ended = f" ngày {above.last:%d/%m/%Y}" if above.last is not None and above.last < first else ""
            message = f"Cơ quan quản lý {_title(above, last)} không còn hoạt động{ended}."
            yield _open(_title(body), message, "Nhập cơ quan quản lý mới, với ngày có hiệu lực.")


def _same_names(roster: Roster, first: date, last: date) -> Iterable[Problem]:
    """Bodies of one group that look like one: same name, same parent."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for body in roster.bodies.values():
        letter = roster.group_of(body)
        if letter and not roster.outside(body) and body.exists(first, last) is not False:
            found.setdefault((letter, key(body.name(last)), body.value("parent", last)), []).append(body.id)
    for (letter, _, _), ids in found.items():
        if len(ids) > 1:
            message = f"Nhóm {letter} có {len(ids)} đối tượng cùng tên: {_some(ids)}."
            hint = "Nếu là một, nhập đến ngày cho dòng thừa; nếu khác nhau, ghi tên đủ để phân biệt."
            yield _open(_title(roster.bodies[ids[0]], last), message, hint)


def _empty(workspace: Workspace, roster: Roster, first: date, last: date) -> Iterable[Problem]:
    """What candidates lack: what their kind must have, a pool, a head, attributes of their criteria set."""
    for group in workspace.movement.groups:
        candidates, doubts = roster.candidates(group.letter, first, last)
        for doubt in doubts:
            if roster.bodies[doubt.body].exists(first, last):
                yield _open(f"{doubt.body} {doubt.name}", doubt.message, doubt.hint)
        lacking: dict[str, list[str]] = {}
        pooled = any(candidate.pool for candidate in candidates)
        for candidate in candidates:
            body = roster.bodies[candidate.id]
            inputs, pool = _inputs(workspace, candidate.set)
            needs = list(body.kind.needs) if body.kind is not None else []
            needs += [] if body.person else ["head"]
            needs += ["pool"] if pooled or (pool in inputs and inputs[pool].kind.name == "text") else []
            for name in dict.fromkeys(needs):
                if not body.value(name, last):
                    lacking.setdefault(label(name), []).append(candidate.id)
            for name, declared in inputs.items():
                if name != pool and name not in needs and declared.required and not candidate.attributes.get(name):
                    lacking.setdefault(declared.label, []).append(candidate.id)
        for what, ids in lacking.items():
            message = f"{len(ids)}/{len(candidates)} đối tượng chưa có {what}: {_some(ids)}."
            yield _open(f"nhóm {group.letter}", message, f"Nhập danh sách có cột mã và cột {what}.")


def _inputs(workspace: Workspace, file: str) -> tuple[dict[str, Input], str]:
    """The attributes of a set, and the one that its pools are made of."""
    bound, _ = workspace.read_set(file)
    if bound is None:
        return {}, ""
    return {name: bound.inputs[name] for name in bound.attributes}, bound.declaration.pool or ""


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (f" và {len(ids) - _SHOWN} nữa" if len(ids) > _SHOWN else "")
