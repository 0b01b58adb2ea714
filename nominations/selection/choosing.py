"""Choosing within a quota (chỉ tiêu): whole ties, four states, every one with its reason. Exact numbers, no files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from itertools import groupby

from criteria.exact import show_vietnamese
from nominations.results import TieKey


class State(Enum):
    """How a nominee stands for an award; the value is what people read."""

    PROPOSED = "đề nghị"
    OUTSIDE = "đủ điều kiện ngoài chỉ tiêu"
    WAITS = "chờ hội đồng quyết định"
    NOT = "không đủ"


@dataclass(frozen=True)
class Contender:
    """Who stands for an award in one pool. figure: larger is better; None: without a score, in no order.

    prefer: whether the legal preference (nữ, tập thể đông nữ; Subject.prefer) speaks for it; None: nobody has said. ties: the set's own list.
    not_because: why it is not eligible, "" when it is. held_by: name of a higher award it is proposed or waits for, "" none;
    held_waits: whether that one still waits.
    """

    candidate: str
    figure: Fraction | None = None
    prefer: bool | None = False
    ties: tuple[TieKey, ...] = ()
    not_because: str = ""
    held_by: str = ""
    held_waits: bool = False
    words: str = ""


@dataclass(frozen=True)
class Chosen:
    """state and the exact reason. boundary: stands next to the line (the last proposed, the first outside, who waits on it).

    tie: of who waits on the line, everybody it is tied with and itself; seats: how many of them may be chosen.
    """

    candidate: str
    state: State
    reason: str
    boundary: bool = False
    tie: tuple[str, ...] = ()
    seats: int = 0


@dataclass(frozen=True)
class Decision:
    """What a council has decided of a tie across the line. document: its minutes."""

    accepted: bool
    document: str


@dataclass
class _Line:
    """Seats that are left while the order is walked. last: who took the last one."""

    quota: int | None
    left: int | None
    last: Contender | None = None
    waiting: bool = False
    found: dict[str, Chosen] = field(default_factory=dict)


def choose(
    contenders: Iterable[Contender],
    quota: int | None,
    decisions: Mapping[str, Decision] | None = None,
    what: str = "chỉ tiêu",
) -> list[Chosen]:
    """Everybody's state, the boundary first, then in the order of the walk. quota: None without a limit. decisions: of a council,
    about who waits. what: the quota in words, for reasons ("chỉ tiêu 3 của cụm 1").

    Nobody is proposed above the quota. Who shares figure, preference and tie-breaks stands or waits together. A nominee who waits
    for a higher award keeps a seat: what is proposed now is not taken away when the council decides.
    """
    everyone = sorted(contenders, key=lambda one: one.candidate)
    said = decisions or {}
    line = _Line(quota, quota)
    for one in everyone:
        if one.not_because:
            line.found[one.candidate] = Chosen(one.candidate, State.NOT, one.not_because)
        elif one.held_by and not one.held_waits:
            reason = f"Đã được đề nghị {one.held_by} trong dịp này; một thành tích không khen thưởng nhiều hình thức."
            line.found[one.candidate] = Chosen(one.candidate, State.NOT, reason)
    standing = [one for one in everyone if one.candidate not in line.found]
    for block in blocks(standing):
        _walk(line, block, said, what)
    return _boundary_first(line, everyone)


def blocks(standing: Sequence[Contender]) -> Iterator[list[Contender]]:
    """Who cannot be told apart, best first. Where a preference between equal figures is not known, all with that figure are one block:
    what comes after it in the order cannot be asked. Who has no figure comes last, as one block."""
    scored = sorted((one for one in standing if one.figure is not None), key=lambda one: -(one.figure or 0))
    for _, same in groupby(scored, key=lambda one: one.figure):
        equal = list(same)
        if len(equal) > 1 and any(one.prefer is None for one in equal):
            yield equal
            continue
        equal.sort(key=lambda one: (not one.prefer, one.ties))
        for _, tied in groupby(equal, key=lambda one: (bool(one.prefer), one.ties)):
            yield list(tied)
    without = [one for one in standing if one.figure is None]
    if without:
        yield without


def _walk(line: _Line, block: list[Contender], said: Mapping[str, Decision], what: str) -> None:
    """Seat a block as a whole, let it wait, or leave it outside."""
    tail = f" ({_shown(block[0])})" if block[0].figure is not None else ""
    if line.left is None or len(block) <= line.left:
        for one in block:
            line.found[one.candidate] = _seated(one, what, tail, line.quota)
        if line.left is not None:
            line.left -= len(block)
        line.last = block[-1]
        return
    if line.left == 0:
        for one in block:
            line.found[one.candidate] = Chosen(one.candidate, State.OUTSIDE, _outside(line, one, what), False)
        return
    _tie(line, block, said, what, tail)


def _tie(line: _Line, block: list[Contender], said: Mapping[str, Decision], what: str, tail: str) -> None:
    """A tie across the line: what a council has decided of it, whole or not at all."""
    seats = line.left or 0
    accepted = [one for one in block if one.candidate in said and said[one.candidate].accepted]
    if accepted and len(accepted) <= seats and all(one.candidate in said for one in block):
        for one in block:
            document = said[one.candidate].document
            if one in accepted:
                reason = f"Bằng nhau{tail}; hội đồng chọn theo {document}."
                line.found[one.candidate] = Chosen(one.candidate, State.PROPOSED, reason, True)
            else:
                reason = f"Bằng nhau{tail}; hội đồng chọn {_list(accepted)} theo {document}."
                line.found[one.candidate] = Chosen(one.candidate, State.OUTSIDE, reason, True)
        line.left, line.last = seats - len(accepted), accepted[-1]
        if line.left:  # seats that the council left open go to nobody below a tie it has decided
            line.left = 0
        return
    unknown = [one for one in block if one.prefer is None and one.figure is not None and len(block) > 1]
    why = f"{len(block)} đối tượng bằng nhau{tail}, {what} còn {seats}"
    if block[0].figure is None:
        why = f"{len(block)} đối tượng không chấm điểm, không xếp được thứ tự, {what} còn {seats}"
    if unknown:
        why += f"; chưa rõ ưu tiên theo quy định (nữ, tập thể đông nữ) của {_list(unknown)}"
    tied = tuple(one.candidate for one in block)
    for one in block:
        line.found[one.candidate] = Chosen(one.candidate, State.WAITS, f"{why}.", True, tied, seats)
    line.left, line.waiting, line.last = 0, True, block[-1]


def _seated(one: Contender, what: str, tail: str, quota: int | None) -> Chosen:
    if one.held_by:
        reason = f"Chờ kết quả {one.held_by}; giữ chỗ trong {what}."
        return Chosen(one.candidate, State.WAITS, reason)
    return Chosen(
        one.candidate,
        State.PROPOSED,
        (f"Trong {what}" if quota is not None else "Không giới hạn chỉ tiêu") + f"{tail}.",
    )


def _outside(line: _Line, one: Contender, what: str) -> str:
    last = line.last
    if last is None:
        return f"Hết {what}."
    if line.waiting:
        return f"Ngoài {what}: đứng sau các đối tượng bằng nhau đang chờ hội đồng ({_shown(last)}){_own(one)}."
    return f"Ngoài {what}: đứng sau {last.candidate} ({_shown(last)}), {separated(last, one)}{_own(one)}."


def separated(better: Contender, worse: Contender) -> str:
    """What put one before the other."""
    if better.figure is None or worse.figure is None:
        return "không chấm điểm"
    if better.figure != worse.figure:
        return f"kém {show_vietnamese(better.figure - worse.figure)}"
    if bool(better.prefer) != bool(worse.prefer):
        return "bằng nhau, ưu tiên theo quy định (nữ, tập thể đông nữ)"
    return "bằng nhau, tiêu chí phụ của dịp xếp sau" if better.ties != worse.ties else "bằng nhau, hội đồng đã chọn"


def _own(one: Contender) -> str:
    return f"; được {_shown(one)}" if one.figure is not None else ""


def _shown(one: Contender) -> str:
    return one.words or (show_vietnamese(one.figure) if one.figure is not None else "không chấm điểm")


def _list(many: Sequence[Contender]) -> str:
    return ", ".join(one.candidate for one in many)


def _boundary_first(line: _Line, everyone: Sequence[Contender]) -> list[Chosen]:
    """The last who is in, the first who is out and who waits on the line come first."""
    order = {one.candidate: place for place, one in enumerate(x for block in blocks(everyone) for x in block)}
    walked = sorted(line.found.values(), key=lambda one: order[one.candidate])
    inside = [one for one in walked if one.state is State.PROPOSED]
    outside = [one for one in walked if one.state is State.OUTSIDE]
    edge = {one.candidate for one in walked if one.boundary}
    if outside and line.quota is not None:
        edge |= {one.candidate for one in (*inside[-1:], outside[0])}
    marked = [replace(one, boundary=one.candidate in edge) for one in walked]
    return [one for one in marked if one.boundary] + [one for one in marked if not one.boundary]
