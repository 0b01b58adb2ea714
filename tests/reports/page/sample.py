"""Synthetic documents of the inspection page, by a seed: ties, not applicable, waiting, coefficients, deductions, hostile texts.

Totals follow from the points, ranks from the keys, so that tests may hold the page against plain arithmetic on the document.
"""

from __future__ import annotations

import base64
import json
import random
import zlib
from typing import Any

STATES = {
    "s": "đã có điểm",
    "n": "không áp dụng",
    "e": "chưa có số liệu",
    "v": "chưa thẩm định",
    "r": "trả lại, chờ giải trình",
    "c": "đóng không có kết quả",
}
WAITING = "evr"
GRADES = ["Xuất sắc", "Tốt", "Đạt"]
HOSTILE = [
    "</script><script>window.broken=1</script>",
    "<img src=x onerror=window.broken=1>",
    "{{scripts}} ${window.broken=1} \u2028\u2029 &lt;",
    "=HYPERLINK('http://example.org','x')",
    "__proto__",
    "constructor",
    "javascript:window.broken=1",
    "\u202eđảo ngược",
    "<!-- <script> '\"`\\",
]
_FIRST = ["Xã", "Phường", "Sở", "Trường", "Công ty"]
_SECOND = ["Đông Hòa", "Ánh Dương", "Ấp Bắc", "Đức Thịnh", "Trần Lãm", "An Khê", "Ô Môn", "Ước Lễ", "Yên Mỹ", "Bình Ân"]
_WORDS = (
    "tỷ lệ hồ sơ giải quyết đúng hạn trên môi trường mạng theo kế hoạch chuyển đổi số của cơ quan được giao".split()
)


def page(seed: int = 1, units: int = 40, parts: int = 3, leaves: int = 4, **wanted: Any) -> dict[str, Any]:
    """A whole document with two groups. wanted: pools, hostile, public, details (False: none), factor (percent of the first part)."""
    draw = random.Random(seed)
    public = wanted.get("public", False)
    groups = [
        _Set(draw, "a", "nhom-a", units, parts, leaves, wanted).made(),
        _Set(draw, "c", "nhom-c", max(3, units // 4), 2, 3, {**wanted, "pools": 0}).made(),
    ]
    stamps = ["SỐ LIỆU MINH HỌA"]
    return {
        "format": 1,
        "title": "Bảng kiểm tra xếp hạng năm 2026",
        "movement": "Phong trào thi đua đẩy mạnh phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số",
        "authority": "Sở Nội vụ",
        "period": "2026",
        "period_words": "năm 2026",
        "public": public,
        "stage": "Kết quả cuối",
        "source": "Từ sổ ghi của thư mục làm việc, đến mục 12.345",
        "stamps": [*stamps, *(HOSTILE[:1] if wanted.get("hostile") else [])],
        "receipt": [
            ["Gói nội bộ nhóm a", "noi-bo-2026-a-v1.zip"],
            ["Mã băm", "0f3c" * 16],
            ["Phần mềm", "thidua 0.3.0"],
        ],
        "states": STATES,
        "waiting": WAITING,
        "groups": groups,
    }


def deflated(value: Any) -> str:
    """As the data side packs a chunk of details."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    raw = json.dumps(value, ensure_ascii=False).encode()
    return base64.b64encode(packer.compress(raw) + packer.flush()).decode()


def shown(scaled: int | None, places: int = 2) -> str:
    """8725 → 87,25, written again here so that the page is not held against itself."""
    if scaled is None:
        return "–"
    whole, rest = divmod(abs(scaled), 10**places)
    return ("−" if scaled < 0 else "") + f"{whole:,}".replace(",", ".") + (f",{rest:0{places}d}" if places else "")


def signed(scaled: int, places: int = 2) -> str:
    return ("+" if scaled > 0 else "") + shown(scaled, places)


class _Set:
    """One set of a group and its units. `factor`: the first part earns this percent of its children (a coefficient)."""

    def __init__(
        self, draw: random.Random, letter: str, id_: str, units: int, parts: int, leaves: int, wanted: Any
    ) -> None:
        self.draw, self.letter, self.id, self.size, self.wanted = draw, letter, id_, units, wanted
        self.pools = [f"Cụm {n + 1}" for n in range(wanted.get("pools", 0))]
        self.criteria: list[dict[str, Any]] = []
        for part in range(parts):
            self._criterion(f"P{part + 1}", "", 0, "part", 500 * leaves, f"Phần {part + 1}: {self._words(6)}")
            for leaf in range(leaves):
                self._criterion(f"P{part + 1}.{leaf + 1}", f"P{part + 1}", 1, "leaf", 500, self._words(14))
        self._criterion("P1.cong", "P1", 1, "plus", None, "Điểm cộng vì có sáng kiến được công nhận")
        self._criterion("TRU", "", 0, "less", None, "Điểm trừ vì báo cáo chậm")
        self.maximum = 500 * leaves * parts

    def _words(self, count: int) -> str:
        return " ".join(self.draw.choice(_WORDS) for _ in range(count)).capitalize()

    def _criterion(self, id_: str, parent: str, depth: int, kind: str, most: int | None, text: str) -> None:
        hostile = self.wanted.get("hostile") and kind == "leaf"
        self.criteria.append(
            {
                "id": id_,
                "text": f"{text} {HOSTILE[len(self.criteria) % len(HOSTILE)]}" if hostile else text,
                "parent": parent,
                "depth": depth,
                "kind": kind,
                "max": most,
                "rule": f"Cách chấm của {id_}: tỷ lệ × điểm tối đa",
                "clauses": [f"[1], khoản {len(self.criteria) + 1} Điều 4: “{text[:40]}”"],
                "body": "Sở Khoa học và Công nghệ",
                "needs": ["Báo cáo năm có số văn bản"],
                "trial": kind == "leaf" and len(self.criteria) % 5 == 1,
            }
        )

    def made(self) -> dict[str, Any]:
        units = [self._unit(number) for number in range(self.size)]
        if self.size > 6:
            self._tie(units)
        self._rank(units)
        names = {unit["id"]: unit["name"] for unit in units}
        waiting = [
            {
                "unit": unit["id"],
                "criterion": criterion["id"],
                "what": STATES[state],
                "who": self._who(state),
                "since": f"{1 + place % 28:02d}/02/2027",
            }
            for unit in units
            for place, (criterion, state) in enumerate(zip(self.criteria, unit["states"], strict=True))
            if state in WAITING
        ]
        made: dict[str, Any] = {
            "id": self.id,
            "letter": self.letter,
            "group": f"Nhóm {self.letter}: cơ quan, đơn vị, địa phương",
            "title": f"Tiêu chuẩn thi đua của nhóm {self.letter}",
            "places": 2,
            "stamps": ["điểm thử, chưa được cấp có thẩm quyền quyết định"],
            "pool_label": "Cụm" if self.pools else "",
            "grades": GRADES,
            "bases": [["[1]", "Kế hoạch số 12/KH-UBND ngày 01/02/2026"]],
            "criteria": self.criteria,
            "keys": [{"label": "Mức xếp loại"}, {"label": "Tổng điểm"}, {"label": "Điểm Phần 1"}],
            "units": sorted(
                units, key=lambda unit: (unit["rank"] is None, unit["pool"], unit["rank"] or 0, unit["id"])
            ),
            "open": [] if self.wanted.get("public") else waiting,
        }
        if self.wanted.get("details", True):
            made["details"] = [self._chunk(units[start : start + 25], names) for start in range(0, len(units), 25)]
        return made

    def _who(self, state: str) -> str:
        return {"e": "Đơn vị", "v": "Sở Khoa học và Công nghệ", "r": "Đơn vị (giải trình)"}[state]

    def _unit(self, number: int) -> dict[str, Any]:
        draw = self.draw
        strength = draw.uniform(0.55, 1)
        states = "".join(self._state() if one["kind"] == "leaf" else "s" for one in self.criteria)
        points: list[int | None] = []
        for criterion, state in zip(self.criteria, states, strict=True):
            kind = criterion["kind"]
            earned = min(500, 25 * round(20 * min(1.0, strength * draw.uniform(0.8, 1.25))))
            chosen = {"leaf": earned, "plus": draw.choice([0, 0, 50]), "less": draw.choice([0, 0, 0, 100]), "part": 0}[
                kind
            ]
            points.append(chosen if state == "s" else None)
        claimed = [
            None if p is None else p + draw.choice([0, 0, 0, 25, 50, -25]) if c["kind"] == "leaf" else p
            for p, c in zip(points, self.criteria)
        ]
        out = {i: 0 for i, s in enumerate(states) if s == "n"}
        self._sum(points)
        self._sum(claimed)
        total = self._total(points)
        most = self.maximum - 500 * len(out)
        for index, criterion in enumerate(self.criteria):
            if criterion["kind"] == "part":
                lost = sum(500 for i in out if self.criteria[i]["parent"] == criterion["id"])
                if lost:
                    out[index] = criterion["max"] - lost
        share = round(10000 * total / most) if most else 0
        waits = sum(state in WAITING for state in states)
        eligible = number % 13 != 7
        name = f"{draw.choice(_FIRST)} {draw.choice(_SECOND)} {number}"
        unit: dict[str, Any] = {
            "id": f"{self.letter.upper()}{number:03d}",
            "name": name,
            "pool": self.pools[number % len(self.pools)] if self.pools else "",
            "grade": ("Xuất sắc" if share >= 9000 else "Tốt" if share >= 7500 else "Đạt") if eligible else "",
            "total": total,
            "max": most,
            "share": shown(share),
            "provisional": waits > 0,
            "eligible": eligible,
            "note": "" if eligible else "Có người đứng đầu bị kỷ luật trong năm (điều kiện G1)",
            "points": points,
            "max_of": {str(index): value for index, value in out.items()},
            "states": states,
            "open": waits,
        }
        if not self.wanted.get("public"):
            unit |= {"self": claimed, "self_total": self._total(claimed)}
        if self.wanted.get("hostile"):
            unit["name"] = f"{name} {HOSTILE[number % len(HOSTILE)]}"
            unit["note"] = f"{unit['note']} {HOSTILE[(number + 3) % len(HOSTILE)]}"
            if number < len(HOSTILE):
                unit["id"] = HOSTILE[number]
        return unit

    def _state(self) -> str:
        return self.draw.choices("snevrc", [92, 3, 1, 2, 1, 1])[0]

    def _sum(self, points: list[int | None]) -> None:
        for index, criterion in enumerate(self.criteria):
            if criterion["kind"] == "part":
                inside = sum(p or 0 for p, c in zip(points, self.criteria) if c["parent"] == criterion["id"])
                factor = self.wanted.get("factor", 100) if criterion["id"] == "P1" else 100
                points[index] = (inside * factor + 50) // 100

    def _total(self, points: list[int | None]) -> int:
        tops = [(p or 0) * (-1 if c["kind"] == "less" else 1) for p, c in zip(points, self.criteria) if not c["parent"]]
        return sum(tops)

    def _tie(self, units: list[dict[str, Any]]) -> None:
        """Units 0 and len(pools) (the same pool) are equal in everything; the next two in all but the last key."""
        step = len(self.pools) or 1
        for name in (
            "points",
            "states",
            "max_of",
            "total",
            "max",
            "share",
            "grade",
            "eligible",
            "note",
            "provisional",
            "open",
        ):
            units[step][name] = units[0][name]
        first, third = units[2 * step], units[3 * step]
        for name in ("states", "max_of", "total", "max", "share", "grade", "eligible", "note", "provisional", "open"):
            third[name] = first[name]
        swapped = list(first["points"])
        one = next(
            i
            for i, c in enumerate(self.criteria)
            if c["parent"] == "P1" and c["kind"] == "leaf" and swapped[i] is not None
        )
        two = next(i for i, c in enumerate(self.criteria) if c["parent"] == "P2" and swapped[i] is not None)
        for index, change in ((one, -25), (two, 25)):
            swapped[index] += change
        self._sum(swapped)
        third["points"] = swapped
        third["total"] = self._total(swapped)

    def _rank(self, units: list[dict[str, Any]]) -> None:
        first = next(i for i, c in enumerate(self.criteria) if c["id"] == "P1")
        for unit in units:
            place = GRADES.index(unit["grade"]) if unit["grade"] else None
            unit["keys"] = [
                [None if place is None else len(GRADES) - place, unit["grade"]],
                [unit["total"], shown(unit["total"])],
                [unit["points"][first], shown(unit["points"][first])],
            ]
        order = lambda unit: [key[0] or 0 for key in unit["keys"]]  # noqa: E731
        for unit in units:
            peers = [other for other in units if other["pool"] == unit["pool"] and other["eligible"]]
            placed = unit["eligible"]
            unit["rank"] = 1 + sum(order(other) > order(unit) for other in peers) if placed else None
            unit["tied"] = placed and sum(order(other) == order(unit) for other in peers) > 1
            unit["decided"] = f"Tổng điểm {shown(unit['total'])}" if placed else ""
            unit["interval"] = [max(1, unit["rank"] - unit["open"]), unit["rank"] + unit["open"]] if placed else None
            unit["interval_why"] = "Còn tiêu chí chờ thẩm định" if placed and unit["open"] else ""

    def _chunk(self, units: list[dict[str, Any]], names: dict[str, str]) -> dict[str, Any]:
        return {
            "units": [unit["id"] for unit in units],
            "data": deflated({unit["id"]: self._detail(unit) for unit in units}),
        }

    def _detail(self, unit: dict[str, Any]) -> dict[str, Any]:
        more = HOSTILE[len(unit["name"]) % len(HOSTILE)] if self.wanted.get("hostile") else "theo báo cáo"
        rows = {}
        for index, criterion in enumerate(self.criteria):
            value = shown(unit["points"][index])
            rows[criterion["id"]] = {
                "reasons": [
                    ["Số liệu", f"Hồ sơ đúng hạn: {700 + index} trên 1.000 {more}"],
                    ["Tính", f"5,00 × {700 + index}/1.000 = {value}"],
                ],
                "evidence": [f"Báo cáo số {index + 1}/BC ngày 05/12/2026 {more}"],
                "verified": [f"Sở Khoa học và Công nghệ, ngày {1 + index % 28:02d}/12/2026, số 15/TĐ"],
                "stages": [
                    ["tự chấm", value, "đơn vị nộp ngày 10/12/2026"],
                    ["thẩm định", value, f"Sở Khoa học và Công nghệ: chấp nhận {more}"],
                ],
            }
        return {
            "about": [["Loại", "xã"], ["Thủ trưởng", f"Nguyễn Văn A {more}"]],
            "result": [
                ["Tổng điểm", f"{shown(unit['total'])} trên {shown(unit['max'])}"],
                ["Ngay trên", "đơn vị khác, hơn 0,25 điểm"],
            ],
            "reach": ["Tăng hồ sơ đúng hạn từ 700 lên 812 trên 1.000 thì đạt mức “Tốt”."],
            "rows": rows,
            "general": [["Minh chứng chung", "Báo cáo tổng kết năm"]],
        }
