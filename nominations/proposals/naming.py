"""Who is meant by a row: a candidate by its id or certain name, else somebody without a criteria group, known again by name."""

from __future__ import annotations

from criteria.problems import WARNING
from nominations.awards.declarations import Subject
from nominations.nominees import Nominee
from nominations.proposals.bench import Bench
from nominations.proposals.proposal import Outsider
from nominations.proposals.typed import TypedAward, TypedRow
from records.forms.collecting.cells import Findings, short
from records.roster.matching import find_body, key
from records.roster.roster import Body

_OUTSIDER = "X"


class Naming:
    """The people of one proposal. Outsiders (X1, X2 …) are numbered as they are met."""

    def __init__(self, bench: Bench, proposer: str, findings: Findings) -> None:
        self.bench, self.proposer, self.findings = bench, proposer, findings
        self._known = {
            (key(one.name), one.subject): one.id for one in bench.outsiders.values() if one.manager == proposer
        }
        self._last = max((_number(ident) for ident in bench.outsiders), default=0)

    def of(self, row: TypedRow) -> tuple[Nominee, Outsider | None] | None:
        """Who a row is about; None when nobody can say, which is then found."""
        candidates = self.bench.candidates
        if row.candidate:
            if row.candidate in candidates:
                return candidates[row.candidate], None
            message = f"{short(row.candidate)} không còn là đối tượng của {self.bench.occasion.words}."
            self._wrong(row, "mark", "unknown-candidate", message, "Xem: thidua roster list; giao lại biểu.")
            return None
        ident, name = row.value("id"), row.value("name")
        if not ident and not name:
            if not {"id", "name"} & row.bad:
                self._wrong(row, "name", "proposal", "Thiếu tên.", "Ghi tên đầy đủ, hoặc mã trong danh sách.")
            return None
        if ident or name in self.bench.roster.bodies:
            return self._by_id(row, ident or name)
        found = self._by_name(row, name)
        return (candidates[found], None) if found else self._outsider(row, name)

    def _by_id(self, row: TypedRow, ident: str) -> tuple[Nominee, Outsider | None] | None:
        known, column = self.bench.candidates.get(ident), "id" if row.value("id") else "name"
        if known is None:
            body = self.bench.roster.bodies.get(ident)
            message = f"Không có mã “{short(ident)}” trong danh sách."
            hint = "Xem: thidua roster list."
            if body is not None:
                message = f"{ident} {short(body.name())} không thuộc nhóm chấm điểm nào của dịp này."
                hint = "Ghi tên, đối tượng thay cho mã: đề nghị như đối tượng không chấm điểm."
            self._wrong(row, column, "unknown-candidate", message, hint)
            return None
        name = row.value("name") if column == "id" else ""
        if name and key(name) not in {key(one) for one in self.bench.roster.bodies[ident].names}:
            message = f"Mã {ident} là {short(known.name)}, không phải “{short(name)}”."
            self._wrong(row, "name", "name-match", message, "Sửa mã, hoặc ghi đúng tên.")
            return None
        return known, None

    def _by_name(self, row: TypedRow, name: str) -> str:
        """The candidate that is certainly meant. Of a person a name is not enough."""
        bench = self.bench

        def standing(body: Body) -> bool:
            return body.id in bench.candidates and not body.person

        found, _ = find_body(bench.roster, name, bench.occasion.day, standing)
        if found:
            return found
        persons = [one.id for one in bench.candidates.values() if one.person and key(one.name) == key(name)]
        mine = [ident for ident in persons if self.proposer in bench.proposers.of(bench.candidates[ident])]
        if mine:
            message = f"Trùng tên với {', '.join(mine)} trong danh sách."
            hint = "Là người đó thì ghi mã thay cho tên; là người khác thì không phải sửa."
            self.findings.problems.append(row.problem("name-match", "name", message, hint, WARNING))
        return ""

    def _outsider(self, row: TypedRow, name: str) -> tuple[Nominee, Outsider | None] | None:
        subject = self._subject(row)
        if subject is None:
            return None
        known = key(name), subject.id
        if known not in self._known:
            self._last += 1
            while f"{_OUTSIDER}{self._last}" in self.bench.roster.bodies:
                self._last += 1
            self._known[known] = f"{_OUTSIDER}{self._last}"
        ident = self._known[known]
        self._ask_about_namesakes(row, name, subject, ident)
        told = {field: row.value(field) for field in ("post", "unit", "place")}
        one = Outsider(ident, name, subject.id, **told, manager=self.proposer)
        return self.bench.outsider(one), one

    def _ask_about_namesakes(self, row: TypedRow, name: str, subject: Subject, ident: str) -> None:
        """Somebody of this name whom another body has proposed: one achievement may come in twice."""
        alike = [
            one for one in self.bench.outsiders.values() if (key(one.name), one.subject) == (key(name), subject.id)
        ]
        others = [f"{one.id} do {self.bench.proposers.named(one.manager)} đề nghị" for one in alike if one.id != ident]
        if others:
            message = f"Trùng tên với {'; '.join(others)}."
            hint = "Là một đối tượng thì chỉ một cơ quan đề nghị; là đối tượng khác thì không phải sửa."
            self.findings.problems.append(row.problem("name-match", "name", message, hint, WARNING))

    def _subject(self, row: TypedRow) -> Subject | None:
        text, subjects = row.value("subject"), self.bench.file.awards.subjects
        found = next((one for one in subjects if text and (text == one.id or key(text) == key(one.name))), None)
        if found is None and "subject" not in row.bad:
            message = f"Không có đối tượng “{short(text)}”." if text else "Thiếu đối tượng."
            self._wrong(
                row, "subject", "proposal", message, "Các đối tượng: " + "; ".join(s.name for s in subjects) + "."
            )
        return found

    def holder(self, told: TypedAward, marks: dict[str, str]) -> tuple[str, str]:
        """Who holds an award the unit has given: its id, or its name when it is nobody of the movement."""
        if told.mark:
            ident = marks.get(told.mark) or (told.mark if told.mark in self.bench.roster.bodies else "")
            if not ident:
                message = f"Không có ký hiệu “{short(told.mark)}” trong danh sách."
                hint = "Ghi ký hiệu của trang danh sách, mã trong danh sách, hoặc để trống và ghi tên."
                self.findings.at(told.sheet, told.row, 2, "award-held", message, hint)
            return ident, ""
        found, _ = find_body(self.bench.roster, told.name, told.day)
        return (found, "") if found else ("", told.name)

    def _wrong(self, row: TypedRow, name: str, code: str, message: str, hint: str) -> None:
        self.findings.problems.append(row.problem(code, name, message, hint))


def _number(ident: str) -> int:
    digits = ident.removeprefix(_OUTSIDER)
    return int(digits) if digits.isascii() and digits.isdecimal() else 0
