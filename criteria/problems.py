"""Problems are values: what is wrong, where, what was found, what was expected. They are collected, not raised one by one."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

ERROR, WARNING, NOTE = "error", "warning", "note"
_LONGEST = 1000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # a file may hold what a terminal would obey
_WORDS = {ERROR: "LỖI", WARNING: "CẢNH BÁO", NOTE: "GHI CHÚ"}


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. `line` and `column` count from 1; a table finding names `sheet` and `cell` instead."""

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: str = ERROR
    path: str = ""
    sheet: str = ""
    cell: str = ""

    def __post_init__(self) -> None:
        if len(self.message) > _LONGEST:  # a cell or a number may be megabytes long
            object.__setattr__(self, "message", self.message[:_LONGEST] + "…")

    @property
    def place(self) -> str:
        """file:line:col, or file [sheet] cell."""
        if self.cell:
            return f"{self.file}{f' [{self.sheet}]' if self.sheet else ''} ô {self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def text(self) -> str:
        """The finding as people read it, in Vietnamese."""
        lines = [f"{self.place}: {_WORDS[self.severity]} {self.code}: {self.message}"]
        if self.hint:
            lines.append(f"    → {self.hint}")
        return "\n".join(_CONTROL.sub("\ufffd", line) for line in lines)

    def as_dict(self) -> dict[str, object]:
        """The JSON twin of text()."""
        return asdict(self)


_REASONS = {
    errno.EACCES: "không có quyền, hoặc tệp đang mở trong Excel",
    errno.EPERM: "không có quyền, hoặc tệp đang mở trong Excel",
    errno.EISDIR: "đây là một thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp",
    errno.ENOENT: "không có thư mục này",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EEXIST: "đã có tệp trùng tên với thư mục cần tạo",
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EBUSY: "tệp đang mở ở chương trình khác",
    errno.ELOOP: "đường dẫn quẩn",
    errno.EFBIG: "tệp lớn hơn mức hệ thống cho phép",
    errno.EIO: "ổ đĩa hỏng, đã ngắt hoặc hết chỗ",
}


def reason(error: OSError) -> str:
    """Why the system refused a file."""
    return _REASONS.get(error.errno or 0, f"hệ thống báo “{error.strerror}”")


def of_file(file: object, code: str, message: str, hint: str = "", severity: str = ERROR) -> Problem:
    """A finding about a file as a whole."""
    return Problem(str(file), 0, 0, code, message, hint, severity)


class ProblemsFound(Exception):
    """Raised by the convenience functions of the public API when there is at least one error."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(p.text() for p in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [p for p in problems if p.severity == ERROR]


# Every code with the sentence that says what kind of thing it is. docs/problems.md is made from this table.
CODES: dict[str, str] = {
    # reading the file
    "file-not-found": "không tìm thấy tệp",
    "file-unreadable": "không đọc được tệp (mã hóa, quyền hoặc định dạng)",
    "file-too-large": "tệp lớn hơn mức cho phép",
    "yaml-syntax": "sai cú pháp YAML",
    "yaml-anchor": "dùng neo, bí danh hoặc thẻ YAML (&, *, !, <<), không được phép trong tệp tiêu chí",
    "duplicate-key": "một khóa được viết hai lần",
    "unknown-key": "khóa không thuộc ngôn ngữ tiêu chí",
    "missing-key": "thiếu khóa bắt buộc",
    "wrong-kind": "sai loại giá trị (cần danh sách, cần khối khóa–giá trị, cần chữ…)",
    "wrong-value": "giá trị không nằm trong các giá trị được phép",
    # numbers
    "decimal-comma": "dấu phẩy thập phân trong tệp tiêu chí",
    "number": "không phải là số",
    "number-grouping": "số có dấu ngăn cách hàng nghìn",
    "date": "không phải là ngày hợp lệ",
    # expressions
    "expression-syntax": "biểu thức viết sai",
    "modulo": "dấu % đứng sau thứ không phải là số",
    "unknown-name": "tên không được khai báo",
    "unknown-function": "hàm không có trong ngôn ngữ",
    "arguments": "hàm nhận sai số lượng hoặc sai loại đối số",
    "type-mismatch": "sai kiểu: số, điều kiện, ngày, mức hoặc chữ đứng sai chỗ",
    "unit-mismatch": "đơn vị tính không khớp",
    "percent-literal": "so tỷ lệ phần trăm với số không có dấu %",
    "unknown-level": "mức không có trong danh sách mức",
    "pick-incomplete": "pick(…) thiếu một mức",
    "roll-missing": "đọc cột theo kỳ như một số của cả kỳ mà không khai roll",
    "circular": "định nghĩa vòng quanh",
    # names and ids
    "bad-name": "tên hoặc mã viết không đúng quy cách",
    "reserved-name": "tên trùng với từ của ngôn ngữ",
    "duplicate-id": "một mã hoặc tên dùng hai lần",
    # bases and people
    "unknown-basis": "căn cứ không được khai báo",
    "basis-missing": "tiêu chí không nêu căn cứ",
    "basis-incomplete": "căn cứ thiếu số hoặc ngày mà không ghi là câu hỏi còn mở",
    "basis-replaced": "căn cứ đã được thay thế, sửa đổi hoặc hết hiệu lực",
    "verifier-missing": "tiêu chí không có cơ quan thẩm định",
    "verifier-loop": "có đối tượng không còn cơ quan nào thẩm định",
    "measure-unreported": "chỉ tiêu không ai báo cáo",
    "measure-unused": "chỉ tiêu khai báo mà không dùng",
    "unknown-extends": "không tìm thấy bộ tiêu chí được kế thừa",
    "not-in-force": "bộ tiêu chí không có hiệu lực trong kỳ chấm",
    "validity": "thời hạn hiệu lực viết ngược",
    # shapes
    "shape-missing": "tiêu chí không có cách cho điểm",
    "shape-several": "tiêu chí có nhiều cách cho điểm",
    "max-missing": "tiêu chí không có điểm tối đa",
    "bands-gap": "các khoảng còn hở",
    "bands-overlap": "các khoảng chồng lên nhau",
    "bands-unreachable": "khoảng không bao giờ tới",
    "level-missing": "có mức không được cho điểm",
    "levels-open": "không nói rõ số lớn hơn mức cuối",
    "points-above-max": "điểm của một mức vượt điểm tối đa",
    "points-below-max": "mức cao nhất không đạt điểm tối đa",
    "cap-above-max": "mức chặn lớn hơn khung điểm",
    "loss-above-max": "điểm trừ lớn hơn điểm của tiêu chí mà không ghi floor",
    "table-size": "bảng hai chiều không đủ ô",
    "zero-step": "bước hoặc lưới bằng 0 hay âm",
    "linear-flat": "from và to của linear bằng nhau",
    "jump": "điểm nhảy vọt giữa hai khoảng liền nhau",
    # nodes
    "sum-mismatch": "tổng điểm các tiêu chí con không bằng điểm tối đa",
    "children-missing": "nhóm không có tiêu chí con",
    "weight-missing": "tiêu chí con thiếu hệ số weight",
    "weight-excluded": "tiêu chí có hệ số có thể không áp dụng",
    "combine-when": "one_of cần mỗi tiêu chí con có when, hỏi một lần cho cả đối tượng",
    "condition-constant": "điều kiện luôn đúng hoặc luôn sai",
    "accept-unused": "accept cho một lỗi không xảy ra",
    # grades and ranks
    "unknown-grade": "mức xếp loại không có trong danh sách",
    "grade-hole": "có tổng điểm không được xếp loại",
    "grade-unreachable": "mức xếp loại không bao giờ tới",
    "quota": "chỉ tiêu số lượng (quota) khai sai",
    # tables
    "table-header": "dòng tiêu đề của bảng sai",
    "column-missing": "bảng thiếu cột",
    "column-unknown": "cột không có trong bộ tiêu chí",
    "id-missing": "dòng không có mã đối tượng",
    "id-duplicate": "một mã đối tượng xuất hiện hai lần",
    "id-unknown": "dòng của đối tượng không có trong bảng chính",
    "key-duplicate": "một khóa xuất hiện hai lần cho cùng một đối tượng",
    "key-unknown": "khóa không nằm trong các khóa được khai",
    "decimals": "số lẻ nhiều hơn mức khai báo",
    "out-of-range": "giá trị ngoài khoảng cho phép",
    "not-yes-no": "không phải có/không",
    "off-grid": "điểm không nằm trên lưới điểm",
    "percent-cell": "ô định dạng phần trăm cho chỉ tiêu không phải phần trăm",
    "formula-cell": "ô chứa công thức chưa có giá trị hoặc báo lỗi",
    "table-unknown": "bảng dòng không được khai báo trong bộ tiêu chí",
    "previous-missing": "chưa nộp bảng kỳ trước: prev(…) chưa có số liệu",
    "pool-empty": "đối tượng không ghi cụm: bị xếp hạng riêng",
    "table-empty": "bảng không có dòng nào",
    "table-missing": "bảng dòng chưa nộp: mọi tiêu chí đọc bảng này chưa có số liệu",
    "unknown-candidate": "không có đối tượng hoặc tiêu chí này",
    "unknown-setting": "thiết lập không có hoặc nhận giá trị không được phép",
    "period": "kỳ chấm viết sai hoặc thiếu",
    "output": "không ghi được kết quả",
}
