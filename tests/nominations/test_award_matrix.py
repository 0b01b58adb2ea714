"""Award × subject × occasion, written out by hand from the law (Luật 06/2022/QH15 Điều 25, 26, 42-44, 73-75), held against the file."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from nominations.awards.declarations import Awards, Issuer, Kind
from nominations.awards.law import Law
from nominations.awards.matrix import Reach, planned_years, reachable, route_of
from tests.nominations.support import award_file, catalogue, second
from tests.support.examples import ROOT

TEXTS = ROOT / "tests" / "data" / "law"
# What each cell says: the clauses with their marks; "từ n năm"; "người xem" where a person has to see something first;
# "không: …" with what refuses it (dịp: another occasion; cấp: another issuer; Luật: the law has no such way for this subject).
GIAY_KHEN = "75.1.b[V] 75.1.c[V] 75.1.đ[V] 75.2[V] tinh-tieu-chuan[?]"
MATRIX: list[tuple[str, str, str, str, str]] = [  # award, subject, sơ kết, tổng kết, thúc đẩy
    ("hcld-nhat", "ca-nhan", *("không: Luật 42.1[V]",) * 3),
    ("hcld-nhat", "cong-nhan-nong-dan", *("không: Luật 42.2.a[V]",) * 3),
    ("hcld-nhat", "doanh-nhan", *("không: Luật 42.3[V]",) * 3),
    ("hcld-nhat", "tri-thuc", *("không: Luật 42.3[V]",) * 3),
    ("hcld-nhat", "tap-the", *("không: cấp 42.4.c[V]",) * 3),
    ("hcld-nhat", "doanh-nghiep", *("không: cấp 42.5[V] 42.4.c[V]",) * 3),
    ("hcld-nhat", "ho-gia-dinh", *("không: Luật 42[V]",) * 3),
    ("hcld-nhi", "ca-nhan", *("không: Luật 43.1[V]",) * 3),
    ("hcld-nhi", "cong-nhan-nong-dan", *("không: Luật 43.2.a[V]",) * 3),
    ("hcld-nhi", "doanh-nhan", *("không: Luật 43.3[V]",) * 3),
    ("hcld-nhi", "tri-thuc", *("không: Luật 43.3[V]",) * 3),
    ("hcld-nhi", "tap-the", *("không: cấp 43.4.c[V]",) * 3),
    ("hcld-nhi", "doanh-nghiep", *("không: cấp 43.5[V] 43.4.c[V]",) * 3),
    ("hcld-nhi", "ho-gia-dinh", *("không: Luật 43[V]",) * 3),
    ("hcld-ba", "ca-nhan", *("44.1.a[V] từ 5 năm",) * 2, "không: dịp 44.1.a[V]"),
    ("hcld-ba", "cong-nhan-nong-dan", *("44.2.a[V] 44.1.a[V] từ 5 năm",) * 2, "không: dịp 44.2.a[V] 44.1.a[V]"),
    ("hcld-ba", "doanh-nhan", *("44.3[V] 44.1.a[V] từ 5 năm",) * 2, "không: dịp 44.3[V] 44.1.a[V]"),
    ("hcld-ba", "tri-thuc", *("44.3[V] 44.1.a[V] từ 5 năm",) * 2, "không: dịp 44.3[V] 44.1.a[V]"),
    ("hcld-ba", "tap-the", *("44.4.c[V] từ 5 năm",) * 2, "không: dịp 44.4.c[V]"),
    ("hcld-ba", "doanh-nghiep", *("44.5[V] 44.4.c[V] từ 5 năm",) * 2, "không: dịp 44.5[V] 44.4.c[V]"),
    ("hcld-ba", "ho-gia-dinh", *("không: Luật 44[V]",) * 3),
    ("co-chinh-phu", "ca-nhan", *("không: Luật 25.3[V]",) * 3),
    ("co-chinh-phu", "cong-nhan-nong-dan", *("không: Luật 25.3[V]",) * 3),
    ("co-chinh-phu", "doanh-nhan", *("không: Luật 25.3[V]",) * 3),
    ("co-chinh-phu", "tri-thuc", *("không: Luật 25.3[V]",) * 3),
    ("co-chinh-phu", "tap-the", *("không: cấp 25.3[V]",) * 3),
    ("co-chinh-phu", "doanh-nghiep", *("không: cấp 25.3[V]",) * 3),
    ("co-chinh-phu", "ho-gia-dinh", *("không: Luật 25.3[V]",) * 3),
    ("bk-ttg", "ca-nhan", *("73.1.a[V]",) * 3),
    ("bk-ttg", "cong-nhan-nong-dan", *("73.2.a[V] 73.1.a[V]",) * 3),
    ("bk-ttg", "doanh-nhan", *("73.3[V] người xem",) * 3),
    ("bk-ttg", "tri-thuc", *("73.3[V] người xem",) * 3),
    ("bk-ttg", "tap-the", *("73.4.d[V] từ 3 năm",) * 2, "không: dịp 73.4.d[V]"),
    ("bk-ttg", "doanh-nghiep", *("73.5[V] 73.4.d[V] từ 3 năm",) * 2, "73.5[V] người xem"),
    ("bk-ttg", "ho-gia-dinh", *("73.6[V] người xem",) * 3),
    ("co-tinh", "ca-nhan", *("không: Luật 26.2[V]",) * 3),
    ("co-tinh", "cong-nhan-nong-dan", *("không: Luật 26.2[V]",) * 3),
    ("co-tinh", "doanh-nhan", *("không: Luật 26.2[V]",) * 3),
    ("co-tinh", "tri-thuc", *("không: Luật 26.2[V]",) * 3),
    ("co-tinh", "tap-the", "không: dịp 26.2[V]", "26.2[V] từ 3 năm", "không: dịp 26.2[V]"),
    ("co-tinh", "doanh-nghiep", "không: dịp 26.2[V]", "26.2[V] từ 3 năm", "không: dịp 26.2[V]"),
    ("co-tinh", "ho-gia-dinh", *("không: Luật 26.2[V]",) * 3),
    ("bk-tinh", "ca-nhan", *("74.1.a[V]",) * 3),
    ("bk-tinh", "cong-nhan-nong-dan", *("74.1.a[V]",) * 3),
    ("bk-tinh", "doanh-nhan", *("74.2[V] 74.1.a[V]",) * 3),
    ("bk-tinh", "tri-thuc", *("74.2[V] 74.1.a[V]",) * 3),
    ("bk-tinh", "tap-the", *("74.3.a[V]",) * 3),
    ("bk-tinh", "doanh-nghiep", *("74.4[V] 74.3.a[V]",) * 3),
    ("bk-tinh", "ho-gia-dinh", *("74.5[V] người xem",) * 3),
    ("giay-khen", "ca-nhan", *(GIAY_KHEN,) * 3),
    ("giay-khen", "cong-nhan-nong-dan", *(GIAY_KHEN,) * 3),
    ("giay-khen", "doanh-nhan", *(GIAY_KHEN,) * 3),
    ("giay-khen", "tri-thuc", *(GIAY_KHEN,) * 3),
    ("giay-khen", "tap-the", *(GIAY_KHEN,) * 3),
    ("giay-khen", "doanh-nghiep", *(GIAY_KHEN,) * 3),
    ("giay-khen", "ho-gia-dinh", *(GIAY_KHEN,) * 3),
]
CODES = {"occasion": "dịp", "issuer": "cấp", "aside": "Luật", "subject": "tệp"}


def reach(awards: Awards, award: str, subject: str, kind: Kind, issuer: Issuer = "tinh") -> Reach:
    form, who = awards.award(award), awards.subject(subject)
    assert form is not None and who is not None
    return route_of(awards, form, who, kind, issuer)


def shown(law: Law, found: Reach) -> str:
    """A cell as the table writes it."""
    words = []
    for ident in found.facts:
        fact = law.facts[ident]
        place = ".".join(str(part) for part in (fact.article, fact.clause, fact.point) if part)
        words.append(f"{place or ident}[{fact.mark}]")
    if found.route is None:
        return f"không: {CODES[found.refused[0].code]} {' '.join(words)}"
    if found.route.least_years:
        words.append(f"từ {found.route.least_years} năm")
    return " ".join([*words, *(["người xem"] if found.route.asks else [])])


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row[0]}-{row[1]}")
def test_every_award_and_subject_of_the_law(row: tuple[str, str, str, str, str]) -> None:
    file = award_file()
    kinds: tuple[Kind, ...] = get_args(Kind)
    assert tuple(shown(file.law, reach(file.awards, row[0], row[1], kind)) for kind in kinds) == row[2:]


def test_the_table_leaves_nothing_out() -> None:
    awards = catalogue()
    assert [row[:2] for row in MATRIX] == [(form.id, who.id) for form in awards.awards for who in awards.subjects]


def test_movements_of_others_reach_what_the_law_gives_them() -> None:
    """The Prime Minister's movement opens hạng Nhất, hạng Nhì, Cờ Chính phủ to collectives, and no length is asked for hạng Ba."""
    awards, law = catalogue(), award_file().law
    cells = [
        ("hcld-nhat", "tap-the", "so-ket", "thu-tuong", "42.4.c[V]"),
        ("hcld-nhat", "doanh-nghiep", "tong-ket", "chu-tich-nuoc", "42.5[V] 42.4.c[V]"),
        ("hcld-nhi", "tap-the", "tong-ket", "thu-tuong", "43.4.c[V]"),
        ("hcld-ba", "tap-the", "so-ket", "thu-tuong", "44.4.c[V]"),
        ("hcld-ba", "ca-nhan", "so-ket", "thu-tuong", "không: cấp 44.1.a[V]"),
        ("co-chinh-phu", "tap-the", "so-ket", "thu-tuong", "25.3[V] từ 5 năm"),
        ("co-chinh-phu", "tap-the", "so-ket", "chu-tich-nuoc", "không: cấp 25.3[V]"),
        ("bk-ttg", "tap-the", "so-ket", "thu-tuong", "73.4.d[V]"),
        ("bk-ttg", "tap-the", "so-ket", "xa", "không: cấp 73.4.d[V]"),
        ("bk-ttg", "ca-nhan", "thuc-day", "xa", "73.1.a[V]"),
        ("co-tinh", "tap-the", "tong-ket", "xa", "không: cấp 26.2[V]"),
        ("bk-tinh", "ca-nhan", "so-ket", "xa", "không: cấp 74.1.a[V]"),
        ("bk-tinh", "tap-the", "so-ket", "xa", "74.3.a[V]"),
    ]
    found = [
        (award, who, kind, issuer, shown(law, reach(awards, award, who, kind, issuer)))  # type: ignore[arg-type]
        for award, who, kind, issuer, _ in cells
    ]
    assert found == cells


def test_a_reached_award_says_what_its_dossier_must_not_mix_in() -> None:
    found = reach(catalogue(), "hcld-ba", "tap-the", "so-ket")
    assert [one.facts for one in found.refused if one.code == "aside"] == [("luat-44-4-d",), ("luat-44-4-dd",)]
    assert [one.code for one in found.refused] == ["issuer", "aside", "aside"]


def test_a_route_that_asks_nobody_goes_first() -> None:
    """Khoản 5 Điều 73: through the movement, or a contribution that the province has recognised."""
    found = reach(catalogue(), "bk-ttg", "doanh-nghiep", "so-ket")
    assert [bool(route.asks) for route in found.routes] == [False, True]
    turned = catalogue().award("bk-ttg")
    assert turned is not None
    backwards = turned.model_copy(update={"routes": turned.routes[::-1]})
    who = catalogue().subject("doanh-nghiep")
    assert who is not None
    again = route_of(catalogue(), backwards, who, "so-ket", "tinh")
    assert again.route is not None and not again.route.asks


def test_no_way_at_all_is_said() -> None:
    awards = catalogue()
    form, who = awards.award("bk-ttg"), awards.subject("ho-gia-dinh")
    assert form is not None and who is not None
    bare = form.model_copy(update={"routes": form.routes[:1], "asides": []})
    found = route_of(awards, bare, who, "so-ket", "tinh")
    assert found.route is None and found.refused[0].code == "subject"
    assert found.refused[0].why == "Tệp khen thưởng không nêu Bằng khen của Thủ tướng Chính phủ cho hộ gia đình."


def test_planned_years_count_both_ends() -> None:
    awards = catalogue()
    assert planned_years(awards) == 5
    for first, last, years in (
        ("2025-04-01", "2030-03-31", 5),
        ("2025-04-01", "2030-03-30", 4),
        ("2024-02-29", "2029-02-28", 5),
        ("2026-01-01", "2026-01-01", 0),
    ):
        data = {"issuer": "tinh", "from": first, "to": last}
        frame = type(awards.frame).model_validate(data)
        assert planned_years(awards.model_copy(update={"frame": frame})) == years, (first, last)
    unknown = awards.frame.model_copy(update={"from_": None, "from_earliest": None, "from_latest": None})
    assert planned_years(awards.model_copy(update={"frame": unknown})) is None


def test_only_what_this_movement_reaches_is_offered() -> None:
    awards = catalogue()
    years = planned_years(awards)
    assert [one.id for one in awards.awards if not any(reachable(awards, one, years))] == [
        one.id for one in awards.awards if not one.offered
    ]
    assert [one.id for one in awards.awards if not one.offered] == ["hcld-nhat", "hcld-nhi", "co-chinh-phu"]


# --- quotes --------------------------------------------------------------------------------------------------------


def words(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("basis", "text", "least"),
    [
        ("luat-06-2022", "luat-06-2022-qh15-trich.txt", 80),
        ("kh-phong-trao", "ke-hoach-phong-trao-trich.txt", 8),
        ("qd-86-bac-ninh", "qd-86-2025-bac-ninh-trich.txt", 11),
    ],
)
def test_quotes_are_verbatim(basis: str, text: str, least: int) -> None:
    known = words(TEXTS / text)
    quoted = [one for one in catalogue().facts if one.basis == basis and one.quote]
    assert len(quoted) >= least
    assert [one.id for one in quoted if " ".join((one.quote or "").split()) not in known] == []


def test_quotes_of_the_law_stand_in_their_article() -> None:
    """Not only anywhere: in the article and clause, and behind the letter that the fact names."""
    articles: dict[int, list[str]] = {}
    for line in (TEXTS / "luat-06-2022-qh15-trich.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("Điều ") and line.partition(". ")[0][5:].isdecimal():
            articles[int(line.partition(". ")[0][5:])] = [line.partition(". ")[2]]
        elif articles:
            articles[max(articles)].append(line)
    for fact in (one for one in catalogue().facts if one.basis == "luat-06-2022"):
        lines = articles[fact.article or 0]
        if fact.clause:
            start = next(at for at, line in enumerate(lines) if line.startswith(f"{fact.clause}."))
            after = (at for at, line in enumerate(lines) if at > start and line.startswith(f"{fact.clause + 1}."))
            lines = lines[start : next(after, len(lines))]
        if fact.point:
            lines = [line for line in lines if line.startswith(f"{fact.point}) ")]
        assert fact.quote and fact.quote in " ".join(lines), fact.id


def test_other_provinces_are_models_only() -> None:
    """What another body has decided is never verbatim law here, and says so."""
    for fact in catalogue().facts:
        if fact.basis in ("qd-86-bac-ninh", "tt-25-2025-bkhcn", "tt-25-2023-nhnn"):
            assert fact.mark == "S" and "dùng làm mẫu" in (fact.note or ""), fact.id
    routes = [fact for form in catalogue().awards for route in form.routes for fact in route.facts]
    assert {award_file().law.facts[one].basis for one in routes} == {"luat-06-2022", "qd-tdkt-tinh"}


# --- the fictitious movement ---------------------------------------------------------------------------------------


def test_nothing_of_the_matrix_is_in_the_code() -> None:
    """A commune's movement: one award, its own subjects, steps and clauses; the province's award is out of its reach."""
    file = second()
    assert shown(file.law, reach(file.awards, "giay-khen", "ap", "thuc-day", "xa")) == "1.1[V]"
    assert shown(file.law, reach(file.awards, "bang-khen", "ap", "tong-ket", "xa")) == "không: cấp 4[V]"
    assert shown(file.law, reach(file.awards, "bang-khen", "nguoi-trong-sen", "tong-ket", "xa")) == "không: tệp 4[V]"
    form = file.awards.award("giay-khen")
    assert form is not None and [one.id for one in file.awards.steps_of(form)] == ["hop-ap", "ky"]
    assert file.law.citation("sen-1") == (
        "khoản 1 Điều 1 Quyết định số 7/QĐ-HS ngày 03/02/2026 của Huyện đảo Hoa Sen (tưởng tượng) phát động phong trào trồng sen"
    )
