"""What a workbook concludes, held against what stands: the acts it asks for, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from criteria.problems import NOTE
from records.forms.collecting.cells import Findings
from records.forms.collecting.lines import Asked, Typed, check_bounds
from records.forms.collecting.workbook import FormSheet
from records.life.acts import NEEDS_REASON, Act
from records.life.rights import RETURNED, VERIFIER
from records.life.standing import Standing
from records.review.bench import CONCLUDED, WAITING, Bench
from records.review.columns import CONCLUSION, CORRECT, DOCUMENT, FIGURE, LEAVE_OUT, REASON
from records.review.reading import ReadReview, TypedCase

_STALE = "Giao lại biểu thẩm định (thidua review issue) rồi kết luận trên số liệu mới."


@dataclass
class Conclusions:
    """acts: of one workbook. settled: (case, task) of disputes it settles. open: how many rows stay without a conclusion."""

    acts: list[Act] = field(default_factory=list)
    settled: list[tuple[TypedCase, str]] = field(default_factory=list)
    open: int = 0


class Concluding:
    """Goes through the cases of one workbook. sha256: of the file. deadline: until when a unit explains what is sent back."""

    def __init__(self, bench: Bench, read: ReadReview, deadline: date | None, reason: str = "") -> None:
        assert read.identity is not None
        self.bench, self.read, self.identity = bench, read, read.identity
        self.deadline, self.reason = deadline, reason
        self.found = Conclusions()

    @property
    def findings(self) -> Findings:
        return self.read.findings

    def conclude(self) -> Conclusions:
        for case in self.read.cases:
            if not self._known(case):
                continue
            standing = self.bench.standings.of(case.candidate, case.criterion)
            if self._already_said(case, standing):
                self._disputes(case)
                continue
            stale = self._stale(case, standing)
            if stale and (not case.blank or case.disputes):
                self._wrong(case, CONCLUSION, "review-stale", stale, _STALE)
                continue
            self._disputes(case)
            if not case.blank:
                self._case(case, standing)
            elif not case.faulty:
                self._blank(case, standing)
        self._bounds()
        return self.found

    def _known(self, case: TypedCase) -> bool:
        scope = self.bench.scope
        if case.candidate in scope.candidates and case.criterion in scope.of(case.candidate):
            return True
        if not case.blank:
            message = f"{case.candidate} không còn là đối tượng của kỳ {scope.round.period}."
            self._wrong(case, CONCLUSION, "unknown-candidate", message, "Xem: thidua roster list.")
        return False

    def _already_said(self, case: TypedCase, standing: Standing) -> bool:
        """A conclusion that this body has entered from an earlier edition of the same workbook."""
        body, entry = self.identity.owner, self.identity.entry
        own = [act for act in standing.acts if act.role == VERIFIER and act.author == body and "/" not in act.field]
        if not case.action or not own or own[-1].number <= entry:
            return False
        last = own[-1]
        if case.action == "send_back":
            return last.value == RETURNED and last.reason == case.reason
        if last.value not in CONCLUDED:
            return False
        claimed = not self.bench.applies(case.candidate, case.criterion)
        means = {"leave_out": False, "accept": False if claimed else None, "correct": True if claimed else None}
        said = {key: text for key, text in case.figures.items() if text != self._theirs(case, key)}
        same = said == standing.figures.get(last.stage, {})
        return same and standing.applies.get(last.stage) == means[case.action]

    def _stale(self, case: TypedCase, standing: Standing) -> str:
        """Why what the workbook shows is no longer what stands; "" when it is."""
        entry = self.identity.entry
        form = self.bench.submissions.get(case.candidate)
        name = self.bench.scope.candidates[case.candidate].name
        if form is not None and form.entry > entry:
            return f"{name} đã gửi biểu mới (lần {form.version}) sau khi giao biểu thẩm định này."
        others = [act for act in standing.acts if act.number > entry and act.author != self.identity.owner]
        if others:
            who = others[-1].author
            return f"Tiêu chí {case.criterion} của {name} đã có thay đổi của {self.bench.scope.body_name(who)} sau khi giao biểu."
        return ""

    # --- conclusions -------------------------------------------------------------------------------------------

    def _case(self, case: TypedCase, standing: Standing) -> None:
        """One criterion for which something is typed."""
        before = len(self.findings.problems)
        self._typed_figures(case)
        if not case.word and not case.figures:
            said = f"Tiêu chí {case.criterion} của {case.candidate} có lý do hoặc văn bản mà không có kết luận."
            self._wrong(case, CONCLUSION, "review-cell", said, "Chọn kết luận, hoặc xóa các ô bên phải.")
        mending = standing.state in CONCLUDED
        reason = case.reason or (self.reason if mending else "")
        if (case.action in NEEDS_REASON or (mending and case.action)) and not reason:
            said = f"Kết luận “{case.word}” tiêu chí {case.criterion} của {case.candidate} mà không nêu lý do."
            self._wrong(case, REASON, "reason", said, "Ghi lý do.")
        if case.word == LEAVE_OUT and not case.document:
            said = f"Không áp dụng tiêu chí {case.criterion} của {case.candidate} mà không nêu văn bản."
            self._wrong(case, DOCUMENT, "reason", said, "Ghi số, ngày văn bản.")
        if case.word in ("chấp nhận", CORRECT):
            for task, row in self._undecided(case).items():
                said = f"Chưa giải quyết ý kiến của đơn vị về nhiệm vụ {task}."
                self.findings.at(case.sheet, row, CONCLUSION + 1, "review-cell", said, "Chọn theo sổ hoặc theo đơn vị.")
        if case.word == CORRECT:
            self._corrected(case)
        act = self._act(case, case.action, reason)
        if case.action and not case.faulty and len(self.findings.problems) == before:
            self.found.acts.append(act)

    def _typed_figures(self, case: TypedCase) -> None:
        if case.word == CORRECT:
            return
        for key in case.figures:
            said = (
                f"Có số liệu thẩm định mà kết luận là “{case.word}”."
                if case.word
                else "Có số liệu thẩm định mà không có kết luận."
            )
            hint = f"Chọn “{CORRECT}” ở dòng tiêu chí (ô {case.place().rpartition(' ')[2]}), hoặc xóa số liệu."
            self.findings.at(case.sheet, case.rows[key], FIGURE + 1, "review-cell", said, hint)

    def _corrected(self, case: TypedCase) -> None:
        """At least one figure that differs from the unit's, and none that nobody gives."""
        if case.faulty:
            return
        stands = {key: self._theirs(case, key) for key in case.figures}
        standing = self.bench.standings.of(case.candidate, case.criterion)
        mended = standing.state in CONCLUDED and bool(standing.figures.get(standing.state))
        if not any(text != stands[key] for key, text in case.figures.items()) and not (mended and case.figures):
            said = f"Sửa tiêu chí {case.criterion} của {case.candidate} mà không có số liệu nào khác số đơn vị khai."
            self._wrong(
                case, CONCLUSION, "missing-figure", said, "Ghi số liệu thẩm định ở dòng dưới, hoặc chọn kết luận khác."
            )
            return
        for key, label in self.bench.lacking(case.candidate, case.criterion, case.figures).items():
            said = f"Sửa tiêu chí {case.criterion} nhưng “{label}” chưa có số liệu."
            row = case.rows.get(key, case.row)
            self.findings.at(case.sheet, row, FIGURE + 1, "missing-figure", said, "Ghi số liệu, hoặc trả lại.")

    def _blank(self, case: TypedCase, standing: Standing) -> None:
        """A criterion that is left blank: accepted when the sheet says so and nothing stands in the way."""
        candidate, criterion = case.candidate, case.criterion
        if self.bench.state(candidate, criterion) not in WAITING:
            return
        self.found.open += 1
        if not case.accept_blank:
            return
        why, code = self._stale(case, standing), "review-stale"
        if not why and self.bench.owner(candidate, criterion) != self.identity.owner:
            why, code = "do cơ quan khác thẩm định", "rights"
        if not why and not self.bench.applies(candidate, criterion):
            why, code = "đơn vị đề nghị không áp dụng", "claim"
        if not why and self.bench.scope.of(candidate)[criterion].panel:
            why, code = "do hội đồng chấm, kết luận theo phiếu chấm", "panel-marks"
        if not why and (
            lacking := [*self.bench.empty(candidate, criterion).values(), *self.bench.unknown(candidate, criterion)]
        ):
            why, code = f"chưa có số liệu: {'; '.join(lacking)}", "missing-figure"
        if not why and self._undecided(case):
            why, code = "còn ý kiến về sổ nhiệm vụ chưa giải quyết", "review-cell"
        if why:
            said = f"Tiêu chí {criterion} của {candidate} chưa được chấp nhận: {why}."
            self._say(case, CONCLUSION, code, said, "Kết luận riêng ở dòng này.")
            return
        self.found.open -= 1
        self.found.acts.append(self._act(case, "accept", ""))

    def _act(self, case: TypedCase, action: str, reason: str) -> Act:
        return Act(
            case.candidate,
            case.criterion,
            action,
            VERIFIER,
            self.identity.owner,
            case.figures if action == "correct" else {},
            reason,
            case.document or self.read.form.letter,
            case.place(),
            self.read.form.sha256,
            deadline=self.deadline if action == "send_back" else None,
        )

    # --- disputes ----------------------------------------------------------------------------------------------

    def _disputes(self, case: TypedCase) -> None:
        told = {dispute.task for dispute in self.bench.disputes(case.candidate, case.criterion)}
        self.found.settled += [(case, task) for task in case.disputes if task in told]

    def _undecided(self, case: TypedCase) -> dict[str, int]:
        """Disputes that neither this workbook nor an earlier one settles: task → row."""
        told = self.bench.disputes(case.candidate, case.criterion)
        left = [
            one.task
            for one in told
            if one.task not in case.disputes and not self.bench.settled(case.candidate, one.task)
        ]
        keys = {task: f"{case.key}/dispute:{task}" for task in left}
        return {task: case.sheet.keys.get(key, [case.row])[0] for task, key in keys.items()}

    # --- bounds between figures ----------------------------------------------------------------------------------

    def _bounds(self) -> None:
        """Verified figures with the unit's other ones: bounds that are another figure hold for them as in forms."""
        typed: dict[str, dict[str, tuple[TypedCase, str]]] = {}
        for case in self.read.cases:
            if case.word == CORRECT and not case.faulty and case.candidate in self.bench.scope.candidates:
                mine = typed.setdefault(case.candidate, {})
                mine.update({key: (case, text) for key, text in case.figures.items() if not key.startswith("row:")})
        for candidate, given in typed.items():
            self._bounds_of(candidate, given)

    def _bounds_of(self, candidate: str, given: Mapping[str, tuple[TypedCase, str]]) -> None:
        scope = self.bench.scope
        asked = Asked(scope.layout(candidate))
        texts = {}
        for criterion in scope.of(candidate).values():
            for key in criterion.keys:
                texts[key] = given[key][1] if key in given else self._stands(candidate, criterion.id, key)
        bounding = {key: [f"measure:{bound}" for k, bound, _ in asked.bounds if k == key] for key, _, _ in asked.bounds}

        def place(key: str) -> tuple[FormSheet, int, int]:
            at = next((one for one in (key, *bounding.get(key, ())) if one in given), "")
            case = given[at][0] if at else next(iter(given.values()))[0]
            return case.sheet, case.rows[at] if at else 0, FIGURE + 1

        found = Findings()
        outside = {name: entry.value for name, entry in self.bench.known(candidate).items()}
        check_bounds(asked, Typed(texts, place), {**scope.candidates[candidate].attributes, **outside}, found)
        self.findings.problems += [
            problem for problem in found.problems if problem.line
        ]  # row 0: nothing typed is concerned

    def _stands(self, candidate: str, criterion: str, key: str) -> str:
        """A figure as it stands now: what was concluded about it, else what the unit says."""
        standing = self.bench.standings.of(candidate, criterion)
        concluded = standing.figures.get(standing.state, {}) if standing.state in CONCLUDED else {}
        return concluded.get(key, self.bench.figure(candidate, criterion, key))

    def _theirs(self, case: TypedCase, key: str) -> str:
        return self.bench.figure(case.candidate, case.criterion, key)

    def _wrong(self, case: TypedCase, column: int, code: str, message: str, hint: str) -> None:
        self.findings.at(case.sheet, case.row, column + 1, code, message, hint)

    def _say(self, case: TypedCase, column: int, code: str, message: str, hint: str) -> None:
        self.findings.problems.append(case.sheet.problem(code, case.row, column + 1, message, hint, NOTE))
