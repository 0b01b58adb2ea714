"""A slow second opinion: the archives of a workspace read with zipfile, json and yaml alone, row by row, in fractions."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Frozen:
    """One set of one archive, as its files say. tags: by leaf. kinds: of its candidates."""

    period: str
    letter: str
    file: str
    rows: list[dict[str, Any]]
    names: dict[str, str]
    tags: dict[str, set[str]]
    kinds: set[str]
    days: int

    @property
    def shares(self) -> list[Fraction]:
        return [Fraction(row["share"]) for row in self.rows]

    def grades(self) -> Counter[str]:
        return Counter(row["grade"] or "" for row in self.rows)


def frozen(root: Path, period: str) -> list[Frozen]:
    """Every set of the first official archives of a period (the demonstration corrects none)."""
    found = []
    for path in sorted((root / "ket-qua" / period / "cong-bo").glob("*-chinh-thuc-v1/noi-bo-*.zip")):
        with zipfile.ZipFile(path) as archive:
            receipt = json.loads(archive.read("bien-nhan.json"))
            roster = json.loads(archive.read("danh-sach.json"))
            days = _days(receipt["last"]) - _days(receipt["first"]) + 1
            for told in receipt["sets"]:
                stem = told["file"].removesuffix(".yaml")
                lines = archive.read(f"ket-qua/{stem}.jsonl").decode().splitlines()
                rows = [json.loads(line) for line in lines]
                figures = json.loads(archive.read(f"so-lieu/{stem}.json"))["table"]
                criteria = yaml.safe_load(archive.read(f"phong-trao/{told['file']}"))
                tags: dict[str, set[str]] = {}
                for node in criteria["tree"]:
                    tags |= dict(_tags(node, set()))
                ids = {row["id"] for row in rows}
                kinds = {one["kind"] for one in roster if one["id"] in ids}
                names = dict(zip(figures["ids"], figures["names"], strict=True))
                found.append(Frozen(period, receipt["group"], told["file"], rows, names, tags, kinds, days))
    return found


def _days(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _tags(node: dict[str, Any], above: set[str]) -> Iterator[tuple[str, set[str]]]:
    own = above | set(node.get("tags", ()))
    if node.get("children") and "over" not in node:
        for child in node["children"]:
            yield from _tags(child, own)
    else:
        yield node["id"], own


def tag_share(sets: list[Frozen], tag: str) -> tuple[Fraction, Fraction]:
    """Points and maximum in force of every criterion that carries a tag, added up one by one."""
    points = maximum = Fraction(0)
    for one in sets:
        for row in one.rows:
            for leaf, (earned, most, state) in row["criteria"].items():
                if tag in one.tags.get(leaf, ()) and state == "scored" and Fraction(most) > 0:
                    points, maximum = points + Fraction(earned), maximum + Fraction(most)
    return points, maximum


def shown(value: Fraction, places: int = 2) -> str:
    """1.234,57: rounded half away from zero by the decimal module; one digit after the step decides."""
    step = Fraction(1, 10**places)
    steps = abs(value) / step
    whole = int(Decimal(steps.numerator * 10 // steps.denominator).scaleb(-1).quantize(Decimal(1), ROUND_HALF_UP))
    digits = str(whole).rjust(places + 1, "0")
    front, back = (digits[:-places], digits[-places:]) if places else (digits, "")
    told = f"{int(front):,}".replace(",", ".") + (f",{back}" if back else "")
    return ("−" if value < 0 and whole else "") + told


def percent(value: Fraction) -> str:
    return f"{shown(value * 100)} %"
