"""The gap report as a workbook: by unit, by criterion, wording to look at, by verifying body, over the years, every difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from criteria.declarations.movement import Movement
from criteria.exact import show_vietnamese
from records.life.rights import FINAL, VERIFIED
from reports.gap.content import PeriodGap, SetGap, over_years
from reports.ledger_pages.header import INTERNAL, report_header
from reports.ledger_pages.workbook import Line, Page, ledger_workbook
from reports.wording.days import period_words
from reports.wording.texts import capital
from scoring.analysis.gaps import LEFT_OUT, Gap
from scoring.result import ILLUSTRATION

UNITS, CRITERIA, WORDING, BODIES, YEARS, DETAILS = (
    *("Don vi", "Tieu chi", "Cau chu can xem", "Co quan tham dinh"),
    *("Qua cac ky", "Tung chenh lech"),
)
TITLE = "CHÊNH LỆCH GIỮA TỰ CHẤM VÀ THẨM ĐỊNH"
_NAMED = 8  # units that a line names
Cell = str | int | Fraction


def gap_workbook(movement: Movement, found: Sequence[PeriodGap], share: Fraction, least: int) -> bytes:
    """xlsx bytes. found: oldest first, at least one."""
    last = found[-1]
    stamps = tuple(dict.fromkeys(stamp for one in found for stamp in one.stamps if stamp != ILLUSTRATION))
    words = ", ".join(period_words(one.period) for one in found)
    illustrated = any(ILLUSTRATION in one.stamps for one in found)
    header = report_header(movement, words, last.round.window.last, last.entry, illustrated, (INTERNAL, *stamps))
    pages = [_units(found), _criteria(found), _wording(found, share, least), _bodies(found)]
    pages += [_years(found)] if len(found) > 1 else []
    return ledger_workbook(TITLE, header, [*pages, _details(found)])


def percent(value: Fraction | None) -> Cell:
    """A share as percent; a dash where nothing was compared."""
    return value * 100 if value is not None else "–"


def direction(one: Gap) -> str:
    """Where a criterion or body leans."""
    if not one.compared:
        return "chưa so được"
    if one.over and not one.under:
        return "tự chấm cao"
    if one.under and not one.over:
        return "tự chấm thấp"
    if not one.over:
        return "khớp"
    return "nghiêng tự chấm cao" if one.shares > 0 else "nghiêng tự chấm thấp" if one.shares < 0 else "hai chiều"


def _headed(found: Sequence[PeriodGap]) -> Iterator[tuple[PeriodGap, SetGap, Line]]:
    for one in found:
        for part in one.sets:
            words = period_words(one.period)
            yield one, part, Line([f"{capital(words)} – Nhóm {part.letter}: {part.title}"], across=True)


def _counts(one: Gap) -> list[Cell]:
    return [one.compared, one.over, one.under, one.equal, one.not_compared, percent(one.mean)]


_COUNTED = [
    ("So được", 8.0, True),
    ("Tự chấm cao", 8.0, True),
    ("Tự chấm thấp", 8.0, True),
    ("Khớp", 8.0, True),
    ("Không so", 8.0, True),
    ("Chênh lệch trung bình (% điểm tối đa)", 12.0, True),
]


def _units(found: Sequence[PeriodGap]) -> Page:
    lines: list[Line] = []
    for _, part, heading in _headed(found):
        lines.append(heading)
        verified, final = part.by_unit(VERIFIED), part.by_unit(FINAL)
        for unit in sorted(part.units, key=lambda ident: -(final[ident].mean or Fraction(-2))):
            one, last = verified[unit], final[unit]
            end: list[Cell] = [last.compared, last.over, last.under, percent(last.mean), last.points]
            lines.append(Line([unit, part.names[unit], *_counts(one), *end]))
    columns = [
        ("Mã", 8.0, False),
        ("Đơn vị", 34.0, False),
        *_COUNTED,
        ("Cuối cùng: so được", 9.0, True),
        ("Cuối cùng: tự chấm cao", 9.0, True),
        ("Cuối cùng: tự chấm thấp", 9.0, True),
        ("Cuối cùng: chênh lệch trung bình (%)", 12.0, True),
        ("Cuối cùng: tổng chênh lệch (điểm)", 12.0, True),
    ]
    why: dict[str, int] = {}
    for period in found:
        for key, number in period.total(VERIFIED).left_out.items():
            why[key] = why.get(key, 0) + number
    left = "; ".join(f"{LEFT_OUT[key]}: {why[key]}" for key in LEFT_OUT if key in why) or "không có"
    notes = [
        "So từng tiêu chí của từng đơn vị đã nộp biểu: điểm tự chấm trừ điểm thẩm định lần đầu; “Cuối cùng”: trừ điểm sau giải trình, thẩm "
        "định lại, điều chỉnh. Số dương: đơn vị tự chấm cao hơn. Chỉ so tiêu chí cả hai bước đều có điểm.",
        f"Không so được ở bước thẩm định lần đầu: {left}.",
        "Chênh lệch trung bình: trung bình của (tự chấm - thẩm định)/điểm tối đa trên các tiêu chí so được; tính đúng, làm tròn một lần khi in.",
    ]
    return Page(UNITS, f"{TITLE}, THEO ĐƠN VỊ,", columns, lines, notes, stays=2)


def _criteria(found: Sequence[PeriodGap]) -> Page:
    lines: list[Line] = []
    for _, part, heading in _headed(found):
        lines.append(heading)
        final = part.by_criterion(FINAL)
        for criterion, text in part.criteria.items():
            one = final[criterion]
            over = part.over(criterion)
            named = "; ".join(f"{part.names[p.unit]} ({_points(part, p.difference)})" for p in over[:_NAMED])
            named += f"; và {len(over) - _NAMED} đơn vị khác" if len(over) > _NAMED else ""
            cells: list[Cell] = [criterion, text, *_counts(one), percent(one.over_share), direction(one), named]
            lines.append(Line(cells))
    columns = [
        ("Mã", 9.0, False),
        ("Tiêu chí", 40.0, False),
        *_COUNTED,
        ("Tỷ lệ tự chấm cao (%)", 10.0, True),
        ("Hướng", 12.0, False),
        ("Tự chấm cao nhất (điểm)", 44.0, False),
    ]
    notes = [
        "So với kết quả cuối. Tự chấm cao: số đơn vị tự chấm cao hơn kết quả cuối; tỷ lệ tính trên số đơn vị so được."
    ]
    return Page(CRITERIA, f"{TITLE}, THEO TIÊU CHÍ,", columns, lines, notes, stays=2)


def _wording(found: Sequence[PeriodGap], share: Fraction, least: int) -> Page:
    lines: list[Line] = []
    for one, part, _ in _headed(found):
        final = part.by_criterion(FINAL)
        for criterion in part.misleading(share, least):
            it = final[criterion]
            cells: list[Cell] = [period_words(one.period), part.letter, criterion, part.criteria[criterion]]
            cells += [part.rule(criterion), f"{it.over}/{it.compared}", percent(it.over_share), percent(it.mean)]
            lines.append(Line(cells))
    columns = [
        ("Kỳ", 10.0, True),
        ("Nhóm", 7.0, True),
        ("Mã", 9.0, False),
        ("Nguyên văn tiêu chí", 44.0, False),
        ("Cách chấm", 52.0, False),
        ("Tự chấm cao trên so được", 10.0, True),
        ("Tỷ lệ (%)", 9.0, True),
        ("Chênh lệch trung bình (%)", 11.0, True),
    ]
    notes = [
        f"Tiêu chí có từ {show_vietnamese(share * 100, 2)} % số đơn vị so được trở lên tự chấm cao hơn kết quả cuối, so được ít nhất {least} đơn vị: "
        "câu chữ hoặc cách chấm có thể làm đơn vị hiểu sai; đề nghị xem để viết lại."
    ]
    return Page(WORDING, "TIÊU CHÍ CÓ CÂU CHỮ CẦN XEM LẠI,", columns, lines, notes, stays=3)


def _bodies(found: Sequence[PeriodGap]) -> Page:
    lines: list[Line] = []
    for one in found:
        words = period_words(one.period)
        lines.append(Line([f"{capital(words)}"], across=True))
        for body in one.bodies():
            it = body.verified
            cells: list[Cell] = [body.name, it.compared, it.over, it.under, it.equal, percent(it.moved_share)]
            cells += [percent(it.mean), percent(body.final.mean), body.corrected, body.excluded, body.returned]
            lines.append(Line(cells))
        whole = one.total(VERIFIED)
        told: list[Cell] = ["Cả kỳ", whole.compared, whole.over, whole.under, whole.equal, percent(whole.moved_share)]
        told += [percent(whole.mean), percent(one.total(FINAL).mean)]
        every = one.bodies()
        told += [sum(b.corrected for b in every), sum(b.excluded for b in every), sum(b.returned for b in every)]
        lines.append(Line(told, "bold text"))
    columns = [
        ("Cơ quan thẩm định", 40.0, False),
        ("Tiêu chí so được", 10.0, True),
        ("Giảm điểm", 9.0, True),
        ("Tăng điểm", 9.0, True),
        ("Giữ nguyên", 9.0, True),
        ("Tỷ lệ thay đổi (%)", 10.0, True),
        ("Chênh lệch trung bình (%)", 11.0, True),
        ("Chênh lệch cuối cùng (%)", 11.0, True),
        ("Tiêu chí sửa số liệu", 10.0, True),
        ("Quyết định không áp dụng", 11.0, True),
        ("Lần trả lại", 8.0, True),
    ]
    notes = [
        "Giảm điểm, tăng điểm, giữ nguyên: điểm thẩm định lần đầu so với tự chấm. Sửa số liệu mà điểm không đổi vẫn tính ở cột sửa số liệu.",
        "Các cơ quan thẩm định những tiêu chí khác nhau: khác nhau về tỷ lệ chưa phải là khác nhau về mức độ chặt chẽ.",
    ]
    return Page(BODIES, "CƠ QUAN THẨM ĐỊNH SỬA ĐIỂM,", columns, lines, notes)


def _years(found: Sequence[PeriodGap]) -> Page:
    each = [one.by_unit(FINAL) for one in found]
    habits = over_years(found)
    names: dict[str, str] = {}
    letters: dict[str, str] = {}
    for one in found:
        for part in one.sets:
            names.update(part.names)
            letters.update(dict.fromkeys(part.units, part.letter))
    places = {unit: place for place, unit in enumerate(names)}
    lines = []
    for unit in sorted(names, key=lambda ident: (not habits.get(ident, False), places[ident])):
        cells: list[Cell] = [unit, names[unit], letters[unit]]
        for gaps in each:
            it = gaps.get(unit)
            cells += [percent(it.mean), it.over] if it is not None and it.compared else ["–", "–"]
        said = ("có" if habits[unit] else "không") if unit in habits else "chưa đủ kỳ"
        lines.append(Line([*cells, said]))
    columns = [("Mã", 8.0, False), ("Đơn vị", 38.0, False), ("Nhóm", 7.0, True)]
    for one in found:
        columns += [(f"{one.period}: chênh lệch (%)", 11.0, True), (f"{one.period}: tiêu chí tự chấm cao", 10.0, True)]
    columns.append(("Kỳ nào cũng tự chấm cao", 11.0, True))
    notes = [
        "So với kết quả cuối. “Kỳ nào cũng tự chấm cao”: so được ít nhất hai kỳ, và chênh lệch trung bình của kỳ nào cũng lớn hơn 0."
    ]
    return Page(YEARS, "TỰ CHẤM CAO QUA CÁC KỲ,", columns, lines, notes, stays=2)


def _details(found: Sequence[PeriodGap]) -> Page:
    lines: list[Line] = []
    for one, part, heading in _headed(found):
        first = {(p.unit, p.criterion): p.found for p in part.verified.pairs}
        rows = [p for p in part.final.pairs if p.difference or first.get((p.unit, p.criterion), p.found) != p.claimed]
        lines += [heading] if rows else []
        for pair in rows:
            key = pair.unit, pair.criterion
            body = part.bodies.get(key, "")
            standing = part.done.get(key)
            cells: list[Cell] = [pair.unit, part.names[pair.unit], pair.criterion, pair.maximum, pair.claimed]
            cells += [first.get(key, "–"), pair.found, pair.difference, one.names.get(body, body)]
            lines.append(Line([*cells, standing.reason if standing is not None else ""]))
    columns = [
        ("Mã", 8.0, False),
        ("Đơn vị", 30.0, False),
        ("Tiêu chí", 11.0, False),
        ("Điểm tối đa", 9.0, True),
        ("Tự chấm", 9.0, True),
        ("Thẩm định", 9.0, True),
        ("Kết quả cuối", 9.0, True),
        ("Chênh lệch", 10.0, True),
        ("Cơ quan thẩm định", 28.0, False),
        ("Lý do ghi gần nhất", 36.0, False),
    ]
    return Page(DETAILS, "TỪNG CHÊNH LỆCH,", columns, lines, stays=3)


def _points(part: SetGap, value: Fraction) -> str:
    return f"+{show_vietnamese(value, part.set.places)}"
