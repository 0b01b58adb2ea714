"""The state of a round as lines of text: how far every group has come, who owes what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from criteria.declarations.movement import Movement
from records.debts import WHAT, Debt, summed
from records.progress import GroupProgress
from records.publication.published import STAGES
from records.rounds import Round

_LISTED = 6  # bodies of a kind of thing on the screen, the latest first


@dataclass(frozen=True)
class Owed:
    """What one body owes of one kind. oldest: the day from which the oldest waits, else was due. days_late: of the latest one."""

    body: str
    body_name: str
    what: str
    asked: bool
    debts: tuple[Debt, ...]

    @property
    def words(self) -> str:
        return WHAT[self.what] + ("" if self.asked else " (chưa giao biểu thẩm định)")

    @property
    def late(self) -> int:
        """How many are over their deadline."""
        return sum(bool(debt.days_late) for debt in self.debts)

    @property
    def worst(self) -> Debt:
        return max(self.debts, key=lambda debt: debt.days_late or 0)

    @property
    def since(self) -> date | None:
        return min((debt.since for debt in self.debts if debt.since is not None), default=None)

    @property
    def due(self) -> date | None:
        """The first day that was or is due."""
        return min((debt.due for debt in self.debts if debt.due is not None), default=None)


def owed_by_body(debts: Sequence[Debt]) -> list[Owed]:
    """A line per body and kind of thing: the latest first, then as debts stand."""
    found: dict[tuple[str, str, bool], list[Debt]] = {}
    for debt in debts:
        found.setdefault((debt.body, debt.what, debt.asked), []).append(debt)
    lines = [Owed(body, own[0].body_name, what, asked, tuple(own)) for (body, what, asked), own in found.items()]
    return sorted(lines, key=lambda line: (not line.asked, -(line.worst.days_late or 0)))


def round_status(
    movement: Movement,
    round_: Round,
    groups: list[GroupProgress],
    today: date,
    *,
    names: bool = False,
    debts: Sequence[Debt] = (),
) -> tuple[list[str], str]:
    """Lines to print, and what to do next. names: every candidate that has not handed in, everything that every body owes."""
    window = round_.window
    lines = [f"KỲ {window.period} — {movement.name}"]
    lines.append(f"Thời gian {window.first:%d/%m/%Y} - {window.last:%d/%m/%Y}; {_deadline(round_, today)}")
    if window.occasion:
        combined = next(o.rounds for o in movement.occasions if o.id == window.period)
        return [
            *lines,
            f"{window.name}: gộp các kỳ {', '.join(combined)}; không có biểu riêng.",
            "",
        ], "thidua milestone list"
    lines.append(
        f"{'Nhóm':<5}{'Đối tượng':>10}{'Đã giao':>9}{'Đã nộp':>8}{'Chưa nộp':>10}{'KAD':>6}{'Ý kiến':>8}  Tình trạng"
    )
    for group in groups:
        lines.append(
            f"{group.letter:<5}{len(group.candidates):>10}{group.issued:>9}{len(group.handed_in):>8}{len(group.missing):>10}"
            f"{group.claims:>6}{group.disputes:>8}  {state_words(group)}"
        )
    lines.append("KAD: tiêu chí đơn vị đề nghị không áp dụng. Ý kiến: dòng nhiệm vụ đơn vị cho là không đúng.")
    lines += _criteria(groups)
    for group in groups:
        for doubt in group.doubts:
            lines.append(f"Nhóm {group.letter}, chưa giao biểu: {doubt.body} {doubt.message} {doubt.hint}")
        if names and group.missing:
            lines.append(f"Nhóm {group.letter}, chưa nộp:")
            lines += [f"  {candidate.id} {candidate.name}" for candidate in group.missing]
    lines += _owing(debts, today, names=names)
    return [*lines, ""], _next(round_, groups, debts)


def _criteria(groups: list[GroupProgress]) -> list[str]:
    """Criteria by state, of the groups in which something was handed in."""
    shown = [group for group in groups if group.criteria.all]
    if not shown:
        return []
    lines = [
        f"{'Nhóm':<5}{'Tiêu chí':>10}{'Chờ thẩm định':>15}{'Trả lại':>9}{'Đã giải trình':>15}{'Đã thẩm định':>14}{'Đóng':>6}  Công bố"
    ]
    for group in shown:
        one = group.criteria
        lines.append(
            f"{group.letter:<5}{one.all:>10}{one.waiting:>15}{one.returned:>9}{one.explained:>15}{one.verified:>14}{one.closed:>6}"
            f"  {published_words(group)}"
        )
    return lines


def published_words(group: GroupProgress) -> str:
    """dự kiến ngày 20/01/2027."""
    one = group.published
    if one is None:
        return "chưa"
    version = f" (bản {one.version})" if one.version > 1 else ""
    return f"{STAGES[one.stage]} ngày {one.day:%d/%m/%Y}{version}"


def _owing(debts: Sequence[Debt], today: date, *, names: bool) -> list[str]:
    """Kind by kind: how much in all, then the bodies that are latest."""
    kinds: dict[tuple[str, bool], list[Owed]] = {}
    for one in owed_by_body(debts):
        kinds.setdefault((one.what, one.asked), []).append(one)
    lines = [f"AI CÒN NỢ (đến {today:%d/%m/%Y})"] if kinds else []
    for key in sorted(kinds, key=lambda key: (list(WHAT).index(key[0]), not key[1])):
        own = kinds[key]
        count, late = sum(len(one.debts) for one in own), sum(one.late for one in own)
        lines.append(f"{own[0].words}: {count} việc của {len(own)} cơ quan, đơn vị; {late} việc quá hạn.")
        for one in own if names else own[:_LISTED]:
            lines.append(f"  {one.body} {one.body_name}: {owed_words(one)}.")
            if names:
                lines += [f"    {_line(debt)}" for debt in summed(one.debts)]
        if len(own) > _LISTED and not names:
            lines.append(f"  … và {len(own) - _LISTED} nơi khác: thêm --missing hoặc --out TỆP.xlsx.")
    return lines


def owed_words(one: Owed) -> str:
    """12 việc, chờ từ 02/12/2026, hạn 21/12/2026; 5 quá hạn, lâu nhất 3 ngày làm việc."""
    parts = [f"{len(one.debts)} việc"]
    parts += [f"chờ từ {one.since:%d/%m/%Y}"] if one.since else []
    parts += [f"hạn {one.due:%d/%m/%Y}"] if one.due else []
    late = f"; {one.late} quá hạn, lâu nhất {late_days(one.worst)}" if one.late else ""
    return ", ".join(parts) + late


def late_days(debt: Debt) -> str:
    """3 ngày làm việc; "" when it is not over."""
    return debt.late_words.removeprefix("Quá hạn ")


def _line(debt: Debt) -> str:
    due = f", hạn {debt.due:%d/%m/%Y}" if debt.due else ""
    late = f", {debt.late_words[:1].lower()}{debt.late_words[1:]}" if debt.days_late else ""
    who = debt.candidate_name if debt.count > 1 else f"{debt.candidate} {debt.candidate_name}"
    return f"{debt.words}: {who}{due}{late}"


def _deadline(round_: Round, today: date) -> str:
    if round_.deadline is None:
        return "chưa đặt hạn nộp biểu"
    days = (round_.deadline - today).days
    when = f"còn {days} ngày" if days > 0 else "hôm nay" if days == 0 else f"quá hạn {-days} ngày"
    return f"hạn nộp biểu {round_.deadline:%d/%m/%Y} ({when})"


def state_words(group: GroupProgress) -> str:
    """Roster closed or not, group closed by which decision, forms replaced."""
    state = group.state
    if state.closed is not None:
        return f"đã khóa {state.closed:%d/%m/%Y} ({state.decision})"
    words = [f"danh sách chốt {state.roster_closed:%d/%m/%Y}" if state.roster_closed else "danh sách chưa chốt"]
    if state.reopened:
        words.append(f"mở lại: {state.reopened}")
    if group.superseded:
        words.append(f"{group.superseded} biểu đã được thay")
    return "; ".join(words)


def _next(round_: Round, groups: list[GroupProgress], debts: Sequence[Debt]) -> str:
    period = round_.period
    here = [group for group in groups if group.candidates]
    if not here:
        return "nhập danh sách: thidua roster import TỆP"
    unissued = [group for group in here if group.state.closed is None and group.issued < len(group.candidates)]
    if unissued:
        return f"giao biểu: thidua forms issue {period}" + (
            f" --group {unissued[0].letter}" if len(unissued) == 1 else ""
        )
    if any(group.missing for group in here if group.state.closed is None):
        return f"thu biểu: thidua forms collect {period} THƯ-MỤC; ai chưa nộp: thidua round status {period} --missing"
    if any(debt.days_late for debt in debts):
        return f"đôn đốc: thidua remind {period}"
    if any(group.criteria.returned for group in here):
        return f"giao biểu giải trình: thidua return issue {period}; ai còn chờ: thidua return list {period}"
    return f"xếp hạng: thidua rank {period}; lập bảng: thidua report ranking {period}"
