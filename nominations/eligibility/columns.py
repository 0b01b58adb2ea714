"""The columns of the eligibility workbook and the words of its input cells: writer and reader both go by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nominations.awards.declarations import Awards
from nominations.awards.principles import Block
from nominations.awards.procedure import Confirmation
from nominations.eligibility.facts import BAD, GOOD, NO, YES
from nominations.eligibility.gathering import FAIL, PASS
from nominations.eligibility.persons import AGREED, FEMALE, MALE, REFUSED
from nominations.nominees import Nominee

KIND, FORMAT = "eligibility", "1"
OWNER = "dieu-kien"
FACTS, DECISIONS, LAW = "Dữ kiện", "Cần người xem", "Căn cứ"  # names of the sheets
UNCHANGED, CHANGED = "không thay đổi", "đã thay đổi"
CONCLUSIONS = {GOOD: PASS, "không đạt": FAIL}
COMPARISONS = {UNCHANGED: "unchanged", CHANGED: "changed"}


@dataclass(frozen=True)
class FactColumn:
    """An input column of the facts. field: of the ledger; part: of a confirmation (document, day, finding), "" else.

    kind: words (one of them), text, number, day. who: persons, bodies, everybody, initiative, or the id of a confirmation.
    """

    field: str
    head: str
    width: float
    kind: str
    who: str
    words: tuple[str, ...] = ()
    part: str = ""
    said: str = ""

    @property
    def name(self) -> str:
        return f"{self.field}/{self.part}" if self.part else self.field


_YES_NO = (YES, NO)
_OWN: tuple[FactColumn, ...] = (
    FactColumn("gender", "Giới tính", 7, "words", "persons", (MALE, FEMALE), said="Chọn nam hoặc nữ."),
    FactColumn("people", "Tổng số người", 8, "number", "bodies", said="Số người của tập thể."),
    FactColumn("women", "Số nữ", 7, "number", "bodies", said="Không lớn hơn tổng số người."),
)
_AFTER_BLOCKS: tuple[FactColumn, ...] = (
    FactColumn("discipline_until", "Kỷ luật đến hết ngày", 12, "day", "everybody", said="Ngày hết thời hạn kỷ luật."),
    FactColumn("maternity", "Nghỉ thai sản", 8, "words", "persons", _YES_NO),
)
_LAST: tuple[FactColumn, ...] = (
    FactColumn("initiative", "Sáng kiến", 24, "text", "everybody", said="Tên sáng kiến; để trống nếu không có."),
    FactColumn("certificate", "Giấy chứng nhận sáng kiến", 18, "text", "everybody", said="Số, ngày giấy chứng nhận."),
)
SOURCE = FactColumn("source", "Văn bản, nguồn của dữ kiện mới", 22, "text", "everybody", said="Số, ngày văn bản.")
SHOWN: tuple[tuple[str, float], ...] = (("Mã", 8), ("Tên", 28), ("Nhóm, đối tượng", 16))  # from column B on


def fact_columns(awards: Awards, confirmations: Sequence[Confirmation]) -> list[FactColumn]:
    """The input columns of the sheet, in order. confirmations: those asked of somebody on it."""
    blocks = awards.blocks
    stopping = [FactColumn(one.id, one.head, 11, "words", "everybody", _YES_NO, said=_said(one)) for one in blocks]
    found = [*_OWN, *stopping, *_AFTER_BLOCKS, *_managed(awards), *_LAST, SOURCE]
    issuers = [one.issuer for one in confirmations]
    for one in confirmations:
        field = f"confirm:{one.id}"
        head = one.issuer if issuers.count(one.issuer) == 1 else f"{one.issuer}, {one.name}"
        found.append(FactColumn(field, f"{head}: số", 13, "text", one.id, part="document", said=f"{one.name}."))
        found.append(FactColumn(field, f"{head}: ngày", 12, "day", one.id, part="day", said=f"{one.name}."))
        found.append(FactColumn(field, f"{head}: kết quả", 10, "words", one.id, (GOOD, BAD), "finding", f"{one.name}."))
    return found


def _managed(awards: Awards) -> Iterator[FactColumn]:
    """Whose opinion of a person comes first, where the award file asks for one."""
    if awards.managed is not None:
        by = awards.managed.by
        yield FactColumn("managed", f"Diện {by} quản lý", 11, "words", "persons", _YES_NO)
        yield FactColumn("opinion", f"Ý kiến của {by}", 11, "words", "persons", (AGREED, REFUSED))


def _said(block: Block) -> str:
    return f"{block.name[:1].upper()}{block.name[1:]}: {YES}, {NO}; để trống nếu chưa biết."


def applies(column: FactColumn, nominee: Nominee, asked: Sequence[str]) -> bool:
    """Whether a column is for a nominee. asked: ids of the confirmations asked of it."""
    if column.who == "persons":
        return nominee.person
    if column.who == "bodies":  # women among people: where the law prefers by it
        return not nominee.person and (nominee.subject is None or nominee.subject.prefer == "female_share")
    return column.who == "everybody" or column.who in asked


DECIDED: tuple[tuple[str, float], ...] = (
    ("Hình thức", 14),
    ("Mã", 8),
    ("Tên", 22),
    ("Kiểm tra", 18),
    ("Phần mềm thấy", 11),
    ("Nội dung", 40),
    ("Dữ kiện", 26),
    ("Căn cứ", 30),
    ("Căn cứ chưa xác minh", 24),
    ("KẾT LUẬN", 11),
    ("LÝ DO", 26),
    ("Văn bản (số, ngày)", 17),
)
CONCLUSION, REASON, DOCUMENT = 10, 11, 12  # from 0, column A is 0
COMPARED: tuple[tuple[str, float], ...] = (
    ("Mã căn cứ", 13),
    ("Điểm, khoản, điều, văn bản", 32),
    ("Nội dung", 44),
    ("Vì sao chưa chắc", 34),
    ("Dùng cho", 14),
    ("ĐỐI CHIẾU", 13),
    ("Văn bản đã đối chiếu", 22),
    ("Ngày đối chiếu", 12),
    ("Ghi chú", 20),
)
FINDING, TEXT, DAY, NOTE = 6, 7, 8, 9
