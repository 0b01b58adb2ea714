"""What stands behind every number of one unit: opened on the page when it is asked for, packed in chunks until then."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from criteria.exact import show_vietnamese
from records.life.rights import EXPLAINED, FINAL, RETURNED, REVERIFIED, STAGES, VERIFIED
from records.life.standing import Standing
from reports.page.criteria import PageCriterion
from reports.page.ground import Ground
from reports.page.texts import plain_all
from reports.reasons.proof import general_lines
from reports.reasons.row import Line
from reports.reasons.rows import Rows
from reports.stages.side_by_side import StageCell, side_by_side
from scoring.explanation import Explanation, explain

_CHUNK = 40  # units that are opened together
_LEVEL = 9
_RULE, _READING = "Cách chấm", "Cách hiểu"  # said once, with the criterion
_BESIDE = {"Kết quả", "Trạng thái"}
_MINOR = (EXPLAINED, REVERIFIED)  # stages that most criteria do not need

Stage = list[str]  # its name, the points or the word for what it waits for, who concluded and why


class Details:
    """The details of the units of one set."""

    def __init__(self, ground: Ground, columns: Sequence[PageCriterion]) -> None:
        self.ground = ground
        self.rows = Rows(ground.source, ground.one)
        self.rules = {one.id: one.rule for one in columns}
        self.entries = [one.id for one in columns if one.kind in ("less", "plus")]
        self.stages = _stages(ground)

    def of(self, candidate: str, name: str, whole: Explanation, result: Sequence[Line]) -> dict[str, Any]:
        """whole: the explanation of the whole result. result: what is said of the total, the grade and the place."""
        source, one = self.ground.source, self.ground.one
        told = source.told(candidate)
        stages = self.stages.get(candidate, {})
        rows: dict[str, Any] = {}
        for row in self.rows.rows(candidate, told, whole):
            said: dict[str, Any] = {"reasons": self._reasons(row.id, row.reasons)}
            if not self.ground.public:
                said |= {"evidence": list(row.evidence), "verified": list(row.verified)}
                said["stages"] = stages.get(row.id, [])
            rows[row.id] = said
        for entry in self.entries:
            lines = [line for line in explain(one.result, candidate, entry).lines if line[0] not in _BESIDE]
            rows[entry] = {"reasons": self._reasons(entry, lines)}
        general = [] if self.ground.public else general_lines(source, one, told, candidate, rows)
        found: dict[str, Any] = {
            "about": [list(line) for line in source.about(candidate, name)],
            "result": [list(line) for line in result],
            "rows": {},
            "general": [list(line) for line in general],
        }
        for ident, said in rows.items():
            kept = {key: part for key, part in said.items() if part}
            if kept:
                found["rows"][ident] = kept
        return found

    def _reasons(self, ident: str, lines: Sequence[Line]) -> list[list[str]]:
        return [
            [heading, sentence]
            for heading, sentence in lines
            if heading != _READING and (heading != _RULE or sentence != self.rules.get(ident))
        ]


def _stages(ground: Ground) -> dict[str, dict[str, list[Stage]]]:
    """By candidate and criterion, every stage it went through."""
    found: dict[str, dict[str, list[Stage]]] = {}
    if ground.here is None or FINAL not in ground.results:
        return found
    places, names = ground.result.set.places, list(STAGES)
    until = names[: names.index(ground.stage) + 1]
    for line in side_by_side(ground.results, ground.here):
        if not line.criterion:
            continue
        concluded = _concluded(ground.here.standings.of(line.candidate, line.criterion))
        rows = [
            [STAGES[stage], _shown(cell, places), line.said if stage == concluded else ""]
            for stage, cell in line.cells.items()
            if stage in until and (cell != StageCell() or stage not in _MINOR)
        ]
        found.setdefault(line.candidate, {})[line.criterion] = rows
    return found


def _concluded(standing: Standing) -> str:
    """The stage at which somebody concluded last."""
    if standing.closed or FINAL in standing.figures or FINAL in standing.applies:
        return FINAL
    return VERIFIED if standing.state == RETURNED else standing.state


def _shown(cell: StageCell, places: int) -> str:
    if cell.points is None:
        return cell.word or "–"
    return show_vietnamese(cell.points, places) + (f" ({cell.word})" if cell.word else "")


def packed(details: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Chunks of units as the page holds them: JSON, raw deflate, base64."""
    idents = list(details)
    for start in range(0, len(idents), _CHUNK):
        here = idents[start : start + _CHUNK]
        content = plain_all({ident: details[ident] for ident in here})
        raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        yield {"units": here, "data": base64.b64encode(deflate.compress(raw) + deflate.flush()).decode()}
