"""Where the numbers of an internal page come from: official archives where there are some, else the ledger at the stage asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from criteria.problems import WARNING, Problem, errors, of_file
from records.debts import Debt
from records.life.rights import FINAL, STAGES
from records.publication.published import DRAFT, Publication, publications
from records.rounds import Round, find_round, known_group
from records.scored.counted import CountedGroup, counted_groups
from records.scored.stages import StagedSet
from records.software import SOFTWARE
from records.workspace.folder import Workspace
from reports.page.ground import Ground, Grounds
from reports.page.waiting import complaints_open, open_things, owed
from reports.page.words import official_stamp
from reports.reasons.frozen import FrozenGroup
from reports.reasons.live import LiveGroup


def open_grounds(
    workspace: Workspace, period: str, letters: Sequence[str] = (), stage: str = FINAL
) -> tuple[Grounds | None, list[Problem]]:
    """Everything an internal page of a round rests on, or all reasons why it cannot be made. letters: none means every group."""
    round_, problems = find_round(workspace, period)
    problems += [problem for letter in letters for problem in known_group(workspace, letter)]
    if stage not in STAGES:
        hint = "Các bước: " + ", ".join(STAGES) + "."
        problems.append(of_file(stage, "stage", f"Không có bước “{stage}”.", hint))
    if round_ is None or problems:
        return None, problems
    counted, problems = counted_groups(workspace, period, letters)
    live: dict[str, tuple[LiveGroup, list[StagedSet]]] = {}
    groups: list[FrozenGroup | LiveGroup] = []
    for one in counted:
        if one.official is not None:
            groups.append(FrozenGroup(one.official))
            problems += [_not_at(period, one.letter, stage)] if stage != FINAL else []
        else:
            live[one.letter], wrong = _live(workspace, one, stage)
            problems += wrong
            groups.append(live[one.letter][0])
    if errors(problems):
        return None, problems
    told = publications(workspace, period)
    debts = owed(workspace, round_, live)
    sets: list[Ground] = []
    for group in groups:
        if isinstance(group, FrozenGroup):
            sets += _frozen_sets(workspace, group)
        else:
            staged = live[group.letter][1]
            sets += _live_sets(group, staged, debts, _live_stamps(group, told.get(group.letter, [])))
    receipt = _receipt(workspace, round_, groups, stage)
    return Grounds(sets, _source(workspace, groups), receipt, _stage(groups, stage)), problems


def _live(
    workspace: Workspace, group: CountedGroup, stage: str
) -> tuple[tuple[LiveGroup, list[StagedSet]], list[Problem]]:
    """A group that is not official, and its sets at every stage."""
    here: list[StagedSet] = []
    problems: list[Problem] = []
    for file in group.scored:
        one, wrong = group.staged(file)
        problems += wrong
        here += [one] if one is not None else []
    results = {one.last.file: one.results[stage] for one in here if stage in one.results}
    return (LiveGroup(workspace, group.letter, stage, [one.last for one in here], results), here), problems


def _not_at(period: str, letter: str, stage: str) -> Problem:
    message = f"Nhóm {letter} đã công bố chính thức: trang lấy kết quả chính thức, không lấy bước {STAGES[stage]}."
    return of_file(f"kỳ {period} nhóm {letter}", "published", message, "", WARNING)


def _live_sets(
    group: LiveGroup, staged: Sequence[StagedSet], debts: dict[str, list[Debt]], stamps: Sequence[str]
) -> Iterator[Ground]:
    for place, one in enumerate(staged):
        source = group.sets.get(one.last.file)
        if source is None:
            continue
        complained = complaints_open(group.workspace, one.last.round.period, source.result.ids)
        things = open_things(group, one.last, debts, complained, first=place == 0)
        said, name = [*source.stamps, *stamps], _name(group.workspace, group.letter)
        yield Ground(group.letter, name, group, source, said, one.results, one.last, group.stage, things)


def _name(workspace: Workspace, letter: str) -> str:
    group = workspace.group(letter)
    return " ".join(group.name.split()) if group is not None else letter


# --- official groups -----------------------------------------------------------------------------------------------


def _frozen_sets(workspace: Workspace, group: FrozenGroup) -> list[Ground]:
    """The sets of an official group: numbers from its archive, stages from the ledger as it stood, by the criteria of the archive."""
    name = next((" ".join(g.name.split()) for g in group.movement.groups if g.letter == group.publication.group), "")
    found = []
    for file, one in group.sets.items():
        staged = group.published.staged(file)
        results, last = (staged.results, staged.last) if staged is not None else ({}, None)
        notice = [] if results else ["Không dựng lại được điểm qua các bước từ sổ; kết quả lấy từ gói đã công bố."]
        things = complaints_open(workspace, group.publication.period, one.result.ids)
        stamps = [*one.stamps, official_stamp(group.publication)]
        letter = group.publication.group
        found.append(Ground(letter, name, group, one, stamps, results, last, FINAL, things, notice))
    return found


# --- the words around ----------------------------------------------------------------------------------------------


def _live_stamps(group: LiveGroup, told: Sequence[Publication]) -> list[str]:
    drafts = [one for one in told if one.stage == DRAFT]
    shown = [f"Đã công bố dự kiến ngày {drafts[-1].day:%d/%m/%Y}"] if drafts else []
    return [f"CHƯA CÔNG BỐ CHÍNH THỨC – bước {STAGES[group.stage]}", *shown]


def _source(workspace: Workspace, groups: Sequence[FrozenGroup | LiveGroup]) -> str:
    """Nhóm a, c: gói công bố chính thức; nhóm b: sổ đến mục 1.234."""
    frozen = [group.publication.group for group in groups if isinstance(group, FrozenGroup)]
    live = [group.letter for group in groups if isinstance(group, LiveGroup)]
    said = [f"nhóm {', '.join(frozen)}: số liệu lấy từ gói công bố chính thức đang có hiệu lực"] if frozen else []
    number = workspace.database.last_entry()
    said += [f"nhóm {', '.join(live)}: tính từ sổ đến mục {number}"] if live else []
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


def _stage(groups: Sequence[FrozenGroup | LiveGroup], stage: str) -> str:
    """Kết quả cuối; of official groups the official result."""
    words = {"Kết quả chính thức" if isinstance(group, FrozenGroup) else STAGES[stage].capitalize() for group in groups}
    return ", ".join(sorted(words))


def _receipt(
    workspace: Workspace, round_: Round, groups: Sequence[FrozenGroup | LiveGroup], stage: str
) -> list[tuple[str, str]]:
    number, mark = workspace.database.head()
    found = [("Phần mềm", SOFTWARE), ("Phong trào", workspace.movement.id), ("Kỳ", round_.period)]
    for group in groups:
        if isinstance(group, FrozenGroup):
            receipt = group.receipt
            found.append((f"Gói nhóm {receipt.group}", f"{receipt.archive}, do {receipt.software} lập"))
            found.append((f"sha256 gói nhóm {receipt.group}", receipt.sha256))
            found += [(f"sha256 {file}", one.result.set.sha256) for file, one in group.sets.items()]
        else:
            for one in group.scored:
                found.append((f"sha256 {one.file}", one.criteria.sha256))
                found += [(f"sha256 số liệu ({one.file})", one.made.sha256)] if stage == FINAL else []
    if any(isinstance(group, LiveGroup) for group in groups):
        found += [("Bước", STAGES[stage]), ("Mục cuối của sổ", str(number)), ("Mã băm cuối sổ", mark)]
    return found
