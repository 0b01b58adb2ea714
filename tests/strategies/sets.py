"""Whole criteria sets: header, points, tree, grades, quotas, ranks, named quantities; and their YAML."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import yaml

from .entries import coefficient, controls
from .expressions import number
from .nodes import Node, Place, children, decorate, is_loose
from .shapes import Frame, bands
from .world import Absent, Scope, World, text_of

HEADER: dict[str, Any] = {
    "criteria_set": "random-set",
    "title": "Bộ tiêu chí ngẫu nhiên",
    "group": "c",
    "valid_from": "2025-01-01",
    "bases": [
        {
            "id": "quyet-dinh",
            "document": "Quyết định ví dụ",
            "number": "1/QĐ-VD",
            "date": "2025-01-01",
            "issuer": "Sở ví dụ",
        }
    ],
    "clause": {"basis": "quyet-dinh", "place": "Điều 3"},
    "verified_by": "so-noi-vu",
}
GRADES = ("Xuất sắc", "Tốt", "Đạt", "Chưa đạt")
SHARES = (95, 90, 80, 70, 60, 50, 40, 30, 20)
ROUNDINGS = ("half_up", "half_even", "down", "up")
OPEN: Absent = frozenset({"missing", "undef", "judge"})


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True


def to_yaml(criteria: dict[str, Any]) -> str:
    """Every scalar is quoted, so that `no`, `5`, `2026-01-01` stay text."""
    text: str = yaml.dump(criteria, Dumper=Dumper, allow_unicode=True, default_style='"', sort_keys=False, width=100000)
    return text


def points_of(w: World, top: Fraction | None) -> dict[str, str]:
    out = {"places": str(w.places)}
    if w.places == 2 and w.chance(2):
        out = {}
    k = w.between(0, 4)
    if k:
        out["rounding"] = ROUNDINGS[k - 1]
    if w.round_at != "leaf" or w.chance(2):
        out["round_at"] = w.round_at
    if top is not None:
        out["max"] = text_of(top)
    return out


def root(w: World, top: Fraction, settled: bool) -> tuple[dict[str, Any], Absent, list[Node], bool]:
    """The tree, what stands on the root, what may be absent in the total, the top nodes; is the max to be written?"""
    combine = w.choice(("sum",) * 9 + ("mean", "weighted", "best"))
    place = Place(depth=w.between(1, 3), applies=True, settled=settled, where="top" if combine == "sum" else "inner")
    if combine != "sum":
        w.stopped = True  # no stop below: what an average makes of it is not said
    found, absent = children(w, "", top, place, combine)
    w.stopped = False if combine != "sum" else w.stopped
    w.tag(f"root:{combine}")
    on: dict[str, Any] = {}
    if combine != "sum":
        on["combine"] = combine
    dressing = w.between(0, 7)
    loose = is_loose(found)
    if dressing == 5 and combine == "sum" and not loose and not w.stopped:
        on["rescale"] = "true"
        w.tag("rescale")
    if dressing == 6 and not loose:
        on["coefficient"] = coefficient(Scope(w).sure)[0]
    whole = Node(on, absent)
    s = Scope(w)
    if dressing >= 4 and not w.stopped:  # what a stop of a part leaves of the root's entries is not said
        decorate(s, whole, "R", top, True, False, bounded=not loose)
    controls(s, on, "root")
    return (
        {**on, "tree": [c.d for c in found]},
        whole.absent,
        found,
        combine != "sum" or "rescale" in on or any(c.d.get("max") == "none" for c in found),
    )


def grade_needs(w: World, top: Fraction, n: int) -> tuple[list[str], str | None]:
    """n conditions from the best down, and what exactly is left over (if that is a plain condition)."""
    i = w.between(0, len(SHARES) - n)
    needs, rest = [], None
    for j in range(n):
        share = SHARES[i + j]
        bound = text_of(top * share / 100)
        need, rest = f"total >= {bound}", f"total < {bound}"
        k = w.between(0, 11)
        if k == 6:
            need, rest = f"share >= {share}%", f"share < {share}%"
        elif k in (7, 8, 9, 10, 11):
            rest = None
            if k == 7 and not w.none_leaf:
                need += f" and every(share >= {w.choice(('50%', '30%', '80%'))})"
            elif k == 8 and not w.none_leaf:
                need += f" and every(parts, share >= {w.choice(('50%', '30%', '80%'))})"
            elif k == 9:
                need += f" and {w.choice(('any(points >= 2)', 'count(points > 0) >= 2', 'count(points < 1) <= 1'))}"
            else:
                from .conditions import condition

                need += f" and ({condition(Scope(w).sure, 1).text})"
        needs.append(need)
    return needs, rest


def grades_of(w: World, top: Fraction, quota: bool) -> list[dict[str, Any]]:
    names = w.grades
    human = not quota and w.chance(8)
    needs, rest = grade_needs(w, top, len(names) - (not human))
    out: list[dict[str, Any]] = [{"name": n, "need": need} for n, need in zip(names, needs)]
    if human:
        out.append({"otherwise": "human"})
        w.tag("otherwise:human")
    elif rest and w.chance(2):
        out.append({"name": names[-1], "need": rest})
    else:
        out.append({"otherwise": names[-1]})
    if quota:
        for i, g in enumerate(out[:-1]):
            if i == 0 or w.chance(3):
                g["quota"] = quota_of(w, i)
    w.tag("grades")
    return out


def quota_of(w: World, i: int) -> dict[str, Any]:
    w.tag("quota")
    out: dict[str, Any] = (
        {"number": str(w.between(1, 3))}
        if w.chance(3)
        else {"share": w.choice(("20%", "40%", "50%", "33%", "12.5%", "100%"))}
    )
    if "share" in out:
        k = w.between(0, 5) if i == 0 else 0
        out["of"] = "evaluated" if k <= 3 else w.grades[1] if k == 4 else list(w.grades[:2])
    k = w.between(0, 2)
    if k:
        out["per"] = "pool" if k == 1 or "cum" in w.vars else "all"
    k = w.between(0, 3)
    if k and "share" in out:
        out["round"] = ("down", "up", "half_up")[k - 1]
    return out


def rank_of(w: World, found: list[Node], within: bool, ask: bool) -> dict[str, Any]:
    solid = [f"points({n.d['id']})" for n in found if not n.absent]

    def key() -> str:
        k = w.between(0, 4)
        if k <= 1 and solid:
            return w.choice(solid)
        name = Scope(w).sure.var(w.choice(("int", "dec", "signed", "big", "pct"))).name
        return f"-{name}" if k == 3 else f"max({name}, 0)" if k == 4 and name.startswith("s3") else name

    out: dict[str, Any] = {"by": key() if w.chance(4) else "total"}
    n = w.between(0, 2)
    if n:
        out["then"] = list(dict.fromkeys(k for k in (key() for _ in range(n)) if k != out["by"]))
        if not out["then"]:
            del out["then"]
    k = w.between(0, 3)
    if k >= 2:
        out["ties"] = "ask" if k == 3 and ask else "shared"
    if within and w.chance(2):
        out["within"] = "grade"
    w.tag("rank")
    w.tags |= {f"rank:{k}" for k in out} | ({"ties:ask"} if out.get("ties") == "ask" else set())
    return out


def quantities_of(w: World, found: list[Node], is_open: bool, graded: bool) -> dict[str, Any]:
    """Exact quantities printed beside the result."""
    out: dict[str, Any] = {}
    k = w.between(0, 4)
    sure = [n.d["id"] for n in found if not n.absent]
    body: dict[str, Any]
    if k == 0 and not is_open:
        body = {"of": f"if(total < {w.between(5, 90)}, total * 0.3%, 0)", "show": "percent"}
    elif k == 1 and sure:
        body = {"of": f"points({w.choice(sure)}) / 3", "show": "number"}
    elif k == 2 and graded:
        body = {"of": f'if(grade = "{w.choice(w.grades)}", 1.5, 0)', "show": "number"}
    elif k == 3:
        body = dict(bands(Scope(w), Frame()).keys)
    else:
        body = {"of": number(Scope(w), 1).text, "show": "number"}
    out["x1"] = {"label": "Đại lượng 1", **body, "places": str(w.between(0, 3))}
    if "of" in body and w.chance(2):
        out["x2"] = {"label": "Đại lượng 2", "of": "x1 / 7", "show": "number", "places": "3"}
    w.tag("quantities")
    return out


def assemble(w: World, points: dict[str, str], parts: dict[str, Any]) -> dict[str, Any]:
    """Everything that was declared on the way, in front of what uses it."""
    out: dict[str, Any] = dict(HEADER)
    if points:
        out["points"] = points
    if "cum" in w.vars:
        out["pool"] = "cum"
    if w.holidays:
        out["holidays"] = ["2026-01-01", "2026-03-09", "2026-04-30"]
    for name in ("attributes", "measures", "tables", "settings"):
        declared = getattr(w, name)
        if declared:
            out[name] = declared
    out.update(parts)
    return out


def whole_set(w: World, *, quota: bool = False, ranked: bool = False) -> dict[str, Any]:
    """A set with everything. `quota`: grades with quotas are wanted."""
    if quota or w.chance(2):
        w.grades = GRADES[: w.between(2, 4)]
    if (w.pools or quota or ranked) and w.chance(2):
        w.declare("cum")
    top = Fraction(w.choice((10, 20, 100, 30, 50, 7)))
    wanted = quota or (bool(w.grades) and not w.absence and w.chance(2))
    parts, absent, found, written = root(w, top, wanted)
    is_open = bool(absent & OPEN)
    points = points_of(w, top if written or w.chance(2) else None)
    quota = wanted and not is_open
    if w.grades:
        parts["grades"] = grades_of(w, top, quota)
    settled = bool(w.grades) and not is_open and "otherwise:human" not in w.tags
    graded = settled and "gate" not in w.tags and not w.stopped  # everyone has a grade
    if quota or ranked or w.chance(2):
        parts["rank"] = rank_of(w, found, settled and not (w.absence and "gate" in w.tags), not quota)
    if w.chance(4) and not w.stopped and points.get("rounding", "half_up") == "half_up":
        parts = {"quantities": quantities_of(w, found, is_open, graded and not quota), **parts}
    return assemble(w, points, parts)


def leaves_set(w: World, leaves: list[Node], points: dict[str, str]) -> dict[str, Any]:
    """A few given leaves, and one that always applies."""
    anchor = {"id": "Z", "text": "Điểm nền", "max": "1", "full": "true"}
    if any(n.d["max"] == "none" for n in leaves):
        points = {**points, "max": text_of(1 + sum(Fraction(n.d["max"]) for n in leaves if n.d["max"] != "none"))}
    return assemble(w, points, {"tree": [*(n.d for n in leaves), anchor]})
