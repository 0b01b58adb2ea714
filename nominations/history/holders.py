"""Whose award a row is about: by id, or by a name that is certain; never by a guess, and no person's name in a finding."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date

from nominations.proposals.proposal import Outsider, outsiders
from records.roster.matching import find_body, fold, index_of, key
from records.roster.roster import Body, load_roster, order
from records.tasks.columns import Row
from records.workspace.folder import Workspace

OUTSIDE = "ngoài danh sách"  # what the id column says of somebody whom the roster does not know
_SHOWN = 4


class Holders:
    """Everybody who may hold an award: bodies and persons of the roster, nominees without a score."""

    def __init__(self, workspace: Workspace) -> None:
        self.roster = load_roster(workspace)
        self.outsiders: dict[str, Outsider] = outsiders(workspace)

    def knows(self, ident: str) -> bool:
        return ident in self.roster.bodies or ident in self.outsiders

    def nearest(self, ident: str) -> list[str]:
        """Ids written almost so."""
        known = [*self.roster.bodies, *self.outsiders]
        return difflib.get_close_matches(ident.upper(), known, _SHOWN, 0.6)

    def read(self, row: Row, day: date | None) -> tuple[str, str] | None:
        """Id, and the name of somebody outside the roster; None with a finding at the cell. day: on which names hold."""
        ident, name = row.text("holder"), row.text("name")
        if fold(ident) == fold(OUTSIDE):
            if not name:
                row.wrong("name", "Chưa ghi tên người được khen.", f"Mã ghi “{OUTSIDE}” thì phải ghi tên.")
                return None
            return self._outside(row, name, day)
        if ident:
            return self._by_id(row, ident, name)
        if not name:
            row.wrong("holder", "Dòng chưa ghi mã và tên người được khen.", "Ghi mã ở danh sách, hoặc tên.")
            return None
        return self._by_name(row, name, day)

    def _by_id(self, row: Row, ident: str, name: str) -> tuple[str, str] | None:
        if not self.knows(ident):
            near = ", ".join(self.nearest(ident))
            hint = f"Gần nhất: {near}. " if near else ""
            row.wrong(
                "holder",
                f"Danh sách không có mã “{ident[:40]}”.",
                f"{hint}Xem mã: thidua roster list --all; người ngoài danh sách thì ghi “{OUTSIDE}”.",
                "id-unknown",
            )
            return None
        if name and not self._named(ident, name):
            message = f"Tên ở dòng này không phải tên của {ident} trong danh sách."
            row.wrong("name", message, "Sửa mã hoặc tên cho khớp, hoặc để trống cột tên.", "name-match")
            return None
        return ident, ""

    def _named(self, ident: str, name: str) -> bool:
        if ident in self.outsiders:
            return key(self.outsiders[ident].name) == key(name)
        return ident in index_of(self.roster).exact.get(key(name), [])

    def _by_name(self, row: Row, name: str, day: date | None) -> tuple[str, str] | None:
        found, near = find_body(self.roster, name, day)
        if found is not None:
            return found, ""
        unit = row.text("unit")
        above = row.body("unit", unit, self.roster, day) if unit else None
        if unit and above is None:
            return None
        if above is not None:

            def within(body: Body) -> bool:
                return body.person and body.value("parent") == above

            found, near = find_body(self.roster, name, day, within)
            if found is not None:
                return found, ""
        persons = index_of(self.roster).certain(name, None, lambda body: body.person)
        if persons and above is None:
            hint = f"Trùng tên với {_some(persons)}. Ghi mã, hoặc thêm cột đơn vị công tác."
            row.wrong("name", "Chỉ có họ tên thì chưa chắc là ai.", hint, "name-match")
            return None
        offered = [*self._words(near), *(ident for ident in persons if ident not in {one for one, _ in near})]
        hint = f"Gần nhất: {_some(offered)}. " if offered else ""
        message = "Không chắc tên ở ô này là ai trong danh sách."
        row.wrong("name", message, f"{hint}Ghi mã; người ngoài danh sách thì ghi mã “{OUTSIDE}”.", "name-match")
        return None

    def _outside(self, row: Row, name: str, day: date | None) -> tuple[str, str] | None:
        """Somebody said to be nobody of the roster; refused when a body has exactly that name."""
        found, _ = find_body(self.roster, name, day)
        if found is not None:
            row.wrong("holder", f"Tên này là của {found} trong danh sách.", f"Ghi mã {found}.", "name-match")
            return None
        return "", name

    def _words(self, near: Iterable[tuple[str, int]]) -> list[str]:
        """Bodies with their names, persons by their id alone."""
        bodies = self.roster.bodies
        return [ident if bodies[ident].person else f"{ident} {bodies[ident].name()}" for ident, _ in near]

    def name(self, ident: str, day: date | None = None) -> str:
        """The name of a holder on a day; its id when nobody knows it."""
        if ident in self.roster.bodies:
            return self.roster.bodies[ident].name(day)
        return self.outsiders[ident].name if ident in self.outsiders else ident


def _some(many: Iterable[str]) -> str:
    found = sorted(many, key=order)
    more = f" và {len(found) - _SHOWN} mã khác" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more
