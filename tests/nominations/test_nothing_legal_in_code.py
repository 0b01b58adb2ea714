"""Nothing legal in code: no clause, document, percent, award, body or id of an award file stands in a text of the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from nominations.awards.declarations import Awards
from tests.nominations.support import catalogue

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("nominations", "reports/dossier", "reports/council", "reports/award_words.py", "thidua")
LEGAL = {
    "a clause": re.compile(r"\b(?:[Kk]hoản|Điều|[Đđ]iểm [a-zđ] khoản) \d"),
    "a document": re.compile(
        r"\d+/20\d\d/[A-ZĐ]|\d/(?:NĐ-CP|TT-BNV)|\b(?:NĐ|TT|QĐ) \d|(?:Nghị định|Thông tư|Luật) số \d"
    ),
    "a percent": re.compile(r"\d\s?%"),
    "a law by its name": re.compile("Luật Thi đua|Luật số"),
}
# file: what of it may stand there, and why.
ALLOWED: dict[str, tuple[str, str]] = {
    "nominations/awards/matrix.py": (
        "Chủ tịch nước|Thủ tướng Chính phủ",
        "words of the levels of frame.issuer: the fixed list of the format, not what the law says of them",
    ),
    "nominations/history/naming.py": (
        "chủ tịch nước|thủ tướng chính phủ",
        "how lists of awards held write the three levels of the format (nha-nuoc, tinh, co-so)",
    ),
    "reports/dossier/kinds.py": (".*", "made-up texts with which a changed Word template is tried"),
    "reports/dossier/fields.py": ("Ủy ban nhân dân|Thủ tướng Chính phủ", "names that a line break must not cut in two"),
    "reports/dossier/wording.py": (
        "Ủy ban nhân dân|Thi đua - Khen thưởng|Luật|Nghị định",
        "line breaks, kinds of documents",
    ),
    "reports/award_words.py": ("kỷ luật", "how the log calls fields it knows; any other field of the ledger by its id"),
    "nominations/council/voting_steps.py": ("Tổ xét chọn", "what the body of a step of kind: selection is called"),
    "thidua/demonstration": (".*", "the demonstration fills forms in: made-up documents, heads of columns"),
}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string of a module but docstrings; formatted strings in their parts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    shown = {
        id(item.body[0].value)
        for item in ast.walk(tree)
        if isinstance(item, documented) and item.body and isinstance(item.body[0], ast.Expr)
    }
    for item in ast.walk(tree):
        if isinstance(item, ast.Constant) and isinstance(item.value, str) and id(item) not in shown:
            yield item.lineno, item.value


@cache
def modules() -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    found = []
    for place in PLACES:
        many = sorted((ROOT / place).rglob("*.py")) if (ROOT / place).is_dir() else [ROOT / place]
        found += [(one.relative_to(ROOT).as_posix(), tuple(texts(one))) for one in many if one.is_file()]
    return tuple(found)


def allowed(file: str, found: str) -> bool:
    known = next((why for place, why in ALLOWED.items() if file == place or file.startswith(f"{place}/")), None)
    return known is not None and re.search(known[0], found) is not None


def standing(pattern: re.Pattern[str]) -> list[str]:
    """file:line: what was found."""
    return [
        f"{file}:{line}: {match[0]}"
        for file, many in modules()
        for line, text in many
        for match in pattern.finditer(text)
        if not allowed(file, match[0])
    ]


def ids(awards: Awards) -> set[str]:
    """Ids that an award file makes up for itself. Not those of papers: templates are named so; not those of blocks: fields."""
    made = [one.id for many in (awards.facts, awards.awards, awards.categories, awards.steps) for one in many]
    return {*made, *(one.id for one in awards.authorities), *(one.id for one in awards.subjects), *awards.letterheads}


def names(awards: Awards) -> set[str]:
    """Names as the award file has them: awards, loại hình, what stops a nominee, bodies."""
    told = [name for one in awards.awards for name in (one.name, one.short)]
    told += [one.name for one in (*awards.authorities, *awards.blocks, *awards.confirmations)]
    told += [one.name for one in awards.steps if one.kind in ("council", "decision")]
    told += [one.name for one in awards.categories if " " in one.name]
    told += [one.issuer for one in awards.confirmations]
    told += [head.authority for many in awards.letterheads.values() for head in many]
    told += [awards.managed.by] if awards.managed is not None else []
    told += [
        "Bằng khen",
        "Giấy khen",
        "Huân chương",
        "Cờ thi đua",
        "Ban Thường vụ",
        "Sở Nội vụ",
        "Hiệp hội Doanh nghiệp",
    ]
    return {" ".join(one.split()) for one in told}


@pytest.mark.parametrize("what", LEGAL)
def test_no_text_of_the_program_says_law(what: str) -> None:
    assert standing(LEGAL[what]) == []


def test_no_name_of_the_award_file_is_in_code() -> None:
    longest_first = sorted(names(catalogue()), key=lambda one: (-len(one), one))
    assert standing(re.compile("|".join(map(re.escape, longest_first)))) == []


def test_no_id_of_the_award_file_is_in_code() -> None:
    known = ids(catalogue()) - {"ca-nhan"}  # also a folder of the templates
    found = [
        f"{file}:{line}: {text}"
        for file, many in modules()
        for line, text in many
        if text in known and not allowed(file, text) and not _kept(file, text)
    ]
    assert found == []


def _kept(file: str, text: str) -> bool:
    """Ids that are words of the format as well: levels of an issuer."""
    return file in ("nominations/awards/declarations.py", "nominations/awards/matrix.py") and text in ISSUER_WORDS


ISSUER_WORDS = ("chu-tich-nuoc", "thu-tuong")


def test_what_is_allowed_is_needed_and_found() -> None:
    """An exception that nothing needs any more goes."""
    files = {file for file, _ in modules()}
    for place, (pattern, why) in ALLOWED.items():
        assert why and any(one == place or one.startswith(f"{place}/") for one in files), place
        told = [text for file, many in modules() if file == place or file.startswith(f"{place}/") for _, text in many]
        assert any(re.search(pattern, text) for text in told), place


@pytest.mark.parametrize(
    "text", ["theo khoản 6 Điều 4", "từ 70 % nữ", "NĐ 152", "Nghị định số 152", "152/2025/NĐ-CP", "điểm a khoản 1"]
)
def test_such_texts_would_be_found(text: str) -> None:
    assert any(pattern.search(text) for pattern in LEGAL.values())
