"""What is refused at the door: who may propose whom, for which award, once, on a letter and minutes. Every finding at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import WARNING
from nominations.awards.declarations import Award
from nominations.nominees import Nominee
from nominations.proposals.bench import Bench
from nominations.proposals.naming import Naming
from nominations.proposals.proposal import Outsider
from nominations.proposals.refusing import find_award, refusal
from nominations.proposals.typed import Signed, Typed, TypedAward, TypedRow
from records.forms.collecting.cells import Findings, short

_FACTS = ("gender", "people", "women")


@dataclass(frozen=True)
class Wished:
    """A row as it may be entered. award: "" where only something is told of who is chosen out of a ranking. outsider: who it is, when
    it has no criteria group. report: prose by heading, with the cells it stands in."""

    typed: TypedRow
    nominee: Nominee
    award: str
    outsider: Outsider | None = None
    report: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def who(self) -> str:
        return self.nominee.id


@dataclass(frozen=True)
class Given:
    """An award that the unit has given. holder: id, "" when nobody of the movement; name: of the holder then."""

    typed: TypedAward
    holder: str
    name: str
    award: str


@dataclass(frozen=True)
class Handed:
    """A proposal that may be entered. through: id of the body that passed it on, with the document of the signature page."""

    signed: Signed
    rows: Sequence[Wished]
    given: Sequence[Given]
    through: str


class Door:
    """One proposal of one body. What is wrong goes to the findings."""

    def __init__(self, bench: Bench, proposer: str, findings: Findings) -> None:
        self.bench, self.proposer, self.findings = bench, proposer, findings
        self.naming = Naming(bench, proposer, findings)
        self.proposers = bench.proposers

    def judge(self, typed: Typed, today: date) -> Handed | None:
        """None when the proposal cannot be entered."""
        if typed.signed is None:
            return None
        rows = self._rows(typed.rows)
        self._prose(typed, rows)
        given = self._given(typed.given, rows, today)
        self._signature(typed.signed, today)
        if not typed.rows and not self.findings.wrong:
            message = f"{self.proposers.named(self.proposer)} không đề nghị ai trong tệp này."
            hint = "Chọn hình thức đề nghị ở ít nhất một dòng."
            self.findings.problems.append(typed.signed.problem("proposal", "sign:version", message, hint))
        through = self._through(typed.signed, rows)
        return None if self.findings.wrong else Handed(typed.signed, rows, given, through)

    # --- rows ------------------------------------------------------------------------------------------------------

    def _rows(self, typed: Sequence[TypedRow]) -> list[Wished]:
        found: list[Wished] = []
        seen: dict[tuple[str, str], str] = {}
        for row in typed:
            award = self._award(row)
            named = self.naming.of(row)
            if named is None:
                continue
            nominee, outsider = named
            self._may(row, nominee)
            self._told(row, nominee)
            if award is None and not self._without_award(row, nominee):
                continue
            key = nominee.id, award.id if award is not None else ""
            if key in seen:
                shown = f"{nominee.id} {short(nominee.name)}" + (f", {award.short}" if award is not None else "")
                message = f"{shown} đã có ở dòng {seen[key].removeprefix('dòng ')}."
                self._wrong(row, "award", message, "Mỗi đối tượng mỗi hình thức chỉ một dòng.")
            seen.setdefault(key, row.mark)
            found.append(Wished(row, nominee, key[1], outsider))
        return found

    def _award(self, row: TypedRow) -> Award | None:
        text = row.value("award")
        if not text:
            return None
        file = self.bench.file
        award = find_award(file, text)
        if award is None:
            hint = "Các hình thức: " + "; ".join(one.name for one in file.offered()) + "."
            self._wrong(row, "award", f"Không có hình thức “{short(text)}”.", hint, "award-unknown")
        elif not award.offered:
            message = f"{award.name} không đề nghị được từ phong trào này."
            self._wrong(row, "award", message, refusal(file, award, self.bench.occasion.day))
        return award

    def _without_award(self, row: TypedRow, nominee: Nominee) -> bool:
        """Whether a row may stand though it names no award: of who is chosen out of a ranking the unit tells its merits."""
        if row.value("award") or "award" in row.bad:
            return False  # said already
        if self.proposers.from_ranking(nominee):
            return True
        self._wrong(row, "award", f"{row.mark}: có nội dung mà chưa chọn hình thức.", "Chọn hình thức, hoặc xóa dòng.")
        return False

    def _may(self, row: TypedRow, nominee: Nominee) -> None:
        """Whether this body may propose it, now. Where the award file says nothing, E12 asks a person."""
        proposers = self.proposers
        if not proposers.rules(nominee):
            return
        who, rule = f"{nominee.id} {short(nominee.name)}".strip(), proposers.right(nominee, self.proposer)
        if rule is None:
            message = f"{proposers.named(self.proposer)} không được đề nghị {who}."
            hint = f"Cơ quan được đề nghị: {proposers.who(nominee)}."
            if not proposers.of(nominee):
                hint = "Chưa rõ cơ quan quản lý: điền cột cơ quan quản lý trong danh sách (thidua roster import)."
            self._wrong(row, "mark", message, hint)
        elif not proposers.in_time(rule):
            name, when = proposers.named(self.proposer), proposers.times(rule)
            message = f"{name} chỉ được đề nghị {who} vào {when}; đây là {self.bench.occasion.words}."
            self._wrong(row, "mark", message, "; ".join(self.bench.file.citations(rule.facts)))

    def _told(self, row: TypedRow, nominee: Nominee) -> None:
        """What is told of it beside the award."""
        if nominee.person:
            for name in ("people", "women"):
                if row.value(name):
                    self._wrong(row, name, f"{row.mark} là cá nhân, không có số người.", "Xóa ô này.")
        elif row.value("gender"):
            self._wrong(row, "gender", f"{row.mark} không phải cá nhân, không có giới tính.", "Xóa ô này.")
        people, women = row.value("people"), row.value("women")
        if people == "0":
            self._wrong(row, "people", "Tổng số người là 0.", "Ghi số người của tập thể, hoặc để trống.")
        if people and women and int(women) > int(people):
            message = f"Số nữ {women} lớn hơn tổng số người {people}."
            self._wrong(row, "women", message, "Kiểm tra lại hai số.")
        elif women and not people and "people" not in row.bad:
            self._wrong(row, "people", "Có số nữ mà không có tổng số người.", "Ghi tổng số người.")
        if row.value("certificate") and not row.value("initiative") and "initiative" not in row.bad:
            message = "Có giấy chứng nhận mà không nêu sáng kiến."
            self._wrong(row, "initiative", message, "Ghi mã hoặc tên sáng kiến.")
        self._facts_of_others(row, nominee)

    def _facts_of_others(self, row: TypedRow, nominee: Nominee) -> None:
        """What an office has entered of a nominee stays when the unit tells something else."""
        for name in _FACTS:
            known = overruled(self.bench, nominee.id, name, row.value(name))
            if known:
                message = f"Đã ghi “{known}” theo văn bản của cơ quan thẩm định; đơn vị ghi “{row.value(name)}”."
                self.findings.problems.append(
                    row.problem(
                        "proposal", name, message, "Giữ số đã ghi; sai thì thidua eligibility collect.", WARNING
                    )
                )

    # --- prose, awards given -----------------------------------------------------------------------------------------

    def _prose(self, typed: Typed, rows: Sequence[Wished]) -> None:
        marks: dict[str, Wished] = {}
        for one in rows:
            marks.setdefault(one.typed.mark, one)
            marks.setdefault(one.nominee.id, one)
        for told in typed.prose:
            row = marks.get(told.mark)
            if row is None:
                message = f"“{short(told.mark)}” không có trong danh sách đề nghị của tệp này."
                listed = any(one.mark == told.mark for one in typed.rows)
                hint = "Sửa dòng của đối tượng trước." if listed else "Ghi ký hiệu của một dòng đã chọn hình thức."
                self.findings.at(told.sheet, told.row, 2, "proposal", message, hint)
                continue
            place = told.sheet.problem("", told.row, 4, "").place
            row.report.setdefault(told.place, []).extend((text, place) for text in told.paragraphs)

    def _given(self, typed: Sequence[TypedAward], rows: Sequence[Wished], today: date) -> list[Given]:
        marks = {one.typed.mark: one.nominee.id for one in rows}
        found = []
        for told in typed:
            holder, name = self.naming.holder(told, marks)
            if told.day > today:
                message = f"Ngày quyết định {told.day:%d/%m/%Y} chưa đến."
                self.findings.at(told.sheet, told.row, 6, "award-held", message, "Kiểm tra lại ngày.")
            award = find_award(self.bench.file, told.form)
            if holder or name:
                found.append(Given(told, holder, name, award.id if award is not None else ""))
        return found

    # --- the signature -----------------------------------------------------------------------------------------------

    def _signature(self, signed: Signed, today: date) -> None:
        told = (("sign:date", "tờ trình", signed.day), ("sign:minutes_day", "biên bản", signed.minutes_day))
        for key, what, on in told:
            if on is not None and on > today:
                message = f"Ngày {what} {on:%d/%m/%Y} chưa đến."
                self._signed(signed, key, message, f"Hôm nay là {today:%d/%m/%Y}.")
        if signed.day is not None and signed.minutes_day is not None and signed.minutes_day > signed.day:
            message = f"Biên bản ngày {signed.minutes_day:%d/%m/%Y} sau tờ trình ngày {signed.day:%d/%m/%Y}."
            self._signed(signed, "sign:minutes_day", message, "Xét khen thưởng trước, trình sau.")

    def _through(self, signed: Signed, rows: Sequence[Wished]) -> str:
        """Id of the body that has passed the proposal on."""
        if not signed.through:
            return ""
        passing = [self.proposers.through(one.nominee, self.proposer) for one in rows]
        found = next((ident for ident in passing if ident), "")
        if not found and rows:
            message = "Có văn bản chuyển mà không đối tượng nào phải đề nghị qua cơ quan khác."
            self._signed(signed, "sign:through", message, "Xóa ô này.")
        return found

    def _signed(self, signed: Signed, key: str, message: str, hint: str) -> None:
        self.findings.problems.append(signed.problem("signature", key, message, hint))

    def _wrong(self, row: TypedRow, name: str, message: str, hint: str = "", code: str = "proposal") -> None:
        self.findings.problems.append(row.problem(code, name, message, hint))


def overruled(bench: Bench, nominee: str, name: str, value: str) -> str:
    """What somebody else than a unit has entered of a nominee, where the unit now tells something else; "" when nothing stands so."""
    facts = bench.stated.get(nominee)
    known = facts.entry(name) if facts is not None else None
    if known is None or not value or not known.value or known.value == value or known.role in ("", "unit"):
        return ""
    return known.value
