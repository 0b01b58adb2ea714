"""Mistakes of YAML in Vietnamese, at the place where they were made rather than where the reader gave up."""

from __future__ import annotations

from typing import Any

import yaml

from criteria.problems import Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDS: list[tuple[str, str, str]] = [
    ("mapping values are not allowed", "Dấu “: ” đứng ở chỗ không được phép.", "Đặt cả giá trị trong dấu nháy kép."),
    (
        "did not find expected ',' or '}'",
        "Khối { … } mở ở dòng {opened} thiếu dấu phẩy hoặc dấu }.",
        "Đóng ngoặc nhọn; đặt biểu thức có dấu phẩy, dấu hai chấm trong dấu nháy kép.",
    ),
    (
        "did not find expected ',' or ']'",
        "Danh sách [ … ] mở ở dòng {opened} thiếu dấu phẩy hoặc dấu ].",
        "Đóng ngoặc vuông.",
    ),
    ("did not find expected key", "Thụt lề không đều, hoặc thiếu một khóa.", "Các khóa cùng khối phải thẳng cột."),
    (
        "did not find expected '-' indicator",
        "Danh sách thụt lề không đều.",
        "Các dấu “-” của một danh sách phải thẳng cột.",
    ),
    ("found character '\\t'", "Dùng phím Tab để thụt lề.", "Thay Tab bằng dấu cách."),
    (
        "found character that cannot start any token",
        "Ký tự “{found}” không thể đứng đầu một giá trị.",
        "Đặt giá trị trong dấu nháy kép.",
    ),
    (
        "found unexpected end of stream",
        "Dấu nháy hoặc ngoặc mở ở dòng {opened} không đóng.",
        "Đóng dấu nháy, dấu ngoặc.",
    ),
    ("could not find expected ':'", "Thiếu dấu hai chấm sau khóa.", "Viết “khóa: giá trị”."),
    (
        "did not find expected alphabetic or numeric",
        "Dấu & hoặc * đứng đầu một giá trị.",
        "Đặt giá trị trong dấu nháy kép.",
    ),
    ("undefined alias", "Dấu * đứng đầu được hiểu là bí danh.", "Đặt giá trị trong dấu nháy kép."),
    ("expected a single document", "Tệp có nhiều tài liệu (---).", "Mỗi tệp chỉ một bộ tiêu chí."),
    ("control characters are not allowed", "Tệp có ký tự điều khiển.", "Xóa ký tự lạ."),
]


def yaml_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """What is wrong with the file, where."""
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        return Problem(file, 1, 1, "yaml-syntax", *_sentences(error, "", 1))
    found = "".join(text.splitlines()[mark.line : mark.line + 1])[mark.column : mark.column + 1]
    if found == "\t":
        return Problem(
            file, mark.line + 1, mark.column + 1, "yaml-syntax", "Dùng phím Tab để thụt lề.", "Thay Tab bằng dấu cách."
        )
    quote = _quote_to(text, mark)
    if quote is not None:
        message = f"Dấu nháy mở ở đây chỉ đóng ở dòng {mark.line + 1}."
        return Problem(
            file,
            quote.line + 1,
            quote.column + 1,
            "yaml-syntax",
            message,
            "Đóng dấu nháy ở cuối giá trị; dấu nháy kép bên trong chữ thì dùng “ ”.",
        )
    message, hint = _sentences(error, found, opened.line + 1 if opened else mark.line + 1)
    if (
        opened is not None
        and opened.line < mark.line
        and any(words in str(error) for words in ("end of stream", "expected ','"))
    ):
        mark = opened  # where the bracket was opened that is not closed
    return Problem(file, mark.line + 1, mark.column + 1, "yaml-syntax", message, hint)


def _sentences(error: yaml.YAMLError, found: str, opened: int) -> tuple[str, str]:
    text = f"{getattr(error, 'problem', '') or ''} {error}"
    for words, message, hint in _WORDS:
        if words in text:
            return message.replace("{opened}", str(opened)).replace("{found}", found), hint
    return "Không đọc được YAML ở chỗ này.", "Kiểm tra thụt lề, dấu nháy và dấu ngoặc quanh đây."


def _quote_to(text: str, mark: yaml.Mark) -> yaml.Mark | None:
    """Where the quotes were opened that run over several lines and end just before `mark`."""
    last = None
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if token.start_mark.line > mark.line or (
                token.start_mark.line == mark.line and token.start_mark.column >= mark.column
            ):
                break
            last = token
    except (yaml.YAMLError, RecursionError):
        pass
    if (
        isinstance(last, yaml.ScalarToken)
        and last.style in ("'", '"')
        and last.start_mark.line < last.end_mark.line == mark.line
    ):
        opened: yaml.Mark = last.start_mark
        return opened
    return None
