"""One change of a standard: what, where, how it was and how it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.differences.words import word_changes

# Kinds of changes with their headings, in the order in which they are printed.
KINDS: dict[str, str] = {
    "header": "Tên, thời hạn hiệu lực, thang điểm, tình trạng",
    "added": "Tiêu chí thêm",
    "removed": "Tiêu chí bỏ",
    "renamed": "Tiêu chí đổi mã",
    "moved": "Tiêu chí chuyển chỗ, đổi thứ tự",
    "text": "Lời của tiêu chí",
    "points": "Điểm tối đa, trọng số",
    "rule": "Cách chấm",
    "condition": "Điều kiện, phạm vi áp dụng",
    "entry": "Điểm trừ, điểm cộng",
    "clause": "Căn cứ của tiêu chí",
    "evidence": "Minh chứng",
    "verifier": "Cơ quan thẩm định",
    "grade": "Xếp loại",
    "rank": "Xếp hạng, đồng hạng",
    "setting": "Thiết lập",
    "measure": "Chỉ tiêu, thuộc tính, bảng số liệu",
    "basis": "Văn bản căn cứ",
    "other": "Ghi chú, câu hỏi mở",
}
GUESS = "phỏng đoán: lời giống hệt, mã khác"
_LONG = 40  # letters from which a text is compared word by word


@dataclass(frozen=True)
class Spot:
    """Where it stands. line: from 1."""

    file: str
    line: int


@dataclass(frozen=True)
class Change:
    """kind: of KINDS. subject: id of a criterion, name of a measure, "" for the set. title: what the subject is called.

    field: what of it, in words. old, new: "" where there is nothing. guess: two ids taken for one criterion.
    whole: the two are of different kinds and are not held against each other word by word.
    """

    kind: str
    subject: str
    title: str
    field: str
    old: str
    new: str
    old_at: Spot | None = None
    new_at: Spot | None = None
    guess: bool = False
    whole: bool = False

    @property
    def by_words(self) -> bool:
        """Two wordings long enough to be held against each other word by word."""
        long = len(self.old) + len(self.new) >= _LONG and " " in self.old and " " in self.new
        return bool(self.old and self.new) and not self.whole and long

    @property
    def shown(self) -> str:
        """Old and new in one text: long ones word by word, short ones side by side."""
        if not self.old:
            return f"{{+{self.new}+}}" if self.new else ""
        if not self.new:
            return f"[-{self.old}-]"
        if self.whole:
            return f"[-{self.old}-] {{+{self.new}+}}"
        if self.by_words:
            return word_changes(self.old, self.new)
        return f"{self.old} → {self.new}"

    @property
    def lines(self) -> str:
        """dòng 151 → 149"""
        before = str(self.old_at.line) if self.old_at else "–"
        after = str(self.new_at.line) if self.new_at else "–"
        return f"dòng {before} → {after}"


@dataclass(frozen=True)
class Differences:
    """Everything that differs. renamed: old id → new id of criteria taken for the same (a guess)."""

    old_id: str
    new_id: str
    changes: tuple[Change, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        """How many changes of each kind, in the order of KINDS; kinds without any are left out."""
        found = {kind: len(self.of_kind(kind)) for kind in KINDS}
        return {kind: number for kind, number in found.items() if number}
