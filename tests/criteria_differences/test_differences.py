"""Every kind of change of a standard, said once, with its lines; a set and itself have none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from criteria.differences.changes import Change
from criteria.differences.sets import differences
from criteria.loading import read_set
from criteria.movements.reading import movements, set_files
from tests.criteria_differences.support import loaded, standard

Edit = Callable[[dict[str, Any]], object]


def changed(edit: Edit) -> list[Change]:
    data = standard()
    edit(data)
    return list(differences(loaded(standard()), loaded(data)).changes)


def told(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.subject, one.field, one.shown) for one in changes]


def leaf(data: dict[str, Any], part: int, number: int) -> dict[str, Any]:
    found: dict[str, Any] = data["tree"][part]["children"][number]
    return found


@pytest.mark.parametrize(
    "file", [file for folder in movements() for file in set_files(folder)], ids=lambda file: file.stem
)
def test_a_standard_of_the_catalogue_does_not_differ_from_itself(file: Path) -> None:
    first, _ = read_set(file)
    again, _ = read_set(file)
    assert first is not None and again is not None
    assert differences(first, again).changes == ()


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda d: leaf(d, 0, 1).update(text="Công khai đầy đủ kết quả"), [("text", "A2", "lời tiêu chí", "Công khai {+đầy đủ+} kết quả")]),
        (
            lambda d: (leaf(d, 0, 0).update(max="12.5"), leaf(d, 0, 1).update(max="7.5")),
            [("points", "A1", "điểm tối đa", "10 → 12,5"), ("points", "A2", "điểm tối đa", "10 → 7,5")],
        ),
        (
            lambda d: leaf(d, 1, 0).update(count={"of": "times", "each": "2.5"}),
            [("rule", "B1", "cách chấm", "mỗi Số mô hình [-5-] {+2,5+} điểm")],
        ),
        (
            lambda d: leaf(d, 0, 0).update(clause={"basis": "quyet-dinh", "place": "Điều 5", "quote": "hoàn thành nhiệm vụ"}),
            [("clause", "A1", "căn cứ: vị trí", "Điều 4 → Điều 5")],
        ),
        (
            lambda d: leaf(d, 0, 1).update(verified_by="so-noi-vu"),
            [("verifier", "A2", "cơ quan thẩm định", "so-khcn → so-noi-vu")],
        ),
        (
            lambda d: leaf(d, 0, 0)["evidence"][0].update(required="false"),
            [("evidence", "A1", "minh chứng: bắt buộc", "có → không")],
        ),
        (
            lambda d: d.update(gate={"need": "open", "say": "Phải công khai"}),
            [("condition", "", "điều kiện bắt buộc: thêm", "{+điều kiện: Đã công khai; câu in ra: Phải công khai+}")],
        ),
        (
            lambda d: leaf(d, 1, 0).update(when='kind = "xã"'),
            [("condition", "B1", "phạm vi áp dụng", '{+điều kiện: Loại = “xã”+}'), ("measure", "kind", "phải báo cáo thêm", "{+Loại+}")],
        ),
        (lambda d: d["settings"]["pass_mark"].update(value="15"), [("setting", "pass_mark", "thiết lập: giá trị", "20 → 15")]),
        (lambda d: d["grades"][0].update(name="Đạt yêu cầu"), [("grade", "", "mức xếp loại: Đạt: tên mức", "Đạt → Đạt yêu cầu")]),
        (lambda d: d["rank"].update(then=["points(B)"]), [("rank", "", "xếp hạng: bằng điểm thì xét tiếp", "điểm A → điểm B")]),
        (lambda d: d.update(valid_to="2027-12-31"), [("header", "", "hiệu lực đến", "{+31/12/2027+}")]),
        (lambda d: d["bases"][0].update(number="2/QĐ-VD"), [("basis", "quyet-dinh", "số, ký hiệu", "1/QĐ-VD → 2/QĐ-VD")]),
        (lambda d: d["measures"]["times"].update(decimals="1"), [("measure", "times", "chỉ tiêu: số lẻ", "0 → 1")]),
    ],
)  # fmt: skip
def test_one_change_is_told_once_in_words(edit: Edit, expected: list[tuple[str, str, str, str]]) -> None:
    found = changed(edit)
    assert sorted(told(found)) == sorted(expected)


def test_a_criterion_added_and_one_removed() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["tree"][0]["children"][1] = {"id": "A3", "text": "Tiêu chí mới hẳn", "max": "10", "full": "true"}

    found = changed(edit)
    assert told([one for one in found if one.kind in ("added", "removed")]) == [
        ("added", "A3", "", "{+Tiêu chí mới hẳn (10 điểm)+}"),
        ("removed", "A2", "", "[-Công khai kết quả (10 điểm)-]"),
    ]
    assert ("measure", "open", "không phải báo cáo nữa", "[-Đã công khai-]") in told(found)
    added = next(one for one in found if one.kind == "added")
    assert added.old_at is None and added.new_at is not None


def test_a_renamed_criterion_is_recognised_and_said_to_be_a_guess() -> None:
    def edit(data: dict[str, Any]) -> None:
        leaf(data, 0, 1).update(id="A2.moi", max="10")

    found = differences(loaded(standard()), loaded((data := standard(), edit(data))[0]))
    assert found.renamed == {"A2": "A2.moi"}
    assert [(one.kind, one.old, one.new, one.guess) for one in found.changes] == [("renamed", "A2", "A2.moi", True)]
    assert "phỏng đoán" in found.changes[0].field


def test_texts_that_several_share_are_no_ground_for_a_guess() -> None:
    old, new = standard(), standard()
    leaf(old, 0, 1)["text"] = leaf(old, 0, 0)["text"]
    leaf(new, 0, 1)["text"] = leaf(new, 0, 0)["text"]
    leaf(new, 0, 0)["id"], leaf(new, 0, 1)["id"] = "X1", "X2"
    found = differences(loaded(old), loaded(new))
    assert found.renamed == {}
    assert sorted((one.kind, one.subject) for one in found.changes) == [
        ("added", "X1"),
        ("added", "X2"),
        ("removed", "A1"),
        ("removed", "A2"),
    ]


def test_a_moved_criterion_keeps_its_id_and_says_whom_it_now_answers_to() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["tree"][1]["verified_by"] = "van-phong-ubnd"
        data["tree"][1]["children"].append(data["tree"][0]["children"].pop(0))
        data["tree"][0]["max"], data["tree"][1]["max"] = "10", "20"

    found = changed(edit)
    assert ("moved", "A1", "nằm trong", "A → B") in told(found)
    assert ("verifier", "A1", "cơ quan thẩm định lấy theo phần chứa nó", "so-noi-vu → van-phong-ubnd") in told(found)


def test_another_order_is_told() -> None:
    found = changed(lambda data: data["tree"][0]["children"].reverse())
    assert told(found) == [("moved", "A", "thứ tự", "A1, A2 → A2, A1")]


def test_lines_are_those_of_the_two_files() -> None:
    data = standard()
    data["tree"][0]["children"].insert(0, {"id": "A0", "text": "Đứng trước", "max": "none", "full": "true"})
    leaf(data, 0, 2)["full"] = "not open"
    old, new = loaded(standard()), loaded(data)
    change = next(one for one in differences(old, new).changes if one.subject == "A2")
    assert change.old_at is not None and change.new_at is not None
    before, after = old.node("A2"), new.node("A2")
    assert before is not None and after is not None
    assert change.old_at.line == old.source.place((*before._path, "full")).line
    assert change.new_at.line == new.source.place((*after._path, "full")).line > change.old_at.line


def test_a_criterion_switched_off_is_told_as_taken_out() -> None:
    def edit(data: dict[str, Any]) -> None:
        leaf(data, 0, 1)["enabled"] = "false"
        leaf(data, 0, 0)["max"] = "20"

    found = [one for one in changed(edit) if one.subject == "A2"]
    assert [(one.kind, one.field) for one in found] == [("removed", "tắt (vẫn còn trong tệp)")]
