"""A form as the bytes of a workbook; the same content gives the same bytes."""

from __future__ import annotations

from records.forms.issuing.batch import SetSheet
from records.forms.issuing.content import FormContent
from records.forms.issuing.guide import write_guide
from records.forms.issuing.sheets import Book, as_cell
from records.forms.issuing.signature import write_signature
from records.forms.issuing.single import SelfSheet
from records.forms.issuing.tables import write_claims, write_evidence, write_items, write_tasks
from records.forms.layout import SHEETS
from records.forms.tokens import BATCH


def form_workbook(form: FormContent) -> bytes:
    """xlsx bytes of a single or a batch form. Texts are written as texts, never as formulas."""
    book = Book(f"{form.title} – {form.owner_name}", form.stamps, form.footer)
    write_guide(book, form)
    if form.kind == BATCH:
        _batch(book, form)
    else:
        _single(book, form)
    return book.finish(form.hidden)


def _single(book: Book, form: FormContent) -> None:
    content, candidate = form.sets[0], form.candidates[0]
    layout, starting = content.layout, content.starting[candidate.id]
    own = SelfSheet(book, form)
    own.write()
    for name, table in layout.register_tables.items():
        write_tasks(book, form, layout.item_sheets[name], table.label, content.tasks.get(candidate.id, ()))
    for name, table in layout.item_tables.items():
        write_items(book, form, layout.item_sheets[name], table)
    write_evidence(book, form)
    places, sheet = layout.criteria.places, f"'{SHEETS['self']}'!"
    points = starting.points.get("")
    total = "" if points is None else as_cell(points, places)
    sums: list[tuple[str, str, float | str]] = [
        ("Tổng điểm tự chấm (tạm tính)", _shown(f"{sheet}{own.total}"), total),
        ("Điểm tối đa đang áp dụng", _shown(f"{sheet}{own.maximum}"), as_cell(starting.maximum[""], places)),
    ]
    write_signature(book, form, sums)


def _batch(book: Book, form: FormContent) -> None:
    sums: list[tuple[str, str, float | str]] = []
    for content in form.sets:
        own = SetSheet(book, form, content)
        own.write()
        count = len(content.candidates)
        scored = sum(content.starting[candidate.id].points.get("") is not None for candidate in content.candidates)
        title = f" – {content.layout.criteria.title}" if len(form.sets) > 1 else ""
        sums.append((f"Số đối tượng{title}", f"ROWS({own.totals})", count))
        sums.append(("Trong đó đã có điểm tự chấm", f"COUNT({own.totals})", scored))
    write_claims(book, form)
    write_evidence(book, form)
    write_signature(book, form, sums)


def _shown(cell: str) -> str:
    return f'IF({cell}="","",{cell})'
