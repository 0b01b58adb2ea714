"""words of a setting: what its choices mean, and of nothing else."""

from __future__ import annotations

from criteria.criteria_set import CriteriaSet
from criteria.problems import Problem


def check(bound: CriteriaSet) -> list[Problem]:
    found = []
    for name, setting in bound.declaration.settings.items():
        for choice in setting.words:
            if choice not in setting.choices:
                message = f"words của thiết lập {name} nói về “{choice}”, không phải một lựa chọn."
                hint = f"Các lựa chọn: {', '.join(setting.choices) or 'không có'}."
                found.append(bound.source.problem("wrong-value", ("settings", name, "words", choice), message, hint))
    return found
