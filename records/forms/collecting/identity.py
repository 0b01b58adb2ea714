"""Whose form a file is: the hidden sheet, held against the round and its roster."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from criteria.problems import Problem, errors, of_file
from records.forms.collecting.cells import short
from records.forms.collecting.lines import Asked
from records.forms.collecting.workbook import FormBook
from records.forms.layout import Layout
from records.forms.tokens import BATCH, SINGLE, genuine
from records.indices import known_for
from records.ledger.entries import Entry
from records.roster.roster import Candidate, load_roster
from records.rounds import Round
from records.workbooks.hidden import Hidden, read_hidden
from records.workspace.folder import Workspace

FORMAT = "2"
_EARLIER = ("1",)  # its sheet of evidence had no column for the kind
_ISSUED_HERE = "Điền vào đúng tệp biểu đã được giao, không chép sang tệp khác."
_ISSUE_AGAIN = "Giao lại biểu (thidua forms issue), đề nghị đơn vị điền vào biểu mới."


@dataclass
class FormRound:
    """What the forms of a round are held against. candidates: of the round, by id. asked: by criteria set id."""

    workspace: Workspace
    round: Round
    secret: bytes
    candidates: dict[str, Candidate] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    set_ids: dict[str, str] = field(default_factory=dict)  # by file name of the set
    managers: dict[str, str] = field(default_factory=dict)  # of the candidates whom another body hands in for
    _known: dict[str, dict[str, dict[str, Entry]]] = field(default_factory=dict)  # by set, candidate and measure

    def managed(self, manager: str, sets: Collection[str]) -> dict[str, Candidate]:
        """Whom a body hands in for with a batch of these sets."""
        return {
            ident: self.candidates[ident]
            for ident, owner in self.managers.items()
            if owner == manager and self.set_ids.get(self.candidates[ident].set) in sets
        }

    def known(self, ident: str, asked: Asked) -> dict[str, str]:
        """Figures of a candidate that bound those of its form and are not asked: from the roster, an index, a milestone."""
        if not asked.bounded_by_known:
            return {}
        name = asked.layout.criteria.id
        if name not in self._known:
            self._known[name] = known_for(self.workspace, asked.layout, self.candidates, self.round.period)
        imported = {measure: entry.value for measure, entry in self._known[name].get(ident, {}).items()}
        return {**self.candidates[ident].attributes, **imported}


def form_round(workspace: Workspace, round_: Round) -> tuple[FormRound, list[Problem]]:
    """Candidates and layouts of a round, and what is wrong with its criteria sets."""
    found = FormRound(workspace, round_, workspace.database.secret())
    problems: list[Problem] = []
    rosters = {}
    for group in workspace.movement.groups:
        until = round_.group(group.letter).roster_until
        if until not in rosters:
            rosters[until] = load_roster(workspace, until=until)
        candidates, _ = rosters[until].candidates(group.letter, round_.window.first, round_.window.last)
        for candidate in candidates:
            found.candidates[candidate.id] = candidate
            if group.batch is not None:
                owner = candidate.manager if group.batch == "parent" else group.batch
                found.managers[candidate.id] = rosters[until].successor(owner, round_.window.last)
        for file in group.sets:
            criteria, wrong = workspace.read_set(file)
            problems += errors(wrong)
            if criteria is not None:
                found.set_ids[file] = criteria.id
                found.asked[criteria.id] = Asked(Layout(criteria, tuple(workspace.movement.registers)))
    return found, problems


def read_identity(book: FormBook) -> tuple[Hidden | None, list[Problem]]:
    """The hidden sheet of a form. Raises Unreadable."""
    return read_hidden(book, (SINGLE, BATCH), (FORMAT, *_EARLIER))


def identity_problems(identity: Hidden, here: FormRound, file: str) -> list[Problem]:
    """Whether the form was issued here, for this round, to somebody who takes part, and still asks what is asked."""
    if not genuine(
        identity.token,
        here.secret,
        identity.kind,
        identity.period,
        identity.owner,
        ",".join(identity.sets),
        identity.digest,
    ):
        return [of_file(file, "form-foreign", "Mã nhận dạng của biểu không đúng.", _ISSUED_HERE)]
    if identity.period != here.round.period:
        message = f"Biểu của kỳ {short(identity.period)}, đang thu kỳ {here.round.period}."
        return [of_file(file, "form-period", message, "Thu vào đúng kỳ của biểu.")]
    if identity.kind == SINGLE:
        candidate = here.candidates.get(identity.owner)
        if candidate is None:
            message = f"“{short(identity.owner)}” không có trong danh sách của kỳ {here.round.period}."
            return [of_file(file, "form-foreign", message, "Xem: thidua roster list.")]
        if identity.sets != (here.set_ids.get(candidate.set, ""),):
            message = f"{candidate.name} nay chấm theo bộ tiêu chí khác."
            return [of_file(file, "form-changed", message, _ISSUE_AGAIN)]
    else:
        if not here.managed(identity.owner, identity.sets):
            message = f"“{short(identity.owner)}” không quản lý đối tượng nào của kỳ {here.round.period}."
            return [of_file(file, "form-foreign", message, "Xem: thidua roster list.")]
        if any(name not in here.asked for name in identity.sets):
            return [of_file(file, "form-changed", "Bộ tiêu chí của biểu không còn.", _ISSUE_AGAIN)]
    if identity.digest != ",".join(here.asked[name].layout.digest for name in identity.sets):
        return [of_file(file, "form-changed", "Biểu hỏi khác với bộ tiêu chí hiện nay.", _ISSUE_AGAIN)]
    if identity.format != FORMAT:
        return [of_file(file, "form-changed", "Biểu theo mẫu cũ, chưa có cột Loại minh chứng.", _ISSUE_AGAIN)]
    return []
