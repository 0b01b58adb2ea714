"""What the report says in sentences: only numbers and names; judgements are left to whoever writes the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from criteria.exact import show_vietnamese
from reports.period.content_tables import last_change
from reports.period.gathering import Disputes, PeriodPart, PeriodReport
from reports.period.participation import Handling
from reports.period.results import TagSum
from reports.wording.days import period_name
from reports.wording.texts import capital
from scoring.analysis.gaps import together


def _share(part: int, whole: int) -> str:
    return f"{show_vietnamese(Fraction(part * 100, whole), 2)} %" if whole else "–"


def _percent(value: Fraction | None) -> str:
    return f"{show_vietnamese(value * 100, 2)} %" if value is not None else "–"


def taken_part(report: PeriodReport) -> list[str]:
    """Who took part, how far verification has come, which results are official."""
    return [line for part in report.parts for line in _part(report, part)]


def _part(report: PeriodReport, part: PeriodPart) -> Iterator[str]:
    if part.taken is None:  # lacking() says so
        return
    name = capital(period_name(report.movement, part.period))
    groups = [group for group in part.taken.groups if group.candidates]
    everybody, handed = sum(group.candidates for group in groups), sum(group.handed_in for group in groups)
    if not everybody:
        yield f"{name}: chưa có đối tượng nào trong danh sách dự thi đua."
        return
    opening = f"{name} có {everybody} đối tượng thuộc {len(groups):02d} nhóm dự thi đua"
    if not handed:
        yield f"{opening}; chưa có đối tượng nào nộp biểu tự chấm."
        return
    late = sum(group.late for group in groups)
    told = f"{opening}; {handed} đối tượng đã nộp biểu tự chấm, đạt {_share(handed, everybody)}"
    told += f", trong đó {late} biểu nhận sau thời hạn" if late else ""
    verified, official = sum(group.verified for group in groups), sum(group.official for group in groups)
    yield f"{told}. Thẩm định xong {verified} đối tượng; {official} đối tượng có kết quả công bố chính thức."


def lacking(report: PeriodReport) -> list[str]:
    """What is not official yet, and with it not final."""
    found = []
    for part in report.parts:
        name = period_name(report.movement, part.period)
        if part.taken is None:
            found.append(f"{capital(name)}: chưa mở kỳ chấm điểm, chưa có kết quả.")
        elif part.open:
            groups = ", ".join(part.open)
            found.append(f"{capital(name)}: nhóm {groups} chưa có kết quả công bố chính thức; số liệu là tạm tính.")
    waits = sum(row.combined.provisional for made in report.combined for row in made.rows)
    if waits:
        found.append(f"{waits} đối tượng chưa đủ kết quả các kỳ của dịp; kết quả gộp là tạm tính.")
    return found


def results(report: PeriodReport) -> list[str]:
    """How many have which grade; that groups are not compared with each other."""
    if report.occasion is not None:
        ranked = sum(row.combined.rank is not None for made in report.combined for row in made.rows)
        listed = sum(len(made.rows) for made in report.combined)
        if not listed:
            return ["Chưa có đối tượng nào để tổng hợp kết quả các kỳ."]
        rules = any(made.rule.status == "proposal" for made in report.combined)
        told = f"Tổng hợp kết quả các kỳ của {listed} đối tượng, {ranked} đối tượng được xếp hạng."
        return [
            told + (" Cách gộp kết quả các kỳ là đề xuất, chưa được cấp có thẩm quyền quyết định." if rules else "")
        ]
    counts: dict[str, int] = {}
    for each in report.results:
        for grade, many in each.grades:
            counts[grade] = counts.get(grade, 0) + many
    whole = sum(counts.values())
    if not whole:
        return ["Chưa có đối tượng nào có kết quả."]
    order = sorted(counts, key=lambda grade: not grade)
    told = "; ".join(
        f"{grade or 'chưa hoặc không xếp loại'} {counts[grade]} đối tượng ({_share(counts[grade], whole)})"
        for grade in order
    )
    return [
        f"Trong {whole} đối tượng có kết quả: {told}. Mỗi nhóm chấm theo bộ tiêu chí riêng nên không so sánh điểm giữa các nhóm."
    ]


def contents(report: PeriodReport) -> list[str]:
    """The strongest and the weakest content; where there are only two of a kind (mục tiêu kép), both."""
    found = []
    for tags in _by_place(tag for tag in report.tags if tag.share is not None):
        if len(tags) > 2:
            top = max(tags, key=lambda tag: tag.share or 0)
            low = min(tags, key=lambda tag: tag.share or 0)
            found.append(
                f"Trong {len(tags):02d} nội dung thi đua có tiêu chí, tỷ lệ đạt cao nhất ở nội dung “{top.name}” "
                f"({_percent(top.share)}), thấp nhất ở nội dung “{low.name}” ({_percent(low.share)})."
            )
        else:
            told = "; ".join(f"“{tag.name}” đạt {_percent(tag.share)}" for tag in tags)
            found.append(f"{'Về mục tiêu kép: ' if len(tags) == 2 else ''}{told}.")
    return found


def _by_place(tags: Iterable[TagSum]) -> list[list[TagSum]]:
    """Tags that stand in one section of the plan: "002 II.1", "002 II.2" | "002 I.2, gạch 1"."""
    found: dict[str, list[TagSum]] = {}
    for tag in tags:
        found.setdefault(tag.place.partition(",")[0].rpartition(".")[0], []).append(tag)
    return list(found.values())


def years(report: PeriodReport) -> list[str]:
    """How many sets went up and down against the last period that may be compared."""
    changes = [change.value for one in report.trends if (change := last_change(one.points, one.stretches)) is not None]
    if len(report.compared) < 2:
        return ["Chưa có kỳ trước cùng loại với kết quả chính thức để so sánh."]
    if not changes:
        return ["Không có kỳ trước chấm theo cùng bộ tiêu chí để so sánh."]
    up, down = sum(one > 0 for one in changes), sum(one < 0 for one in changes)
    told = f"So với kỳ liền trước trong bảng, tỷ lệ đạt trung bình tăng ở {up}, giảm ở {down}"
    same = len(changes) - up - down
    told += f", giữ nguyên ở {same}" if same else ""
    broken = sum(len(one.stretches) > 1 for one in report.trends)
    more = f" {broken} bộ tiêu chí có thay đổi giữa các kỳ, chỉ so sánh trong từng giai đoạn." if broken else ""
    return [f"{told} bộ tiêu chí.{more}"]


def tasks(report: PeriodReport) -> list[str]:
    told = report.tasks
    if not told.bodies:
        return ["Sổ nhiệm vụ không có nhiệm vụ nào thuộc kỳ này."]
    total = told.total
    return [
        f"Tính đến ngày {told.on:%d/%m/%Y}, {len(told.bodies)} cơ quan chủ trì {total.asked} lượt nhiệm vụ có hạn trong kỳ: hoàn thành "
        f"đúng hạn {total.of('done')}, hoàn thành quá hạn {total.of('late')}, đang thực hiện trong hạn {total.of('open')}, quá hạn chưa "
        f"hoàn thành {total.of('overdue')}; tỷ lệ hoàn thành {total.completed.percent}, tỷ lệ đúng hạn {total.on_time.percent}."
    ]


def self_scores(report: PeriodReport) -> list[str]:
    told = together(gap for part in report.parts for gap in part.gaps.values())
    if not told.compared or told.difference is None:
        return ["Chưa có đối tượng nào có đủ điểm tự chấm và kết quả cuối để so sánh."]
    periods = " lượt" if report.occasion is not None else ""
    side = "cao hơn" if told.difference > 0 else "thấp hơn" if told.difference < 0 else "bằng"
    by = f" {show_vietnamese(abs(told.difference) * 100, 2)} điểm phần trăm" if told.difference else ""
    return [
        f"So sánh {told.compared}{periods} đối tượng: tự chấm đạt trung bình {_percent(told.own)}, kết quả {_percent(told.final)}, tự chấm "
        f"{side}{by}{' so với kết quả' if by else ' kết quả'}; {told.lowered} đối tượng bị giảm, {told.raised} được tăng, {told.same} "
        "giữ nguyên."
    ]


def models(report: PeriodReport) -> list[str]:
    """Of the register, then of the forms."""
    told = report.registered
    kinds = "; ".join(f"{one.number} {one.words}" for one in told.kinds)
    found = [f"Đã ghi nhận {told.number} nhân tố mới, cách làm hay, gương điển hình: {kinds}."] if told.number else []
    return [*found, *_models_of_forms(report, bool(found))]


def _models_of_forms(report: PeriodReport, registered: bool) -> list[str]:
    if not report.models:
        return [] if registered else ["Biểu tự chấm của kỳ không hỏi số nhân tố mới, cách làm hay, gương điển hình."]
    number = sum((one.reported for one in report.models), Fraction(0))
    units = sum(one.units for one in report.models)
    return [
        f"Theo biểu tự chấm đã thẩm định, {units} lượt đơn vị giới thiệu {show_vietnamese(number)} nhân tố mới, cách làm hay, gương điển hình."
    ]


def awards(report: PeriodReport) -> list[str]:
    told = report.awards
    if told.problem:
        return [told.problem]
    proposed = sum(one.states.get("đề nghị", 0) for one in told.counts)
    granted, submitted = sum(one.granted for one in told.counts), sum(one.submitted for one in told.counts)
    refused = sum(one.refused for one in told.counts)
    found = []
    if told.occasions:
        found.append(f"{', '.join(told.occasions)}: {proposed} trường hợp được đề nghị khen thưởng.")
        if told.waiting:
            found.append(f"{told.waiting} trường hợp bằng nhau ở ngưỡng chỉ tiêu, chờ hội đồng quyết định.")
    if granted or submitted or refused:
        parts = [f"đã tặng {granted}", *([f"đã trình {submitted}"] if submitted else [])]
        parts += [f"không tặng {refused}"] if refused else []
        found.append(f"Theo kết quả ghi trong sổ: {', '.join(parts)} trường hợp.")
    if told.own:
        own = "; ".join(f"{name} {many}" for name, many in told.own)
        found.append(f"Cơ quan, đơn vị tự khen thưởng trong Phong trào: {own}.")
    return found or ["Trong kỳ không có đề nghị, kết quả khen thưởng nào ghi trong sổ."]


def shortcomings(report: PeriodReport) -> list[str]:
    """Late and missing: each only when there is something to say."""
    told = [line for line in (*_forms(report), *_handled(report), *_tasks_late(report)) if line]
    told += [
        f"Mốc “{one.name}” (hạn {one.last:%d/%m/%Y}): {one.counts['missing']} đơn vị quá mốc, chưa ghi nhận văn bản."
        for one in report.milestones
        if one.counts.get("missing")
    ]
    return told or ["Không ghi nhận nội dung chậm, thiếu trong sổ."]


def _forms(report: PeriodReport) -> Iterator[str]:
    groups = [group for part in report.parts if part.taken is not None for group in part.taken.groups]
    missing = sum(told.persons or 1 for group in groups for told in group.missing)
    late, undated = sum(group.late for group in groups), sum(group.undated for group in groups)
    if missing:
        yield f"Còn {missing} biểu tự chấm chưa nộp."
    if late:
        yield f"Có {late} biểu tự chấm nhận sau thời hạn."
    if undated:
        yield f"Có {undated} biểu nhập vào sổ sau ngày khóa nhóm, không xác định được nộp đúng hạn hay không."


def _handled(report: PeriodReport) -> Iterator[str]:
    told = _handling(report)
    if told.late:
        yield f"Có {told.late} lượt giải trình quá hạn" + (
            f"; {told.extended} tiêu chí được gia hạn." if told.extended else "."
        )
    if told.waiting:
        yield f"Còn {told.waiting} tiêu chí bị trả lại, chờ giải trình."
    if told.closed:
        yield f"Đóng không có kết quả {told.closed} tiêu chí theo quyết định."


def _handling(report: PeriodReport) -> Handling:
    told = Handling()
    for part in report.parts:
        told = told.plus(part.taken.handling) if part.taken is not None else told
    return told


def verification(report: PeriodReport) -> list[str]:
    """How criteria were verified; complaints, inspections, corrections of what had been published."""
    told = _handling(report)
    found = []
    if told.criteria:
        words = f"Các cơ quan thẩm định xem xét {told.criteria} lượt tiêu chí, điều chỉnh {told.corrected} lượt"
        words += f", trả lại để giải trình {told.sent_back} lượt" if told.sent_back else ""
        words += f" (đã giải trình {told.explained} lượt)" if told.explained else ""
        found.append(f"{words}.")
    return [*found, *_disputed(report)]


def _tasks_late(report: PeriodReport) -> Iterator[str]:
    overdue = [body for body in report.tasks.bodies if body.tally.of("overdue")]
    carried = report.tasks.total.of("carried")
    if overdue:
        yield f"Có {report.tasks.total.of('overdue')} lượt nhiệm vụ quá hạn chưa hoàn thành ở {len(overdue)} cơ quan."
    if carried:
        yield f"Còn {carried} lượt nhiệm vụ tồn từ trước kỳ chưa hoàn thành."


def _disputed(report: PeriodReport) -> Iterator[str]:
    told = [part.disputes for part in report.parts]
    received = _sum(told, "received")
    if received:
        words = [f"có cơ sở {_sum(told, 'upheld')}", f"không có cơ sở {_sum(told, 'rejected')}"]
        words += [f"đang giải quyết {open_}"] if (open_ := _sum(told, "open")) else []
        yield f"Tiếp nhận {received} kiến nghị, phản ánh về kết quả: {', '.join(words)}."
    if inspected := _sum(told, "inspections"):
        yield f"Kiểm tra {inspected} lượt."
    fixed = [(part.period, letter) for part in report.parts for letter, _, _ in part.disputes.corrections]
    if fixed:
        where = ", ".join(f"kỳ {period} nhóm {letter}" for period, letter in dict.fromkeys(fixed))
        yield f"Điều chỉnh kết quả đã công bố chính thức {len(fixed)} lần: {where}."


def _sum(told: Iterable[Disputes], name: str) -> int:
    return sum(getattr(one, name) for one in told)
