"""A small set to change, written as data; sets made of data without the checks that a draft need not pass yet."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from criteria.criteria_set import CriteriaSet
from criteria.loading import load_text
from criteria.source import parse_source
from criteria.validation import validate
from tests.strategies import to_yaml
from tests.strategies.sets import HEADER

STANDARD: dict[str, Any] = {
    **HEADER,
    "status": "trial",
    "points": {"max": "30"},
    "settings": {"pass_mark": {"label": "Mức đạt", "value": "20"}},
    "attributes": {"kind": {"label": "Loại", "levels": ["xã", "phường"]}},
    "measures": {
        "done": {"label": "Việc đã xong", "unit": "việc"},
        "due": {"label": "Việc được giao", "unit": "việc"},
        "open": {"label": "Đã công khai", "type": "yes_no"},
        "times": {"label": "Số mô hình", "unit": "mô hình"},
    },
    "tree": [
        {
            "id": "A",
            "text": "Phần A",
            "max": "20",
            "children": [
                {
                    "id": "A1",
                    "text": "Hoàn thành các nhiệm vụ được giao trong năm",
                    "max": "10",
                    "linear": {"of": "done / due", "when_zero": "not_applicable"},
                    "clause": {"basis": "quyet-dinh", "place": "Điều 4", "quote": "hoàn thành nhiệm vụ"},
                    "evidence": [{"kind": "bao-cao", "label": "Báo cáo", "required": "true"}],
                },
                {"id": "A2", "text": "Công khai kết quả", "max": "10", "full": "open", "verified_by": "so-khcn"},
            ],
        },
        {"id": "B", "text": "Phần B", "max": "10", "children": [
            {"id": "B1", "text": "Có mô hình mới", "max": "10", "count": {"of": "times", "each": "5"}},
        ]},
    ],
    "grades": [
        {"name": "Đạt", "need": "total >= pass_mark"},
        {"name": "Chưa đạt", "need": "total < pass_mark"},
    ],
    "rank": {"by": "total", "then": ["points(A)"]},
}  # fmt: skip


def standard() -> dict[str, Any]:
    return deepcopy(STANDARD)


def loaded(data: dict[str, Any]) -> CriteriaSet:
    """Through every check."""
    return load_text(to_yaml(data))


def declared(data: dict[str, Any]) -> CriteriaSet | None:
    """Only read: names are not looked up, sums not checked; None when not even the form is right."""
    source, problems = parse_source(to_yaml(data))
    assert source is not None, problems
    made, problems = validate(source)
    return None if made is None or problems else CriteriaSet(made, source, source.file)
