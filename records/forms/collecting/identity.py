"""Whose form a file is: the hidden sheet, held against the round and its roster."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from criteria.problems import Problem, errors, of_file
from records.forms.collecting.cells import short
from records.forms.collecting.lines import Asked
from records.forms.collecting.workbook import FormBook
from records.forms.layout import SHEETS, Layout
from records.forms.tokens import BATCH, SINGLE, genuine
from records.indices import known_for
from records.ledger.entries import Entry
from records.roster.roster import Candidate, load_roster
from records.rounds import Round
from records.workspace.folder import Workspace

FORMAT = "2"
_EARLIER = ("1",)  # its sheet of evidence had no column for the kind
_FIELDS = ("format", "kind", "period", "owner", "sets", "digest", "token")
TAKEN_BY = {  # kind of a workbook → what people call it, the command that takes it in
    SINGLE: ("biểu tự chấm", "thidua forms collect"),
    BATCH: ("biểu tổng hợp tự chấm", "thidua forms collect"),
    "review": ("biểu thẩm định", "thidua review collect"),
    "return": ("biểu giải trình", "thidua return collect"),
}
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


@dataclass(frozen=True)
class Identity:
    """What the hidden sheet says. lines: the keys of the form as it was issued."""

    kind: str
    period: str
    owner: str
    sets: tuple[str, ...]
    digest: str
    token: str
    lines: tuple[str, ...]
    format: str = FORMAT


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


def read_identity(book: FormBook) -> tuple[Identity | None, list[Problem]]:
    """The hidden sheet, whether or not it is still hidden. Raises Unreadable."""
    pairs, lines, problems = read_hidden(book, (SINGLE, BATCH), (FORMAT, *_EARLIER))
    if problems:
        return None, problems
    sets = tuple(pairs["sets"].split(","))
    return Identity(
        pairs["kind"],
        pairs["period"],
        pairs["owner"],
        sets,
        pairs["digest"],
        pairs["token"],
        tuple(lines),
        pairs["format"],
    ), []


def read_hidden(
    book: FormBook, kinds: Collection[str], formats: Collection[str]
) -> tuple[dict[str, str], list[str], list[Problem]]:
    """Names and values of the hidden sheet, its lines, and why it is none of these kinds of workbook. Raises Unreadable."""
    titles = book.named(SHEETS["hidden"])
    if len(titles) != 1:
        message = (
            f"Không phải tệp biểu đã giao (không có trang ẩn “{SHEETS['hidden']}”)."
            if not titles
            else "Tệp có hai trang nhận dạng."
        )
        return {}, [], [of_file(book.file, "form-foreign", message, _ISSUED_HERE)]
    sheet = book.sheet(titles[0])
    pairs: dict[str, str] = {}
    lines: list[str] = []
    for row in sorted(sheet.rows):
        name, value = sheet.text(row, 1), sheet.text(row, 2)
        if name == "line":
            lines.append(value)
        elif name in _FIELDS:
            if name in pairs:
                message = f"Trang nhận dạng ghi “{name}” hai lần."
                return {}, [], [sheet.problem("form-foreign", row, 1, message, _ISSUED_HERE)]
            pairs[name] = value
    kind = pairs.get("kind", "")
    if kind in TAKEN_BY and kind not in kinds:
        called, command = TAKEN_BY[kind]
        message = f"Đây là {called}, lệnh này không thu."
        return {}, [], [of_file(book.file, "form-kind", message, f"Thu bằng: {command}.")]
    if any(name not in pairs for name in _FIELDS) or pairs["format"] not in formats or kind not in kinds:
        message = "Trang nhận dạng của biểu thiếu hoặc sai."
        return {}, [], [sheet.problem("form-foreign", 1, 1, message, _ISSUED_HERE)]
    return pairs, lines, []


def identity_problems(identity: Identity, here: FormRound, file: str) -> list[Problem]:
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
