"""What is said about several periods in a movement file: names that nobody declares, rules that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from criteria.declarations.movement import Movement, Occasion
from criteria.declarations.years import Combination
from criteria.problems import Problem
from criteria.source import Block, Path, Source, read_source


def check_years(source: Source, movement: Movement, folder: FilePath) -> list[Problem]:
    """Findings about combine, inheritance and part_year. folder: where the sets of the movement lie."""
    problems: list[Problem] = []
    for index, occasion in enumerate(movement.occasions):
        seen: set[tuple[str, str | None]] = set()
        for place, rule in enumerate(occasion.combine):
            at: Path = ("occasions", index, "combine", place)
            if (rule.group, rule.set) in seen:
                message = f"Cách gộp của nhóm {rule.group} khai hai lần trong dịp {occasion.id}."
                problems.append(source.problem("duplicate-id", (*at, "group"), message))
            seen.add((rule.group, rule.set))
            problems += _Checked(source, movement, occasion, rule, at, folder).problems()
    for key in ("inheritance", "part_year"):
        declared: Any = getattr(movement, key)
        if declared is not None and declared.status == "decided" and not declared.decided_by:
            problems.append(_undecided(source, (key,)))
    if movement.inheritance is not None and movement.inheritance.results.merge == "successor":
        message = "Hợp nhất từ nhiều cơ quan: “successor” không nói lấy kết quả của cơ quan nào."
        hint = "Viết none, mean_of_predecessors hoặc best_of_predecessors."
        problems.append(source.problem("wrong-value", ("inheritance", "results", "merge"), message, hint))
    return problems


def _undecided(source: Source, at: Path) -> Problem:
    message = "Đã ghi status: decided mà chưa ghi văn bản quyết định."
    return source.problem("missing-key", (*at, "status"), message, "Thêm decided_by: số, ngày của văn bản.")


class _Checked:
    """One combination of an occasion."""

    def __init__(
        self, source: Source, movement: Movement, occasion: Occasion, rule: Combination, at: Path, folder: FilePath
    ) -> None:
        self.source, self.movement, self.occasion, self.rule, self.at = source, movement, occasion, rule, at
        self.folder = folder
        self.rounds = rule.rounds or occasion.rounds

    def problems(self) -> list[Problem]:
        found = [*self._names(), *self._weights(), *self._counts(), *self._grades()]
        if self.rule.status == "decided" and not self.rule.decided_by:
            found.append(_undecided(self.source, self.at))
        return found

    def _files(self) -> list[FilePath]:
        """The files of the group's sets."""
        sets = next((group.sets for group in self.movement.groups if group.letter == self.rule.group), [])
        return [self.folder / name for name in sets if "/" not in name and "\\" not in name]

    def _found(self, code: str, key: Path, message: str, hint: str = "") -> Problem:
        return self.source.problem(code, (*self.at, *key), message, hint)

    def _names(self) -> Iterator[Problem]:
        letters = [group.letter for group in self.movement.groups]
        if self.rule.group not in letters:
            hint = "Các nhóm: " + ", ".join(letters) + "."
            yield self._found("unknown-name", ("group",), f"Không có nhóm “{self.rule.group}”.", hint)
        elif self.rule.set is not None:
            known_sets = [ident for ident in map(_set_id, self._files()) if ident]
            if self.rule.set not in known_sets:
                hint = "Các bộ tiêu chí: " + ", ".join(known_sets) + "."
                message = f"Nhóm {self.rule.group} không có bộ tiêu chí “{self.rule.set}”."
                yield self._found("unknown-name", ("set",), message, hint)
        declared = self.occasion.rounds
        for place, name in enumerate(self.rule.rounds):
            if name not in declared:
                hint = "Các kỳ của dịp: " + ", ".join(declared) + "."
                message = f"Kỳ “{name}” không có trong rounds của dịp {self.occasion.id}."
                yield self._found("unknown-name", ("rounds", place), message, hint)
        known = [declared.index(name) for name in self.rule.rounds if name in declared]
        if known != sorted(set(known)):
            message = "Các kỳ phải theo thứ tự thời gian như trong rounds của dịp, mỗi kỳ một lần."
            yield self._found("wrong-value", ("rounds",), message)
        if not self.rounds:
            yield self._found("missing-key", (), f"Dịp {self.occasion.id} chưa ghi rounds: không có kỳ nào để gộp.")

    def _weights(self) -> Iterator[Problem]:
        rule = self.rule
        for name, weight in rule.weights.items():
            if name not in self.rounds:
                hint = "Các kỳ: " + ", ".join(self.rounds) + "."
                yield self._found("unknown-name", ("weights", name), f"Không gộp kỳ “{name}”.", hint)
            if weight <= 0:
                message = f"Trọng số của kỳ {name} phải lớn hơn 0."
                yield self._found("wrong-value", ("weights", name), message, "Kỳ không tính thì bỏ khỏi rounds.")
        lacking = [name for name in self.rounds if name not in rule.weights]
        if rule.how == "weighted" and lacking and rule.weigh_by == "periods":
            message = f"Chưa ghi trọng số của kỳ {', '.join(lacking)}."
            yield self._found("missing-key", ("weights",), message, "Ghi weights cho mọi kỳ, hoặc weigh_by: days.")
        if rule.weights and (rule.how != "weighted" or rule.weigh_by == "days"):
            message = "weights chỉ dùng với how: weighted, và không cùng weigh_by: days."
            yield self._found("wrong-value", ("weights",), message)
        if rule.weigh_by == "days" and rule.how not in ("mean", "weighted"):
            yield self._found("wrong-value", ("weigh_by",), f"how: {rule.how} không dùng trọng số.")

    def _counts(self) -> Iterator[Problem]:
        most, rule = len(self.rounds), self.rule
        counts: list[tuple[Path, int | None]] = [(("least_periods",), rule.least_periods)]
        if rule.minimum_grade is not None:
            counts.append((("minimum_grade", "periods"), rule.minimum_grade.periods))
        if rule.consecutive is not None:
            counts.append((("consecutive", "periods"), rule.consecutive.periods))
        for key, count in counts:
            if most and count is not None and count > most:
                yield self._found("wrong-value", key, f"Cần {count} kỳ, mà chỉ gộp {most} kỳ.")

    def _grades(self) -> Iterator[Problem]:
        wanted: list[tuple[str, str]] = []
        if self.rule.minimum_grade is not None:
            wanted.append(("minimum_grade", self.rule.minimum_grade.grade))
        if self.rule.consecutive is not None:
            wanted.append(("consecutive", self.rule.consecutive.grade))
        if not wanted:
            return
        for path in self._files():
            grades = _grades_of(path)
            for key, grade in wanted:
                if grades and grade not in grades:
                    hint = "Các mức: " + "; ".join(grades) + "."
                    yield self._found("unknown-name", (key, "grade"), f"{path.name} không có mức “{grade}”.", hint)


def _set_id(path: FilePath) -> str:
    """The id that a set's file gives it."""
    source, _ = read_source(path)
    data = source.data if source is not None else None
    return str(data.get("criteria_set") or "") if isinstance(data, Block) else ""


def _grades_of(path: FilePath) -> list[str]:
    """Names of the grades that stand in a set's own file; [] when it takes them from another one."""
    source, _ = read_source(path)
    data = source.data if source is not None else None
    grades = data.get("grades") if isinstance(data, Block) else None
    if not isinstance(grades, list):
        return []
    return [str(grade["name"]) for grade in grades if isinstance(grade, Block) and grade.get("name")]
