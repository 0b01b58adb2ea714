"""Issuing forms (giao biểu): who gets one, what stands in it, where it is kept, and the entry that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from criteria.declarations.movement import Group
from criteria.problems import ERROR, WARNING, Problem, errors, of_file
from records.assembly import assemble
from records.forms.issuing.content import FormContent, SetContent, digest_of
from records.forms.issuing.files import form_path
from records.forms.issuing.starting import previous_figures, starting_scores
from records.forms.issuing.texts import CriteriaTexts
from records.forms.issuing.workbooks import form_workbook
from records.forms.layout import Layout
from records.forms.tokens import BATCH, SINGLE, token
from records.indices import known_for
from records.ledger.entries import Entry
from records.roster.roster import Candidate, Roster, load_roster
from records.rounds import Round, find_round
from records.tasks.register import Register, load_register
from records.tasks.rows import rows_for
from records.workbooks.going_out import issued_place, write_issued
from records.workspace.folder import Workspace

_PARENT = "parent"


@dataclass(frozen=True)
class Issued:
    """What was issued to one group. forms: how many; written: how many of them are new or say something else than before."""

    letter: str
    folder: Path
    forms: int
    written: int
    candidates: int
    batch: bool


@dataclass
class _Making:
    """What all forms of one issue share."""

    workspace: Workspace
    round: Round
    register: Register | None = None
    taken: set[str] = field(default_factory=set)
    sets: dict[str, SetContent] = field(default_factory=dict)


def issue(
    workspace: Workspace,
    period: str,
    letters: Sequence[str] = (),
    out: Path | None = None,
    each: Callable[[int, int], None] | None = None,
) -> tuple[list[Issued], list[Problem]]:
    """Write the forms of a round. letters: the groups, all that are open when none is named. out: instead of bieu-giao/PERIOD.

    each: told how many forms of how many are done. Nothing is written when there is an error; entries are stored once all files are there.
    """
    for occasion in workspace.movement.occasions:
        if occasion.id == period:
            rounds = ", ".join(occasion.rounds)
            message = f"{occasion.name} ({period}) gộp các kỳ {rounds}; không có biểu tự chấm riêng."
            return [], [of_file(period, "round", message, "Giao biểu của từng kỳ đó.")]
    found, problems = find_round(workspace, period)
    if found is None:
        return [], problems
    groups = _groups(workspace, found, letters, problems)
    problems += _lacking(found)
    making = _Making(workspace, found)
    forms = [(group, form) for group in groups for form in _forms(making, group, problems)]
    if not forms and not errors(problems):
        message = f"Kỳ {period} chưa có đối tượng nào để giao biểu."
        problems.append(of_file(period, "group", message, "Nhập danh sách: thidua roster import."))
    if errors(problems):
        return [], problems
    return _write(making, forms, out or workspace.issued(found.period), each, problems), problems


def _groups(workspace: Workspace, found: Round, letters: Sequence[str], problems: list[Problem]) -> list[Group]:
    """The groups asked for; a closed one takes in no form, so none is issued."""
    known = {group.letter: group for group in workspace.movement.groups}
    groups = []
    for letter in dict.fromkeys(letters) or known:
        group = known.get(letter)
        if group is None:
            problems.append(of_file(letter, "group", f"Không có nhóm “{letter}”.", f"Các nhóm: {', '.join(known)}."))
        elif found.group(letter).closed is not None:
            message = f"Nhóm {letter} kỳ {found.period} đã khóa, không giao biểu."
            severity = ERROR if letters else WARNING
            hint = f"Muốn nhận thêm biểu: thidua round reopen {found.period} --group {letter}."
            problems.append(of_file(found.period, "closed", message, hint, severity))
        else:
            groups.append(group)
    return groups


def _lacking(found: Round) -> list[Problem]:
    """What the forms should say and nobody has entered."""
    missing = [
        words
        for words, value in (
            ("hạn nộp (--deadline)", found.deadline),
            ("số văn bản giao biểu (--letter)", found.letter),
            ("ngày văn bản giao biểu (--letter-date)", found.letter_date),
        )
        if not value
    ]
    if not missing:
        return []
    hint = f"Điền bằng thidua round open {found.period} …, rồi giao lại."
    return [of_file(found.period, "round", f"Biểu chưa ghi {', '.join(missing)}.", hint, WARNING)]


# --- who gets a form ---------------------------------------------------------------------------------------------------


def _forms(making: _Making, group: Group, problems: list[Problem]) -> list[FormContent]:
    """The forms of one group, in the order of their owners."""
    window = making.round.window
    roster = load_roster(making.workspace, until=making.round.group(group.letter).roster_until)
    candidates, doubts = roster.candidates(group.letter, window.first, window.last)
    for doubt in doubts:
        problems.append(of_file(doubt.body, "roster-open", doubt.message, doubt.hint, WARNING))
    for file in dict.fromkeys(candidate.set for candidate in candidates):
        content = _content(making, group, roster, file, [c for c in candidates if c.set == file], problems)
        if content is not None:
            making.sets[f"{group.letter}/{file}"] = content
    if errors(problems):
        return []
    if group.batch is None:
        return [
            _form(making, group, SINGLE, c.id, c.name, _name(roster, c.manager, making.round), [c]) for c in candidates
        ]
    owners = _owners(group, roster, candidates, problems)
    return [
        _form(making, group, BATCH, owner, _name(roster, owner, making.round), "", members)
        for owner, members in owners.items()
    ]


def _owners(
    group: Group, roster: Roster, candidates: list[Candidate], problems: list[Problem]
) -> dict[str, list[Candidate]]:
    """Candidates by the body that hands in their batch. Who has none gets no form, and is named."""
    owners: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        owner = candidate.manager if group.batch == _PARENT else group.batch or ""
        if not owner:
            message = f"{candidate.name} (mã {candidate.id}) chưa có cơ quan quản lý nên không có biểu nào để điền."
            hint = "Điền cột cơ quan quản lý rồi nhập lại danh sách: thidua roster import."
            problems.append(of_file(candidate.id, "roster-open", message, hint, WARNING))
            continue
        if owner not in roster.bodies and owner not in owners:
            message = f"Cơ quan {owner} lập biểu của nhóm {group.letter} không có trong danh sách: biểu chỉ ghi mã."
            problems.append(of_file(owner, "roster-open", message, "Nhập cơ quan đó: thidua roster import.", WARNING))
        owners.setdefault(owner, []).append(candidate)
    places = {ident: place for place, ident in enumerate(roster.bodies)}
    return dict(sorted(owners.items(), key=lambda item: (places.get(item[0], len(places)), item[0])))


def _name(roster: Roster, ident: str, found: Round) -> str:
    body = roster.bodies.get(ident)
    return body.name(found.window.last) if body is not None else ident


# --- what stands in it ---------------------------------------------------------------------------------------------------


def _content(
    making: _Making, group: Group, roster: Roster, file: str, candidates: list[Candidate], problems: list[Problem]
) -> SetContent | None:
    """What is known of the candidates of one set; None with problems when the set or a figure is wrong."""
    made, found = assemble(making.workspace, making.round, group.letter, file, answered=False)
    problems += found
    if made is None:
        return None
    layout = Layout(made.criteria, tuple(making.workspace.movement.registers))
    if group.batch is not None and layout.item_tables:
        names = ", ".join(table.label for table in layout.item_tables.values())
        message = f"Biểu tổng hợp không hỏi được bảng nhiều dòng của bộ tiêu chí {made.criteria.id}: {names}."
        problems.append(of_file(file, "form-changed", message, "Bỏ khóa batch của nhóm để giao biểu riêng.", WARNING))
    if layout.register_tables and making.register is None:
        making.register = load_register(making.workspace)
    tasks = {}
    if layout.register_tables and making.register is not None:
        tasks = {c.id: rows_for(making.register, roster, c, making.round.window) for c in candidates}
    known = known_for(making.workspace, layout, [c.id for c in candidates], making.round.period)
    return SetContent(
        layout, CriteriaTexts(made.criteria), candidates, known, starting_scores(made), tasks, previous_figures(made)
    )


def _form(
    making: _Making, group: Group, kind: str, owner: str, name: str, manager: str, members: list[Candidate]
) -> FormContent:
    sets = []
    for file in (*group.sets, *sorted({c.set for c in members} - set(group.sets))):
        content = making.sets.get(f"{group.letter}/{file}")
        mine = [candidate for candidate in members if candidate.set == file]
        if content is not None and mine:
            sets.append(content.of(mine))
    ids = ",".join(one.layout.criteria.id for one in sets)
    digest = digest_of([one.layout for one in sets])
    mark = token(making.workspace.database.secret(), kind, making.round.period, owner, ids, digest)
    return FormContent(kind, making.workspace.movement, group, making.round, owner, name, manager, sets, mark)


# --- files and entries -----------------------------------------------------------------------------------------------------


def _write(
    making: _Making,
    forms: list[tuple[Group, FormContent]],
    root: Path,
    each: Callable[[int, int], None] | None,
    problems: list[Problem],
) -> list[Issued]:
    """Write every form that has changed, then store that they were issued. A file that cannot be written is a problem."""
    counts: dict[str, list[int]] = {}
    entries: list[Entry] = []
    for done, (group, form) in enumerate(forms, 1):
        path = form_path(root, group, form.owner, form.owner_name, making.taken)
        written = write_issued(path, form_workbook(form), problems)
        if written is None:
            continue
        count = counts.setdefault(group.letter, [0, 0, 0])
        count[0], count[1], count[2] = count[0] + 1, count[1] + written, count[2] + len(form.candidates)
        entries += _entries(making.workspace, form, path)
        if each is not None:
            each(done, len(forms))
    making.workspace.database.enter(entries)
    by_letter = {group.letter: group for group, _ in forms}
    return [
        Issued(
            letter, _folder(root, by_letter[letter]), count[0], count[1], count[2], by_letter[letter].batch is not None
        )
        for letter, count in counts.items()
    ]


def _folder(root: Path, group: Group) -> Path:
    return form_path(root, group, "", "", set()).parent


def _entries(workspace: Workspace, form: FormContent, path: Path) -> list[Entry]:
    """form:TOKEN issued and file. Read by records.progress and records.forms.collecting.collect."""
    told = {
        "period": form.round.period,
        "kind": form.kind,
        "group": form.group.letter,
        "owner": form.owner,
        "candidates": ",".join(candidate.id for candidate in form.candidates),
        "set": form.set_ids,
        "digest": form.digest,
    }
    subject = f"form:{form.token}"
    return [
        Entry(subject, "issued", "; ".join(f"{name}={value}" for name, value in told.items())),
        Entry(subject, "file", issued_place(workspace, path)),
    ]
