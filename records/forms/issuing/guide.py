"""The sheet "Huong dan": who, which round, until when, how to fill in, what colours and states mean, where to send."""

from __future__ import annotations

from typing import Any

from criteria.exact import show_vietnamese
from records.forms.issuing.content import FormContent
from records.forms.issuing.sheets import Book, height, write_text
from records.forms.issuing.texts import period_words
from records.forms.layout import SHEETS
from records.forms.tokens import BATCH
from scoring import states

_WIDTHS = (24, 66)
_INPUTS = (
    "Chỉ điền vào ô nền vàng. Các ô khác đã khóa; sửa ô khóa (điểm tối đa, lời văn, công thức) không có tác dụng khi thu biểu.",
    "Chưa có số liệu thì để trống. Ô trống nghĩa là chưa có số liệu, không phải bằng 0; kết quả đúng là bằng không thì gõ 0.",
    "Số gõ liền, không gõ dấu ngăn cách hàng nghìn; tiền tính bằng đồng. Tỷ lệ phần trăm gõ 87,25, không gõ dấu %. "
    "Ngày gõ 30/06/2026. Ô có, không và ô mức: chọn trong danh sách.",
)
_SINGLE = (
    "Trang “{self}”: điền số liệu vào cột Số liệu. Tiêu chí do người chấm cho điểm thì đơn vị ghi điểm tự chấm theo các mức mô tả. "
    "Cột Điểm tự chấm tự tính; có dòng chỉ phần mềm tính được nên không đổi khi điền, điểm được tính lại khi thu biểu.",
    "Tiêu chí không áp dụng với đơn vị: đánh x ở cột Không áp dụng của dòng tiêu chí và nêu lý do ở ô bên cạnh. Đây là đề nghị "
    "của đơn vị: cơ quan thẩm định quyết định; được chấp nhận thì tiêu chí ra khỏi điểm tối đa, không được thì phải chấm.",
)
_REGISTER = (
    "Trang “{sheet}”: số liệu lấy từ sổ nhiệm vụ, đơn vị không gõ số tổng. Dòng nào không đúng thì chọn “không đúng” ở cột Ý kiến "
    "và nêu ngày hoàn thành, văn bản, lý do."
)
_ITEMS = "Trang “{sheet}”: mỗi dòng một mục, điền lần lượt từ trên xuống, bỏ trống dòng thừa."
_BATCH = (
    "Mỗi bộ tiêu chí một trang, mỗi đối tượng một dòng; tiêu đề cột ghi mã tiêu chí và đơn vị tính. Điểm tự chấm tự tính.",
    "Đối tượng lấy theo danh sách của kỳ: không thêm, không xóa dòng. Thiếu hoặc thừa đối tượng thì báo cơ quan giao biểu.",
    "Tiêu chí không áp dụng với một đối tượng: ghi mã đối tượng, mã tiêu chí và lý do ở trang “{claims}”. Đây là đề nghị: "
    "cơ quan thẩm định quyết định.",
)
_LAST = (
    "Trang “{evidence}”: mỗi văn bản một dòng, chọn loại trong danh sách (tiêu chí chỉ cần một loại thì có thể để trống). Tệp minh chứng đặt trong thư mục minh-chung nằm cạnh tệp biểu này; cột Tệp chỉ ghi tên "
    "tệp, không ghi đường dẫn. Văn bản mật hoặc hạn chế: đánh x, chỉ ghi số và ngày, không ghi nội dung, không gửi tệp.",
    "Trang “{sign}”: ghi lần gửi (lần đầu là 1, gửi lại thì tăng 1), số và ngày văn bản gửi, người lập, thủ trưởng; in ra để ký, đóng dấu.",
    "Không đổi tên trang, không xóa dòng, cột. Lưu tệp dạng .xlsx, không đổi sang dạng có macro.",
)
_COLOURS = (
    ("shown", "Ô đơn vị điền"),
    ("known", "Số liệu đã có (bộ chỉ số, mốc, danh sách, sổ nhiệm vụ): không phải điền"),
    ("part", "Phần, nhóm tiêu chí và tổng điểm: cộng từ các tiêu chí bên dưới"),
    ("leaf", "Tiêu chí: điểm tối đa, điểm tự chấm, cách chấm"),
)
_BATCH_COLOURS = (*_COLOURS[:2], ("part", "Điểm tự chấm: tự tính từ các ô đã điền"))
_STATES = (
    ("scored", "ô Điểm tự chấm có số."),
    ("no_evidence", "ô Điểm tự chấm để trống; chưa phải 0 điểm."),
    ("not_applicable", "ghi KAD; tiêu chí ra khỏi điểm tối đa đang áp dụng."),
    ("needs_judgement", "điểm chính thức do người chấm cho; số đơn vị ghi chỉ là tự chấm."),
)


def write_guide(book: Book, form: FormContent) -> None:
    """The whole sheet, on A4 upright."""
    sheet = book.sheet(SHEETS["guide"], _WIDTHS, landscape=False)
    row = _head(book, sheet, form)
    row = _facts(book, sheet, form, row + 1)
    row = _section(book, sheet, row + 1, "I. CÁCH ĐIỀN BIỂU", [f"{n}. {text}" for n, text in enumerate(_how(form), 1)])
    row = _meanings(book, sheet, row + 1, batch=form.kind == BATCH)
    row = _section(book, sheet, row + 1, "III. NƠI GỬI", [_where(form)])
    bases = list(dict.fromkeys(base for one in form.sets for base in one.texts.bases))
    many = len(form.sets) > 1
    texts = [f"{one.layout.criteria.title}: {base}" for one in form.sets for base in one.texts.bases] if many else bases
    row = _section(book, sheet, row + 1, "IV. CĂN CỨ (số trong ngoặc vuông là số dẫn ở các tiêu chí)", texts)
    if form.kind == BATCH:
        row = _criteria(book, sheet, form, row + 1)
    sheet.print_area(0, 1, row, 2)


def _head(book: Book, sheet: Any, form: FormContent) -> int:
    movement = " ".join((form.movement.full_name or f"Phong trào thi đua “{form.movement.name}”").split())
    lines = [
        (f"HƯỚNG DẪN LẬP {form.title}", "title", 22.0),
        (movement, "bold", height([movement], [90.0], bold=True) + 4),
        *((stamp, "stamp", 18.0) for stamp in form.stamps),
    ]
    for row, (text, look, tall) in enumerate(lines):
        sheet.merge_range(row, 1, row, 2, "", book.style(look, "center", "wrap"))
        sheet.write_string(row, 1, text, book.style(look, "center", "wrap"))
        sheet.set_row(row, tall)
    return len(lines)


def _facts(book: Book, sheet: Any, form: FormContent, row: int) -> int:
    window, round_ = form.round.window, form.round
    batch, period = form.kind == BATCH, period_words(window)
    letter = f"Số {round_.letter}" if round_.letter else "Số ……"
    dated = f"ngày {round_.letter_date:%d/%m/%Y}" if round_.letter_date else "ngày …/…/……"
    facts = [
        ("Cơ quan lập biểu" if batch else "Đơn vị", f"{form.owner_name} (mã {form.owner})"),
        ("Cơ quan quản lý", form.manager),
        ("Nhóm đối tượng", f"{form.group.letter}) {' '.join(form.group.name.split())}"),
        ("Bộ tiêu chí", "; ".join(one.layout.criteria.title for one in form.sets)),
        ("Số đối tượng", str(len(form.candidates)) if batch else ""),
        ("Kỳ", f"{period[:1].upper()}{period[1:]}, từ {window.first:%d/%m/%Y} đến {window.last:%d/%m/%Y}"),
        ("Hạn gửi biểu", f"{round_.deadline:%d/%m/%Y}" if round_.deadline else "theo văn bản giao biểu"),
        ("Văn bản giao biểu", f"{letter} {dated}"),
    ]
    for name, value in facts:
        if value:
            write_text(sheet, row, 1, name, book.style("cell", "bold"))
            write_text(sheet, row, 2, value, book.style("cell"))
            sheet.set_row(row, height([name, value], _WIDTHS) + 3)
            row += 1
    return row


def _how(form: FormContent) -> list[str]:
    layout = form.sets[0].layout
    texts = [*_INPUTS, *(_BATCH if form.kind == BATCH else _SINGLE)]
    if form.kind != BATCH:
        for name, sheet in layout.item_sheets.items():
            texts.append((_REGISTER if name in layout.register_tables else _ITEMS).format(sheet=sheet))
    return [text.format(**SHEETS, sheet="") for text in (*texts, *_LAST)]


def _heading(book: Book, sheet: Any, row: int, title: str) -> None:
    style = book.style("heading", "wrap")
    sheet.merge_range(row, 1, row, 2, "", style)
    sheet.write_string(row, 1, title, style)
    sheet.set_row(row, height([title], [sum(_WIDTHS) * 0.9], bold=True) + 6)


def _section(book: Book, sheet: Any, row: int, title: str, texts: list[str]) -> int:
    """A heading and paragraphs over both columns; the row after them."""
    _heading(book, sheet, row, title)
    style = book.style("wrap")
    for text in texts:
        row += 1
        sheet.merge_range(row, 1, row, 2, "", style)
        sheet.write_string(row, 1, text, style)
        sheet.set_row(row, height([text], [sum(_WIDTHS)]) + 4)
    return row + 1


def _meanings(book: Book, sheet: Any, row: int, *, batch: bool) -> int:
    _heading(book, sheet, row, "II. MÀU Ô VÀ TRẠNG THÁI CỦA TIÊU CHÍ")
    for look, text in _BATCH_COLOURS if batch else _COLOURS:
        row += 1
        sheet.write_blank(row, 1, None, book.style("cell", look))
        write_text(sheet, row, 2, text, book.style("cell"))
        sheet.set_row(row, height([text], _WIDTHS[1:]) + 3)
    words = dict(zip(states.NAMES, states.VIETNAMESE, strict=True))
    for state, text in _STATES:
        row += 1
        name = words[state]
        write_text(sheet, row, 1, f"{name[:1].upper()}{name[1:]}", book.style("cell"))
        write_text(sheet, row, 2, f"{text[:1].upper()}{text[1:]}", book.style("cell"))
        sheet.set_row(row, height([name, text], _WIDTHS) + 3)
    return row + 1


def _where(form: FormContent) -> str:
    deadline = f" chậm nhất ngày {form.round.deadline:%d/%m/%Y}" if form.round.deadline else ""
    letter = f" số {form.round.letter}" if form.round.letter else ""
    return (
        f"Gửi tệp biểu này, thư mục minh-chung và bản in trang “{SHEETS['sign']}” đã ký về cơ quan gửi văn bản giao biểu{letter}"
        f"{deadline}. Gửi lại bản sửa thì tăng số lần gửi; bản mới thay bản cũ, bản cũ vẫn được lưu."
    )


def _criteria(book: Book, sheet: Any, form: FormContent, row: int) -> int:
    """The criteria of a batch form, whose rows have no room for their words."""
    for number, one in enumerate(form.sets, 1):
        which = f"V.{number}" if len(form.sets) > 1 else "V"
        marks = next((starting.marks for starting in one.starting.values()), {})
        _heading(book, sheet, row, f"{which}. TIÊU CHÍ: {one.layout.criteria.title}")
        for line in one.layout.lines:
            if line.kind not in ("part", "criterion"):
                continue
            row += 1
            look = ("part",) if line.kind == "part" else ()
            mark = marks.get(line.node)
            name = f"{line.node}\n({show_vietnamese(mark)} điểm)" if mark else line.node
            text, how = " ".join(line.text.split()), one.texts.how(line.node)
            said = f"{text}\n{how}" if how else text
            write_text(sheet, row, 1, name, book.style("cell", *look, "bold"))
            write_text(sheet, row, 2, said, book.style("cell", *look))
            sheet.set_row(row, height([name, said], _WIDTHS, bold=line.kind == "part") + 3)
        row += 2
    return row
