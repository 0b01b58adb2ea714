"""The lists of a publication: workbooks beside the archives, plain text and a page inside the public one."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from criteria.exact import show_vietnamese
from records.life.rights import FINAL
from records.publication.archive import READING, member
from records.publication.published import DRAFT, STAGES
from records.publication.publishing import Files, Prepared
from records.scored.sets import ScoredSet
from reports.files import result_bytes
from reports.publication.changes import changes_workbook
from reports.ranking.files import ranking_files
from reports.workbook_header import header_of
from reports.workbook_styles import order

PERSONS = "Danh sách cá nhân: chỉ gửi cơ quan quản lý, không đăng công khai"
_STYLE = (
    "body{font-family:'Times New Roman',serif;margin:20mm}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid;padding:2px 6px;text-align:left}.n{text-align:right}.s{font-weight:bold;color:#b00020}"
)


def list_files(made: Prepared, software: str) -> Files:
    """Every file for people. Of persons nothing goes inside the public archive. software: name and version."""
    beside: dict[str, bytes] = {}
    inside: dict[str, bytes] = {}
    for one in made.scored:
        receipt = _receipt(made, one, software)
        for file in ranking_files(
            made.view,
            made.round,
            made.letter,
            one.file,
            one.result,
            receipt,
            stage=FINAL,
            handed_in=len(one.made.answers),
            stamps=stamps(made),
        ):
            beside[file.name] = file.content
        if not made.persons:
            inside[member(READING, one.file, ".csv")] = result_bytes(one.result, ".csv", {})
            inside[member(READING, one.file, ".html")] = page(made, one).encode()
    if made.changes is not None:
        beside["thay-doi.xlsx"] = changes_workbook(made)
    return Files(beside, inside if made.wish.stage != DRAFT else {})


def stamps(made: Prepared) -> list[str]:
    """What every page says about the publication."""
    wish = made.wish
    if wish.stage == DRAFT:
        until = wish.comments_until
        said = [f"DỰ KIẾN – lấy ý kiến đến hết ngày {until:%d/%m/%Y}" if until else "DỰ KIẾN"]
    else:
        again = f", lần {made.version}, thay lần {made.version - 1}" if made.version > 1 else ""
        said = [f"CHÍNH THỨC – {wish.decision}, công bố ngày {wish.day:%d/%m/%Y}{again}"]
    return [*said, *([PERSONS] if made.persons else [])]


def page(made: Prepared, one: ScoredSet) -> str:
    """The ranking as one page that any browser shows and prints; texts are texts, never markup."""
    return "\n".join(_page(made, one)) + "\n"


def _page(made: Prepared, one: ScoredSet) -> Iterator[str]:
    header = header_of(made.view.movement, made.round, made.letter, FINAL, made.wish.day)
    title = html.escape(one.result.set.title)
    yield f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head><body>'
    yield f"<p>{html.escape(header.province)}</p>"
    yield f"<h1>{html.escape(header.movement)}</h1>"
    yield f"<h2>Kết quả {html.escape(header.period)} – {html.escape(header.group)}</h2>\n<p>{title}</p>"
    for stamp in [*one.result.stamps, *stamps(made)]:
        yield f'<p class="s">{html.escape(stamp)}</p>'
    yield "<table><tr><th>Cụm</th><th>Hạng</th><th>Mã</th><th>Tên</th><th>Tổng điểm</th><th>Tối đa</th><th>Xếp loại</th>"
    yield "<th>Vì sao không xếp hạng</th></tr>"
    places = one.result.set.places
    for row in order(one.result):
        c = one.result.at(row)
        rank = "–" if c.rank is None else f"{c.rank} (đồng hạng)" if c.tied else str(c.rank)
        texts = "".join(f"<td>{html.escape(text)}</td>" for text in (c.pool, rank, c.id, c.name))
        total, maximum = show_vietnamese(c.total, places), show_vietnamese(c.maximum, places)
        grade = html.escape(c.grade or "–")
        why = html.escape("; ".join([*(say for _, say in c.gates), *c.notes])) if c.rank is None else ""
        yield f'<tr>{texts}<td class="n">{total}</td><td class="n">{maximum}</td><td>{grade}</td><td>{why}</td></tr>'
    yield f"</table>\n<p>Mã băm của kết quả: {made.result}</p>\n</body></html>"


def _receipt(made: Prepared, one: ScoredSet, software: str) -> Mapping[str, str]:
    found: dict[str, Any] = {
        "Phần mềm": software,
        "Phong trào": made.view.movement.id,
        "Kỳ": made.round.period,
        "Công bố": f"{STAGES[made.wish.stage]}, lần {made.version}, ngày {made.wish.day:%d/%m/%Y}",
        "Văn bản": made.wish.decision,
        "Văn bản quyết định điểm": made.wish.points_decision,
        f"sha256 {one.file}": one.result.set.sha256,
        "sha256 số liệu": one.made.sha256,
        "sha256 kết quả": made.result,
        "Mã băm cuối sổ": made.head[1],
    }
    return {name: value for name, value in found.items() if value}
