"""What the Word template of a unit's section may ask for, by name; every text on one line and printable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from criteria.declarations.movement import Movement
from records.milestones import STATES as REACHED
from records.milestones import Reached, Window
from records.models.register import Model
from records.tasks.standing import STATES, Standing
from reports.dossier.wording import stamp_lines
from reports.letters.kinds import TemplateKind
from reports.letters.templates import printed_all
from reports.section.content import Given, PeriodResult, UnitSection
from reports.wording.days import written_day
from reports.wording.texts import capital
from scoring.result import ILLUSTRATION

Fields = dict[str, Any]
TEMPLATE = "phan-bao-cao"
PROVISIONAL = "kết quả tạm tính, chưa công bố chính thức"
_DONE = ("done", "late", "carried_done", "early", "regular_done")
_REPORTS = {
    "": "Báo cáo tổng kết công tác thi đua, khen thưởng {period}",
    "so-ket": "Báo cáo sơ kết Phong trào thi đua tại đơn vị",
    "tong-ket": "Báo cáo tổng kết Phong trào thi đua tại đơn vị",
}


def section_fields(movement: Movement, one: UnitSection) -> Fields:
    stamps = [*one.stamps, *([] if one.official or not one.periods else [PROVISIONAL])]
    told = _REPORTS.get(one.occasion, _REPORTS[""]).format(period=one.title)
    fields: Fields = {
        "dau_trang": stamp_lines(stamps, draft=False),
        "co_quan": one.unit.name,
        "co_quan_quan_ly": one.manager,
        "ten_bao_cao": told,
        "phong_trao": movement.name,
        "giai_doan": f"{movement.period.from_}-{movement.period.to}",
        "ky": one.title,
        "tu_ngay": f"{one.first:%d/%m/%Y}",
        "den_ngay": f"{one.last:%d/%m/%Y}",
        "tinh_den": written_day(one.on),
        "cac_moc": [{"ten": window.name, "ket_qua": _milestone(window, at)} for window, at in one.milestones],
        "nhiem_vu_chung": _tasks(one),
        "nhiem_vu": [_task(task, one) for task in one.tasks],
        "cac_ky": [_period(period) for period in one.periods],
        "bang_ky": [
            {
                "ky": line.title,
                "diem": line.points,
                "ty_le": line.share,
                "xep_loai": line.grade or "–",
                "hang": line.rank,
                "ghi_chu": line.note,
            }
            for line in one.combined
        ],
        "ket_qua_gop": one.combined_words,
        "chua_co_diem": _without_points(one),
        "da_khen": [_given(given) for given in one.given],
        "de_nghi": [_proposed(movement, *row) for row in one.proposed],
        "duoc_khen": [f"{words}." for words in one.received],
        "mo_hinh": [_model(each) for each in one.models],
        "con_cham": list(_late(one)),
    }
    return printed_all(fields)


def _milestone(window: Window, at: Reached) -> str:
    document = f"Văn bản số {at.document} " if at.document else ""
    told = f"{document}ngày {at.date:%d/%m/%Y}" if at.date is not None else ""
    state = f"{REACHED[at.state]}, từ {window.first:%d/%m/%Y} đến {window.last:%d/%m/%Y}"
    return f"{told} ({state})" if told else f"{capital(state)}"


def _tasks(one: UnitSection) -> str:
    """The counts in a sentence; "" when nothing is asked of the unit."""
    if not one.tasks:
        return ""
    it = one.tally
    parts = []
    if it.asked:
        parts.append(
            f"{it.asked:02d} nhiệm vụ có hạn trong kỳ: hoàn thành đúng hạn {it.of('done')}, hoàn thành quá hạn {it.of('late')}, "
            f"chưa hoàn thành còn trong hạn {it.of('open')}, quá hạn chưa hoàn thành {it.of('overdue')} "
            f"(tỷ lệ hoàn thành {it.completed.percent})"
        )
    named = (
        ("nhiệm vụ tồn từ kỳ trước", ("carried", "carried_done")),
        ("nhiệm vụ thường xuyên", ("regular", "regular_done")),
        ("nhiệm vụ nhiều năm chưa đến hạn", ("span", "span_told")),
        ("nhiệm vụ hoàn thành sớm, hạn sau kỳ", ("early",)),
    )
    parts += [f"{it.of(*states):02d} {words}" for words, states in named if it.of(*states)]
    return "; ".join(parts)


def _task(one: Standing, section: UnitSection) -> Fields:
    finished = one.finished(section.on)
    told = one.progress or (one.held.result.document if one.state in _DONE else "")
    day = f" ngày {finished:%d/%m/%Y}" if finished is not None else ""
    return {
        "so": one.task.number,
        "noi_dung": one.task.content,
        "han": f"{one.due:%d/%m/%Y}" if one.due is not None else "–",
        "tinh_trang": capital(STATES[one.state]) + day,
        "san_pham": told or "–",
    }


def _period(one: PeriodResult) -> Fields:
    rows = [
        {"ma": line.id, "noi_dung": line.text, "toi_da": line.maximum, "tu_cham": line.claimed, "ket_qua": line.found}
        for line in one.lines
    ]
    rows.append(
        {"ma": "", "noi_dung": "Tổng điểm", "toi_da": one.maximum, "tu_cham": one.claimed or "–", "ket_qua": one.found}
    )
    return {"ky": one.title, "nguon": _source(one), "ket_luan": one.summary, "danh_sach": rows}


def _source(one: PeriodResult) -> str:
    """Where the numbers come from."""
    if one.receipt is None:
        waits = f", còn {one.open} nội dung chưa có kết luận" if one.open else ""
        return f"{PROVISIONAL}{waits}"
    it = one.receipt
    number = "văn bản số " if it.decision[:1].isdigit() else ""
    decision = f" kèm theo {number}{it.decision}" if it.decision else ""
    version = f" (bản {it.version})" if it.version > 1 else ""
    return f"kết quả chính thức công bố ngày {it.published:%d/%m/%Y}{version}{decision}; mã băm gói công bố {it.short}"


def _without_points(one: UnitSection) -> str:
    if not one.missing:
        return ""
    return f"Chưa có điểm của đơn vị ở kỳ: {', '.join(one.missing)}."


def _given(one: Given) -> str:
    number = (
        f" theo Quyết định số {one.decision}"
        if one.decision[:1].isdigit()
        else f" theo {one.decision}"
        if one.decision
        else ""
    )
    day = f" ngày {one.day:%d/%m/%Y}" if one.day is not None else ""
    return f"{one.words}: {_many(one.persons, one.collectives)}{number}{day}."


def _proposed(movement: Movement, occasion: str, letter: str, persons: int, collectives: int) -> str:
    name = next((" ".join(one.name.split()) for one in movement.occasions if one.id == occasion), occasion)
    return f"Dịp {name[:1].lower()}{name[1:]}: {_many(persons, collectives)}" + (f" ({letter})." if letter else ".")


def _many(persons: int, collectives: int) -> str:
    parts = [f"{collectives:02d} tập thể"] if collectives else []
    parts += [f"{persons:02d} cá nhân"] if persons else []
    return ", ".join(parts) or "không có"


def _model(one: Model) -> str:
    """Tên: tóm tắt; kết quả (Văn bản số … ngày …). No person is named: the unit writes that itself."""
    told = "; ".join(text.rstrip(" .;") for text in (one.summary, one.result) if text)
    document = f" (Văn bản số {one.document} ngày {one.document_day:%d/%m/%Y})" if one.document else ""
    kind = capital(one.kind_words)
    return f"{kind}{document}." if one.person else f"{kind} “{one.name}”: {told}{document}."


def _late(one: UnitSection) -> Iterator[str]:
    for window, at in one.milestones:
        if at.state in ("late", "missing"):
            yield f"{window.name}: {_milestone(window, at)[:1].lower()}{_milestone(window, at)[1:]}."
    for debt in one.late:
        due = f", hạn {debt.due:%d/%m/%Y}" if debt.due is not None else ""
        late = f", {debt.late_words[:1].lower()}{debt.late_words[1:]}" if debt.days_late else ""
        about = f" ({debt.text})" if debt.text else ""
        yield f"{debt.words}{about}{due}{late}."


# --- the template ----------------------------------------------------------------------------------------------------


def _sample() -> Fields:
    names = "co_quan co_quan_quan_ly ten_bao_cao phong_trao giai_doan ky tu_ngay den_ngay tinh_den nhiem_vu_chung ket_qua_gop chua_co_diem"
    points = dict.fromkeys(("ma", "noi_dung", "toi_da", "tu_cham", "ket_qua"), "1")
    period = {"ky": "năm 2026", "nguon": "kết quả chính thức", "ket_luan": "85,00/100,00 điểm", "danh_sach": [points]}
    lists: Sequence[str] = ("da_khen", "de_nghi", "duoc_khen", "mo_hinh", "con_cham")
    return {
        **{name: f"[{name}]" for name in names.split()},
        **{name: [f"[{name}]"] for name in lists},
        "dau_trang": [ILLUSTRATION, PROVISIONAL],
        "cac_moc": [{"ten": "Kế hoạch", "ket_qua": "1"}],
        "nhiem_vu": [dict.fromkeys(("so", "noi_dung", "han", "tinh_trang", "san_pham"), "1")],
        "cac_ky": [period],
        "bang_ky": [dict.fromkeys(("ky", "diem", "ty_le", "xep_loai", "hang", "ghi_chu"), "1")],
    }


SECTION = TemplateKind(
    TEMPLATE,
    "Phần báo cáo của đơn vị",
    "Phần về Phong trào trong báo cáo thi đua hằng năm, sơ kết, tổng kết của đơn vị (thidua report section).",
    _sample,
)
