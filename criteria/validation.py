"""From located data to declarations: every pydantic finding becomes a Vietnamese problem with its place."""

from __future__ import annotations

import difflib
import re
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from criteria.declarations.criteria_set import SetDeclaration
from criteria.problems import Problem
from criteria.shapes.base import Declaration
from criteria.source import Block, Located, Path, Source, show_path

Model = TypeVar("Model", bound=Declaration)

_KINDS = {
    "dict_type": "một khối khóa: giá trị",
    "model_type": "một khối khóa: giá trị",
    "model_attributes_type": "một khối khóa: giá trị",
    "list_type": "một danh sách [..., ...]",
    "string_type": "chữ",
    "none_required": "để trống",
}

_HOW = {
    "dict_type": "Viết mỗi khóa một dòng, thụt vào, hoặc {khóa: giá trị}.",
    "model_type": "Viết mỗi khóa một dòng, thụt vào, hoặc {khóa: giá trị}.",
    "list_type": "Viết [a, b], hoặc mỗi phần tử một dòng bắt đầu bằng “- ”.",
    "string_type": "Viết một giá trị, không viết danh sách hay khối.",
}


def validate(source: Source, model: type[Model] = SetDeclaration) -> tuple[Model | None, list[Problem]]:  # type: ignore[assignment]
    """The declaration, or all problems of its form."""
    if not isinstance(source.data, Block):
        return None, [source.problem("wrong-kind", (), "Tệp tiêu chí phải là một khối khóa: giá trị.")]
    try:
        declared = model.model_validate(source.data)
    except ValidationError as error:
        return None, _unique([_problem(source, item, model) for item in error.errors(include_url=False)])
    _locate(declared, (), source.file)
    return declared, []


def _unique(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _problem(source: Source, item: Any, model: type[Declaration]) -> Problem:
    path = tuple(
        step
        for step in item["loc"]
        if not (isinstance(step, str) and step and step[0].isupper() and not _in_file(source, step))
    )
    kind, context = item["type"], item.get("ctx", {})
    if kind == "expression":
        place = source.place(path)
        value = item.get("input")
        line, column = (
            (value.line, value.column + context["offset"]) if isinstance(value, Located) else (place.line, place.column)
        )
        return Problem(
            place.file, line, column, context["code"], context["message"], context["hint"], path=show_path(path)
        )
    if kind == "extra_forbidden":
        return _unknown_key(source, path, item, model)
    if kind == "missing":
        return source.problem("missing-key", path[:-1], f"Thiếu khóa “{path[-1]}”.", f"Thêm {path[-1]}: …")
    shown = _shown(item.get("input"))
    if kind in _KINDS:
        return source.problem(
            "wrong-kind", path, f"“{_key(path)}”: cần {_KINDS[kind]}, gặp {shown}.", _HOW.get(kind, "")
        )
    if kind == "literal_error":
        return source.problem(
            "wrong-value",
            path,
            f"“{_key(path)}”: {shown} không được phép.",
            "Các giá trị: " + context.get("expected", "").replace(" or ", ", ").replace("'", "") + ".",
        )
    if kind.startswith("date"):
        return source.problem(
            "date", path, f"“{_key(path)}”: {shown} không phải là một ngày có thật.", "Viết ngày theo dạng 2026-06-30."
        )
    if kind.startswith(("int", "bool", "greater", "less")):
        wanted = (
            "true hoặc false"
            if kind.startswith("bool")
            else "số nguyên"
            + (f" từ {context['ge']}" if "ge" in context else f" đến {context['le']}" if "le" in context else "")
        )
        example = "true" if kind.startswith("bool") else str(context.get("ge", context.get("le", 2)))
        return source.problem(
            "wrong-value", path, f"“{_key(path)}”: cần {wanted}, gặp {shown}.", f"Viết {_key(path)}: {example}."
        )
    if kind == "too_short":
        return source.problem(
            "wrong-kind", path, f"“{_key(path)}”: danh sách rỗng.", "Thêm ít nhất một phần tử, hoặc bỏ cả khóa."
        )
    return source.problem("wrong-value", path, f"“{_key(path)}”: giá trị {shown} không hợp lệ.")


def _in_file(source: Source, step: str) -> bool:
    """A step that is a key somewhere, not the tag of a union of models."""
    return not re.fullmatch(r"[A-Z][A-Za-z]+", step) or step not in _TAGS


_TAGS = {"TableBand", "Basis", "Clause", "Entry", "Node"}


def _unknown_key(source: Source, path: Path, item: Any, model: type[Declaration]) -> Problem:
    key = str(path[-1])
    if key.isascii() and key.isdecimal() and item.get("input") is None:
        return source.problem(
            "decimal-comma",
            path,
            f"“, {key}” là một khóa riêng: dấu phẩy trong {{…}} kết thúc giá trị.",
            "Số thập phân viết dấu chấm: 0.75. Biểu thức có dấu phẩy đặt trong dấu nháy kép.",
        )
    if item.get("input") is None:
        hint = "Nếu đây là phần sau dấu phẩy của một biểu thức trong {…}, đặt cả biểu thức trong dấu nháy kép."
        return source.problem("unknown-key", path, f"Khóa “{key}” không thuộc ngôn ngữ và không có giá trị.", hint)
    known = _keys_at(path[:-1], model)
    near = difflib.get_close_matches(key, known, 2, 0.6)
    hint = (
        "Có phải là " + " hoặc ".join(f"“{n}”" for n in near) + "?"
        if near
        else "Các khóa được phép: " + ", ".join(known) + "."
        if known
        else ""
    )
    return source.problem("unknown-key", path, f"Khóa “{key}” không có trong ngôn ngữ ở chỗ này.", hint)


def _keys_at(path: Path, root: type[Declaration]) -> list[str]:
    """The keys a block at this path may have."""
    model: Any = root
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        field = next((f for n, f in model.model_fields.items() if (f.alias or n) == step), None)
        if field is not None:
            model = _model_in(field.annotation) or model
        elif not isinstance(step, str):
            return []
    return sorted((f.alias or n) for n, f in model.model_fields.items() if not f.exclude)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in typing.get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def _key(path: Path) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "tệp")


def _shown(value: Any) -> str:
    if value is None:
        return "ô trống"
    if isinstance(value, dict):
        return "một khối"
    if isinstance(value, list):
        return "một danh sách"
    text = str(value)
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _locate(value: Any, path: Path, file: str) -> None:
    """Tell every block its path."""
    if isinstance(value, Declaration):
        value._path, value._file = path, file
        for name, field in type(value).model_fields.items():
            _locate(getattr(value, name), (*path, field.alias or name), file)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _locate(item, (*path, index), file)
    elif isinstance(value, dict):
        for key, item in value.items():
            _locate(item, (*path, key), file)
