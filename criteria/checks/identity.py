"""Ids: well written, used once; validity; which shapes a node has."""

from __future__ import annotations

import re

from criteria.criteria_set import CriteriaSet
from criteria.declarations.node import Entry, Node
from criteria.problems import Problem
from criteria.shapes import SHAPES

_ID = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*")
_SET_ID = re.compile(r"[a-z0-9][a-z0-9\-]*")


def check(bound: CriteriaSet) -> list[Problem]:
    problems: list[Problem] = []
    declared, source = bound.declaration, bound.source
    if not _SET_ID.fullmatch(declared.criteria_set):
        problems.append(
            source.problem(
                "bad-name",
                ("criteria_set",),
                f"Mã bộ tiêu chí “{declared.criteria_set}” không hợp lệ.",
                "Chữ thường không dấu, số và dấu -.",
            )
        )
    if declared.valid_to is not None and declared.valid_to < declared.valid_from:
        problems.append(
            source.problem(
                "validity",
                ("valid_to",),
                f"valid_to {declared.valid_to:%d/%m/%Y} trước valid_from {declared.valid_from:%d/%m/%Y}.",
                "Kiểm tra năm của hai ngày.",
            )
        )
    if declared.tree is not None and not declared.parts:
        found = "không có tiêu chí nào" if not declared.tree else "chỉ có tiêu chí đã tắt"
        problems.append(
            source.problem(
                "children-missing",
                ("tree",),
                f"tree {found}.",
                "Thêm tiêu chí; bộ chỉ xếp hạng, xếp loại thì viết tree: null.",
            )
        )
    problems += _ids(bound)
    for node in bound.nodes():
        problems += _shape(bound, node)
    return problems


def _ids(bound: CriteriaSet) -> list[Problem]:
    """Ids well written, and used once."""
    problems: list[Problem] = []
    declared, source = bound.declaration, bound.source
    seen: dict[str, str] = {}
    blocks: list[Node | Entry] = [node for part in declared.tree or [] for node in _all(part)]
    blocks += [entry for _, entry in bound.printed_entries()]
    for block in blocks:
        place = source.place((*block._path, "id"))
        if not _ID.fullmatch(block.id or ""):
            problems.append(
                source.problem(
                    "bad-name",
                    (*block._path, "id"),
                    f"Mã “{block.id}” không hợp lệ.",
                    "Chữ không dấu, số, dấu chấm, gạch; bắt đầu bằng chữ.",
                )
            )
        elif block.id in seen:
            problems.append(
                source.problem(
                    "duplicate-id",
                    (*block._path, "id"),
                    f"Mã “{block.id}” đã dùng ở dòng {seen[block.id]}.",
                    "Mỗi tiêu chí, mỗi mục cộng trừ một mã riêng.",
                )
            )
        elif block.id in bound.inputs and block.given is None:
            problems.append(
                source.problem(
                    "duplicate-id",
                    (*block._path, "id"),
                    f"Mã “{block.id}” trùng với tên một chỉ tiêu.",
                    "Đổi mã tiêu chí hoặc tên chỉ tiêu.",
                )
            )
        seen.setdefault(block.id or "", str(place.line))
    return problems


def _all(node: Node) -> list[Node]:
    return [node, *(n for child in node.children for n in _all(child))]


def _shape(bound: CriteriaSet, node: Node) -> list[Problem]:
    names = node.written_shapes
    at = node._path
    if node.children and not node.parts:
        return [
            bound.source.problem(
                "children-missing",
                (*at, "children"),
                f"Mọi tiêu chí con của {node.id} đều bị tắt.",
                "Tắt cả nhóm (enabled: false) hoặc bật một tiêu chí con.",
            )
        ]
    if node.parts and names:
        return [
            bound.source.problem(
                "shape-several",
                (*at, names[0]),
                f"{node.id} vừa có tiêu chí con vừa có cách cho điểm {names[0]}.",
                "Chỉ giữ một.",
            )
        ]
    if not node.parts and not names:
        return [
            bound.source.problem(
                "shape-missing",
                at,
                f"{node.id} không có cách cho điểm và không có tiêu chí con.",
                "Thêm một trong: " + ", ".join(SHAPES) + ".",
            )
        ]
    if len(names) > 1:
        return [
            bound.source.problem(
                "shape-several",
                (*at, names[1]),
                f"{node.id} có nhiều cách cho điểm: {', '.join(names)}.",
                "Chỉ giữ một.",
            )
        ]
    return []
