"""What lists call awards, loại hình and levels: words people write, as ids. Loại hình and awards are those of the award file."""

from __future__ import annotations

from nominations.awards.declarations import Award, Awards
from nominations.history.comparing import award_key
from records.roster.matching import fold
from records.workspace.folder import Workspace

LEVELS = {"nha-nuoc": "cấp Nhà nước", "tinh": "cấp tỉnh, bộ, ngành", "co-so": "cấp cơ sở"}
_LEVEL_WORDS = {
    "nha-nuoc": ("nhà nước", "cấp nhà nước", "trung ương", "chủ tịch nước", "thủ tướng chính phủ"),
    "tinh": ("tỉnh", "cấp tỉnh", "bộ", "cấp bộ", "ngành", "bộ, ngành"),
    "co-so": ("cơ sở", "cấp cơ sở", "xã", "cấp xã", "sở", "đơn vị"),
}


def _folded(words: dict[str, tuple[str, ...]], names: dict[str, str]) -> dict[str, str]:
    return {fold(text): ident for ident, many in words.items() for text in (ident, names[ident], *many)}


_LONG = fold("khen thưởng") + " "
_LEVELS = _folded(_LEVEL_WORDS, LEVELS)


def category_of(awards: Awards, text: str) -> str | None:
    """The id of a loại hình by its id, name or any of its words; None when the award file knows no such word."""
    wanted = fold(text).removeprefix(_LONG)  # Luật, Điều 8: “khen thưởng công trạng”
    known = (one for one in awards.categories if wanted in {fold(word) for word in (one.id, one.name, *one.words)})
    found = next(known, None)
    return found.id if found is not None else None


def level_of(text: str) -> str | None:
    """A key of LEVELS; None when nobody knows the word."""
    return _LEVELS.get(fold(text))


class AwardNames:
    """Finds awards of an award file by their id or any of their names."""

    def __init__(self, workspace: Workspace, awards: Awards | None) -> None:
        self.awards = awards
        home = workspace.movement.province
        self._places = [home.name, *([home.part_of.name] if home.part_of is not None else [])] if home else []
        self._known: dict[str, Award | None] = {}
        for one in awards.awards if awards is not None else ():
            for name in dict.fromkeys(award_key(text) for text in (one.id, one.name, one.short)):
                self._known[name] = None if name in self._known else one  # two forms of one name: nobody can be sure

    def find(self, text: str) -> Award | None:
        """The form a text names; None when it is none of the file, or not certain."""
        return self._known.get(award_key(text)) or self._known.get(award_key(text, self._places))

    def key(self, award: str, name: str) -> str:
        """What is the same for every spelling of one form."""
        found = self.find(award) or self.find(name)
        return found.id if found is not None else award_key(name, self._places)
