"""Legal facts of an award file: each says where it stands, and what holds on the days of the movement's occasions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from criteria.declarations.movement import Movement
from criteria.problems import WARNING, Problem
from criteria.source import Source
from nominations.awards.declarations import Awards
from nominations.awards.law import MARKS, UNVERIFIED, Fact, Law
from nominations.awards.matrix import planned_years, reachable


def law_problems(source: Source, awards: Awards, movement: Movement, law: Law) -> list[Problem]:
    days = occasion_days(movement)
    return [
        *_facts(source, awards),
        *_marks(source, awards),
        *_days(source, awards, law, days),
        *_expired(source, awards, law, days),
    ]


def occasion_days(movement: Movement) -> list[tuple[date, str, str]]:
    """Day, id and kind of every sơ kết and tổng kết, the first one first."""
    return sorted((one.held_from or one.to, one.id, one.kind) for one in movement.occasions if one.kind is not None)


def _facts(source: Source, awards: Awards) -> Iterator[Problem]:
    for index, fact in enumerate(awards.facts):
        path = ("facts", index)
        if fact.article is None and not fact.place:
            message = f"Căn cứ “{fact.id}” không ghi điều (article), cũng không ghi chỗ (place)."
            yield source.problem("legal-fact", path, message)
        if fact.mark == "V" and not fact.quote:
            message = f"Căn cứ “{fact.id}” ghi đã đọc nguyên văn [V] mà không chép nguyên văn (quote)."
            hint = "Chép nguyên văn, hoặc ghi mark: S."
            yield source.problem("legal-fact", path, message, hint)
        if not fact.quote and not fact.says:
            message = f"Căn cứ “{fact.id}” không có nguyên văn (quote), cũng không có nội dung (says)."
            yield source.problem("legal-fact", path, message)


def _marks(source: Source, awards: Awards) -> Iterator[Problem]:
    """One warning for each mark that is not [V], at the first fact that has it."""
    for mark, words in MARKS.items():
        have = [index for index, fact in enumerate(awards.facts) if fact.mark == mark]
        if mark != "V" and have:
            message = f"{len(have)} {UNVERIFIED} [{mark}] ({words}): {_some([awards.facts[one] for one in have])}."
            hint = "Tìm nguyên văn; hoặc đối chiếu từng căn cứ: thidua eligibility confirm MÃ."
            yield source.problem("basis-unsure", ("facts", have[0], "mark"), message, hint, WARNING)


def _days(source: Source, awards: Awards, law: Law, days: list[tuple[date, str, str]]) -> Iterator[Problem]:
    """One warning for each document that has been amended, replaced or has expired by an occasion: the first such day."""
    seen: set[str] = set()
    for day, occasion, _ in days:
        past = _past_salaries(awards, day)
        for index, fact in enumerate(awards.facts):
            if fact.basis in seen or fact.id in past:
                continue
            told = [one for one in law.holding(fact.id, day).doubts if not one.endswith(f"[{fact.mark}]")]
            if not told:
                continue
            seen.add(fact.basis)
            same = [one for one in awards.facts if one.basis == fact.basis]
            document = law.documents[fact.basis]
            message = (
                f"{document.words()}: {'; '.join(told)}. Dịp {occasion} ({day:%d/%m/%Y}): {len(same)} {UNVERIFIED}."
            )
            hint = "Đối chiếu với văn bản đang có hiệu lực rồi ghi compared, hoặc: thidua eligibility confirm MÃ."
            yield source.problem("basis-unsure", ("facts", index, "basis"), message, hint, WARNING)


def _past_salaries(awards: Awards, day: date) -> set[str]:
    """Facts of base salaries that others have followed by a day: they have to be past."""
    known = sorted(awards.money.base_salary, key=lambda one: one.from_) if awards.money is not None else []
    current = [one for one in known if one.from_ <= day]
    return {fact for one in current[:-1] for fact in one.facts} - {fact for one in current[-1:] for fact in one.facts}


def _expired(source: Source, awards: Awards, law: Law, days: list[tuple[date, str, str]]) -> Iterator[Problem]:
    """A route of which nothing is in force any more at an occasion it is for."""
    for index, award in enumerate(awards.awards):
        open_ = list(reachable(awards, award, planned_years(awards))) if award.offered else []
        for place, route in enumerate(award.routes):
            if not any(one is route for one in open_):
                continue
            for day, occasion, kind in days:
                if kind in route.occasions and all(law.holding(fact, day).expired for fact in route.facts):
                    clauses = "; ".join(law.brief(fact) for fact in route.facts)
                    message = (
                        f"{award.name}, dịp {occasion} ({day:%d/%m/%Y}): không căn cứ nào còn hiệu lực ({clauses})."
                    )
                    hint = "Thay bằng điểm, khoản, điều của văn bản đang có hiệu lực."
                    yield source.problem("basis-expired", ("awards", index, "routes", place, "facts"), message, hint)
                    break


def _some(facts: list[Fact]) -> str:
    shown = ", ".join(one.id for one in facts[:5])
    return shown + (f" và {len(facts) - 5} căn cứ khác" if len(facts) > 5 else "")
