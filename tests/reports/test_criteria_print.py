"""thidua criteria print: everything a set says stands in the annex, printed maxima add up, trial points say so on every page."""

from __future__ import annotations

import hashlib
import io
import shutil
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from criteria import load
from criteria.criteria_set import TRIAL_STAMP, CriteriaSet
from criteria.declarations.node import Entry, Node
from criteria.exact import show_vietnamese
from criteria.loading import load_text
from criteria.movements.reading import CATALOG, movements, set_files
from reports.layout.nghi_dinh_30 import layout_problems
from reports.letters.kinds import template_problems
from reports.letters.templates import printed
from reports.standard.annex import STANDARD, printed_standard, standard_fields, template_path
from reports.standard.words import mark_of
from reports.wording.texts import line
from thidua.calling import Called
from thidua.commands.criteria import criteria as command

FICTITIOUS = Path(__file__).resolve().parents[1] / "movements"
SETS = [path for folder in [*movements(CATALOG), *movements(FICTITIOUS)] for path in set_files(folder)]
RICH = """
criteria_set: giau
title: "Bộ đủ thứ"
group: a
valid_from: 2026-01-01
status: decided
bases: [{id: qd, document: "Quyết định ban hành tiêu chuẩn", number: "5/QĐ-HĐ", date: 2026-01-01, issuer: "Hội đồng"}]
clause: {basis: qd, place: "Điều 2"}
verified_by: ban
points: {places: 2, max: 30}
attributes:
  vai: {label: "Vai trò", levels: ["phụ", "chính"]}
measures:
  n: {label: "Việc được giao", unit: việc}
  k: {label: "Việc đã xong", unit: việc, at_most: n}
  bad: {label: "Lần vi phạm", unit: lần}
  good: {label: "Sáng kiến", unit: sáng kiến}
settings:
  bar: {label: "Mức phải đạt", value: 50}
tree:
  - id: P1
    text: "Phần một"
    children:
      - {id: A1, text: "Xong việc <b>&", max: 10, linear: {of: k / n, when_zero: full},
         gate: {need: k > 0, say: "Chưa xong việc nào"}}
      - id: A2
        text: "Trung bình hai ý"
        max: 10
        combine: mean
        children:
          - {id: A2a, text: "Ý một", max: 10, count: {of: good, each: 2}, evidence: {kind: bc, label: "Báo cáo năm", required: true}}
          - {id: A2b, text: "Ý hai", max: 10, full: good >= 1, when: {need: 'vai = "chính"', else: zero}}
  - {id: A3, text: "Kỷ luật", max: 10, full: true, floor: 0, verified_by: to-kiem-tra,
     less: {cap: 8, items: [{id: T1, text: "Mỗi lần vi phạm", count: bad, each: 3, cap: 6}, {text: "Vi phạm nặng", when: bad > 5, value: 2}]}}
plus:
  cap: 2
  items: [{id: C1, text: "Được biểu dương", count: good, each: 1}]
grades:
  - {name: "Xuất sắc", need: total >= 25, quota: {share: 20%, at_least: 1}}
  - {name: "Đạt", need: total >= 15}
  - {otherwise: human, decided_by: "Hội đồng"}
rank: {by: total, then: [points(A1)]}
"""


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    texts = [paragraph.text or "" for paragraph in document.element.body.iter() if paragraph.tag.endswith("}t")]
    return "\n".join(texts)


@lru_cache(maxsize=32)
def annex(path: Path) -> tuple[CriteriaSet, bytes]:
    bound = load(path)
    content, problems = printed_standard(bound, path)
    assert problems == []
    return bound, content


def table_of(content: bytes) -> list[list[str]]:
    """Rows below the head."""
    (table,) = docx.Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def rich(tmp_path: Path) -> tuple[CriteriaSet, bytes]:
    path = tmp_path / "giau.yaml"
    path.write_text(RICH, encoding="utf-8")
    bound = load_text(RICH, file=str(path))
    content, problems = printed_standard(bound, path)
    assert problems == []
    return bound, content


def everything(bound: CriteriaSet) -> list[str]:
    """What a reader of the file would look for."""
    found: list[str | None] = [line(bound.title).upper()]

    def block(node: Node | Entry, inside: CriteriaSet) -> None:
        found.append(node.text)
        if node.shape is not None and (isinstance(node, Entry) or node.enabled):
            found.append(node.shape.rule().rstrip("."))
        found.extend(one.label or one.kind for one in node.evidence)
        found.extend(inside.bodies.get(one, one) for one in node.verified_by)
        found.extend(clause.place for clause in node.clause)

    def visit(nodes: list[Node]) -> None:
        for node in nodes:
            block(node, bound)
            found.append(node.id)
            for control in (*node.gate, *node.stop, *node.zero, *node.flag):
                found.append(control.say)
                found.append(control.need.term.formula() if control.need.bound else None)
            for entry in node.entries():
                block(entry, bound)
            visit(node.children)

    visit(bound.declaration.tree or [])
    for entry in bound.declaration.entries():
        block(entry, bound)
    for grade in bound.declaration.grades:
        found += [grade.name, grade.need.term.formula() if grade.need else grade.decided_by]
    assert bound.declaration.rank is not None
    found += [one.term.formula() for one in bound.declaration.rank.then]
    found += [setting.label for setting in bound.declaration.settings.values()]
    found += [measure.label for measure in bound.declaration.measures.values()]
    found += [bound.bases[clause.basis].words() for node in bound.nodes() for clause in bound.carried[node.id].clauses]
    return [printed(line(one)) for one in found if one]


def lacking(bound: CriteriaSet, content: bytes) -> list[str]:
    text = text_of(content).casefold()
    return [one for one in everything(bound) if one.casefold() not in text]


@pytest.mark.parametrize("path", SETS, ids=[path.stem for path in SETS])
def test_everything_of_a_set_is_printed(path: Path) -> None:
    bound, content = annex(path)
    assert len(everything(bound)) > 10
    assert lacking(bound, content) == []


def test_everything_of_a_rich_set_is_printed(tmp_path: Path) -> None:
    bound, content = rich(tmp_path)
    assert lacking(bound, content) == []
    rows = {row[0].split("(")[-1].rstrip(")"): row for row in table_of(content)}
    assert [row[2] for row in table_of(content)] == ["20", "10", "10", "(10)", "(10)", "10", "", "", "", "", "", "30"]
    assert rows["A1"][3] == (
        "Theo tỷ lệ: Việc đã xong / Việc được giao; đạt 100 % thì trọn điểm; không có gì để tính thì được trọn điểm."
    )
    assert rows["A2"][3] == "Điểm là trung bình cộng điểm các ý."
    assert rows["A2b"][3].splitlines()[1] == "Áp dụng khi Vai trò = “chính”; không thì 0 điểm."
    assert rows["A2a"][4] == "Báo cáo năm (bắt buộc)."
    assert rows["A3"][5] == "to-kiem-tra"
    assert rows["T1"][3].splitlines()[-1] == "Không quá 6 điểm."
    text = text_of(content)
    assert "Cả nhóm trừ không quá 8 điểm." in text and "Cả nhóm cộng không quá 2 điểm." in text
    assert (
        "“Xuất sắc”: tổng điểm ≥ 25; trong mỗi cụm, khối không quá 20 % số đối tượng được chấm, làm tròn xuống, ít nhất 1."
        in text
    )
    assert "Trường hợp còn lại: Hội đồng quyết định." in text
    assert "[1] Quyết định số 5/QĐ-HĐ ngày 01/01/2026 của Hội đồng ban hành tiêu chuẩn." in text
    assert "Ghi chú của dự thảo" not in text and TRIAL_STAMP not in text


@pytest.mark.parametrize("path", SETS, ids=[path.stem for path in SETS])
def test_printed_maxima_add_up_to_the_printed_total(path: Path) -> None:
    """Of the rows that are added: the leaves of sums, and nodes that combine otherwise, each as printed."""
    bound, content = annex(path)
    rows = table_of(content)
    printed_marks = {row[0].split("(")[-1].rstrip(")"): row[2] for row in rows}
    total = next(row[2] for row in rows if row[1] == "Tổng cộng")

    def value(text: str) -> Decimal:
        return Decimal(text.strip("()").replace(".", "").replace(",", "."))

    def added(node: Node) -> Decimal:
        if not node.parts or node.combine.how != "sum":
            return value(printed_marks[node.id])
        below = sum((added(child) for child in node.parts), Decimal(0))
        assert below == value(printed_marks[node.id]), node.id
        return below

    assert bound.declaration.combine.how == "sum"
    assert sum((added(part) for part in bound.declaration.parts), Decimal(0)) == value(total)
    for node in bound.nodes():
        mark = mark_of(bound, node)
        assert mark is not None and printed_marks[node.id].strip("()") == show_vietnamese(mark)


@pytest.mark.parametrize("path", SETS, ids=[path.stem for path in SETS])
def test_layout_stamps_and_receipt(path: Path) -> None:
    bound, content = annex(path)
    assert layout_problems(content, "phu-luc-tieu-chuan") == []
    section = docx.Document(io.BytesIO(content)).sections[0]
    for header in (section.header, section.first_page_header):
        shown = "\n".join(one.text for one in header.paragraphs)
        assert (TRIAL_STAMP in shown) == bound.trial
        assert ("SỐ LIỆU MINH HỌA" in shown) == bound.declaration.illustration
    assert hashlib.sha256(path.read_bytes()).hexdigest() in text_of(content)
    assert bound.sha256 in text_of(content)
    assert printed_standard(bound, path)[0] == content


def test_no_cell_is_without_a_paragraph() -> None:
    """Word calls a file broken in which a cell holds none."""
    for path in SETS:
        (table,) = docx.Document(io.BytesIO(annex(path)[1])).tables
        assert all(cell.findall("{*}p") for cell in table._tbl.iter("{*}tc"))
        assert {len(row.findall("{*}tc")) for row in table._tbl.findall("{*}tr")} == {7}


def test_the_template_knows_its_fields() -> None:
    path = template_path(SETS[0])
    assert template_problems(STANDARD, path.read_bytes(), path) == []
    given = standard_fields(annex(SETS[0])[0], SETS[0])
    assert set(given) == set(STANDARD.sample())
    assert set(given["danh_sach"][0]) == set(STANDARD.sample()["danh_sach"][0])


def run(folder: Path, *arguments: str) -> Any:
    return CliRunner().invoke(command, ["print", *arguments], obj=Called(folder))


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(tmp_path, "ap-khong-co").exit_code == 1
    source = next(path for path in SETS if path.stem == "ap")
    shutil.copytree(source.parent, tmp_path / "phong-trao-sen")
    copy = tmp_path / "phong-trao-sen" / "ap.yaml"
    made = run(tmp_path, str(copy), "--period", "2027")
    assert made.exit_code == 0, made.output
    out = tmp_path / "phu-luc-tieu-chuan-ap.docx"
    assert "Bản in cho kỳ 2027." in text_of(out.read_bytes())
    assert run(tmp_path, str(copy), "--period", "2027").exit_code == 0
    out.write_bytes(out.read_bytes() + b" ")
    changed = run(tmp_path, str(copy), "--period", "2027")
    assert changed.exit_code == 1 and "nội dung khác" in changed.output
    assert run(tmp_path, str(copy), "--replace").exit_code == 0
    wrong = run(tmp_path, str(copy), "--period", "2026", "--out", "khac.docx")
    assert wrong.exit_code == 1 and "không trọn kỳ 2026" in wrong.output
    assert not (tmp_path / "khac.docx").exists()
    assert "không phải là tên một kỳ" in run(tmp_path, str(copy), "--period", "năm nay").output
    (tmp_path / "phong-trao-sen" / "mau").mkdir()
    (tmp_path / "phong-trao-sen" / "mau" / STANDARD.file).write_bytes(b"PK")
    broken = run(tmp_path, str(copy), "--replace")
    assert broken.exit_code == 1 and "Word" in broken.output
