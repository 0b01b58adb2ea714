"""Score sheets of candidates of a period or an occasion: archives opened once, then one sheet after another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from criteria.problems import WARNING, Problem, errors, of_file
from records.publication.published import Publication, official_versions
from records.roster.roster import load_roster, order
from records.rounds import find_round, known_group
from records.workspace.folder import Workspace
from records.years.combined import CombinedSet
from records.years.occasions import combined, occasion_of
from reports.reasons.frozen import FrozenGroup, open_group
from reports.score_sheet.content import OccasionPart, PeriodPart, ScoreSheet
from reports.score_sheet.occasions import occasion_part, row_of, sources
from reports.score_sheet.periods import period_part
from reports.wording.issuers import letterhead

PROVISIONAL = "kết quả gộp tạm tính, còn kỳ chưa công bố chính thức"
Key = tuple[str, str, int]  # period, letter of the group, version


@dataclass
class Sheets:
    """Archives that are open. candidates: who has a sheet, in the order they were asked for, else by group and id.

    combined: the lists of the occasion, none for a period.
    """

    candidates: list[str]
    groups: Mapping[Key, FrozenGroup]
    combined: list[CombinedSet]

    def content(self, candidate: str) -> ScoreSheet:
        """What the sheet of a candidate says. Raises KeyError for who has none."""
        found = row_of(self.combined, candidate)
        if found is not None:
            made, row = found
            used = [(self.groups[one.period, one.group, one.version], ident) for one, ident in sources(made, row)]
            if not used:
                raise KeyError(candidate)
            home = next((group for group, ident in reversed(used) if ident == candidate), used[-1][0])
            parts = [period_part(group, ident) for group, ident in used]
            stamps = [*made.stamps, *([PROVISIONAL] if row.combined.provisional else [])]
            return _sheet(candidate, row.name, home, parts, stamps, occasion_part(made, row))
        for group in self.groups.values():
            if group.set_of(candidate) is not None and not self.combined:
                part = period_part(group, candidate)
                return _sheet(candidate, part.name, group, [part])
        raise KeyError(candidate)


def open_sheets(
    workspace: Workspace, period: str, candidates: Sequence[str] | None = None, letters: Collection[str] = ()
) -> tuple[Sheets | None, list[Problem]]:
    """Everything that sheets of these candidates rest on, or every reason why there are none.

    period: a round, or an occasion. candidates: None means everybody. letters: only these groups. Who has no official result has
    no sheet: a warning says so; an error when everybody is meant and nobody has one.
    """
    wanted = list(dict.fromkeys(candidates)) if candidates is not None else None
    problems = [problem for letter in letters for problem in known_group(workspace, letter)]
    occasion = occasion_of(workspace, period)
    lists: list[CombinedSet] = []
    if occasion is None:
        problems += find_round(workspace, period)[1]
    elif not problems:
        lists, _, found = combined(workspace, occasion, tuple(letters))
        problems += errors(found)
    if problems:
        return None, problems
    needed = _of_period(workspace, period, wanted, letters) if occasion is None else _of_occasion(wanted, lists)
    groups, problems = _opened(workspace, needed)
    if errors(problems):
        return None, problems
    have = _scored(groups) if occasion is None else _combined(lists)
    known = set(have)
    problems += _without(workspace, period, [one for one in wanted or () if one not in known])
    if wanted is None and not have:
        message = f"Chưa có kết quả công bố chính thức nào của {period} để lập phiếu giải trình điểm."
        problems.append(of_file(period, "no-sheet", message, "Công bố: thidua publish … --stage chinh-thuc."))
    if errors(problems):
        return None, problems
    return Sheets(have if wanted is None else [one for one in wanted if one in known], groups, lists), problems


def score_sheets(
    workspace: Workspace, period: str, candidates: Sequence[str] | None = None
) -> tuple[Iterator[tuple[str, bytes]], list[Problem]]:
    """(candidate, PDF) one after another, and what is wrong; nothing comes when there is an error. See open_sheets."""
    sheets, problems = open_sheets(workspace, period, candidates)
    return printed(sheets) if sheets is not None else iter(()), problems


def printed(sheets: Sheets) -> Iterator[tuple[str, bytes]]:
    """Every sheet as PDF; none is kept."""
    from reports.score_sheet.pdf import Printer

    printer = Printer()
    for candidate in sheets.candidates:
        yield candidate, printer.pdf(sheets.content(candidate))


# --- what is opened ------------------------------------------------------------------------------------------------


def _of_period(
    workspace: Workspace, period: str, wanted: list[str] | None, letters: Collection[str]
) -> dict[Key, set[str] | None]:
    """The version in force of every group, and whose results are asked of it."""
    needed: dict[Key, set[str] | None] = {}
    for letter, (*_, one) in official_versions(workspace, period).items():
        if not letters or letter in letters:
            needed[period, letter, one.version] = set(wanted) if wanted is not None else None
    return needed


def _of_occasion(wanted: list[str] | None, lists: Sequence[CombinedSet]) -> dict[Key, set[str] | None]:
    """The versions that the lists rest on, which a cut-off may have held back, and whose results are asked of them."""
    needed: dict[Key, set[str]] = {}
    for made in lists:
        for row in made.rows:
            if wanted is None or row.candidate in wanted:
                for result, ident in sources(made, row):
                    needed.setdefault((result.period, result.group, result.version), set()).add(ident)
    return dict(needed)


def _opened(
    workspace: Workspace, needed: Mapping[Key, set[str] | None]
) -> tuple[dict[Key, FrozenGroup], list[Problem]]:
    places = {group.letter: place for place, group in enumerate(workspace.movement.groups)}
    told: dict[str, dict[str, list[Publication]]] = {}
    found: dict[Key, FrozenGroup] = {}
    problems: list[Problem] = []
    for key in sorted(needed, key=lambda one: (one[0], places.get(one[1], len(places)), one)):
        period, letter, version = key
        if period not in told:
            told[period] = official_versions(workspace, period)
        official = told[period][letter]
        one = next(each for each in official if each.version == version)
        group, wrong = open_group(workspace, one, official[0].entry, needed[key])
        problems += wrong
        if group is not None:
            found[key] = group
    return found, problems


def _scored(groups: Mapping[Key, FrozenGroup]) -> list[str]:
    return [ident for group in groups.values() for one in group.sets.values() for ident in one.result.ids]


def _combined(lists: Sequence[CombinedSet]) -> list[str]:
    """Who has an official result of some period, of its own or of a body before it."""
    return [
        ident for made in lists for ident in sorted((r.candidate for r in made.rows if sources(made, r)), key=order)
    ]


def _without(workspace: Workspace, period: str, missing: Sequence[str]) -> list[Problem]:
    """Nobody of this id; or somebody without an official result, who may be proposed without a score."""
    if not missing:
        return []
    roster, problems = load_roster(workspace), []
    for ident in missing:
        body = roster.bodies.get(ident)
        if body is None:
            message = f"Không có đối tượng “{ident}” trong danh sách."
            problems.append(of_file(ident, "unknown-candidate", message, "Xem mã: thidua roster list."))
            continue
        message = f"{ident} {body.name()} không có điểm trong kết quả công bố chính thức {period}: không có phiếu giải trình điểm."
        hint = "Đề nghị khen thưởng không qua chấm điểm thì hồ sơ không kèm phiếu này."
        problems.append(of_file(ident, "no-sheet", message, hint, WARNING))
    return problems


# --- one sheet -----------------------------------------------------------------------------------------------------


def _sheet(
    candidate: str,
    name: str,
    home: FrozenGroup,
    periods: Sequence[PeriodPart],
    stamps: Sequence[str] = (),
    occasion: OccasionPart | None = None,
) -> ScoreSheet:
    movement = home.movement
    receipts = tuple(dict.fromkeys(part.receipt for part in periods))
    day = max(receipt.published for receipt in receipts)
    head = letterhead(movement, day)
    said = dict.fromkeys([*(stamp for part in periods for stamp in part.stamps), *stamps])
    return ScoreSheet(
        candidate,
        name or candidate,
        day,
        " ".join((movement.full_name or movement.name).split()),
        home.about(candidate, name or candidate),
        tuple(periods),
        receipts,
        tuple(said),
        occasion,
        head.parent if head is not None else "",
        head.authority if head is not None else "",
        head.place if head is not None else "",
    )
