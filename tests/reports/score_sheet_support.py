"""Workspaces with official publications, and the text of a PDF."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from records.ledger.entries import Entry
from records.life.acts import Act, perform
from records.publication.open_points import Wish
from records.publication.published import DRAFT, OFFICIAL
from records.publication.publishing import prepare
from records.rounds import close_group, close_roster, open_round
from records.workspace.folder import Workspace
from tests.rounds.life_support import COMMUNE, hand_in, scope_of
from tests.rounds.support import enter_body, new_workspace
from thidua.publishing import publish_with_lists

LETTER = "14/TĐ-SKHCN ngày 09/12/2026"


def pages(raw: bytes) -> list[str]:
    """The text of every page, lines joined with one space."""
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(io.BytesIO(raw)).pages]


def squeezed(text: str) -> str:
    """Without spaces: where lines are broken says nothing."""
    return "".join(unicodedata.normalize("NFC", text).split())


def text_of(raw: bytes) -> str:
    return squeezed("".join(pages(raw)))


def new_round(workspace: Workspace, period: str) -> None:
    year = int(period[:4])
    round_, problems = open_round(workspace, period, date(year, 11, 1), date(year, 12, 1), "12/SNV", date(year, 11, 1))
    assert round_ is not None, problems


def officially(
    workspace: Workspace,
    period: str,
    figures: Mapping[str, Mapping[str, str]],
    day: date,
    *,
    group: str = "c",
    set_id: str = "tb-c-xa-phuong",
    index: Mapping[str, str] | None = None,
    leave_out: Mapping[tuple[str, str], str] | None = None,
    **answers: Any,
) -> None:
    """Candidates hand in, everything is accepted (or left out, with a reason), the group is published officially on a day."""
    for ident, given in figures.items():
        hand_in(workspace, ident, set_id, given, period=period, **answers)
    values = index if index is not None else {ident: str(80 + place) for place, ident in enumerate(figures)}
    with workspace.database.writing() as writer:
        writer.append([Entry(f"index:dx_index/{period}", i, v, source="Bộ chỉ số DX") for i, v in values.items()])
    scope = scope_of(workspace, period=period)
    out = leave_out or {}
    acts = [
        Act(
            who,
            one,
            "leave_out" if (who, one) in out else "accept",
            "verifier",
            scope.verifier(who, one),
            {},
            out.get((who, one), ""),
            LETTER,
        )
        for who in figures
        for one in scope.of(who)
    ]
    done, problems = perform(scope, acts, day=date(day.year - 1, 12, 9))
    assert problems == [] and done == len(acts)
    shut = date(day.year - 1, 12, 20)
    assert close_roster(workspace, period, group, shut) == [] == close_group(workspace, period, group, shut, "8/QĐ-SNV")
    publish(workspace, period, Wish(DRAFT, shut, comments_until=shut), group)
    publish(workspace, period, Wish(OFFICIAL, day, f"9/QĐ-SNV ngày {day:%d/%m/%Y}", "1/QĐ-UBND"), group)


def publish(workspace: Workspace, period: str, wish: Wish, group: str = "c") -> None:
    made, problems = prepare(workspace, period, group, wish)
    assert made is not None, problems
    found, problems = publish_with_lists(made)
    assert found is not None, problems


def communes(root: Path, names: Mapping[str, str] | None = None, count: int = 3, **told: Any) -> Workspace:
    """X1 … of group c, published officially for 2026 on 5 January 2027. names: of some of them."""
    workspace = new_workspace(root)
    idents = [f"X{number}" for number in range(1, count + 1)]
    for ident in idents:
        enter_body(workspace, ident, name=(names or {}).get(ident, f"Xã {ident}"), kind="xã", pool="Cụm 1")
    figures = {ident: COMMUNE | {"files_online": str(733 + place)} for place, ident in enumerate(idents)}
    officially(workspace, "2026", figures, date(2027, 1, 5), **told)
    return workspace
