"""Proposals of an occasion as an officer reads them: who proposes, on which letter, whom for what; who has not yet."""

from __future__ import annotations

from collections.abc import Iterator

from nominations.proposals.bench import Bench
from nominations.proposals.content import proposing_bodies
from nominations.proposals.proposal import Proposal, Proposed
from records.forms.collecting.cells import clean, short


def proposal_lines(bench: Bench) -> Iterator[str]:
    """Every proposal that counts, with its rows."""
    for one in bench.handed.values():
        yield f"{one.number}. {bench.proposers.named(one.proposer)}: {_documents(bench, one)}; {len(one.rows)} dòng"
        for row in one.rows:
            yield f"   {_row(bench, row)}"
    if not bench.handed:
        yield f"Chưa có đề nghị nào trong {bench.occasion.words}."


def missing_line(bench: Bench) -> str:
    """Who may propose and has not; "" when everybody has."""
    done = {one.proposer for one in bench.handed.values()}
    left = [ident for ident in proposing_bodies(bench) if ident not in done]
    if not left:
        return ""
    shown = ", ".join(left[:20]) + (f" và {len(left) - 20} cơ quan khác" if len(left) > 20 else "")
    return f"Chưa gửi đề nghị ({len(left)}): {shown}."


def _documents(bench: Bench, one: Proposal) -> str:
    told = []
    for what, number, day in (
        ("tờ trình số", one.letter, one.letter_day),
        ("biên bản số", one.minutes, one.minutes_day),
    ):
        told.append(f"{what} {number or '……'}" + (f" ngày {day:%d/%m/%Y}" if day is not None else ""))
    if one.through:
        told.append(f"qua {bench.proposers.named(one.through)}")
    return ", ".join(told)


def _row(bench: Bench, row: Proposed) -> str:
    award = bench.file.awards.award(row.award)
    form = award.short if award is not None else row.award or "không nêu hình thức"
    known, outside = bench.candidates.get(row.nominee), bench.outsiders.get(row.nominee)
    name = known.name if known is not None else outside.name if outside is not None else ""
    more = ["không chấm điểm"] if outside is not None else []
    if row.report:
        more.append("có lời báo cáo ở mục " + ", ".join(row.report))
    tail = f" ({'; '.join(more)})" if more else ""
    return clean(f"{row.nominee} {short(name)}: {form}{tail}")
