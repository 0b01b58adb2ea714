"""Which cases somebody asks about."""

from __future__ import annotations

from collections.abc import Iterable

from criteria.problems import Problem, of_file
from nominations.case import Case, Nominated
from records.forms.collecting.cells import short


def select_cases(nominated: Nominated, candidate: str = "", award: str = "") -> tuple[list[Case], list[Problem]]:
    """The cases of a nominee, of an award, or of both; "" means all. Whom nobody knows is a finding."""
    problems: list[Problem] = []
    if candidate and candidate not in nominated.standing.nominees:
        message = f"“{short(candidate)}” không phải đối tượng của dịp {nominated.occasion.id}."
        problems.append(of_file("--candidate", "unknown-candidate", message, "Xem mã: thidua roster list."))
    if award and nominated.file.awards.award(award) is None:
        known = ", ".join(one.id for one in nominated.file.awards.awards)
        message = f"Tệp khen thưởng không có hình thức “{short(award)}”."
        problems.append(of_file("--award", "award-unknown", message, f"Các hình thức: {known}."))
    if problems:
        return [], problems
    cases = [
        one
        for one in nominated.cases
        if (not candidate or one.nominee.id == candidate) and (not award or one.award.id == award)
    ]
    if not cases:
        message = "Không có trường hợp đề nghị nào để xét."
        hint = f"Công bố chính thức kết quả các kỳ của dịp, hoặc thu danh sách đề nghị: thidua proposal collect {nominated.occasion.id}."
        problems.append(of_file(nominated.occasion.id, "eligibility", message, hint, "warning"))
    return cases, problems


def beyond_law(problems: Iterable[Problem]) -> list[Problem]:
    """Findings without those that only say which legal facts are not sure: every finding of a case says that of its own."""
    return [one for one in problems if one.code != "basis-unsure"]
