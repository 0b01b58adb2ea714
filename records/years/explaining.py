"""Why a combined figure is what it is: every period side by side, the step, the result, what keeps from a place."""

from __future__ import annotations

from fractions import Fraction

from criteria.declarations.years import Combination, TieBreak
from criteria.exact import show_vietnamese
from records.years.combined import CombinedRow, CombinedSet, figure_words
from records.years.combining import PROPOSAL
from records.years.part_year import PROPOSED
from records.years.periods import Period, PeriodCell
from scoring.placing import pool_words
from scoring.years import Figure, Why, figure_value

HOW = {
    "mean": "trung bình các kỳ",
    "weighted": "trung bình có trọng số của các kỳ",
    "last": "lấy kỳ sau cùng",
    "best": "lấy kỳ cao nhất",
    "sum": "cộng các kỳ",
}
THEN: dict[TieBreak, str] = {
    "share_of_last": "tỷ lệ đạt của kỳ sau cùng",
    "total_of_last": "tổng điểm của kỳ sau cùng",
    "grade_of_last": "mức xếp loại của kỳ sau cùng",
    "best_share": "tỷ lệ đạt cao nhất trong các kỳ",
    "least_share": "tỷ lệ đạt thấp nhất trong các kỳ",
    "times_first": "số kỳ xếp hạng nhất",
}
_ROUNDING = {"half_up": "nửa thì lên", "half_even": "nửa thì về số chẵn", "down": "bỏ phần lẻ", "up": "lên"}
_MISSING = {
    "wait": "chờ: tạm tính, chưa xếp hạng",
    "left_out": "bỏ qua, gộp các kỳ còn lại",
    "zero": "tính 0",
}
_UNPLACED = {
    "counts": "kết quả vẫn tính",
    "left_out": "bỏ qua kỳ đó",
    "unplaced": "kết quả vẫn tính nhưng không xếp hạng trong dịp",
}
_INHERITED = {
    "none": "không kế thừa",
    "successor": "cơ quan mới nhận kết quả",
    "mean_of_predecessors": "trung bình kết quả của các cơ quan trước",
    "best_of_predecessors": "kết quả cao nhất của các cơ quan trước",
}


def unit(rule: Combination) -> str:
    return "điểm" if rule.of == "total" else "%"


def shown(rule: Combination, value: Fraction | None) -> str:
    """A combined figure: 87,50 % or 87,50 điểm."""
    return f"{show_vietnamese(value, rule.places)} {unit(rule)}" if value is not None else "chưa có"


def rule_lines(made: CombinedSet) -> list[tuple[str, str]]:
    """The rule in words."""
    rule = made.rule
    told = [("Tình trạng", PROPOSAL if rule.status == "proposal" else f"theo {rule.decided_by}")]
    what = "tổng điểm" if rule.of == "total" else "tỷ lệ đạt (điểm / điểm tối đa đang áp dụng)"
    told.append(("Cách gộp", f"{HOW[rule.how]}, tính trên {what}"))
    told.append(("Các kỳ", ", ".join(period.name for period in made.periods)))
    if rule.how in ("mean", "weighted") and len({period.span.weight for period in made.periods}) > 1:
        by = "số ngày của kỳ" if rule.weigh_by == "days" else "trọng số"
        told.append(
            ("Trọng số", f"{by}: " + "; ".join(f"{p.name}: {show_vietnamese(p.span.weight)}" for p in made.periods))
        )
    if rule.until is not None:
        told.append(("Hạn chốt", f"chỉ tính kết quả công bố đến hết ngày {rule.until:%d/%m/%Y}"))
    told.append(("Kỳ chưa có kết quả chính thức", _MISSING[rule.missing]))
    told.append(("Kỳ có kết quả mà không xếp hạng", _UNPLACED[rule.unplaced]))
    told.append(("Kỳ mà đối tượng chưa thành lập hoặc đã kết thúc", "không tính, không bị trừ"))
    told.append(("Số kỳ ít nhất", str(rule.least_periods)))
    if rule.minimum_grade is not None:
        count = rule.minimum_grade.periods
        many = "mọi kỳ được tính" if count is None else f"ít nhất {count} kỳ"
        told.append(("Mức xếp loại tối thiểu", f"“{rule.minimum_grade.grade}” trở lên ở {many}"))
    if rule.consecutive is not None:
        need = f"“{rule.consecutive.grade}” trở lên ở ít nhất {rule.consecutive.periods} kỳ liên tiếp"
        told.append(("Liên tục", need))
    told.append(("Làm tròn", f"một lần, {rule.places} số lẻ, {_ROUNDING[rule.rounding]}"))
    ties = ", rồi ".join(THEN[word] for word in rule.then)
    told.append(("Xếp hạng", f"theo kết quả gộp{', rồi ' + ties if ties else ''}; vẫn bằng nhau thì đồng hạng"))
    return told + _reorganised(made)


def _reorganised(made: CombinedSet) -> list[tuple[str, str]]:
    told = []
    if made.inheritance is not None:
        results = made.inheritance.results
        words = "; ".join(
            f"{name}: {_INHERITED[word]}"
            for name, word in (
                ("hợp nhất", results.merge),
                ("chia tách", results.split),
                ("chuyển thành cơ quan mới", results.continued),
            )
        )
        words += "; sáp nhập vào cơ quan đang có: cơ quan đó giữ kết quả của mình; đổi tên: giữ nguyên"
        told.append(("Kế thừa kết quả", words + _status(made.inheritance.status)))
    if made.part_year is not None:
        other = {"unplaced": "không xếp hạng", "left_out": "không đưa vào danh sách"}[made.part_year.otherwise]
        words = f"dưới {made.part_year.least_days} ngày trong năm (kỳ ngắn hơn: theo tỷ lệ) thì {other}"
        told.append(("Hoạt động một phần của kỳ", words + _status(made.part_year.status)))
    return told


def _status(status: str) -> str:
    return f" ({PROPOSED})" if status == "proposal" else ""


def period_words(period: Period, cell: PeriodCell) -> str:
    """One period of a candidate, with its receipt."""
    figure = cell.cell
    if not isinstance(figure, Figure):
        return cell.say
    places = cell.result.places if cell.result is not None else None
    if cell.own is not None and cell.result is not None:
        parts = [figure_words(cell.result, cell.own)]
    else:
        parts = [f"{show_vietnamese(figure.total, places)}/{show_vietnamese(figure.maximum, places)}"]
    parts[0] += f" = {show_vietnamese(figure.share * 100)} %" if figure.share is not None else ""
    parts += [f"xếp loại {cell.grade}"] if cell.grade else []
    parts += [f"hạng {figure.rank}"] if figure.rank is not None else []
    parts += [f"không xếp hạng: {cell.unplaced}"] if cell.unplaced else []
    parts += [cell.say] if cell.say else []
    if cell.result is not None:
        version = f", bản {cell.result.version}" if cell.result.version > 1 else ""
        parts.append(f"biên nhận {cell.result.receipt or 'không ghi'}{version}")
    return _about("; ".join(parts))


def _about(text: str) -> str:
    """One sign where a number is not printed whole."""
    return text.replace("= ≈", "≈")


def step(made: CombinedSet, row: CombinedRow) -> str:
    """The arithmetic with its figures: (90 + 85) / 2 = 87,5 %."""
    return _about(_step(made, row))


def _step(made: CombinedSet, row: CombinedRow) -> str:
    rule, combined = made.rule, row.combined
    if combined.exact is None:
        return "chưa có kỳ nào để gộp"
    figures = {p: cell.cell for p, cell in enumerate(row.cells) if p in combined.counted}
    values = {p: figure_value(rule, cell) if isinstance(cell, Figure) else Fraction(0) for p, cell in figures.items()}
    names = {p: made.periods[p].name for p in values}
    end = f"{_number(combined.exact)} {unit(rule)}"
    if combined.value != combined.exact:
        end += f", làm tròn {shown(rule, combined.value)}"
    if combined.chosen is not None:
        if rule.how == "last":
            return f"{HOW[rule.how]}: {names[combined.chosen]}: {end}"
        others = "; ".join(f"{names[p]}: {_number(values[p])}" for p in values)
        return f"{HOW[rule.how]} trong ({others}): {end}"
    if len(values) == 1:
        return f"chỉ tính kỳ {next(iter(names.values()))}: {end}"
    weights = {p: made.periods[p].span.weight for p in values}
    if rule.how == "sum":
        return " + ".join(_number(values[p]) for p in values) + f" = {end}"
    if len(set(weights.values())) == 1:
        return f"({' + '.join(_number(values[p]) for p in values)}) / {len(values)} = {end}"
    top = " + ".join(f"{_number(weights[p])} × {_number(values[p])}" for p in values)
    return f"({top}) / {_number(sum(weights.values(), Fraction(0)))} = {end}"


def _number(value: Fraction) -> str:
    return show_vietnamese(value)


def why_words(made: CombinedSet, row: CombinedRow) -> list[str]:
    """What keeps a candidate from a place, one sentence each."""
    return [_why(made, row, why) for why in row.combined.why]


def _why(made: CombinedSet, row: CombinedRow, why: Why) -> str:
    rule = made.rule
    names = ", ".join(made.periods[place].name for place in why.spans)
    if why.code == "barred":
        return row.barred
    if why.code == "waits":
        return "Tạm tính, chờ " + "; ".join(f"kỳ {made.periods[p].name}: {row.cells[p].say}" for p in why.spans)
    if why.code == "unplaced":
        told = "; ".join(f"kỳ {made.periods[p].name}: {row.cells[p].unplaced}" for p in why.spans)
        return f"Có kỳ không xếp hạng ({told})"
    if why.code == "too_few":
        return f"Có {why.have} kỳ được tính, cần ít nhất {why.need} kỳ"
    if why.code in ("grade", "grade_open"):
        assert rule.minimum_grade is not None
        grade = rule.minimum_grade.grade
        if why.code == "grade_open":
            return f"Chưa kết luận được mức “{grade}”: bộ tiêu chí của kỳ {names} không có mức này"
        return f"Mức “{grade}” trở lên ở {why.have} kỳ, cần {why.need} kỳ (chưa đạt: {names})"
    assert rule.consecutive is not None
    if why.code == "run_open":
        return f"Chưa kết luận được mức “{rule.consecutive.grade}”: bộ tiêu chí của kỳ {names} không có mức này"
    return f"Mức “{rule.consecutive.grade}” trở lên ở {why.have} kỳ liên tiếp, cần {why.need} kỳ"


def explain_years(made: CombinedSet, candidate: str) -> list[tuple[str, str]]:
    """Headings and sentences about one candidate. Raises KeyError."""
    row = next((one for one in made.rows if one.candidate == candidate), None)
    if row is None:
        raise KeyError(candidate)
    lines = [("Đối tượng", f"{row.name} (mã {row.candidate})" if row.name else row.candidate)]
    lines.append(("Dịp", made.occasion.name))
    lines += [(name, text) for name, text in rule_lines(made) if name in ("Tình trạng", "Cách gộp", "Trọng số")]
    for period, cell in zip(made.periods, row.cells, strict=True):
        lines.append((f"Kỳ {period.name}", period_words(period, cell)))
    lines.append(("Tính", step(made, row)))
    lines.append(
        ("Kết quả", shown(made.rule, row.combined.value) + (" (tạm tính)" if row.combined.provisional else ""))
    )
    lines.append(("Thứ hạng", rank_words(made, row)))
    lines += [("Vì sao không xếp hạng", text) for text in why_words(made, row)]
    return lines + [("Lưu ý", text) for text in row.notes]


def rank_words(made: CombinedSet, row: CombinedRow) -> str:
    """2 trên 5 trong Cụm 1, đồng hạng với B007"""
    combined = row.combined
    if combined.rank is None:
        return "không xếp hạng"
    peers = [one for one in made.rows if one.pool == row.pool and one.combined.rank is not None]
    text = f"{combined.rank} trên {len(peers)}" + (f" trong {pool_words(row.pool)}" if row.pool else "")
    same = [one.candidate for one in peers if one.combined.rank == combined.rank and one is not row]
    return text + (f", đồng hạng với {', '.join(same[:5])}{'…' if len(same) > 5 else ''}" if same else "")
