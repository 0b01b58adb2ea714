"""Names in an award file: ids used twice, and names of facts, subjects, groups, steps, papers, documents that nobody declares."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator

from criteria.declarations.movement import Movement
from criteria.problems import Problem
from criteria.shapes.base import Declaration
from criteria.source import Path, Source
from nominations.awards.declarations import Awards
from nominations.awards.law import Law
from nominations.awards.principles import TAKEN

LISTS = ("facts", "categories", "blocks", "subjects", "awards", "steps", "papers", "confirmations", "authorities")
# Checks that may have facts of their own (docs/awards.md); revoked: of an award that is taken back.
RULES = ("TC", *(f"E{n}" for n in range(1, 10)), "E9b", *(f"E{n}" for n in range(10, 14)), "revoked")
PARENT, SELF = "parent", "self"
_FIELD = re.compile("[a-z][a-z0-9_-]{0,40}")
_FACTS = ("facts", "authority_facts", "money_facts", "prefer_facts")


class _Names:
    """Looks names up and collects what is not there."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def ask(self, name: str, known: Collection[str], path: Path, what: str, code: str = "unknown-name") -> None:
        if name in known:
            return
        near = difflib.get_close_matches(name, list(known), 2, 0.6)
        hint = "Có phải là " + " hoặc ".join(f"“{one}”" for one in near) + "?" if near else ""
        self.problems.append(self.source.problem(code, path, f"{what} “{name}” không được khai báo.", hint))

    def each(self, names: Iterable[str], known: Collection[str], path: Path, what: str) -> None:
        for place, name in enumerate(names):
            self.ask(name, known, (*path, place), what)


def naming_problems(source: Source, awards: Awards, movement: Movement, law: Law) -> list[Problem]:
    names = _Names(source)
    _twice(names, awards)
    _facts(names, awards, law)
    _principles(names, awards)
    _subjects(names, awards, movement)
    _awards(names, awards, movement)
    _procedure(names, awards, movement)
    return names.problems


def _twice(names: _Names, awards: Awards) -> None:
    for key in LISTS:
        seen: set[str] = set()
        for index, one in enumerate(getattr(awards, key)):
            if one.id in seen:
                path = (key, index, "id")
                names.problems.append(
                    names.source.problem("duplicate-id", path, f"Mã “{one.id}” dùng hai lần trong {key}.")
                )
            seen.add(one.id)


def blocks(value: object) -> Iterator[Declaration]:
    """A block and all blocks below it, in the order of their keys."""
    if isinstance(value, Declaration):
        yield value
        for name in type(value).model_fields:
            yield from blocks(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from blocks(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from blocks(item)


def _facts(names: _Names, awards: Awards, law: Law) -> None:
    """Facts, and the documents they stand in."""
    for index, fact in enumerate(awards.facts):
        names.ask(fact.basis, law.documents, ("facts", index, "basis"), "Văn bản", "unknown-basis")
        for place, one in enumerate(fact.compared):
            at: Path = ("facts", index, "compared", place, "text")
            names.ask(one.text, law.documents, at, "Văn bản", "unknown-basis")
    for place, ident in enumerate(awards.cited):
        names.ask(ident, law.documents, ("cited", place), "Văn bản", "unknown-basis")
    for block in blocks(awards):
        for key in _FACTS:
            named = getattr(block, key, None)
            if block is not awards and isinstance(named, list):
                names.each(named, law.facts, (*block._path, key), "Căn cứ")
    for check, named in awards.rules.items():
        names.ask(check, RULES, ("rules", check), "Mục kiểm tra")
        names.each(named, law.facts, ("rules", check), "Căn cứ")


def _principles(names: _Names, awards: Awards) -> None:
    """Loại hình that others name; no circumstance that stops a nominee is called like another field of a nominee's facts."""
    known = [one.id for one in awards.categories]
    if awards.merit is not None:
        names.ask(awards.merit.category, known, ("merit", "category"), "Loại hình khen thưởng")
        names.each(awards.merit.not_counted, known, ("merit", "not_counted"), "Loại hình khen thưởng")
    for index, block in enumerate(awards.blocks):
        if block.id in TAKEN or not _FIELD.fullmatch(block.id):
            message = f"Mã “{block.id}” không đặt được cho việc dừng xét."
            hint = "Chữ thường không dấu, số, gạch nối; không dùng: " + ", ".join(sorted(TAKEN)) + "."
            names.problems.append(names.source.problem("wrong-value", ("blocks", index, "id"), message, hint))


def _subjects(names: _Names, awards: Awards, movement: Movement) -> None:
    """Subjects and the candidates they stand for; no candidate is two of them."""
    groups, kinds = {one.letter for one in movement.groups}, {one.name for one in movement.sub_types}
    taken: dict[tuple[str, str], str] = {}
    for index, subject in enumerate(awards.subjects):
        path: Path = ("subjects", index)
        names.each(subject.groups, groups, (*path, "groups"), "Nhóm")
        names.each(subject.sub_types, kinds, (*path, "sub_types"), "Tiểu nhóm")
        own = [("", kind) for kind in subject.sub_types] or [(group, "") for group in subject.groups]
        for one in own:
            if one in taken:
                what = f"Tiểu nhóm “{one[1]}”" if one[1] else f"Nhóm “{one[0]}”"
                message = f"{what} thuộc hai đối tượng: “{taken[one]}” và “{subject.id}”."
                hint = "Mỗi nhóm, tiểu nhóm chỉ thuộc một đối tượng của Luật."
                names.problems.append(names.source.problem("duplicate-id", path, message, hint))
            taken.setdefault(one, subject.id)


def _awards(names: _Names, awards: Awards, movement: Movement) -> None:
    groups = {*(one.letter for one in movement.groups), ""}
    subjects = {one.id for one in awards.subjects}
    steps, papers = {one.id for one in awards.steps}, {one.id for one in awards.papers}
    authorities = {one.id for one in awards.authorities}
    categories = [one.id for one in awards.categories]
    for index, award in enumerate(awards.awards):
        path: Path = ("awards", index)
        names.ask(award.authority, authorities, (*path, "authority"), "Cơ quan, người quyết định")
        names.ask(award.category, categories, (*path, "category"), "Loại hình khen thưởng")
        names.each(award.steps, steps, (*path, "steps"), "Bước")
        names.each(award.papers, papers, (*path, "papers"), "Thành phần hồ sơ")
        for name in award.coefficients:
            names.ask(name, subjects, (*path, "coefficients", name), "Đối tượng")
        for key in ("routes", "asides", "quotas"):
            for place, block in enumerate(getattr(award, key)):
                names.each(block.subjects, subjects, (*path, key, place, "subjects"), "Đối tượng")
        for key in ("standards", "quotas"):
            for place, block in enumerate(getattr(award, key)):
                names.each(block.groups, groups, (*path, key, place, "groups"), "Nhóm")
        for place, route in enumerate(award.routes):
            for at, held in enumerate(route.held):
                where: Path = (*path, "routes", place, "held", at, "categories")
                names.each(held.categories, categories, where, "Loại hình khen thưởng")
        for place, vote in enumerate(award.votes):
            names.ask(vote.step, steps, (*path, "votes", place, "step"), "Bước")
        if award.announcement is not None:
            names.ask(award.announcement.before, steps, (*path, "announcement", "before"), "Bước")


def _procedure(names: _Names, awards: Awards, movement: Movement) -> None:
    """Proposing, steps, confirmations, authorities."""
    groups = {one.letter for one in movement.groups}
    subjects = {one.id for one in awards.subjects}
    bodies = {one.id for one in movement.bodies}
    rosters = {one.roster for one in movement.bodies if one.roster} | {
        one.batch for one in movement.groups if one.batch
    }
    for index, rule in enumerate(awards.proposing):
        path: Path = ("proposing", index)
        names.each(rule.groups, groups, (*path, "groups"), "Nhóm")
        names.each(rule.subjects, subjects, (*path, "subjects"), "Đối tượng")
        names.each(rule.by, {*bodies, *rosters, PARENT, SELF}, (*path, "by"), "Nơi đề nghị")
        if rule.through is not None:
            names.ask(rule.through, {*bodies, *rosters}, (*path, "through"), "Nơi đề nghị")
    for index, step in enumerate(awards.steps):
        if step.by.isascii() and step.by.islower() and " " not in step.by:  # an id, not a name
            names.ask(step.by, bodies, ("steps", index, "by"), "Cơ quan")
    for index, one in enumerate(awards.confirmations):
        names.each(one.subjects, subjects, ("confirmations", index, "subjects"), "Đối tượng")
    for index, authority in enumerate(awards.authorities):
        at: Path = ("authorities", index, "submitted_by")
        names.ask(authority.submitted_by, awards.letterheads, at, "Cơ quan ban hành (letterheads)")
