"""Two criteria sets compared: their trees criterion by criterion, then everything that stands beside the trees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Basis
from criteria.declarations.node import Node
from criteria.differences.blocks import About, Comparison
from criteria.differences.changes import GUESS, Change, Differences, Spot
from criteria.differences.fields import NODE_FIELDS, SET_FIELDS
from criteria.differences.written import plain, shown
from criteria.inputs import Input

MORE, LESS = "phải báo cáo thêm", "không phải báo cáo nữa"
_NOT_OF_THE_STANDARD = ("tree", "extends", "remove")  # how a file is written; what it then says is compared


@dataclass(frozen=True)
class _Standing:
    """A node, switched on or not, and where it stands. number: among its siblings."""

    node: Node
    parent: str
    number: int


def differences(old: CriteriaSet, new: CriteriaSet) -> Differences:
    """Everything in which the new set differs from the old one, in the order of the new file; empty for a set and itself.

    Equal ids are one criterion. An id that is gone and an id that is new with exactly the same text, each the only one with that
    text, are taken for one criterion, too; the change says that this is a guess.
    """
    comparison = Comparison(old, new)
    before, after = _standings(old), _standings(new)
    renamed = _renamed(before, after)
    _set_fields(comparison)
    _bases(comparison)
    _asked(comparison)
    _nodes(comparison, before, after, renamed)
    _order(comparison, before, after, renamed)
    return Differences(old.id, new.id, tuple(_once(comparison.found)), renamed)


def _once(found: list[Change]) -> Iterator[Change]:
    """A measure that comes or goes whole is told once: as what has to be reported, where it has to be."""
    asks = {change.subject for change in found if change.field in (MORE, LESS)}
    declared = (SET_FIELDS["measures"][1], SET_FIELDS["attributes"][1])
    for change in found:
        whole = change.field in declared and not (change.old and change.new)
        if not (change.kind == "measure" and whole and change.subject in asks):
            yield change


def _standings(of: CriteriaSet) -> dict[str, _Standing]:
    """Every node by id, in document order."""

    def visit(nodes: list[Node], parent: str) -> Iterator[tuple[str, _Standing]]:
        for number, node in enumerate(nodes):
            yield node.id, _Standing(node, parent, number)
            yield from visit(node.children, node.id)

    return dict(visit(of.declaration.tree or [], ""))


def _renamed(before: dict[str, _Standing], after: dict[str, _Standing]) -> dict[str, str]:
    gone = {i: plain(one.node.text) for i, one in before.items() if i not in after}
    come = {i: plain(one.node.text) for i, one in after.items() if i not in before}
    often = Counter([*gone.values(), *come.values()])
    by_text = {text: ident for ident, text in come.items()}
    return {i: by_text[text] for i, text in gone.items() if text in by_text and often[text] == 2}


def _nodes(
    comparison: Comparison, before: dict[str, _Standing], after: dict[str, _Standing], renamed: dict[str, str]
) -> None:
    back = {new: old for old, new in renamed.items()}
    for ident, one in after.items():
        was = before.get(back.get(ident, ident))
        if was is None:
            _whole(comparison, "added", one.node)
            continue
        _paired(comparison, was, one, renamed)
    for ident, one in before.items():
        if ident not in after and ident not in renamed:
            _whole(comparison, "removed", one.node)


def _whole(comparison: Comparison, kind: str, node: Node) -> None:
    """A criterion that stands in one of the files only."""
    title = plain(node.text)
    mark = f"{shown(node.max)} điểm" if node.max is not None else ""
    what = f"{title} ({mark})" if mark else title
    what += "" if node.enabled else " [để sẵn, đang tắt]"
    if kind == "added":
        comparison.tell(About(kind, node.id, title), "", what, None, comparison.new_spot(node))
    else:
        comparison.tell(About(kind, node.id, title), what, "", comparison.old_spot(node), None)


def _paired(comparison: Comparison, was: _Standing, one: _Standing, renamed: dict[str, str]) -> None:
    old, new = was.node, one.node
    title = plain(new.text)
    at = comparison.old_spot(old), comparison.new_spot(new)
    if old.id != new.id:
        comparison.found.append(Change("renamed", new.id, title, GUESS, old.id, new.id, *at, guess=True))
    if renamed.get(was.parent, was.parent) != one.parent:
        _moved(comparison, was, one, title, at)
    if old.enabled != new.enabled:
        word = "bật (bản cũ để sẵn, đang tắt)" if new.enabled else "tắt (vẫn còn trong tệp)"
        kind = "added" if new.enabled else "removed"
        comparison.tell(About(kind, new.id, title).inside(word), shown(old.enabled), shown(new.enabled), *at)

    def told(name: str) -> About:
        kind, words = NODE_FIELDS.get(name, ("rule", "cách chấm" if name == "shape" else name))
        return About(kind, new.id, title).inside(words)

    comparison.fields(About("rule", new.id, title), old, new, ("id", "children", "enabled"), told)


def _moved(comparison: Comparison, was: _Standing, one: _Standing, title: str, at: tuple[Spot, Spot]) -> None:
    """Another parent; with it, what a criterion takes over from its parents."""
    ident = one.node.id
    here = About("moved", ident, title).inside("nằm trong")
    comparison.tell(here, was.parent or "cấp cao nhất", one.parent or "cấp cao nhất", *at)
    before = comparison.old.carried.get(was.node.id)
    after = comparison.new.carried.get(ident)
    if before is None or after is None or one.node.children:
        return
    for kind, words, own in (
        ("clause", "căn cứ lấy theo phần chứa nó", (was.node.clause, one.node.clause)),
        ("evidence", "minh chứng lấy theo phần chứa nó", (was.node.evidence, one.node.evidence)),
        ("verifier", "cơ quan thẩm định lấy theo phần chứa nó", (was.node.verified_by, one.node.verified_by)),
    ):
        if any(own):
            continue
        if kind == "clause":
            texts = [
                "; ".join(comparison.block_words(c, of) for c in carried.clauses)
                for carried, of in ((before, comparison.old), (after, comparison.new))
            ]
        elif kind == "evidence":
            texts = ["; ".join(e.label or e.kind for e in carried.evidence) for carried in (before, after)]
        else:
            texts = [
                ", ".join(of.bodies.get(b, b) for b in carried.verified_by)
                for carried, of in ((before, comparison.old), (after, comparison.new))
            ]
        if texts[0] != texts[1]:
            comparison.tell(About(kind, ident, title).inside(words), texts[0], texts[1], *at)


def _order(
    comparison: Comparison, before: dict[str, _Standing], after: dict[str, _Standing], renamed: dict[str, str]
) -> None:
    """Criteria of one parent that stand in another order."""
    now = {renamed.get(i, i): one for i, one in before.items() if renamed.get(i, i) in after}
    for parent in dict.fromkeys(one.parent for one in after.values()):
        kept = [i for i, one in now.items() if renamed.get(one.parent, one.parent) == parent == after[i].parent]
        then = sorted(kept, key=lambda ident: after[ident].number)
        if kept != then:
            title = plain(after[parent].node.text) if parent else ""
            spot = comparison.new_spot(after[then[0]].node)
            about = About("moved", parent, title).inside("thứ tự")
            comparison.tell(about, ", ".join(kept), ", ".join(then), comparison.old_spot(now[kept[0]].node), spot)


# --- beside the tree -------------------------------------------------------------------------------------------------


def _set_fields(comparison: Comparison) -> None:
    old, new = comparison.old, comparison.new
    about = About("header")

    def told(name: str) -> About:
        kind, words = SET_FIELDS.get(name) or NODE_FIELDS.get(name) or ("rule", name)
        return About(kind).inside(words)

    comparison.fields(about, old.declaration, new.declaration, (*_NOT_OF_THE_STANDARD, "bases"), told)
    for name, value in new.settings.items():
        declared = old.declaration.settings.get(name), new.declaration.settings.get(name)
        if name in old.settings and old.settings[name] != value and None not in declared:
            written = [str(one.value) for one in declared if one is not None]
            if written[0] == written[1]:  # else the file itself says so
                here = About("setting").inside("thiết lập", name, "giá trị đang dùng")
                comparison.tell(here, old.settings[name], value, None, None)


def _bases(comparison: Comparison) -> None:
    """Documents the set rests on, whether written in the set or in the register beside it."""
    old, new = comparison.old, comparison.new
    before, after = _documents(old), _documents(new)
    for ident in {**after, **before}:
        first, second = before.get(ident), after.get(ident)
        about = About("basis", ident)
        if ident in before and ident in after:
            if first is not None and second is not None:
                comparison.fields(About("basis", ident, plain(second.words())), first, second)
            continue
        words = plain((first or second).words()) if first or second else ident  # type: ignore[union-attr]
        gone = ident in before
        comparison.tell(
            about.inside("bỏ" if gone else "thêm"), words if gone else "", "" if gone else words, None, None
        )


def _documents(of: CriteriaSet) -> dict[str, Basis | None]:
    """By id; None for one that only the register beside the set could tell, and does not."""
    return {
        item if isinstance(item, str) else item.id: of.bases.get(item) if isinstance(item, str) else item
        for item in of.declaration.bases
    }


def _asked(comparison: Comparison) -> None:
    """What has to be reported from now on, and what no longer: by use, not by declaration."""
    before, after = asked(comparison.old), asked(comparison.new)
    for name in after:
        if name not in before:
            _asks(comparison, name, after[name], MORE, True)
    for name in before:
        if name not in after:
            _asks(comparison, name, before[name], LESS, False)


def _asks(comparison: Comparison, name: str, declared: Input, words: str, more: bool) -> None:
    label = plain(declared.label)
    about = About("measure", name, label).inside(words)
    of = comparison.new if more else comparison.old
    block = of.declaration.measures.get(name) or of.declaration.attributes.get(name)
    at = None if block is None else (comparison.new_spot if more else comparison.old_spot)(block)
    comparison.tell(about, "" if more else label, label if more else "", None if more else at, at if more else None)


def asked(of: CriteriaSet) -> dict[str, Input]:
    """Every measure, attribute and mark that scoring reads, by name; columns of an item table as table.column."""
    found = {name: declared for name, declared in of.inputs.items() if declared.required}
    for table, inside in of.tables.items():
        found |= {f"{table}.{name}": one for name, one in inside.columns.items() if one.required and inside.required}
    return found
