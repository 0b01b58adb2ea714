"""Charts in Word and the workbook behind them: the numbers are those given, the package is one that Word opens."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from fractions import Fraction

import docx
import openpyxl
import pytest
from lxml import etree

from reports.charts.chart import NO_FIGURES, Chart, Series
from reports.charts.word import chart_marker, charts_in_word
from reports.charts.workbook import charts_workbook
from reports.letters.templates import printed
from tests.reports.charts.chart_support import cached, document_with, in_cells, out_of_order, parts

HOSTILE = ('=HYPERLINK("http://x")', "<b>&amp;</b> ]]>", "\ue0c0cot\ue0c1 \x00\x08", "nan", "2026", "1_000")


def chart(kind: str = "column", ident: str = "cot", **changed: object) -> Chart:
    given = {
        "title": "Điểm bình quân",
        "categories": ("Sở", "Xã", "Cá nhân"),
        "series": (
            Series("Năm 2026", (Fraction("9.95"), Fraction(1, 3), None)),
            Series("Năm 2027", (Fraction(3, 10), -2, Fraction(200, 3))),
        ),
        "unit": "điểm",
        "places": 2,
        "source": "Kết quả chính thức năm 2026, 2027",
        **changed,
    }
    return Chart(ident, kind=kind, **given)  # type: ignore[arg-type]


WANTED = {
    "Năm 2026": {"Sở": Decimal("9.95"), "Xã": Decimal("0.33"), "Cá nhân": None},
    "Năm 2027": {"Sở": Decimal("0.30"), "Xã": Decimal("-2"), "Cá nhân": Decimal("66.67")},
}


@pytest.mark.parametrize("kind", ["column", "bar", "stacked", "line"])
def test_word_chart_and_its_workbook_hold_the_given_numbers(kind: str) -> None:
    content = charts_in_word(document_with("cot"), {"cot": chart(kind)})
    (xml,) = parts(content, "word/charts/").values()
    (book,) = parts(content, "word/embeddings/").values()
    root = etree.fromstring(xml)
    assert cached(root) == WANTED
    assert in_cells(book) == WANTED
    assert b"9.949" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert out_of_order(root) == []


def test_word_package_ties_the_chart_to_its_workbook_and_python_docx_opens_it() -> None:
    content = charts_in_word(document_with("cot", "duong"), {"cot": chart(), "duong": chart("line", "duong")})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        types = package.read("[Content_Types].xml").decode()
        assert types.count("drawingml.chart+xml") == 2
        assert "spreadsheetml.sheet" in types
        relation = etree.fromstring(package.read("word/charts/_rels/chart2.xml.rels"))[0]
        assert relation.get("Target") == "../embeddings/Bieu_do_2.xlsx"
        data = etree.fromstring(package.read("word/charts/chart2.xml"))[-1]
        assert etree.QName(data).localname == "externalData"
        assert data.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id") == relation.get("Id")
    document = docx.Document(io.BytesIO(content))
    assert "\ue0c0" not in document.element.xml
    texts = [one.text for one in document.paragraphs]
    assert texts == ["Trước cot", "", "Nguồn: Kết quả chính thức năm 2026, 2027.", "Trước duong", "", texts[2]]
    shapes = [one._inline.docPr for one in document.inline_shapes]
    assert [one.get("id") for one in shapes] == ["1", "2"]
    assert "Sở 9,95; Xã 0,33; 1 mục chưa có số liệu. Năm 2027: Sở 0,30; Xã −2,00; Cá nhân 66,67." in shapes[0].get(
        "descr"
    )


def test_names_from_units_stay_text() -> None:
    hostile = chart(
        categories=HOSTILE,
        series=(Series("=1+1", tuple(range(6))), Series("", (None,) * 6)),
        places=0,
        title="=cmd|' /C calc'!A0",
    )
    content = charts_in_word(document_with("cot"), {"cot": hostile})
    (xml,) = parts(content, "word/charts/").values()
    names = [printed(one) for one in HOSTILE]
    assert names[2] == "cot"
    root = etree.fromstring(xml)
    assert cached(root)["=1+1"] == {name: Decimal(at) for at, name in enumerate(names)}
    assert root.findtext("{*}chart/{*}title//{*}t") == "cmd|' /C calc'!A0 (điểm)"
    assert b"numRef" not in b"".join(etree.tostring(one) for one in root.iter("{*}cat"))
    book = charts_workbook([hostile], "=1+1", ["=SUM(A1)"])
    assert b"<f>" not in b"".join(parts(book, "xl/worksheets/").values())
    assert in_cells(book, "BĐ 1", 4)["=1+1"] == {name: Decimal(at) for at, name in enumerate(names)}


def test_text_of_a_unit_cannot_be_a_marker() -> None:
    assert printed(chart_marker("cot")) == "cot"


def test_a_marker_beside_other_text_leaves_the_text() -> None:
    document = docx.Document()
    document.add_paragraph(f"Xem {chart_marker('cot')} dưới đây")
    document.add_table(rows=1, cols=1).rows[0].cells[0].paragraphs[0].add_run(chart_marker("cot"))
    stream = io.BytesIO()
    document.save(stream)
    made = docx.Document(io.BytesIO(charts_in_word(stream.getvalue(), {"cot": chart()})))
    assert made.paragraphs[0].text == "Xem  dưới đây"
    assert len(parts(charts_in_word(stream.getvalue(), {"cot": chart()}), "word/charts/")) == 2
    assert made.tables[0].rows[0].cells[0].paragraphs[-1].text.startswith("Nguồn")


def test_a_marker_without_a_chart_is_an_error() -> None:
    with pytest.raises(ValueError, match="duong"):
        charts_in_word(document_with("duong"), {"cot": chart()})


def test_a_chart_without_figures_says_so() -> None:
    for empty in (chart(categories=(), series=()), chart(series=(Series("Năm", (None, None, None)),))):
        content = charts_in_word(document_with("cot"), {"cot": empty})
        assert parts(content, "word/charts/") == {}
        texts = [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]
        assert texts[1:3] == ["Điểm bình quân (điểm)", NO_FIGURES]
        book = charts_workbook([empty], "Biểu đồ", [])
        assert parts(book, "xl/charts/") == {}
        assert NO_FIGURES in str(list(openpyxl.load_workbook(io.BytesIO(book))["BĐ 1"].values))


@pytest.mark.parametrize(("count", "pieces"), [(1, 1), (30, 1), (120, 4)])
def test_a_long_chart_is_shared_out_evenly_under_one_axis(count: int, pieces: int) -> None:
    names = tuple(f"Xã {number}" for number in range(count))
    values = tuple(Fraction(number, 7) for number in range(1, count + 1))
    long = chart("bar", categories=names, series=(Series("Điểm", values),))
    content = charts_in_word(document_with("cot"), {"cot": long})
    roots = [etree.fromstring(one) for _, one in sorted(parts(content, "word/charts/").items())]
    assert len(roots) == pieces
    together: dict[str, Decimal | None] = {}
    for root in roots:
        together |= cached(root)["Điểm"]
    assert list(together) == list(names)
    assert together == {name: long.number(value) for name, value in zip(names, values)}
    ends = {one.get("val") for root in roots for one in root.findall(".//{*}valAx/{*}scaling/{*}max")}
    assert len(ends) == (1 if pieces > 1 else 0)
    assert all(Decimal(end) >= max(together.values()) for end in ends)  # type: ignore[type-var]
    heights = [one.height for one in docx.Document(io.BytesIO(content)).inline_shapes]
    assert max(heights) <= (297 - 40 - 30) * 36000


def test_the_workbook_lists_every_chart_with_its_numbers_source_and_stamp() -> None:
    made = [chart(), chart("line", "duong", title="Qua các năm", source="Nguồn: sổ nhiệm vụ.")]
    content = charts_workbook(made, "Số liệu sau biểu đồ", ["SỐ LIỆU MINH HỌA"])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Danh mục", "BĐ 1", "BĐ 2"]
    assert [one.value for one in book["Danh mục"][6]] == ["2", "Qua các năm (điểm)", "BĐ 2", "Nguồn: sổ nhiệm vụ."]
    for name in book.sheetnames:
        assert book[name]["A2"].value == "SỐ LIỆU MINH HỌA"
        assert "SỐ LIỆU MINH HỌA" in book[name].oddFooter.left.text
    for name in book.sheetnames[1:]:
        assert in_cells(content, name, 4) == WANTED
    for xml in parts(content, "xl/charts/").values():
        assert cached(etree.fromstring(xml)) == WANTED
    assert "Nguồn: sổ nhiệm vụ." in [row[0] for row in book["BĐ 2"].values]


def test_a_title_has_the_height_that_the_columns_of_its_sheet_leave_it() -> None:
    """Four narrow columns beside the names are less wide than three wide ones: a title just too long for them takes two lines."""
    series = tuple(Series(name, (Fraction(1), Fraction(2), Fraction(3))) for name in ("Một", "Hai", "Ba", "Bốn"))
    long = {"kind": "stacked", "title": "Số đối tượng theo mức xếp loại, năm 2026", "unit": "đối tượng"}
    sheets = [
        openpyxl.load_workbook(io.BytesIO(charts_workbook([chart(**long, series=some)], "Kỳ", ["Thử"])))["BĐ 1"]
        for some in (series[:3], series)
    ]
    one, two = (sheet.row_dimensions[1].height for sheet in sheets)
    assert two > 1.9 * one  # Excel keeps heights by quarters of a point


@pytest.mark.parametrize(
    ("values", "start"),
    [
        ((87, 91, 95), 80),
        ((Fraction("87.2"), Fraction("88.9")), 87),
        ((10, 95), 0),
        ((-3, 5), 0),
        ((), 0),
        ((90, 90), 90),
    ],
)
def test_an_axis_of_lines_that_does_not_begin_at_zero_says_so(values: tuple[Fraction, ...], start: int) -> None:
    """All lines in the upper half: else seven groups between 80 and 95 % would lie on one another."""
    names = tuple(str(2025 + number) for number in range(len(values)))
    one = chart("line", "duong", categories=names, series=(Series("Nhóm a", values),), places=2)
    assert one.start() == start
    assert one.source_sentence.endswith(f"Trục đứng bắt đầu từ {start}." if start else "2027.")
    if values:
        ((_, xml),) = parts(charts_workbook([one], "Biểu đồ", []), "xl/charts/").items()
        (least,) = etree.fromstring(xml).findall(".//{*}valAx/{*}scaling/{*}min")
        assert Decimal(least.get("val")) == start


def test_many_lines_carry_no_numbers() -> None:
    def labels(count: int) -> int:
        series = tuple(Series(f"Nhóm {n}", (80 + n, 90 + n)) for n in range(count))
        ((_, xml),) = parts(
            charts_workbook([chart("line", categories=("2025", "2026"), series=series)], "B", []), "xl/charts/"
        ).items()
        return len(etree.fromstring(xml).findall(".//{*}ser/{*}dLbls"))

    assert (labels(2), labels(3)) == (2, 0)


def test_same_charts_same_bytes() -> None:
    given, document = {"cot": chart(), "thanh": chart("bar", "thanh")}, document_with("cot", "thanh")
    assert charts_in_word(document, given) == charts_in_word(document, given)
    once = charts_workbook(list(given.values()), "Biểu đồ", ["SỐ LIỆU MINH HỌA"])
    assert once == charts_workbook(list(given.values()), "Biểu đồ", ["SỐ LIỆU MINH HỌA"])
    with zipfile.ZipFile(io.BytesIO(once)) as package:
        assert {member.date_time[0] for member in package.infolist()} == {1980}


def test_a_series_needs_a_value_for_every_category() -> None:
    with pytest.raises(ValueError, match="number of values"):
        chart(series=(Series("Năm", (1,)),))


def test_every_chart_is_black_and_white_or_says_by_darkness() -> None:
    """Neighbouring fills differ in darkness by more than a printer's eighth."""
    many = chart(series=tuple(Series(f"Năm {year}", (1, 2, 3)) for year in range(2025, 2028)))
    content = charts_in_word(document_with("cot"), {"cot": many})
    (xml,) = parts(content, "word/charts/").values()
    fills = [one.find("{*}spPr/{*}solidFill/{*}srgbClr").get("val") for one in etree.fromstring(xml).iter("{*}ser")]
    darkness = [
        sum(int(fill[at : at + 2], 16) * weight for at, weight in ((0, 299), (2, 587), (4, 114))) / 255000
        for fill in fills
    ]
    assert all(abs(one - other) > 0.2 for at, one in enumerate(darkness) for other in darkness[:at])
