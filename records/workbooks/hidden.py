"""The hidden sheet of a workbook: what kind it is, whose, for which round, which rows it has, and the token that holds them together."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from criteria.problems import Problem, of_file
from records.forms.collecting.workbook import FormBook
from records.forms.layout import SHEETS
from records.forms.tokens import BATCH, SINGLE, token

TAKEN_BY = {  # kind of a workbook → what people call it, the command that takes it in
    SINGLE: ("biểu tự chấm", "thidua forms collect"),
    BATCH: ("biểu tổng hợp tự chấm", "thidua forms collect"),
    "review": ("biểu thẩm định", "thidua review collect"),
    "return": ("biểu giải trình", "thidua return collect"),
    "panel": ("phiếu chấm", "thidua panel collect"),
    "proposal": ("biểu đề nghị khen thưởng", "thidua proposal collect"),
    "council": ("phiếu kiểm", "thidua council record"),
    "eligibility": ("biểu xét điều kiện", "thidua eligibility collect"),
    "appraisal": ("biểu thẩm định hồ sơ", "thidua appraisal collect"),
}
ENTRY = "entry"  # up to which entry of the ledger a workbook says what stands
_FIELDS = ("format", "kind", "period", "owner", "sets", "digest", "token")
_ISSUED_HERE = "Điền vào đúng tệp biểu đã được giao, không chép sang tệp khác."
_LONGEST = 18  # digits of an entry's number


@dataclass(frozen=True)
class Hidden:
    """What the hidden sheet says. lines: the keys of the rows as they were issued. entry: 0 where the kind tells none."""

    kind: str
    period: str
    owner: str
    sets: tuple[str, ...]
    digest: str
    token: str
    lines: tuple[str, ...]
    format: str
    entry: int = 0

    @property
    def by_sheet(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of rows that stand as SHEET|KEY, by sheet."""
        found: dict[str, list[str]] = {}
        for line in self.lines:
            sheet, _, key = line.partition("|")
            found.setdefault(sheet, []).append(key)
        return {sheet: tuple(keys) for sheet, keys in found.items()}

    def of_rows(self, secret: bytes) -> bool:
        """Whether its token is the one that row_token gives."""
        sets = ",".join(self.sets)
        wanted = row_token(secret, self.kind, self.period, self.owner, sets, self.digest, self.lines, self.entry)
        return hmac.compare_digest(self.token.encode(), wanted.encode())


def read_hidden(
    book: FormBook, kinds: Collection[str], formats: Collection[str], also: Sequence[str] = ()
) -> tuple[Hidden | None, list[Problem]]:
    """What the hidden sheet says, whether or not it is still hidden; or why it is none of these kinds of workbook.
    also: fields that this kind has besides. Raises Unreadable."""
    titles = book.named(SHEETS["hidden"])
    if len(titles) != 1:
        message = (
            f"Không phải tệp biểu đã giao (không có trang ẩn “{SHEETS['hidden']}”)."
            if not titles
            else "Tệp có hai trang nhận dạng."
        )
        return None, [of_file(book.file, "form-foreign", message, _ISSUED_HERE)]
    sheet = book.sheet(titles[0])
    pairs: dict[str, str] = {}
    lines: list[str] = []
    for row in sorted(sheet.rows):
        name, value = sheet.text(row, 1), sheet.text(row, 2)
        if name == "line":
            lines.append(value)
        elif name in _FIELDS or name in also:
            if name in pairs:
                message = f"Trang nhận dạng ghi “{name}” hai lần."
                return None, [sheet.problem("form-foreign", row, 1, message, _ISSUED_HERE)]
            pairs[name] = value
    kind = pairs.get("kind", "")
    if kind in TAKEN_BY and kind not in kinds:
        called, command = TAKEN_BY[kind]
        message = f"Đây là {called}, lệnh này không thu."
        return None, [of_file(book.file, "form-kind", message, f"Thu bằng: {command}.")]
    entry = whole_number(pairs.get(ENTRY, "0"))
    lacking = any(name not in pairs for name in (*_FIELDS, *also))
    if lacking or entry is None or pairs["format"] not in formats or kind not in kinds:
        return None, [foreign_sheet(book.file, sheet.name)]
    sets = tuple(pairs["sets"].split(","))
    period, owner, digest, mark = (pairs[name] for name in ("period", "owner", "digest", "token"))
    return Hidden(kind, period, owner, sets, digest, mark, tuple(lines), pairs["format"], entry), []


def foreign_sheet(file: str, sheet: str = SHEETS["hidden"]) -> Problem:
    """That the hidden sheet is not as it was issued."""
    message = "Trang nhận dạng của biểu thiếu hoặc sai."
    return Problem(file, 1, 1, "form-foreign", message, _ISSUED_HERE, sheet=sheet, cell="A1")


def whole_number(text: str) -> int | None:
    """A number of an entry; None when the text is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONGEST else None


def hidden_rows(
    kind: str,
    format_: str,
    period: str,
    owner: str,
    sets: str,
    digest: str,
    mark: str,
    lines: Sequence[str],
    **also: str,
) -> list[tuple[str, str]]:
    """Names and values of the hidden sheet as they are written; then the key of every row."""
    told = zip(_FIELDS[:-1], (format_, kind, period, owner, sets, digest), strict=True)
    return [*told, *also.items(), (_FIELDS[-1], mark), *(("line", line) for line in lines)]


def lines_digest(lines: Sequence[str]) -> str:
    """What rows a workbook has: none can be put in or taken out without its token being wrong."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def row_token(
    secret: bytes, kind: str, period: str, owner: str, sets: str, digest: str, lines: Sequence[str], entry: int
) -> str:
    """The token of a workbook whose rows and whose state of the ledger are held by it, too."""
    return token(secret, kind, period, owner, sets, f"{digest}|{lines_digest(lines)}|{entry}")
