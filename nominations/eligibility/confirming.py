"""Confirming one legal fact (đối chiếu căn cứ): somebody has read the text in force."""

from __future__ import annotations

from datetime import date

from criteria.problems import Problem, errors, of_file
from nominations.awards.reading import load_awards
from nominations.eligibility.collect import law_entry
from nominations.eligibility.columns import COMPARISONS
from records.forms.collecting.cells import clean, short
from records.workspace.folder import Workspace

_SHOWN = 12  # ids that a hint lists


def confirm_fact(
    workspace: Workspace,
    fact: str,
    value: str,
    document: str,
    on: date,
    today: date,
    author: str,
    note: str = "",
) -> tuple[str, list[Problem]]:
    """Enter a comparison; its citation. value: unchanged or changed. The same again appends nothing."""
    file, problems = load_awards(workspace)
    if file is None:
        return "", problems
    problems = errors(problems)
    declared = file.awards.fact(fact)
    if declared is None:
        known = ", ".join(one.id for one in file.awards.facts[:_SHOWN])
        hint = f"Các mã ở phong-trao/awards.yaml, mục facts: {known}…"
        problems.append(of_file(short(fact), "eligibility", f"Không có căn cứ “{short(fact)}”.", hint))
    if value not in COMPARISONS.values():
        problems.append(of_file("--unchanged", "eligibility", "Chưa nói có thay đổi hay không."))
    document = clean(document)
    if not document:
        hint = "Ghi tên, số, ngày văn bản đang có hiệu lực đã đọc."
        problems.append(of_file("--document", "reason", "Thiếu văn bản đã đối chiếu.", hint))
    if on > today:
        message = f"Ngày {on:%d/%m/%Y} chưa đến."
        problems.append(of_file("--on", "eligibility", message, "Ghi ngày đã đối chiếu."))
    if errors(problems):
        return "", problems
    entry = law_entry(fact, value, document, on, clean(note), clean(author))
    workspace.database.enter([entry])
    return file.law.citation(fact), problems
