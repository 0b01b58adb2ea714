"""Blocks of two files compared field by field, whatever fields they have: a new field of the language is found by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Clause
from criteria.differences.changes import Change, Spot
from criteria.differences.fields import words_of
from criteria.differences.written import canonical, plain, rule_words, shown
from criteria.shapes.base import Declaration
from criteria.shapes.registry import SHAPES, Shaped

# By which fields blocks of a list are taken for the same, first the surest.
_KEYS = ("id", "name", "otherwise", "key", "kind", "place", "say", "need", "text", "problem")


_STATUS = {"trial": "điểm thử", "decided": "đã được quyết định"}


@dataclass(frozen=True)
class About:
    """What is compared. trail: words of the fields that lead there."""

    kind: str
    subject: str = ""
    title: str = ""
    trail: tuple[str, ...] = ()

    def inside(self, *words: str) -> About:
        return replace(self, trail=(*self.trail, *(word for word in words if word)))


@dataclass
class Comparison:
    """Two sets and what was found so far."""

    old: CriteriaSet
    new: CriteriaSet
    found: list[Change] = field(default_factory=list)

    def tell(
        self, about: About, old: str, new: str, old_at: Spot | None, new_at: Spot | None, whole: bool = False
    ) -> None:
        words = ": ".join(about.trail)
        self.found.append(Change(about.kind, about.subject, about.title, words, old, new, old_at, new_at, whole=whole))

    # --- one field -----------------------------------------------------------------------------------------------

    def fields(
        self,
        about: About,
        old: Declaration,
        new: Declaration,
        skip: Sequence[str] = (),
        told: Callable[[str], About] | None = None,
    ) -> None:
        """Every field of two blocks of one type. told: what a field is about, where that is not simply inside `about`."""
        shaped = isinstance(old, Shaped) and isinstance(new, Shaped)
        if shaped:
            self._shapes(told("shape") if told else about.inside("cách tính"), old, new)  # type: ignore[arg-type]
        for name in type(old).model_fields:
            if name in skip or (shaped and name in SHAPES):
                continue
            before, after = getattr(old, name), getattr(new, name)
            if canonical(before) != canonical(after):
                self._field(
                    told(name) if told else about.inside(words_of(name, type(old).__name__)),
                    name,
                    old,
                    new,
                    before,
                    after,
                )

    def _field(self, about: About, name: str, old: Declaration, new: Declaration, before: Any, after: Any) -> None:
        if isinstance(before, Declaration) and isinstance(after, Declaration):
            self.fields(about, before, after)
        elif isinstance(before, list) and isinstance(after, list) and _blocks(before) and _blocks(after):
            self.lists(about, before, after, old, new)
        elif isinstance(before, dict) and isinstance(after, dict) and _blocks([*before.values(), *after.values()]):
            self.mappings(about, name, old, new, before, after)
        else:
            texts = self._words(name, before, self.old), self._words(name, after, self.new)
            if texts[0] == texts[1]:  # names of bodies, documents may be the same; what was written is not
                texts = shown(before, raw=True), shown(after, raw=True)
            self.tell(about, *texts, self.old_spot(old, name), self.new_spot(new, name))

    def _shapes(self, about: About, old: Shaped, new: Shaped) -> None:
        before, after = _shape_name(old), _shape_name(new)
        if before == after and canonical(old.shape) == canonical(new.shape):
            return
        texts = rule_words(old.shape, before), rule_words(new.shape, after)
        if texts[0] == texts[1]:  # the sentence does not say everything
            texts = f"{before}: {shown(old.shape, raw=True)}", f"{after}: {shown(new.shape, raw=True)}"
        self.tell(about, *texts, self.old_spot(old, before), self.new_spot(new, after), before != after)

    def _words(self, name: str, value: Any, of: CriteriaSet) -> str:
        if name == "verified_by":
            return ", ".join(of.bodies.get(body, body) for body in value)
        if name == "basis" and value in of.bases:
            return plain(of.bases[value].words())
        return _STATUS.get(value, shown(value)) if name == "status" else shown(value)

    # --- lists and mappings --------------------------------------------------------------------------------------

    def mappings(
        self, about: About, name: str, old: Declaration, new: Declaration, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """Blocks by name."""
        for key in dict.fromkeys([*before, *after]):
            first, second = before.get(key), after.get(key)
            here = (
                replace(about, subject=key, title=_named(second or first)) if not about.subject else about.inside(key)
            )
            if first is not None and second is not None:
                self.fields(here, first, second)
            else:
                old_at = self.old_spot(old, name, key) if first is not None else None
                new_at = self.new_spot(new, name, key) if second is not None else None
                self.tell(here, _named(first), _named(second), old_at, new_at)

    def lists(
        self,
        about: About,
        before: Sequence[Declaration],
        after: Sequence[Declaration],
        old: Declaration,
        new: Declaration,
    ) -> None:
        """Blocks of two lists, paired as well as can be; those without a partner were added or removed."""
        pairs, gone, come = paired(before, after)
        for first, second in pairs:
            self.fields(about.inside(_called(first) if len(before) > 1 or len(after) > 1 else ""), first, second)
        for block in gone:
            self.tell(
                about.inside("bỏ"), self.block_words(block, self.old), "", self.old_spot(block), self.new_spot(new)
            )
        for block in come:
            self.tell(
                about.inside("thêm"), "", self.block_words(block, self.new), self.old_spot(old), self.new_spot(block)
            )
        order = [_place(after, second) for _, second in pairs]
        if order != sorted(order):
            was, now = (" → ".join(_called(block) for block in found) for found in (before, after))
            self.tell(about.inside("thứ tự"), was, now, self.old_spot(old), self.new_spot(new))

    def block_words(self, block: Declaration, of: CriteriaSet) -> str:
        """A block that stands alone, in words."""
        if isinstance(block, Clause):
            words = [self._words("basis", block.basis, of), block.place or ""]
            return ", ".join(w for w in words if w) + (f": “{plain(block.quote)}”" if block.quote else "")
        return shown(block)

    def old_spot(self, block: Declaration, *steps: str) -> Spot:
        """The line of a block of the old file, or of a field of it."""
        return _spot(self.old, block, steps)

    def new_spot(self, block: Declaration, *steps: str) -> Spot:
        return _spot(self.new, block, steps)


def paired(
    before: Sequence[Declaration], after: Sequence[Declaration]
) -> tuple[list[tuple[Declaration, Declaration]], list[Declaration], list[Declaration]]:
    """Pairs in the order of `before`, what has gone, what has come. One left on each side is the same, changed."""
    left, right = list(before), list(after)
    pairs: list[tuple[Declaration, Declaration]] = []
    for key in (canonical, *(_by(name) for name in _KEYS)):
        for block in list(left):
            value = key(block)
            partner = next((other for other in right if key(other) == value), None) if value is not None else None
            if partner is not None:
                pairs.append((block, partner))
                _drop(left, block)
                _drop(right, partner)
    if len(left) == 1 and len(right) == 1:
        pairs.append((left.pop(), right.pop()))
    pairs.sort(key=lambda pair: _place(before, pair[0]))
    return pairs, left, right


def _by(name: str) -> Callable[[Declaration], Any]:
    return lambda block: canonical(getattr(block, name, None))


def _drop(blocks: list[Declaration], block: Declaration) -> None:
    del blocks[_place(blocks, block)]


def _place(blocks: Sequence[Declaration], block: Declaration) -> int:
    return next(place for place, other in enumerate(blocks) if other is block)


def _blocks(values: Sequence[Any]) -> bool:
    return all(isinstance(value, Declaration) for value in values)


def _called(block: Declaration) -> str:
    for name in ("id", "name", "otherwise", "text", "label", "say", "kind", "place"):
        value = getattr(block, name, None)
        if isinstance(value, str) and value:
            return f"“{plain(value)}”" if " " in value else plain(value)
    return ""


def _named(block: Declaration | None) -> str:
    if block is None:
        return ""
    label = getattr(block, "label", None)
    return plain(label) if isinstance(label, str) and label else shown(block)


def _shape_name(block: Shaped) -> str:
    return block.written_shapes[0] if block.written_shapes else ""


def _alias(block: Declaration, name: str) -> str:
    known = type(block).model_fields.get(name)
    return (known.alias or name) if known is not None else name


def _spot(of: CriteriaSet, block: Declaration, steps: Sequence[str]) -> Spot:
    place = of.source.place((*block._path, *(_alias(block, step) for step in steps)))
    return Spot(place.file, place.line)
