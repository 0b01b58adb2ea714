"""Which steps vote, and by which rule: those of a selection group (tổ xét chọn) and of a council; the others refuse."""

from __future__ import annotations

from criteria.problems import Problem, of_file
from nominations.awards.declarations import Award, Awards
from nominations.awards.procedure import Council, Step, Vote

VOTING = ("selection", "council")
_INSTEAD = {
    "appraisal": "thẩm định hồ sơ: thidua appraisal issue, collect",
    "publication": "công khai danh sách: thidua announce",
    "decision": "quyết định khen thưởng: thidua award record",
}


def voting_step(awards: Awards, step_id: str) -> tuple[tuple[Step, Council] | None, list[Problem]]:
    """The step and how its council works; why it does not vote."""
    step = awards.step(step_id)
    votes = ", ".join(one.id for one in awards.steps if one.kind in VOTING)
    if step is None:
        message = f"Không có bước “{step_id[:60]}”."
        return None, [of_file(step_id[:60], "step", message, f"Các bước có biểu quyết: {votes}.")]
    if step.kind not in VOTING:
        message = f"Bước “{step.name}” không biểu quyết ({_INSTEAD[step.kind]})."
        return None, [of_file(step_id, "step", message, f"Các bước có biểu quyết: {votes}.")]
    if step.council is None:
        message = f"Bước “{step.name}” chưa khai cách họp, cách tính phiếu."
        return None, [of_file(step_id, "council", message, "Ghi council: quorum, denominator … ở awards.yaml.")]
    return (step, step.council), []


def vote_of(award: Award, step: Step) -> Vote | None:
    """The share of votes an award needs at a step."""
    return next((one for one in award.votes if one.step == step.id), None)


def chair_words(step: Step) -> tuple[str, str]:
    """(the body that meets, who presides) as documents call them."""
    return ("Hội đồng", "Chủ tịch") if step.kind == "council" else ("Tổ xét chọn", "Tổ trưởng")


_ROLES = {
    "council": {"chair": "Chủ tịch", "deputy": "Phó Chủ tịch", "member": "Ủy viên", "secretary": "Thư ký"},
    "selection": {"chair": "Tổ trưởng", "deputy": "Tổ phó", "member": "Thành viên", "secretary": "Thư ký"},
}


def role_words(step: Step, role: str) -> str:
    """What a role is called in the body that meets at this step."""
    return _ROLES[step.kind][role]
