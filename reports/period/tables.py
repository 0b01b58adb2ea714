"""The other tables of a report: tasks, self-scores, awards, models, what lacks; and those that stand in the workbook only."""

from __future__ import annotations

from collections.abc import Iterable

from nominations.selection.choosing import State
from records.tasks.rollup import Tally
from reports.period.cells import Cell, Number, Rows, Table, percent
from reports.period.columns import KINDS, kind, one
from reports.period.gathering import PeriodReport
from reports.period.given import AwardCount, Named
from reports.period.result_tables import LONGEST, result_rows, year_tables
from reports.period.words import results_source, short_name
from reports.period.workbook_tables import workbook_tables
from reports.wording.days import period_name
from reports.wording.texts import capital
from scoring.analysis.gaps import ShareGap, together

_LEDGER = "Sổ ghi của phong trào"


def tables_of(report: PeriodReport) -> list[Table]:
    """Every table of a report in the order of the document, those of the workbook last; also empty ones."""
    made = [
        *year_tables(report),
        _tasks(report),
        _gaps(report),
        _models(report),
        _model_kinds(report),
        _model_names(report),
        _awards(report),
        _missing(report),
        _milestones(report),
        _duties(report),
        result_rows(report),
        _named(report),
        *workbook_tables(report),
    ]
    return sorted(made, key=lambda table: KINDS.index(table.kind))


def _ledger(report: PeriodReport) -> str:
    return f"{_LEDGER}, đến mục nhập số {report.entry}"


def _tasks(report: PeriodReport) -> Table:
    rows = [_task_row(body.name, body.tally) for body in report.tasks.bodies]
    rows += [_task_row("Cộng theo cơ quan", report.tasks.total)] if rows else []
    notes = (
        f"Sổ có {report.tasks.numbers} nhiệm vụ thuộc kỳ; nhiệm vụ nhiều cơ quan cùng chủ trì được tính ở từng cơ quan.",
        "Tỷ lệ hoàn thành: đã xong trên số có hạn trong kỳ. Tỷ lệ đúng hạn: xong đúng hạn trên số đã xong hoặc đã quá hạn.",
    )
    source = f"Sổ nhiệm vụ, tính đến ngày {report.on:%d/%m/%Y}, đến mục nhập số {report.tasks.entry}"
    return one("nhiem_vu", rows, source, *notes, short=len(rows) <= LONGEST)


def _task_row(name: str, tally: Tally) -> dict[str, Cell]:
    return {
        "ten": name,
        "co_han": tally.asked,
        "dung_han": tally.of("done"),
        "qua_han_xong": tally.of("late"),
        "trong_han": tally.of("open"),
        "qua_han": tally.of("overdue"),
        "hoan_thanh": percent(tally.completed.fraction),
        "ty_le_dung_han": percent(tally.on_time.fraction),
    }


def _gaps(report: PeriodReport) -> Table:
    notes = (
        "Tự chấm, kết quả: trung bình tỷ lệ đạt của các đối tượng có đủ hai số. Chênh lệch: tự chấm trừ kết quả, tính bằng điểm phần trăm.",
        "Bị giảm, được tăng: số đối tượng có kết quả thấp hơn, cao hơn tự chấm.",
    )
    if report.occasion is None:
        found = [(short_name(report, letter), gap) for part in report.parts for letter, gap in part.gaps.items()]
        rows = [_gap_row(name, gap) for name, gap in found]
        rows += [_gap_row("Cộng", together(gap for _, gap in found))] if len(found) > 1 else []
        return one("tu_cham", rows, f"{_ledger(report)}; kết quả: {results_source(report)}", *notes)
    rows = [
        _gap_row(period_name(report.movement, part.period), together(part.gaps.values()))
        for part in report.parts
        if part.gaps
    ]
    return one("tu_cham_ky", rows, f"{_ledger(report)}; kết quả: {results_source(report)}", *notes)


def _gap_row(name: str, gap: ShareGap) -> dict[str, Cell]:
    return {
        "ten": name,
        "so": gap.compared,
        "tu_cham": percent(gap.own),
        "ket_qua": percent(gap.final),
        "chenh": Number(gap.difference * 100) if gap.difference is not None else None,
        "giam": gap.lowered,
        "tang": gap.raised,
        "bang": gap.same,
    }


def _models(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "ten": short_name(report, told.letter),
            "hoi": told.asked,
            "co": told.units,
            "so": Number(told.reported, 0 if told.reported.denominator == 1 else 2),
        }
        for told in report.models
    ]
    return one("mo_hinh", rows, results_source(report), "Số do đơn vị báo cáo trong biểu tự chấm, đã qua thẩm định.")


def _model_kinds(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = [
        {"ten": capital(told.words), "so": told.number, "don_vi": told.units, "cong_khai": told.public}
        for told in report.registered.kinds
    ]
    note = "Theo văn bản giới thiệu có ngày trong kỳ. Được tuyên truyền: đơn vị đồng ý tuyên truyền, công khai."
    return one("mo_hinh_loai", rows, _ledger(report), note)


def _model_names(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "stt": place,
            "ten": told.name,
            "loai": capital(told.words),
            "don_vi": told.unit,
            "van_ban": told.introduced_by,
        }
        for place, told in enumerate(report.registered.shown, 1)
    ]
    note = "Gương điển hình cá nhân chỉ nêu số lượng."
    return one("mo_hinh_ten", rows, _ledger(report), note, short=len(rows) <= LONGEST)


def _awards(report: PeriodReport) -> Table:
    groups = [
        Rows(counts[0].name, tuple(_award_row(report, told) for told in counts))
        for counts in _by_award(report.awards.counts)
    ]
    source = _ledger(report) + (f"; xét chọn {', '.join(report.awards.occasions)}" if report.awards.occasions else "")
    notes = (
        "Đề nghị, chờ hội đồng, ngoài chỉ tiêu, không đủ điều kiện: tình trạng của trường hợp được xét tại dịp.",
        "Đã trình, đã tặng, không tặng: theo kết quả ghi trong sổ; không kể quyết định đã hủy bỏ, hồ sơ trả lại.",
    )
    return Table(kind("khen"), tuple(groups), source, notes)


def _by_award(counts: Iterable[AwardCount]) -> list[list[AwardCount]]:
    found: dict[str, list[AwardCount]] = {}
    for told in counts:
        found.setdefault(told.award, []).append(told)
    return list(found.values())


def _award_row(report: PeriodReport, told: AwardCount) -> dict[str, Cell]:
    return {
        "ten": short_name(report, told.letter),
        "de_nghi": told.states.get(State.PROPOSED.value, 0),
        "cho": told.states.get(State.WAITS.value, 0),
        "ngoai": told.states.get(State.OUTSIDE.value, 0),
        "khong_du": told.states.get(State.NOT.value, 0),
        "da_trinh": told.submitted,
        "da_tang": told.granted,
        "khong_tang": told.refused,
    }


def _missing(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = []
    for part in report.parts:
        for group in part.taken.groups if part.taken is not None else ():
            for told in group.missing:
                name = told.name if not told.persons else f"{told.name or 'Cơ quan chưa ghi'}: biểu của cá nhân"
                rows.append(
                    {
                        "stt": len(rows) + 1,
                        "ten": name,
                        "nhom": told.letter,
                        "ky": part.period,
                        "so": told.persons or 1,
                    }
                )
    note = "Biểu của cá nhân: chỉ nêu cơ quan nộp thay và số lượng."
    return one("chua_nop", rows, _ledger(report), note, short=len(rows) <= LONGEST)


def _milestones(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "ten": told.name,
            "han": f"{told.last:%d/%m/%Y}",
            "dung": told.counts.get("done", 0),
            "sau": told.counts.get("late", 0),
            "chua": told.counts.get("missing", 0),
            "cho": told.counts.get("waiting", 0),
        }
        for told in report.milestones
    ]
    return one("moc", rows, f"{_ledger(report)}, tính đến ngày {report.on:%d/%m/%Y}")


def _duties(report: PeriodReport) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "stt": place,
            "ten": told.name,
            "ai": told.by,
            "gui": told.to,
            "so": told.times,
            "nhan": told.received,
            "cham": told.late,
        }
        for place, told in enumerate(report.duties, 1)
    ]
    notes = (
        "Chế độ báo cáo theo tệp phong trào. Đã nhận: báo cáo của các đơn vị ghi trong sổ; chỉ tính là chậm khi văn bản in ngày nộp.",
    )
    return one("bao_cao", rows, _ledger(report), *notes)


def _named(report: PeriodReport) -> Table:
    found: dict[str, list[Named]] = {}
    for told in report.awards.named:
        found.setdefault(told.award, []).append(told)
    groups = tuple(
        Rows(
            award,
            tuple(
                {
                    "stt": place,
                    "ten": told.name,
                    "don_vi": told.unit,
                    "tinh_trang": capital(told.state),
                    "quyet_dinh": told.decision,
                }
                for place, told in enumerate(several, 1)
            ),
        )
        for award, several in found.items()
    )
    return Table(kind("danh_sach_khen"), groups, _ledger(report), (), len(report.awards.named) <= LONGEST)
