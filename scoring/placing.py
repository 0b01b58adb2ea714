"""Why this grade, why this place: sentences about needs, keys and neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from criteria.exact import show_vietnamese
from criteria.expressions.terms import Junction, Term, show_value
from scoring.ranking import SoFar
from scoring.result import Result
from scoring.states import waiting


def grade_lines(result: Result, row: int, frame: Any) -> list[tuple[str, str]]:
    """The grade and, down to it, every need with its figures."""
    rules = result.set.declaration.grades
    if not rules:
        return []
    level = int(result.graded.level[row])
    names = result.set.grade_names
    lines = [("Xếp loại", names[level] if level >= 0 else "không xếp loại" if level == -2 else "chưa xếp loại được")]
    if int(result.eligible[row]) != 1:
        return lines
    for rule in rules:
        if rule.need is None:
            continue
        truth = rule.need.term.evaluate(frame).at(0)
        verdict = {True: "đạt", False: "không đạt", None: "chưa kết luận được"}[truth]
        lines.append((f"Mức “{rule.name}”", _need_words(rule.need.term, frame, truth, verdict)))
        if truth is not False and (level < 0 or rule.name == names[level]):
            break
    return lines


def _need_words(need: Term, frame: Any, truth: bool | None, verdict: str) -> str:
    """The need with its figures; of several conditions joined by `and`, only those that do not hold."""
    conditions = conjuncts(need)
    if truth is True or len(conditions) < 3:
        return f"{need.filled(frame)} — {verdict}"
    short = []
    for condition in conditions:
        holds = condition.evaluate(frame).at(0)
        if holds is not True:
            short.append(f"{condition.filled(frame)} ({'không đạt' if holds is False else 'chưa kết luận được'})")
    return f"{verdict}: " + "; ".join(short)


def conjuncts(term: Term) -> list[Term]:
    if isinstance(term, Junction) and term.word == "and":
        return [*conjuncts(term.parts[0]), *conjuncts(term.parts[1])]
    return [term]


def pool_words(pool: str) -> str:
    """A pool within a sentence: Cụm 3; nhóm vừa where the name does not say what it is."""
    return pool if pool.casefold().startswith(("cụm ", "khối ", "nhóm ", "hạng ")) else f"nhóm {pool}"


def rank_lines(result: Result, row: int) -> list[tuple[str, str]]:
    """The place, what it is counted by, and what separates it from the place above."""
    rank = result.set.declaration.rank
    if rank is None:
        return []
    if not result.ranks[row]:
        why = result.root.table.unplaced.get(row)
        return [("Thứ hạng", "không xếp hạng" + (f": {why}" if why else ""))]
    groups = result.root.pool_codes()
    peers = np.flatnonzero((groups == groups[row]) & (result.ranks > 0))
    place = int(result.ranks[row])
    where = f" trong {pool_words(result.pools[row])}" if result.pools[row] else ""
    shared = sorted(result.ids[i] for i in peers if result.ranks[i] == place and i != row)
    state = result.state()
    provisional = " (tạm tính)" if state is not None and bool(waiting(state)[row]) else ""
    text = f"{place} trên {len(peers)}{where}{provisional}" + (
        f", đồng hạng với {', '.join(shared[:5])}{'…' if len(shared) > 5 else ''}" if shared else ""
    )
    keys = [("mức xếp loại" if rank.within else ""), *(formula.term.formula() for formula in (rank.by, *rank.then))]
    lines = [("Thứ hạng", text), ("Xếp hạng theo", ", rồi ".join(key for key in keys if key))]
    better = [i for i in peers if result.ranks[i] < place]
    if better:
        above = max(better, key=lambda i: (int(result.ranks[i]), result.ids[i]))
        lines.append(
            (
                "Ngay trên",
                f"{result.ids[above]} (hạng {int(result.ranks[above])}): {_difference(result, row, int(above))}",
            )
        )
    return lines


def _difference(result: Result, row: int, above: int) -> str:
    """The first key on which two candidates differ."""
    rank = result.set.declaration.rank
    assert rank is not None
    if rank.within == "grade" and result.graded.level[row] != result.graded.level[above]:
        names = result.set.grade_names
        mine, theirs = int(result.graded.level[row]), int(result.graded.level[above])
        return (
            f"xếp loại {names[theirs] if theirs >= 0 else 'chưa có'} so với {names[mine] if mine >= 0 else 'chưa có'}"
        )
    rows: Any = SoFar(result.root)
    for formula in (rank.by, *rank.then):
        column = formula.evaluate(rows)
        mine, theirs = column.at(row), column.at(above)
        if mine != theirs:
            kind = formula.term.kind
            places = result.set.places if kind.unit == (("điểm", 1),) else None
            gap = (
                f", hơn {show_vietnamese(theirs - mine, places)}"
                if mine is not None and theirs is not None and kind.name == "number" and not kind.percent
                else ""
            )
            return f"{formula.term.formula()} {show_value(column, kind, above, places)} so với {show_value(column, kind, row, places)}{gap}"
    return "không khác nhau ở tiêu chí xếp hạng nào"
