"""The stock of names a random criteria set may use, declared on first use, and the dice that are thrown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Absent = frozenset[str]
SURE: Absent = frozenset()
ALL: Absent = frozenset({"missing", "na", "undef", "judge"})

INTS = ("0 1 2 3 4 5 7 10", "0 0 1 1 2 2 3 3", "5 5 10 10 12 15 20 100", "0 3 3 6 6 9 12 1000000")
DECS = ("0 0,5 1.5 1.5 2,25 3 4.75 10", "0 0 0,1 0.1 0,3 5 5 99.99", "1 2 2,50 2.5 7.05 8,125 8.5 10")
SIGNED = ("-3 -1,5 -1 0 0 0.5 2 4", "-10 -0.5 0 0 1 1,5 3 12")
PCTS = ("0 12,5 50 60 75.5 85 90 100", "0 0 49.9 50 50,1 85 100 120", "33.33 40 60 60 80 89,99 90 95")
BIGS = (
    "0 1 999999999999999 1000000000000000 25000000000 25000000000 7 500000000000",
    "0 0 10 10 1000000 333333333333333 333333333333333 1000000000000000",
)
DATES = (
    "2026-01-31 31/01/2026 2026-06-30 30/06/2026 2026-02-28 01/07/2026 2026-12-31 15/06/2026",
    "2026-03-01 02/03/2026 2026-03-06 09/03/2026 22/03/2026 2026-03-22 2026-04-30 30/04/2026",
)
YESNO = ("không có không có không có không có", "có có có không có có không có")

# name: sort, declaration, palettes of cells (separated by blanks, or by ';')
STOCK: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "n1": ("int", {}, INTS),
    "n2": ("int", {}, INTS),
    "s1": ("int", {}, INTS),
    "s2": ("int", {}, INTS),
    "n3": ("dec", {"decimals": "3"}, DECS),
    "s3": ("dec", {"decimals": "3"}, DECS),
    "n4": ("signed", {"decimals": "1", "at_least": "none"}, SIGNED),
    "s4": ("signed", {"decimals": "1", "at_least": "none"}, SIGNED),
    "u2": ("unit", {"unit": "nhiệm vụ"}, INTS),
    "u1": ("unit", {"unit": "nhiệm vụ", "at_most": "u2"}, INTS),
    "u3": ("unit", {"unit": "nhiệm vụ"}, INTS),
    "su1": ("unit", {"unit": "nhiệm vụ"}, INTS),
    "b1": ("big", {"unit": "đồng"}, BIGS),
    "b2": ("big", {"unit": "đồng"}, BIGS),
    "sb1": ("big", {"unit": "đồng"}, BIGS),
    "su2": ("unit", {"unit": "nhiệm vụ"}, INTS),
    "sb2": ("big", {"unit": "đồng"}, BIGS),
    "sp2": ("pct", {"unit": "%", "decimals": "2"}, PCTS),
    "st2": ("date", {"type": "date"}, DATES),
    "s5": ("dec", {"decimals": "3"}, DECS),
    "p1": ("pct", {"unit": "%", "decimals": "2"}, PCTS),
    "p2": ("pct", {"unit": "%", "decimals": "2"}, PCTS),
    "sp1": ("pct", {"unit": "%", "decimals": "2"}, PCTS),
    "y1": ("yesno", {"type": "yes_no"}, YESNO),
    "y2": ("yesno", {"type": "yes_no"}, YESNO),
    "sy1": ("yesno", {"type": "yes_no"}, YESNO),
    "sy2": ("yesno", {"type": "yes_no"}, YESNO),
    "t1": ("date", {"type": "date"}, DATES),
    "t2": ("date", {"type": "date"}, DATES),
    "st1": ("date", {"type": "date"}, DATES),
    "q1": ("level", {"levels": ["yếu", "khá", "tốt"]}, ("yếu khá tốt tốt khá yếu khá tốt",)),
    "q2": ("level", {"levels": ["1", "2", "3", "4"]}, ("1 2 3 4 1 2 2 3",)),
    "a1": (
        "level",
        {"levels": ["đồng bằng", "miền núi", 'xã "đảo"']},
        ('đồng bằng;miền núi;xã "đảo";đồng bằng;miền núi;xã "đảo";đồng bằng;miền núi',),
    ),
    "a2": ("level", {"levels": ["nho", "lon"]}, ("nho lon nho lon lon nho lon nho",)),
    "cum": ("text", {"type": "text"}, ("A A A A B B B B", "A B C A B C A B")),
}
NAMES = {
    sort: tuple(n for n, s in STOCK.items() if s[0] == sort and n[0] not in "sac")
    for sort in ("int", "dec", "signed", "unit", "big", "pct", "yesno", "date", "level")
}
SURE_NAMES = {sort: tuple(n for n, s in STOCK.items() if s[0] == sort and n[0] in "sa") for sort in NAMES}
ATTRIBUTES = {"a1", "a2", "cum"}
DEFAULTS = {"int": "3", "dec": "1.5", "signed": "-1", "unit": "2", "big": "1000", "pct": "80%"}


def text_of(x: Fraction | int) -> str:
    """The exact decimal writing of a number whose denominator divides a power of ten."""
    x = Fraction(x)
    places = 0
    while (x * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(x * 10**places))).rjust(places + 1, "0")
    sign = "-" if x < 0 else ""
    return sign + (digits if not places else f"{digits[:-places]}.{digits[-places:]}")


def quoted(level: str) -> str:
    """A level as an expression writes it."""
    return f"'{level}'" if '"' in level else f'"{level}"'


@cache
def integers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


class Var(NamedTuple):
    name: str
    sort: str
    absent: Absent
    levels: tuple[str, ...] = ()
    plain: bool = True  # empty means missing: may stand in prev()


@dataclass
class World:
    """One set in the making."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    absence: bool = True  # cells may be empty or KAD
    edge: bool = False  # also what the document leaves half open
    pools: bool = False  # pool functions may occur (then no gate or stop)
    only_pools: bool = False  # every shape that can reads the pool
    closed: bool = False
    period: str | None = None
    places: int = 2
    round_at: str = "leaf"
    grades: tuple[str, ...] = ()
    vars: dict[str, Var] = field(default_factory=dict)
    measures: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, list[str]] = field(default_factory=dict)  # column of the candidates -> what a cell may hold
    item_cells: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    only_if: dict[str, str] = field(default_factory=dict)  # mark column -> the yes/no column it depends on
    ids: dict[str, int] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    holidays: bool = False
    busy: bool = False  # a derived measure is being made
    stopped: bool = False
    none_leaf: bool = False
    moved: bool = False  # a node below the root moves the grade

    def between(self, low: int, high: int) -> int:
        return low if low == high else self.draw(integers(low, high))

    def choice(self, seq: Sequence[T]) -> T:
        return seq[self.between(0, len(seq) - 1)]

    def chance(self, n: int) -> bool:
        """True once in n; shrinks to False."""
        return self.between(0, n - 1) == n - 1

    def tag(self, name: str) -> None:
        self.tags.add(name)

    @property
    def step(self) -> Fraction:
        """Marks are multiples of this."""
        return Fraction(1, (1, 2, 4, 4)[self.places])

    def new_id(self, prefix: str) -> str:
        self.ids[prefix] = self.ids.get(prefix, 0) + 1
        return f"{prefix}{self.ids[prefix]}"

    def declare(self, name: str) -> Var:
        if name in self.vars:
            return self.vars[name]
        sort, declaration, palettes = STOCK[name]
        if "at_most" in declaration:
            self.declare(declaration["at_most"])
        d = {"label": f"Chỉ tiêu {name}", **declaration}
        raw = self.choice(palettes)
        cells = raw.split(";" if ";" in raw else " ")
        absent, plain = SURE, True
        if self.absence and name[0] not in "sac":
            profile = self.between(0, 11)
            if profile in (4, 5, 6, 8):
                cells[7], absent = "", absent | {"missing"}
            if profile in (7, 8):
                cells[6], absent = "KAD", absent | {"na"}
            if profile == 9:
                cells[5], cells[7], d["blank"], plain, absent = "", "", "not_applicable", False, frozenset({"na"})
            if profile in (10, 11) and sort in DEFAULTS and "at_most" not in declaration:
                cells[5], cells[7], plain = "", "", False
                d["default" if profile == 10 else "silent"] = DEFAULTS[sort]
                if profile == 11 and not self.closed:
                    absent = frozenset({"missing"})
        if plain and sort == "int" and self.chance(8):
            cells, d["at_least"] = [str(int(c) + 1) if c.isdigit() else c for c in cells], "1"
        (self.attributes if name in ATTRIBUTES else self.measures)[name] = d
        self.cells[name] = cells
        self.vars[name] = Var(name, sort, absent, tuple(d.get("levels", ())), plain)
        return self.vars[name]

    def setting(self, name: str) -> str:
        values: dict[str, dict[str, Any]] = {
            "k1": {"value": "3"},
            "k2": {"value": "60%"},
            "mode": {"value": "class", "choices": ["class", "place"]},
        }
        self.settings.setdefault(name, {"label": f"Lựa chọn {name}", **values[name]})
        return name


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: what it may name and which absences it must not have."""

    w: World
    bans: Absent = SURE
    table: str | None = None  # inside a row of this item table

    @property
    def sure(self) -> Scope:
        return replace(self, bans=ALL)

    def without(self, *bans: str) -> Scope:
        return replace(self, bans=self.bans | set(bans))

    def allows(self, absent: Absent) -> bool:
        return not absent & self.bans

    def var(self, sort: str) -> Var:
        names, sures = NAMES[sort], SURE_NAMES[sort]
        i = self.w.between(0, len(names) + len(sures) - 1)
        if i < len(names) and len(self.bans) < len(ALL):
            found = self.w.declare(names[i])
            if self.allows(found.absent):
                return found
        return self.w.declare(sures[i % len(sures)])
