"""Every criterion of every candidate at every stage: its own points, or the word for what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from records.life.at_stage import AtStage
from records.life.rights import EXPLAINED, RETURNED, REVERIFIED, SELF, STAGES, STATES
from records.life.standing import Standing
from scoring import states
from scoring.result import CriterionResult, Result

TOTAL = ""  # the id of the whole


@dataclass(frozen=True)
class StageCell:
    """points: of a criterion that went through the stage. word: why there are none; "" where the stage was not needed."""

    points: Fraction | None = None
    word: str = ""


@dataclass(frozen=True)
class StageLine:
    """A criterion of a candidate. cells: by stage. said: who concluded last, on which day, why."""

    candidate: str
    name: str
    criterion: str
    text: str
    maximum: Fraction
    cells: Mapping[str, StageCell]
    said: str = ""


def side_by_side(results: Mapping[str, Result], here: AtStage, candidate: str = "") -> Iterator[StageLine]:
    """Lines in the order of the final ranking's table, criteria in document order, the whole last.

    results: by stage, of the same candidates and set. here: of the last stage. candidate: only this one.
    """
    last = results["final"]
    texts = {node.id: " ".join(node.text.split()) for node in last.set.printed_nodes()}
    leaves = [node.id for node in last.set.leaves()]
    for row, ident in enumerate(last.ids):
        if candidate not in ("", ident):
            continue
        at = {stage: result.candidate(ident) for stage, result in results.items() if ident in result.rows}
        for criterion in leaves:
            standing = here.standings.of(ident, criterion)
            cells = {
                stage: _cell(at[stage].criteria[criterion], stage, standing, criterion in here.criteria) for stage in at
            }
            maximum = at["final"].criteria[criterion].maximum
            yield StageLine(ident, last.names[row], criterion, texts[criterion], maximum, cells, _said(here, standing))
        whole = {stage: StageCell(one.total, "tạm tính" if one.provisional else "") for stage, one in at.items()}
        yield StageLine(ident, last.names[row], TOTAL, "Tổng điểm", at["final"].maximum, whole)


def _cell(one: CriterionResult, stage: str, standing: Standing, reviewed: bool) -> StageCell:
    word = states.VIETNAMESE[states.NAMES.index(one.state)]
    if one.state == "not_applicable":
        return StageCell(None, word)
    if stage != SELF and reviewed and not standing.own(stage):
        waits = one.state in ("not_verified", "returned")
        if stage in (EXPLAINED, REVERIFIED) and standing.state not in (RETURNED, EXPLAINED):
            return StageCell()
        carried = stage == "final" and standing.has(stage)  # nothing was revised: what was concluded is final
        return StageCell(one.points, "") if carried and not waits else StageCell(None, word if waits else "")
    return StageCell(one.points, "") if one.state in ("scored", "open") else StageCell(None, word)


def _said(here: AtStage, standing: Standing) -> str:
    if not standing.acts:
        return ""
    if standing.closed:
        who = "thường trực"
    else:
        who = here.names.get(standing.body, standing.body)
    day = f"{date.fromisoformat(standing.since):%d/%m/%Y}" if standing.since else ""
    told = [part for part in (standing.reason, standing.source) if part]
    explained = f"giải trình: {standing.explanation}" if standing.explanation else ""
    head = f"{STATES[standing.state]} ({who}, {day})"
    return "; ".join(part for part in (head, *told, explained) if part)


def stage_lines(lines: Iterator[StageLine], places: int) -> list[str]:
    """The same as text for a terminal."""
    from criteria.exact import show_vietnamese

    rows, found = [], []
    for line in lines:
        cells = [line.cells.get(stage, StageCell()) for stage in STAGES]
        shown = [
            show_vietnamese(cell.points, places) + (" *" if cell.word else "")
            if cell.points is not None
            else cell.word or "–"
            for cell in cells
        ]
        rows.append((line.criterion or line.text, shown, line.said))
    width = max([15, *(len(text) for _, shown, _ in rows for text in shown)]) + 2
    first = max([12, *(len(name) for name, _, _ in rows)]) + 2
    for name, shown, said in [("Tiêu chí", list(STAGES.values()), ""), *rows]:
        found.append(f"{name:<{first}}" + "".join(f"{text:>{width}}" for text in shown))
        if said:
            found.append(f"{'':<4}{said}")
    return [*found, "–: bước này không cần đến.   *: tạm tính, còn tiêu chí chưa có kết luận."]
