"""The pages of a trial's workbook: what stands in which column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from criteria.exact import show_vietnamese
from records.scored.trying import Trial
from reports.trying.words import (
    advantage_sentence,
    frequency,
    gains,
    grade_words,
    held_words,
    lack_words,
    misfit_words,
    not_applied_words,
    pulls,
    share_change,
    side_label,
    signed,
)
from scoring.analysis.distribution import CriterionSpread
from scoring.analysis.fitting import ABSENT
from scoring.analysis.moves import Move

_SHARE_PLACES = 6  # of a share that is printed as per cent with two decimals
_QUANTILES = {
    0: "Thấp nhất",
    10: "Mức 10 %",
    25: "Mức 25 %",
    50: "Trung vị (50 %)",
    75: "Mức 75 %",
    90: "Mức 90 %",
    100: "Cao nhất",
}
_WHY = 3  # criteria named as reasons of a move
_NAMED = 20  # candidates named whom a criterion left out moves


@dataclass(frozen=True)
class Page:
    """columns: heading, width, style; rows: texts, or numbers (Fraction, int) for columns of points, share, order. stays: left columns."""

    name: str
    title: str
    notes: Sequence[str]
    columns: Sequence[tuple[str, float, str]]
    rows: Sequence[Sequence[Any]]
    stays: int = 1
    point_places: int = 2

    def places(self, look: str) -> int:
        """Decimals of a cell."""
        return {"share": _SHARE_PLACES, "points": self.point_places}.get(look, 0)


def spread_page(trial: Trial) -> Page:
    """Quantiles, grades, what is lacking."""
    old, new = trial.old_spread, trial.new_spread
    notes = [lack_words(one, trial.new.size) for one in trial.lacks]
    notes += [misfit_words(one) for one in trial.misfits if one.why != ABSENT]
    if new.provisional:
        notes.append(
            f"Điểm theo bộ mới của {new.provisional} đối tượng còn tạm tính: phần thiếu số liệu chưa có điểm, chưa phải là 0 điểm."
        )
    rows: list[Sequence[Any]] = [
        (f"Tổng điểm: {word}", old.quantiles.get(p), new.quantiles.get(p)) for p, word in _QUANTILES.items()
    ]
    rows.append(("Tổng điểm: trung bình", old.mean, new.mean))
    counts = [
        ("Đối tượng", old.size, new.size),
        ("Còn tạm tính", old.provisional, new.provisional),
        ("Có thứ hạng", old.ranked, new.ranked),
        ("Đồng hạng", old.tied, new.tied),
        ("Đạt trọn điểm cả bộ", old.whole.full, new.whole.full),
    ]
    counts += [
        (f"Xếp loại: {grade_words(name)}", old.grades.get(name, 0), new.grades.get(name, 0))
        for name in dict.fromkeys([*new.grades, *old.grades])
    ]
    rows += [(name, str(before), str(after)) for name, before, after in counts]
    title = f"PHÂN BỐ KẾT QUẢ, KỲ {trial.base.round.period}"
    columns = (("Mục", 46, "text"), ("Bộ cũ", 16, "points"), ("Bộ mới", 16, "points"))
    return Page("Phan bo", title, notes, columns, rows, point_places=trial.new.set.places)


def criteria_page(trial: Trial) -> Page:
    """Every criterion and part of the new set: who it tells apart."""
    before = {one.id: one for one in trial.old_spread.criteria}
    rows = []
    for one in trial.new_spread.criteria:
        was = before.get(one.id)
        rows.append(
            (
                one.id,
                one.text,
                "nhóm" if one.kind == "part" else "tiêu chí",
                one.in_force,
                one.scored,
                one.full,
                one.zero,
                one.waiting,
                was.share if was is not None else None,
                one.share,
                _remark(one),
            )
        )
    columns = (
        ("Mã", 10, "text"),
        ("Tiêu chí", 50, "text"),
        ("Loại", 9, "text"),
        ("Áp dụng", 8, "order"),
        ("Đã có điểm", 8, "order"),
        ("Trọn điểm", 8, "order"),
        ("0 điểm", 8, "order"),
        ("Còn chờ", 8, "order"),
        ("Tỷ lệ đạt trung bình, bộ cũ", 11, "share"),
        ("Tỷ lệ đạt trung bình, bộ mới", 11, "share"),
        ("Nhận xét", 30, "text"),
    )
    note = "Số đối tượng theo bộ mới. Trọn điểm: bằng điểm tối đa đang áp dụng. Tỷ lệ đạt trung bình của các đối tượng đã có điểm."
    return Page("Tieu chi", "TIÊU CHÍ: AI CŨNG ĐẠT, KHÔNG AI ĐẠT, CHẠM MỨC TỐI ĐA", (note,), columns, rows, 2)


def _remark(one: CriterionSpread) -> str:
    if one.without_data:
        return "chưa có số liệu của ai"
    if one.everybody:
        return "mọi đối tượng đều trọn điểm: không phân loại được ai"
    if one.nobody:
        return "không đối tượng nào có điểm"
    return "quá nửa số đối tượng chạm mức tối đa" if one.scored and 2 * one.full > one.scored else ""


def moves_page(trial: Trial) -> Page:
    """Everybody who moves, who gains most first."""
    up, down = gains(trial.moved)
    named = {id(one) for one in (*up, *down)}
    rest = [one for one in trial.moved if id(one) not in named]
    rows = [_move_row(one) for one in (*up, *rest, *reversed(down))]
    columns = (
        ("Mã", 9, "text"),
        ("Đối tượng", 30, "text"),
        ("Tổng cũ", 9, "points"),
        ("Tổng mới", 9, "points"),
        ("Tỷ lệ cũ", 9, "share"),
        ("Tỷ lệ mới", 9, "share"),
        ("Tăng, giảm (điểm %)", 10, "text"),
        ("Hạng cũ", 7, "order"),
        ("Hạng mới", 7, "order"),
        ("Xếp loại cũ", 16, "text"),
        ("Xếp loại mới", 16, "text"),
        ("Chủ yếu vì tiêu chí (điểm %)", 44, "text"),
    )
    notes: tuple[str, ...] = (
        f"Tỷ lệ đạt tăng: {len(up)} đối tượng; giảm: {len(down)}; không đổi: {trial.new.size - len(up) - len(down)}. "
        "So bằng tỷ lệ trên điểm tối đa đang áp dụng, vì tổng điểm của hai bộ có thể khác nhau.",
    )
    if trial.new_spread.provisional:
        notes = (*notes, _SO_FAR)
    title = "AI TĂNG, AI GIẢM: CÙNG SỐ LIỆU, HAI BỘ TIÊU CHÍ"
    return Page("Tang giam", title, notes, columns, rows, 2, trial.new.set.places)


def _move_row(one: Move) -> Sequence[Any]:
    before, after = one.before, one.after
    change = share_change(one)
    why = [f"{ident} {signed(pull * 100, 2)}" for ident, pull in pulls(one)[:_WHY]]
    return (
        one.candidate,
        one.name,
        before.total if before else None,
        after.total if after else None,
        before.share if before else None,
        after.share if after else None,
        "" if change is None else signed(change * 100, 2),
        before.rank if before else None,
        after.rank if after else None,
        (before.grade or "") if before else "",
        (after.grade or "") if after else "",
        "; ".join(why),
    )


def firmness_page(trial: Trial) -> Page:
    """Places under noise, then places without each criterion."""
    found = trial.firmness
    columns = (
        ("Cụm", 12, "text"),
        ("Mã", 10, "text"),
        ("Đối tượng, tiêu chí bỏ đi", 46, "text"),
        ("Hạng", 8, "order"),
        ("Hạng ở mức 5 %", 9, "order"),
        ("Hạng trung vị", 9, "order"),
        ("Hạng ở mức 95 %", 9, "order"),
        ("Đứng đầu (số lần)", 10, "text"),
        ("Giữ vị trí trong mức xếp loại", 12, "text"),
        ("Bỏ tiêu chí: ai đổi hạng, xa nhất trước", 56, "text"),
    )
    title = "ĐỘ VỮNG CỦA THỨ HẠNG (CHỈ THỬ VỚI ĐIỂM CHƯA ĐƯỢC QUYẾT ĐỊNH)"
    if found is None:
        return Page("Do vung", title, (trial.why_firm,), columns, ())
    notes = [found.why_not] if found.why_not else [found.noise.words(), _READING]
    notes += [f"{text}." for text in held_words(found.held)]
    if trial.new_spread.provisional and not found.why_not:
        notes.append(f"{trial.new_spread.provisional} đối tượng còn tạm tính: thử trên số điểm đã có.")
    draws = found.noise.draws
    rows: list[Sequence[Any]] = [
        (
            one.pool,
            one.id,
            one.name,
            one.place,
            one.low,
            one.median,
            one.high,
            frequency(one.first, draws),
            frequency(one.keeps, draws),
            "",
        )
        for one in found.spreads
    ]
    for dropped in trial.dropped:
        moved = ", ".join(f"{one.id} {one.before or '–'} → {one.after or '–'}" for one in dropped.moves[:_NAMED])
        moved += f" và {len(dropped.moves) - _NAMED} đối tượng khác" if len(dropped.moves) > _NAMED else ""
        head = "; ai đứng đầu cũng đổi" if dropped.leaders else ""
        told = f"{len(dropped.moves)}/{dropped.ranked} đổi hạng{head}: {moved}" if moved else "không ai đổi hạng"
        rows.append(("bỏ tiêu chí", dropped.id, dropped.text, *(None,) * 6, told))
    return Page("Do vung", title, notes, columns, rows, 3)


_SO_FAR = (
    "Còn đối tượng tạm tính theo bộ mới: tăng, giảm gồm cả phần chưa có số liệu. Chạy lại với --leave-out để so khi coi tiêu chí chưa "
    "có số liệu của ai là không áp dụng."
)
_READING = (
    "Mức 5 % và 95 %: ở 5 % số lần đối tượng đứng từ hạng này trở lên, ở 95 % số lần không xuống dưới hạng kia. Giữ vị trí: hạng vẫn "
    "nằm trong số các đối tượng cùng mức xếp loại. Bằng điểm thì cùng hạng trong từng lần; điều xét tiếp khi bằng điểm giữ như khi chấm. "
    "Bỏ tiêu chí: coi là không áp dụng cho mọi đối tượng, điểm của nó đi đúng như bộ tiêu chí quy định cho tiêu chí không áp dụng."
)


def advantage_page(trial: Trial) -> Page:
    """Pools and attributes side by side."""
    found = trial.advantage
    notes = [f"Theo {side_label(one)}. {advantage_sentence(one, found)}" for one in found.comparisons]
    if not notes:
        notes = ["Không có cụm hay thuộc tính nào chia các đối tượng làm nhiều bên."]
    notes.append(
        f"So {found.candidates} đối tượng đã đủ kết quả"
        + (f", {found.left_out} đối tượng chưa đủ để ngoài" if found.left_out else "")
        + (f"; không tính tiêu chí chưa có số liệu của ai: {', '.join(found.blind)}" if found.blind else "")
        + f". Tiêu chí mà mọi đối tượng đều có: {', '.join(found.common) or 'không có'}. "
        + "Các số nói lên chênh lệch, không chứng minh nguyên nhân."
    )
    rows = [
        (
            side_label(comparison),
            side.name,
            side.size,
            side.in_force,
            side.reachable,
            show_vietnamese(side.factor, 4),
            side.everything,
            side.common,
            not_applied_words(side),
        )
        for comparison in found.comparisons
        for side in comparison.sides
    ]
    columns = (
        ("Chia theo", 22, "text"),
        ("Bên", 24, "text"),
        ("Số đối tượng", 9, "order"),
        ("Phần điểm đang áp dụng", 11, "share"),
        ("Cao nhất có thể đạt", 11, "share"),
        ("Hệ số quy đổi trung bình", 11, "text"),
        ("Đạt, tính mọi tiêu chí áp dụng", 12, "share"),
        ("Đạt, chỉ tiêu chí ai cũng có", 12, "share"),
        ("Không áp dụng (số đối tượng)", 44, "text"),
    )
    return Page("Loi the", "LỢI THẾ CÓ SẴN CỦA CỤM, LOẠI ĐỐI TƯỢNG", notes, columns, rows, 2)


PAGES: tuple[Callable[[Trial], Page], ...] = (spread_page, criteria_page, moves_page, firmness_page, advantage_page)
