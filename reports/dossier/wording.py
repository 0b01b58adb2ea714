"""Words that documents of awards share: stamps in two lines, names of bodies broken well, clauses of one document gathered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations, groupby, pairwise

from nominations.awards.law import Fact, Law
from reports.wording.texts import capital
from scoring.result import ILLUSTRATION

DRAFT = "DỰ THẢO"
_DOCUMENT = re.compile(r",? (?:Luật|Nghị định|Quyết định|Thông tư|Công văn) số \S+$")
_HARD = "\u00a0"
_LINE = 22  # letters in capitals, 12 points, bold, that the left half of a heading holds
_LONGEST = 60  # letters of a name that is broken by us
_TOGETHER = re.compile(
    r"Thi đua - Khen thưởng|Ủy ban nhân dân|Công nghệ|(?:tỉnh|thành phố|xã|phường|đặc khu) \w+ \w+", re.I
)


def stamp_lines(stamps: Iterable[str], *, draft: bool) -> list[str]:
    """What stands on every page, in two lines at most: DỰ THẢO - SỐ LIỆU MINH HỌA; the stamps of results."""
    told = list(dict.fromkeys(one.strip() for one in stamps if one.strip()))
    first = [*([DRAFT] if draft else []), *(one for one in told if one == ILLUSTRATION)]
    others = [re.sub(r"^(điểm theo) (?=[0-9])", r"\1 văn bản số ", one) for one in told if one != ILLUSTRATION]
    second = "; ".join(others)
    return [line for line in (" - ".join(first), capital(second)) if line]


def capitals(name: str) -> str:
    """The name of a body in capitals. One that needs two or three lines of a heading is broken between its words so that the lines
    are about as long as each other: "SỞ KHOA HỌC / VÀ CÔNG NGHỆ"."""
    kept = _TOGETHER.sub(lambda found: found[0].replace(" ", _HARD), name)
    words = kept.upper().split(" ")
    if len(name) <= _LINE or len(name) > _LONGEST or len(words) < 2:
        return kept.upper()
    many = min(-(-len(name) // _LINE), len(words))
    return " ".join(line.replace(" ", _HARD) if len(line) <= _LINE else line for line in _lines(words, many))


def _lines(words: Sequence[str], many: int) -> list[str]:
    """The words in so many lines, the longest one as short as can be, the first ones longer than the last."""
    cuts = [(0, *inner, len(words)) for inner in combinations(range(1, len(words)), many - 1)]
    split = [[" ".join(words[a:b]) for a, b in pairwise(cut)] for cut in cuts]
    return min(split, key=lambda lines: (max(map(len, lines)), [-len(line) for line in lines]))


def places(facts: Iterable[Fact]) -> str:
    """điểm a khoản 1, khoản 5 Điều 74, khoản 4 Điều 79: in the order of the document."""
    known = sorted(
        (one for one in facts if one.article), key=lambda one: (one.article or 0, one.clause or 0, one.point or "")
    )
    found = []
    for article, many in groupby(known, key=lambda one: one.article):
        clauses = []
        for clause, same in groupby(many, key=lambda one: one.clause):
            points = dict.fromkeys(one.point for one in same)
            told = ", ".join(f"điểm {point}" for point in points if point)
            if clause is not None:
                clauses.append(f"{told} khoản {clause}".strip())
                if told and None in points:
                    clauses.append(f"khoản {clause}")
        found.append(f"{', '.join(clauses)} Điều {article}".strip())
    return ", ".join(found)


def cited(law: Law, facts: Iterable[str]) -> list[str]:
    """điểm a khoản 1, khoản 5 Điều 44 Luật số 06/2022/QH15: a line for each document, in the order in which they are named."""
    by: dict[str, list[str]] = {}
    for ident in dict.fromkeys(facts):
        by.setdefault(law.facts[ident].basis, []).append(ident)
    found = []
    for idents in by.values():
        numbered = [one for one in idents if law.facts[one].article]
        if numbered:
            first = law.facts[numbered[0]]
            document = law.brief(numbered[0]).removeprefix(first.where()).lstrip(", ")
            found.append(f"{places(law.facts[one] for one in numbered)} {document}")
        found += [law.brief(one) for one in idents if one not in numbered]
    return found


def gathered(lines: Iterable[str]) -> list[str]:
    """ "X: why", "Y: why" as "X, Y: why"; lines without a reason stay. The order of the reasons is kept. A document that clauses next
    to each other are of is named once."""
    by: dict[str, list[str]] = {}
    for line in lines:
        what, colon, why = line.partition(": ")
        by.setdefault(why if colon else "", []).append(what if colon else line)
    found = []
    for why, many in by.items():
        told = list(dict.fromkeys(many))
        found += [f"{_of_one(told)}: {why}"] if why else told
    return found


def doubt_words(text: str) -> str:
    """… bởi 06/2026/QH16 từ 01/10/2026 as a document writes it: bởi văn bản số 06/2026/QH16 từ ngày 01/10/2026."""
    return re.sub(r"\btừ (?=[0-9]{2}/)", "từ ngày ", re.sub(r"\bbởi (?=[0-9])", "bởi văn bản số ", text))


def _of_one(told: Sequence[str]) -> str:
    """khoản 4, khoản 5 Điều 44 Luật số 1; Điều 2 Luật số 2: the document only where the next clause is not of it, too."""
    ends = [found[0] if (found := _DOCUMENT.search(one)) else "" for one in told]
    text = ""
    for one, end, later in zip(told, ends, [*ends[1:], None], strict=True):
        same = end == later
        text += (one.removesuffix(end) if same else one) + (", " if same else "; ")
    return text.removesuffix("; ")
