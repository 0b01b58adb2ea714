"""What an appraisal workbook holds: the cases that stand before the step, with their papers and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import shorten

from criteria.declarations.movement import Movement
from criteria.movements.verifiers import body_id, verifier_after
from criteria.problems import Problem, of_file
from nominations.awards.procedure import Step
from nominations.case import Case, Nominated
from nominations.dossier.papers import Attached, PaperState, papers_of
from nominations.eligibility.judging import only_doubted
from nominations.selection.choosing import State
from nominations.steps.progress import MISSING, PASSED, RETURNED, Progress, unready

KIND, FORMAT = "appraisal", "1"
NOBODY = "-"  # owner of a workbook whose step names no body of the movement
SHEET = "Tham dinh"
RESULTS = {"đủ": PASSED, "thiếu": MISSING, "trả lại": RETURNED}
WORDS = {value: word for word, value in RESULTS.items()}
COLUMNS: tuple[tuple[str, float], ...] = (  # head, width in letters; the first stands in column B
    ("Hình thức khen thưởng", 24),
    ("Mã", 9),
    ("Đối tượng", 30),
    ("Thành phần hồ sơ", 44),
    ("Điều kiện cần xem", 34),
    ("Đã kết luận", 12),
    ("KẾT QUẢ", 11),
    ("LÝ DO", 36),
)
HEADS = tuple(head for head, _ in COLUMNS)
WIDTHS = tuple(width for _, width in COLUMNS)
RESULT, REASON = HEADS.index("KẾT QUẢ") + 1, HEADS.index("LÝ DO") + 1  # from 0, column A is 0
INPUTS = (RESULT, REASON)
_LONGEST = 240  # letters of a question; the eligibility workbook has all of it


@dataclass(frozen=True)
class AppraisedCase:
    """One row. papers: of the nominee and of the whole award."""

    case: Case
    papers: tuple[PaperState, ...]

    @property
    def key(self) -> str:
        return f"{self.case.award.id}/{self.case.nominee.id}"

    @property
    def papers_text(self) -> str:
        """[có] Báo cáo thành tích (12/BC-X) … one a line."""
        return "\n".join(
            f"[có] {one.paper.name}" + (f" ({one.document})" if one.document else "")
            if one.present
            else f"[thiếu] {one.paper.name}: {one.missing}"
            for one in self.papers
        )

    @property
    def open_text(self) -> str:
        """Questions as sentences, one a line, cut to what a row can hold; where only the law is not sure, the checks together."""
        asked = [one for one in self.case.open if not only_doubted(one)]
        lines = [f"{one.check}: {shorten(one.sentence, _LONGEST, placeholder=' …')}" for one in asked]
        doubted = [one.check for one in self.case.open if one not in asked]
        return "\n".join([*lines, *([f"Căn cứ chưa xác minh: {', '.join(doubted)}"] if doubted else [])])


@dataclass(frozen=True)
class Appraisal:
    """The cases of one appraising body. body: its id in the movement, "" when the step names no body of it."""

    step: Step
    body: str
    body_name: str
    cases: tuple[AppraisedCase, ...]


def appraisal_step(nominated: Nominated) -> tuple[Step | None, list[Problem]]:
    """The step of appraising; why there is none."""
    step = next((one for one in nominated.file.awards.steps if one.kind == "appraisal"), None)
    if step is None:
        message = "Tệp khen thưởng không có bước thẩm định hồ sơ."
        return None, [of_file(nominated.occasion.id, "step", message, "Ghi steps: kind: appraisal ở awards.yaml.")]
    return step, []


def appraisals(
    movement: Movement, nominated: Nominated, step: Step, files: Mapping[tuple[str, str, str], Attached]
) -> tuple[list[Appraisal], list[Problem]]:
    """The workbooks of the step: one for every body that appraises. Nobody appraises its own dossier: the movement's alternates do."""
    bodies: dict[str, list[AppraisedCase]] = {}
    problems: list[Problem] = []
    names = {one.id: one.name for one in movement.bodies}
    named = body_id(movement, step.by)
    for case in nominated.cases:
        if case.state is not State.PROPOSED or not _stands(nominated, step, case):
            continue
        above = (case.nominee.manager,) if case.nominee.manager else ()
        body = verifier_after(movement, named, case.nominee.id, above) if named else ""
        if named and not body:
            message = f"{case.nominee.id}: không còn cơ quan nào thẩm định hồ sơ được."
            problems.append(
                of_file(case.nominee.id, "appraisal", message, "Ghi alternates ở phong-trao/movement.yaml.")
            )
            continue
        bodies.setdefault(body, []).append(AppraisedCase(case, tuple(_papers(nominated, case, files))))
    order = [*(one.id for one in movement.bodies), ""]
    made = [Appraisal(step, body, names.get(body, step.by), tuple(bodies[body])) for body in order if body in bodies]
    return made, problems


def _stands(nominated: Nominated, step: Step, case: Case) -> bool:
    """Whether a case stands before the step: all before it are passed, it is not, and nothing after it has been entered."""
    steps = nominated.file.awards.steps_of(case.award)
    if step.id not in [one.id for one in steps]:
        return False
    if unready(nominated.file.awards, case.award, case.nominee.id, case.progress, step) is not None:
        return False
    return not later(steps, step, case.progress)


def later(steps: Iterable[Step], step: Step, known: Progress) -> list[Step]:
    """Steps after one that have spoken of the case: what they rest on cannot change any more."""
    listed = list(steps)
    return [one for one in listed[listed.index(step) + 1 :] if one.id in known.done]


def _papers(nominated: Nominated, case: Case, files: Mapping[tuple[str, str, str], Attached]) -> list[PaperState]:
    return papers_of(nominated.file.awards, case.award, [case.nominee], files)
