"""What `thidua award rules` shows: every award for every subject at an occasion, by which clause, how sure on its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from nominations.awards.declarations import Award, Route, Subject
from nominations.awards.law import MARKS, UNVERIFIED
from nominations.awards.matrix import ISSUERS, Reach, route_of
from nominations.awards.reading import AwardFile
from nominations.eligibility.matrix_checks import BASES, Lasting, durations
from nominations.occasions import AwardOccasion

REACHED, ASKED, SHORT, REFUSED = "được xét", "cần người xem", "chưa đủ thời gian", "không được xét"
_BULLET = "    "


@dataclass(frozen=True)
class RuleRow:
    """One award for one subject. verdict: REACHED, ASKED (a person has to see something first), SHORT (the movement is too short by the
    basis in force), REFUSED. why: what has to be seen, or why not. clauses: those of one document together, with its marks.
    doubts: on the occasion's day. lasting: how long the movement is by both bases, () where nothing asks."""

    award: Award
    subject: Subject
    reach: Reach
    verdict: str
    why: str
    clauses: tuple[str, ...]
    doubts: tuple[str, ...]
    lasting: tuple[Lasting, ...] = ()


def rules(file: AwardFile, occasion: AwardOccasion) -> list[RuleRow]:
    """Award by award as the file lists them, subject by subject."""
    return [_row(file, occasion, award, subject) for award in file.awards.awards for subject in file.awards.subjects]


def _row(file: AwardFile, occasion: AwardOccasion, award: Award, subject: Subject) -> RuleRow:
    reach = route_of(file.awards, award, subject, occasion.kind, file.awards.frame.issuer)
    clauses = tuple(_clauses(file, reach.facts))
    doubts = tuple(doubt for one in reach.facts for doubt in _doubts(file, occasion, one))
    lasting = _lasting(file, occasion, reach.route)
    verdict, why = _verdict(file, reach, lasting)
    return RuleRow(award, subject, reach, verdict, why, clauses, tuple(dict.fromkeys(doubts)), lasting)


def _clauses(file: AwardFile, facts: Iterable[str]) -> Iterator[str]:
    """khoản 5 Điều 44; điểm c khoản 4 Điều 44 Luật số 06/2022/QH15 [V]"""
    for _, same in groupby(facts, key=lambda one: file.law.facts[one].basis):
        of_one = list(same)
        marks = "".join(f" [{mark}]" for mark in dict.fromkeys(file.law.facts[one].mark for one in of_one))
        before = [file.law.facts[one].where() for one in of_one[:-1]]
        yield "; ".join([*before, file.law.brief(of_one[-1])]) + marks


def _lasting(file: AwardFile, occasion: AwardOccasion, route: Route | None) -> tuple[Lasting, ...]:
    if route is None or route.least_years is None:
        return ()
    return durations(file.awards.frame, occasion.day, route.least_years) or ()


def _verdict(file: AwardFile, reach: Reach, lasting: Iterable[Lasting]) -> tuple[str, str]:
    if reach.route is None:
        return REFUSED, reach.refused[0].why
    own = next((one for one in lasting if one.basis == file.awards.duration_basis), None)
    if own is not None and own.holds is False:
        return SHORT, own.words
    if reach.route.asks:
        return ASKED, " ".join(reach.route.asks.split())
    return REACHED, ""


def _doubts(file: AwardFile, occasion: AwardOccasion, fact: str) -> Iterator[str]:
    """Each with its document: many clauses of one law share one doubt."""
    held = file.law.holding(fact, occasion.day)
    document = file.law.documents.get(held.fact.basis)
    name = document.words() if document is not None else held.fact.basis
    for doubt in held.doubts:
        of_mark = doubt.startswith(tuple(MARKS.values()))
        yield f"{held.citation}: {doubt}" if of_mark else f"{name}: {doubt}"


# --- lines ---------------------------------------------------------------------------------------------------------


def rule_lines(file: AwardFile, occasion: AwardOccasion) -> list[str]:
    """The rows as people read them; every doubt is said once, at the end, under its number."""
    rows = rules(file, occasion)
    doubts = list(dict.fromkeys(doubt for row in rows for doubt in row.doubts))
    return [
        *_opening(file, occasion, rows),
        *_awards(file, rows, doubts),
        *_closing(doubts),
    ]


def _opening(file: AwardFile, occasion: AwardOccasion, rows: Iterable[RuleRow]) -> Iterator[str]:
    awards = file.awards
    yield f"{occasion.name}, {occasion.words}: theo pháp luật ngày {occasion.day:%d/%m/%Y}."
    yield f"Phong trào do {ISSUERS[awards.frame.issuer]} phát động."
    basis = BASES[awards.duration_basis]
    said = (
        f"theo {awards.duration_decided_by}" if awards.duration_status == "decided" else "đề xuất, chưa có quyết định"
    )
    yield f"Thời gian thực hiện phong trào tính {basis} ({said}):"
    asked = sorted({row.reach.route.least_years for row in rows if row.lasting and row.reach.route} - {None}, key=str)
    for years in asked:
        for one in durations(awards.frame, occasion.day, years or 0) or ():
            yield f"  từ {years:02d} năm, {one.words}"
    if not asked:
        yield "  dịp này không hình thức nào đòi hỏi thời gian thực hiện"
    yield "Độ chắc của căn cứ: " + "; ".join(f"[{mark}] {words}" for mark, words in MARKS.items()) + "."


def _awards(file: AwardFile, rows: Iterable[RuleRow], doubts: list[str]) -> Iterator[str]:
    for _, own in groupby(rows, key=lambda row: row.award.id):
        same = list(own)
        award = same[0].award
        authority = file.awards.authority(award.authority)
        by = f" ({authority.name} quyết định)" if authority is not None else ""
        yield ""
        yield f"{award.name} [{award.id}]{by}" + ("" if award.offered else ": phong trào này không đề nghị")
        for (told, asides), alike in groupby(same, key=lambda row: (_told(row, doubts), _asides(row))):
            yield f"  {'; '.join(row.subject.name for row in alike)}: {told}"
            yield from (f"{_BULLET}{why}" for why in asides)


def _asides(row: RuleRow) -> tuple[str, ...]:
    """What the dossier of an award that is reached must not mix in."""
    if row.reach.route is None:
        return ()
    return tuple(one.why for one in row.reach.refused if one.code == "aside")


def _told(row: RuleRow, doubts: list[str]) -> str:
    text = row.verdict + (f": {row.why.rstrip('.')}" if row.why else "")
    text += "; " + "; ".join(row.clauses) if row.clauses else ""
    if row.reach.route is not None and row.reach.route.least_years is not None:
        shown = ", ".join(f"{BASES[one.basis]} {_holds(one)}" for one in row.lasting) or "chưa rõ ngày bắt đầu"
        text += f"; từ {row.reach.route.least_years:02d} năm ({shown})"
    numbers = ", ".join(str(doubts.index(one) + 1) for one in row.doubts)
    return text + (f"; {UNVERIFIED} ({numbers})." if numbers else ".")


def _holds(lasting: Lasting) -> str:
    return "đủ" if lasting.holds else "tùy ngày đầu" if lasting.holds is None else "chưa đủ"


def _closing(doubts: list[str]) -> Iterator[str]:
    yield ""
    if not doubts:
        yield "Mọi căn cứ đã đọc nguyên văn và còn hiệu lực ngày này."
        return
    yield f"{UNVERIFIED.capitalize()} (cần người xem trước khi trình):"
    for number, doubt in enumerate(doubts, 1):
        yield f"  ({number}) {doubt}."
